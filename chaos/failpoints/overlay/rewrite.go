package overlay

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// runtimePath is the import by which failpoint's rewriter knows its markers.
const runtimePath = "github.com/pingcap/failpoint"

// file returns the text of f with its markers rewritten.
//
// The rewriter takes files that import the runtime, so it is given a copy of f
// that does, and the import is put back afterwards: the Eval that a marker
// becomes is then our own.
func (r *rewriter) file(f file) ([]byte, error) {
	quoted := strconv.Quote(runtimePath)
	text, err := r.rewrite(f.path, string(f.src[:f.imp[0]])+quoted+string(f.src[f.imp[1]:]))
	if err != nil {
		return nil, fmt.Errorf("%s: failpoint's rewriter: %w", f.path, err)
	}
	if text == "" { // it has found none
		return nil, f.escaped(f.markers[0])
	}

	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, "", text, parser.ImportsOnly)
	if err != nil {
		return nil, fmt.Errorf("%s: failpoint's rewriter wrote what does not parse: %w", f.path, err)
	}
	for _, imp := range tree.Imports {
		if imp.Path.Value == quoted {
			from := fset.Position(imp.Path.Pos()).Offset
			text = text[:from] + string(f.src[f.imp[0]:f.imp[1]]) + text[from+len(quoted):]
			break
		}
	}
	return f.align(text)
}

func (f *file) escaped(mk marker) error {
	return fmt.Errorf("%s: failpoint %q is where failpoint's rewriter does not look; expected it as a statement of its own in a function's body", mk.pos, mk.name)
}

// anchor says that a line of the rewritten text is a line of the original.
type anchor struct{ line, original int }

// align adds line directives to the rewritten text wherever its lines have
// drifted from the original's. The printer breaks lines as the original did,
// so that only markers written on one line move what follows them.
func (f *file) align(text string) ([]byte, error) {
	parse := func(what, src string) (*token.FileSet, *ast.File, error) {
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, what, src, parser.SkipObjectResolution|parser.ParseComments)
		return fset, tree, err
	}
	origSet, orig, err := parse(f.path, string(f.src))
	if err != nil {
		return nil, err
	}
	fset, tree, err := parse(f.path, text)
	if err != nil {
		return nil, fmt.Errorf("%s: failpoint's rewriter wrote what does not parse: %w", f.path, err)
	}

	at := map[int]int{} // a line of the text, and its original
	for i, d := range tree.Decls {
		at[fset.Position(d.Pos()).Line] = origSet.Position(orig.Decls[i].Pos()).Line
	}
	// The markers come in the same order in both.
	i := 0
	var left ast.Node
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && isInject(call.Fun, f.local) {
			left = n
		}
		if isRewritten(n) && i < len(f.markers) {
			at[fset.Position(n.Pos()).Line] = f.markers[i].first
			at[fset.Position(n.End()).Line+1] = f.markers[i].last + 1
			i++
		}
		return left == nil
	})
	if left != nil || i != len(f.markers) {
		return nil, f.escaped(f.markers[min(i, len(f.markers)-1)])
	}

	var b strings.Builder
	number, drift := 0, 0
	for line := range strings.Lines(text) {
		number++
		if original, ok := at[number]; ok && original != number+drift {
			drift = original - number
			// No file name: the compiler knows whose place this file takes.
			fmt.Fprintf(&b, "//line :%d:1\n", original)
		}
		b.WriteString(line)
	}
	if _, _, err := parse(f.path, b.String()); err != nil {
		return nil, fmt.Errorf("%s: the line directives broke the file: %w", f.path, err)
	}
	return []byte(b.String()), nil
}

// isRewritten reports whether a node is what a marker has become: an if whose
// init, or a statement whose expression, evaluates a name of this package.
func isRewritten(n ast.Node) bool {
	var x ast.Expr
	switch n := n.(type) {
	case *ast.IfStmt:
		if init, ok := n.Init.(*ast.AssignStmt); ok && len(init.Rhs) == 1 {
			x = init.Rhs[0]
		}
	case *ast.ExprStmt:
		x = n.X
	}
	call, ok := x.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	if call, ok = call.Args[0].(*ast.CallExpr); !ok {
		return false
	}
	name, ok := call.Fun.(*ast.Ident)
	return ok && name.Name == extendName
}
