package tlc

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// reading gathers what TLC says during one run.
type reading struct {
	result     Result
	simulation bool
	progress   func(Progress)

	success  bool    // TLC_SUCCESS
	stats    bool    // TLC_STATS
	finished bool    // TLC_FINISHED
	fatal    Message // the first error, on which the verdict rests

	coverage []Action // of the block that is being read
	stray    []string // lines outside of messages: what SANY prints
	faults   []string // why the output cannot be relied on
}

// read reads the output of a run; exit is the exit status of the process.
// With no error found, result.Verdict is OK; the caller may still know better.
func read(r io.Reader, simulation bool, progress func(Progress)) *reading {
	s := &reading{simulation: simulation, progress: progress}
	if err := readMessages(r, s.message, s.line); err != nil {
		s.fault("%v", err)
		io.Copy(io.Discard, r) // let TLC write on, so that it can end
	}
	return s
}

func (s *reading) fault(format string, args ...any) {
	if len(s.faults) < 8 {
		s.faults = append(s.faults, fmt.Sprintf(format, args...))
	}
}

func (s *reading) line(text string) {
	const most = 1000
	if len(s.stray) < most {
		s.stray = append(s.stray, text)
	}
}

// The patterns below are the places that a message of a given code has for its
// parameters (class tlc2.output.MP). A message that has no such place is a
// fault, and so makes the verdict unknown.
var (
	statsText    = regexp.MustCompile(`^([\d,]+) states generated, ([\d,]+) distinct states found, ([\d,]+) states left on queue\.`)
	progressText = regexp.MustCompile(`^Progress\((-?\d+)\) at .*?: ([\d,]+) states generated(?: \([^)]*\))?, ([\d,]+) distinct states found(?: \([^)]*\))?, ([\d,]+) states left on queue\.`)
	simProgress  = regexp.MustCompile(`: ([\d,]+) states (?:generated|checked)`)
	simStats     = regexp.MustCompile(`^The number of states generated: ([\d,]+)`)
	depthText    = regexp.MustCompile(`^The depth of the complete state graph search is (\d+)\.`)
	coverText    = regexp.MustCompile(`^<(.+?) line (\d+), col (\d+) to line (\d+), col (\d+) of module (\w+)(?: \((\d+) (\d+) (\d+) (\d+)\))?>: (\d+):(\d+)$`)
	nameText     = map[Code]*regexp.Regexp{
		TLC_ASSUMPTION_FALSE:                  regexp.MustCompile(`^Assumption (.+) is false\.$`),
		TLC_INVARIANT_VIOLATED_INITIAL:        regexp.MustCompile(`(?s)^Invariant (\S+) is violated by the initial state:\n(.*)$`),
		TLC_PROPERTY_VIOLATED_INITIAL:         regexp.MustCompile(`(?s)^Property (.+?) is violated by the initial state:\n(.*)$`),
		TLC_INVARIANT_VIOLATED_BEHAVIOR:       regexp.MustCompile(`^Invariant (\S+) is violated\.`),
		TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR: regexp.MustCompile(`^Action property (.+) is violated\.`),
		TLC_INVARIANT_EVALUATION_FAILED:       regexp.MustCompile(`^Evaluating invariant (\S+) failed\.`),
		TLC_ACTION_PROPERTY_EVALUATION_FAILED: regexp.MustCompile(`^Evaluating action property (\S+) failed\.`),
	}
)

