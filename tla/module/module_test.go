package module_test

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

func load(t *testing.T, src string) *module.Spec {
	t.Helper()
	spec, err := module.LoadSource("M.tla", []byte(src), module.Options{})
	require.NoError(t, err)
	return spec
}

func definition(t *testing.T, spec *module.Spec, name string) *module.Definition {
	t.Helper()
	use := spec.Root.Lookup(name)
	require.NotNil(t, use, name)
	def, ok := use.Object.(*module.Definition)
	require.True(t, ok, name)
	return def
}

// useOf returns what the body of a definition, an application, refers to.
func useOf(t *testing.T, spec *module.Spec, name string) *module.Use {
	t.Helper()
	body := definition(t, spec, name).Body
	use := spec.Uses[body.(*syntax.Apply)]
	require.NotNil(t, use, name)
	return use
}

func instances(use *module.Use) (names []string) {
	for _, i := range use.Instances {
		name := i.Instance.Name
		if name == "" {
			name = "INSTANCE " + i.Instance.Of.Name
		}
		names = append(names, name)
	}
	return names
}

func TestInstancesAreEnvironments(t *testing.T) {
	spec := load(t, `---- MODULE M ----
EXTENDS Integers
VARIABLES x, y
---- MODULE Inner ----
EXTENDS Naturals
CONSTANTS c, F(_)
VARIABLE v
Op(i) == F(c + i) = v
---- MODULE Deep ----
CONSTANT d
Nested == d + c
====
D(e) == INSTANCE Deep WITH d <- e
Through == D(1)!Nested
====
---- MODULE Plain ----
CONSTANT c
INSTANCE Inner WITH F <- LAMBDA i : i, v <- c
LOCAL Hidden == 1
====
Neg(i) == -i
I(a) == INSTANCE Inner WITH c <- a + 1, F <- Neg, v <- x
J == INSTANCE Plain WITH c <- 3
A == I(5)!Op(6)
B == I(5)!D(7)!Nested
C == J!Op(1)
E == J!Through
G == 1 + 2
====
`)
	inner := definition(t, spec, "A").Module
	assert.Equal(t, "M", inner.Name)

	a := useOf(t, spec, "A")
	assert.Equal(t, []string{"I"}, instances(a))
	assert.Equal(t, "Op", a.Object.ObjectName())
	assert.Len(t, a.Instances[0].Args, 1)
	substs := a.Instances[0].Instance.Substs
	require.Len(t, substs, 3)
	assert.Equal(t, "c F v", strings.Join([]string{
		substs[0].Object.ObjectName(), substs[1].Object.ObjectName(), substs[2].Object.ObjectName()}, " "))

	b := useOf(t, spec, "B")
	assert.Equal(t, []string{"I", "D"}, instances(b))

	c := useOf(t, spec, "C")
	assert.Equal(t, []string{"J", "INSTANCE Inner"}, instances(c))
	assert.Equal(t, a.Object, c.Object, "one definition, however it is reached")
	implicit := c.Instances[1].Instance.Substs[0]
	assert.True(t, implicit.Implicit)
	assert.IsType(t, &module.Constant{}, spec.Uses[implicit.Value.(*syntax.Apply)].Object)

	assert.Equal(t, []string{"J", "INSTANCE Inner"}, instances(useOf(t, spec, "E")))
	g := useOf(t, spec, "G")
	assert.Empty(t, g.Instances, "+ is one object")
	assert.True(t, g.Object.(*module.Definition).Native)
}

