package tlc

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// waitDelay is how long a killed process may keep its pipes open.
const waitDelay = 5 * time.Second

// Request asks for one check.
type Request struct {
	// Modules holds the modules, as *.tla in its root; os.DirFS makes one of a
	// folder. The standard modules come from the jar.
	Modules fs.FS

	// Module is the name of the root module, without ".tla".
	Module string

	// Config is the text of the configuration (the .cfg file).
	Config []byte

	// Workers is the number of TLC's worker threads; 0 means 1. With one
	// worker the same request gives the same result.
	Workers int

	// Simulate asks for random behaviours in place of a search. Their verdict
	// is never OK.
	Simulate *Simulation

	// Coverage asks for Result.Actions. It costs some time.
	Coverage bool

	// IgnoreDeadlock accepts states without a successor, as CHECK_DEADLOCK
	// FALSE in the configuration does.
	IgnoreDeadlock bool

	// Heap is Java's largest heap, as in "2g"; empty leaves it to Java, which
	// takes a quarter of the memory.
	Heap string

	// Short says that the check takes seconds: Java then starts faster, and
	// runs slower.
	Short bool

	// Polynomial is the index, 0 to 130, of the fingerprint polynomial.
	Polynomial int

	// Progress is called from one goroutine at each report of TLC, once a
	// minute and at the end.
	Progress func(Progress)

	// Output, if set, receives all that TLC writes to its standard output.
	Output io.Writer
}

// Simulation bounds a run of random behaviours.
type Simulation struct {
	Behaviours int // at least 1
	Depth      int // in steps; at least 1
	Seed       int64
}

var (
	moduleName = regexp.MustCompile(`^[A-Za-z0-9_]+$`)
	heapSize   = regexp.MustCompile(`^[0-9]+[kmgKMG]?$`)
)

func (q Request) validate() error {
	switch {
	case q.Modules == nil:
		return errors.New("no modules given")
	case !moduleName.MatchString(q.Module):
		return fmt.Errorf("module name %q: expected letters, digits and underscores, and no .tla", q.Module)
	case q.Workers < 0:
		return fmt.Errorf("%d workers, expected at least 1", q.Workers)
	case q.Heap != "" && !heapSize.MatchString(q.Heap):
		return fmt.Errorf("heap %q, expected a size such as 512m or 2g", q.Heap)
	case q.Polynomial < 0 || q.Polynomial > 130:
		return fmt.Errorf("polynomial %d, expected 0 to 130", q.Polynomial)
	case q.Simulate != nil && (q.Simulate.Behaviours < 1 || q.Simulate.Depth < 1):
		return fmt.Errorf("simulation of %d behaviours of depth %d, expected at least 1 of each", q.Simulate.Behaviours, q.Simulate.Depth)
	}
	if _, err := fs.Stat(q.Modules, q.Module+".tla"); err != nil {
		return fmt.Errorf("module %s: %w", q.Module, err)
	}
	return nil
}

// Check runs TLC and reads its verdict. When ctx ends first, TLC is killed and
// the verdict is Unknown. An error means that TLC could not be started: a
// request that makes no sense, or no room for the run's temporary folder.
func (r *Runner) Check(ctx context.Context, q Request) (*Result, error) {
	if err := q.validate(); err != nil {
		return nil, fmt.Errorf("tlc: %w", err)
	}
	work, err := os.MkdirTemp("", "lockstep-tlc-")
	if err != nil {
		return nil, fmt.Errorf("tlc: %w", err)
	}
	defer os.RemoveAll(work)
	if err := copyModules(q.Modules, work); err != nil {
		return nil, fmt.Errorf("tlc: %w", err)
	}
	// A configuration of its own name: the modules may bring one along.
	config := filepath.Join(work, "lockstep.cfg")
	if err := os.WriteFile(config, q.Config, 0o600); err != nil {
		return nil, fmt.Errorf("tlc: %w", err)
	}
	for _, d := range []string{"states", "tmp"} {
		if err := os.Mkdir(filepath.Join(work, d), 0o700); err != nil {
			return nil, fmt.Errorf("tlc: %w", err)
		}
	}
	printed := filepath.Join(work, "printed")

	cmd := r.command(ctx, work, q.Heap, q.Short, "tlc2.TLC", q.arguments(work, config, printed)...)
	var stderr head
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("tlc: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("tlc: starting java: %w", err)
	}
	var output io.Reader = stdout
	if q.Output != nil {
		output = io.TeeReader(stdout, q.Output)
	}
	reading := read(output, q.Simulate != nil, q.Progress)
	waited := cmd.Wait()
	exit := cmd.ProcessState.ExitCode()

	result := reading.conclude(exit, configured(q.Config, "PROPERTY", "PROPERTIES"))
	switch {
	case ctx.Err() != nil && result.Verdict != Violated:
		result.Verdict, result.Kind = Unknown, KindStopped
		result.Reason = fmt.Sprintf("stopped: %v", context.Cause(ctx))
	case waited != nil && result.Verdict == OK:
		result.Verdict, result.Kind, result.Reason = Unknown, KindCrash, "java: "+waited.Error()
	case result.Kind == KindCrash || result.Kind == KindOutput:
		if said := clip(oneLine(sanySays(reading.stray) + " " + stderr.String())); said != "" {
			result.Reason += "; Java says: " + said
		}
	}
	if err := result.readPrinted(printed); err != nil {
		return nil, fmt.Errorf("tlc: what the specification printed: %w", err)
	}
	return result, nil
}

