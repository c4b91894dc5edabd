package explore

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// Config says what to explore. Protocol must be set, and something to check:
// an invariant, steps or a model.
type Config struct {
	Protocol protocol.Protocol
	Clients  []world.Client // and what they do: finitely much
	Bounds   Bounds

	// Invariant is checked in every state. It may not depend on the numbers of
	// messages.
	Invariant func(world.View) error

	// Steps returns a checker of every transition, for each worker its own: see
	// Refining.
	Steps func() (StepChecker, error)

	// LocalSteps says that whether a step passes the checker depends on
	// nothing but the node that takes it and what it is given. Then those
	// transitions need not be checked again that commute with what came since:
	// see the package's documentation.
	LocalSteps bool

	// Model judges what the clients saw; nil: nobody does. Final says whether
	// a result answers the request; nil: all do.
	Model linearizability.Model
	Final func(result any) bool

	// Full takes every transition, also those that only change the order of
	// independent choices.
	Full bool

	// Symmetry visits one of the states that differ in an exchange of
	// interchangeable nodes. The protocol must be a protocol.Symmetric, and
	// invariant, steps and results must not tell those nodes apart.
	Symmetry bool

	// CheckContract holds every step against the contract of impl/protocol, at
	// a hundred times the cost.
	CheckContract bool

	// The limits: what they cut off is unknown.
	StatesMax int           // 0 is 100 million
	MemoryMax int64         // bytes of heap; 0 is 4 GiB
	Timeout   time.Duration // 0 is none

	Workers  int            // 0 is as many as there are CPUs; the result is the same for any number
	Progress func(Progress) // called about once a second, and after each level
}

// Bounds make the world finite: they are part of the question that an
// exploration answers. A zero bound of world.Bounds is never; one of the others
// is none.
type Bounds struct {
	world.Bounds

	// No choices are looked at in states with more than so many messages in
	// flight, with a longer log at some node, or after so many choices.
	InFlight, Log, Depth int
}

// Verdict is ok, violated or unknown.
type Verdict string

const (
	OK       Verdict = "ok"       // within the bounds
	Violated Verdict = "violated" // and Violation says what
	Unknown  Verdict = "unknown"  // and Reason says why
)

// Result is what an exploration came to. It depends on the configuration alone,
// for any number of workers, but for what Stats says of time and memory, for
// where a limit of memory or time cut, and for what is counted of the level in
// which a violation was found.
type Result struct {
	Verdict   Verdict
	Reason    string // unless the verdict is ok
	Violation *Violation
	Stats

	// Bounds lists all bounds and how often each was met: never says that the
	// world does no more than what was explored.
	Bounds []BoundUse
}

// BoundUse is a bound and in how many states it kept something from happening.
// Limit is world.Unlimited where there is none.
type BoundUse struct {
	Name   string `json:"name"`
	Limit  int    `json:"limit"`
	States int    `json:"states"` // in which it was met
}

// Stats counts what was done.
type Stats struct {
	States      int `json:"states"`      // distinct, the initial one included
	Transitions int `json:"transitions"` // choices applied
	Pruned      int `json:"pruned"`      // choices left out, since they commute with others
	Depth       int `json:"depth"`       // choices on the longest of the shortest paths
	Terminal    int `json:"terminal"`    // states in which nothing more can happen
	CutStates   int `json:"cut_states"`  // states whose choices a bound left out
	Unexplored  int `json:"unexplored"`  // states whose choices a limit left out
	Renamings   int `json:"renamings"`   // that make one state of several; 1 without symmetry

	Histories         int `json:"histories"`          // distinct, of clients, open ones included
	HistoriesComplete int `json:"histories_complete"` // without an open operation
	HistoriesJudged   int `json:"histories_judged"`   // by the model, each once
	HistoriesEmpty    int `json:"histories_empty"`    // of these, those that constrain nothing

	StepsTaken uint64        `json:"steps_taken"` // steps that nodes took; the others were remembered
	Seconds    time.Duration `json:"-"`
	Heap       uint64        `json:"-"` // bytes, at the end
}

// Progress is how far an exploration has come.
type Progress struct {
	Depth, States, Transitions int
	Frontier, Done             int // states of the level, and those of them that are done
}

