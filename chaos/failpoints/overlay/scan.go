package overlay

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// markerPath is the package whose Inject is a marker.
const markerPath = "github.com/lockstep-go/lockstep/impl/failpoint"

// module is a module's markers.
type module struct {
	dir   string // absolute
	path  string
	files []file // those with markers, by path, so by package
}

// file is a source file with markers.
type file struct {
	path    string // in the module, with slashes
	pkg     string // the package's import path
	name    string // the package's name
	local   string // the name under which the file imports markerPath
	src     []byte
	imp     [2]int // the import path's literal, as offsets in src
	markers []marker
}

// marker is one marker, with the lines on which it starts and ends.
type marker struct {
	name        string
	first, last int
	pos         token.Position
}

func (m *module) declared() []string {
	var names []string
	for _, f := range m.files {
		for _, mk := range f.markers {
			names = append(names, f.pkg+"/"+mk.name)
		}
	}
	slices.Sort(names)
	return names
}

// scan finds the markers of the module around dir.
func scan(dir string, packages []string) (*module, error) {
	root, modPath, err := findModule(dir)
	if err != nil {
		return nil, err
	}
	m := &module{dir: root, path: modPath}
	folders, err := m.folders(packages)
	if err != nil {
		return nil, err
	}
	seen := map[string]token.Position{}
	for _, folder := range folders {
		entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(folder)))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.IsDir() || filepath.Ext(e.Name()) != ".go" || strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "_") {
				continue
			}
			f, err := m.parse(path.Join(folder, e.Name()))
			if err != nil {
				return nil, err
			}
			for _, mk := range f.markers {
				full := f.pkg + "/" + mk.name
				if first, twice := seen[full]; twice {
					return nil, fmt.Errorf("%s: failpoint %q is declared at %s already; expected one place for one name", mk.pos, full, first)
				}
				seen[full] = mk.pos
			}
			if len(f.markers) > 0 {
				m.files = append(m.files, f)
			}
		}
	}
	return m, nil
}

// findModule walks up from dir to the go.mod, and returns the module's folder
// and path.
func findModule(dir string) (root, modPath string, err error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	for root = start; ; root = filepath.Dir(root) {
		text, err := os.ReadFile(filepath.Join(root, "go.mod"))
		if errors.Is(err, fs.ErrNotExist) && filepath.Dir(root) != root {
			continue
		}
		if err != nil {
			return "", "", fmt.Errorf("found no go.mod in %s or above it, expected a module", start)
		}
		for line := range strings.Lines(string(text)) {
			line, _, _ = strings.Cut(line, "//")
			if f := strings.Fields(line); len(f) == 2 && f[0] == "module" {
				if p, err := strconv.Unquote(f[1]); err == nil {
					f[1] = p
				}
				return root, f[1], nil
			}
		}
		return "", "", fmt.Errorf("%s: found no module line", filepath.Join(root, "go.mod"))
	}
}

