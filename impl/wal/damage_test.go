package wal_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/wal"
)

const (
	headerSize = 44
	frameSize  = 20
)

// small writes a small log of three segments, and returns it as a SIGKILL
// would leave it after the last Sync: [a, b] [c, d] [e, f, g], where f and g
// were synced together.
func small(t *testing.T) (memFS, []string) {
	return smallOf(t, []string{"a", "b"}, []string{"c"}, []string{"d"}, []string{"e"}, []string{"f", "g"})
}

func smallOf(t *testing.T, batches ...[]string) (memFS, []string) {
	fs := newMemFS()
	o := wal.Options{SegmentBytes: 70}
	l, _ := open(t, fs, o)
	var want []string
	for _, batch := range batches {
		want = append(want, batch...)
		_, err := l.Append(records(batch...), false)
		require.NoError(t, err)
		_, err = l.Sync()
		require.NoError(t, err)
	}
	require.Len(t, segmentFiles(t, fs), 3)
	return memFS{fs.CrashClone(allSurvives())}, want
}

func allSurvives() vfs.CrashCloneCfg {
	return vfs.CrashCloneCfg{UnsyncedDataPercent: 100, RNG: rand.New(rand.NewPCG(1, 1))}
}

// with returns a copy of fs in which one file is different.
func (m memFS) with(t testing.TB, name string, b []byte) memFS {
	c := m.crash(vfs.CrashCloneCfg{})
	c.writeFile(t, name, b)
	return c
}

// Each byte of the log is flipped, in each bit and whole. All flips are refused
// with the file, the frame's offset and both checksums, but for those in the
// marks at the end of a segment, which hold nothing that counts.
func TestEveryByteFlipped(t *testing.T) {
	fs, want := small(t)
	refused, harmless := 0, 0
	for i, name := range segmentFiles(t, fs) {
		name = filepath.Join(dir, name)
		good, err := fs.ReadFile(name)
		require.NoError(t, err)
		starts := frameStarts(good)
		lastMark := starts[len(starts)-1]
		for at := range good {
			for _, mask := range []byte{1, 2, 4, 8, 16, 32, 64, 128, 0xff} {
				bad := append([]byte(nil), good...)
				bad[at] ^= mask
				_, found, err := wal.Open(fs.with(t, name, bad), dir, wal.Options{})
				if at >= lastMark {
					require.NoError(t, err, "segment %d byte %d ^ %#x", i+1, at, mask)
					require.Equal(t, want, texts(found.Records))
					harmless++
					continue
				}
				var damage *wal.DamageError
				require.ErrorAs(t, err, &damage, "segment %d byte %d ^ %#x", i+1, at, mask)
				require.Equal(t, name, damage.File)
				require.EqualValues(t, frameAt(starts, at), damage.Offset, "segment %d byte %d ^ %#x", i+1, at, mask)
				require.NotEqual(t, damage.Stored, damage.Computed)
				require.Contains(t, err.Error(), fmt.Sprintf("%s is damaged at byte %d", name, damage.Offset))
				require.Contains(t, err.Error(), fmt.Sprintf("stored %#08x, computed %#08x", damage.Stored, damage.Computed))
				refused++
			}
		}
	}
	t.Logf("%d flips refused, %d harmless", refused, harmless)
}

// Without the mark, which only the last Sync before a crash can lack, the
// records of that Sync are cut when they are damaged, and no others; what is
// returned is a prefix. This is the limit that the package comment names.
func TestEveryByteFlippedWithoutTheLastMark(t *testing.T) {
	fs, want := small(t)
	files := segmentFiles(t, fs)
	name := filepath.Join(dir, files[len(files)-1])
	good, err := fs.ReadFile(name)
	require.NoError(t, err)
	starts := frameStarts(good)
	good = good[:starts[len(starts)-1]] // mark, f, g are left: header, e, mark, f, g
	firstOfLastSync := starts[len(starts)-3]
	for at := range good {
		bad := append([]byte(nil), good...)
		bad[at] ^= 0x10
		_, found, err := wal.Open(fs.with(t, name, bad), dir, wal.Options{})
		if at < firstOfLastSync && !(at >= starts[1] && at < starts[2]) {
			var damage *wal.DamageError
			require.ErrorAs(t, err, &damage, "byte %d", at)
			continue
		}
		if at < firstOfLastSync {
			// The mark before f: f's frame vouches for e, and not for the mark,
			// since no fsync had returned between the two writes.
			require.NoError(t, err)
			require.Equal(t, want[:5], texts(found.Records))
			continue
		}
		require.NoError(t, err, "byte %d", at)
		require.NotNil(t, found.Cut)
		require.Equal(t, int64(frameAt(starts, at)), found.Cut.Offset)
		lost := 2
		if at >= starts[len(starts)-2] {
			lost = 1
		}
		require.Equal(t, want[:len(want)-lost], texts(found.Records), "byte %d", at)
	}
}

