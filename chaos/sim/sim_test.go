package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

func plan(t testing.TB, name string) fault.Plan {
	t.Helper()
	p, err := fault.Named(name)
	require.NoError(t, err)
	return p
}

func planOf(t testing.TB, lines ...string) fault.Plan {
	t.Helper()
	p, err := fault.ReadPlan("test", strings.NewReader("# lockstep plan 1\nplan test\n"+strings.Join(lines, "\n")))
	require.NoError(t, err)
	return p
}

func draw(c *sim.Client) protocol.Op {
	if c.Rand.IntN(3) == 0 {
		return worldtest.Op{Get: true}
	}
	return worldtest.Op{Add: 1 + c.Rand.IntN(9)}
}

func config(seed uint64, p fault.Plan) sim.Config {
	return sim.Config{
		Protocol: worldtest.Counter{Replicas: 3}, Seed: seed, Plan: p, Workload: sim.Resubmit(draw),
		Options: []fault.Option{{Name: "replicas", Value: "3"}}, Invariant: worldtest.CheckCommitted,
	}
}

// told is a History that keeps its lines and checks their order.
type told struct {
	t     testing.TB
	lines []string
	open  map[protocol.RequestID]bool
	ended map[protocol.RequestID]bool
	sum   map[protocol.RequestID]int
	last  time.Duration
}

func newTold(t testing.TB) *told {
	return &told{t: t, open: map[protocol.RequestID]bool{}, ended: map[protocol.RequestID]bool{}}
}

func (h *told) line(at time.Duration, format string, args ...any) {
	require.GreaterOrEqual(h.t, at, h.last)
	h.last = at
	h.lines = append(h.lines, fmt.Sprintf("%v ", at)+fmt.Sprintf(format, args...))
}

func (h *told) Invoke(at time.Duration, id protocol.RequestID, op protocol.Op) {
	require.False(h.t, h.open[id] || h.ended[id], "%s is invoked twice", id)
	h.open[id] = true
	h.line(at, "invoke %s %v", id, op)
}

func (h *told) end(id protocol.RequestID) {
	require.True(h.t, h.open[id], "%s ends, and is not open", id)
	delete(h.open, id)
	h.ended[id] = true
}

func (h *told) Return(at time.Duration, id protocol.RequestID, result any) {
	h.end(id)
	h.line(at, "return %s %v", id, result)
}

func (h *told) Unknown(at time.Duration, id protocol.RequestID) {
	h.end(id)
	h.line(at, "unknown %s", id)
}

func (h *told) Fault(at time.Duration, c world.Choice) { h.line(at, "fault %s", c) }

func TestSameSeedSameRun(t *testing.T) {
	hashes := map[string]uint64{}
	for _, name := range fault.Names() {
		for seed := range uint64(20) {
			var runs [2]*sim.Result
			var histories [2]*told
			for i := range runs {
				histories[i] = newTold(t)
				cfg := config(seed, plan(t, name))
				cfg.History = histories[i]
				var err error
				runs[i], err = sim.Run(cfg)
				require.NoError(t, err)
				require.Nil(t, runs[i].Violation, "seed %d", seed)
				require.Empty(t, runs[i].Incomplete)
			}
			require.Equal(t, runs[0].HashString(), runs[1].HashString())
			require.Equal(t, runs[0].Stats, runs[1].Stats)
			require.Equal(t, runs[0].Schedule.String(), runs[1].Schedule.String())
			require.Equal(t, histories[0].lines, histories[1].lines)
			other, again := hashes[runs[0].HashString()]
			require.False(t, again, "seeds %d and %d have the same hash", seed, other)
			hashes[runs[0].HashString()] = seed
		}
	}
}

func TestReplayIsTheRun(t *testing.T) {
	for seed := range uint64(30) {
		history := newTold(t)
		var observed []string
		observe := func(o protocol.Observation) {
			observed = append(observed, fmt.Sprint(o.ID, o.Input, o.Clock, o.Received, o.Sent))
		}
		cfg := config(seed, plan(t, "everything"))
		cfg.Clocks = map[protocol.NodeID]world.Clock{"p": {Offset: time.Hour, DriftPPM: 50_000}}
		cfg.History, cfg.Observer = history, observe
		run, err := sim.Run(cfg)
		require.NoError(t, err)
		first := observed

		// Through its text, as a user would.
		text := run.Schedule.String()
		schedule, _, err := fault.ReadSchedule("run", strings.NewReader(text), func(h fault.Header) (protocol.Protocol, error) {
			assert.Equal(t, fault.Header{Protocol: "counter", Options: cfg.Options, Seed: seed, Plan: "everything"}, h)
			return cfg.Protocol, nil
		})
		require.NoError(t, err)
		again := newTold(t)
		observed = nil
		replay, err := sim.Replay(schedule, sim.Config{Protocol: cfg.Protocol, Clocks: cfg.Clocks, History: again, Observer: observe})
		require.NoError(t, err)
		require.Equal(t, run.HashString(), replay.HashString())
		require.Equal(t, history.lines, again.lines)
		require.Equal(t, first, observed)
		require.Equal(t, text, replay.Schedule.String())
		stats := run.Stats
		stats.Faults = replay.Faults
		require.Equal(t, stats, replay.Stats)

		// The controls: with a choice changed or left out, it is another run.
		for i, e := range schedule.Events {
			if e.Choice.Kind == world.Deliver {
				schedule.Events = append(schedule.Events[:i:i], schedule.Events[i+1:]...)
				break
			}
		}
		other, err := sim.Replay(schedule, sim.Config{Protocol: cfg.Protocol})
		if err == nil {
			require.NotEqual(t, run.HashString(), other.HashString())
		} else {
			require.ErrorIs(t, err, world.ErrNotOpen)
			require.ErrorContains(t, err, "replay: choice")
		}
	}
}

