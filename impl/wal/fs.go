package wal

import "io"

// FS is the part of a file system that the log stands on. Names are paths. An
// error of a missing file or directory satisfies errors.Is(err, fs.ErrNotExist).
type FS interface {
	// MkdirAll creates a directory and its missing parents, and makes their
	// names durable.
	MkdirAll(dir string) error

	// List returns the names in a directory, in any order.
	List(dir string) ([]string, error)

	// ReadFile returns a file's bytes.
	ReadFile(name string) ([]byte, error)

	// Create creates an empty file for writing, in place of one that exists.
	Create(name string) (File, error)

	// Rename gives a file a new name in the same directory, atomically, in
	// place of a file that has that name. It is durable after SyncDir.
	Rename(oldname, newname string) error

	// Remove removes a file. It is durable after SyncDir.
	Remove(name string) error

	// SyncDir makes the names in a directory durable.
	SyncDir(dir string) error

	// Lock takes the lock that the named file stands for, which no other
	// process, nor this one again, can take until it is closed or the process
	// ends. It fails at once when it is taken.
	Lock(name string) (io.Closer, error)
}

// File is a file that is being written, from its start on.
type File interface {
	io.Writer
	io.Closer

	// Sync makes durable all that was written.
	Sync() error
}
