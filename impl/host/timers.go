package host

import (
	"container/heap"
	"math/rand/v2"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// timers are the armed timers of a node, by the reading of its clock at which
// they fire; those of the same time fire in the order in which they were armed.
type timers struct {
	rng    *rand.Rand
	byName map[string]*timer
	queue  timerQueue
	armed  uint64
}

type timer struct {
	name  string
	at    time.Duration
	order uint64
	index int // in the queue
}

func newTimers(seed uint64) *timers {
	return &timers{rng: rand.New(rand.NewPCG(seed, 1)), byName: map[string]*timer{}}
}

// set arms or cancels a timer as a step at time now asks for.
func (ts *timers) set(now time.Duration, t protocol.Timer) {
	if old := ts.byName[t.Name]; old != nil {
		heap.Remove(&ts.queue, old.index)
		delete(ts.byName, t.Name)
	}
	if t.Cancel {
		return
	}
	after := t.Min
	if t.Max > t.Min {
		after += time.Duration(ts.rng.Int64N(int64(t.Max-t.Min) + 1))
	}
	ts.armed++
	armed := &timer{name: t.Name, at: now + after, order: ts.armed}
	ts.byName[t.Name] = armed
	heap.Push(&ts.queue, armed)
}

// next returns when the next timer fires, if one is armed.
func (ts *timers) next() (at time.Duration, ok bool) {
	if len(ts.queue) == 0 {
		return 0, false
	}
	return ts.queue[0].at, true
}

// fire disarms and names the next timer if its time has come.
func (ts *timers) fire(now time.Duration) (name string, ok bool) {
	if at, ok := ts.next(); !ok || at > now {
		return "", false
	}
	t := heap.Pop(&ts.queue).(*timer)
	delete(ts.byName, t.name)
	return t.name, true
}

type timerQueue []*timer

func (q timerQueue) Len() int { return len(q) }
func (q timerQueue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].order < q[j].order
}
func (q timerQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}
func (q *timerQueue) Push(x any) {
	t := x.(*timer)
	t.index = len(*q)
	*q = append(*q, t)
}
func (q *timerQueue) Pop() any {
	old := *q
	t := old[len(old)-1]
	*q = old[:len(old)-1]
	return t
}
