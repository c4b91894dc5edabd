package host_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/wal"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

func TestReplicatedCounterAcrossRestarts(t *testing.T) {
	c := newCluster(t, worldtest.Counter{Replicas: 2}, nil)
	const rounds, clients = 3, 4
	for round := range rounds {
		c.start()
		var wg sync.WaitGroup
		for i := range clients {
			wg.Go(func() {
				_, err := c.do("p", fmt.Sprintf("c%d", i), uint64(round+1), worldtest.Op{Add: 1 + i})
				assert.NoError(t, err)
			})
		}
		wg.Wait()
		got, err := c.do("p", "reader", uint64(round+1), worldtest.Op{Get: true})
		require.NoError(t, err)
		assert.JSONEq(t, fmt.Sprintf(`{"total":%d}`, (round+1)*(1+2+3+4)), string(got))
		for _, id := range c.protocol.Nodes() {
			require.NoError(t, c.stop(id))
		}
	}
	checkObservations(t, c, rounds)
}

func TestTwoPhaseCommit(t *testing.T) {
	c := newCluster(t, twophase.New(2, twophase.Options{}), nil)
	c.start()
	var seq uint64
	commit := func(op twophase.Op) (result twophase.Result) {
		for { // it may abort: locks are held until the outcome has come to all
			seq++
			got, err := c.do("c", "alice", seq, op)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(got, &result))
			if result.Outcome == twophase.Committed {
				return result
			}
			require.Equal(t, twophase.Aborted, result.Outcome)
			require.Contains(t, []string{twophase.ReasonConflict, twophase.ReasonTimeout}, result.Reason)
		}
	}
	write := map[string]string{"x": "1", "y": "2", "z": "3", "w": "4"}
	commit(twophase.Op{Write: write})
	require.NoError(t, c.stop("p1"))
	require.NoError(t, c.stop("c"))
	c.start("c", "p1")
	assert.Equal(t, write, commit(twophase.Op{Read: []string{"x", "y", "z", "w"}}).Reads)
}

// checkObservations holds what the observers saw against what Observation and
// the package promise of clocks and ids.
func checkObservations(t *testing.T, c *cluster, starts int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	type sending struct {
		at    protocol.NodeID
		clock protocol.VectorClock
	}
	sent := map[protocol.MessageID]sending{}
	for id, seen := range c.seen {
		for _, o := range seen {
			for _, m := range o.Sent {
				assert.NotContains(t, sent, m, "an id names one message")
				sent[m] = sending{id, o.Clock}
			}
		}
	}
	receipts := 0
	for id, seen := range c.seen {
		var own uint64
		n := 0
		for _, o := range seen {
			if assert.Greater(t, o.Clock[id], own, "node %s", id) {
				own = o.Clock[id]
			}
			if _, ok := o.Input.(protocol.Start); ok {
				n++
			}
			if r, ok := o.Input.(protocol.Receive); ok {
				receipts++
				s, known := sent[o.Received]
				if assert.True(t, known, "message %q was seen to leave", o.Received) {
					assert.Equal(t, r.Message.From, s.at)
					assert.True(t, s.clock.Before(o.Clock))
				}
			} else {
				assert.Empty(t, o.Received)
			}
		}
		assert.Equal(t, starts, n, "starts of %s", id)
	}
	assert.NotZero(t, receipts)
}

