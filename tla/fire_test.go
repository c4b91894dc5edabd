package tla

import (
	"slices"
	"strings"
	"testing"
)

// Every successor comes from firing the action it is said to come from, and
// firing gives nothing that is not a successor by that action.
func TestFireGivesTheSuccessors(t *testing.T) {
	s := twoPhase(t)
	states, err := s.Initial()
	if err != nil {
		t.Fatal(err)
	}
	same := func(a State) func(Successor) bool {
		return func(b Successor) bool { return slices.Equal(a, b.State) }
	}
	fired := 0
	for depth := range 5 {
		var level []State
		for _, from := range states {
			next, err := s.Successors(from)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range next {
				a, err := s.Action(n.Action)
				if err != nil {
					t.Fatal(err)
				}
				found := false
				if err := a.Fire(from, n.Args, func(to State) bool {
					fired++
					found = found || slices.Equal(to, n.State)
					if !slices.ContainsFunc(next, same(to)) {
						t.Errorf("%s%v leads to %v, which is no successor", n.Action, n.Args, to)
					}
					return true
				}); err != nil {
					t.Fatal(err)
				}
				if !found {
					t.Errorf("depth %d: %s%v does not lead to %v", depth, n.Action, n.Args, n.State)
				}
				level = append(level, n.State)
			}
		}
		states = level[:min(len(level), 200)]
	}
	if fired < 1000 {
		t.Errorf("only %d steps were fired", fired)
	}
}

func TestFireRefuses(t *testing.T) {
	s := twoPhase(t)
	init, err := s.Initial()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Nothing": "defines no Nothing", "RM": "is no definition"} {
		if _, err := s.Action(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: found %v, expected %q", name, err, want)
		}
	}
	a, err := s.Action("TMCommit")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Fire(init[0], nil, func(State) bool { t.Error("TMCommit is not enabled"); return true }); err != nil {
		t.Error(err)
	}
	if err := a.Fire(init[0], init[0], func(State) bool { return true }); err == nil {
		t.Error("expected an error for arguments that the action does not take")
	}
	typeOK, err := s.Action("TypeOK") // a predicate leaves what comes next open
	if err != nil {
		t.Fatal(err)
	}
	if err := typeOK.Fire(init[0], nil, func(State) bool { return true }); err == nil || !strings.Contains(err.Error(), "without a value") {
		t.Errorf("found %v, expected a variable without a value", err)
	}
}
