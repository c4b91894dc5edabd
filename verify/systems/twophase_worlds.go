package systems

import (
	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/verify"
)

// twoPhaseWorlds are the worlds of two-phase commit that are explored whole.
func twoPhaseWorlds() []verify.World {
	cluster := func(participants, checkpointEvery int) func() protocol.Protocol {
		return func() protocol.Protocol {
			return twophase.New(participants, twophase.Options{CheckpointEvery: checkpointEvery})
		}
	}
	// Of two shards y is the first's and x the second's; of three, x, y and w
	// are those of the first, the second and the third.
	both := twophase.Op{Write: map[string]string{"x": "1", "y": "1"}}
	read := twophase.Op{Read: []string{"x", "y"}}
	client := func(name string, ops ...protocol.Op) world.Client { return world.Client{Name: name, Ops: ops} }
	bounds := func(b world.Bounds) explore.Bounds { return explore.Bounds{Bounds: b} }
	return []verify.World{
		{
			Name: "one-transaction", Shows: "one transaction at two shards, with a crash, two time-outs and a lost message",
			Protocol: cluster(2, -1), Clients: []world.Client{client("c1", both)},
			Bounds: bounds(world.Bounds{Timeouts: 2, Crashes: 1, Drops: 1}),
		},
		{
			Name: "write-and-read", Shows: "a write at two shards and then a read at one of them, with a crash and a time-out",
			Protocol: cluster(2, -1), Clients: []world.Client{client("c1", both, twophase.Op{Read: []string{"x"}})},
			Bounds: bounds(world.Bounds{Timeouts: 1, Crashes: 1}),
		},
		{
			Name: "reader-and-writer", Shows: "a read and a write of the same two shards at the same time, with a crash",
			Protocol: cluster(2, -1), Clients: []world.Client{client("c1", both), client("c2", read)},
			Bounds: bounds(world.Bounds{Crashes: 1}),
		},
		{
			Name: "retry", Shows: "a write at one shard that is sent twice, and then a read, with a crash",
			Protocol: cluster(1, -1), Clients: []world.Client{client("c1", both, read)},
			Bounds: bounds(world.Bounds{Retries: 1, Crashes: 1}),
		},
		{
			Name: "late-copies", Shows: "two writes with a duplicated message, and checkpoints that forget",
			Protocol: cluster(2, 2), Clients: []world.Client{client("c1", both, twophase.Op{Write: map[string]string{"x": "2", "y": "2"}})},
			Bounds: bounds(world.Bounds{Duplicates: 1}),
		},
		{
			Name: "three-participants", Shows: "one transaction at three shards, with a crash and a time-out",
			Protocol: cluster(3, -1),
			Clients:  []world.Client{client("c1", twophase.Op{Write: map[string]string{"x": "1", "y": "1", "w": "1"}})},
			Bounds:   bounds(world.Bounds{Crashes: 1, Timeouts: 1}),
		},
	}
}
