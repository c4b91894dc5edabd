package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// The wire forms of header and event, whose values are in ITF.
type headerJSON struct {
	Lockstep  string   `json:"lockstep"`
	Version   int      `json:"version"`
	Spec      string   `json:"spec"`
	Constants values   `json:"constants,omitempty"`
	Nodes     []string `json:"nodes,omitempty"`
	Node      string   `json:"node,omitempty"`
	Seed      uint64   `json:"seed,omitempty"`
	Sliced    bool     `json:"sliced,omitempty"`
}

type eventJSON struct {
	Node      string                `json:"node"`
	Seq       uint64                `json:"seq"`
	Clock     map[string]uint64     `json:"clock"`
	Slice     string                `json:"slice,omitempty"`
	Action    string                `json:"action"`
	Args      sequence              `json:"args,omitempty"`
	Constants values                `json:"constants,omitempty"`
	Local     values                `json:"local,omitempty"`
	Vars      values                `json:"vars,omitempty"`
	Slices    map[string]changeJSON `json:"slices,omitempty"`
	Recv      string                `json:"recv,omitempty"`
	Sent      []string              `json:"sent,omitempty"`
}

type changeJSON struct {
	Local values `json:"local,omitempty"`
	Vars  values `json:"vars,omitempty"`
}

// MarshalJSON writes the event with its values in ITF.
func (e Event) MarshalJSON() ([]byte, error) {
	j := eventJSON{
		Node: e.Node, Seq: e.Seq, Clock: e.Clock, Slice: e.Slice, Action: e.Action,
		Args: e.Args, Constants: e.Constants, Local: e.Local, Vars: e.Vars,
		Recv: e.Recv, Sent: e.Sent,
	}
	if len(e.Slices) > 0 {
		j.Slices = make(map[string]changeJSON, len(e.Slices))
		for s, c := range e.Slices {
			j.Slices[s] = changeJSON{c.Local, c.Vars}
		}
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads an event, refusing fields that it does not know.
func (e *Event) UnmarshalJSON(b []byte) error {
	if readPlain(b, e) {
		return nil
	}
	return e.readStrictly(b)
}

func (e *Event) readStrictly(b []byte) error {
	var j eventJSON
	if err := strict(b, &j); err != nil {
		return err
	}
	*e = Event{
		Node: j.Node, Seq: j.Seq, Clock: j.Clock, Slice: j.Slice, Action: j.Action,
		Args: j.Args, Constants: j.Constants, Local: j.Local, Vars: j.Vars,
		Recv: j.Recv, Sent: j.Sent,
	}
	if len(j.Slices) > 0 {
		e.Slices = make(map[string]Change, len(j.Slices))
		for s, c := range j.Slices {
			e.Slices[s] = Change{c.Local, c.Vars}
		}
	}
	return nil
}

// MarshalJSON writes the header with its values in ITF.
func (h Header) MarshalJSON() ([]byte, error) { return json.Marshal(headerFields(h)) }

// UnmarshalJSON reads a header, refusing fields that it does not know.
func (h *Header) UnmarshalJSON(b []byte) error {
	var j headerJSON
	if err := strict(b, &j); err != nil {
		return err
	}
	*h = Header{j.Lockstep, j.Version, j.Spec, j.Constants, j.Nodes, j.Node, j.Seed, j.Sliced}
	return nil
}

func headerFields(h Header) headerJSON {
	return headerJSON{h.Lockstep, h.Version, h.Spec, h.Constants, h.Nodes, h.Node, h.Seed, h.Sliced}
}

// strict decodes one object. encoding/json alone would let a repeated name
// overwrite the first, match names whatever their case, and replace bytes that
// are not UTF-8; in a file that is evidence all of these are errors.
func strict(b []byte, v any) error {
	if !utf8.Valid(b) {
		return errors.New("expected UTF-8, found other bytes")
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); errors.Is(err, io.EOF) {
		return errors.New("expected a JSON object, found an empty line")
	} else if err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("expected one JSON object on the line, found more behind it")
	}
	return checkNames(b)
}

// checkNames refuses names that an object repeats, and fields in another case.
// b is valid JSON.
func checkNames(b []byte) error {
	var open []names // of each object and array that is open
	object := make([]bool, 0, 8)
	name := false // the next string is a name
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '{', '[':
			open, object = append(open, names{}), append(object, b[i] == '{')
			name = b[i] == '{'
		case '}', ']':
			open, object = open[:len(open)-1], object[:len(object)-1]
			name = false
		case ',':
			name = len(object) > 0 && object[len(object)-1]
		case '"':
			j := i + 1
			escaped := false
			for ; b[j] != '"'; j++ {
				if b[j] == '\\' {
					escaped = true
					j++
				}
			}
			if name {
				s := string(b[i+1 : j])
				if escaped {
					if err := json.Unmarshal(b[i:j+1], &s); err != nil {
						return err
					}
				}
				top := len(open) - 1
				if !open[top].add(s) {
					return fmt.Errorf("expected each name of an object once, found %q again", clip(s))
				}
				if top == 0 && strings.ContainsFunc(s, func(c rune) bool { return c < 'a' || c > 'z' }) {
					return fmt.Errorf("expected the names of fields in lower case, found %q", clip(s))
				}
				name = false
			}
			i = j
		}
	}
	return nil
}

// names is a set of strings, most often of few.
type names struct {
	few  []string
	many map[string]bool
}

// add reports whether s is new.
func (n *names) add(s string) bool {
	if n.many[s] || slices.Contains(n.few, s) {
		return false
	}
	if n.many == nil && len(n.few) < 16 {
		n.few = append(n.few, s)
		return true
	}
	if n.many == nil {
		n.many = map[string]bool{}
	}
	n.many[s] = true
	return true
}
