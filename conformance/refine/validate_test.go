package refine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// fake is a checker that says what a test says. It is given the number of
// slices of the run, whether every event is to be reported, and whether a
// state is asked for.
type fake func(slices int, every, state bool) (*tlc.Result, error)

func (f fake) Check(_ context.Context, r tlc.Request) (*tlc.Result, error) {
	b, err := r.Modules.Open(r.Module + ".tla")
	if err != nil {
		return nil, err
	}
	defer b.Close()
	info, err := b.Stat()
	if err != nil {
		return nil, err
	}
	text := make([]byte, info.Size())
	if _, err := b.Read(text); err != nil {
		return nil, err
	}
	_, list, _ := strings.Cut(string(text), "LockstepSlices == <<\n")
	list, _, _ = strings.Cut(list, "\n>>")
	return f(strings.Count(list, "\n")+1, strings.Contains(string(text), reached), strings.Contains(string(r.Config), "INVARIANT"))
}

// accept is what TLC prints when it accepts the slices of these numbers.
func accept(numbers ...int) []string {
	var lines []string
	for _, k := range numbers {
		lines = append(lines, fmt.Sprintf(`<<"lockstep accepted", %d>>`, k))
	}
	return lines
}

func always(r *tlc.Result, err error) fake {
	return func(int, bool, bool) (*tlc.Result, error) { return r, err }
}

func ok(lines ...string) *tlc.Result {
	return &tlc.Result{Verdict: tlc.OK, Generated: 7, Printed: lines}
}

func validate(t *testing.T, c Checker, slices ...trace.Slice) *Report {
	t.Helper()
	r, err := (&TLC{Checker: c}).Validate(t.Context(), testSpec, slices)
	require.NoError(t, err)
	return r
}

var two = []trace.Slice{sliceOf("one", "Begin A(p1)"), sliceOf("two", "Begin B")}

// Acceptance takes TLC's own word for each slice, and a whole search.
func TestNothingButAcceptanceIsOK(t *testing.T) {
	r := validate(t, always(ok(accept(2, 1, 1)...), nil), two...)
	require.Equal(t, &Report{Verdict: OK, Slices: 2, Distinct: 2, Events: 4, States: 7}, r)

	unknown := func(kind tlc.Kind) *tlc.Result {
		// TLC said of all slices that they are accepted, and did not end well.
		return &tlc.Result{Kind: kind, Reason: "because", Errors: []tlc.Message{{Text: "text"}}, Printed: accept(1, 2)}
	}
	for name, c := range map[string]fake{
		"parse error":         always(unknown(tlc.KindParse), nil),
		"configuration error": always(unknown(tlc.KindConfig), nil),
		"no initial state":    always(unknown(tlc.KindVacuous), nil),
		"simulation":          always(unknown(tlc.KindSimulation), nil),
		"stopped":             always(unknown(tlc.KindStopped), nil),
		"crash":               always(unknown(tlc.KindCrash), nil),
		"output cut off":      always(unknown(tlc.KindOutput), nil),
		"a kind unheard of":   always(unknown("new"), nil),
	} {
		r := validate(t, c, two...)
		assert.Equal(t, Unknown, r.Verdict, name)
		assert.Equal(t, "because: text", r.Reason, name)
		assert.Empty(t, r.Rejected, name)
	}
	for name, c := range map[string]fake{
		"no result":                 always(nil, nil),
		"a violated property":       always(&tlc.Result{Verdict: tlc.Violated, Kind: tlc.KindAssert, Reason: "r", Printed: accept(1, 2)}, nil),
		"nothing printed, cut":      always(&tlc.Result{Verdict: tlc.OK, PrintedCut: 1}, nil),
		"one of two printed, cut":   always(&tlc.Result{Verdict: tlc.OK, Printed: accept(2), PrintedCut: 1}, nil),
		"lines of the spec's, cut":  always(&tlc.Result{Verdict: tlc.OK, Printed: []string{`<<"accepted", 1>>`, `x<<"lockstep accepted", 1>>`, `<<"lockstep accepted", 1>>x`}, PrintedCut: 9}, nil),
		"other slices printed, cut": always(&tlc.Result{Verdict: tlc.OK, Printed: accept(3, 4), PrintedCut: 1}, nil),
	} {
		r := validate(t, c, two...)
		assert.Equal(t, Unknown, r.Verdict, name)
		assert.NotEmpty(t, r.Reason, name)
	}

	_, err := (&TLC{Checker: always(nil, errors.New("no java"))}).Validate(t.Context(), testSpec, two)
	require.EqualError(t, err, "no java")
	spec := testSpec
	spec.Modules = fstest.MapFS{}
	_, err = (&TLC{Checker: always(ok(accept(1, 2)...), nil)}).Validate(t.Context(), spec, two)
	require.EqualError(t, err, "specification Spec has no modules: expected files *.tla")
}

