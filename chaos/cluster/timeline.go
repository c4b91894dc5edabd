package cluster

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Failpoint arms a failpoint of the nodes' program during a run: at a node
// drawn at random, every so often on average, for a time drawn from For.
type Failpoint struct {
	Name, Terms string
	Every       time.Duration
	For         fault.Span
}

// strike is one fault of a run: it holds from At to Until.
type strike struct {
	At, Until time.Duration
	Fault     string          // the kind's name, or "failpoint"
	Node      protocol.NodeID // crash, restart, pause, failpoint
	Links     []fault.Link    // partition, delay
	By        time.Duration   // delay
	Failpoint Failpoint
}

// String is the strike's line in a run's plan.txt.
func (s strike) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %s", s.At, s.Fault)
	if s.Node != "" {
		fmt.Fprintf(&b, " %s", s.Node)
	}
	for _, l := range s.Links {
		fmt.Fprintf(&b, " %s->%s", l.From, l.To)
	}
	if s.By > 0 {
		fmt.Fprintf(&b, " by=%v", s.By)
	}
	if s.Failpoint.Name != "" {
		fmt.Fprintf(&b, " %s=%s", s.Failpoint.Name, s.Failpoint.Terms)
	}
	if s.Until > s.At {
		fmt.Fprintf(&b, " for=%v", s.Until-s.At)
	}
	return b.String()
}

// delayEvery is how often links become slow and cease to be: a process cannot
// hold up single messages of another's connection, so that a delay's rate is
// taken as the part of the time that a link is slow.
const delayEvery = 250 * time.Millisecond

// timeline draws from the seed all that a run of that duration suffers, in
// order of time. It is an error when the plan has a fault that cannot be made
// with processes and TCP.
func timeline(plan fault.Plan, failpoints []Failpoint, nodes []protocol.NodeID, duration time.Duration, seed uint64) ([]strike, error) {
	var all []strike
	for i, e := range plan.Faults {
		rng := rand.New(rand.NewPCG(seed, uint64(i)<<8|uint64(e.Fault.Kind())))
		strikes, err := draw(e, nodes, duration, rng)
		if err != nil {
			return nil, fmt.Errorf("plan %s: %w", plan.Name, err)
		}
		all = append(all, strikes...)
	}
	for i, f := range failpoints {
		if f.Every <= 0 {
			return nil, fmt.Errorf("failpoint %s: expected Every above 0, found %v", f.Name, f.Every)
		}
		rng := rand.New(rand.NewPCG(seed, 0xfa11<<32|uint64(i)))
		gap := (&fault.Pause{Every: f.Every}).Next
		for t := gap(rng); t < duration; t += gap(rng) {
			all = append(all, strike{At: t, Until: t + f.For.Draw(rng), Fault: "failpoint", Node: nodes[rng.IntN(len(nodes))], Failpoint: f})
		}
	}
	slices.SortStableFunc(all, func(a, b strike) int { return cmp.Compare(a.At, b.At) })
	return apart(all), nil
}

// draw returns the strikes of one entry of a plan.
func draw(e fault.Entry, nodes []protocol.NodeID, duration time.Duration, rng *rand.Rand) ([]strike, error) {
	end := duration
	if e.To > 0 {
		end = min(end, e.To)
	}
	var next func(*rand.Rand) time.Duration
	var at func(t time.Duration) []strike
	one := func(s strike) []strike { return []strike{s} }
	kind := e.Fault.Kind().String()
	node := func() protocol.NodeID { return nodes[rng.IntN(len(nodes))] }
	switch f := e.Fault.(type) {
	case *fault.Crash:
		next = f.Next
		at = func(t time.Duration) []strike {
			return one(strike{At: t, Until: t + f.Down.Draw(rng), Fault: kind, Node: node()})
		}
	case *fault.Restart:
		next = f.Next
		at = func(t time.Duration) []strike { return one(strike{At: t, Until: t, Fault: kind, Node: node()}) }
	case *fault.Pause:
		next = f.Next
		at = func(t time.Duration) []strike {
			return one(strike{At: t, Until: t + f.For.Draw(rng), Fault: kind, Node: node()})
		}
	case *fault.Partition:
		next = f.Next
		at = func(t time.Duration) []strike {
			links := f.Cuts(nodes, rng)
			return one(strike{At: t, Until: t + f.For.Draw(rng), Fault: kind, Links: links})
		}
	case *fault.Delay:
		next = func(*rand.Rand) time.Duration { return delayEvery }
		at = func(t time.Duration) (slow []strike) {
			for _, from := range nodes {
				for _, to := range nodes {
					if from != to && f.Strikes(rng) {
						slow = append(slow, strike{At: t, Until: t + delayEvery - time.Millisecond, Fault: kind,
							Links: []fault.Link{{From: from, To: to}}, By: f.By.Draw(rng)})
					}
				}
			}
			return slow
		}
	case *fault.Hangup:
		return nil, nil // the clients draw these
	default:
		return nil, fmt.Errorf("%s cannot be made with processes and TCP, expected some of hangup, delay, partition, crash, restart, pause; the simulator has the rest", kind)
	}
	var all []strike
	for t := e.From + next(rng); t < end; t += next(rng) {
		all = append(all, at(t)...)
		if e.Budget > 0 && len(all) >= e.Budget {
			return all[:e.Budget], nil
		}
	}
	return all, nil
}

// apart drops the strikes that would meet one of the same sort that still
// holds: a node is down or paused once at a time, and there is one partition.
// Failpoints are armed whatever else happens, but not at paused nodes, which
// would not answer.
func apart(all []strike) []strike {
	busy := map[string]time.Duration{}
	var kept []strike
	for _, s := range all {
		node := "node " + string(s.Node)
		paused, armed := "paused "+node, "armed "+node
		var meets, takes []string
		switch {
		case s.Fault == "failpoint":
			takes = []string{armed, armed + s.Failpoint.Name}
			meets = []string{paused, armed + s.Failpoint.Name}
		case s.Fault == "pause":
			takes = []string{node, paused}
			meets = []string{node, armed}
		case s.By > 0:
			takes = []string{fmt.Sprintf("slow %v", s.Links)}
			meets = takes
		case s.Links != nil:
			takes = []string{"partition"}
			meets = takes
		default:
			takes = []string{node}
			meets = takes
		}
		if slices.ContainsFunc(meets, func(what string) bool {
			until, held := busy[what]
			return held && s.At <= until
		}) {
			continue
		}
		for _, what := range takes {
			busy[what] = max(busy[what], s.Until)
		}
		kept = append(kept, s)
	}
	return kept
}

// hangupRate is how likely a client leaves a request unanswered.
func hangupRate(plan fault.Plan) *fault.Hangup {
	for _, e := range plan.Faults {
		if h, ok := e.Fault.(*fault.Hangup); ok {
			return h
		}
	}
	return &fault.Hangup{}
}
