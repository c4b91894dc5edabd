package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
)

// mutant runs a seeded bug in a process of its own: the program with
// failpoints, whose chaos verb answers with a MutantResult.
func (p *pipeline) mutant(ctx context.Context, s System, m Mutant, st *Stage) {
	args := []string{"chaos", s.Name, "--mutant", m.Name, "--seed", fmt.Sprint(p.Seed), "--seeds", fmt.Sprint(p.MutantSeeds), "--json"}
	st.Reproduce = "bin/lockstep-failpoints " + strings.Join(args[:len(args)-1], " ")
	st.Evidence = []string{m.Shows}
	cmd := exec.CommandContext(ctx, p.FailpointBinary, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	runErr := cmd.Run() // a caught mutant exits with 1
	var r MutantResult
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil || r.Mutant != m.Name {
		st.unknown(fmt.Sprintf("expected a result from %s, found %v: %s", p.FailpointBinary, runErr, firstLine(stderr.String())))
		return
	}
	judgeMutant(m, r, st)
}

// judgeMutant says whether a mutant was caught by every check that must.
func judgeMutant(m Mutant, r MutantResult, st *Stage) {
	st.figure("seeds", float64(r.Seeds), "")
	st.figure("evaluations of the failpoint", float64(r.Hits), "")
	names := sortedNames(r.CaughtBy)
	for _, c := range names {
		st.Evidence = append(st.Evidence, c+": "+r.CaughtBy[c])
	}
	st.Summary = "caught by " + strings.Join(names, ", ")
	var missed []string
	for _, c := range m.CaughtBy {
		if r.CaughtBy[c] == "" {
			missed = append(missed, c)
		}
	}
	switch {
	case len(missed) > 0 && r.Unknown != "":
		st.unknown(r.Unknown)
	case len(missed) > 0:
		st.violated(fmt.Sprintf("not caught by %s in %d seeds (the failpoint was evaluated %d times)", strings.Join(missed, ", "), r.Seeds, r.Hits))
		if len(names) == 0 {
			st.Summary = "not caught"
		}
	case len(m.CaughtBy) == 0:
		st.unknown("no check is said to catch it")
	default:
		st.Verdict = OK
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
