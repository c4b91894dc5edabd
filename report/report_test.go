package report_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"html"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify"
)

var rewrite = flag.Bool("rewrite", false, "rewrite the golden files")

// golden compares with a file of testdata, whose diff is to be read before it
// is committed.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *rewrite {
		require.NoError(t, os.WriteFile(file, got, 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "write it with -rewrite")
	assert.Equal(t, string(want), string(got), "%s differs; if it should, run go test ./report -rewrite", file)
}

// hostile holds what may come from a trace or a specification and must not
// reach a terminal, a page or a table as what it is.
const hostile = "</script></style></svg>\"'<img src=x onerror=alert(1)>\x1b[2J\x1b]0;gone\a|`**bold**`|\u202eright\x00\xff]]>&amp;"

func result() *verify.Result {
	return &verify.Result{
		Started: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Seconds: 151.2, Version: "lockstep devel, go1.26, TLC 2.18",
		Command: "lockstep verify twophase --seed 7", Seed: 7, Dir: "runs/20260301-120000-verify", Verdict: verify.Violated,
		Stages: []verify.Stage{
			{System: "twophase", Group: "spec", Name: "smoke", Verdict: verify.OK, Seconds: 4.12, Summary: "66,074 states, 8,055 distinct, depth 23",
				Figures: []verify.Figure{{Name: "states generated", Value: 66074}, {Name: "rate", Value: 16037.4, Unit: "1/s"}, {Name: "share", Value: 0.125}}, Evidence: []string{"TLC 2.18: ok"}},
			{System: "twophase", Group: "spec", Name: "three", Verdict: verify.Unknown, Reason: "java is not on PATH: TLC needs a Java runtime, version 8 or newer (or set JAVA_HOME)", Reproduce: "lockstep check twophase/three"},
			{System: "twophase", Group: "simulation", Name: "seeds", Verdict: verify.Violated, Seconds: 75, Summary: "seeds 7 to 2,006: 1,532,011 events, 48,112 faults, 9,120 simulated seconds",
				Reason:    "seed 9, plan crashes: p1 has committed 1.4, and p2 has aborted it",
				Reproduce: "lockstep chaos twophase --seed 9 --plan crashes",
				Evidence:  []string{"seed 9, plan crashes: p1 has committed 1.4, and p2 has aborted it"},
				Files:     []string{"twophase/simulation/seed-9.trace.ndjson", "twophase/simulation/a b#?.log", "../elsewhere", "/etc/passwd"}},
			{System: hostile, Group: hostile, Name: hostile, Verdict: verify.Violated, Summary: hostile, Reason: hostile, Reproduce: hostile,
				Figures: []verify.Figure{{Name: hostile, Value: -1234567, Unit: hostile}}, Evidence: []string{hostile, "  indented"}, Files: []string{hostile, "javascript:alert(1)"}},
			{System: "strange", Group: "g", Name: "not a verdict", Verdict: "pass", Summary: "a word that is none of the three"},
		},
	}
}

// events are a part of a run of two-phase commit.
func events() []trace.Event {
	clock := func(c, p1, p2 uint64) map[string]uint64 { return map[string]uint64{"c": c, "p1": p1, "p2": p2} }
	return []trace.Event{
		{Node: "c", Seq: 1, Clock: clock(1, 0, 0), Slice: "1.1", Action: "Begin", Local: nil, Vars: map[string]any{"cstate": "collecting", "yes": trace.Set{}}},
		{Node: "p1", Seq: 1, Clock: clock(2, 1, 0), Slice: "1.1", Action: "RecvPrepare", Args: []any{"p1"}, Recv: "c/1", Local: map[string]any{"pstate": "prepared"}},
		{Node: "c", Seq: 2, Clock: clock(3, 2, 0), Slice: "1.1", Action: "RecvVote", Args: []any{"p1"}, Recv: "p1/1", Sent: []string{"c/1", "c/2", "c/9"}, Vars: map[string]any{"yes": trace.Set{"p1"}}},
		{Node: "p2", Seq: 1, Clock: clock(2, 0, 1), Action: "Recover", Args: []any{"p2"}, Local: map[string]any{"pstate": "working"}},
		{Node: "p1", Seq: 2, Clock: clock(3, 4, 0), Slice: "1.1", Action: hostile, Args: []any{hostile}, Recv: "nobody", Sent: []string{"p1/1"}, Local: map[string]any{"pstate": trace.Func{{int64(1), true}}}},
	}
}

