package verify

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify/models"
)

// models checks the models of the specification against its manifest, by the Go
// engine, and what that finds against TLC. What only TLC can check is unknown
// without it; that nothing was compared is told, and is no violation.
func (p *pipeline) models(ctx context.Context, s System, st *Stage) {
	sizes := strings.Join(p.Models, ",")
	st.Reproduce = fmt.Sprintf("lockstep check %s --models %s --engine both", s.Spec.Folder, sizes)
	e := models.Engines{Missing: p.TLCMissing, CrossCheck: true}
	if p.TLC != nil {
		e.TLC = engine.TLC{Checker: p.TLC}
	}
	var run []specs.Model
	for _, m := range s.Spec.Models {
		if contains(p.Models, m.Size) {
			run = append(run, m)
		}
	}
	if len(run) == 0 {
		st.unknown(fmt.Sprintf("the specification has no model of the sizes %s", sizes))
		return
	}
	var t modelTally
	// The stage has no verdict before it ends, by which its progress is known.
	verdict := OK
	var rest []string // the evidence of what is as recorded, which comes last
	for i, m := range run {
		p.progress(st, int64(i), int64(len(run)), m.Name)
		out := e.Check(ctx, *s.Spec, m, models.Options{Progress: func(g check.Progress) {
			p.progress(st, int64(i), int64(len(run)), fmt.Sprintf("%s: %s states, %s distinct, %s queued, depth %d",
				m.Name, count(g.Generated), count(g.Distinct), count(g.Queue), g.Depth))
		}})
		t.add(m, out)
		if v := Verdict(out.Verdict.String()); v != OK {
			if worse(verdict, v) != verdict {
				verdict, st.Reason = v, fmt.Sprintf("%s: %s", m.Name, out.Reason)
				st.Reproduce = fmt.Sprintf("lockstep check %s/%s --engine both", s.Spec.Folder, m.Name)
			}
		}
		if out.Verdict == tlc.OK {
			rest = append(rest, evidence(m, out)...)
		} else {
			st.Evidence = append(st.Evidence, evidence(m, out)...)
		}
		if ctx.Err() != nil {
			break
		}
	}
	st.Verdict, st.Evidence = verdict, append(st.Evidence, rest...)
	t.tell(st, len(run))
}

// modelTally counts what the models of a family came to.
type modelTally struct {
	ok, broken     int // as recorded; of those, broken variants that fail as they must
	generated      int64
	temporal       int // checked by TLC alone
	agree, notDone int
	notDoneFor     string
}

func (t *modelTally) add(m specs.Model, out models.Outcome) {
	if out.Verdict == tlc.OK {
		t.ok++
		if m.Verdict == "violated" {
			t.broken++
		}
	}
	if out.Result != nil {
		t.generated += out.Result.Generated
	}
	if out.Note != "" && out.Result != nil {
		t.temporal++
	}
	switch out.Cross.State {
	case models.Agrees:
		t.agree++
	case models.NotDone:
		t.notDone++
		t.notDoneFor = out.Cross.Reason
	}
}

func (t *modelTally) tell(st *Stage, all int) {
	st.Summary = fmt.Sprintf("%d of %d models as recorded, %d of them fail as they must; %s states", t.ok, all, t.broken, count(t.generated))
	if t.agree > 0 {
		st.Summary += fmt.Sprintf("; Go and TLC agree on %d", t.agree)
	}
	if t.temporal > 0 {
		st.Summary += fmt.Sprintf(", temporal properties of %d by TLC alone", t.temporal)
	}
	if t.notDone > 0 {
		st.Summary += fmt.Sprintf("; %d not cross-checked: %s", t.notDone, t.notDoneFor)
	}
	st.figure("models", float64(all), "")
	st.figure("models as recorded", float64(t.ok), "")
	st.figure("models cross-checked", float64(t.agree), "")
	st.figure("states generated", float64(t.generated), "")
}

// evidence tells of one model: a line if all is as recorded, and everything if
// it is not.
func evidence(m specs.Model, out models.Outcome) []string {
	line := fmt.Sprintf("%s: %s. ", m.Name, out.Verdict)
	switch r := out.Result; {
	case r == nil:
		line += out.Reason
	case m.Verdict == "violated" && out.Verdict == tlc.OK:
		what := m.Property
		if what == "" {
			what = m.Kind
		}
		line += fmt.Sprintf("Fails as it must: %s, after %d states of %s. ", what, len(r.Trace), count(r.Distinct))
	default:
		line += fmt.Sprintf("%s states, %s distinct, depth %d. ", count(r.Generated), count(r.Distinct), r.Depth)
	}
	line += m.Shows
	switch out.Cross.State {
	case models.Agrees:
		line += " Go and TLC agree."
	case models.NotDone:
		line += " Not cross-checked: " + out.Cross.Reason + "."
	}
	lines := []string{line}
	if out.Note != "" {
		lines = append(lines, "  "+out.Note)
	}
	if out.Verdict != tlc.OK {
		for _, e := range out.Evidence {
			lines = append(lines, "  "+e)
		}
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
	}
}