func TestLevels(t *testing.T) {
	spec := load(t, `---- MODULE M ----
EXTENDS Integers
CONSTANT c
VARIABLE x
---- MODULE Const ----
CONSTANT k
Twice == k
====
I == INSTANCE Const WITH k <- x
F(a) == a
P(a) == a'
A == c + 1
B == x + 1
C == x' = x
D == [][C]_x
E == F(B)
G == P(B)
H == P(c)
K == I!Twice
L == ENABLED C
N == LET y == x IN y'
RECURSIVE R(_)
R(i) == IF i = 0 THEN x' ELSE R(i - 1)
f[i \in {1}] == IF i = 0 THEN x ELSE f[i]
O(Q(_)) == Q(c)
S == O(LAMBDA z : x)
====
`)
	for name, want := range map[string]module.Level{
		"A": module.ConstantLevel, "B": module.StateLevel, "C": module.ActionLevel, "D": module.TemporalLevel,
		"E": module.StateLevel, "F": module.ConstantLevel, "G": module.ActionLevel, "H": module.ConstantLevel,
		"K": module.StateLevel, "L": module.StateLevel, "N": module.ActionLevel, "R": module.ActionLevel,
		"f": module.StateLevel, "S": module.StateLevel,
	} {
		d := definition(t, spec, name)
		assert.Equal(t, want, d.Level, name)
		if !d.IsFunction {
			assert.Equal(t, want, spec.Level(d.Body), name)
		}
	}
	assert.True(t, definition(t, spec, "R").Recursive)
	assert.True(t, definition(t, spec, "f").Recursive)
	assert.True(t, definition(t, spec, "f").IsFunction)
	assert.False(t, definition(t, spec, "F").Recursive)
}

// Operators that refer to each other have the level of them all.
func TestLevelsOfMutualRecursion(t *testing.T) {
	spec := load(t, `---- MODULE M ----
EXTENDS Integers
VARIABLES x, y
RECURSIVE A(_), B(_), C(_), D(_)
A(i) == B(i) /\ y' = 1
B(i) == IF i = 0 THEN TRUE ELSE C(i - 1)
C(i) == A(i) /\ D(i)
D(i) == IF i = 0 THEN x = 1 ELSE D(i - 1)
RECURSIVE G(_)
H == G(1) /\ y' = 2
G(i) == H /\ x = 1
E == B(1)
f[i \in {1}] == LET g[j \in {1}] == f[j] + x IN g[i]
====
`)
	for name, want := range map[string]module.Level{
		"A": module.ActionLevel, "B": module.ActionLevel, "C": module.ActionLevel,
		"D": module.StateLevel, "E": module.ActionLevel, "G": module.ActionLevel, "f": module.StateLevel,
	} {
		assert.Equal(t, want, definition(t, spec, name).Level, name)
		if d := definition(t, spec, name); !d.IsFunction {
			assert.Equal(t, want, spec.Level(d.Body), name)
		}
	}
	assert.Len(t, definition(t, spec, "B").Depends(), 2)
}

func TestDepends(t *testing.T) {
	spec := load(t, `---- MODULE M ----
EXTENDS Integers
CONSTANTS c, d
VARIABLES x, y
---- MODULE Inner ----
CONSTANT k
Op(i) == k + i
====
I(a) == INSTANCE Inner WITH k <- a + d
A == I(c)!Op(x')
B == LET z == y IN z + 1
C == 1 + 2
RECURSIVE E(_)
E(i) == IF i = 0 THEN c ELSE E(i - 1) + y
====
`)
	for name, want := range map[string]string{"A": "c d x", "B": "y", "C": "", "E": "c y"} {
		var names []string
		for _, o := range definition(t, spec, name).Depends() {
			names = append(names, o.ObjectName())
		}
		sort.Strings(names)
		assert.Equal(t, want, strings.Join(names, " "), name)
	}
}

