package tlc

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	stateHead   = regexp.MustCompile(`^(\d{1,9}): <(.*)>$`)
	stateAction = regexp.MustCompile(`^(.+?) line (\d+), col (\d+) to line (\d+), col (\d+) of module (\w+)$`)
	assignment  = regexp.MustCompile(`^(?:/\\ )?(\S+) = (.*)$`)
)

// parseState reads the text of a state:
//
//	2: <Tick line 13, col 9 to line 16, col 23 of module Ok>
//	/\ count = 1
//	/\ log = ( 0 :>
//	      << 1, 2 >> )
//
// With one variable the conjunction sign is missing. A value goes on over the
// lines that do not begin a new conjunct; TLC indents them.
func parseState(text string) (State, error) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	head := stateHead.FindStringSubmatch(strings.TrimSpace(lines[0]))
	if head == nil {
		return State{}, fmt.Errorf("expected a state's number and action, found %q", clip(lines[0]))
	}
	var s State
	s.Number = number9(head[1])
	s.Action = head[2]
	if p := stateAction.FindStringSubmatch(head[2]); p != nil {
		at, err := position(p[6], p[2:6])
		if err != nil {
			return State{}, fmt.Errorf("state %d: %w", s.Number, err)
		}
		s.Action, s.At = p[1], at
	}
	var texts [][]string // of each variable, line by line
	for _, line := range lines[1:] {
		switch {
		case len(texts) == 0 || strings.HasPrefix(line, `/\ `):
			p := assignment.FindStringSubmatch(line)
			if p == nil {
				return State{}, fmt.Errorf("state %d: expected a variable's value, found %q", s.Number, clip(line))
			}
			s.Variables = append(s.Variables, Variable{Name: p[1]})
			texts = append(texts, []string{p[2]})
		case strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") || line == "":
			texts[len(texts)-1] = append(texts[len(texts)-1], line)
		default:
			return State{}, fmt.Errorf("state %d: expected a conjunct or an indented line, found %q", s.Number, clip(line))
		}
	}
	if len(s.Variables) == 0 {
		return State{}, fmt.Errorf("state %d has no variables", s.Number)
	}
	for i := range s.Variables {
		v := &s.Variables[i]
		v.Text = strings.TrimRight(strings.Join(texts[i], "\n"), " \n")
		value, err := ParseValue(v.Text)
		if err != nil {
			value = Opaque(v.Text)
		}
		v.Value = value
	}
	return s, nil
}

// String is the state as TLC prints it.
func (s State) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: <%s", strconv.Itoa(s.Number), s.Action)
	if !s.At.IsZero() {
		fmt.Fprintf(&b, " %s", s.At)
	}
	b.WriteString(">\n")
	for _, v := range s.Variables {
		fmt.Fprintf(&b, "/\\ %s = %s\n", v.Name, v.Text)
	}
	return b.String()
}
