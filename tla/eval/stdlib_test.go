package eval_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Everything that the modules' documentation promises holds.
func TestStandardModules(t *testing.T) {
	src, err := os.ReadFile("../stdlib/testdata/StdlibExamples.tla")
	require.NoError(t, err)
	text := strings.Replace(string(src), "MODULE StdlibExamples", "MODULE M", 1)
	m := newModel(t, text, "")
	require.Greater(t, len(m.Spec.Root.Assumes), 10)
	for _, a := range m.Spec.Root.Assumes {
		e, err := m.Program.Expr(m.Program.RefTo(a.Body, a.Module.Name))
		require.NoError(t, err, a.Name)
		v, err := eval.NewMachine(m.Program).Eval(e, nil, nil)
		assert.NoError(t, err, a.Name)
		assert.Equal(t, value.True, v, a.Name)
	}
}

// evaluate returns what an expression prints as, or its error.
func evaluate(t *testing.T, extends, expr string, with ...func(*eval.Machine)) string {
	m := newModel(t, "---- MODULE M ----\nEXTENDS "+extends+"\nE == "+expr+"\n====\n", "")
	r, ok := m.Program.Lookup("E")
	require.True(t, ok)
	e, err := m.Program.Expr(r)
	if err != nil {
		return "refused: " + err.Error()
	}
	mach := eval.NewMachine(m.Program)
	for _, f := range with {
		f(mach)
	}
	v, err := mach.Eval(e, nil, nil)
	if err != nil {
		if e, ok := err.(*eval.Error); ok && e.Unsupported {
			return "refused: " + e.Msg
		}
		return "error: " + err.(*eval.Error).Msg
	}
	return mach.Local.Print(v)
}

func TestJson(t *testing.T) {
	for expr, want := range map[string]string{
		`ToJson([b |-> 1, a |-> <<TRUE, "x\"y">>])`: `"{\"b\":1,\"a\":[true,\"x\\\"y\"]}"`,
		`ToJson({2, 1})`:                  `"[1,2]"`,
		`ToJson(1 :> "a" @@ 5 :> {})`:     `"{\"1\":\"a\",\"5\":[]}"`,
		`ToJson(<<>>)`:                    `"[]"`,
		`ToJson(-3)`:                      `"-3"`,
		`ToJson("<&>")`:                   `"\"<&>\""`,
		`ToJsonArray([a |-> 1, b |-> 2])`: `"[1,2]"`,
		`ToJsonObject(<<7, 8>>)`:          `"{\"1\":7,\"2\":8}"`,
		`ToJsonObject({1})`:               "error: Cannot convert to a JSON object:\n{1}",
		`ToJson(Nat)`:                     "error: Attempted to enumerate the set Nat, which is not enumerable",
	} {
		assert.Equal(t, want, evaluate(t, "Json, TLC, Integers", expr), expr)
	}
}

func TestJsonFiles(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.json")
	q := fmt.Sprintf("%q", file)
	assert.Equal(t, "TRUE", evaluate(t, "Json", "JsonSerialize("+q+`, [a |-> <<1, "x">>, b |-> {TRUE}])`))
	assert.Equal(t, `[a |-> <<1, "x">>, b |-> <<TRUE>>]`, evaluate(t, "Json", "JsonDeserialize("+q+")"))
	assert.Equal(t, "TRUE", evaluate(t, "Json", "ndJsonSerialize("+q+`, <<[a |-> 1], <<>>, "s">>)`))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "{\"a\":1}\n[]\n\"s\"\n", string(text))
	assert.Equal(t, `<<[a |-> 1], <<>>, "s">>`, evaluate(t, "Json", "ndJsonDeserialize("+q+")"))
	for text, want := range map[string]string{
		`{"z": 1, "y": {"z": []}}`: `[z |-> 1, y |-> [z |-> <<>>]]`,
		`{"a": 1, "a": 2}`:         `[a |-> 2]`,
		`1.5`:                      "error: JsonDeserialize cannot use " + file + ": found the number 1.5, expected an integer of 32 bits",
		`99999999999`:              "error: JsonDeserialize cannot use " + file + ": found the number 99999999999, expected an integer of 32 bits",
		`null`:                     "error: JsonDeserialize cannot use " + file + ": found null, which is no TLA+ value",
		`1 2`:                      "error: JsonDeserialize cannot use " + file + ": found more after the first value",
		`{"a"`:                     "error: JsonDeserialize cannot use " + file + ": EOF",
	} {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
		assert.Equal(t, want, evaluate(t, "Json", "JsonDeserialize("+q+")"), text)
	}
	assert.Contains(t, evaluate(t, "Json", `JsonDeserialize("`+filepath.Join(dir, "none")+`")`), "error: JsonDeserialize cannot read its file: ")
	require.NoError(t, os.WriteFile(file, []byte("1\n\nx\n"), 0o644))
	assert.Contains(t, evaluate(t, "Json", "ndJsonDeserialize("+q+")"), "cannot use line 3 of "+file)
}

