package check

import (
	"errors"
	"fmt"
	"slices"

	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// compile compiles all that the configuration names.
func (b *builder) compile() error {
	for i, a := range b.Spec.Root.Assumes {
		if a.Theorem {
			continue
		}
		name := a.Name
		if name == "" {
			name = fmt.Sprintf("Assumption %s of module %s", a.Span, a.Module.Name)
		}
		_ = i
		r := b.Program.RefTo(a.Body, a.Module.Name)
		if e := b.expr(r, "the assumption "+name); e != nil {
			b.assumes = append(b.assumes, named{name, e, Position{r.Module, r.Span()}})
		}
	}
	if err := b.behaviour(); err != nil {
		return err
	}
	lists := []struct {
		names []config.Name
		to    *[]named
	}{
		{b.Config.Invariants, &b.invariants},
		{b.Config.Constraints, &b.constraints},
		{b.Config.ActionConstraints, &b.actionConstraints},
	}
	for _, l := range lists {
		for _, n := range l.names {
			r, err := b.lookup(n)
			if err != nil {
				return err
			}
			if l.to == &b.invariants && b.temporal(r) {
				return b.notState(n)
			}
			var e *eval.Expr
			if l.to == &b.invariants {
				e = b.watched(r, n.Name, n.Name)
			} else {
				e = b.expr(r, n.Name)
			}
			if e == nil {
				continue
			}
			if l.to == &b.invariants && e.Prime {
				return b.notState(n)
			}
			if l.to == &b.invariants && !e.State && !e.Prime {
				if ok, err := eval.NewMachine(b.Program).Test(e, nil, nil); err == nil && !ok {
					return b.fail(n.Pos, "the invariant %s is equal to FALSE", n.Name)
				}
			}
			*l.to = append(*l.to, named{n.Name, e, b.place(r)})
		}
	}
	for _, n := range b.Config.Properties {
		r, err := b.lookup(n)
		if err != nil {
			return err
		}
		b.property(r, n.Name)
	}
	if n := b.Config.View; n.Given() {
		r, err := b.lookup(n)
		if err != nil {
			return err
		}
		b.view = b.expr(r, n.Name)
	}
	if n := b.Config.Alias; n.Given() {
		r, err := b.lookup(n)
		if err != nil {
			return err
		}
		// It only shapes what is shown: one that is not supported is left out.
		if e, err := b.Program.Expr(r); err == nil {
			b.alias = e
		}
	}
	if n := b.Config.PostCondition; n.Given() {
		r, err := b.lookup(n)
		if err != nil {
			return err
		}
		if e := b.expr(r, n.Name); e != nil {
			b.post = &named{n.Name, e, b.place(r)}
		}
	}
	return b.symmetries()
}

func (b *builder) refuse(format string, args ...any) {
	b.Refused = append(b.Refused, fmt.Sprintf(format, args...))
}

// place returns where r stands; of a use of a definition, where that stands.
func (b *builder) place(r eval.Ref) Position {
	if a, ok := r.Expr.(*syntax.Apply); ok {
		if use := b.Spec.Uses[a]; use != nil {
			if d, ok := use.Object.(*module.Definition); ok && d.Module != nil {
				return Position{d.Module.Name, d.Span}
			}
		}
	}
	return Position{r.Module, r.Span()}
}

func (b *builder) notState(n config.Name) error {
	return b.fail(n.Pos, "the invariant %s is not a state predicate, one with no primes or temporal operators", n.Name)
}

func (b *builder) lookup(n config.Name) (eval.Ref, error) {
	r, ok := b.Program.Lookup(n.Name)
	if !ok {
		return r, b.fail(n.Pos, "the specification has no definition %s without parameters", n.Name)
	}
	return r, nil
}

// expr compiles r, or refuses it by name.
func (b *builder) expr(r eval.Ref, name string) *eval.Expr {
	e, err := b.Program.Expr(r)
	if err != nil {
		b.refuse("%s: %s", name, err)
		return nil
	}
	return e
}

// behaviour finds the initial predicate and the next-state relation.
func (b *builder) behaviour() error {
	c := b.Config
	var init []eval.Ref
	var next eval.Ref
	var haveNext bool
	if c.Specification.Given() {
		r, err := b.lookup(c.Specification)
		if err != nil {
			return err
		}
		for _, part := range b.conjuncts(r) {
			a, isBox := b.always(part)
			box, ok := a.Expr.(*syntax.Box)
			switch {
			case isBox && ok && !box.Angle:
				if haveNext {
					return b.fail(c.Specification.Pos, "%s has a second next-state relation at %s of module %s", c.Specification.Name, part.Span(), part.Module)
				}
				next, haveNext = a.Sub(box.Action), true
				next.Name = "Action" // unless it is a definition's
			case b.fairness(part):
			case b.temporal(part):
				b.refuse("%s: the temporal conjunct at %s of module %s", c.Specification.Name, part.Span(), part.Module)
			default:
				init = append(init, part)
			}
		}
		if len(init) > 1 {
			slices.Reverse(init[1:]) // the order of TLC
		}
		if len(init) == 0 {
			return b.fail(c.Specification.Pos, "%s has no initial predicate", c.Specification.Name)
		}
	} else {
		for _, n := range []config.Name{c.Init, c.Next} {
			if !n.Given() {
				continue
			}
			r, err := b.lookup(n)
			if err != nil {
				return err
			}
			if n == c.Init {
				init = append(init, r)
			} else {
				next, haveNext = r, true
			}
		}
	}
	if len(init) == 0 {
		return nil
	}
	if !haveNext {
		return b.fail(config.Pos{Line: 1, Col: 1}, "the configuration gives an initial predicate and no next-state relation")
	}
	for _, r := range init {
		if e, err := b.Program.Expr(r); err == nil && e.Prime {
			return b.fail(config.Pos{Line: 1, Col: 1}, "the initial predicate at %s of module %s has a primed variable", r.Span(), r.Module)
		}
	}
	var err error
	if b.init, err = b.Program.Init(init...); err != nil {
		b.init = nil
		b.refuse("the initial predicate: %s", err)
		return nil
	}
	if haveNext {
		b.nextRef = next
		if b.next, err = b.Program.Next(next); err != nil {
			b.init, b.next = nil, nil
			b.refuse("the next-state relation: %s", err)
		}
	}
	return nil
}

// conjuncts takes a formula apart, through definitions, as far as its parts are
// temporal; parts of lower level stay whole. The name of a part is that of the
// definition that the formula names there, and empty if it names none.
func (b *builder) conjuncts(r eval.Ref) []eval.Ref {
	if !b.temporal(r) {
		return []eval.Ref{r}
	}
	switch e := r.Expr.(type) {
	case *syntax.Junction:
		if e.Op == `/\` {
			var out []eval.Ref
			for _, it := range e.Items {
				out = append(out, b.conjuncts(part(r, it))...)
			}
			return b.join(r, out)
		}
	case *syntax.Label:
		return b.conjuncts(r.Sub(e.Body))
	case *syntax.Apply:
		if e.Name == `/\` {
			return append(b.conjuncts(part(r, e.Args[0])), b.conjuncts(part(r, e.Args[1]))...)
		}
		if u, ok := b.Program.Unfold(r); ok {
			u.Name = r.Name
			return b.conjuncts(u)
		}
	}
	return []eval.Ref{r}
}

// part is a conjunct of r.
func part(r eval.Ref, e syntax.Expr) eval.Ref {
	r = r.Sub(e)
	r.Name = ""
	if a, ok := e.(*syntax.Apply); ok && len(a.Args) == 0 {
		r.Name = a.Name
	}
	return r
}

// join makes one predicate of the conjuncts of a list that are no temporal
// formulas, so that they are one initial predicate.
func (b *builder) join(r eval.Ref, parts []eval.Ref) []eval.Ref {
	var plain []syntax.Expr
	var out []eval.Ref
	for _, it := range r.Expr.(*syntax.Junction).Items {
		if !b.temporal(r.Sub(it)) {
			plain = append(plain, it)
		}
	}
	if len(plain) < 2 {
		return parts
	}
	out = append(out, r.Sub(&syntax.Junction{Span: r.Span(), Op: `/\`, Items: plain}))
	for _, p := range parts {
		if b.temporal(p) {
			out = append(out, p)
		}
	}
	return out
}

// temporal reports whether r has a temporal operator, looking through
// definitions.
func (b *builder) temporal(r eval.Ref) bool { return b.temporalIn(r, 0) }

func (b *builder) temporalIn(r eval.Ref, depth int) bool {
	if depth > 200 {
		return true
	}
	switch e := r.Expr.(type) {
	case *syntax.Fairness:
		return true
	case *syntax.Quant:
		if e.Kind >= syntax.TemporalForall {
			return true
		}
	case *syntax.Apply:
		if use := b.Spec.Uses[e]; use != nil {
			switch o := use.Object.(type) {
			case *module.Builtin:
				switch o.Name {
				case "[]", "<>", "~>", "-+->":
					return true
				}
			case *module.Definition:
				if o.Level >= module.TemporalLevel {
					return true
				}
			}
		}
	}
	found := false
	syntax.Children(r.Expr, func(n syntax.Node) {
		if x, ok := n.(syntax.Expr); ok && !found {
			found = b.temporalIn(r.Sub(x), depth+1)
		} else if !found {
			syntax.Children(n, func(n syntax.Node) {
				if x, ok := n.(syntax.Expr); ok && !found {
					found = b.temporalIn(r.Sub(x), depth+1)
				}
			})
		}
	})
	return found
}

// always returns what is below a [].
func (b *builder) always(r eval.Ref) (eval.Ref, bool) {
	if a, ok := r.Expr.(*syntax.Apply); ok && a.Name == "[]" && len(a.Args) == 1 {
		return r.Sub(a.Args[0]), true
	}
	return r, false
}

// fairness reports whether r is a condition on whole behaviours only. As in TLC,
// safety is checked without it: of more behaviours rather than fewer.
func (b *builder) fairness(r eval.Ref) bool {
	switch e := r.Expr.(type) {
	case *syntax.Fairness:
		return true
	case *syntax.Quant:
		return e.Kind == syntax.Forall && b.fairness(r.Sub(e.Body))
	case *syntax.Let:
		return b.fairness(r.Sub(e.Body))
	case *syntax.Junction:
		for _, it := range e.Items {
			if e.Op != `/\` || !b.fairness(r.Sub(it)) {
				return false
			}
		}
		return true
	case *syntax.Apply:
		switch e.Name {
		case `/\`:
			return b.fairness(r.Sub(e.Args[0])) && b.fairness(r.Sub(e.Args[1]))
		case "[]", "<>", "~>":
			for _, a := range e.Args {
				if box, ok := a.(*syntax.Box); ok && !box.Angle || b.temporal(r.Sub(a)) && !ok && !b.fairness(r.Sub(a)) {
					return false
				}
			}
			return true
		}
		if u, ok := b.Program.Unfold(r); ok {
			return b.fairness(u)
		}
	}
	return false
}

// property takes a PROPERTY apart into what is checked; the rest is refused.
func (b *builder) property(r eval.Ref, name string) {
	whole := name
	for _, part := range b.conjuncts(r) {
		name := whole
		if part.Name != "" {
			name = part.Name
		}
		a, isBox := b.always(part)
		switch {
		case isBox:
			if box, ok := a.Expr.(*syntax.Box); ok && !box.Angle {
				if e := b.watched(a, name, whole); e != nil {
					b.actionProps = append(b.actionProps, named{name, e, b.place(part)})
				}
				continue
			}
			if b.temporal(a) {
				b.refuse("the temporal property %s: the part at %s of module %s is not supported", name, part.Span(), part.Module)
				continue
			}
			if e := b.watched(a, name, whole); e != nil {
				if e.Prime {
					b.refuse("the property %s: an action below [] at %s", name, part.Span())
					continue
				}
				b.invariants = append(b.invariants, named{name, e, b.place(part)})
			}
		case b.temporal(part):
			b.refuse("the temporal property %s: the part at %s of module %s is not supported", name, part.Span(), part.Module)
		default:
			if e := b.watched(part, name, whole); e != nil {
				b.initProps = append(b.initProps, named{name, e, b.place(part)})
			}
		}
	}
}

// symmetries closes the permutations of SYMMETRY under composition.
func (b *builder) symmetries() error {
	n := b.Config.Symmetry
	if !n.Given() {
		return nil
	}
	r, err := b.lookup(n)
	if err != nil {
		return err
	}
	e, err := b.Program.Expr(r)
	if err != nil {
		return err
	}
	v, err := eval.NewMachine(b.Program).Eval(e, nil, nil)
	if err != nil {
		return err
	}
	if v.Kind() != value.KindSet {
		return errors.New("SYMMETRY " + n.Name + " is not a set of functions")
	}
	type perm = map[value.Value]value.Value
	key := func(p perm) value.Value {
		var as, vs []value.Value
		for a, v := range p {
			if a != v {
				as, vs = append(as, a), append(vs, v)
			}
		}
		return b.l.Func(as, vs)
	}
	seen := map[value.Value]bool{b.l.Tuple(): true}
	var gens []perm
	for _, f := range b.l.Elems(v) {
		if !f.IsFunc() {
			return errors.New("SYMMETRY " + n.Name + " is not a set of functions")
		}
		p := perm{}
		d := b.l.Elems(b.l.Domain(f))
		for i, w := range b.l.Values(f) {
			p[d[i]] = w
		}
		gens = append(gens, p)
	}
	queue := append([]perm(nil), gens...)
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		if k := key(p); seen[k] {
			continue
		} else {
			seen[k] = true
		}
		b.symmetry = append(b.symmetry, p)
		for _, g := range gens {
			c := perm{}
			for a, v := range p {
				if w, ok := g[v]; ok {
					v = w
				}
				c[a] = v
			}
			for a, v := range g {
				if _, ok := p[a]; !ok {
					c[a] = v
				}
			}
			queue = append(queue, c)
		}
	}
	return nil
}
