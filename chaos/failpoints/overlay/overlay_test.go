package overlay

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const program = "./testdata/program"

// The names that testdata/program declares.
var programNames = []string{"before", "elsewhere", "in-closure", "nested", "never-reached", "no-body", "one-line"}

// build compiles the program with the given flags and returns the binary.
func build(t *testing.T, flags ...string) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "program")
	args := append(append([]string{"build", "-o", bin}, flags...), program)
	out, err := exec.Command("go", args...).CombinedOutput()
	require.NoError(t, err, "go %v\n%s", args, out)
	return bin
}

func output(t *testing.T, bin string, args ...string) []string {
	t.Helper()
	out, err := exec.Command(bin, args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// pick returns the lines that start with the word, without it.
func pick(lines []string, word string) []string {
	var picked []string
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, word+" "); ok {
			picked = append(picked, rest)
		}
	}
	return picked
}

func TestOrdinaryBuildHoldsNone(t *testing.T) {
	deps, err := exec.Command("go", "list", "-deps", program).Output()
	require.NoError(t, err)
	assert.Contains(t, string(deps), markerPath)
	assert.NotContains(t, string(deps), runtimePath)

	deps, err = exec.Command("go", "list", "-deps", "github.com/lockstep-go/lockstep/cmd/lockstep").Output()
	require.NoError(t, err)
	assert.Contains(t, string(deps), markerPath)
	assert.NotContains(t, string(deps), runtimePath)

	lines := output(t, build(t), "before=return(10)")
	assert.Equal(t, []string{"false"}, pick(lines, "compiled"))
	assert.Equal(t, []string{"1"}, pick(lines, "commit"))
	assert.Empty(t, pick(lines, "hits"))
	require.Len(t, pick(lines, "enable:"), 1)
	assert.Contains(t, pick(lines, "enable:")[0], "go run ./chaos/failpoints", "the error says what to do")
}

func TestOverlayBuild(t *testing.T) {
	o, err := Write(t.TempDir(), ".", "./chaos/failpoints/overlay/testdata/program")
	require.NoError(t, err)
	for i, name := range programNames {
		assert.Equal(t, "github.com/lockstep-go/lockstep/chaos/failpoints/overlay/testdata/program/"+name, o.Declared[i])
	}
	deps, err := exec.Command("go", append(append([]string{"list", "-deps"}, o.Flags()...), program)...).Output()
	require.NoError(t, err)
	assert.Contains(t, string(deps), runtimePath, "the control of the ordinary build's test")

	bin, plain := build(t, o.Flags()...), build(t)
	ordinary := output(t, plain)

	lines := output(t, bin)
	assert.Equal(t, []string{"true"}, pick(lines, "compiled"))
	assert.Equal(t, []string{"1"}, pick(lines, "commit"), "nothing is enabled")
	assert.Equal(t, pick(ordinary, "line"), pick(lines, "line"), "lines stay those of the source")
	// The control: a marker that no run has reached shows as such.
	assert.Equal(t, []string{"before 1", "elsewhere 1", "in-closure 1", "nested 0", "never-reached 0", "no-body 1", "one-line 1"},
		pick(lines, "hits"))

	lines = output(t, bin, "one-line=return(10)", "before=return(100)", "nested=return(1000)", "in-closure=return(true)", "elsewhere=return(true)")
	assert.Equal(t, []string{"-1111"}, pick(lines, "commit"))
	assert.Contains(t, pick(lines, "hits"), "nested 1")
	assert.Contains(t, pick(lines, "line"), "in before main.go 38")
	assert.Contains(t, pick(lines, "line"), "in elsewhere elsewhere.go 7")

	// These terms have no value. The runtime alone would run the body.
	lines = output(t, bin, "one-line=off", "before=sleep(1)", "in-closure=off")
	assert.Equal(t, []string{"1"}, pick(lines, "commit"))

	lines = output(t, bin, "befroe=return(1)")
	require.Len(t, pick(lines, "enable:"), 1)
	assert.Contains(t, pick(lines, "enable:")[0], "befroe", "a name that nothing declares is refused")
}

