package world

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// symmetry is the group of the renamings of interchangeable nodes. The first
// renaming changes nothing.
type symmetry struct {
	protocol protocol.Symmetric
	to       [][]int // by renaming and node
	rename   []protocol.Renaming
}

// renamingsMax bounds the group: each world is hashed once for each renaming.
const renamingsMax = 720

// newSymmetry returns nil if there is nothing to exchange.
func newSymmetry(p protocol.Protocol, ids []protocol.NodeID) (*symmetry, error) {
	sp, ok := p.(protocol.Symmetric)
	if !ok {
		return nil, fmt.Errorf("protocol %s does not say which of its nodes are interchangeable: expected a protocol.Symmetric", p.Name())
	}
	s := &symmetry{protocol: sp}
	identity := make([]int, len(ids))
	for i := range ids {
		identity[i] = i
	}
	s.to = [][]int{identity}
	var grouped []int
	for _, group := range sp.Interchangeable() {
		var at []int
		for _, id := range group {
			i := slices.Index(ids, id)
			if i < 0 || slices.Contains(grouped, i) {
				return nil, fmt.Errorf("protocol %s: interchangeable nodes %v: expected each of the nodes %v at most once", p.Name(), group, ids)
			}
			at, grouped = append(at, i), append(grouped, i)
		}
		var all [][]int
		for _, to := range s.to {
			permute(at, func(image []int) bool {
				t := slices.Clone(to)
				for k, i := range at {
					t[i] = image[k]
				}
				all = append(all, t)
				return len(all) <= renamingsMax
			})
		}
		if len(all) > renamingsMax {
			return nil, fmt.Errorf("protocol %s: expected at most %d ways to exchange interchangeable nodes, found more", p.Name(), renamingsMax)
		}
		s.to = all
	}
	for _, to := range s.to {
		s.rename = append(s.rename, func(id protocol.NodeID) protocol.NodeID {
			if i := slices.Index(ids, id); i >= 0 {
				return ids[to[i]]
			}
			return id
		})
	}
	for _, id := range ids {
		n, err := p.NewNode(id)
		if err != nil {
			return nil, err
		}
		if _, ok := n.(protocol.Renamable); !ok {
			return nil, fmt.Errorf("protocol %s: node %s cannot be renamed: expected a protocol.Renamable, found %T", p.Name(), id, n)
		}
	}
	return s, nil
}

// permute calls f with every order of the elements, the given one first, until
// f returns false.
func permute(elements []int, f func([]int) bool) {
	order := slices.Clone(elements)
	var place func(k int) bool
	place = func(k int) bool {
		if k == len(order) {
			return f(order)
		}
		for j := k; j < len(order); j++ {
			order[k], order[j] = order[j], order[k]
			goOn := place(k + 1)
			order[k], order[j] = order[j], order[k]
			if !goOn {
				return false
			}
		}
		return true
	}
	place(0)
}

// renamings returns how many renamings there are, at least one.
func (w *World) renamings() int {
	if w.sym == nil {
		return 1
	}
	return len(w.sym.to)
}

// renamed is the node in whose place node i is after the renaming.
func (w *World) renamed(p, i int) int {
	if p == 0 {
		return i
	}
	return w.sym.to[p][i]
}

func (w *World) appendNodeState(b []byte, n protocol.Node, p int) []byte {
	if p == 0 {
		return n.AppendState(b)
	}
	return n.(protocol.Renamable).AppendRenamed(b, w.sym.rename[p])
}

func (w *World) appendPayload(b []byte, m protocol.Payload, encoded string, p int) []byte {
	if p > 0 {
		if r, ok := m.(protocol.Renamable); ok {
			at := len(b)
			b = append(b, 0, 0, 0, 0)
			b = r.AppendRenamed(b, w.sym.rename[p])
			binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
			return b
		}
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(encoded)))
	return append(b, encoded...)
}

// appendHeld appends what a step holds back for other nodes. They all leave at
// once, so their order is nothing; a renaming must not change it either.
func (w *World) appendHeld(b []byte, h *Held, p int) []byte {
	if w.sym == nil {
		for j, m := range h.Messages {
			b = append(b, byte(w.index(m.To)))
			b = w.appendPayload(b, m.Payload, h.encoded[j], p)
		}
		return b
	}
	each := make([]string, len(h.Messages))
	for j, m := range h.Messages {
		each[j] = string(w.appendPayload([]byte{byte(w.renamed(p, w.index(m.To)))}, m.Payload, h.encoded[j], p))
	}
	slices.Sort(each)
	for _, m := range each {
		b = append(b, m...)
	}
	return b
}

func (w *World) appendRecord(b []byte, of protocol.NodeID, record []byte, p int) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	if p == 0 {
		b = append(b, record...)
	} else {
		b = w.sym.protocol.AppendRenamedRecord(b, of, record, w.sym.rename[p])
	}
	binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

func (w *World) appendTimers(b []byte, timers []protocol.Timer, p int) []byte {
	b = binary.AppendUvarint(b, uint64(len(timers)))
	if p == 0 {
		for _, t := range timers {
			b = appendString(b, t.Name)
		}
		return b
	}
	names := make([]string, len(timers))
	for i, t := range timers {
		names[i] = w.sym.protocol.RenamedTimer(t.Name, w.sym.rename[p])
	}
	slices.Sort(names)
	for _, name := range names {
		b = appendString(b, name)
	}
	return b
}

// Renamings returns how many ways of exchanging interchangeable nodes make one
// Hash of several worlds: 1 without Options.Symmetry.
func (w *World) Renamings() int { return w.renamings() }
