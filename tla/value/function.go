package value

import "slices"

// Tuple returns <<elems[0], ...>>.
func (l *Local) Tuple(elems ...Value) Value { return l.intern(KindTuple, elems) }

// TupleFrom returns the tuple of what was pushed since the mark, and takes it
// from the scratch stack.
func (l *Local) TupleFrom(mark int) Value {
	t := l.intern(KindTuple, l.buf[mark:])
	l.Drop(mark)
	return t
}

// FuncFrom returns the function on the enumerated set domain whose values, in
// the order of the domain, were pushed since the mark.
func (l *Local) FuncFrom(domain Value, mark int) Value {
	elems := l.parts(domain)
	kind := KindFunc
	switch {
	case len(elems) == 0:
		kind = KindTuple
	case elems[0] == Int(1) && elems[len(elems)-1] == Int(int32(len(elems))):
		kind = KindTuple // sorted and distinct: it is 1..n
	case elems[0].Kind() == KindString && elems[len(elems)-1].Kind() == KindString:
		kind = KindRecord
	}
	if kind == KindTuple {
		return l.TupleFrom(mark)
	}
	l.buf = slices.Insert(l.buf, mark, domain)
	f := l.intern(kind, l.buf[mark:])
	l.Drop(mark)
	return f
}

// Record returns the record with the given fields, which are strings and come in
// pairs with their values. It fails if a field is given twice.
func (l *Local) Record(fields, values []Value) Value {
	order := make([]int, len(fields))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return scalarOrder(fields[a], fields[b]) })
	domain := l.SetOf(fields...)
	if len(l.parts(domain)) != len(fields) {
		fail("a record has the same field twice")
	}
	mark := l.Mark()
	for _, i := range order {
		l.Push(values[i])
	}
	return l.FuncFrom(domain, mark)
}

// Func returns the function that maps each of args to the value at the same
// place. If an argument comes twice the first counts.
func (l *Local) Func(args, values []Value) Value {
	domain := l.SetOf(args...)
	elems := l.parts(domain)
	mark := l.Mark()
	for _, e := range elems {
		for i, a := range args {
			if l.Equal(a, e) {
				l.Push(values[i])
				break
			}
		}
	}
	return l.FuncFrom(domain, mark)
}

// Domain returns DOMAIN f.
func (l *Local) Domain(f Value) Value {
	switch f.Kind() {
	case KindTuple:
		return l.Interval(1, int32(len(l.parts(f))))
	case KindRecord, KindFunc:
		return l.parts(f)[0]
	case KindThunk:
		if t := l.ThunkOf(f); !t.IsSet() {
			return t.Domain(l)
		}
	}
	fail("Attempted to apply the operator DOMAIN to a non-function\n(%s)", l.Describe(f))
	return 0
}

// Len returns the length of the sequence s, and whether it is one.
func (l *Local) Len(s Value) (int, bool) {
	if s.Kind() == KindThunk && !l.ThunkOf(s).IsSet() {
		s = l.forceThunk(s)
	}
	if s.Kind() != KindTuple {
		return 0, false
	}
	return len(l.parts(s)), true
}

// Seq returns the elements of the sequence s, and whether it is one. They must
// not be changed.
func (l *Local) Seq(s Value) ([]Value, bool) {
	if s.Kind() == KindThunk && !l.ThunkOf(s).IsSet() {
		s = l.forceThunk(s)
	}
	if s.Kind() != KindTuple {
		return nil, false
	}
	return l.parts(s), true
}

// Values returns the values of the enumerated function f in the order of its
// domain. They must not be changed.
func (l *Local) Values(f Value) []Value {
	_, v := l.funcParts(f)
	return v
}

// Index returns the place of arg in the domain of the enumerated function f, -1
// if it is not there.
func (l *Local) Index(f, arg Value) int {
	parts := l.parts(f)
	if f.Kind() == KindTuple {
		if !arg.IsInt() {
			return -1
		}
		if i := int(arg.AsInt()); i >= 1 && i <= len(parts) {
			return i - 1
		}
		return -1
	}
	return l.search(l.parts(parts[0]), arg)
}

