// Package fault is the catalogue of faults, and two things made of them:
//
//   - a [Plan] says which faults a run is to suffer, how often, when and at most
//     how many: the input of a seeded run;
//   - a [Schedule] says exactly what happened, one choice of impl/world a line:
//     the output of a run, its reproduction, and the input of [Shrink].
//
// Both are text. A plan:
//
//	# lockstep plan 1
//	plan bad-day
//	loss rate=0.05
//	partition every=500ms for=50ms..300ms shapes=split,one-way
//	crash every=400ms down=10ms..200ms lose=0.7 torn=0.3 from=1s budget=3
//
// A schedule:
//
//	# lockstep schedule 1
//	protocol twophase
//	option participants 3
//	seed 42
//	plan bad-day
//	1.2ms invoke c1/1 @c {"write":{"x":"1"}}
//	1.5ms sync c
//	2.25ms deliver c->p1 #1
//
// A line that begins with # is a comment, but for the first. A schedule written
// by hand may leave out the times: a choice without one happens at the time of
// the choice before it.
//
// Every fault has a file of its own, with what it means and how it is drawn.
// Faults draw from the generator that they are given and from nothing else.
package fault
