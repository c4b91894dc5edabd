package engine_test

import (
	"bytes"
	"context"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// mail is a specification in which a step is a choice of a message. Take is the
// first of two actions that do the same.
const mail = `---- MODULE Mail ----
EXTENDS Naturals
CONSTANTS a, b
VARIABLES msgs, got
vars == <<msgs, got>>
Message == [to : {a, b}, body : {<<"hello", "there">>}]
Init == msgs = {} /\ got = <<>>
Send(m) == m \notin msgs /\ msgs' = msgs \cup {m} /\ UNCHANGED got
Take(n, m) == m.to = n /\ msgs' = msgs \ {m} /\ UNCHANGED got
Drop(m) == msgs' = msgs \ {m} /\ UNCHANGED got
Receive(n) == \E m \in msgs : Take(n, m)
Lose == \E m \in msgs : Drop(m)
Note(n) == \E k \in {4, 5} : got' = <<n, k>> /\ UNCHANGED msgs
Next == (\E m \in Message : Send(m)) \/ (\E n \in {a, b} : Receive(n)) \/ Lose \/ (\E n \in {a, b} : Note(n))
Shown == [all |-> msgs]
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Never == <>(got # <<>>)
====`

func mailRequest(config string) engine.Request {
	return engine.Request{Modules: fstest.MapFS{"Mail.tla": {Data: []byte(mail)}}, Module: "Mail", Config: []byte("INIT Init NEXT Next CONSTANTS a = a b = b " + config)}
}

// said is a checker that has its answer ready.
type said struct{ result tlc.Result }

func (s said) Check(context.Context, tlc.Request) (*tlc.Result, error) { return &s.result, nil }

// toldBy is what TLC would say: the steps by the names of its disjuncts.
func toldBy(t *testing.T, loop int, by string, steps ...string) said {
	t.Helper()
	r := tlc.Result{Verdict: tlc.Violated, Kind: tlc.KindTemporal, Loop: loop, LoopAction: by}
	for i := 0; i < len(steps); i += 3 {
		s := tlc.State{Number: i/3 + 1, Action: steps[i]}
		for k, name := range []string{"msgs", "got"} {
			v, err := tlc.ParseValue(steps[i+1+k])
			require.NoError(t, err)
			s.Variables = append(s.Variables, tlc.Variable{Name: name, Text: steps[i+1+k], Value: v})
		}
		r.Trace = append(r.Trace, s)
	}
	return said{r}
}

const letter = `[to |-> a, body |-> <<"hello", "there">>]`

// The Go engine tells the actions and arguments of a counterexample of TLC's, of
// several actions that lead there that of TLC's disjunct, and of the step back.
func TestStepsOfTLCAreNamed(t *testing.T) {
	lasso := []string{"Initial predicate", "{}", "<<>>", "Send", "{" + letter + "}", "<<>>"}
	for by, want := range map[string]engine.Call{
		"Receive": {Action: "Take", Params: []string{"n", "m"}, Args: []string{"a", letter}},
		"Lose":    {Action: "Drop", Params: []string{"m"}, Args: []string{letter}},
		"":        {Action: "Take", Params: []string{"n", "m"}, Args: []string{"a", letter}}, // the first
		"Other":   {Action: "Take", Params: []string{"n", "m"}, Args: []string{"a", letter}}, // there is none
	} {
		r, err := engine.TLC{Checker: toldBy(t, 1, by, lasso...)}.Check(t.Context(), mailRequest(""))
		require.NoError(t, err)
		require.Len(t, r.Trace, 2)
		assert.Equal(t, engine.Call{Action: "Initial predicate"}, r.Trace[0].Call())
		assert.Equal(t, engine.Call{Action: "Send", Params: []string{"m"}, Args: []string{letter}}, r.Trace[1].Call())
		require.NotNil(t, r.Back, by)
		assert.Equal(t, want.Action, r.Back.Action, by)
		assert.Equal(t, want.Params, r.Back.Params, by)
		assert.Equal(t, "Send(m)", r.Trace[1].Title())
		assert.Contains(t, r.Back.Title(), want.Action+"(")
	}

	// ITF has what the state's "#meta" has: the call with its values.
	r, err := engine.TLC{Checker: toldBy(t, 1, "Receive", lasso...)}.Check(t.Context(), mailRequest(""))
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, engine.WriteITF(&b, "Mail.tla", r))
	for _, text := range []string{`"disjunct": "Send"`, `"action": "Take"`, `"n": "ModelValue_a"`, `"#tup": [`} {
		assert.Contains(t, b.String(), text)
	}
}

