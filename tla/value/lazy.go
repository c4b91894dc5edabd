package value

import "math"

// The constructors of lazy sets return an enumerated set where that is as cheap.

// Powerset returns SUBSET s.
func (l *Local) Powerset(s Value) Value {
	l.needSet(s, "SUBSET")
	return l.intern(KindSubset, []Value{s})
}

// FuncSet returns [domain -> rng].
func (l *Local) FuncSet(domain, rng Value) Value {
	l.needSet(domain, "->")
	l.needSet(rng, "->")
	return l.intern(KindFuncSet, []Value{domain, rng})
}

// RecordSet returns [fields[0] : sets[0], ...].
func (l *Local) RecordSet(fields, sets []Value) Value {
	r := l.Record(fields, sets)
	return l.intern(KindRecordSet, l.parts(r))
}

// Product returns sets[0] \X sets[1] \X ...
func (l *Local) Product(sets ...Value) Value {
	for _, s := range sets {
		l.needSet(s, `\X`)
	}
	return l.intern(KindProduct, sets)
}

// SeqSet returns Seq(s).
func (l *Local) SeqSet(s Value) Value {
	l.needSet(s, "Seq")
	return l.intern(KindSeq, []Value{s})
}

// Parts returns what a lazy set is described by: the S of SUBSET S, the bounds of
// an interval, the fields and then the sets of a set of records. They must not
// be changed.
func (l *Local) Parts(s Value) []Value { return l.parts(s) }

// shrink enumerates a lazy set that TLC holds enumerated too.
func (l *Local) shrink(s Value) Value {
	switch s.Kind() {
	case KindInterval:
		return l.Force(s)
	case KindThunk:
		return l.shrinkThunk(s)
	}
	return s
}

func (l *Local) shrinkThunk(s Value) Value {
	return s
}

const notAnElement = "Attempted to check if the typed model value %s is an element of\n%s"

// lazyMember is Member for sets that are not enumerated.
func (l *Local) lazyMember(x, s Value) bool {
	if s.Kind() == KindThunk && l.ThunkOf(s).IsSet() {
		return l.ThunkOf(s).Member(l, x)
	}
	if !s.IsSet() {
		fail("Attempted to check if the value:\n%s\nis an element of the %s %s", l.Print(x), l.sort(s), l.Print(s))
	}
	if s.Kind() == KindBase {
		return l.baseMember(x, s)
	}
	parts := l.parts(s)
	switch s.Kind() {
	case KindInterval:
		if x.IsInt() {
			return parts[0].AsInt() <= x.AsInt() && x.AsInt() <= parts[1].AsInt()
		}
		l.Equal(x, parts[0])
		return false
	case KindSubset:
		if !x.IsSet() && (x.Kind() != KindThunk || !l.ThunkOf(x).IsSet()) {
			fail("Attempted to check if the non-enumerable value\n%s\nis element of\n%s", l.Print(x), l.Print(s))
		}
		return l.Subset(x, parts[0])
	case KindFuncSet:
		if x = l.funcOf(x, s); x == 0 {
			return false
		}
		if !l.Equal(parts[0], l.Domain(x)) {
			return false
		}
		for _, v := range l.Values(x) {
			if !l.Member(v, parts[1]) {
				return false
			}
		}
		return true
	case KindRecordSet:
		if x = l.funcOf(x, s); x == 0 || x.Kind() == KindTuple && len(l.parts(x)) == 0 {
			return false
		}
		if x.Kind() != KindRecord {
			fail("Attempted to check if non-record\n%s\nis in the set of records:\n%s", l.Print(x), l.Print(s))
		}
		if !l.Equal(parts[0], l.Domain(x)) {
			return false
		}
		for i, v := range l.Values(x) {
			if !l.Member(v, parts[i+1]) {
				return false
			}
		}
		return true
	case KindProduct:
		if x = l.funcOf(x, s); x == 0 {
			return false
		}
		if x.Kind() == KindRecord {
			fail("Attempted to check if non-tuple\n%s\nis in the set of tuples:\n%s", l.Print(x), l.Print(s))
		}
		elems, ok := l.Seq(x)
		if !ok || len(elems) != len(parts) {
			return false
		}
		for i, v := range elems {
			if !l.Member(v, parts[i]) {
				return false
			}
		}
		return true
	case KindSeq:
		if x = l.funcOf(x, s); x == 0 {
			return false
		}
		elems, ok := l.Seq(x)
		if !ok {
			fail("Attempted to check if the value:\n%s\nis an element of %s.", l.Print(x), l.Print(s))
		}
		for _, v := range elems {
			if !l.Member(v, parts[0]) {
				return false
			}
		}
		return true
	case KindCup:
		return l.Member(x, parts[0]) || l.Member(x, parts[1])
	case KindCap:
		return l.Member(x, parts[0]) && l.Member(x, parts[1])
	case KindDiff:
		return l.Member(x, parts[0]) && !l.Member(x, parts[1])
	case KindUnion:
		for _, e := range l.Elems(parts[0]) {
			if l.Member(x, e) {
				return true
			}
		}
		return false
	}
	panic("value: unknown lazy set")
}

