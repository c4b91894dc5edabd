package value

import (
	"cmp"
	"slices"
)

// SetOf returns the set of the given elements.
func (l *Local) SetOf(elems ...Value) Value {
	mark := l.Mark()
	l.buf = append(l.buf, elems...)
	return l.SetFrom(mark)
}

// EmptySet returns {}.
func (l *Local) EmptySet() Value { return l.intern(KindSet, nil) }

// limit fails if n elements are too many for a set.
func (l *Local) limit(n int) {
	if n > MaxSetSize {
		fail("Attempted to construct a set with too many elements (>%d).", MaxSetSize)
	}
}

// SetFrom returns the set of what was pushed since the mark, and takes it from
// the scratch stack.
func (l *Local) SetFrom(mark int) Value {
	elems := l.buf[mark:]
	if len(elems) > 1 {
		elems = l.sortElems(elems)
		l.limit(len(elems))
	}
	s := l.intern(KindSet, elems)
	l.Drop(mark)
	return s
}

// sortElems sorts and removes duplicates, in place.
func (l *Local) sortElems(elems []Value) []Value {
	kind := elems[0].Kind()
	simple := kind >= KindBool && kind <= KindModel
	sorted := true
	for i, e := range elems[1:] {
		if e.Kind() != kind {
			simple = false
		}
		if simple && scalarOrder(elems[i], e) >= 0 {
			sorted = false
		}
	}
	switch {
	case simple && kind == KindModel:
		if sorted {
			return elems
		}
		slices.SortFunc(elems, scalarOrder)
	case simple && sorted:
		return elems
	case simple:
		slices.SortFunc(elems, scalarOrder)
	case len(elems) <= 12:
		for i := 1; i < len(elems); i++ {
			for j := i; j > 0 && l.Compare(elems[j-1], elems[j]) > 0; j-- {
				elems[j], elems[j-1] = elems[j-1], elems[j]
			}
		}
	default:
		slices.SortFunc(elems, l.Compare)
	}
	out := elems[:1]
	for _, e := range elems[1:] {
		last := out[len(out)-1]
		if e == last || (e|last).IsLazy() && l.Compare(e, last) == 0 {
			continue
		}
		out = append(out, e)
	}
	return out
}

// scalarOrder compares two inline values of the same kind.
func scalarOrder(a, b Value) int {
	if a.IsInt() {
		return cmp.Compare(a.AsInt(), b.AsInt())
	}
	return cmp.Compare(a, b)
}

// Elems returns the elements of an enumerated set in order. They must not be
// changed.
func (l *Local) Elems(s Value) []Value {
	if s.Kind() != KindSet {
		panic("value: Elems of what is no enumerated set")
	}
	return l.parts(s)
}

// Interval returns a..b.
func (l *Local) Interval(a, b int32) Value {
	if a > b {
		return l.EmptySet()
	}
	if int64(b)-int64(a) >= 1<<12 {
		return l.intern(KindInterval, []Value{Int(a), Int(b)})
	}
	mark := l.Mark()
	for i := a; ; i++ {
		l.Push(Int(i))
		if i == b {
			break
		}
	}
	s := l.intern(KindSet, l.buf[mark:])
	l.Drop(mark)
	return s
}

// Member reports whether x \in s.
func (l *Local) Member(x, s Value) bool {
	if s.Kind() == KindSet {
		elems := l.parts(s)
		if len(elems) == 0 {
			return false
		}
		return l.search(elems, x) >= 0
	}
	return l.lazyMember(x, s)
}

