package module

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

// resolver resolves one module.
type resolver struct {
	*loader
	mod   *Module
	scope *scope

	atAllowed int // inside how many EXCEPTs an @ has a meaning
	theorem   bool
	lets      int
}

func (r *resolver) fail(at syntax.Span, format string, args ...any) {
	r.errorf(r.mod.File, at, format, args...)
}

func (r *resolver) warn(at syntax.Span, format string, args ...any) {
	r.spec.Warnings = append(r.spec.Warnings,
		&syntax.Error{File: r.mod.File, Span: at, Msg: fmt.Sprintf(format, args...)})
}

// open and close bracket a scope.
func (r *resolver) open()  { r.scope = newScope(r.scope) }
func (r *resolver) close() { r.scope = r.scope.outer }

// where says where an entry was introduced, for an error message.
func (e *entry) where() string {
	if e.at == nil {
		return "is built in"
	}
	return fmt.Sprintf("is at %s of module %s", e.span, e.at.Name)
}

// kind names the kind of an object.
func kind(o Object) string {
	switch o := o.(type) {
	case *Constant:
		return "constant"
	case *Variable:
		return "variable"
	case *Definition:
		return "definition"
	case *Param:
		return "parameter"
	case *Bound:
		return "bound variable"
	case *Instance:
		return "instance"
	case *Fact:
		if o.Theorem {
			return "theorem"
		}
		return "assumption"
	}
	return "built-in operator"
}

// declare adds a name to the scope and reports whether it could: a name may
// have one meaning only, wherever it is visible. As in SANY, declaring the same
// constant or variable twice is only a warning.
func (r *resolver) declare(id *syntax.Ident, o Object, local bool) bool {
	r.spec.Defs[id] = o
	old := r.scope.lookup(id.Name)
	e := &entry{name: id.Name, object: o, local: local, at: r.mod, span: id.Span}
	if old == nil || old.weak {
		r.scope.add(e)
		return true
	}
	_, wasConstant := old.object.(*Constant)
	_, isConstant := o.(*Constant)
	_, wasVariable := old.object.(*Variable)
	_, isVariable := o.(*Variable)
	if wasConstant && isConstant || wasVariable && isVariable {
		r.warn(id.Span, "%s %s is declared twice, the other one %s", kind(o), id.Name, old.where())
		r.spec.Defs[id] = old.object
		return false
	}
	r.fail(id.Span, "%s %s has the name of a %s, which %s", kind(o), id.Name, kind(old.object), old.where())
	return false
}

// merge adds an entry of another module, by EXTENDS or by a plain INSTANCE.
func (r *resolver) merge(e *entry, at syntax.Span) {
	old := r.scope.lookup(e.name)
	if old == nil {
		r.scope.add(e)
		return
	}
	weak := e.weak && old.weak
	if old.object == e.object && sameVia(old.via, e.via) {
		// LOCAL INSTANCE Naturals and EXTENDS Naturals: visible if either is.
		if here := r.scope.entries[e.name]; here != nil {
			here.local = here.local && e.local
			here.weak = weak
		} else {
			r.scope.add(e)
		}
		return
	}
	switch {
	case old.weak && !e.weak:
		r.scope.add(e)
		return
	case e.weak && !old.weak:
		return
	}
	if same(old.object, e.object) {
		r.identify(e.object, old.object)
		r.warn(at, "%s %s is imported twice with different meanings, the first one %s, the second one %s",
			kind(e.object), e.name, old.where(), e.where())
		return
	}
	r.fail(at, "%s %s, which %s, has the name of a %s, which %s",
		kind(e.object), e.name, e.where(), kind(old.object), old.where())
}

// same reports whether SANY only warns if a name means both a and b.
func same(a, b Object) bool {
	switch a.(type) {
	case *Constant, *Variable:
		switch b.(type) {
		case *Constant, *Variable:
			return true
		}
		return false
	case *Definition:
		_, ok := b.(*Definition)
		return ok
	case *Instance:
		_, ok := b.(*Instance)
		return ok
	case *Fact:
		_, ok := b.(*Fact)
		return ok
	}
	return false
}

// sameVia reports whether two chains of plain instances are the same.
func sameVia(a, b []InstanceUse) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Instance != b[i].Instance {
			return false
		}
	}
	return true
}
