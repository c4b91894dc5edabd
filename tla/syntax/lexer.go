package syntax

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokEOF     tokenKind = iota
	tokEnd               // the end of a junction item, made by the parser, never by the lexer
	tokIdent             // text is the name
	tokNumber            // text as written
	tokString            // text is the value
	tokOp                // an operator; text is its canonical name
	tokPunct             // text is the canonical spelling
	tokKeyword           // text is the word; also WF_ and SF_
	tokStep              // <1>a. of a proof; text is the level
	tokDashes            // ---- or longer
	tokEquals            // ==== or longer: the end of a module
)

// token is one token. Words that are operators (DOMAIN) are tokOp.
type token struct {
	kind       tokenKind
	text       string
	start, end Pos
	offset     int // of its first byte
}

func (t token) span() Span { return Span{t.start, t.end} }

func (t token) is(kind tokenKind, text string) bool { return t.kind == kind && t.text == text }

// describe says what was found, for an error message.
func (t token) describe() string {
	switch t.kind {
	case tokEOF:
		return "the end of the file"
	case tokEnd:
		return "the end of a conjunct or disjunct"
	case tokString:
		return fmt.Sprintf("the string %q", clip(t.text))
	case tokNumber:
		return "the number " + clip(t.text)
	case tokStep:
		return "the proof step <" + clip(t.text) + ">"
	case tokDashes:
		return `"----"`
	case tokEquals:
		return `"===="`
	case tokIdent:
		return fmt.Sprintf("the identifier %s", clip(t.text))
	default:
		return `"` + clip(t.text) + `"`
	}
}

// clip shortens text from the input for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}

// lexer turns a file into tokens. It reads from the first "---- MODULE" to the
// "====" that ends that module and ignores what is around it.
type lexer struct {
	file     string
	src      string
	off      int // of the next byte
	pos      Pos // of the next character
	last     Pos // of the character before it
	tokens   []token
	comments []*Comment
	errs     Errors
}

func newLexer(file string, src []byte) *lexer {
	return &lexer{file: file, src: string(src), pos: Pos{1, 1}, last: Pos{1, 1}}
}

func (l *lexer) errorf(at Span, format string, args ...any) {
	if len(l.errs) < MaxErrors {
		l.errs = append(l.errs, &Error{l.file, at, fmt.Sprintf(format, args...)})
	}
}

// next moves over one character.
func (l *lexer) next() {
	l.last = l.pos
	c := l.src[l.off]
	switch {
	case c == '\n':
		l.off++
		l.pos = Pos{l.pos.Line + 1, 1}
	case c == '\r':
		l.off++
		if l.off < len(l.src) && l.src[l.off] == '\n' {
			l.off++
		}
		l.pos = Pos{l.pos.Line + 1, 1}
	case c == '\t':
		l.off++
		l.pos.Col = (l.pos.Col-1)/8*8 + 9
	case c < utf8.RuneSelf:
		l.off++
		l.pos.Col++
	default:
		_, n := utf8.DecodeRuneInString(l.src[l.off:])
		l.off += n
		l.pos.Col++
	}
}

// skip moves over n bytes.
func (l *lexer) skip(n int) {
	for end := l.off + n; l.off < end; {
		l.next()
	}
}

func (l *lexer) rest() string { return l.src[l.off:] }

// run lexes the whole file.
func (l *lexer) run() {
	l.preamble()
	l.tokens = make([]token, 0, len(l.src)/8)
	depth := 0
	for l.off < len(l.src) {
		n := len(l.tokens)
		l.token()
		if len(l.tokens) == n {
			continue
		}
		switch t := l.tokens[n]; {
		case t.is(tokKeyword, "MODULE") && n > 0 && l.tokens[n-1].kind == tokDashes:
			depth++
		case t.kind == tokEquals:
			if depth--; depth <= 0 {
				l.epilogue()
			}
		}
	}
	end := l.last
	l.tokens = append(l.tokens, token{tokEOF, "", end, end, l.off})
}

// preamble skips what comes before the module.
func (l *lexer) preamble() {
	if strings.HasPrefix(l.src, "\ufeff") {
		l.off = len("\ufeff")
	}
	at := findModule(l.src)
	if at < 0 {
		at = len(l.src)
	}
	l.outside(at - l.off)
}

