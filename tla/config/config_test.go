package config_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/config"
)

func TestParseAll(t *testing.T) {
	c, err := config.Parse("M.cfg", []byte(`
\* a comment
SPECIFICATION Spec (* another (* nested *) *)
CONSTANTS
  N = 3   RM = {r1, "two", {3, TRUE}, {}}
  Name = "a \"string\""
  NULL = NULL
  F(1, a) = -2
  Nat <- SmallNat
  Seq <- [Queue] BoundedSeq
  C = [Mod] 4
CONSTANT
INVARIANT TypeOK
INVARIANTS Safe I!Inv
PROPERTY Live PROPERTIES Other
CONSTRAINT Small CONSTRAINTS Tiny
ACTION_CONSTRAINT Orderly ACTION_CONSTRAINTS More
SYMMETRY Perms VIEW view ALIAS Alias POSTCONDITION Post
CHECK_DEADLOCK FALSE`))
	require.NoError(t, err)
	assert.Equal(t, config.Name{"Spec", config.Pos{3, 15}}, c.Specification)
	require.Len(t, c.Constants, 8)
	assert.Equal(t, `{r1, "two", {3, TRUE}, {}}`, c.Constants[1].Value.String())
	assert.Equal(t, config.Set, c.Constants[1].Value.Kind)
	assert.Equal(t, config.ModelValue, c.Constants[1].Value.Elems[0].Kind)
	assert.Equal(t, config.Pos{5, 17}, c.Constants[1].Value.Elems[0].Pos)
	assert.Equal(t, `a "string"`, c.Constants[2].Value.Text)
	assert.Equal(t, "NULL", c.Constants[3].Value.Text)
	assert.Len(t, c.Constants[4].Args, 2)
	assert.Equal(t, int64(-2), c.Constants[4].Value.Int)
	assert.Equal(t, "SmallNat", c.Constants[5].Replacement)
	assert.Equal(t, "Queue", c.Constants[6].Module)
	assert.Equal(t, "Mod", c.Constants[7].Module)
	names := func(list []config.Name) (s []string) {
		for _, n := range list {
			s = append(s, n.Name)
		}
		return s
	}
	assert.Equal(t, []string{"TypeOK", "Safe", "I!Inv"}, names(c.Invariants))
	assert.Equal(t, []string{"Live", "Other"}, names(c.Properties))
	assert.Equal(t, []string{"Small", "Tiny"}, names(c.Constraints))
	assert.Equal(t, []string{"Orderly", "More"}, names(c.ActionConstraints))
	assert.Equal(t, "Perms view Alias Post",
		strings.Join([]string{c.Symmetry.Name, c.View.Name, c.Alias.Name, c.PostCondition.Name}, " "))
	assert.False(t, c.CheckDeadlock)
	assert.False(t, c.Init.Given())
}

func TestOperatorsAreConstants(t *testing.T) {
	c, err := config.Parse("M.cfg", []byte("CONSTANTS ++ <- plus (+)<-join\n\\prec <- less \\* a comment\n& <- [M] both INIT Init"))
	require.NoError(t, err)
	var names []string
	for _, k := range c.Constants {
		names = append(names, k.Name+" "+k.Module+" "+k.Replacement)
	}
	assert.Equal(t, []string{"++  plus", "(+)  join", `\prec  less`, "& M both"}, names)
	assert.Equal(t, "Init", c.Init.Name)
	for _, src := range []string{"INVARIANT ++", "CONSTANT A = ++", "INIT &", "CONSTANT \\ <- a"} {
		_, err := config.Parse("M.cfg", []byte(src))
		assert.Error(t, err, src)
	}
}

func TestEmptyFileChecksDeadlock(t *testing.T) {
	c, err := config.Parse("M.cfg", nil)
	require.NoError(t, err)
	assert.True(t, c.CheckDeadlock)
	assert.False(t, c.Specification.Given())
}

func TestErrors(t *testing.T) {
	for _, x := range []struct{ src, want string }{
		{"FOO x", "c:1:1: found FOO, expected a keyword such as SPECIFICATION or INVARIANT"},
		{"SPECIFICATION CONSTANTS", "c:1:15: found CONSTANTS, expected the name of a definition after SPECIFICATION"},
		{"INIT A\nINIT B NEXT C", "c:2:1: found INIT a second time, expected it once: it is at 1:6"},
		{"SPECIFICATION S INIT A", "c:1:15: found both SPECIFICATION and INIT or NEXT, expected one of the two"},
		{"CONSTANT A", `c:1:11: found the end of the file, expected "=" or "<-"`},
		{"CONSTANT A =\nINVARIANT B = 2", "c:2:1: found INVARIANT, expected a value: a number, a string, TRUE, FALSE, a model value or a set\n" +
			"c:2:13: found =, expected the name of a definition or a keyword"},
		{"CONSTANT A = {1, 2\nINVARIANT B", `c:2:1: found INVARIANT, expected "," or "}"`},
		{"CONSTANT A = 1..3", `c:1:15: found the character '.', expected the name of a constant or a keyword`},
		{"CONSTANT A = <<1>>", `c:1:14: found the character '<', expected a value: a number, a string, TRUE, FALSE, a model value or a set`},
		{"INVARIANTS A, B", "c:1:13: found ,, expected the name of a definition or a keyword"},
		{"CONSTANT F(1 = 2", `c:1:14: found =, expected "," or ")"`},
		{"CONSTANT F(1) <- G", `c:1:15: found <-, expected "=" or "<-"`},
		{"CONSTANT A <- [M B", `c:1:18: found B, expected "]"`},
		{"CHECK_DEADLOCK maybe", "c:1:16: found maybe, expected TRUE or FALSE"},
		{"TYPE T", "c:1:1: TYPE is not supported"},
		{"CONSTANT A = \"x\ny", "c:1:14: found the end of the line in a string, expected \"\\\"\""},
		{"(* open", `c:1:1: found the end of the file in a comment, expected "*)"`},
		{"CONSTANT A = 99999999999999999999", "c:1:14: found the number 99999999999999999999, expected one of at most 64 bits"},
	} {
		_, err := config.Parse("c", []byte(x.src))
		if assert.Error(t, err, x.src) {
			assert.Equal(t, x.want, err.Error(), x.src)
		}
	}
}

func TestDeepSets(t *testing.T) {
	_, err := config.Parse("c", []byte("CONSTANT A = "+strings.Repeat("{", 100_000)))
	require.Error(t, err)
	assert.Contains(t, err.Error(), "sets nested at most 1000 deep")
}

// FuzzParse checks that nothing makes the reader panic or hang, and that what it
// reads it can write.
func FuzzParse(f *testing.F) {
	f.Add([]byte("SPECIFICATION Spec\nCONSTANTS A = {a, 1, \"x\"} B <- [M] C F(1) = TRUE\nINVARIANT I CHECK_DEADLOCK FALSE"))
	f.Add([]byte("INIT I NEXT N (* c *) \\* d\n CONSTRAINT X"))
	f.Fuzz(func(t *testing.T, src []byte) {
		c, err := config.Parse("c", src)
		if err != nil {
			return
		}
		again, err := config.Parse("c", []byte(c.String()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, c)
		}
		assert.Equal(t, c.String(), again.String())
	})
}
