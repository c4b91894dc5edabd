package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// The pages of the book whose commands are run.
var pages = []string{"reading-tla.md", "specs-log.md"}

// What a page says that a command prints, it prints. A page may leave lines out,
// and the end of a line behind "..."; times are not compared.
func TestDocsTranscripts(t *testing.T) {
	dir := t.TempDir()
	for _, page := range pages {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		require.NoError(t, err)
		list := transcripts(string(text))
		require.NotEmpty(t, list, page)
		for i, tr := range list {
			script := fmt.Sprintf("shows %s\n-- expected --\n%s\n", tr.command, strings.Join(tr.output, "\n"))
			name := fmt.Sprintf("%s-%02d.txt", strings.TrimSuffix(page, ".md"), i+1)
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o644))
		}
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// shows PROGRAM ARGS...: runs it in the root, and wants what the file
			// "expected" has of its output, in that order.
			"shows": func(ts *testscript.TestScript, neg bool, args []string) {
				expected := strings.Split(strings.TrimSuffix(ts.ReadFile("expected"), "\n"), "\n")
				ts.Check(ts.Chdir(root))
				_ = ts.Exec(args[0], args[1:]...) // a violation has an exit code of its own
				if missing, ok := shown(expected, strings.Split(ts.ReadFile("stdout"), "\n")); !ok {
					ts.Fatalf("the page says that this is printed, and it is not:\n%s", missing)
				}
			},
		},
	})
}

// transcript is a command of a page, and what the page says that it prints.
type transcript struct {
	command string
	output  []string
}

func transcripts(page string) (list []transcript) {
	fenced, begun := false, false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		command, is := strings.CutPrefix(line, "$ lockstep ")
		switch {
		case strings.HasPrefix(line, "```"):
			fenced, begun = !fenced, false
		case fenced && is:
			begun = true
			list = append(list, transcript{command: "lockstep " + command})
		case begun:
			last := &list[len(list)-1]
			last.output = append(last.output, line)
		}
	}
	return list
}

var seconds = regexp.MustCompile(`\d+(\.\d+)?m?s\b`)

// shown reports whether the lines are among those printed, in their order, and if
// not which is the first that is not.
func shown(expected, printed []string) (missing string, ok bool) {
	for _, line := range expected {
		want := pattern(line)
		for ; len(printed) > 0 && !want.MatchString(printed[0]); printed = printed[1:] {
		}
		if len(printed) == 0 {
			return line, false
		}
		printed = printed[1:]
	}
	return "", true
}

// pattern matches the line with other times and other runs of blanks, and with
// anything in the place of "...".
func pattern(line string) *regexp.Regexp {
	line = strings.Join(strings.Fields(seconds.ReplaceAllString(line, "TIME")), " ")
	p := regexp.QuoteMeta(line)
	p = strings.ReplaceAll(p, `\.\.\.`, `.*`)
	p = strings.ReplaceAll(p, "TIME", seconds.String())
	p = strings.ReplaceAll(p, " ", `\s+`)
	return regexp.MustCompile(`^\s*` + p + `\s*$`)
}

// The control: what is not printed is missed.
func TestDocsTranscriptsAreCompared(t *testing.T) {
	list := transcripts("$ lockstep no\n```\n$ lockstep eval '1'\n1\n\n$ lockstep eval '2'\n2\n```\n```\nother\n```\n")
	require.Equal(t, []transcript{{"lockstep eval '1'", []string{"1", ""}}, {"lockstep eval '2'", []string{"2"}}}, list)
	printed := []string{"ok  a  Go", "  7 states, 0.3s", "  f = (a :> 1 @@ b :> 2)"}
	for _, line := range []string{"ok a Go", "  7 states, 12.0s", "f = (... b :> 2)", ""} {
		_, ok := shown([]string{line}, append(printed, ""))
		require.True(t, ok, line)
	}
	for _, lines := range [][]string{{"ok  b  Go"}, {"  8 states, 0.3s"}, {"7 states"}, {"  7 states, 0.3s", "ok  a  Go"}, {"f = (... c :> 2)"}} {
		_, ok := shown(lines, printed)
		require.False(t, ok, lines)
	}
}
