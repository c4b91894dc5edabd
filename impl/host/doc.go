// Package host runs one node of a protocol for real: the state machine of
// [protocol.Node] with TCP between the nodes, the machine's clock, a
// write-ahead log (impl/wal) and a JSON API over HTTP for clients.
//
//	h, err := host.New(host.Config{
//		Protocol: twophase.New(3, twophase.Options{}), ID: "p1",
//		Listen:   "127.0.0.1:7001", HTTP: "127.0.0.1:8001", Dir: "data/p1",
//		Peers:    map[protocol.NodeID]string{"c": "127.0.0.1:7000", "p2": "127.0.0.1:7002", "p3": "127.0.0.1:7003"},
//	})
//	...
//	err = h.Run(ctx) // until ctx is done, or the node cannot go on
//
// # Persist before send
//
// One goroutine steps the node, another syncs the log. What a step puts out is
// held until all records put out so far are durable; then the node is told
// with [protocol.Synced] first, and what was held leaves. All steps that come
// while an fsync is under way share the next one. When the log fails (a full
// disk, a failed fsync), the host stops with that error and nothing held
// leaves: what was acknowledged was durable.
//
// # Between nodes
//
// Each node dials each other one and sends to it on that connection: frames of
// a 4-byte big-endian length and that many bytes. The first frame names the
// protocol, the version of this format and both nodes, and is answered; each
// further one is a message with its id and its sender's vector clock. An
// oversized or malformed frame closes its connection and nothing else. The
// queue to each peer is bounded and drops its oldest messages when it is full;
// a message may also be lost with its connection. Nothing is authenticated:
// the ports are for a network whose hosts trust each other, and an address
// that is not a loopback address is refused unless [Config.AllowRemote] is set.
//
// # For clients
//
//	POST   /v1/requests           {"client":"c1","seq":1,"op":...}, answered by
//	                              200 {"client":"c1","seq":1,"result":...}
//	GET    /v1/status             a Status
//	GET    /v1/failpoints         {"name": how often it was evaluated, ...}
//	PUT    /v1/failpoints/{name}  the terms as the body
//	DELETE /v1/failpoints/{name}
//
// Any other answer is {"error":"...","outcome":"..."}. The outcome is "unknown"
// when the operation may have taken effect or may still do so (504 when no
// reply came in time, 503 when the node stopped meanwhile), and "not executed"
// when it certainly did not and will not (400, 413, 503 before the node was
// given it). Failpoints answer 501 in a build that holds none.
//
// # Observers
//
// The observer is told of a step before the step's records are written and
// before anything leaves in its wake, so that a trace holds the step behind
// every record that a restart may find and behind every message that anyone
// may have received, also when the process is killed. Vector clocks go with
// the messages. A node's own entry grows over all its incarnations: the file
// node.json in its directory holds a bound that no step so far has exceeded,
// reserved a million steps ahead, and a restart goes on from that bound. So an
// entry can skip numbers at a restart, but never repeats or falls. The entries
// of other nodes are rebuilt from the messages that come: across a restart,
// that the node's own steps follow each other is what orders them.
package host