// The checks.
const (
	CheckContract  = "contract"        // a node broke the contract of impl/protocol, or panicked
	CheckStep      = "step"            // a transition, or the initial state, that the specification does not allow
	CheckInvariant = "invariant"       // of a state
	CheckHistory   = "linearizability" // of what clients saw
)

// Violation is what went wrong, at the end of a shortest schedule that leads
// to it.
type Violation struct {
	Check string // CheckInvariant and so on
	Err   error

	// Schedule leads from the initial state to the violation; no shorter one
	// leads to any. Lines is what it is as text.
	Schedule []world.Choice

	// Diagram is a space-time diagram, as text.
	Diagram string

	// History is what the clients saw, where there is a model.
	History *linearizability.History
}

// Lines returns the schedule, one choice a line.
func (v *Violation) Lines() []string {
	var lines []string
	for _, c := range v.Schedule {
		lines = append(lines, c.String())
	}
	return lines
}

func (v *Violation) Error() string {
	return fmt.Sprintf("%s, after %d choices: %v", v.Check, len(v.Schedule), v.Err)
}

// Unwrap returns Err.
func (v *Violation) Unwrap() error { return v.Err }

func (c *Config) defaults() error {
	if c.Protocol == nil {
		return fmt.Errorf("explore: expected a protocol, found none")
	}
	if c.Invariant == nil && c.Steps == nil && c.Model == nil && !c.CheckContract {
		return fmt.Errorf("explore: expected something to check: an invariant, steps or a model")
	}
	b := c.Bounds
	if b.InFlight < 0 || b.Log < 0 || b.Depth < 0 {
		return fmt.Errorf("explore: expected bounds of at least 0 (none), found in flight %d, log %d, depth %d", b.InFlight, b.Log, b.Depth)
	}
	if p, ok := c.Protocol.(protocol.Symmetric); ok && c.Symmetry {
		for _, group := range p.Interchangeable() {
			for attempt := range len(p.Nodes()) + 1 {
				if id := p.Server(attempt); len(group) > 1 && slices.Contains(group, id) {
					return fmt.Errorf("explore: with symmetry, expected clients to tell no two of the nodes %v apart, found that attempt %d goes to %s", group, attempt, id)
				}
			}
		}
	}
	if c.StatesMax == 0 {
		c.StatesMax = 100_000_000
	}
	if c.MemoryMax == 0 {
		c.MemoryMax = 4 << 30
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	return nil
}

func (c *Config) newWorld() (*world.World, error) {
	b := c.Bounds.Bounds
	return world.New(c.Protocol, world.Options{
		Clients: c.Clients, Bounds: &b, CheckContract: c.CheckContract, Symmetry: c.Symmetry,
	})
}

// Run explores. The error is about the configuration, or about the checker of
// steps; what the protocol does wrong is Result.Violation. When ctx ends, the
// verdict is unknown, unless a violation was found before.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	if err := cfg.defaults(); err != nil {
		return nil, err
	}
	s, err := newSearch(&cfg)
	if err != nil {
		return nil, fmt.Errorf("explore: %w", err)
	}
	begun := time.Now()
	if cfg.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, cfg.Timeout, fmt.Errorf("time limit of %v reached", cfg.Timeout))
		defer cancel()
	}
	if err := s.run(ctx); err != nil {
		return nil, fmt.Errorf("explore: %w", err)
	}
	r := s.result()
	if s.bad != nil {
		if r.Violation, err = s.evidence(*s.bad); err != nil {
			return nil, fmt.Errorf("explore: %w", err)
		}
		r.Verdict, r.Reason = Violated, r.Violation.Error()
	}
	r.Seconds = time.Since(begun)
	return r, nil
}

// BoundsText says the bounds in a line: "timeouts 1, crashes 0, ...".
func (r *Result) BoundsText() string {
	var parts []string
	for _, b := range r.Bounds {
		limit := fmt.Sprint(b.Limit)
		if b.Limit == world.Unlimited {
			limit = "any"
		}
		met := ""
		if b.States > 0 {
			met = fmt.Sprintf(" (met in %d states)", b.States)
		}
		parts = append(parts, b.Name+" "+limit+met)
	}
	return strings.Join(parts, ", ")
}
