package world

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Kind says what a choice does.
type Kind uint8

// The kinds of choices, in the order in which Choices lists them.
const (
	Deliver   Kind = iota + 1 // deliver p1->c #17
	Timeout                   // timeout c retransmit/3
	Sync                      // sync c, sync c upto=2
	Restart                   // restart p2
	Invoke                    // invoke c1/1 @c {"write":{"x":"1"}}
	Drop                      // drop p1->c #17
	Duplicate                 // duplicate p1->c #17
	Crash                     // crash p2 lose=2, crash p2 lose=2 torn
	Hangup                    // hangup c1
	Cut                       // cut p1->c
	Heal                      // heal p1->c
)

// Kinds is one more than the greatest Kind: the size of an array by kind.
const Kinds = int(Heal) + 1

var kindNames = [Kinds]string{
	Deliver: "deliver", Timeout: "timeout", Sync: "sync", Restart: "restart",
	Invoke: "invoke", Drop: "drop", Duplicate: "duplicate", Crash: "crash",
	Hangup: "hangup", Cut: "cut", Heal: "heal",
}

// String returns the word that a choice of this kind begins with.
func (k Kind) String() string {
	if k == 0 || int(k) >= Kinds {
		return fmt.Sprintf("kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// Choice is one thing that can happen next. Kind says which fields count. Two
// invocations may not be comparable with ==, since their operations may not be.
type Choice struct {
	Kind Kind

	// Node is where it happens: Timeout, Sync, Restart, Crash, Invoke.
	Node protocol.NodeID

	// From and To are the link: Deliver, Drop, Duplicate, Cut, Heal.
	From, To protocol.NodeID

	// Message is the number of the message: Deliver, Drop, Duplicate.
	Message uint64

	// Timer is the name of the timer: Timeout.
	Timer string

	// Records is, for a Sync, how many of the records that are not durable
	// become so, and 0 for all of them; for a Crash, how many of them are lost.
	Records int

	// Torn says that the first lost record is partly on the disk: Crash.
	Torn bool

	// Request and Op are the client's request: Invoke. Hangup has the client.
	Request protocol.RequestID
	Op      protocol.Op
}

// String returns the choice as a line of a schedule. It is what ParseChoice
// reads.
func (c Choice) String() string { return string(c.AppendString(nil)) }

// AppendString appends the text of the choice.
func (c Choice) AppendString(b []byte) []byte {
	b = append(b, c.Kind.String()...)
	switch c.Kind {
	case Deliver, Drop, Duplicate:
		b = c.appendLink(b)
		b = append(b, " #"...)
		b = strconv.AppendUint(b, c.Message, 10)
	case Cut, Heal:
		b = c.appendLink(b)
	case Timeout:
		b = append(append(b, ' '), c.Node...)
		b = append(b, ' ')
		if plainWord(c.Timer) {
			b = append(b, c.Timer...)
		} else {
			b = strconv.AppendQuoteToASCII(b, c.Timer)
		}
	case Sync:
		b = append(append(b, ' '), c.Node...)
		if c.Records > 0 {
			b = append(b, " upto="...)
			b = strconv.AppendInt(b, int64(c.Records), 10)
		}
	case Restart:
		b = append(append(b, ' '), c.Node...)
	case Crash:
		b = append(append(b, ' '), c.Node...)
		b = append(b, " lose="...)
		b = strconv.AppendInt(b, int64(c.Records), 10)
		if c.Torn {
			b = append(b, " torn"...)
		}
	case Hangup:
		b = append(append(b, ' '), c.Request.Client...)
	case Invoke:
		b = append(append(b, ' '), c.Request.Client...)
		b = append(b, '/')
		b = strconv.AppendUint(b, c.Request.Seq, 10)
		b = append(b, " @"...)
		b = append(append(b, c.Node...), ' ')
		op, err := json.Marshal(c.Op)
		if err != nil { // ParseChoice refuses it, which names the culprit
			op = []byte(fmt.Sprintf("!%q", err.Error()))
		}
		b = append(b, op...)
	}
	return b
}

func (c Choice) appendLink(b []byte) []byte {
	b = append(append(b, ' '), c.From...)
	b = append(b, "->"...)
	return append(b, c.To...)
}

// plainWord reports whether s can stand in a schedule without quotes.
func plainWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= 0x7f || s[i] == '"' {
			return false
		}
	}
	return s != ""
}

// CheckName reports an error unless s can name a node or a client in a
// schedule: letters, digits, and _ . : - only.
func CheckName(s string) error {
	if s == "" {
		return fmt.Errorf("expected a name, found nothing")
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '_', c == '.', c == ':', c == '-':
		default:
			return fmt.Errorf("expected a name of letters, digits and _ . : -, found %q", s)
		}
	}
	return nil
}
