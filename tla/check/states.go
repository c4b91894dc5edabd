package check

import "github.com/lockstep-go/lockstep/tla/value"

// states holds the states of one level of the search, in chunks, so that it
// grows without being copied and gives its memory back as it is used up.
type states struct {
	n      int // values in a state
	count  int
	chunks [][]value.Value
	spare  *[][]value.Value // chunks that may be used again
}

const (
	chunkShift = 10 // states in a chunk
	chunkMask  = 1<<chunkShift - 1
)

// at returns the state with index i.
func (s *states) at(i int) []value.Value {
	c := s.chunks[i>>chunkShift]
	at := i & chunkMask * s.n
	return c[at : at+s.n : at+s.n]
}

// extend makes room for k more states.
func (s *states) extend(k int) {
	s.count += k
	for len(s.chunks)<<chunkShift < s.count {
		var c []value.Value
		if free := *s.spare; len(free) > 0 {
			c, *s.spare = free[len(free)-1], free[:len(free)-1]
		} else {
			c = make([]value.Value, s.n<<chunkShift)
		}
		s.chunks = append(s.chunks, c)
	}
}

// release gives back the chunks of the states before i, which are not to be used
// any more.
func (s *states) release(i int) {
	for k := 0; k < i>>chunkShift; k++ {
		if s.chunks[k] != nil {
			*s.spare = append(*s.spare, s.chunks[k])
			s.chunks[k] = nil
		}
	}
}

// drop gives back all chunks.
func (s *states) drop() {
	for k, c := range s.chunks {
		if c != nil {
			*s.spare = append(*s.spare, c)
			s.chunks[k] = nil
		}
	}
	s.chunks, s.count = s.chunks[:0], 0
}

func (s *states) bytes() (n int64) {
	for _, c := range s.chunks {
		n += int64(len(c)) * 8
	}
	return n
}

// link tells how a state was found: as which successor of which state, counting
// both from 0; of an initial state, as which of those generated, with parent
// noParent.
type link struct{ parent, ord uint32 }

const noParent = ^uint32(0)

// links holds the link of every distinct state.
type links struct {
	count  int
	chunks [][]link
}

const linkShift = 14

func (l *links) at(i int) *link { return &l.chunks[i>>linkShift][i&(1<<linkShift-1)] }

func (l *links) extend(k int) {
	l.count += k
	for len(l.chunks)<<linkShift < l.count {
		l.chunks = append(l.chunks, make([]link, 1<<linkShift))
	}
}

func (l *links) bytes() int64 { return int64(len(l.chunks)) << linkShift * 8 }
