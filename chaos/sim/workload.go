package sim

import (
	"math/rand/v2"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Workload is what the clients do. Its methods draw from Client.Rand and from
// nothing else.
type Workload interface {
	// Next returns the client's next operation, or false if it is done.
	Next(c *Client) (op protocol.Op, ok bool)

	// Retry is asked when an attempt has had no final answer in time. It
	// returns what to send under the same request id, to
	// Protocol.Server(c.Attempts): the same operation, or one that asks for
	// its outcome; or false, and the client gives up on it.
	Retry(c *Client) (op protocol.Op, ok bool)

	// Final says whether a result answers the request, or only says that it
	// should be tried again (elsewhere, or later). It depends on the result
	// alone.
	Final(result any) bool
}

// Client is one client of a workload.
type Client struct {
	Name  string
	Index int // from 0
	Rand  *rand.Rand

	Seq      uint64      // of the latest operation, from 1
	Op       protocol.Op // the latest operation
	Attempts int         // of sending it so far

	// Answered says whether the latest operation has been, and Result with what.
	Answered bool
	Result   any

	// State is the workload's own.
	State any
}

// Resubmit is the workload whose clients draw each operation, send it until it
// is answered, and take every answer for final.
func Resubmit(draw func(c *Client) protocol.Op) Workload { return resubmit(draw) }

type resubmit func(c *Client) protocol.Op

func (r resubmit) Next(c *Client) (protocol.Op, bool)  { return r(c), true }
func (r resubmit) Retry(c *Client) (protocol.Op, bool) { return c.Op, true }
func (r resubmit) Final(any) bool                      { return true }
