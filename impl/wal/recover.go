package wal

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// Recovered is what Open found.
type Recovered struct {
	// Records is the log, oldest first. They are the caller's.
	Records [][]byte

	// Cut is the torn tail that was cut off, if there was one.
	Cut *Cut
}

// Cut is a torn tail: bytes that a crash left of records that were never
// synced.
type Cut struct {
	File   string
	Offset int64
	Bytes  int64
	Reason string // what is wrong with the first frame that was cut
}

func (c *Cut) String() string {
	return fmt.Sprintf("cut a torn tail of %d bytes at byte %d of %s: %s", c.Bytes, c.Offset, c.File, c.Reason)
}

// Open opens the log in a directory, which it creates when it is missing, and
// returns the records in it. They are durable by then. Open fails with a
// *DamageError when bytes that were once synced have changed, and with another
// error when a segment is missing, the log is open already, or the file system
// fails; it has then lost nothing, and can be tried again.
//
// Open writes the newest segment anew, without its torn tail and with all of
// its records vouched for, so it needs room for one segment.
func Open(fs FS, dir string, o Options) (*Log, Recovered, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, Recovered{}, err
	}
	if err := fs.MkdirAll(dir); err != nil {
		return nil, Recovered{}, fmt.Errorf("wal: %w", err)
	}
	lock, err := fs.Lock(filepath.Join(dir, "LOCK"))
	if err != nil {
		return nil, Recovered{}, fmt.Errorf("wal: %w", err)
	}
	l, found, err := open(fs, dir, o, lock)
	if err != nil {
		_ = lock.Close()
		return nil, Recovered{}, err
	}
	return l, found, nil
}

func open(fs FS, dir string, o Options, lock io.Closer) (*Log, Recovered, error) {
	numbers, err := segments(fs, dir)
	if err != nil {
		return nil, Recovered{}, err
	}
	found, last, live, err := read(fs, dir, numbers)
	if err != nil {
		return nil, Recovered{}, err
	}
	l := newLog(fs, dir, o, lock)
	if live > 0 {
		l.void = slices.Clone(numbers[:len(numbers)-live])
		l.live = slices.Clone(numbers[len(numbers)-live : len(numbers)-1])
	}
	if err := l.start(last.header, last.records); err != nil {
		return nil, Recovered{}, err
	}
	l.removeVoid()
	return l, found, nil
}

// segments lists the numbers of the segments in a directory, sorted.
func segments(fs FS, dir string) ([]uint64, error) {
	names, err := fs.List(dir)
	if err != nil {
		return nil, fmt.Errorf("wal: list %s: %w", dir, err)
	}
	var numbers []uint64
	for _, name := range names {
		if !segmentFile.MatchString(name) {
			continue
		}
		n, err := strconv.ParseUint(name[:12], 10, 64)
		if err != nil || n == 0 {
			return nil, fmt.Errorf("wal: found segment %s, expected numbers from 1", filepath.Join(dir, name))
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers, nil
}

var segmentFile = regexp.MustCompile(`^[0-9]{12}\.wal$`)

// segment is one segment as it was read. header.durable is stale.
type segment struct {
	header  header
	records [][]byte
}

// read reads the log: back to the newest segment that starts with a
// checkpoint, or to the first. It also returns the newest segment, for Open to
// write anew, and how many segments are live.
func read(fs FS, dir string, numbers []uint64) (found Recovered, last segment, live int, err error) {
	last.header.number = 1
	var next header // of the segment read before, which is the one after
	var parts [][][]byte
	for i := len(numbers) - 1; i >= 0; i-- {
		n := numbers[i]
		file := segmentName(dir, n)
		if len(parts) > 0 && n != next.number-1 {
			return found, last, 0, missing(dir, next.number-1, next.number)
		}
		b, err := fs.ReadFile(file)
		if err != nil {
			return found, last, 0, fmt.Errorf("wal: %w", err)
		}
		h, seed, err := parseHeader(file, n, b)
		if err != nil {
			return found, last, 0, err
		}
		var records [][]byte
		if len(parts) > 0 {
			records, err = readWhole(file, b, seed, next)
		} else {
			records, found.Cut, err = readNewest(file, b, seed, h)
			last = segment{h, records}
		}
		if err != nil {
			return found, last, 0, err
		}
		parts = append(parts, records)
		next = h
		if h.checkpoint() || n == 1 {
			break
		}
		if i == 0 {
			return found, last, 0, missing(dir, n-1, n)
		}
	}
	for _, records := range slices.Backward(parts) {
		found.Records = append(found.Records, records...)
	}
	return found, last, len(parts), nil
}

func missing(dir string, number, after uint64) error {
	return fmt.Errorf("wal: segment %s is missing: found segment %d, which continues it; restore the file from a copy", segmentName(dir, number), after)
}

// readWhole reads a segment that another continues. That other one's header
// says where this one ends; a mark may follow there, and is nothing to us.
func readWhole(file string, b []byte, seed uint32, next header) ([][]byte, error) {
	end := int64(next.previousEnd)
	damage := func(offset int64, bad *badFrame) error {
		return &DamageError{File: file, Offset: offset, Stored: bad.stored, Computed: bad.computed,
			Synced: end, Reason: bad.reason}
	}
	if end < headerSize || end > int64(len(b)) {
		return nil, damage(int64(len(b)), &badFrame{next.chain, checksum(seed, 0, b),
			fmt.Sprintf("found the end of the segment, expected it at byte %d, where segment %d continues it", end, next.number)})
	}
	records, at, chain, bad := readFrames(b[:end], seed)
	if bad != nil {
		return nil, damage(at, bad)
	}
	if chain != next.chain {
		return nil, damage(end, &badFrame{next.chain, chain,
			fmt.Sprintf("segment %d continues another segment than this", next.number)})
	}
	return records, nil
}

// readNewest reads the segment that no other continues, and tells a torn tail
// from damage as the package comment has it.
func readNewest(file string, b []byte, seed uint32, h header) ([][]byte, *Cut, error) {
	records, at, _, bad := readFrames(b, seed)
	if bad == nil && at >= int64(h.durable) {
		return records, nil, nil
	}
	synced := int64(h.durable)
	if bad == nil {
		bad = &badFrame{checksum(seed, at, nil), checksum(seed, at, nil),
			fmt.Sprintf("found the end of the segment, expected at least %d bytes", h.durable)}
	}
	// Any good frame further on may know better how much had been synced.
	// A good frame that follows none of ours still tells the truth about that.
	for p := at + 1; p+frameSize <= int64(len(b)); p++ {
		if f, bad := readFrame(seed, b, p); bad == nil {
			synced = max(synced, f.synced)
			p = f.end - 1
		}
	}
	if at < synced {
		return nil, nil, &DamageError{File: file, Offset: at, Stored: bad.stored, Computed: bad.computed,
			Synced: synced, Reason: bad.reason}
	}
	return records, &Cut{File: file, Offset: at, Bytes: int64(len(b)) - at, Reason: bad.reason}, nil
}

// readFrames reads frames from the header on to the end or to the first bad
// one, whose offset it returns.
func readFrames(b []byte, seed uint32) (records [][]byte, at int64, chain uint32, bad *badFrame) {
	at, chain = headerSize, seed
	for at < int64(len(b)) {
		f, bad := readFrame(seed, b, at)
		if bad != nil {
			return records, at, chain, bad
		}
		if f.chain != chain {
			return records, at, chain, &badFrame{f.chain, chain, "the frame follows another frame than the one before it"}
		}
		if f.payload != nil {
			records = append(records, f.payload)
		}
		at, chain = f.end, f.crc
	}
	return records, at, chain, nil
}
