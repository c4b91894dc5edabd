package models

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// statesMax bounds the models that TestLargerModels takes, in states generated.
const statesMax = 500_000

// The larger models, too, do what their manifests record, by the Go engine.
// LOCKSTEP_MODELS names the sizes, as in standard,long; -run picks a folder.
func TestLargerModels(t *testing.T) {
	sizes := os.Getenv("LOCKSTEP_MODELS")
	if sizes == "" {
		t.Skip("takes minutes; set LOCKSTEP_MODELS to standard, long or both")
	}
	families, err := specs.Load(specs.FS)
	require.NoError(t, err)
	for _, f := range families {
		for _, m := range f.Models {
			if !strings.Contains(","+sizes+",", ","+m.Size+",") || m.Generated > statesMax {
				continue
			}
			t.Run(f.Folder+"/"+m.Name, func(t *testing.T) {
				out := Engines{Missing: "left to the pipeline"}.Check(t.Context(), f, m, Options{})
				if out.Note != "" {
					assert.Equal(t, tlc.Unknown, out.Verdict, "what is not checked is no pass")
					t.Skip(out.Note)
				}
				assert.Equal(t, tlc.OK, out.Verdict, "%s\n%s", out.Reason, strings.Join(out.Evidence, "\n"))
			})
		}
	}
}
