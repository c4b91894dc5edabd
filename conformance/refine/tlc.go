package refine

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"testing/fstest"

	"golang.org/x/sync/errgroup"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Checker runs TLC; *tlc.Runner is one.
type Checker interface {
	Check(context.Context, tlc.Request) (*tlc.Result, error)
}

// TLC validates by TLC.
type TLC struct {
	Checker Checker

	// Parallel is the number of TLC processes at a time; 0 is 1.
	Parallel int

	// Explain is how many rejected slices are told how far they can be
	// explained, which costs two runs of TLC for each; 0 is 3. Where the
	// specification gives a slice no meaning the search ends once so many are
	// known, and the others are not counted.
	Explain int
}

// shortSlices is the number of slices below which TLC's start is most of its
// time.
const shortSlices = 1000

// chunk bounds the slices of one run of TLC: what a run may print is bounded.
const chunk = tlc.MaxPrinted / 2

// Validate judges the slices. The error is for what keeps TLC from running;
// what TLC itself could not judge makes the report's verdict unknown.
func (v *TLC) Validate(ctx context.Context, spec Spec, slices []trace.Slice) (*Report, error) {
	r := &Report{Verdict: OK, Slices: len(slices)}
	for _, s := range slices {
		r.Events += len(s.Events)
		if len(s.Events) == 0 {
			return r.unknown(fmt.Sprintf("slice %q has no events", s.Name)), nil
		}
	}
	if len(slices) == 0 {
		return r.unknown("there are no slices to judge"), nil
	}
	actions, err := actionNames(spec)
	if err != nil {
		return nil, err
	}
	list, rejected, err := batches(spec, actions, slices)
	if err != nil {
		return r.unknown(err.Error()), nil
	}
	var runs []*batch
	for _, b := range list {
		r.Distinct += len(b.slices)
		runs = append(runs, b.split(chunk)...)
	}
	r.Distinct += len(rejected)
	results := make([]runResult, len(runs))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(max(v.Parallel, 1))
	for i, b := range runs {
		g.Go(func() error {
			var err error
			results[i], err = v.run(gctx, spec, b)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	reason := ""
	for _, res := range results {
		r.States += res.states
		rejected = append(rejected, res.rejected...)
		if reason == "" {
			reason = res.unknown
		}
	}
	switch {
	case len(rejected) > 0:
		r.Verdict = Violated
		r.Reason = fmt.Sprintf("%d of %d distinct slices are not behaviours of %s", len(rejected), r.Distinct, spec.Module)
		n := min(len(rejected), MaxRejected)
		r.Rejected, r.RejectedCut = rejected[:n], len(rejected)-n
	case reason != "":
		return r.unknown(reason), nil
	}
	return r, nil
}

func (r *Report) unknown(reason string) *Report {
	r.Verdict, r.Reason = Unknown, reason
	return r
}

func (b *batch) split(size int) []*batch {
	var parts []*batch
	for i := 0; i < len(b.slices); i += size {
		c := *b
		j := min(i+size, len(b.slices))
		c.slices, c.origin = b.slices[i:j], b.origin[i:j]
		parts = append(parts, &c)
	}
	return parts
}

type runResult struct {
	states   int64
	rejected []Rejection
	unknown  string
}

// run judges one batch: all of it first, and then, if slices are left over,
// how far each of the first few of those gets.
func (v *TLC) run(ctx context.Context, spec Spec, b *batch) (runResult, error) {
	res, err := v.check(ctx, spec, b, false, "")
	if err != nil {
		return runResult{}, err
	}
	ok := map[int]bool{}
	for _, line := range res.Printed {
		if m := acceptedLine.FindStringSubmatch(line); m != nil {
			if k := atoi(m[1]); k >= 1 && k <= len(b.slices) {
				ok[k] = true
			}
		}
	}
	out := runResult{states: res.Generated}
	switch {
	case len(b.slices) == 1 && res.Kind == tlc.KindEvaluation && ok[1]:
		return out, nil // some behaviour consumes it, whatever the others meet
	case res.Kind == tlc.KindEvaluation:
		return v.halve(ctx, spec, b)
	case res.Verdict != tlc.OK:
		return runResult{unknown: tlcReason(res)}, nil
	case res.PrintedCut > 0 && len(ok) < len(b.slices) && len(b.slices) > 1:
		return v.halve(ctx, spec, b)
	case res.PrintedCut > 0 && len(ok) < len(b.slices):
		// Its line may be one of those that were cut.
		out.unknown = fmt.Sprintf("TLC printed more than %d lines, and those kept do not say whether slice %q is accepted", tlc.MaxPrinted, b.origin[0].Name)
		return out, nil
	}
	for i := range b.slices {
		if ok[i+1] {
			continue
		}
		rej := Rejection{Slice: b.origin[i], Explained: -1, Reason: "it was not looked at further"}
		if len(out.rejected) < v.explainMax() {
			if rej, err = v.explain(ctx, spec, b, i); err != nil {
				return runResult{}, err
			}
		}
		out.rejected = append(out.rejected, rej)
	}
	return out, nil
}

func (v *TLC) explainMax() int {
	if v.Explain == 0 {
		return 3
	}
	return v.Explain
}

// halve judges a batch that one run cannot judge as a whole: because it holds
// a slice to which the specification gives no meaning, such as an event of a
// node that it does not know, since TLC stops at the first of them, or because
// TLC printed too much. The batch is halved until each slice stands alone; one
// that does, and comes here, has no meaning.
func (v *TLC) halve(ctx context.Context, spec Spec, b *batch) (runResult, error) {
	if len(b.slices) == 1 {
		r, err := v.explain(ctx, spec, b, 0)
		return runResult{rejected: []Rejection{r}}, err
	}
	var both runResult
	for _, half := range b.split((len(b.slices) + 1) / 2) {
		if len(both.rejected) >= v.explainMax() {
			break
		}
		r, err := v.run(ctx, spec, half)
		if err != nil {
			return runResult{}, err
		}
		both.states += r.states
		both.rejected = append(both.rejected, r.rejected...)
		if both.unknown == "" {
			both.unknown = r.unknown
		}
	}
	return both, nil
}

var (
	acceptedLine = regexp.MustCompile(`^<<"` + accepted + `", (\d+)>>$`)
	reachedLine  = regexp.MustCompile(`^<<"` + reached + `", \d+, (\d+)>>$`)
)

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// explain finds the longest prefix of a slice that some behaviour explains,
// and a state after it.
func (v *TLC) explain(ctx context.Context, spec Spec, b *batch, i int) (Rejection, error) {
	one := *b
	one.slices, one.origin = b.slices[i:i+1], b.origin[i:i+1]
	r := Rejection{Slice: b.origin[i]}
	res, err := v.check(ctx, spec, &one, true, "")
	if err != nil {
		return r, err
	}
	for _, line := range res.Printed {
		if m := reachedLine.FindStringSubmatch(line); m != nil {
			r.Explained = max(r.Explained, atoi(m[1]))
		}
	}
	switch {
	case res.Verdict != tlc.OK && res.Kind != tlc.KindEvaluation:
		r.Explained, r.Reason = -1, "it was not found out at which event: "+tlcReason(res)
		return r, nil
	case res.PrintedCut > 0:
		r.Explained, r.Reason = -1, fmt.Sprintf("it was not found out at which event: TLC printed more than %d lines", tlc.MaxPrinted)
		return r, nil
	case r.Explained >= len(r.Slice.Events):
		r.Explained, r.Reason = -1, "it was not found out at which event: a second run explains all of them"
		return r, nil
	}
	r.Event = r.Slice.Events[r.Explained]
	r.Reason = "no behaviour that explains the events before it can continue so"
	if res.Verdict != tlc.OK {
		r.Reason = "the specification gives it no meaning: " + tlcReason(res)
	}
	// The state after the prefix is the end of the shortest behaviour to it.
	res, err = v.check(ctx, spec, &one, false, fmt.Sprintf("LockstepNotAt(1, %d)", r.Explained+1))
	if err != nil || len(res.Trace) == 0 {
		return r, err
	}
	for _, x := range res.Trace[len(res.Trace)-1].Variables {
		if x.Name != varSlice && x.Name != varAt && x.Name != varSilent {
			r.State = append(r.State, Binding{x.Name, x.Text})
		}
	}
	return r, nil
}

// check runs TLC on the module of the batch, with an invariant if one is given.
func (v *TLC) check(ctx context.Context, spec Spec, b *batch, every bool, invariant string) (*tlc.Result, error) {
	name := spec.Module + "LockstepTrace"
	text := b.module(spec, name, every)
	config := "INIT LockstepInit\nNEXT LockstepNext\nCHECK_DEADLOCK FALSE\n"
	if b.constants != "" {
		config += "CONSTANTS\n" + b.constants
	}
	for _, name := range b.models {
		config += fmt.Sprintf("    %s%s = %s\n", modelPrefix, name, name)
	}
	if invariant != "" {
		text = append(text[:len(text)-len("====\n")], []byte("LockstepInvariant == "+invariant+"\n====\n")...)
		config += "INVARIANT LockstepInvariant\n"
	}
	modules := fstest.MapFS{name + ".tla": {Data: text}}
	files, err := fs.Glob(spec.Modules, "*.tla")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		data, err := fs.ReadFile(spec.Modules, f)
		if err != nil {
			return nil, err
		}
		modules[f] = &fstest.MapFile{Data: data}
	}
	res, err := v.Checker.Check(ctx, tlc.Request{Modules: modules, Module: name, Config: []byte(config),
		Short: len(b.slices) < shortSlices})
	if err == nil && res == nil {
		res = &tlc.Result{Reason: "TLC did not run"}
	}
	return res, err
}

func tlcReason(r *tlc.Result) string {
	s := r.Reason
	if len(r.Errors) > 0 {
		s += ": " + r.Errors[0].Text
	}
	return s
}
