package trace

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	headerLine = `{"lockstep":"trace","version":1,"spec":"S","sliced":true}` + "\n"
	eventLine  = `{"node":"a","seq":1,"clock":{"a":1},"slice":"s","action":"A"}` + "\n"
)

// readAll reads a whole trace.
func readAll(text string) (Header, []Event, error) {
	r, err := NewReader(strings.NewReader(text), "f")
	if err != nil {
		return Header{}, nil, err
	}
	var events []Event
	for {
		e, err := r.Read()
		if errors.Is(err, io.EOF) {
			return r.Header(), events, nil
		}
		if err != nil {
			return r.Header(), events, err
		}
		events = append(events, e)
	}
}

func TestTraceRoundTrip(t *testing.T) {
	h := Header{Spec: "S", Constants: map[string]any{"P": Set{"a", "b"}}, Nodes: []string{"a", "b"}, Seed: 7, Sliced: true}
	events := []Event{
		{Node: "a", Clock: map[string]uint64{"a": 1}, Slice: "1", Action: "Begin", Args: []any{"a", int64(1)},
			Constants: map[string]any{"Q": Tuple{int64(1)}}, Local: map[string]any{"up": true},
			Vars: map[string]any{"f": Func{{"x", []any{}}}}, Sent: []string{"m1", "m2"}},
		{Node: "b", Clock: map[string]uint64{"a": 1, "b": 4}, Action: "Recover", Recv: "m1",
			Slices: map[string]Change{"1": {Local: map[string]any{"up": true}}, "2": {}}},
		{Node: "a", Clock: map[string]uint64{"a": 1}, Slice: "1", Action: "End"},
	}
	var b bytes.Buffer
	w, err := NewWriter(&b, h)
	require.NoError(t, err)
	for i := range events {
		require.NoError(t, w.Write(events[i]))
		events[i].Seq = []uint64{1, 1, 2}[i]
	}
	n, size := w.Size()
	require.Equal(t, 3, n)
	require.Equal(t, int64(b.Len()), size)
	got, read, err := readAll(b.String())
	require.NoError(t, err)
	h.Lockstep, h.Version = "trace", Version
	require.Equal(t, h, got)
	require.Equal(t, events, read)
}

