package lockstep_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/specs"
)

var rewriteTables = flag.Bool("rewrite", false, "write the tables of models in docs/ anew")

// A table of models in a chapter stands between two comments, of which the first
// names a folder of specs/ and modules of models:
//
//	<!-- models of raft: MCRaft, MCPreVote -->
//	<!-- end of models -->
var modelTable = regexp.MustCompile(`(?s)<!-- models of (\w+): ([\w, ]+) -->\n(.*?)<!-- end of models -->\n`)

// The chapters name every model, and where they have a table of models it is what
// the manifest says. To write the tables: go test . -run TestModelTables -rewrite
func TestModelTables(t *testing.T) {
	families, err := specs.Load(specs.FS)
	require.NoError(t, err)
	var all strings.Builder
	seen := map[string]bool{}
	chapters, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	for _, chapter := range chapters {
		text, err := os.ReadFile(chapter)
		require.NoError(t, err)
		now := modelTable.ReplaceAllStringFunc(string(text), func(table string) string {
			found := modelTable.FindStringSubmatch(table)
			at := slices.IndexFunc(families, func(f specs.Family) bool { return f.Folder == found[1] })
			require.GreaterOrEqual(t, at, 0, "%s: there is no folder specs/%s", chapter, found[1])
			modules := strings.Split(found[2], ", ")
			for _, m := range modules {
				key := found[1] + "/" + m
				assert.False(t, seen[key], "%s: a second table of %s", chapter, key)
				assert.True(t, slices.ContainsFunc(families[at].Models, func(x specs.Model) bool { return x.Module == m }), "%s: there is no model of %s", chapter, key)
				seen[key] = true
			}
			return fmt.Sprintf("<!-- models of %s: %s -->\n%s<!-- end of models -->\n", found[1], found[2], tableOf(families[at], modules))
		})
		all.WriteString(now)
		if *rewriteTables {
			require.NoError(t, os.WriteFile(chapter, []byte(now), 0o644))
			continue
		}
		was, is := strings.Split(string(text), "\n"), strings.Split(now, "\n")
		for i := range min(len(was), len(is)) {
			if was[i] != is[i] {
				t.Errorf("%s:%d: a table of models is not what the manifest says: go test . -run TestModelTables -rewrite\nexpected %s\nfound    %s", chapter, i+1, is[i], was[i])
				break
			}
		}
		assert.Equal(t, len(is), len(was), "%s: lines", chapter)
	}
	for _, f := range families {
		for _, m := range f.Models {
			if !strings.Contains(all.String(), "`"+m.Name+"`") {
				t.Errorf("no chapter names the model %s/%s", f.Folder, m.Name)
			}
		}
	}
}

// tableOf is a table of the models of some modules: of each those that are ok and
// then those that must fail, in the manifest's order.
func tableOf(f specs.Family, modules []string) string {
	var b strings.Builder
	b.WriteString("| model | size | shows | distinct states |\n|---|---|---|---:|\n")
	row := func(module, verdict string) {
		for _, m := range f.Models {
			if m.Verdict != verdict || m.Module != module {
				continue
			}
			shows := m.Shows
			if m.Property != "" {
				shows += " Violates `" + m.Property + "`"
				if m.CounterexampleDepth > 0 {
					shows += fmt.Sprintf(", after %d states", m.CounterexampleDepth)
				}
				shows += "."
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", m.Name, m.Size, strings.ReplaceAll(shows, "|", `\|`), grouped(m.Distinct))
		}
	}
	for _, module := range modules {
		row(module, "ok")
		row(module, "violated")
	}
	return b.String()
}

// grouped is a number with commas.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
