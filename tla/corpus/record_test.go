package corpus

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/tlc"
)

// recording is the value of -record, which is a switch and takes a name too.
type recording string

func (r *recording) String() string     { return string(*r) }
func (r *recording) Set(s string) error { *r = recording(s); return nil }
func (r *recording) IsBoolFlag() bool   { return true }

var record recording

func init() {
	flag.Var(&record, "record", "record TLC's answers: those missing, or with =all, =FOLDER or =FOLDER/CASE those anew")
}

func runner(t *testing.T) *tlc.Runner {
	t.Helper()
	r, err := tlc.Find(tlc.Options{})
	if err != nil && os.Getenv("LOCKSTEP_REQUIRE_TLC") == "1" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return r
}

// TestRecord asks TLC and writes its answers.
func TestRecord(t *testing.T) {
	if record == "" || record == "false" {
		t.Skip("records the answers of TLC; see -record")
	}
	r := runner(t)
	dir := os.DirFS(".")
	cases, _, err := load(dir)
	require.NoError(t, err)
	for _, c := range cases {
		anew := record == "all" || string(record) == c.Folder || string(record) == c.Path()
		if c.Answer != nil && !anew {
			continue
		}
		a, err := ask(r, c)
		require.NoError(t, err, c.Path())
		all, err := readAnswers(dir, c.Folder)
		require.NoError(t, err)
		all[c.Name] = a
		for name := range all {
			if _, err := fs.Stat(dir, c.Folder+"/"+name+".cfg"); err != nil {
				delete(all, name)
			}
		}
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		require.NoError(t, enc.Encode(all))
		require.NoError(t, os.WriteFile(filepath.Join(c.Folder, AnswersName), text.Bytes(), 0o644))
		t.Logf("%s: %s %s %s, exit %d, %d generated, %d distinct, depth %d %s", c.Path(), a.Verdict, a.Kind, a.Property, a.Exit, a.Generated, a.Distinct, a.Depth, a.Error)
	}
}

// TLC's answers are still those recorded. It takes a second a case, so the
// first case of each folder stands for all, and only if LOCKSTEP_REQUIRE_TLC=1;
// -record asks for the others.
func TestAnswersAreCurrent(t *testing.T) {
	cases, err := All()
	require.NoError(t, err)
	folder := ""
	for _, c := range cases {
		if c.Answer == nil {
			t.Errorf("%s: the answer of TLC is not recorded; run go test ./tla/corpus -run TestRecord -record", c.Path())
			continue
		}
		if c.Folder == folder {
			continue
		}
		folder = c.Folder
		if os.Getenv("LOCKSTEP_REQUIRE_TLC") != "1" {
			continue
		}
		t.Run(c.Path(), func(t *testing.T) {
			a, err := ask(runner(t), c)
			require.NoError(t, err)
			require.Equal(t, c.Answer, a)
		})
	}
}

func ask(r *tlc.Runner, c Case) (*Answer, error) {
	modules, err := c.Modules()
	if err != nil {
		return nil, err
	}
	q := tlc.Request{Modules: modules, Module: c.Module, Config: c.Config, Coverage: true, Heap: "1g", Short: true}
	found, err := r.Check(context.Background(), q)
	if err == nil && found.Kind == tlc.KindCrash { // which may be of the coverage
		q.Coverage = false
		found, err = r.Check(context.Background(), q)
	}
	if err != nil {
		return nil, err
	}
	a := &Answer{Files: c.hash(), Verdict: found.Verdict.String(), Kind: string(found.Kind), Property: found.Property, Exit: found.ExitCode,
		Generated: found.Generated, Distinct: found.Distinct, Left: found.Queue, Depth: found.Depth, Printed: found.Printed}
	// To check properties TLC takes some steps twice, and counts them; how it
	// counts initial states is its own affair.
	if found.Verdict == tlc.OK && !bytes.Contains(c.Config, []byte("PROPERT")) {
		for _, t := range found.Actions {
			if t.Initial {
				continue
			}
			a.Actions = append(a.Actions, fmt.Sprintf("%s %d:%d", t.Name, t.Distinct, t.Taken))
		}
	}
	for _, s := range found.Trace {
		text := s.Action
		if !s.At.IsZero() {
			text += " line " + itoa(s.At.LineFirst)
		}
		for _, v := range s.Variables {
			text += "\n/\\ " + v.Name + " = " + strings.Join(strings.Fields(v.Text), " ")
		}
		a.Trace = append(a.Trace, text)
	}
	if found.Verdict == tlc.Unknown {
		a.Error = found.Reason
		for _, m := range found.Errors {
			a.At = append(a.At, places(m)...)
		}
	}
	return a, nil
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

var (
	nestedPlace = regexp.MustCompile(`(?m)^\d+\. Line (\d+), column (\d+) to line (\d+), column (\d+) in (\w+)$`)
)

// places are the regions on the stack of an error of evaluation.
func places(m tlc.Message) []string {
	var out []string
	for _, g := range nestedPlace.FindAllStringSubmatch(m.Text, -1) {
		out = append(out, g[1]+":"+g[2]+"-"+g[3]+":"+g[4]+" "+g[5])
	}
	for _, n := range m.Nested {
		out = append(out, places(n)...)
	}
	return out
}
