package module

import (
	"github.com/lockstep-go/lockstep/tla/stdlib"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// instance resolves INSTANCE M WITH ...; nil after recording an error.
func (r *resolver) instance(u *syntax.Instance, params []*Param) *Instance {
	of := r.lookupModule(u.Module)
	if of == nil {
		return nil
	}
	inst := &Instance{In: r.mod, Of: of, Params: params, Span: u.Span, Syntax: u}
	r.instances = append(r.instances, inst)
	given := map[string]*syntax.Subst{}
	for _, s := range u.Substs {
		switch {
		case given[s.Name.Name] != nil:
			r.fail(s.Name.Span, "%s is substituted twice", s.Name.Name)
		case !declares(of, s.Name.Name):
			r.fail(s.Name.Span, "found %s on the left of <-, expected a constant or variable of module %s", s.Name.Name, of.Name)
		}
		given[s.Name.Name] = s
	}
	add := func(o Object) {
		name := o.ObjectName()
		if s := given[name]; s != nil {
			r.argument(s.Value, o.NumArgs(), "the substitution for "+name)
			inst.Substs = append(inst.Substs, &Subst{Object: o, Value: s.Value})
			return
		}
		e := r.scope.lookup(name)
		if e == nil {
			r.fail(u.Span, "module %s is instantiated without a substitution for its %s %s, and no %s is defined here",
				of.Name, kind(o), name, name)
			return
		}
		if b, ok := e.object.(*Instance); ok {
			r.fail(u.Span, "found the instance %s as the substitution for the %s of module %s, expected an expression", b.Name, name, of.Name)
			return
		}
		if n := e.object.NumArgs(); n != o.NumArgs() {
			r.fail(u.Span, "found %s with %d arguments as the substitution for the %s of module %s, expected %d",
				name, n, kind(o), of.Name, o.NumArgs())
			return
		}
		v := &syntax.Apply{Span: u.Span, Name: name, NameSpan: u.Span}
		r.spec.Uses[v] = &Use{Object: e.object, Instances: e.via}
		inst.Substs = append(inst.Substs, &Subst{Object: o, Value: v, Implicit: true})
	}
	for _, c := range of.Constants {
		add(c)
	}
	for _, v := range of.Variables {
		add(v)
	}
	return inst
}

// declares reports whether a module has a constant or variable of that name.
func declares(m *Module, name string) bool {
	for _, c := range m.Constants {
		if c.Name == name {
			return true
		}
	}
	for _, v := range m.Variables {
		if v.Name == name {
			return true
		}
	}
	return false
}

func (r *resolver) instanceDef(u *syntax.InstanceDef) {
	r.open()
	params := r.params(u.Params)
	inst := r.instance(u.Instance, params)
	r.close()
	if inst == nil {
		// Later uses of the name shall not be reported again.
		inst = &Instance{In: r.mod, Params: params, Span: u.Name.Span}
	}
	inst.Name, inst.Local, inst.Span = u.Name.Name, u.Local, u.Name.Span
	r.declare(u.Name, inst, u.Local)
	if r.lets == 0 && inst.Of != nil {
		r.mod.Instances = append(r.mod.Instances, inst)
	}
}

// importNames adds the names of a plain INSTANCE to the scope.
func (r *resolver) importNames(inst *Instance, at syntax.Span) {
	for _, e := range inst.Of.names.order {
		if e.local {
			continue
		}
		switch e.object.(type) {
		case *Definition, *Instance, *Fact:
			c := &entry{name: e.name, object: e.object, via: through(inst, nil, e), local: inst.Local, at: e.at, span: e.span}
			c.weak = e.weak || inst.Of.Builtin && !stdlib.Shipped(inst.Of.Name)
			r.merge(c, at)
		}
	}
}

// through returns the instances on the way to an entry e of the module of inst,
// by inst with args. An instance that cannot matter is left out.
func through(inst *Instance, args []syntax.Expr, e *entry) []InstanceUse {
	if len(e.via) == 0 && closed(e.object) {
		return nil
	}
	if len(inst.Substs) == 0 && len(inst.Params) == 0 {
		return e.via
	}
	return append([]InstanceUse{{inst, args}}, e.via...)
}

// closed reports whether nothing that an object refers to can be substituted:
// its module declares nothing and is in no other module.
func closed(o Object) bool {
	var m *Module
	switch o := o.(type) {
	case *Definition:
		m = o.Module
	case *Instance:
		m = o.In
	case *Fact:
		m = o.Module
	}
	return m != nil && m.Parent == nil && len(m.Constants) == 0 && len(m.Variables) == 0
}
