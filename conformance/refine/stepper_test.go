package refine_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/world"
)

// mutant is two-phase commit that maps or does something wrong.
type mutant struct {
	*twophase.Cluster
	node    func(protocol.NodeView, protocol.Assignment) protocol.Assignment
	network func(map[string]any) map[string]any
	lost    string // the action by which a message is lost
	step    func(id protocol.NodeID, in protocol.Input, out *protocol.Output)
}

func (m mutant) AssignNode(slice string, n protocol.NodeView) protocol.Assignment {
	if s, ok := n.Node.(stepped); ok {
		n.Node = s.Node
	}
	a := m.Cluster.AssignNode(slice, n)
	if m.node != nil {
		a = m.node(n, a)
	}
	return a
}

func (m mutant) AssignNetwork(slice string, flying []protocol.Message) map[string]any {
	a := m.Cluster.AssignNetwork(slice, flying)
	if m.network != nil {
		a = m.network(a)
	}
	return a
}

func (m mutant) Lost(x protocol.Message) protocol.Action {
	a := m.Cluster.Lost(x)
	if m.lost != "" {
		a.Name = m.lost
	}
	return a
}

func (m mutant) NewNode(id protocol.NodeID) (protocol.Node, error) {
	n, err := m.Cluster.NewNode(id)
	if m.step == nil || err != nil {
		return n, err
	}
	return stepped{n, id, m.step}, nil
}

// stepped is a node whose outputs are changed.
type stepped struct {
	protocol.Node
	id     protocol.NodeID
	change func(protocol.NodeID, protocol.Input, *protocol.Output)
}

func (n stepped) Step(now time.Duration, in protocol.Input) protocol.Output {
	out := n.Node.Step(now, in)
	n.change(n.id, in, &out)
	return out
}

func (n stepped) Clone() protocol.Node { return stepped{n.Node.Clone(), n.id, n.change} }

func one() []world.Client {
	return []world.Client{{Name: "c1", Ops: []protocol.Op{twophase.Op{Write: map[string]string{"x": "1", "y": "2", "z": "3"}}}}}
}

func stepper(t testing.TB, p protocol.Protocol, covering bool) *refine.Stepper {
	t.Helper()
	spec := twoPhase(t)
	spec.Constants = map[string]string{"Coordinator": `"c"`}
	s, err := refine.NewStepper(p, spec, covering)
	require.NoError(t, err)
	return s
}

// explored explores a world and checks each step.
func explored(t testing.TB, p protocol.Protocol, s *refine.Stepper, b world.Bounds) *explore.Result {
	t.Helper()
	r, err := explore.Run(t.Context(), explore.Config{
		Protocol: p, Clients: one(), Bounds: explore.Bounds{Bounds: b},
		Steps: explore.Refining(s),
	})
	require.NoError(t, err)
	return r
}

var few = world.Bounds{Timeouts: 1, Crashes: 1, Drops: 1, Duplicates: 1, PartialSyncs: 1}

// Everything that one participant and two do, as far as these bounds go, is what
// the specification allows.
func TestTheCodeRefinesTheSpecification(t *testing.T) {
	one := twophase.New(1, twophase.Options{})
	r := explored(t, one, stepper(t, one, false), few)
	require.Equal(t, explore.OK, r.Verdict, r.Reason)
	require.Greater(t, r.Transitions, 10_000)

	two := twophase.New(2, twophase.Options{})
	r = explored(t, two, stepper(t, two, false), world.Bounds{Timeouts: 1, Crashes: 1})
	require.Equal(t, explore.OK, r.Verdict, r.Reason)
	require.Greater(t, r.Transitions, 10_000)
}

func isFirst[T any](actions []protocol.Action, name string, x T, otherwise T) T {
	if len(actions) > 0 && actions[0].Name == name {
		return x
	}
	return otherwise
}

