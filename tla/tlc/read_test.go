package tlc

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// expectation is what a specification in testdata/specs must come to, both
// from its recorded output and from the jar.
type expectation struct {
	name       string
	verdict    Verdict
	kind       Kind
	property   string
	properties []string // of its configuration
	exit       int

	generated, distinct, queue int64
	depth, trace, loop         int
	reason                     string // a part of it
}

var expectations = []expectation{
	{name: "Ok", verdict: OK, properties: []string{"Rounds"}, generated: 10, distinct: 6, depth: 5},
	{name: "Assumption", verdict: Violated, kind: KindAssumption, exit: 10,
		property: "line 5, col 20 to line 5, col 24 of module Assumption", reason: "assumption line 5"},
	{name: "Deadlock", verdict: Violated, kind: KindDeadlock, exit: 11,
		generated: 8, distinct: 6, queue: 1, depth: 3, trace: 3, reason: "deadlock after 3 states"},
	{name: "Invariant", verdict: Violated, kind: KindInvariant, property: "Small", exit: 12,
		generated: 4, distinct: 4, queue: 1, depth: 3, trace: 3, reason: "invariant Small is violated"},
	{name: "InvariantInitial", verdict: Violated, kind: KindInvariant, property: "Two", exit: 12, trace: 1},
	{name: "StateProperty", verdict: Violated, kind: KindInvariant, property: "Zero", properties: []string{"Zero"}, exit: 12,
		generated: 2, distinct: 2, depth: 2, trace: 2},
	{name: "InitialProperty", verdict: Violated, kind: KindInitialProperty, property: "Other", properties: []string{"Other"}, exit: 13, trace: 1},
	{name: "ActionProperty", verdict: Violated, kind: KindActionProperty, property: "Irrevocable", properties: []string{"Irrevocable"}, exit: 13,
		generated: 4, distinct: 3, queue: 1, depth: 2, trace: 3},
	{name: "Stuttering", verdict: Violated, kind: KindTemporal, property: "Reaches", properties: []string{"Reaches"}, exit: 13,
		generated: 3, distinct: 3, trace: 2, loop: 2},
	{name: "Lasso", verdict: Violated, kind: KindTemporal, property: "Ends", properties: []string{"Ends"}, exit: 13,
		generated: 7, distinct: 5, trace: 4, loop: 2},
	{name: "TwoTemporal", verdict: Violated, kind: KindTemporal, properties: []string{"Reaches", "Returns"}, exit: 13,
		generated: 3, distinct: 2, trace: 1, loop: 1, reason: "Reaches or Returns"},
	{name: "Assert", verdict: Violated, kind: KindAssert, exit: 14,
		generated: 3, distinct: 3, trace: 3, reason: `<<"too large", 2>>`},

	{name: "Evaluation", kind: KindEvaluation, exit: 75, generated: 2, distinct: 2, trace: 2, reason: "Cannot cast"},
	{name: "InvariantEvaluation", kind: KindEvaluation, exit: 76, generated: 2, distinct: 2, depth: 2, trace: 2, reason: "should be an integer"},
	{name: "Stack", kind: KindEvaluation, exit: 75, reason: "StackOverflowError"},
	{name: "Unassigned", kind: KindEvaluation, exit: 75, generated: 2, distinct: 1, depth: 1, trace: 2, reason: "not assigned: y"},
	{name: "PrimedCondition", kind: KindEvaluation, exit: 75, generated: 1, distinct: 1, trace: 1, reason: "the identifier x is either undefined"},
	{name: "AssumptionEvaluation", kind: KindEvaluation, exit: 10, reason: "equality of integer 1"},
	{name: "Parse", kind: KindParse, exit: 150, reason: `Encountered "x" at line 4, column 19`},
	{name: "Semantic", kind: KindParse, exit: 150, reason: "line 4, col 13 to line 4, col 13 of module Semantic Unknown operator: `y'."},
	{name: "Config", kind: KindConfig, exit: 151, reason: "invariant Missing specified in the configuration file is not defined"},
	{name: "ConfigSyntax", kind: KindConfig, exit: 255, reason: "configuration file at line 3"},
	{name: "NoInit", kind: KindVacuous, depth: 1, reason: "nothing was checked"},
	{name: "Symmetry", kind: KindConfig, properties: []string{"Ends"}, generated: 5, distinct: 3, depth: 3, reason: "SYMMETRY"},
}