// A clean Close leaves nothing that a flipped byte could take, and Open
// nothing that even cutting the file could take.
func TestAfterCloseAndOpen(t *testing.T) {
	fs := newMemFS()
	l, _ := open(t, fs, wal.Options{})
	_, err := l.Append(records("a", "b"), false)
	require.NoError(t, err)
	require.NoError(t, l.Close())
	powerLost := fs.crash(vfs.CrashCloneCfg{}) // the mark was synced by Close
	name := filepath.Join(dir, segmentFiles(t, fs)[0])
	b, err := powerLost.ReadFile(name)
	require.NoError(t, err)
	b[headerSize+2*frameSize+1] ^= 1 // b's payload
	var damage *wal.DamageError
	_, _, err = wal.Open(powerLost.with(t, name, b), dir, wal.Options{})
	require.ErrorAs(t, err, &damage)

	l, _ = open(t, powerLost, wal.Options{})
	b, err = powerLost.ReadFile(name)
	require.NoError(t, err)
	for n := range b {
		_, _, err = wal.Open(powerLost.with(t, name, b[:n]), dir, wal.Options{})
		require.ErrorAs(t, err, &damage, "cut to %d of %d bytes", n, len(b))
	}
	require.NoError(t, l.Close())
}

// The unsynced tail is cut at each byte, with nothing, zeros or noise after it.
func TestTornTailIsCutAtARecordBoundary(t *testing.T) {
	fs := newMemFS()
	l, _ := open(t, fs, wal.Options{})
	_, err := l.Append(records("synced"), false)
	require.NoError(t, err)
	_, err = l.Sync()
	require.NoError(t, err)
	name := filepath.Join(dir, segmentFiles(t, fs)[0])
	before, err := fs.ReadFile(name)
	require.NoError(t, err)
	_, err = l.Append(records("x", "", "yz"), false)
	require.NoError(t, err)
	_, err = l.Sync()
	require.NoError(t, err)
	whole, err := fs.ReadFile(name)
	require.NoError(t, err)
	whole = whole[:len(whole)-frameSize] // as it was before the mark
	ends := []int{len(before), len(before) + frameSize + 1, len(before) + 2*frameSize + 1, len(whole)}

	rng := rand.New(rand.NewPCG(3, 3))
	for n := len(before); n <= len(whole); n++ {
		for _, after := range []string{"nothing", "zeros", "noise"} {
			torn := append([]byte(nil), whole[:n]...)
			for range len(whole) - n {
				switch after {
				case "zeros":
					torn = append(torn, 0)
				case "noise":
					torn = append(torn, byte(rng.Uint32()))
				}
			}
			_, found, err := wal.Open(fs.with(t, name, torn), dir, wal.Options{})
			require.NoError(t, err, "%d of %d bytes, then %s", n, len(whole), after)
			want := []string{"synced"}
			for i, r := range []string{"x", "", "yz"} {
				if bytes.Equal(torn[:min(ends[i+1], len(torn))], whole[:ends[i+1]]) { // zeros may complete one
					want = append(want, r)
				}
			}
			require.Equal(t, want, texts(found.Records), "%d of %d bytes, then %s", n, len(whole), after)
			if end := ends[len(want)-1]; end < len(torn) {
				require.NotNil(t, found.Cut)
				require.EqualValues(t, end, found.Cut.Offset)
				require.EqualValues(t, len(torn)-end, found.Cut.Bytes)
			}
		}
	}
}