// What the code does otherwise than the specification, or maps wrongly, is found
// and explained.
func TestMutantsAreNoRefinement(t *testing.T) {
	cases := map[string]struct {
		m    mutant
		want string // of the explanation
	}{
		"a vote that is mapped to the other": {mutant{network: func(a map[string]any) map[string]any {
			for _, m := range a["msgs"].(protocol.Set) {
				if r := m.(map[string]any); r["type"] == "Yes" {
					r["type"] = "No"
				}
			}
			return a
		}}, "msgs ="},
		"messages in flight that are not mapped": {mutant{network: func(a map[string]any) map[string]any {
			return map[string]any{"msgs": protocol.Set{}}
		}}, "msgs ="},
		"what is held is mapped as sent": {mutant{node: func(n protocol.NodeView, a protocol.Assignment) protocol.Assignment {
			for _, h := range a.Local["held"].(protocol.Set) {
				a.Whole["msgs"] = append(a.Whole["msgs"].(protocol.Set), h.(map[string]any)["msg"])
			}
			a.Local["held"] = protocol.Set{}
			return a
		}}, "expected"},
		"a log that is mapped as durable": {mutant{node: func(n protocol.NodeView, a protocol.Assignment) protocol.Assignment {
			a.Local["durable"] = len(a.Local["log"].([]any))
			return a
		}}, "durable["},
		"a node that is down is mapped as up": {mutant{node: func(n protocol.NodeView, a protocol.Assignment) protocol.Assignment {
			a.Local["up"] = true
			return a
		}}, "up["},
		"a variable that does not exist": {mutant{node: func(n protocol.NodeView, a protocol.Assignment) protocol.Assignment {
			a.Local["mood"] = "good"
			return a
		}}, "mood"},
		"a message lost by an action that does not exist": {mutant{lost: "Mislay"}, "Mislay"},
		"a message lost by an action that loses none":     {mutant{lost: "Begin"}, "expects"},
		"a step that says nothing": {mutant{step: func(id protocol.NodeID, in protocol.Input, out *protocol.Output) {
			out.Actions = isFirst(out.Actions, "RecvPrepare", nil, out.Actions)
		}}, "takes no action"},
		"a step that says another": {mutant{step: func(id protocol.NodeID, in protocol.Input, out *protocol.Output) {
			if len(out.Actions) > 0 && out.Actions[0].Name == "RecvCommit" {
				out.Actions[0].Name = "RecvAbort"
			}
		}}, "RecvAbort"},
		"a message that is not sent": {mutant{step: func(id protocol.NodeID, in protocol.Input, out *protocol.Output) {
			out.Messages = isFirst(out.Actions, "Resend", nil, out.Messages)
		}}, "msgs ="},
		"a vote that does not wait for its record": {mutant{step: func(id protocol.NodeID, in protocol.Input, out *protocol.Output) {
			for i := range out.Messages {
				out.Messages[i].Early = id == "p1"
			}
		}}, "expected"},
		"a vote without a record": {mutant{step: func(id protocol.NodeID, in protocol.Input, out *protocol.Output) {
			if id == "p1" && len(out.Actions) > 0 && out.Actions[0].Name == "RecvPrepare" {
				out.Records = nil
			}
		}}, "log["},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.m.Cluster = twophase.New(1, twophase.Options{})
			r := explored(t, c.m, stepper(t, c.m, false), few)
			require.Equal(t, explore.Violated, r.Verdict)
			require.Equal(t, explore.CheckStep, r.Violation.Check)
			var step *refine.StepError
			require.ErrorAs(t, r.Violation.Err, &step)
			assert.Contains(t, step.Error(), c.want)
			assert.NotEmpty(t, step.Reason)
		})
	}
}

func worlds(p protocol.Protocol) (list []func() (*world.World, error)) {
	for _, x := range []string{"", "other"} { // the transaction can commit; it cannot
		list = append(list, func() (*world.World, error) {
			return world.New(p, world.Options{
				Clients: []world.Client{{Name: "c1", Ops: []protocol.Op{twophase.Op{
					Compare: map[string]string{"x": x}, Write: map[string]string{"x": "1"}}}}},
				Bounds: &world.Bounds{Timeouts: world.Unlimited, PartialSyncs: world.Unlimited, Drops: world.Unlimited,
					Duplicates: world.Unlimited, Crashes: world.Unlimited},
			})
		})
	}
	return list
}

func drive(t *testing.T, p protocol.Protocol) *refine.Driven {
	t.Helper()
	d := refine.Drive{Constants: map[string]any{"Participants": protocol.Set{"p1"}}, Worlds: worlds(p)}
	r, err := d.Run(t.Context(), stepper(t, p, false))
	require.NoError(t, err)
	return r
}

// Every step that the specification allows, the code can take.
func TestTheSpecificationDrivesTheCode(t *testing.T) {
	r := drive(t, twophase.New(1, twophase.Options{}))
	require.Nil(t, r.Violation)
	require.Empty(t, r.Missing)
	require.Equal(t, r.States, r.StatesReached)
	require.Equal(t, r.Steps, r.StepsReached)
	require.Greater(t, r.Steps, 5000)
	require.True(t, r.Whole())
	require.Len(t, r.Actions, 15, "all the actions of the specification")
}

