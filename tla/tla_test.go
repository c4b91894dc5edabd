package tla

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/value"
)

func twoPhase(t testing.TB) *Spec {
	s, err := Load("check/testdata/TwoPhase.tla", "check/testdata/TwoPhase.cfg", module.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStep(t *testing.T) {
	s := twoPhase(t)
	init, err := s.Initial()
	if err != nil || len(init) != 1 {
		t.Fatal(init, err)
	}
	next, err := s.Successors(init[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range next {
		step, err := s.Step(init[0], n.State)
		if err != nil || !step.OK || step.Action != n.Action || !reflect.DeepEqual(step.Args, n.Args) {
			t.Errorf("found %+v %v, expected the step %+v", step, err, n)
		}
	}
	wrong := append(State(nil), next[0].State...)
	wrong[1] = s.Local().Str("committed")
	step, err := s.Step(init[0], wrong)
	if err != nil || step.OK || !reflect.DeepEqual(step.Differs, []string{"tmState"}) {
		t.Errorf("found %+v %v, expected a difference in tmState alone", step, err)
	}
	if v, err := s.Eval("TypeOK", init[0], nil); err != nil || v != value.True {
		t.Errorf("found %v %v, expected TRUE", v, err)
	}
}

func TestITF(t *testing.T) {
	s := twoPhase(t)
	init, _ := s.Initial()
	next, _ := s.Successors(init[0])
	for _, n := range next {
		for _, v := range n.State {
			text, err := json.Marshal(ToITF(s.Local(), v))
			if err != nil {
				t.Fatal(err)
			}
			var x any
			if err := json.Unmarshal(text, &x); err != nil {
				t.Fatal(err)
			}
			if back, err := FromITF(s.Local(), x); err != nil || back != v {
				t.Errorf("%s comes back as %s, %v", text, s.Local().Print(back), err)
			}
		}
	}
	for _, bad := range []string{`{"#set": 1}`, `{"#bigint": "x"}`, `1.5`, `null`, `{"#map": [[1]]}`, `{"#odd": 1}`, `{"#set": [1, "a"]}`} {
		var x any
		if err := json.Unmarshal([]byte(bad), &x); err != nil {
			t.Fatal(err)
		}
		if v, err := FromITF(s.Local(), x); err == nil {
			t.Errorf("%s: found %s, expected an error", bad, s.Local().Print(v))
		}
	}
}

func BenchmarkStep(b *testing.B) {
	s := twoPhase(b)
	init, _ := s.Initial()
	next, _ := s.Successors(init[0])
	to := next[len(next)-1].State
	b.ReportAllocs()
	for b.Loop() {
		if step, err := s.Step(init[0], to); err != nil || !step.OK {
			b.Fatal(step, err)
		}
	}
}

// BenchmarkStepNot is a pair that is no step, with its explanation.
func BenchmarkStepNot(b *testing.B) {
	s := twoPhase(b)
	init, _ := s.Initial()
	next, _ := s.Successors(init[0])
	wrong := append(State(nil), next[0].State...)
	wrong[1] = s.Local().Str("committed")
	b.ReportAllocs()
	for b.Loop() {
		if step, err := s.Step(init[0], wrong); err != nil || step.OK {
			b.Fatal(step, err)
		}
	}
}

// BenchmarkStepOf is a step whose action and arguments are known.
func BenchmarkStepOf(b *testing.B) {
	s := twoPhase(b)
	init, _ := s.Initial()
	next, _ := s.Successors(init[0])
	n := next[len(next)-1]
	b.ReportAllocs()
	for b.Loop() {
		if step, err := s.StepOf(n.Action, n.Args, init[0], n.State); err != nil || !step.OK {
			b.Fatal(step, err)
		}
	}
}
