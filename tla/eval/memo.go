package eval

import (
	"slices"

	"github.com/lockstep-go/lockstep/tla/value"
)

// Values are hash-consed, so an expression has the same value whenever what it
// reads has the same handles. Where evaluating it costs more than a look into a
// table, its value is remembered for some of the last inputs: most steps change
// few variables, and most expressions read few.

// inputs are what the value of an expression depends on, and what it costs.
type inputs struct {
	known     bool   // the rest is all there is
	now, next uint64 // variables, of the first 64, in the state and the next one
	slots     []int  // of the frame of the unit in which it stands
	cost      int    // a guess at the time to evaluate it, in the unit of a look at a variable
}

// What things cost, beside their parts.
const (
	costMake   = 6  // making a value
	costMember = 4  // \in, \cup, \cap
	costMany   = 10 // what goes through a set
	costLoop   = 5  // how often the body of a quantifier is evaluated
	costCall   = 60 // a call of a recursive operator
	costMemo   = 4  // a look into a table
	costWorth  = 12 // what is worth a table
)

func (in *inputs) add(d *inputs) {
	in.known = in.known && d.known
	in.now |= d.now
	in.next |= d.next
	in.cost += d.cost
	for _, s := range d.slots {
		if !slices.Contains(in.slots, s) {
			in.slots = append(slices.Clip(in.slots), s)
		}
	}
}

// inside drops the slots that an expression compiled at that depth binds itself.
func (in *inputs) inside(depth int) {
	if i := slices.IndexFunc(in.slots, func(s int) bool { return s >= depth }); i >= 0 {
		var own []int
		for _, s := range in.slots {
			if s < depth {
				own = append(own, s)
			}
		}
		in.slots = own
	}
}

// loops returns c with the cost of a loop with that body.
func (c code) loops(body code) code { return c.costs((costLoop-1)*body.in.cost + costLoop) }

// costs returns c with more cost.
func (c code) costs(n int) code {
	c.in.cost += n
	return c
}

// reads is the inputs of a look at variable i, of the next state if next is 1.
func reads(next, i int) inputs {
	in := inputs{known: i < 64, cost: 1}
	if i < 64 && next == 1 {
		in.next = 1 << i
	} else if i < 64 {
		in.now = 1 << i
	}
	return in
}

// none is a code that depends on nothing yet.
func none() code { return code{min: noSlot, in: inputs{known: true, cost: 1}} }

// key is one input of a remembered expression.
type key struct {
	from  uint8 // 0 a slot, 1 a variable, 2 a primed variable
	index int
}

const keysMax = 4

// memoised returns c with a memory, if that pays.
func (x ctx) memoised(c code) code {
	if !c.in.known || c.volatile || c.in.cost < costWorth || x.p.plain {
		return c
	}
	var keys []key
	for _, s := range c.in.slots {
		keys = append(keys, key{0, s})
	}
	for i := range 64 {
		if c.in.now>>i&1 != 0 {
			keys = append(keys, key{1, i})
		}
		if c.in.next>>i&1 != 0 {
			keys = append(keys, key{2, i})
		}
	}
	if len(keys) == 0 || len(keys) > keysMax || c.in.cost < costWorth*(1<<len(keys))/2 {
		return c // of many inputs the same are seldom met again
	}
	id, f, dear := x.p.memos, c.fn, c.in.cost >= 10*costWorth
	x.p.memos++
	c.in.cost = costMemo
	c.fn = func(m *Machine) value.Value {
		if id >= len(m.memos) {
			m.memos = append(m.memos, make([]memory, id+1-len(m.memos))...)
		}
		t := &m.memos[id]
		if t.off {
			return f(m)
		}
		var in [keysMax]value.Value
		h := uint64(0)
		all := value.Value(0)
		for i := range keys {
			var v value.Value
			switch k := &keys[i]; k.from {
			case 0:
				v = m.f.slots[k.index]
			case 1:
				if m.s0 == nil {
					return f(m)
				}
				v = m.s0[k.index]
			default:
				if m.s1 == nil {
					return f(m)
				}
				v = m.s1[k.index]
			}
			if v.Kind() == value.KindNone && v != 0 {
				return f(m) // an error put off
			}
			in[i] = v
			all |= v
			h = (h ^ uint64(v)) * 0x9e3779b97f4a7c15
			h ^= h >> 29
		}
		if all.IsLazy() {
			return f(m) // the handle of a thunk may stand for another one later
		}
		if t.looks++; t.looks >= memoryLook && !t.pays(dear) {
			return f(m)
		}
		e := t.entry(h, len(keys))
		for i := range keys {
			if e[i+1] != in[i] {
				goto miss
			}
		}
		if e[0] != 0 {
			t.hits++
			return e[0]
		}
	miss:
		v := f(m)
		if v == 0 || v.IsLazy() || v.Kind() == value.KindNone {
			return v
		}
		t = &m.memos[id] // the table may have grown meanwhile
		if t.off {
			return v
		}
		if e = t.entry(h, len(keys)); e[0] != 0 {
			t.lost++
		}
		e[0] = v
		copy(e[1:], in[:len(keys)])
		return v
	}
	return c
}

// memory is a table of the last results of an expression in a Machine: in each
// entry a result and its inputs.
type memory struct {
	table       []value.Value
	size        int // entries, a power of two
	looks, hits uint32
	lost        uint32 // results that were overwritten
	off         bool
}

const (
	memoryMin  = 1 << 4
	memoryMax  = 1 << 13
	memoryLook = 1 << 15 // looks after which the use of a table is judged
)

// pays judges a table by the hits since it was judged last, and gives it up if
// they are few.
func (t *memory) pays(dear bool) bool {
	if t.hits < memoryLook/4 && t.size == memoryMax && !dear {
		*t = memory{off: true}
		return false
	}
	t.looks, t.hits = 0, 0
	return true
}

// entry returns the entry for the hash h of n inputs.
func (t *memory) entry(h uint64, n int) []value.Value {
	if t.size == 0 {
		t.size = memoryMin
		t.table = make([]value.Value, memoryMin*(n+1))
	}
	if int(t.lost) > t.size && t.size < memoryMax {
		t.grow(n)
	}
	i := int(h>>20) & (t.size - 1) * (n + 1)
	return t.table[i : i+n+1 : i+n+1]
}

func (t *memory) grow(n int) {
	t.size, t.lost = t.size*8, 0
	if t.size > memoryMax {
		t.size = memoryMax
	}
	t.table = make([]value.Value, t.size*(n+1))
}
