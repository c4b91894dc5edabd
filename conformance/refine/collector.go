package refine

import (
	"crypto/sha256"
	"fmt"
	"sync"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

// Collector keeps the distinct slices of many runs: those that differ in a
// constant, an action, an argument or a value. Transactions mostly go the same
// few ways, so there are far fewer of them than slices. It is safe for
// concurrent use.
type Collector struct {
	mu     sync.Mutex
	seen   map[[sha256.Size]byte]bool
	slices []trace.Slice
	total  int
	events int
}

// Add takes a slice. source says where it comes from, for reports.
func (c *Collector) Add(source string, s trace.Slice) {
	h := sha256.New()
	constants, err := constantLines(Spec{}, s.Constants)
	fmt.Fprintf(h, "%s%v", constants, err)
	for _, e := range s.Events {
		t, err := words(nil).eventText(e)
		if err != nil {
			t = fmt.Sprint(e, err) // rejected later, for that reason
		}
		fmt.Fprintln(h, t)
	}
	var k [sha256.Size]byte
	h.Sum(k[:0])
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total++
	c.events += len(s.Events)
	if c.seen == nil {
		c.seen = map[[sha256.Size]byte]bool{}
	}
	if !c.seen[k] {
		c.seen[k] = true
		if source != "" {
			s.Name = source + " " + s.Name
		}
		c.slices = append(c.slices, s)
	}
}

// Distinct returns the slices, in the order in which they were first seen.
func (c *Collector) Distinct() []trace.Slice {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.slices
}

// Total returns how many slices and events were added.
func (c *Collector) Total() (slices, events int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total, c.events
}
