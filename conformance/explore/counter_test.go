package explore_test

import (
	"encoding/json"
	"fmt"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
	"github.com/lockstep-go/lockstep/linearizability"
)

func add(n int) protocol.Op { return worldtest.Op{Add: n} }

var get protocol.Op = worldtest.Op{Get: true}

// counter is a world of the test protocol, whose clients do the operations.
func counter(bug worldtest.Bug, replicas int, b world.Bounds, clients ...[]protocol.Op) explore.Config {
	cfg := explore.Config{
		Protocol:  worldtest.Counter{Replicas: replicas, Bug: bug},
		Bounds:    explore.Bounds{Bounds: b},
		Invariant: worldtest.CheckCommitted,
		Model:     counterModel{},
	}
	for i, ops := range clients {
		cfg.Clients = append(cfg.Clients, world.Client{Name: fmt.Sprint("c", i+1), Ops: ops})
	}
	return cfg
}

// counterModel is the sequential counter.
type counterModel struct{}

func (counterModel) Name() string { return "counter" }
func (counterModel) DecodeOp(raw json.RawMessage) (any, error) {
	return worldtest.Counter{}.DecodeOp(raw)
}
func (counterModel) DecodeResult(_ any, raw json.RawMessage) (any, error) {
	var r worldtest.Result
	err := json.Unmarshal(raw, &r)
	return r, err
}
func (counterModel) Init() any { return 0 }
func (counterModel) Step(state, op, result any) (bool, any) {
	total := state.(int) + op.(worldtest.Op).Add
	r, known := result.(worldtest.Result)
	return !known || r.Total == total, total
}
func (counterModel) Equal(a, b any) bool   { return a == b }
func (counterModel) Hash(state any) uint64 { return uint64(state.(int)) }
func (counterModel) Footprint(_, _ any) linearizability.Footprint {
	return linearizability.Footprint{SeesMore: true, WritesMore: true}
}
func (counterModel) DescribeOp(op, result any) string { return fmt.Sprint(op, " → ", result) }
func (counterModel) DescribeState(state any) string   { return fmt.Sprint(state) }

// worlds are small enough to be searched naively.
func worlds() map[string]explore.Config {
	all := map[string]explore.Config{
		"calm": counter(worldtest.None, 2, world.Bounds{}, []protocol.Op{add(1), get}, []protocol.Op{add(4)}),
		"lossy": counter(worldtest.None, 1, world.Bounds{Timeouts: 2, Drops: 1, Duplicates: 1, Copies: 2},
			[]protocol.Op{add(1), get}, []protocol.Op{add(4)}),
		"copies": counter(worldtest.None, 2, world.Bounds{Timeouts: 2, Copies: 1}, []protocol.Op{add(1), add(2)}),
		"crash": counter(worldtest.None, 1, world.Bounds{Timeouts: 1, Crashes: 1, PartialSyncs: 1},
			[]protocol.Op{add(1), get}, []protocol.Op{add(4)}),
		"crashes": counter(worldtest.None, 2, world.Bounds{Timeouts: 1, Crashes: 1}, []protocol.Op{add(1), get}),
		"retry":   counter(worldtest.None, 1, world.Bounds{Crashes: 1, Retries: 2, Hangups: 1}, []protocol.Op{add(1), get}),
		"cut":     counter(worldtest.None, 1, world.Bounds{Timeouts: 1, Cuts: 1, Drops: 1}, []protocol.Op{add(1), get}),
	}
	all["answers"] = askBoth("x", "y")
	all["wrong answers"] = askBoth("a!")
	for _, bug := range []worldtest.Bug{worldtest.AckEarly, worldtest.NoRecord} {
		all[string(bug)] = counter(bug, 2, world.Bounds{Timeouts: 1, Crashes: 1}, []protocol.Op{add(1), get}, []protocol.Op{get})
	}
	forget := counter(worldtest.ForgetRequests, 1, world.Bounds{Timeouts: 1, Crashes: 1, Retries: 1}, []protocol.Op{add(1), get})
	all[string(worldtest.ForgetRequests)] = forget
	return all
}
