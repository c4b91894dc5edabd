package trace

import "math/big"

// readPlain reads an event as Writer writes it: in one pass, which takes a
// fifth of the time of package json. It returns false of whatever is out of the
// ordinary, right or wrong: escapes, bytes beyond ASCII, null, unknown or
// repeated names. That is left to the slow way, which knows what to say of it.
func readPlain(b []byte, e *Event) bool {
	s := scanner{b: b}
	var x Event
	ok := s.object(func(name string) bool {
		switch name {
		case "node":
			return s.text(&x.Node)
		case "seq":
			return s.natural(&x.Seq)
		case "clock":
			x.Clock = make(map[string]uint64, 4)
			return s.object(func(n string) bool {
				var k uint64
				if _, twice := x.Clock[n]; twice || !s.natural(&k) {
					return false
				}
				x.Clock[n] = k
				return true
			})
		case "slice":
			return s.text(&x.Slice)
		case "action":
			return s.text(&x.Action)
		case "args":
			return s.list(&x.Args, 0)
		case "constants":
			return s.values(&x.Constants)
		case "local":
			return s.values(&x.Local)
		case "vars":
			return s.values(&x.Vars)
		case "recv":
			return s.text(&x.Recv)
		case "sent":
			x.Sent = []string{}
			return s.array(func() bool {
				var t string
				ok := s.text(&t)
				x.Sent = append(x.Sent, t)
				return ok
			})
		}
		return false // "slices", or unknown
	})
	if !ok || s.i != len(b) {
		return false
	}
	*e = x
	return true
}

// scanner reads JSON without blanks.
type scanner struct {
	b []byte
	i int
}

func (s *scanner) take(c byte) bool {
	if s.i < len(s.b) && s.b[s.i] == c {
		s.i++
		return true
	}
	return false
}

// object calls field with each name, once the colon is read, and refuses names
// that repeat. Objects have few fields.
func (s *scanner) object(field func(name string) bool) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	var names [16]string
	for n := 0; n < len(names); n++ {
		var name string
		if !s.text(&name) || !s.take(':') {
			return false
		}
		for _, other := range names[:n] {
			if other == name {
				return false
			}
		}
		names[n] = name
		if !field(name) {
			return false
		}
		if s.take('}') {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
	return false
}

func (s *scanner) array(elem func() bool) bool {
	if !s.take('[') {
		return false
	}
	if s.take(']') {
		return true
	}
	for {
		if !elem() {
			return false
		}
		if s.take(']') {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}

// text reads a string of printable ASCII without escapes.
func (s *scanner) text(to *string) bool {
	if !s.take('"') {
		return false
	}
	for j := s.i; j < len(s.b); j++ {
		switch c := s.b[j]; {
		case c == '"':
			*to = string(s.b[s.i:j])
			s.i = j + 1
			return true
		case c < ' ' || c > '~' || c == '\\':
			return false
		}
	}
	return false
}

func (s *scanner) natural(to *uint64) bool {
	start := s.i
	var n uint64
	for ; s.i < len(s.b) && s.b[s.i] >= '0' && s.b[s.i] <= '9'; s.i++ {
		n = n*10 + uint64(s.b[s.i]-'0')
	}
	digits := s.i - start
	*to = n
	return digits > 0 && digits < 19 && (digits == 1 || s.b[start] != '0')
}

func (s *scanner) list(to *[]any, depth int) bool {
	l := []any{}
	ok := s.array(func() bool {
		v, ok := s.value(depth + 1)
		l = append(l, v)
		return ok
	})
	*to = l
	return ok
}

func (s *scanner) values(to *map[string]any) bool {
	m := map[string]any{}
	ok := s.object(func(name string) bool {
		v, ok := s.value(1)
		m[name] = v
		return ok && name != "" && name[0] != '#'
	})
	*to = m
	return ok
}

func (s *scanner) value(depth int) (any, bool) {
	if s.i >= len(s.b) || depth > maxDepth/2 {
		return nil, false
	}
	switch c := s.b[s.i]; {
	case c == '"':
		var t string
		ok := s.text(&t)
		return t, ok
	case c == '[':
		var l []any
		ok := s.list(&l, depth)
		return l, ok
	case c == '{':
		return s.tagged(depth)
	case c == 't':
		return true, s.word("true")
	case c == 'f':
		return false, s.word("false")
	case c == '-':
		s.i++
		var n uint64
		ok := s.natural(&n)
		return -int64(n), ok && n > 0
	default:
		var n uint64
		ok := s.natural(&n)
		return int64(n), ok
	}
}

func (s *scanner) word(w string) bool {
	if len(s.b)-s.i < len(w) || string(s.b[s.i:s.i+len(w)]) != w {
		return false
	}
	s.i += len(w)
	return true
}

// tagged reads a record, or what a single field beginning with # says.
func (s *scanner) tagged(depth int) (any, bool) {
	var out any
	m := map[string]any{}
	tag := ""
	ok := s.object(func(name string) bool {
		if name == "" || tag != "" || name[0] == '#' && len(m) > 0 {
			return false
		}
		if name[0] != '#' {
			v, ok := s.value(depth + 1)
			m[name] = v
			return ok
		}
		tag = name
		var l []any
		switch tag {
		case "#set":
			ok := s.list(&l, depth)
			out = Set(l)
			return ok
		case "#tup":
			ok := s.list(&l, depth)
			out = Tuple(l)
			return ok
		case "#bigint":
			var t string
			if !s.text(&t) || len(t) > 18 || !decimal.MatchString(t) {
				return false
			}
			x, ok := new(big.Int).SetString(t, 10)
			out = x.Int64()
			return ok
		}
		return false // "#map", whose arguments are to be compared
	})
	if tag == "" {
		out = m
	}
	return out, ok
}
