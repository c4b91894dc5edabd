package module

import (
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// info is what is known of the level of an expression: it is the highest of
// level and of what the objects in from will stand for.
type info struct {
	level Level
	from  []dependency
}

// dependency is a *Param, *Constant or *Variable that an expression refers to.
type dependency struct {
	object Object
	primed bool // within a prime: of action level unless the object is constant
}

func (a info) join(b info) info {
	a.level = max(a.level, b.level)
	from := a.from[:len(a.from):len(a.from)]
	for _, d := range b.from {
		if !contains(from, d) {
			from = append(from, d)
		}
	}
	a.from = from
	return a
}

// value is the level with parameters and constants at constant level.
func (a info) value() Level {
	l := a.level
	for _, d := range a.from {
		if _, ok := d.object.(*Variable); ok && d.primed {
			l = max(l, ActionLevel)
		} else if ok {
			l = max(l, StateLevel)
		}
	}
	return l
}

// prime is the level of x' where a is that of x.
func (a info) prime() info {
	b := info{level: a.level}
	if a.level > ConstantLevel {
		b.level = max(a.level, ActionLevel)
	}
	for _, d := range a.from {
		b = b.join(info{from: []dependency{{d.object, true}}})
	}
	return b
}

// enabled is the level of ENABLED A where a is that of A.
func (a info) enabled() info {
	b := info{level: min(a.level, StateLevel)}
	for _, d := range a.from {
		b = b.join(info{from: []dependency{{d.object, false}}})
	}
	return b
}

// levelParams says how the level of a definition depends on its arguments.
type levelParams struct {
	known   bool
	pass    int  // the last pass that read the definition
	reading bool // that pass has not finished with it
	body    info
	max     map[*Param]Level // the highest level that an argument may have, if not any
}

// size grows whenever anything in p does.
func (p *levelParams) size() int {
	n := len(p.body.from)*8 + int(p.body.level)
	for _, most := range p.max {
		n += 8 - int(most)
	}
	return n
}

// Depends returns the constants and variables of the specification that the
// value of d depends on, through whatever it refers to, with those of
// instantiated modules replaced by what is substituted for them. If it depends
// on none, d is a constant known before any model is chosen.
func (d *Definition) Depends() []Object {
	var list []Object
	for _, dep := range d.params.body.from {
		switch dep.object.(type) {
		case *Constant, *Variable:
			if !contains(list, dep.object) {
				list = append(list, dep.object)
			}
		}
	}
	return list
}

// leveler computes the levels of a specification.
type leveler struct {
	*loader
	file   string
	limits map[*Param]Level // of the definition being read
	quiet  bool             // errors are reported elsewhere
	group  *group           // of the definitions being read
}

// group is a definition with all that it refers to and that is not known yet.
// Where they refer to each other in a circle, by RECURSIVE, they are all read
// again and again, until a pass finds nothing new about any of them.
type group struct {
	pass     int
	members  []*Definition
	circular bool
	grown    bool
}

// checkLevels computes all levels and reports what exceeds its bounds.
func (l *loader) checkLevels() {
	lv := &leveler{loader: l, limits: map[*Param]Level{}}
	for _, m := range l.spec.Modules {
		lv.file = m.File
		for _, d := range m.Definitions {
			lv.definition(d)
		}
		for _, inst := range m.Instances {
			lv.instance(inst)
		}
		for _, a := range m.Assumes {
			if a.Module != m {
				continue
			}
			a.Level = lv.expr(a.Body).value()
			if a.Level > ConstantLevel {
				l.errorf(m.File, a.Body.Where(), "found an assumption of level %s, expected constant", a.Level)
			}
		}
		for _, t := range m.Theorems {
			lv.quiet = true
			t.Level = lv.expr(t.Body).value()
			lv.quiet = false
		}
	}
}

func (lv *leveler) fail(at syntax.Span, format string, args ...any) {
	if !lv.quiet {
		lv.errorf(lv.file, at, format, args...)
	}
}

// definition returns how the level of a definition depends on its arguments.
func (lv *leveler) definition(d *Definition) *levelParams {
	p := &d.params
	switch {
	case p.known || d.Body == nil:
	case lv.group == nil:
		lv.readGroup(d)
	case p.pass == lv.group.pass:
		// Read in this pass already, or being read.
		lv.group.circular = lv.group.circular || p.reading
	default:
		lv.read(d)
	}
	return p
}

// readGroup reads a definition and all that it refers to.
func (lv *leveler) readGroup(d *Definition) {
	g := &group{}
	lv.group = g
	reported := len(lv.errs)
	for {
		g.pass++
		g.grown = false
		lv.errs = lv.errs[:reported]
		lv.read(d)
		if !g.circular || !g.grown {
			break
		}
	}
	lv.group = nil
	for _, m := range g.members {
		m.params.known = true
		m.Level = m.params.body.value()
	}
}

// read reads the body of a definition.
func (lv *leveler) read(d *Definition) {
	p := &d.params
	if p.pass == 0 {
		lv.group.members = append(lv.group.members, d)
		p.max = map[*Param]Level{}
		if d.Recursive {
			for _, q := range d.Params {
				p.body.from = append(p.body.from, dependency{q, false})
			}
		}
	}
	p.pass = lv.group.pass
	saved := *lv
	lv.file, lv.limits = d.Module.File, p.max
	before := p.size()
	p.reading = true
	p.body = p.body.join(lv.expr(d.Body))
	p.reading = false
	lv.file, lv.limits = saved.file, saved.limits
	if p.size() != before {
		lv.group.grown = true
	}
}

// instance checks the levels of what is substituted.
func (lv *leveler) instance(inst *Instance) {
	constant := lv.isConstant(inst.Of)
	for _, s := range inst.Substs {
		v, ok := s.Object.(*Variable)
		if !ok {
			if got := lv.argument(s.Value).value(); got > ConstantLevel && !constant {
				lv.fail(inst.Span, "found a substitution of level %s for the constant %s of module %s, which is not a constant module, expected constant",
					got, s.Object.ObjectName(), inst.Of.Name)
			}
			continue
		}
		if got := lv.argument(s.Value).value(); got > StateLevel {
			lv.fail(inst.Span, "found a substitution of level %s for the variable %s of module %s, expected at most state",
				got, v.Name, inst.Of.Name)
		}
	}
}

// isConstant reports whether a module says nothing of variables or time: then
// anything may be substituted for its constants.
func (lv *leveler) isConstant(m *Module) bool {
	if len(m.Variables) > 0 {
		return false
	}
	for _, d := range m.Definitions {
		body := lv.definition(d).body
		if body.level > ConstantLevel {
			return false
		}
		for _, dep := range body.from {
			if dep.primed {
				return false
			}
		}
	}
	for _, x := range m.Extends {
		if !lv.isConstant(x) {
			return false
		}
	}
	return true
}

// limit requires an operand to be of at most a level.
func (lv *leveler) limit(x info, most Level, at syntax.Span, what string) {
	if got := x.value(); got > most {
		lv.fail(at, "found an operand of level %s for %s, expected at most %s", got, what, most)
	}
	for _, d := range x.from {
		if p, ok := d.object.(*Param); ok {
			if old, ok := lv.limits[p]; !ok || most < old {
				lv.limits[p] = most
			}
		}
	}
}

// apply returns the level of a use with its arguments.
func (lv *leveler) apply(a *syntax.Apply) info {
	use := lv.spec.Uses[a]
	if use == nil {
		return lv.all(a)
	}
	args := make([]info, len(a.Args))
	for i, e := range a.Args {
		args[i] = lv.argument(e)
	}
	if b, ok := use.Object.(*Builtin); ok {
		return lv.builtin(b, a, args)
	}
	return lv.use(use, a, args)
}

// use returns the level of an object applied to arguments.
func (lv *leveler) use(use *Use, a *syntax.Apply, args []info) info {
	x := info{}
	switch o := use.Object.(type) {
	case *Constant, *Variable, *Param:
		x.from = []dependency{{o, false}}
		for _, arg := range args {
			x = x.join(arg)
		}
	case *Definition:
		p := lv.definition(o)
		for i, q := range o.Params {
			if i < len(args) {
				if most, ok := p.max[q]; ok {
					lv.limit(args[i], most, a.Span, "argument "+itoa(i+1)+" of "+o.Name)
				}
			}
		}
		x = substitute(p.body, func(obj Object) (info, bool) {
			for i, q := range o.Params {
				if obj == q {
					if i < len(args) {
						return args[i], true
					}
					return info{}, true
				}
			}
			return info{}, false
		})
	case *Fact:
		x = info{level: o.Level}
	}
	// From the innermost instance outwards, put what is substituted in place.
	for i := len(use.Instances) - 1; i >= 0; i-- {
		step := use.Instances[i]
		x = substitute(x, func(obj Object) (info, bool) {
			for _, s := range step.Instance.Substs {
				if s.Object == obj {
					return lv.quietly(s.Value), true
				}
			}
			return info{}, false
		})
		x = substitute(x, func(obj Object) (info, bool) {
			for j, q := range step.Instance.Params {
				if obj == q && j < len(step.Args) {
					return lv.argument(step.Args[j]), true
				}
			}
			return info{}, false
		})
	}
	return x
}

// quietly returns the level of an expression checked elsewhere.
func (lv *leveler) quietly(e syntax.Expr) info {
	saved := lv.quiet
	lv.quiet = true
	x := lv.argument(e)
	lv.quiet = saved
	return x
}

func substitute(x info, f func(Object) (info, bool)) info {
	y := info{level: x.level}
	for _, d := range x.from {
		z, ok := f(d.object)
		switch {
		case !ok:
			z = info{from: []dependency{d}}
		case d.primed:
			z = z.prime()
		}
		y = y.join(z)
	}
	return y
}

// argument returns the level of an expression, operator name or LAMBDA.
func (lv *leveler) argument(e syntax.Expr) info {
	switch e := e.(type) {
	case *syntax.Lambda:
		return lv.without(lv.expr(e.Body), e.Params)
	case *syntax.Apply:
		use := lv.spec.Uses[e]
		if use == nil || len(e.Args) > 0 || use.Object.NumArgs() == 0 {
			break
		}
		if b, ok := use.Object.(*Builtin); ok {
			return info{level: map[string]Level{"'": ActionLevel, "UNCHANGED": ActionLevel, "[]": TemporalLevel, "<>": TemporalLevel}[b.Name]}
		}
		return lv.use(use, e, nil)
	}
	return lv.expr(e)
}

// without removes what depends on the given parameters only.
func (lv *leveler) without(x info, params []*syntax.Ident) info {
	y := info{level: x.level}
	for _, d := range x.from {
		bound := false
		for _, id := range params {
			bound = bound || lv.spec.Defs[id] == d.object
		}
		if !bound {
			y.from = append(y.from, d)
		}
	}
	return y
}
