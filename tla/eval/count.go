package eval

import "github.com/lockstep-go/lockstep/tla/syntax"

// Counter tells how often an expression was evaluated.
type Counter struct {
	Module string
	Span   syntax.Span
	Name   string // of the definition that it stands in, empty if none
	Count  int64
}

// Count makes p count how often its expressions are evaluated, each of them each
// time: values are not remembered. It is to be called before anything is
// compiled.
func (p *Program) Count() {
	p.plain, p.counters = true, map[place]int{}
}

// place is where an expression stands.
type place struct {
	mod  string
	span syntax.Span
}

// counter returns the number of the counter of e, which is the same however
// often e is compiled.
func (x ctx) counter(e syntax.Expr) int {
	at := place{x.mod, e.Where()}
	id, ok := x.p.counters[at]
	if !ok {
		id = len(x.p.counted)
		c := Counter{Module: at.mod, Span: at.span}
		if x.site != nil {
			c.Name = x.site.Name
		}
		x.p.counters[at], x.p.counted = id, append(x.p.counted, c)
	}
	return id
}

func (m *Machine) count(id int) {
	if id >= len(m.counts) {
		m.counts = append(m.counts, make([]int64, id+1-len(m.counts))...)
	}
	m.counts[id]++
}

// Counts returns what the Machines together have counted, in the order in which
// the expressions were compiled.
func (p *Program) Counts(ms ...*Machine) []Counter {
	out := append([]Counter(nil), p.counted...)
	for _, m := range ms {
		for i, n := range m.counts {
			out[i].Count += n
		}
	}
	return out
}
