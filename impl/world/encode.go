package world

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// AppendState appends the canonical encoding of the world: two worlds of the
// same protocol and options that encode the same have the same future, up to
// the numbers of messages. (Hash tells them apart faster.) The messages in flight are encoded as a multiset.
// Message numbers, vector clocks, the time and the ranges of timers are left
// out, so it serves schedulers that leave the time at zero.
func (w *World) AppendState(b []byte) []byte {
	for _, n := range w.nodes {
		b = w.appendNode(b, n, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(w.flights)))
	for _, e := range w.flights {
		b = append(b, byte(e.from), byte(e.to))
		b = appendString(b, e.Encoded)
	}
	cut := byte(0)
	for k, is := range w.cuts {
		if is {
			cut |= 1 << (k % 8)
		}
		if k%8 == 7 || k == len(w.cuts)-1 {
			b = append(b, cut)
			cut = 0
		}
	}
	for _, s := range w.clients {
		b = binary.AppendUvarint(b, s.seq)
		b = binary.AppendUvarint(b, uint64(s.attempts))
		b = appendBool(b, s.answered)
	}
	b = binary.AppendUvarint(b, uint64(len(w.hung)))
	for _, c := range w.hung {
		b = appendString(b, c)
	}
	for _, u := range w.budgets() {
		if u.bound > 0 {
			b = binary.AppendUvarint(b, uint64(min(int(u.used), u.bound)))
		}
	}
	return b
}

// budget is a bound on the choices of a run, and how much of it is used.
type budget struct {
	bound int
	used  int32
}

// The budgets, in the order of Bounds.
const (
	timeouts = iota
	partialSyncs
	retries
	drops
	duplicates
	crashes
	hangups
	cuts
	budgetsAll
)

func (w *World) budgets() [budgetsAll]budget {
	b := w.opts.Bounds
	return [budgetsAll]budget{
		timeouts: {b.Timeouts, w.used[Timeout]}, partialSyncs: {b.PartialSyncs, w.partial},
		retries: {b.Retries, w.retried}, drops: {b.Drops, w.used[Drop]},
		duplicates: {b.Duplicates, w.used[Duplicate]}, crashes: {b.Crashes, w.used[Crash]},
		hangups: {b.Hangups, w.used[Hangup]}, cuts: {b.Cuts, w.used[Cut]},
	}
}

// appendNode appends the encoding of a node with all that its driver keeps, as
// it is after the renaming of that number.
func (w *World) appendNode(b []byte, n *node, p int) []byte {
	b = appendBool(b, n.node != nil)
	if n.node != nil {
		// A length of fixed size can be filled in once it is known.
		at := len(b)
		b = append(b, 0, 0, 0, 0)
		b = w.appendNodeState(b, n.node, p)
		binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	}
	b = binary.AppendUvarint(b, uint64(len(n.log)))
	b = binary.AppendUvarint(b, n.put)
	b = binary.AppendUvarint(b, n.synced)
	for _, r := range n.log {
		b = w.appendRecord(b, n.id, r, p)
	}
	b = binary.AppendUvarint(b, uint64(len(n.checkpoints)))
	for _, c := range n.checkpoints {
		b = binary.AppendUvarint(b, c.first)
		b = binary.AppendUvarint(b, c.last)
	}
	b = binary.AppendUvarint(b, uint64(len(n.held)))
	for _, h := range n.held {
		b = binary.AppendUvarint(b, h.Position)
		b = binary.AppendUvarint(b, uint64(len(h.Messages)))
		b = w.appendHeld(b, &h, p)
		b = appendString(b, h.replies)
	}
	return w.appendTimers(b, n.timers, p)
}

func appendBool(b []byte, x bool) []byte {
	if x {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// AppendOutput appends an encoding of all that an output asks for: equal
// encodings are equal outputs, as far as results and arguments are told apart
// by encoding/json and by %#v.
func AppendOutput(b []byte, o protocol.Output) []byte {
	b = binary.AppendUvarint(b, uint64(len(o.Actions)))
	for _, a := range o.Actions {
		b = appendString(b, a.Slice)
		b = appendString(b, a.Name)
		b = binary.AppendUvarint(b, uint64(len(a.Args)))
		for _, x := range a.Args {
			b = appendArg(b, x)
		}
		if len(a.Constants) > 0 {
			b = appendArg(b, a.Constants)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(o.Records)))
	for _, r := range o.Records {
		b = binary.AppendUvarint(b, uint64(len(r)))
		b = append(b, r...)
	}
	b = appendBool(b, o.Checkpoint)
	b = binary.AppendUvarint(b, uint64(len(o.Messages)))
	for _, m := range o.Messages {
		b = appendString(b, string(m.From))
		b = appendString(b, string(m.To))
		b = appendBool(b, m.Early)
		at := len(b)
		b = append(b, 0, 0, 0, 0)
		b, _ = m.Payload.AppendBinary(b) // fails never, by contract
		binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	}
	b = binary.AppendUvarint(b, uint64(len(o.Replies)))
	for _, r := range o.Replies {
		b = appendReply(b, r)
	}
	b = binary.AppendUvarint(b, uint64(len(o.Timers)))
	for _, t := range o.Timers {
		b = appendString(b, t.Name)
		b = binary.AppendUvarint(b, uint64(t.Min))
		b = binary.AppendUvarint(b, uint64(t.Max))
		b = appendBool(b, t.Cancel)
	}
	if o.Fatal != nil {
		b = appendString(b, o.Fatal.Error())
	}
	return b
}

// appendArg spells out the common kinds of arguments, each with a letter of
// its own, since fmt is slow.
func appendArg(b []byte, x any) []byte {
	switch x := x.(type) {
	case string:
		return appendString(append(b, 's'), x)
	case protocol.NodeID:
		return appendString(append(b, 'n'), string(x))
	case protocol.ModelValue:
		return appendString(append(b, 'm'), string(x))
	case bool:
		return appendBool(append(b, 'b'), x)
	case int:
		b = strconv.AppendInt(append(b, 'i'), int64(x), 10)
		return append(b, ';')
	default:
		return appendString(append(b, 'v'), fmt.Sprintf("%#v", x)) // sorts maps
	}
}

func appendReply(b []byte, r protocol.Reply) []byte {
	b = appendString(b, r.ID.Client)
	b = binary.AppendUvarint(b, r.ID.Seq)
	result, err := json.Marshal(r.Result)
	if err != nil {
		return appendString(append(b, 0), err.Error())
	}
	b = binary.AppendUvarint(append(b, 1), uint64(len(result)))
	return append(b, result...)
}
