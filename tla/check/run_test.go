package check

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/module"
)

// answer is what TLC says at the end, as recorded in testdata/*.tlc.
func answer(r *Result) string {
	says := map[Kind]string{
		Deadlock:       "Deadlock reached",
		Invariant:      fmt.Sprintf("Invariant %s is violated", r.Property),
		ActionProperty: fmt.Sprintf("Action property %s is violated", r.Property),
		Evaluation:     "unexpected exception",
	}[r.Kind]
	if r.Verdict == OK {
		says = "No error has been found"
	}
	out := fmt.Sprintf("%s\n%d states generated, %d distinct states found, %d states left on queue.\n", says, r.Generated, r.Distinct, r.Left)
	if r.Kind != Evaluation {
		out += fmt.Sprintf("depth of the complete state graph search is %d.\n", r.Depth)
	}
	return out
}

func corpus(t testing.TB) []string {
	files, err := filepath.Glob("testdata/*.tlc")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, ".tlc")
	}
	return files
}

// Every model of the corpus gives TLC's verdict and figures.
func TestFiguresOfTLC(t *testing.T) {
	for _, f := range corpus(t) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			m, err := Load(f+".tla", f+".cfg", module.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(f + ".tlc")
			if err != nil {
				t.Fatal(err)
			}
			r := m.Run(context.Background(), Options{})
			// TLC counts the state at which evaluation failed as taken from
			// its queue; the recorded figures say so.
			if got := answer(r); got != string(want) {
				t.Errorf("found\n%sexpected\n%s%v %v", got, want, r.Err, r.Reasons)
			}
		})
	}
}

// Every specification of the corpus has an invariant Broken that does not hold.
func TestBrokenTwinsAreCaught(t *testing.T) {
	for _, f := range corpus(t) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			text, err := os.ReadFile(f + ".cfg")
			if err != nil {
				t.Fatal(err)
			}
			c, err := config.Parse(f+".cfg", text)
			if err != nil {
				t.Fatal(err)
			}
			c.Invariants = []config.Name{{Name: "Broken"}}
			c.Properties = nil
			s, err := module.Load(f+".tla", module.Options{})
			if err != nil {
				t.Fatal(err)
			}
			m, err := New(s, c)
			if err != nil {
				t.Fatal(err)
			}
			r := m.Run(context.Background(), Options{})
			if r.Verdict != Violated || r.Property != "Broken" || len(r.Trace) == 0 {
				t.Errorf("found %s %s %s %v, expected a violation of Broken with its trace", r.Verdict, r.Kind, r.Property, r.Err)
			}
		})
	}
}

func load(t testing.TB, text, cfg string) *Model {
	s, err := module.LoadSource("M.tla", []byte(text), module.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Parse("M.cfg", []byte(cfg))
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(s, c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const clock = `---- MODULE M ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 5
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Live == <>(x = 4)
Leads == x = 0 ~> x = 4
Both == [](x < 5) /\ []<>(x = 0)
Fair == WF_x(Next)
====`

// What is not checked is never passed over.
func TestLivenessIsUnknown(t *testing.T) {
	for _, p := range []string{"Live", "Leads", "Both", "Fair", "Spec"} {
		r := load(t, clock, "SPECIFICATION Spec PROPERTY "+p).Run(context.Background(), Options{})
		if r.Verdict != Unknown || len(r.Reasons) == 0 || !strings.Contains(r.Reasons[0], p) || r.Distinct != 5 {
			t.Errorf("%s: found %s %v, expected unknown with the property named", p, r.Verdict, r.Reasons)
		}
	}
}

func TestLimitsAreUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m := load(t, clock, "SPECIFICATION Spec")
	if r := m.Run(ctx, Options{}); r.Verdict != Unknown || r.ExitCode() != 2 {
		t.Errorf("found %s, expected unknown", r.Verdict)
	}
	if r := m.Run(context.Background(), Options{StatesMax: 1}); r.Verdict != Unknown {
		t.Errorf("found %s, expected unknown", r.Verdict)
	}
}

func TestErrorsOfEvaluation(t *testing.T) {
	for expr, want := range map[string]string{
		`2147483647 + 1`:              "Overflow",
		`1 \div 0`:                    "argument of \\div is 0",
		`CHOOSE k \in {1, 2} : k > 2`: "no element of S satisfied P",
		`SUBSET (1..100) = {}`:        "too many elements",
		`LET RECURSIVE F(_) F(n) == F(n + 1) IN F(0)`: "overflow",
		`LET f[n \in Nat] == f[n + 1] IN f[0]`:        "overflow",
		`<<1, 2>>[3]`:                                 "out of domain",
		`[a |-> 1].b`:                                 "nonexistent field",
		`{1} = {"a"}`:                                 "Attempted to check equality of integer 1 with non-integer",
		`CHOOSE k : k > 2`:                            "unbounded CHOOSE",
		`1 \in 2`:                                     "is an element of the integer 2",
	} {
		m := load(t, "---- MODULE M ----\nEXTENDS Integers\nASSUME ("+expr+") = 0\n====", "")
		r := m.Run(context.Background(), Options{})
		if r.Err == nil || !strings.Contains(strings.ToLower(r.Err.Error()), strings.ToLower(want)) || r.Kind != Evaluation || r.ExitCode() != 10 {
			t.Errorf("%s: found %s %v, expected an error with %q", expr, r.Verdict, r.Err, want)
		}
	}
}
