package module

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

// expr resolves the names of an expression.
func (r *resolver) expr(e syntax.Node) {
	switch e := e.(type) {
	case *syntax.Apply:
		r.apply(e)
	case *syntax.Subexpr:
		r.subexpr(e)
	case *syntax.Quant:
		if e.Kind >= syntax.TemporalForall {
			r.open()
			for _, b := range e.Bounds {
				r.bindNames(b, true)
			}
			r.expr(e.Body)
			r.close()
			return
		}
		r.bounds(e.Bounds, func() { r.expr(e.Body) })
	case *syntax.Choose:
		r.bounds([]*syntax.Bound{e.Bound}, func() { r.expr(e.Body) })
	case *syntax.SetFilter:
		r.bounds([]*syntax.Bound{e.Bound}, func() { r.expr(e.Pred) })
	case *syntax.SetMap:
		r.bounds(e.Bounds, func() { r.expr(e.Body) })
	case *syntax.FuncCons:
		r.bounds(e.Bounds, func() { r.expr(e.Body) })
	case *syntax.Record:
		r.uniqueFields(e.Fields)
		syntax.Children(e, r.expr)
	case *syntax.RecordSet:
		r.uniqueFields(e.Fields)
		syntax.Children(e, r.expr)
	case *syntax.Except:
		r.except(e)
	case *syntax.At:
		if r.atAllowed == 0 {
			r.fail(e.Span, "found @ outside of the new value of an EXCEPT")
		}
	case *syntax.Let:
		r.let(e)
	case *syntax.Lambda:
		r.fail(e.Span, "found a LAMBDA, expected an expression")
	case *syntax.Label:
		r.expr(e.Body)
	case *syntax.FuncApply:
		syntax.Children(e, r.expr)
		r.functionArity(e)
	case *syntax.AssumeProve:
		r.assumeProve(e)
	default:
		syntax.Children(e, r.expr)
	}
}

// functionArity checks the arguments of a function defined by f[x \in S] == e
// with one argument, which it cannot be given several at once.
func (r *resolver) functionArity(e *syntax.FuncApply) {
	a, ok := e.Fn.(*syntax.Apply)
	if !ok || len(e.Args) == 1 {
		return
	}
	use := r.spec.Uses[a]
	if use == nil {
		return
	}
	def, ok := use.Object.(*Definition)
	if !ok || !def.IsFunction {
		return
	}
	n := 0
	for _, b := range def.Body.(*syntax.FuncCons).Bounds {
		if b.Tuple {
			n++
		} else {
			n += len(b.Names)
		}
	}
	if n != len(e.Args) {
		r.fail(e.Span, "found %s for the function %s, expected %d", count(len(e.Args), "argument"), def.Name, n)
	}
}

// bindNames enters the variables of a bound.
func (r *resolver) bindNames(b *syntax.Bound, temporal bool) {
	for _, id := range b.Names {
		r.declare(id, &Bound{Name: id.Name, Span: id.Span, Temporal: temporal}, false)
	}
}

// bounds resolves the sets of bounds, enters their variables and runs body. A
// set cannot refer to a variable bound beside it.
func (r *resolver) bounds(list []*syntax.Bound, body func()) {
	for _, b := range list {
		if b.Set != nil {
			r.expr(b.Set)
		}
	}
	r.open()
	for _, b := range list {
		r.bindNames(b, false)
	}
	body()
	r.close()
}

func (r *resolver) uniqueFields(fields []*syntax.Field) {
	seen := map[string]bool{}
	for _, f := range fields {
		if seen[f.Name.Name] {
			r.fail(f.Name.Span, "field %s occurs twice in a record", f.Name.Name)
		}
		seen[f.Name.Name] = true
	}
}

func (r *resolver) except(e *syntax.Except) {
	r.expr(e.Fn)
	for _, u := range e.Updates {
		for _, s := range u.Path {
			for _, a := range s.Args {
				r.expr(a)
			}
		}
		r.atAllowed++
		r.expr(u.Value)
		r.atAllowed--
	}
}

func (r *resolver) let(e *syntax.Let) {
	r.open()
	r.lets++
	for _, d := range e.Defs {
		r.unit(d)
	}
	r.undefined(r.scope)
	r.lets--
	inLets := r.lets
	r.expr(e.Body)
	r.lets = inLets
	r.close()
}

func (r *resolver) assumeProve(e *syntax.AssumeProve) {
	r.open()
	for _, a := range e.Assumes {
		n, ok := a.(*syntax.New)
		if !ok {
			r.expr(a)
			continue
		}
		if n.Set != nil {
			r.expr(n.Set)
		}
		switch {
		case n.Kind == "VARIABLE":
			r.declare(n.Decl.Name, &Variable{n.Decl.Name.Name, r.mod, n.Decl.Name.Span}, false)
		default:
			r.declare(n.Decl.Name, &Param{n.Decl.Name.Name, n.Decl.Arity, n.Decl.Name.Span}, false)
		}
	}
	r.expr(e.Prove)
	r.close()
}

// subexpr resolves the name that a subexpression name begins with, and refuses
// the rest outside theorems.
func (r *resolver) subexpr(e *syntax.Subexpr) {
	for _, s := range e.Selectors {
		for _, a := range s.Args {
			r.argument(a, -1, "a selector")
		}
	}
	if !r.theorem {
		r.fail(e.Span, "the subexpression name %s!... is not supported", e.Base.Name)
	}
}

