package module

import (
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// Level says what an expression depends on.
type Level uint8

// The levels, in order.
const (
	ConstantLevel Level = iota // neither variables nor time
	StateLevel                 // the variables
	ActionLevel                // the variables, now and next
	TemporalLevel              // the whole behaviour
)

// String returns the level in one word.
func (l Level) String() string {
	return [...]string{"constant", "state", "action", "temporal"}[l]
}

// Object is what a name stands for: a *Constant, *Variable, *Definition,
// *Param, *Bound, *Builtin, *Instance or *Fact.
type Object interface {
	// ObjectName returns the name, canonical if it is an operator symbol.
	ObjectName() string
	// NumArgs returns how many arguments the name takes.
	NumArgs() int
	// Where returns the extent of the name where it is introduced; the zero
	// Span for a *Builtin.
	Where() syntax.Span
}

// Constant is a declared constant.
type Constant struct {
	Name   string
	Module *Module // that declares it
	Arity  int
	Span   syntax.Span
}

// Variable is a declared variable of a module.
type Variable struct {
	Name   string
	Module *Module // that declares it
	Span   syntax.Span
}

// Definition is an operator defined by == in a module or a LET.
type Definition struct {
	Name   string
	Module *Module // in whose text it stands
	Params []*Param

	// Body is the right side. Of f[x \in S] == e it is the *syntax.FuncCons
	// [x \in S |-> e], and IsFunction is true: f itself may occur in it.
	Body       syntax.Expr
	IsFunction bool

	// Recursive is set if it was declared RECURSIVE, and for an IsFunction
	// whose body refers to it.
	Recursive bool

	Local bool // LOCAL: not exported
	InLet bool // defined by a LET: its body may use the variables bound around it

	// Native is set if the evaluator has this operator built in: Body is then
	// only for reading, and must not be evaluated.
	Native bool

	Level Level       // with arguments of constant level
	Unit  syntax.Unit // *syntax.OpDef or *syntax.FuncDef
	Span  syntax.Span // of its name

	params levelParams
}

// Param is a parameter of a definition, of a LAMBDA or of an instance. An
// argument may be given by name and so be evaluated more than once or never.
type Param struct {
	Name  string
	Arity int // of a higher-order parameter F(_, _), 2
	Span  syntax.Span
}

// Bound is a variable bound by a quantifier, CHOOSE, set or function.
type Bound struct {
	Name string
	Span syntax.Span

	// Temporal is set for a variable of \EE or \AA, which varies with time.
	Temporal bool
}

// Builtin is an operator of the language itself, such as \in or ENABLED, or
// one of TRUE, FALSE, BOOLEAN and STRING.
type Builtin struct {
	Name  string
	Arity int
}

// Instance is INSTANCE M WITH ..., plain or named. As an Object it is the name
// I that stands before a "!".
type Instance struct {
	Name   string // empty for a plain INSTANCE
	In     *Module
	Of     *Module
	Params []*Param
	Substs []*Subst // for each of Of.Constants, then each of Of.Variables
	Local  bool
	Span   syntax.Span
	Syntax *syntax.Instance
}

// Subst is what a constant or variable of an instantiated module stands for.
type Subst struct {
	Object Object      // *Constant or *Variable
	Value  syntax.Expr // in the scope of the INSTANCE; for a constant with arguments, an operator name or LAMBDA

	// Implicit is set if the INSTANCE does not mention it, and so it stands
	// for what has the same name in the scope of the INSTANCE. Value is then
	// a *syntax.Apply made for the purpose, with the position of the INSTANCE.
	Implicit bool
}

// Fact is a named assumption or theorem, or a label-free unnamed one (Name is
// then empty).
type Fact struct {
	Name    string
	Module  *Module
	Body    syntax.Expr
	Theorem bool
	Level   Level
	Span    syntax.Span // of the unit
}

// Use is what a *syntax.Apply refers to.
type Use struct {
	Object    Object
	Instances []InstanceUse // the instances it was reached through, outermost first
}

// InstanceUse is one instance on the way from a use to its object.
type InstanceUse struct {
	Instance *Instance
	Args     []syntax.Expr // one for each of Instance.Params, in the scope of the use
}

// ObjectName implements Object.
func (o *Constant) ObjectName() string   { return o.Name }
func (o *Variable) ObjectName() string   { return o.Name } // ObjectName implements Object.
func (o *Definition) ObjectName() string { return o.Name } // ObjectName implements Object.
func (o *Param) ObjectName() string      { return o.Name } // ObjectName implements Object.
func (o *Bound) ObjectName() string      { return o.Name } // ObjectName implements Object.
func (o *Builtin) ObjectName() string    { return o.Name } // ObjectName implements Object.
func (o *Instance) ObjectName() string   { return o.Name } // ObjectName implements Object.
func (o *Fact) ObjectName() string       { return o.Name } // ObjectName implements Object.

// NumArgs implements Object.
func (o *Constant) NumArgs() int   { return o.Arity }
func (o *Variable) NumArgs() int   { return 0 }             // NumArgs implements Object.
func (o *Definition) NumArgs() int { return len(o.Params) } // NumArgs implements Object.
func (o *Param) NumArgs() int      { return o.Arity }       // NumArgs implements Object.
func (o *Bound) NumArgs() int      { return 0 }             // NumArgs implements Object.
func (o *Builtin) NumArgs() int    { return o.Arity }       // NumArgs implements Object.
func (o *Instance) NumArgs() int   { return len(o.Params) } // NumArgs implements Object.
func (o *Fact) NumArgs() int       { return 0 }             // NumArgs implements Object.

// Where implements Object.
func (o *Constant) Where() syntax.Span   { return o.Span }
func (o *Variable) Where() syntax.Span   { return o.Span }        // Where implements Object.
func (o *Definition) Where() syntax.Span { return o.Span }        // Where implements Object.
func (o *Param) Where() syntax.Span      { return o.Span }        // Where implements Object.
func (o *Bound) Where() syntax.Span      { return o.Span }        // Where implements Object.
func (o *Builtin) Where() syntax.Span    { return syntax.Span{} } // Where implements Object.
func (o *Instance) Where() syntax.Span   { return o.Span }        // Where implements Object.
func (o *Fact) Where() syntax.Span       { return o.Span }        // Where implements Object.
