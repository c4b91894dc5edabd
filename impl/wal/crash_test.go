package wal_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/wal"
)

// step is one operation of a scripted run.
type step struct {
	records    []string
	checkpoint bool
	sync       bool
}

// script appends records small and large (a torn write tears between blocks of
// 4096 bytes), several to a Sync and one, rolls segments, takes checkpoints
// with unsynced records before and after them, and ends with unsynced records.
func script() []step {
	long := func(name string, n int) string { return name + strings.Repeat("~", n) }
	return []step{
		{records: []string{"a1", "a2"}},
		{sync: true},
		{records: []string{long("b1", 3000), long("b2", 3000)}},
		{records: []string{long("b3", 5000)}},
		{sync: true},
		{records: []string{"c1"}}, // rolls
		{sync: true},
		{records: []string{long("d1", 2500), "d2", long("d3", 2500), "d4"}},
		{sync: true},
		{records: []string{"e1"}},
		{records: []string{"C1", long("C2", 6000), "C3"}, checkpoint: true},
		{records: []string{"f1"}},
		{sync: true},
		{records: []string{"g1", long("g2", 5000)}},
		{sync: true},
		{records: []string{"h1"}},
		{sync: true},
		{records: []string{"D1"}, checkpoint: true},
		{sync: true},
		{records: []string{"i1", long("i2", 9000), "i3"}},
		{sync: true},
		{records: []string{"j1", "j2"}},
		{sync: true},
		{records: []string{"k1", "k2"}},
	}
}

// run is what is known of a scripted run so far: the logs that it may leave.
type run struct {
	logs  [][]string // after each append of a record, or of a whole checkpoint
	acked int        // index of the last log that a Sync has acknowledged
}

func newRun(found []string) *run { return &run{logs: [][]string{found}} }

func (r *run) step(l *wal.Log, s step) error {
	if s.sync {
		upTo := len(r.logs) - 1
		_, err := l.Sync()
		if err == nil {
			r.acked = upTo
		}
		return err
	}
	now := r.logs[len(r.logs)-1]
	if s.checkpoint {
		r.logs = append(r.logs, slices.Clone(s.records))
	} else {
		for _, rec := range s.records {
			now = append(slices.Clone(now), rec)
			r.logs = append(r.logs, now)
		}
	}
	_, err := l.Append(records(s.records...), s.checkpoint)
	return err
}

// check says whether a log is one that a crash may have left.
func (r *run) check(found []string) error {
	for i := len(r.logs) - 1; i >= r.acked; i-- {
		if slices.Equal(found, r.logs[i]) {
			return nil
		}
	}
	return fmt.Errorf("found %.60q, expected one of the %d logs from %.60q to %.60q",
		found, len(r.logs)-r.acked, r.logs[r.acked], r.logs[len(r.logs)-1])
}

// crashes are ways in which a crash may strike: nothing that was not synced
// survives, all of it does, or any of it.
func crashes(seed uint64) []vfs.CrashCloneCfg {
	cfgs := []vfs.CrashCloneCfg{{}, {UnsyncedDataPercent: 100, RNG: rand.New(rand.NewPCG(seed, 0))}}
	for i := range uint64(6) {
		cfgs = append(cfgs, vfs.CrashCloneCfg{UnsyncedDataPercent: 50, RNG: rand.New(rand.NewPCG(seed, i+1))})
	}
	return cfgs
}

var scriptOptions = wal.Options{SegmentBytes: 6000}

func TestEveryCrashPoint(t *testing.T) {
	mem := newMemFS()
	var r *run
	var points, torn, cut, deep uint64
	fs := hookFS{mem, func(op, name string) error {
		points++
		for i, cfg := range crashes(points) {
			crashed := mem.crash(cfg)
			logs := *newRun(nil)
			if r != nil {
				logs = *r
			}
			// The machine crashes again at each point of the recovery.
			recovering := hookFS{crashed, func(op2, name2 string) error {
				deep++
				again := crashed.crash(crashes(deep)[deep%8])
				_, found, err := wal.Open(again, dir, scriptOptions)
				require.NoError(t, err, "crash before %s %s, then before %s %s", op, name, op2, name2)
				require.NoError(t, logs.check(texts(found.Records)), "crash before %s %s, then before %s %s", op, name, op2, name2)
				return nil
			}}
			_, found, err := wal.Open(recovering, dir, scriptOptions)
			require.NoError(t, err, "crash %d before %s %s", i, op, name)
			require.NoError(t, logs.check(texts(found.Records)), "crash %d before %s %s", i, op, name)
			if found.Cut != nil {
				cut++
			}
			if r != nil && len(found.Records) > 0 && slices.Equal(texts(found.Records), r.logs[r.acked]) {
				torn++
			}
			// What Open has returned is durable: power fails right after it.
			_, after, err := wal.Open(crashed.crash(vfs.CrashCloneCfg{}), dir, scriptOptions)
			require.NoError(t, err)
			require.Equal(t, found.Records, after.Records, "crash %d before %s %s", i, op, name)
		}
		return nil
	}}
	l, _, err := wal.Open(fs, dir, scriptOptions)
	require.NoError(t, err)
	r = newRun(nil)
	for _, s := range script() {
		require.NoError(t, r.step(l, s))
	}
	require.NoError(t, l.Close())
	assert.Greater(t, points, uint64(50))
	assert.NotZero(t, cut, "no crash tore a tail: the script is too tame")
	t.Logf("%d crash points, %d crashes during recovery, %d torn tails cut, %d logs cut back to the acknowledged", points, deep, cut, torn)
}

