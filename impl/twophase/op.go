package twophase

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"sort"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Limits on a transaction, checked by DecodeOp.
const (
	MaxKeys  = 64      // compares, reads and writes together
	MaxKey   = 256     // bytes in a key
	MaxValue = 1 << 16 // bytes in a value
)

// Op is a client's request: a transaction, or the question what became of one.
// A key that is absent has the value "", and writing "" deletes a key.
type Op struct {
	Compare map[string]string `json:"compare,omitempty"` // all must hold
	Read    []string          `json:"read,omitempty"`    // values from before the writes
	Write   map[string]string `json:"write,omitempty"`

	// Outcome asks for the outcome of the request of the same id, and executes
	// nothing. If that request has not arrived, it is aborted for good.
	Outcome bool `json:"outcome,omitempty"`
}

func (o Op) String() string {
	b, err := json.Marshal(o)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// Outcomes of a transaction.
const (
	Committed = "committed"
	Aborted   = "aborted"
	// Forgotten answers a request whose number is below the client's last.
	Forgotten = "forgotten"
)

// Reasons for which a transaction aborts.
const (
	ReasonConflict = "conflict" // a lock was taken by another transaction
	ReasonCompare  = "compare"  // a comparison did not hold
	ReasonTimeout  = "timeout"  // a vote did not come in time
	ReasonAsked    = "asked"    // its outcome was asked for before it arrived
)

// Result answers a request.
type Result struct {
	Outcome string            `json:"outcome"`
	Reason  string            `json:"reason,omitempty"`
	Reads   map[string]string `json:"reads,omitempty"`
	Failed  map[string]string `json:"failed,omitempty"` // the values found where a comparison did not hold
}

// DecodeOp reads a request. It refuses unknown fields, a request that names no
// key, and keys and values over the limits.
func (*Cluster) DecodeOp(b json.RawMessage) (protocol.Op, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	var op Op
	if err := dec.Decode(&op); err != nil {
		return nil, fmt.Errorf("a transaction is a JSON object with compare, read, write or outcome: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("expected one JSON object, found more behind it")
	}
	if err := op.check(); err != nil {
		return nil, err
	}
	sort.Strings(op.Read)
	return op, nil
}

func (o Op) check() error {
	keys := len(o.Compare) + len(o.Read) + len(o.Write)
	switch {
	case o.Outcome && keys > 0:
		return errors.New("a question for an outcome names no keys")
	case o.Outcome:
		return nil
	case keys == 0:
		return errors.New("expected at least one key to compare, read or write, found none")
	case keys > MaxKeys:
		return fmt.Errorf("a transaction takes at most %d keys, found %d", MaxKeys, keys)
	}
	for _, m := range []map[string]string{o.Compare, o.Write} {
		for k, v := range m {
			if err := checkKey(k); err != nil {
				return err
			}
			if len(v) > MaxValue {
				return fmt.Errorf("the value of a key is at most %d bytes, found %d", MaxValue, len(v))
			}
		}
	}
	seen := map[string]bool{}
	for _, k := range o.Read {
		if err := checkKey(k); err != nil {
			return err
		}
		if seen[k] {
			return fmt.Errorf("key %q is read twice", k)
		}
		seen[k] = true
	}
	return nil
}

func checkKey(k string) error {
	if k == "" || len(k) > MaxKey {
		return fmt.Errorf("a key has 1 to %d bytes, found %d", MaxKey, len(k))
	}
	return nil
}

// kv is a key and a value; lists of them are sorted by key.
type kv struct{ key, value string }

func sortedKVs(m map[string]string) []kv {
	if len(m) == 0 {
		return nil
	}
	kvs := make([]kv, 0, len(m))
	for k, v := range m {
		kvs = append(kvs, kv{k, v})
	}
	sort.Slice(kvs, func(i, j int) bool { return kvs[i].key < kvs[j].key })
	return kvs
}

func addKVs(m map[string]string, kvs []kv) map[string]string {
	if m == nil && len(kvs) > 0 {
		m = make(map[string]string, len(kvs))
	}
	for _, e := range kvs {
		m[e.key] = e.value
	}
	return m
}

// work is one shard's part of a transaction.
type work struct {
	compare []kv
	read    []string
	write   []kv
}

// Shard returns the index of the participant that holds the key, from 0.
func (c *Cluster) Shard(key string) int {
	h := fnv.New32a()
	h.Write([]byte(key)) //nolint:errcheck // a hash never fails
	return int(h.Sum32() % uint32(len(c.participants)))
}

// split divides a transaction among the shards that it touches. The lists of
// each part are in order, as the wire has them, however op was made.
func (c *Cluster) split(op Op) map[protocol.NodeID]*work {
	parts := map[protocol.NodeID]*work{}
	at := func(key string) *work {
		p := c.participants[c.Shard(key)]
		if parts[p] == nil {
			parts[p] = &work{}
		}
		return parts[p]
	}
	for _, e := range sortedKVs(op.Compare) {
		w := at(e.key)
		w.compare = append(w.compare, e)
	}
	read := append([]string(nil), op.Read...)
	sort.Strings(read)
	for _, k := range read {
		w := at(k)
		w.read = append(w.read, k)
	}
	for _, e := range sortedKVs(op.Write) {
		w := at(e.key)
		w.write = append(w.write, e)
	}
	return parts
}
