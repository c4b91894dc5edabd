package config

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	eof kind = iota
	word
	number
	text
	symbol
	operator
)

type token struct {
	kind kind
	text string
	pos  Pos
}

func (t token) describe() string {
	switch t.kind {
	case eof:
		return "the end of the file"
	case text:
		return fmt.Sprintf("the string %q", clip(t.text))
	case number:
		return "the number " + clip(t.text)
	}
	return clip(t.text)
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}

// lexer splits a file into tokens.
type lexer struct {
	file   string
	src    string
	pos    Pos
	tokens []token
	errs   Errors
}

func (l *lexer) errorf(at Pos, format string, args ...any) {
	l.errs = append(l.errs, &Error{l.file, at, fmt.Sprintf(format, args...)})
}

// skip moves over n bytes.
func (l *lexer) skip(n int) {
	end := len(l.src) - n
	for len(l.src) > end {
		r, size := utf8.DecodeRuneInString(l.src)
		switch r {
		case '\n':
			l.pos = Pos{l.pos.Line + 1, 1}
		case '\t':
			l.pos.Col = (l.pos.Col-1)/8*8 + 9
		default:
			l.pos.Col++
		}
		l.src = l.src[size:]
	}
}

func (l *lexer) emit(k kind, s string, n int) {
	l.tokens = append(l.tokens, token{k, s, l.pos})
	l.skip(n)
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWord(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' }

func (l *lexer) run() {
	l.src = strings.TrimPrefix(l.src, "\ufeff")
	for l.src != "" && len(l.errs) < maxErrors {
		switch c := l.src[0]; {
		case strings.IndexByte(" \t\r\n\f", c) >= 0:
			l.skip(1)
		case strings.HasPrefix(l.src, `\*`):
			n := strings.IndexAny(l.src, "\r\n")
			if n < 0 {
				n = len(l.src)
			}
			l.skip(n)
		case strings.HasPrefix(l.src, "(*"):
			l.comment()
		case c == '"':
			l.str()
		case isWord(c):
			l.word()
		case strings.HasPrefix(l.src, "<-"):
			l.emit(symbol, "<-", 2)
		case l.operator() > 0:
			l.emit(operator, l.src[:l.operator()], l.operator())
		case strings.IndexByte("{}(),=[]-", c) >= 0:
			l.emit(symbol, string(c), 1)
		default:
			// Not part of any file: the parser says what it expects instead.
			r, n := utf8.DecodeRuneInString(l.src)
			l.emit(symbol, fmt.Sprintf("the character %q", r), n)
		}
	}
	l.tokens = append(l.tokens, token{eof, "", l.pos})
}

// operators are the symbols that a specification may declare as a constant, but
// for those that have another meaning here; longer ones come first.
var operators = []string{"(+)", "(-)", "(.)", "(/)", "++", "--", "**", "//", "^^", "??", "%%", "##", "$$", "&&", "||", "!!", "@@", ":>", "<:", "|-", "&", "$", "|"}

// operator returns the length of the operator symbol that comes next, 0 if none
// does: one of operators, or a name after a backslash.
func (l *lexer) operator() int {
	for _, o := range operators {
		if strings.HasPrefix(l.src, o) {
			return len(o)
		}
	}
	n := 1
	for n < len(l.src) && isLetter(l.src[n]) {
		n++
	}
	if l.src[0] == '\\' && n > 1 {
		return n
	}
	return 0
}

func (l *lexer) comment() {
	start, depth := l.pos, 0
	for l.src != "" {
		switch {
		case strings.HasPrefix(l.src, "(*"):
			depth++
			l.skip(2)
		case strings.HasPrefix(l.src, "*)"):
			depth--
			l.skip(2)
			if depth == 0 {
				return
			}
		default:
			l.skip(1)
		}
	}
	l.errorf(start, `found the end of the file in a comment, expected "*)"`)
}

func (l *lexer) str() {
	start := l.pos
	var b strings.Builder
	i := 1
	for ; i < len(l.src) && l.src[i] != '"' && l.src[i] != '\n'; i++ {
		if l.src[i] != '\\' || i+1 == len(l.src) {
			b.WriteByte(l.src[i])
			continue
		}
		i++
		switch c := l.src[i]; c {
		case '"', '\\':
			b.WriteByte(c)
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'f':
			b.WriteByte('\f')
		case 'r':
			b.WriteByte('\r')
		default:
			l.errorf(start, `found an unknown escape in a string, expected \" \\ \t \n \f or \r`)
		}
	}
	if i >= len(l.src) || l.src[i] != '"' {
		l.errorf(start, `found the end of the line in a string, expected "\""`)
		l.skip(min(i, len(l.src)))
		return
	}
	l.tokens = append(l.tokens, token{text, b.String(), start})
	l.skip(i + 1)
}

// word lexes a name or a number. A name may lead through instances: A!B.
func (l *lexer) word() {
	n, letters := 0, false
	for n < len(l.src) && (isWord(l.src[n]) || letters && l.src[n] == '!' && n+1 < len(l.src) && isWord(l.src[n+1])) {
		letters = letters || isLetter(l.src[n])
		n++
	}
	s := l.src[:n]
	if !letters {
		if strings.Contains(s, "_") {
			l.errorf(l.pos, "found %s, expected a name or a number", clip(s))
		}
		l.emit(number, s, n)
		return
	}
	l.emit(word, s, n)
}
