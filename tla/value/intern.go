package value

import (
	"sync/atomic"
	"unsafe"
)

// object returns the words of the object at offset at, header and all. The
// Local remembers the chunks of the Store, which only become more.
func (l *Local) object(at uint64) unsafe.Pointer {
	i := at >> chunkShift
	if i >= uint64(len(l.known)) {
		l.known = *l.chunks.Load()
	}
	return unsafe.Pointer(&l.known[i][at&(chunkWords-1)])
}

// parts returns the parts of the compound value v, which must not be changed.
func (l *Local) parts(v Value) []Value {
	p := l.object(v.payload())
	n := header(p)[1] & (1<<32 - 1)
	return unsafe.Slice((*Value)(unsafe.Add(p, headWords*8)), n)
}

// hash returns the hash of v's content, the same in every run that sees the
// same strings in the same order.
func (l *Local) hash(v Value) uint64 {
	if 1<<v.Kind()&(inlineKind|1<<KindBase|1<<KindThunk) != 0 {
		return uint64(v)
	}
	return header(l.object(v.payload()))[0]
}

// intern returns the handle of the object of that kind and those parts, making
// it if need be. parts is copied.
func (l *Local) intern(kind Kind, parts []Value) Value {
	h := uint64(kind)<<40 + uint64(len(parts))*golden
	var lazy Value
	for i, v := range parts {
		h += mix(l.hash(v) + uint64(i+1)*golden)
		lazy |= v
	}
	return l.internHashed(kind, h, lazy, parts)
}

func (l *Local) internHashed(kind Kind, h uint64, lazy Value, parts []Value) Value {
	tag := Value(kind) | lazy&lazyBit
	if kind >= KindInterval {
		tag |= lazyBit
	}
	head := uint64(kind)<<32 | uint64(len(parts))
	spread := mix(h)
	sh := &l.shards[spread>>(64-shardBits)]
	if at, ok := l.find(*sh.table.Load(), spread, head, h, parts); ok {
		return tag | Value(at)<<shiftBits
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	table := *sh.table.Load()
	if at, ok := l.find(table, spread, head, h, parts); ok {
		return tag | Value(at)<<shiftBits
	}
	if (sh.count+1)*4 > len(table)*3 {
		table = l.rehash(table)
		sh.table.Store(&table)
	}
	at := l.alloc(sh, headWords+len(parts))
	if l.Full != nil && l.bytes.Load() > l.BytesMax {
		l.Full.Store(true)
	}
	p := l.object(at)
	header(p)[0] = h
	header(p)[1] = head
	copy(unsafe.Slice((*Value)(unsafe.Add(p, headWords*8)), len(parts)), parts)
	l.insert(table, spread, at)
	sh.count++
	return tag | Value(at)<<shiftBits
}

func (l *Local) find(table []uint64, spread, head, h uint64, parts []Value) (uint64, bool) {
	mask := uint64(len(table) - 1)
	want := spread << slotBits // the low bits of the hash, above the offset
	for i := (spread >> 24) & mask; ; i = (i + 1) & mask {
		slot := atomic.LoadUint64(&table[i])
		if slot == 0 {
			return 0, false
		}
		if slot&^slotMask != want {
			continue
		}
		at := slot & slotMask
		p := l.object(at)
		if header(p)[0] != h || header(p)[1] != head {
			continue
		}
		if equalParts(unsafe.Slice((*Value)(unsafe.Add(p, headWords*8)), len(parts)), parts) {
			return at, true
		}
	}
}
