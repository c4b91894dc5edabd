package value

import (
	"cmp"
	"math"
)

// Compare returns a negative number, zero or a positive number as a comes before
// b, equals it or comes after it in TLC's order. Values that TLC cannot compare
// raise an *Error.
func (l *Local) Compare(a, b Value) int {
	if a == b {
		return 0
	}
	ka, kb := a.Kind(), b.Kind()
	if ka == KindModel || kb == KindModel {
		return l.compareModel(a, b)
	}
	switch ka {
	case KindInt:
		if kb == KindInt {
			return cmp.Compare(a.AsInt(), b.AsInt())
		}
		fail("Attempted to compare integer %s with non-integer:\n%s", l.Print(a), l.Print(b))
	case KindBool, KindString:
		if kb == ka {
			return cmp.Compare(a, b)
		}
		name := "string"
		if ka == KindBool {
			name = "boolean"
		}
		fail("Attempted to compare %s %s with non-%s:\n%s", name, l.Print(a), name, l.Print(b))
	}
	if a.IsFunc() && b.IsFunc() {
		return l.compareFuncs(a, b)
	}
	if ka == KindThunk || kb == KindThunk {
		if ta, tb := l.forceThunk(a), l.forceThunk(b); ta != a || tb != b {
			return l.Compare(ta, tb)
		}
	}
	if a.IsSet() && b.IsSet() {
		return l.compareSets(a, b)
	}
	l.besideRecord(a, b, "compare")
	fail("Attempted to compare the %s %s with the value:\n%s", l.setOrFunction(a), l.Print(a), l.Print(b))
	return 0
}

// Sort names the sort of v in one word or two, as errors do.
func (l *Local) Sort(v Value) string { return l.sort(v) }

// sort names the sort of v in the words of TLC's errors.
func (l *Local) sort(v Value) string {
	switch v.Kind() {
	case KindInt:
		return "integer"
	case KindBool:
		return "boolean"
	case KindString:
		return "string"
	case KindModel:
		return "model value"
	case KindTuple:
		return "tuple"
	case KindRecord:
		return "record"
	case KindFunc:
		return "function"
	case KindThunk:
		return "value"
	}
	return "set"
}

// compareModel compares when one of a and b is a model value, which comes before
// everything but model values. Typed ones are no exception: as in TLC they
// cannot be equated with another type, but ordered.
func (l *Local) compareModel(a, b Value) int {
	if a.Kind() == KindModel && b.Kind() == KindModel {
		return cmp.Compare(a, b)
	}
	if a.Kind() == KindModel {
		return -1
	}
	return 1
}

func (l *Local) checkModels(a, b Value, what string) {
	if ta, tb := l.modelType(a), l.modelType(b); ta != tb && ta != 0 && tb != 0 {
		fail("Attempted to %s the differently-typed model values %s and %s", what, l.Print(a), l.Print(b))
	}
}

func (l *Local) checkModel(model, other Value, what string) {
	if l.modelType(model) != 0 {
		fail(what, l.Print(model), l.Print(other))
	}
}

// setOrFunction is sort where TLC calls every function a function.
func (l *Local) setOrFunction(v Value) string {
	if v.IsFunc() {
		return "function"
	}
	return l.sort(v)
}

// Describe names the sort of v with its article, in the words of TLC's errors.
func (l *Local) Describe(v Value) string {
	switch v.Kind() {
	case KindBool:
		return "a Boolean value"
	case KindInt:
		return "an integer"
	case KindSet:
		return "a set of the form {e1, ... ,eN}"
	case KindThunk:
		if l.ThunkOf(v).IsSet() {
			return `a set of the form {x \in S : P(x)}`
		}
	}
	return "a " + l.sort(v)
}

// besideRecord fails if a is a record and b a function that is none.
func (l *Local) besideRecord(a, b Value, what string) {
	if a.Kind() == KindRecord && b.Kind() != KindRecord && (!b.IsFunc() || len(l.Values(b)) > 0) {
		fail("Attempted to %s record:\n%s\nwith non-record\n%s", what, l.Print(a), l.Print(b))
	}
}

func (l *Local) compareSets(a, b Value) int {
	ea, eb := l.Elems(l.Force(a)), l.Elems(l.Force(b))
	if len(ea) != len(eb) {
		return cmp.Compare(len(ea), len(eb))
	}
	for i := range ea {
		if ea[i] != eb[i] {
			if c := l.Compare(ea[i], eb[i]); c != 0 {
				return c
			}
		}
	}
	return 0
}

