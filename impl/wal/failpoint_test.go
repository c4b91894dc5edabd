package wal_test

import (
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/wal"
)

// Each failpoint is a first failure like any other.
func TestFailpointsPoison(t *testing.T) {
	if !failpoint.Compiled {
		t.Skip("needs a build with failpoints: go test $(go run ./chaos/failpoints) ./impl/wal")
	}
	for _, name := range []string{"before-append", "after-append", "before-fsync", "after-fsync"} {
		t.Run(name, func(t *testing.T) {
			fs := newMemFS()
			l, _ := open(t, fs, wal.Options{})
			_, err := l.Append(records("durable"), false)
			require.NoError(t, err)
			_, err = l.Sync()
			require.NoError(t, err)

			full := "github.com/lockstep-go/lockstep/impl/wal/" + name
			require.NoError(t, failpoint.Enable(full, `1*return("no luck")`))
			defer func() { require.NoError(t, failpoint.Disable(full)) }()
			_, err = l.Append(records("failed"), false)
			require.NoError(t, err)
			durable, err := l.Sync()
			assert.ErrorContains(t, err, "failpoint "+name+": no luck")
			assert.EqualValues(t, 1, durable)
			_, err = l.Append(records("more"), false)
			assert.ErrorContains(t, err, "no luck")
			assert.ErrorContains(t, l.Close(), "no luck")

			_, found, err := wal.Open(fs.crash(vfs.CrashCloneCfg{}), dir, wal.Options{})
			require.NoError(t, err)
			want := records("durable", "failed")
			if name != "after-fsync" {
				want = want[:1]
			}
			assert.Equal(t, want, found.Records)
		})
	}
}
