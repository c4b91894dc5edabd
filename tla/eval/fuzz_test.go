package eval_test

import (
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lockstep-go/lockstep/tla/eval"
)

// Whatever is written as an expression has a value or is an error: nothing
// panics or runs on when it is interrupted.
func FuzzEvaluate(f *testing.F) {
	files, err := filepath.Glob("testdata/words/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no expressions", err)
	}
	t := &testing.T{}
	for _, file := range files {
		for _, c := range readWords(t, file).cases {
			f.Add(c.expr)
		}
	}
	f.Fuzz(func(t *testing.T, expr string) {
		if len(expr) > 300 || strings.Contains(expr, "Serialize") || strings.Contains(expr, "CSVWrite") {
			return
		}
		src := "---- MODULE M ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLES v, w\nE ==\n  " + expr + "\n====\n"
		m, err := loadGenerated(src)
		if err != nil {
			return
		}
		ref, ok := m.Program.Lookup("E")
		if !ok {
			return
		}
		e, err := m.Program.Expr(ref)
		if err != nil {
			return
		}
		var stop atomic.Bool
		defer time.AfterFunc(2*time.Second, func() { stop.Store(true) }).Stop()
		mach := eval.NewMachine(m.Program)
		mach.Interrupt = &stop
		v, err := mach.Eval(e, nil, nil)
		if err != nil {
			if _, ok := err.(*eval.Error); !ok {
				t.Errorf("%s: found %T %v, expected an *eval.Error", expr, err, err)
			}
			return
		}
		again, err := mach.Eval(e, nil, nil)
		if err != nil || again != v && !strings.Contains(expr, "TLCSet") {
			t.Errorf("%s: found %s and then %s %v", expr, mach.Local.Print(v), mach.Local.Print(again), err)
		}
		mach.Local.Print(v)
	})
}
