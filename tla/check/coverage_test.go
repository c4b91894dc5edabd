package check

import (
	"context"
	"testing"
)

const covered = `---- MODULE M ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Up == x < 10 /\ x' = x + 1
Down == /\ x > 100
        /\ x' = 0
Next == Up \/ Down
Even(n) == n % 2 = 0
Inv == Even(x) \/ x < 20
====`

// Coverage tells how often each action was taken and each expression evaluated.
func TestCoverage(t *testing.T) {
	m := load(t, covered, "INIT Init NEXT Next INVARIANT Inv CHECK_DEADLOCK FALSE")
	for workers := 1; workers <= 2; workers++ {
		r := m.Run(context.Background(), Options{Coverage: true, Workers: workers})
		if r.Verdict != OK || r.Generated != 11 || r.Distinct != 11 {
			t.Fatalf("found %s", summary(r))
		}
		taken := map[string]int64{}
		for _, a := range r.Actions {
			taken[a.Name] += a.Taken
		}
		if taken["Up"] != 10 || taken["Down"] != 0 || len(r.Actions) != 3 {
			t.Errorf("found %v, expected 10 steps up and none down", taken)
		}
		counts := map[string]Cost{}
		for _, c := range r.Costs {
			counts[c.At.Span.String()] = c
		}
		for at, want := range map[string]Cost{
			"line 5, col 7 to line 5, col 26":    {Name: "Up", Count: 11},   // the action
			"line 5, col 17 to line 5, col 26":   {Name: "Up", Count: 10},   // x' = x + 1
			"line 6, col 12 to line 6, col 18":   {Name: "Down", Count: 11}, // x > 100
			"line 7, col 12 to line 7, col 17":   {Name: "Down", Count: 0},  // x' = 0
			"line 9, col 12 to line 9, col 20":   {Name: "Even", Count: 11}, // the body of Even
			"line 10, col 19 to line 10, col 24": {Name: "Inv", Count: 5},   // x < 20 is for the odd
		} {
			got, ok := counts[at]
			if !ok || got.Count != want.Count || got.Name != want.Name {
				t.Errorf("%s: found %+v, expected %+v", at, got, want)
			}
		}
	}
	if r := m.Run(context.Background(), Options{}); r.Costs != nil {
		t.Error("costs that nobody asked for")
	}
}
