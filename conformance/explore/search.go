package explore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lockstep-go/lockstep/impl/world"
)

// search is one exploration: breadth first, a level at a time.
type search struct {
	cfg   *Config
	root  *world.World
	pasts *pasts
	prune bool

	seen     *visited
	arrivals []arrival // by number of the state, from 1 on; the initial one is 0
	frontier []*state
	depth    int
	workers  []*worker

	bad       *violated // the least
	stopped   string
	undecided string // why some history has no verdict
	reported  time.Time
}

// state is a state whose choices are to be looked at.
type state struct {
	number int
	w      *world.World
	past   *past
	memory uint32            // of the checker of steps
	sleep  []world.Footprint // choices that need not be looked at
}

// violated is a transition with which something went wrong.
type violated struct {
	at    arrival
	check string
	into  *found // the state in which it is wrong, if it is one: its least arrival counts
	root  bool   // it is wrong from the start
}

func (v *violated) arrival() arrival {
	if v.into != nil {
		return v.into.key
	}
	return v.at
}

// memoSteps bounds the steps that each worker remembers.
const memoSteps = 1 << 20

func newSearch(cfg *Config) (*search, error) {
	w, err := cfg.newWorld()
	if err != nil {
		return nil, err
	}
	s := &search{cfg: cfg, root: w, seen: newVisited(), arrivals: []arrival{0}, reported: time.Now()}
	// Sleep sets need every state that commuting choices pass through; a bound
	// on states may cut one of two orders. With symmetry the names of choices
	// would change on the way. And a world that checks the contract has no
	// hashes at hand.
	s.prune = !cfg.Full && !cfg.Symmetry && !cfg.CheckContract && cfg.Bounds.InFlight == 0 && cfg.Bounds.Log == 0 &&
		(cfg.Steps == nil || cfg.LocalSteps)
	if cfg.Model != nil {
		s.pasts = newPasts(cfg.Model, cfg.Clients)
	}
	for range cfg.Workers {
		k := &worker{search: s, memo: world.NewMemo(memoSteps), next: new(world.World)}
		if cfg.Steps != nil {
			if k.steps, err = cfg.Steps(); err != nil {
				return nil, err
			}
			k.tracker, _ = k.steps.(StepTracker)
		}
		s.workers = append(s.workers, k)
	}
	return s, nil
}

// batch is the number of states between two looks at the limits. It is fixed,
// so that a limit on states cuts at the same place for any number of workers.
const batch = 4096

func (s *search) run(ctx context.Context) error {
	s.root.Remember(s.workers[0].memo)
	first := &state{w: s.root}
	if s.pasts != nil {
		first.past = s.pasts.first()
	}
	if t := s.workers[0].tracker; t != nil {
		var err error
		switch first.memory, err = t.Start(s.root); {
		case errors.Is(err, ErrUndecided):
			s.stopped = err.Error()
			return nil
		case err != nil:
			s.bad = &violated{check: CheckStep, root: true}
			return nil
		}
	}
	s.seen.meet(s.hash(s.root, first.past, first.memory), func(*found, bool) {})
	s.seen.take()
	if s.cfg.Invariant != nil && s.cfg.Invariant(s.root) != nil {
		s.bad = &violated{check: CheckInvariant, root: true}
		return nil
	}
	if s.workers[0].expandable(s.root) {
		s.frontier = []*state{first}
	}
	for len(s.frontier) > 0 {
		if s.cfg.Bounds.Depth > 0 && s.depth >= s.cfg.Bounds.Depth {
			s.workers[0].cut[cutDepth] += len(s.frontier)
			s.workers[0].cutStates += len(s.frontier)
			s.frontier = nil
			return nil
		}
		for from := 0; from < len(s.frontier); from += batch {
			if s.stopped = s.limit(ctx); s.stopped != "" {
				s.frontier = s.frontier[from:]
				return nil
			}
			to := min(from+batch, len(s.frontier))
			if err := s.expand(ctx, s.frontier[from:to]); err != nil {
				return err
			}
			for _, k := range s.workers {
				if k.cannotTell != "" && (s.stopped == "" || k.cannotTell < s.stopped) {
					s.stopped = k.cannotTell
				}
			}
			if s.bad != nil || s.stopped != "" {
				return nil
			}
			s.report(to, false)
		}
		s.advance()
	}
	return nil
}