// search returns the index of x in the sorted elems, -1 if it is not there.
func (l *Local) search(elems []Value, x Value) int {
	if len(elems) <= 8 {
		for i, e := range elems {
			if e == x {
				return i
			}
		}
		if first := elems[0].Kind(); first == x.Kind() && first <= KindString {
			return -1
		}
	}
	lo, hi := 0, len(elems)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		c := l.Compare(x, elems[mid])
		if c == 0 {
			return mid
		}
		if c < 0 {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return -1
}

// Cup returns a \cup b.
func (l *Local) Cup(a, b Value) Value {
	if a == b {
		return a
	}
	if a.Kind() != KindSet || b.Kind() != KindSet {
		l.needSet(a, `\cup`)
		l.needSet(b, `\cup`)
		a, b = l.shrink(a), l.shrink(b)
		if a.Kind() != KindSet || b.Kind() != KindSet {
			return l.intern(KindCup, []Value{a, b})
		}
	}
	ea, eb := l.parts(a), l.parts(b)
	if len(ea) == 0 {
		return b
	}
	if len(eb) == 0 {
		return a
	}
	e, ok := l.recall(memoCup, a, b, 0)
	if ok {
		return e.result
	}
	mark := l.Mark()
	l.buf = slices.Grow(l.buf, len(ea)+len(eb))
	for len(ea) > 0 && len(eb) > 0 {
		c := 0
		if ea[0] != eb[0] {
			c = l.Compare(ea[0], eb[0])
		}
		if c <= 0 {
			l.Push(ea[0])
			ea = ea[1:]
		} else {
			l.Push(eb[0])
		}
		if c >= 0 {
			eb = eb[1:]
		}
	}
	l.buf = append(append(l.buf, ea...), eb...)
	l.limit(len(l.buf) - mark)
	s := l.intern(KindSet, l.buf[mark:])
	l.Drop(mark)
	*e = memoEntry{a, b, 0, s, memoCup}
	return s
}

// Cap returns a \cap b.
func (l *Local) Cap(a, b Value) Value {
	l.needSet(a, `\cap`)
	l.needSet(b, `\cap`)
	if a == b {
		return a
	}
	if a.Kind() != KindSet {
		a = l.shrink(a)
	}
	if a.Kind() != KindSet {
		b = l.shrink(b)
		if b.Kind() != KindSet {
			return l.intern(KindCap, []Value{a, b})
		}
		a, b = b, a
	}
	e, ok := l.recall(memoCap, a, b, 0)
	if ok {
		return e.result
	}
	s := l.keep(a, func(x Value) bool { return l.Member(x, b) })
	if b.Kind() == KindSet {
		*e = memoEntry{a, b, 0, s, memoCap}
	}
	return s
}

// Diff returns a \ b.
func (l *Local) Diff(a, b Value) Value {
	l.needSet(a, `\`)
	l.needSet(b, `\`)
	if a.Kind() != KindSet {
		if a = l.shrink(a); a.Kind() != KindSet {
			return l.intern(KindDiff, []Value{a, b})
		}
	}
	if a == b {
		return l.EmptySet()
	}
	e, ok := l.recall(memoDiff, a, b, 0)
	if ok {
		return e.result
	}
	s := l.keep(a, func(x Value) bool { return !l.Member(x, b) })
	if b.Kind() == KindSet {
		*e = memoEntry{a, b, 0, s, memoDiff}
	}
	return s
}

// keep returns the subset of the enumerated set s whose elements pass.
func (l *Local) keep(s Value, pass func(Value) bool) Value {
	mark := l.Mark()
	for _, x := range l.parts(s) {
		if pass(x) {
			l.Push(x)
		}
	}
	r := l.intern(KindSet, l.buf[mark:])
	l.Drop(mark)
	return r
}

// SortedSetFrom is SetFrom for elements known to be in order and distinct.
func (l *Local) SortedSetFrom(mark int) Value {
	s := l.intern(KindSet, l.buf[mark:])
	l.Drop(mark)
	return s
}

// Subset reports whether a \subseteq b.
func (l *Local) Subset(a, b Value) bool {
	l.needSet(a, `\subseteq`)
	l.needSet(b, `\subseteq`)
	if a == b {
		return true
	}
	switch {
	case a.Kind() == KindSubset && b.Kind() == KindSubset:
		return l.Subset(l.parts(a)[0], l.parts(b)[0])
	case a.Kind() == KindBase && b.Kind() == KindBase && a < b && b <= Real:
		return true // Nat, Int and Real
	case a.Kind() == KindInterval && b.Kind() == KindBase:
		return l.Member(l.parts(a)[0], b)
	}
	return l.Iterate(a, func(x Value) bool { return l.Member(x, b) })
}

// Union returns UNION s.
func (l *Local) Union(s Value) Value {
	l.needSet(s, "UNION")
	if s.Kind() == KindSubset {
		return l.parts(s)[0] // UNION SUBSET S = S
	}
	if s.Kind() != KindSet {
		s = l.Force(s)
	}
	elems := l.parts(s)
	mark := l.Mark()
	for _, e := range elems {
		l.needSet(e, "UNION")
		if e = l.shrink(e); e.Kind() != KindSet {
			l.Drop(mark)
			return l.intern(KindUnion, []Value{s})
		}
		l.buf = append(l.buf, l.parts(e)...)
	}
	return l.SetFrom(mark)
}

// needSet fails unless v is a set.
func (l *Local) needSet(v Value, op string) {
	if v.IsSet() || v.Kind() == KindThunk && l.ThunkOf(v).IsSet() {
		return
	}
	fail("Attempted to apply %s to the value %s, which is not a set", op, l.Print(v))
}
