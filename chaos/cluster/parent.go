package cluster

import (
	"context"
	"io"
	"os"
)

// parentEnv tells a child that its standard input ends with its parent.
const parentEnv = "LOCKSTEP_STDIN_IS_PARENT"

// WithParent returns a context that ends when this process was started by a
// cluster whose process is gone, and otherwise as ctx does. A program that a
// cluster starts stops when it ends.
func WithParent(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if os.Getenv(parentEnv) != "" {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			cancel()
		}()
	}
	return ctx, cancel
}