func TestReaderRefuses(t *testing.T) {
	const header = `f:1: expected the header of a trace, {"lockstep": "trace", "version": 1, "spec": ...}: `
	second := func(line string) string { return headerLine + eventLine + line + "\n" }
	for _, x := range []struct{ name, text, want string }{
		{"nothing", "", "f:1: expected the header of a trace, found an empty file"},
		{"no newline", strings.TrimSpace(headerLine), "f:1: expected a newline at the end of the line, found the end of the file: what wrote it was cut off; delete the line to use the rest"},
		{"no JSON", "hello\n", header + "invalid character 'h' looking for beginning of value"},
		{"null", "null\n", header + `found "lockstep": ""`},
		{"an event first", eventLine, header + `json: unknown field "seq"`},
		{"a history", `{"lockstep":"history","version":1}` + "\n", header + `found "lockstep": "history"`},
		{"another version", `{"lockstep":"trace","version":2,"spec":"S"}` + "\n", "f:1: expected version 1 of the trace format, found 2"},
		{"no spec", `{"lockstep":"trace","version":1}` + "\n", `f:1: expected the name of a specification as "spec", found none`},
		{"a constant that is none", `{"lockstep":"trace","version":1,"spec":"S","constants":{"N":1.5}}` + "\n", header + `expected an integer, found 1.5 (a large one is written {"#bigint": "..."})`},
		{"a name twice", `{"lockstep":"trace","version":1,"spec":"S","spec":"T"}` + "\n", header + `expected each name of an object once, found "spec" again`},
		{"a name in another case", `{"lockstep":"trace","version":1,"Spec":"S"}` + "\n", header + `expected the names of fields in lower case, found "Spec"`},

		{"torn", headerLine + eventLine + eventLine[:30], "f:3: expected a newline at the end of the line, found the end of the file: what wrote it was cut off; delete the line to use the rest"},
		{"torn at its newline", headerLine + strings.TrimSpace(eventLine), "f:2: expected a newline at the end of the line, found the end of the file: what wrote it was cut off; delete the line to use the rest"},
		{"an empty line", second(""), "f:3: expected an event: expected a JSON object, found an empty line"},
		{"two events on a line", second(strings.TrimSpace(eventLine) + eventLine), "f:3: expected an event: expected one JSON object on the line, found more behind it"},
		{"an unknown field", second(`{"node":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A","at":3}`), `f:3: expected an event: json: unknown field "at"`},
		{"a name twice", second(`{"node":"a","node":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A"}`), `f:3: expected an event: expected each name of an object once, found "node" again`},
		{"a name twice, escaped", second(`{"node":"a","\u006eode":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A"}`), `f:3: expected an event: expected each name of an object once, found "node" again`},
		{"a variable twice", second(`{"node":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A","vars":{"x":1,"y":{"}":[]},"x":2}}`), `f:3: expected an event: expected each name of an object once, found "x" again`},
		{"a name in another case", second(`{"NODE":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A"}`), `f:3: expected an event: expected the names of fields in lower case, found "NODE"`},
		{"no UTF-8", second("{\"node\":\"a\xff\"}"), "f:3: expected an event: expected UTF-8, found other bytes"},
		{"null", second(`null`), `f:3: expected an event with a "node", found none`},
		{"no node", second(`{"seq":2,"clock":{"a":1},"action":"A"}`), `f:3: expected an event with a "node", found none`},
		{"no action", second(`{"node":"a","seq":2,"clock":{"a":1}}`), `f:3: expected an event with an "action", found none`},
		{"no number", second(`{"node":"a","clock":{"a":1},"action":"A"}`), `f:3: expected an event with a "seq" from 1, found 0`},
		{"a negative number", second(`{"node":"a","seq":-1,"clock":{"a":1},"action":"A"}`), "f:3: expected an event: json: cannot unmarshal number -1 into Go struct field eventJSON.seq of type uint64"},
		{"no clock", second(`{"node":"a","seq":2,"slice":"s","action":"A"}`), `f:3: expected a "clock" that counts the steps of node a from 1, found map[]`},
		{"a clock of others", second(`{"node":"a","seq":2,"clock":{"b":1},"slice":"s","action":"A"}`), `f:3: expected a "clock" that counts the steps of node a from 1, found map[b:1]`},
		{"a value that is none", second(`{"node":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A","args":[null]}`), "f:3: expected an event: expected a value, found null"},
		{"vars that are no object", second(`{"node":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A","vars":{"#set":[]}}`), `f:3: expected an event: expected an object of values, found {"#set":[]}`},
		{"slices in a slice", second(`{"node":"a","seq":2,"clock":{"a":1},"slice":"s","action":"A","slices":{"s":{}}}`), `f:3: expected "slices" only on an event of every slice, found it on one of slice "s"`},
		{"changes of every slice", second(`{"node":"a","seq":2,"clock":{"a":1},"action":"A","local":{"x":1}}`), `f:3: expected what an event of every slice changed under "slices", found "local", "vars" or "constants"`},
		{"a lost event", second(`{"node":"a","seq":3,"clock":{"a":3},"slice":"s","action":"A"}`), "f:3: expected event 2 of node a, found event 3: the trace has lost or swapped events"},
		{"the first event lost", second(`{"node":"b","seq":2,"clock":{"b":2},"slice":"s","action":"A"}`), "f:3: expected event 1 of node b, found event 2: the trace has lost or swapped events"},
		{"an event twice", second(strings.TrimSpace(eventLine)), "f:3: expected event 2 of node a, found event 1: the trace has lost or swapped events"},
		{"a clock that falls", headerLine + strings.Replace(eventLine, `{"a":1}`, `{"a":5}`, 1) + `{"node":"a","seq":2,"clock":{"a":4},"slice":"s","action":"A"}` + "\n", "f:3: expected the clock of node a to be at least 5, found 4"},
		{"another node", `{"lockstep":"trace","version":1,"spec":"S","node":"b","sliced":true}` + "\n" + eventLine, "f:2: expected an event of node b, as the header says, found one of a"},
		{"a slice in a trace without", `{"lockstep":"trace","version":1,"spec":"S"}` + "\n" + eventLine, `f:2: expected no "slice", since the header does not say "sliced", found "s"`},
		{"slices in a trace without", `{"lockstep":"trace","version":1,"spec":"S"}` + "\n" + `{"node":"a","seq":1,"clock":{"a":1},"action":"A","slices":{"s":{}}}` + "\n", `f:2: expected no "slices", since the header does not say "sliced"`},
	} {
		_, _, err := readAll(x.text)
		assert.EqualError(t, err, x.want, x.name)
	}
	_, events, err := readAll(headerLine + eventLine)
	require.NoError(t, err, "the control")
	require.Len(t, events, 1)
}

// endless is a line that never ends.
type endless struct{ read int }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	e.read += len(b)
	return len(b), nil
}

