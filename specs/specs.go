// Package specs holds the specifications: one folder a protocol, embedded into
// the binary, each with a manifest of the models that check it.
//
// # The manifest
//
// manifest.json names the specification and lists its models. A model is a
// configuration of TLC with what must come of it:
//
//	{
//	  "spec": "TwoPhase",
//	  "title": "Two-phase commit with presumed abort",
//	  "uses": ["log"],
//	  "models": [
//	    {
//	      "name": "smoke", "size": "smoke",
//	      "module": "MCTwoPhase", "config": "MCsmoke.cfg",
//	      "constants": {"Participants": "{p1, p2}", "MayLose": "<- Never1"},
//	      "shows": "two participants, every fault but lost messages",
//	      "verdict": "ok",
//	      "generated": 1234, "distinct": 567, "depth": 21,
//	      "seconds": {"go": 0.1, "tlc": 1.9},
//	      "unreached": [{"action": "Lose", "why": "messages are not lost in this model"}]
//	    }
//	  ],
//	  "exceptions": [{"module": "MCTCommit", "rule": "long", "why": "the standard model has all there is"}]
//	}
//
// "uses" names other folders whose modules the modules of this one extend or
// instantiate, and is left out when there are none. It is not transitive.
//
// Nothing in it is decoration. Load holds it against the files beside it: the
// constants must be those of the configuration, all of them and no other. The
// package verify/models holds it against what a model checker finds.
package specs

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// FS holds the folders of the specifications.
//
//go:embed */*.tla */*.cfg */manifest.json
var FS embed.FS

// ManifestName is the name of the manifest in each folder.
const ManifestName = "manifest.json"

// Manifest is the content of a manifest.json.
type Manifest struct {
	Spec  string `json:"spec"`  // the module that specifies the protocol
	Title string `json:"title"` // one line

	// Uses names the folders whose modules are needed beside those of this one.
	Uses []string `json:"uses,omitempty"`

	Models []Model `json:"models"`

	// Exceptions are what the models leave out knowingly.
	Exceptions []Exception `json:"exceptions,omitempty"`
}

// Exception is one rule of a whole manifest that a module of models does not
// keep (see package verify/models, Gaps), and the reason.
type Exception struct {
	Module string `json:"module"` // of models, as in Model.Module
	Rule   string `json:"rule"`   // as Gap.Rule in package verify/models
	Why    string `json:"why"`
}

// Model is one model of a specification and what must come of it.
type Model struct {
	Name string `json:"name"`

	// Size is "smoke" (seconds), "standard" (within the pipeline's time) or
	// "long".
	Size string `json:"size"`

	Module string `json:"module"` // the root module, without .tla
	Config string `json:"config"` // the file of the configuration

	// Constants are those of the configuration, as it writes them; one that is
	// substituted has "<- " before the definition's name.
	Constants map[string]string `json:"constants"`

	// Shows says in one sentence what the model shows.
	Shows string `json:"shows"`

	// Broken says what is wrong in a variant that is broken on purpose, and
	// is empty for all others.
	Broken string `json:"broken,omitempty"`

	// Verdict is "ok" or "violated". Kind and Property say of a violated model
	// what is violated: Kind is one of Kinds, and Property is named for the
	// kinds that are about a named invariant or property.
	Verdict  string `json:"verdict"`
	Kind     string `json:"kind,omitempty"`
	Property string `json:"property,omitempty"`

	// Figures of the search, by TLC with one worker: states generated,
	// distinct states, depth, and the number of states in the counterexample.
	// TLC gives no depth when a temporal property is violated. All 0 means not
	// recorded yet, which no check accepts.
	Generated           int64 `json:"generated"`
	Distinct            int64 `json:"distinct"`
	Depth               int   `json:"depth,omitempty"`
	CounterexampleDepth int   `json:"counterexample_depth,omitempty"`

	// Seconds is how long the search took when it was recorded. It is for the
	// reader, and never compared.
	Seconds Seconds `json:"seconds,omitzero"`

	// Unreached lists the actions that this model knowingly never takes.
	Unreached []Unreached `json:"unreached,omitempty"`

	// Vacuous lists the parts of its properties that say nothing of this model,
	// P => Q in which P is never true and \A x \in S : Q in which S is always
	// empty, each as "Property: Definition: antecedent". It is recorded with the
	// figures. A model that is left to TLC has none.
	Vacuous []string `json:"vacuous,omitempty"`
}

