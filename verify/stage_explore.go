package verify

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/explore"
)

// startExploration begins the stages in which every interleaving of small worlds
// of the code is taken, and code and specification are held against each other.
func (p *pipeline) startExploration(ctx context.Context, s System) []func() []Stage {
	var lines []func() []Stage
	add := func(name string, body func(context.Context, *Stage)) {
		st := p.stage(ctx, 1, Stage{System: s.Name, Group: "exploration", Name: name}, body)
		lines = append(lines, func() []Stage { return []Stage{*st} })
	}
	for _, w := range s.Worlds {
		add(w.Name, func(ctx context.Context, st *Stage) { p.explore(ctx, s, w, st) })
	}
	if s.Coverage != nil {
		add("coverage", func(ctx context.Context, st *Stage) { p.coverage(ctx, s, st) })
	}
	return lines
}

// limits gives an exploration of the pipeline one worker, since stages run side
// by side, and lets it tell how far it is.
func (p *pipeline) limits(st *Stage) func(*explore.Config) {
	return func(c *explore.Config) {
		c.Workers = 1
		c.Progress = func(g explore.Progress) {
			p.progress(st, int64(g.States), 0, fmt.Sprintf("depth %d: %s states, %s transitions", g.Depth, count(g.States), count(g.Transitions)))
		}
	}
}

// explore takes every interleaving of a world.
func (p *pipeline) explore(ctx context.Context, s System, w World, st *Stage) {
	st.Reproduce = fmt.Sprintf("lockstep explore %s %s", s.Name, w.Name)
	r, err := Explore(ctx, s, w, ExploreConfig{Adjust: p.limits(st)})
	if err != nil {
		st.unknown(err.Error())
		return
	}
	st.Verdict, st.Reason = Verdict(r.Verdict), r.Reason
	var checks []string
	if r.Steps {
		checks = append(checks, fmt.Sprintf("each a step of %s", s.Trace.Module))
	}
	if s.Model != nil {
		checks = append(checks, fmt.Sprintf("%s histories linearizable", count(r.HistoriesJudged)))
	}
	st.Summary = fmt.Sprintf("%s states, %s transitions", count(r.States), count(r.Transitions))
	if r.Verdict == explore.OK && len(checks) > 0 {
		st.Summary += ": " + strings.Join(checks, ", ")
	}
	st.figure("states", float64(r.States), "")
	st.figure("transitions", float64(r.Transitions), "")
	st.figure("depth", float64(r.Depth), "")
	st.Evidence = append(st.Evidence, w.Shows, "within the bounds: "+r.BoundsText())
	if r.Violation == nil {
		return
	}
	st.Evidence = append(st.Evidence, strings.Split(strings.TrimRight(r.Violation.Diagram, "\n"), "\n")...)
	if p.Dir != "" && r.Schedule != nil {
		name := filepath.Join(p.Dir, s.Name, "explore-"+w.Name+".schedule")
		err := os.MkdirAll(filepath.Dir(name), 0o777)
		if err == nil {
			err = os.WriteFile(name, []byte(r.Schedule.String()), 0o666)
		}
		if err != nil {
			st.Evidence = append(st.Evidence, err.Error())
			return
		}
		st.Files = append(st.Files, name)
	}
}

// coverage holds the code and the specification against each other.
func (p *pipeline) coverage(ctx context.Context, s System, st *Stage) {
	st.Reproduce = "lockstep coverage " + s.Name
	c, err := Cover(ctx, s, p.limits(st))
	if err != nil {
		st.unknown(err.Error())
		return
	}
	st.Evidence = c.Lines(s)
	switch {
	case c.Violation != "":
		st.violated(c.Violation)
		return
	case c.Limit != "":
		st.unknown(c.Limit)
	case !c.Whole():
		st.violated(c.Gap(s))
	default:
		st.Verdict = OK
	}
	d := c.Driven
	st.Summary = fmt.Sprintf("the code reaches %s of %s states and %s of %s steps of %s as it is explored; driven by it, %s",
		count(c.Explored.StatesReached), count(c.Explored.States), count(c.Explored.StepsReached), count(c.Explored.Steps),
		s.Trace.Module, allOf(d.StepsReached, d.Steps))
	st.figure("spec states", float64(d.States), "")
	st.figure("spec states explored", float64(c.Explored.StatesReached), "")
	st.figure("spec steps", float64(d.Steps), "")
	st.figure("spec steps explored", float64(c.Explored.StepsReached), "")
	st.figure("spec steps driven", float64(d.StepsReached), "")
}

func allOf(n, of int) string {
	if n == of {
		return fmt.Sprintf("it takes all %s steps", count(of))
	}
	return fmt.Sprintf("it takes %s of %s steps", count(n), count(of))
}

// Gap says in a sentence what of the specification the code does not take.
func (c *Covered) Gap(s System) string {
	d := c.Driven
	if n := len(d.Missing) + d.MissingCut; n > 0 {
		return fmt.Sprintf("%s states or steps of %s were not reached, and no exception explains them; the first is %s", count(n), s.Trace.Module, d.Missing[0])
	}
	for i, n := range d.Excused {
		if n == 0 {
			return fmt.Sprintf("the exception %q explains nothing any more; fix: remove it", s.Trace.Exceptions[i].Why)
		}
	}
	return ""
}

// Lines tells of each action how many of its steps were explored and driven, of
// each exception what it explains, and what is missing.
func (c *Covered) Lines(s System) []string {
	if c.Driven == nil {
		return nil
	}
	explored := map[string]int{}
	for _, a := range c.Explored.Actions {
		explored[a.Action] = a.Reached
	}
	var lines []string
	for _, a := range c.Driven.Actions {
		lines = append(lines, fmt.Sprintf("%s: %s steps, %s explored, %s driven", a.Action, count(a.Steps), count(explored[a.Action]), count(a.Reached)))
	}
	for i, x := range s.Trace.Exceptions {
		lines = append(lines, fmt.Sprintf("not reached: %s, since %s", count(c.Driven.Excused[i]), x.Why))
	}
	for _, m := range c.Driven.Missing {
		lines = append(lines, "not reached: "+m.String())
	}
	if n := c.Driven.MissingCut; n > 0 {
		lines = append(lines, fmt.Sprintf("and %s more", count(n)))
	}
	return lines
}
