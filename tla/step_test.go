package tla

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/value"
)

// A pair of states is a step if and only if the second is among the successors
// of the first, and then of the action that comes first there. Tried on pairs of
// reachable states, on every successor, and on successors with one variable
// changed.
func TestStepAgreesWithTheSuccessors(t *testing.T) {
	var files []string
	for _, pattern := range []string{"check/testdata/*.cfg", "corpus/*/*.cfg"} {
		more, err := filepath.Glob(pattern)
		if err != nil || len(more) == 0 {
			t.Fatal("no models", pattern, err)
		}
		files = append(files, more...)
	}
	accepted, rejected := 0, 0
	for _, f := range files {
		t.Run(f, func(t *testing.T) {
			name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".cfg"), "-")
			s, err := Load(filepath.Join(filepath.Dir(f), name+".tla"), f, module.Options{})
			if err != nil || s.Model.InitGen() == nil || s.Model.NextGen() == nil {
				if strings.HasPrefix(f, "check/") {
					t.Fatal(err)
				}
				return // a model with an error, or without steps
			}
			a, r := agreeWithSuccessors(t, s, rand.New(rand.NewPCG(1, 2)))
			accepted, rejected = accepted+a, rejected+r
		})
	}
	if accepted < 5000 || rejected < 5000 {
		t.Errorf("only %d pairs were steps, and %d were none", accepted, rejected)
	}
}

func agreeWithSuccessors(t *testing.T, s *Spec, rng *rand.Rand) (accepted, rejected int) {
	states, err := s.Initial()
	if err != nil {
		return 0, 0 // evaluation fails already here
	}
	for i := 0; i < len(states) && i < 50; i++ {
		from := states[i]
		next, err := s.Successors(from)
		if err != nil {
			return accepted, rejected // evaluation fails at this state
		}
		var tos []State
		for _, n := range next {
			tos = append(tos, n.State)
			if !slices.ContainsFunc(states, func(o State) bool { return slices.Equal(o, n.State) }) && len(states) < 2000 {
				states = append(states, n.State)
			}
			wrong, v := slices.Clone(n.State), rng.IntN(len(n.State))
			wrong[v] = states[rng.IntN(len(states))][v]
			tos = append(tos, wrong)
		}
		for range 10 {
			tos = append(tos, states[rng.IntN(len(states))])
		}
		for _, to := range tos {
			step, err := s.Step(from, to)
			if err != nil && strings.Contains(err.Error(), "no canonical value") {
				return accepted, rejected // a variable is Nat, say
			}
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(next, func(n Successor) bool { return slices.Equal(n.State, to) })
			if step.OK != (at >= 0) || step.Stutter != slices.Equal(from, to) {
				t.Fatalf("%v -> %v: found %+v, expected %v", from, to, step, at >= 0)
			}
			if step.OK {
				accepted++
				if n := next[at]; step.Action != n.Action || step.Where != n.Where || !slices.Equal(step.Args, n.Args) {
					t.Fatalf("found %+v, expected %+v", step, n)
				}
				continue
			}
			rejected++
			checkExplanation(t, s, from, to, step, next)
		}
	}
	return accepted, rejected
}

// checkExplanation holds what is said of a pair that is no step against the
// successors: what is false names its place and is false, the action is one of
// the specification's, and the state to which it leads a successor.
func checkExplanation(t *testing.T, s *Spec, from, to State, step Step, next []Successor) {
	if step.Action == "" || len(step.False) == 0 {
		t.Fatalf("found %+v, expected a nearest action with what is false of it", step)
	}
	if !slices.ContainsFunc(s.Model.NextGen().Leaves, func(l *eval.Leaf) bool { return l.String() == step.Where }) {
		t.Fatalf("%s is none of the actions", step.Where)
	}
	for _, c := range step.False {
		if c.Text == "" || c.Where == "" {
			t.Fatalf("a conjunct without text or place: %+v", c)
		}
		if c.Variable == "" {
			continue
		}
		if v := slices.Index(s.Vars(), c.Variable); c.Found != to[v] || c.Err == nil && !c.OneOf && c.Expected == c.Found {
			t.Fatalf("found %+v, expected what %s is in the second state and what it is not", c, c.Variable)
		}
	}
	if step.Expected != nil && !slices.ContainsFunc(next, func(n Successor) bool { return slices.Equal(n.State, step.Expected) }) {
		t.Fatalf("%v -> %v: %s is said to lead to %v, which is no successor", from, to, step.Action, step.Expected)
	}
}

