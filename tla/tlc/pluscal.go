package tlc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// ErrNoAlgorithm says that a module holds no PlusCal algorithm.
var ErrNoAlgorithm = errors.New("no PlusCal algorithm in the module")

var (
	algorithm = regexp.MustCompile(`--(?:fair\s+)?algorithm\b`)
	beginMark = `\* BEGIN TRANSLATION`
)

// HasAlgorithm reports whether the module's text holds a PlusCal algorithm.
func HasAlgorithm(text []byte) bool { return algorithm.Match(text) }

// Translate returns the module with the translation of its PlusCal algorithm
// put in, as pcal.trans writes it with line ends of Unix. Options that the
// module itself names ("PlusCal options (...)") count. The name is the
// module's, without ".tla".
func (r *Runner) Translate(ctx context.Context, name string, text []byte) ([]byte, error) {
	if !moduleName.MatchString(name) {
		return nil, fmt.Errorf("module name %q: expected letters, digits and underscores, and no .tla", name)
	}
	if !HasAlgorithm(text) {
		return nil, fmt.Errorf("%s.tla: %w", name, ErrNoAlgorithm)
	}
	work, err := os.MkdirTemp("", "lockstep-pcal-")
	if err != nil {
		return nil, fmt.Errorf("pcal: %w", err)
	}
	defer os.RemoveAll(work)
	if err := os.Mkdir(filepath.Join(work, "tmp"), 0o700); err != nil {
		return nil, fmt.Errorf("pcal: %w", err)
	}
	file := filepath.Join(work, name+".tla")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, fmt.Errorf("pcal: %w", err)
	}
	out, err := r.command(ctx, work, "", true, "pcal.trans", "-nocfg", "-unixEOL", name+".tla").CombinedOutput()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("pcal: %s.tla: stopped: %w", name, context.Cause(ctx))
	}
	if err != nil {
		_, said, found := strings.Cut(string(out), "Unrecoverable error:")
		if !found {
			said = string(out)
		}
		return nil, fmt.Errorf("pcal: %s.tla: %s (%w)", name, strings.TrimPrefix(oneLine(said), "-- "), err)
	}
	translated, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("pcal: %w", err)
	}
	if !bytes.Contains(translated, []byte(beginMark)) {
		return nil, fmt.Errorf("pcal: %s.tla: the translator ended well but wrote no translation: %s", name, oneLine(string(out)))
	}
	return translated, nil
}

// StaleError says that a module's translation is not the one of its algorithm.
type StaleError struct {
	File            string
	Line            int // from 1, the first that differs
	Found, Expected string
	Missing         bool // there is no translation at all
}

func (e *StaleError) Error() string {
	if e.Missing {
		return fmt.Sprintf("%s: the PlusCal algorithm has no translation: run `make specs`", e.File)
	}
	return fmt.Sprintf("%s:%d: stale PlusCal translation: found %q, expected %q: run `make specs`", e.File, e.Line, e.Found, e.Expected)
}

// Stale translates the PlusCal of a module again and compares. It returns nil
// when the translation in the file is the same (but for blanks at the ends of
// lines), a *StaleError when it is not, and otherwise an error of Translate:
// ErrNoAlgorithm if there is nothing to translate.
func (r *Runner) Stale(ctx context.Context, modules fs.FS, file string) error {
	text, err := fs.ReadFile(modules, file)
	if err != nil {
		return err
	}
	expected, err := r.Translate(ctx, strings.TrimSuffix(path.Base(file), ".tla"), text)
	if err != nil {
		return err
	}
	return compareTranslation(file, text, expected)
}

func compareTranslation(file string, found, expected []byte) error {
	if !bytes.Contains(found, []byte(beginMark)) {
		return &StaleError{File: file, Missing: true}
	}
	f, e := trimmedLines(found), trimmedLines(expected)
	for i := 0; i < max(len(f), len(e)); i++ {
		a, b := "", ""
		if i < len(f) {
			a = f[i]
		}
		if i < len(e) {
			b = e[i]
		}
		if a != b {
			return &StaleError{File: file, Line: i + 1, Found: a, Expected: b}
		}
	}
	return nil
}

func trimmedLines(text []byte) []string {
	lines := strings.Split(strings.TrimRight(string(text), " \t\r\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\r")
	}
	return lines
}
