// Package cluster runs a protocol's nodes for real: one operating system
// process a node, on loopback, each with a data directory of its own, and
// faults that the kernel and the network make.
//
//	c, err := cluster.Start(ctx, cluster.Config{
//		Command: cluster.Serve("bin/lockstep", "twophase"),
//		Nodes:   twophase.New(3, twophase.Options{}).Nodes(),
//		Dir:     dir,
//	})
//	defer c.Stop(context.Background())
//	err = c.Ready(ctx)
//	err = c.Kill("p1")          // SIGKILL
//	err = c.Cut("p2", "c")      // one way
//	err = c.Restart("p1")
//
// [Run] does this by a seeded plan while clients send requests, and leaves the
// history, the traces and the logs behind.
//
// # Faults
//
// Kill is SIGKILL, Pause and Resume are SIGSTOP and SIGCONT. A killed process
// loses its memory, but not what it has handed to the kernel: an fsync that is
// missing shows in the simulator, not here. Each node reaches each other
// through a TCP fault proxy of its own, so that links are cut, healed and slowed
// one direction at a time. A cut link is a
// black hole: connections stay open, or open anew, and nothing arrives. Healing
// it breaks the connections that have lost bytes. Clients pass through proxies
// too, as the node [Clients]: cutting p1 -> Clients loses the replies of p1.
//
// # No process is left behind
//
// Stop reaps every child by its process id. When the parent dies without it,
// the children's standard input ends, by which [WithParent] stops them; on
// Linux the kernel kills them besides, even when they are paused.
//
// # Limits
//
// The plan of a run follows from its seed. What the nodes do with it does not:
// the kernel schedules them. A run is evidence that can be checked, and not a
// run that can be repeated; the simulator (chaos/sim) is for that.
package cluster