// Code that does less than the specification is found by driving it, and code
// that does more is found on the way.
func TestDrivingFindsWhatTheCodeDoesNotDo(t *testing.T) {
	lazy := mutant{Cluster: twophase.New(1, twophase.Options{}), step: func(_ protocol.NodeID, in protocol.Input, out *protocol.Output) {
		// A coordinator that never times out: the step is taken back.
		out.Timers = slices.DeleteFunc(out.Timers, func(x protocol.Timer) bool { return !x.Cancel && strings.HasPrefix(x.Name, "vote") })
	}}
	r := drive(t, lazy)
	require.Nil(t, r.Violation)
	require.NotEmpty(t, r.Missing)
	for _, m := range r.Missing {
		require.True(t, m.Step == "TimeOut" || m.Step == "" || r.MissingCut > 0, m)
	}
	require.Less(t, r.StepsReached, r.Steps)
	require.False(t, r.Whole())

	wild := mutant{Cluster: twophase.New(1, twophase.Options{}), step: func(_ protocol.NodeID, in protocol.Input, out *protocol.Output) {
		out.Messages = isFirst(out.Actions, "Resend", nil, out.Messages)
	}}
	r = drive(t, wild)
	require.NotNil(t, r.Violation)
	require.NotEmpty(t, r.Schedule)
	require.Contains(t, r.Violation.Error(), "Resend")
}

// What an exploration does not reach is listed, unless it is explained; an
// explanation of nothing is stale.
func TestCoverageOfAnExploration(t *testing.T) {
	p := twophase.New(1, twophase.Options{})
	covered := func(exceptions ...refine.Exception) refine.Coverage {
		t.Helper()
		spec := twoPhase(t)
		spec.Constants = map[string]string{"Coordinator": `"c"`}
		spec.Exceptions = exceptions
		s, err := refine.NewStepper(p, spec, true)
		require.NoError(t, err)
		r := explored(t, p, s, world.Bounds{Timeouts: 1, Drops: 1, Duplicates: 1})
		require.Equal(t, explore.OK, r.Verdict, r.Reason)
		c, err := s.Coverage(t.Context(), 10_000)
		require.NoError(t, err)
		require.Len(t, c, 1)
		return c[0]
	}
	c := covered()
	require.Contains(t, c.Constants, `Participants = {"p1"}`)
	require.Equal(t, 1028, c.States)
	require.Greater(t, c.StatesReached, 20)
	require.Less(t, c.StatesReached, c.States)
	require.Len(t, c.Missing, refine.MissingMax)
	require.Greater(t, c.MissingCut, 10)
	require.False(t, c.Whole())

	c = covered(
		refine.Exception{When: "TRUE", Why: "all states"},
		refine.Exception{Action: "Crash", When: "TRUE", Why: "nothing crashes here"},
		refine.Exception{Action: "Crash", When: "cstate' = \"down\"", Why: "explained already"},
	)
	require.NotZero(t, c.Excused[0])
	require.NotZero(t, c.Excused[1])
	require.Zero(t, c.Excused[2])
	require.False(t, c.Whole())
	for _, m := range c.Missing {
		require.NotContains(t, m.Step, "Crash")
	}

	spec := twoPhase(t)
	spec.Constants = map[string]string{"Coordinator": `"c"`}
	spec.Exceptions = []refine.Exception{{When: "cstate = ", Why: "it does not parse"}}
	s, err := refine.NewStepper(p, spec, true)
	require.NoError(t, err)
	w, err := worlds(p)[0]()
	require.NoError(t, err)
	_, err = s.Start(w)
	require.NoError(t, err)
	_, err = refine.Drive{Constants: map[string]any{"Participants": protocol.Set{"p1"}}, Worlds: worlds(p)}.Run(t.Context(), s)
	require.Error(t, err)
}

// unmapped is a protocol without a mapping of its worlds.
type unmapped struct{ protocol.Protocol }

func TestAStepperNeedsAMapping(t *testing.T) {
	_, err := refine.NewStepper(unmapped{twophase.New(1, twophase.Options{})}, twoPhase(t), false)
	require.ErrorContains(t, err, "WorldMapped")
	_, err = stepper(t, twophase.New(1, twophase.Options{}), false).Coverage(t.Context(), 10)
	require.Error(t, err)
	var s *refine.StepError
	require.False(t, errors.As(err, &s))
}
