package linearizability

import (
	"fmt"
	"io"
	"sync"
)

// Writer writes a history file line by line, each with one Write, so that a
// process that dies leaves whole lines. It may be used from many goroutines.
type Writer struct {
	mu    sync.Mutex
	w     io.Writer
	order *order
	err   error
}

// NewWriter writes the header to w.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	line, err := encodeHeader(h)
	if err != nil {
		return nil, err
	}
	wr := &Writer{w: w, order: newOrder()}
	return wr, wr.line(line)
}

// Write writes the event, unless a Reader would refuse it. After an error of
// the underlying writer every call returns that error, since the file may end
// within a line.
func (w *Writer) Write(e Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return w.err
	}
	e.Line = 0
	line, err := encodeEvent(e)
	if err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	if len(line) >= LineMax {
		return fmt.Errorf("write history: expected a line of less than %d bytes, found %d", LineMax, len(line))
	}
	if _, err := decodeEvent(line); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	if err := w.order.take(e); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	return w.line(line)
}

func (w *Writer) line(line []byte) error {
	if _, err := w.w.Write(append(line, '\n')); err != nil {
		w.err = fmt.Errorf("write history: %w", err)
	}
	return w.err
}
