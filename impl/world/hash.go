package world

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Hash is a 128-bit hash. Hashes of parts are added up, which makes a hash of
// their multiset (Bellare and Micciancio, EUROCRYPT 1997): adding a message in
// flight or taking one away costs one addition.
type Hash [2]uint64

// Plus returns the sum modulo 2^128.
func (h Hash) Plus(x Hash) Hash {
	lo, carry := bits.Add64(h[1], x[1], 0)
	hi, _ := bits.Add64(h[0], x[0], carry)
	return Hash{hi, lo}
}

// Minus takes back Plus.
func (h Hash) Minus(x Hash) Hash {
	lo, borrow := bits.Sub64(h[1], x[1], 0)
	hi, _ := bits.Sub64(h[0], x[0], borrow)
	return Hash{hi, lo}
}

// Less orders hashes as numbers.
func (h Hash) Less(x Hash) bool { return h[0] < x[0] || h[0] == x[0] && h[1] < x[1] }

// HashBytes returns the first 128 bits of SHA-256.
func HashBytes(b []byte) Hash {
	s := sha256.Sum256(b)
	return Hash{binary.BigEndian.Uint64(s[:]), binary.BigEndian.Uint64(s[8:])}
}

// mix hashes small numbers, one after another: two lanes of multiplications
// with different odd constants, each folded as in Fibonacci hashing.
func (h Hash) mix(x uint64) Hash {
	hi, lo := bits.Mul64(h[0]^x^0x9e3779b97f4a7c15, 0xd6e8feb86659fd93)
	a := hi ^ lo ^ h[1]
	hi, lo = bits.Mul64(h[1]+x+0x8bb84b93962eacc9, 0x2d358dccaa6c78a5)
	return Hash{a, hi ^ lo ^ h[0]<<1}
}

// Hash returns a hash of what AppendState encodes, with each node's part and
// each message hashed for itself. In a world with a Memo it costs the same
// however large the world is: what a choice did not touch is not hashed again.
//
// In a world with Options.Symmetry it is the least of the hashes of the worlds
// that come of this one by exchanging interchangeable nodes, and so the same
// for all of them.
func (w *World) Hash() Hash {
	least := w.hashAs(0)
	for p := 1; p < w.renamings(); p++ {
		if h := w.hashAs(p); h.Less(least) {
			least = h
		}
	}
	return least
}

// hashAs hashes the world as it is after the renaming of that number, of which
// 0 changes nothing.
func (w *World) hashAs(p int) Hash {
	h := w.hashRest(p)
	for i, n := range w.nodes {
		h = h.Plus(w.nodeHash(i, n, p))
	}
	if w.memo != nil {
		return h.Plus(w.flightSum[p])
	}
	for _, e := range w.flights {
		h = h.Plus(w.messageHash(e, p))
	}
	return h
}

// NodeHash returns a hash of all that the node's driver keeps: its state, its
// log, what is held back and its timers; different nodes hash differently. It
// serves to remember what was found out about a node.
func (w *World) NodeHash(i int) Hash { return w.nodeHash(i, w.nodes[i], 0) }

func (w *World) nodeHash(i int, n *node, p int) Hash {
	if n.hashes != nil {
		return n.hashes[p]
	}
	if w.owned>>i&1 == 1 {
		w.hashNode(i, n)
		return n.hashes[p]
	}
	return w.hashNodeAs(i, n, p) // shared with a clone: not ours to write to
}

// hashNode hashes a node that is about to be shared.
func (w *World) hashNode(i int, n *node) {
	n.hashes = make([]Hash, w.renamings())
	for p := range n.hashes {
		n.hashes[p] = w.hashNodeAs(i, n, p)
	}
}

func (w *World) hashNodeAs(i int, n *node, p int) Hash {
	b := append(w.scratch[:0], 'n', byte(w.renamed(p, i)))
	b = w.appendNode(b, n, p)
	w.scratch = b
	return HashBytes(b)
}

// messageHash hashes a message in flight.
func (w *World) messageHash(e *Envelope, p int) Hash {
	if e.hashes != nil {
		return e.hashes[p]
	}
	b := append(w.scratch[:0], 'm', byte(w.renamed(p, e.from)), byte(w.renamed(p, e.to)))
	b = w.appendPayload(b, e.Message.Payload, e.Encoded, p)
	w.scratch = b
	return HashBytes(b)
}

// hashMessage hashes a message once and for all.
func (w *World) hashMessage(e *Envelope) {
	hashes := make([]Hash, w.renamings())
	for p := range hashes {
		hashes[p] = w.messageHash(e, p)
	}
	e.hashes = hashes
}

// hashRest hashes what is neither a node nor a message.
func (w *World) hashRest(p int) Hash {
	var h Hash
	for _, s := range w.clients {
		x := s.seq<<1 | uint64(s.attempts)<<32
		if s.answered {
			x |= 1
		}
		h = h.mix(x)
	}
	for _, c := range w.hung {
		for i := range len(c) {
			h = h.mix(uint64(c[i]) | 1<<61)
		}
		h = h.mix(1 << 60)
	}
	for _, u := range w.budgets() {
		if u.bound > 0 {
			h = h.mix(uint64(min(int(u.used), u.bound)))
		}
	}
	h = h.mix(1 << 63)
	for k, cut := range w.cuts {
		if cut {
			link := w.renamed(p, k/len(w.ids))*len(w.ids) + w.renamed(p, k%len(w.ids))
			h = h.Plus(Hash{}.mix(uint64(link) | 1<<62))
		}
	}
	return h
}
