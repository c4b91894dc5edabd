package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// condition is a part of a property that may be vacuous.
type condition struct {
	property string
	number   int // of the property
	*eval.Condition
}

// watched compiles a part of the property of the configuration, or refuses it by
// name.
func (b *builder) watched(r eval.Ref, name, property string) *eval.Expr {
	e, parts, err := b.Program.Watch(r)
	if err != nil {
		b.refuse("%s: %s", name, err)
		return nil
	}
	number := 0
	if n := len(b.conditions); n > 0 {
		number = b.conditions[n-1].number
		if b.conditions[n-1].property != property {
			number++
		}
	}
	for _, c := range parts {
		b.conditions = append(b.conditions, condition{property, number, c})
	}
	return e
}

// implications returns what is known of the conditions.
func (m *Model) implications() []Implication {
	type known struct {
		Implication
		number int
	}
	var all []known
	for _, c := range m.conditions {
		i := Implication{
			Property: c.property, Definition: c.Definition, At: Position{c.Module, c.Expr.Where()},
			Text: brief(c.Expr), Evaluated: c.Evaluated(), Reached: c.Reached(),
		}
		switch e := c.Expr.(type) {
		case *syntax.Apply:
			i.Antecedent = brief(e.Args[0])
		case *syntax.Quant:
			i.ForAll = true
			var bounds []string
			for _, b := range e.Bounds {
				bounds = append(bounds, brief(b))
			}
			i.Antecedent = shorten(strings.Join(bounds, ", "))
		}
		all = append(all, known{i, c.number})
	}
	slices.SortStableFunc(all, func(a, b known) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.At.Module, b.At.Module),
			order(a.At.Span.Start, b.At.Span.Start), order(b.At.Span.End, a.At.Span.End))
	})
	var out []Implication
	for _, k := range all {
		// The parts of one PROPERTY may share definitions.
		if n := len(out); n > 0 && out[n-1].Property == k.Property && out[n-1].At == k.At {
			out[n-1].Evaluated = out[n-1].Evaluated || k.Evaluated
			out[n-1].Reached = out[n-1].Reached || k.Reached
			continue
		}
		out = append(out, k.Implication)
	}
	return out
}

// briefMax bounds the text of a part of a property.
const briefMax = 200

// brief is n on one line.
func brief(n syntax.Node) string {
	return shorten(strings.Join(strings.Fields(syntax.Format(n)), " "))
}

func shorten(text string) string {
	if t := []rune(text); len(t) > briefMax {
		return string(t[:briefMax-3]) + "..."
	}
	return text
}
