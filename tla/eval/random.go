package eval

import (
	"math/big"
	"strconv"

	"github.com/lockstep-go/lockstep/tla/value"
)

// RandomElement and the operators of Randomization. What they draw follows from
// the Machine's Seed, the state in which they are evaluated and how much was
// drawn in this evaluation before, so that a run gives the same result each time
// and with any number of workers.

// draw returns a number below n.
func (m *Machine) draw(n uint64) uint64 {
	m.draws++
	h := uint64(m.Seed)*0x9e3779b97f4a7c15 + m.draws*0xd1342543de82ef95
	if m.s0 != nil {
		h ^= m.Fingerprint(m.s0)
	}
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 29
	h *= 0xa0761d6478bd642f
	h ^= h >> 32
	return h % n
}

// finite returns the elements of the set v.
func (m *Machine) finite(s *Site, v value.Value, op string) []value.Value {
	if !m.aSet(v) || !m.IsFinite(v) {
		m.fail(s, "Applying %s to the following value,\nwhich is not a finite set:\n%s", op, m.Local.Print(v))
	}
	return m.Elems(m.Force(v))
}

func randomElement(m *Machine, s *Site, a value.Value) value.Value {
	es := m.finite(s, a, "RandomElement")
	if len(es) == 0 {
		m.fail(s, "Attempted to apply RandomElement to the empty set.")
	}
	return es[m.draw(uint64(len(es)))]
}

func (m *Machine) natural(s *Site, v value.Value, what string) int {
	if !v.IsInt() || v.AsInt() < 0 {
		m.fail(s, "The %s should be a nonnegative integer, but instead it is:\n%s", what, m.Local.Print(v))
	}
	return int(v.AsInt())
}

// randomSubset is RandomSubset(k, S). S may be far too large to enumerate if it
// is SUBSET T or [T -> U] for small sets.
func randomSubset(m *Machine, s *Site, k, set value.Value) value.Value {
	n := m.natural(s, k, "first argument of RandomSubset")
	if !m.aSet(set) || !m.IsFinite(set) {
		m.fail(s, "Applying RandomSubset to the following value,\nwhich is not a finite set:\n%s", m.Local.Print(set))
	}
	if m.Smaller(set, 1<<16) {
		es := append([]value.Value(nil), m.Elems(m.Force(set))...)
		if n > len(es) {
			m.fail(s, "The first argument of RandomSubset should be a nonnegative integer that is smaller than the subset's size of %d, but instead it is:\n%d", len(es), n)
		}
		for i := range n {
			j := i + int(m.draw(uint64(len(es)-i)))
			es[i], es[j] = es[j], es[i]
		}
		return m.SetOf(es[:n]...)
	}
	seen := map[value.Value]bool{}
	var out []value.Value
	for tries := 0; len(out) < n; tries++ {
		if tries > 1000+100*n {
			m.refused(s, "RandomSubset(%d, %s) is not supported", n, m.Local.Print(set))
		}
		if e := m.randomMember(s, set); !seen[e] {
			seen[e] = true
			out = append(out, e)
		}
	}
	return m.SetOf(out...)
}

// randomMember draws an element of a set that is too large to enumerate.
func (m *Machine) randomMember(s *Site, set value.Value) value.Value {
	if m.Smaller(set, 1<<16) {
		return randomElement(m, s, set)
	}
	mark := m.Mark()
	switch parts := m.Parts(set); set.Kind() {
	case value.KindInterval:
		a, b := int64(parts[0].AsInt()), int64(parts[1].AsInt())
		return value.Int(int32(a + int64(m.draw(uint64(b-a+1)))))
	case value.KindSubset:
		for _, e := range m.Elems(m.Force(parts[0])) {
			if m.draw(2) == 1 {
				m.Push(e)
			}
		}
		return m.SortedSetFrom(mark)
	case value.KindFuncSet:
		domain := m.Force(parts[0])
		for range m.Elems(domain) {
			m.Push(m.randomMember(s, parts[1]))
		}
		return m.FuncFrom(domain, mark)
	case value.KindRecordSet:
		for _, p := range parts[1:] {
			m.Push(m.randomMember(s, p))
		}
		return m.FuncFrom(parts[0], mark)
	case value.KindProduct:
		for _, p := range parts {
			m.Push(m.randomMember(s, p))
		}
		return m.TupleFrom(mark)
	}
	return randomElement(m, s, set)
}

func randomSetOfSubsets(m *Machine, s *Site, args []value.Value) value.Value {
	k := m.natural(s, args[0], "first argument of RandomSetOfSubsets")
	n := m.natural(s, args[1], "second argument of RandomSetOfSubsets")
	es := m.finite(s, args[2], "RandomSetOfSubsets")
	if n > len(es) {
		m.fail(s, "The second argument of RandomSetOfSubsets should be a nonnegative integer that is smaller than the subset's size of %d, but instead it is:\n%d", len(es), n)
	}
	if len(es) < 31 && k > 1<<len(es) {
		m.fail(s, "The first argument of RandomSetOfSubsets should be a nonnegative integer that is smaller than the subset's size of 2^%d, but instead it is:\n%d", len(es), k)
	}
	return m.samples(es, k, uint64(n), uint64(len(es)))
}

// samples draws k subsets of es, each element in one with probability p/q.
func (m *Machine) samples(es []value.Value, k int, p, q uint64) value.Value {
	outer := m.Mark()
	for range k {
		mark := m.Mark()
		for _, e := range es {
			if m.draw(q) < p {
				m.Push(e)
			}
		}
		m.Push(m.SortedSetFrom(mark))
	}
	return m.SetFrom(outer)
}

// randomSubsetSet is RandomSubsetSet(k, p, S) where p is a string such as "0.1".
func randomSubsetSet(m *Machine, s *Site, args []value.Value) value.Value {
	k := m.natural(s, args[0], "first argument of RandomSubsetSet")
	text := m.text(s, args[1], "second argument of RandomSubsetSet")
	p, ok := new(big.Rat).SetString(text)
	if _, err := strconv.ParseFloat(text, 64); !ok || err != nil || p.Sign() < 0 || p.Cmp(big.NewRat(1, 1)) > 0 {
		m.fail(s, "The second argument of RandomSubsetSet should be a probability between 0 and 1, but instead it is:\n%s", m.Local.Print(args[1]))
	}
	scale := new(big.Rat).Mul(p, big.NewRat(1<<32, 1))
	f, _ := scale.Float64()
	return m.samples(m.finite(s, args[2], "RandomSubsetSet"), k, uint64(f), 1<<32)
}
