package sim_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/linearizability"
)

// transfer draws transactions over few keys, so that they conflict.
func transfer(c *sim.Client) protocol.Op {
	key := func() string { return string(rune('a' + c.Rand.IntN(5))) }
	value := fmt.Sprintf("%s-%d", c.Name, c.Seq)
	switch c.Rand.IntN(3) {
	case 0:
		return twophase.Op{Read: []string{key()}}
	case 1:
		return twophase.Op{Write: map[string]string{key(): value, key(): value}}
	default:
		return twophase.Op{Read: []string{key()}, Write: map[string]string{key(): value}}
	}
}

func linearize(t *testing.T, cfg sim.Config) (*sim.Result, linearizability.Result) {
	t.Helper()
	rec := linearizability.NewRecorder(linearizability.Header{Model: "txnkv", Seed: cfg.Seed, System: "twophase"}, nil)
	cfg.History = sim.Recording(rec)
	run, err := sim.Run(cfg)
	require.NoError(t, err)
	require.Nil(t, run.Violation, "seed %d", cfg.Seed)
	require.NoError(t, rec.Err())
	h, err := rec.History(linearizability.TxnKV())
	require.NoError(t, err)
	return run, linearizability.Check(context.Background(), linearizability.TxnKV(), h, linearizability.Options{Timeout: 10 * time.Second})
}

// The histories of runs of two-phase commit are such as the check takes, with
// outcomes unknown and late requests in them, and linearizable.
func TestRecordedHistoriesAreChecked(t *testing.T) {
	unknown := 0
	for seed := range uint64(40) {
		cfg := config(seed, plan(t, "everything"))
		cfg.Protocol, cfg.Invariant, cfg.Options = twophase.New(3, twophase.Options{}), nil, nil
		cfg.Workload = hasty{}
		cfg.ClientTimeout = 60 * time.Millisecond
		run, res := linearize(t, cfg)
		require.Equal(t, linearizability.VerdictOK, res.Verdict, "seed %d: %s", seed, res.Reason)
		require.Equal(t, run.Invoked, res.Operations)
		require.Equal(t, run.Returned, res.Returned)
		unknown += res.Unknown
	}
	assert.NotZero(t, unknown)
}

type hasty struct{}

func (hasty) Next(c *sim.Client) (protocol.Op, bool)  { return transfer(c), true }
func (hasty) Retry(c *sim.Client) (protocol.Op, bool) { return c.Op, c.Attempts < 3 }
func (hasty) Final(any) bool                          { return true }

// The control: results told wrong are not linearizable.
func TestRecordedHistoriesCanBeWrong(t *testing.T) {
	rec := linearizability.NewRecorder(linearizability.Header{Model: "txnkv"}, nil)
	cfg := config(1, plan(t, "calm"))
	cfg.Protocol, cfg.Invariant = twophase.New(3, twophase.Options{}), nil
	cfg.Workload = sim.Resubmit(transfer)
	cfg.History = liar{sim.Recording(rec)}
	_, err := sim.Run(cfg)
	require.NoError(t, err)
	h, err := rec.History(linearizability.TxnKV())
	require.NoError(t, err)
	res := linearizability.Check(context.Background(), linearizability.TxnKV(), h, linearizability.Options{})
	assert.Equal(t, linearizability.VerdictViolated, res.Verdict)
}

// liar tells of every value that it is another.
type liar struct{ sim.History }

func (l liar) Return(at time.Duration, id protocol.RequestID, result any) {
	r := result.(twophase.Result)
	reads := map[string]string{}
	for k, v := range r.Reads {
		reads[k] = v + "?"
	}
	r.Reads = reads
	l.History.Return(at, id, r)
}

// An operation that first reaches a node after its client has gone on has a
// client of its own in the history.
func TestLateOperations(t *testing.T) {
	rec := linearizability.NewRecorder(linearizability.Header{Model: "txnkv"}, nil)
	h := sim.Recording(rec)
	first, second := protocol.RequestID{Client: "c1", Seq: 1}, protocol.RequestID{Client: "c1", Seq: 2}
	op := twophase.Op{Write: map[string]string{"x": "1"}}
	h.Invoke(5, second, op)
	h.Invoke(6, first, op)
	h.Unknown(6, first)
	h.Return(7, second, twophase.Result{Outcome: twophase.Committed})
	require.NoError(t, rec.Err())
}
