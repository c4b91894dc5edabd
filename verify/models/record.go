package models

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Record runs the models of a folder on disk with one worker and writes the
// figures that the model checker, TLC, finds into its manifest. With names it runs only those. It
// changes figures and nothing else: a model that comes to another verdict, or
// violates something else, than its manifest says is an error. When any model
// has an error the others are still recorded. Each is told of as it ends. The
// diff is to be read before it is committed.
func Record(ctx context.Context, e engine.Engine, folder string, names []string, o Options, tell func(model string, r *engine.Result)) error {
	f, err := specs.LoadFamily(os.DirFS(filepath.Dir(filepath.Clean(folder))), filepath.Base(folder))
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := f.Model(name); err != nil {
			return err
		}
	}
	o.Workers = 1
	var problems []error
	for i := range f.Models {
		m := &f.Models[i]
		if len(names) > 0 && !slices.Contains(names, m.Name) {
			continue
		}
		r, err := run(ctx, e, f, *m, o)
		if err == nil && r.Verdict == tlc.Unknown {
			err = errors.New(r.Reason)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("model %s: not recorded: %w", m.Name, err))
			continue
		}
		if tell != nil {
			tell(m.Name, r)
		}
		changed := *m
		changed.Generated, changed.Distinct, changed.Depth, changed.CounterexampleDepth = r.Generated, r.Distinct, r.Depth, len(r.Trace)
		if r.Generated == 0 {
			problems = append(problems, fmt.Errorf("model %s: not recorded: TLC gives no figures when the error is in an initial state or before", m.Name))
			continue
		}
		if differences, _ := compare(f, changed, r); len(differences) > 0 {
			for _, d := range differences {
				problems = append(problems, fmt.Errorf("model %s: not recorded: %s", m.Name, d))
			}
			continue
		}
		*m = changed
	}
	text, err := f.Encode()
	if err != nil {
		return err
	}
	if err := replace(filepath.Join(folder, specs.ManifestName), text); err != nil {
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}

// replace writes a file in one step.
func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".manifest-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it is renamed
	_, err = f.Write(text)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
