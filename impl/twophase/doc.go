// Package twophase is two-phase commit with presumed abort over a sharded
// key-value store: the Go code of the specification in specs/twophase.
//
// One coordinator, "c", takes transactions from clients. The participants,
// "p1" to "pN", each hold the keys that hash to them. A transaction is a
// minitransaction in the sense of Sinfonia (Aguilera et al., SOSP 2007): keys
// to compare, keys to read and keys to write, at any of the shards. If every
// comparison holds, the reads see the values from before and all the writes
// are applied, as one atomic step; otherwise nothing happens.
//
// # The protocol
//
// The coordinator sends each shard its part in Prepare. A participant takes
// all the locks (shared for comparisons and reads, exclusive for writes) or
// refuses: no-wait, so that there are no deadlocks. It compares, reads, makes
// its prepare record durable, locks included, and votes. All locks are kept
// until the outcome is known (strict two-phase locking), read locks too: a
// participant that let its read locks go when it voted would let another
// transaction in between, since the other shards take their locks at a
// different time.
//
// The coordinator writes a commit record when all have voted yes, and nothing
// at all towards the participants otherwise: what it does not know has been
// aborted (presumed abort; Mohan, Lindsay and Obermarck, TODS 1986). A
// participant in doubt asks.
//
// # Clients
//
// A request carries the client's name and a number. A request that is sent
// again is not executed again: it gets the outcome of the first time. A client
// that has lost its connection asks for the outcome of its last request by the
// same id ([Op.Outcome]); if the request never arrived, the answer is that it
// is aborted, and a record makes sure that it stays so when it arrives later.
// The coordinator keeps one outcome per client: that of its last request.
//
// # Names of transactions
//
// The coordinator names a transaction by its epoch, which grows with each of
// its restarts, and a counter. A transaction of an earlier epoch that has no
// commit record has been aborted. Each Prepare tells the oldest transaction
// that is still collecting votes; a participant ignores a Prepare for an older
// one that it does not know, which lets it forget transactions that have ended.
package twophase
