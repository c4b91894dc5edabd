package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/lockstep-go/lockstep/verify"
)

// Names of the files that Write writes.
const (
	PageFile    = "report.html"
	JUnitFile   = "junit.xml"
	SummaryFile = "summary.md"
	ResultFile  = "result.json"
)

// Write writes the result into dir in all forms that are files: report.html,
// junit.xml, summary.md and result.json, each of them whole or not at all. It
// appends the summary to the file stepSummary too, unless that is empty: it is
// what CI calls GITHUB_STEP_SUMMARY. Errors do not keep it from writing the
// rest.
func Write(dir string, r *verify.Result, stepSummary string) error {
	problems := []error{
		WriteFile(filepath.Join(dir, ResultFile), func(w io.Writer) error { return JSON(w, r) }),
		WriteFile(filepath.Join(dir, JUnitFile), func(w io.Writer) error { return JUnit(w, r) }),
		WriteFile(filepath.Join(dir, SummaryFile), func(w io.Writer) error { return Markdown(w, r) }),
		WriteFile(filepath.Join(dir, PageFile), func(w io.Writer) error { return HTML(w, r, dir) }),
	}
	if stepSummary != "" {
		problems = append(problems, appendFile(stepSummary, func(w io.Writer) error { return Markdown(w, r) }))
	}
	return errors.Join(problems...)
}

// JSON writes any result of Lockstep for other programs to read.
func JSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// WriteFile writes a file through a temporary one beside it, so that it is
// there whole or not at all.
func WriteFile(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it is renamed
	if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return os.Rename(f.Name(), name)
}

func appendFile(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// NewDir makes the folder of a run, root/<time>-<verb>, which no other run
// has.
func NewDir(root, verb string, now time.Time) (string, error) {
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	base := filepath.Join(root, now.Format("20060102-150405")+"-"+verb)
	for i := 1; ; i++ {
		dir := base
		if i > 1 {
			dir = fmt.Sprintf("%s-%d", base, i)
		}
		err := os.Mkdir(dir, 0o755)
		if err == nil || !errors.Is(err, os.ErrExist) {
			return dir, err
		}
	}
}

// Latest makes the link root/latest lead to the folder of a run in it.
func Latest(dir string) error {
	link := filepath.Join(filepath.Dir(dir), "latest")
	if info, err := os.Lstat(link); err == nil && info.Mode()&os.ModeSymlink == 0 {
		return fmt.Errorf("%s is there and is not a link: move it away", link)
	}
	fresh := dir + ".latest"
	if err := os.Symlink(filepath.Base(dir), fresh); err != nil {
		return err
	}
	return os.Rename(fresh, link)
}