func TestTable(t *testing.T) {
	var plain, narrow bytes.Buffer
	require.NoError(t, report.Table(&plain, report.Screen{}, result()))
	golden(t, "table.txt", plain.Bytes())
	last := plain.String()[strings.LastIndex(strings.TrimSpace(plain.String()), "\n")+1:]
	assert.Contains(t, last, "violated")
	assert.Contains(t, last, "seed 7")
	for _, v := range []string{"ok", "violated", "unknown"} {
		assert.Contains(t, plain.String(), v)
	}
	assert.NotContains(t, plain.String(), "\x1b")
	assert.NotContains(t, plain.String(), "\u202e")
	require.NoError(t, report.Table(&narrow, report.Screen{Width: 80, Color: true}, result()))
	golden(t, "table-80.txt", narrow.Bytes())
	assert.NotContains(t, narrow.String(), "\x1b[2J", "only our own escape sequences")
}

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.Markdown(&b, result()))
	golden(t, "summary.md", b.Bytes())
	assert.NotContains(t, b.String(), "\x1b")
	for _, line := range strings.Split(b.String(), "\n") {
		if strings.HasPrefix(line, "| ") {
			assert.NotContains(t, line, "<img")
			assert.Equal(t, 7, strings.Count(line, "|")-strings.Count(line, `\|`), "columns of %q", line)
		}
	}
}

func TestJUnit(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.JUnit(&b, result()))
	golden(t, "junit.xml", b.Bytes())
	var back struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Suites   []struct {
			Cases []struct {
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
				Skipped *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal(b.Bytes(), &back))
	assert.Equal(t, []int{5, 2, 2}, []int{back.Tests, back.Failures, back.Errors})
	for _, s := range back.Suites {
		for _, c := range s.Cases {
			assert.Nil(t, c.Skipped)
			assert.Equal(t, c.Name == "smoke", c.Failure == nil && c.Error == nil, c.Name)
		}
	}
}

// A result with nothing in it is not a pass in any form.
func TestNothingIsNoPass(t *testing.T) {
	r := &verify.Result{Verdict: verify.Unknown}
	var table, junit, page bytes.Buffer
	require.NoError(t, report.Table(&table, report.Screen{}, r))
	assert.Contains(t, table.String(), "unknown  0 stages")
	require.NoError(t, report.JUnit(&junit, r))
	assert.Contains(t, junit.String(), `errors="1"`)
	require.NoError(t, report.HTML(&page, r, ""))
	assert.Contains(t, page.String(), "nothing was checked")
}

func TestHTML(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "twophase", "simulation", "seed-9.trace.ndjson")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	writeTrace(t, file, trace.Header{Spec: "TwoPhase", Sliced: true}, events())
	var b bytes.Buffer
	require.NoError(t, report.HTML(&b, result(), dir))
	golden(t, "report.html", b.Bytes())
	page := b.String()
	for _, never := range []string{"<script", "<img", "javascript:", "http://", "https://", "\x1b", "\x00", "href=\"../", "href=\"/"} {
		if never == "http://" {
			assert.Equal(t, strings.Count(page, `xmlns="http://www.w3.org/2000/svg"`), strings.Count(page, never), "nothing is fetched")
			continue
		}
		if never == "javascript:" {
			assert.NotContains(t, page, `href="javascript:`)
			continue
		}
		assert.NotContains(t, page, never)
	}
	assert.Equal(t, 1, strings.Count(page, "</style>")-strings.Count(page, "<svg"), "no style is ended by a text")
	assert.Contains(t, page, `<svg class="st"`)
	assert.Contains(t, page, `href="./twophase/simulation/a%20b%23%3F.log"`)
	assert.Contains(t, page, "prefers-color-scheme")
}

