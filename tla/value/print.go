package value

import (
	"strconv"
	"strings"
	"unicode"
)

// printMax bounds how much of a value Print writes.
const printMax = 1 << 16

// Print returns v as TLC prints it. A large lazy set is printed by its
// description.
func (l *Local) Print(v Value) string {
	var b strings.Builder
	l.print(&b, v)
	return b.String()
}

// PrintValue returns v as TLC prints it, for callers without a Local.
func (s *Store) PrintValue(v Value) string { return NewLocal(s).Print(v) }

func (l *Local) print(b *strings.Builder, v Value) {
	if b.Len() > printMax {
		b.WriteString("...")
		return
	}
	switch v.Kind() {
	case KindNone:
		b.WriteString("null")
	case KindBool:
		if v == True {
			b.WriteString("TRUE")
		} else {
			b.WriteString("FALSE")
		}
	case KindInt:
		b.WriteString(strconv.Itoa(int(v.AsInt())))
	case KindString:
		b.WriteString(quote(l.Text(v)))
	case KindModel:
		b.WriteString(l.ModelName(v))
	case KindSet:
		l.printList(b, "{", ", ", "}", l.parts(v))
	case KindTuple:
		l.printList(b, "<<", ", ", ">>", l.parts(v))
	case KindRecord, KindFunc:
		domain, values := l.funcParts(v)
		if v.Kind() == KindRecord && l.allNames(domain) {
			l.printFields(b, v, "[", " |-> ", "]")
			break
		}
		b.WriteByte('(')
		for i, e := range domain {
			if i > 0 {
				b.WriteString(" @@ ")
			}
			l.print(b, e)
			b.WriteString(" :> ")
			l.print(b, values[i])
		}
		b.WriteByte(')')
	case KindBase:
		b.WriteString([]string{"Nat", "Int", "Real", "STRING", "ANY"}[v.payload()])
	case KindThunk:
		l.printThunk(b, v)
	case KindInterval:
		l.printList(b, "", "..", "", l.parts(v))
	default:
		l.printLazy(b, v)
	}
}

// allNames reports whether TLC takes the strings vs for names of fields.
func (l *Local) allNames(vs []Value) bool {
	for _, v := range vs {
		letter := false
		for _, r := range l.Text(v) {
			if unicode.IsLetter(r) {
				letter = true
			} else if r != '_' && !unicode.IsDigit(r) {
				return false
			}
		}
		if !letter {
			return false
		}
	}
	return true
}

func (l *Local) printList(b *strings.Builder, open, sep, end string, vs []Value) {
	b.WriteString(open)
	for i, v := range vs {
		if i > 0 {
			b.WriteString(sep)
		}
		if l.print(b, v); b.Len() > printMax {
			break
		}
	}
	b.WriteString(end)
}

func (l *Local) printFields(b *strings.Builder, v Value, open, arrow, end string) {
	b.WriteString(open)
	parts := l.parts(v)
	for i, f := range l.parts(parts[0]) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(l.Text(f))
		b.WriteString(arrow)
		l.print(b, parts[i+1])
	}
	b.WriteString(end)
}

// printLazy enumerates a set that is small, and describes a large one.
func (l *Local) printLazy(b *strings.Builder, v Value) {
	if l.IsFinite(v) && l.size(v) < 1<<10 {
		l.print(b, l.Force(v))
		return
	}
	parts := l.parts(v)
	switch v.Kind() {
	case KindSubset:
		l.printList(b, "SUBSET ", "", "", parts)
	case KindFuncSet:
		l.printList(b, "[", " -> ", "]", parts)
	case KindRecordSet:
		l.printFields(b, v, "[", ": ", "]")
	case KindProduct:
		l.printList(b, "(", ` \X `, ")", parts)
	case KindCup:
		l.printList(b, "", ` \cup `, "", parts)
	case KindCap:
		l.printList(b, "", ` \cap `, "", parts)
	case KindDiff:
		l.printList(b, "", ` \ `, "", parts)
	case KindUnion:
		l.printList(b, "UNION ", "", "", parts)
	case KindSeq:
		l.printList(b, "Seq(", "", ")", parts)
	}
}

// printThunk enumerates a finite set or function, and describes any other.
func (l *Local) printThunk(b *strings.Builder, v Value) {
	t := l.ThunkOf(v)
	if t.IsSet() {
		if s, ok := t.(Filter); !ok || !l.IsFinite(s.Source()) {
			b.WriteString("{x \\in ")
			if ok {
				l.print(b, s.Source())
			}
			b.WriteString(" : ...}")
			return
		}
	} else if d := t.Domain(l); !d.IsSet() && l.ThunkOf(d) == nil || !l.IsFinite(d) || l.size(d) >= 1<<10 {
		b.WriteString("[x \\in ")
		l.print(b, d)
		b.WriteString(" |-> ...]")
		return
	}
	l.print(b, l.forceThunk(v))
}

func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\t':
			b.WriteString(`\t`)
		case '\r':
			b.WriteString(`\r`)
		case '\f':
			b.WriteString(`\f`)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
