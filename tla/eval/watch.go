package eval

import (
	"cmp"
	"sync/atomic"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

// Condition is a part of a formula that says something only in some states: P => Q,
// where P is true, and \A x \in S : P, where S has elements. The same part in
// several uses of a definition is one.
type Condition struct {
	Expr       syntax.Expr // the implication or the quantifier
	Module     string      // in which it stands
	Definition string      // in which it stands, empty if in none

	evaluated, reached atomic.Bool
}

// Evaluated reports whether the implication or quantifier was ever evaluated.
func (c *Condition) Evaluated() bool { return c.evaluated.Load() }

// Reached reports whether its antecedent was ever true, or its set ever not empty.
func (c *Condition) Reached() bool { return c.reached.Load() }

// meet and reach record without writing what is known, so that the Machines do
// not wait for each other's caches.
func (c *Condition) meet() {
	if !c.evaluated.Load() {
		c.evaluated.Store(true)
	}
}

func (c *Condition) reach() {
	if !c.reached.Load() {
		c.reached.Store(true)
	}
}

// watch collects the conditions of a formula.
type watch struct {
	all []*Condition
	of  map[syntax.Expr]*Condition
}

// Watch is Expr for a formula of which it is to be known what of it was reached.
// What is known is of all evaluations by all Machines: a value that is remembered
// is not evaluated again.
func (p *Program) Watch(r Ref) (*Expr, []*Condition, error) {
	w := &watch{of: map[syntax.Expr]*Condition{}}
	out := &Expr{}
	err := p.compiling(func() {
		x := p.ctx(r.Module)
		x.site, x.watch = r.site, w
		out.u = x.u
		out.code = x.expr(r.Expr, r.env)
		out.State, out.Prime = out.state, out.prime
	})
	return out, w.all, err
}

// condition returns the condition that e is, nil if nobody watches.
func (x ctx) condition(e syntax.Expr) *Condition {
	if x.watch == nil {
		return nil
	}
	c := x.watch.of[e]
	if c == nil {
		at := x.p.homeOf(e)
		c = &Condition{Expr: e, Module: cmp.Or(at.module, x.mod), Definition: at.definition}
		x.watch.of[e], x.watch.all = c, append(x.watch.all, c)
	}
	return c
}

// home is where an expression stands. What is passed as an argument is compiled
// where it is used, which may be in another module.
type home struct{ module, definition string }

// homeOf looks e, an implication or a quantifier, up in the text of the modules.
func (p *Program) homeOf(e syntax.Expr) home {
	if p.homes == nil {
		p.homes = map[syntax.Expr]home{}
		var look func(n syntax.Node, at home)
		look = func(n syntax.Node, at home) {
			switch n := n.(type) {
			case *syntax.Module:
				at = home{module: n.Name.Name}
			case *syntax.OpDef:
				if at.definition == "" { // what a LET defines is part of what is around it
					at.definition = n.Name.Name
				}
			case *syntax.FuncDef:
				if at.definition == "" {
					at.definition = n.Name.Name
				}
			case *syntax.Apply:
				if n.Name == "=>" {
					p.homes[n] = at
				}
			case *syntax.Quant:
				p.homes[n] = at
			}
			syntax.Children(n, func(c syntax.Node) { look(c, at) })
		}
		for _, m := range p.Spec.Modules {
			if m.Parent == nil {
				look(m.Syntax, home{})
			}
		}
	}
	return p.homes[e]
}