func writeTrace(t *testing.T, file string, h trace.Header, list []trace.Event) {
	t.Helper()
	f, err := os.Create(file)
	require.NoError(t, err)
	w, err := trace.NewWriter(f, h)
	require.NoError(t, err)
	for _, e := range list {
		if e.Slice == "" { // an event of every slice tells what it changed by slice
			e.Slices, e.Local = map[string]trace.Change{"1.1": {Local: e.Local}}, nil
		}
		e.Args = slices.Clone(e.Args)
		for i, a := range e.Args {
			if s, ok := a.(string); ok {
				e.Args[i] = strings.ToValidUTF8(s, "\ufffd") // a trace holds no other
			}
		}
		require.NoError(t, w.Write(e))
	}
	require.NoError(t, f.Close())
}

// The bounds of the page hold, and each says what it left out.
func TestHTMLSaysWhatItCut(t *testing.T) {
	r := &verify.Result{Verdict: verify.Violated}
	for range 2100 {
		st := verify.Stage{System: "s", Group: "g", Name: "n", Verdict: verify.Violated, Reason: "r"}
		st.Evidence = make([]string, 401)
		st.Files = make([]string, 61)
		r.Stages = append(r.Stages, st)
	}
	var b bytes.Buffer
	require.NoError(t, report.HTML(&b, r, ""))
	for _, want := range []string{"2,040 stages more are not ok", "100 stages more", "1 line more of evidence", "1 file more"} {
		assert.Contains(t, b.String(), want)
	}
}

func TestDiagram(t *testing.T) {
	p := report.Diagram(events(), report.DiagramOptions{Failed: 5})
	golden(t, "diagram.svg", []byte(p.SVG))
	assert.Empty(t, p.Cut)
	d := xml.NewDecoder(strings.NewReader(p.SVG))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, "it is well-formed")
	}
	assert.NotContains(t, p.SVG, "<img")
	assert.Contains(t, p.SVG, html.EscapeString("RecvPrepare(\"p1\")"))

	p = report.Diagram(events(), report.DiagramOptions{RowsMax: 2})
	assert.Equal(t, "The last 2 of 5 events are drawn.", p.Cut)
	assert.Equal(t, 2, strings.Count(p.SVG, "<circle")+strings.Count(p.SVG, `transform="rotate`))
	assert.Empty(t, report.Diagram(nil, report.DiagramOptions{}).SVG)
}

// The arrow of a message does not begin after it ends, although the sender's
// file tells of it only later.
func TestArrowsPointForward(t *testing.T) {
	p := report.Diagram(events(), report.DiagramOptions{})
	// c/1 reaches p1 at its row 2; c's event that tells of it is row 3.
	assert.Contains(t, p.SVG, `<title>message c/1</title><line class="msg" x1="58" y1="45" x2="142" y2="67"/>`)
}

func TestScheduleDiagram(t *testing.T) {
	text := "# lockstep schedule 1\nprotocol twophase\nseed 1\n# a comment\n1ms invoke c1/1 @c {\"write\":{\"x\":\"" + `</svg>` + "\"}}\n1.5ms sync c\n2ms deliver c->p1 #1\n2ms drop c->p2 #2\ncrash p1 lose=1\ncut p1->c\nrestart p1\nhangup c1\nstrange thing\n"
	p, err := report.ScheduleDiagram("x.schedule", strings.NewReader(text), report.DiagramOptions{})
	require.NoError(t, err)
	golden(t, "schedule.svg", []byte(p.SVG))
	_, err = report.ScheduleDiagram("x.schedule", strings.NewReader("something\n"), report.DiagramOptions{})
	assert.EqualError(t, err, `x.schedule:1: expected "# lockstep schedule 1", found "something"`)
}

// Whatever a file holds, what is drawn is a well-formed picture of bounded size.
func FuzzScheduleDiagram(f *testing.F) {
	f.Add("# lockstep schedule 1\nprotocol twophase\n1ms deliver c->p1 #1\ndrop p1->c\ninvoke c1/1 @c {}\ncrash p1 lose=0\n")
	f.Add("# lockstep schedule 1\n1 \n5ms\ncut ->\nsync \x1b[2J\n<svg> </svg>\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := report.ScheduleDiagram("fuzz", strings.NewReader(text), report.DiagramOptions{RowsMax: 20, Failed: 3})
		if err != nil {
			return
		}
		assert.Less(t, len(p.SVG), 1<<20)
		d := xml.NewDecoder(strings.NewReader(p.SVG))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				t.Fatalf("%v in %s", err, p.SVG)
			}
		}
	})
}

