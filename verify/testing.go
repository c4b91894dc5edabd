package verify

import (
	"os"
	"strings"
	"testing"

	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Test verifies a system inside a Go test: a subtest a stage. Stages that are
// violated fail, and so do stages that came to no verdict, with one exception:
// what needs TLC is skipped, with the reason, where TLC is not installed and
// the variable LOCKSTEP_REQUIRE_TLC is not set. If o.TLC is nil, the installed
// TLC is used. Unless o says otherwise, no processes and no mutants are run.
func Test(t *testing.T, s System, o Options) {
	t.Helper()
	missing := false
	if o.TLC == nil {
		runner, err := tlc.Find(tlc.Options{})
		if err == nil {
			o.TLC = runner
		} else {
			missing, o.TLCMissing = true, err.Error()
		}
	}
	r, err := Run(t.Context(), []System{s}, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range r.Stages {
		t.Run(st.Group+"/"+st.Name, func(t *testing.T) {
			t.Log(st.Summary)
			if st.Verdict == OK {
				return
			}
			if missing && st.Verdict == Unknown && strings.Contains(st.Reason, o.TLCMissing) && os.Getenv("LOCKSTEP_REQUIRE_TLC") == "" {
				t.Skip(st.Reason)
			}
			t.Errorf("%s: %s\n%s", st.Verdict, st.Reason, strings.Join(st.Evidence, "\n"))
			if st.Reproduce != "" {
				t.Logf("to see it again: %s", st.Reproduce)
			}
		})
	}
}
