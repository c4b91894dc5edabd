package syntax

import "math/big"

// Node is a node of the tree.
type Node interface {
	// Where returns the node's extent in the file of its module.
	Where() Span
}

// Expr is an expression. The concrete types are the pointers to the structs of
// this file.
type Expr interface {
	Node
	expr()
}

// Ident is a name where it is introduced: a bound variable, a parameter, the
// name of a definition, of a module, of a field. (A name where it is used in an
// expression is an [Apply].)
type Ident struct {
	Span
	Name string
}

// Form says how an application is written. It does not change what it means.
type Form uint8

// The forms of an application.
const (
	Plain   Form = iota // x, Op(a, b), and an operator symbol passed as an argument
	Prefix              // ~a
	Infix               // a + b
	Postfix             // a'
)

// Apply is the use of a name or operator, with or without arguments:
//
//	x            Name "x"
//	Op(a, b)     Name "Op", Args a, b
//	a \union b   Name `\cup`, Args a, b, Form Infix
//	-a           Name "-.", Args a, Form Prefix
//	x'           Name "'", Args x, Form Postfix
//	A(c)!B!Op(a) Qualifiers A(c), B; Name "Op"; Args a
//	Fold(+, s)   its first argument is Name "+", no Args, Form Plain
//
// The constants TRUE, FALSE, BOOLEAN and STRING, and the operators DOMAIN,
// SUBSET, UNION, ENABLED and UNCHANGED, are Applys too. Name is canonical, see
// [Operators]. An argument may be the name of an operator or a [Lambda].
type Apply struct {
	Span
	Qualifiers []*Qualifier // the instances named before the operator, outermost first
	Name       string
	NameSpan   Span // the extent of the operator's own name
	Args       []Expr
	Form       Form
}

// Qualifier is one instance on the way to an operator: A or A(c) in A(c)!Op.
type Qualifier struct {
	Span
	Name string
	Args []Expr
}

// Subexpr names a part of a definition's body by its position or its label, as
// in Inv!2!1 or Op(a)!lab!(b)!<<.
type Subexpr struct {
	Span
	Base      *Apply // the definition; Args may be missing, as SANY allows
	Selectors []Selector
}

// Selector is one step of a [Subexpr].
type Selector struct {
	Span
	Kind  SelectorKind
	Index int    // of SelectIndex
	Label string // of SelectLabel; also an operator name below a LET
	Args  []Expr // of SelectArgs, and of a label with parameters
}

// SelectorKind is the kind of a [Selector].
type SelectorKind uint8

// The kinds of selector.
const (
	SelectIndex SelectorKind = iota // !3
	SelectLabel                     // !lab or !lab(x)
	SelectLeft                      // !<<
	SelectRight                     // !>>
	SelectAt                        // !@
	SelectBody                      // !:
	SelectArgs                      // !(x, y), instantiating bound variables
)

// Number is a literal number. Text is as written: 42, 3.14, \b1010, \o17, \hFF.
type Number struct {
	Span
	Text string
}

// Int returns the number if it is an integer.
func (n *Number) Int() (*big.Int, bool) {
	text, base := n.Text, 10
	if len(text) > 2 && text[0] == '\\' {
		switch text[1] {
		case 'b', 'B':
			base = 2
		case 'o', 'O':
			base = 8
		case 'h', 'H':
			base = 16
		default:
			return nil, false
		}
		text = text[2:]
	}
	return new(big.Int).SetString(text, base)
}

// String is a literal string. Value has its escapes undone.
type String struct {
	Span
	Value string
}

// Junction is a bulleted list of conjuncts (Op is `/\`) or disjuncts (`\/`). A
// list of one item is possible.
type Junction struct {
	Span
	Op    string
	Items []Expr
}

// Bound introduces variables: x, y \in S or <<x, y>> \in S. Set is nil if they
// range over everything.
type Bound struct {
	Span
	Names []*Ident
	Tuple bool // <<x, y>> \in S: Names are the components of one element
	Set   Expr
}

// Quantifier is the kind of a [Quant].
type Quantifier uint8

// The quantifiers.
const (
	Forall         Quantifier = iota // \A
	Exists                           // \E
	TemporalForall                   // \AA
	TemporalExists                   // \EE
)

// Quant is a quantified formula.
type Quant struct {
	Span
	Kind   Quantifier
	Bounds []*Bound
	Body   Expr
}

// Choose is CHOOSE x \in S : P. Bound has one variable or one tuple.
type Choose struct {
	Span
	Bound *Bound
	Body  Expr
}

// SetEnum is {a, b, c}.
type SetEnum struct {
	Span
	Elems []Expr
}

