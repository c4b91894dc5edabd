// Package protocol is the contract between a consensus protocol, written as a
// deterministic state machine, and whatever runs it: the closed world that is
// explored, simulated and replayed (impl/world), and the real host with its
// sockets, timers and log (impl/host).
//
// # The contract
//
// A [Node] is driven by [Node.Step]: one [Input] in, one [Output] out. A step
// reads no clock, draws no random number, starts no goroutine, touches no file
// or socket, and lets no map order leak. The same inputs give the same outputs,
// always.
//
// # Persist before send
//
// What a step puts into [Output.Messages] and [Output.Replies] leaves the node
// only after everything that the node has put into [Output.Records] so far,
// this step's records included, is durable. The driver holds it back until
// then, and discards it when the node crashes first. A message marked
// [Message.Early] is the one exception: it leaves at once, and the protocol's
// specification says why that is safe.
//
// # Recovery
//
// A node that crashes loses everything but its log: every record that was
// durable survives, and any prefix of the records that were not. A fresh Node
// is then given [Start] with the surviving records and must rebuild from them
// all that [Node.AppendDurable] encodes.
//
// # Slices
//
// A specification may describe one transaction while the code runs many. The
// protocol then names for each of its steps the slice (here: the transaction)
// that it belongs to, and every slice of a run must be a behaviour of the
// specification: parametric trace slicing (Chen and Roşu, TACAS 2009).
package protocol