func TestNothingToJudge(t *testing.T) {
	c := always(ok(accept(1, 2)...), nil)
	r := validate(t, c)
	require.Equal(t, Unknown, r.Verdict)
	require.Equal(t, "there are no slices to judge", r.Reason)
	r = validate(t, c, two[0], trace.Slice{Name: "empty"})
	require.Equal(t, Unknown, r.Verdict)
	require.Equal(t, `slice "empty" has no events`, r.Reason)
}

// A batch whose lines were cut is judged in halves.
func TestCutPrintingIsJudgedInHalves(t *testing.T) {
	runs := 0
	r := validate(t, fake(func(n int, _, _ bool) (*tlc.Result, error) {
		runs++
		if n > 1 {
			return &tlc.Result{Verdict: tlc.OK, Generated: 1, Printed: accept(1), PrintedCut: 1}, nil
		}
		return &tlc.Result{Verdict: tlc.OK, Generated: 1, Printed: accept(1), PrintedCut: 5}, nil
	}), two...)
	require.Equal(t, OK, r.Verdict, r.Reason)
	require.Equal(t, 3, runs)
}

func TestRejections(t *testing.T) {
	state := &tlc.Result{Verdict: tlc.Violated, Trace: []tlc.State{{Variables: []tlc.Variable{
		{Name: "x", Text: "1"}, {Name: varAt, Text: "2"}, {Name: varSlice, Text: "1"}, {Name: varSilent, Text: "FALSE"}}}}}
	reach := func(n ...int) []string {
		var lines []string
		for _, k := range n {
			lines = append(lines, fmt.Sprintf(`<<"lockstep reached", 1, %d>>`, k))
		}
		return lines
	}
	judge := func(first, every, last *tlc.Result) fake {
		return func(_ int, e, s bool) (*tlc.Result, error) {
			switch {
			case s:
				return last, nil
			case e:
				return every, nil
			}
			return first, nil
		}
	}

	r := validate(t, judge(ok(accept(2)...), ok(reach(1, 1)...), state), two...)
	require.Equal(t, Violated, r.Verdict)
	require.Equal(t, "1 of 2 distinct slices are not behaviours of Spec", r.Reason)
	require.Equal(t, []Rejection{{Slice: two[0], Explained: 1, Event: two[0].Events[1],
		Reason: "no behaviour that explains the events before it can continue so", State: []Binding{{"x", "1"}}}}, r.Rejected)
	require.Equal(t, "slice one: event 2 of 2 is not a step of the specification: n #2 A(p1): no behaviour that explains the events before it can continue so", r.Rejected[0].String())

	// What the second run does not tell is not told.
	for reason, every := range map[string]*tlc.Result{
		"it was not found out at which event: TLC was killed":                    {Kind: tlc.KindCrash, Reason: "TLC was killed", Printed: reach(1)},
		"it was not found out at which event: TLC printed more than 10000 lines": {Verdict: tlc.OK, Printed: reach(1), PrintedCut: 1},
		"it was not found out at which event: a second run explains all of them": ok(reach(1, 2)...),
		"it was not found out at which event: TLC did not run":                   nil,
	} {
		r := validate(t, judge(ok(accept(2)...), every, state), two...)
		require.Equal(t, Violated, r.Verdict)
		require.Equal(t, []Rejection{{Slice: two[0], Explained: -1, Reason: reason}}, r.Rejected)
		require.Contains(t, r.Rejected[0].String(), reason)
	}

	// No meaning: TLC stops, and each slice is judged alone.
	undefined := func(lines ...string) *tlc.Result {
		return &tlc.Result{Kind: tlc.KindEvaluation, Reason: "it does not evaluate", Printed: lines}
	}
	r = validate(t, judge(undefined(), undefined(reach(1)...), state), two[0])
	require.Equal(t, Violated, r.Verdict)
	require.Equal(t, 1, r.Rejected[0].Explained)
	require.Equal(t, "the specification gives it no meaning: it does not evaluate", r.Rejected[0].Reason)
	r = validate(t, judge(undefined(accept(1)...), nil, nil), two[0])
	require.Equal(t, OK, r.Verdict, "another behaviour consumes the whole of it")
	r = validate(t, judge(undefined(accept(1)...), ok(), state), two...)
	require.Equal(t, OK, r.Verdict, "each alone")

	// An explanation for the first few only.
	var many []trace.Slice
	for i := range 15 {
		many = append(many, sliceOf(fmt.Sprint(i), fmt.Sprintf("Begin A(p%d)", i)))
	}
	r = validate(t, judge(ok(), ok(reach(1)...), state), many...)
	require.Equal(t, Violated, r.Verdict)
	require.Len(t, r.Rejected, MaxRejected)
	require.Equal(t, 5, r.RejectedCut)
	require.Equal(t, 1, r.Rejected[2].Explained)
	require.Equal(t, -1, r.Rejected[3].Explained)
}

