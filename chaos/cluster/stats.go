package cluster

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"
)

// Stats are the figures of a run.
type Stats struct {
	// Operations by outcome: what the result's field "outcome" says, "returned"
	// for a result that has none, "unknown" for those never answered.
	Operations map[string]int `json:"operations"`
	Retries    int            `json:"retries"` // attempts beyond an operation's first
	Faults     map[string]int `json:"faults"`  // by the names of package fault, and "failpoint"

	// Throughput is the operations answered, per second of the run's duration,
	// and latency is from the first attempt to the answer, faults included.
	Throughput float64 `json:"throughput_per_s"`
	Latency    Latency `json:"latency"`
}

// Latency is how long operations took, in nanoseconds as JSON.
type Latency struct {
	P50 time.Duration `json:"p50_ns"`
	P90 time.Duration `json:"p90_ns"`
	P99 time.Duration `json:"p99_ns"`
	Max time.Duration `json:"max_ns"`
}

// counts are a run's figures while it goes on.
type counts struct {
	mu         sync.Mutex
	operations map[string]int
	faults     map[string]int
	retries    int
	latencies  []time.Duration
}

func newCounts() *counts {
	return &counts{operations: map[string]int{}, faults: map[string]int{}}
}

func (c *counts) returned(result json.RawMessage, took time.Duration) {
	var r struct{ Outcome string }
	if json.Unmarshal(result, &r) != nil || r.Outcome == "" {
		r.Outcome = "returned"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.operations[r.Outcome]++
	c.latencies = append(c.latencies, took)
}

func (c *counts) unknown() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.operations["unknown"]++
}

func (c *counts) retried() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.retries++
}

func (c *counts) fault(kind string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults[kind]++
}

func (c *counts) stats(duration time.Duration) Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := Stats{Operations: maps.Clone(c.operations), Faults: maps.Clone(c.faults), Retries: c.retries}
	s.Throughput = float64(len(c.latencies)) / duration.Seconds()
	if n := len(c.latencies); n > 0 {
		sorted := slices.Sorted(slices.Values(c.latencies))
		// The nearest rank: the least that so many percent do not exceed.
		rank := func(percent int) time.Duration { return sorted[(n*percent+99)/100-1] }
		s.Latency = Latency{P50: rank(50), P90: rank(90), P99: rank(99), Max: sorted[n-1]}
	}
	return s
}
