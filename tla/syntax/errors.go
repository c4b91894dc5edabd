package syntax

import (
	"errors"
	"fmt"
	"strings"
)

// MaxErrors is how many errors Parse reports before it gives up.
const MaxErrors = 20

// MaxDepth is how deep expressions may nest.
const MaxDepth = 10_000

// Error is one syntax error.
type Error struct {
	File string
	Span
	Msg string // lowercase, without the position
}

// Error returns "file:line:col: msg".
func (e *Error) Error() string {
	return fmt.Sprintf("%s:%s: %s", e.File, e.Start, e.Msg)
}

// Errors are the errors of a file, in the order of their positions. It is never
// empty.
type Errors []*Error

// Error returns one line for each error.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// AsErrors returns the syntax errors that err holds, if it holds any.
func AsErrors(err error) (Errors, bool) {
	var es Errors
	if errors.As(err, &es) {
		return es, true
	}
	var e *Error
	if errors.As(err, &e) {
		return Errors{e}, true
	}
	return nil, false
}
