// Package tlc finds, installs and runs TLC, the model checker of the TLA+
// tools, and reads what it says.
//
// # Running it
//
//	runner, err := tlc.Find(tlc.Options{})
//	if err != nil { ... } // *MissingError: what is missing, and how to get it
//	result, err := runner.Check(ctx, tlc.Request{
//		Modules: os.DirFS("specs/twophase"),
//		Module:  "TwoPhase",
//		Config:  config,
//	})
//
// A check runs in a directory of its own that holds a copy of the modules and
// is removed afterwards: it leaves nothing in the user's folders, and checks
// may run side by side. The fingerprint polynomial and the seed are fixed and
// the default is one worker, so that the same request gives the same result.
//
// # Reading it
//
// In its tool mode TLC puts a code before each message and an end behind it,
// and prints what the specification itself prints to a file apart. The verdict
// rests on codes, on figures in the places that a message of a given code has
// for them, and on TLC's exit status; it never rests on prose.
//
//   - [OK] takes all of: the success message, the final count of states with
//     at least one state in it, nothing left on the queue, the last message
//     that TLC ever sends, exit status 0, no error, and no message whose code
//     this package does not know.
//   - [Violated] takes an error message that says so, its counterexample whole,
//     the last message, and the exit status that belongs to that error.
//   - Everything else is [Unknown], with its reason: a specification that does
//     not parse or evaluate, a killed or crashed virtual machine, a time limit,
//     output that is cut off.
//
// # Limits
//
// Temporal properties are checked at the end of the search only, so that the
// figures do not depend on the machine. TLC reports its progress once a minute. TLC 2.18 does not say which of
// several temporal properties is violated: see [Result.Property]. It may give
// a different counterexample, and different figures at the time of it, when
// there are several workers.
//
// Sources: Lamport, Specifying Systems, chapter 14; the classes
// tlc2.output.EC and tlc2.output.MP of the jar.
package tlc
