package systems

import (
	"strings"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/verify"
)

// twoPhaseMutants are the seeded bugs of two-phase commit. Each must be caught
// by all the checks that it names, in the default number of runs.
func twoPhaseMutants() []verify.Mutant {
	var all []verify.Mutant
	mutant := func(name, shows string, caughtBy ...string) *verify.Mutant {
		all = append(all, verify.Mutant{
			Name: name, Failpoint: implPackage + "twophase/" + name, Shows: shows, CaughtBy: caughtBy,
		})
		return &all[len(all)-1]
	}
	mutant("vote-before-durable", "a participant votes before its prepare record is durable",
		verify.CheckTrace)
	mutant("reply-before-decision", "the coordinator replies and sends Commit before its decision is durable",
		verify.CheckTrace)
	mutant("count-resent-vote", "a vote that is sent again is counted twice",
		verify.CheckInvariant, verify.CheckHistory, verify.CheckTrace)
	mutant("recovery-forgets-prepared", "a recovered participant forgets that it is prepared",
		verify.CheckHistory, verify.CheckTrace)
	mutant("recovery-forgets-decisions", "a recovered coordinator forgets what it has decided",
		verify.CheckInvariant, verify.CheckHistory, verify.CheckTrace)
	// Locks are not in the specification: what their loss does is for the
	// histories to find. It takes a reader that is prepared at one shard, is
	// still on its way to another, and meets a crash and a writer in between.
	mutant("recovery-forgets-read-locks", "a recovered participant takes only its write locks again",
		verify.CheckHistory).Adjust = func(s *verify.System) {
		s.Plans = []fault.Plan{plan("overtaken-and-crashed", `
reordering rate=0.3 by=10ms..20ms
crash every=15ms down=1ms..2ms lose=0 torn=0
`)}
		s.Workload = func() sim.Workload { return transactions{keys: 2} }
		s.OpsPerClient = 40
	}
	mutant("abort-in-doubt", "a prepared participant aborts when it has waited long enough",
		verify.CheckInvariant, verify.CheckTrace)
	mutant("release-locks-at-prepare", "locks are released at prepare",
		verify.CheckHistory)
	mutant("retry-executes-again", "a request that is sent again is executed again",
		verify.CheckHistory)
	// It takes a copy of a Prepare that arrives when its transaction has been
	// forgotten, in a checkpoint, by a participant whose commit others lack yet.
	mutant("prepare-again", "a late copy of a Prepare is honoured after its transaction has ended",
		verify.CheckInvariant, verify.CheckTrace).Adjust = func(s *verify.System) {
		s.Plans = []fault.Plan{plan("late-copies", `
duplication rate=0.4
reordering rate=0.4 by=10ms..200ms
`)}
		s.Protocol = twoPhase(12)
		s.OpsPerClient = 40
	}
	mutant("end-on-first-ack", "the coordinator forgets a transaction at the first acknowledgement",
		verify.CheckInvariant, verify.CheckTrace)
	for i := range all {
		all[i].World = map[string]string{
			"vote-before-durable":         "write-and-read",
			"reply-before-decision":       "write-and-read",
			"count-resent-vote":           "write-and-read",
			"recovery-forgets-prepared":   "write-and-read",
			"recovery-forgets-decisions":  "one-transaction",
			"recovery-forgets-read-locks": "reader-and-writer",
			"abort-in-doubt":              "one-transaction",
			"release-locks-at-prepare":    "reader-and-writer",
			"retry-executes-again":        "retry",
			"prepare-again":               "late-copies",
			"end-on-first-ack":            "one-transaction",
		}[all[i].Name]
	}
	return all
}

// plan reads a plan that is written down here.
func plan(name, text string) fault.Plan {
	p, err := fault.ReadPlan("plan "+name, strings.NewReader("# lockstep plan 1\nplan "+name+"\n"+strings.TrimPrefix(text, "\n")))
	if err != nil {
		panic(err) // the tests read it
	}
	return p
}