// epilogue skips what comes after the module.
func (l *lexer) epilogue() { l.outside(len(l.src) - l.off) }

// outside skips n bytes of text around the module and keeps them as a comment.
func (l *lexer) outside(n int) {
	if n <= 0 {
		return
	}
	text, start := l.src[l.off:l.off+n], l.pos
	l.skip(n)
	if strings.TrimSpace(text) != "" {
		l.comments = append(l.comments, &Comment{Span{start, l.last}, text})
	}
}

// findModule returns the offset of the first "---- MODULE" of src, or -1.
func findModule(src string) int {
	for from := 0; ; {
		i := strings.Index(src[from:], "----")
		if i < 0 {
			return -1
		}
		i += from
		j := i
		for j < len(src) && src[j] == '-' {
			j++
		}
		k := j
		for k < len(src) && (src[k] == ' ' || src[k] == '\t') {
			k++
		}
		if strings.HasPrefix(src[k:], "MODULE") {
			return i
		}
		from = j
	}
}

// token lexes one token, or skips white space or a comment.
func (l *lexer) token() {
	c := l.src[l.off]
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
		l.next()
	case strings.HasPrefix(l.rest(), `\*`):
		l.lineComment()
	case strings.HasPrefix(l.rest(), "(*"):
		l.blockComment()
	case c == '"':
		l.str()
	case isWordRune(rune(c)):
		l.word()
	case c == '-' && strings.HasPrefix(l.rest(), "----"):
		l.emit(tokDashes, "----", runLength(l.rest(), '-'))
	case c == '=' && strings.HasPrefix(l.rest(), "===="):
		l.emit(tokEquals, "====", runLength(l.rest(), '='))
	case c == '<' && l.proofStep():
	case c == '\\' && l.basedNumber():
	default:
		l.symbol()
	}
}

func (l *lexer) emit(kind tokenKind, text string, n int) {
	start, off := l.pos, l.off
	l.skip(n)
	l.tokens = append(l.tokens, token{kind, text, start, l.last, off})
}

func runLength(s string, c byte) int {
	n := 0
	for n < len(s) && s[n] == c {
		n++
	}
	return n
}

func (l *lexer) lineComment() {
	start, off := l.pos, l.off
	for l.off < len(l.src) && l.src[l.off] != '\n' && l.src[l.off] != '\r' {
		l.next()
	}
	l.comments = append(l.comments, &Comment{Span{start, l.last}, l.src[off:l.off]})
}

func (l *lexer) blockComment() {
	start, off := l.pos, l.off
	depth := 0
	for l.off < len(l.src) {
		switch {
		case strings.HasPrefix(l.rest(), "(*"):
			depth++
			l.skip(2)
		case strings.HasPrefix(l.rest(), "*)"):
			depth--
			l.skip(2)
			if depth == 0 {
				l.comments = append(l.comments, &Comment{Span{start, l.last}, l.src[off:l.off]})
				return
			}
		default:
			l.next()
		}
	}
	l.errorf(Span{start, start}, `found the end of the file in a comment, expected "*)"`)
}

