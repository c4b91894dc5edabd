package check

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// vacuous has a part of each kind that is reached, and one that is not.
const vacuous = `---- MODULE M ----
EXTENDS Naturals, FiniteSets
CONSTANTS Few, None
VARIABLES x, seen
vars == <<x, seen>>
Init == x = 0 /\ seen = {}
Next == \/ x < 3 /\ x' = x + 1 /\ seen' = seen \cup {x}
        \/ x = 3 /\ UNCHANGED vars
Small(n) == n > 2 => n < 10
Big(n) == n > 5 => n < 4
Plain == x = 2 => seen # {}
Never == x = 7 => seen = {}
Apply(Op(_), n) == Op(n)
Nested == x = 8 => (x = 2 => seen = {})
Deep ==
    /\ \A n \in seen : Small(n + 1) /\ Big(n)
    /\ \A n \in None : n > x
    /\ LET p == x > 1 => TRUE
           q == x > 11 => TRUE
       IN  p /\ q
    /\ CASE x = 0 -> x > 0 => FALSE
         [] x = 1 -> x > 0 => TRUE
         [] OTHER -> TRUE
    /\ IF x > 50 THEN x = 51 => TRUE ELSE x < 60 => TRUE
    /\ Apply(LAMBDA n : n = 1 => TRUE, x)
    /\ {n \in 0..x : n > 20 => n > 21} = 0..x
    /\ 1 \in Few => Cardinality(Few) = 1
    /\ 2 \in Few => FALSE
RECURSIVE Sum(_)
Sum(n) == IF n = 0 THEN 0 ELSE IF (n > 2 => n > 1) /\ (n > 9 => n > 8) THEN n + Sum(n - 1) ELSE 0
Sums == Sum(x) >= x
Sums2 == Sum(x) + Sum(6) >= x
Enabled == ENABLED (x < 3 /\ (x = 1 => x' = 2) /\ x' \in 0..9 /\ (x' = 20 => x = 1) /\ seen' = seen)
        \/ TRUE
Steps == [][x' = 2 => x = 1]_vars /\ [][x' = 9 => x = 8]_vars
Starts == (x = 0 => seen = {}) /\ (x = 1 => seen = {}) /\ [](x # 4 => x < 4)
====`

// impliedBy runs the model and returns its implications as lines: property, line,
// and "reached", "never" or "not evaluated".
func impliedBy(t *testing.T, spec, cfg string, o Options) []string {
	t.Helper()
	r := load(t, spec, cfg).Run(context.Background(), o)
	if r.Verdict != OK {
		t.Fatalf("found %s", summary(r))
	}
	var lines []string
	for _, i := range r.Implications {
		how := "never"
		if i.Reached {
			how = "reached"
		} else if !i.Evaluated {
			how = "not evaluated"
		}
		lines = append(lines, fmt.Sprintf("%s %s %d: %s: %s", i.Property, i.Definition, i.At.Span.Start.Line, i.Antecedent, how))
	}
	return lines
}

// Each implication and each \A of the properties is told, with what came of it.
func TestImplications(t *testing.T) {
	const cfg = "CONSTANTS Few = {1}\nNone = {}\nINIT Init NEXT Next\nINVARIANTS Plain Never Nested Deep Sums Sums2 Enabled\nPROPERTIES Steps Starts"
	want := `Plain Plain 11: x = 2: reached
Never Never 12: x = 7: never
Nested Nested 14: x = 8: never
Nested Nested 14: x = 2: not evaluated
Deep Small 9: n > 2: reached
Deep Big 10: n > 5: never
Deep Deep 16: n \in seen: reached
Deep Deep 17: n \in None: never
Deep Deep 18: x > 1: reached
Deep Deep 19: x > 11: never
Deep Deep 21: x > 0: never
Deep Deep 22: x > 0: reached
Deep Deep 24: x = 51: not evaluated
Deep Deep 24: x < 60: reached
Deep Deep 25: n = 1: reached
Deep Deep 26: n > 20: never
Deep Deep 27: 1 \in Few: reached
Deep Deep 28: 2 \in Few: never
Sums Sum 30: n > 2: reached
Sums Sum 30: n > 9: never
Sums2 Sum 30: n > 2: reached
Sums2 Sum 30: n > 9: never
Enabled Enabled 33: x = 1: reached
Enabled Enabled 33: x' = 20: never
Steps Steps 35: x' = 2: reached
Steps Steps 35: x' = 9: never
Starts Starts 36: x = 0: reached
Starts Starts 36: x = 1: never
Starts Starts 36: x /= 4: reached`
	for workers := 1; workers <= 2; workers++ {
		for _, coverage := range []bool{false, true} {
			found := strings.Join(impliedBy(t, vacuous, cfg, Options{Workers: workers, Coverage: coverage}), "\n")
			if found != want {
				t.Errorf("%d workers, coverage %v: found\n%s\nexpected\n%s", workers, coverage, found, want)
			}
		}
	}
}