// What an action picks is told, in the text of a step and in ITF.
func TestPicks(t *testing.T) {
	r, err := engine.TLC{Checker: toldBy(t, 0, "", "Initial predicate", "{}", "<<>>", "Note", "{}", "<<b, 5>>")}.Check(t.Context(), mailRequest(""))
	require.NoError(t, err)
	want := engine.Call{Action: "Note", Params: []string{"n"}, Args: []string{"b"}, Picked: []string{"k"}, Picks: []string{"5"}}
	assert.Equal(t, want, r.Trace[1].Call())
	assert.Equal(t, "Note(b)", r.Trace[1].Title())
	names, texts := want.With()
	assert.Equal(t, []string{"k"}, names)
	assert.Equal(t, []string{"5"}, texts)
	meta := r.Trace[1].ITF()["#meta"].(map[string]any)
	assert.Equal(t, map[string]any{"k": map[string]any{"#bigint": "5"}}, meta["picked"])
}

// So it is with what the real TLC says.
func TestLiveStepsOfTLCAreNamed(t *testing.T) {
	q := mailRequest("")
	q.Config, q.Short = []byte("SPECIFICATION Spec CONSTANTS a = a b = b PROPERTY Never"), true
	r, err := engine.TLC{Checker: runner(t)}.Check(t.Context(), q)
	require.NoError(t, err)
	require.Equal(t, tlc.KindTemporal, r.Kind, r.Reason)
	require.Greater(t, len(r.Trace), 1)
	for _, s := range r.Trace[1:] {
		assert.Contains(t, []string{"Send", "Receive", "Lose", "Note"}, s.Disjunct)
		assert.Contains(t, []string{"Send", "Take", "Drop", "Note"}, s.Action)
		assert.Len(t, s.Args, len(s.Params))
	}
	require.NotNil(t, r.Back, "a message that is sent and received")
	assert.NotEmpty(t, r.Back.Args)
}

// What the Go engine cannot tell stays as TLC told it.
func TestStepsThatCannotBeNamed(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		steps  []string
	}{
		"no step":            {"", []string{"Initial predicate", "{}", "<<>>", "Receive", "{" + letter + "}", "<<1>>"}},
		"stuttering":         {"", []string{"Initial predicate", "{}", "<<>>", "Receive", "{}", "<<>>"}},
		"a value unheard of": {"", []string{"Initial predicate", "{}", "<<>>", "Receive", "{c}", "<<>>"}},
		"no configuration":   {"INVARIANT Nowhere", []string{"Initial predicate", "{}", "<<>>", "Receive", "{" + letter + "}", "<<>>"}},
	} {
		r, err := engine.TLC{Checker: toldBy(t, 0, "", c.steps...)}.Check(t.Context(), mailRequest(c.config))
		require.NoError(t, err)
		assert.Equal(t, engine.Call{Action: "Receive"}, r.Trace[1].Call(), name)
		assert.Nil(t, r.Back, name)
	}
	alias := toldBy(t, 1, "Lose", "Initial predicate", "{}", "<<>>", "Send", "{"+letter+"}", "<<>>")
	for i := range alias.result.Trace {
		alias.result.Trace[i].Variables = alias.result.Trace[i].Variables[:1]
	}
	r, err := engine.TLC{Checker: alias}.Check(t.Context(), mailRequest("ALIAS Shown"))
	require.NoError(t, err)
	assert.Equal(t, engine.Call{Action: "Send"}, r.Trace[1].Call(), "the state is not known")
}

// Long arguments give way to the names of their parameters.
func TestTitle(t *testing.T) {
	for want, c := range map[string]engine.Call{
		"Tick":                 {Action: "Tick"},
		"Move(a, 7)":           {Action: "Move", Params: []string{"n", "k"}, Args: []string{"a", "7"}},
		"Take(a, m)":           {Action: "Take", Params: []string{"n", "m"}, Args: []string{"a", letter}},
		"Take(" + letter + ")": {Action: "Take", Args: []string{letter}}, // its parameter is not known
		"HandleTheSecondKindOfMessage(n1, one, {a})": {Action: "HandleTheSecondKindOfMessage", Params: []string{"n", "one", "other"},
			Args: []string{"n1", "<<1, 2, 3>>", "{a}"}},
	} {
		assert.Equal(t, want, c.Title())
	}
	names, texts := engine.Call{Action: "Take", Params: []string{"n", "m"}, Args: []string{"a", "[to |-> a,\n  body |-> <<\"hello\", \"there\">>]"}}.With()
	assert.Equal(t, []string{"m"}, names)
	assert.Equal(t, []string{letter}, texts)
}