// folders lists the folders of the packages, as slash paths in the module, in
// order. As for the go command, a pattern with ... passes over testdata,
// vendor, and names that start with a dot or an underscore.
func (m *module) folders(packages []string) ([]string, error) {
	if len(packages) == 0 {
		packages = []string{"./..."}
	}
	var found []string
	for _, p := range packages {
		rel, ok := strings.CutPrefix(p, "./")
		if !ok && p != "." {
			if rel, ok = strings.CutPrefix(p+"/", m.path+"/"); !ok {
				return nil, fmt.Errorf("package %q is not of the module %s; expected ./folder, ./folder/... or an import path below it", p, m.path)
			}
		}
		rel, all := strings.CutSuffix(strings.TrimSuffix(rel, "/"), "...")
		rel = path.Clean("./" + rel)
		top := filepath.Join(m.dir, filepath.FromSlash(rel))
		if s, err := os.Stat(top); err != nil || !s.IsDir() {
			return nil, fmt.Errorf("package %q: found no folder %s", p, top)
		}
		if !all {
			found = append(found, rel)
			continue
		}
		err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			base := d.Name()
			if name != top {
				if base == "testdata" || base == "vendor" || base[0] == '.' || base[0] == '_' {
					return fs.SkipDir
				}
				if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
					return fs.SkipDir
				}
			}
			rel, err := filepath.Rel(m.dir, name)
			found = append(found, filepath.ToSlash(rel))
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// parse reads one file and finds its markers, none when it has none.
func (m *module) parse(rel string) (file, error) {
	name := filepath.Join(m.dir, filepath.FromSlash(rel))
	src, err := os.ReadFile(name)
	if err != nil {
		return file{}, err
	}
	f := file{path: rel, src: src, pkg: path.Join(m.path, path.Dir(rel))}
	if !bytes.Contains(src, []byte(markerPath)) {
		return f, nil
	}
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return file{}, err
	}
	f.name = tree.Name.Name
	for _, imp := range tree.Imports {
		if p, _ := strconv.Unquote(imp.Path.Value); p == markerPath {
			f.local = "failpoint"
			if imp.Name != nil {
				f.local = imp.Name.Name
			}
			f.imp = [2]int{fset.Position(imp.Path.Pos()).Offset, fset.Position(imp.Path.End()).Offset}
		}
	}
	if f.local == "" || f.local == "_" {
		return f, nil
	}
	if f.local == "." {
		return file{}, fmt.Errorf("%s: found a dot import of %s, expected a name", name, markerPath)
	}
	var problem error
	ast.Inspect(tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if problem != nil || !ok || !isInject(call.Fun, f.local) {
			return problem == nil
		}
		mk := marker{pos: fset.Position(call.Pos()), first: fset.Position(call.Pos()).Line, last: fset.Position(call.End()).Line}
		mk.name, problem = f.checkMarker(fset, call)
		f.markers = append(f.markers, mk)
		return true
	})
	return f, problem
}

func isInject(fun ast.Expr, local string) bool {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Inject" {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == local
}

// checkMarker returns the marker's name, or an error when it would mean
// something else, or nothing, once it is rewritten.
func (f *file) checkMarker(fset *token.FileSet, call *ast.CallExpr) (string, error) {
	fail := func(at ast.Node, format string, args ...any) (string, error) {
		return "", fmt.Errorf("%s: %s", fset.Position(at.Pos()), fmt.Sprintf(format, args...))
	}
	if strings.HasSuffix(f.path, "_test.go") {
		return fail(call, "found a failpoint in a test, expected it in the code that is tested")
	}
	if len(call.Args) != 2 {
		return fail(call, "found a failpoint with %d arguments, expected a name and a body", len(call.Args))
	}
	lit, ok := call.Args[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return fail(call.Args[0], "a failpoint's name must be a string literal")
	}
	name, err := strconv.Unquote(lit.Value)
	if err != nil || name == "" || strings.ContainsAny(name, "=;/ \t\n") {
		return fail(lit, "found the failpoint name %s, expected one without space, slash, equals sign or semicolon", lit.Value)
	}
	if id, ok := call.Args[1].(*ast.Ident); ok && id.Name == "nil" {
		return name, nil
	}
	body, ok := call.Args[1].(*ast.FuncLit)
	if !ok {
		return fail(call.Args[1], "a failpoint's body must be a function literal or nil")
	}
	if p := body.Type.Params.List; len(p) != 1 || len(p[0].Names) != 1 {
		return fail(body, "a failpoint's body must have one named parameter, v %s.Value or _ %s.Value", f.local, f.local)
	}
	var stray ast.Node
	ast.Inspect(body.Body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.DeferStmt:
			stray = n
		}
		return stray == nil
	})
	if stray != nil {
		return fail(stray, "return and defer in the body of a failpoint would act on the function around it once rewritten; set a variable instead")
	}
	return name, nil
}

// within reports whether path is dir or below it.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
