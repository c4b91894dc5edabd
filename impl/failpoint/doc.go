// Package failpoint marks the places where faults and seeded bugs can be
// injected into the code.
//
//	failpoint.Inject("before-fsync", func(v failpoint.Value) {
//		err = errors.New(v.(string))
//	})
//
// An ordinary build compiles the markers to nothing: it does not even import
// the failpoint runtime. A build with the tag failpoints and the overlay that
// `go run ./chaos/failpoints` writes has each marker rewritten by
// github.com/pingcap/failpoint's own rewriter, and Enable and Disable reach
// its runtime; the files of the tree are never touched. A failpoint's full
// name is its package's import path, a slash, and the name in the marker.
//
// A body runs only while the failpoint's terms give a value: return(true), say,
// or return(3). The terms off, sleep, print and pause give none, and do no more
// than they say; in failpoint's own builds they would run the body with nil.
//
// Enable failpoints by call, not by GO_FAILPOINTS: go test does not look at
// that variable when it decides whether a cached result still holds, and a name
// in it that no marker declares goes unnoticed.
package failpoint

import "errors"

// Value is what the enabled failpoint's terms evaluate to.
type Value any

// ErrNotCompiled is returned by Enable in a build that holds no failpoints.
var ErrNotCompiled = errors.New("this build holds no failpoints; build it with the flags that `go run ./chaos/failpoints` prints")
