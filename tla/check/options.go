package check

import (
	"time"

	"github.com/lockstep-go/lockstep/tla/value"
)

// Options say how a [Model.Run] goes about it. The zero Options search all
// states with one worker and without bounds.
type Options struct {
	// Workers is the number of goroutines that explore; 0 means 1. The
	// result is the same for any number: verdict, figures and trace.
	Workers int

	// Wide tells states apart by 128 bits of hash in place of 64.
	Wide bool

	// IgnoreDeadlock accepts states without a successor, as CHECK_DEADLOCK
	// FALSE in the configuration does.
	IgnoreDeadlock bool

	// Simulate asks for random behaviours in place of a search. The verdict
	// is then never OK.
	Simulate *Simulation

	// The bounds. When one is reached the verdict is Unknown, and the figures
	// are those so far. Zero is no bound.
	StatesMax int64         // distinct states
	DepthMax  int           // states of that depth are not explored further
	BytesMax  int64         // memory of values, states and fingerprints
	Timeout   time.Duration // of the whole run

	// Coverage asks for Result.Costs: how often each expression was
	// evaluated. It takes some time; Result.Actions comes without it.
	Coverage bool

	// Print receives what the specification prints with Print and PrintT,
	// one call a value.
	Print func(line string)

	// Progress is called with the figures so far about once in
	// ProgressEvery (0 means a second), from the goroutine that called Run.
	Progress      func(Progress)
	ProgressEvery time.Duration

	// Graph receives the state graph as it is found.
	Graph Graph
}

// Simulation bounds a run of random behaviours. The same Simulation of the same
// model gives the same behaviours.
type Simulation struct {
	Behaviours int   // at least 1
	Depth      int   // states in a behaviour, at most; 0 means 100, as in TLC
	Seed       int64 // printed by whoever runs it
}

// Progress is a report from a run that is under way.
type Progress struct {
	Depth                      int
	Generated, Distinct, Queue int64
	Behaviours                 int   // finished, of a simulation
	Bytes                      int64 // of values, states and fingerprints
	Elapsed                    time.Duration
}

// Graph receives a state graph: every distinct state once, numbered from 0 in
// the order in which they are found, and every step between two of them as often
// as it is generated. The calls come from one goroutine, in an order that is the
// same in every run; State comes before any Edge of that state. A step is by an
// action as TLC names it, which came to the call. The slices are valid only during
// the call. States that the constraints exclude are no part of
// the graph.
type Graph interface {
	State(id int, state []value.Value, initial bool)
	Edge(from, to int, action *Action, call Call)
}
