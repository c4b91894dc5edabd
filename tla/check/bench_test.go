//go:build unix

package check

import (
	"context"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// rms is a configuration of the commit protocol of Gray and Lamport with n
// resource managers.
func rms(n int) string {
	names := []string{"r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9"}
	return "CONSTANT RM = {" + strings.Join(names[:n], ", ") + "}\nSPECIFICATION Spec\nINVARIANTS TypeOK Consistent\n"
}

// benchmarks are models, by the folder of the specification.
var benchmarks = []struct {
	name, dir, module string
	cfg               string // its text, or the name of a file in dir
	long              bool
}{
	{"TwoPhase7", "testdata", "TwoPhase", rms(7), false},
	{"TwoPhase8", "testdata", "TwoPhase", rms(8), true},
	{"Expressions", "testdata", "Expressions", "CONSTANT N = 150\nINIT Init\nNEXT Next\n", false},
	{"twophase-three", "../../specs/twophase", "MCTwoPhase", "MCthree.cfg", false},
	{"paxos-three", "../../specs/paxos", "MCPaxos", "MCthree.cfg", false},
	{"paxos-crash", "../../specs/paxos", "MCPaxos", "MCcrash.cfg", true},
}

func benchmarkModel(b *testing.B, dir, root, cfg string) (*module.Spec, *config.Config, string) {
	if strings.HasSuffix(cfg, ".cfg") {
		text, err := os.ReadFile(dir + "/" + cfg)
		if err != nil {
			b.Skip(err)
		}
		cfg = string(text)
	}
	c, err := config.Parse("bench.cfg", []byte(cfg))
	if err != nil {
		b.Fatal(err)
	}
	s, err := module.Load(dir+"/"+root+".tla", module.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return s, c, cfg
}

// BenchmarkSearch explores with one worker and with two.
func BenchmarkSearch(b *testing.B) {
	for _, m := range benchmarks {
		for _, workers := range []int{1, 2} {
			b.Run(m.name+map[int]string{1: "/one", 2: "/two"}[workers], func(b *testing.B) {
				if m.long && testing.Short() {
					b.Skip("long")
				}
				s, c, _ := benchmarkModel(b, m.dir, m.module, m.cfg)
				b.ReportAllocs()
				var states int64
				for b.Loop() {
					model, err := New(s, c)
					if err != nil {
						b.Fatal(err)
					}
					r := model.Run(context.Background(), Options{Workers: workers})
					if r.Verdict != OK {
						b.Fatal(r.Verdict, r.Kind, r.Reasons)
					}
					states += r.Generated
					b.ReportMetric(float64(r.Bytes)/(1<<20), "MiB")
				}
				b.ReportMetric(float64(states)/b.Elapsed().Seconds(), "states/s")
			})
		}
	}
}

// cpu is the time that this process, or the children that it waited for, have
// spent, and the most memory that one took.
func cpu(who int) (time.Duration, int64) {
	var u syscall.Rusage
	if syscall.Getrusage(who, &u) != nil {
		return 0, 0
	}
	rss := int64(u.Maxrss)
	if runtime.GOOS != "darwin" {
		rss *= 1024
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), rss
}

// BenchmarkBesideTLC checks each model once by each engine, one worker each, and
// reports how many times as fast as TLC the engine is: by the clock, and by the
// processor time, which other work on the machine disturbs less. What TLC takes
// for a model of one state, which is Java's start, is taken off.
func BenchmarkBesideTLC(b *testing.B) {
	runner, err := tlc.Find(tlc.Options{})
	if err != nil || !runner.Installed() {
		b.Skip("TLC is not installed")
	}
	check := func(b *testing.B, dir, module, cfg string) (*tlc.Result, time.Duration, time.Duration) {
		before, _ := cpu(syscall.RUSAGE_CHILDREN)
		start := time.Now()
		r, err := runner.Check(context.Background(), tlc.Request{Modules: os.DirFS(dir), Module: module, Config: []byte(cfg), Workers: 1})
		if err != nil || r.Verdict != tlc.OK {
			b.Fatal(err, r)
		}
		wall := time.Since(start)
		after, _ := cpu(syscall.RUSAGE_CHILDREN)
		return r, wall, after - before
	}
	for _, m := range benchmarks {
		b.Run(m.name, func(b *testing.B) {
			if m.long && testing.Short() {
				b.Skip("long")
			}
			s, c, text := benchmarkModel(b, m.dir, m.module, m.cfg)
			for range b.N {
				_, wall0, cpu0 := check(b, "testdata", "Expressions", "CONSTANT N = 3\nINIT Init\nNEXT Next\n")
				t, wall, spent := check(b, m.dir, m.module, text)
				wall, spent = wall-wall0, spent-cpu0
				_, rss := cpu(syscall.RUSAGE_CHILDREN)

				before, _ := cpu(syscall.RUSAGE_SELF)
				start := time.Now()
				model, err := New(s, c)
				if err != nil {
					b.Fatal(err)
				}
				r := model.Run(context.Background(), Options{})
				ours := time.Since(start)
				after, own := cpu(syscall.RUSAGE_SELF)
				if r.Verdict != OK || r.Generated != t.Generated || r.Distinct != t.Distinct || r.Depth != t.Depth {
					b.Fatalf("found %s %d %d %d, TLC %s %d %d %d", r.Verdict, r.Generated, r.Distinct, r.Depth, t.Verdict, t.Generated, t.Distinct, t.Depth)
				}
				b.ReportMetric(wall.Seconds()/ours.Seconds(), "x-TLC")
				b.ReportMetric(spent.Seconds()/(after-before).Seconds(), "x-TLC-cpu")
				b.ReportMetric(float64(r.Generated)/ours.Seconds(), "states/s")
				b.ReportMetric(float64(t.Generated)/wall.Seconds(), "TLC-states/s")
				b.ReportMetric(float64(own)/(1<<20), "MiB-peak")
				b.ReportMetric(float64(rss)/(1<<20), "TLC-MiB-peak")
			}
		})
	}
}