// Every fault strikes under a plan that holds it alone, nothing else strikes
// with it, and what it does is seen in the choices.
func TestEachFaultStrikes(t *testing.T) {
	for line, shows := range map[string][]world.Kind{
		"loss rate=0.1":                                      {world.Drop},
		"duplication rate=0.1":                               {world.Duplicate},
		"delay rate=0.1 by=1ms..50ms":                        {},
		"reordering rate=0.1 by=1ms..50ms":                   {},
		"hangup rate=0.3":                                    {world.Hangup},
		"slow-fsync rate=0.1 by=1ms..50ms":                   {},
		"partition every=50ms for=10ms..50ms shapes=split":   {world.Cut, world.Heal},
		"partition every=50ms for=10ms..50ms shapes=one-way": {world.Cut, world.Heal},
		"partition every=50ms for=10ms..50ms shapes=isolate": {world.Cut, world.Heal},
		"crash every=50ms down=1ms..50ms lose=0.5 torn=0.5":  {world.Crash, world.Restart},
		"restart every=50ms":                                 {world.Crash, world.Restart},
		"pause every=50ms for=10ms..50ms":                    {},
	} {
		p := planOf(t, line)
		kind := p.Faults[0].Fault.Kind()
		calm := plan(t, "calm")
		struck, differs := 0, false
		var choices [world.Kinds]int
		for seed := range uint64(10) {
			run, err := sim.Run(config(seed, p))
			require.NoError(t, err)
			require.Nil(t, run.Violation)
			for k, n := range run.Faults {
				if fault.Kind(k) != kind {
					require.Zero(t, n, "%s under %q", fault.Kind(k), line)
				}
			}
			struck += run.Faults[kind]
			for k, n := range run.Choices {
				choices[k] += n
			}
			still, err := sim.Run(config(seed, calm))
			require.NoError(t, err)
			require.Zero(t, still.Faults)
			differs = differs || still.Hash != run.Hash
		}
		assert.NotZero(t, struck, line)
		assert.True(t, differs, "%q changes nothing", line)
		for k, n := range choices {
			switch k := world.Kind(k); k {
			case world.Drop, world.Duplicate, world.Hangup, world.Cut, world.Heal, world.Crash, world.Restart:
				expected := false
				for _, s := range shows {
					expected = expected || s == k
				}
				// Messages to a node that is down, or on a cut link, are dropped.
				if k == world.Drop && len(shows) == 2 {
					continue
				}
				assert.Equal(t, expected, n > 0, "%q: %d choices %s", line, n, k)
			}
		}
	}
}

// The crashes that matter are those between a write and its fsync, and they
// lose records, torn ones among them.
func TestCrashesLoseUnsyncedRecords(t *testing.T) {
	lost, torn, whole, partial := 0, 0, 0, 0
	for seed := range uint64(30) {
		cfg := config(seed, planOf(t, "crash every=60ms down=1ms..50ms lose=0.7 torn=0.3"))
		cfg.OpsPerClient = 50
		run, err := sim.Run(cfg)
		require.NoError(t, err)
		for _, e := range run.Schedule.Events {
			switch {
			case e.Choice.Kind == world.Crash && e.Choice.Torn:
				torn++
			case e.Choice.Kind == world.Crash && e.Choice.Records > 0:
				lost++
			case e.Choice.Kind == world.Crash:
				whole++
			case e.Choice.Kind == world.Sync && e.Choice.Records > 0:
				partial++
			}
		}
	}
	assert.Greater(t, lost, 20)
	assert.Greater(t, torn, 10)
	assert.Greater(t, whole, 20)
	assert.Greater(t, partial, 5, "an fsync that ends after another write")
}

