package module

import (
	"sort"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

// Expr parses an expression and resolves it in the scope at the end of module m,
// LOCAL names included, as if it were the body of a last definition. Name stands
// for the file in errors. What it resolves is added to s.Uses and s.Defs, so
// that no other use of s may run at the same time.
//
// It serves what names an expression from outside: a command line, a
// configuration that says INVARIANT I!Inv.
func (s *Spec) Expr(m *Module, name string, src []byte) (syntax.Expr, error) {
	e, err := syntax.ParseExpr(name, src)
	if err != nil {
		return nil, err
	}
	l := &loader{
		spec:    s,
		modules: map[string]*Module{},
		loading: map[string]bool{},
		aliases: map[Object]Object{},
		builtin: s.builtin,
		opts:    s.opts,
		dir:     s.dir,
	}
	for _, known := range s.Modules {
		if known.Parent == nil {
			l.modules[known.Name] = known
		}
	}
	at := *m // errors are in the expression, not in the file of the module
	at.File = name
	r := &resolver{loader: l, mod: &at, scope: newScope(m.names)}
	r.expr(e)
	if len(l.errs) == 0 {
		lv := &leveler{loader: l, file: name, limits: map[*Param]Level{}}
		lv.expr(e)
	}
	if len(l.errs) > 0 {
		sort.SliceStable(l.errs, func(i, j int) bool { return l.errs[i].Start.Before(l.errs[j].Start) })
		return nil, l.errs
	}
	return e, nil
}
