// Package verify is the pipeline: a protocol in, a verdict with its evidence
// out.
//
// A [System] is all that the pipeline needs to know of a protocol: its
// specification, its code, what its clients do and what they may see, and the
// bugs that must be found in it. [Run] takes it through the stages, side by
// side where they do not need each other:
//
//   - spec: each model of the specification does what its manifest records,
//     the broken variants fail, the Go engine and TLC agree, and no PlusCal
//     translation is stale;
//   - simulation: seeded runs of the code under faults, each judged by the
//     invariant, each history by the linearizability model;
//   - traces: every distinct slice of those runs is a behaviour of the
//     specification;
//   - cluster: the same nodes as processes, under real crashes, pauses and
//     cut links; histories and traces judged likewise;
//   - mutants: each seeded bug is caught, by a check that is said to catch it.
//
// A System may be a specification alone.
//
// In a Go test a team's own protocol takes one line:
//
//	func TestSystem(t *testing.T) { verify.Test(t, system, verify.Options{}) }
//
// # Verdicts
//
// A stage is ok, violated (with evidence) or unknown (with the reason), and a
// result is the worst of its stages. Unknown is never a pass.
package verify
