package wal

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/lockstep-go/lockstep/impl/failpoint"
)

// bufferBytesMax is how large an encoding buffer is kept for the next batch.
const bufferBytesMax = 1 << 20

// write writes a batch and syncs it. It reports whether the batch is durable,
// and why the log must not be written any more, which can both be: then only
// the mark failed. Its caller owns the fields from Log.file on.
func (l *Log) write(b batch) (durable bool, err error) {
	if b.checkpoint || l.w.end >= l.opts.SegmentBytes {
		return l.roll(b)
	}
	buf := l.buf[:0]
	for _, r := range b.records {
		buf = l.w.record(buf, r)
	}
	if cap(buf) <= bufferBytesMax {
		l.buf = buf
	}
	if err := appendSynced(l.file, buf); err != nil {
		return false, l.fail(err)
	}
	l.w.synced = l.w.end
	l.base = l.w

	// Says that all before it is durable; see the package comment.
	_, err = l.file.Write(l.w.mark(buf[:0]))
	l.marked = true
	return true, l.fail(err)
}

// roll starts a new segment with a batch.
func (l *Log) roll(b batch) (durable bool, err error) {
	h := header{number: l.number + 1, chain: l.base.chain, previousEnd: uint64(l.base.end)}
	old, oldNumber := l.file, l.number
	if b.checkpoint {
		h.flags |= flagCheckpoint
	}
	if err := l.start(h, b.records); err != nil {
		return false, err
	}
	_ = old.Close() // all of it that counts has been synced
	l.live = append(l.live, oldNumber)
	if b.checkpoint {
		l.void = append(l.void, l.live...)
		l.live = nil
	}
	l.removeVoid()
	return true, nil
}

// start makes the segment that the log goes on in: whole and durable before it
// gets its name, so that a segment without a good header is never a torn one,
// and a checkpoint is there with all of its records or not at all. It replaces
// a segment that has the number.
func (l *Log) start(h header, records [][]byte) error {
	h.durable = headerSize
	for _, r := range records {
		h.durable += uint64(frameSize + len(r))
	}
	buf, seed := h.appendTo(make([]byte, 0, h.durable))
	w := writer{seed: seed, chain: seed, end: headerSize}
	for _, r := range records {
		buf = w.record(buf, r)
	}

	temp := filepath.Join(l.dir, "next.tmp")
	f, err := l.fs.Create(temp)
	if err != nil {
		return l.fail(err)
	}
	if err := appendSynced(f, buf); err != nil {
		_ = f.Close()
		_ = l.fs.Remove(temp) // Create replaces what stays
		return l.fail(err)
	}
	if err = l.fs.Rename(temp, segmentName(l.dir, h.number)); err == nil {
		err = l.fs.SyncDir(l.dir)
	}
	if err != nil {
		_ = f.Close()
		return l.fail(err)
	}
	w.synced = w.end
	l.file, l.w, l.base, l.number, l.marked = f, w, w, h.number, false
	return nil
}

// removeVoid removes the segments that a durable checkpoint stands for. One
// that cannot be removed does no harm, and is tried again at the next
// checkpoint or Open; nor does one that a crash brings back.
func (l *Log) removeVoid() {
	void := l.void
	l.void = nil
	for _, n := range void {
		if err := l.fs.Remove(segmentName(l.dir, n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.void = append(l.void, n)
		}
	}
}

// appendSynced appends bytes to a file and syncs it.
func appendSynced(f File, b []byte) (err error) {
	failpoint.Inject("before-append", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint before-append: %v", v)
		}
	})
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	failpoint.Inject("after-append", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint after-append: %v", v)
		}
	})
	if err != nil {
		return err
	}
	failpoint.Inject("before-fsync", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint before-fsync: %v", v)
		}
	})
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	failpoint.Inject("after-fsync", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint after-fsync: %v", v)
		}
	})
	return err
}
