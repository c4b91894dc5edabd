package linearizability

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
)

// Version is the version of the history format that this package writes, and
// the only one that it reads.
const Version = 1

// Header is the first line of a history file.
type Header struct {
	// Model names the sequential object that the operations belong to.
	Model string

	// Seed is the run's seed, so that the file alone says how to repeat it.
	Seed uint64

	// System names what was run ("twophase"), and Meta holds whatever else
	// the writer wants to keep. Neither matters to the check.
	System string
	Meta   map[string]string
}

// Kind is what an event says.
type Kind string

// The kinds of events, by their names in the format.
const (
	Invoke  Kind = "invoke"  // a client sends an operation
	Return  Kind = "return"  // it returned, with a result
	Unknown Kind = "unknown" // the client gave up: it may or may not take effect
	Fail    Kind = "fail"    // it certainly did not and will not take effect
	Fault   Kind = "fault"   // an annotation: what was done to the system
)

// Event is one line of a history after the header. Time is in nanoseconds
// since an origin that all events of a history share; it is not negative.
type Event struct {
	Kind   Kind
	Time   int64
	ID     uint64          // all but fault: the operation, unique in the history
	Client string          // invoke
	Op     json.RawMessage // invoke: in the model's format
	Result json.RawMessage // return: in the model's format
	Reason string          // unknown, fail: why; may be empty
	Node   string          // fault: whom it struck; may be empty
	Text   string          // fault
	Line   int             // where it was read, from 1; 0 when it was not read
}

// timeMax leaves room for an instant after all events.
const timeMax = math.MaxInt64 - int64(time.Hour)

type headerJSON struct {
	Lockstep string            `json:"lockstep"`
	Version  int               `json:"version"`
	Model    string            `json:"model"`
	Seed     uint64            `json:"seed"`
	System   string            `json:"system,omitempty"`
	Meta     map[string]string `json:"meta,omitempty"`
}

func encodeHeader(h Header) ([]byte, error) {
	if h.Model == "" {
		return nil, fmt.Errorf("history header: expected the name of a model, found none")
	}
	return json.Marshal(headerJSON{"history", Version, h.Model, h.Seed, h.System, h.Meta})
}

func decodeHeader(line []byte) (Header, error) {
	f := newFields(line)
	var format string
	var version int
	var h Header
	if f.err == nil {
		if f.get("lockstep", "a string", &format); format != "history" {
			return h, fmt.Errorf(`expected the header of a history, {"lockstep":"history",...}, found %s`, excerpt(line))
		}
		if f.need("version", "a whole number", &version); f.err == nil && version != Version {
			return h, fmt.Errorf("unsupported version %d of the history format, expected version %d", version, Version)
		}
	}
	f.need("model", "the name of a model", &h.Model)
	f.get("seed", "a whole number from 0 to 2^64-1", &h.Seed)
	f.get("system", "a string", &h.System)
	if meta := f.strings("meta"); len(meta) > 0 {
		h.Meta = meta
	}
	return h, f.close()
}

type eventJSON struct {
	Type   Kind            `json:"type"`
	ID     *uint64         `json:"id,omitempty"`
	Client string          `json:"client,omitempty"`
	Time   int64           `json:"time"`
	Op     json.RawMessage `json:"op,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Reason string          `json:"reason,omitempty"`
	Node   string          `json:"node,omitempty"`
	Text   string          `json:"text,omitempty"`
}

func encodeEvent(e Event) ([]byte, error) {
	j := eventJSON{Type: e.Kind, Time: e.Time}
	if e.Kind != Fault {
		j.ID = &e.ID
	}
	switch e.Kind {
	case Invoke:
		j.Client, j.Op = e.Client, e.Op
	case Return:
		j.Result = e.Result
	case Unknown, Fail:
		j.Reason = e.Reason
	case Fault:
		j.Node, j.Text = e.Node, e.Text
	default:
		return nil, fmt.Errorf("expected an event of a known kind, found %q", e.Kind)
	}
	return json.Marshal(j)
}

func decodeEvent(line []byte) (Event, error) {
	f := newFields(line)
	var e Event
	f.need("type", "a string", &e.Kind)
	if f.err != nil {
		return e, f.err
	}
	f.need("time", "whole nanoseconds", &e.Time)
	if e.Time < 0 || e.Time > timeMax {
		f.fail("expected a time from 0 to %d, found %d", timeMax, e.Time)
	}
	if e.Kind != Fault {
		f.need("id", "a whole number from 0 to 2^64-1", &e.ID)
	}
	object := func(name string) json.RawMessage {
		raw := f.raw(name)
		if raw == nil {
			f.fail("expected %q, an object of the model, found none", name)
		}
		return raw
	}
	switch e.Kind {
	case Invoke:
		f.need("client", "the client's name", &e.Client)
		e.Op = object("op")
	case Return:
		e.Result = object("result")
	case Unknown, Fail:
		f.get("reason", "a string", &e.Reason)
	case Fault:
		f.get("node", "a string", &e.Node)
		f.need("text", "a string", &e.Text)
	default:
		return e, fmt.Errorf("unknown event type %q, expected one of %q", e.Kind, []Kind{Invoke, Return, Unknown, Fail, Fault})
	}
	return e, f.close()
}
