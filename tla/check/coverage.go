package check

import (
	"cmp"
	"slices"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// costs returns how often expressions were evaluated, by their place. The
// counts of a place that is reached in several ways, as the body of an operator
// is by each application of it, are one.
func (s *search) costs() []Cost {
	var ms []*eval.Machine
	for _, w := range s.workers {
		ms = append(ms, w.m)
	}
	var out []Cost
	for _, c := range s.Program.Counts(ms...) {
		out = append(out, Cost{At: Position{c.Module, c.Span}, Name: c.Name, Count: c.Count})
	}
	slices.SortFunc(out, func(a, b Cost) int {
		return cmp.Or(cmp.Compare(a.At.Module, b.At.Module), order(a.At.Span.Start, b.At.Span.Start), order(b.At.Span.End, a.At.Span.End))
	})
	// An expression comes after those around it.
	var around []Cost
	for i := range out {
		for len(around) > 0 && !holds(around[len(around)-1], out[i]) {
			around = around[:len(around)-1]
		}
		out[i].Depth = len(around)
		around = append(around, out[i])
	}
	return out
}

func order(a, b syntax.Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

// holds reports whether b is a part of a.
func holds(a, b Cost) bool {
	return a.At.Module == b.At.Module && order(a.At.Span.Start, b.At.Span.Start) <= 0 && order(b.At.Span.End, a.At.Span.End) <= 0
}
