package wal_test

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/wal"
)

const dir = "/node/wal"

func open(t testing.TB, fs wal.FS, o wal.Options) (*wal.Log, []string) {
	t.Helper()
	l, found, err := wal.Open(fs, dir, o)
	require.NoError(t, err)
	require.Nil(t, found.Cut)
	return l, texts(found.Records)
}

func texts(records [][]byte) []string {
	s := make([]string, len(records))
	for i, r := range records {
		s[i] = string(r)
	}
	return s
}

func records(s ...string) [][]byte {
	r := make([][]byte, len(s))
	for i := range s {
		r[i] = []byte(s[i])
	}
	return r
}

// segmentFiles lists the segments, in order.
func segmentFiles(t testing.TB, fs wal.FS) []string {
	names, err := fs.List(dir)
	require.NoError(t, err)
	names = slices.DeleteFunc(names, func(n string) bool { return path.Ext(n) != ".wal" })
	slices.Sort(names)
	return names
}

func TestPositionsCountThisIncarnation(t *testing.T) {
	fs := newMemFS()
	l, found := open(t, fs, wal.Options{})
	assert.Empty(t, found)
	for want := uint64(2); want <= 6; want += 2 {
		position, err := l.Append(records("a", ""), false)
		require.NoError(t, err)
		assert.Equal(t, want, position)
	}
	position, err := l.Append(nil, false)
	require.NoError(t, err)
	assert.EqualValues(t, 6, position)
	durable, err := l.Sync()
	require.NoError(t, err)
	assert.EqualValues(t, 6, durable)
	require.NoError(t, l.Close())

	l, found = open(t, fs, wal.Options{})
	assert.Equal(t, []string{"a", "", "a", "", "a", ""}, found)
	position, err = l.Append(records("b"), false)
	require.NoError(t, err)
	assert.EqualValues(t, 1, position)
	require.NoError(t, l.Close(), "which syncs")
	_, found = open(t, fs, wal.Options{})
	assert.Len(t, found, 7)
}

func TestAppendKeepsNoHoldOfTheRecord(t *testing.T) {
	fs := newMemFS()
	l, _ := open(t, fs, wal.Options{})
	r := []byte("before")
	_, err := l.Append([][]byte{r}, false)
	require.NoError(t, err)
	copy(r, "after!")
	require.NoError(t, l.Close())
	_, found := open(t, fs, wal.Options{})
	assert.Equal(t, []string{"before"}, found)
}

func TestSegmentsRollBySizeAndACheckpointDeletesThem(t *testing.T) {
	fs := newMemFS()
	l, _ := open(t, fs, wal.Options{SegmentBytes: 200})
	var want []string
	for i := range 20 {
		want = append(want, fmt.Sprintf("record %d of some length", i))
		_, err := l.Append(records(want[i]), false)
		require.NoError(t, err)
		_, err = l.Sync()
		require.NoError(t, err)
	}
	assert.Greater(t, len(segmentFiles(t, fs)), 3)
	require.NoError(t, l.Close())
	l, found := open(t, fs, wal.Options{SegmentBytes: 200})
	assert.Equal(t, want, found)

	_, err := l.Append(records("before, and void"), false)
	require.NoError(t, err)
	position, err := l.Append(records("all", "of it"), true)
	require.NoError(t, err)
	assert.EqualValues(t, 3, position)
	_, err = l.Append(records("after"), false)
	require.NoError(t, err)
	assert.Greater(t, len(segmentFiles(t, fs)), 3, "a checkpoint that is not durable deletes nothing")
	durable, err := l.Sync()
	require.NoError(t, err)
	assert.EqualValues(t, 4, durable)
	assert.Len(t, segmentFiles(t, fs), 1)
	require.NoError(t, l.Close())
	l, found = open(t, fs, wal.Options{})
	assert.Equal(t, []string{"all", "of it", "after"}, found)

	_, err = l.Append(nil, true)
	require.NoError(t, err)
	require.NoError(t, l.Close())
	_, found = open(t, fs, wal.Options{})
	assert.Empty(t, found, "a checkpoint of nothing")
}

func TestIdleRestartsLeaveNoFiles(t *testing.T) {
	fs := newMemFS()
	for range 5 {
		l, _ := open(t, fs, wal.Options{})
		require.NoError(t, l.Close())
	}
	assert.Len(t, segmentFiles(t, fs), 1)
}

func TestOneProcessAtATime(t *testing.T) {
	for name, c := range map[string]struct {
		fs  wal.FS
		dir string
	}{"memory": {newMemFS(), dir}, "OS": {wal.OS{}, filepath.Join(t.TempDir(), "a", "b")}} {
		t.Run(name, func(t *testing.T) {
			l, _, err := wal.Open(c.fs, c.dir, wal.Options{})
			require.NoError(t, err)
			_, _, err = wal.Open(c.fs, c.dir, wal.Options{})
			require.Error(t, err)
			require.NoError(t, l.Close())
			l, _, err = wal.Open(c.fs, c.dir, wal.Options{})
			require.NoError(t, err)
			require.NoError(t, l.Close())
		})
	}
}

