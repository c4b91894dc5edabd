package fault

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// Schedule says what happened in a run: applied to a new world of the same
// protocol and options, its choices reproduce the run.
type Schedule struct {
	Header
	Events []Event
}

// Header says what a schedule is a schedule of.
type Header struct {
	// Protocol is the protocol's name in the catalogue, and Options what it
	// takes to configure it.
	Protocol string
	Options  []Option

	// Seed and Plan are where the schedule came from; they do not matter to
	// its replay. Plan may be empty.
	Seed uint64
	Plan string
}

// Option is one setting of a protocol. Name has the form that
// world.CheckName wants, and Value is one line without spaces at its ends.
type Option struct{ Name, Value string }

// Event is a choice, and the world's time at which it was applied.
type Event struct {
	At     time.Duration
	Choice world.Choice
}

const scheduleTitle = "# lockstep schedule 1"

// WriteTo writes the schedule's text.
func (s *Schedule) WriteTo(w io.Writer) (int64, error) {
	b := bufio.NewWriter(w)
	total := int64(0)
	line := append([]byte(nil), s.Header.String()...)
	for i := 0; ; i++ {
		n, err := b.Write(line)
		total += int64(n)
		if err != nil {
			return total, err
		}
		if i == len(s.Events) {
			return total, b.Flush()
		}
		line = append(s.Events[i].AppendString(line[:0]), '\n')
	}
}

// String returns the schedule's text. ReadSchedule reads it.
func (s *Schedule) String() string {
	var b strings.Builder
	s.WriteTo(&b) //nolint:errcheck // a Builder never fails
	return b.String()
}

// String returns the lines before the first choice.
func (h Header) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nprotocol %s\n", scheduleTitle, h.Protocol)
	for _, o := range h.Options {
		fmt.Fprintf(&b, "option %s %s\n", o.Name, o.Value)
	}
	fmt.Fprintf(&b, "seed %d\n", h.Seed)
	if h.Plan != "" {
		fmt.Fprintf(&b, "plan %s\n", h.Plan)
	}
	return b.String()
}

// AppendString appends the event's line, without its end.
func (e Event) AppendString(b []byte) []byte {
	b = appendDuration(b, e.At)
	return e.Choice.AppendString(append(b, ' '))
}

// String returns the event's line.
func (e Event) String() string { return string(e.AppendString(nil)) }

// appendDuration appends what d.String returns, without allocating for the
// times of most events.
func appendDuration(b []byte, d time.Duration) []byte {
	if d < time.Millisecond || d >= time.Minute {
		return append(b, d.String()...)
	}
	unit, digits, suffix := time.Millisecond, 6, "ms"
	if d >= time.Second {
		unit, digits, suffix = time.Second, 9, "s"
	}
	b = strconv.AppendInt(b, int64(d/unit), 10)
	if rest := int64(d % unit); rest > 0 {
		for rest%10 == 0 {
			rest /= 10
			digits--
		}
		b = append(b, '.')
		at := len(b)
		for range digits {
			b = append(b, '0')
		}
		for i := at + digits - 1; rest > 0; i-- {
			b[i] = byte('0' + rest%10)
			rest /= 10
		}
	}
	return append(b, suffix...)
}

// ReadSchedule reads a schedule's text. It calls open with the header to get
// the protocol, which reads the clients' operations. Errors begin with the
// file's name and the line.
func ReadSchedule(file string, r io.Reader, open func(Header) (protocol.Protocol, error)) (*Schedule, protocol.Protocol, error) {
	in := newLines(file, r)
	if err := in.title(scheduleTitle); err != nil {
		return nil, nil, err
	}
	s := &Schedule{}
	var p protocol.Protocol
	seen := map[string]bool{}
	opened := 1 // the line to blame if open fails
	start := func() (err error) {
		if s.Protocol == "" {
			return in.errorf("expected protocol NAME before the first choice, found none")
		}
		if p, err = open(s.Header); err != nil {
			return fmt.Errorf("%s:%d: %w", file, opened, err)
		}
		return nil
	}
	var now time.Duration
	for in.next() {
		word, rest, _ := strings.Cut(in.line, " ")
		if p == nil {
			header, err := s.Header.parse(word, rest, seen)
			if err != nil {
				return nil, nil, in.errorf("%w", err)
			}
			if header {
				if word != "seed" && word != "plan" {
					opened = in.number
				}
				continue
			}
			if err := start(); err != nil {
				return nil, nil, err
			}
		}
		line := in.line
		if word != "" && word[0] >= '0' && word[0] <= '9' {
			at, err := parseDuration(word)
			if err != nil {
				return nil, nil, in.errorf("%w", err)
			}
			if at < now {
				return nil, nil, in.errorf("expected a time from %v, the one before, found %v", now, at)
			}
			now, line = at, rest
		}
		c, err := world.ParseChoice(p, line)
		if err != nil {
			return nil, nil, in.errorf("%w", err)
		}
		s.Events = append(s.Events, Event{now, c})
	}
	if in.err != nil {
		return nil, nil, in.err
	}
	if p == nil {
		if err := start(); err != nil {
			return nil, nil, err
		}
	}
	return s, p, nil
}

// parse takes one header line, or reports that it is none.
func (h *Header) parse(word, rest string, seen map[string]bool) (bool, error) {
	key := word
	switch word {
	case "protocol", "plan":
		if err := world.CheckName(rest); err != nil {
			return true, fmt.Errorf("%s: %w", word, err)
		}
		if word == "plan" {
			h.Plan = rest
		} else {
			h.Protocol = rest
		}
	case "seed":
		seed, err := strconv.ParseUint(rest, 10, 64)
		if err != nil {
			return true, fmt.Errorf("expected seed NUMBER, found %q", rest)
		}
		h.Seed = seed
	case "option":
		name, value, _ := strings.Cut(rest, " ")
		if err := world.CheckName(name); err != nil {
			return true, fmt.Errorf("option: %w", err)
		}
		h.Options = append(h.Options, Option{name, value})
		key = "option " + name
	default:
		return false, nil
	}
	if seen[key] {
		return true, fmt.Errorf("expected one line %q at most, found a second", key)
	}
	seen[key] = true
	return true, nil
}
