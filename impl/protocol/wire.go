package protocol

import (
	"encoding/binary"
	"fmt"
)

// Writer appends a canonical binary encoding: unsigned varints, strings with
// their length before them, one way to write each value.
type Writer struct{ B []byte }

// Uint appends x as an unsigned varint.
func (w *Writer) Uint(x uint64) { w.B = binary.AppendUvarint(w.B, x) }

// Byte appends one byte.
func (w *Writer) Byte(x byte) { w.B = append(w.B, x) }

// Bool appends 1 or 0.
func (w *Writer) Bool(x bool) {
	if x {
		w.Byte(1)
	} else {
		w.Byte(0)
	}
}

// String appends the length of s in bytes, and s.
func (w *Writer) String(s string) {
	w.Uint(uint64(len(s)))
	w.B = append(w.B, s...)
}

// Reader reads what a Writer wrote. The first error sticks; after it every
// read returns zero. It never allocates more than the input holds.
type Reader struct {
	b   []byte
	off int
	err error
}

// NewReader returns a reader of b, which it does not keep beyond the strings
// that it returns (they are copies).
func NewReader(b []byte) *Reader { return &Reader{b: b} }

func (r *Reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("at byte %d of %d: %s", r.off, len(r.b), fmt.Sprintf(format, args...))
	}
}

// Uint reads an unsigned varint in its shortest form.
func (r *Reader) Uint() uint64 {
	if r.err != nil {
		return 0
	}
	x, n := binary.Uvarint(r.b[r.off:])
	if n <= 0 {
		r.fail("expected a varint")
		return 0
	}
	if n > 1 && r.b[r.off+n-1] == 0 {
		r.fail("expected a varint in its shortest form")
		return 0
	}
	r.off += n
	return x
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if r.err != nil {
		return 0
	}
	if r.off >= len(r.b) {
		r.fail("expected a byte, found the end")
		return 0
	}
	r.off++
	return r.b[r.off-1]
}

// Bool reads a byte that must be 0 or 1.
func (r *Reader) Bool() bool {
	x := r.Byte()
	if x > 1 {
		r.off--
		r.fail("expected a boolean, found byte %d", x)
	}
	return r.err == nil && x == 1
}

// String reads a string.
func (r *Reader) String() string {
	n := r.Uint()
	if r.err != nil {
		return ""
	}
	if n > uint64(len(r.b)-r.off) {
		r.fail("expected a string of %d bytes, found %d", n, len(r.b)-r.off)
		return ""
	}
	s := string(r.b[r.off : r.off+int(n)])
	r.off += int(n)
	return s
}

// Count reads the number of elements that follow, each of which takes at
// least size bytes, and refuses a number that the rest of the input cannot hold.
func (r *Reader) Count(size int) int {
	n := r.Uint()
	if r.err != nil {
		return 0
	}
	if n > uint64((len(r.b)-r.off)/size) {
		r.fail("expected %d elements of at least %d bytes, found %d bytes", n, size, len(r.b)-r.off)
		return 0
	}
	return int(n)
}

// Fail makes err the reader's error, if it has none yet.
func (r *Reader) Fail(format string, args ...any) { r.fail(format, args...) }

// Err returns the first error.
func (r *Reader) Err() error { return r.err }

// Close returns the first error, or one if input is left.
func (r *Reader) Close() error {
	if r.err == nil && r.off != len(r.b) {
		r.fail("expected the end, found %d more bytes", len(r.b)-r.off)
	}
	return r.err
}