func (e expectation) check(t *testing.T, r *Result) {
	t.Helper()
	assert.Equal(t, e.verdict, r.Verdict, r.Reason)
	assert.Equal(t, e.kind, r.Kind)
	assert.Equal(t, e.property, r.Property)
	assert.Equal(t, e.exit, r.ExitCode)
	assert.Equal(t, []int64{e.generated, e.distinct, e.queue}, []int64{r.Generated, r.Distinct, r.Queue}, "generated, distinct, queue")
	assert.Equal(t, e.depth, r.Depth, "depth")
	assert.Len(t, r.Trace, e.trace)
	assert.Equal(t, e.loop, r.Loop, "loop")
	by := ""
	if e.loop > 0 && e.loop < len(r.Trace) {
		by = "Round"
	}
	assert.Equal(t, by, r.LoopAction, "the action of the step back")
	assert.Contains(t, r.Reason, e.reason)
	assert.Equal(t, e.verdict == OK, r.Reason == "")
	assert.Equal(t, "Version 2.18 of 20 March 2023", r.Version)
	assert.Equal(t, e.verdict == OK, r.ExitStatus() == 0, "only ok exits with 0")
}

func recorded(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "output", name+".txt"))
	require.NoError(t, err)
	return b
}

func TestRecordedOutput(t *testing.T) {
	for _, e := range expectations {
		t.Run(e.name, func(t *testing.T) {
			r := read(bytes.NewReader(recorded(t, e.name)), false, nil).conclude(e.exit, e.properties)
			e.check(t, r)
		})
	}
}

func TestConfiguredProperties(t *testing.T) {
	for _, e := range expectations {
		config, err := os.ReadFile(filepath.Join("testdata", "specs", e.name+".cfg"))
		require.NoError(t, err)
		assert.Equal(t, e.properties, configured(config, "PROPERTY", "PROPERTIES"), e.name)
	}
}

func TestCoverageAndProgress(t *testing.T) {
	var progress []Progress
	r := read(bytes.NewReader(recorded(t, "Ok")), false, func(p Progress) { progress = append(progress, p) }).conclude(0, nil)
	at := func(line, first, last int) Position { return Position{"Ok", line, first, line, last} }
	assert.Equal(t, []Action{
		{Name: "Init", At: at(11, 1, 4), Initial: true, Taken: 1, Distinct: 1},
		{Name: "Tick", At: at(13, 1, 4), Taken: 3, Distinct: 2},
		{Name: "Toggle", At: at(18, 1, 6), Taken: 6, Distinct: 3},
		{Name: "Explode", At: at(20, 1, 7)},
	}, r.Actions)
	assert.Equal(t, []Progress{{5, 10, 6, 0}, {5, 10, 6, 0}}, progress)

	r = read(bytes.NewReader(recorded(t, "Deadlock")), false, nil).conclude(11, nil)
	assert.Equal(t, Position{"Deadlock", 15, 27, 16, 60}, r.Actions[2].Part, "a disjunct that is no definition of its own")
}

