package twophase

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func genKVs() gopter.Gen {
	return gen.MapOf(gen.AnyString(), gen.AnyString()).Map(sortedKVs)
}

func genKeys() gopter.Gen {
	return gen.MapOf(gen.AnyString(), gen.Const("")).Map(func(m map[string]string) []string {
		var keys []string
		for _, e := range sortedKVs(m) {
			keys = append(keys, e.key)
		}
		return keys
	})
}

func genTxn() gopter.Gen {
	return gopter.CombineGens(gen.UInt64(), gen.UInt64()).Map(func(v []any) TxnID {
		return TxnID{v[0].(uint64), v[1].(uint64)}
	})
}

// genPayload makes messages that carry what their kind carries, and no more.
func genPayload() gopter.Gen {
	return gopter.CombineGens(gen.UInt8Range(uint8(kindPrepare), uint8(kindInquire)), genTxn(), genTxn(),
		genKVs(), genKeys(), genKVs(), gen.AnyString()).Map(func(v []any) payload {
		m := payload{kind: kind(v[0].(uint8)), txn: v[1].(TxnID)}
		switch m.kind {
		case kindPrepare:
			m.oldest = v[2].(TxnID)
			m.work = work{compare: v[3].([]kv), read: v[4].([]string), write: v[5].([]kv)}
		case kindYes:
			m.reads = v[3].([]kv)
		case kindNo:
			m.reads, m.reason = v[3].([]kv), v[6].(string)
		}
		return m
	})
}

func TestPayloadsRoundTrip(t *testing.T) {
	c := New(1, Options{})
	parameters := gopter.DefaultTestParametersWithSeed(1)
	parameters.MaxSize = 20
	properties := gopter.NewProperties(parameters)
	properties.Property("decode(encode(m)) == m, and encodes the same", prop.ForAll(func(m payload) bool {
		b, err := m.AppendBinary(nil)
		if err != nil {
			return false
		}
		got, err := c.DecodePayload(b)
		if err != nil || !reflect.DeepEqual(got, m) {
			return false
		}
		again, err := got.AppendBinary([]byte("x"))
		return err == nil && string(again) == "x"+string(b)
	}, genPayload()))
	properties.Property("no prefix and no extension decodes", prop.ForAll(func(m payload, extra uint8) bool {
		b, _ := m.AppendBinary(nil)
		for i := range b {
			if _, err := c.DecodePayload(b[:i]); err == nil {
				return false
			}
		}
		_, err := c.DecodePayload(append(b, extra))
		return err != nil
	}, genPayload(), gen.UInt8()))
	properties.TestingRun(t)
}

func TestDecodePayloadRefuses(t *testing.T) {
	c := New(1, Options{})
	for _, x := range []struct {
		name string
		b    []byte
		want string
	}{
		{"nothing", nil, "two-phase commit message: at byte 0 of 0: expected a byte, found the end"},
		{"kind 0", []byte{0, 1, 1}, "two-phase commit message: at byte 3 of 3: expected a message of kind 1 to 7, found 0"},
		{"kind 8", []byte{8, 1, 1}, "two-phase commit message: at byte 3 of 3: expected a message of kind 1 to 7, found 8"},
		{"a number in a longer form", []byte{byte(kindAck), 0x81, 0, 1}, "two-phase commit message: at byte 1 of 4: expected a varint in its shortest form"},
		{"keys that do not ascend", []byte{byte(kindYes), 1, 1, 2, 1, 'b', 0, 1, 'a', 0}, `two-phase commit message: at byte 10 of 10: expected keys in order, found "a" after "b"`},
		{"a key twice", []byte{byte(kindPrepare), 1, 1, 1, 1, 0, 2, 1, 'a', 1, 'a', 0}, `two-phase commit message: at byte 11 of 12: expected keys in order, found "a" after "a"`},
		{"more elements than bytes", []byte{byte(kindYes), 1, 1, 0xff, 0xff, 0xff, 0x7f}, "two-phase commit message: at byte 7 of 7: expected 268435455 elements of at least 2 bytes, found 0 bytes"},
		{"bytes behind it", []byte{byte(kindAck), 1, 1, 0}, "two-phase commit message: at byte 3 of 4: expected the end, found 1 more bytes"},
	} {
		_, err := c.DecodePayload(x.b)
		assert.EqualError(t, err, x.want, x.name)
	}
}

