package cluster

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/linearizability"
)

// RunConfig says what a run does.
type RunConfig struct {
	Config // its Nodes may be left out: they are the protocol's

	Protocol protocol.Protocol
	Workload Workload
	Model    string // of the history, a model of package linearizability

	Clients  int           // how many; 4 when it is 0
	Duration time.Duration // for how long requests begin and faults strike
	Plan     fault.Plan    // the faults; see Faults for those that it may hold

	// Failpoints of the plan are armed one at a time; those of Config are
	// armed at every start.
	Arm []Failpoint

	RequestTimeout time.Duration // after which a client asks again; 1 s when it is 0

	// Settle is how long, after Duration, nodes may take to be back and
	// clients to learn what became of their last requests; 15 s when it is 0.
	Settle time.Duration
}

// Result is what a run left behind.
type Result struct {
	Stats   Stats
	History string   // the clients' history, a file in Dir
	Plan    string   // the plan and what it came to, a file in Dir
	Traces  []string // one file a node, in the nodes' order; a node that wrote none has none
	Logs    []string // what the nodes wrote to their standard output and error

	// Exits are the processes that ended on their own, other than by a
	// failpoint's panic; Unsettled is how many operations still had no answer
	// at the end. A run in which there are any has not gone well.
	Exits     []Exit
	Unsettled int

	// Hits counts, for each failpoint that the program declares, its
	// evaluations in all processes, up to a moment before they ended; nil when
	// the program holds none.
	Hits map[string]uint64
}

// Faults lists the kinds of faults that a run's plan may hold. The others
// (loss of single messages, duplication, reordering, slow fsyncs) cannot be
// made from outside of processes that talk TCP.
func Faults() []fault.Kind {
	return []fault.Kind{fault.KindDelay, fault.KindHangup, fault.KindPartition, fault.KindCrash, fault.KindRestart, fault.KindPause}
}

// run is a run that goes on.
type run struct {
	config   RunConfig
	cluster  *Cluster
	recorder *linearizability.Recorder
	http     *http.Client
	hangup   *fault.Hangup
	stats    *counts
	origin   time.Time
	hits     map[string]uint64 // nil: the program holds no failpoints
}

// now is the time of the history, in nanoseconds.
func (r *run) now() int64 { return time.Since(r.origin).Nanoseconds() }

// over says that no request is to begin and no fault to strike any more.
func (r *run) over() bool { return time.Since(r.origin) >= r.config.Duration }

// Run starts a cluster, lets clients work on it while the plan's faults strike,
// then makes everything whole again, waits until the clients know what became
// of their requests, and stops the nodes. The seed decides the faults, their
// order and their times, and what the clients ask for.
//
// The error is about the run itself: it could not be set up, ctx ended, a
// request of the workload was refused. What went wrong with the nodes is in the
// Result. All processes are gone when Run returns.
func Run(ctx context.Context, config RunConfig) (result Result, err error) {
	r, strikes, err := newRun(config)
	if err != nil {
		return Result{}, err
	}
	config = r.config
	result.Plan = filepath.Join(config.Dir, "plan.txt")
	if err := writePlan(result.Plan, config, strikes); err != nil {
		return Result{}, err
	}
	result.History = filepath.Join(config.Dir, "clients.history.ndjson")
	file, err := os.Create(result.History)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	header := linearizability.Header{Model: config.Model, Seed: config.Seed, System: config.Protocol.Name(),
		Meta: map[string]string{"plan": config.Plan.Name, "duration": config.Duration.String()}}
	writer, err := linearizability.NewWriter(file, header)
	if err != nil {
		return Result{}, err
	}
	r.recorder = linearizability.NewRecorder(header, writer)

	if r.cluster, err = Start(ctx, config.Config); err != nil {
		return Result{}, err
	}
	stop := func() error { return r.cluster.Stop(context.WithoutCancel(ctx)) }
	defer func() { _ = stop() }()
	ready, cancel := context.WithTimeout(ctx, config.Settle)
	err = r.cluster.Ready(ready)
	cancel()
	if err != nil {
		return Result{}, err
	}

	if err := r.countable(ctx); err != nil {
		return Result{}, err
	}
	r.origin = time.Now()
	settle, cancel := context.WithTimeout(ctx, config.Duration+config.Settle)
	defer cancel()
	var clients sync.WaitGroup
	failed := make(chan error, config.Clients)
	for i := range config.Clients {
		clients.Go(func() {
			if err := newClient(r, i).work(settle); err != nil {
				failed <- err
				cancel() // nothing is learned from the rest
			}
		})
	}
	defer r.http.CloseIdleConnections()
	err = r.strike(settle, strikes)
	if err == nil {
		err = r.mend(settle)
	}
	if err != nil {
		cancel()
	}
	clients.Wait()
	close(failed)
	for e := range failed {
		err = e // one client's is enough, and the others were cut short by it
	}
	for _, id := range config.Nodes {
		r.count(ctx, id)
	}
	result.Hits = r.hits
	stopErr := stop()
	if err = errors.Join(err, ctx.Err(), r.recorder.Err()); err != nil {
		return Result{}, err
	}

	result.Stats = r.stats.stats(config.Duration)
	result.Unsettled = result.Stats.Operations["unknown"]
	result.Exits = r.cluster.Exits()
	for _, id := range config.Nodes {
		if _, err := os.Stat(config.tracePath(id)); err == nil {
			result.Traces = append(result.Traces, config.tracePath(id))
		}
		result.Logs = append(result.Logs, config.logPath(id, "stdout"), config.logPath(id, "stderr"))
	}
	return result, stopErr
}

