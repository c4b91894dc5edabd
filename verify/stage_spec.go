package verify

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify/models"
)

// model checks one model of the specification against its manifest.
func (p *pipeline) model(ctx context.Context, s System, m specs.Model, st *Stage) {
	st.Reproduce = fmt.Sprintf("lockstep check %s/%s", s.Spec.Folder, m.Name)
	if p.TLC == nil {
		st.unknown(p.TLCMissing)
		return
	}
	out := models.Check(ctx, p.TLC, *s.Spec, m, models.Options{Progress: func(g tlc.Progress) {
		p.progress(st, g.Distinct, 0, fmt.Sprintf("%s states, %s distinct, %s queued, depth %d",
			count(g.Generated), count(g.Distinct), count(g.Queue), g.Depth))
	}})
	st.Verdict, st.Reason, st.Evidence = Verdict(out.Verdict.String()), out.Reason, out.Evidence
	if r := out.Result; r != nil {
		st.Summary = fmt.Sprintf("%s states, %s distinct", count(r.Generated), count(r.Distinct))
		st.figure("states generated", float64(r.Generated), "")
		st.figure("distinct states", float64(r.Distinct), "")
		if r.Depth > 0 {
			st.Summary += fmt.Sprintf(", depth %d", r.Depth)
			st.figure("depth", float64(r.Depth), "")
		}
		if m.Verdict == "violated" {
			st.Summary = fmt.Sprintf("fails as it must: %s, after %d states of %s", m.Property, len(r.Trace), count(r.Distinct))
			st.Evidence = append(st.Evidence, counterexample(r)...)
		}
	}
	if m.Shows != "" {
		st.Evidence = append([]string{m.Shows}, st.Evidence...)
	}
}

// counterexample lists the actions of an error trace.
func counterexample(r *tlc.Result) []string {
	var lines []string
	for _, s := range r.Trace {
		lines = append(lines, fmt.Sprintf("%d. %s", s.Number, s.Action))
	}
	switch {
	case r.Stuttering():
		lines = append(lines, "and nothing more happens")
	case r.Loop > 0:
		lines = append(lines, fmt.Sprintf("and again from %d", r.Loop))
	}
	return lines
}

// translation holds the PlusCal translations against their algorithms.
func (p *pipeline) translation(ctx context.Context, s System, st *Stage) {
	st.Reproduce = "make specs"
	runner, ok := p.TLC.(*tlc.Runner)
	if !ok {
		st.unknown(p.TLCMissing)
		return
	}
	files, err := models.Stale(ctx, runner, *s.Spec)
	var stale *tlc.StaleError
	switch {
	case errors.As(err, &stale):
		st.violated(err.Error())
	case err != nil:
		st.unknown(err.Error())
	default:
		st.Verdict = OK
		st.Summary = "as committed: " + strings.Join(files, ", ")
		if len(files) == 0 {
			st.Summary = "there is no PlusCal to translate"
		}
	}
}