func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	var b bytes.Buffer
	w, err := NewWriter(&b, Header{Spec: "S"})
	require.NoError(t, err)
	e := Event{Node: "a", Clock: map[string]uint64{"a": 1}, Action: "A", Args: []any{long}}
	require.NoError(t, w.Write(e))
	_, events, err := readAll(b.String())
	require.NoError(t, err, "longer than any buffer")
	require.Equal(t, long, events[0].Args[0])

	var in endless
	_, err = NewReader(&in, "f")
	require.EqualError(t, err, "f:1: expected a line of at most 16777216 bytes, found a longer one")
	require.Less(t, in.read, maxLine+1<<17, "it stops reading")

	before := b.Len()
	e.Args = []any{strings.Repeat("x", maxLine)}
	require.ErrorContains(t, w.Write(e), "a line of a trace is at most 16777216 bytes, found 167772")
	require.Equal(t, before, b.Len(), "nothing is written")
	e.Args = nil
	require.NoError(t, w.Write(e), "and the next one is event 2")
	_, events, err = readAll(b.String())
	require.NoError(t, err)
	require.Equal(t, uint64(2), events[1].Seq)
}

// The writer refuses what the reader would.
func TestWriterRefuses(t *testing.T) {
	_, err := NewWriter(io.Discard, Header{})
	require.EqualError(t, err, "a trace names its specification, found none")
	var b bytes.Buffer
	w, err := NewWriter(&b, Header{Spec: "S", Node: "a"})
	require.NoError(t, err)
	at := func(k uint64) map[string]uint64 { return map[string]uint64{"a": k} }
	require.NoError(t, w.Write(Event{Node: "a", Clock: at(3), Action: "A"}))
	before := b.String()
	for _, x := range []struct {
		e    Event
		want string
	}{
		{Event{Clock: at(4), Action: "A"}, `expected an event with a "node", found none`},
		{Event{Node: "b", Clock: map[string]uint64{"b": 1}, Action: "A"}, "expected an event of node a, as the header says, found one of b"},
		{Event{Node: "a", Clock: at(2), Action: "A"}, "expected the clock of node a to be at least 3, found 2"},
		{Event{Node: "a", Clock: at(4), Action: "A", Slice: "s"}, `expected no "slice", since the header does not say "sliced", found "s"`},
		{Event{Node: "a", Clock: at(4), Action: "A", Args: []any{"\xff"}}, `json: error calling MarshalJSON for type trace.Event: json: error calling MarshalJSON for type trace.sequence: expected a string in UTF-8, found "\xff"`},
	} {
		require.EqualError(t, w.Write(x.e), x.want)
	}
	require.Equal(t, before, b.String())

	full := &fullDisk{room: 60}
	w, err = NewWriter(full, Header{Spec: "S"})
	require.NoError(t, err)
	err = w.Write(Event{Node: "a", Clock: at(1), Action: "A"})
	require.ErrorIs(t, err, errFull)
	full.room = 1 << 20
	require.ErrorIs(t, w.Write(Event{Node: "a", Clock: at(1), Action: "A"}), errFull, "the first error stays")
}

var errFull = errors.New("no space left")

type fullDisk struct{ room int }

