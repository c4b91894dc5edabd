package twophase

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// A log that does not decode is fatal, and the error says which record it is.
func TestRecoveryFromGarbage(t *testing.T) {
	c := New(2, Options{})
	epoch := record(recEpoch, func(w *protocol.Writer) { w.Uint(1) })
	decide := func(d decision) []byte {
		return record(recDecision, func(w *protocol.Writer) { writeTxn(w, TxnID{1, 1}); w.Byte(byte(d)) })
	}
	checkpoint := func(d decision, seqs ...uint64) []byte {
		return record(recParticipantCheckpoint, func(w *protocol.Writer) {
			writeTxn(w, TxnID{1, 1})
			writeKVs(w, nil)
			w.Uint(0)
			w.Uint(uint64(len(seqs)))
			for _, s := range seqs {
				writeTxn(w, TxnID{1, s})
				w.Bool(true)
				w.Byte(byte(d))
			}
		})
	}
	for _, x := range []struct {
		name string
		node protocol.NodeID
		log  [][]byte
		want string
	}{
		{"an empty record", "c", [][]byte{epoch, {}}, "record 2 of 2 (kind 0): at byte 0 of 0: expected a byte, found the end"},
		{"no kind", "c", [][]byte{epoch, {99}, epoch}, "record 2 of 3 (kind 99): at byte 1 of 1: unexpected kind of record 99"},
		{"a participant's", "c", [][]byte{decide(decidedAbort)}, "record 1 of 1 (kind 7): at byte 1 of 4: unexpected kind of record 7"},
		{"the coordinator's", "p1", [][]byte{epoch}, "record 1 of 1 (kind 1): at byte 1 of 2: unexpected kind of record 1"},
		{"cut", "c", [][]byte{{byte(recCommit), 1}}, "record 1 of 1 (kind 2): at byte 2 of 2: expected a varint"},
		{"too long", "c", [][]byte{append(epoch[:2:2], 0)}, "record 1 of 1 (kind 1): at byte 2 of 3: expected the end, found 1 more bytes"},
		{"no decision", "p1", [][]byte{decide(decidedCommit), decide(3)}, "record 2 of 2 (kind 7): at byte 4 of 4: expected decision 1 or 2, found 3"},
		{"no decision in a checkpoint", "p1", [][]byte{checkpoint(0, 1)}, "record 1 of 1 (kind 8): at byte 10 of 10: expected decision 1 or 2, found 0"},
		{"decisions out of order", "p1", [][]byte{checkpoint(1, 2, 1)}, "record 1 of 1 (kind 8): at byte 14 of 14: expected transactions in order, found 1.1 after 1.2"},
	} {
		n, err := c.NewNode(x.node)
		require.NoError(t, err)
		out := n.Step(0, protocol.Start{Records: x.log})
		assert.EqualError(t, out.Fatal, x.want, x.name)
		assert.Empty(t, out.Records, x.name)
	}
}

// FuzzRecover: no log makes a node panic, and none that is accepted is
// recovered differently a second time.
func FuzzRecover(f *testing.F) {
	c := New(2, Options{CheckpointEvery: 2})
	for _, id := range []protocol.NodeID{"c", "p1"} {
		for seed := range uint64(3) {
			for _, r := range randomLog(f, c, id, seed, 40) {
				f.Add(id == "c", r, r)
			}
		}
	}
	f.Fuzz(func(t *testing.T, coordinator bool, one, two []byte) {
		id := protocol.NodeID("p1")
		if coordinator {
			id = Coordinator
		}
		var durable [2]string
		var fatal [2]string
		for i := range 2 {
			n, err := c.NewNode(id)
			require.NoError(t, err)
			out := n.Step(0, protocol.Start{Records: [][]byte{one, two}})
			durable[i], fatal[i] = string(n.AppendDurable(nil)), fmt.Sprint(out.Fatal)
		}
		require.Equal(t, durable[0], durable[1])
		require.Equal(t, fatal[0], fatal[1])
	})
}

// randomLog is what a node has logged after random inputs.
func randomLog(tb testing.TB, c *Cluster, id protocol.NodeID, seed uint64, steps int) [][]byte {
	n, err := c.NewNode(id)
	require.NoError(tb, err)
	log := n.Step(0, protocol.Start{}).Records
	put := len(log)
	rng := rand.New(rand.NewPCG(seed, 4))
	for range steps {
		out := n.Step(0, randomInput(rng, id, uint64(put)))
		log = append(log, out.Records...)
		put += len(out.Records)
	}
	return log
}

