package verify

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/chaos/cluster"
	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/linearizability"
)

// ClusterConfig says how to run a system as processes.
type ClusterConfig struct {
	Binary   string // the lockstep program
	Dir      string
	Seed     uint64
	Duration time.Duration
	Clients  int        // 0 is 8
	Plan     fault.Plan // empty is ClusterPlan

	// Arm are failpoints that strike; the binary must hold them.
	Arm []cluster.Failpoint
}

// ClusterPlan is what a cluster suffers unless it is told otherwise: every
// fault that can be made from outside a process, and far enough apart for the
// nodes to do some work in between.
func ClusterPlan() (fault.Plan, error) {
	return fault.ReadPlan("plan of a cluster", strings.NewReader(`# lockstep plan 1
plan processes
delay rate=0.1 by=1ms..30ms
hangup rate=0.03
partition every=2s for=50ms..800ms shapes=split,one-way,isolate
crash every=1500ms down=10ms..500ms lose=0 torn=0
restart every=6s
pause every=2500ms for=10ms..400ms
`))
}

// ClusterResult is what a run of processes came to. Its slices are collected
// for validation.
type ClusterResult struct {
	cluster.Result
	History linearizability.Result
	Picture string // of the history
	Slices  refine.Collector

	TraceEvents int
	TraceBytes  int64
}

// RunCluster runs the system as processes under faults, and judges what the
// clients saw.
func RunCluster(ctx context.Context, s System, c ClusterConfig) (*ClusterResult, error) {
	if s.Serve == "" {
		return nil, fmt.Errorf("%s does not run as processes", s.Name)
	}
	if err := os.MkdirAll(c.Dir, 0o777); err != nil {
		return nil, err
	}
	load := s.ClusterLoad
	if load == nil {
		load = s.Workload
	}
	if c.Plan.Name == "" {
		p, err := ClusterPlan()
		if err != nil {
			return nil, err
		}
		c.Plan = p
	}
	if c.Clients == 0 {
		c.Clients = 8
	}
	out := &ClusterResult{}
	var err error
	out.Result, err = cluster.Run(ctx, cluster.RunConfig{
		Config:   cluster.Config{Command: cluster.Serve(c.Binary, s.Serve), Dir: c.Dir, Seed: c.Seed},
		Protocol: s.Protocol(),
		Workload: &clusterWorkload{inner: load(), clients: map[string]*sim.Client{}},
		Model:    s.Model.Name(),
		Clients:  c.Clients,
		Duration: c.Duration,
		Plan:     c.Plan,
		Arm:      c.Arm,
	})
	if err != nil {
		return nil, err
	}
	h, err := linearizability.ReadFile(out.Result.History, s.Model)
	if err != nil {
		return nil, err
	}
	out.History = linearizability.Check(ctx, s.Model, h, linearizability.Options{Timeout: time.Minute})
	picture := out.Result.History[:len(out.Result.History)-len(".ndjson")] + ".html"
	if _, err := linearizability.DrawFile(ctx, picture, s.Model, h, out.History, 0); err == nil {
		out.Picture = picture
	}
	if s.Trace == nil || len(out.Traces) == 0 {
		return out, nil
	}
	header, events, err := trace.ReadFiles(out.Traces...)
	if err != nil {
		return nil, err
	}
	for _, f := range out.Traces {
		if info, err := os.Stat(f); err == nil {
			out.TraceBytes += info.Size()
		}
	}
	out.TraceEvents = len(events)
	slices, err := trace.Slices(header, events)
	if err != nil {
		return nil, err
	}
	for _, x := range slices {
		out.Slices.Add("", x)
	}
	return out, nil
}

// Problems lists what went wrong with the run itself.
func (r *ClusterResult) Problems() error {
	var errs []error
	for _, e := range r.Exits {
		errs = append(errs, fmt.Errorf("%s", e))
	}
	if r.Unsettled > 0 {
		errs = append(errs, fmt.Errorf("%d operations had no answer at the end", r.Unsettled))
	}
	return errors.Join(errs...)
}

// clusterWorkload gives a workload of the simulator to the clients of a
// cluster.
type clusterWorkload struct {
	mu      sync.Mutex
	inner   sim.Workload
	clients map[string]*sim.Client
}

func (w *clusterWorkload) Next(client string, seq uint64, rng *rand.Rand) protocol.Op {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.clients[client]
	if c == nil {
		c = &sim.Client{Name: client, Index: len(w.clients)}
		w.clients[client] = c
	}
	c.Rand, c.Seq = rng, seq-1
	op, _ := w.inner.Next(c)
	c.Op = op
	return op
}

func (w *clusterWorkload) Again(op protocol.Op, attempts int, rng *rand.Rand) protocol.Op {
	w.mu.Lock()
	defer w.mu.Unlock()
	again, ok := w.inner.Retry(&sim.Client{Rand: rng, Op: op, Attempts: attempts})
	if !ok {
		return op
	}
	return again
}
