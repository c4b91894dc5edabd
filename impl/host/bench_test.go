package host_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
)

// BenchmarkTwoPhaseCommit runs transactions that write two keys, mostly of two
// shards, and that nobody else writes: a coordinator and three participants in
// this process, on loopback, each with its own synced log in the temporary
// directory. One operation is one committed transaction.
func BenchmarkTwoPhaseCommit(b *testing.B) {
	for _, clients := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			c := newCluster(b, twophase.New(3, twophase.Options{}), func(cfg *host.Config) { cfg.Observer = nil })
			c.start()
			transport := &http.Transport{MaxIdleConnsPerHost: clients}
			defer transport.CloseIdleConnections()
			client := &host.Client{HTTP: &http.Client{Transport: transport}}
			var left atomic.Int64
			var aborted atomic.Int64
			left.Store(int64(b.N))
			latencies := make([][]time.Duration, clients)
			var wg sync.WaitGroup
			b.ResetTimer()
			for i := range clients {
				wg.Go(func() {
					op := twophase.Op{Write: map[string]string{fmt.Sprintf("a%d", i): "1", fmt.Sprintf("b%d", i): "2"}}
					start := time.Now()
					for seq := uint64(1); left.Load() > 0; seq++ {
						got, err := client.Do(b.Context(), c.clients["c"], protocol.RequestID{Client: fmt.Sprint(i), Seq: seq}, op)
						if err != nil {
							b.Error(err)
							return
						}
						var r twophase.Result
						if err := json.Unmarshal(got, &r); err != nil {
							b.Error(err)
							return
						}
						if r.Outcome != twophase.Committed {
							aborted.Add(1) // the locks of the client's last one are not yet free
							continue
						}
						left.Add(-1)
						latencies[i] = append(latencies[i], time.Since(start))
						start = time.Now()
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			all := slices.Concat(latencies...)
			slices.Sort(all)
			require.NotEmpty(b, all)
			b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "commits/s")
			b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(aborted.Load())/float64(len(all)), "aborts/commit")
		})
	}
}