// randomInput is something that a node may see in a run with few transactions.
func randomInput(rng *rand.Rand, id protocol.NodeID, put uint64) protocol.Input {
	txn := TxnID{1, 1 + rng.Uint64N(6)}
	key := string("acy"[rng.IntN(3)]) // at p1
	receive := func(from protocol.NodeID, m payload) protocol.Input {
		return protocol.Receive{Message: protocol.Message{From: from, To: id, Payload: m}}
	}
	if rng.IntN(5) == 0 {
		return protocol.Synced{Records: put}
	}
	if id == Coordinator {
		from := []protocol.NodeID{"p1", "p2"}[rng.IntN(2)]
		switch rng.IntN(4) {
		case 0:
			op := Op{Read: []string{key}, Write: map[string]string{"b": "1"}, Outcome: rng.IntN(4) == 0}
			return protocol.Request{ID: protocol.RequestID{Client: "k", Seq: 1 + rng.Uint64N(6)}, Op: op}
		case 1:
			return protocol.Timeout{Timer: timerName([]string{"vote", "resend"}[rng.IntN(2)], txn)}
		}
		return receive(from, payload{kind: []kind{kindYes, kindYes, kindYes, kindNo, kindAck, kindAck, kindInquire}[rng.IntN(7)], txn: txn})
	}
	switch rng.IntN(5) {
	case 0, 1:
		m := payload{kind: kindPrepare, txn: txn, oldest: TxnID{1, 1 + rng.Uint64N(txn.Seq)}}
		m.work.read = []string{key}
		if rng.IntN(2) == 0 {
			m.work.write = []kv{{key, fmt.Sprint(txn.Seq)}}
		}
		return receive(Coordinator, m)
	case 2:
		return protocol.Timeout{Timer: timerName("inquire", txn)}
	}
	// The outcome of a transaction is always the same.
	k := kindCommit
	if txn.Seq%2 == 0 {
		k = kindAbort
	}
	return receive(Coordinator, payload{kind: k, txn: txn})
}

// TestCheckpointEqualsLog gives a node that takes checkpoints and one that
// never does the same inputs, recovers both from their logs, and compares all
// that matters to what comes next. What only the log without checkpoints still
// tells must be ended or below the watermark.
func TestCheckpointEqualsLog(t *testing.T) {
	checkpoints := 0
	for seed := range uint64(150) {
		for _, id := range []protocol.NodeID{Coordinator, "p1"} {
			plain := New(2, Options{CheckpointEvery: -1})
			often := New(2, Options{CheckpointEvery: 1 + int(seed%5)})
			rng := rand.New(rand.NewPCG(seed, 5))
			a, b := newDriver(t, plain, id), newDriver(t, often, id)
			a.start()
			b.start()
			for range 50 {
				in := randomInput(rng, id, 0)
				if _, ok := in.(protocol.Synced); ok {
					a.sync(len(a.log) - a.durable)
					b.sync(len(b.log) - b.durable)
					continue
				}
				a.step(in)
				if b.step(in).Checkpoint {
					checkpoints++
				}
			}
			a.crash(0)
			b.crash(0)
			if id == Coordinator {
				x, y := a.node.(*coordinator), b.node.(*coordinator)
				require.Equal(t, x.epoch, y.epoch, "seed %d", seed)
				require.Equal(t, x.sessions, y.sessions, "seed %d", seed)
				x.ended, y.ended = nil, nil // which say what the log holds
				require.Equal(t, x.AppendDurable(nil), y.AppendDurable(nil), "seed %d", seed)
				continue
			}
			x, y := a.node.(*participant), b.node.(*participant)
			require.Equal(t, x.locks, y.locks, "seed %d", seed)
			require.False(t, y.oldest.Less(x.oldest), "seed %d", seed)
			for _, d := range x.decided {
				i, ok := y.findDecided(d.id)
				require.True(t, ok || d.id.Less(y.oldest), "seed %d: %v is forgotten", seed, d)
				require.True(t, !ok || y.decided[i] == d, "seed %d", seed)
			}
			x.decided, y.decided = nil, nil
			require.Equal(t, x.AppendDurable(nil), y.AppendDurable(nil), "seed %d", seed)
		}
	}
	require.Greater(t, checkpoints, 300)
}
