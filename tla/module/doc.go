// Package module turns parsed modules into a specification in which every name
// is resolved. It is what SANY calls semantic analysis: EXTENDS and INSTANCE,
// scopes, arities, levels, and the errors of redefinition.
//
//	spec, err := module.Load("specs/TwoPhase.tla", module.Options{})
//	if err != nil {
//		fmt.Println(err) // every error with its file, line and column
//	}
//	next := spec.Root.Lookup("Next").Object.(*module.Definition)
//
// The syntax trees are left as they are. A [Spec] says of each node what a
// compiler needs to know of it, in two tables:
//
//   - [Spec.Uses] tells what each use of a name or operator, a *syntax.Apply,
//     refers to: a [Use].
//   - [Spec.Defs] tells which [Object] each introduction of a name, a
//     *syntax.Ident, stands for: a parameter, a bound variable, a definition of
//     a LET.
//
// Objects are pointers, so that one comparison tells whether two names mean the
// same thing, and an object makes a good key for the slot a compiler gives it.
// There is no shadowing in TLA+: within a scope, one name is one object.
//
// # Instances are environments
//
// The body of a definition of an instantiated module exists once; it is never
// copied and no text is substituted. What its constants and variables stand for
// depends on how it was reached, so a use through instances names them:
//
//	I(x) == INSTANCE M WITH c <- x + 1, v <- w
//	P    == I(5)!Op(3)
//
// The use in P has Object Op, the [Definition] in M, and Instances a list of one
// [InstanceUse]: the [Instance] I with the argument 5. To compile a use in an
// environment E, a chain of frames, innermost last:
//
//  1. For each InstanceUse add a frame to E: the Instance, with its parameters
//     bound to the arguments, which belong to the E of the use.
//  2. Compile the Object in the E so extended.
//
// To compile a [Constant] or [Variable] in E: find the innermost frame whose
// Instance has a [Subst] for it; if there is one, compile that Subst's Value in
// the chain up to and without that frame (plus the Instance's parameters);
// otherwise it is a constant or variable of the specification itself. An
// Instance has a Subst for every constant and variable of its module, those that
// are substituted by the same name included, so this never guesses.
//
// An INSTANCE in a LET may refer to the variables bound around the LET: the
// Values of its Substs belong to the scope of the LET, not of its use.
//
// A plain INSTANCE M adds the names of M to the scope: uses of them carry the
// Instance too. Instances that substitute nothing (INSTANCE Naturals) are left
// out of Use.Instances, so that + is one object however it was reached.
//
// # Levels
//
// Each definition and expression has a [Level]: constant, state, action or
// temporal. Levels are checked as SANY does: a prime around an action is an
// error.
//
// # What is refused
//
// Subexpression names (Op!1!2, Op!label) outside theorems, and an operator of an
// instance with parameters passed on without the instance's arguments (F(I!Op)
// where I takes some), are refused by name and position. Proofs are not read;
// the statements of theorems are.
//
// A few errors that SANY reports are not found: the levels that an operator
// passed as an argument would need, labels declared twice or with other
// parameters than the variables bound around them, and what is wrong inside
// proofs. testdata/verdicts.txt lists them, with SANY's verdict.
package module
