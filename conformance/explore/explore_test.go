package explore_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
	"github.com/lockstep-go/lockstep/linearizability"
)

func run(t testing.TB, cfg explore.Config) *explore.Result {
	t.Helper()
	r, err := explore.Run(t.Context(), cfg)
	require.NoError(t, err)
	return r
}

// Against the naive search: the same verdict, by a schedule of the same length;
// and where nothing is wrong, the same states and depth, but for histories,
// which the naive search tells apart more finely: without them.
func TestAgainstTheNaiveSearch(t *testing.T) {
	found := map[string]string{}
	for name, cfg := range worlds() {
		t.Run(name, func(t *testing.T) {
			want := exploreNaively(t, cfg)
			for _, full := range []bool{true, false} {
				cfg.Full = full
				r := run(t, cfg)
				if want.violated != "" {
					require.Equal(t, explore.Violated, r.Verdict)
					require.Equal(t, want.violated, r.Violation.Check)
					require.Len(t, r.Violation.Schedule, want.length)
					found[name] = r.Violation.Check
					continue
				}
				require.Equal(t, explore.OK, r.Verdict, r.Reason)
				require.Equal(t, want.depth, r.Depth)
				require.LessOrEqual(t, r.States, want.states)
			}
			if want.violated != "" {
				return
			}
			cfg.Full, cfg.Model = true, nil
			if cfg.Invariant == nil {
				cfg.Invariant = func(world.View) error { return nil }
			}
			want = exploreNaively(t, cfg)
			r := run(t, cfg)
			require.Equal(t, want, naive{states: r.States, transitions: r.Transitions, depth: r.Depth, terminal: r.Terminal})
		})
	}
	assert.Equal(t, map[string]string{
		"ack-early": explore.CheckInvariant, "no-record": explore.CheckInvariant, "forget-requests": explore.CheckHistory,
		"wrong answers": explore.CheckHistory,
	}, found)
}

// Sleep sets leave out transitions, and change nothing else.
func TestPruningChangesNothing(t *testing.T) {
	pruned := 0
	for name, cfg := range worlds() {
		cfg.Full = true
		full := run(t, cfg)
		require.Zero(t, full.Pruned)
		cfg.Full = false
		less := run(t, cfg)
		require.Equal(t, full.Verdict, less.Verdict, name)
		if full.Violation != nil {
			require.Equal(t, full.Violation.Check, less.Violation.Check, name)
			require.Len(t, less.Violation.Schedule, len(full.Violation.Schedule), name)
			continue
		}
		require.Equal(t, full.Transitions, less.Transitions+less.Pruned, name)
		t.Logf("%s: %d states, %d of %d transitions left out", name, less.States, less.Pruned, full.Transitions)
		pruned += less.Pruned
		less.Transitions, less.Pruned = full.Transitions, 0
		less.Seconds, less.Heap, less.StepsTaken = full.Seconds, full.Heap, full.StepsTaken
		require.Equal(t, full, less, name)
	}
	require.NotZero(t, pruned)
}

func TestTheResultIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	for name, cfg := range worlds() {
		cfg.StatesMax = 10_000 // and so is the place where a limit cuts
		cfg.Workers = 1
		one := run(t, cfg)
		for _, workers := range []int{2, 5} {
			cfg.Workers = workers
			many := run(t, cfg)
			if one.Violation != nil {
				require.Equal(t, one.Violation.Lines(), many.Violation.Lines(), name)
				require.Equal(t, one.Reason, many.Reason, name)
				continue
			}
			many.Seconds, many.Heap, many.StepsTaken = one.Seconds, one.Heap, one.StepsTaken
			require.Equal(t, one, many, name)
		}
	}
}

// Each bug is found, by a schedule that shows it when it is applied again.
func TestSchedulesReplay(t *testing.T) {
	for name, cfg := range worlds() {
		r := run(t, cfg)
		if r.Violation == nil {
			continue
		}
		t.Logf("%s: %v\n%s", name, r.Violation, r.Violation.Diagram)
		require.Len(t, r.Violation.Lines(), len(r.Violation.Schedule))
		var parsed []world.Choice
		for _, line := range r.Violation.Lines() {
			c, err := world.ParseChoice(cfg.Protocol, line)
			require.NoError(t, err)
			parsed = append(parsed, c)
		}
		w, h, err := explore.Replay(cfg, parsed)
		require.NoError(t, err)
		switch r.Violation.Check {
		case explore.CheckInvariant:
			require.Error(t, cfg.Invariant(w))
			_, _, err := explore.Replay(cfg, parsed[1:])
			require.Error(t, err, "the rest is not open without the first choice")
		case explore.CheckHistory:
			require.Equal(t, linearizability.VerdictViolated, linearizability.Check(t.Context(), cfg.Model, h, linearizability.Options{}).Verdict)
		}
	}
}

