package linearizability

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const header = `{"lockstep":"history","version":1,"model":"txnkv","seed":7,"system":"twophase","meta":{"nodes":"4"}}` + "\n"

func TestRead(t *testing.T) {
	h, err := Read(strings.NewReader(header+
		`{"type":"invoke","id":1,"client":"c1","time":10,"op":{"read":["x"]}}
{"type":"fault","time":12,"node":"p1","text":"crash p1"}
{"type":"invoke","id":2,"client":"c2","time":5,"op":{"write":{"x":"1"}}}
{"type":"return","id":1,"time":20,"result":{"outcome":"committed","reads":{"x":""}}}
{"type":"unknown","id":2,"time":30,"reason":"timeout"}
{"type":"invoke","id":3,"client":"c2","time":31,"op":{"write":{"x":"2"}}}
{"type":"fail","id":3,"time":32,"reason":"not sent"}
{"type":"invoke","id":4,"client":"c2","time":33,"op":{"write":{"x":"3"}}}
`), "f", Models()...)
	require.NoError(t, err)
	assert.Equal(t, Header{Model: "txnkv", Seed: 7, System: "twophase", Meta: map[string]string{"nodes": "4"}}, h.Header)
	assert.Equal(t, []Annotation{{12, "p1", "crash p1"}}, h.Faults)
	var got []string
	for _, o := range h.Operations {
		got = append(got, fmt.Sprintf("%d %s %d-%d line %d: %s %s", o.ID, o.Client, o.Invoked, o.Ended, o.Line, TxnKV().DescribeOp(o.Op, o.Result), o.Reason))
	}
	assert.Equal(t, []string{
		"2 c2 5-30 line 4: write x=1 → unknown timeout",
		"1 c1 10-20 line 2: read x → committed x=∅ ",
		"3 c2 31-32 line 7: write x=2 → unknown not sent",
		"4 c2 33-33 line 9: write x=3 → unknown open at the end of the history",
	}, got)
}