func TestCSV(t *testing.T) {
	q := fmt.Sprintf("%q", filepath.Join(t.TempDir(), "a.csv"))
	assert.Equal(t, "0", evaluate(t, "CSV", "CSVRecords("+q+")"))
	write := func(row string) string { return evaluate(t, "CSV", `CSVWrite("%1$s;%2$s", `+row+", "+q+")") }
	assert.Equal(t, "TRUE", write(`<<42, "abc">>`))
	assert.Equal(t, "TRUE", write(`<<{1}, "">>`))
	assert.Contains(t, write(`<<1>>`), "names value 2, found 1 values")
	assert.Equal(t, "2", evaluate(t, "CSV", "CSVRecords("+q+")"))
	assert.Equal(t, `<<[n |-> "42", s |-> "abc"], [n |-> "{1}", s |-> ""]>>`, evaluate(t, "CSV", `CSVRead(<<"n", "s">>, ";", `+q+")"))
	assert.Contains(t, evaluate(t, "CSV", `CSVRead(<<"n">>, ";", `+q+")"), "found 2 cells in line 1")
}

func TestIOUtils(t *testing.T) {
	t.Setenv("LOCKSTEP_TEST", "a value")
	assert.Equal(t, `"a value"`, evaluate(t, "IOUtils", "IOEnv.LOCKSTEP_TEST"))
	assert.Equal(t, "-12", evaluate(t, "IOUtils", `atoi("-12")`))
	assert.Contains(t, evaluate(t, "IOUtils", `atoi("2147483648")`), "error: The argument of atoi should say an integer")
	assert.Equal(t, `"007"`, evaluate(t, "IOUtils", "zeroPadN(7, 3)"))
	q := fmt.Sprintf("%q", filepath.Join(t.TempDir(), "a.txt"))
	opts := `[format |-> "TXT", charset |-> "UTF-8", openOptions |-> <<"WRITE", "CREATE", "%s">>]`
	ok := `[exitValue |-> 0, stdout |-> "", stderr |-> ""]`
	norm := func(expr string) string { return evaluate(t, "IOUtils", expr+" = "+ok) }
	assert.Equal(t, "TRUE", norm(`Serialize("abc", `+q+", "+fmt.Sprintf(opts, "TRUNCATE_EXISTING")+")"))
	assert.Equal(t, "TRUE", norm(`Serialize(<<1>>, `+q+", "+fmt.Sprintf(opts, "APPEND")+")"))
	assert.Equal(t, `"abc<<1>>"`, evaluate(t, "IOUtils", `Deserialize(`+q+", "+fmt.Sprintf(opts, "WRITE")+").stdout"))
	assert.Contains(t, evaluate(t, "IOUtils", "IODeserialize("+q+", FALSE)"), "the operator IODeserialize of module IOUtils is not supported")

	// Commands run only if the Machine may run them.
	for _, expr := range []string{`IOExec(<<"ls", "-l">>)`, `IOExecTemplate(<<"ls", "-%s">>, <<"l">>)`, `IOEnvExecTemplate([A |-> 1], <<"ls", "-%1$s">>, <<"l">>)`} {
		assert.Contains(t, evaluate(t, "IOUtils", expr), `would run the command "ls -l": commands of specifications are not run`)
		var argv, env []string
		got := evaluate(t, "IOUtils", expr+".exitValue", func(m *eval.Machine) {
			m.Exec = func(a, e []string) (int, string, string, error) { argv, env = a, e; return 3, "out", "", nil }
		})
		assert.Equal(t, "3", got)
		assert.Equal(t, []string{"ls", "-l"}, argv)
		if strings.HasPrefix(expr, "IOEnv") {
			assert.Equal(t, []string{"A=1"}, env)
		}
	}
}

