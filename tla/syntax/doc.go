// Package syntax reads and prints TLA+ version 2.
//
// It is the bottom of the TLA+ engine: source text in, an abstract syntax tree
// out, with a position on every node. It knows the grammar and nothing of
// meaning: which definition a name stands for, how many arguments an operator
// takes and which modules exist are the business of package module.
//
//	m, err := syntax.Parse("Clock.tla", src)
//	if err != nil {
//		fmt.Println(err) // Clock.tla:2:11: found the identifier then, expected "THEN"
//	}
//	fmt.Print(syntax.Format(m)) // canonical text; Tidy keeps comments
//
// # What the tree looks like
//
// The grammar accepted is SANY's: junction lists by column, operators with
// ranges of precedence, whole proofs read over. The tree is smaller than the
// grammar:
//
//   - Every use of a name or of an operator is one node, [Apply], whether it is
//     written x, Op(a, b), a + b, ~a, a' or Inst(c)!Op(b). Operators with more
//     than one spelling (\cup, \union, ∪) carry one canonical Name, listed in
//     [Operators].
//   - Parentheses leave no node. [Format] writes those that are needed.
//   - A junction list (a column of /\ or \/) is a [Junction]; the infix forms
//     are an [Apply] named `/\` or `\/`.
//   - Proofs leave only their extent, [Theorem].Proof.
//
// # Positions
//
// Lines and columns count from 1, columns in characters, and a tab reaches to
// the next multiple of eight, as in SANY; the end of a [Span] is its last
// character, inclusive, so "line 3, col 5 to line 3, col 9" means the same here
// and in what TLC prints.
//
// # Limits
//
// Nesting deeper than [MaxDepth] is an error rather than a stack overflow. The
// parser reports up to [MaxErrors] errors, one for each unit of the module at
// most, and then gives up.
package syntax
