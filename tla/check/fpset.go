package check

import "math/bits"

// fingerprint is what tells a state from others: lo is a hash of its content. hi
// is 0, or with Options.Wide a hash of the handles of its values, which are
// equal only if the values are.
type fingerprint struct{ lo, hi uint64 }

const fpShards = 16

// fpset is a set of fingerprints: open addressing, in shards that grow one by
// one, so that growing never takes twice the memory. Different shards may be
// used by different goroutines.
type fpset struct {
	wide   bool
	shards [fpShards]fpshard
}

type fpshard struct {
	table []uint64 // fingerprints; with wide the halves of one side by side
	count int
	_     [4]uint64
}

const fpShardMin = 1 << 8 // slots

func newFPSet(wide bool) *fpset {
	f := &fpset{wide: wide}
	for i := range f.shards {
		f.shards[i].table = make([]uint64, fpShardMin*f.words())
	}
	return f
}

func (f *fpset) words() int {
	if f.wide {
		return 2
	}
	return 1
}

// shardOf returns the shard of a fingerprint: its high bits, as its low bits are
// its place there.
func shardOf(fp fingerprint) int { return int(fp.lo >> (64 - 4)) }

func (f *fpset) bytes() (n int64) {
	for i := range f.shards {
		n += int64(len(f.shards[i].table)) * 8
	}
	return n
}

// used makes 0, which marks a free slot, another number.
func (fp fingerprint) used() fingerprint {
	if fp.lo == 0 {
		fp.lo = 1
	}
	return fp
}

// has reports whether fp is in the set. It may run beside other has.
func (f *fpset) has(fp fingerprint) bool {
	fp = fp.used()
	t := f.shards[shardOf(fp)].table
	_, found := f.find(t, fp)
	return found
}

// find returns the place of fp in the table t, or where it would go.
func (f *fpset) find(t []uint64, fp fingerprint) (int, bool) {
	if f.wide {
		mask := len(t)/2 - 1
		for i := int(fp.lo) & mask; ; i = (i + 1) & mask {
			if t[2*i] == 0 {
				return 2 * i, false
			}
			if t[2*i] == fp.lo && t[2*i+1] == fp.hi {
				return 2 * i, true
			}
		}
	}
	mask := len(t) - 1
	for i := int(fp.lo) & mask; ; i = (i + 1) & mask {
		if x := t[i]; x == fp.lo || x == 0 {
			return i, x != 0
		}
	}
}

// add adds fp and reports whether it is new.
func (f *fpset) add(fp fingerprint) bool {
	fp = fp.used()
	sh := &f.shards[shardOf(fp)]
	if (sh.count+1)*f.words()*4 > len(sh.table)*3 {
		f.grow(sh)
	}
	at, found := f.find(sh.table, fp)
	if found {
		return false
	}
	sh.table[at] = fp.lo
	if f.wide {
		sh.table[at+1] = fp.hi
	}
	sh.count++
	return true
}

func (f *fpset) grow(sh *fpshard) {
	old, w := sh.table, f.words()
	sh.table = make([]uint64, 2*len(old))
	for i := 0; i < len(old); i += w {
		if old[i] == 0 {
			continue
		}
		fp := fingerprint{lo: old[i]}
		if f.wide {
			fp.hi = old[i+1]
		}
		at, _ := f.find(sh.table, fp)
		copy(sh.table[at:at+w], old[i:i+w])
	}
}

// recent is a small memory of fingerprints, to tell most states that were seen
// before without a look into the set.
type recent []fingerprint

const recentBits = 14

func newRecent() recent { return make(recent, 1<<recentBits) }

// seen reports whether fp was seen lately, and remembers it.
func (r recent) seen(fp fingerprint) bool {
	at := &r[bits.RotateLeft64(fp.lo, recentBits)&(1<<recentBits-1)]
	if *at == fp {
		return true
	}
	*at = fp
	return false
}