func (l *lexer) str() {
	start, off := l.pos, l.off
	var b strings.Builder
	l.next()
	for l.off < len(l.src) {
		switch c := l.src[l.off]; {
		case c == '"':
			l.next()
			l.tokens = append(l.tokens, token{tokString, b.String(), start, l.last, off})
			return
		case c == '\n' || c == '\r':
			l.errorf(Span{start, l.last}, `found the end of the line in a string, expected "\""`)
			l.tokens = append(l.tokens, token{tokString, b.String(), start, l.last, off})
			return
		case c == '\\' && l.off+1 < len(l.src) && strings.IndexByte(`"\tnfr`, l.src[l.off+1]) >= 0:
			b.WriteByte(map[byte]byte{'"': '"', '\\': '\\', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r'}[l.src[l.off+1]])
			l.skip(2)
		case c == '\\':
			l.errorf(Span{l.pos, l.pos}, `found an unknown escape in a string, expected \" \\ \t \n \f or \r`)
			l.next()
		default:
			at := l.off
			l.next()
			b.WriteString(l.src[at:l.off])
		}
	}
	l.errorf(Span{start, l.last}, `found the end of the file in a string, expected "\""`)
}

func isWordRune(r rune) bool { return isLetter(r) || isDigit(r) || r == '_' }

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// word lexes a run of letters, digits and underscores. It is an identifier only
// if it has a letter in it; identifiers may begin with a digit or underscore.
func (l *lexer) word() {
	s := l.rest()
	n, letters := 0, false
	for n < len(s) && isWordRune(rune(s[n])) {
		letters = letters || isLetter(rune(s[n]))
		n++
	}
	w := s[:n]
	switch {
	case strings.HasPrefix(w, "WF_") || strings.HasPrefix(w, "SF_"):
		l.emit(tokKeyword, w[:3], 3)
	case letters && keywords[w]:
		l.emit(tokKeyword, w, n)
	case letters && operatorByName[w] != nil:
		l.emit(tokOp, w, n)
	case letters:
		l.emit(tokIdent, w, n)
	case w[0] == '_':
		l.emit(tokPunct, "_", 1)
	default:
		n = 0
		for n < len(s) && isDigit(rune(s[n])) {
			n++
		}
		if n+1 < len(s) && s[n] == '.' && isDigit(rune(s[n+1])) {
			end := n + 1
			for end < len(s) && isDigit(rune(s[end])) {
				end++
			}
			if end == len(s) || !isWordRune(rune(s[end])) { // 1.0a is field 0a of 1
				n = end
			}
		}
		l.emit(tokNumber, s[:n], n)
	}
}

// basedNumber lexes \b1010, \o17 and \hFF.
func (l *lexer) basedNumber() bool {
	s := l.rest()
	if len(s) < 3 {
		return false
	}
	digits := ""
	switch s[1] {
	case 'b', 'B':
		digits = "01"
	case 'o', 'O':
		digits = "01234567"
	case 'h', 'H':
		digits = "0123456789abcdefABCDEF"
	default:
		return false
	}
	n := 2
	for n < len(s) && strings.IndexByte(digits, s[n]) >= 0 {
		n++
	}
	if n == 2 || s[1] == 'b' && n < len(s) && isLetter(rune(s[n])) {
		return false
	}
	l.emit(tokNumber, s[:n], n)
	return true
}

// proofStep lexes the name of a proof step: <1>, <2>a, <*>., <+>3. It is no
// step if it reads as a comparison or a tuple.
func (l *lexer) proofStep() bool {
	s := l.rest()
	n := 1
	switch {
	case n < len(s) && (s[n] == '*' || s[n] == '+'):
		n++
	default:
		for n < len(s) && isDigit(rune(s[n])) {
			n++
		}
	}
	if n == 1 || n >= len(s) || s[n] != '>' {
		return false
	}
	level := s[1:n]
	n++
	for n < len(s) && isWordRune(rune(s[n])) {
		n++
	}
	for n < len(s) && s[n] == '.' {
		n++
	}
	l.emit(tokStep, level, n)
	return true
}

// symbolsByByte are the symbols that begin with a byte, the longest first.
var symbolsByByte = func() (table [256][]spelled) {
	for s, sym := range symbols {
		table[s[0]] = append(table[s[0]], spelled{s, sym})
	}
	for _, list := range table {
		sort.Slice(list, func(i, j int) bool { return len(list[i].text) > len(list[j].text) })
	}
	return table
}()

// spelled is a symbol in one of its spellings.
type spelled struct {
	text string
	symbol
}

// symbol lexes the longest symbol that begins here.
func (l *lexer) symbol() {
	s := l.rest()
	if strings.HasPrefix(s, "-.") && !strings.HasPrefix(s, "-..") {
		l.emit(tokOp, "-.", 2)
		return
	}
	for _, sym := range symbolsByByte[s[0]] {
		if strings.HasPrefix(s, sym.text) {
			l.emit(sym.kind, sym.symbol.text, len(sym.text))
			return
		}
	}
	at := Span{l.pos, l.pos}
	if s[0] == '\\' {
		n := 1
		for n < len(s) && isLetter(rune(s[n])) {
			n++
		}
		l.errorf(at, "found the unknown operator %s", clip(s[:n]))
		l.skip(n)
		return
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && n == 1:
		l.errorf(at, "found the byte 0x%02x, expected UTF-8", s[0])
	case r < ' ' || r == 0x7f:
		l.errorf(at, "found the control character %U", r)
	default:
		l.errorf(at, "found the character %q, expected a token", r)
	}
	l.next()
}