func (q Request) arguments(work, config, printed string) []string {
	// Temporal properties are checked once the search is complete, and not also
	// from time to time during it: where it ends must not depend on the clock.
	a := []string{"-tool", "-lncheck", "final", "-config", config, "-metadir", filepath.Join(work, "states"), "-userFile", printed,
		"-workers", strconv.Itoa(max(q.Workers, 1)), "-fp", strconv.Itoa(q.Polynomial), "-checkpoint", "0"}
	if q.Coverage {
		a = append(a, "-coverage", "1")
	}
	if q.IgnoreDeadlock {
		a = append(a, "-deadlock")
	}
	if s := q.Simulate; s != nil {
		a = append(a, "-simulate", "num="+strconv.Itoa(s.Behaviours), "-depth", strconv.Itoa(s.Depth), "-seed", strconv.FormatInt(s.Seed, 10))
	} else {
		a = append(a, "-seed", "0") // of RandomElement and the like
	}
	return append(a, q.Module)
}

// command prepares Java to run a class of the jar in the given folder. SANY
// unpacks the standard modules into java.io.tmpdir under fixed names, so every
// run gets its own; hsperfdata is switched off since it ignores that property.
// A short run is over before the second compiler of Java pays.
func (r *Runner) command(ctx context.Context, work, heap string, short bool, class string, arguments ...string) *exec.Cmd {
	a := []string{"-XX:+UseParallelGC", "-XX:-UsePerfData", "-Djava.io.tmpdir=" + filepath.Join(work, "tmp"),
		"-Duser.language=en", "-Duser.country=US", "-Dfile.encoding=UTF-8"}
	if short {
		a = append(a, "-XX:TieredStopAtLevel=1", "-XX:ParallelGCThreads=1")
	}
	if heap != "" {
		a = append(a, "-Xmx"+heap)
	}
	cmd := exec.CommandContext(ctx, r.java, append(append(a, "-cp", r.jar, class), arguments...)...)
	cmd.Dir = work
	cmd.WaitDelay = waitDelay
	return cmd
}

// Version asks the jar for its version: "Version 2.18 of 20 March 2023".
func (r *Runner) Version(ctx context.Context) (string, error) {
	work, err := os.MkdirTemp("", "lockstep-tlc-")
	if err != nil {
		return "", fmt.Errorf("tlc: %w", err)
	}
	defer os.RemoveAll(work)
	if err := os.Mkdir(filepath.Join(work, "tmp"), 0o700); err != nil {
		return "", fmt.Errorf("tlc: %w", err)
	}
	// Without a module TLC gives its version and then an error.
	var stderr head
	cmd := r.command(ctx, work, "", true, "tlc2.TLC", "-tool")
	cmd.Stderr = &stderr
	out, runErr := cmd.Output()
	if s := read(bytes.NewReader(out), false, nil); s.result.Version != "" {
		return s.result.Version, nil
	}
	return "", fmt.Errorf("tlc: %s does not tell its version (%v) %s", r.jar, runErr, stderr.String())
}

func copyModules(from fs.FS, to string) error {
	names, err := fs.Glob(from, "*.tla")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (r *Result) readPrinted(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // TLC did not come that far
	}
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for {
		line, err := readLine(in)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(r.Printed) < MaxPrinted {
			r.Printed = append(r.Printed, line)
		} else {
			r.PrintedCut++
		}
	}
}

// head keeps the first part of what is written to it.
type head struct{ b []byte }

func (t *head) Write(p []byte) (int, error) {
	const most = 2000
	if room := most - len(t.b); room > 0 {
		t.b = append(t.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

func (t *head) String() string { return oneLine(string(t.b)) }

var (
	blockComment = regexp.MustCompile(`(?s)\(\*.*?\*\)`)
	lineComment  = regexp.MustCompile(`\\\*[^\n]*`)
	configWord   = regexp.MustCompile(`^[A-Z_]+$`)
)

var configKeywords = map[string]bool{
	"CONSTANT": true, "CONSTANTS": true, "INVARIANT": true, "INVARIANTS": true, "PROPERTY": true, "PROPERTIES": true,
	"INIT": true, "NEXT": true, "SPECIFICATION": true, "SYMMETRY": true, "VIEW": true, "CONSTRAINT": true,
	"CONSTRAINTS": true, "ACTION_CONSTRAINT": true, "ACTION_CONSTRAINTS": true, "CHECK_DEADLOCK": true,
	"ALIAS": true, "POSTCONDITION": true, "_PERIODIC": true, "_RL_REWARD": true,
}

// configured lists the names that the configuration has under the keywords.
func configured(config []byte, keywords ...string) []string {
	text := lineComment.ReplaceAllString(blockComment.ReplaceAllString(string(config), " "), " ")
	var names []string
	in := false
	for _, word := range strings.Fields(text) {
		if configWord.MatchString(word) && configKeywords[word] {
			in = false
			for _, k := range keywords {
				in = in || k == word
			}
			continue
		}
		if in {
			names = append(names, strings.Trim(word, ","))
		}
	}
	return names
}
