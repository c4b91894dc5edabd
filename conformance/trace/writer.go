package trace

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Writer writes a trace. Each event is one call of the underlying writer's
// Write, so that what a process had written is there when it is killed. It is
// not safe for concurrent use.
type Writer struct {
	w      io.Writer
	header Header
	order  order
	bytes  int64
	n      int
	err    error
}

// NewWriter writes the header and returns a writer of events.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	h.Lockstep, h.Version = "trace", Version
	t := &Writer{w: w, header: h, order: newOrder()}
	if h.Spec == "" {
		return nil, errors.New("a trace names its specification, found none")
	}
	return t, t.line(h)
}

// Append opens the trace of one node for further events: a new file, or one
// that an earlier incarnation of the node wrote, perhaps up to the middle of a
// line, which is cut. The header of a file that exists must be the same but
// for the seed; a file that is no trace is left as it is. f is open for reading
// and writing, at its start.
func Append(f *os.File, h Header) (*Writer, error) {
	h.Lockstep, h.Version = "trace", Version
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	whole := b[:bytes.LastIndexByte(b, '\n')+1]
	if len(whole) == 0 {
		if n := min(len(b), len(magic)); string(b[:n]) != magic[:n] {
			return nil, fmt.Errorf("%s:1: expected a trace or an empty file, found something else; name another file", f.Name())
		}
		if err := restart(f, 0); err != nil {
			return nil, err
		}
		return NewWriter(f, h)
	}
	r, err := NewReader(bytes.NewReader(whole), f.Name())
	if err != nil {
		return nil, err
	}
	if old := r.Header(); old.Spec != h.Spec || old.Node != h.Node {
		return nil, fmt.Errorf("%s: expected a trace of %s by node %s, found one of %s by node %s; name another file",
			f.Name(), h.Spec, h.Node, old.Spec, old.Node)
	} else if what := differs(old, h); what != "" || old.Sliced != h.Sliced {
		return nil, fmt.Errorf("%s:1: expected a trace of the same run, found other %s; name another file", f.Name(), cmp.Or(what, "slicing"))
	}
	t := &Writer{w: f, header: h, order: newOrder()}
	for {
		e, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		t.order.took(e)
	}
	return t, restart(f, int64(len(whole)))
}

// magic is how the header begins that NewWriter writes.
const magic = `{"lockstep":"trace",`

func restart(f *os.File, size int64) error {
	if err := f.Truncate(size); err != nil {
		return err
	}
	_, err := f.Seek(size, io.SeekStart)
	return err
}

// Write appends an event and numbers it: e.Seq is ignored. An event that a
// reader would refuse is refused, and leaves nothing. The first error of the
// underlying writer is returned by every later call.
func (t *Writer) Write(e Event) error {
	e.Seq = t.order.seq[e.Node] + 1
	for _, err := range []error{e.check(), t.header.check(e), t.order.check(e)} {
		if err != nil {
			return err
		}
	}
	if err := t.line(e); err != nil {
		return err
	}
	t.order.took(e)
	t.n++
	return nil
}

// Size returns the number of events and of bytes written, the header included.
func (t *Writer) Size() (events int, size int64) { return t.n, t.bytes }

func (t *Writer) line(v any) error {
	if t.err != nil {
		return t.err
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if len(b) >= maxLine {
		return fmt.Errorf("a line of a trace is at most %d bytes, found %d", maxLine, len(b)+1)
	}
	n, err := t.w.Write(append(b, '\n'))
	t.bytes += int64(n)
	t.err = err
	return err
}