func TestCheck(t *testing.T) {
	r := &engine.Result{Verdict: tlc.Violated, Kind: tlc.KindInvariant, Property: "Atomic", Reason: "invariant Atomic is violated", Engine: "TLC 2.18 of 20 March 2023",
		Generated: 1234, Distinct: 567, Left: 8, Depth: 3, Exit: 12, Loop: 2,
		Costs: []engine.Cost{
			{At: "line 1, col 2 to line 1, col 9 of module M", Name: "Begin", Count: 4321},
			{At: "line 1, col 2 to line 1, col 5 of module M", Name: "Begin", Text: "as often as around it", Depth: 1, Count: 4321},
			{At: "line 1, col 6 to line 1, col 9 of module M", Name: "Begin", Text: "a name is left out", Depth: 1},
			{At: "line 1, col 6 to line 1, col 6 of module M", Name: "Begin", Text: "x'", Depth: 2, Count: 7},
		},
		Actions: []engine.Action{{Name: "Begin", Taken: 1000, Distinct: 9}, {Name: "Never"}},
		Back:    &engine.Call{Action: "Begin", Params: []string{"p", "m"}, Args: []string{"p2", "[type |-> \"Begin\", again |-> TRUE]"}},
		Trace: []engine.State{
			{Number: 1, Action: "Initial predicate", Vars: []engine.Variable{{Name: "x", Text: "1"}, {Name: "long", Text: "( a :>\n   1 )"}}},
			{Number: 2, Action: "Begin", Params: []string{"p", "m"}, Args: []string{"p1", "[type |-> \"Begin\",\n  a |-> 1]"}, Disjunct: "Receive", At: "line 1, col 1 to line 2, col 9 of module M", Vars: []engine.Variable{{Name: "x", Text: "2"}, {Name: "long", Text: "( a :> 1 )"}}},
			{Number: 3, Action: hostile, Vars: []engine.Variable{{Name: "x", Text: "2"}, {Name: "long", Text: hostile}}},
		}, Printed: []string{hostile}}
	c := report.NewChecked("twophase", "smoke", r, 1.5)
	var b bytes.Buffer
	require.NoError(t, report.Check(&b, report.Screen{Width: 100}, c, true))
	golden(t, "check.txt", b.Bytes())
	assert.NotContains(t, b.String(), "\x1b")
	assert.Equal(t, 12, c.Exit)
	require.Len(t, c.Trace, 3)
	assert.Equal(t, map[string]any{"index": 1, "action": "Begin", "args": []string{"p1", `[type |-> "Begin", a |-> 1]`},
		"arguments": map[string]any{"p": "ModelValue_p1", "m": map[string]any{"type": "Begin", "a": map[string]any{"#bigint": "1"}}},
		"disjunct":  "Receive", "at": "line 1, col 1 to line 2, col 9 of module M"}, c.Trace[1]["#meta"])
	assert.Equal(t, "Begin", c.Back["action"])
	require.Len(t, c.Steps[1].Changed, 1, "only what changed, however it is broken into lines")
	assert.Equal(t, report.CheckedVariable{Name: "x", Value: "2", Was: "1"}, c.Steps[1].Changed[0])
}

