package check

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// initial generates the initial states, one after the other.
func (s *search) initial() {
	w := s.workers[0]
	ord := uint32(0)
	err := w.m.Generate(s.init, nil, func(s1 []value.Value, leaf *eval.Leaf) bool {
		s.res.Generated++
		s.res.Actions[0].Taken++
		s.initialState(w, s1, ord)
		ord++
		if ord&(1<<12-1) == 0 && !s.within() {
			return false
		}
		return !s.stop
	})
	if err != nil && !s.stop {
		s.errored(err, w.doing)
	}
	s.res.Initial = s.res.Distinct
	s.queue = s.res.Distinct
}

func (s *search) initialState(w *worker, s1 []value.Value, ord uint32) {
	w.doing = named{name: "Init"}
	end := func() {
		s.res.Trace = []TraceState{s.traceState(w.m, s1, nil)}
	}
	for i, v := range s1 {
		if v == 0 {
			s.errored(fmt.Errorf("the initial state is not completely specified: variable %s has no value", s.Program.Vars[i].Name), w.doing)
			end()
			return
		}
	}
	if ok := w.all(s.constraints, s1, nil); ok {
		fp := w.fingerprint(s1)
		if !s.seen.add(fp) {
			return
		}
		s.res.Distinct++
		s.res.Actions[0].Distinct++
		s.res.Depth = 1
		at := s.links.count
		s.links.extend(1)
		*s.links.at(at) = link{noParent, ord}
		s.found.extend(1)
		copy(s.found.at(s.found.count-1), s1)
		if s.ids != nil {
			s.ids[fp] = uint32(at)
			s.opts.Graph.State(at, s1, true)
		}
	}
	if !w.all(s.invariants, s1, nil) {
		s.violated(Invariant, w.doing)
		end()
	} else if !w.all(s.initProps, s1, nil) {
		s.violated(InitialProperty, w.doing)
		end()
	}
	w.doing = named{name: "Init"}
}
