package syntax_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/stdlib"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// strip zeroes what printing does not keep: positions, comments, proofs, USE.
func strip(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			strip(v.Elem())
		}
	case reflect.Slice:
		for i := 0; i < v.Len(); i++ {
			strip(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[syntax.Span]() {
			v.SetZero()
			return
		}
		if v.Type() == reflect.TypeFor[syntax.Module]() {
			m := v.Addr().Interface().(*syntax.Module)
			m.Comments, m.File = nil, ""
			var units []syntax.Unit
			for _, u := range m.Units {
				if _, ok := u.(*syntax.Use); !ok {
					units = append(units, u)
				}
			}
			m.Units = units
		}
		for i := 0; i < v.NumField(); i++ {
			strip(v.Field(i))
		}
	}
}

func stripped(n syntax.Node) syntax.Node {
	strip(reflect.ValueOf(n))
	return n
}

// corpus returns all the modules at hand: those of testdata and the built-in ones.
func corpus(t testing.TB) map[string][]byte {
	files := map[string][]byte{}
	paths, err := filepath.Glob("testdata/*.tla")
	require.NoError(t, err)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		files[path] = src
	}
	for _, name := range stdlib.Names() {
		files[name+".tla"], _ = stdlib.Source(name)
	}
	return files
}

func TestFormatParsesToTheSameTree(t *testing.T) {
	for path, src := range corpus(t) {
		m, err := syntax.Parse(path, src)
		require.NoError(t, err)
		text := syntax.Format(m)
		again, err := syntax.Parse(path, []byte(text))
		require.NoError(t, err, "%s printed as\n%s", path, text)
		require.Equal(t, stripped(m), stripped(again), "%s printed as\n%s", path, text)
		assert.Equal(t, text, syntax.Format(again), path)
	}
}

func TestFormatOfExpressions(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`a+b*c`, `a + b * c`},
		{`(a+b)*c`, `(a + b) * c`},
		{`a-b-c`, `a - b - c`},
		{`a-(b-c)`, `a - (b - c)`},
		{`a \union b \union c`, `a \cup b \cup c`},
		{`~a => b`, `~a => b`},
		{`~(a => b)`, `~(a => b)`},
		{`a - (-b)`, `a - -b`},
		{`-(-b)`, `-(-b)`},
		{`- -b`, `-(-b)`},
		{`2 * (-b)`, `2 * (-b)`},
		{`(\A x \in S : x) /\ b`, `(\A x \in S : x) /\ b`},
		{`a /\ \A x \in S : x /\ b`, `a /\ (\A x \in S : x /\ b)`},
		{`S \X T \X U`, `S \X T \X U`},
		{`(S \X T) \X U`, `(S \X T) \X U`},
		{`S \times (T \X U)`, `S \X (T \X U)`},
		{`x'[1]`, `(x')[1]`},
		{`(x+y)'`, `(x + y)'`},
		{`Fold(+, 0, s)`, `Fold( + , 0, s)`},
		{`F(+ , LAMBDA x,y : x)`, `F( + , LAMBDA x, y : x)`},
		{`{(x \in S) : x \in T}`, `{(x \in S) : x \in T}`},
		{`{x \in S : x \in T}`, `{x \in S : x \in T}`},
		{`[CASE a -> b -> c]`, ``},
		{`[(CASE a -> b) -> c]`, `[(CASE a -> b) -> c]`},
		{`CASE a -> (CASE b -> c) [] d -> e`, "CASE a -> (CASE b -> c)\n  [] d -> e"},
		{`WF_<<x,y>>(A) /\ SF_(f[x])(B) /\ WF_I!v(C)`, `WF_<<x, y>>(A) /\ SF_(f[x])(B) /\ WF_I!v(C)`},
		{`[][A \/ B]_<<x>>`, `[][A \/ B]_<<x>>`},
		{`<><<A>>_x`, `<><<A>>_x`},
		{`[f EXCEPT ![1,2].a[3]=@+1,!.b = 2]`, `[f EXCEPT ![1, 2].a[3] = @ + 1, !.b = 2]`},
		{`a ≤ b ∧ c ∈ ℕ`, `a =< b /\ c \in Nat`},
		{`"a\"b\\c\n"`, `"a\"b\\c\n"`},
		{`Op(1)!2!<<!lab(x)!(y)!@!:`, `Op(1)!2!<<!lab(x)!(y)!@!:`},
		{`I(1)!J!+(2, 3)`, `I(1)!J!+(2, 3)`},
		{`\cup(S, T)`, ` \cup(S, T)`},
		{`\b101 + \HfF`, `\b101 + \HfF`},
	} {
		if c.want == "" {
			continue
		}
		e, err := syntax.ParseExpr("e", []byte(c.src))
		require.NoError(t, err, c.src)
		got := syntax.Format(e)
		assert.Equal(t, c.want, got)
		again, err := syntax.ParseExpr("e", []byte(got))
		require.NoError(t, err, got)
		assert.Equal(t, stripped(e), stripped(again), got)
	}
}

func TestCommentsAreKept(t *testing.T) {
	m, err := syntax.Parse("M.tla", []byte("before\n---- MODULE M ----\n\\* one\n(* two (* three *) *)\nA == 1 (* four *)\n====\nafter\n"))
	require.NoError(t, err)
	var texts []string
	for _, c := range m.Comments {
		texts = append(texts, strings.TrimSpace(c.Text))
	}
	assert.Equal(t, []string{"before", `\* one`, "(* two (* three *) *)", "(* four *)", "after"}, texts)
}