// Disks write back out of order: a bad record before a good one is still a
// torn tail when none of the two had been synced.
func TestAGoodRecordAfterABadOneMayBeTorn(t *testing.T) {
	fs, want := small(t)
	files := segmentFiles(t, fs)
	name := filepath.Join(dir, files[len(files)-1])
	b, err := fs.ReadFile(name)
	require.NoError(t, err)
	starts := frameStarts(b)
	b = b[:starts[len(starts)-1]]
	clear(b[starts[len(starts)-3]:starts[len(starts)-2]]) // f is zeros, g is whole
	_, found, err := wal.Open(fs.with(t, name, b), dir, wal.Options{})
	require.NoError(t, err)
	assert.Equal(t, want[:5], texts(found.Records))
	assert.NotNil(t, found.Cut)
}

func TestMissingAndSwappedSegments(t *testing.T) {
	fs, _ := small(t)
	files := segmentFiles(t, fs)
	for i, file := range files[:2] {
		gone := fs.crash(vfs.CrashCloneCfg{})
		require.NoError(t, gone.Remove(filepath.Join(dir, file)))
		_, _, err := wal.Open(gone, dir, wal.Options{})
		require.ErrorContains(t, err, fmt.Sprintf("segment %s is missing", filepath.Join(dir, file)), "segment %d", i+1)
	}
	second, err := fs.ReadFile(filepath.Join(dir, files[1]))
	require.NoError(t, err)
	_, _, err = wal.Open(fs.with(t, filepath.Join(dir, files[0]), second), dir, wal.Options{})
	var damage *wal.DamageError
	require.ErrorAs(t, err, &damage)
	assert.ErrorContains(t, err, "found the header of segment 2, expected that of segment 1")

}

// Good frames and good segments of another log, at the very places where they
// stood there: only the chain shows that they do not belong.
func TestSplicedFromAnotherLog(t *testing.T) {
	fs, _ := small(t)
	other, _ := smallOf(t, []string{"A", "B"}, []string{"C"}, []string{"D"}, []string{"E"}, []string{"F", "G"})
	files := segmentFiles(t, fs)
	name := filepath.Join(dir, files[0])
	ours, err := fs.ReadFile(name)
	require.NoError(t, err)
	theirs, err := other.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, ours[:headerSize], theirs[:headerSize])

	var damage *wal.DamageError
	_, _, err = wal.Open(fs.with(t, name, theirs), dir, wal.Options{})
	require.ErrorAs(t, err, &damage)
	assert.Equal(t, name, damage.File)
	assert.NotEqual(t, damage.Stored, damage.Computed)
	assert.ErrorContains(t, err, "segment 2 continues another segment than this")

	// The first segment as the only one: its second record is theirs.
	starts := frameStarts(ours)
	spliced := append([]byte(nil), ours...)
	copy(spliced[starts[1]:starts[2]], theirs[starts[1]:starts[2]])
	one := newMemFS()
	one.writeFile(t, name, spliced)
	_, _, err = wal.Open(one, dir, wal.Options{})
	require.ErrorAs(t, err, &damage)
	assert.EqualValues(t, starts[1], damage.Offset)
	assert.NotEqual(t, damage.Stored, damage.Computed)
	assert.ErrorContains(t, err, "follows another frame than the one before it")
}

func TestRefusalWritesNothing(t *testing.T) {
	fs, _ := small(t)
	name := filepath.Join(dir, segmentFiles(t, fs)[0])
	b, err := fs.ReadFile(name)
	require.NoError(t, err)
	b[50] ^= 1
	fs = fs.with(t, name, b)
	before := contents(t, fs)
	_, _, err = wal.Open(hookFS{fs, func(op, name string) error {
		if op != "mkdir" {
			return errors.New("nothing may be written: " + op + " " + name)
		}
		return nil
	}}, dir, wal.Options{})
	var damage *wal.DamageError
	require.ErrorAs(t, err, &damage)
	assert.Equal(t, before, contents(t, fs))
}

func contents(t testing.TB, fs wal.FS) map[string]string {
	m := map[string]string{}
	for _, name := range segmentFiles(t, fs) {
		b, err := fs.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		m[name] = string(b)
	}
	return m
}

// frameStarts reads the offsets of a good segment's frames by their lengths.
func frameStarts(b []byte) []int {
	var starts []int
	for at := headerSize; at < len(b); {
		starts = append(starts, at)
		at += frameSize + int(b[at]) // payloads are short; a mark's is empty
	}
	return starts
}

// frameAt returns the start of the frame (or header) that a byte is in.
func frameAt(starts []int, at int) int {
	in := 0
	for _, s := range starts {
		if s <= at {
			in = s
		}
	}
	return in
}
