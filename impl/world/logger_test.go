package world_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// logger is one node that logs the string that it is asked to; at "!" it
// checkpoints the number of strings so far, in two records.
type logger struct{}

type loggerNode struct {
	count int
	now   time.Duration
}

func (logger) Name() string                                   { return "logger" }
func (logger) Nodes() []protocol.NodeID                       { return []protocol.NodeID{"n"} }
func (logger) NewNode(protocol.NodeID) (protocol.Node, error) { return &loggerNode{}, nil }
func (logger) DecodePayload([]byte) (protocol.Payload, error) { return nil, fmt.Errorf("no messages") }
func (logger) Server(int) protocol.NodeID                     { return "n" }
func (logger) DecodeOp(b json.RawMessage) (op protocol.Op, err error) {
	var s string
	err = json.Unmarshal(b, &s)
	return s, err
}
func (n *loggerNode) Clone() protocol.Node          { c := *n; return &c }
func (n *loggerNode) AppendState(b []byte) []byte   { return strconv.AppendInt(b, int64(n.now), 10) }
func (n *loggerNode) AppendDurable(b []byte) []byte { return strconv.AppendInt(b, int64(n.count), 10) }

func (n *loggerNode) Step(now time.Duration, in protocol.Input) (out protocol.Output) {
	n.now = now
	switch in := in.(type) {
	case protocol.Start:
		for i := 0; i < len(in.Records); i++ {
			if r := string(in.Records[i]); r[0] == '!' {
				n.count, _ = strconv.Atoi(r[1:])
				if i++; i == len(in.Records) {
					out.Fatal = fmt.Errorf("half a checkpoint")
					return out
				}
			} else {
				n.count++
			}
		}
	case protocol.Request:
		if in.Op == "!" {
			out.Records = [][]byte{[]byte("!" + strconv.Itoa(n.count)), []byte("!!")}
			out.Checkpoint = true
			return out
		}
		n.count++
		out.Records = [][]byte{[]byte(in.Op.(string))}
	}
	return out
}
