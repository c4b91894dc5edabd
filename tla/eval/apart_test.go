package eval_test

import (
	"context"
	"testing"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/module"
)

// Tuples that are taken apart are the same as tuples that are made: wherever a
// variable goes through a product, a subset of one, or a set of tuples, and
// whether its elements are read, or itself, or both.
func TestTuplesTakenApart(t *testing.T) {
	const head = `---- MODULE M ----
EXTENDS Integers, Sequences, FiniteSets
S == 1..4
P == S \X S \X S
F == {t \in P : t[1] < t[2] /\ t[2] < t[3]}
G == {<<a, b, c>> \in P : a < b /\ b < c}
E == {<<a, b, c>> : a, b, c \in S}
Third(t) == t[3]
Swap(t) == <<t[2], t[1], t[3]>>
In(t, U) == t \in U
ASSUME `
	for _, c := range []struct {
		text  string
		holds bool
	}{
		{`F = G /\ Cardinality(F) = 4`, true},
		{`F = {t \in E : t[1] < t[2] /\ t[2] < t[3]}`, true},
		{`\A t \in P : t = <<t[1], t[2], t[3]>> /\ t \in E`, true},
		{`\A t \in F : In(t, G) /\ Third(t) = t[3] /\ Swap(Swap(t)) = t`, true},
		{`\A t \in G : t[1] + t[2] + t[3] \in {6, 7, 8, 9} /\ Len(t) = 3`, true},
		{`\A <<a, b, c>> \in F : <<a, b, c>> \in G`, true},
		{`\A <<a, b, c>> \in G : LET t == <<a, b, c>> IN t[2] = b`, true},
		{`\A t \in F, u \in G : t[1] = u[1] \/ t # u`, true},
		{`\A t \in P : \A u \in {v \in P : v[1] = t[1]} : u[1] = t[1] /\ u[2] \in S /\ u[3] \in S`, true},
		{`{t[1] + 10 * t[2] : t \in S \X S} = {a + 10 * b : a, b \in S}`, true},
		{`(CHOOSE t \in P : t[1] = 3 /\ t[2] = 2 /\ t[3] > 3) = <<3, 2, 4>>`, true},
		{`(CHOOSE <<a, b>> \in S \X S : a = 3 /\ b > 3) = <<3, 4>>`, true},
		{`\A t \in Seq({1}) \cap {<<1, 1>>, <<1>>} : t[1] = 1`, true},
		{`\A t \in {<<1, 2>>, <<3, 4, 5>>} : t[1] \in {1, 3} /\ t[2] \in {2, 4} /\ (Len(t) = 3 => t[3] = 5)`, true},
		{`\A f \in [S -> {1}] : f[1] = 1 /\ f[4] = 1`, true},
		{`[t \in S \X S |-> t[1] * t[2]][3, 4] = 12`, true},
		{`LET RECURSIVE Sum(_) Sum(U) == IF U = {} THEN 0 ELSE LET t == CHOOSE t \in U : TRUE IN t[1] + t[2] + t[3] + Sum(U \ {t}) IN Sum(F) = 30`, true},
		{`<<1, 2, 3>>[2] = 2 /\ \A a, b \in S : <<a, b>>[1] = a /\ <<a, b>>[2] = b`, true},
		{`\E t \in F : t[1] + t[2] = t[3] + 1`, true},
		{`\A t \in F : t[1] # 2`, false},
		{`\A t \in P : t # <<4, 3, 2>> \/ t[1] = 3`, false},
		{`\A <<a, b, c>> \in F : c # 4`, false},
	} {
		spec, err := module.LoadSource("M.tla", []byte(head+c.text+"\n===="), module.Options{})
		if err != nil {
			t.Fatal(c.text, err)
		}
		cfg, err := config.Parse("M.cfg", nil)
		if err != nil {
			t.Fatal(err)
		}
		m, err := check.New(spec, cfg)
		if err != nil {
			t.Fatal(c.text, err)
		}
		for _, coverage := range []bool{false, true} {
			r := m.Run(context.Background(), check.Options{Coverage: coverage})
			if r.Err != nil || (r.Kind == check.Assumption) == c.holds {
				t.Errorf("%s: found %s %v, expected %v", c.text, r.Kind, r.Err, c.holds)
			}
		}
	}
}
