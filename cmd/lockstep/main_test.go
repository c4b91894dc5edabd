package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"

	"github.com/lockstep-go/lockstep/tla/tlc"
)

var rewrite = flag.Bool("rewrite", false, "rewrite the transcripts that cmp compares")

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"lockstep": main}) }

// The scripts are in testdata/script, one or more a verb. Those that begin
// with [!tlc] skip need Java and TLC; with LOCKSTEP_REQUIRE_TLC set they may not
// be left out.
func TestScripts(t *testing.T) {
	_, err := tlc.Find(tlc.Options{})
	if os.Getenv("LOCKSTEP_REQUIRE_TLC") != "" {
		assert.NoError(t, err)
	}
	cache, _ := os.UserCacheDir()
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *rewrite,
		Condition:     func(cond string) (bool, error) { return cond == "tlc" && err == nil, nil },
		Setup: func(e *testscript.Env) error {
			// The jar is in the user's cache, and a script has a home of its own.
			if err == nil && os.Getenv(tlc.JarVariable) == "" {
				e.Setenv("XDG_CACHE_HOME", cache)
			}
			for _, name := range []string{tlc.JarVariable, "JAVA_HOME"} {
				if v := os.Getenv(name); v != "" {
					e.Setenv(name, v)
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// exits CODE PROGRAM ARGS...: runs it, and wants that exit code.
			"exits": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) < 2 {
					ts.Fatalf("usage: exits CODE PROGRAM ARGS...")
				}
				err := ts.Exec(args[1], args[2:]...)
				code := "0"
				if err != nil {
					code = strings.TrimPrefix(err.Error(), "exit status ")
				}
				if code != args[0] {
					ts.Fatalf("%v: exit code %s, expected %s", args[1:], code, args[0])
				}
			},
			// waitfor FILE waits until it is there.
			"waitfor": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 1 {
					ts.Fatalf("usage: waitfor FILE")
				}
				tick := time.NewTicker(10 * time.Millisecond)
				defer tick.Stop()
				for late := time.After(time.Minute); ; {
					if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
						return
					}
					select {
					case <-tick.C:
					case <-late:
						ts.Fatalf("%s is not there after a minute", args[0])
					}
				}
			},
		},
	})
}

func TestCommandIsForAShell(t *testing.T) {
	assert.Equal(t, `lockstep chaos twophase --seed=7 'a b' 'it'\''s' ''`, command([]string{"chaos", "twophase", "--seed=7", "a b", "it's", ""}))
}
