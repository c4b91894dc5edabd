package module

import "github.com/lockstep-go/lockstep/tla/syntax"

// scope holds the names visible at some place. Scopes form a chain: there is no
// shadowing, so the chain only serves to forget names.
type scope struct {
	outer   *scope
	entries map[string]*entry
	modules map[string]*Module // nested modules, by name
	order   []*entry
}

// entry is a name in a scope.
type entry struct {
	name   string
	object Object
	via    []InstanceUse // the plain instances it came through
	local  bool          // not visible to modules that extend or instantiate this one
	at     *Module       // in whose text it was introduced
	span   syntax.Span

	// weak is set for what comes by a built-in module that is not TLC's: the
	// community's modules differ in their names from version to version, so
	// that a specification may give these names another meaning.
	weak bool

	// declared is set for a RECURSIVE operator that has no definition yet.
	declared bool
}

func newScope(outer *scope) *scope {
	return &scope{outer: outer, entries: map[string]*entry{}}
}

func (s *scope) lookup(name string) *entry {
	for ; s != nil; s = s.outer {
		if e := s.entries[name]; e != nil {
			return e
		}
	}
	return nil
}

func (s *scope) module(name string) *Module {
	for ; s != nil; s = s.outer {
		if m := s.modules[name]; m != nil {
			return m
		}
	}
	return nil
}

func (s *scope) add(e *entry) {
	if old := s.entries[e.name]; old != nil {
		for i, o := range s.order {
			if o == old {
				s.order = append(s.order[:i:i], s.order[i+1:]...)
				break
			}
		}
	}
	s.entries[e.name] = e
	s.order = append(s.order, e)
}
