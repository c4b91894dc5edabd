package explore_test

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// answerers are two nodes that know nothing of each other. Each writes a
// request down and answers with its own name, so that a client that sends its
// request to both gets the answer of whichever is first.
type answerers struct{}

type answerer struct {
	id    protocol.NodeID
	count byte
}

func (answerers) Name() string                                      { return "answerers" }
func (answerers) Nodes() []protocol.NodeID                          { return []protocol.NodeID{"a", "b"} }
func (answerers) Server(attempt int) protocol.NodeID                { return answerers{}.Nodes()[attempt%2] }
func (answerers) NewNode(id protocol.NodeID) (protocol.Node, error) { return &answerer{id: id}, nil }
func (answerers) DecodePayload([]byte) (protocol.Payload, error) {
	return nil, errors.New("no messages")
}
func (answerers) DecodeOp(b json.RawMessage) (op protocol.Op, err error) {
	var s string
	err = json.Unmarshal(b, &s)
	return s, err
}

func (n *answerer) Clone() protocol.Node          { c := *n; return &c }
func (n *answerer) AppendState(b []byte) []byte   { return append(b, n.count) }
func (n *answerer) AppendDurable(b []byte) []byte { return append(b, n.count) }
func (n *answerer) Step(_ time.Duration, in protocol.Input) (out protocol.Output) {
	switch in := in.(type) {
	case protocol.Start:
		n.count = byte(len(in.Records))
	case protocol.Request:
		n.count++
		out.Records = [][]byte{{n.count}}
		out.Replies = []protocol.Reply{{ID: in.ID, Result: string(n.id)}}
	}
	return out
}

// anyAnswer is the model of an object that may answer anything but, to the
// operation "a?", with "b" once "a!" has been answered.
type anyAnswer struct{}

func (anyAnswer) Name() string { return "any answer" }
func (anyAnswer) DecodeOp(raw json.RawMessage) (op any, err error) {
	return answerers{}.DecodeOp(raw)
}
func (anyAnswer) DecodeResult(_ any, raw json.RawMessage) (any, error) {
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err
}
func (anyAnswer) Init() any { return false }
func (anyAnswer) Step(state, op, result any) (bool, any) {
	return op != "a?" || result != "b" || state == false, state == true || op == "a!"
}
func (anyAnswer) Equal(a, b any) bool { return a == b }
func (anyAnswer) Hash(state any) uint64 {
	if state == true {
		return 1
	}
	return 0
}
func (anyAnswer) Footprint(_, _ any) linearizability.Footprint {
	return linearizability.Footprint{SeesMore: true, WritesMore: true}
}
func (anyAnswer) DescribeOp(op, _ any) string    { return op.(string) }
func (anyAnswer) DescribeState(state any) string { return "" }

// askBoth has clients that may ask each node. The first client's operations are
// given.
func askBoth(first ...protocol.Op) explore.Config {
	return explore.Config{
		Protocol: answerers{}, Model: anyAnswer{},
		Clients: []world.Client{{Name: "c1", Ops: first}, {Name: "c2", Ops: []protocol.Op{"a?"}}},
		Bounds:  explore.Bounds{Bounds: world.Bounds{Retries: 2, Crashes: 1, Hangups: 1}},
	}
}
