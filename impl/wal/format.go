package wal

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"path/filepath"
)

const (
	magic      = "lockwal1"
	headerSize = 44
	frameSize  = 20 // without the payload

	flagCheckpoint = 1 // in a header: all earlier segments are void

	markLength = 1 << 31 // in a frame's length: a mark, with no payload
	maxPayload = markLength - 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// DamageError says that a file holds bytes that were once synced and have
// changed since. Nothing was cut and nothing was written.
type DamageError struct {
	File   string
	Offset int64 // of the header or the frame that does not check

	// Stored is the checksum found in the file, Computed the one that its
	// bytes have (all to the end of the file, when the file ends too early).
	// Where a good frame follows the wrong frame, Stored is the checksum that
	// it follows and Computed that of the frame before it.
	Stored, Computed uint32

	// Synced is the offset up to which the file is known to have been synced,
	// at least.
	Synced int64

	// Reason says what was found and what was expected.
	Reason string
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("wal: %s is damaged at byte %d: %s (checksum stored %#08x, computed %#08x); bytes up to %d had been synced, so this is no torn write and is not cut; restore the file from a copy",
		e.File, e.Offset, e.Reason, e.Stored, e.Computed, e.Synced)
}

// header is a segment's first bytes.
type header struct {
	number      uint64
	flags       uint32
	chain       uint32 // the last checksum of the segment before
	previousEnd uint64 // and its length
	durable     uint64 // bytes of this segment that were synced before it got its name
}

func (h header) checkpoint() bool { return h.flags&flagCheckpoint != 0 }

// appendTo appends the header and returns its checksum too.
func (h header) appendTo(b []byte) ([]byte, uint32) {
	start := len(b)
	b = append(b, magic...)
	b = binary.LittleEndian.AppendUint64(b, h.number)
	b = binary.LittleEndian.AppendUint32(b, h.flags)
	b = binary.LittleEndian.AppendUint32(b, h.chain)
	b = binary.LittleEndian.AppendUint64(b, h.previousEnd)
	b = binary.LittleEndian.AppendUint64(b, h.durable)
	crc := crc32.Checksum(b[start:], castagnoli)
	return binary.LittleEndian.AppendUint32(b, crc), crc
}

// parseHeader reads the header of segment number, and its checksum. Since a
// segment gets its name only once its header is durable, one that does not
// check is damage.
func parseHeader(file string, number uint64, b []byte) (h header, crc uint32, err error) {
	damage := func(stored, computed uint32, format string, args ...any) error {
		return &DamageError{File: file, Stored: stored, Computed: computed,
			Synced: headerSize, Reason: fmt.Sprintf(format, args...)}
	}
	if len(b) < headerSize {
		return h, 0, damage(0, crc32.Checksum(b, castagnoli),
			"found %d bytes, expected a segment header of %d", len(b), headerSize)
	}
	crc = binary.LittleEndian.Uint32(b[headerSize-4:])
	if computed := crc32.Checksum(b[:headerSize-4], castagnoli); computed != crc {
		return h, 0, damage(crc, computed, "the segment header does not match its checksum")
	}
	h = header{
		number:      binary.LittleEndian.Uint64(b[8:]),
		flags:       binary.LittleEndian.Uint32(b[16:]),
		chain:       binary.LittleEndian.Uint32(b[20:]),
		previousEnd: binary.LittleEndian.Uint64(b[24:]),
		durable:     binary.LittleEndian.Uint64(b[32:]),
	}
	switch {
	case string(b[:8]) != magic:
		return h, 0, damage(crc, crc, "found magic %q, expected %q", b[:8], magic)
	case h.flags&^flagCheckpoint != 0:
		return h, 0, damage(crc, crc, "found flags %#x, expected 0 or %#x", h.flags, flagCheckpoint)
	case h.number != number:
		return h, 0, damage(crc, crc, "found the header of segment %d, expected that of segment %d", h.number, number)
	case h.durable < headerSize:
		return h, 0, damage(crc, crc, "found %d bytes synced at creation, expected at least the header's %d", h.durable, headerSize)
	}
	return h, crc, nil
}

// writer encodes frames at the end of a segment.
type writer struct {
	seed   uint32 // the segment header's checksum
	chain  uint32 // the last frame's, or the header's
	end    int64  // the segment's length so far
	synced int64  // what is known to be durable of it
}

// record appends a record's frame to b.
func (w *writer) record(b, payload []byte) []byte { return w.frame(b, uint32(len(payload)), payload) }

// mark appends a mark to b.
func (w *writer) mark(b []byte) []byte { return w.frame(b, markLength, nil) }

func (w *writer) frame(b []byte, length uint32, payload []byte) []byte {
	start := len(b)
	b = binary.LittleEndian.AppendUint32(b, length)
	b = append(b, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint32(b, w.chain)
	b = binary.LittleEndian.AppendUint64(b, uint64(w.synced))
	b = append(b, payload...)
	w.chain = checksum(w.seed, w.end, b[start:])
	binary.LittleEndian.PutUint32(b[start+4:], w.chain)
	w.end += int64(len(b) - start)
	return b
}

// checksum is that of a frame at the given offset, whose bytes are b, or the
// first of them.
func checksum(seed uint32, offset int64, b []byte) uint32 {
	var at [8]byte
	binary.LittleEndian.PutUint64(at[:], uint64(offset))
	crc := crc32.Update(seed, castagnoli, at[:])
	crc = crc32.Update(crc, castagnoli, b[:min(4, len(b))])
	if len(b) > 8 {
		crc = crc32.Update(crc, castagnoli, b[8:])
	}
	return crc
}

// frame is a frame as it was read.
type frame struct {
	payload []byte // nil for a mark
	crc     uint32
	chain   uint32
	synced  int64
	end     int64 // offset of what follows
}

// badFrame says why there is no good frame at an offset.
type badFrame struct {
	stored, computed uint32
	reason           string
}

// readFrame reads the frame at an offset of a segment, on its own: the caller
// compares its chain.
func readFrame(seed uint32, b []byte, offset int64) (frame, *badFrame) {
	rest := b[offset:]
	if len(rest) < frameSize {
		bad := &badFrame{computed: checksum(seed, offset, rest),
			reason: fmt.Sprintf("found %d bytes, expected a frame of at least %d", len(rest), frameSize)}
		if len(rest) >= 8 {
			bad.stored = binary.LittleEndian.Uint32(rest[4:])
		}
		return frame{}, bad
	}
	length := binary.LittleEndian.Uint32(rest)
	f := frame{
		crc:   binary.LittleEndian.Uint32(rest[4:]),
		chain: binary.LittleEndian.Uint32(rest[8:]),
	}
	synced := binary.LittleEndian.Uint64(rest[12:])
	mark := length == markLength
	if mark {
		length = 0
	}
	if int64(length) > int64(len(rest)-frameSize) {
		return frame{}, &badFrame{f.crc, checksum(seed, offset, rest),
			fmt.Sprintf("found a frame with a payload of %d bytes, expected at most the %d that are left", length, len(rest)-frameSize)}
	}
	// Checked before the checksum, and not only after: it is what lets the
	// search for good frames among many bad bytes be quick.
	if synced > uint64(offset) {
		return frame{}, &badFrame{f.crc, checksum(seed, offset, rest[:frameSize+length]),
			fmt.Sprintf("found a frame written when %d bytes were synced, expected at most the %d before it", synced, offset)}
	}
	f.synced = int64(synced)
	f.end = offset + frameSize + int64(length)
	if computed := checksum(seed, offset, b[offset:f.end]); computed != f.crc {
		return frame{}, &badFrame{f.crc, computed, "the frame does not match its checksum"}
	}
	if !mark {
		f.payload = b[offset+frameSize : f.end : f.end]
	}
	return f, nil
}

func segmentName(dir string, number uint64) string {
	return filepath.Join(dir, fmt.Sprintf("%012d.wal", number))
}
