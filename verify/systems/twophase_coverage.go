package systems

import (
	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/verify"
)

// twoPhaseCoverage is one transaction at one participant: the smallest world in
// which every action of the specification happens, and in which the
// specification's 1,028 states are few enough for each of its steps to be taken
// by the code in a second.
func twoPhaseCoverage() *verify.Coverage {
	clients := func(x string) []world.Client {
		return []world.Client{{Name: "c1", Ops: []protocol.Op{
			twophase.Op{Compare: map[string]string{"x": x}, Write: map[string]string{"x": "1"}}}}}
	}
	commits, refused := clients(""), clients("another value")
	bounds := explore.Bounds{Bounds: world.Bounds{Timeouts: 2, Crashes: 1, Drops: 1, Duplicates: 2, PartialSyncs: 1, Copies: 2}}
	return &verify.Coverage{
		Protocol:  func() protocol.Protocol { return twophase.New(1, twophase.Options{CheckpointEvery: -1}) },
		Constants: map[string]any{"Participants": protocol.Set{"p1"}},
		Worlds: []verify.World{
			{Name: "one-participant", Shows: "a transaction at one participant, that can commit", Clients: commits, Bounds: bounds},
			{Name: "one-refusal", Shows: "a transaction that its participant refuses", Clients: refused, Bounds: bounds},
		},
		Clients: [][]world.Client{commits, refused},
	}
}
