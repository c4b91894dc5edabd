package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Workload is what the clients of a run do.
type Workload interface {
	// Next returns what a client asks for in its request number seq, from 1.
	Next(client string, seq uint64, rng *rand.Rand) protocol.Op

	// Again returns what a client sends under the number of a request whose
	// answer it does not know: the same op, which must not be executed twice,
	// or a question what became of it. Attempts have been made so far, at
	// least 1.
	Again(op protocol.Op, attempts int, rng *rand.Rand) protocol.Op
}

// errRefused says that a node understood a request and will never take it.
var errRefused = errors.New("the request was refused")

// request sends one request to a node and returns the result in its answer.
// After an error other than errRefused the request may have been executed.
func request(ctx context.Context, client *http.Client, address string, id protocol.RequestID, op protocol.Op) (json.RawMessage, error) {
	api := host.Client{HTTP: client}
	result, err := api.Do(ctx, address, id, op)
	var why *host.RequestError
	if errors.As(err, &why) && why.Status >= 400 && why.Status < 500 {
		err = fmt.Errorf("%w: %w", errRefused, err)
	}
	return result, err
}

// client is one client of a run. It has one request outstanding at a time, and
// does not let go of one before it knows its outcome, unless the run is over.
type client struct {
	run  *run
	name string
	rng  *rand.Rand
}

func newClient(r *run, i int) *client {
	return &client{run: r, name: "k" + strconv.Itoa(i+1), rng: rand.New(rand.NewPCG(r.config.Seed, 0xc11e<<32|uint64(i)))}
}

// work sends requests until no more are to be begun. It returns an error when
// a request was refused, which is the workload's fault.
func (c *client) work(ctx context.Context) error {
	for seq := uint64(1); !c.run.over(); seq++ {
		id := protocol.RequestID{Client: c.name, Seq: seq}
		op := c.run.config.Workload.Next(c.name, seq, c.rng)
		begun := time.Now()
		record := c.run.recorder.Invoke(c.name, op, c.run.now())
		result, err := c.settle(ctx, id, op)
		switch {
		case err == nil:
			c.run.recorder.Return(record, result, c.run.now())
			c.run.stats.returned(result, time.Since(begun))
		case errors.Is(err, errRefused):
			c.run.recorder.Unknown(record, err.Error(), c.run.now())
			return fmt.Errorf("cluster: client %s: request %v: %w", c.name, op, err)
		default:
			c.run.recorder.Unknown(record, err.Error(), c.run.now())
			c.run.stats.unknown()
			return nil
		}
	}
	return nil
}

// settle sends a request until it is answered. It gives up when ctx ends.
func (c *client) settle(ctx context.Context, id protocol.RequestID, op protocol.Op) (json.RawMessage, error) {
	send := op
	for attempts := 0; ; {
		patience := c.run.config.RequestTimeout
		if c.run.hangup.Strikes(c.rng) && !c.run.over() {
			patience = min(patience, time.Duration(c.rng.Int64N(int64(5*time.Millisecond))))
			c.run.stats.fault("hangup")
		}
		once, cancel := context.WithTimeout(ctx, patience)
		result, err := request(once, c.run.http, c.run.cluster.Address(c.run.config.Protocol.Server(attempts)), id, send)
		cancel()
		if err == nil || errors.Is(err, errRefused) {
			return result, err
		}
		attempts++
		c.run.stats.retried()
		wait := time.NewTimer(time.Duration(5+c.rng.IntN(40)) * time.Millisecond)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return nil, fmt.Errorf("no answer after %d attempts, the last: %w", attempts, err)
		}
		send = c.run.config.Workload.Again(op, attempts, c.rng)
	}
}
