//go:build unix

package cluster

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/linearizability"
)

func plan(t testing.TB, text string) fault.Plan {
	t.Helper()
	p, err := fault.ReadPlan("test", strings.NewReader("# lockstep plan 1\nplan test\n"+text))
	require.NoError(t, err)
	return p
}

const rough = `
crash every=150ms down=10ms..80ms lose=0 torn=0
restart every=500ms
pause every=300ms for=5ms..50ms
partition every=200ms for=20ms..100ms shapes=split,one-way,isolate
delay rate=0.3 by=1ms..10ms
hangup rate=0.1
`

func registerRun(t *testing.T, text string, env ...string) RunConfig {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	return RunConfig{
		Config: Config{
			Command: []string{program, "{http}", "{data}", "{trace}"},
			Dir:     t.TempDir(),
			Seed:    42,
			Env:     append(env, nodeEnv+"=register"),
		},
		Protocol:       register{},
		Workload:       registerClients{reads: 0.5},
		Model:          "register",
		Duration:       1500 * time.Millisecond,
		Plan:           plan(t, text),
		RequestTimeout: 200 * time.Millisecond,
	}
}

func TestRun(t *testing.T) {
	result, err := Run(t.Context(), registerRun(t, rough))
	require.NoError(t, err)
	assert.Empty(t, result.Exits)
	assert.Zero(t, result.Unsettled)

	history, err := linearizability.ReadFile(result.History, linearizability.Models()...)
	require.NoError(t, err)
	checked := linearizability.Check(t.Context(), linearizability.Register(), history, linearizability.Options{})
	assert.Equal(t, linearizability.VerdictOK, checked.Verdict, checked.Reason)

	s := result.Stats
	assert.Equal(t, checked.Returned, s.Operations["returned"])
	assert.Positive(t, s.Operations["returned"])
	for _, kind := range []string{"crash", "pause", "partition", "delay", "hangup"} {
		assert.Positive(t, s.Faults[kind], kind)
	}
	assert.Positive(t, s.Retries)
	assert.InDelta(t, float64(s.Operations["returned"])/1.5, s.Throughput, 0.01)
	assert.LessOrEqual(t, s.Latency.P50, s.Latency.P99)
	assert.LessOrEqual(t, s.Latency.P99, s.Latency.Max)
	assert.NotEmpty(t, history.Faults)

	require.Len(t, result.Traces, 2, "the nodes stopped gracefully")
	text, err := os.ReadFile(result.Plan)
	require.NoError(t, err)
	again, err := fault.ReadPlan(result.Plan, strings.NewReader(string(text)))
	require.NoError(t, err, "plan.txt is a plan")
	assert.Equal(t, plan(t, rough), again)
	for _, log := range result.Logs {
		assert.FileExists(t, log)
	}
}

// The control: a node that forgets what it held when it was killed.
func TestRunShowsAForgetfulNode(t *testing.T) {
	config := registerRun(t, "crash every=100ms down=1ms..5ms lose=0 torn=0\n", "LOCKSTEP_TEST_FORGETS=1")
	config.Duration, config.Clients = time.Second, 2
	config.Workload = registerClients{reads: 0.9}
	result, err := Run(t.Context(), config)
	require.NoError(t, err)
	require.Positive(t, result.Stats.Faults["crash"])
	history, err := linearizability.ReadFile(result.History, linearizability.Models()...)
	require.NoError(t, err)
	checked := linearizability.Check(t.Context(), linearizability.Register(), history, linearizability.Options{Timeout: 3 * time.Second})
	assert.Equal(t, linearizability.VerdictViolated, checked.Verdict, checked.Reason)
}

func TestRunRefuses(t *testing.T) {
	for want, change := range map[string]func(*RunConfig){
		"loss cannot be made with processes and TCP": func(c *RunConfig) { c.Plan = plan(t, "loss rate=0.1\n") },
		"a Protocol and a Workload":                  func(c *RunConfig) { c.Workload = nil },
		"a Duration above 0":                         func(c *RunConfig) { c.Duration = 0 },
		"expected Every above 0":                     func(c *RunConfig) { c.Arm = []Failpoint{{Name: "x", Terms: "return(1)"}} },
		`request {jump }: the request was refused`:   func(c *RunConfig) { c.Workload = badClients{} },
		"the node is not running":                    func(c *RunConfig) { c.Command = c.Command[:1] },
	} {
		config := registerRun(t, "")
		change(&config)
		_, err := Run(t.Context(), config)
		assert.ErrorContains(t, err, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Run(ctx, registerRun(t, ""))
	assert.ErrorIs(t, err, context.Canceled)
}

func TestTimelineFollowsTheSeed(t *testing.T) {
	nodes := []protocol.NodeID{"a", "b", "c"}
	arm := []Failpoint{{Name: "x", Terms: "return(1)", Every: 100 * time.Millisecond, For: fault.Span{Min: time.Millisecond, Max: time.Second}}}
	draw := func(seed uint64) []strike {
		s, err := timeline(plan(t, rough), arm, nodes, 20*time.Second, seed)
		require.NoError(t, err)
		return s
	}
	first := draw(7)
	assert.Equal(t, first, draw(7))
	assert.NotEqual(t, first, draw(8))

	kinds := map[string]int{}
	down := map[protocol.NodeID]time.Duration{}
	last := time.Duration(0)
	for _, s := range first {
		kinds[s.Fault]++
		assert.GreaterOrEqual(t, s.At, last)
		assert.Less(t, s.At, 20*time.Second)
		last = s.At
		if s.Fault == "crash" || s.Fault == "pause" || s.Fault == "restart" {
			until, again := down[s.Node]
			assert.True(t, !again || s.At > until, "%v strikes a node that is down until %v", s, until)
			down[s.Node] = s.Until
		}
	}
	for _, kind := range []string{"crash", "restart", "pause", "partition", "delay", "failpoint"} {
		assert.Positive(t, kinds[kind], kind)
	}

	// The window and the budget of an entry hold.
	some, err := timeline(plan(t, "crash every=10ms down=1ms lose=0 torn=0 from=1s to=2s\nrestart every=1ms budget=3\n"), nil, nodes, 10*time.Second, 1)
	require.NoError(t, err)
	kinds = map[string]int{}
	for _, s := range some {
		kinds[s.Fault]++
		if s.Fault == "crash" {
			assert.GreaterOrEqual(t, s.At, time.Second)
			assert.Less(t, s.At, 2*time.Second)
		}
	}
	assert.Positive(t, kinds["crash"])
	assert.LessOrEqual(t, kinds["restart"], 3)
	assert.Equal(t, "1.5s partition a->b b->a for=500ms",
		strike{At: 1500 * time.Millisecond, Until: 2 * time.Second, Fault: "partition", Links: []fault.Link{{From: "a", To: "b"}, {From: "b", To: "a"}}}.String())
}
