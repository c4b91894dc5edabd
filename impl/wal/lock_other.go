//go:build !unix

package wal

import (
	"io"
	"os"
)

// Lock implements FS. On this system it keeps no other process out: seeing to
// that is left to whoever starts them.
func (OS) Lock(name string) (io.Closer, error) {
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
}
