package value

// Iterate calls f with the elements of s in the order in which TLC enumerates
// them, until f returns false; it reports whether f never did. Like TLC it may
// come to the same element of a lazy \cup or UNION twice. It fails if s is
// infinite or no set.
func (l *Local) Iterate(s Value, f func(Value) bool) bool {
	switch s.Kind() {
	case KindSet:
		for _, v := range l.parts(s) {
			if !f(v) {
				return false
			}
		}
		return true
	case KindBase, KindSeq:
		fail("Attempted to enumerate the set %s, which is not enumerable", l.Print(s))
	case KindThunk:
		if t := l.ThunkOf(s); t.IsSet() {
			return t.Iterate(l, f)
		}
	}
	if !s.IsSet() {
		fail("Attempted to enumerate the %s %s, which is not a set", l.sort(s), l.Print(s))
	}
	parts := l.parts(s)
	switch s.Kind() {
	case KindInterval:
		for i, n := parts[0].AsInt(), parts[1].AsInt(); ; i++ {
			if !f(Int(i)) {
				return false
			}
			if i == n {
				return true
			}
		}
	case KindSubset:
		return l.iterateSubsets(l.parts(l.Force(parts[0])), f)
	case KindFuncSet:
		return l.iterateFuncs(parts[0], parts[1], f)
	case KindRecordSet:
		sets := append([]Value(nil), parts[1:]...)
		return l.odometer(sets, func(vs []Value) bool {
			mark := l.Mark()
			l.buf = append(l.buf, vs...)
			return f(l.FuncFrom(parts[0], mark))
		})
	case KindProduct:
		return l.odometer(parts, func(vs []Value) bool { return f(l.Tuple(vs...)) })
	case KindCup:
		a, b := parts[0], parts[1]
		if b.Kind() == KindSet {
			a, b = b, a // TLC begins with the one that it holds enumerated
		}
		return l.Iterate(a, f) && l.Iterate(b, f)
	case KindCap:
		a, b := parts[0], parts[1]
		if !l.IsFinite(a) {
			a, b = b, a
		}
		return l.Iterate(a, func(v Value) bool { return !l.Member(v, b) || f(v) })
	case KindDiff:
		return l.Iterate(parts[0], func(v Value) bool { return l.Member(v, parts[1]) || f(v) })
	case KindUnion:
		for _, e := range l.Elems(parts[0]) {
			if !l.Iterate(e, f) {
				return false
			}
		}
		return true
	}
	panic("value: unknown lazy set")
}

// iterateSubsets goes by size and then in the order of the elements, which is
// the order of the sets.
func (l *Local) iterateSubsets(elems []Value, f func(Value) bool) bool {
	n := len(elems)
	index := make([]int, n)
	for k := 0; k <= n; k++ {
		for i := range k {
			index[i] = i
		}
		for {
			mark := l.Mark()
			for _, i := range index[:k] {
				l.Push(elems[i])
			}
			if !f(l.SortedSetFrom(mark)) {
				return false
			}
			i := k - 1
			for i >= 0 && index[i] == n-k+i {
				i--
			}
			if i < 0 {
				break
			}
			index[i]++
			for j := i + 1; j < k; j++ {
				index[j] = index[j-1] + 1
			}
		}
	}
	return true
}

// iterateFuncs turns the value of the last argument fastest.
func (l *Local) iterateFuncs(domain, rng Value, f func(Value) bool) bool {
	domain = l.Force(domain)
	sets := make([]Value, len(l.parts(domain)))
	if len(sets) > 0 {
		rng = l.Force(rng)
	}
	for i := range sets {
		sets[i] = rng
	}
	return l.odometer(sets, func(vs []Value) bool {
		mark := l.Mark()
		l.buf = append(l.buf, vs...)
		return f(l.FuncFrom(domain, mark))
	})
}

// Tuples is Iterate for the set of tuples s = S1 \X ... \X Sn, if it is held as
// one, without making the tuples: f gets the elements of each, valid during the
// call.
func (l *Local) Tuples(s Value, f func(elems []Value) bool) bool { return l.odometer(l.parts(s), f) }

// Arity returns the number of sets of which the lazy set s is the product, 0 if
// it is no product.
func (l *Local) Arity(s Value) int {
	if s.Kind() != KindProduct {
		return 0
	}
	return len(l.parts(s))
}

// odometer calls f with each choice of one element from each set, the last
// changing fastest.
func (l *Local) odometer(sets []Value, f func([]Value) bool) bool {
	n := len(sets)
	elems := make([][]Value, n)
	for i, s := range sets {
		elems[i] = l.parts(l.Force(s))
		if len(elems[i]) == 0 {
			return true
		}
	}
	index := make([]int, n)
	vs := make([]Value, n)
	for i := range vs {
		vs[i] = elems[i][0]
	}
	for {
		if !f(vs) {
			return false
		}
		i := n - 1
		for ; i >= 0; i-- {
			if index[i]++; index[i] < len(elems[i]) {
				vs[i] = elems[i][index[i]]
				break
			}
			index[i] = 0
			vs[i] = elems[i][0]
		}
		if i < 0 {
			return true
		}
	}
}
