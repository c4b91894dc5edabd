//go:build failpoints

package failpoint

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	runtime "github.com/pingcap/failpoint"
)

// There is no Inject in this build: every marker has become a call of Eval.
// "undefined: failpoint.Inject" therefore means that the build has the tag
// failpoints but not the overlay, or that a marker escaped the rewriter.

// Compiled says whether this build holds failpoints.
const Compiled = true

// errNoValue keeps a body from running; the rewritten marker tests for it.
var errNoValue = errors.New("the failpoint gives no value")

// declared holds the evaluations so far of each failpoint in this program.
var (
	mu       sync.RWMutex
	declared = map[string]*atomic.Uint64{}
)

// Declare is called by the file that the generator adds to each package with
// markers. It returns the function that makes full names of that package's.
func Declare(pkg string, names ...string) func(name string) string {
	mu.Lock()
	defer mu.Unlock()
	for _, name := range names {
		declared[pkg+"/"+name] = new(atomic.Uint64)
	}
	return func(name string) string { return pkg + "/" + name }
}

// Eval is what a marker becomes: it counts the evaluation, and returns the
// value of the failpoint's terms, or an error when the body must not run. That
// includes the terms without a value (off, sleep, print, pause), with which
// the runtime alone would run the body and hand it nil.
func Eval(name string) (Value, error) {
	mu.RLock()
	hits := declared[name]
	mu.RUnlock()
	if hits != nil {
		hits.Add(1)
	}
	v, err := runtime.Eval(name)
	if err == nil && v == nil {
		err = errNoValue
	}
	return v, err
}

// Enable arms the failpoint of that name with terms such as `return(true)`,
// in place of any that it had. It refuses a name that this program does not
// declare, since nothing would ever evaluate it, and terms with a probability,
// since the runtime draws those from a generator that cannot be seeded.
func Enable(name, terms string) error {
	if err := known(name); err != nil {
		return err
	}
	if err := checkTerms(terms); err != nil {
		return fmt.Errorf("failpoint %s: %w", name, err)
	}
	// Releases a marker held by pause, whose lock the runtime would wait for.
	_ = runtime.Disable(name)
	return runtime.Enable(name, terms)
}

// Disable disarms the failpoint. It is no error when it is not armed.
func Disable(name string) error {
	if err := known(name); err != nil {
		return err
	}
	if err := runtime.Disable(name); err != nil && !strings.Contains(err.Error(), runtime.ErrNotExist.Error()) {
		return err
	}
	return nil
}

// Declared lists the failpoints of this program, sorted.
func Declared() []string {
	mu.RLock()
	defer mu.RUnlock()
	return slices.Sorted(maps.Keys(declared))
}

// Hits returns how often each failpoint of this program was evaluated, armed
// or not; one that no run has reached is there with 0.
func Hits() map[string]uint64 {
	mu.RLock()
	defer mu.RUnlock()
	hits := make(map[string]uint64, len(declared))
	for name, n := range declared {
		hits[name] = n.Load()
	}
	return hits
}

func known(name string) error {
	mu.RLock()
	defer mu.RUnlock()
	if _, ok := declared[name]; ok {
		return nil
	}
	return fmt.Errorf("no failpoint %q in this program, expected one of %d: %s",
		name, len(declared), strings.Join(slices.Sorted(maps.Keys(declared)), ", "))
}

// One term: how many times it holds, what it does, and with which value. The
// runtime's break starts a debugger, and is left out.
var (
	oneTerm = regexp.MustCompile(`^(?:[0-9]+\*)?(?:off|pause|print|return|sleep|panic)(?:\((?:|true|false|-?[0-9]+|"(?:[^"\\]|\\.)*")\))?`)
	percent = regexp.MustCompile(`^[0-9.*]*%`)
)

func checkTerms(terms string) error {
	rest := terms
	for {
		if percent.MatchString(rest) {
			return fmt.Errorf("terms %q hold a probability, which cannot be seeded; let the plan decide, and enable by call", terms)
		}
		end := len(oneTerm.FindString(rest))
		if end == 0 {
			return fmt.Errorf("terms %q: found %q, expected a term such as return(true), return(\"text\"), 2*return(1), sleep(10), panic, pause or off", terms, rest)
		}
		if rest = rest[end:]; rest == "" {
			return nil
		}
		if !strings.HasPrefix(rest, "->") {
			return fmt.Errorf("terms %q: found %q, expected -> or the end", terms, rest)
		}
		rest = rest[len("->"):]
	}
}
