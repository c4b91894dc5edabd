package wal_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/wal"
)

// countingFS counts the fsyncs.
type countingFS struct {
	wal.FS
	syncs *atomic.Int64
}

func (c countingFS) Create(name string) (wal.File, error) {
	f, err := c.FS.Create(name)
	return countingFile{f, c.syncs}, err
}

type countingFile struct {
	wal.File
	syncs *atomic.Int64
}

func (c countingFile) Sync() error {
	c.syncs.Add(1)
	return c.File.Sync()
}

// BenchmarkAppendSync appends records of 128 bytes, each of which waits to be
// durable, on the file system of the temporary directory.
func BenchmarkAppendSync(b *testing.B) {
	for _, appenders := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("appenders=%d", appenders), func(b *testing.B) {
			var syncs atomic.Int64
			l, _, err := wal.Open(countingFS{wal.OS{}, &syncs}, b.TempDir(), wal.Options{})
			require.NoError(b, err)
			record := make([]byte, 128)
			var left atomic.Int64
			left.Store(int64(b.N))
			b.ReportAllocs()
			b.SetBytes(int64(len(record)))
			b.ResetTimer()
			var wg sync.WaitGroup
			for range appenders {
				wg.Go(func() {
					for left.Add(-1) >= 0 {
						position, err := l.Append([][]byte{record}, false)
						if err != nil {
							b.Error(err)
							return
						}
						if durable, err := l.Sync(); err != nil || durable < position {
							b.Error(durable, position, err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			b.ReportMetric(float64(b.N)/float64(syncs.Load()), "records/fsync")
			require.NoError(b, l.Close())
		})
	}
}
