//go:build unix

package cluster

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/chaos/failpoints/overlay"
	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/linearizability"
)

// transfers are small transactions over few keys.
type transfers struct{}

func (transfers) Next(client string, seq uint64, rng *rand.Rand) protocol.Op {
	a := fmt.Sprintf("k%d", rng.IntN(40))
	b := fmt.Sprintf("l%d", rng.IntN(40))
	if rng.IntN(3) == 0 {
		return twophase.Op{Read: []string{a, b}}
	}
	return twophase.Op{Read: []string{a}, Write: map[string]string{a: fmt.Sprintf("%s.%d", client, seq), b: client}}
}

func (transfers) Again(op protocol.Op, attempts int, _ *rand.Rand) protocol.Op {
	if attempts%2 == 1 {
		return twophase.Op{Outcome: true}
	}
	return op
}

// failpointProgram builds testdata/node with all failpoints of the tree.
func failpointProgram(t *testing.T) (program string, declared []string) {
	t.Helper()
	o, err := overlay.Write(t.TempDir(), ".", "./impl/...")
	require.NoError(t, err)
	program = filepath.Join(t.TempDir(), "node")
	args := append(append([]string{"build", "-o", program}, o.Flags()...), "./testdata/node")
	out, err := exec.Command("go", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return program, o.Declared
}

const (
	walPackage  = "github.com/lockstep-go/lockstep/impl/wal/"
	hostPackage = "github.com/lockstep-go/lockstep/impl/host/"
)

// Two-phase commit under every fault there is, failpoints too: they hold
// things up, break the log, and end processes where it hurts most. Every
// declared failpoint is reached, and the clients see one copy.
func TestFailpointsAreReached(t *testing.T) {
	program, declared := failpointProgram(t)
	arm := func(name, terms string) Failpoint {
		return Failpoint{Name: name, Terms: terms, Every: 700 * time.Millisecond, For: fault.Span{Min: 50 * time.Millisecond, Max: 200 * time.Millisecond}}
	}
	result, err := Run(t.Context(), RunConfig{
		Config:   Config{Command: Serve(program, "twophase"), Dir: t.TempDir(), Seed: 7},
		Protocol: twophase.New(3, twophase.Options{}),
		Workload: transfers{},
		Model:    linearizability.TxnKV().Name(),
		Clients:  4,
		Duration: 5 * time.Second,
		Plan: plan(t, `
crash every=600ms down=10ms..200ms lose=0 torn=0
pause every=800ms for=5ms..100ms
partition every=600ms for=20ms..300ms shapes=split,one-way,isolate
delay rate=0.1 by=1ms..20ms
hangup rate=0.05
`),
		Arm: []Failpoint{
			arm(walPackage+"before-fsync", "sleep(20)"),
			arm(walPackage+"after-fsync", "panic"),
			arm(walPackage+"after-append", `return("a full disk")`),
			arm(hostPackage+"before-send", "sleep(5)"),
		},
	})
	require.NoError(t, err)
	assert.Empty(t, result.Exits)
	assert.Zero(t, result.Unsettled)
	assert.Positive(t, result.Stats.Operations[twophase.Committed])
	assert.Positive(t, result.Stats.Faults["failpoint"])
	t.Logf("%+v", result.Stats)

	reached := func(name string) bool { return result.Hits[name] > 0 }
	var missed []string
	for _, name := range declared {
		if !reached(name) {
			missed = append(missed, name)
		}
	}
	assert.Empty(t, missed, "nothing reaches these failpoints")
	assert.False(t, reached(walPackage+"no-such-failpoint"), "the control")

	history, err := linearizability.ReadFile(result.History, linearizability.Models()...)
	require.NoError(t, err)
	checked := linearizability.Check(t.Context(), linearizability.TxnKV(), history, linearizability.Options{Timeout: 20 * time.Second})
	assert.Equal(t, linearizability.VerdictOK, checked.Verdict, checked.Reason)
}

func TestFailpointsFromTheStart(t *testing.T) {
	program, declared := failpointProgram(t)
	require.True(t, slices.Contains(declared, walPackage+"before-append"))
	config := Config{Command: Serve(program, "twophase"), Nodes: twophase.New(3, twophase.Options{}).Nodes(), Dir: t.TempDir()}

	c := start(t, config)
	hits, err := c.Hits(t.Context(), "p1")
	require.NoError(t, err)
	assert.Equal(t, len(declared), len(hits))
	assert.ErrorContains(t, c.Enable(t.Context(), "p1", walPackage+"befroe-append", "panic"), "befroe-append")
	assert.ErrorContains(t, c.Enable(t.Context(), "p1", walPackage+"before-append", "5%panic"), "seeded")
	require.NoError(t, c.Enable(t.Context(), "p1", walPackage+"before-append", "off"))
	require.NoError(t, c.Disable(t.Context(), "p1", walPackage+"before-append"))
	require.NoError(t, c.Stop(t.Context()))

	run := RunConfig{Config: config, Protocol: twophase.New(3, twophase.Options{}), Workload: transfers{},
		Model: "txnkv", Duration: 100 * time.Millisecond}
	run.Dir = t.TempDir()
	run.Failpoints = map[string]string{walPackage + "befroe-append": "panic"}
	_, err = Run(t.Context(), run)
	assert.ErrorContains(t, err, "declares no failpoint")

	// A log that takes nothing: the nodes end as soon as they are asked
	// anything, which is noted, and no operation is answered.
	run.Dir = t.TempDir()
	run.Failpoints = map[string]string{walPackage + "before-append": `return("a full disk")`}
	run.Settle = 2 * time.Second
	result, err := Run(t.Context(), run)
	if err == nil {
		require.NotEmpty(t, result.Exits)
		assert.Contains(t, result.Exits[0].Log, "a full disk")
		assert.Zero(t, result.Stats.Operations[twophase.Committed])
	} else {
		assert.ErrorContains(t, err, "a full disk", "at the start already")
	}
}
