package module

// A module may extend two modules that declare the same constant or variable.
// SANY warns and TLC, which knows them by name, takes them for one. So the two
// objects become one, wherever they are referred to.

// identify makes a stand for b, if both are declared constants or both are
// variables.
func (l *loader) identify(a, b Object) {
	a, b = l.identity(a), l.identity(b)
	if a == b {
		return
	}
	switch a.(type) {
	case *Constant:
		if _, ok := b.(*Constant); !ok || a.NumArgs() != b.NumArgs() {
			return
		}
	case *Variable:
		if _, ok := b.(*Variable); !ok {
			return
		}
	default:
		return
	}
	l.aliases[a] = b
}

// identity returns the object that o has been made to stand for.
func (l *loader) identity(o Object) Object {
	for l.aliases[o] != nil {
		o = l.aliases[o]
	}
	return o
}

// replaceAliases puts the identity of every object in its place.
func (l *loader) replaceAliases() {
	if len(l.aliases) == 0 {
		return
	}
	for _, u := range l.spec.Uses {
		u.Object = l.identity(u.Object)
	}
	for id, o := range l.spec.Defs {
		l.spec.Defs[id] = l.identity(o)
	}
	for _, inst := range l.instances {
		var list []*Subst
		seen := map[Object]bool{}
		for _, s := range inst.Substs {
			s.Object = l.identity(s.Object)
			if !seen[s.Object] {
				seen[s.Object] = true
				list = append(list, s)
			}
		}
		inst.Substs = list
	}
	for _, m := range l.spec.Modules {
		m.Constants = identities(l, m.Constants)
		m.Variables = identities(l, m.Variables)
		for _, e := range m.names.order {
			e.object = l.identity(e.object)
		}
	}
}

// identities returns the identities of the objects of a list, each once.
func identities[T interface {
	comparable
	Object
}](l *loader, list []T) []T {
	var out []T
	for _, o := range list {
		if same := l.identity(o).(T); !contains(out, same) {
			out = append(out, same)
		}
	}
	return out
}