// What is said of the two ways to be wrong: a wrong value, and an action that
// could not be taken.
func TestFirstFalseConjunct(t *testing.T) {
	s := twoPhase(t)
	init, err := s.Initial()
	if err != nil {
		t.Fatal(err)
	}
	l := s.Local()
	r1 := l.Elems(l.Domain(init[0][0]))[0]
	committed := slices.Clone(init[0])
	committed[0] = l.Update(init[0][0], r1, l.Str("committed"))
	step, err := s.Step(init[0], committed)
	if err != nil {
		t.Fatal(err)
	}
	if step.OK || step.Action != "RcvCommit" || !slices.Equal(step.Args, State{r1}) || len(step.False) != 1 {
		t.Fatalf("found %+v, expected RcvCommit(r1) with one false conjunct", step)
	}
	c := step.False[0]
	if c.Text != `[type |-> "Commit"] \in msgs` || !strings.HasPrefix(c.Where, "line 34, ") || c.Variable != "" {
		t.Errorf("found %+v, expected the message that is not there", c)
	}
	// The same step, said to be another.
	step, err = s.StepOf("ChooseAbort", State{r1}, init[0], committed)
	if err != nil {
		t.Fatal(err)
	}
	if step.OK || len(step.False) != 1 || step.False[0].Variable != "rmState" ||
		step.False[0].Expected != l.Update(init[0][0], r1, l.Str("aborted")) || step.False[0].Found != committed[0] {
		t.Errorf("found %+v, expected the equation of rmState", step)
	}
	for _, n := range []string{"Prepare", "ChooseAbort"} {
		if step, err = s.StepOf(n, State{r1}, init[0], step.Expected); err != nil || step.OK != (n == "ChooseAbort") {
			t.Errorf("%s: found %+v %v", n, step, err)
		}
		step.Expected = slices.Clone(init[0])
		step.Expected[0] = l.Update(init[0][0], r1, l.Str("aborted"))
	}
	if _, err := s.Step(init[0], init[0][:2]); err == nil {
		t.Error("expected an error for a state of two values")
	}
}

// Clones may ask anything side by side: what is compiled for the first of them
// is compiled while others evaluate. The race detector tells.
func TestClonesSideBySide(t *testing.T) {
	s := twoPhase(t)
	init, err := s.Initial()
	if err != nil {
		t.Fatal(err)
	}
	next, err := s.Successors(init[0])
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c := s.Clone()
			for _, n := range next {
				if step, err := c.StepOf(n.Action, n.Args, init[0], n.State); err != nil || !step.OK {
					t.Errorf("%s: %+v %v", n.Action, step, err)
				}
				if step, err := c.Step(n.State, init[0]); err != nil || step.OK || len(step.False) == 0 {
					t.Errorf("%+v %v, expected no step back", step, err)
				}
				if v, err := c.Eval("TypeOK", n.State, nil); err != nil || v != value.True {
					t.Errorf("found %v %v, expected TRUE", v, err)
				}
			}
		}()
	}
	wg.Wait()
}

// A target in which some variables are open gives the steps that agree with it.
func TestFireTo(t *testing.T) {
	s := twoPhase(t)
	init, err := s.Initial()
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Action("Next")
	if err != nil {
		t.Fatal(err)
	}
	want := make(State, len(init[0]))
	want[1] = s.Local().Str("aborted")
	var found []State
	if err := a.FireTo(init[0], nil, want, func(st State) bool { found = append(found, slices.Clone(st)); return true }); err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0][1] != want[1] {
		t.Errorf("found %v, expected the one step in which the manager aborts", found)
	}
}
