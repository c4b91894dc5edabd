package eval_test

import (
	"flag"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var againstTLC = flag.Int("tlc", 0, "how many random modules to ask TLC about in TestAgainstTLC; needs a JDK")

// Random constant expressions have the value that TLC gives them, or are an
// error as they are to TLC.
func TestAgainstTLC(t *testing.T) {
	if *againstTLC == 0 {
		t.Skip("asks TLC: run it with -tlc 10")
	}
	for seed := range *againstTLC {
		g := &generator{Rand: rand.New(rand.NewSource(int64(seed)))}
		w := &words{file: filepath.Join(t.TempDir(), "random.txt"), prelude: []string{
			"EXTENDS Integers, Sequences, FiniteSets",
			"Twice(Op(_), a) == Op(Op(a))",
			"Fold(Op(_, _), a, q) == LET RECURSIVE go(_, _)",
			"                            go(b, i) == IF i > Len(q) THEN b ELSE go(Op(b, q[i]), i + 1)",
			"                        IN  go(a, 1)",
		}}
		for range 150 {
			expr := g.expr(g.typ(2), 2+g.Intn(4))
			// TLC takes minutes for some; the reference knows which.
			if _, _, _, ok, err := answers(generatedModule + "E == " + expr + "\n====\n"); ok && err == nil {
				w.cases = append(w.cases, wordCase{expr: expr})
			}
		}
		w.ask(t)
		got := printed(newModel(t, w.module(true), ""))
		require.Len(t, got, len(w.cases))
		for i, c := range w.cases {
			want := bare(spelledOut(strings.ReplaceAll(c.answer, "<< >>", "<<>>")))
			if want[0] == '!' && got[i][0] == '!' {
				continue
			}
			if strings.Contains(want, "<expression>") {
				continue // TLC prints what it cannot evaluate as it is written
			}
			if want != got[i] {
				t.Errorf("seed %d: %s\nTLC says %s\nwe say   %s", seed, c.expr, want, got[i])
			}
		}
	}
	fmt.Fprintln(os.Stderr, "asked TLC about", *againstTLC, "modules")
}
