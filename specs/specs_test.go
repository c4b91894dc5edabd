package specs

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const goodManifest = `{
  "spec": "Clock",
  "title": "An hour clock",
  "models": [
    {
      "name": "day",
      "size": "smoke",
      "module": "MCClock",
      "config": "MCday.cfg",
      "constants": {
        "Hands": "{h1, h2}",
        "Hours": "24",
        "Tick": "<- Slow"
      },
      "shows": "the clock stays within a day",
      "verdict": "ok",
      "generated": 25,
      "distinct": 24,
      "depth": 24,
      "unreached": [
        {
          "action": "Strike",
          "why": "the hour never changes"
        }
      ]
    },
    {
      "name": "stopped",
      "size": "standard",
      "module": "MCClock",
      "config": "MCstopped.cfg",
      "constants": {},
      "shows": "a clock may stop",
      "broken": "no fairness",
      "verdict": "violated",
      "kind": "temporal",
      "property": "Ticks",
      "generated": 2,
      "distinct": 1,
      "counterexample_depth": 1
    }
  ]
}
`

func files(change func(map[string]string)) fs.FS {
	m := map[string]string{
		"clock/manifest.json": goodManifest,
		"clock/Clock.tla":     "---- MODULE Clock ----\n====\n",
		"clock/MCClock.tla":   "---- MODULE MCClock ----\n====\n",
		"clock/MCday.cfg": "\\* A day. CONSTANT Nothing = 1\nSPECIFICATION Spec\nCONSTANTS\n  Hours = 24 (* of\n60 minutes *)\n  Hands = {h1,h2}\n" +
			"  Tick <- Slow\nINVARIANT TypeOK, InDay\nCHECK_DEADLOCK FALSE\n",
		"clock/MCstopped.cfg": "SPECIFICATION Spec\nPROPERTY Ticks\n",
	}
	if change != nil {
		change(m)
	}
	out := fstest.MapFS{}
	for name, text := range m {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestLoad(t *testing.T) {
	families, err := Load(files(nil))
	require.NoError(t, err)
	require.Len(t, families, 1)
	f := families[0]
	assert.Equal(t, "clock", f.Folder)
	assert.Equal(t, "Clock", f.Spec)
	m, err := f.Model("stopped")
	require.NoError(t, err)
	assert.Equal(t, "Ticks", m.Property)
	assert.True(t, m.Recorded())
	text, err := f.ConfigText(m)
	require.NoError(t, err)
	assert.Contains(t, string(text), "PROPERTY Ticks")
	_, err = f.Model("none")
	assert.ErrorContains(t, err, `no model "none": it has [day stopped]`)

	again, err := f.Encode()
	require.NoError(t, err)
	assert.Equal(t, goodManifest, string(again), "what is read is written back the same")
}

// Every entry of the manifest is held against something.
func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"spec": "Clock"`, `"spec": "Watch"`, "clock/manifest.json:1: spec Watch"},
		{`"spec": "Clock"`, `"spec": "../clock/Clock"`, "is not the name of a file beside the manifest"},
		{`"title": "An hour clock"`, `"title": ""`, "expected a spec, a title and at least one model"},
		{`"title": "An hour clock"`, `"titel": ""`, `manifest.json:3: unknown field "titel"`},
		{`"title": "An hour clock"`, `"title": "a", "title": "b"`, "a second time"},
		{`"title": "An hour clock"`, `"title": 3`, "manifest.json:3: title:"},
		{`"title": "An hour clock",`, `"title": "An hour clock"`, "manifest.json:4: invalid character"},
		{`"name": "stopped"`, `"name": "day"`, `manifest.json:27: a second model named "day"`},
		{`"name": "stopped"`, `"nom": "stopped"`, `manifest.json:27: model 2: json: unknown field "nom"`},
		{`"name": "stopped",`, `"name": "stopped"`, `manifest.json:29: invalid character`},
		{`"name": "stopped"`, `"name": ""`, "no name"},
		{`"size": "standard"`, `"size": "huge"`, `manifest.json:27: model "stopped": size "huge"`},
		{`"module": "MCClock"`, `"module": "MCMissing"`, "module MCMissing"},
		{`"config": "MCday.cfg"`, `"config": "MCmissing.cfg"`, "config MCmissing.cfg"},
		{`"Hours": "24"`, `"Hours": "12"`, `manifest.json:5: model "day": constant Hours is "12", but MCday.cfg has "24"`},
		{`"Hours": "24",`, ``, `constant Hours of MCday.cfg ("24") is not listed`},
		{`"Hours": "24"`, `"Hours": "24", "Years": "2"`, "constant Years is not assigned in MCday.cfg"},
		{`"Tick": "<- Slow"`, `"Tick": "Slow"`, `constant Tick is "Slow"`},
		{`"Tick": "<- Slow"`, `"Tick": "%"`, `is no value of a configuration`},
		{`"shows": "a clock may stop"`, `"shows": ""`, "expected one sentence"},
		{`"verdict": "ok"`, `"verdict": "fine"`, `verdict "fine", expected ok or violated`},
		{`"verdict": "ok"`, `"verdict": "ok", "kind": "temporal"`, "for violated models"},
		{`"kind": "temporal"`, `"kind": "tempora"`, `kind "tempora", expected one of`},
		{`"kind": "temporal"`, `"kind": "invariant"`, ""},
		{`"kind": "temporal"`, `"kind": "deadlock"`, `has no property, found "Ticks"`},
		{`"property": "Ticks"`, `"property": "Tocks"`, `must have it as its only PROPERTY, found ["Ticks"]`},
		{`"distinct": 24`, `"distinct": 26`, "26 distinct states of 25 generated"},
		{`"distinct": 24`, `"distinct": 24, "seconds": {"go": -1}`, "seconds are below 0"},
		{`"title": "An hour clock",`, `"title": "An hour clock", "exceptions": [{"module": "MCNone", "rule": "long", "why": "x"}],`, `exception 1: no model has the module "MCNone"`},
		{`"title": "An hour clock",`, `"title": "An hour clock", "exceptions": [{"module": "MCClock", "rule": "long"}],`, "expected a module, a rule and why"},
		{`"title": "An hour clock",`, `"title": "An hour clock", "exceptions": [{"module": "MCClock", "rule": "long", "why": "x"}, {"module": "MCClock", "rule": "long", "why": "y"}],`, "a second one"},
		{`"generated": 25`, `"generated": -1`, "a figure is below 0"},
		{`"generated": 25`, `"generated": 2.5`, "model 1: json: cannot unmarshal"},
		{`"why": "the hour never changes"`, `"why": ""`, `unreached action "Strike"`},
		{`"counterexample_depth": 1`, `"counterexample_depth": 1, "unreached": [{"action": "A", "why": "b"}]`, "unreached and vacuous are for models that are ok"},
		{`"counterexample_depth": 1`, `"counterexample_depth": 1, "vacuous": ["P"]`, "unreached and vacuous are for models that are ok"},
	} {
		require.Contains(t, goodManifest, c.old)
		_, err := Load(files(func(m map[string]string) {
			m["clock/manifest.json"] = strings.Replace(goodManifest, c.old, c.new, 1)
		}))
		if c.want == "" {
			assert.NoError(t, err)
			continue
		}
		assert.ErrorContains(t, err, c.want, c.new)
	}
	for name, text := range map[string]string{
		"nothing":       "",
		"a list":        "[]",
		"cut off":       goodManifest[:len(goodManifest)-4],
		"more than one": goodManifest + "{}",
		"no models":     `{"spec": "Clock", "title": "x", "models": []}`,
	} {
		_, err := Load(files(func(m map[string]string) { m["clock/manifest.json"] = text }))
		assert.ErrorContains(t, err, "clock/manifest.json:", name)
	}
}

func TestLoadRefusesConfigurations(t *testing.T) {
	for old, c := range map[string]struct{ new, want string }{
		"Hours = 24":      {"Hours = 12", `constant Hours is "24", but MCday.cfg has "12"`},
		"Hands = {h1,h2}": {"Hands = {h1,h2", "MCday.cfg:6: constant Hands: expected = or <- and a value"},
		"Tick <- Slow":    {"Tick", "MCday.cfg:7: constant Tick: expected = or <-"},
		"SPECIFICATION":   {"Hello", `MCday.cfg:2: expected a keyword such as CONSTANT, found "Hello"`},
		"CHECK_DEADLOCK":  {"%", "MCday.cfg:9: expected a name"},
		"INVARIANT":       {"CONSTANT Hours = 24", "assigned a second time"},
	} {
		_, err := Load(files(func(m map[string]string) {
			changed := strings.Replace(m["clock/MCday.cfg"], old, c.new, 1)
			require.NotEqual(t, m["clock/MCday.cfg"], changed)
			m["clock/MCday.cfg"] = changed
		}))
		assert.ErrorContains(t, err, c.want, c.new)
	}
}

func TestFoldersWithoutAManifest(t *testing.T) {
	_, err := Load(files(func(m map[string]string) { delete(m, "clock/manifest.json") }))
	assert.ErrorContains(t, err, "clock/manifest.json")
	families, err := Load(fstest.MapFS{"docs/readme.txt": &fstest.MapFile{}, "x.txt": &fstest.MapFile{}})
	require.NoError(t, err)
	assert.Empty(t, families)
}

// The specifications that the binary carries are in order.
func TestEmbedded(t *testing.T) {
	families, err := Load(FS)
	require.NoError(t, err)
	require.NotEmpty(t, families)
	for _, f := range families {
		used := map[string]bool{}
		for _, m := range f.Models {
			assert.True(t, m.Recorded(), "%s: model %s has no figures: record them", f.Folder, m.Name)
			used[m.Config] = true
		}
		configs, err := fs.Glob(f.Files, "*.cfg")
		require.NoError(t, err)
		for _, c := range configs {
			assert.True(t, used[c], "%s/%s is the configuration of no model: list it in the manifest", f.Folder, c)
		}
	}
}

// A folder may use the modules of another, and of no folder more than it needs.
func TestUses(t *testing.T) {
	using := func(uses string, change func(map[string]string)) fs.FS {
		return files(func(m map[string]string) {
			m["clock/manifest.json"] = strings.Replace(goodManifest, `"models"`, `"uses": `+uses+`, "models"`, 1)
			m["clock/Clock.tla"] = "---- MODULE Clock ----\nEXTENDS Time\n====\n"
			m["time/Time.tla"] = "---- MODULE Time ----\n====\n"
			m["time/MCtime.cfg"] = "SPECIFICATION Spec\n"
			if change != nil {
				change(m)
			}
		})
	}
	f, err := LoadFamily(using(`["time"]`, nil), "clock")
	require.NoError(t, err)
	modules, err := fs.Glob(f.Files, "*")
	require.NoError(t, err)
	assert.Equal(t, []string{"Clock.tla", "MCClock.tla", "MCday.cfg", "MCstopped.cfg", "Time.tla", "manifest.json"}, modules)
	text, err := fs.ReadFile(f.Files, "Time.tla")
	require.NoError(t, err)
	assert.Contains(t, string(text), "MODULE Time")
	_, err = fs.Stat(f.Files, "MCtime.cfg")
	assert.ErrorIs(t, err, fs.ErrNotExist, "modules only")

	for want, c := range map[string]struct {
		uses   string
		change func(map[string]string)
	}{
		"uses space, which has no modules":                           {uses: `["space"]`},
		"is not the name of a folder beside this one":                {uses: `["../time"]`},
		"but Clock.tla is in clock and in clock":                     {uses: `["clock"]`},
		"but Time.tla is in time and in time":                        {uses: `["time", "time"]`},
		"uses time, but no module here names one of its modules":     {uses: `["time"]`, change: func(m map[string]string) { m["clock/Clock.tla"] = "" }},
		"but MCClock.tla is in clock and in time":                    {uses: `["time"]`, change: func(m map[string]string) { m["time/MCClock.tla"] = "" }},
		"clock/manifest.json:4: uses: json: cannot unmarshal string": {uses: `"time"`},
	} {
		_, err := LoadFamily(using(c.uses, c.change), "clock")
		assert.ErrorContains(t, err, want)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(goodManifest))
	f.Add([]byte(`{"models": [{}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, lines, err := decode("f", text)
		if err == nil && len(lines) != len(m.Models) {
			t.Fatalf("%d lines for %d models", len(lines), len(m.Models))
		}
	})
}

func FuzzReadConfig(f *testing.F) {
	f.Add([]byte("CONSTANTS A = {1, 2} B <- [M] C \\* x\nINVARIANT I"))
	f.Add([]byte("CONSTANT A = [M] {"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := readConfig("f", text)
		if err != nil {
			return
		}
		for name, value := range c.constants {
			if again, err := normal(value); err != nil || again != value {
				t.Fatalf("constant %s: %q reads back as %q, %v", name, value, again, err)
			}
		}
	})
}
