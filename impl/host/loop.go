package host

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// loop steps the node until ctx is done.
func (h *Host) loop(ctx context.Context) error {
	h.origin = time.Now()
	if err := h.step(event{input: protocol.Start{Records: h.records}}); err != nil {
		return err
	}
	h.records = nil
	alarm := time.NewTimer(0)
	defer alarm.Stop()
	for {
		for len(h.toSelf) > 0 {
			e := h.toSelf[0]
			h.toSelf = h.toSelf[1:]
			if err := h.step(e); err != nil {
				return err
			}
		}
		var alarmed <-chan time.Time
		if at, ok := h.timers.next(); ok {
			alarm.Reset(at - h.now())
			alarmed = alarm.C
		}
		inbox := h.inbox
		if len(h.held) >= heldStepsMax {
			inbox, alarmed = nil, nil // the disk is behind
		}
		var err error
		select {
		case <-ctx.Done():
			return h.finish()
		case r := <-h.synced:
			err = h.onSynced(r)
		case e := <-inbox:
			if e.call != nil {
				e.call()
			} else {
				err = h.step(e)
			}
		case <-alarmed:
			if name, ok := h.timers.fire(h.now()); ok {
				err = h.step(event{input: protocol.Timeout{Timer: name}})
			}
		}
		if err != nil {
			return err
		}
	}
}

// now is the reading of the node's clock.
func (h *Host) now() time.Duration { return time.Since(h.origin) }

// finish lets what waits for the disk leave.
func (h *Host) finish() error {
	for target := h.appended; h.durable < target; {
		if err := h.onSynced(<-h.synced); err != nil {
			return err
		}
	}
	return nil
}

// onSynced tells the node what is durable, and then lets it leave.
func (h *Host) onSynced(r syncResult) error {
	if r.err != nil {
		return r.err
	}
	if r.position == h.durable {
		return nil
	}
	h.durable = r.position
	return h.step(event{input: protocol.Synced{Records: r.position}})
}

// syncLog syncs the log whenever it is woken: all that was appended before or
// during one fsync waits for at most one more.
func (h *Host) syncLog() {
	for range h.wake {
		position, err := h.log.Sync()
		select {
		case h.synced <- syncResult{position, err}:
		case <-h.done:
			return
		}
		if err != nil {
			return
		}
	}
}

// step gives the node an input and does what it asks for. An error stops the
// node.
func (h *Host) step(e event) (err error) {
	if e.clock != nil && e.clock[h.self] > h.clock[h.self] {
		h.logger.Error("message lost: its sender knows of steps that this node has not taken; was the node's directory set back?",
			"message", string(e.id), "found", e.clock[h.self], "steps", h.clock[h.self])
		return nil
	}
	clock := slices.Clone(h.clock)
	for i, k := range e.clock {
		clock[i] = max(clock[i], k)
	}
	clock[h.self]++
	if clock[h.self] > h.identity.StepsMax {
		if err := h.identity.reserve(h.cfg); err != nil {
			return err
		}
	}
	h.clock = clock

	failpoint.Inject("before-apply", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint before-apply: %v", v)
		}
	})
	if err != nil {
		return err
	}
	now := h.now()
	out := h.node.Step(now, e.input)
	failpoint.Inject("after-apply", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint after-apply: %v", v)
		}
	})
	if err != nil {
		return err
	}
	if out.Fatal != nil {
		return fmt.Errorf("%s: %w", describe(e.input), out.Fatal)
	}
	leaving, err := h.hold(&out)
	if err != nil {
		return fmt.Errorf("%s: %w", describe(e.input), err)
	}
	// The observer is told before anything is written: a process that is
	// killed in between has taken a step whose records are lost, as in any
	// crash. The other way round its log would hold what no trace explains.
	first := h.sent + 1
	h.sent += uint64(len(leaving.messages))
	h.observe(e, out, first, len(leaving.messages))
	if err := h.persist(&out); err != nil {
		return fmt.Errorf("%s: %w", describe(e.input), err)
	}
	for _, t := range out.Timers {
		if !t.Cancel && (t.Min < 0 || t.Max < t.Min) {
			return fmt.Errorf("%s: timer %q: expected 0 <= min <= max, found %v and %v", describe(e.input), t.Name, t.Min, t.Max)
		}
		h.timers.set(now, t)
	}
	return h.release(first, leaving)
}