// Of functions and records only the points that changed are told, of sets what
// came and went.
func TestCheckTellsPointsThatChanged(t *testing.T) {
	state := func(n int, vars ...string) engine.State {
		s := engine.State{Number: n, Action: "A"}
		for i := 0; i < len(vars); i += 2 {
			value, err := tlc.ParseValue(vars[i+1])
			require.NoError(t, err)
			s.Vars = append(s.Vars, engine.Variable{Name: vars[i], Text: vars[i+1], Value: value})
		}
		return s
	}
	c := report.NewChecked("s", "", &engine.Result{Verdict: tlc.Violated, Trace: []engine.State{
		state(1, "f", `(p1 :> "a" @@ p2 :> "a")`, "r", "[x |-> 1, y |-> 2]", "s", "{1, 2, 3}", "q", "<<1>>", "all", "(p1 :> 1 @@ p2 :> 1)", "same", "{1}"),
		state(2, "f", `(p1 :> "a" @@ p2 :> "b")`, "r", "[x |-> 1, y |-> {TRUE}]", "s", "{1, 3, 4}", "q", "<<1, 2>>", "all", "(p1 :> 2 @@ p2 :> 2)", "same", "{1}"),
	}}, 0)
	assert.Equal(t, []report.CheckedVariable{
		{Name: "f[p2]", Value: `"b"`, Was: `"a"`},
		{Name: "r.y", Value: "{TRUE}", Was: "2"},
		{Name: "s", Value: "{1, 3, 4}", Was: "{1, 2, 3}", Added: []string{"4"}, Removed: []string{"2"}},
		{Name: "q", Value: "<<1, 2>>", Was: "<<1>>"},
		{Name: "all", Value: "(p1 :> 2 @@ p2 :> 2)", Was: "(p1 :> 1 @@ p2 :> 1)"},
	}, c.Steps[1].Changed)
	var b bytes.Buffer
	require.NoError(t, report.Check(&b, report.Screen{}, c, false))
	assert.Contains(t, b.String(), "s     + 4\n")
	assert.Contains(t, b.String(), "s     - 2\n")
}

// What is not checked, and where an error is, stands in the text and in JSON.
func TestCheckTellsWhatIsWrong(t *testing.T) {
	r := &engine.Result{Engine: "Go", Kind: tlc.KindParse, Exit: 150, Reason: "M.tla:3:9: found =, expected an expression",
		Problems: []engine.Problem{{File: "M.tla", Line: 3, Column: 9, Message: "found =, expected an expression"}, {File: "M.tla", Line: 5, Column: 1, Message: "more"}}}
	c := report.NewChecked("M.tla", "", r, 0)
	var b bytes.Buffer
	require.NoError(t, report.Check(&b, report.Screen{}, c, false))
	assert.Equal(t, "unknown  M.tla  Go\n    M.tla:3:9: found =, expected an expression\n    M.tla:5:1: more\n", b.String())
	b.Reset()
	require.NoError(t, report.JSON(&b, c))
	assert.Contains(t, b.String(), "\"error\": {\n    \"file\": \"M.tla\",\n    \"line\": 3,\n    \"column\": 9,\n    \"message\"")

	r = &engine.Result{Engine: "Go", Exit: 2, Kind: "unsupported", Reason: "the temporal property Live is not supported",
		Unsupported: []string{"the temporal property Live is not supported"}, Generated: 4, Distinct: 3, Depth: 2}
	b.Reset()
	require.NoError(t, report.Check(&b, report.Screen{}, report.NewChecked("M.tla", "", r, 0), false))
	assert.Contains(t, b.String(), "unknown  M.tla  Go\n  the temporal property Live is not supported\n  4 states generated, 3 distinct")
}

// One line a model: a violation that is expected is ok, one that is not is not.
func TestCheckLine(t *testing.T) {
	line := func(c report.Checked) string {
		var b bytes.Buffer
		require.NoError(t, report.CheckLine(&b, report.Screen{}, c, 8))
		return b.String()
	}
	c := report.Checked{Spec: "p", Model: "smoke", Engine: "Go", Verdict: verify.OK, Manifest: "as recorded", Generated: 1234, Distinct: 567, Depth: 8, Seconds: 1,
		Cross: &report.CheckedCross{State: "agrees", Seconds: 2}}
	assert.Equal(t, "ok        p/smoke      3.0s  1,234 states, 567 distinct, depth 8; Go and TLC agree\n", line(c))
	c.Verdict, c.Property, c.Trace = verify.Violated, "Safe", make([]map[string]any, 3)
	assert.Contains(t, line(c), "fails as it must: Safe, after 3 states of 567")
	c.Manifest, c.Differs = "differs", "depth: recorded 7, found 8"
	assert.Regexp(t, `(?s)^violated .*\n {10}depth: recorded 7, found 8\n$`, line(c))
	c = report.Checked{Spec: "p", Model: "live", Verdict: verify.Unknown, Reason: "TLC is missing", Note: "x"}
	assert.Regexp(t, `(?s)^unknown .*\n {10}TLC is missing\n$`, line(c))
}

