package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/lockstep-go/lockstep/tla/value"
)

// The operators of Json. A record, and any function that is no sequence, is an
// object; a set and a sequence an array; a model value its name.

func (m *Machine) writeJSON(b *bytes.Buffer, s *Site, v value.Value) {
	switch v.Kind() {
	case value.KindBool:
		b.WriteString(strings.ToLower(m.Local.Print(v)))
	case value.KindInt:
		b.WriteString(strconv.Itoa(int(v.AsInt())))
	case value.KindString:
		b.Write(quoteJSON(m.Text(v)))
	case value.KindModel:
		b.Write(quoteJSON(m.ModelName(v)))
	case value.KindSet:
		m.writeArray(b, s, m.Elems(v))
	case value.KindTuple:
		m.writeArray(b, s, m.Values(v))
	case value.KindRecord, value.KindFunc:
		m.writeObject(b, s, v)
	default:
		m.fail(s, "Cannot convert to JSON:\n%s", m.Local.Print(v))
	}
}

func quoteJSON(text string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string can be encoded
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func (m *Machine) writeArray(b *bytes.Buffer, s *Site, vs []value.Value) {
	b.WriteByte('[')
	for i, v := range vs {
		if i > 0 {
			b.WriteByte(',')
		}
		m.writeJSON(b, s, v)
	}
	b.WriteByte(']')
}

func (m *Machine) writeObject(b *bytes.Buffer, s *Site, f value.Value) {
	b.WriteByte('{')
	vs := m.Values(f)
	for i, d := range m.Elems(m.Domain(f)) {
		if i > 0 {
			b.WriteByte(',')
		}
		key := m.Local.Print(d)
		if d.Kind() == value.KindString {
			key = m.Text(d)
		}
		b.Write(quoteJSON(key))
		b.WriteByte(':')
		m.writeJSON(b, s, vs[i])
	}
	b.WriteByte('}')
}

func toJSON(m *Machine, s *Site, a value.Value) value.Value {
	var b bytes.Buffer
	m.writeJSON(&b, s, m.Canon(a))
	return m.Str(b.String())
}

func toJSONArray(m *Machine, s *Site, a value.Value) value.Value {
	var b bytes.Buffer
	switch a = m.Canon(a); {
	case a.Kind() == value.KindSet:
		m.writeArray(&b, s, m.Elems(a))
	case a.IsFunc():
		m.writeArray(&b, s, m.Values(a))
	default:
		m.fail(s, "Cannot convert to a JSON array:\n%s", m.Local.Print(a))
	}
	return m.Str(b.String())
}

func toJSONObject(m *Machine, s *Site, a value.Value) value.Value {
	var b bytes.Buffer
	if a = m.Canon(a); !a.IsFunc() {
		m.fail(s, "Cannot convert to a JSON object:\n%s", m.Local.Print(a))
	}
	m.writeObject(&b, s, a)
	return m.Str(b.String())
}

// fromJSON returns what a decoded JSON value is in TLA+.
func (m *Machine) fromJSON(j any) (value.Value, error) {
	switch j := j.(type) {
	case bool:
		return value.Bool(j), nil
	case string:
		return m.Str(j), nil
	case json.Number:
		n, err := strconv.ParseInt(string(j), 10, 64)
		if err != nil || n > math.MaxInt32 || n < math.MinInt32 {
			return 0, fmt.Errorf("found the number %s, expected an integer of 32 bits", j)
		}
		return value.Int(int32(n)), nil
	case []any:
		vs := make([]value.Value, len(j))
		for i, e := range j {
			var err error
			if vs[i], err = m.fromJSON(e); err != nil {
				return 0, err
			}
		}
		return m.Tuple(vs...), nil
	case members:
		var ks, vs []value.Value
		for _, e := range j {
			v, err := m.fromJSON(e.value)
			if err != nil {
				return 0, err
			}
			ks, vs = append(ks, m.Str(e.key)), append(vs, v)
		}
		return m.Func(ks, vs), nil
	}
	return 0, fmt.Errorf("found null, which is no TLA+ value")
}

// members are those of a JSON object, in the order of the text: new strings are
// to have the same order in every run.
type members []struct {
	key   string
	value any
}

// decodeJSON reads one JSON value.
func decodeJSON(d *json.Decoder, depth int) (any, error) {
	if depth > 1000 {
		return nil, fmt.Errorf("values are nested more than 1000 deep")
	}
	tok, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch tok {
	case json.Delim('['):
		list := []any{}
		for d.More() {
			e, err := decodeJSON(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		_, err = d.Token()
		return list, err
	case json.Delim('{'):
		obj, at := members{}, map[string]int{}
		for d.More() {
			k, err := d.Token()
			if err != nil {
				return nil, err
			}
			e, err := decodeJSON(d, depth+1)
			if err != nil {
				return nil, err
			}
			key := k.(string) // the decoder admits no other key
			if i, twice := at[key]; twice {
				obj[i].value = e // the last one counts
				continue
			}
			at[key] = len(obj)
			obj = append(obj, struct {
				key   string
				value any
			}{key, e})
		}
		_, err = d.Token()
		return obj, err
	}
	return tok, nil
}

// parseJSON returns the value that a JSON text says.
func (m *Machine) parseJSON(text []byte) (value.Value, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	j, err := decodeJSON(d, 0)
	if err != nil {
		return 0, err
	}
	if d.More() {
		return 0, fmt.Errorf("found more after the first value")
	}
	return m.fromJSON(j)
}

func (m *Machine) readFile(s *Site, name value.Value, op string) (string, []byte) {
	file := m.text(s, name, "file name given to "+op)
	text, err := os.ReadFile(file)
	if err != nil {
		m.fail(s, "%s cannot read its file: %v", op, err)
	}
	return file, text
}

func (m *Machine) writeFile(s *Site, name value.Value, text []byte, op string, flags int) {
	file := m.text(s, name, "file name given to "+op)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|flags, 0o666)
	if err == nil {
		_, err = f.Write(text)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		m.fail(s, "%s cannot write its file: %v", op, err)
	}
}

func jsonDeserialize(m *Machine, s *Site, a value.Value) value.Value {
	file, text := m.readFile(s, a, "JsonDeserialize")
	v, err := m.parseJSON(text)
	if err != nil {
		m.fail(s, "JsonDeserialize cannot use %s: %v", file, err)
	}
	return v
}

func ndJSONDeserialize(m *Machine, s *Site, a value.Value) value.Value {
	file, text := m.readFile(s, a, "ndJsonDeserialize")
	var vs []value.Value
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		v, err := m.parseJSON(lines.Bytes())
		if err != nil {
			m.fail(s, "ndJsonDeserialize cannot use line %d of %s: %v", n, file, err)
		}
		vs = append(vs, v)
	}
	return m.Tuple(vs...)
}

func jsonSerialize(m *Machine, s *Site, file, a value.Value) value.Value {
	var b bytes.Buffer
	m.writeJSON(&b, s, m.Canon(a))
	m.writeFile(s, file, b.Bytes(), "JsonSerialize", os.O_TRUNC)
	return value.True
}

func ndJSONSerialize(m *Machine, s *Site, file, a value.Value) value.Value {
	var b bytes.Buffer
	a = m.Canon(a)
	var vs []value.Value
	switch a.Kind() {
	case value.KindSet:
		vs = m.Elems(a)
	case value.KindTuple:
		vs = m.Values(a)
	default:
		m.fail(s, "The second argument of ndJsonSerialize should be a sequence, but instead it is:\n%s", m.Local.Print(a))
	}
	for _, v := range vs {
		m.writeJSON(&b, s, v)
		b.WriteByte('\n')
	}
	m.writeFile(s, file, b.Bytes(), "ndJsonSerialize", os.O_TRUNC)
	return value.True
}
