package wal

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// ErrClosed is returned by a log that has been closed.
var ErrClosed = errors.New("wal: the log is closed")

// Options are the log's sizes. The zero value stands for the defaults.
type Options struct {
	// SegmentBytes is the size beyond which a segment is left for a new one;
	// 4 MiB if it is 0. A segment exceeds it by one Sync's records at most.
	SegmentBytes int64

	// RecordBytesMax is the largest record that Append takes; 16 MiB if it is 0.
	RecordBytesMax int
}

func (o Options) withDefaults() (Options, error) {
	if o.SegmentBytes == 0 {
		o.SegmentBytes = 4 << 20
	}
	if o.RecordBytesMax == 0 {
		o.RecordBytesMax = 16 << 20
	}
	if o.SegmentBytes < 0 || o.RecordBytesMax < 0 || o.RecordBytesMax > maxPayload {
		return o, fmt.Errorf("wal: found SegmentBytes %d and RecordBytesMax %d, expected none below 0 and records of at most %d bytes",
			o.SegmentBytes, o.RecordBytesMax, maxPayload)
	}
	return o, nil
}

// Log is an open log. Its methods may be called from many goroutines.
type Log struct {
	fs   FS
	dir  string
	opts Options
	lock io.Closer

	mu      sync.Mutex
	idle    sync.Cond // signalled when syncing becomes false
	pending batch
	taken   uint64 // appends that have been taken so far, and
	done    uint64 // those that are durable
	end     uint64 // position of the last record appended, and
	durable uint64 // that of the last durable one
	syncing bool   // one goroutine is writing and owns the fields below
	closed  bool
	err     error // the first failure

	file   File
	w      writer
	number uint64
	base   writer   // w as of the last fsync, where the next segment continues
	buf    []byte   // reused to encode a batch
	live   []uint64 // segments before this one that the log needs
	void   []uint64 // segments that can go
	marked bool     // the last frame written is a mark
}

// batch is what has been appended and not yet been written.
type batch struct {
	records    [][]byte
	checkpoint bool // the records stand for the whole log
}

func newLog(fs FS, dir string, o Options, lock io.Closer) *Log {
	l := &Log{fs: fs, dir: dir, opts: o, lock: lock}
	l.idle.L = &l.mu
	return l
}

// Append takes the records as the log's next ones, or, when they are a
// checkpoint, as those that stand for the whole log up to and including
// themselves. It returns the position of the last record appended: they are
// counted from 1 since Open. It does not wait for the disk, nor keep hold of
// the slices. It returns the log's first failure, if there was one, and
// refuses a record that is too large, taking none.
func (l *Log) Append(records [][]byte, checkpoint bool) (position uint64, err error) {
	total := 0
	for i, r := range records {
		if len(r) > l.opts.RecordBytesMax {
			return 0, fmt.Errorf("wal: record %d of %d has %d bytes, expected at most %d", i+1, len(records), len(r), l.opts.RecordBytesMax)
		}
		total += len(r)
	}
	arena := make([]byte, 0, total)

	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.failed(); err != nil {
		return 0, err
	}
	if checkpoint {
		// What was not written yet need not be: the checkpoint stands for it.
		l.pending = batch{checkpoint: true}
	}
	for _, r := range records {
		start := len(arena)
		arena = append(arena, r...)
		l.pending.records = append(l.pending.records, arena[start:len(arena):len(arena)])
	}
	l.taken++
	l.end += uint64(len(records))
	return l.end, nil
}

// Sync makes durable all that was appended before the call, and returns the
// position of the last durable record, which may be a later one. Concurrent
// calls share one write and one fsync. With an error, the position still holds:
// all records up to it are durable, and none after it need be.
func (l *Log) Sync() (position uint64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return l.durable, l.failed()
	}
	return l.sync()
}

func (l *Log) sync() (uint64, error) {
	for target := l.taken; l.done < target && l.err == nil; {
		if l.syncing {
			l.idle.Wait()
			continue
		}
		b, taken, end := l.pending, l.taken, l.end
		l.pending = batch{}
		l.syncing = true
		l.mu.Unlock()
		durable, err := l.write(b)
		l.mu.Lock()
		l.syncing = false
		l.idle.Broadcast()
		if durable {
			l.done, l.durable = taken, end
		}
		l.err = err
	}
	return l.durable, l.err
}

// Close makes durable all that was appended, and closes the log. It returns
// the log's first failure, if there was one.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return l.failed()
	}
	l.closed = true // from here on, Append refuses
	_, _ = l.sync()
	for l.syncing {
		l.idle.Wait()
	}
	if l.err == nil && l.marked {
		l.err = l.fail(l.file.Sync())
	}
	if err := l.file.Close(); l.err == nil {
		l.err = l.fail(err)
	}
	if err := l.lock.Close(); l.err == nil {
		l.err = l.fail(err)
	}
	return l.err
}

// failed returns why the log takes no more.
func (l *Log) failed() error {
	if l.err == nil && l.closed {
		return ErrClosed
	}
	return l.err
}

func (l *Log) fail(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("wal: %s: %w", l.dir, err)
}