// hold checks the output, holds back what waits for records to be durable,
// and returns what may leave now. The step's own records are counted, but not
// written yet.
func (h *Host) hold(out *protocol.Output) (leaving held, err error) {
	if out.Checkpoint && len(out.Records) == 0 {
		return held{}, fmt.Errorf("a checkpoint of no records: expected at least one")
	}
	for _, m := range out.Messages {
		if m.From != h.cfg.ID {
			return held{}, fmt.Errorf("a message from %q: expected it from %q", m.From, h.cfg.ID)
		}
		if !slices.Contains(h.nodes, m.To) {
			return held{}, fmt.Errorf("a message to %q: expected one of the nodes %v", m.To, h.nodes)
		}
	}
	h.appended += uint64(len(out.Records))

	mine := held{position: h.appended, replies: out.Replies}
	for _, m := range out.Messages {
		if m.Early {
			leaving.messages = append(leaving.messages, m)
		} else {
			mine.messages = append(mine.messages, m)
		}
	}
	if len(mine.messages)+len(mine.replies) > 0 {
		h.held = append(h.held, mine)
	}
	n := 0
	for ; n < len(h.held) && h.held[n].position <= h.durable; n++ {
		leaving.messages = append(leaving.messages, h.held[n].messages...)
		leaving.replies = append(leaving.replies, h.held[n].replies...)
	}
	h.held = slices.Delete(h.held, 0, n)
	return leaving, nil
}

// persist writes the output's records to the log.
func (h *Host) persist(out *protocol.Output) error {
	if len(out.Records) == 0 {
		return nil
	}
	position, err := h.log.Append(out.Records, out.Checkpoint)
	if err != nil {
		return err
	}
	if position != h.appended {
		return fmt.Errorf("the log is at record %d, expected %d", position, h.appended)
	}
	select {
	case h.wake <- struct{}{}:
	default: // it will be woken for these too
	}
	return nil
}

// observe tells the observer of a step, in whose wake so many messages leave,
// numbered from first.
func (h *Host) observe(e event, out protocol.Output, first uint64, leaving int) {
	if h.cfg.Observer == nil {
		return
	}
	o := protocol.Observation{ID: h.cfg.ID, Node: h.node, Input: e.input, Output: out, Received: e.id,
		Clock: protocol.VectorClock{}}
	for i, k := range h.clock {
		if k > 0 {
			o.Clock[h.nodes[i]] = k
		}
	}
	for i := range leaving {
		o.Sent = append(o.Sent, envelope{incarnation: h.identity.Incarnation, number: first + uint64(i)}.id(h.cfg.ID))
	}
	h.cfg.Observer(o)
}

// release lets out what may leave, its messages numbered from first.
func (h *Host) release(first uint64, leaving held) (err error) {
	if len(leaving.messages)+len(leaving.replies) == 0 {
		return nil
	}

	failpoint.Inject("before-release", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint before-release: %v", v)
		}
	})
	if err != nil {
		return err
	}
	for i, m := range leaving.messages {
		env := envelope{incarnation: h.identity.Incarnation, number: first + uint64(i), clock: h.clock, payload: m.Payload}
		if to := slices.Index(h.nodes, m.To); to == h.self {
			h.toSelf = append(h.toSelf, event{input: protocol.Receive{Message: m}, id: env.id(m.From), clock: env.clock})
		} else {
			h.peers[to].send(env)
		}
	}
	for _, r := range leaving.replies {
		h.reply(r)
	}
	return nil
}

// reply hands a reply to those who wait for it. When nobody does, it is lost:
// the client asks again.
func (h *Host) reply(r protocol.Reply) {
	h.mu.Lock()
	waiting := h.waiting[r.ID]
	delete(h.waiting, r.ID)
	h.mu.Unlock()
	for _, w := range waiting {
		w <- r.Result // holds one
	}
}

// describe is an input as an error names it: short, whatever it carries.
func describe(in protocol.Input) string {
	s := in.String()
	if len(s) > 120 {
		s = s[:120] + "..."
	}
	return s
}