// FuzzDecodePayload: what is accepted is canonical.
func FuzzDecodePayload(f *testing.F) {
	c := New(1, Options{})
	for _, m := range []payload{
		{kind: kindPrepare, txn: TxnID{1, 2}, oldest: TxnID{1, 1}, work: work{
			compare: []kv{{"a", "1"}}, read: []string{"b", "c"}, write: []kv{{"a", ""}, {"d", "2"}}}},
		{kind: kindYes, txn: TxnID{1, 300}, reads: []kv{{"b", "x"}}},
		{kind: kindNo, txn: TxnID{2, 1}, reason: ReasonCompare, reads: []kv{{"a", "7"}}},
		{kind: kindInquire, txn: TxnID{1, 1}},
	} {
		b, err := m.AppendBinary(nil)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := c.DecodePayload(b)
		if err != nil {
			return
		}
		again, err := m.AppendBinary(nil)
		require.NoError(t, err)
		require.Equal(t, b, again)
		require.NotEmpty(t, m.String())
	})
}

func TestDecodeOpRefuses(t *testing.T) {
	c := New(2, Options{})
	many := func(n int) string {
		var keys []string
		for i := range n {
			keys = append(keys, fmt.Sprintf(`"k%d"`, i))
		}
		return `{"read":[` + strings.Join(keys, ",") + `]}`
	}
	const shape = "a transaction is a JSON object with compare, read, write or outcome: "
	for _, x := range []struct{ op, want string }{
		{``, shape + "EOF"},
		{`{"read":["a"]`, shape + "unexpected EOF"},
		{`[]`, shape + "json: cannot unmarshal array into Go value of type twophase.Op"},
		{`{"read":"a"}`, shape + "json: cannot unmarshal string into Go struct field Op.read of type []string"},
		{`{"write":{"a":1}}`, shape + "json: cannot unmarshal number into Go struct field Op.write of type string"},
		{`{"reads":["a"]}`, shape + `json: unknown field "reads"`},
		{`{"read":["a"]} {}`, "expected one JSON object, found more behind it"},
		{`{"read":["a"]}]`, "expected one JSON object, found more behind it"},
		{`null`, "expected at least one key to compare, read or write, found none"},
		{`{}`, "expected at least one key to compare, read or write, found none"},
		{`{"outcome":false}`, "expected at least one key to compare, read or write, found none"},
		{`{"outcome":true,"read":["a"]}`, "a question for an outcome names no keys"},
		{`{"read":["a","b","a"]}`, `key "a" is read twice`},
		{`{"read":[""]}`, "a key has 1 to 256 bytes, found 0"},
		{`{"write":{"":"1"}}`, "a key has 1 to 256 bytes, found 0"},
		{`{"compare":{"` + strings.Repeat("k", 257) + `":"1"}}`, "a key has 1 to 256 bytes, found 257"},
		{`{"write":{"a":"` + strings.Repeat("v", MaxValue+1) + `"}}`, "the value of a key is at most 65536 bytes, found 65537"},
		{many(MaxKeys + 1), "a transaction takes at most 64 keys, found 65"},
	} {
		_, err := c.DecodeOp(json.RawMessage(x.op))
		name := x.op
		if len(name) > 60 {
			name = name[:60]
		}
		assert.EqualError(t, err, x.want, name)
	}
	for _, op := range []string{
		many(MaxKeys), `{"outcome":true}`, `{"compare":{"` + strings.Repeat("k", 256) + `":""}}`,
		`{"write":{"a":"` + strings.Repeat("v", MaxValue) + `"}}`,
	} {
		_, err := c.DecodeOp(json.RawMessage(op))
		assert.NoError(t, err)
	}
	op, err := c.DecodeOp(json.RawMessage(`{"read":["c","a","b"]}`))
	require.NoError(t, err)
	assert.Equal(t, Op{Read: []string{"a", "b", "c"}}, op, "reads are in order")
}

// FuzzDecodeOp: what is accepted keeps the limits, reads again as it writes
// itself, and its parts survive the wire.
func FuzzDecodeOp(f *testing.F) {
	c := New(3, Options{})
	f.Add([]byte(`{"compare":{"a":"1"},"read":["b","a"],"write":{"a":"2","c":""}}`))
	f.Add([]byte(`{"outcome":true}`))
	f.Add([]byte(`{"read":["\ud800","\u00ff"]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		decoded, err := c.DecodeOp(b)
		if err != nil {
			return
		}
		op := decoded.(Op)
		require.LessOrEqual(t, len(op.Compare)+len(op.Read)+len(op.Write), MaxKeys)
		again, err := c.DecodeOp(json.RawMessage(op.String()))
		require.NoError(t, err)
		require.Equal(t, op.String(), again.(Op).String())
		keys := 0
		for _, w := range c.split(op) {
			keys += len(w.compare) + len(w.read) + len(w.write)
			b, err := payload{kind: kindPrepare, work: *w}.AppendBinary(nil)
			require.NoError(t, err)
			_, err = c.DecodePayload(b)
			require.NoError(t, err)
		}
		require.Equal(t, len(op.Compare)+len(op.Read)+len(op.Write), keys)
	})
}
