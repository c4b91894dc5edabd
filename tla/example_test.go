package tla_test

import (
	"context"
	"fmt"
	"log"

	"github.com/lockstep-go/lockstep/tla"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/module"
)

const counterSpec = `---- MODULE Counter ----
EXTENDS Naturals
CONSTANT Max
VARIABLES n, last
Init == n = 0 /\ last = "none"
Add(k) == /\ n + k <= Max
          /\ n' = n + k
          /\ last' = "add"
Reset == n = Max /\ n' = 0 /\ last' = "reset"
Next == Reset \/ \E k \in 1..2 : Add(k)
Small == n < 3
====`

const counterConfig = `
INIT Init
NEXT Next
CONSTANT Max = 3
INVARIANT Small
`

// counter compiles the specification with its configuration. From files,
// check.Load does the same in one call.
func counter() *check.Model {
	spec, err := module.LoadSource("Counter.tla", []byte(counterSpec), module.Options{})
	if err != nil {
		log.Fatal(err) // every error with its file, line and column
	}
	cfg, err := config.Parse("Counter.cfg", []byte(counterConfig))
	if err != nil {
		log.Fatal(err)
	}
	m, err := check.New(spec, cfg)
	if err != nil {
		log.Fatal(err)
	}
	return m
}

// Checking a model: the verdict, the figures, and the counterexample.
func Example_check() {
	r := counter().Run(context.Background(), check.Options{Workers: 2})
	fmt.Println(r.Verdict, r.Kind, r.Property)
	fmt.Println(r.Generated, "states generated,", r.Distinct, "distinct")
	for _, s := range r.Trace {
		fmt.Print(s.Number, " ", s.Action)
		for _, v := range s.Variables {
			fmt.Print("  ", v.Name, " = ", v.Text)
		}
		fmt.Println()
	}
	// Output:
	// violated invariant Small
	// 5 states generated, 4 distinct
	// 1 Initial predicate  n = 0  last = "none"
	// 2 Add  n = 1  last = "add"
	// 3 Add  n = 3  last = "add"
}

// Asking about single states and steps, as the validation of traces does.
func Example_steps() {
	s := tla.FromModel(counter())
	initial, err := s.Initial()
	if err != nil {
		log.Fatal(err)
	}
	next, err := s.Successors(initial[0])
	if err != nil {
		log.Fatal(err)
	}
	for _, x := range next {
		fmt.Println(x.Action, s.Local().Print(x.Args[0]), "leads to n =", s.Local().Print(x.State[0]))
	}

	// From n = 0 to n = 2 is a step; from there back to 0 is none, and the
	// answer says what of the nearest action is false.
	step, err := s.Step(initial[0], next[1].State)
	fmt.Println(step.OK, step.Action, err)
	step, err = s.StepOf("Reset", nil, next[1].State, initial[0])
	fmt.Println(step.OK, step.False[0].Text, err)
	// Output:
	// Add 1 leads to n = 1
	// Add 2 leads to n = 2
	// true Add <nil>
	// false n = Max <nil>
}
