package models

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Record runs the models of a folder on disk with one worker, by each of the
// model checkers, and writes the figures that they find, what is vacuous, and how
// long they took into its manifest. With names it runs only those. A model with a
// part that the Go engine does not check is recorded by the others, of which there
// must be one.
//
// It changes figures and nothing else: a model that comes to another verdict, or
// violates something else, than its manifest says is an error, and so is one of
// which two model checkers differ. When any model has an error the others are
// still recorded. Each is told of and written as it ends, so that an interrupt loses
// that which runs and no other. The diff is to be read before it is committed.
func Record(ctx context.Context, engines []engine.Engine, folder string, names []string, o Options, tell func(model string, r *engine.Result)) error {
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
	for _, m := range f.Models {
		if len(names) > 0 && !slices.Contains(names, m.Name) {
			continue
		}
		changed, r, err := recordModel(ctx, engines, f, m, o)
		if r != nil && tell != nil {
			tell(m.Name, r)
		}
		if err == nil {
			err = write(folder, m, changed)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("model %s: not recorded: %w", m.Name, err))
		}
	}
	return errors.Join(problems...)
}

// write writes a model that was recorded into the manifest, which may have changed
// while the model ran: in other models that is no matter.
func write(folder string, was, is specs.Model) error {
	f, err := specs.LoadFamily(os.DirFS(filepath.Dir(filepath.Clean(folder))), filepath.Base(folder))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(f.Models, func(m specs.Model) bool { return m.Name == was.Name })
	if at < 0 || !reflect.DeepEqual(f.Models[at], was) {
		return errors.New("the manifest says something else of it than when it was begun")
	}
	f.Models[at] = is
	text, err := f.Encode()
	if err != nil {
		return err
	}
	return replace(filepath.Join(folder, specs.ManifestName), text)
}

// recordModel returns the model with its figures, which all model checkers agree
// on, and the result of the first that has one.
func recordModel(ctx context.Context, engines []engine.Engine, f specs.Family, m specs.Model, o Options) (specs.Model, *engine.Result, error) {
	var first *engine.Result
	refused := errors.New("no model checker was asked")
	for _, e := range engines {
		begun := time.Now()
		r, err := run(ctx, e, f, m, o)
		seconds := twoDigits(time.Since(begun).Seconds())
		switch {
		case err != nil:
			return m, first, err
		case r.Unsupporting():
			refused = errors.New(r.Reason)
			continue
		case r.Verdict == tlc.Unknown:
			return m, first, errors.New(r.Reason)
		case r.Generated == 0:
			return m, r, errors.New("TLC gives no figures when the error is in an initial state or before")
		}
		if e.Name() == (engine.Go{}).Name() {
			m.Seconds.Go = seconds
		} else {
			m.Seconds.TLC = seconds
		}
		if first != nil {
			if differences := engine.Differences(first, r); len(differences) > 0 {
				return m, first, fmt.Errorf("%s and %s differ: %s", first.Engine, r.Engine, strings.Join(differences, "; "))
			}
			continue
		}
		first = r
		m.Generated, m.Distinct, m.Depth, m.CounterexampleDepth = r.Generated, r.Distinct, r.Depth, len(r.Trace)
		if r.Engine == (engine.Go{}).Name() && r.Verdict == tlc.OK {
			m.Vacuous = vacuous(r)
		}
		if differences, _ := compare(f, m, r); len(differences) > 0 {
			return m, first, errors.New(strings.Join(differences, "; "))
		}
	}
	if first == nil {
		return m, nil, refused
	}
	return m, first, nil
}

// twoDigits rounds to two significant digits, and to tenths.
func twoDigits(seconds float64) float64 {
	unit := 0.1
	for seconds >= 100*unit {
		unit *= 10
	}
	n := math.Round(seconds / unit)
	if unit < 1 {
		return n / 10 // exact, unlike n * 0.1
	}
	return n * unit
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
