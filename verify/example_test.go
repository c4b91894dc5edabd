package verify_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/linearizability"
	"github.com/lockstep-go/lockstep/verify"
)

// A protocol of twenty lines: one node that keeps one value, and writes it
// down before it says that it has it.

type register struct {
	value   string
	forgets bool // a bug: it does not write down what it is told
	mute    bool // another: it never answers
}

func (r *register) Step(_ time.Duration, in protocol.Input) (out protocol.Output) {
	switch in := in.(type) {
	case protocol.Start:
		for _, b := range in.Records {
			r.value = string(b)
		}
		out.Actions = []protocol.Action{{Name: "Recover"}}
	case protocol.Request:
		if r.mute {
			break
		}
		switch op := in.Op.(registerOp); op.Kind {
		case "put":
			r.value = op.Value
			if !r.forgets {
				out.Records = [][]byte{[]byte(r.value)}
			}
			out.Actions = []protocol.Action{{Name: "Write", Args: []any{op.Value}}}
			out.Replies = []protocol.Reply{{ID: in.ID, Result: struct{}{}}}
		case "get":
			out.Replies = []protocol.Reply{{ID: in.ID, Result: registerResult{r.value}}}
		}
	}
	return out
}

// What the contract of impl/protocol asks for besides.

func (r *register) Clone() protocol.Node          { c := *r; return &c }
func (r *register) AppendState(b []byte) []byte   { return append(b, r.value...) }
func (r *register) AppendDurable(b []byte) []byte { return append(b, r.value...) }
func (r *register) Slices() []string              { return []string{""} }
func (r *register) Assign(string) protocol.Assignment {
	return protocol.Assignment{Whole: map[string]any{"value": r.value}}
}

type registerOp struct {
	Kind  string `json:"kind"`
	Value string `json:"value,omitempty"`
}

type registerResult struct {
	Value string `json:"value"`
}

type registers struct{ forget bool }

func (registers) Name() string             { return "register" }
func (registers) Nodes() []protocol.NodeID { return []protocol.NodeID{"r"} }
func (r registers) NewNode(protocol.NodeID) (protocol.Node, error) {
	return &register{forgets: r.forget}, nil
}
func (registers) Server(int) protocol.NodeID { return "r" }
func (registers) DecodePayload([]byte) (protocol.Payload, error) {
	return nil, errors.New("no messages")
}
func (registers) DecodeOp(b json.RawMessage) (protocol.Op, error) {
	var op registerOp
	err := json.Unmarshal(b, &op)
	return op, err
}

// Its specification: a crash may take back a write that nobody was told of, so
// that a recovery brings any value that was ever written, or none.
const registerSpec = `---- MODULE Register ----
VARIABLES value, written
Init == value = "" /\ written = {""}
Write(v) == value' = v /\ written' = written \cup {v}
Recover == value' \in written /\ written' = written
====
`

// System is all that the pipeline needs to know of it.
func registerSystem(forget bool) verify.System {
	crashes, err := fault.Named("crashes")
	if err != nil {
		panic(err)
	}
	return verify.System{
		Name:     "register",
		Protocol: func() protocol.Protocol { return registers{forget} },
		Trace: &refine.Spec{
			Modules: fstest.MapFS{"Register.tla": {Data: []byte(registerSpec)}}, Module: "Register",
		},
		Workload: func() sim.Workload {
			return sim.Resubmit(func(c *sim.Client) protocol.Op {
				if c.Rand.IntN(2) == 0 {
					return registerOp{Kind: "get"}
				}
				return registerOp{Kind: "put", Value: fmt.Sprintf("%s.%d", c.Name, c.Seq+1)}
			})
		},
		Model: linearizability.Register(),
		Plans: []fault.Plan{crashes},
	}
}

// A team's own protocol, verified in one line of a Go test.
func ExampleTest() {
	_ = func(t *testing.T) {
		verify.Test(t, registerSystem(false), verify.Options{Seeds: 50})
	}
}

func TestRegister(t *testing.T) {
	verify.Test(t, registerSystem(false), verify.Options{Seeds: 50})
}

// The control: a register that forgets is caught by what its clients see.
func TestRegisterThatForgets(t *testing.T) {
	r, err := verify.Run(t.Context(), []verify.System{registerSystem(true)}, verify.Options{Seeds: 50})
	require.NoError(t, err)
	require.Equal(t, verify.Violated, r.Verdict)
	for _, st := range r.Stages {
		if st.Name == "histories" {
			require.Equal(t, verify.Violated, st.Verdict)
			require.Contains(t, st.Reason, "not linearizable")
			require.NotEmpty(t, st.Reproduce)
		}
	}
}

// Runs in which nothing is ever answered are no pass, whether or not their
// histories are judged.
func TestRegisterThatIsMute(t *testing.T) {
	for _, model := range []linearizability.Model{nil, linearizability.Register()} {
		s := registerSystem(false)
		s.Protocol = func() protocol.Protocol { return muteRegisters{} }
		s.Model = model
		r, err := verify.Run(t.Context(), []verify.System{s}, verify.Options{Seeds: 3})
		require.NoError(t, err)
		for _, st := range r.Stages {
			if st.Group == "simulation" {
				require.Equal(t, verify.Unknown, st.Verdict, "%+v", st)
			}
		}
	}
}

type muteRegisters struct{ registers }

func (muteRegisters) NewNode(protocol.NodeID) (protocol.Node, error) {
	return &register{mute: true}, nil
}