// While the disk is stuck, nothing that waits for it leaves, and what is early
// does; then the node hears that its records are durable before they leave.
func TestHeldUntilDurable(t *testing.T) {
	g := newGate()
	p := script{
		"a": func(now time.Duration, in protocol.Input) protocol.Output {
			r, ok := in.(protocol.Request)
			if !ok {
				return protocol.Output{}
			}
			name := r.Op.(string)
			return protocol.Output{
				Records: [][]byte{[]byte(name)},
				Messages: []protocol.Message{
					{From: "a", To: "b", Payload: text("held " + name)},
					{From: "a", To: "b", Payload: text("early " + name), Early: true},
				},
				Replies: []protocol.Reply{{ID: r.ID, Result: name}},
			}
		},
		"b": nil,
	}
	c := newCluster(t, p, func(cfg *host.Config) {
		if cfg.ID == "a" {
			cfg.FS = gateFS{wal.OS{}, g}
		}
	})
	c.start()
	g.set(true)
	replies := make(chan string, 3)
	ask := func(op string) {
		go func() {
			got, err := c.do("a", op, 1, op)
			assert.NoError(t, err)
			replies <- string(got)
		}()
		c.until("b", received("early "+op))
	}
	ask("1")
	g.awaitWaiting()
	ask("2")
	ask("3")
	// One connection carries all, in order: had a held message left, it would
	// have come before the later early ones.
	c.mu.Lock()
	for _, o := range c.seen["b"] {
		assert.NotContains(t, o.Input.String(), "held")
	}
	c.mu.Unlock()
	status, err := (&host.Client{}).Status(t.Context(), c.clients["a"])
	require.NoError(t, err)
	assert.EqualValues(t, 3, status.Appended)
	assert.Zero(t, status.Durable)
	assert.Equal(t, 3, status.Held)
	assert.Empty(t, replies)

	g.set(false)
	c.until("b", received("held 3"))
	got := []string{<-replies, <-replies, <-replies}
	assert.ElementsMatch(t, []string{`"1"`, `"2"`, `"3"`}, got)
	require.NoError(t, c.stop("a"))

	// An early message is sent in the wake of its own step, a held one in that
	// of the Synced that covers its record.
	var synced uint64
	var heldSent int
	for _, o := range c.seen["a"] {
		switch in := o.Input.(type) {
		case protocol.Synced:
			assert.Greater(t, in.Records, synced)
			assert.Len(t, o.Sent, int(in.Records-synced))
			heldSent += len(o.Sent)
			synced = in.Records
		case protocol.Request:
			assert.Len(t, o.Sent, 1)
		}
	}
	assert.EqualValues(t, 3, synced)
	assert.Equal(t, 3, heldSent)
}

func TestStartHasTheDurableRecords(t *testing.T) {
	var starts [][]string
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		switch in := in.(type) {
		case protocol.Start:
			var found []string
			for _, r := range in.Records {
				found = append(found, string(r))
			}
			starts = append(starts, found)
		case protocol.Request:
			return protocol.Output{Records: [][]byte{[]byte(in.Op.(string))}, Checkpoint: in.ID.Seq == 3,
				Replies: []protocol.Reply{{ID: in.ID, Result: true}}}
		}
		return protocol.Output{}
	}}
	c := newCluster(t, p, nil)
	for i, op := range []string{"one", "two", "checkpoint", "after"} {
		c.start()
		_, err := c.do("a", "c", uint64(i+1), op)
		require.NoError(t, err)
		require.NoError(t, c.stop("a"))
	}
	assert.Equal(t, [][]string{nil, {"one"}, {"one", "two"}, {"checkpoint"}}, starts)
}

// The disk fills up, within a record or within what the log adds to it: the
// node stops by itself and says so, and every acknowledged record is there when
// it comes back.
func TestFullDisk(t *testing.T) {
	for _, room := range []int{2000, 2010, 2020, 2030, 2040} {
		t.Run(fmt.Sprint(room), func(t *testing.T) { fillDisk(t, room) })
	}
}

func fillDisk(t *testing.T, room int) {
	var found [][]byte
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		if s, ok := in.(protocol.Start); ok {
			found = s.Records
		}
		return recordAll(now, in)
	}}
	c := newCluster(t, p, func(cfg *host.Config) {
		cfg.FS = failingFS{wal.OS{}, &room, syscall.ENOSPC}
	})
	c.start()
	acked := 0
	for i := range 100 {
		_, err := c.do("a", "c", uint64(i+1), fmt.Sprintf("record %d", i))
		if err != nil {
			break
		}
		acked++
	}
	err := c.wait("a")
	require.ErrorIs(t, err, syscall.ENOSPC)
	assert.ErrorContains(t, err, "node a")
	assert.Greater(t, acked, 3)
	assert.Less(t, acked, 100)

	_, err = host.New(c.config("a"))
	assert.ErrorIs(t, err, syscall.ENOSPC, "still full")
	room = 1 << 20
	c.start()
	require.NoError(t, c.stop("a"))
	require.GreaterOrEqual(t, len(found), acked)
	for i := range acked {
		assert.Equal(t, fmt.Sprintf("record %d", i), string(found[i]))
	}
}

