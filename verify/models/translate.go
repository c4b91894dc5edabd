package models

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Stale translates the PlusCal algorithms of a family again. It returns the
// modules that hold one, and an error that joins a *tlc.StaleError for each
// whose committed translation differs, and whatever else went wrong.
func Stale(ctx context.Context, r *tlc.Runner, f specs.Family) (modules []string, err error) {
	modules, err = Algorithms(f)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, file := range modules {
		err := r.Stale(ctx, f.Files, file)
		var stale *tlc.StaleError
		if errors.As(err, &stale) {
			stale.File = f.Folder + "/" + stale.File
		}
		problems = append(problems, err)
	}
	return modules, errors.Join(problems...)
}

// Translate puts current translations into the modules of a folder on disk,
// and returns the files that it changed.
func Translate(ctx context.Context, r *tlc.Runner, folder string) (changed []string, err error) {
	files := os.DirFS(folder)
	modules, err := algorithms(files)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, file := range modules {
		var stale *tlc.StaleError
		if err := r.Stale(ctx, files, file); !errors.As(err, &stale) {
			problems = append(problems, err)
			continue
		}
		text, err := fs.ReadFile(files, file)
		if err == nil {
			text, err = r.Translate(ctx, strings.TrimSuffix(file, ".tla"), text)
		}
		if err == nil {
			err = replace(filepath.Join(folder, file), text)
		}
		if err == nil {
			changed = append(changed, file)
		}
		problems = append(problems, err)
	}
	return changed, errors.Join(problems...)
}

// Algorithms lists the modules of a family that hold a PlusCal algorithm; those of
// other folders that it uses are not among them.
func Algorithms(f specs.Family) ([]string, error) {
	if f.Own != nil {
		return algorithms(f.Own)
	}
	return algorithms(f.Files)
}

func algorithms(files fs.FS) ([]string, error) {
	names, err := fs.Glob(files, "*.tla")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if tlc.HasAlgorithm(text) {
			out = append(out, name)
		}
	}
	return out, nil
}
