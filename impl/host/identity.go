package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/wal"
)

// stepsReserved is how many steps ahead the bound of identity lies.
const stepsReserved = 1 << 20

// identity is the file node.json: whose directory this is, and what must not
// repeat whatever the crash. The log cannot hold it: it must be durable before
// the first step.
type identity struct {
	Protocol string          `json:"protocol"`
	Node     protocol.NodeID `json:"node"`

	// Incarnation counts the starts, from 1.
	Incarnation uint64 `json:"incarnation"`

	// StepsMax is a bound on the steps taken in all incarnations so far.
	StepsMax uint64 `json:"steps_max"`
}

func identityFile(dir string) string { return filepath.Join(dir, "node.json") }
func logDir(dir string) string       { return filepath.Join(dir, "wal") }

// openNode opens the node's directory: its identity in a new incarnation, and
// its log.
func openNode(c Config) (identity, *wal.Log, wal.Recovered, error) {
	fail := func(err error) (identity, *wal.Log, wal.Recovered, error) {
		return identity{}, nil, wal.Recovered{}, fmt.Errorf("host: %w", err)
	}
	id, known, err := readIdentity(c)
	if err != nil {
		return fail(err)
	}
	names, err := c.FS.List(logDir(c.Dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fail(err)
	}
	logged := false
	for _, n := range names {
		logged = logged || strings.HasSuffix(n, ".wal")
	}
	if known && !logged {
		// It was there before node.json. A node without its log is not one
		// that starts for the first time: it has promised things.
		return fail(fmt.Errorf("node %s has run before, but its log %s is gone; restore it from a copy", c.ID, logDir(c.Dir)))
	}
	log, found, err := wal.Open(c.FS, logDir(c.Dir), c.Log)
	if err != nil {
		return fail(err)
	}
	if !known && len(found.Records) > 0 {
		_ = log.Close()
		return fail(fmt.Errorf("%s is gone, but the log beside it has %d records; restore it from a copy", identityFile(c.Dir), len(found.Records)))
	}
	id.Incarnation++
	if err := id.reserve(c); err != nil {
		_ = log.Close()
		return fail(err)
	}
	return id, log, found, nil
}

func readIdentity(c Config) (id identity, known bool, err error) {
	want := identity{Protocol: c.Protocol.Name(), Node: c.ID}
	b, err := c.FS.ReadFile(identityFile(c.Dir))
	if errors.Is(err, fs.ErrNotExist) {
		return want, false, nil
	} else if err != nil {
		return id, false, err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&id); err != nil {
		return id, false, fmt.Errorf("%s: %w; restore it from a copy", identityFile(c.Dir), err)
	}
	if id.Protocol != want.Protocol || id.Node != want.Node {
		return id, false, fmt.Errorf("%s: found the directory of node %q of protocol %q, expected that of node %q of protocol %q",
			identityFile(c.Dir), id.Node, id.Protocol, want.Node, want.Protocol)
	}
	if id.Incarnation == 0 || id.StepsMax == 0 {
		return id, false, fmt.Errorf("%s: found incarnation %d and steps_max %d, expected both from 1; restore it from a copy",
			identityFile(c.Dir), id.Incarnation, id.StepsMax)
	}
	return id, true, nil
}

// reserve raises the bound on the node's steps, durably.
func (id *identity) reserve(c Config) error {
	next := *id
	next.StepsMax += stepsReserved
	b, err := json.Marshal(next)
	if err != nil {
		return err
	}
	temp := identityFile(c.Dir) + ".tmp"
	f, err := c.FS.Create(temp)
	if err != nil {
		return err
	}
	if _, err = f.Write(append(b, '\n')); err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = c.FS.Rename(temp, identityFile(c.Dir))
	}
	if err == nil {
		err = c.FS.SyncDir(c.Dir)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", identityFile(c.Dir), err)
	}
	*id = next
	return nil
}
