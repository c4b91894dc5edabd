package tlc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// Class is the second number of a message's head.
type Class int

const (
	ClassNone    Class = 0
	ClassError   Class = 1
	ClassBug     Class = 2
	ClassWarning Class = 3
	ClassState   Class = 4
)

// Message is one message of TLC's tool mode.
type Message struct {
	Code   Code
	Class  Class
	Text   string    // without a newline at its end
	Nested []Message // messages inside, such as the cause of an error
}

// String is the name of the message's code and its text on one line.
func (m Message) String() string {
	s := m.Code.String() + ": " + oneLine(m.Text)
	for _, n := range m.Nested {
		s += " [" + n.String() + "]"
	}
	return s
}

// String is the constant's name in class tlc2.output.EC.
func (c Code) String() string {
	if n, ok := codeNames[c]; ok {
		return n
	}
	return fmt.Sprintf("message %d", int(c))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

const (
	lineMax  = 64 << 20 // bytes in a line; a state's variable may be large
	nestMax  = 8
	headMark = "@!@!@"
)

var (
	startLine = regexp.MustCompile(`^(.*?)@!@!@STARTMSG (-?\d{1,9}):(\d) @!@!@$`)
	endLine   = regexp.MustCompile(`^@!@!@ENDMSG (-?\d{1,9}) @!@!@$`)
)

// readMessages calls each for every outermost message, and stray for every
// line outside of messages. Its errors say that the stream is cut off or
// garbled.
//
// A head stands at the beginning of a line, with one exception: inside an
// error, TLC writes ": " and the head of the cause. No head is looked for
// inside the lines of a state, whose strings may hold anything; strings hold
// no raw newline, since TLC escapes it.
func readMessages(r io.Reader, each func(Message), stray func(string)) error {
	in := bufio.NewReaderSize(r, 64<<10)
	var open []*openMessage // innermost last
	for number := 1; ; number++ {
		line, err := readLine(in)
		if err == io.EOF {
			if len(open) > 0 {
				m := open[len(open)-1]
				return fmt.Errorf("output ends at line %d inside a message with code %d (%s)", number, m.Code, m.Code)
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("output line %d: %w", number, err)
		}
		if m := endLine.FindStringSubmatch(line); m != nil {
			code := number9(m[1])
			if len(open) == 0 {
				return fmt.Errorf("output line %d: end of a message with code %d that was never started", number, code)
			}
			top := open[len(open)-1]
			if top.Code != Code(code) {
				return fmt.Errorf("output line %d: end of a message with code %d, expected the end of code %d", number, code, top.Code)
			}
			top.Text = strings.TrimSuffix(top.text.String(), "\n")
			open = open[:len(open)-1]
			if len(open) == 0 {
				each(top.Message)
			} else {
				parent := open[len(open)-1]
				parent.Nested = append(parent.Nested, top.Message)
			}
			continue
		}
		if m := startLine.FindStringSubmatch(line); m != nil && headAllowed(open, m[1]) {
			if len(open) > 0 && open[len(open)-1].Class == ClassState {
				return fmt.Errorf("output line %d: expected the end of a state, found the head of a message", number)
			}
			if len(open) == nestMax {
				return fmt.Errorf("output line %d: messages nested deeper than %d", number, nestMax)
			}
			if len(open) > 0 && m[1] != "" {
				open[len(open)-1].text.WriteString(m[1] + "\n")
			}
			open = append(open, &openMessage{Message: Message{Code: Code(number9(m[2])), Class: Class(number9(m[3]))}})
			continue
		}
		if len(open) == 0 {
			if strings.HasPrefix(line, headMark) {
				return fmt.Errorf("output line %d: expected the head of a message, found %q", number, clip(line))
			}
			stray(line)
			continue
		}
		top := open[len(open)-1]
		top.text.WriteString(line)
		top.text.WriteByte('\n')
	}
}

type openMessage struct {
	Message
	text strings.Builder
}

func headAllowed(open []*openMessage, before string) bool {
	if before == "" {
		return true
	}
	return len(open) > 0 && open[len(open)-1].Class != ClassState && strings.HasSuffix(before, ": ")
}

// number9 converts at most nine digits, which the pattern has checked.
func number9(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

func clip(s string) string {
	const most = 300
	if len(s) > most {
		return s[:most] + "..."
	}
	return s
}

// readLine returns a line without its end. A last line without an end counts.
func readLine(in *bufio.Reader) (string, error) {
	var b []byte
	for {
		part, err := in.ReadSlice('\n')
		b = append(b, part...)
		if len(b) > lineMax {
			return "", fmt.Errorf("longer than %d bytes", lineMax)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err == io.EOF && len(b) > 0 {
			err = nil
		}
		if err != nil {
			return "", err
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
}