// tree writes a module and returns its folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	return dir
}

// source is a file of package p with the given function body.
func source(body string) string {
	return "package p\n\nimport \"" + markerPath + "\"\n\nfunc f() {\n" + body + "\n}\n"
}

const someMarker = "\tfailpoint.Inject(\"a\", func(v failpoint.Value) {\n\t\tprintln(v != nil)\n\t})"

func TestWriteLeavesTheTreeAndRepeatsItself(t *testing.T) {
	dir := tree(t, map[string]string{
		"go.mod":              "module example.com/m // a module\n",
		"p/p.go":              source(someMarker),
		"q/none.go":           "package q\n",
		"p/testdata/t/t.go":   source(someMarker),
		"nested/go.mod":       "module example.com/nested\n",
		"nested/p/p.go":       source(someMarker),
		"_skipped/p.go":       source(someMarker),
		"z/uses_test.go":      "package z\n\nimport _ \"" + markerPath + "\"\n",
		"z/only_enables.go":   "package z\n\nimport \"" + markerPath + "\"\n\nvar _ = failpoint.Compiled\n",
		"p/elsewhere/else.go": "package elsewhere\n",
	})
	before := snapshot(t, dir)
	out := t.TempDir()
	o, err := Write(out, filepath.Join(dir, "p"))
	require.NoError(t, err)
	assert.Equal(t, []string{"example.com/m/p/a"}, o.Declared)
	assert.Equal(t, before, snapshot(t, dir))

	var overlay struct{ Replace map[string]string }
	text, err := os.ReadFile(o.File)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &overlay))
	require.Len(t, overlay.Replace, 2)
	rewritten, err := os.ReadFile(overlay.Replace[filepath.Join(dir, "p", "p.go")])
	require.NoError(t, err)
	assert.Contains(t, string(rewritten), `failpoint.Eval(_curpkg_("a"))`)
	assert.Contains(t, string(rewritten), markerPath)
	assert.NotContains(t, string(rewritten), runtimePath)
	assert.NotContains(t, string(rewritten), "//line", "nothing has moved")
	assert.FileExists(t, overlay.Replace[filepath.Join(dir, "p", bindingFile)])

	first := snapshot(t, out)
	again, err := Write(out, dir, "./p/...")
	require.NoError(t, err)
	assert.Equal(t, o, again)
	assert.Equal(t, first, snapshot(t, out))

	require.NoError(t, os.WriteFile(filepath.Join(dir, "p", "p.go"), []byte(source(strings.ReplaceAll(someMarker, `"a"`, `"b"`))), 0o600))
	other, err := Write(out, dir)
	require.NoError(t, err)
	assert.NotEqual(t, o.File, other.File, "another tree has another overlay, beside the first")
}

func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, rerr := os.ReadFile(name)
			files[name], err = string(text), rerr
		}
		return err
	}))
	return files
}

