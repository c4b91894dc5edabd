package syntax_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

// FuzzParse checks that no input makes the parser panic or hang, that errors lie
// within the file, and that what parses can be printed and parsed again.
func FuzzParse(f *testing.F) {
	for _, src := range corpus(f) {
		f.Add(src)
	}
	for _, src := range []string{
		"---- MODULE M ----\nA == /\\ x\n     \\/ [a |-> {y \\in S : <<1>>}]\n====",
		"---- MODULE M ----\nTHEOREM T == A\n<1>1. QED BY <1>1 DEF x\nB == 1\n====",
		"---- MODULE M ----\nA == CASE a -> b [] OTHER -> WF_x(y)\n====",
		"---- MODULE M ----\n---- MODULE N ----\n====\nI(x) == INSTANCE N WITH a <- LAMBDA y : y\n====",
		"---- MODULE M ----\nA == \"\\\n(*\n====",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m, err := syntax.Parse("M.tla", src)
		if err != nil {
			es, ok := syntax.AsErrors(err)
			if !ok || len(es) == 0 || len(es) > syntax.MaxErrors {
				t.Fatalf("%d errors", len(es))
			}
			lines := int32(strings.Count(string(src), "\n") + strings.Count(string(src), "\r") + 1)
			for _, e := range es {
				if !e.IsValid() || e.Start.Line > lines || e.Msg == "" {
					t.Fatalf("error %v in a file of %d lines", e, lines)
				}
			}
			return
		}
		text := syntax.Format(m)
		again, err := syntax.Parse("M.tla", []byte(text))
		if err != nil {
			t.Fatalf("%v in\n%s\nprinted from\n%s", err, text, src)
		}
		assert.Equal(t, stripped(m), stripped(again))
	})
}

// FuzzParseExpr is FuzzParse for expressions.
func FuzzParseExpr(f *testing.F) {
	for _, src := range []string{`a + b * -c`, `[x \in S |-> x']`, `/\ a`, `LET f[x \in S] == x IN f`, `I(1)!Op!2`, `0. 0A`, `A! !!`, `(#)`} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		e, err := syntax.ParseExpr("e", src)
		if err != nil {
			return
		}
		text := syntax.Format(e)
		again, err := syntax.ParseExpr("e", []byte(text))
		if err != nil {
			t.Fatalf("%v in\n%s\nprinted from\n%s", err, text, src)
		}
		assert.Equal(t, stripped(e), stripped(again))
	})
}

// Sizes that break a parser which is quadratic, or recurses without a limit.
func TestLargeInputs(t *testing.T) {
	n := 50_000
	deep := func(open, middle, shut string) string {
		return "---- MODULE M ----\nA == " + strings.Repeat(open, n) + middle + strings.Repeat(shut, n) + "\n====\n"
	}
	for name, src := range map[string]string{
		"parentheses": deep("(", "1", ")"),
		"sets":        deep("{", "1", "}"),
		"functions":   deep("[x \\in ", "S", " |-> 1]"),
		"open":        deep("[x,<<", "1", ""),
		"negations":   deep("~", "a", ""),
		"if":          deep("IF a THEN b ELSE ", "c", ""),
		"let":         deep("LET a == ", "1", " IN a"),
		"sum":         deep("1 + ", "1", ""),
		"applied":     deep("", "f", "[1]"),
		"primed":      deep("", "f", "'"),
		"comment":     "---- MODULE M ----\n" + strings.Repeat("(*", n),
		"modules":     strings.Repeat("---- MODULE M ----\n", 5000),
		"heads":       "---- MODULE M ----\n" + strings.Repeat("A(", n) + "\n====\n",
	} {
		_, err := syntax.Parse("M.tla", []byte(src))
		require.Error(t, err, name)
		es, _ := syntax.AsErrors(err)
		assert.LessOrEqual(t, len(es), syntax.MaxErrors, name)
	}
	many := "---- MODULE M ----\n" + strings.Repeat("A == /\\ a = b\n     /\\ [x EXCEPT ![1] = @ + 1] = <<1, 2>>\n", 20_000) + "====\n"
	_, err := syntax.Parse("M.tla", []byte(many))
	require.NoError(t, err)
}