// Each malformed file gets one error: the file, the line, what was found and
// what was expected.
func TestReadErrors(t *testing.T) {
	const invoke = `{"type":"invoke","id":1,"client":"c1","time":10,"op":{"read":["x"],"compare":{"y":"1"}}}` + "\n"
	returns := func(result string) string {
		return header + invoke + `{"type":"return","id":1,"time":20,"result":` + result + "}\n"
	}
	tests := []struct{ name, text, want string }{
		{"empty", "", "f:1: expected the header of a history, found an empty file"},
		{"no header", invoke, `f:1: expected the header of a history, {"lockstep":"history",...}, found {"type":"invoke"`},
		{"another format", `{"lockstep":"trace","version":1}` + "\n", `f:1: expected the header of a history`},
		{"version", `{"lockstep":"history","version":2,"model":"kv"}` + "\n", "f:1: unsupported version 2 of the history format, expected version 1"},
		{"no version", `{"lockstep":"history","model":"kv"}` + "\n", `f:1: expected "version", a whole number, found none`},
		{"no model", `{"lockstep":"history","version":1}` + "\n", `f:1: expected "model", the name of a model, found none`},
		{"unknown model", `{"lockstep":"history","version":1,"model":"queue"}` + "\n", `f:1: unknown model "queue", expected one of: register, kv, txnkv`},
		{"header field", `{"lockstep":"history","version":1,"model":"kv","sed":1}` + "\n", `f:1: unknown field "sed", expected one of`},
		{"truncated header", strings.TrimSpace(header), "f:1: the last line is truncated: expected a newline at its end, found none"},
		{"truncated", header + strings.TrimSpace(invoke), "f:2: the last line is truncated"},
		{"half a line", header + invoke[:30] + "\n", "f:2: expected a JSON object, found the end of the text"},
		{"empty line", header + "\n" + invoke, "f:2: expected an event, found an empty line"},
		{"not an object", header + "[1]\n", "f:2: expected a JSON object, found [1]"},
		{"two objects", header + "{}{}\n", "f:2: expected one JSON object, found more after it"},
		{"not UTF-8", header + "{\"type\":\"\xff\"}\n", "f:2: expected UTF-8, found other bytes"},
		{"too long", header + strings.Repeat("x", LineMax+1) + "\n", "f:2: expected a line of at most 1048576 bytes, found a longer one"},
		{"no type", header + `{"id":1}` + "\n", `f:2: expected "type", a string, found none`},
		{"unknown type", header + `{"type":"info","id":1,"time":1}` + "\n", `f:2: unknown event type "info", expected one of`},
		{"unknown field", header + `{"type":"unknown","id":1,"time":1,"why":"x"}` + "\n", `f:2: unknown field "why", expected one of`},
		{"field of another type", header + `{"type":"unknown","id":1,"time":1,"client":"c1"}` + "\n", `f:2: unknown field "client"`},
		{"wrong case", header + `{"Type":"unknown","id":1,"time":1}` + "\n", `f:2: expected "type", a string, found none`},
		{"name twice", header + `{"type":"unknown","id":1,"id":2,"time":1}` + "\n", `f:2: expected each name once, found "id" again`},
		{"no time", header + `{"type":"unknown","id":1}` + "\n", `f:2: expected "time", whole nanoseconds, found none`},
		{"time not whole", header + `{"type":"unknown","id":1,"time":1.5}` + "\n", `f:2: "time": expected whole nanoseconds, found 1.5`},
		{"negative time", header + `{"type":"fault","text":"x","time":-1}` + "\n", "f:2: expected a time from 0 to"},
		{"negative id", header + `{"type":"unknown","id":-1,"time":1}` + "\n", `f:2: "id": expected a whole number from 0 to 2^64-1, found -1`},
		{"no client", header + `{"type":"invoke","id":1,"time":1,"op":{"read":["x"]}}` + "\n", `f:2: expected "client", the client's name, found none`},
		{"no op", header + `{"type":"invoke","id":1,"client":"c1","time":1}` + "\n", `f:2: expected "op", an object of the model, found none`},
		{"no result", header + invoke + `{"type":"return","id":1,"time":20}` + "\n", `f:3: expected "result", an object of the model, found none`},
		{"no fault text", header + `{"type":"fault","time":1,"node":"p1"}` + "\n", `f:2: expected "text", a string, found none`},
		{"return without invoke", header + `{"type":"return","id":1,"time":1,"result":{}}` + "\n", "f:2: return of operation 1: expected an invocation of it before, found none"},
		{"double return", returns(`{"outcome":"aborted"}`) + `{"type":"unknown","id":1,"time":30}` + "\n", "f:4: unknown of operation 1, which has ended: expected one end, found return on line 3 before"},
		{"invoked twice", header + invoke + strings.Replace(invoke, "c1", "c2", 1), "f:3: operation 1 is invoked twice, first on line 2; expected a new id"},
		{"invoked again", returns(`{"outcome":"aborted"}`) + strings.Replace(invoke, "10", "30", 1), "f:4: operation 1 is invoked after it ended on line 3; expected a new id"},
		{"time backward", header + invoke + `{"type":"fail","id":1,"time":9}` + "\n", "f:3: fail of operation 1 at time 9: expected a time from 10, at which it was invoked on line 2"},
		{"client overlaps itself", header + invoke + strings.Replace(invoke, `"id":1`, `"id":2`, 1), `f:3: client "c1" invokes operation 2 while its operation 1 is open; expected the end of 1 first`},
		{"client touches itself", returns(`{"outcome":"aborted"}`) + `{"type":"invoke","id":2,"client":"c1","time":20,"op":{"read":["x"]}}` + "\n",
			`f:4: client "c1" invokes operation 2 at time 20; expected a time after 20, at which its last operation ended`},
		{"op field", header + strings.Replace(invoke, "read", "reads", 1), `f:2: txnkv op: unknown field "reads", expected one of ["compare" "write" "read"]`},
		{"op value", header + strings.Replace(invoke, `"1"}`, `1}`, 1), `f:2: txnkv op: "compare": expected a string for "y", found 1`},
		{"op key twice", header + strings.Replace(invoke, `["x"]`, `["x","x"]`, 1), `f:2: txnkv op: expected each key once in read, found "x" again`},
		{"op compares a key twice", header + strings.Replace(invoke, `"y":"1"`, `"y":"1","y":"2"`, 1), `f:2: txnkv op: "compare": expected each name once, found "y" again`},
		{"empty key", header + strings.Replace(invoke, `"y"`, `""`, 1), `f:2: txnkv op: expected keys that are not empty, found ""`},
		{"empty op", header + `{"type":"invoke","id":1,"client":"c1","time":10,"op":{}}` + "\n", "f:2: txnkv op: expected a key in compare, read or write, found none"},
		{"outcome", returns(`{"outcome":"ok"}`), `f:3: txnkv result of operation 1 on line 2: expected outcome "committed" or "aborted", found "ok"`},
		{"reads missing", returns(`{"outcome":"committed"}`), `f:3: txnkv result of operation 1 on line 2: expected reads of the keys ["x"], found []`},
		{"reads too many", returns(`{"outcome":"committed","reads":{"x":"1","z":"2"}}`), `expected reads of the keys ["x"], found ["x" "z"]`},
		{"reads of an abort", returns(`{"outcome":"aborted","reads":{"x":"1"}}`), `expected no reads of an aborted transaction, found some of the keys ["x"]`},
		{"failed of a commit", returns(`{"outcome":"committed","reads":{"x":"1"},"failed":{"y":"2"}}`), `expected no reason and no failed of a committed transaction`},
		{"compare without failed", returns(`{"outcome":"aborted","reason":"compare"}`), `expected in failed the values found, since the reason is compare; found none`},
		{"failed of no compare", returns(`{"outcome":"aborted","reason":"compare","failed":{"x":"1"}}`), `expected in failed only keys of compare, ["y"], found "x"`},
		{"failed of another reason", returns(`{"outcome":"aborted","reason":"conflict","failed":{"y":"2"}}`), `expected no failed unless the reason is compare, found reason "conflict"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(test.text), "f", Models()...)
			require.Error(t, err)
			assert.Contains(t, err.Error(), test.want)
			assert.True(t, strings.HasPrefix(err.Error(), "f:"), err)
		})
	}
}

func TestReadErrorsOfKeyedModels(t *testing.T) {
	tests := []struct{ model, op, result, want string }{
		{"kv", `{"kind":"get"}`, "", `kv op: expected "key", a string, found none`},
		{"kv", `{"kind":"get","key":""}`, "", `kv op: expected a key that is not empty, found ""`},
		{"kv", `{"kind":"del","key":"x"}`, "", `kv op: expected the kind "get", "put" or "cas", found "del"`},
		{"kv", `{"kind":"get","key":"x","value":"1"}`, "", `kv op: unknown field "value"`},
		{"register", `{"kind":"put","key":"x","value":"1"}`, "", `register op: unknown field "key"`},
		{"register", `{"kind":"cas","value":"1"}`, "", `register op: expected "expected", a string, found none`},
		{"register", `{"kind":"get"}`, `{"value":1}`, `register result of operation 0 on line 2: "value": expected a string, found 1`},
		{"register", `{"kind":"put","value":"1"}`, `{"value":"1"}`, `register result of operation 0 on line 2: unknown field "value"`},
		{"register", `{"kind":"cas","expected":"","value":"1"}`, `{}`, `expected "swapped", a boolean, found none`},
	}
	for _, test := range tests {
		var b bytes.Buffer
		w, err := NewWriter(&b, Header{Model: test.model})
		require.NoError(t, err)
		require.NoError(t, w.Write(Event{Kind: Invoke, Client: "c", Op: json.RawMessage(test.op)}))
		if test.result != "" {
			require.NoError(t, w.Write(Event{Kind: Return, Result: json.RawMessage(test.result)}))
		}
		_, err = Read(&b, "f", Models()...)
		require.Error(t, err)
		assert.Contains(t, err.Error(), test.want)
	}
}

type failingWriter struct{ left int }

func (w *failingWriter) Write(b []byte) (int, error) {
	if w.left--; w.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(b), nil
}

// A Writer refuses what a Reader would, and stops for good when its file does.
func TestWriterErrors(t *testing.T) {
	_, err := NewWriter(io.Discard, Header{})
	assert.EqualError(t, err, "history header: expected the name of a model, found none")

	w, err := NewWriter(io.Discard, Header{Model: "kv"})
	require.NoError(t, err)
	op := json.RawMessage(`{"kind":"get","key":"x"}`)
	for _, bad := range []Event{
		{Kind: "info"},
		{Kind: Return, ID: 1, Result: op},
		{Kind: Invoke, ID: 1, Op: op},
		{Kind: Invoke, ID: 1, Client: "c1"},
		{Kind: Invoke, ID: 1, Client: "c1", Op: json.RawMessage(`{`)},
		{Kind: Invoke, ID: 1, Client: "c1", Op: op, Time: -1},
		{Kind: Fault, Text: strings.Repeat("x", LineMax)},
	} {
		assert.Error(t, w.Write(bad), "%v", bad.Kind)
	}
	assert.NoError(t, w.Write(Event{Kind: Invoke, ID: 1, Client: "c1", Op: op}))

	w, err = NewWriter(&failingWriter{left: 1}, Header{Model: "kv"})
	require.NoError(t, err)
	for range 2 {
		assert.EqualError(t, w.Write(Event{Kind: Fault, Text: "x"}), "write history: disk full")
	}
}

// Many clients record at once; what is streamed reads back as what is in
// memory, no two events share a time, and the order of the calls is kept.
func TestRecorder(t *testing.T) {
	var b bytes.Buffer
	h := Header{Model: "register", Seed: 42}
	w, err := NewWriter(&b, h)
	require.NoError(t, err)
	r := NewRecorder(h, w)
	var wg sync.WaitGroup
	for c := range 8 {
		wg.Go(func() {
			for i := range 50 {
				id := r.Invoke(fmt.Sprintf("c%d", c), map[string]string{"kind": "get"}, 100)
				switch i % 4 {
				case 0:
					r.Unknown(id, "timeout", 100)
				case 1:
					r.Fail(id, "refused", 100)
				default:
					r.Return(id, map[string]string{"value": ""}, 90)
				}
			}
			r.Fault("n1", "pause n1", 100)
		})
	}
	wg.Wait()
	require.NoError(t, r.Err())
	memory, err := r.History(Register())
	require.NoError(t, err)
	seen := map[int64]bool{}
	for _, o := range memory.Operations {
		assert.False(t, seen[o.Invoked] || seen[o.Ended] || o.Ended <= o.Invoked)
		seen[o.Invoked], seen[o.Ended] = true, true
	}
	file, err := Read(&b, "f", Models()...)
	require.NoError(t, err)
	for i := range file.Operations {
		require.NotZero(t, file.Operations[i].Line)
		file.Operations[i].Line = 0
	}
	assert.Equal(t, memory, file)
	assert.Len(t, file.Operations, 400)
	assert.Len(t, file.Faults, 8)
	assert.Equal(t, VerdictOK, Check(t.Context(), Register(), file, Options{}).Verdict)

	_, err = r.History(KV())
	assert.EqualError(t, err, `recorded history: unknown model "register", expected one of: kv`)
}

// A misuse is kept and ends the recording: a history with a hole is no history.
func TestRecorderErrors(t *testing.T) {
	for name, misuse := range map[string]func(r *Recorder, id uint64){
		"return of operation 9": func(r *Recorder, _ uint64) { r.Return(9, nil, 1) },
		"has ended":             func(r *Recorder, id uint64) { r.Fail(id, "", 1); r.Unknown(id, "", 2) },
		"while its operation":   func(r *Recorder, _ uint64) { r.Invoke("c1", 1, 1) },
		"op of client":          func(r *Recorder, _ uint64) { r.Invoke("c2", func() {}, 1) },
		"result of operation":   func(r *Recorder, id uint64) { r.Return(id, func() {}, 1) },
	} {
		r := NewRecorder(Header{Model: "register"}, nil)
		misuse(r, r.Invoke("c1", map[string]string{"kind": "get"}, 0))
		require.Error(t, r.Err(), name)
		assert.Contains(t, r.Err().Error(), name)
		_, err := r.History(Register())
		assert.Equal(t, r.Err(), err)
	}
	w, err := NewWriter(&failingWriter{left: 1}, Header{Model: "register"})
	require.NoError(t, err)
	r := NewRecorder(Header{Model: "register"}, w)
	r.Fault("", "x", 0)
	assert.EqualError(t, r.Err(), "record history: write history: disk full")
}

// What is read must be written again and read as the same; nothing else may
// be read; and no input may make the check panic or claim ok of nothing.
func FuzzRead(f *testing.F) {
	f.Add([]byte(header + `{"type":"invoke","id":1,"client":"c1","time":10,"op":{"read":["x"],"compare":{"y":"1"},"write":{"x":""}}}
{"type":"return","id":1,"time":20,"result":{"outcome":"committed","reads":{"x":""}}}
{"type":"fault","time":12,"node":"p1","text":"crash p1"}
`))
	f.Add([]byte(`{"lockstep":"history","version":1,"model":"kv","seed":18446744073709551615}
{"type":"invoke","id":1,"client":"c1","time":0,"op":{"kind":"cas","key":"x","expected":"","value":"1"}}
{"type":"invoke","id":2,"client":"c2","time":0,"op":{"kind":"get","key":"x"}}
{"type":"return","id":2,"time":0,"result":{"value":"1"}}
{"type":"unknown","id":1,"time":1}
`))
	f.Add([]byte(`{"lockstep":"history","version":1,"model":"register"}` + "\n" + `{"type":"fail","id":1`))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := Read(bytes.NewReader(data), "f", Models()...)
		if err != nil {
			require.True(t, strings.HasPrefix(err.Error(), "f:"), "%v", err)
			return
		}
		if len(h.Operations) < 12 {
			r := Check(t.Context(), modelNamed(t, h.Header.Model), h, Options{MemoryMax: 1 << 20})
			if r.Returned == 0 {
				require.Equal(t, VerdictUnknown, r.Verdict)
			}
		}
		again := rewrite(t, data)
		h2, err := Read(bytes.NewReader(again), "f", Models()...)
		require.NoError(t, err)
		require.Equal(t, h, h2)
		require.Equal(t, again, rewrite(t, again))
	})
}

func rewrite(t *testing.T, data []byte) []byte {
	r, err := NewReader(bytes.NewReader(data), "f")
	require.NoError(t, err)
	var b bytes.Buffer
	w, err := NewWriter(&b, r.Header())
	require.NoError(t, err)
	for {
		e, err := r.Next()
		if err == io.EOF {
			return b.Bytes()
		}
		require.NoError(t, err)
		require.NoError(t, w.Write(e))
	}
}
