package explore

import (
	"slices"

	"github.com/lockstep-go/lockstep/impl/world"
)

// Sleep sets (Godefroid, LNCS 1032, 1996), breadth first.
//
// Where two choices t and u of a state are independent, t u and u t lead to the
// same state, and one order is enough. So when u is taken from a state s, every
// choice t that comes before u in the order of s and is independent of u goes
// to sleep: it need not be taken in the state that follows, since t u is taken
// too. What sleeps stays asleep as long as only choices that are independent of
// it are taken.
//
// A state that several transitions lead to has the intersection of what they
// put to sleep. All those of the level before it are there when its own
// choices are looked at, and that is enough:
//
// Every state is found, and at its true distance. Let s be a state at distance
// d, and of the shortest paths to it take the first in lexicographic order,
// comparing at each state the places of the choices in its list. Suppose that
// some choice c of this path is asleep where the path takes it, at p, and let p
// be the first such place. The path itself led to p, so c slept on that arrival
// too: there is a state q on the path before p at which c was open, in front of
// the choice that the path takes there, and c is independent of all that the
// path takes from q to p. Move c forward to q: the path is as long, leads to
// the same state, and is smaller. That contradicts the choice of the path.
//
// It takes that every state on the way is one whose choices are looked at,
// which bounds on states would break. States are the same as without, so
// invariants and histories are too; transitions are fewer.

// wake finds which choices of a state are asleep.
func (k *worker) wake(x *state) {
	if !k.prune {
		return
	}
	k.prints = x.w.AppendFootprints(k.prints[:0], k.choices)
	k.asleep = append(k.asleep[:0], make([]bool, len(k.choices))...)
	if len(x.sleep) == 0 {
		return
	}
	for i := range k.prints {
		if j := find(x.sleep, k.prints[i].Label); j >= 0 {
			k.asleep[i] = true
			k.prints[i].Replies = x.sleep[j].Replies
		}
	}
}

// sleepers appends what is asleep in the state to which choice i leads.
func (k *worker) sleepers(b []world.Footprint, x *state, i int) []world.Footprint {
	if !k.prune {
		return nil
	}
	for j := range k.prints {
		if (j < i || k.asleep[j]) && j != i && x.w.Independent(&k.prints[j], &k.prints[i]) {
			b = append(b, k.prints[j])
		}
	}
	return slices.Clip(b)
}

// agree keeps of what is asleep what this arrival lets sleep too.
func (k *worker) agree(sleep []world.Footprint, x *state, i int) []world.Footprint {
	if len(sleep) == 0 {
		return nil
	}
	also := k.sleepers(nil, x, i)
	return slices.DeleteFunc(sleep, func(f world.Footprint) bool { return find(also, f.Label) < 0 })
}

func find(list []world.Footprint, label uint64) int {
	for i := range list {
		if list[i].Label == label {
			return i
		}
	}
	return -1
}