func TestClosedLogRefuses(t *testing.T) {
	l, _ := open(t, newMemFS(), wal.Options{})
	require.NoError(t, l.Close())
	_, err := l.Append(records("x"), false)
	assert.ErrorIs(t, err, wal.ErrClosed)
	_, err = l.Sync()
	assert.ErrorIs(t, err, wal.ErrClosed)
	assert.ErrorIs(t, l.Close(), wal.ErrClosed)
}

func TestTooLargeARecordIsRefusedWhole(t *testing.T) {
	fs := newMemFS()
	l, _ := open(t, fs, wal.Options{RecordBytesMax: 3})
	_, err := l.Append(records("abc", "abcd"), false)
	assert.EqualError(t, err, "wal: record 2 of 2 has 4 bytes, expected at most 3")
	_, err = l.Append(records("ok"), false)
	require.NoError(t, err, "the log goes on")
	require.NoError(t, l.Close())
	_, found := open(t, fs, wal.Options{RecordBytesMax: 3})
	assert.Equal(t, []string{"ok"}, found)

	_, _, err = wal.Open(newMemFS(), dir, wal.Options{SegmentBytes: -1})
	assert.ErrorContains(t, err, "SegmentBytes -1")
}

func TestGroupCommitSharesAnFsync(t *testing.T) {
	const appenders = 8
	var syncs int
	release := make(chan struct{})
	first := make(chan struct{})
	fs := hookFS{newMemFS(), func(op, name string) error {
		if op == "sync" && path.Ext(name) == ".wal" || op == "sync" && strings.HasSuffix(name, ".tmp") {
			if syncs++; syncs == 2 { // the first one is Open's
				close(first)
				<-release
			}
		}
		return nil
	}}
	l, _ := open(t, fs, wal.Options{})

	var wg sync.WaitGroup
	commit := func() {
		position, err := l.Append(records("r"), false)
		assert.NoError(t, err)
		wg.Go(func() {
			durable, err := l.Sync()
			assert.NoError(t, err)
			assert.GreaterOrEqual(t, durable, position)
		})
	}
	commit()
	<-first // an fsync is under way, and covers only the first record
	for range appenders {
		commit()
	}
	close(release)
	wg.Wait()
	assert.Equal(t, 3, syncs, "Open's, the first, and one for all the rest")
}

func TestConcurrentAppendersAndClose(t *testing.T) {
	fs := newMemFS()
	l, _ := open(t, fs, wal.Options{SegmentBytes: 500})
	const appenders, each = 8, 50
	var wg sync.WaitGroup
	for a := range appenders {
		wg.Go(func() {
			for i := range each {
				position, err := l.Append(records(fmt.Sprintf("%d.%d", a, i)), false)
				assert.NoError(t, err)
				durable, err := l.Sync()
				assert.NoError(t, err)
				assert.GreaterOrEqual(t, durable, position)
			}
		})
	}
	wg.Wait()
	require.NoError(t, l.Close())
	_, found := open(t, fs, wal.Options{})
	require.Len(t, found, appenders*each)
	next := map[string]int{}
	for _, r := range found {
		a, i, _ := strings.Cut(r, ".")
		assert.Equal(t, fmt.Sprint(next[a]), i, "each appender's records are in order")
		next[a]++
	}
}

func TestPoisonedByTheFirstFailure(t *testing.T) {
	boom := errors.New("boom")
	for _, failing := range []string{"write", "sync"} {
		t.Run(failing, func(t *testing.T) {
			calls, broken := 0, false
			mem := newMemFS()
			fs := hookFS{mem, func(op, name string) error {
				if broken && op == failing {
					calls++
					return fmt.Errorf("%w %d", boom, calls)
				}
				return nil
			}}
			l, _ := open(t, fs, wal.Options{})
			_, err := l.Append(records("durable"), false)
			require.NoError(t, err)
			_, err = l.Sync()
			require.NoError(t, err)

			broken = true
			_, err = l.Append(records("lost"), false)
			require.NoError(t, err)
			durable, err := l.Sync()
			assert.ErrorIs(t, err, boom)
			assert.EqualValues(t, 1, durable)
			broken = false // it would work again, but must not be tried
			for range 2 {
				durable, err := l.Sync()
				assert.ErrorContains(t, err, "boom 1")
				assert.EqualValues(t, 1, durable)
				_, err = l.Append(records("more"), false)
				assert.ErrorContains(t, err, "boom 1")
			}
			assert.ErrorContains(t, l.Close(), "boom 1")
			assert.Equal(t, 1, calls)
		})
	}
}
