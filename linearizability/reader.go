package linearizability

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// LineMax is the most bytes that a line of a history may have.
const LineMax = 1 << 20

// Reader reads a history file, one event at a time. Every error is
// `name:line: what was found and expected`, and is final.
type Reader struct {
	name    string
	scanner *bufio.Scanner
	line    int
	order   *order
	header  Header
	err     error
}

// NewReader reads the header from r. name is the file's, for errors.
func NewReader(r io.Reader, name string) (*Reader, error) {
	rd := &Reader{name: name, scanner: bufio.NewScanner(r), order: newOrder()}
	rd.scanner.Buffer(nil, LineMax)
	rd.scanner.Split(splitLine)
	line, err := rd.next()
	if err == io.EOF {
		rd.line = 1
		return nil, rd.fail(errors.New("expected the header of a history, found an empty file"))
	}
	if err != nil {
		return nil, err
	}
	if rd.header, err = decodeHeader(line); err != nil {
		return nil, rd.fail(err)
	}
	return rd, nil
}

// Header returns the first line.
func (r *Reader) Header() Header { return r.header }

// Next returns the next event, checked against all before it, and io.EOF after
// the last one.
func (r *Reader) Next() (Event, error) {
	if r.err != nil {
		return Event{}, r.err
	}
	line, err := r.next()
	if err != nil {
		return Event{}, err
	}
	e, err := decodeEvent(line)
	if err != nil {
		return Event{}, r.fail(err)
	}
	e.Line = r.line
	if err := r.order.take(e); err != nil {
		return Event{}, r.fail(err)
	}
	return e, nil
}

func (r *Reader) next() ([]byte, error) {
	if !r.scanner.Scan() {
		r.line++
		switch err := r.scanner.Err(); {
		case err == nil:
			r.err = io.EOF
			return nil, io.EOF
		case errors.Is(err, bufio.ErrTooLong):
			return nil, r.fail(fmt.Errorf("expected a line of at most %d bytes, found a longer one", LineMax))
		default:
			return nil, r.fail(err)
		}
	}
	r.line++
	line := r.scanner.Bytes()
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, r.fail(errors.New("expected an event, found an empty line"))
	}
	if !utf8.Valid(line) {
		return nil, r.fail(errors.New("expected UTF-8, found other bytes"))
	}
	return line, nil
}

func (r *Reader) fail(err error) error {
	r.err = fmt.Errorf("%s:%d: %w", r.name, r.line, err)
	return r.err
}

var errTruncated = errors.New("the last line is truncated: expected a newline at its end, found none")

// splitLine is bufio.ScanLines, but that a last line without its newline is an
// error: the writer died, or the copy did, within it.
func splitLine(data []byte, atEOF bool) (int, []byte, error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, errTruncated
	}
	return 0, nil, nil
}

// Read reads a whole history, whose model must be among those given. name is
// the file's, for errors.
func Read(r io.Reader, name string, models ...Model) (*History, error) {
	rd, err := NewReader(r, name)
	if err != nil {
		return nil, err
	}
	model, err := choose(rd.header.Model, models)
	if err != nil {
		return nil, rd.fail(err)
	}
	b := newBuilder(rd.header, model)
	for {
		e, err := rd.Next()
		if err == io.EOF {
			return b.history(), nil
		}
		if err != nil {
			return nil, err
		}
		if err := b.add(e); err != nil {
			return nil, rd.fail(err)
		}
	}
}

// ReadFile is Read for the file at path.
func ReadFile(path string, models ...Model) (*History, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, path, models...)
}

func choose(name string, models []Model) (Model, error) {
	var names []string
	for _, m := range models {
		if m.Name() == name {
			return m, nil
		}
		names = append(names, m.Name())
	}
	return nil, fmt.Errorf("unknown model %q, expected one of: %s", name, strings.Join(names, ", "))
}