func TestRandomization(t *testing.T) {
	ext := "Randomization, Integers, FiniteSets, TLC"
	for _, expr := range []string{
		`LET S == RandomSubset(3, 1..10) IN S \subseteq 1..10 /\ Cardinality(S) = 3`,
		`LET S == RandomSubset(5, [1..40 -> BOOLEAN]) IN S \subseteq [1..40 -> BOOLEAN] /\ Cardinality(S) = 5`,
		`LET S == RandomSubset(4, SUBSET (1..100)) IN S \subseteq SUBSET (1..100) /\ Cardinality(S) = 4`,
		`LET S == RandomSubset(4, [a : 1..100000, b : SUBSET (1..30)]) IN S \subseteq [a : 1..100000, b : SUBSET (1..30)] /\ Cardinality(S) = 4`,
		`LET S == RandomSetOfSubsets(20, 3, 1..10) IN S \subseteq SUBSET (1..10) /\ Cardinality(S) \in 5..20`,
		`LET S == RandomSubsetSet(20, "0.5", 1..10) IN S \subseteq SUBSET (1..10) /\ Cardinality(S) \in 5..20`,
		`RandomElement(1..3) \in 1..3`,
		`{RandomElement(1..3) : i \in 1..50} = 1..3`,
		`RandomSubset(0, {}) = {}`,
	} {
		assert.Equal(t, "TRUE", evaluate(t, ext, expr), expr)
	}
	seed := func(n int64) string {
		return evaluate(t, ext, "RandomSubset(10, 1..1000)", func(m *eval.Machine) { m.Seed = n })
	}
	assert.Equal(t, seed(7), seed(7))
	assert.NotEqual(t, seed(7), seed(8))
	assert.Contains(t, evaluate(t, ext, "RandomSubset(3, {1})"), "error: The first argument of RandomSubset")
	assert.Contains(t, evaluate(t, ext, "RandomSubset(1, Nat)"), "not a finite set")
	assert.Contains(t, evaluate(t, ext, "RandomElement({})"), "error: ")
	assert.Contains(t, evaluate(t, ext, `RandomSubsetSet(1, "1.5", {1})`), "probability")
}

func TestTLCExt(t *testing.T) {
	ext := "TLCExt, TLC, Integers, Sequences"
	for expr, want := range map[string]string{
		`AssertError("The second argument of \\div is 0.", 1 \div 0)`: "TRUE",
		`AssertError("something else", 1 \div 0)`:                     "FALSE",
		`AssertError("anything", 1)`:                                  "FALSE",
		`AssertEq(1, 1)`:                                              "TRUE",
		`AssertEq(1, 2)`:                                              "FALSE",
		`TLCModelValue("m")`:                                          "m",
		`TLCNoOp(<<1>>)`:                                              "<<1>>",
		`TLCCache(1 + 1, {})`:                                         "2",
		`TLCGetOrDefault(1, 5)`:                                       "5",
		`<<TLCGetAndSet(1, +, 3, 10), TLCGetAndSet(1, LAMBDA a, b : a * b, 2, 0), TLCGet(1)>>`: "<<10, 13, 26>>",
		`<<TLCSet(3, {1}), TLCGet(3), TLCGetOrDefault(3, 0)>>`:                                 "<<TRUE, {1}, {1}>>",
		`PickSuccessor(TRUE)`:  "TRUE",
		`PickSuccessor(FALSE)`: "refused: PickSuccessor(FALSE), which asks the user, is not supported",
		`Trace`:                "refused: Trace is not supported here",
		`TLCSet("exit", TRUE)`: `refused: TLCSet("exit", ...) is not supported`,
		`CounterExample`:       "refused: line 3, col 6 to line 3, col 19 of module M: the operator CounterExample of module TLCExt is not supported",
	} {
		assert.Equal(t, want, evaluate(t, ext, expr), expr)
	}
	assert.Equal(t, "<<[x |-> 1]>>", evaluate(t, ext, "Trace", func(m *eval.Machine) {
		m.Trace = func() (value.Value, bool) {
			return m.Tuple(m.Record([]value.Value{m.Str("x")}, []value.Value{value.Int(1)})), true
		}
	}))
	assert.Equal(t, "7", evaluate(t, ext, `TLCGet("level")`, func(m *eval.Machine) {
		m.Stat = func(name string) (value.Value, bool) { return value.Int(7), name == "level" }
	}))
}
