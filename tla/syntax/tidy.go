package syntax

import (
	"strings"
	"unicode/utf8"
)

// Tidy returns the text of a module in a uniform layout that keeps its comments
// and its lines as the author broke them: spaces instead of tabs, lines that end
// in a newline alone and without spaces before it, never more than two empty
// lines in a row. Every token stays in its column, so that Tidy changes no
// meaning; the text must parse.
//
// ([Format] prints from the tree instead: a canonical text without comments.)
func Tidy(file string, src []byte) ([]byte, error) {
	l := newLexer(file, src)
	l.run()
	if _, err := Parse(file, src); err != nil {
		return nil, err
	}
	inString := make(map[int]int) // offset of a string literal: of its end
	for i, t := range l.tokens {
		if t.kind == tokString {
			end := len(l.src)
			if i+1 < len(l.tokens) {
				end = l.tokens[i+1].offset
			}
			inString[t.offset] = end
		}
	}
	var out strings.Builder
	var line strings.Builder
	column, empty, skipTo := 1, 0, 0
	flush := func() {
		text := strings.TrimRight(line.String(), " \t\f")
		line.Reset()
		column = 1
		if text == "" {
			empty++
		} else {
			for i := 0; i < min(empty, 2) && out.Len() > 0; i++ {
				out.WriteByte('\n')
			}
			empty = 0
			out.WriteString(text)
			out.WriteByte('\n')
		}
	}
	text := strings.TrimPrefix(l.src, "\ufeff")
	base := len(l.src) - len(text)
	for i, n := 0, 0; i < len(text); i += n {
		var r rune
		r, n = utf8.DecodeRuneInString(text[i:])
		if end, ok := inString[base+i]; ok {
			skipTo = closing(l.src, base+i, end)
		}
		switch {
		case r == '\r' && i+1 < len(text) && text[i+1] == '\n':
		case r == '\n' || r == '\r':
			flush()
		case r == '\t':
			next := (column-1)/8*8 + 9
			if base+i >= skipTo {
				line.WriteString(strings.Repeat(" ", next-column))
			} else {
				line.WriteByte('\t')
			}
			column = next
		default:
			line.WriteString(text[i : i+n])
			column++
		}
	}
	flush()
	return []byte(out.String()), nil
}

// closing returns the offset after the quote that closes the string literal at
// offset start, which ends before end.
func closing(src string, start, end int) int {
	for i := start + 1; i < end; i++ {
		switch src[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return end
}
