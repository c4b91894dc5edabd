package overlay

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// extendName is the function to which the rewriter gives a marker's name.
const extendName = "_curpkg_"

// rewriter is failpoint's rewriter, built as a program (see its comment).
type rewriter struct{ program, dir string }

// newRewriter builds it. close removes it again.
func newRewriter() (*rewriter, error) {
	dir, err := os.MkdirTemp("", "lockstep-failpoints-*")
	if err != nil {
		return nil, err
	}
	r := &rewriter{dir: dir, program: filepath.Join(dir, "rewriter.exe")}
	mod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		r.close()
		return nil, fmt.Errorf("go env GOMOD: %w; the go command is needed to rewrite failpoints", err)
	}
	source := strings.TrimSuffix(strings.TrimSpace(string(mod)), ".mod")
	for _, ext := range []string{".mod", ".sum"} {
		text, err := os.ReadFile(source + ext)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "go"+ext), text, 0o600)
		}
		if err != nil {
			r.close()
			return nil, err
		}
	}
	build := exec.Command("go", "build", "-mod=mod", "-modfile="+filepath.Join(dir, "go.mod"), "-tags=failpoint_rewriter",
		"-o", r.program, "github.com/lockstep-go/lockstep/chaos/failpoints/rewriter")
	if out, err := build.CombinedOutput(); err != nil {
		r.close()
		return nil, fmt.Errorf("building failpoint's rewriter: %w\n%s", err, out)
	}
	return r, nil
}

func (r *rewriter) close() { os.RemoveAll(r.dir) }

// rewrite returns the rewritten text of the file called name with contents
// src, which imports the runtime.
func (r *rewriter) rewrite(name, src string) (string, error) {
	in := filepath.Join(r.dir, filepath.Base(name))
	if err := os.WriteFile(in, []byte(src), 0o600); err != nil {
		return "", err
	}
	defer os.Remove(in)
	var out, errs bytes.Buffer
	cmd := exec.Command(r.program, in)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		// A panic of the rewriter comes with its stack; one line is enough.
		why, _, _ := strings.Cut(errs.String(), "\n")
		if why == "" {
			why = err.Error()
		}
		return "", errors.New(strings.ReplaceAll(why, r.dir+string(filepath.Separator), ""))
	}
	return out.String(), nil
}
