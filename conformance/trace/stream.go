package trace

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Stream reads the files of a run as one trace without holding more of it than
// it needs. Each event comes after all that happened before it, as from [Merge].
//
// Where each file holds the events of one node it holds one event of each file.
// A single file of several nodes is to be in such an order already, as that of
// a simulation is: if it is not, Read returns [ErrOrder]. Of several files of
// several nodes it reads ahead as far as it must. The events of a node are to be
// in one file.
type Stream struct {
	header Header
	files  []*source
	nodes  []string // that have been seen, sorted
	home   map[string]*source
	read   int
	known  map[string]uint64 // of a single file: the latest step of each node that an event knows of
}

// ErrOrder says that an event of a single file happened before one that stands
// above it. [ReadFiles] puts such a file in order.
var ErrOrder = errors.New("an event happened before one that stands above it")

// source is one file.
type source struct {
	name   string
	f      *os.File
	r      *Reader
	queues map[string][]Event // of each node, what has been read and not handed out
	held   int                // events in them
	done   bool
}

// Open opens the files of a run. They must be traces of one specification and
// one run.
func Open(names ...string) (*Stream, error) {
	if len(names) == 0 {
		return nil, errors.New("expected at least one trace, found none")
	}
	s := &Stream{home: map[string]*source{}}
	for i, name := range names {
		f, err := os.Open(name)
		if err != nil {
			_ = s.Close()
			return nil, err
		}
		src := &source{name: name, f: f, queues: map[string][]Event{}}
		s.files = append(s.files, src)
		if src.r, err = NewReader(f, name); err == nil && i > 0 {
			err = sameRun(names[0], s.header, name, src.r.Header())
		}
		if err != nil {
			_ = s.Close()
			return nil, err
		}
		if i == 0 {
			s.header = src.r.Header()
		}
	}
	if len(s.files) > 1 {
		s.header.Node = ""
	} else {
		s.known = map[string]uint64{}
	}
	return s, nil
}

// Header is that of the run.
func (s *Stream) Header() Header { return s.header }

// Close closes the files.
func (s *Stream) Close() error {
	var err error
	for _, f := range s.files {
		err = errors.Join(err, f.f.Close())
	}
	return err
}

// Read returns the next event, or io.EOF after the last.
func (s *Stream) Read() (Event, error) {
	if s.known != nil {
		return s.next()
	}
	for _, f := range s.files {
		if f.held == 0 && !f.done {
			if err := s.more(f); err != nil {
				return Event{}, err
			}
		}
	}
	left := 0
	for {
		var wait *source
		left = 0
		for _, n := range s.nodes {
			f := s.home[n]
			q := f.queues[n]
			if len(q) == 0 {
				continue
			}
			left++
			ok, blocked := s.ready(q[0])
			if ok {
				f.queues[n] = q[1:]
				f.held--
				s.read++
				return q[0], nil
			}
			if wait == nil {
				wait = blocked
			}
		}
		if left == 0 {
			return Event{}, io.EOF
		}
		if wait == nil {
			return Event{}, fmt.Errorf("the vector clocks contradict each other after %d events: each next event is said to happen after another", s.read)
		}
		if err := s.more(wait); err != nil {
			return Event{}, err
		}
	}
}

// next returns the next event of a single file.
func (s *Stream) next() (Event, error) {
	f := s.files[0]
	e, err := f.r.Read()
	if err != nil {
		return Event{}, err
	}
	if k := s.known[e.Node]; e.Clock[e.Node] <= k {
		return Event{}, fmt.Errorf("%s:%d: %w: %s, whose clock is %v", f.name, f.r.line, ErrOrder, e, e.Clock)
	}
	for n, k := range e.Clock {
		if n != e.Node {
			s.known[n] = max(s.known[n], k)
		}
	}
	return e, nil
}

// ready says that no event is left that happened before e. If that cannot be
// told yet, blocked is a file that is to be read on.
func (s *Stream) ready(e Event) (ok bool, blocked *source) {
	for _, m := range s.nodes {
		if m == e.Node || e.Clock[m] == 0 {
			continue
		}
		f := s.home[m]
		if q := f.queues[m]; len(q) > 0 {
			if q[0].Clock[m] <= e.Clock[m] {
				return false, nil
			}
		} else if !f.done {
			return false, f
		}
	}
	// A node of which nothing has been seen may be in any file that holds
	// several.
	for m := range e.Clock {
		if m == e.Node || s.home[m] != nil {
			continue
		}
		for _, f := range s.files {
			if !f.done && f.r.Header().Node == "" {
				return false, f
			}
		}
	}
	return true, nil
}

// more reads one event of a file.
func (s *Stream) more(f *source) error {
	e, err := f.r.Read()
	if errors.Is(err, io.EOF) {
		f.done = true
		return nil
	}
	if err != nil {
		return err
	}
	if s.home[e.Node] == nil {
		s.home[e.Node] = f
		i := 0
		for i < len(s.nodes) && s.nodes[i] < e.Node {
			i++
		}
		s.nodes = append(s.nodes[:i], append([]string{e.Node}, s.nodes[i:]...)...)
	} else if h := s.home[e.Node]; h != f {
		return fmt.Errorf("%s: expected no event of node %s, since %s has some, found %s", f.name, e.Node, h.name, e)
	}
	f.queues[e.Node] = append(f.queues[e.Node], e)
	f.held++
	return nil
}
