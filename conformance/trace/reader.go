package trace

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"sort"
)

// maxLine bounds the length of a line, in bytes, its newline included.
const maxLine = 16 << 20

// Reader reads a trace. Its errors name the file and the line.
type Reader struct {
	name   string
	r      *bufio.Reader
	long   []byte // a line that is longer than the buffer of r
	line   int
	header Header
	order  order
}

// NewReader reads the header. name is the file's name, for errors.
func NewReader(r io.Reader, name string) (*Reader, error) {
	t := &Reader{name: name, r: bufio.NewReaderSize(r, 1<<16), order: newOrder()}
	b, err := t.next()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:1: expected the header of a trace, found an empty file", name)
	}
	if err != nil {
		return nil, err
	}
	if err := t.header.UnmarshalJSON(b); err != nil || t.header.Lockstep != "trace" {
		if err == nil {
			err = fmt.Errorf(`found "lockstep": %q`, t.header.Lockstep)
		}
		return nil, t.errorf(`expected the header of a trace, {"lockstep": "trace", "version": %d, "spec": ...}: %v`, Version, err)
	}
	if t.header.Version != Version {
		return nil, t.errorf("expected version %d of the trace format, found %d", Version, t.header.Version)
	}
	if t.header.Spec == "" {
		return nil, t.errorf(`expected the name of a specification as "spec", found none`)
	}
	return t, nil
}

// Header returns the first line.
func (t *Reader) Header() Header { return t.header }

// Read returns the next event, or io.EOF. Events of a node must be numbered
// without a gap, and its own entry of the vector clock must not fall.
func (t *Reader) Read() (Event, error) {
	b, err := t.next()
	if err != nil {
		return Event{}, err
	}
	var e Event
	if err := e.UnmarshalJSON(b); err != nil {
		return Event{}, t.errorf("expected an event: %v", err)
	}
	for _, err := range []error{e.check(), t.header.check(e), t.order.check(e)} {
		if err != nil {
			return Event{}, t.errorf("%v", err)
		}
	}
	t.order.took(e)
	return e, nil
}

// next returns the next line, without its newline. A last line that has none
// was torn as it was written.
func (t *Reader) next() ([]byte, error) {
	t.line++
	t.long = t.long[:0]
	for {
		b, err := t.r.ReadSlice('\n')
		if len(t.long)+len(b) > maxLine {
			return nil, t.errorf("expected a line of at most %d bytes, found a longer one", maxLine)
		}
		if err == nil && len(t.long) == 0 {
			return b[:len(b)-1], nil
		}
		t.long = append(t.long, b...)
		switch {
		case err == nil:
			return t.long[:len(t.long)-1], nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(t.long) == 0:
			return nil, io.EOF
		case errors.Is(err, io.EOF):
			return nil, t.errorf("expected a newline at the end of the line, found the end of the file: what wrote it was cut off; delete the line to use the rest")
		default:
			return nil, t.errorf("%v", err)
		}
	}
}

func (t *Reader) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", t.name, t.line, fmt.Sprintf(format, args...))
}

// ReadFiles reads whole traces and merges them into one.
func ReadFiles(names ...string) (Header, []Event, error) {
	if len(names) == 0 {
		return Header{}, nil, errors.New("expected at least one trace, found none")
	}
	var header Header
	var files [][]Event
	for i, name := range names {
		h, events, err := readFile(name)
		if err != nil {
			return Header{}, nil, err
		}
		if i == 0 {
			header = h
		} else if err := sameRun(names[0], header, name, h); err != nil {
			return Header{}, nil, err
		}
		files = append(files, events)
	}
	header.Node = ""
	events, err := Merge(files...)
	return header, events, err
}

// sameRun says why two files cannot be of one run.
func sameRun(first string, header Header, name string, h Header) error {
	if h.Spec != header.Spec || h.Sliced != header.Sliced {
		return fmt.Errorf("%s:1: expected a trace of %s like %s, found one of %s", name, header.Spec, first, h.Spec)
	}
	if what := differs(header, h); what != "" {
		return fmt.Errorf("%s:1: expected the same %s as in %s, found others: they are of different runs", name, what, first)
	}
	return nil
}

// differs names a field that is the same in all the files of one run and is
// not in these two.
func differs(a, b Header) string {
	if !reflect.DeepEqual(a.Nodes, b.Nodes) {
		return "nodes"
	}
	x, err1 := appendObject(nil, a.Constants, 0)
	y, err2 := appendObject(nil, b.Constants, 0)
	if err1 != nil || err2 != nil || !bytes.Equal(x, y) {
		return "constants"
	}
	return ""
}

func readFile(name string) (Header, []Event, error) {
	f, err := os.Open(name)
	if err != nil {
		return Header{}, nil, err
	}
	defer f.Close()
	r, err := NewReader(f, name)
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
			return Header{}, nil, err
		}
		events = append(events, e)
	}
}

// Merge puts the events of several nodes into one order: each node's events
// in their own, and every event after all that happened before it. Among
// those that could come next it takes the one of the first node by name, so
// that the order is always the same. Its cost is linear in the number of
// events, times at most the square of the number of nodes.
func Merge(files ...[]Event) ([]Event, error) {
	byNode := map[string][]Event{}
	var nodes []string
	total := 0
	for _, f := range files {
		for _, e := range f {
			if byNode[e.Node] == nil {
				nodes = append(nodes, e.Node)
			}
			if l := byNode[e.Node]; len(l) > 0 && e.Seq != l[len(l)-1].Seq+1 {
				return nil, fmt.Errorf("expected event %d of node %s, found event %d", l[len(l)-1].Seq+1, e.Node, e.Seq)
			}
			byNode[e.Node] = append(byNode[e.Node], e)
			total++
		}
	}
	sort.Strings(nodes)
	merged := make([]Event, 0, total)
	for len(merged) < total {
		found := false
		for _, n := range nodes {
			if l := byNode[n]; len(l) > 0 && ready(l[0], nodes, byNode) {
				merged, byNode[n], found = append(merged, l[0]), l[1:], true
				break
			}
		}
		if !found {
			return nil, fmt.Errorf("the vector clocks contradict each other after %d of %d events: each next event is said to happen after another", len(merged), total)
		}
	}
	return merged, nil
}

// ready says that no event is left that happened before e.
func ready(e Event, nodes []string, left map[string][]Event) bool {
	for _, m := range nodes {
		if l := left[m]; m != e.Node && len(l) > 0 && l[0].Clock[m] <= e.Clock[m] {
			return false
		}
	}
	return true
}
