// Package eval evaluates TLA+ as TLC does.
//
// A [Program] holds a resolved specification with its constants bound. It
// compiles expressions to closures over numbered slots ([Program.Expr]), and
// initial predicates and actions to generators of states ([Program.Init],
// [Program.Next]). A [Machine] runs what a Program compiled; each goroutine has
// its own.
//
// # Rules
//
// Operators that are not recursive are expanded where they are used, their
// arguments evaluated when first needed. In an action, conjuncts are taken from
// left to right, a disjunction and a bounded \E fork, x' = e and x' \in S
// assign x' if it has no value yet and test otherwise, UNCHANGED assigns each of
// its variables, and whatever else is met is evaluated and must be TRUE.
// Variables of one \E change from left to right, the first fastest.
//
// An argument of a recursive operator is evaluated at once, but its error is one
// only when the argument is needed, so that what TLC leaves alone does no harm
// here.
//
// # The step check
//
// [Machine.Match] runs a generator for a given next state and gives up at the
// first variable that would differ, which is the meaning of generation at a
// fraction of its cost. [Machine.Explain] tells of a pair of states that is no
// step the action with the fewest false conjuncts.
//
// # What is remembered
//
// Values are hash-consed, so an expression has the same value whenever what it
// reads has the same handles. One that costs more than a look into a table is
// remembered for some of the last of them, unless it has an effect or its value
// is lazy. [Program.Count] compiles without, to count evaluations.
//
// # Files, commands and chance
//
// Operators of Json, CSV and IOUtils read and write the files that the
// specification names. A command runs only if [Machine.Exec] is set. What
// RandomElement and module Randomization draw follows from [Machine.Seed] and the
// state, so that it is the same in every run and with any number of workers.
//
// # Limits
//
// What is not supported, such as the action composition \cdot, temporal
// operators in an expression, or an unbounded CHOOSE other than
// CHOOSE x : x \notin S, is an [*Error] that names it with its position.
package eval
