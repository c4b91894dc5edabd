package explore

import (
	"sync"

	"github.com/lockstep-go/lockstep/impl/world"
)

// visited is the set of the states that were seen, by hash, in shards that
// workers lock apart. Of the states of the level that is being built it also
// holds what it takes to go on from them.
type visited struct {
	shards [shards]shard
}

const shards = 64

type shard struct {
	mu sync.Mutex

	// An open table: a key of zero is free. serial numbers the states of the
	// shard as they came, from 1.
	keys   []world.Hash
	serial []uint32
	count  uint32

	base  uint32 // serial of the last state of the levels before
	level []*found
}

// found is a state of the level that is being built.
type found struct {
	key   arrival // the least of those that led here
	w     *world.World
	past  *past
	sleep []world.Footprint

	memory uint32
	bad    bool // an invariant is violated in it
}

// arrival names a transition: the number of the state that it starts from, and
// the place of its choice among the choices of that state.
type arrival uint64

const choiceBits = 16

func arrivalOf(state, choice int) arrival { return arrival(state)<<choiceBits | arrival(choice) }

func (a arrival) state() int  { return int(a >> choiceBits) }
func (a arrival) choice() int { return int(a & (1<<choiceBits - 1)) }

func newVisited() *visited {
	v := &visited{}
	for i := range v.shards {
		v.shards[i].keys = make([]world.Hash, 64)
		v.shards[i].serial = make([]uint32, 64)
	}
	return v
}

// meet looks a state up. Its shard stays locked for use, which gets the state
// if it is one of the level in hand, and nil if it is older; isNew says that it
// was not there before, and then use fills it in.
func (v *visited) meet(h world.Hash, use func(f *found, isNew bool)) {
	s := &v.shards[h[0]>>58]
	if h == (world.Hash{}) {
		h[1] = 1 // zero marks a free place
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(h)
	if s.keys[i] == h {
		if n := s.serial[i]; n > s.base {
			use(s.level[n-s.base-1], false)
		} else {
			use(nil, false)
		}
		return
	}
	if s.count >= uint32(len(s.keys))/4*3 {
		s.grow()
		i = s.find(h)
	}
	s.count++
	s.keys[i], s.serial[i] = h, s.count
	f := &found{}
	s.level = append(s.level, f)
	use(f, true)
}

// find returns the place of a hash, or the free one where it belongs.
func (s *shard) find(h world.Hash) int {
	mask := len(s.keys) - 1
	i := int(h[1]) & mask
	for s.keys[i] != h && s.keys[i] != (world.Hash{}) {
		i = (i + 1) & mask
	}
	return i
}

func (s *shard) grow() {
	keys, serial := s.keys, s.serial
	s.keys, s.serial = make([]world.Hash, 2*len(keys)), make([]uint32, 2*len(keys))
	for i, h := range keys {
		if h != (world.Hash{}) {
			j := s.find(h)
			s.keys[j], s.serial[j] = h, serial[i]
		}
	}
}

// states counts all states.
func (v *visited) states() int {
	n := 0
	for i := range v.shards {
		n += int(v.shards[i].count)
	}
	return n
}

// take ends the level and returns its states, in no particular order.
func (v *visited) take() []*found {
	var all []*found
	for i := range v.shards {
		s := &v.shards[i]
		all = append(all, s.level...)
		s.level, s.base = nil, s.count
	}
	return all
}
