// Package config reads the configuration files of TLC, the .cfg beside a
// specification.
//
//	c, err := config.Parse("Clock.cfg", src)
//	for _, inv := range c.Invariants {
//		fmt.Println(inv.Name, inv.Pos)
//	}
//
// The grammar is TLC's: statements that begin with a keyword in capitals, names
// separated by white space, comments as in TLA+.
//
//	SPECIFICATION Spec            or INIT Init and NEXT Next
//	CONSTANTS
//	    N = 3                     a number
//	    Name = "a string"
//	    RM = {r1, r2}             a set; r1 and r2 are model values
//	    NULL = NULL               a model value
//	    F(1, a) = TRUE            a constant operator, value by value
//	    Nat <- SmallNat           SmallNat stands for Nat
//	    Seq <- [Queue] BoundedSeq the same, in module Queue only
//	INVARIANTS TypeOK Safe
//	PROPERTY Live
//	CONSTRAINT Small
//	ACTION_CONSTRAINT Orderly
//	SYMMETRY Perms
//	VIEW view
//	ALIAS Alias
//	POSTCONDITION Post
//	CHECK_DEADLOCK FALSE
//
// Whether the names exist in the specification is not checked here. Where TLC
// accepts a repeated assignment to a constant and takes the last one, so does
// [Config.Constants], which keeps them all in order; a repeated keyword that
// takes one name is an error. More than TLC of version 2.18 accepts: negative
// numbers, ALIAS and POSTCONDITION, as later versions do.
package config