// compareFuncs compares by size, then argument, value, argument, value...
func (l *Local) compareFuncs(a, b Value) int {
	l.besideRecord(a, b, "compare")
	da, va := l.funcParts(a)
	db, vb := l.funcParts(b)
	if len(va) != len(vb) {
		return cmp.Compare(len(va), len(vb))
	}
	if len(da) > 0 && len(db) > 0 && &da[0] == &db[0] {
		da, db = nil, nil
	}
	for i := range va {
		if da != nil || db != nil {
			if c := l.Compare(domainElem(da, i), domainElem(db, i)); c != 0 {
				return c
			}
		}
		if va[i] != vb[i] {
			if c := l.Compare(va[i], vb[i]); c != 0 {
				return c
			}
		}
	}
	return 0
}

// funcParts returns the domain of the function f in order, nil for 1..n, and
// its values in the same order.
func (l *Local) funcParts(f Value) (domain, values []Value) {
	parts := l.parts(f)
	if f.Kind() == KindTuple {
		return nil, parts
	}
	return l.parts(parts[0]), parts[1:]
}

func domainElem(domain []Value, i int) Value {
	if domain == nil {
		return Int(int32(i + 1))
	}
	return domain[i]
}

// Equal reports whether a = b, with TLC's errors for values that it cannot
// compare. As in TLC the comparison ends at the first difference, so that sets
// of different sizes are unequal whatever they hold.
func (l *Local) Equal(a, b Value) bool {
	if a == b {
		return true
	}
	ka, kb := a.Kind(), b.Kind()
	if ka == KindModel || kb == KindModel {
		switch {
		case ka == kb:
			l.checkModels(a, b, "check equality of")
		case ka == KindModel:
			l.checkModel(a, b, "Attempted to check equality of typed model value %s and non-model value\n%s")
		default:
			l.checkModel(b, a, "Attempted to check equality of the typed model value %s and the non-model value\n%s")
		}
		return false
	}
	switch ka {
	case KindInt, KindBool, KindString:
		if ka == kb {
			return false
		}
		if ka == KindBool {
			fail("Attempted to compare equality of boolean %s with non-boolean:\n%s", l.Print(a), l.Print(b))
		}
		name := l.sort(a)
		fail("Attempted to check equality of %s %s with non-%s:\n%s", name, l.Print(a), name, l.Print(b))
	}
	if a.IsFunc() && b.IsFunc() {
		return l.equalFuncs(a, b)
	}
	if ka == KindThunk || kb == KindThunk {
		if ta, tb := l.forceThunk(a), l.forceThunk(b); ta != a || tb != b {
			return l.Equal(ta, tb)
		}
	}
	if a.IsSet() && b.IsSet() {
		return l.equalSets(a, b)
	}
	l.besideRecord(a, b, "check equality of")
	fail("Attempted to check equality of the %s %s with the value:\n%s", l.setOrFunction(a), l.Print(a), l.Print(b))
	return false
}

func (l *Local) equalSets(a, b Value) bool {
	if a.Kind() != KindSet || b.Kind() != KindSet {
		if ka, kb := a.Kind(), b.Kind(); ka == KindBase && kb == KindBase {
			if (a == Strings) != (b == Strings) {
				fail("Attempted to compare %s with the value\n%s", l.Print(a), l.Print(b))
			}
			return false
		}
		if a.Kind() == KindSubset || b.Kind() == KindSubset {
			// TLC counts before it enumerates.
			if l.IsFinite(a) && l.IsFinite(b) {
				na, nb := l.size(a), l.size(b)
				if na != nb && max(na, nb) <= math.MaxInt32 {
					return false
				}
			}
		}
		if ka := a.Kind(); ka == b.Kind() && (ka == KindSubset || ka == KindFuncSet) {
			// As in TLC, by their parts.
			pa, pb := l.parts(a), l.parts(b)
			for i := range pa {
				if !l.Equal(pa[i], pb[i]) {
					return false
				}
			}
			return true
		}
		return l.Equal(l.Force(a), l.Force(b))
	}
	ea, eb := l.parts(a), l.parts(b)
	if len(ea) != len(eb) {
		return false
	}
	for i := range ea {
		if !l.Equal(ea[i], eb[i]) {
			return false
		}
	}
	return true
}

func (l *Local) equalFuncs(a, b Value) bool {
	l.besideRecord(a, b, "check equality of")
	da, va := l.funcParts(a)
	db, vb := l.funcParts(b)
	if len(va) != len(vb) {
		return false
	}
	if len(da) > 0 && len(db) > 0 && &da[0] == &db[0] {
		da, db = nil, nil
	}
	if da != nil || db != nil {
		for i := range va {
			if !l.Equal(domainElem(da, i), domainElem(db, i)) || !l.Equal(va[i], vb[i]) {
				return false
			}
		}
		return true
	}
	for i := range va {
		if !l.Equal(va[i], vb[i]) {
			return false
		}
	}
	return true
}
