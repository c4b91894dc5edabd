package systems

import (
	"fmt"
	"time"

	"github.com/lockstep-go/lockstep/chaos/cluster"
	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/verify"
)

// implPackage is the path of the packages that hold the failpoints.
const implPackage = "github.com/lockstep-go/lockstep/impl/"

// TwoPhase is two-phase commit over three shards, with the specification in
// specs/twophase.
func TwoPhase(family *specs.Family) verify.System {
	s := verify.System{
		Name:     "twophase",
		Title:    "Two-phase commit with presumed abort, over a sharded key-value store",
		Spec:     family,
		Protocol: twoPhase(25),
		Trace: &refine.Spec{
			Modules: family.Files, Module: "TwoPhase",
			Silent: map[string]string{"Recover": "Crash"},
		},
		TraceConstants: map[string]any{"Coordinator": string(twophase.Coordinator)},
		Sliced:         true,
		Workload:       func() sim.Workload { return transactions{keys: 6} },
		ClusterLoad:    func() sim.Workload { return transactions{keys: 4, groups: 64} },
		Clients:        3,
		OpsPerClient:   8,
		Model:          linearizability.TxnKV(),
		Question: func(op protocol.Op) bool {
			o, ok := op.(twophase.Op)
			return ok && o.Outcome
		},
		Invariant: atomicity,
		Serve:     "twophase",
		Served: func(participants int) (protocol.Protocol, error) {
			if participants < 0 || participants > 64 {
				return nil, fmt.Errorf("expected 1 to 64 participants, found %d", participants)
			}
			if participants == 0 {
				participants = 3
			}
			return twophase.New(participants, twophase.Options{VoteTimeout: 500 * time.Millisecond, CheckpointEvery: 1000}), nil
		},
	}
	for _, name := range []string{"everything", "crashes", "lossy", "partitions", "calm"} {
		if p, err := fault.Named(name); err == nil {
			s.Plans = append(s.Plans, p)
		}
	}
	// A process dies at each of these places now and then, or its disk is slow.
	arm := func(name, terms string) {
		s.Arm = append(s.Arm, cluster.Failpoint{
			Name: implPackage + name, Terms: terms, Every: 4 * time.Second,
			For: fault.Span{Min: 50 * time.Millisecond, Max: 300 * time.Millisecond},
		})
	}
	for _, place := range []string{
		"wal/before-append", "wal/after-append", "wal/before-fsync", "wal/after-fsync",
		"host/before-apply", "host/after-apply", "host/before-release", "host/before-send", "host/after-send",
		"twophase/before-decision", "twophase/after-decision",
	} {
		arm(place, "panic")
	}
	arm("wal/before-fsync", "sleep(20)")
	s.Worlds = twoPhaseWorlds()
	s.Coverage = twoPhaseCoverage()
	s.Mutants = twoPhaseMutants()
	return s
}

// twoPhase has three participants, and times short enough for a simulated run
// to time out, resend, ask and take checkpoints many times.
func twoPhase(checkpointEvery int) func() protocol.Protocol {
	return func() protocol.Protocol {
		return twophase.New(3, twophase.Options{
			VoteTimeout: 60 * time.Millisecond, Resend: 20 * time.Millisecond,
			Inquire: 30 * time.Millisecond, CheckpointEvery: checkpointEvery,
		})
	}
}

// atomicity is the invariant of simulated runs.
func atomicity(v world.View) error {
	var nodes [8]protocol.Node
	n := 0
	for _, id := range v.Protocol().Nodes() {
		nodes[n] = v.Node(id)
		n++
	}
	return twophase.CheckAtomicity(nodes[:n])
}

// transactions is a workload of small transactions over few keys, so that they
// meet: transfers that read and write at several shards, reads of several keys
// at once, and compare-and-swaps from what the client saw last.
// A transaction keeps to one group of keys: many groups make for histories
// that fall apart into many small ones.
type transactions struct{ keys, groups int }

// seen is a client's memory: the last value of each key that it knows.
type seen map[string]string

func (w transactions) Next(c *sim.Client) (protocol.Op, bool) {
	last, ok := c.State.(seen)
	if !ok {
		last = seen{}
		c.State = last
	}
	if r, ok := c.Result.(twophase.Result); ok {
		for k, v := range r.Reads {
			last[k] = v
		}
		for k, v := range r.Failed {
			last[k] = v
		}
		if op, ok := c.Op.(twophase.Op); ok && r.Outcome == twophase.Committed {
			for k, v := range op.Write {
				last[k] = v
			}
		}
		if r.Outcome == twophase.Aborted && r.Reason != twophase.ReasonCompare && c.Rand.IntN(4) > 0 {
			return c.Op, true // try the same again, as a new transaction
		}
	}
	group := ""
	if w.groups > 1 {
		group = fmt.Sprintf("g%d.", c.Rand.IntN(w.groups))
	}
	key := func(not string) string {
		for {
			if k := fmt.Sprintf("%sk%d", group, c.Rand.IntN(w.keys)); k != not {
				return k
			}
		}
	}
	value := fmt.Sprintf("%s.%d", c.Name, c.Seq+1)
	a := key("")
	b := key(a)
	switch x := c.Rand.IntN(10); {
	case x < 3: // read two keys
		return twophase.Op{Read: sorted(a, b)}, true
	case x < 6: // read one, write another
		return twophase.Op{Read: []string{a}, Write: map[string]string{b: value}}, true
	case x < 8: // write two
		return twophase.Op{Read: []string{a}, Write: map[string]string{a: value, b: value}}, true
	default: // compare, and write if it holds
		return twophase.Op{Compare: map[string]string{a: last[a]}, Write: map[string]string{a: value, b: value}}, true
	}
}

func sorted(a, b string) []string {
	if b < a {
		a, b = b, a
	}
	return []string{a, b}
}

// Retry sends the request again, or asks what became of it.
func (transactions) Retry(c *sim.Client) (protocol.Op, bool) {
	if c.Attempts%3 == 2 {
		return twophase.Op{Outcome: true}, true
	}
	return c.Op, true
}

// Final takes every answer but one: that the request is too old to be known,
// which answers a late copy of an earlier attempt.
func (transactions) Final(result any) bool {
	r, ok := result.(twophase.Result)
	return !ok || r.Outcome != twophase.Forgotten
}
