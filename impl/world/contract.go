package world

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// contractCheck holds one step of a node against the contract: it is taken by
// a clone first, and what the clone did is compared with what the node does.
type contractCheck struct {
	twin   protocol.Node
	output []byte
	err    error
}

func (w *World) beforeStep(i int, in protocol.Input) *contractCheck {
	original := w.nodes[i].node
	before := original.AppendState(nil)
	durable := original.AppendDurable(nil)
	k := &contractCheck{twin: original.Clone()}
	if !bytes.Equal(k.twin.AppendState(nil), before) {
		k.err = fmt.Errorf("a clone's state encodes as %x, and the node's as %x", k.twin.AppendState(nil), before)
	}
	k.output = AppendOutput(nil, k.twin.Step(w.reading(i), in))
	if after := original.AppendState(nil); !bytes.Equal(before, after) {
		k.err = fmt.Errorf("a step of a clone shows in the node: it encoded as %x before and as %x after", before, after)
	}
	if after := original.AppendDurable(nil); !bytes.Equal(durable, after) {
		k.err = fmt.Errorf("a step of a clone shows in the node's durable state: %x before and %x after", durable, after)
	}
	return k
}

func (k *contractCheck) afterStep(w *World, i int, out protocol.Output) error {
	if k.err != nil {
		return k.err
	}
	n := w.nodes[i]
	if got := AppendOutput(nil, out); !bytes.Equal(k.output, got) {
		return fmt.Errorf("the step is not deterministic: a clone's output encodes as %x, and the node's as %x", k.output, got)
	}
	state := n.node.AppendState(nil)
	if got := k.twin.AppendState(nil); !bytes.Equal(state, got) {
		return fmt.Errorf("the step is not deterministic: a clone's state encodes as %x, and the node's as %x", got, state)
	}
	return w.checkRecovery(i)
}

// checkRecovery recovers a node from all the records that node i has put out,
// and compares the durable states.
func (w *World) checkRecovery(i int) error {
	n := w.nodes[i]
	want := n.node.AppendDurable(nil)
	records := n.wholeLog()
	// A recovery may write records of its own, and then its durable state is
	// that of the longer log: the node to compare it with is one recovered
	// from that.
	for range 2 {
		fresh, err := w.proto.NewNode(n.id)
		if err != nil {
			return err
		}
		out := fresh.Step(w.reading(i), protocol.Start{Records: slices.Clone(records)})
		if out.Fatal != nil {
			return fmt.Errorf("a node does not recover from the %d records of this one: %w", len(records), out.Fatal)
		}
		got := fresh.AppendDurable(nil)
		if len(out.Records) == 0 {
			if !bytes.Equal(got, want) {
				return fmt.Errorf("a node recovered from the %d records of this one has the durable state %x, and this one %x", len(records), got, want)
			}
			return nil
		}
		if out.Checkpoint {
			records = nil
		}
		records, want = append(slices.Clip(records), out.Records...), got
	}
	return nil
}

// wholeLog is the log as it would be if all of it were durable.
func (n *node) wholeLog() [][]byte {
	if len(n.checkpoints) == 0 {
		return n.log
	}
	last := n.checkpoints[len(n.checkpoints)-1]
	return n.log[uint64(len(n.log))-(n.put-last.first+1):]
}

// checkWire decodes an encoded payload and encodes it again.
func (w *World) checkWire(m protocol.Message, encoded string) error {
	decoded, err := w.proto.DecodePayload([]byte(encoded))
	if err != nil {
		return fmt.Errorf("message %s: its encoding does not decode: %w", m, err)
	}
	again, err := decoded.AppendBinary(nil)
	if err != nil {
		return fmt.Errorf("message %s: %w", m, err)
	}
	if string(again) != encoded {
		return fmt.Errorf("message %s: it encodes as %x, and decoded and encoded again as %x", m, encoded, again)
	}
	if decoded.String() != m.Payload.String() {
		return fmt.Errorf("message %s: decoded from its encoding it reads %s", m, decoded)
	}
	return nil
}