func TestPanicsAndBrokenContractsAreFound(t *testing.T) {
	cfg := counter(worldtest.Panics, 1, world.Bounds{}, []protocol.Op{add(1), add(2)}, []protocol.Op{add(3)})
	r := run(t, cfg)
	require.Equal(t, explore.Violated, r.Verdict)
	require.Equal(t, explore.CheckContract, r.Violation.Check)
	require.ErrorContains(t, r.Violation, "panic: the third addition")
	require.Contains(t, r.Violation.Diagram, "goes wrong")
	for _, bug := range []worldtest.Bug{worldtest.NoRecord, worldtest.SharedClone, worldtest.BadWire} {
		cfg := counter(bug, 1, world.Bounds{}, []protocol.Op{add(1)})
		cfg.Invariant, cfg.CheckContract = nil, true
		r := run(t, cfg)
		require.Equal(t, explore.Violated, r.Verdict, bug)
		require.Equal(t, explore.CheckContract, r.Violation.Check, bug)
	}
	cfg = counter(worldtest.None, 1, world.Bounds{Crashes: 1}, []protocol.Op{add(1)}) // the control
	cfg.CheckContract = true
	require.Equal(t, explore.OK, run(t, cfg).Verdict)
}

func TestLimitsAreUnknown(t *testing.T) {
	big := counter(worldtest.None, 2, world.Bounds{Timeouts: 1, Crashes: 1}, []protocol.Op{add(1), get}, []protocol.Op{add(4)})
	big.Model = nil
	cfg := big
	cfg.StatesMax = 20_000
	r := run(t, cfg)
	require.Equal(t, explore.Unknown, r.Verdict)
	require.Contains(t, r.Reason, "limit of 20000 states reached at depth")
	require.NotZero(t, r.Unexplored)
	require.GreaterOrEqual(t, r.States, 20_000)

	cfg = big
	cfg.MemoryMax = 1
	r = run(t, cfg)
	require.Equal(t, explore.Unknown, r.Verdict)
	require.Contains(t, r.Reason, "limit of 1 bytes of memory reached at depth 0")
	require.Equal(t, 1, r.Unexplored)

	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("it is late"))
	r, err := explore.Run(ctx, big)
	require.NoError(t, err)
	require.Equal(t, explore.Unknown, r.Verdict)
	require.Contains(t, r.Reason, "it is late")

	// A violation that lies before the limit is found all the same.
	cfg = counter(worldtest.AckEarly, 2, world.Bounds{Crashes: 1}, []protocol.Op{add(1), get}, []protocol.Op{add(4)})
	cfg.StatesMax = 20_000
	require.Equal(t, explore.Violated, run(t, cfg).Verdict)
}

// Bounds are part of the question: the answer is ok, and says where they bound.
func TestBoundsAreReported(t *testing.T) {
	use := func(r *explore.Result) map[string]int {
		m := map[string]int{}
		for _, b := range r.Bounds {
			if b.States > 0 {
				m[b.Name] = b.States
			}
		}
		return m
	}
	cfg := counter(worldtest.None, 1, world.Bounds{Timeouts: world.Unlimited, Drops: world.Unlimited, Duplicates: world.Unlimited,
		Crashes: world.Unlimited, Hangups: world.Unlimited, Retries: world.Unlimited, PartialSyncs: world.Unlimited, Cuts: world.Unlimited}, []protocol.Op{add(1)})
	cfg.Bounds.Depth = 5
	r := run(t, cfg)
	require.Equal(t, explore.OK, r.Verdict)
	require.Equal(t, 5, r.Depth)
	require.Equal(t, map[string]int{"depth": r.CutStates}, use(r))
	require.NotZero(t, r.CutStates)

	cfg = counter(worldtest.None, 1, world.Bounds{Duplicates: 3, Timeouts: 3}, []protocol.Op{add(1)}, []protocol.Op{add(2)})
	cfg.Bounds.InFlight = 2
	some := run(t, cfg)
	require.Equal(t, explore.OK, some.Verdict)
	require.Zero(t, some.Pruned, "a bound on states may cut one of two orders")
	require.NotZero(t, use(some)["in flight"])
	require.Contains(t, some.BoundsText(), "in flight 2 (met in ")
	cfg.Bounds.InFlight, cfg.Bounds.Log = 0, 1
	require.NotZero(t, use(run(t, cfg))["log"])
	cfg.Bounds.Log = 0
	require.Greater(t, run(t, cfg).States, some.States)
}