func TestFatalAndContractErrorsStopTheNode(t *testing.T) {
	for want, out := range map[string]protocol.Output{
		"request c/1 go: it is all wrong": {Fatal: errors.New("it is all wrong")},
		`a message from "z"`:              {Messages: []protocol.Message{{From: "z", To: "a", Payload: text("")}}},
		`a message to "z"`:                {Messages: []protocol.Message{{From: "a", To: "z", Payload: text("")}}},
		"a checkpoint of no records":      {Checkpoint: true},
		"expected 0 <= min <= max":        {Timers: []protocol.Timer{{Name: "t", Min: 2, Max: 1}}},
	} {
		out.Replies = []protocol.Reply{{ID: protocol.RequestID{Client: "c", Seq: 1}, Result: "must not leave"}}
		p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
			if _, ok := in.(protocol.Request); ok {
				return out
			}
			return protocol.Output{}
		}}
		c := newCluster(t, p, nil)
		c.start()
		_, err := c.do("a", "c", 1, "go")
		assert.Error(t, err)
		assert.ErrorContains(t, c.wait("a"), want)
	}
}

func TestTimersAndMessagesToOneself(t *testing.T) {
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		switch in := in.(type) {
		case protocol.Start:
			return protocol.Output{Timers: []protocol.Timer{
				{Name: "cancelled", Min: time.Millisecond, Max: time.Millisecond},
				{Name: "again", Min: time.Hour, Max: time.Hour},
				{Name: "cancelled", Cancel: true},
				{Name: "again", Min: 2 * time.Millisecond, Max: 3 * time.Millisecond},
			}}
		case protocol.Timeout:
			if in.Timer != "again" || now < 2*time.Millisecond {
				return protocol.Output{Fatal: fmt.Errorf("at %v", now)}
			}
			return protocol.Output{Records: [][]byte{{1}}, Messages: []protocol.Message{{From: "a", To: "a", Payload: text("fired")}}}
		}
		return protocol.Output{}
	}}
	c := newCluster(t, p, nil)
	c.start()
	o := c.until("a", received("fired"))
	assert.Equal(t, protocol.MessageID("a.1.1"), o.Received)
	require.NoError(t, c.stop("a"))
}

// A stop waits for the fsync under way and hands out what it releases.
func TestGracefulStop(t *testing.T) {
	g := newGate()
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		if r, ok := in.(protocol.Request); ok {
			out := protocol.Output{Records: [][]byte{{1}}, Replies: []protocol.Reply{{ID: r.ID, Result: true}}}
			if r.Op == "never" {
				out.Replies = nil
			}
			return out
		}
		return protocol.Output{}
	}}
	c := newCluster(t, p, func(cfg *host.Config) { cfg.FS = gateFS{wal.OS{}, g} })
	c.start()
	g.set(true)
	answers := make(chan error, 2)
	for _, op := range []string{"held", "never"} {
		go func() {
			_, err := c.do("a", op, 1, op)
			answers <- err
		}()
		c.until("a", func(o protocol.Observation) bool { return strings.HasSuffix(o.Input.String(), op) })
	}
	g.awaitWaiting()
	c.running["a"].cancel()
	g.set(false)
	require.NoError(t, c.wait("a"))
	var failed *host.RequestError
	if err := <-answers; err != nil {
		require.ErrorAs(t, err, &failed)
		require.NoError(t, <-answers)
	} else {
		require.ErrorAs(t, <-answers, &failed)
	}
	assert.Equal(t, host.Unknown, failed.Outcome)
	assert.ErrorContains(t, failed, "stopped before it replied to request never/1")
}
