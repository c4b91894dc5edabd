package models

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Engines asks the Go engine, and TLC for what the Go engine does not check.
type Engines struct {
	// TLC is nil where it is not installed, for the reason Missing.
	TLC     engine.Engine
	Missing string

	// CrossCheck asks TLC for every model, and compares.
	CrossCheck bool
}

// Check runs the model and compares with the manifest; and, with CrossCheck, what
// the two model checkers found with each other. That they disagree makes the
// verdict violated; that TLC is missing does not make a verdict of the Go engine
// less, and is told in Outcome.Cross.
func (e Engines) Check(ctx context.Context, f specs.Family, m specs.Model, o Options) Outcome {
	q, err := request(f, m, o)
	if err != nil {
		return judge(f, m, o, nil, err)
	}
	model, failed, err := q.Load()
	if model == nil {
		return judge(f, m, o, failed, err)
	}
	refused := model.Refused
	if len(refused) == 0 {
		own := engine.Run(ctx, model, q)
		if !own.Unsupporting() {
			out := judge(f, m, o, own, nil)
			if e.CrossCheck {
				e.cross(ctx, q, &out)
			}
			return out
		}
		refused = own.Unsupported // it came up when it was evaluated
	}
	note := fmt.Sprintf("not checked by the Go engine: %s", strings.Join(refused, "; "))
	if e.TLC == nil {
		return Outcome{Family: f.Folder, Model: m.Name, Note: note, Reason: fmt.Sprintf("%s; and TLC, which does, is missing: %s", note, e.Missing)}
	}
	out := Check(ctx, e.TLC, f, m, o)
	out.Note = note
	if e.CrossCheck && out.Result != nil && out.Result.Verdict != tlc.Unknown {
		begun := time.Now()
		own := engine.Run(ctx, model, q)
		out.Cross = Cross{Result: out.Result, Seconds: time.Since(begun).Seconds()}
		out.compare(own, out.Result)
	}
	return out
}

// cross asks TLC the same.
func (e Engines) cross(ctx context.Context, q engine.Request, out *Outcome) {
	if e.TLC == nil {
		out.Cross = Cross{State: NotDone, Reason: e.Missing}
		return
	}
	begun := time.Now()
	r, err := e.TLC.Check(ctx, q)
	out.Cross = Cross{Result: r, Seconds: time.Since(begun).Seconds()}
	switch {
	case err != nil:
		out.Cross.State, out.Cross.Reason = NotDone, err.Error()
	case r.Verdict == tlc.Unknown && out.Result.Verdict != tlc.Unknown:
		out.Cross.State, out.Cross.Reason = NotDone, r.Reason
	default:
		out.compare(out.Result, r)
	}
}

// compare holds the two results against each other.
func (out *Outcome) compare(own, oracle *engine.Result) {
	if own.Kind == tlc.KindStopped || own.GaveUp() {
		out.Cross.State, out.Cross.Reason = NotDone, own.Reason
		return
	}
	differences := engine.Differences(own, oracle)
	if len(differences) == 0 {
		out.Cross.State = Agrees
		return
	}
	out.Cross.State, out.Cross.Reason = Disagrees, strings.Join(differences, "; ")
	out.Evidence = append([]string{"the Go engine and TLC disagree: " + out.Cross.Reason}, out.Evidence...)
	if out.Verdict == tlc.Violated {
		out.Reason += "; "
	} else {
		out.Reason = ""
	}
	out.Verdict = tlc.Violated
	out.Reason += "the Go engine and TLC disagree: " + out.Cross.Reason
}