func TestNothingIsNoPass(t *testing.T) {
	cfg := counter(worldtest.None, 1, world.Bounds{})
	require.Equal(t, explore.Unknown, run(t, cfg).Verdict, "nothing can happen")
	cfg = counter(worldtest.None, 1, world.Bounds{}, []protocol.Op{add(1)})
	cfg.Invariant, cfg.Model = nil, mute{}
	r := run(t, cfg)
	require.Equal(t, explore.Unknown, r.Verdict, "no history constrains anything")
	require.Contains(t, r.Reason, "nothing to check")
	cfg.Model = nil
	_, err := explore.Run(t.Context(), cfg)
	require.ErrorContains(t, err, "expected something to check")
	_, err = explore.Run(t.Context(), explore.Config{})
	require.ErrorContains(t, err, "expected a protocol")
}

// mute is a model of which no operation depends on or changes anything.
type mute struct{ counterModel }

func (mute) Footprint(_, _ any) linearizability.Footprint { return linearizability.Footprint{} }

// An invariant that does not hold at the start needs no choice at all.
func TestTheInitialStateIsChecked(t *testing.T) {
	cfg := counter(worldtest.None, 1, world.Bounds{}, []protocol.Op{add(1)})
	cfg.Invariant = func(v world.View) error {
		if len(v.InFlight()) == 0 {
			return errors.New("nothing is in flight")
		}
		return nil
	}
	r := run(t, cfg)
	require.Equal(t, explore.Violated, r.Verdict)
	require.Empty(t, r.Violation.Schedule)
}

// grows rejects a step by which a node's log gets a second record.
type grows struct{}

func (grows) Check(before, after *world.World, c world.Choice, st *world.Step) error {
	for _, id := range before.Protocol().Nodes() {
		was, _ := before.Log(id)
		is, _ := after.Log(id)
		if len(was) == 1 && len(is) == 2 {
			return fmt.Errorf("%s: %s has a second record", c, id)
		}
	}
	return nil
}

func TestStepsAreChecked(t *testing.T) {
	cfg := counter(worldtest.None, 1, world.Bounds{Timeouts: 1}, []protocol.Op{add(1)})
	cfg.Steps = func() (explore.StepChecker, error) { return grows{}, nil }
	r := run(t, cfg)
	require.Equal(t, explore.OK, r.Verdict)
	require.Zero(t, r.Pruned, "the checker may depend on all of the world")
	cfg.LocalSteps = true
	require.NotZero(t, run(t, cfg).Pruned)
	cfg.Clients = append(cfg.Clients, world.Client{Name: "c2", Ops: []protocol.Op{add(1)}})
	for _, local := range []bool{false, true} {
		cfg.LocalSteps = local
		r = run(t, cfg)
		require.Equal(t, explore.CheckStep, r.Violation.Check)
		require.ErrorContains(t, r.Violation, "p has a second record")
		require.Len(t, r.Violation.Schedule, 2, "two invocations")
	}
	cfg.Steps = func() (explore.StepChecker, error) { return nil, errors.New("no specification") }
	_, err := explore.Run(t.Context(), cfg)
	require.ErrorContains(t, err, "no specification")
}

// parity remembers whether the number of syncs so far is odd, which no world
// tells; it rejects the third, or cannot tell.
type parity struct{ worst error }

func (parity) Check(_, _ *world.World, _ world.Choice, _ *world.Step) error {
	return errors.New("Step is to be used")
}
func (parity) Start(*world.World) (uint32, error) { return 7, nil }
func (p parity) Step(memory uint32, _, _ *world.World, st *world.Step) (uint32, error) {
	if st.Choice.Kind != world.Sync {
		return memory, nil
	}
	if memory == 9 {
		return 0, p.worst
	}
	return memory + 1, nil
}

func TestWhatACheckerRemembersIsPartOfTheState(t *testing.T) {
	cfg := counter(worldtest.None, 2, world.Bounds{}, []protocol.Op{add(1)})
	cfg.Steps = func() (explore.StepChecker, error) { return parity{errors.New("a third sync")}, nil }
	r := run(t, cfg)
	require.Equal(t, explore.CheckStep, r.Violation.Check)
	require.EqualError(t, r.Violation.Err, "a third sync")
	require.Len(t, r.Violation.Schedule, 6, "invoke, sync, and deliver and sync twice")
	cfg.Steps = func() (explore.StepChecker, error) {
		return parity{fmt.Errorf("%w: three is too many", explore.ErrUndecided)}, nil
	}
	r = run(t, cfg)
	require.Equal(t, explore.Unknown, r.Verdict)
	require.Contains(t, r.Reason, "three is too many")
}

