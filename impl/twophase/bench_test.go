package twophase

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// BenchmarkTransaction takes one transaction that reads and writes at each
// shard from the request to the end record through the state machines alone:
// no wire, no disk, each fsync done at once.
func BenchmarkTransaction(b *testing.B) {
	for _, shards := range []int{1, 3} {
		b.Run(strconv.Itoa(shards)+"-shards", func(b *testing.B) {
			c := New(shards, Options{CheckpointEvery: -1})
			nodes := map[protocol.NodeID]protocol.Node{}
			put := map[protocol.NodeID]uint64{}
			records := 0
			var queue []protocol.Message
			var step func(id protocol.NodeID, in protocol.Input)
			replies := 0
			step = func(id protocol.NodeID, in protocol.Input) {
				out := nodes[id].Step(0, in)
				queue = append(queue, out.Messages...)
				replies += len(out.Replies)
				if n := len(out.Records); n > 0 {
					records += n
					put[id] += uint64(n)
					step(id, protocol.Synced{Records: put[id]})
				}
			}
			for _, id := range c.Nodes() {
				n, err := c.NewNode(id)
				require.NoError(b, err)
				nodes[id] = n
				step(id, protocol.Start{})
			}
			op := Op{Write: map[string]string{}}
			for i := 0; len(op.Write) < shards; i++ {
				if k := strconv.Itoa(i); c.Shard(k) == len(op.Write) {
					op.Read, op.Write[k] = append(op.Read, k), "v"
				}
			}
			b.ReportAllocs()
			records = 0
			runs, steps := 0, 0
			for b.Loop() {
				runs++
				step(Coordinator, protocol.Request{ID: protocol.RequestID{Client: "k", Seq: uint64(runs)}, Op: op})
				for ; len(queue) > 0; steps++ {
					m := queue[0]
					queue = queue[1:]
					step(m.To, protocol.Receive{Message: m})
				}
				if runs%1000 == 0 { // as a checkpoint does
					for _, n := range nodes {
						switch n := n.(type) {
						case *coordinator:
							n.ended = nil
						case *participant:
							n.decided = nil
						}
					}
				}
			}
			require.Equal(b, runs, replies)
			b.ReportMetric(float64(steps)/float64(runs), "messages/op")
			b.ReportMetric(float64(records)/float64(runs), "records/op")
		})
	}
}
