// Package world is a closed world: the nodes of a protocol, the messages in
// flight between them, each node's disk and clock, its clients, and nothing
// else. Whatever can happen next in it is one of its open choices: deliver
// this message, drop it, duplicate it, fire this timer, finish this fsync,
// crash that node, cut this link, submit that request.
//
//	w, err := world.New(protocol, world.Options{})
//	for len(w.Choices()) > 0 {
//		step, err := w.Apply(w.Choices()[0])
//		...
//	}
//
// The world decides nothing. A scheduler picks the choices: at random
// (chaos/sim), all of them (conformance/explore), or from a text schedule.
// Applying a choice is deterministic: the same protocol, options and choices
// give the same steps, byte for byte.
//
// # The network
//
// A message that leaves its node is in flight, under a number that counts the
// messages sent in this world from 1, until a copy of it is delivered or
// dropped. Messages are delivered in any order. A message on a cut link, or to
// a node that is down, cannot be delivered until the link heals or the node
// restarts; it can be dropped.
//
// # The disk
//
// A node's log is a list of records of which a prefix is durable. A sync makes
// a longer prefix durable: the node is stepped with Synced, and then what it
// had held back for those records leaves. A crash loses a suffix of the records
// that are not durable; the records that remain are durable. A torn crash
// leaves, besides, a part of the first lost record, which a log with checksums
// cuts away: to the node it is the same as a lost one, so Choices does not list
// it apart, while schedules may name it. Once a checkpoint is durable, the
// records before it are gone.
//
// # Clients
//
// A request reaches its node when it is invoked, and a reply its client when it
// leaves the node, unless the client has hung up since its last invocation. A
// request to a node that is down is not an open choice: a scheduler that has
// one in flight loses it. That leaves out no behaviour that a client can see
// but the time a request spends on its way, and gives histories in which every
// operation is as short as it can be.
//
// # Time
//
// The scheduler sets the world's time, and each node's clock is a function of
// it. Timers fire when the scheduler says so. A scheduler without time leaves
// it at zero.
//
// # Searching
//
// Clones share what neither has changed. [World.Hash] tells worlds apart as
// their encodings do, in a time that does not depend on their size in a world
// with a [Memo], which also remembers the steps that nodes have taken before;
// and [World.Independent] tells which choices commute. With [Options.Symmetry]
// worlds that differ in an exchange of interchangeable nodes hash the same.
//
// # Limits
//
// A World is used by one goroutine at a time. Clones are independent and share
// unchanged nodes, so a Node's Clone, AppendState and AppendDurable must not
// write to the node.
package world
