package refine

import (
	"fmt"
	"sync"

	"github.com/lockstep-go/lockstep/impl/world"
)

// worlds remembers the ghost of every world that has been met, for explorers,
// which come back to a world by many ways and go on from it once.
type worlds [64]struct {
	mu sync.Mutex
	at map[world.Hash]Ghost
}

func (v *worlds) get(h world.Hash) (Ghost, bool) {
	s := &v[h[0]%uint64(len(v))]
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.at[h]
	return g, ok
}

// put keeps the ghost of a world, merged with the one that is kept already. ok
// is false if they cannot be merged.
func (v *worlds) put(h world.Hash, g Ghost, merge func(a, b Ghost) (Ghost, bool)) (old Ghost, ok bool) {
	s := &v[h[0]%uint64(len(v))]
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at == nil {
		s.at = map[world.Hash]Ghost{}
	}
	old, ok = s.at[h]
	if ok && old != g {
		if g, ok = merge(old, g); !ok {
			return old, false
		}
	}
	s.at[h] = g
	return old, true
}

// Check is [Stepper.Step] for an explorer: it remembers the ghosts of worlds by
// their hashes, so before is a world that it was told of as after, or one in
// which nothing has happened.
//
// An explorer goes on from a world once, however many ways lead to it. They may
// leave ghosts of different slices: one that nobody in the world knows of any
// more is on one way and not on another. It is an error if they leave different
// states of one slice. That cannot be where the protocol maps all variables of a
// slice as long as anyone knows of it. The worlds must be without symmetry.
func (s *Stepper) Check(before, after *world.World, _ world.Choice, st *world.Step) error {
	h := before.Hash()
	g, ok := s.worlds.get(h)
	if !ok {
		var err error
		if g, err = s.Start(before); err != nil {
			return err
		}
		s.worlds.put(h, g, s.merge)
	}
	next, err := s.Step(g, before, after, st)
	if err != nil {
		return err
	}
	if old, ok := s.worlds.put(after.Hash(), next, s.merge); !ok {
		return fmt.Errorf("two ways to one world explain it by different states of the specification, %s and %s: the protocol's mapping leaves out too much for an explorer", s.describe(old), s.describe(next))
	}
	return nil
}

func (s *Stepper) describe(g Ghost) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	text := ""
	for _, x := range s.list[g] {
		text += fmt.Sprintf("[slice %s: set %d]", x.name, x.set)
	}
	return text
}

// merge unites the slices of two ghosts, unless they differ about one.
func (s *Stepper) merge(a, b Ghost) (Ghost, bool) {
	s.mu.RLock()
	x, y := s.list[a], s.list[b]
	s.mu.RUnlock()
	var both []slice
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0].id < y[0].id:
			both, x = append(both, x[0]), x[1:]
		case x[0].id > y[0].id:
			both, y = append(both, y[0]), y[1:]
		case x[0].set != y[0].set || x[0].numbers != y[0].numbers:
			return 0, false
		default:
			both, x, y = append(both, x[0]), x[1:], y[1:]
		}
	}
	return s.ghost(append(append(both, x...), y...)), true
}
