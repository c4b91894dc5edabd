package value

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

const (
	chunkShift = 13 // words of 8 bytes: 64 KiB
	chunkWords = 1 << chunkShift
	shardBits  = 4
	shardCount = 1 << shardBits
	headWords  = 2 // hash; kind and length
	slotBits   = 42
	slotMask   = 1<<slotBits - 1
	// MaxSetSize is the number of elements beyond which a set is not enumerated,
	// the default of TLC's -maxSetSize.
	MaxSetSize = 1000000
)

type chunk [chunkWords]uint64

// Store holds the values that are not inline, each once. It is safe for use by
// any number of goroutines, each through its own [Local].
type Store struct {
	chunks atomic.Pointer[[]*chunk]
	grow   sync.Mutex
	bytes  atomic.Int64
	shards [shardCount]shard
	names  names
	kept   kept
}

// shard is a part of the hash table, with the memory it fills.
type shard struct {
	mu        sync.Mutex
	table     atomic.Pointer[[]uint64] // low slotBits: offset; the rest: part of the hash
	count     int
	next, end uint64
	_         [64]byte
}

// NewStore returns an empty Store.
func NewStore() *Store {
	s := &Store{}
	s.chunks.Store(&[]*chunk{})
	for i := range s.shards {
		t := make([]uint64, 64)
		s.shards[i].table.Store(&t)
	}
	s.names.ids = map[string]uint32{}
	s.names.modelIDs = map[string]uint32{}
	return s
}

// Bytes returns how much memory the values take.
func (s *Store) Bytes() int64 { return s.bytes.Load() }

// alloc returns the offset of n fresh words; sh is locked.
func (s *Store) alloc(sh *shard, n int) uint64 {
	if sh.next+uint64(n) > sh.end {
		words := (n + chunkWords - 1) / chunkWords * chunkWords
		block := make([]uint64, words)
		s.bytes.Add(int64(words) * 8)
		s.grow.Lock()
		old := *s.chunks.Load()
		list := old
		if len(list) == 0 {
			list = append(list, nil) // offset 0 is no object
		}
		first := len(list)
		for i := 0; i < words; i += chunkWords {
			list = append(list, (*chunk)(unsafe.Pointer(&block[i])))
		}
		s.chunks.Store(&list)
		s.grow.Unlock()
		sh.next = uint64(first) << chunkShift
		sh.end = sh.next + uint64(words)
	}
	at := sh.next
	sh.next += uint64(n)
	return at
}

// object returns the words of the object at offset at, header and all.
func (s *Store) object(at uint64) unsafe.Pointer {
	c := (*s.chunks.Load())[at>>chunkShift]
	return unsafe.Pointer(&c[at&(chunkWords-1)])
}

func header(p unsafe.Pointer) *[headWords]uint64 { return (*[headWords]uint64)(p) }

func mix(x uint64) uint64 {
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	x ^= x >> 29
	x *= 0xa0761d6478bd642f
	return x ^ x>>32
}

const golden = 0x9e3779b97f4a7c15

func equalParts(a, b []Value) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (s *Store) insert(table []uint64, spread, at uint64) {
	mask := uint64(len(table) - 1)
	for i := (spread >> 24) & mask; ; i = (i + 1) & mask {
		if table[i] == 0 {
			atomic.StoreUint64(&table[i], spread<<slotBits|at)
			return
		}
	}
}

func (s *Store) rehash(old []uint64) []uint64 {
	table := make([]uint64, len(old)*2)
	s.bytes.Add(int64(len(old)) * 8)
	for _, slot := range old {
		if slot != 0 {
			at := slot & slotMask
			s.insert(table, mix(header(s.object(at))[0]), at)
		}
	}
	return table
}

// names are the strings and the model values, each kind in the order first
// seen.
type names struct {
	mu       sync.RWMutex
	ids      map[string]uint32
	strings  []string
	modelIDs map[string]uint32
	models   []string
}

// Str returns the string text. The order of strings is the order in which Str
// first saw them.
func (s *Store) Str(text string) Value {
	n := &s.names
	n.mu.RLock()
	id, ok := n.ids[text]
	n.mu.RUnlock()
	if !ok {
		n.mu.Lock()
		if id, ok = n.ids[text]; !ok {
			id = uint32(len(n.strings))
			n.strings = append(n.strings, text)
			n.ids[text] = id
		}
		n.mu.Unlock()
	}
	return Value(KindString) | Value(id)<<shiftBits
}

// Text returns the text of the string v.
func (s *Store) Text(v Value) string {
	s.names.mu.RLock()
	defer s.names.mu.RUnlock()
	return s.names.strings[v.payload()]
}

// Model returns the model value of that name. The order of model values is the
// order in which Model first saw them. As in TLC, a name such as p_1, a letter
// and then an underscore, makes a model value of type p.
func (s *Store) Model(name string) Value {
	n := &s.names
	n.mu.Lock()
	defer n.mu.Unlock()
	id, ok := n.modelIDs[name]
	if !ok {
		id = uint32(len(n.models))
		n.models = append(n.models, name)
		n.modelIDs[name] = id
	}
	return Value(KindModel) | Value(id)<<shiftBits
}

// ModelName returns the name of the model value v.
func (s *Store) ModelName(v Value) string {
	s.names.mu.RLock()
	defer s.names.mu.RUnlock()
	return s.names.models[v.payload()]
}

// modelType returns the type of the model value v, 0 if it has none.
func (s *Store) modelType(v Value) byte {
	name := s.ModelName(v)
	if len(name) > 2 && name[1] == '_' {
		return name[0]
	}
	return 0
}