func (s *reading) message(m Message) {
	r := &s.result
	s.known(m)
	if s.finished && m.Class != ClassWarning {
		s.fault("%s follows the last message", m.Code)
	}
	switch m.Class {
	case ClassError, ClassBug:
		r.Errors = append(r.Errors, m)
		if s.fatal.Code == 0 && !elaborates(m.Code) {
			s.fatal = m
		}
		return
	case ClassWarning:
		r.Warnings = append(r.Warnings, m)
		return
	}
	switch m.Code {
	case TLC_VERSION:
		r.Version = strings.TrimPrefix(oneLine(m.Text), "TLC2 ")
	case TLC_SUCCESS:
		s.success = true
	case TLC_FINISHED:
		s.finished = true
	case TLC_STATS:
		if p, ok := s.figures(m, statsText); ok {
			s.stats = true
			r.Generated, r.Distinct, r.Queue = p[0], p[1], p[2]
		}
	case TLC_SEARCH_DEPTH:
		if p, ok := s.figures(m, depthText); ok {
			r.Depth = int(p[0])
		}
	case TLC_PROGRESS_STATS:
		if p, ok := s.figures(m, progressText); ok && s.progress != nil {
			s.progress(Progress{Depth: int(p[0]), Generated: p[1], Distinct: p[2], Queue: p[3]})
		}
	case TLC_PROGRESS_SIMU:
		if p, ok := s.figures(m, simProgress); ok {
			r.Generated = p[0]
			if s.progress != nil {
				s.progress(Progress{Generated: p[0], Distinct: -1, Queue: -1})
			}
		}
	case TLC_STATS_SIMU:
		if p, ok := s.figures(m, simStats); ok {
			r.Generated = p[0]
		}
	case TLC_COVERAGE_START:
		s.coverage = nil
	case TLC_COVERAGE_INIT, TLC_COVERAGE_NEXT:
		if a, ok := s.action(m); ok {
			s.coverage = append(s.coverage, a)
		}
	case TLC_COVERAGE_END, TLC_COVERAGE_END_OVERHEAD:
		r.Actions = s.coverage
	case TLC_STATE_PRINT1, TLC_STATE_PRINT2:
		if state, err := parseState(m.Text); err != nil {
			s.fault("%v", err)
		} else if state.Number != len(r.Trace)+1 {
			s.fault("state %d of the counterexample, expected state %d", state.Number, len(r.Trace)+1)
		} else {
			r.Trace = append(r.Trace, state)
		}
	case TLC_STATE_PRINT3, TLC_BACK_TO_STATE:
		s.loop(m)
	}
}

// known holds every code of a message, and of those within, against the table.
func (s *reading) known(m Message) {
	if _, ok := codeNames[m.Code]; !ok {
		s.fault("message code %d is not known to this version of Lockstep", m.Code)
	}
	if m.Class > ClassState {
		s.fault("message class %d is not known to this version of Lockstep", m.Class)
	}
	for _, n := range m.Nested {
		s.known(n)
	}
}

// elaborates says that an error message of this code only tells more about
// another one.
func elaborates(c Code) bool {
	return c == TLC_BEHAVIOR_UP_TO_THIS_POINT || c == TLC_COUNTER_EXAMPLE || c == TLC_NESTED_EXPRESSION
}

func (s *reading) figures(m Message, pattern *regexp.Regexp) ([]int64, bool) {
	p := pattern.FindStringSubmatch(m.Text)
	if p == nil {
		s.fault("%s without its figures: %q", m.Code, clip(m.Text))
		return nil, false
	}
	out := make([]int64, len(p)-1)
	for i, d := range p[1:] {
		n, err := strconv.ParseInt(strings.ReplaceAll(d, ",", ""), 10, 64)
		if err != nil {
			s.fault("%s: %v", m.Code, err)
			return nil, false
		}
		out[i] = n
	}
	return out, true
}

func (s *reading) action(m Message) (Action, bool) {
	p := coverText.FindStringSubmatch(strings.TrimSpace(m.Text))
	if p == nil {
		s.fault("%s without its figures: %q", m.Code, clip(m.Text))
		return Action{}, false
	}
	a := Action{Name: p[1], Initial: m.Code == TLC_COVERAGE_INIT}
	var err error
	if a.At, err = position(p[6], p[2:6]); err == nil && p[7] != "" {
		a.Part, err = position(p[6], p[7:11])
	}
	if err == nil {
		a.Distinct, err = strconv.ParseInt(p[11], 10, 64)
	}
	if err == nil {
		a.Taken, err = strconv.ParseInt(p[12], 10, 64)
	}
	if err != nil {
		s.fault("%s: %v", m.Code, err)
	}
	return a, err == nil
}

// position reads line, column, line, column.
func position(module string, digits []string) (Position, error) {
	var n [4]int
	for i, d := range digits {
		var err error
		if n[i], err = strconv.Atoi(d); err != nil {
			return Position{}, err
		}
	}
	return Position{module, n[0], n[1], n[2], n[3]}, nil
}

// backTo is the action of the step back, as in a state's head.
var backTo = regexp.MustCompile(`<(.+?) line \d+, col \d+ to line`)

