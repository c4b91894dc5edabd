package twophase

import (
	"fmt"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// recordKind tells the records of the logs apart.
type recordKind byte

const (
	// The coordinator's.
	recEpoch      recordKind = 1 + iota // a restart: the epoch that begins
	recCommit                           // the decision, with the client's outcome
	recEnd                              // all participants have acknowledged
	recOutcome                          // the outcome of a request that aborted
	recCheckpoint                       // the whole state

	// A participant's.
	recPrepare               // the work, its locks and what it read
	recDecision              // committed or aborted
	recParticipantCheckpoint // the whole state
)

// decision is what a participant's log says of a transaction in the end.
type decision byte

const (
	decidedAbort  decision = 1 // after a prepare, or instead of one
	decidedCommit decision = 2
)

// commitRecord is the coordinator's decision to commit.
type commitRecord struct {
	txn          TxnID
	participants []protocol.NodeID
	request      protocol.RequestID
	reads        []kv
}

func (c commitRecord) write(w *protocol.Writer) {
	writeTxn(w, c.txn)
	w.Uint(uint64(len(c.participants)))
	for _, p := range c.participants {
		w.String(string(p))
	}
	w.String(c.request.Client)
	w.Uint(c.request.Seq)
	writeKVs(w, c.reads)
}

func readCommitRecord(r *protocol.Reader) commitRecord {
	c := commitRecord{txn: readTxn(r)}
	for n := r.Count(1); n > 0 && r.Err() == nil; n-- {
		c.participants = append(c.participants, protocol.NodeID(r.String()))
	}
	c.request = protocol.RequestID{Client: r.String(), Seq: r.Uint()}
	c.reads = readKVs(r)
	return c
}

func writeResult(w *protocol.Writer, s Result) {
	w.String(s.Outcome)
	w.String(s.Reason)
	writeKVs(w, sortedKVs(s.Reads))
	writeKVs(w, sortedKVs(s.Failed))
}

func readResult(r *protocol.Reader) Result {
	return Result{
		Outcome: r.String(),
		Reason:  r.String(),
		Reads:   addKVs(nil, readKVs(r)),
		Failed:  addKVs(nil, readKVs(r)),
	}
}

// record encodes one record: its kind, then what write appends.
func record(k recordKind, write func(w *protocol.Writer)) []byte {
	w := protocol.Writer{B: []byte{byte(k)}}
	write(&w)
	return w.B
}

// readLog hands each record of a log to read, and says which one does not
// decode.
func readLog(records [][]byte, read func(k recordKind, r *protocol.Reader)) error {
	for i, b := range records {
		r := protocol.NewReader(b)
		k := recordKind(r.Byte())
		if r.Err() == nil {
			read(k, r)
		}
		if err := r.Close(); err != nil {
			return fmt.Errorf("record %d of %d (kind %d): %w", i+1, len(records), k, err)
		}
	}
	return nil
}

// logTail counts the records that a node has put out and remembers which of
// those that are not durable yet belong to which transaction: so the node can
// tell, when an fsync ends, for which transactions that was a Sync.
type logTail struct {
	written uint64
	pending []pendingRecord
}

type pendingRecord struct {
	position uint64
	txn      TxnID
}

// wrote counts one record, of transaction t, or of none if t is zero.
func (l *logTail) wrote(t TxnID) {
	l.written++
	if t != (TxnID{}) {
		l.pending = append(l.pending, pendingRecord{l.written, t})
	}
}

// synced drops what is durable and lists the transactions that it concerns,
// each once, in the order of their first record.
func (l *logTail) synced(position uint64) []TxnID {
	var txns []TxnID
	seen := map[TxnID]bool{}
	n := 0
	for n < len(l.pending) && l.pending[n].position <= position {
		if t := l.pending[n].txn; !seen[t] {
			seen[t] = true
			txns = append(txns, t)
		}
		n++
	}
	l.pending = append([]pendingRecord(nil), l.pending[n:]...)
	return txns
}

// volatile counts the records of t that are not durable yet.
func (l *logTail) volatile(t TxnID) int {
	n := 0
	for _, p := range l.pending {
		if p.txn == t {
			n++
		}
	}
	return n
}

func (l *logTail) clone() logTail {
	return logTail{l.written, append([]pendingRecord(nil), l.pending...)}
}

func (l *logTail) write(w *protocol.Writer) {
	w.Uint(uint64(len(l.pending)))
	for _, p := range l.pending {
		w.Uint(l.written - p.position)
		writeTxn(w, p.txn)
	}
}
