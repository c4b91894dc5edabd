package sim

import (
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// what says what an event is.
type what uint8

const (
	arrive   what = iota // a copy of message number arrives at node
	fire                 // timer name of node fires
	synced               // node's fsync of the first number records is done
	think                // client goes on to its next operation
	request              // client's request seq arrives at node
	giveUp               // client's attempt at seq has had no answer
	retry                // client sends seq again, since it was told to
	hangUp               // client loses the connection of its attempt at seq
	strike               // fault entry number strikes
	heal                 // what fault entry number cut heals
	bringUp              // node restarts
	resume               // node goes on after a pause
	coolDown             // a crash that still waits for its moment is called off
)

// event is something that is going to happen. Which fields count depends on
// what it is.
type event struct {
	at    time.Duration
	order uint64 // of events at one time: that in which they were planned
	what  what

	node        int
	from        int
	incarnation uint64 // of the node, or of whatever the event is stale without
	number      uint64
	name        string

	client  int
	seq     uint64
	attempt int
	op      protocol.Op
}

func (e *event) before(f *event) bool {
	return e.at < f.at || e.at == f.at && e.order < f.order
}

// queue is a heap of events, the earliest first. Events stay where they are and
// the heap orders indices, since events are large.
type queue struct {
	events []event
	free   []int32
	heap   []int32
	order  uint64
}

func (q *queue) len() int { return len(q.heap) }

func (q *queue) push(e event) {
	q.order++
	e.order = q.order
	var i int32
	if n := len(q.free); n > 0 {
		i, q.free = q.free[n-1], q.free[:n-1]
		q.events[i] = e
	} else {
		i = int32(len(q.events))
		q.events = append(q.events, e)
	}
	at := len(q.heap)
	q.heap = append(q.heap, i)
	for at > 0 {
		up := (at - 1) / 2
		if !q.events[i].before(&q.events[q.heap[up]]) {
			break
		}
		q.heap[at] = q.heap[up]
		at = up
	}
	q.heap[at] = i
}

func (q *queue) pop() event {
	top := q.heap[0]
	n := len(q.heap) - 1
	i := q.heap[n]
	q.heap = q.heap[:n]
	if n > 0 {
		at := 0
		for {
			down := 2*at + 1
			if down >= n {
				break
			}
			if down+1 < n && q.events[q.heap[down+1]].before(&q.events[q.heap[down]]) {
				down++
			}
			if !q.events[q.heap[down]].before(&q.events[i]) {
				break
			}
			q.heap[at] = q.heap[down]
			at = down
		}
		q.heap[at] = i
	}
	e := q.events[top]
	q.events[top] = event{} // let go of what it refers to
	q.free = append(q.free, top)
	return e
}