// The control of TestEveryCrashPoint: its judge rejects a lost record, a mix
// of checkpoint and old log, and a torn checkpoint.
func TestTheJudgeOfCrashesRejects(t *testing.T) {
	r := newRun(nil)
	l, _ := open(t, newMemFS(), wal.Options{})
	for _, s := range []step{
		{records: []string{"a", "b"}}, {sync: true}, {records: []string{"c", "d"}},
		{records: []string{"A", "B"}, checkpoint: true}, {records: []string{"e"}},
	} {
		require.NoError(t, r.step(l, s))
	}
	for _, good := range []string{"ab", "abc", "abcd", "AB", "ABe"} {
		assert.NoError(t, r.check(strings.Split(good, "")), good)
	}
	for _, bad := range []string{"a", "abd", "abcde", "A", "abAB", "B", "ABCDe"} {
		assert.Error(t, r.check(strings.Split(bad, "")), bad)
	}
	assert.Error(t, r.check(nil))
}

// Each operation of the scripted run fails once: then the log is poisoned, and
// both the process and the machine may be restarted without a loss.
func TestEveryOperationFails(t *testing.T) {
	boom := errors.New("boom")
	failedAt := map[string]int{}
	for point := 0; ; point++ {
		mem := newMemFS()
		n, hit := 0, ""
		fs := hookFS{mem, func(op, name string) error {
			n++
			if n-1 == point {
				hit = op
				return fmt.Errorf("%w at %s %s", boom, op, name)
			}
			return nil
		}}
		r := newRun(nil)
		l, _, err := wal.Open(fs, dir, scriptOptions)
		if err == nil {
			for _, s := range script() {
				if err = r.step(l, s); err != nil {
					break
				}
			}
			if cerr := l.Close(); err == nil {
				err = cerr
			} else if err != nil {
				assert.ErrorIs(t, cerr, boom, "Close of a poisoned log")
			}
		}
		if hit == "" {
			break // past the last operation
		}
		failedAt[hit]++
		if hit != "remove" && hit != "close" {
			assert.ErrorIs(t, err, boom, "operation %d, a %s", point, hit)
		}
		crashed := mem.crash(vfs.CrashCloneCfg{})
		for what, fs := range map[string]memFS{"process": mem, "machine": crashed} {
			_, found, err := wal.Open(fs, dir, scriptOptions)
			require.NoError(t, err)
			require.NoError(t, r.check(texts(found.Records)), "the %s restarted after operation %d, a %s, had failed", what, point, hit)
			// After a failed fsync, the page cache and the disk differ. What
			// Open returns must be on the disk.
			_, after, err := wal.Open(fs.crash(vfs.CrashCloneCfg{}), dir, scriptOptions)
			require.NoError(t, err)
			require.Equal(t, found.Records, after.Records)
		}
	}
	for _, op := range []string{"mkdir", "create", "write", "sync", "rename", "syncdir", "remove", "close"} {
		assert.NotZero(t, failedAt[op], "no %s was made to fail", op)
	}
}

// The disk is full after each number of bytes.
func TestFullDisk(t *testing.T) {
	for room := 0; ; room += 97 {
		mem := newMemFS()
		left := room
		r := newRun(nil)
		l, _, err := wal.Open(fullFS{mem, &left}, dir, scriptOptions)
		if err == nil {
			for _, s := range script() {
				if err = r.step(l, s); err != nil {
					break
				}
			}
			_ = l.Close()
		}
		if err != nil {
			require.ErrorIs(t, err, syscall.ENOSPC)
		}
		_, found, oerr := wal.Open(mem, dir, scriptOptions) // room was made
		require.NoError(t, oerr)
		require.NoError(t, r.check(texts(found.Records)), "a disk of %d bytes", room)
		if err == nil {
			return
		}
	}
}
