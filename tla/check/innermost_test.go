package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/lockstep-go/lockstep/tla/value"
)

// chosen has each way in which one action comes to another, and those that look
// like it and are none.
const chosen = `---- MODULE M ----
EXTENDS Naturals
CONSTANTS a, b
VARIABLES msgs, n
vars == <<msgs, n>>
Init == msgs = {[to |-> a, k |-> 1], [to |-> b, k |-> 2]} /\ n = 0
---- MODULE Other ----
VARIABLE o
Add(k) == o' = o + k
Some == \E k \in {o + 11} : Add(k)
====
I == INSTANCE Other WITH o <- n
---- MODULE Quiet ----
VARIABLES o, q
Add(k) == o' = o + k /\ UNCHANGED q
Some == \E k \in {o + 11} : Add(k)
====
Q == INSTANCE Quiet WITH o <- n, q <- msgs

\* A piece, and an action that has it.
Count(k) == n' = n + k
Handle(i, m) == m.to = i /\ Count(1) /\ msgs' = msgs \ {m}

Keep(m) == n' = n + 2 /\ msgs' = msgs
Jump(to) == n' = to /\ UNCHANGED msgs

\* Choices.
Receive(i) == \E m \in msgs : Handle(i, m)
Guarded(i) == \E m \in msgs : m.k < 9 /\ (Handle(i, m) \/ Keep(m))
Branch(i) == IF i = a THEN Receive(i) ELSE LET k == n + 3 IN CASE n > k -> Receive(i) [] OTHER -> Jump(k)
Receives == (\E i \in {a, b} : Receive(i)) \/ Jump(7)
Whole == /\ n < 1
         /\ Receives

\* Not choices: a condition before one action, another name for it, a branch
\* that is no action, something that is assigned beside an action.
Once(i) == n = 0 /\ Jump(n + 5)
Same(i) == Jump(6)
Maybe(i) == IF n > 100 THEN Jump(n) ELSE UNCHANGED vars
Both(i) == \/ Count(8) /\ UNCHANGED msgs
           \/ Count(9) /\ UNCHANGED msgs

\* Behind an instance, whose variables are all there are, and
Add(i) == Q!Add(1)
Adds(i) == Q!Some

\* Behind another, and in a function of the state.
At(f) == f[1] = 0 /\ Jump(f[1] + 4)
RECURSIVE Down(_)
Down(k) == IF k = 0 THEN Jump(10) ELSE Down(k - 1)
Goes == \E k \in {n + 2} : Down(k)

\* What an action picks by itself, and what it only asks for.
Pick(i) == /\ \E j \in {1, 2}, <<k, l>> \in {<<3, 4>>} : n' = j + k * l
           /\ \E m \in msgs : m.to = i /\ msgs' = {m}
Asks == (\E m \in msgs : m.k = 1) /\ Jump(3)
Turns == n' = 1 /\ \A j \in {1, 2} : \E k \in {j} : k > 0 /\ msgs' = msgs
Picks == \E m \in msgs : m.k = 1 /\ Pick(m.to)

Next == %s
Spec == Init /\ [][Next]_vars
====`

// steps collects the steps of a graph, as TLC and as the engine names them.
type steps struct {
	store *value.Store
	all   []string
}

func (g *steps) State(int, []value.Value, bool) {}
func (g *steps) Edge(_, _ int, a *Action, c Call) {
	var args []string
	for i, v := range c.Args {
		args = append(args, c.Params[i]+"="+g.store.PrintValue(v))
	}
	line := fmt.Sprintf("%s: %s(%s)", a.Name, c.Name, strings.Join(args, ", "))
	for i, v := range c.Picks {
		line += " " + c.Picked[i] + "=" + g.store.PrintValue(v)
	}
	g.all = append(g.all, line)
}

// A step is named by the innermost action of a choice, and not by its pieces.
func TestInnermostAction(t *testing.T) {
	ma, mb := "[to |-> a, k |-> 1]", "[to |-> b, k |-> 2]"
	for disjunct, want := range map[string][]string{
		`\E i \in {a} : Receive(i)`:  {"Receive: Handle(i=a, m=" + ma + ")"},
		`\E i \in {a} : Guarded(i)`:  {"Guarded: Handle(i=a, m=" + ma + ")", "Guarded: Keep(m=" + ma + ")", "Guarded: Keep(m=" + mb + ")"},
		`\E i \in {a, b}: Branch(i)`: {"Branch: Handle(i=a, m=" + ma + ")", "Branch: Jump(to=3)"},
		`Whole`:                      {"Whole: Handle(i=a, m=" + ma + ")", "Whole: Handle(i=b, m=" + mb + ")", "Whole: Jump(to=7)"},
		`Receives`:                   {"Receive: Handle(i=a, m=" + ma + ")", "Receive: Handle(i=b, m=" + mb + ")", "Jump: Jump(to=7)"},
		`\E i \in {a} : Once(i)`:     {"Once: Once(i=a)"},
		`\E i \in {a} : Same(i)`:     {"Jump: Jump(to=6)"}, // TLC looks through it
		`\E i \in {a} : Maybe(i)`:    {"Maybe: Maybe(i=a)"},
		`\E i \in {a} : Both(i)`:     {"Both: Both(i=a)", "Both: Both(i=a)"},
		`n' = 3 /\ UNCHANGED msgs`:   {"Next: Next()"},
		`\E m \in msgs : Keep(m)`:    {"Next: Keep(m=" + ma + ")", "Next: Keep(m=" + mb + ")"},
		`At([k \in {1} |-> n])`:      {"At: At(f=<<0>>)"},
		`\E i \in {a} : Add(i)`:      {"Q!Add: Add(i=a)"},
		`\E i \in {a} : Adds(i)`:     {"Q!Some: Q!Add(k=11)"},
		`I!Some /\ UNCHANGED msgs`:   {"Next: I!Add(k=11)"},
		`Goes`:                       {"Goes: Down(k=2)"},
		`\E i \in {a} : Pick(i)`:     {"Pick: Pick(i=a) j=1 k=3 l=4 m=" + ma, "Pick: Pick(i=a) j=2 k=3 l=4 m=" + ma},
		`Asks`:                       {"Asks: Asks()"},
		`Turns`:                      {"Turns: Turns()"},
		`Picks`:                      {"Picks: Pick(i=a) j=1 k=3 l=4 m=" + ma, "Picks: Pick(i=a) j=2 k=3 l=4 m=" + ma},
	} {
		for workers := 1; workers <= 2; workers++ {
			m := load(t, fmt.Sprintf(chosen, disjunct), "CONSTANTS a = a\nb = b\nSPECIFICATION Spec")
			g := &steps{store: m.Store}
			m.Run(context.Background(), Options{Graph: g, Workers: workers, DepthMax: 2})
			slices.Sort(g.all)
			slices.Sort(want)
			if !slices.Equal(g.all, want) {
				t.Errorf("%s: found\n  %s\nexpected\n  %s", disjunct, strings.Join(g.all, "\n  "), strings.Join(want, "\n  "))
			}
		}
	}
}