func (s *reading) loop(m Message) {
	r := &s.result
	number, _, found := strings.Cut(m.Text, ":")
	n, err := strconv.Atoi(strings.TrimSpace(number))
	switch {
	case !found || err != nil:
		s.fault("%s without a state's number: %q", m.Code, clip(m.Text))
	case m.Code == TLC_STATE_PRINT3 && n == len(r.Trace)+1 && n > 1:
		r.Loop = len(r.Trace)
	case m.Code == TLC_BACK_TO_STATE && 1 <= n && n <= len(r.Trace):
		r.Loop = n
		if p := backTo.FindStringSubmatch(m.Text); p != nil {
			r.LoopAction = p[1]
		}
	default:
		s.fault("%s %d after %d states", m.Code, n, len(r.Trace))
	}
}

// violations maps the error code of a violation to what it is about, to the
// exit statuses that go with it (a newer TLC may tell an action property from a
// temporal one), and says whether it comes with a behaviour and whether it is
// about a PROPERTY.
var violations = map[Code]struct {
	kind            Kind
	exit            []int
	trace, property bool
}{
	TLC_ASSUMPTION_FALSE:                  {KindAssumption, []int{10}, false, false},
	TLC_DEADLOCK_REACHED:                  {KindDeadlock, []int{11}, true, false},
	TLC_INVARIANT_VIOLATED_INITIAL:        {KindInvariant, []int{12}, true, false},
	TLC_INVARIANT_VIOLATED_BEHAVIOR:       {KindInvariant, []int{12}, true, false},
	TLC_PROPERTY_VIOLATED_INITIAL:         {KindInitialProperty, []int{12, 13}, true, true},
	TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR: {KindActionProperty, []int{12, 13}, true, true},
	TLC_TEMPORAL_PROPERTY_VIOLATED:        {KindTemporal, []int{13}, true, true},
	TLC_VALUE_ASSERT_FAILED:               {KindAssert, []int{14}, false, false},
}

// conclude forms the verdict. exit is the exit status of the process.
func (s *reading) conclude(exit int, properties []string) *Result {
	r := &s.result
	r.ExitCode = exit
	if s.simulation {
		r.Distinct, r.Queue = -1, -1
	}
	unknown := func(kind Kind, format string, args ...any) *Result {
		r.Verdict, r.Kind, r.Reason = Unknown, kind, fmt.Sprintf(format, args...)
		return r
	}
	if len(s.faults) > 0 {
		return unknown(KindOutput, "TLC's output cannot be relied on: %s", strings.Join(s.faults, "; "))
	}
	if s.fatal.Code != 0 {
		return s.concludeError(unknown, properties)
	}
	switch {
	case !s.finished:
		return unknown(KindCrash, "TLC ended with exit status %d before its last message", exit)
	case exit != 0:
		return unknown(KindCrash, "TLC ended with exit status %d and reported no error", exit)
	case s.simulation:
		return unknown(KindSimulation, "no error in the %d states that the simulation generated, which proves nothing about others", r.Generated)
	case !s.success || !s.stats:
		return unknown(KindOutput, "TLC ended with exit status 0, but without its success message and final count of states")
	case r.Generated == 0 || r.Distinct == 0:
		return unknown(KindVacuous, "no state satisfies the initial predicate, so nothing was checked")
	case r.Queue != 0:
		return unknown(KindOutput, "TLC reported success with %d states left unexplored", r.Queue)
	case len(r.Trace) > 0:
		return unknown(KindOutput, "TLC reported success and printed a counterexample")
	}
	for _, w := range r.Warnings {
		if w.Code == TLC_FEATURE_UNSUPPORTED_LIVENESS_SYMMETRY {
			return unknown(KindConfig, "temporal properties were checked under SYMMETRY, with which TLC may miss violations: remove SYMMETRY from the configuration")
		}
	}
	r.Verdict = OK
	return r
}

