//go:build failpoint_rewriter

// Rewriter runs failpoint's own rewriter on one file and prints the result. It
// is a program, which package overlay builds when it is needed, so that no
// program of this project that makes overlays holds failpoint's code; and it is
// behind a tag, and built with a go.mod and a go.sum of its own, since the
// rewriter's package needs a module that this project's go.sum does not list.
package main

import (
	"fmt"
	"os"

	"github.com/pingcap/failpoint/code"
)

func main() {
	// The rewriter prints what it does not know to the standard output.
	out := os.Stdout
	os.Stdout = os.Stderr
	r := code.NewRewriter(os.Args[1])
	r.SetOutput(out)
	if err := r.RewriteFile(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
