package linearizability

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// member is one name and value of a JSON object, in the order of the text.
type member struct {
	name  string
	value json.RawMessage
}

// decodeObject reads one JSON object. encoding/json alone would let a repeated
// name overwrite the first and match names whatever their case; in a file that
// is evidence both are errors.
func decodeObject(raw []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	t, err := d.Token()
	if err != nil {
		return nil, jsonError(err)
	}
	if t != json.Delim('{') {
		return nil, fmt.Errorf("expected a JSON object, found %s", excerpt(raw))
	}
	var members []member
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, jsonError(err)
		}
		m := member{name: t.(string)}
		if slices.ContainsFunc(members, func(o member) bool { return o.name == m.name }) {
			return nil, fmt.Errorf("expected each name once, found %q again", m.name)
		}
		if err := d.Decode(&m.value); err != nil {
			return nil, jsonError(err)
		}
		members = append(members, m)
	}
	if _, err := d.Token(); err != nil {
		return nil, jsonError(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("expected one JSON object, found more after it")
	}
	return members, nil
}

// fields hands out the members of an object by name, and complains of those
// that nobody asked for.
type fields struct {
	members []member
	asked   []string
	err     error
}

func newFields(raw []byte) *fields {
	members, err := decodeObject(raw)
	return &fields{members: members, err: err}
}

func (f *fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

// raw returns the value of the name, or nil when it is absent or null.
func (f *fields) raw(name string) json.RawMessage {
	f.asked = append(f.asked, name)
	for _, m := range f.members {
		if m.name == name && string(m.value) != "null" {
			return m.value
		}
	}
	return nil
}

// get decodes the value of the name into v, which says what is expected; it
// returns false when the name is absent.
func (f *fields) get(name, expected string, v any) bool {
	raw := f.raw(name)
	if raw == nil || f.err != nil {
		return false
	}
	if err := json.Unmarshal(raw, v); err != nil {
		f.fail("%q: expected %s, found %s", name, expected, excerpt(raw))
		return false
	}
	return true
}

// need is get for a name that must be there.
func (f *fields) need(name, expected string, v any) {
	if !f.get(name, expected, v) {
		f.fail("expected %q, %s, found none", name, expected)
	}
}

// strings decodes an object whose values are strings; nil when absent.
func (f *fields) strings(name string) map[string]string {
	raw := f.raw(name)
	if raw == nil || f.err != nil {
		return nil
	}
	members, err := decodeObject(raw)
	if err != nil {
		f.fail("%q: %w", name, err)
		return nil
	}
	values := make(map[string]string, len(members))
	for _, m := range members {
		var s *string
		if err := json.Unmarshal(m.value, &s); err != nil || s == nil {
			f.fail("%q: expected a string for %q, found %s", name, m.name, excerpt(m.value))
			return nil
		}
		values[m.name] = *s
	}
	return values
}

// close returns the first error, or one that names a member never asked for.
func (f *fields) close() error {
	if f.err != nil {
		return f.err
	}
	for _, m := range f.members {
		if !slices.Contains(f.asked, m.name) {
			return fmt.Errorf("unknown field %q, expected one of %q", m.name, f.asked)
		}
	}
	return nil
}

func jsonError(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return fmt.Errorf("expected a JSON object, found the end of the text")
	}
	return fmt.Errorf("not JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
}

// excerpt quotes what was found, cut to what fits in an error.
func excerpt(raw []byte) string {
	const most = 60
	s := strings.ToValidUTF8(string(raw), "�")
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "..."
	}
	return s
}
