package verify

import (
	"time"

	"github.com/lockstep-go/lockstep/chaos/cluster"
	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
	"github.com/lockstep-go/lockstep/specs"
)

// System is a protocol as the pipeline knows it. Name must be set; a stage
// whose parts are missing is left out. One with a Spec and nothing else is a
// specification alone.
type System struct {
	Name  string // "twophase"
	Title string // one line

	// Spec is the specification with its models.
	Spec *specs.Family

	// Protocol returns the nodes to run.
	Protocol func() protocol.Protocol

	// Trace is the specification that the code's traces are held against, and
	// TraceConstants the constants of it that every run has alike.
	Trace          *refine.Spec
	TraceConstants map[string]any
	Sliced         bool

	// Workload is what the clients do, Clients and OpsPerClient how many there
	// are in a simulated run and how much each does (0: 3 and 5), and Model
	// what their histories are judged by.
	Workload     func() sim.Workload
	Clients      int
	OpsPerClient int
	Model        linearizability.Model

	// ClusterLoad is the workload of a cluster's clients, which do thousands
	// of operations; nil is Workload.
	ClusterLoad func() sim.Workload

	// Question tells an operation that executes nothing, but asks what became
	// of an earlier attempt. A request of which only such attempts arrive is
	// not part of the history. nil: there are none.
	Question func(protocol.Op) bool

	// Invariant is checked after every choice of a simulated run.
	Invariant func(world.View) error

	// Worlds are the small worlds whose every interleaving is explored.
	Worlds []World

	// Coverage holds the code and the specification against each other in
	// both directions; nil: nobody does.
	Coverage *Coverage

	// Plans are the fault plans of the simulated runs, taken in turn.
	Plans []fault.Plan

	// Serve is the name under which `lockstep serve` runs a node, if it does.
	Serve string

	// Served returns the protocol that a node of a real cluster runs, for so
	// many participants or replicas; 0 is as many as Protocol has. nil is
	// Protocol, whose size is fixed.
	Served func(size int) (protocol.Protocol, error)

	// Arm are the failpoints that strike a cluster of the program with
	// failpoints.
	Arm []cluster.Failpoint

	// Mutants are the seeded bugs.
	Mutants []Mutant
}

// Mutant is a bug in the code behind a failpoint.
type Mutant struct {
	Name      string // "vote-before-durable"
	Failpoint string // its full name
	Shows     string // what is wrong, in a sentence

	// Adjust changes the system so that the bug comes out: other faults,
	// another load, other options. nil leaves it as it is.
	Adjust func(*System)

	// World names the world in which an exploration must find it; empty: none
	// of them is large enough.
	World string

	// CaughtBy lists the checks that must catch it: CheckInvariant,
	// CheckHistory, CheckTrace. That others catch it too is fine.
	CaughtBy []string
}

// The checks that a simulated run goes through.
const (
	CheckInvariant = "invariant"       // Go invariant, contract, panic
	CheckHistory   = "linearizability" // of the clients' history
	CheckTrace     = "trace"           // against the specification
)

// Options says how much to do. The zero value is what `lockstep verify` does
// in a Go test: no cluster and no mutants, which need binaries.
type Options struct {
	Seed  uint64 // of the first simulated run; 0 is 1
	Seeds int    // simulated runs; 0 is 200

	// Models are the sizes of models to check; nil is smoke and standard.
	Models []string

	// TLC runs TLC; nil makes what needs it unknown, for the reason TLCMissing.
	// The models of a specification need it for temporal properties only; for
	// the others it is the cross-check of the Go engine.
	TLC        refine.Checker
	TLCMissing string

	// Binary is the lockstep binary that runs the nodes of a cluster, for
	// ClusterDuration; empty leaves the cluster out.
	Binary          string
	ClusterDuration time.Duration

	// FailpointBinary is a lockstep binary built with failpoints, which runs
	// the mutants; empty leaves them out. MutantSeeds are the runs that a
	// mutant gets; 0 is 100.
	FailpointBinary string
	MutantSeeds     int

	Dir      string         // for the run's files; empty keeps none
	Parallel int            // stages at a time; 0 is 2
	Progress func(Progress) // may be called by several goroutines at a time
}
