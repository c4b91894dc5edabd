package fault

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/impl/world"
)

// Plan says which faults a run suffers.
type Plan struct {
	Name   string
	Faults []Entry
}

// Entry is a fault of a plan, and when it may strike.
type Entry struct {
	Fault Fault

	// From and To are the window in which it strikes, in the run's time; a To
	// of 0 is the end of the run's faulty part.
	From, To time.Duration

	// Budget is how often it may strike; 0 is as often as it does.
	Budget int
}

const planTitle = "# lockstep plan 1"

// String returns the plan's text. ReadPlan reads it.
func (p Plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nplan %s\n", planTitle, p.Name)
	for _, e := range p.Faults {
		fmt.Fprintf(&b, "%s\n", e)
	}
	return b.String()
}

// String returns the entry's line in a plan.
func (e Entry) String() string {
	var b strings.Builder
	b.WriteString(e.Fault.Kind().String())
	for _, f := range e.Fault.fields() {
		fmt.Fprintf(&b, " %s=%s", f.name, f.print())
	}
	if e.From > 0 {
		fmt.Fprintf(&b, " from=%v", e.From)
	}
	if e.To > 0 {
		fmt.Fprintf(&b, " to=%v", e.To)
	}
	if e.Budget > 0 {
		fmt.Fprintf(&b, " budget=%d", e.Budget)
	}
	return b.String()
}

// Check says what is wrong with a plan that was built by hand, if anything.
func (p Plan) Check() error {
	_, err := ReadPlan("plan "+p.Name, strings.NewReader(p.String()))
	return err
}

// ReadPlan reads a plan's text. Errors begin with the file's name and the line.
func ReadPlan(file string, r io.Reader) (Plan, error) {
	var p Plan
	in := newLines(file, r)
	if err := in.title(planTitle); err != nil {
		return Plan{}, err
	}
	for in.next() {
		word, rest, _ := strings.Cut(in.line, " ")
		switch {
		case p.Name == "" && word == "plan":
			if err := world.CheckName(rest); err != nil {
				return Plan{}, in.errorf("plan: %w", err)
			}
			p.Name = rest
		case p.Name == "":
			return Plan{}, in.errorf("expected plan NAME before the first fault, found %q", in.line)
		default:
			e, err := parseEntry(in.line)
			if err != nil {
				return Plan{}, in.errorf("%w", err)
			}
			p.Faults = append(p.Faults, e)
		}
	}
	if in.err == nil && p.Name == "" {
		return Plan{}, in.errorf("expected plan NAME, found the end")
	}
	return p, in.err
}

func parseEntry(line string) (Entry, error) {
	word, rest, more := strings.Cut(line, " ")
	var e Entry
	for k := range Kinds {
		if kindNames[k] == word {
			e.Fault = newFault(Kind(k))
		}
	}
	if e.Fault == nil {
		return e, fmt.Errorf("expected a fault (%s), found %q", strings.Join(kindNames[:], ", "), word)
	}
	need := e.Fault.fields()
	all := append(need, duration("from", &e.From), duration("to", &e.To), count("budget", &e.Budget))
	given := map[string]bool{}
	for more {
		var param string
		param, rest, more = strings.Cut(rest, " ")
		name, value, _ := strings.Cut(param, "=")
		known := false
		for _, f := range all {
			if f.name == name {
				if err := f.parse(value); err != nil {
					return e, fmt.Errorf("%s: %s: %w", word, name, err)
				}
				known = true
			}
		}
		if !known || given[name] {
			return e, fmt.Errorf("%s: expected each of %s at most once, found %q", word, fieldNames(all), param)
		}
		given[name] = true
	}
	for _, f := range need {
		if !given[f.name] {
			return e, fmt.Errorf("%s: expected %s, found no %s", word, fieldNames(need), f.name)
		}
	}
	if e.To > 0 && e.To <= e.From {
		return e, fmt.Errorf("%s: expected from before to, found %v and %v", word, e.From, e.To)
	}
	return e, nil
}

func fieldNames(fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// lines reads the lines of a plan or a schedule that are not comments.
type lines struct {
	file    string
	scanner *bufio.Scanner
	number  int
	line    string
	err     error
}

// lineMax is the longest line that is read, in bytes.
const lineMax = 16 << 20

func newLines(file string, r io.Reader) *lines {
	s := bufio.NewScanner(r)
	s.Buffer(nil, lineMax)
	return &lines{file: file, scanner: s}
}

func (l *lines) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", l.file, l.number, fmt.Errorf(format, args...))
}

// title reads the first line, which must be the given one.
func (l *lines) title(want string) error {
	l.number = 1
	if !l.scanner.Scan() {
		if err := l.scanner.Err(); err != nil {
			return l.errorf("%w", err)
		}
		return l.errorf("expected %q, found the end", want)
	}
	if got := l.scanner.Text(); got != want {
		return l.errorf("expected %q, found %.60q", want, got)
	}
	return nil
}

func (l *lines) next() bool {
	for l.scanner.Scan() {
		l.number++
		l.line = strings.TrimRight(l.scanner.Text(), " \t")
		if l.line != "" && l.line[0] != '#' {
			return true
		}
	}
	if err := l.scanner.Err(); err != nil {
		l.number++
		l.err = l.errorf("%w", err)
	}
	return false
}
