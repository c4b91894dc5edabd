// Package sim runs a protocol in a closed world (impl/world) under a seeded
// scheduler: virtual time, a network with latencies, disks with fsync times,
// clocks, clients with a workload, and the faults of a plan (chaos/fault).
//
//	result, err := sim.Run(sim.Config{
//		Protocol: p, Seed: 42, Plan: plan, Workload: sim.Resubmit(draw),
//		Clients: 3, OpsPerClient: 10, Invariant: check,
//	})
//
// # One seed, one run
//
// Everything is drawn from the seed, and nothing else decides: two runs of the
// same configuration are the same, byte for byte, and Result.Hash, over all
// that happened, says so. Result.Schedule names each choice that was made, so
// that Replay does the same again without a seed, a plan or clients, and Shrink
// finds the few choices that a violation needs.
//
// # A run
//
// Until all clients have done their operations, or for Config.Duration at most,
// the plan's faults strike. Then all links heal, all nodes restart and go on,
// no fault strikes any more, and the clients that still wait have the time to
// learn the outcomes of what they asked for. The run ends when they have, and
// Config.Settle has passed.
//
// # What is modelled
//
// Each link is first in, first out, with a latency drawn for each message,
// unless a fault says otherwise. An fsync starts when a record is written and
// none is under way, takes a time that is drawn, and makes durable what was
// written before it started (group commit). A message to a node that is down is
// mostly refused; some wait until the node is back. A message on a cut link is
// lost or waits until it heals, with equal chances. Clients reach every node;
// their requests travel, and are lost and duplicated as messages are; replies
// arrive at once (see impl/world), unless the client has hung up.
//
// # Histories
//
// An operation begins, in what History is told, when its request first reaches
// a node, and ends when a reply leaves for the client: the shortest interval in
// which it can have taken effect. Both can be seen in the schedule, so that a
// replay tells the same history as the run. An operation of which no request
// ever reached a node took no effect and is not told.
package sim
