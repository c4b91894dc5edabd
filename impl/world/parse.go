package world

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// ParseChoice reads what Choice.String writes. It checks the form only; that
// the nodes exist and that the choice is open is for Apply to say. The
// operation of an invocation is read by p.DecodeOp, and may be any JSON text
// that it accepts; all else must be written exactly as String writes it.
func ParseChoice(p protocol.Protocol, line string) (Choice, error) {
	word, rest, _ := strings.Cut(line, " ")
	var c Choice
	for k := 1; k < Kinds; k++ {
		if kindNames[k] == word {
			c.Kind = Kind(k)
		}
	}
	var err error
	switch c.Kind {
	case Deliver, Drop, Duplicate:
		link, number, ok := strings.Cut(rest, " #")
		if !ok {
			return Choice{}, fmt.Errorf("expected %s FROM->TO #NUMBER, found %q", word, line)
		}
		if err = c.parseLink(link); err == nil {
			c.Message, err = parseNumber("a message number", number)
		}
	case Cut, Heal:
		err = c.parseLink(rest)
	case Timeout:
		err = c.parseTimeout(rest)
	case Sync:
		err = c.parseSync(rest)
	case Restart:
		err = c.parseNode(rest)
	case Crash:
		err = c.parseCrash(rest)
	case Hangup:
		c.Request.Client = rest
		err = CheckName(rest)
	case Invoke:
		err = c.parseInvoke(p, rest)
	default:
		return Choice{}, fmt.Errorf("expected a choice (%s), found %q", strings.Join(kindNames[1:], ", "), word)
	}
	if err != nil {
		return Choice{}, fmt.Errorf("%s: %w", word, err)
	}
	return c, nil
}

func (c *Choice) parseNode(s string) error {
	c.Node = protocol.NodeID(s)
	return CheckName(s)
}

func (c *Choice) parseLink(s string) error {
	from, to, ok := strings.Cut(s, "->")
	if !ok {
		return fmt.Errorf("expected FROM->TO, found %q", s)
	}
	c.From, c.To = protocol.NodeID(from), protocol.NodeID(to)
	if err := CheckName(from); err != nil {
		return err
	}
	return CheckName(to)
}

func (c *Choice) parseTimeout(s string) error {
	node, timer, _ := strings.Cut(s, " ")
	if err := c.parseNode(node); err != nil {
		return err
	}
	c.Timer = timer
	if plainWord(timer) {
		return nil
	}
	name, err := strconv.Unquote(timer)
	// Only the one way in which AppendString quotes, so that text and choice
	// are one to one.
	if err != nil || plainWord(name) || strconv.QuoteToASCII(name) != timer {
		return fmt.Errorf("expected a timer's name, quoted only if it is not plain, found %q", timer)
	}
	c.Timer = name
	return nil
}

func (c *Choice) parseSync(s string) (err error) {
	node, upto, more := strings.Cut(s, " ")
	if err := c.parseNode(node); err != nil {
		return err
	}
	if more {
		number, ok := strings.CutPrefix(upto, "upto=")
		if !ok {
			return fmt.Errorf("expected upto=NUMBER or nothing, found %q", upto)
		}
		if c.Records, err = parseCount("upto", number); err == nil && c.Records == 0 {
			err = fmt.Errorf("expected upto to be at least 1, found 0")
		}
	}
	return err
}

func (c *Choice) parseCrash(s string) (err error) {
	node, rest, _ := strings.Cut(s, " ")
	if err := c.parseNode(node); err != nil {
		return err
	}
	number, ok := strings.CutPrefix(rest, "lose=")
	if !ok {
		return fmt.Errorf("expected lose=NUMBER, found %q", rest)
	}
	number, c.Torn = strings.CutSuffix(number, " torn")
	if c.Records, err = parseCount("lose", number); err == nil && c.Torn && c.Records == 0 {
		err = fmt.Errorf("expected lose to be at least 1 for a torn record, found 0")
	}
	return err
}

func (c *Choice) parseInvoke(p protocol.Protocol, s string) (err error) {
	request, rest, _ := strings.Cut(s, " ")
	node, op, _ := strings.Cut(rest, " ")
	client, seq, ok := strings.Cut(request, "/")
	if !ok {
		return fmt.Errorf("expected CLIENT/NUMBER, found %q", request)
	}
	if err := CheckName(client); err != nil {
		return err
	}
	c.Request.Client = client
	if c.Request.Seq, err = parseNumber("a request number", seq); err != nil {
		return err
	}
	node, ok = strings.CutPrefix(node, "@")
	if !ok {
		return fmt.Errorf("expected @NODE after %s, found %q", request, rest)
	}
	if err := c.parseNode(node); err != nil {
		return err
	}
	if !json.Valid([]byte(op)) {
		return fmt.Errorf("expected the operation as JSON, found %q", op)
	}
	if c.Op, err = p.DecodeOp(json.RawMessage(op)); err != nil {
		return fmt.Errorf("operation %s: %w", op, err)
	}
	return nil
}

// parseNumber reads a decimal number from 1, in its shortest form.
func parseNumber(what, s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != s {
		return 0, fmt.Errorf("expected %s from 1, found %q", what, s)
	}
	return n, nil
}

// parseCount reads a decimal count from 0, in its shortest form.
func parseCount(what, s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil || strconv.FormatUint(n, 10) != s {
		return 0, fmt.Errorf("expected %s to be a count, found %q", what, s)
	}
	return int(n), nil
}
