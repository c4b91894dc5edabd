package explore_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// atomicity is the invariant of two-phase commit.
func atomicity(v world.View) error {
	var nodes [8]protocol.Node
	n := 0
	for _, id := range v.Protocol().Nodes() {
		nodes[n] = v.Node(id)
		n++
	}
	return twophase.CheckAtomicity(nodes[:n])
}

// twoPhase has one client that writes at every one of the participants.
func twoPhase(participants int) explore.Config {
	p := twophase.New(participants, twophase.Options{CheckpointEvery: -1})
	op := twophase.Op{Write: map[string]string{}}
	for i := 0; len(op.Write) < participants; i++ {
		if k := fmt.Sprint("k", i); p.Shard(k) == len(op.Write) {
			op.Write[k] = "1"
		}
	}
	return explore.Config{
		Protocol:  p,
		Clients:   []world.Client{{Name: "c1", Ops: []protocol.Op{op}}},
		Invariant: atomicity,
		Workers:   1,
	}
}

// BenchmarkTwoPhase explores two-phase commit with three participants, one
// time-out and one crash, on one core: the initial states that StatesMax
// allows, over and over.
func BenchmarkTwoPhase(b *testing.B) {
	for _, c := range []struct {
		name   string
		adjust func(*explore.Config)
	}{
		{"bare", func(c *explore.Config) { c.Full = true }},
		{"sleep-sets", func(*explore.Config) {}},
		{"histories", func(c *explore.Config) { c.Model = linearizability.TxnKV() }},
	} {
		b.Run(c.name, func(b *testing.B) {
			cfg := twoPhase(3)
			cfg.Bounds.Timeouts, cfg.Bounds.Crashes = 1, 1
			cfg.StatesMax = 300_000
			c.adjust(&cfg)
			b.ReportAllocs()
			transitions, states, pruned := 0, 0, 0
			for b.Loop() {
				r, err := explore.Run(b.Context(), cfg)
				require.NoError(b, err)
				require.NotEqual(b, explore.Violated, r.Verdict)
				transitions += r.Transitions
				states += r.States
				pruned += r.Pruned
			}
			b.ReportMetric(float64(transitions)/b.Elapsed().Seconds(), "transitions/s")
			b.ReportMetric(float64(states)/b.Elapsed().Seconds(), "states/s")
			b.ReportMetric(float64(transitions+pruned)/float64(states), "choices/state")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkBounds tells what each bound costs: the world of one transaction at
// that many participants, with one more of everything.
func BenchmarkBounds(b *testing.B) {
	with := func(f func(*world.Bounds)) func(*explore.Config) {
		return func(c *explore.Config) { f(&c.Bounds.Bounds) }
	}
	again := func(c *explore.Config) { c.Clients[0].Ops = append(c.Clients[0].Ops, c.Clients[0].Ops[0]) }
	other := func(c *explore.Config) {
		c.Clients = append(c.Clients, world.Client{Name: "c2", Ops: c.Clients[0].Ops})
	}
	for _, c := range []struct {
		name         string
		participants int
		adjust       func(*explore.Config)
	}{
		{"1-participant", 1, nil}, {"2-participants", 2, nil}, {"3-participants", 3, nil}, {"4-participants", 4, nil},
		{"2-and-a-second-transaction-after-it", 2, again}, {"3-and-a-second-transaction-after-it", 3, again},
		{"2-and-a-second-client", 2, other},
		{"3-and-1-crash", 3, with(func(b *world.Bounds) { b.Crashes = 1 })},
		{"3-and-2-crashes", 3, with(func(b *world.Bounds) { b.Crashes = 2 })},
		{"3-and-1-time-out", 3, with(func(b *world.Bounds) { b.Timeouts = 1 })},
		{"3-and-2-time-outs", 3, with(func(b *world.Bounds) { b.Timeouts = 2 })},
		{"3-and-1-drop", 3, with(func(b *world.Bounds) { b.Drops = 1 })},
		{"3-and-1-duplicate", 3, with(func(b *world.Bounds) { b.Duplicates = 1 })},
		{"3-and-1-retry", 3, with(func(b *world.Bounds) { b.Retries = 1 })},
		{"3-and-1-hangup", 3, with(func(b *world.Bounds) { b.Hangups = 1 })},
		{"3-and-1-cut", 3, with(func(b *world.Bounds) { b.Cuts = 1 })},
		{"3-and-1-crash-and-1-drop", 3, with(func(b *world.Bounds) { b.Crashes, b.Drops = 1, 1 })},
		{"3-and-1-crash-and-1-time-out", 3, with(func(b *world.Bounds) { b.Crashes, b.Timeouts = 1, 1 })},
	} {
		b.Run(c.name, func(b *testing.B) {
			cfg := twoPhase(c.participants)
			cfg.Model = linearizability.TxnKV()
			if c.adjust != nil {
				c.adjust(&cfg)
			}
			var r *explore.Result
			var err error
			for b.Loop() {
				r, err = explore.Run(b.Context(), cfg)
				require.NoError(b, err)
				require.Equal(b, explore.OK, r.Verdict, r.Reason)
			}
			b.ReportMetric(float64(r.States), "states")
			b.ReportMetric(float64(r.Transitions), "taken")
			b.ReportMetric(float64(r.Pruned), "left-out")
			b.ReportMetric(float64(r.Depth), "depth")
		})
	}
}