// funcOf returns x if it is a function, enumerated; 0 if it is a model value;
// and fails otherwise: s is a set of functions.
func (l *Local) funcOf(x, s Value) Value {
	switch {
	case x.IsFunc():
		return x
	case x.Kind() == KindModel:
		l.checkModel(x, s, notAnElement)
		return 0
	case x.Kind() == KindThunk && !l.ThunkOf(x).IsSet():
		return l.forceThunk(x)
	case x.Kind() == KindString && (s.Kind() == KindSeq || s.Kind() == KindProduct):
		return l.Characters(x)
	}
	switch s.Kind() {
	case KindRecordSet:
		fail("Attempted to check if non-record\n%s\nis in the set of records:\n%s", l.Print(x), l.Print(s))
	case KindProduct:
		fail("Attempted to check if non-tuple\n%s\nis in the set of tuples:\n%s", l.Print(x), l.Print(s))
	case KindSeq:
		fail("Attempted to check if the value:\n%s\nis an element of %s.", l.Print(x), l.Print(s))
	}
	fail("Attempted to check if \n%s\nwhich is not a TLC function value, is in the set of functions:\n%s", l.Print(x), l.Print(s))
	return 0
}

// Characters returns the string s as the sequence of its characters, which are
// strings of length 1.
func (l *Local) Characters(s Value) Value {
	mark := l.Mark()
	for _, r := range l.Text(s) {
		l.Push(l.Str(string(r)))
	}
	return l.TupleFrom(mark)
}

func (l *Local) baseMember(x, s Value) bool {
	switch {
	case s == Any:
		return true
	case x.Kind() == KindModel:
		l.checkModel(x, s, notAnElement)
		return false
	case s == Strings:
		if x.Kind() != KindString {
			fail("Attempted to check if the value:\n%s\nis an element of STRING.", l.Print(x))
		}
		return true
	case !x.IsInt():
		fail("Attempted to check if the value:\n%s\nis an element of %s.", l.Print(x), l.Print(s))
	}
	return s != Nat || x.AsInt() >= 0
}

// IsFinite reports whether s is a finite set, as far as its description tells.
func (l *Local) IsFinite(s Value) bool {
	l.needSet(s, "IsFiniteSet")
	switch s.Kind() {
	case KindSet, KindInterval:
		return true
	case KindBase:
		return false
	case KindThunk:
		if t, ok := l.ThunkOf(s).(Filter); ok && !l.IsFinite(t.Source()) {
			fail("Attempted to check if expression of form {x \\in S : p(x)} is a finite set, but cannot check if S:\n%s\nis finite.", l.Print(t.Source()))
		}
		return true
	}
	parts := l.parts(s)
	switch s.Kind() {
	case KindSeq:
		return false // Seq({}) too, as in TLC
	case KindDiff:
		return l.IsFinite(parts[0])
	case KindCap:
		return l.IsFinite(parts[0]) || l.IsFinite(parts[1])
	case KindUnion:
		parts = l.Elems(parts[0])
	case KindRecordSet:
		parts = parts[1:]
	}
	for _, p := range parts {
		if !l.IsFinite(p) {
			return false
		}
	}
	return true
}

// Cardinality returns Cardinality(s). It fails if it is beyond 2^31-1.
func (l *Local) Cardinality(s Value) int32 {
	n := l.size(s)
	if n > math.MaxInt32 {
		fail("Overflow when computing the number of elements in:\n%s", l.Print(s))
	}
	return int32(n)
}

// size returns the number of elements of s, or any number above 2^31-1.
func (l *Local) size(s Value) float64 {
	switch s.Kind() {
	case KindSet:
		return float64(len(l.parts(s)))
	case KindInterval:
		p := l.parts(s)
		return float64(p[1].AsInt()) - float64(p[0].AsInt()) + 1
	case KindSubset:
		return math.Pow(2, l.size(l.parts(s)[0]))
	case KindFuncSet:
		p := l.parts(s)
		return math.Pow(l.size(p[1]), l.size(p[0]))
	case KindRecordSet, KindProduct:
		p, n := l.parts(s), 1.0
		if s.Kind() == KindRecordSet {
			p = p[1:]
		}
		for _, e := range p {
			n *= l.size(e)
		}
		return n
	}
	l.needSet(s, "Cardinality")
	return float64(len(l.parts(l.Force(s))))
}

// Force returns the set s enumerated. It fails if s is infinite, too large or no
// set.
func (l *Local) Force(s Value) Value {
	if s.Kind() == KindSet {
		return s
	}
	if f, ok := l.forced[s]; ok {
		return f
	}
	l.needSet(s, "enumeration")
	switch s.Kind() {
	case KindInterval, KindSubset, KindFuncSet, KindRecordSet, KindProduct:
		if n := l.size(s); n > MaxSetSize {
			fail("Attempted to construct a set with too many elements (>%d).", MaxSetSize)
		}
	}
	mark := l.Mark()
	ordered := s.Kind() == KindInterval
	l.Iterate(s, func(v Value) bool {
		if l.Poll != nil {
			l.Poll()
		}
		if l.Mark()-mark > MaxSetSize {
			fail("Attempted to construct a set with too many elements (>%d).", MaxSetSize)
		}
		l.Push(v)
		return true
	})
	var f Value
	if ordered {
		f = l.SortedSetFrom(mark)
	} else {
		f = l.SetFrom(mark)
	}
	if len(l.forced) > 1<<12 {
		clear(l.forced)
	}
	l.forced[s] = f
	return f
}

// Smaller reports whether the finite set s has fewer than n elements, as far as
// its description tells.
func (l *Local) Smaller(s Value, n int) bool { return l.size(s) < float64(n) }