func (d *fullDisk) Write(b []byte) (int, error) {
	n := min(len(b), d.room)
	d.room -= n
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

func TestAppend(t *testing.T) {
	h := Header{Spec: "S", Node: "a", Nodes: []string{"a", "b"}, Constants: map[string]any{"C": "c"}, Seed: 1}
	name := filepath.Join(t.TempDir(), "a.trace.ndjson")
	add := func(h Header, k uint64) error {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		require.NoError(t, err)
		defer f.Close()
		w, err := Append(f, h)
		if err != nil {
			return err
		}
		return w.Write(Event{Node: "a", Clock: map[string]uint64{"a": k}, Action: "A"})
	}
	content := func() string {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		return string(b)
	}
	require.NoError(t, add(h, 1))
	h.Seed = 2
	require.NoError(t, add(h, 2), "after a whole line, by another incarnation")
	whole := content()

	for _, torn := range []string{"{", `{"node":"a","seq":3,"clock":{"a":3},"action":"A"}`} {
		require.NoError(t, os.WriteFile(name, []byte(whole+torn), 0o644))
		require.NoError(t, add(h, 3), "after a torn line")
		_, events, err := ReadFiles(name)
		require.NoError(t, err)
		require.Len(t, events, 3)
		require.Equal(t, uint64(3), events[2].Seq)
	}
	whole = content()
	require.EqualError(t, add(h, 1), "expected the clock of node a to be at least 3, found 1", "the clock goes on too")

	// Foreign or damaged files are refused, and left as they are.
	other := func(change func(*Header)) Header {
		o := h
		change(&o)
		return o
	}
	for _, x := range []struct {
		h    Header
		want string
	}{
		{other(func(h *Header) { h.Spec = "T" }), ": expected a trace of T by node a, found one of S by node a; name another file"},
		{other(func(h *Header) { h.Node = "b" }), ": expected a trace of S by node b, found one of S by node a; name another file"},
		{other(func(h *Header) { h.Nodes = nil }), ":1: expected a trace of the same run, found other nodes; name another file"},
		{other(func(h *Header) { h.Constants = nil }), ":1: expected a trace of the same run, found other constants; name another file"},
		{other(func(h *Header) { h.Sliced = true }), ":1: expected a trace of the same run, found other slicing; name another file"},
	} {
		require.EqualError(t, add(x.h, 9), name+x.want)
	}
	require.Equal(t, whole, content())
	for text, want := range map[string]string{
		"my notes":           ":1: expected a trace or an empty file, found something else; name another file",
		"my\nnotes\n":        `:1: expected the header of a trace, {"lockstep": "trace", "version": 1, "spec": ...}: invalid character 'm' looking for beginning of value`,
		whole + "garbage\n":  ":5: expected an event: invalid character 'g' looking for beginning of value",
		whole + "\n" + whole: ":5: expected an event: expected a JSON object, found an empty line",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		require.EqualError(t, add(h, 9), name+want)
		require.Equal(t, text, content())
	}
	// A header that was torn as it was written begins anew.
	for i := range strings.IndexByte(whole, '\n') {
		require.NoError(t, os.WriteFile(name, []byte(whole[:i]), 0o644))
		require.NoError(t, add(h, 1))
		_, events, err := ReadFiles(name)
		require.NoError(t, err)
		require.Len(t, events, 1)
	}
}

func TestReadFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		return name
	}
	a := file("a", `{"lockstep":"trace","version":1,"spec":"S","node":"a","constants":{"C":{"#set":["x","y"]}}}
{"node":"a","seq":1,"clock":{"a":1,"b":1},"action":"A"}
`)
	b := file("b", `{"lockstep":"trace","version":1,"spec":"S","node":"b","constants":{"C":{"#set":["y","x"]}},"seed":3}
{"node":"b","seq":1,"clock":{"b":1},"action":"B"}
`)
	h, events, err := ReadFiles(a, b)
	require.NoError(t, err)
	require.Equal(t, "", h.Node)
	require.Equal(t, []string{"b #1 B()", "a #1 A()"}, []string{events[0].String(), events[1].String()})

	_, _, err = ReadFiles()
	require.EqualError(t, err, "expected at least one trace, found none")
	_, _, err = ReadFiles(filepath.Join(dir, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, _, err = ReadFiles(a, b, a)
	require.EqualError(t, err, "expected event 2 of node a, found event 1")
	c := file("c", `{"lockstep":"trace","version":1,"spec":"T"}`+"\n")
	_, _, err = ReadFiles(a, c)
	require.EqualError(t, err, c+":1: expected a trace of S like "+a+", found one of T")
	c = file("c", `{"lockstep":"trace","version":1,"spec":"S","constants":{"C":{"#set":["x"]}}}`+"\n")
	_, _, err = ReadFiles(a, c)
	require.EqualError(t, err, c+":1: expected the same constants as in "+a+", found others: they are of different runs")
}

// FuzzReader: whatever the file holds, reading it ends, with events that a
// writer writes again and that read the same.
func FuzzReader(f *testing.F) {
	f.Add([]byte(headerLine + eventLine))
	f.Add([]byte(`{"lockstep":"trace","version":1,"spec":"S","constants":{"N":{"#bigint":"99999999999999999999"}}}
{"node":"a","seq":1,"clock":{"a":1},"action":"A","args":[{"#set":[1,2]},{"#map":[["a",{"#tup":[]}]]}],"vars":{"x":{"y":1}},"recv":"1","sent":["2"]}
`))
	f.Add([]byte(headerLine + `{"node":"a","seq":1,"clock":{"a":1},"action":"R","slices":{"s":{"local":{"x":1}}}}` + "\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, events, err := readAll(string(b))
		if err != nil {
			require.True(t, strings.HasPrefix(err.Error(), "f:"), err)
			return
		}
		var out bytes.Buffer
		w, err := NewWriter(&out, h)
		require.NoError(t, err)
		for _, e := range events {
			require.NoError(t, w.Write(e))
		}
		_, again, err := readAll(out.String())
		require.NoError(t, err)
		require.Len(t, again, len(events))
		_, _ = Slices(h, events)
	})
}