func newRun(config RunConfig) (*run, []strike, error) {
	switch {
	case config.Protocol == nil || config.Workload == nil:
		return nil, nil, errors.New("cluster: a run needs a Protocol and a Workload")
	case config.Duration <= 0:
		return nil, nil, fmt.Errorf("cluster: expected a Duration above 0, found %v", config.Duration)
	}
	if config.Nodes == nil {
		config.Nodes = config.Protocol.Nodes()
	}
	if config.Clients == 0 {
		config.Clients = 4
	}
	if config.RequestTimeout == 0 {
		config.RequestTimeout = time.Second
	}
	if config.Settle == 0 {
		config.Settle = 15 * time.Second
	}
	if err := config.check(); err != nil {
		return nil, nil, err
	}
	strikes, err := timeline(config.Plan, config.Arm, config.Nodes, config.Duration, config.Seed)
	if err != nil {
		return nil, nil, fmt.Errorf("cluster: %w", err)
	}
	return &run{
		config: config,
		http:   &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: config.Clients}},
		hangup: hangupRate(config.Plan),
		stats:  newCounts(),
	}, strikes, nil
}

// writePlan writes what a run is going to do: enough to do the same again.
func writePlan(path string, config RunConfig, strikes []strike) error {
	var b bytes.Buffer
	b.WriteString(config.Plan.String())
	fmt.Fprintf(&b, "\n# seed %d, duration %v, %d clients; it comes to:\n", config.Seed, config.Duration, config.Clients)
	for _, s := range strikes {
		fmt.Fprintf(&b, "# %v\n", s)
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// change is the begin or the end of a strike.
type change struct {
	at    time.Duration
	begin bool
	strike
}

// strike makes the faults, each at its time, and returns when the run is over.
func (r *run) strike(ctx context.Context, strikes []strike) error {
	var changes []change
	for _, s := range strikes {
		changes = append(changes, change{s.At, true, s}, change{s.Until, false, s})
	}
	// An end comes before a beginning at the same time, but after its own.
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	for _, ch := range append(changes, change{at: r.config.Duration}) {
		wait := time.NewTimer(time.Until(r.origin.Add(min(ch.at, r.config.Duration))))
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		}
		if r.over() {
			return nil // mend ends what still holds
		}
		if err := r.apply(ctx, ch); err != nil {
			return err
		}
	}
	return nil
}

// apply begins or ends one fault. A node that has ended on its own meanwhile
// cannot be killed or paused; it is started again when the fault ends.
func (r *run) apply(ctx context.Context, ch change) error {
	verb := map[bool]string{true: "begin", false: "end"}[ch.begin]
	err := error(nil)
	switch ch.Fault {
	case "crash":
		if ch.begin {
			r.count(ctx, ch.Node)
			err = r.cluster.Kill(ch.Node)
		} else {
			err = r.cluster.Restart(ch.Node)
		}
	case "restart":
		if !ch.begin {
			return nil
		}
		r.count(ctx, ch.Node)
		verb, err = "do", r.cluster.Restart(ch.Node)
	case "pause":
		if ch.begin {
			err = r.cluster.Pause(ch.Node)
		} else if err = r.cluster.Resume(ch.Node); errors.Is(err, ErrDown) {
			err = r.cluster.Restart(ch.Node)
		}
	case "partition":
		for _, l := range ch.Links {
			if ch.begin {
				err = errors.Join(err, r.cluster.Cut(l.From, l.To))
			} else {
				err = errors.Join(err, r.cluster.Heal(l.From, l.To))
			}
		}
	case "delay":
		by := ch.By
		if !ch.begin {
			by = 0
		}
		err = r.cluster.Slow(ch.Links[0].From, ch.Links[0].To, by)
	case "failpoint":
		err = r.failpoint(ctx, ch)
	}
	switch {
	case errors.Is(err, ErrDown):
		return nil
	case err != nil:
		return err
	}
	if ch.begin {
		r.stats.fault(ch.Fault)
	}
	r.recorder.Fault(string(ch.Node), verb+" "+ch.strike.what(), r.now())
	return nil
}

// failpoint arms or disarms a failpoint. A node that does not answer, since it
// is starting or about to end, is not struck; one that the failpoint has ended
// is started again.
func (r *run) failpoint(ctx context.Context, ch change) error {
	if ch.begin {
		err := r.cluster.Enable(ctx, ch.Node, ch.Failpoint.Name, ch.Failpoint.Terms)
		var answer *host.RequestError
		if errors.As(err, &answer) && answer.Status == 0 && ctx.Err() == nil {
			return ErrDown
		}
		return err
	}
	if r.cluster.Disable(ctx, ch.Node, ch.Failpoint.Name) == nil {
		return nil
	}
	if r.cluster.ended(ch.Node, 100*time.Millisecond) {
		return r.cluster.Restart(ch.Node)
	}
	return ctx.Err()
}

// what is the strike without its times.
func (s strike) what() string {
	s.At, s.Until = 0, 0
	return strings.TrimPrefix(s.String(), "0s ")
}

// mend ends every fault that still holds, and waits until the nodes answer.
func (r *run) mend(ctx context.Context) error {
	for _, id := range r.config.Nodes {
		if r.cluster.Running(id) {
			_ = r.cluster.Resume(id)
			for _, f := range r.config.Arm {
				_ = r.cluster.Disable(ctx, id, f.Name)
			}
		}
	}
	if err := r.cluster.HealAll(); err != nil {
		return err
	}
	for _, id := range r.config.Nodes {
		if !r.cluster.Running(id) {
			if err := r.cluster.Restart(id); err != nil {
				return err
			}
		}
	}
	r.recorder.Fault("", "all faults end", r.now())
	// A node that does not come back is among the exits, or leaves operations
	// unsettled: the result says so.
	_ = r.cluster.Ready(ctx)
	return nil
}

// countable finds out whether the nodes' program holds failpoints, and refuses
// to arm what it does not declare.
func (r *run) countable(ctx context.Context) error {
	hits, err := r.cluster.Hits(ctx, r.config.Nodes[0])
	if err != nil && (len(r.config.Arm) > 0 || len(r.config.Failpoints) > 0) {
		return err
	}
	if len(hits) > 0 {
		r.hits = map[string]uint64{}
	}
	names := slices.Collect(maps.Keys(r.config.Failpoints))
	for _, f := range r.config.Arm {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, ok := hits[name]; !ok {
			return fmt.Errorf("cluster: the nodes' program declares no failpoint %q, expected one of: %s",
				name, strings.Join(slices.Sorted(maps.Keys(hits)), ", "))
		}
	}
	return nil
}

// count adds up a node's failpoints, as far as it says.
func (r *run) count(ctx context.Context, id protocol.NodeID) {
	if r.hits == nil || !r.cluster.Running(id) {
		return
	}
	hits, err := r.cluster.Hits(ctx, id)
	if err != nil {
		return
	}
	for name, n := range hits {
		r.hits[name] += n
	}
}
