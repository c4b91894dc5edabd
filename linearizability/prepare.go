package linearizability

import "slices"

// prepare returns what there is to search: the operations without those that
// can make no difference, in groups that share no key. Groups are in the order
// of their first operations, and operations in that of their invocations.
// constrained counts those left that returned.
func prepare(m Model, all []Operation) (partitions [][]Operation, constrained int) {
	var ops []Operation
	for _, o := range all {
		// A failed operation had no effect: it is as if it never was.
		if o.Outcome != Fail {
			ops = append(ops, o)
		}
	}
	ops = prune(m, ops)
	for _, o := range ops {
		if o.Outcome == Return {
			constrained++
		}
	}
	return components(m, ops), constrained
}

// prune leaves out operations whose absence changes no verdict: returned ones
// that depend on nothing and change nothing, such as an aborted transaction,
// and unknown ones that can be taken out of any linearization (see views).
func prune(m Model, ops []Operation) []Operation {
	v := newViews(m, ops)
	for changed := true; changed; {
		changed = false
		ops = slices.DeleteFunc(slices.Clone(ops), func(o Operation) bool {
			f := footprint(m, o)
			var drop bool
			if o.Outcome == Return {
				drop = len(f.Sees) == 0 && len(f.Writes) == 0 && !f.SeesMore && !f.WritesMore
			} else {
				v.remove(f) // what it sees itself does not keep it
				if drop = v.removable(f); !drop {
					v.add(f)
				}
			}
			changed = changed || drop
			return drop
		})
	}
	return ops
}

func footprint(m Model, o Operation) Footprint {
	f := m.Footprint(o.Op, o.Result)
	if len(f.Keys) == 0 {
		f.Keys = []string{""}
	}
	return f
}

// views counts, over a set of operations, who sees what.
//
// Let R be a set of operations, and S others whose written cells no operation
// of R sees. If R and S together have a linearization, R alone has one: take S
// out of it. Wherever an operation of R found a cell that it sees, the last
// write to that key was one of R's (it wrote a cell that R sees), or there was
// none, and so it still is. An unknown operation of R that had no effect, and
// might now have one, goes to the end, where nothing observes it.
//
// That is removable. It makes taking out sound in shrink. In prune it works in
// both directions, because S is one unknown operation there, and can always be
// put back at the end.
type views struct {
	cells map[Cell]int
	more  map[string]int // by key: operations that see more than cells
}

func newViews(m Model, ops []Operation) *views {
	v := &views{map[Cell]int{}, map[string]int{}}
	for _, o := range ops {
		v.add(footprint(m, o))
	}
	return v
}

func (v *views) add(f Footprint)    { v.count(f, 1) }
func (v *views) remove(f Footprint) { v.count(f, -1) }

func (v *views) count(f Footprint, n int) {
	for _, c := range f.Sees {
		v.cells[c] += n
	}
	if f.SeesMore {
		for _, k := range f.Keys {
			v.more[k] += n
		}
	}
}

// removable reports whether nothing counted sees what f writes.
func (v *views) removable(f Footprint) bool {
	if f.WritesMore {
		return false
	}
	for _, c := range f.Writes {
		if v.cells[c] > 0 || v.more[c.Key] > 0 {
			return false
		}
	}
	return true
}

// components groups the operations by connected keys: two operations are in
// one group if they share a key, or if a chain of such pairs joins them.
func components(m Model, ops []Operation) [][]Operation {
	parent := map[string]string{}
	var root func(string) string
	root = func(k string) string {
		p, ok := parent[k]
		if !ok || p == k {
			parent[k] = k
			return k
		}
		r := root(p)
		parent[k] = r
		return r
	}
	first := make([]string, len(ops))
	for i, o := range ops {
		keys := footprint(m, o).Keys
		first[i] = keys[0]
		for _, k := range keys {
			parent[root(k)] = root(first[i])
		}
	}
	var groups [][]Operation
	index := map[string]int{}
	for i, o := range ops {
		r := root(first[i])
		g, ok := index[r]
		if !ok {
			g = len(groups)
			index[r] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], o)
	}
	return groups
}
