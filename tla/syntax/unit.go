package syntax

// Unit is what a module is made of. The concrete types are the pointers to the
// structs of this file.
type Unit interface {
	Node
	unit()
}

// Module is a module, of a file or nested in another module.
type Module struct {
	Span
	File    string // as given to Parse; a nested module has its parent's
	Name    *Ident
	Extends []*Ident
	Units   []Unit

	// Comments are the comments of the file in order, PlusCal algorithms
	// among them. A nested module has none: its parent has them.
	Comments []*Comment
}

// Comment is a comment, or the text before or after the module. Text includes
// the marks that make it a comment.
type Comment struct {
	Span
	Text string
}

// OpDecl declares a name that may take arguments: a constant of a module, a
// parameter of an operator, a RECURSIVE operator. C is Arity 0, F(_, _) is
// Arity 2; a declared symbol such as _ + _ is Arity 2 and Name "+".
type OpDecl struct {
	Span
	Name  *Ident
	Arity int
	Form  Form
}

// Constants is CONSTANTS C, F(_, _).
type Constants struct {
	Span
	Decls []*OpDecl
}

// Variables is VARIABLES x, y.
type Variables struct {
	Span
	Names []*Ident
}

// Recursive is RECURSIVE Op(_, _), f.
type Recursive struct {
	Span
	Decls []*OpDecl
}

// OpDef is Op(a, F(_)) == e, or a == e, a \prec b == e, -. a == e, a ^+ == e.
type OpDef struct {
	Span
	Local  bool
	Name   *Ident
	Params []*OpDecl
	Form   Form // how the head is written
	Body   Expr
}

// FuncDef is f[x \in S, y \in T] == e, in whose body f is the function itself.
type FuncDef struct {
	Span
	Local  bool
	Name   *Ident
	Bounds []*Bound
	Body   Expr
}

// Instance is INSTANCE M WITH a <- e, as a unit of its own or as the right side
// of an [InstanceDef].
type Instance struct {
	Span
	Local  bool // always false below an InstanceDef
	Module *Ident
	Substs []*Subst
}

// Subst is one a <- e of an [Instance]. Name may be an operator symbol, and
// Value the name of an operator or a [Lambda].
type Subst struct {
	Span
	Name  *Ident
	Value Expr
}

// InstanceDef is I(a, F(_)) == INSTANCE M WITH b <- e.
type InstanceDef struct {
	Span
	Local    bool
	Name     *Ident
	Params   []*OpDecl
	Instance *Instance
}

// Assume is ASSUME e, ASSUMPTION e or AXIOM e. Name is nil if it has none.
type Assume struct {
	Span
	Keyword string
	Name    *Ident
	Body    Expr
}

// Theorem is THEOREM, LEMMA, PROPOSITION or COROLLARY. Name is nil if it has
// none. Proof is the extent of its proof, which is not kept; it is the zero
// Span if there is none.
type Theorem struct {
	Span
	Keyword string
	Name    *Ident
	Body    Expr
	Proof   Span
}

// Use is a USE or HIDE between the units of a module. It matters only to proofs
// and is not kept.
type Use struct {
	Span
	Keyword string
}

// Separator is a line of four dashes or more.
type Separator struct {
	Span
}

func (*Module) unit()      {}
func (*Constants) unit()   {}
func (*Variables) unit()   {}
func (*Recursive) unit()   {}
func (*OpDef) unit()       {}
func (*FuncDef) unit()     {}
func (*Instance) unit()    {}
func (*InstanceDef) unit() {}
func (*Assume) unit()      {}
func (*Theorem) unit()     {}
func (*Use) unit()         {}
func (*Separator) unit()   {}