// One of the states that differ in an exchange of replicas is enough.
func TestSymmetry(t *testing.T) {
	for _, bug := range []worldtest.Bug{worldtest.None, worldtest.AckEarly, worldtest.NoRecord} {
		cfg := counter(bug, 3, world.Bounds{Crashes: 1}, []protocol.Op{add(1)})
		cfg.Full = true
		all := run(t, cfg)
		cfg.Symmetry = true
		one := run(t, cfg)
		require.Equal(t, 6, one.Renamings)
		require.Equal(t, all.Verdict, one.Verdict)
		if all.Violation != nil {
			require.Equal(t, all.Violation.Check, one.Violation.Check)
			require.Len(t, one.Violation.Schedule, len(all.Violation.Schedule))
			continue
		}
		t.Logf("%d states, %d with symmetry", all.States, one.States)
		require.Equal(t, all.Depth, one.Depth)
		require.Equal(t, all.Histories, one.Histories)
		require.Less(t, one.States*3, all.States)
		require.Equal(t, orbits(t, cfg), one.States)
		for _, workers := range []int{1, 4} {
			cfg.Workers = workers
			require.Equal(t, one.States, run(t, cfg).States)
		}
	}
}

// replicated is the counter whose clients go to the replicas.
type replicated struct{ worldtest.Counter }

func (replicated) Server(attempt int) protocol.NodeID {
	return []protocol.NodeID{"p", "r1"}[attempt%2]
}

func TestSymmetryIsRefused(t *testing.T) {
	cfg := counter(worldtest.None, 2, world.Bounds{}, []protocol.Op{add(1)})
	cfg.Symmetry, cfg.Protocol = true, replicated{worldtest.Counter{Replicas: 2}}
	_, err := explore.Run(t.Context(), cfg)
	require.ErrorContains(t, err, "found that attempt 1 goes to r1")
	cfg.Protocol = answerers{}
	_, err = explore.Run(t.Context(), cfg)
	require.ErrorContains(t, err, "expected a protocol.Symmetric")
}

func TestProgressIsTold(t *testing.T) {
	cfg := counter(worldtest.None, 1, world.Bounds{}, []protocol.Op{add(1)})
	var last explore.Progress
	levels := 0
	cfg.Progress = func(p explore.Progress) {
		require.GreaterOrEqual(t, p.States, last.States)
		require.GreaterOrEqual(t, p.Transitions, last.Transitions)
		last = p
		levels++
	}
	r := run(t, cfg)
	require.Greater(t, levels, r.Depth, "one for each level")
	require.Equal(t, r.States, last.States)
	require.Equal(t, r.Transitions, last.Transitions)
	require.Zero(t, last.Frontier)
}

// orbits counts the states by the naive search, up to exchanges.
func orbits(t *testing.T, cfg explore.Config) int {
	b := cfg.Bounds.Bounds
	w, err := world.New(cfg.Protocol, world.Options{Clients: cfg.Clients, Bounds: &b, Symmetry: true})
	require.NoError(t, err)
	type key struct {
		h    world.Hash
		past string
	}
	seen := map[string]bool{}
	classes := map[key]bool{}
	queue := []naiveState{{w: w}}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		past := fmt.Sprint(order(s.seen))
		k := string(s.w.AppendState(nil)) + past
		if seen[k] {
			continue
		}
		seen[k] = true
		classes[key{s.w.Hash(), past}] = true
		for _, c := range s.w.Choices() {
			v := naiveState{s.w.Clone(), append([]string(nil), s.seen...)}
			st, err := v.w.Apply(c)
			require.NoError(t, err)
			if c.Kind == world.Invoke {
				v.see("invoke", c.Request.String(), c.Op)
			}
			for _, r := range st.Replies {
				v.see("return", r.ID.String(), r.Result)
			}
			queue = append(queue, v)
		}
	}
	return len(classes)
}

// order is the real-time order of two clients with one operation each.
func order(seen []string) map[string]bool {
	m := map[string]bool{}
	for i, e := range seen {
		m[e] = true
		for _, f := range seen[:i] {
			if f[0] == 'r' && e[0] == 'i' {
				m[f+" before "+e] = true
			}
		}
	}
	return m
}