func TestModulesAreFound(t *testing.T) {
	dir, lib := t.TempDir(), t.TempDir()
	write := func(dir, name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".tla"), []byte("---- MODULE "+name+" ----\n"+text+"\n====\n"), 0o600))
	}
	write(dir, "Root", "EXTENDS Beside, InLib, Sequences, Folds\nA == Where + Far")
	write(dir, "Beside", "EXTENDS Naturals\nWhere == 1")
	write(lib, "InLib", "Far == 2")
	write(lib, "Beside", "Where == \"the folder of the root comes first\"\nFar == 3")
	write(dir, "Folds", "MapThenFoldSet == 1")
	spec, err := module.Load(filepath.Join(dir, "Root.tla"), module.Options{Lib: []string{lib}})
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "Folds.tla"), definition(t, spec, "MapThenFoldSet").Module.File)

	_, err = module.Load(filepath.Join(dir, "Root.tla"), module.Options{})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "Root.tla:2:17: cannot find module InLib, looked in "+dir+" and the built-in modules")

	write(dir, "Loop", "EXTENDS Pool")
	write(dir, "Pool", "EXTENDS Loop")
	_, err = module.Load(filepath.Join(dir, "Loop.tla"), module.Options{})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "Pool.tla:2:9: module Loop depends on itself")

	require.NoError(t, os.Rename(filepath.Join(dir, "Pool.tla"), filepath.Join(dir, "Other.tla")))
	_, err = module.Load(filepath.Join(dir, "Other.tla"), module.Options{})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "found the module name Pool, expected Other, the name of the file")

	_, err = module.Load(filepath.Join(dir, "None.tla"), module.Options{})
	require.Error(t, err)
}

// A specification written against another version of a community module may
// have a name of its own that our version has too.
func TestCommunityNamesCanBeRedefined(t *testing.T) {
	spec := load(t, `---- MODULE M ----
EXTENDS SequencesExt, FiniteSetsExt
Sum(a, b) == a
Last == \A Max \in {1} : Max = Len(<<1>>)
Snoc == Reverse(<<1>>)
====
`)
	assert.Equal(t, "M", definition(t, spec, "Last").Module.Name)
	assert.Len(t, definition(t, spec, "Sum").Params, 2)
	_, err := module.LoadSource("M.tla", []byte("---- MODULE M ----\nEXTENDS Sequences, SequencesExt\nLen(s) == 1\n====\n"), module.Options{})
	assert.Error(t, err, "but not a name of TLC's modules")
}

// Two modules that declare the same constant mean the same one to TLC.
func TestTwoDeclarationsAreOne(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"A":    "CONSTANT N\nVARIABLE v\nOfA == <<N, v>>",
		"B":    "CONSTANT N\nVARIABLE v\nOfB == <<N, v>>",
		"Both": "EXTENDS A, B\nC == <<N, v>>",
		"Root": "VARIABLE w\nI == INSTANCE Both WITH N <- 1, v <- w\nD == I!OfB",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".tla"), []byte("---- MODULE "+name+" ----\n"+text+"\n====\n"), 0o600))
	}
	spec, err := module.Load(filepath.Join(dir, "Both.tla"), module.Options{})
	require.NoError(t, err)
	assert.Len(t, spec.Warnings, 2)
	require.Len(t, spec.Root.Constants, 1)
	require.Len(t, spec.Root.Variables, 1)
	for _, name := range []string{"OfA", "OfB", "C"} {
		elems := definition(t, spec, name).Body.(*syntax.Tuple).Elems
		assert.Equal(t, module.Object(spec.Root.Constants[0]), spec.Uses[elems[0].(*syntax.Apply)].Object, name)
		assert.Equal(t, module.Object(spec.Root.Variables[0]), spec.Uses[elems[1].(*syntax.Apply)].Object, name)
	}
	spec, err = module.Load(filepath.Join(dir, "Root.tla"), module.Options{})
	require.NoError(t, err)
	assert.Len(t, useOf(t, spec, "D").Instances[0].Instance.Substs, 2)
	assert.Equal(t, module.StateLevel, definition(t, spec, "D").Level)
}

