package eval_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

var record = flag.Bool("record", false, "ask TLC for the answers in testdata/words; needs a JDK")

var accept = flag.Bool("accept", false, "with -record, write down our answers where they differ from TLC's; read them before you commit")

// words is a file of testdata/words: expressions, each with what TLC says of it.
//
//	# a comment
//	| EXTENDS Integers      the lines that begin the module
//	: CONSTANT a = a        the lines of the configuration
//	? 1 + 1                 an expression, which may go on in lines that begin with two blanks
//	> 2                     its value as TLC prints it
//	! Overflow ...          or TLC's error
//	~ why                   our answer differs, and for this reason; ours follows
//	> 2
type words struct {
	file    string
	prelude []string
	config  []string
	lines   []string // the file, without the answers
	cases   []wordCase
}

type wordCase struct {
	expr   string
	answer string // with > or !
	why    string // ours differs
	ours   string
	line   int // in words.lines
}

func readWords(t *testing.T, file string) *words {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	w := &words{file: file}
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		c := &wordCase{}
		if n := len(w.cases); n > 0 {
			c = &w.cases[n-1]
		}
		switch {
		case strings.HasPrefix(line, "| "):
			w.prelude = append(w.prelude, line[2:])
		case strings.HasPrefix(line, ": "):
			w.config = append(w.config, line[2:])
		case strings.HasPrefix(line, "? "):
			w.cases = append(w.cases, wordCase{expr: line[2:], line: len(w.lines)})
		case strings.HasPrefix(line, "  "):
			c.expr += "\n" + line
			c.line = len(w.lines)
		case strings.HasPrefix(line, "~ "):
			c.why = line[2:]
			continue
		case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "! "):
			if c.why != "" {
				c.ours = line
			} else {
				c.answer = line
			}
			continue
		}
		w.lines = append(w.lines, line)
	}
	return w
}

func (w *words) module(print bool) string {
	var b strings.Builder
	b.WriteString("---- MODULE M ----\n" + strings.Join(w.prelude, "\n") + "\n")
	if print {
		b.WriteString("LOCAL P == INSTANCE TLC\n")
	}
	for _, c := range w.cases {
		if print {
			fmt.Fprintf(&b, "ASSUME P!PrintT(\n  %s)\n", c.expr)
			continue
		}
		fmt.Fprintf(&b, "ASSUME\n  %s\n", c.expr)
	}
	b.WriteString("====\n")
	return b.String()
}

// ask records TLC's answers.
func (w *words) ask(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	r, err := tlc.Find(tlc.Options{})
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "M.tla"), []byte(w.module(false)), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "M.cfg"), []byte(strings.Join(w.config, "\n")+"\n"), 0o644))
	out, err := exec.CommandContext(ctx, "java", "-Xss16m", "-XX:+UseSerialGC", "-cp", r.Jar(), "testdata/Oracle.java", dir, "M").CombinedOutput()
	require.NoError(t, err, "%s", out)
	answers := strings.Split(strings.TrimSpace(string(out)), "\n")
	require.Len(t, answers, len(w.cases), "%s", out)
	for i, a := range answers {
		kind := map[byte]string{'V': ">", 'E': "!"}[a[0]]
		require.NotEmpty(t, kind, a)
		w.cases[i].answer = kind + a[1:]
	}
}

// write writes the file with its answers.
func (w *words) write(t *testing.T) {
	var b strings.Builder
	i := 0
	for n, line := range w.lines {
		b.WriteString(line + "\n")
		if i < len(w.cases) && w.cases[i].line == n {
			c := &w.cases[i]
			b.WriteString(c.answer + "\n")
			if c.why != "" {
				b.WriteString("~ " + c.why + "\n" + c.ours + "\n")
			}
			i++
		}
	}
	require.NoError(t, os.WriteFile(w.file, []byte(b.String()), 0o644))
}

// What TLC adds to its messages: the place, which ours have beside the message,
// and the Java method that raised the error.
var (
	place    = regexp.MustCompile(`(\\n| )?line \d+, col \d+ to line \d+, col \d+ of module \w+`)
	override = regexp.MustCompile(`^! Attempted to apply the operator overridden by the Java method.*?but it produced the following error:\\n`)
)

func bare(msg string) string {
	msg = place.ReplaceAllString(override.ReplaceAllString(msg, "! "), "")
	return strings.TrimSuffix(msg, `\n`)
}

var interval = regexp.MustCompile(`(-?\d+)\.\.(-?\d+)`)

// spelledOut writes the intervals in a printed value as sets, as we print them.
func spelledOut(s string) string {
	return interval.ReplaceAllStringFunc(s, func(iv string) string {
		m := interval.FindStringSubmatch(iv)
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		if b-a > 100 {
			return iv
		}
		var es []string
		for ; a <= b; a++ {
			es = append(es, strconv.Itoa(a))
		}
		return "{" + strings.Join(es, ", ") + "}"
	})
}

// newModel loads a module and its configuration from their texts.
func newModel(t testing.TB, src, cfg string) *check.Model {
	c, err := config.Parse("M.cfg", []byte(cfg))
	require.NoError(t, err)
	s, err := module.LoadSource("M.tla", []byte(src), module.Options{})
	require.NoError(t, err)
	m, err := check.New(s, c)
	require.NoError(t, err)
	return m
}

// printed evaluates each assumption of a model's root module, and returns what
// it prints last, or its error.
func printed(m *check.Model) []string {
	var out []string
	escape := strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)
	for _, a := range m.Spec.Root.Assumes {
		e, err := m.Program.Expr(m.Program.RefTo(a.Body, a.Module.Name))
		mach := eval.NewMachine(m.Program)
		var last string
		mach.Print = func(line string) { last = line }
		if err == nil {
			_, err = mach.Eval(e, nil, nil)
		}
		if err != nil {
			msg := err.Error()
			if ee, ok := err.(*eval.Error); ok {
				msg = ee.Msg
			}
			out = append(out, "! "+escape.Replace(msg))
			continue
		}
		out = append(out, "> "+escape.Replace(last))
	}
	return out
}

// Every expression of testdata/words has the value that TLC gives it, or is an
// error in the same words.
func TestWordsOfTLC(t *testing.T) {
	files, err := filepath.Glob("testdata/words/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			w := readWords(t, file)
			if *record {
				w.ask(t)
			}
			got := printed(newModel(t, w.module(true), strings.Join(w.config, "\n")))
			require.Len(t, got, len(w.cases))
			for i, c := range w.cases {
				want := c.answer
				if c.why != "" {
					assert.NotEqual(t, spelledOut(c.answer), c.ours, "%s: the answers agree", c.expr)
					want = c.ours
				}
				want = bare(spelledOut(strings.ReplaceAll(want, "<< >>", "<<>>")))
				if got[i] != want && *accept && c.why == "" {
					w.cases[i].why, w.cases[i].ours = "in other words", got[i]
					continue
				}
				if got[i] != want {
					t.Errorf("%s: ? %s\nexpected %s\nfound    %s", w.file, c.expr, want, got[i])
				}
			}
			if *record {
				w.write(t)
			}
		})
	}
}
