package module

import (
	"strconv"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

func itoa(n int) string { return strconv.Itoa(n) }

// expr returns the level of an expression and notes it.
func (lv *leveler) expr(e syntax.Expr) info {
	x := lv.compute(e)
	lv.spec.levels[e] = x.value()
	return x
}

// all joins the levels of all that is directly below a node.
func (lv *leveler) all(n syntax.Node) info {
	x := info{}
	syntax.Children(n, func(c syntax.Node) {
		switch c := c.(type) {
		case syntax.Expr:
			x = x.join(lv.argument(c))
		default:
			x = x.join(lv.all(c))
		}
	})
	return x
}

func (lv *leveler) compute(e syntax.Expr) info {
	switch e := e.(type) {
	case *syntax.Apply:
		return lv.apply(e)
	case *syntax.Junction:
		x := info{}
		temporal, action := false, false
		for _, item := range e.Items {
			y := lv.expr(item)
			temporal = temporal || y.value() == TemporalLevel
			action = action || y.value() == ActionLevel
			x = x.join(y)
		}
		lv.mixed(temporal, action, e.Span, e.Op)
		return x
	case *syntax.Quant:
		x := lv.boundSets(e.Bounds, e.Span)
		y := lv.expr(e.Body)
		if e.Kind >= syntax.TemporalForall {
			y.level = TemporalLevel
		}
		return x.join(y)
	case *syntax.If:
		return lv.expr(e.Cond).join(lv.expr(e.Then)).join(lv.expr(e.Else))
	case *syntax.Case:
		return lv.all(e)
	case *syntax.Let:
		for _, d := range e.Defs {
			lv.letDef(d)
		}
		return lv.expr(e.Body)
	case *syntax.Label:
		return lv.expr(e.Body)
	case *syntax.Box:
		a, v := lv.expr(e.Action), lv.expr(e.Sub)
		lv.limit(a, ActionLevel, e.Action.Where(), boxName(e))
		lv.limit(v, StateLevel, e.Sub.Where(), "the subscript of "+boxName(e))
		return info{level: ActionLevel}.join(a).join(v)
	case *syntax.Fairness:
		a, v := lv.expr(e.Action), lv.expr(e.Sub)
		lv.limit(a, ActionLevel, e.Action.Where(), "fairness")
		lv.limit(v, StateLevel, e.Sub.Where(), "the subscript of fairness")
		return info{level: TemporalLevel}.join(a).join(v)
	case *syntax.Lambda:
		return lv.argument(e)
	case *syntax.AssumeProve, *syntax.Subexpr:
		return lv.all(e)
	case *syntax.Choose:
		x := lv.boundSets([]*syntax.Bound{e.Bound}, e.Span).join(lv.expr(e.Body))
		lv.limit(x, ActionLevel, e.Span, "CHOOSE")
		return x
	}
	x := lv.all(e)
	lv.limit(x, ActionLevel, e.Where(), "a value")
	return x
}

func boxName(b *syntax.Box) string {
	if b.Angle {
		return "<<A>>_v"
	}
	return "[A]_v"
}

// boundSets returns the level of the sets of bounds.
func (lv *leveler) boundSets(list []*syntax.Bound, at syntax.Span) info {
	x := info{}
	for _, b := range list {
		if b.Set != nil {
			x = x.join(lv.expr(b.Set))
		}
	}
	lv.limit(x, ActionLevel, at, "the set of a bound variable")
	return x
}

// mixed reports a temporal formula beside an action.
func (lv *leveler) mixed(temporal, action bool, at syntax.Span, op string) {
	if temporal && action {
		lv.fail(at, "found both a temporal formula and an action as operands of %s", op)
	}
}

// letDef reads a definition of a LET; its level is asked for where it is used.
func (lv *leveler) letDef(u syntax.Unit) {
	switch u := u.(type) {
	case *syntax.OpDef:
		lv.letDefinition(u.Name)
	case *syntax.FuncDef:
		lv.letDefinition(u.Name)
	case *syntax.InstanceDef:
		if inst, ok := lv.spec.Defs[u.Name].(*Instance); ok && inst.Of != nil {
			lv.instance(inst)
		}
	}
}

// letDefinition reads a definition of a LET. What it requires of the parameters
// of the definitions around it, those require too.
func (lv *leveler) letDefinition(id *syntax.Ident) {
	d, ok := lv.spec.Defs[id].(*Definition)
	if !ok {
		return
	}
	p := lv.definition(d)
	for q, most := range p.max {
		if old, ok := lv.limits[q]; !contains(d.Params, q) && (!ok || most < old) {
			lv.limits[q] = most
		}
	}
}

// builtin returns the level of an operator of the language.
func (lv *leveler) builtin(b *Builtin, a *syntax.Apply, args []info) info {
	x := info{}
	for _, arg := range args {
		x = x.join(arg)
	}
	limit := func(most Level) {
		for i := range args {
			lv.limit(args[i], most, a.Args[i].Where(), spelled(b.Name))
		}
	}
	switch b.Name {
	case "'", "UNCHANGED":
		limit(StateLevel)
		return x.prime()
	case "ENABLED":
		limit(ActionLevel)
		return x.enabled()
	case "[]", "<>":
		if x.value() == ActionLevel && !lv.boxed(a.Args[0], b.Name == "<>") {
			form := "[A]_v"
			if b.Name == "<>" {
				form = "<<A>>_v"
			}
			lv.fail(a.Span, "found an action after %s, expected a temporal formula, a state predicate or %s", b.Name, form)
		}
		return info{level: TemporalLevel, from: x.from}
	case "~>", "-+->":
		for i, arg := range args {
			if arg.value() == ActionLevel {
				lv.fail(a.Args[i].Where(), "found an action as operand of %s, expected a temporal formula or a state predicate", b.Name)
			}
		}
		return info{level: TemporalLevel, from: x.from}
	case `\cdot`:
		limit(ActionLevel)
		x.level = ActionLevel
		return x
	case `/\`, `\/`, "=>", "<=>":
		if len(args) == 2 {
			l, r := args[0].value(), args[1].value()
			lv.mixed(l == TemporalLevel || r == TemporalLevel, l == ActionLevel || r == ActionLevel, a.Span, b.Name)
		}
		return x
	case "~":
		return x
	}
	limit(ActionLevel)
	return x
}

func spelled(name string) string {
	if name == "-." {
		return "-"
	}
	return name
}

// boxed reports whether e is [A]_v or, if angle, <<A>>_v, perhaps below a label
// or negation.
func (lv *leveler) boxed(e syntax.Expr, angle bool) bool {
	switch e := e.(type) {
	case *syntax.Box:
		return e.Angle == angle
	case *syntax.Label:
		return lv.boxed(e.Body, angle)
	}
	return false
}