// apply resolves a use of a name with its arguments.
func (r *resolver) apply(a *syntax.Apply) {
	use := r.name(a)
	if use == nil {
		for _, arg := range a.Args {
			r.argument(arg, -1, "")
		}
		return
	}
	r.spec.Uses[a] = use
	if inst, ok := use.Object.(*Instance); ok {
		r.fail(a.NameSpan, "found the instance %s, expected an expression: name one of its operators, as in %s!Op", inst.Name, inst.Name)
		return
	}
	if n := use.Object.NumArgs(); n != len(a.Args) {
		r.fail(a.Span, "found %s for %s %s, expected %d", count(len(a.Args), "argument"), kind(use.Object), a.Name, n)
		for _, arg := range a.Args {
			r.argument(arg, -1, "")
		}
		return
	}
	for i, arg := range a.Args {
		r.argument(arg, paramArity(use.Object, i), fmt.Sprintf("argument %d of %s", i+1, a.Name))
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// paramArity returns how many arguments the i-th argument of o itself takes.
func paramArity(o Object, i int) int {
	switch o := o.(type) {
	case *Definition:
		return o.Params[i].Arity
	case *Instance:
		return o.Params[i].Arity
	}
	return 0
}

// argument resolves an expression where one is expected that takes the given
// number of arguments: an operator or LAMBDA if more than none. An arity of -1
// accepts anything.
func (r *resolver) argument(e syntax.Expr, arity int, what string) {
	l, isLambda := e.(*syntax.Lambda)
	a, isName := e.(*syntax.Apply)
	isName = isName && len(a.Args) == 0
	switch {
	case isLambda:
		if arity != -1 && arity != len(l.Params) {
			r.fail(l.Span, "found a LAMBDA with %s as %s, expected %s",
				count(len(l.Params), "parameter"), what, operatorOf(arity))
		}
		r.open()
		for _, id := range l.Params {
			r.declare(id, &Param{Name: id.Name, Span: id.Span}, false)
		}
		r.expr(l.Body)
		r.close()
	case arity == 0 || arity == -1 && !isName:
		r.expr(e)
	case !isName:
		r.fail(e.Where(), "found an expression as %s, expected %s", what, operatorOf(arity))
	default:
		use := r.name(a)
		if use == nil {
			return
		}
		r.spec.Uses[a] = use
		for _, step := range use.Instances {
			if len(step.Instance.Params) != len(step.Args) {
				r.fail(a.Span, "the instance %s without its arguments as %s is not supported", step.Instance.Name, what)
				return
			}
		}
		n := use.Object.NumArgs()
		if arity != -1 && n != arity {
			r.fail(a.Span, "found %s, which takes %s, as %s, expected %s",
				a.Name, count(n, "argument"), what, operatorOf(arity))
		}
		for i := 0; i < n; i++ {
			if paramArity(use.Object, i) > 0 && arity != -1 {
				r.fail(a.Span, "found %s, which takes an operator as argument %d, as %s, expected an operator of plain arguments",
					a.Name, i+1, what)
			}
		}
	}
}

func operatorOf(arity int) string {
	if arity == 0 {
		return "an expression"
	}
	return "an operator of " + count(arity, "argument")
}

// name resolves a name with the instances before it; nil after recording an
// error.
func (r *resolver) name(a *syntax.Apply) *Use {
	if len(a.Qualifiers) == 0 {
		e := r.scope.lookup(a.Name)
		if e == nil {
			r.fail(a.NameSpan, "found the unknown %s %s, expected the name of something declared or defined before", word(a.Name), a.Name)
			return nil
		}
		return &Use{Object: e.object, Instances: e.via}
	}
	s, exported := r.scope, false
	var chain []InstanceUse
	for _, q := range a.Qualifiers {
		e := s.lookup(q.Name)
		if exported {
			e = s.entries[q.Name]
		}
		if e == nil || exported && e.local {
			r.fail(q.Span, "found the unknown name %s, expected the name of an instance", q.Name)
			return nil
		}
		inst, ok := e.object.(*Instance)
		if !ok {
			if !r.theorem {
				r.fail(q.Span, "found the %s %s before a \"!\", expected an instance: names of subexpressions are not supported", kind(e.object), q.Name)
			}
			return nil
		}
		if inst.Of == nil {
			return nil // reported where it was defined
		}
		if len(q.Args) != len(inst.Params) && (len(q.Args) > 0 || len(a.Args) > 0) {
			r.fail(q.Span, "found %s for the instance %s, expected %d", count(len(q.Args), "argument"), q.Name, len(inst.Params))
			return nil
		}
		for i, arg := range q.Args {
			r.argument(arg, inst.Params[i].Arity, fmt.Sprintf("argument %d of the instance %s", i+1, q.Name))
		}
		chain = append(chain, e.via...)
		chain = append(chain, InstanceUse{inst, q.Args})
		s, exported = inst.Of.names, true
	}
	e := s.entries[a.Name]
	if e == nil || e.local {
		r.fail(a.NameSpan, "found the unknown name %s, expected an operator of the instance %s",
			a.Name, a.Qualifiers[len(a.Qualifiers)-1].Name)
		return nil
	}
	switch e.object.(type) {
	case *Constant, *Variable:
		// I!c is not visible in SANY either.
		r.fail(a.NameSpan, "found the %s %s, expected an operator of the instance %s",
			kind(e.object), a.Name, a.Qualifiers[len(a.Qualifiers)-1].Name)
		return nil
	}
	if len(e.via) == 0 && closed(e.object) {
		chain = nil
	}
	return &Use{Object: e.object, Instances: trim(append(chain, e.via...))}
}

// trim drops the instances that substitute nothing.
func trim(chain []InstanceUse) []InstanceUse {
	var list []InstanceUse
	for _, s := range chain {
		if len(s.Instance.Substs) > 0 || len(s.Instance.Params) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// word is the noun for a name in an error message.
func word(name string) string {
	if _, ok := syntax.LookupOperator(name); ok {
		return "operator"
	}
	return "identifier"
}
