package world_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

// A run and the same run with the replicas exchanged hash the same all along,
// with a memo and without; without symmetry they do not.
func TestExchangedWorldsHashTheSame(t *testing.T) {
	exchange := strings.NewReplacer("r1", "r3", "r2", "r1", "r3", "r2")
	differed := false
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 7))
		made := func(symmetry bool) *world.World {
			w, err := world.New(worldtest.Counter{Replicas: 3}, world.Options{Clients: clients(), Bounds: &everything, Symmetry: symmetry})
			require.NoError(t, err)
			return w
		}
		a, b, plain, plainB := made(true), made(true), made(false), made(false)
		require.Equal(t, 6, a.Renamings())
		a.Remember(world.NewMemo(1 << 16))
		for range 50 {
			choices := a.Choices()
			if len(choices) == 0 {
				break
			}
			c := choices[rng.IntN(len(choices))]
			var twin world.Choice
			if c.Message == 0 {
				var err error
				twin, err = world.ParseChoice(b.Protocol(), exchange.Replace(c.String()))
				require.NoError(t, err)
			} else { // the numbers of messages differ
				var payload string
				for _, e := range a.InFlight() {
					if e.Number == c.Message {
						payload = e.Encoded
					}
				}
				twin = c
				twin.From, twin.To = protocol.NodeID(exchange.Replace(string(c.From))), protocol.NodeID(exchange.Replace(string(c.To)))
				for _, e := range b.InFlight() {
					if e.Message.From == twin.From && e.Message.To == twin.To && e.Encoded == payload {
						twin.Message = e.Number
						break
					}
				}
			}
			for _, x := range []struct {
				w *world.World
				c world.Choice
			}{{a, c}, {plain, c}, {b, twin}, {plainB, twin}} {
				_, err := x.w.Apply(x.c)
				require.NoError(t, err, "seed %d: %s", seed, x.c)
			}
			require.Equal(t, a.Hash(), b.Hash(), "seed %d: %s", seed, c)
			differed = differed || plain.Hash() != plainB.Hash()
		}
	}
	require.True(t, differed)
}

// The control: worlds that no exchange makes of each other hash differently.
func TestExchangesDoNotMixUpMore(t *testing.T) {
	made := func(lines ...string) world.Hash {
		w, err := world.New(worldtest.Counter{Replicas: 3}, world.Options{Symmetry: true})
		require.NoError(t, err)
		apply(t, w, append([]string{`invoke c/1 @p {"add":1}`, "sync p"}, lines...)...)
		return w.Hash()
	}
	one, other := made("deliver p->r1 #1"), made("deliver p->r3 #3")
	require.Equal(t, one, other)
	require.NotEqual(t, made("deliver p->r1 #1", "drop p->r2 #2"), made("deliver p->r1 #1", "crash r2 lose=0"))
	require.NotEqual(t, one, made("deliver p->r1 #1", "deliver p->r2 #2"))
	require.NotEqual(t, made("deliver p->r1 #1", "crash r1 lose=1"), made("deliver p->r1 #1", "crash r2 lose=0"))
	require.NotEqual(t, made("cut p->r1", "drop p->r1 #1"), made("cut p->r1", "drop p->r2 #2"))
	require.Equal(t, made("cut p->r1", "drop p->r2 #2"), made("cut p->r3", "drop p->r1 #1"))
}

func TestSymmetryIsRefused(t *testing.T) {
	_, err := world.New(logger{}, world.Options{Symmetry: true})
	require.ErrorContains(t, err, "does not say which of its nodes are interchangeable")
	_, err = world.New(worldtest.Counter{Replicas: 7}, world.Options{Symmetry: true})
	require.ErrorContains(t, err, "at most 720 ways")
	_, err = world.New(twice{}, world.Options{Symmetry: true})
	require.ErrorContains(t, err, "at most once")
}

type twice struct{ worldtest.Counter }

func (twice) Nodes() []protocol.NodeID { return []protocol.NodeID{"p", "r1"} }
func (twice) Interchangeable() [][]protocol.NodeID {
	return [][]protocol.NodeID{{"r1", "r1"}}
}

// A renaming that changes nothing changes no encoding.
func TestRenamingToTheSameNames(t *testing.T) {
	w := newWorld(t, world.Options{Clients: clients(), Bounds: &everything})
	rng := rand.New(rand.NewPCG(1, 8))
	for range 100 {
		choices := w.Choices()
		if len(choices) == 0 {
			break
		}
		_, err := w.Apply(choices[rng.IntN(len(choices))])
		require.NoError(t, err)
		for _, id := range w.Protocol().Nodes() {
			if n := w.Node(id); n != nil {
				same := n.(protocol.Renamable).AppendRenamed(nil, func(id protocol.NodeID) protocol.NodeID { return id })
				require.Equal(t, n.AppendState(nil), same)
			}
		}
	}
}