// SetFilter is {x \in S : P}. Bound has one variable or one tuple.
type SetFilter struct {
	Span
	Bound *Bound
	Pred  Expr
}

// SetMap is {e : x \in S, y \in T}.
type SetMap struct {
	Span
	Body   Expr
	Bounds []*Bound
}

// FuncCons is [x \in S, y \in T |-> e].
type FuncCons struct {
	Span
	Bounds []*Bound
	Body   Expr
}

// FuncApply is f[a, b].
type FuncApply struct {
	Span
	Fn   Expr
	Args []Expr
}

// FuncSet is [S -> T].
type FuncSet struct {
	Span
	Domain, Range Expr
}

// Field is a field of a [Record] or [RecordSet].
type Field struct {
	Span
	Name  *Ident
	Value Expr
}

// Record is [a |-> 1, b |-> 2].
type Record struct {
	Span
	Fields []*Field
}

// RecordSet is [a : S, b : T].
type RecordSet struct {
	Span
	Fields []*Field
}

// Select is r.a.
type Select struct {
	Span
	Rec   Expr
	Field *Ident
}

// Except is [f EXCEPT ![a].b = e, !.c = @ + 1].
type Except struct {
	Span
	Fn      Expr
	Updates []*Update
}

// Update is one of the changes of an [Except].
type Update struct {
	Span
	Path  []*PathStep
	Value Expr // in it, an [At] is the old value at Path
}

// PathStep is [a, b] or .name in the path of an [Update]: Field is nil for the
// former.
type PathStep struct {
	Span
	Args  []Expr
	Field *Ident
}

// At is the @ of an [Except].
type At struct {
	Span
}

// Tuple is <<a, b>>.
type Tuple struct {
	Span
	Elems []Expr
}

// Cross is S \X T \X U, flat, as it is one set of triples. (S \X T) \X U is a
// Cross whose first set is a Cross.
type Cross struct {
	Span
	Sets []Expr
}

// If is IF Cond THEN Then ELSE Else.
type If struct {
	Span
	Cond, Then, Else Expr
}

// Case is CASE p -> e [] q -> f [] OTHER -> g. Other is nil if it is missing.
type Case struct {
	Span
	Arms  []*CaseArm
	Other Expr
}

// CaseArm is one arm of a [Case].
type CaseArm struct {
	Span
	Cond, Value Expr
}

// Let is LET defs IN body. Defs are *OpDef, *FuncDef, *InstanceDef, *Instance
// and *Recursive.
type Let struct {
	Span
	Defs []Unit
	Body Expr
}

// Lambda is LAMBDA x, y : e, which stands only where an operator may.
type Lambda struct {
	Span
	Params []*Ident
	Body   Expr
}

// Box is the action [A]_v or, if Angle, <<A>>_v.
type Box struct {
	Span
	Angle  bool
	Action Expr
	Sub    Expr
}

// Fairness is WF_v(A) or, if Strong, SF_v(A).
type Fairness struct {
	Span
	Strong bool
	Sub    Expr
	Action Expr
}

// Label is lab(x, y) :: e.
type Label struct {
	Span
	Name   *Ident
	Params []*Ident
	Body   Expr
}

// AssumeProve is the statement of a theorem: ASSUME a, NEW x \in S PROVE b. It
// stands only where a theorem's statement may, and inside another.
type AssumeProve struct {
	Span
	Assumes []Node // Expr, *AssumeProve and *New
	Prove   Expr
}

// New declares a symbol inside an [AssumeProve].
type New struct {
	Span
	Kind string // CONSTANT, VARIABLE, STATE, ACTION or TEMPORAL
	Decl *OpDecl
	Set  Expr // nil if it has none
}

func (*Apply) expr()       {}
func (*Subexpr) expr()     {}
func (*Number) expr()      {}
func (*String) expr()      {}
func (*Junction) expr()    {}
func (*Quant) expr()       {}
func (*Choose) expr()      {}
func (*SetEnum) expr()     {}
func (*SetFilter) expr()   {}
func (*SetMap) expr()      {}
func (*FuncCons) expr()    {}
func (*FuncApply) expr()   {}
func (*FuncSet) expr()     {}
func (*Record) expr()      {}
func (*RecordSet) expr()   {}
func (*Select) expr()      {}
func (*Except) expr()      {}
func (*At) expr()          {}
func (*Tuple) expr()       {}
func (*Cross) expr()       {}
func (*If) expr()          {}
func (*Case) expr()        {}
func (*Let) expr()         {}
func (*Lambda) expr()      {}
func (*Box) expr()         {}
func (*Fairness) expr()    {}
func (*Label) expr()       {}
func (*AssumeProve) expr() {}