// Lookup returns f[arg], and whether arg is in the domain of f. It fails if f is
// no function.
func (l *Local) Lookup(f, arg Value) (Value, bool) {
	switch f.Kind() {
	case KindTuple, KindRecord, KindFunc:
		if f.Kind() == KindRecord && arg.Kind() != KindString && arg.Kind() != KindModel {
			fail("Attempted to apply record to a non-string value %s.", l.Print(arg))
		}
		i := l.Index(f, arg)
		if i < 0 {
			return 0, false
		}
		if f.Kind() != KindTuple {
			i++
		}
		return l.parts(f)[i], true
	case KindThunk:
		if t := l.ThunkOf(f); !t.IsSet() {
			if !l.Member(arg, t.Domain(l)) {
				return 0, false
			}
			return t.Apply(l, arg), true
		}
	}
	fail("A non-function (%s) was applied as a function.", l.Describe(f))
	return 0, false
}

// Apply returns f[arg].
func (l *Local) Apply(f, arg Value) Value {
	if v, ok := l.Lookup(f, arg); ok {
		return v
	}
	switch {
	case f.Kind() == KindTuple && arg.IsInt():
		fail("Attempted to apply tuple\n%s\nto integer %s which is out of domain.", l.Print(f), l.Print(arg))
	case f.Kind() == KindTuple:
		fail("Attempted to apply tuple to a non-integer argument.")
	case f.Kind() == KindRecord && arg.Kind() == KindString:
		fail("Attempted to apply the record\n%s\nto nonexistent record field %s.", l.Print(f), l.Text(arg))
	}
	if f.Kind() == KindThunk {
		fail("In applying the function\n%s,\nthe first argument is:\n%s\nwhich is not in its domain.", l.Print(f), l.Print(arg))
	}
	fail("Attempted to apply function:\n%s\nto argument %s, which is not in the domain of the function.", l.Print(f), l.Print(arg))
	return 0
}

// Field returns r.name.
func (l *Local) Field(r, name Value) Value {
	switch r.Kind() {
	case KindRecord:
		if i := l.Index(r, name); i >= 0 {
			return l.parts(r)[i+1]
		}
		fail("Attempted to select nonexistent field %s from the record\n%s", l.Print(name), l.Print(r))
	case KindTuple:
		fail("Attempted to apply function with integer domain to the non-integer argument %s", l.Print(name))
	case KindFunc, KindThunk:
		return l.Apply(r, name)
	}
	fail("Attempted to select field %s from a non-record value %s", l.Print(name), l.Print(r))
	return 0
}

// Updatable is Lookup for [f EXCEPT ![arg] = ...]: it fails if f is no function,
// and if arg is of a sort that f cannot be applied to.
func (l *Local) Updatable(f, arg Value) (Value, bool) {
	switch f.Kind() {
	case KindTuple:
		if !arg.IsInt() {
			fail("Attempted to apply tuple to a non-integer argument %s.", l.Print(arg))
		}
	case KindRecord:
		if arg.Kind() != KindString {
			fail("Attempted to apply record to a non-string argument %s.", l.Print(arg))
		}
	case KindFunc, KindThunk:
	default:
		fail("Attempted to apply EXCEPT construct to the value %s.", l.Print(f))
	}
	return l.Lookup(f, arg)
}

// Update returns [f EXCEPT ![arg] = v]. As in TLC it is f if arg is not in the
// domain of f.
func (l *Local) Update(f, arg, v Value) Value {
	if f.Kind() == KindThunk {
		f = l.forceThunk(f)
	}
	if !f.IsFunc() {
		fail("Attempted to apply EXCEPT to the %s %s, which is not a function", l.sort(f), l.Print(f))
	}
	i := l.Index(f, arg)
	if i < 0 {
		return f
	}
	if f.Kind() != KindTuple {
		i++
	}
	parts := l.parts(f)
	old := parts[i]
	if old == v {
		return f
	}
	e, ok := l.recall(memoUpdate, f, Value(i), v)
	if ok {
		return e.result
	}
	mark := l.Mark()
	l.buf = append(l.buf, parts...)
	l.buf[mark+i] = v
	var r Value
	if (f | v).IsLazy() {
		r = l.intern(f.Kind(), l.buf[mark:])
	} else {
		salt := uint64(i+1) * golden
		h := l.hash(f) - mix(l.hash(old)+salt) + mix(l.hash(v)+salt)
		r = l.internHashed(f.Kind(), h, 0, l.buf[mark:])
	}
	l.Drop(mark)
	*e = memoEntry{f, Value(i), v, r, memoUpdate}
	return r
}

// RecordFrom returns the record of the domain and the values, in the order of
// the domain, that were pushed since the mark.
func (l *Local) RecordFrom(mark int) Value {
	r := l.intern(KindRecord, l.buf[mark:])
	l.Drop(mark)
	return r
}