func TestTraceValues(t *testing.T) {
	r := read(bytes.NewReader(recorded(t, "Invariant")), false, nil).conclude(12, nil)
	require.Len(t, r.Trace, 3)
	first, last := r.Trace[0], r.Trace[2]
	assert.Equal(t, "Initial predicate", first.Action)
	assert.True(t, first.At.IsZero())
	assert.Equal(t, "Grow", last.Action)
	assert.Equal(t, Position{"Invariant", 17, 12, 23, 27}, last.At)
	s1, s2 := ModelValue("s1"), ModelValue("s2")
	long := Tuple{"a long string that makes the printer wrap its lines", "another long string that makes the printer wrap its lines"}
	for name, want := range map[string]any{
		"x":   int64(-2),
		"sub": Set{Set{}, Set{s1, s2}},
		"f":   Function{{s1, int64(-1)}, {s2, ModelValue("Nil")}},
		"r":   Record{{"kind", `say "hi" \ @!@!@ENDMSG 2217 @!@!@`}, {"from", int64(-1)}},
		"t":   Tuple{Tuple{s1, true}, Tuple{s1, true}},
		"s": Set{Record{{"who", s1}, {"at", int64(-2)}}, Record{{"who", s1}, {"at", int64(-1)}},
			Record{{"who", s1}, {"at", int64(0)}}},
		"log": Function{{int64(-2), long}, {int64(-1), long}, {int64(0), "zero"}},
	} {
		got, ok := last.Value(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
	_, ok := last.Value("missing")
	assert.False(t, ok)
}

// Whatever part of the output is lost, an error's absence is not proved by
// what is left. Only what follows the last message may go.
func TestTruncatedOutputIsUnknown(t *testing.T) {
	for _, e := range expectations {
		if e.verdict == Unknown {
			continue
		}
		lines := strings.SplitAfter(string(recorded(t, e.name)), "\n")
		for n := 0; n < len(lines)-1; n++ { // the part behind the last newline is empty
			r := read(strings.NewReader(strings.Join(lines[:n], "")), false, nil).conclude(e.exit, e.properties)
			assert.Equal(t, Unknown, r.Verdict, "%s cut after line %d", e.name, n)
			assert.NotEmpty(t, r.Reason)
			assert.NotZero(t, r.ExitStatus())
		}
	}
}

func TestWrongExitStatusIsUnknown(t *testing.T) {
	for _, e := range expectations {
		for _, exit := range []int{-1, 0, 1, 10, 11, 12, 13, 14, 75, 137, 143, 150, 255} {
			r := read(bytes.NewReader(recorded(t, e.name)), false, nil).conclude(exit, e.properties)
			allowed := exit == e.exit ||
				exit == 12 && (e.kind == KindActionProperty || e.kind == KindInitialProperty)
			if !allowed {
				assert.Equal(t, Unknown, r.Verdict, "%s with exit status %d", e.name, exit)
			}
			if r.Verdict == OK {
				assert.Zero(t, exit)
			}
		}
	}
}

func TestCorruptedOutputIsUnknown(t *testing.T) {
	ok := string(recorded(t, "Ok"))
	message := func(code, class int, text string) string {
		return fmt.Sprintf("@!@!@STARTMSG %d:%d @!@!@\n%s\n@!@!@ENDMSG %d @!@!@\n", code, class, text, code)
	}
	finish := "@!@!@STARTMSG 2186:0 @!@!@"
	for name, output := range map[string]string{
		"nothing":                       "",
		"garbage":                       "\x00\xff\n",
		"a killed virtual machine":      "Killed\n",
		"an error before the end":       strings.Replace(ok, finish, message(2110, 1, "Invariant TypeOK is violated.")+finish, 1),
		"a bug of TLC":                  strings.Replace(ok, finish, message(2128, 2, "This is a bug.")+finish, 1),
		"an unknown message":            strings.Replace(ok, finish, message(2999, 0, "All is well.")+finish, 1),
		"an unknown class":              strings.Replace(ok, finish, message(2193, 7, "All is well.")+finish, 1),
		"an unknown nested message":     strings.Replace(ok, finish, "@!@!@STARTMSG 2212:0 @!@!@\n"+message(2999, 0, "x")+"@!@!@ENDMSG 2212 @!@!@\n"+finish, 1),
		"something after the end":       ok + message(2199, 0, "10 states generated, 6 distinct states found, 0 states left on queue."),
		"states left on the queue":      strings.Replace(ok, "6 distinct states found, 0 states left", "6 distinct states found, 4 states left", 3),
		"no figures in the statistics":  strings.Replace(ok, "10 states generated, 6 distinct", "Ten states generated, 6 distinct", 3),
		"a figure that is no number":    strings.Replace(ok, "10 states generated, 6 distinct", "99999999999999999999 states generated, 6 distinct", 3),
		"no success":                    strings.ReplaceAll(ok, "2193", "2212"),
		"no statistics":                 strings.ReplaceAll(ok, "2199", "2212"),
		"no last message":               strings.ReplaceAll(ok, "2186", "2212"),
		"a swapped end":                 strings.Replace(ok, "ENDMSG 2193", "ENDMSG 2199", 1),
		"an end too many":               ok + "@!@!@ENDMSG 2186 @!@!@\n",
		"a mark that is no head":        ok + "@!@!@STARTMSG zero @!@!@\n",
		"a counterexample with success": strings.Replace(ok, finish, message(2217, 4, "1: <Initial predicate>\nx = 0\n")+finish, 1),
		"coverage without figures":      strings.Replace(ok, "<Tick line 13, col 1 to line 13, col 4 of module Ok>: 2:3", "<Tick>: often", 1),
		"messages too deep":             strings.Repeat("@!@!@STARTMSG 1000:1 @!@!@\n", 50),
	} {
		r := read(strings.NewReader(output), false, nil).conclude(0, nil)
		assert.Equal(t, Unknown, r.Verdict, name)
		assert.NotEmpty(t, r.Reason, name)
		assert.Equal(t, 2, r.ExitStatus(), name)
	}

	lasso := string(recorded(t, "Lasso"))
	for name, output := range map[string]string{
		"a state missing":            strings.Replace(lasso, "2: <Start line", "3: <Start line", 1),
		"a state without its end":    strings.Replace(lasso, "x = 1\n\n@!@!@ENDMSG 2217 @!@!@\n", "x = 1\n\n", 1),
		"a state without variables":  strings.Replace(lasso, "x = 1\n", "\n", 1),
		"a state with a loose line":  strings.Replace(lasso, "x = 1\n", "x = 1\noops\n", 1),
		"back to no state":           strings.Replace(lasso, "2: Back to state", "7: Back to state", 1),
		"back to a word":             strings.Replace(lasso, "2: Back to state", "two: Back to state", 1),
		"no loop":                    strings.ReplaceAll(strings.Replace(lasso, "STARTMSG 2122:4", "STARTMSG 2212:0", 1), "ENDMSG 2122", "ENDMSG 2212"),
		"stuttering after the lasso": strings.Replace(lasso, "@!@!@STARTMSG 2267", message(2218, 4, "9: Stuttering")+"@!@!@STARTMSG 2267", 1),
	} {
		require.NotEqual(t, lasso, output, name)
		r := read(strings.NewReader(output), false, nil).conclude(13, []string{"Ends"})
		assert.Equal(t, Unknown, r.Verdict, name)
	}
}

// The one verdict that matters most: no change of a few bytes of an output
// with an error may make it ok, whatever the exit status.
func FuzzRead(f *testing.F) {
	for _, e := range expectations {
		b, err := os.ReadFile(filepath.Join("testdata", "output", e.name+".txt"))
		if err == nil {
			f.Add(b, e.exit, e.name == "Symmetry")
		}
	}
	f.Fuzz(func(t *testing.T, output []byte, exit int, simulation bool) {
		s := read(bytes.NewReader(output), simulation, func(Progress) {})
		r := s.conclude(exit, []string{"P"})
		switch r.Verdict {
		case OK:
			if exit != 0 || len(r.Errors) > 0 || simulation || !s.success || !s.finished || r.Distinct == 0 || r.Queue != 0 {
				t.Fatalf("ok from %q with exit status %d", output, exit)
			}
		case Violated:
			if exit == 0 || len(r.Errors) == 0 || !s.finished {
				t.Fatalf("violated from %q with exit status %d", output, exit)
			}
		default:
			if r.Reason == "" || r.Kind == "" {
				t.Fatalf("unknown without a reason from %q", output)
			}
		}
		if (r.Verdict == OK) != (r.ExitStatus() == 0) {
			t.Fatalf("verdict %v, exit status %d", r.Verdict, r.ExitStatus())
		}
		if r.Loop > len(r.Trace) {
			t.Fatalf("loop to state %d of %d", r.Loop, len(r.Trace))
		}
	})
}