func TestWindowsAndBudgets(t *testing.T) {
	run, err := sim.Run(config(1, planOf(t, "loss rate=1 from=20ms to=30ms", "duplication rate=1 budget=3")))
	require.NoError(t, err)
	assert.Equal(t, 3, run.Faults[fault.KindDuplication])
	drops := 0
	for _, e := range run.Schedule.Events {
		if e.Choice.Kind == world.Drop {
			drops++
			assert.GreaterOrEqual(t, e.At, 20*time.Millisecond)
			assert.Less(t, e.At, 30*time.Millisecond)
		}
	}
	assert.NotZero(t, drops)
}

// Without faults links are first in, first out; only reordering changes that.
func TestOrder(t *testing.T) {
	overtaken := func(p fault.Plan) (n int) {
		for seed := range uint64(10) {
			run, err := sim.Run(config(seed, p))
			require.NoError(t, err)
			last := map[string]uint64{}
			for _, e := range run.Schedule.Events {
				if c := e.Choice; c.Kind == world.Deliver {
					link := string(c.From + ">" + c.To)
					if c.Message < last[link] {
						n++
					}
					last[link] = max(last[link], c.Message)
				}
			}
		}
		return n
	}
	assert.Zero(t, overtaken(plan(t, "calm")))
	assert.Zero(t, overtaken(planOf(t, "delay rate=0.3 by=1ms..50ms")))
	assert.NotZero(t, overtaken(planOf(t, "reordering rate=0.3 by=1ms..50ms")))
}

// After the faults, everyone learns the outcome, at the sum that it must be.
func TestClientsLearnTheirOutcomes(t *testing.T) {
	for _, name := range fault.Names() {
		for seed := range uint64(20) {
			cfg := config(seed, plan(t, name))
			h := &totals{}
			cfg.History = h
			var last world.View
			cfg.Watch = func(v world.View, _ world.Step) { last = v }
			run, err := sim.Run(cfg)
			require.NoError(t, err)
			require.Equal(t, 30, run.Returned, "%s seed %d", name, seed)
			require.Zero(t, run.Unknown)
			for _, id := range cfg.Protocol.Nodes() {
				require.True(t, last.Up(id))
				records, durable := last.Log(id)
				require.Len(t, records, h.adds, "every addition once, at every node")
				require.Equal(t, len(records), durable)
			}
			require.Equal(t, h.sum, h.most)
		}
	}
}

type totals struct{ adds, sum, most int }

func (h *totals) Invoke(_ time.Duration, _ protocol.RequestID, op protocol.Op) {
	if n := op.(worldtest.Op).Add; n > 0 {
		h.adds++
		h.sum += n
	}
}

func (h *totals) Return(_ time.Duration, _ protocol.RequestID, r any) {
	h.most = max(h.most, r.(worldtest.Result).Total)
}
func (*totals) Unknown(time.Duration, protocol.RequestID) {}
func (*totals) Fault(time.Duration, world.Choice)         {}

// Clients that give up go on, and what they gave up is told as unknown.
func TestGivingUp(t *testing.T) {
	unknown := 0
	for seed := range uint64(20) {
		h := newTold(t)
		cfg := config(seed, plan(t, "everything"))
		cfg.Workload, cfg.History, cfg.ClientTimeout = impatient{}, h, 20*time.Millisecond
		run, err := sim.Run(cfg)
		require.NoError(t, err)
		require.Equal(t, run.Invoked, run.Returned+run.Unknown)
		require.Empty(t, h.open)
		unknown += run.Unknown
	}
	assert.NotZero(t, unknown)
}

type impatient struct{}

func (impatient) Next(c *sim.Client) (protocol.Op, bool)  { return draw(c), true }
func (impatient) Retry(c *sim.Client) (protocol.Op, bool) { return c.Op, c.Attempts < 2 }
func (impatient) Final(any) bool                          { return true }

func TestLimits(t *testing.T) {
	cfg := config(1, plan(t, "calm"))
	cfg.EventsMax = 100
	run, err := sim.Run(cfg)
	require.NoError(t, err)
	assert.Equal(t, 100, run.Events)
	assert.Contains(t, run.Incomplete, "stopped after 100 choices")

	cfg = config(1, planOf(t, "loss rate=1"))
	cfg.Duration = 3 * time.Second
	run, err = sim.Run(cfg)
	require.NoError(t, err)
	assert.Equal(t, 3, run.Returned, "in the settling, those that waited")
	assert.Less(t, run.Simulated, 5*time.Second)

	for _, cfg := range []sim.Config{
		{},
		{Protocol: worldtest.Counter{}},
		{Protocol: worldtest.Counter{}, Workload: sim.Resubmit(draw), Clients: -1},
		{Protocol: worldtest.Counter{}, Workload: sim.Resubmit(draw), Fsync: fault.Span{Min: 2, Max: 1}},
		{Protocol: worldtest.Counter{}, Workload: sim.Resubmit(draw), Plan: fault.Plan{Name: "x", Faults: []fault.Entry{{Fault: &fault.Loss{Rate: 2}}}}},
	} {
		_, err := sim.Run(cfg)
		assert.Error(t, err)
	}
}
