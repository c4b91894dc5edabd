package linearizability

import (
	"hash/fnv"
	"slices"
	"strings"
)

// cellMap is an immutable map from keys to values that are not empty, with its
// hash: the sum of its cells' hashes, so that a write costs the cells it writes.
type cellMap struct {
	cells []Cell // sorted by key
	hash  uint64
}

func (m *cellMap) find(key string) (int, bool) {
	return slices.BinarySearchFunc(m.cells, key, func(c Cell, k string) int { return strings.Compare(c.Key, k) })
}

// get returns the value at the key, "" when there is none.
func (m *cellMap) get(key string) string {
	if i, ok := m.find(key); ok {
		return m.cells[i].Value
	}
	return ""
}

// holds reports whether the map has all the cells, "" standing for none.
func (m *cellMap) holds(cs []Cell) bool {
	for _, c := range cs {
		if m.get(c.Key) != c.Value {
			return false
		}
	}
	return true
}

// with returns the map with the cells written; it does not change m.
func (m *cellMap) with(cs []Cell) *cellMap {
	if m.holds(cs) {
		return m
	}
	next := &cellMap{slices.Clone(m.cells), m.hash}
	for _, c := range cs {
		i, ok := next.find(c.Key)
		if ok {
			next.hash -= cellHash(next.cells[i])
		}
		switch {
		case c.Value == "" && ok:
			next.cells = slices.Delete(next.cells, i, i+1)
		case c.Value == "":
		case ok:
			next.cells[i].Value = c.Value
		default:
			next.cells = slices.Insert(next.cells, i, c)
		}
		if c.Value != "" {
			next.hash += cellHash(c)
		}
	}
	return next
}

func cellHash(c Cell) uint64 {
	h := fnv.New64a()
	h.Write([]byte(c.Key))
	h.Write([]byte{0})
	h.Write([]byte(c.Value))
	return h.Sum64()
}