func TestSpecs(t *testing.T) {
	f := []specs.Family{{Folder: "clock", Manifest: specs.Manifest{Spec: "Clock", Title: "A clock", Models: []specs.Model{
		{Name: "day", Size: "smoke", Verdict: "ok", Generated: 25, Distinct: 24, Depth: 24, Seconds: specs.Seconds{Go: 0.3, TLC: 12}, Shows: "It ticks."},
		{Name: "broken", Size: "smoke", Verdict: "violated", Property: "Ticks", Broken: "it stops", Shows: "x"},
	}}}}
	var b bytes.Buffer
	require.NoError(t, report.Specs(&b, report.Screen{}, f))
	golden(t, "specs.txt", b.Bytes())
}

func TestWrite(t *testing.T) {
	root := t.TempDir()
	dir, err := report.NewDir(root, "verify", time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(root, "20260301-120000-verify"), dir)
	second, err := report.NewDir(root, "verify", time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	assert.NotEqual(t, dir, second)
	summary := filepath.Join(root, "summary")
	require.NoError(t, os.WriteFile(summary, []byte("before\n"), 0o644))
	require.NoError(t, report.Write(dir, result(), summary))
	for _, name := range []string{report.PageFile, report.JUnitFile, report.SummaryFile, report.ResultFile} {
		assert.FileExists(t, filepath.Join(dir, name))
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 4, "no temporary file is left")
	text, err := os.ReadFile(summary)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(text), "before\n## Lockstep: violated"))
	require.NoError(t, report.Latest(dir))
	require.NoError(t, report.Latest(second))
	to, err := os.Readlink(filepath.Join(root, "latest"))
	require.NoError(t, err)
	assert.Equal(t, filepath.Base(second), to)

	require.NoError(t, os.Remove(filepath.Join(root, "latest")))
	require.NoError(t, os.Mkdir(filepath.Join(root, "latest"), 0o755))
	assert.ErrorContains(t, report.Latest(dir), "is not a link", "what is not ours is left alone")
}

// What fails to be written leaves nothing behind.
func TestWriteFileIsWholeOrNot(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x")
	err := report.WriteFile(file, func(w io.Writer) error {
		_, _ = w.Write([]byte("half"))
		return errors.New("no more")
	})
	assert.ErrorContains(t, err, "no more")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := report.NewProgress(&b, report.Screen{Terminal: true, Width: 60})
		st := verify.Stage{System: "twophase", Group: "spec", Name: "smoke"}
		p.Update(verify.Progress{Stage: st, Done: 1, Total: 4, Text: "a \x1b[2J text that is too long for a line of this width"})
		time.Sleep(time.Second) // of the bubble
		synctest.Wait()
		st.Verdict, st.Summary = verify.OK, "66,074 states"
		p.Update(verify.Progress{Stage: st})
		p.Close()
		p.Update(verify.Progress{Stage: st})
		out := b.String()
		assert.Contains(t, out, "twophase spec smoke")
		assert.Contains(t, out, "25%")
		assert.Contains(t, out, "ok       twophase spec smoke   1.0s  66,074 states\n")
		assert.NotContains(t, out, "\x1b[2J")
		assert.Contains(t, out, "\x1b[1A", "drawn over")
		for _, line := range strings.Split(out, "\n") {
			assert.LessOrEqual(t, len([]rune(strings.TrimPrefix(line, "\x1b[1A\r\x1b[J"))), 60)
		}
	})
}

// Off a terminal nothing moves.
func TestProgressOffTerminal(t *testing.T) {
	var b bytes.Buffer
	p := report.NewProgress(&b, report.Screen{})
	st := verify.Stage{System: "s", Group: "g", Name: "n"}
	p.Update(verify.Progress{Stage: st, Text: "under way"})
	assert.Empty(t, b.String())
	st.Verdict, st.Reason = verify.Unknown, "because"
	p.Update(verify.Progress{Stage: st})
	p.Close()
	p.Close()
	assert.Regexp(t, `^unknown  s g n +\d+\.\ds  because\n$`, b.String())
}
