package wal_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/wal"
)

// FuzzOpen puts arbitrary bytes where the two newest segments should be. Open
// must refuse them by name, or return a log that it returns again the next
// time, after more was appended to it.
func FuzzOpen(f *testing.F) {
	fs := newMemFS()
	l, _, err := wal.Open(fs, dir, wal.Options{SegmentBytes: 60})
	require.NoError(f, err)
	for _, r := range []string{"first", "second", "third"} {
		_, err := l.Append(records(r), false)
		require.NoError(f, err)
		_, err = l.Sync()
		require.NoError(f, err)
	}
	names := segmentFiles(f, fs)
	one, err := fs.ReadFile(filepath.Join(dir, names[0]))
	require.NoError(f, err)
	two, err := fs.ReadFile(filepath.Join(dir, names[1]))
	require.NoError(f, err)
	f.Add(one, two)
	f.Add(one, []byte{})
	f.Add(one[:len(one)-1], two)
	f.Add(one, append(two, one...))
	f.Add([]byte("lockwal1"), two[:50])

	f.Fuzz(func(t *testing.T, one, two []byte) {
		fs := newMemFS()
		fs.writeFile(t, filepath.Join(dir, names[0]), one)
		if len(two) > 0 {
			fs.writeFile(t, filepath.Join(dir, names[1]), two)
		}
		l, found, err := wal.Open(fs, dir, wal.Options{})
		if err != nil {
			var damage *wal.DamageError
			require.True(t, errors.As(err, &damage), "%v", err)
			return
		}
		_, err = l.Append(records("more"), false)
		require.NoError(t, err)
		require.NoError(t, l.Close())
		_, again, err := wal.Open(fs, dir, wal.Options{})
		require.NoError(t, err)
		require.Nil(t, again.Cut)
		require.Equal(t, append(texts(found.Records), "more"), texts(again.Records))
	})
}