// What cannot even be written down is rejected without TLC, and makes no other
// slice disappear.
func TestHostileSlices(t *testing.T) {
	for reason, s := range map[string]trace.Slice{
		"the specification defines no action Vote":                         sliceOf("h", "Begin Vote"),
		`expected the name of an action, found "B/\\TRUE"`:                 sliceOf("h", `Begin B/\TRUE`),
		`a string in a specification holds printable ASCII, found "p\x00"`: sliceOf("h", "Begin A(p\x00"),
	} {
		r := validate(t, always(ok(accept(1)...), nil), two[0], s)
		require.Equal(t, Violated, r.Verdict)
		require.Equal(t, []Rejection{{Slice: s, Explained: 1, Event: s.Events[1], Reason: reason}}, r.Rejected)
	}
	// A trace may not replace what the specification defines.
	for name, v := range map[string]any{
		"B": true, "Init": true, "Nat": trace.Set{}, "LockstepSlices": []any{}, "P = 1\n Q": int64(1), "": int64(1),
		"P": "\n", "Q": 1.5,
	} {
		s := two[0]
		s.Constants = map[string]any{name: v}
		r := validate(t, always(ok(accept(1)...), nil), s)
		assert.Equal(t, Unknown, r.Verdict, name)
		assert.NotEmpty(t, r.Reason)
	}
	s := two[0]
	s.Constants = map[string]any{"P": "\"\\"}
	require.Equal(t, OK, validate(t, always(ok(accept(1)...), nil), s).Verdict, "the control")
}

// Slices of other constants are judged by other runs.
func TestBatches(t *testing.T) {
	var list []trace.Slice
	for i := range 6 {
		s := sliceOf(fmt.Sprint(i), "Begin A(p1)")
		s.Constants = map[string]any{"P": int64(i % 2)}
		list = append(list, s)
	}
	runs := 0
	r := validate(t, fake(func(n int, _, _ bool) (*tlc.Result, error) {
		runs++
		require.Equal(t, 1, n)
		return ok(accept(1)...), nil
	}), list...)
	require.Equal(t, &Report{Verdict: OK, Slices: 6, Distinct: 2, Events: 12, States: 14}, r)
	require.Equal(t, 2, runs)

	actions, err := actionNames(testSpec)
	require.NoError(t, err)
	spec := testSpec
	spec.Constants = map[string]string{"P": "{}", "Q": "3"}
	b, _, err := batches(spec, actions, list)
	require.NoError(t, err)
	require.Equal(t, "    P = 0\n    Q = 3\n", b[0].constants, "the slice's count more")

	// One run holds at most a chunk.
	list = nil
	for i := range chunk + 3 {
		list = append(list, sliceOf("", fmt.Sprintf("A(%d)", i)))
	}
	var sizes []int
	r = validate(t, fake(func(n int, _, _ bool) (*tlc.Result, error) {
		sizes = append(sizes, n)
		res := ok()
		for i := range n {
			res.Printed = append(res.Printed, accept(i+1)...)
		}
		return res, nil
	}), list...)
	require.Equal(t, OK, r.Verdict)
	require.Equal(t, []int{chunk, 3}, sizes)
}
