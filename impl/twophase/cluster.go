package twophase

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Coordinator is the id of the coordinator.
const Coordinator protocol.NodeID = "c"

// Options tune a cluster. The zero value stands for the defaults.
type Options struct {
	VoteTimeout time.Duration // how long the coordinator waits for votes; 1s
	Resend      time.Duration // after this, what has not been answered is sent again; 100ms
	Inquire     time.Duration // after this, a participant in doubt asks; 200ms

	// CheckpointEvery is the number of records after which a node replaces
	// its log by a checkpoint; 0 for 10000, negative for never.
	CheckpointEvery int
}

// Cluster is a coordinator and its participants. It implements
// protocol.Protocol.
type Cluster struct {
	participants []protocol.NodeID
	options      Options
}

var _ protocol.Protocol = (*Cluster)(nil)

// New returns a cluster with n participants, p1 to pn. It panics if n < 1.
func New(n int, o Options) *Cluster {
	if n < 1 {
		panic(fmt.Sprintf("twophase: a cluster has at least 1 participant, found %d", n))
	}
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&o.VoteTimeout, time.Second)
	def(&o.Resend, 100*time.Millisecond)
	def(&o.Inquire, 200*time.Millisecond)
	if o.CheckpointEvery == 0 {
		o.CheckpointEvery = 10000
	}
	c := &Cluster{options: o}
	for i := 1; i <= n; i++ {
		c.participants = append(c.participants, protocol.NodeID("p"+strconv.Itoa(i)))
	}
	return c
}

// Name implements protocol.Protocol.
func (*Cluster) Name() string { return "twophase" }

// Nodes lists the coordinator, then the participants.
func (c *Cluster) Nodes() []protocol.NodeID {
	return append([]protocol.NodeID{Coordinator}, c.participants...)
}

// Server names the coordinator, which takes all requests.
func (*Cluster) Server(int) protocol.NodeID { return Coordinator }

// NewNode implements protocol.Protocol.
func (c *Cluster) NewNode(id protocol.NodeID) (protocol.Node, error) {
	if id == Coordinator {
		return &coordinator{cluster: c, sessions: map[string]*session{}}, nil
	}
	for _, p := range c.participants {
		if p == id {
			return &participant{cluster: c, id: id, store: map[string]string{}, locks: newLockTable()}, nil
		}
	}
	return nil, fmt.Errorf("a two-phase commit cluster has the nodes %v, found %q", c.Nodes(), id)
}

// TxnID names a transaction for good.
type TxnID struct{ Epoch, Seq uint64 }

// Less orders transactions as the coordinator began them.
func (t TxnID) Less(u TxnID) bool {
	return t.Epoch < u.Epoch || t.Epoch == u.Epoch && t.Seq < u.Seq
}

// String is also the name of the transaction's slice: "epoch.seq".
func (t TxnID) String() string {
	return strconv.FormatUint(t.Epoch, 10) + "." + strconv.FormatUint(t.Seq, 10)
}

func parseTxnID(s string) (TxnID, error) {
	e, q, ok := strings.Cut(s, ".")
	epoch, err1 := strconv.ParseUint(e, 10, 64)
	seq, err2 := strconv.ParseUint(q, 10, 64)
	if !ok || err1 != nil || err2 != nil {
		return TxnID{}, fmt.Errorf("expected a transaction such as 1.7, found %q", s)
	}
	return TxnID{epoch, seq}, nil
}

// A timer belongs to a transaction: "vote/1.7", "resend/1.7", "inquire/1.7".
func timerName(kind string, t TxnID) string { return kind + "/" + t.String() }

func parseTimer(name string) (kind string, t TxnID, err error) {
	kind, id, ok := strings.Cut(name, "/")
	if !ok {
		return "", TxnID{}, fmt.Errorf("expected a timer such as resend/1.7, found %q", name)
	}
	t, err = parseTxnID(id)
	return kind, t, err
}

// after arms a timer for d, give or take an eighth.
func after(kind string, t TxnID, d time.Duration) protocol.Timer {
	return protocol.Timer{Name: timerName(kind, t), Min: d - d/8, Max: d + d/8}
}

func cancel(kind string, t TxnID) protocol.Timer {
	return protocol.Timer{Name: timerName(kind, t), Cancel: true}
}
