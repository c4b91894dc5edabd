package eval

import (
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// fn is a compiled expression.
type fn func(m *Machine) value.Value

// code is a compiled expression with what it depends on.
type code struct {
	fn
	state, prime bool // reads variables, reads primed variables
	volatile     bool // has an effect, or is not the same each time
	in           inputs
	min          int // the lowest slot that it reads, noSlot if none, -1 one of a unit around
}

const noSlot = 1 << 30

func (c *code) uses(ds ...code) {
	for _, d := range ds {
		c.state = c.state || d.state
		c.prime = c.prime || d.prime
		c.volatile = c.volatile || d.volatile
		c.min = min(c.min, d.min)
		c.in.add(&d.in)
	}
}

func pure(f fn) code {
	c := none()
	c.fn = f
	return c
}

// of returns a code with the dependencies of the parts.
func of(f fn, parts ...code) code {
	c := none()
	c.fn = f
	c.uses(parts...)
	return c
}

// unit is code that runs in a frame of its own.
type unit struct {
	id    int // of one that runs by itself
	level int // how many units are around it
	size  int // slots
	nops  int
	body  fn
	deps  code
}

// env is what names mean where an expression stands: a chain, innermost first,
// of bindings and of instances passed through.
type env struct {
	up   *env
	obj  module.Object
	bind *binding
	inst *module.Instance
}

// binding is what a bound variable, parameter or LET definition stands for.
type binding struct {
	level, slot int // a value in a slot of the unit at that level; slot < 0 if none
	lazy        bool
	code        code // of a lazy slot: how to fill it

	expr syntax.Expr // what was passed by name, in env
	env  *env
	site *Site

	def    *module.Definition // a LET definition, whose body is to be compiled in env
	fdef   *module.Definition // a recursive function of a LET, in env
	op     int                // an operator in the frame, if isOp
	isOp   bool
	primed bool  // expr was compiled below a prime
	direct bool  // code is the value itself, in no slot
	parts  []int // see apart: slots of the elements, and the slot may be yet to fill
	param  bool  // of a recursive definition: the slot may hold an error put off
}

func (e *env) with(o module.Object, b *binding) *env { return &env{up: e, obj: o, bind: b} }

func (e *env) lookup(o module.Object) *binding {
	for ; e != nil; e = e.up {
		if e.obj == o {
			return e.bind
		}
	}
	return nil
}

// subst finds what the constant or variable o is substituted by, and where.
func (e *env) subst(o module.Object) (syntax.Expr, *env, bool) {
	for ; e != nil; e = e.up {
		if e.inst == nil {
			continue
		}
		for _, s := range e.inst.Substs {
			if s.Object == o {
				return s.Value, e.up, true
			}
		}
	}
	return nil, nil, false
}

// ctx says how an expression is compiled.
type ctx struct {
	p      *Program
	u      *unit
	depth  int // the next free slot
	primed bool
	init   bool // in an initial predicate: variables are being assigned
	gen    bool // in an action: primed variables are being assigned
	site   *Site
	mod    string
	nodes  *int

	counted syntax.Expr // counted already, as an action
	watch   *watch      // if not nil, records what of the formula is reached
	naming  naming      // what the action to be compiled has to do with the name of a step
	prefix  string      // of the instances that it was reached through
	telling bool        // a step tells which elements its \E chose
}

// recursion names a recursive definition in an environment.
type recursion struct {
	def   *module.Definition
	env   *env
	watch *watch // each formula that is watched has a body of its own
}

func (x ctx) at(n syntax.Node) *Site {
	s := &Site{Span: n.Where(), Module: x.mod}
	if x.site != nil {
		s.Caller, s.Name = x.site, x.site.Name
	}
	return s
}

// slot takes a slot, and returns it with the context for what is inside its
// scope.
func (x ctx) slot() (int, ctx) {
	i := x.depth
	x.depth++
	x.u.size = max(x.u.size, x.depth)
	return i, x
}

// refuse raises the error of an unsupported construct while compiling.
func (x ctx) refuse(n syntax.Node, what string) {
	s := x.at(n)
	panic(&Error{Msg: what + " is not supported", Site: s, Stack: []*Site{s}, Unsupported: true})
}