func TestRefused(t *testing.T) {
	inject := func(args string) string { return source("\tfailpoint.Inject(" + args + ")") }
	body := `"a", func(v failpoint.Value) { `
	for name, c := range map[string]struct{ file, text, want string }{
		"return":           {"p.go", inject(body + `return }`), "p.go:6:50: return and defer"},
		"defer":            {"p.go", inject(body + `defer println() }`), "return and defer"},
		"a computed name":  {"p.go", inject(`"a"+"b", nil`), "p.go:6:19: a failpoint's name must be a string literal"},
		"a name with =":    {"p.go", inject(`"a=b", nil`), `found the failpoint name "a=b"`},
		"a named body":     {"p.go", inject(`"a", f`), "must be a function literal"},
		"no parameter":     {"p.go", inject(`"a", func() {}`), "one named parameter"},
		"one argument":     {"p.go", inject(`"a"`), "found a failpoint with 1 arguments"},
		"declared twice":   {"p.go", source(someMarker + "\n" + someMarker), "p.go:9:2: failpoint \"example.com/m/p/a\" is declared at"},
		"in a test":        {"p_test.go", source(someMarker), "found a failpoint in a test"},
		"a dot import":     {"p.go", "package p\n\nimport . \"" + markerPath + "\"\n", "dot import"},
		"does not parse":   {"p.go", source("\tif {"), "p.go:6:5"},
		"where none looks": {"p.go", "package p\n\nimport \"" + markerPath + "\"\n\nvar f = func() {\n" + someMarker + "\n}\n", `p.go:6:2: failpoint "a" is where failpoint's rewriter does not look`},
		"one of two escaped": {"p.go", source(strings.ReplaceAll(someMarker, `"a"`, `"b"`)) +
			"\nvar g = func() {\n" + someMarker + "\n}\n", `is where failpoint's rewriter does not look`},
		"no marker": {"p.go", "package p\n", "found no failpoint"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := tree(t, map[string]string{"go.mod": "module example.com/m\n", "p/" + c.file: c.text})
			out := t.TempDir()
			_, err := Write(out, dir)
			require.ErrorContains(t, err, c.want)
			assert.Empty(t, snapshot(t, out), "nothing half-written")
		})
	}
	t.Run("arguments", func(t *testing.T) {
		dir := tree(t, map[string]string{"go.mod": "module example.com/m\n", "p/p.go": source(someMarker)})
		_, err := Write(filepath.Join(dir, "out"), dir)
		assert.ErrorContains(t, err, "inside the module")
		_, err = Write(t.TempDir(), dir, "./nowhere")
		assert.ErrorContains(t, err, "found no folder")
		_, err = Write(t.TempDir(), dir, "example.org/other")
		assert.ErrorContains(t, err, "is not of the module example.com/m")
		_, err = Declared(t.TempDir())
		assert.ErrorContains(t, err, "found no go.mod")
		require.NoError(t, os.WriteFile(filepath.Join(dir, "p", bindingFile), []byte("package p\n"), 0o600))
		_, err = Write(t.TempDir(), dir)
		assert.ErrorContains(t, err, bindingFile)
	})
}

func TestDeclared(t *testing.T) {
	dir := tree(t, map[string]string{"go.mod": "module \"example.com/m\"\n", "p/p.go": source(someMarker), "a.go": strings.ReplaceAll(source(someMarker), "package p", "package m")})
	names, err := Declared(dir)
	require.NoError(t, err)
	assert.Equal(t, []string{"example.com/m/a", "example.com/m/p/a"}, names)
	names, err = Declared(dir, "example.com/m/p")
	require.NoError(t, err)
	assert.Equal(t, []string{"example.com/m/p/a"}, names)
	names, err = Declared(dir, ".")
	require.NoError(t, err)
	assert.Equal(t, []string{"example.com/m/a"}, names)
}

// The scanner reads the user's source files.
func FuzzRewrite(f *testing.F) {
	f.Add(source(someMarker))
	f.Add(source("\tfailpoint.Inject(\"a\", nil)\n\tfailpoint.Inject(\"b\", func(_ failpoint.Value) { f() })"))
	for _, name := range []string{"main.go", "elsewhere.go"} {
		text, err := os.ReadFile(filepath.Join("testdata", "program", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	r, err := newRewriter()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(r.close)
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "p.go"), []byte(text), 0o600))
		m := module{dir: dir, path: "example.com/m"}
		file, err := m.parse("p.go")
		if err != nil || len(file.markers) == 0 {
			return
		}
		out, err := r.file(file)
		if err != nil {
			return
		}
		assert.GreaterOrEqual(t, bytes.Count(out, []byte(extendName+"(")), len(file.markers), "%s", out)
	})
}
