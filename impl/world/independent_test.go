package world_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/world"
)

// Whatever is said to be independent commutes: each is open after the other,
// under the same label, and both orders lead to the same world. The control is
// the count of pairs that are not said to be, and do not commute.
func TestIndependentChoicesCommute(t *testing.T) {
	memo := world.NewMemo(1 << 20)
	independent, dependent := 0, 0
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 6))
		b := everything
		if seed%2 == 0 {
			b.Copies = 0
		}
		w := newWorld(t, world.Options{Clients: clients(), Bounds: &b})
		w.Remember(memo)
		for range 40 {
			choices := w.Choices()
			if len(choices) == 0 {
				break
			}
			prints := w.AppendFootprints(nil, choices)
			require.Len(t, prints, len(choices))
			labels := map[uint64]bool{}
			for j := range choices {
				require.False(t, labels[prints[j].Label], "seed %d: two choices, one label: %s", seed, choices[j])
				labels[prints[j].Label] = true
				v := w.Clone()
				st, err := v.Apply(choices[j])
				require.NoError(t, err)
				prints[j].Replies = len(st.Replies) > 0
			}
			for j := range choices {
				for k := range j {
					same := commute(t, w, choices, prints, j, k)
					require.Equal(t, w.Independent(&prints[j], &prints[k]), w.Independent(&prints[k], &prints[j]))
					if w.Independent(&prints[j], &prints[k]) {
						independent++
						require.True(t, same, "seed %d: %s and %s", seed, choices[j], choices[k])
					} else if !same {
						dependent++
					}
				}
			}
			_, err := w.Apply(choices[rng.IntN(len(choices))])
			require.NoError(t, err)
		}
	}
	t.Logf("%d independent pairs, %d that do not commute", independent, dependent)
	require.NotZero(t, independent)
	require.NotZero(t, dependent)
}

func commute(t *testing.T, w *world.World, choices []world.Choice, prints []world.Footprint, j, k int) bool {
	both := func(first, second int) (h world.Hash, ok bool) {
		v := w.Clone()
		_, err := v.Apply(choices[first])
		require.NoError(t, err)
		after := v.Choices()
		for i, f := range v.AppendFootprints(nil, after) {
			if f.Label == prints[second].Label {
				_, err := v.Apply(after[i])
				require.NoError(t, err)
				return v.Hash(), true
			}
		}
		return h, false
	}
	a, ok1 := both(j, k)
	b, ok2 := both(k, j)
	return ok1 && ok2 && a == b
}

func TestBoundsMet(t *testing.T) {
	names := func(w *world.World) (list []string) {
		m := w.BoundsMet()
		for k, name := range world.BoundNames {
			if m>>k&1 == 1 {
				list = append(list, name)
			}
		}
		return list
	}
	b := world.Bounds{Timeouts: 1, PartialSyncs: world.Unlimited, Retries: world.Unlimited, Drops: world.Unlimited,
		Duplicates: world.Unlimited, Crashes: world.Unlimited, Hangups: world.Unlimited, Cuts: world.Unlimited, Copies: 1}
	w := newWorld(t, world.Options{Clients: clients(), Bounds: &b})
	require.Empty(t, names(w))
	apply(t, w, `invoke c1/1 @p {"add":1}`)
	require.Empty(t, names(w))
	apply(t, w, "sync p")
	require.Equal(t, []string{"copies"}, names(w))
	apply(t, w, "timeout p retransmit")
	require.Equal(t, []string{"timeouts", "copies"}, names(w), "one time-out is spent, another timer is armed, and further copies are lost")
	none := newWorld(t, world.Options{Clients: clients(), Bounds: &world.Bounds{}})
	require.Equal(t, []string{"crashes", "cuts"}, names(none))
	apply(t, none, `invoke c1/1 @p {"add":1}`, `invoke c2/1 @p {"add":1}`)
	require.Equal(t, []string{"timeouts", "partial syncs", "retries", "crashes", "hangups", "cuts"}, names(none))
	apply(t, none, "sync p")
	require.Equal(t, []string{"timeouts", "retries", "drops", "duplicates", "crashes", "hangups", "cuts"}, names(none))
}
