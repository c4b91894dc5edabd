package module

import (
	"github.com/lockstep-go/lockstep/tla/stdlib"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// resolve resolves a module within the scope around it.
func (l *loader) resolve(tree *syntax.Module, parent *Module, outer *scope, builtin bool) *Module {
	m := &Module{Name: tree.Name.Name, File: tree.File, Syntax: tree, Parent: parent, Builtin: builtin}
	m.names = newScope(outer)
	r := &resolver{loader: l, mod: m, scope: m.names}
	for _, id := range tree.Extends {
		r.extend(id)
	}
	for _, u := range tree.Units {
		r.unit(u)
	}
	r.undefined(m.names)
	l.spec.Modules = append(l.spec.Modules, m)
	return m
}

// lookupModule finds a nested module or one in a file.
func (r *resolver) lookupModule(id *syntax.Ident) *Module {
	if m := r.scope.module(id.Name); m != nil {
		return m
	}
	for p := r.mod; p != nil; p = p.Parent {
		if p.Name == id.Name {
			r.fail(id.Span, "module %s depends on itself", id.Name)
			return nil
		}
	}
	return r.find(r.mod.File, id)
}

func (r *resolver) extend(id *syntax.Ident) {
	x := r.lookupModule(id)
	if x == nil {
		return
	}
	m := r.mod
	m.Extends = append(m.Extends, x)
	for _, e := range x.names.order {
		if !e.local {
			c := *e
			c.weak = e.weak || x.Builtin && !stdlib.Shipped(x.Name)
			r.merge(&c, id.Span)
		}
	}
	for name, nested := range x.names.modules {
		r.addModule(name, nested)
	}
	for _, c := range x.Constants {
		if !contains(m.Constants, c) {
			m.Constants = append(m.Constants, c)
		}
	}
	for _, v := range x.Variables {
		if !contains(m.Variables, v) {
			m.Variables = append(m.Variables, v)
		}
	}
	for _, a := range x.Assumes {
		if !contains(m.Assumes, a) {
			m.Assumes = append(m.Assumes, a)
		}
	}
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

func (r *resolver) addModule(name string, m *Module) {
	if r.scope.modules == nil {
		r.scope.modules = map[string]*Module{}
	}
	r.scope.modules[name] = m
}

// unit resolves a unit of a module or a definition of a LET.
func (r *resolver) unit(u syntax.Unit) {
	m := r.mod
	switch u := u.(type) {
	case *syntax.Module:
		if old := r.scope.module(u.Name.Name); old != nil {
			r.fail(u.Name.Span, "module %s is defined twice", u.Name.Name)
			return
		}
		r.addModule(u.Name.Name, r.resolve(u, m, r.scope, m.Builtin))
	case *syntax.Constants:
		for _, d := range u.Decls {
			c := &Constant{d.Name.Name, m, d.Arity, d.Name.Span}
			if r.declare(d.Name, c, false) {
				m.Constants = append(m.Constants, c)
			}
		}
	case *syntax.Variables:
		for _, id := range u.Names {
			v := &Variable{id.Name, m, id.Span}
			if r.declare(id, v, false) {
				m.Variables = append(m.Variables, v)
			}
		}
	case *syntax.Recursive:
		for _, d := range u.Decls {
			r.recursive(d)
		}
	case *syntax.OpDef:
		r.opDef(u)
	case *syntax.FuncDef:
		r.funcDef(u)
	case *syntax.Instance:
		if inst := r.instance(u, nil); inst != nil {
			inst.Local = u.Local
			m.Instances = append(m.Instances, inst)
			r.importNames(inst, u.Span)
		}
	case *syntax.InstanceDef:
		r.instanceDef(u)
	case *syntax.Assume:
		f := &Fact{Module: m, Body: u.Body, Span: u.Span}
		r.expr(u.Body)
		m.Assumes = append(m.Assumes, f)
		if u.Name != nil {
			f.Name = u.Name.Name
			r.declare(u.Name, f, false)
		}
	case *syntax.Theorem:
		f := &Fact{Module: m, Body: u.Body, Theorem: true, Span: u.Span}
		r.theorem = true
		r.open()
		r.expr(u.Body)
		r.close()
		r.theorem = false
		m.Theorems = append(m.Theorems, f)
		if u.Name != nil {
			f.Name = u.Name.Name
			r.declare(u.Name, f, false)
		}
	}
}

// recursive declares an operator whose definition follows.
func (r *resolver) recursive(d *syntax.OpDecl) {
	def := &Definition{Name: d.Name.Name, Module: r.mod, Span: d.Name.Span, Recursive: true, InLet: r.lets > 0}
	for i := 0; i < d.Arity; i++ {
		def.Params = append(def.Params, &Param{Span: d.Span})
	}
	if r.declare(d.Name, def, false) {
		r.scope.entries[d.Name.Name].declared = true
	}
}

// undefined reports the operators of a scope declared RECURSIVE and left so.
func (r *resolver) undefined(s *scope) {
	for _, e := range s.order {
		if e.declared && e.at == r.mod {
			r.fail(e.span, "operator %s is declared RECURSIVE but not defined", e.name)
		}
	}
}

// define enters a definition under its name. The definition may already be
// declared; it is then completed.
func (r *resolver) define(id *syntax.Ident, def *Definition) *Definition {
	e := r.scope.entries[id.Name]
	if e == nil || !e.declared {
		r.declare(id, def, def.Local)
		return def
	}
	e.declared = false
	e.span = id.Span
	e.local = def.Local
	old := e.object.(*Definition)
	r.spec.Defs[id] = old
	if len(old.Params) != len(def.Params) {
		r.fail(id.Span, "found %s with %d parameters, expected the %d of its RECURSIVE declaration",
			def.Name, len(def.Params), len(old.Params))
	}
	// As in SANY: any parameter may be an operator but the last.
	if n := len(def.Params); n > 0 && def.Params[n-1].Arity > 0 {
		r.fail(def.Params[n-1].Span, "found an operator as the last parameter of the recursive operator %s, expected a plain one", def.Name)
	}
	*old = *def
	old.Recursive = true
	return old
}

func (r *resolver) params(decls []*syntax.OpDecl) []*Param {
	var list []*Param
	for _, d := range decls {
		p := &Param{d.Name.Name, d.Arity, d.Name.Span}
		r.declare(d.Name, p, false)
		list = append(list, p)
	}
	return list
}

func (r *resolver) opDef(u *syntax.OpDef) {
	def := &Definition{
		Name: u.Name.Name, Module: r.mod, Body: u.Body, Local: u.Local, InLet: r.lets > 0,
		Unit: u, Span: u.Name.Span, Native: r.native(u.Name.Name),
	}
	r.open()
	def.Params = r.params(u.Params)
	e := r.scope.lookup(u.Name.Name)
	recursive := e != nil && e.declared
	if _, own := e.paramOf(def); own {
		r.fail(u.Name.Span, "definition %s has a parameter of the same name", def.Name)
		e = nil
	}
	if recursive {
		// The uses in the body must see the parameters' arities, and the
		// object they refer to is the declared one.
		inner := r.scope
		r.scope = inner.outer
		def = r.define(u.Name, def)
		r.scope = inner
	}
	r.expr(u.Body)
	r.close()
	if !recursive {
		r.define(u.Name, def)
	}
	if r.lets == 0 {
		r.mod.Definitions = append(r.mod.Definitions, def)
	}
}

// paramOf returns the parameter of def that an entry stands for, if it does.
func (e *entry) paramOf(def *Definition) (*Param, bool) {
	if e == nil {
		return nil, false
	}
	p, ok := e.object.(*Param)
	return p, ok && contains(def.Params, p)
}

func (r *resolver) funcDef(u *syntax.FuncDef) {
	def := &Definition{
		Name: u.Name.Name, Module: r.mod, IsFunction: true, Local: u.Local, InLet: r.lets > 0,
		Body: &syntax.FuncCons{Span: u.Span, Bounds: u.Bounds, Body: u.Body},
		Unit: u, Span: u.Name.Span, Native: r.native(u.Name.Name),
	}
	r.bounds(u.Bounds, func() {
		// The function is in scope in its own body, but not in its domain.
		def = r.inOuter(func() *Definition { return r.define(u.Name, def) })
		r.expr(u.Body)
	})
	if def.uses(r.spec, u.Body) {
		def.Recursive = true
	}
	if r.lets == 0 {
		r.mod.Definitions = append(r.mod.Definitions, def)
	}
}

// inOuter runs f in the scope around the current one.
func (r *resolver) inOuter(f func() *Definition) *Definition {
	inner := r.scope
	r.scope = inner.outer
	def := f()
	r.scope = inner
	return def
}

// uses reports whether def is used in e.
func (def *Definition) uses(s *Spec, e syntax.Expr) bool {
	found := false
	syntax.Walk(e, func(n syntax.Node) bool {
		if a, ok := n.(*syntax.Apply); ok {
			if u := s.Uses[a]; u != nil && u.Object == def {
				found = true
			}
		}
		return !found
	})
	return found
}

// native reports whether the evaluator has the operator of that name of the
// current module built in.
func (r *resolver) native(name string) bool {
	if r.lets > 0 || r.mod.Parent != nil || !stdlib.Native(r.mod.Name, name) {
		return false
	}
	return r.mod.Builtin || stdlib.AlwaysNative(r.mod.Name)
}
