package protocol

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWireRoundTrip(t *testing.T) {
	var w Writer
	for _, x := range []uint64{0, 1, 127, 128, 1<<64 - 1} {
		w.Uint(x)
	}
	w.Bool(true)
	w.Byte(7)
	w.String("")
	w.String("a\x00b")
	r := NewReader(w.B)
	for _, x := range []uint64{0, 1, 127, 128, 1<<64 - 1} {
		assert.Equal(t, x, r.Uint())
	}
	assert.True(t, r.Bool())
	assert.Equal(t, byte(7), r.Byte())
	assert.Empty(t, r.String())
	assert.Equal(t, "a\x00b", r.String())
	require.NoError(t, r.Close())
}

func TestWireRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		bytes      []byte
		read       func(*Reader)
	}{
		{"no varint", "expected a varint", nil, func(r *Reader) { r.Uint() }},
		{"a varint that does not end", "expected a varint", []byte{0x80}, func(r *Reader) { r.Uint() }},
		{"a varint too long for its value", "in its shortest form", []byte{0x80, 0}, func(r *Reader) { r.Uint() }},
		{"a boolean of 2", "expected a boolean, found byte 2", []byte{2}, func(r *Reader) { r.Bool() }},
		{"a string beyond the end", "expected a string of 5 bytes, found 1", []byte{5, 'a'}, func(r *Reader) { _ = r.String() }},
		{"more elements than bytes", "expected 200 elements of at least 2 bytes", []byte{200, 1, 0}, func(r *Reader) { r.Count(2) }},
		{"something behind the end", "expected the end, found 1 more bytes", []byte{1, 2}, func(r *Reader) { r.Uint() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewReader(c.bytes)
			c.read(r)
			require.ErrorContains(t, r.Close(), c.want)
			assert.Zero(t, r.Uint(), "after an error every read is zero")
		})
	}
}

func TestVectorClocks(t *testing.T) {
	a, b := VectorClock{"p": 1, "q": 2}, VectorClock{"p": 1, "q": 3}
	assert.True(t, a.Before(b))
	assert.False(t, b.Before(a))
	assert.False(t, a.Before(a.Clone()), "not before itself")
	c := VectorClock{"p": 2}
	assert.False(t, a.Before(c), "concurrent")
	assert.False(t, c.Before(a))
	c.Merge(b)
	assert.Equal(t, VectorClock{"p": 2, "q": 3}, c)
	assert.True(t, VectorClock{}.Before(a))
}

// Whatever the bytes are, a reader ends, and what it accepts is what a writer
// writes.
func FuzzReader(f *testing.F) {
	f.Add([]byte{3, 1, 2, 'h', 'i'})
	f.Fuzz(func(t *testing.T, b []byte) {
		r := NewReader(b)
		x, y, s := r.Uint(), r.Bool(), r.String()
		if r.Close() != nil {
			return
		}
		var w Writer
		w.Uint(x)
		w.Bool(y)
		w.String(s)
		if !bytes.Equal(w.B, b) {
			t.Fatalf("%x was read, and written as %x", b, w.B)
		}
	})
}