// expand looks at the choices of some states, and finds the least violation.
func (s *search) expand(ctx context.Context, states []*state) error {
	var next atomic.Int64
	var least atomic.Int64 // the number of the least state with a violation so far
	least.Store(int64(len(s.arrivals)))
	var wg sync.WaitGroup
	errs := make([]error, len(s.workers))
	const chunk = 32
	for i, k := range s.workers[:min(len(s.workers), len(states)/chunk+1)] {
		wg.Go(func() {
			for errs[i] == nil {
				to := int(next.Add(chunk))
				from := to - chunk
				if from >= len(states) {
					return
				}
				for j, x := range states[from:min(to, len(states))] {
					if int64(x.number) > least.Load() {
						continue
					}
					bad, err := k.expand(ctx, x)
					if err != nil {
						errs[i] = err
						return
					}
					if bad {
						for n := least.Load(); int64(x.number) < n && !least.CompareAndSwap(n, int64(x.number)); n = least.Load() {
						}
					}
					states[from+j] = nil // its world may go
				}
			}
		})
	}
	wg.Wait()
	for _, k := range s.workers {
		for _, b := range k.bad {
			if s.bad == nil || b.arrival() < s.bad.arrival() || b.arrival() == s.bad.arrival() && rank(b.check) < rank(s.bad.check) {
				s.bad = &b
			}
		}
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// rank orders the checks of one transition.
func rank(check string) int {
	return slices.Index([]string{CheckContract, CheckStep, CheckInvariant, CheckHistory}, check)
}

// advance makes the states that were found the next level, in the order of
// their least arrivals.
func (s *search) advance() {
	level := s.seen.take()
	byKey := func(a, b *found) int { return cmp.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(level, byKey) {
		slices.SortFunc(level, byKey)
	}
	s.frontier = s.frontier[:0]
	for _, f := range level {
		if f.w != nil {
			s.frontier = append(s.frontier, &state{number: len(s.arrivals), w: f.w, past: f.past, memory: f.memory, sleep: f.sleep})
		}
		s.arrivals = append(s.arrivals, f.key)
	}
	if len(level) > 0 {
		s.depth++
	}
	s.report(0, true)
}

// hash tells states apart: by the world, by what the clients have seen, if that
// is judged, and by what the checker of steps remembers.
func (s *search) hash(w *world.World, p *past, memory uint32) world.Hash {
	h := w.Hash()
	if p != nil {
		h = h.Plus(p.hash)
	}
	if memory != 0 {
		h = h.Plus(world.Hash{uint64(memory) * 0x9fb21c651e98df25, uint64(memory) * 0xa0761d6478bd642f})
	}
	return h
}

// limit says which limit is reached, if one is.
func (s *search) limit(ctx context.Context) string {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx).Error()
	}
	if n := s.seen.states(); n >= s.cfg.StatesMax {
		return fmt.Sprintf("limit of %d states reached", s.cfg.StatesMax)
	}
	if heap() > uint64(s.cfg.MemoryMax) {
		runtime.GC()
		if h := heap(); h > uint64(s.cfg.MemoryMax) {
			return fmt.Sprintf("limit of %d bytes of memory reached", s.cfg.MemoryMax)
		}
	}
	return ""
}

func heap() uint64 {
	m := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(m)
	return m[0].Value.Uint64()
}

func (s *search) report(done int, always bool) {
	if s.cfg.Progress == nil || !always && time.Since(s.reported) < time.Second {
		return
	}
	s.reported = time.Now()
	p := Progress{Depth: s.depth, States: s.seen.states(), Frontier: len(s.frontier), Done: done}
	for _, k := range s.workers {
		p.Transitions += k.transitions
	}
	s.cfg.Progress(p)
}

func (s *search) result() *Result {
	r := &Result{Verdict: OK, Bounds: s.bounds()}
	r.States, r.Depth, r.Heap, r.Renamings = s.seen.states(), s.depth, heap(), s.root.Renamings()
	undecided := ""
	for _, k := range s.workers {
		r.Transitions += k.transitions
		r.Pruned += k.pruned
		r.Terminal += k.terminal
		r.CutStates += k.cutStates
		taken, _ := k.memo.Stats()
		r.StepsTaken += taken
		if k.undecided != "" && (undecided == "" || k.undecided < undecided) {
			undecided = k.undecided
		}
	}
	if s.pasts != nil {
		p := s.pasts.sum
		r.Histories, r.HistoriesComplete, r.HistoriesJudged, r.HistoriesEmpty = p.all, p.complete, p.judged, p.empty
	}
	switch {
	case s.stopped != "":
		r.Verdict = Unknown
		for _, x := range s.frontier {
			if x != nil {
				r.Unexplored++
			}
		}
		r.Unexplored += r.States - len(s.arrivals)
		r.Reason = fmt.Sprintf("%s at depth %d: of %d states found, the choices of %d were not looked at", s.stopped, s.depth, r.States, r.Unexplored)
	case undecided != "":
		r.Verdict, r.Reason = Unknown, "a history has no verdict: "+undecided
	case r.Transitions == 0:
		r.Verdict, r.Reason = Unknown, "nothing can happen in this world"
	case s.pasts != nil && r.HistoriesJudged == r.HistoriesEmpty && s.cfg.Invariant == nil && s.cfg.Steps == nil:
		r.Verdict, r.Reason = Unknown, "nothing to check: no client was ever answered anything that constrains a history"
	}
	return r
}

// The bounds on states, after those of the world.
const (
	cutInFlight = iota
	cutLog
	cutDepth
	cuts
)

func (s *search) bounds() []BoundUse {
	b := s.cfg.Bounds
	limits := [...]int{b.Timeouts, b.PartialSyncs, b.Retries, b.Drops, b.Duplicates, b.Crashes, b.Hangups, b.Cuts, b.Copies}
	var list []BoundUse
	for k, name := range world.BoundNames {
		u := BoundUse{Name: name, Limit: limits[k]}
		if name == "copies" && u.Limit <= 0 {
			u.Limit = world.Unlimited
		}
		for _, w := range s.workers {
			u.States += w.met[k]
		}
		list = append(list, u)
	}
	for k, u := range [cuts]BoundUse{{Name: "in flight", Limit: b.InFlight}, {Name: "log", Limit: b.Log}, {Name: "depth", Limit: b.Depth}} {
		if u.Limit == 0 {
			u.Limit = world.Unlimited
		}
		for _, w := range s.workers {
			u.States += w.cut[k]
		}
		list = append(list, u)
	}
	return list
}