// Unreached is an action that a model never takes, and the reason.
type Unreached struct {
	Action string `json:"action"`
	Why    string `json:"why"`
}

// Seconds is the time of a search, by each of the model checkers with one worker,
// in seconds of two digits; 0 if it was not measured.
type Seconds struct {
	Go  float64 `json:"go,omitempty"`
	TLC float64 `json:"tlc,omitempty"`
}

// Recorded reports whether the model's figures are recorded.
func (m Model) Recorded() bool { return m.Generated > 0 }

// Sizes and Kinds are the values that the manifest may have for them.
var (
	Sizes = []string{"smoke", "standard", "long"}
	Kinds = []string{"assumption", "deadlock", "invariant", "initial property", "action property", "temporal", "assert"}
)

// Family is one folder: a specification with its modules and models.
type Family struct {
	Folder string // "twophase"
	Manifest
	Files fs.FS // the folder, with the modules of those that it uses
	Own   fs.FS // the folder alone; nil is as Files
}

// Model returns the named model.
func (f Family) Model(name string) (Model, error) {
	var names []string
	for _, m := range f.Models {
		if m.Name == name {
			return m, nil
		}
		names = append(names, m.Name)
	}
	return Model{}, fmt.Errorf("specs/%s has no model %q: it has %v", f.Folder, name, names)
}

// ConfigText returns the text of the model's configuration.
func (f Family) ConfigText(m Model) ([]byte, error) { return fs.ReadFile(f.Files, m.Config) }

// Load reads and checks the manifests of all folders that have one, in the
// order of their names. A folder with modules and no manifest is an error.
// Errors name file and line.
func Load(fsys fs.FS) ([]Family, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("specs: %w", err)
	}
	var families []Family
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		folder, err := fs.Sub(fsys, e.Name())
		if err != nil {
			return nil, fmt.Errorf("specs: %w", err)
		}
		modules, err := fs.Glob(folder, "*.tla")
		if err != nil {
			return nil, fmt.Errorf("specs: %w", err)
		}
		if _, err := fs.Stat(folder, ManifestName); err != nil && len(modules) == 0 {
			continue
		}
		f, err := LoadFamily(fsys, e.Name())
		if err != nil {
			return nil, err
		}
		families = append(families, f)
	}
	slices.SortFunc(families, func(a, b Family) int {
		switch {
		case a.Folder < b.Folder:
			return -1
		case a.Folder > b.Folder:
			return 1
		}
		return 0
	})
	return families, nil
}

// LoadFamily reads and checks one folder of fsys.
func LoadFamily(fsys fs.FS, folder string) (Family, error) {
	files, err := fs.Sub(fsys, folder)
	if err != nil {
		return Family{}, fmt.Errorf("specs: %w", err)
	}
	file := path.Join(folder, ManifestName)
	text, err := fs.ReadFile(files, ManifestName)
	if err != nil {
		return Family{}, fmt.Errorf("specs: %s: %w", file, err)
	}
	manifest, lines, err := decode(file, text)
	if err != nil {
		return Family{}, fmt.Errorf("specs: %w", err)
	}
	f := Family{Folder: folder, Manifest: manifest, Files: files, Own: files}
	if err := f.check(file, lines); err != nil {
		return Family{}, fmt.Errorf("specs: %w", err)
	}
	if f.Files, err = f.withUsed(fsys); err != nil {
		return Family{}, fmt.Errorf("specs: %s:1: %w", file, err)
	}
	return f, nil
}