func (s *reading) concludeError(unknown func(Kind, string, ...any) *Result, properties []string) *Result {
	r, m := &s.result, s.fatal
	v, ok := violations[m.Code]
	if !ok {
		kind, text := s.failure(m)
		return unknown(kind, "%s", text)
	}
	if p, ok := nameText[m.Code]; ok {
		part := p.FindStringSubmatch(m.Text)
		if part == nil {
			return unknown(KindOutput, "%s without a name: %q", m.Code, clip(m.Text))
		}
		r.Property = part[1]
		if len(part) == 3 { // the state is part of the message
			state, err := parseState("1: <Initial predicate>\n" + part[2])
			if err != nil {
				return unknown(KindOutput, "%v", err)
			}
			r.Trace = []State{state}
		}
	}
	// Temporal properties are not named at all, and the parts of a formula such
	// as a refinement by their positions only.
	if unnamed := r.Property == "" || strings.HasPrefix(r.Property, "line "); unnamed && len(properties) == 1 && v.property {
		r.Property = properties[0]
	}
	switch {
	case !s.finished:
		return unknown(KindOutput, "TLC reported an error (%s) but its output ends before the last message", v.kind)
	case !slices.Contains(v.exit, r.ExitCode):
		return unknown(KindOutput, "TLC reported an error (%s) but its exit status is %d, expected %v", v.kind, r.ExitCode, v.exit)
	case s.success:
		return unknown(KindOutput, "TLC reported both success and an error (%s)", v.kind)
	case v.trace && len(r.Trace) == 0:
		return unknown(KindOutput, "TLC reported an error (%s) without a counterexample", v.kind)
	case v.kind == KindTemporal && r.Loop == 0:
		return unknown(KindOutput, "TLC reported a violated temporal property, but its counterexample does not end in a loop")
	}
	r.Verdict, r.Kind = Violated, v.kind
	switch v.kind {
	case KindDeadlock:
		r.Reason = fmt.Sprintf("deadlock after %d states", len(r.Trace))
	case KindAssert:
		r.Reason = "assertion failed: " + oneLine(m.Text)
	case KindTemporal:
		r.Reason = fmt.Sprintf("temporal property %s is violated", strings.Join(properties, " or "))
	default:
		r.Reason = fmt.Sprintf("%s %s is violated", v.kind, r.Property)
	}
	return r
}

// failure says of an error that is no violation what kind it is, by its code
// and those nested in it, and tells it in one line.
func (s *reading) failure(m Message) (Kind, string) {
	kind := KindCrash
	for c := &m; ; c = &c.Nested[0] {
		if k, ok := failureKind(c.Code); ok {
			kind = k
			if c.Code == TLC_CONFIG_UNDEFINED_OR_NO_OPERATOR && s.result.ExitCode == 75 {
				kind = KindEvaluation // it also tells of x' as a condition before it has a value
			}
			break
		}
		if len(c.Nested) == 0 {
			break
		}
	}
	// TLC_BUG, GENERAL and their like say little; the exit status tells an
	// error in the specification from one in TLC.
	if kind == KindCrash {
		switch s.result.ExitCode {
		case 75, 76, 77:
			kind = KindEvaluation
		case 150:
			kind = KindParse
		case 151:
			kind = KindConfig
		}
	}
	text := oneLine(m.Text)
	for n := m.Nested; len(n) > 0; n = n[0].Nested {
		text += " " + oneLine(n[0].Text)
	}
	if said := sanySays(s.stray); kind == KindParse && said != "" {
		text = said
	}
	return kind, fmt.Sprintf("%s: %s", kind, text)
}

func failureKind(c Code) (Kind, bool) {
	switch {
	case c == TLC_PARSING_FAILED || c == TLC_PARSING_FAILED2:
		return KindParse, true
	case c == TLC_ASSUMPTION_EVALUATION_ERROR: // the exit status is that of a false assumption
		return KindEvaluation, true
	case CFG_ERROR_READING_FILE <= c && c <= CFG_EXPECTED_SYMBOL,
		TLC_CONFIG_VALUE_NOT_ASSIGNED_TO_CONSTANT_PARAM <= c && c <= TLC_NO_MODULES,
		c == TLC_CONFIG_UNDEFINED_OR_NO_OPERATOR, c == TLC_CONFIG_SUBSTITUTION_NON_CONSTANT:
		return KindConfig, true
	}
	return "", false
}

// sanySays gives the lines outside of messages that say what is wrong, on one
// line: those of the parser, or of a Java that does not start.
func sanySays(lines []string) string {
	var keep []string
	for _, l := range lines {
		if l = oneLine(l); l == "" || strings.HasPrefix(l, "Parsing file ") ||
			strings.HasPrefix(l, "Semantic processing of module ") {
			continue
		}
		if strings.HasPrefix(l, "Residual stack trace") {
			break
		}
		keep = append(keep, l)
	}
	return strings.Join(keep, " ")
}
