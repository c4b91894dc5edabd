package world_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/world"
)

var everything = world.Bounds{Timeouts: 3, PartialSyncs: 2, Retries: 2, Drops: 2, Duplicates: 2, Crashes: 2,
	Hangups: 1, Cuts: 1, Copies: 2}

// With a memo a world does what it does without, choice by choice, and worlds
// hash the same exactly when they encode the same.
func TestMemoChangesNothing(t *testing.T) {
	memo := world.NewMemo(1 << 20)
	encodings, hashes := map[string]world.Hash{}, map[world.Hash]string{}
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 4))
		plain := newWorld(t, world.Options{Clients: clients(), Bounds: &everything})
		quick := newWorld(t, world.Options{Clients: clients(), Bounds: &everything})
		quick.Remember(memo)
		scratch := new(world.World)
		for range 60 {
			choices := plain.Choices()
			require.Equal(t, choices, quick.Choices(), "seed %d", seed)
			if len(choices) == 0 {
				break
			}
			for range 2 { // a copy that goes elsewhere must not show
				quick.CopyTo(scratch)
				_, err := scratch.Apply(choices[rng.IntN(len(choices))])
				require.NoError(t, err)
			}
			next := new(world.World)
			quick.CopyTo(next)
			before := string(quick.AppendState(nil))
			c := choices[rng.IntN(len(choices))]
			a, err := plain.Apply(c)
			require.NoError(t, err)
			b, err := next.Apply(c)
			require.NoError(t, err)
			require.Equal(t, a.Node, b.Node)
			require.Equal(t, fmt.Sprint(a.Input), fmt.Sprint(b.Input))
			require.Equal(t, world.AppendOutput(nil, a.Output), world.AppendOutput(nil, b.Output))
			require.Equal(t, len(a.Sent), len(b.Sent))
			for j := range a.Sent {
				require.Equal(t, a.Sent[j].Number, b.Sent[j].Number)
				require.Equal(t, a.Sent[j].Message, b.Sent[j].Message)
			}
			require.Equal(t, len(a.Replies), len(b.Replies))
			for j := range a.Replies {
				require.Equal(t, a.Replies[j], b.Replies[j])
			}
			require.Equal(t, before, string(quick.AppendState(nil)), "a step of a copy shows")
			quick = next
			encoding := string(plain.AppendState(nil))
			require.Equal(t, encoding, string(quick.AppendState(nil)), "seed %d: %s", seed, c)
			h := quick.Hash()
			require.Equal(t, plain.Hash(), h, "seed %d: %s", seed, c)
			if was, seen := encodings[encoding]; seen {
				require.Equal(t, was, h, "one encoding, two hashes")
			}
			if was, seen := hashes[h]; seen {
				require.Equal(t, was, encoding, "one hash, two encodings")
			}
			encodings[encoding], hashes[h] = h, encoding
		}
	}
	taken, remembered := memo.Stats()
	t.Logf("%d states; %d steps taken, %d remembered", len(encodings), taken, remembered)
	require.Greater(t, len(encodings), 5000)
	require.Greater(t, remembered, taken)
}

// A memo that is full remembers no more, and is no less right.
func TestAFullMemo(t *testing.T) {
	memo := world.NewMemo(3)
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 5))
		plain, quick := newWorld(t, world.Options{Clients: clients()}), newWorld(t, world.Options{Clients: clients()})
		quick.Remember(memo)
		for range 80 {
			choices := plain.Choices()
			c := choices[rng.IntN(len(choices))]
			_, err := plain.Apply(c)
			require.NoError(t, err)
			_, err = quick.Apply(c)
			require.NoError(t, err)
			require.Equal(t, plain.Hash(), quick.Hash(), "seed %d", seed)
		}
	}
	_, remembered := memo.Stats()
	require.NotZero(t, remembered)
}

// A world that holds its nodes to the contract takes every step of theirs: what
// is remembered is not checked.
func TestTheContractIsCheckedWithoutAMemo(t *testing.T) {
	w := newWorld(t, world.Options{CheckContract: true})
	memo := world.NewMemo(10)
	w.Remember(memo)
	apply(t, w, `invoke c1/1 @p {"add":1}`)
	taken, remembered := memo.Stats()
	require.Zero(t, taken+remembered, "a world that checks the contract takes every step")
}
