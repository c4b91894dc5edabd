package check

import (
	"fmt"
	"testing"

	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/module"
)

// The trace of a specification whose actions ask for the level begins at an
// initial state and has a step for each level.
func TestTraceOfActionsThatAskForTheLevel(t *testing.T) {
	const text = `---- MODULE Levels ----
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = x + TLCGet("level")
Small == x < 10
====
`
	spec, err := module.LoadSource("Levels.tla", []byte(text), module.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Parse("Levels.cfg", []byte("INIT Init\nNEXT Next\nINVARIANT Small\nCHECK_DEADLOCK FALSE\n"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(spec, c)
	if err != nil {
		t.Fatal(err)
	}
	r := m.Run(t.Context(), Options{})
	if r.Verdict != Violated || r.Property != "Small" {
		t.Fatalf("found %v %v, expected a violation of Small", r.Verdict, r.Property)
	}
	var xs []int32
	for _, s := range r.Trace {
		xs = append(xs, s.State[0].AsInt())
	}
	if fmt.Sprint(xs) != "[0 1 3 6 10]" {
		t.Errorf("found %v, expected 0 and then the sums of 1, 2, 3 and 4", xs)
	}
}
