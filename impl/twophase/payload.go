package twophase

import (
	"fmt"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// kind tells the messages apart, by the names that the specification gives them.
type kind byte

const (
	kindPrepare kind = 1 + iota
	kindYes
	kindNo
	kindCommit
	kindAbort
	kindAck
	kindInquire
)

var kindNames = [...]string{"?", "Prepare", "Yes", "No", "Commit", "Abort", "Ack", "Inquire"}

func (k kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "?"
}

// payload is a message. Only Prepare and the votes carry more than a
// transaction's name.
type payload struct {
	kind   kind
	txn    TxnID
	oldest TxnID // Prepare: no transaction before this one collects votes
	work   work  // Prepare
	reads  []kv  // Yes: the values read; No for ReasonCompare: the values found
	reason string
}

func (m payload) String() string {
	s := m.kind.String() + " " + m.txn.String()
	if m.kind == kindNo {
		s += " " + m.reason
	}
	return s
}

// AppendBinary implements encoding.BinaryAppender. It never fails.
func (m payload) AppendBinary(b []byte) ([]byte, error) {
	w := protocol.Writer{B: b}
	w.Byte(byte(m.kind))
	writeTxn(&w, m.txn)
	switch m.kind {
	case kindPrepare:
		writeTxn(&w, m.oldest)
		writeWork(&w, m.work)
	case kindYes:
		writeKVs(&w, m.reads)
	case kindNo:
		w.String(m.reason)
		writeKVs(&w, m.reads)
	}
	return w.B, nil
}

// DecodePayload implements protocol.Protocol.
func (*Cluster) DecodePayload(b []byte) (protocol.Payload, error) {
	r := protocol.NewReader(b)
	m := payload{kind: kind(r.Byte()), txn: readTxn(r)}
	switch m.kind {
	case kindPrepare:
		m.oldest = readTxn(r)
		m.work = readWork(r)
	case kindYes:
		m.reads = readKVs(r)
	case kindNo:
		m.reason = r.String()
		m.reads = readKVs(r)
	case kindCommit, kindAbort, kindAck, kindInquire:
	default:
		r.Fail("expected a message of kind 1 to %d, found %d", kindInquire, m.kind)
	}
	if err := r.Close(); err != nil {
		return nil, fmt.Errorf("two-phase commit message: %w", err)
	}
	return m, nil
}

func writeTxn(w *protocol.Writer, t TxnID) {
	w.Uint(t.Epoch)
	w.Uint(t.Seq)
}

func readTxn(r *protocol.Reader) TxnID { return TxnID{r.Uint(), r.Uint()} }

func writeKVs(w *protocol.Writer, kvs []kv) {
	w.Uint(uint64(len(kvs)))
	for _, e := range kvs {
		w.String(e.key)
		w.String(e.value)
	}
}

func readKVs(r *protocol.Reader) []kv {
	n := r.Count(2)
	if n == 0 {
		return nil
	}
	kvs := make([]kv, n)
	for i := range kvs {
		kvs[i] = kv{r.String(), r.String()}
		if i > 0 && kvs[i-1].key >= kvs[i].key {
			r.Fail("expected keys in order, found %q after %q", kvs[i].key, kvs[i-1].key)
		}
	}
	return kvs
}

func writeKeys(w *protocol.Writer, keys []string) {
	w.Uint(uint64(len(keys)))
	for _, k := range keys {
		w.String(k)
	}
}

func readKeys(r *protocol.Reader) []string {
	n := r.Count(1)
	if n == 0 {
		return nil
	}
	keys := make([]string, n)
	for i := range keys {
		keys[i] = r.String()
		if i > 0 && keys[i-1] >= keys[i] {
			r.Fail("expected keys in order, found %q after %q", keys[i], keys[i-1])
		}
	}
	return keys
}

func writeWork(w *protocol.Writer, k work) {
	writeKVs(w, k.compare)
	writeKeys(w, k.read)
	writeKVs(w, k.write)
}

func readWork(r *protocol.Reader) work {
	return work{compare: readKVs(r), read: readKeys(r), write: readKVs(r)}
}
