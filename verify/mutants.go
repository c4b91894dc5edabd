package verify

import (
	"context"
	"fmt"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/failpoint"
)

// MutantResult is what the checks made of a seeded bug.
type MutantResult struct {
	Mutant   string            `json:"mutant"`
	Seeds    int               `json:"seeds"`     // runs made
	Hits     uint64            `json:"hits"`      // evaluations of the failpoint
	CaughtBy map[string]string `json:"caught_by"` // check -> what it found first
	Unknown  string            `json:"unknown,omitempty"`
}

// Caught says that every check that must catch the mutant did.
func (r MutantResult) Caught(m Mutant) bool {
	for _, c := range m.CaughtBy {
		if r.CaughtBy[c] == "" {
			return false
		}
	}
	return len(m.CaughtBy) > 0
}

// FindMutant returns the system's mutant of that name.
func (s System) FindMutant(name string) (Mutant, error) {
	var names []string
	for _, m := range s.Mutants {
		if m.Name == name {
			return m, nil
		}
		names = append(names, m.Name)
	}
	return Mutant{}, fmt.Errorf("expected a mutant of %s (%s), found %q", s.Name, strings.Join(names, ", "), name)
}

// RunMutant makes simulated runs with the mutant in place and says which of
// the checks catch it: all of them get the runs, whichever comes first. It
// needs a build with failpoints, and has the process to itself meanwhile,
// since a failpoint is armed for the whole process. dir, if not empty, gets
// the files of the first run that each check fails.
func RunMutant(ctx context.Context, s System, m Mutant, c SeedsConfig) (r MutantResult, err error) {
	r = MutantResult{Mutant: m.Name, CaughtBy: map[string]string{}}
	if m.Adjust != nil {
		m.Adjust(&s)
	}
	if c.Plans == nil {
		c.Plans = s.Plans
	}
	before := failpoint.Hits()[m.Failpoint]
	if err := failpoint.Enable(m.Failpoint, "return(true)"); err != nil {
		return r, err
	}
	defer func() {
		if e := failpoint.Disable(m.Failpoint); err == nil {
			err = e
		}
	}()
	dir := c.Dir
	c.Dir, c.Keep, c.Twice = "", 0, 0
	c.Parallel = 1 // so that the slices always come in the same order
	seeds, err := RunSeeds(ctx, s, c)
	if err != nil {
		return r, err
	}
	r.Seeds, r.Hits = seeds.Runs, failpoint.Hits()[m.Failpoint]-before
	for _, f := range seeds.Failures {
		if r.CaughtBy[f.Check] == "" {
			r.CaughtBy[f.Check] = fmt.Sprintf("seed %d, plan %s: %s", f.Seed, f.Plan, f.Reason)
			if dir != "" {
				again := c
				again.Seed, again.Seeds, again.Dir, again.Keep = f.Seed, 1, dir, 1
				again.Plans = c.Plans[int(f.Seed-c.Seed)%len(c.Plans):][:1]
				if _, err := RunSeeds(ctx, s, again); err != nil {
					return r, err
				}
			}
		}
	}
	if s.Trace == nil {
		return r, nil
	}
	report, err := (&refine.Engine{}).Validate(ctx, *s.Trace, seeds.Slices.Distinct())
	if err != nil {
		return r, err
	}
	switch report.Verdict {
	case refine.Violated:
		r.CaughtBy[CheckTrace] = report.Rejected[0].String()
	case refine.Unknown:
		r.Unknown = report.Reason
	}
	return r, nil
}
