package wal_test

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/wal"
)

// memFS is Pebble's memory file system, which can be cloned as a crash at this
// moment would leave it.
type memFS struct{ *vfs.MemFS }

func newMemFS() memFS { return memFS{vfs.NewCrashableMem()} }

func (m memFS) MkdirAll(dir string) error {
	if err := m.MemFS.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for dir != "/" {
		dir = path.Dir(dir)
		if err := m.SyncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

func (m memFS) ReadFile(name string) ([]byte, error) {
	f, err := m.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func (m memFS) Create(name string) (wal.File, error) {
	return m.MemFS.Create(name, vfs.WriteCategoryUnspecified)
}

func (m memFS) SyncDir(dir string) error {
	d, err := m.OpenDir(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func (m memFS) crash(cfg vfs.CrashCloneCfg) memFS { return memFS{m.CrashClone(cfg)} }

// writeFile puts a file there, durable.
func (m memFS) writeFile(t testing.TB, name string, b []byte) {
	require.NoError(t, m.MkdirAll(path.Dir(name)))
	f, err := m.Create(name)
	require.NoError(t, err)
	_, err = f.Write(bytes.Clone(b)) // with the race detector, Pebble scribbles over it
	require.NoError(t, err)
	require.NoError(t, f.Sync())
	require.NoError(t, f.Close())
	require.NoError(t, m.SyncDir(path.Dir(name)))
}

// hookFS tells its hook of every operation that changes something, before it
// takes place. When the hook returns an error, the operation fails with it.
type hookFS struct {
	wal.FS
	hook func(op, name string) error
}

func (h hookFS) MkdirAll(dir string) error {
	if err := h.hook("mkdir", dir); err != nil {
		return err
	}
	return h.FS.MkdirAll(dir)
}

func (h hookFS) Create(name string) (wal.File, error) {
	if err := h.hook("create", name); err != nil {
		return nil, err
	}
	f, err := h.FS.Create(name)
	return hookFile{f, name, h.hook}, err
}

func (h hookFS) Rename(oldname, newname string) error {
	if err := h.hook("rename", oldname); err != nil {
		return err
	}
	return h.FS.Rename(oldname, newname)
}

func (h hookFS) Remove(name string) error {
	if err := h.hook("remove", name); err != nil {
		return err
	}
	return h.FS.Remove(name)
}

func (h hookFS) SyncDir(dir string) error {
	if err := h.hook("syncdir", dir); err != nil {
		return err
	}
	return h.FS.SyncDir(dir)
}

type hookFile struct {
	wal.File
	name string
	hook func(op, name string) error
}

func (f hookFile) Write(b []byte) (int, error) {
	if err := f.hook("write", f.name); err != nil {
		return 0, err
	}
	return f.File.Write(b)
}

func (f hookFile) Sync() error {
	if err := f.hook("sync", f.name); err != nil {
		return err
	}
	return f.File.Sync()
}

func (f hookFile) Close() error {
	err := f.File.Close()
	if herr := f.hook("close", f.name); herr != nil {
		return herr
	}
	return err
}

// fullFS has room for so many more bytes; a write that does not fit writes
// what does.
type fullFS struct {
	wal.FS
	room *int
}

func (f fullFS) Create(name string) (wal.File, error) {
	file, err := f.FS.Create(name)
	return fullFile{file, name, f.room}, err
}

type fullFile struct {
	wal.File
	name string
	room *int
}

func (f fullFile) Write(b []byte) (int, error) {
	n := min(len(b), *f.room)
	*f.room -= n
	if _, err := f.File.Write(b[:n]); err != nil {
		return 0, err
	}
	if n < len(b) {
		return n, fmt.Errorf("write %s: %w", f.name, syscall.ENOSPC)
	}
	return n, nil
}
