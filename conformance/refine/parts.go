package refine

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sort"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/tla/value"
)

// This file maps a world to what is known of the specification's state. What a
// node or the network contributes is found out once for each of its states.

// partKey names what a node, or the network, is for a slice.
type partKey struct {
	slice, constants, node int32 // -1 is the network
	state                  world.Hash
}

// part is what a node or the network contributes to the state of a slice.
type part struct {
	id       int32
	bindings demand
	shared   []binding // sets, to be united with those of other parts
	unknown  []int     // variables of which a part cannot be told
	err      error
}

// demandOf numbers what the world maps to, for a slice.
func (s *Stepper) demandOf(w *world.World, x *slice) (int32, error) {
	m := s.machine(x)
	parts := s.now[:0]
	for i, id := range s.ids {
		k := partKey{x.id, x.constants, int32(i), w.NodeHash(i)}
		p := s.parts[k]
		if p == nil {
			a := protocol.Assignment{}
			if s.takesPart(x, w, i) {
				a = s.proto.AssignNode(x.name, w.NodeView(id))
			}
			p = s.part(m, k, string(id), a)
		}
		parts = append(parts, p)
	}
	k := partKey{x.id, x.constants, -1, w.NetworkHash()}
	p := s.parts[k]
	if p == nil {
		var flying []protocol.Message
		for _, e := range w.InFlight() {
			flying = append(flying, e.Message)
		}
		p = s.part(m, k, "", protocol.Assignment{Whole: s.proto.AssignNetwork(x.name, flying)})
	}
	parts = append(parts, p)
	s.now = parts
	key := binary.LittleEndian.AppendUint32(s.key[:0], uint32(x.constants))
	for _, p := range parts {
		if p.err != nil {
			return 0, &StepError{Slice: x.name, Rejection: Rejection{Reason: p.err.Error()}}
		}
		key = binary.LittleEndian.AppendUint32(key, uint32(p.id))
	}
	s.key = key
	if dem, ok := s.demands[string(key)]; ok {
		return dem, nil
	}
	dem := m.demand(combine(m, parts))
	s.demands[string(key)] = dem
	return dem, nil
}

// part converts and keeps what a node, or the network, contributes.
func (s *Stepper) part(m *machine, key partKey, node string, a protocol.Assignment) *part {
	p := &part{}
	var errs error
	variable := func(name string) (int, bool) {
		i, ok := m.vars[name]
		if !ok {
			errs = errors.Join(errs, fmt.Errorf("the protocol maps to the variable %s, which the specification does not have", name))
		}
		return i, ok
	}
	for _, name := range sortedKeys(a.Local) {
		if i, ok := variable(name); ok {
			v, err := m.value(a.Local[name])
			errs = errors.Join(errs, err)
			p.bindings = append(p.bindings, binding{i, m.str(node), v})
		}
	}
	for _, name := range sortedKeys(a.Whole) {
		i, ok := variable(name)
		if !ok {
			continue
		}
		if a.Whole[name] == nil {
			p.unknown = append(p.unknown, i)
			continue
		}
		v, err := m.value(a.Whole[name])
		errs = errors.Join(errs, err)
		if _, ok := a.Whole[name].(protocol.Set); ok && err == nil {
			p.shared = append(p.shared, binding{variable: i, value: v})
		} else {
			p.bindings = append(p.bindings, binding{variable: i, value: v})
		}
	}
	p.err = errs
	p.id = s.numberPart(p)
	s.parts[key] = p
	return p
}

// numberPart gives equal parts equal numbers: many states of a node map to the
// same.
func (s *Stepper) numberPart(p *part) int32 {
	k := s.key[:0]
	for _, list := range [][]binding{p.bindings, p.shared} {
		for _, b := range list {
			k = binary.LittleEndian.AppendUint32(k, uint32(b.variable))
			k = appendValues(k, []value.Value{b.at, b.value})
		}
		k = append(k, '/')
	}
	for _, i := range p.unknown {
		k = binary.LittleEndian.AppendUint32(k, uint32(i))
	}
	s.key = k
	id, ok := s.contents[string(k)]
	if !ok {
		id = int32(len(s.contents))
		s.contents[string(k)] = id
	}
	return id
}

// combine unites what several parts contribute to one variable.
func combine(m *machine, parts []*part) demand {
	var d demand
	united := map[int]value.Value{}
	unknown := map[int]bool{}
	for _, p := range parts {
		d = append(d, p.bindings...)
		for _, b := range p.shared {
			if v, ok := united[b.variable]; ok {
				united[b.variable] = m.local.Cup(v, b.value)
			} else {
				united[b.variable] = b.value
			}
		}
		for _, i := range p.unknown {
			unknown[i] = true
		}
	}
	for i, v := range united {
		if !unknown[i] {
			d = append(d, binding{variable: i, value: m.local.Canon(v)})
		}
	}
	sort.Slice(d, func(i, j int) bool {
		if d[i].variable != d[j].variable {
			return d[i].variable < d[j].variable
		}
		return d[i].at < d[j].at
	})
	return d
}
