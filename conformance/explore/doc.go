// Package explore visits every interleaving of a small world of a protocol's
// nodes (impl/world): all orders in which messages are delivered, timers fire,
// fsyncs end, nodes crash and clients ask, within bounds. It checks an
// invariant in every state, holds every transition against the specification
// (conformance/refine), and every history of the clients against a sequential
// model (linearizability).
//
//	r, err := explore.Run(ctx, explore.Config{
//		Protocol: p, Clients: clients, Bounds: explore.Bounds{Bounds: world.Bounds{Crashes: 1}},
//		Invariant: check, Model: linearizability.TxnKV(),
//	})
//	if r.Violation != nil {
//		fmt.Println(r.Violation.Err)
//		fmt.Print(r.Violation.Diagram)
//	}
//
// # What a verdict means
//
// Ok: nothing is wrong in any behaviour that the bounds allow. Bounds are part
// of the question; [Result.Bounds] lists all of them, and in how many states
// each kept something from happening: one that never did takes nothing away
// from the answer. Violated: [Violation] has a schedule that shows what is
// wrong, and no shorter one shows anything wrong, since the search is breadth
// first. Unknown: a limit (states, memory, time) cut the search, and the reason
// says where and how many states were left, or a checker could not tell, or
// there was nothing to check.
//
// # States
//
// Two states are one if the worlds have the same canonical encoding, by
// world.World.Hash, 128 bits: the chance that two of N different states are
// taken for one is below N^2/2^129, which is 10^-20 for a billion.
//
// Where histories are judged, what the clients have seen is part of the state:
// worlds that are alike but of which one has a history that is wrong, or will
// be made wrong by an answer that is right in the other, must not be merged. Of
// a history, only what matters to linearizability counts: operations, results,
// and which operation had returned when which began. The order of two
// invocations, or of two returns, constrains nothing. Each distinct history is
// judged once, at the return that made it: linearizability is closed under
// prefixes, so a wrong history is found at the first moment at which it is
// wrong, and an operation still open constrains nothing.
//
// What a checker of steps has to remember of the way to a state ([StepTracker])
// is part of the state too.
//
// # Steps taken once
//
// Nodes are deterministic, so what a node in one state does with one input
// need be found out once: see world.Memo. A search of millions of transitions
// takes some thousand steps of the code. A node that breaks the contract by
// encoding different states alike deceives this, as it deceives any search with
// a set of visited states; Config.CheckContract takes every step, and holds it
// against the contract.
//
// # Fewer transitions
//
// Two choices that concern different nodes mostly commute. Sleep sets
// (Godefroid 1996; sleep.go has the breadth-first form and why it is sound)
// leave out transitions that only change the order of such choices. The states,
// their distances, the invariant's verdict and the histories are those of the
// full search. The transitions are not all taken: a transition that is left out
// is taken from some earlier state, in which the node that takes the step was
// in the same state and was given the same. So they are used with a checker of
// steps only if [Config.LocalSteps] says that nothing else matters to it. Nor
// are they used with bounds on states, which may cut one of two orders, or with
// symmetry. Config.Full turns them off.
//
// Persistent sets, which would leave out states, are not used. In a protocol
// whose nodes answer each other, what one node does next may send a message to
// any other, so hardly any proper set of choices is persistent.
//
// # Fewer states
//
// With [Config.Symmetry], of the states that differ in an exchange of
// interchangeable nodes one is visited (Clarke, Enders, Filkorn and Jha 1996).
// The protocol says which nodes are (protocol.Symmetric). The participants of
// two-phase commit are not: each holds the keys that hash to it.
//
// # Limits
//
// Only safety is checked: that something good happens at last is for the models
// of the specification. Time stands still at zero, so what a protocol does with
// the readings of its clocks is not explored. Nodes that panic are taken for
// broken. Everything is in memory: some 35 to 70 bytes for each state visited, and
// about a kilobyte for each state of the level in hand and of the next.
package explore