func TestExprInTheScopeOfAModule(t *testing.T) {
	spec := load(t, `---- MODULE M ----
EXTENDS Integers
VARIABLE x
---- MODULE Inner ----
VARIABLE v
Inv == v > 0
====
I == INSTANCE Inner WITH v <- x
LOCAL Double(n) == 2 * n
====
`)
	e, err := spec.Expr(spec.Root, "-e", []byte(`LET y == Double(x) IN \A z \in 1..y : I!Inv /\ z' = z`))
	require.NoError(t, err)
	everyUseIsKnown(t, spec, e)
	assert.Equal(t, module.StateLevel, spec.Level(e))

	e, err = spec.Expr(spec.Root, "-e", []byte(`I!Inv`))
	require.NoError(t, err)
	assert.Equal(t, []string{"I"}, instances(spec.Uses[e.(*syntax.Apply)]))
	assert.Equal(t, module.StateLevel, spec.Level(e))

	for src, want := range map[string]string{
		"1 +":              "-e:1:3: found the end of the file, expected an expression",
		"zzz + 1":          "-e:1:1: found the unknown identifier zzz, expected the name of something declared or defined before",
		"1 2":              "-e:1:3: found the number 2, expected the end of the expression",
		"x''":              "-e:1:1: found an operand of level action for ', expected at most state",
		`\A x \in {1} : x`: "-e:1:4: bound variable x has the name of a variable, which is at line 3, col 10 to line 3, col 10 of module M",
	} {
		_, err := spec.Expr(spec.Root, "-e", []byte(src))
		if assert.Error(t, err, src) {
			assert.Equal(t, want, err.Error(), src)
		}
	}
}

func TestWarnings(t *testing.T) {
	spec := load(t, "---- MODULE M ----\nVARIABLE x\nVARIABLE x\n====\n")
	require.Len(t, spec.Warnings, 1)
	assert.Equal(t, "M.tla:3:10: variable x is declared twice, the other one is at line 2, col 10 to line 2, col 10 of module M",
		spec.Warnings[0].Error())
	assert.Len(t, spec.Root.Variables, 1)
}

func TestMessages(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"A == b", "2:6: found the unknown identifier b, expected the name of something declared or defined before"},
		{"A == 1 + 2", "2:8: found the unknown operator +, expected the name of something declared or defined before"},
		{"F(a) == a\nA == F(1, 2)", "3:6: found 2 arguments for definition F, expected 1"},
		{"F(g(_)) == g(1)\nA == F(2)", "3:8: found an expression as argument 1 of F, expected an operator of 1 argument"},
		{"F(g(_)) == g(1)\nA == F(LAMBDA a, b : a)", "3:8: found a LAMBDA with 2 parameters as argument 1 of F, expected an operator of 1 argument"},
		{"A == 1\nA == 2", "3:1: definition A has the name of a definition, which is at line 2, col 1 to line 2, col 1 of module M"},
		{"A == \\A A \\in {} : TRUE\nB == \\A A \\in {} : TRUE", "3:9: bound variable A has the name of a definition, which is at line 2, col 1 to line 2, col 1 of module M"},
		{"RECURSIVE F(_)\nA == F(1)", "2:11: operator F is declared RECURSIVE but not defined"},
		{"VARIABLE x\nA == x''", "3:6: found an operand of level action for ', expected at most state"},
		{"VARIABLE x\nA == [](x' = x)", "3:6: found an action after [], expected a temporal formula, a state predicate or [A]_v"},
		{"VARIABLE x\nASSUME x = 1", "3:8: found an assumption of level state, expected constant"},
		{"A == @", "2:6: found @ outside of the new value of an EXCEPT"},
		{"A == [a |-> 1, a |-> 2]", "2:16: field a occurs twice in a record"},
		{"---- MODULE N ----\nCONSTANT c\n====\nINSTANCE N", "5:1: module N is instantiated without a substitution for its constant c, and no c is defined here"},
		{"INSTANCE N WITH a <- 1", "2:10: cannot find module N, looked in the built-in modules"},
		{"A == 1\nB == A!1", "3:6: the subexpression name A!... is not supported"},
	} {
		_, err := module.LoadSource("M.tla", []byte("---- MODULE M ----\n"+c.src+"\n====\n"), module.Options{})
		if assert.Error(t, err, c.src) {
			assert.Equal(t, "M.tla:"+c.want, err.Error(), c.src)
		}
	}
}
