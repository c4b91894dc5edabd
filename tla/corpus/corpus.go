// Package corpus holds small specifications and what TLC says of each.
//
//	cases, err := corpus.All()
//	for _, c := range cases {
//		spec, err := module.LoadSource(c.Module+".tla", c.Source(), module.Options{Read: c.Read})
//		...
//		// c.Answer is the verdict and the figures that TLC came to
//	}
//
// A specification shows one feature of the language, or one habit of those who
// write it. They lie in folders by subject; a configuration beside them is a
// case. Clock.cfg is a configuration of Clock.tla, and so is Clock-broken.cfg:
// what follows the first hyphen tells configurations apart. Every specification
// that has a case without an error has one with an error too, so that no
// specification passes for want of anything to find.
//
// The answers are in the file tlc.json of each folder. They are recorded, never
// written by hand:
//
//	go test ./tla/corpus -run TestRecord -record
//
// records those that are missing or whose files have changed since; with
// -record=all, or the name of a folder or a case (-record=actions/Choose), it
// records those anew. The diff is to be read before it is committed.
package corpus

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
)

//go:embed */*.tla */*.cfg */tlc.json
var files embed.FS

// AnswersName is the name of the file of answers in each folder.
const AnswersName = "tlc.json"

// Case is a specification with a configuration, and TLC's answer.
type Case struct {
	Folder string // by subject
	Name   string // of the configuration, without .cfg
	Module string // the root module
	Config []byte // the text of the configuration

	// Answer is what TLC says; nil if it is not recorded, or the files have
	// changed since.
	Answer *Answer

	files fs.FS
}

// Answer is what TLC says of a case, with one worker.
type Answer struct {
	// Files is a hash of the modules and the configuration.
	Files string `json:"files"`

	// Verdict is ok, violated or unknown. Kind and Property say what is
	// violated, or why there is no verdict, in the words of package tlc.
	Verdict  string `json:"verdict"`
	Kind     string `json:"kind,omitempty"`
	Property string `json:"property,omitempty"`
	Exit     int    `json:"exit"` // TLC's exit status

	// The figures; all 0 if TLC did not come that far. Left is the number of
	// states on its queue.
	Generated int64 `json:"generated"`
	Distinct  int64 `json:"distinct"`
	Left      int64 `json:"left,omitempty"`
	Depth     int   `json:"depth"`

	// Actions tells, if there is no error and no property, of each action of the
	// next-state relation how many new states it found and how often it was
	// taken: "Send 3:12".
	Actions []string `json:"actions,omitempty"`

	// Trace is the counterexample, or the way to the error: of each state the
	// name of the action and the values of the variables, as TLC prints them.
	Trace []string `json:"trace,omitempty"`

	// Printed are the lines that the specification printed.
	Printed []string `json:"printed,omitempty"`

	// Error is TLC's message, in one line, of an error that is none of the
	// model's claims. At are the places that TLC names in it, outermost first.
	Error string   `json:"error,omitempty"`
	At    []string `json:"at,omitempty"`
}

// Path returns the folder and the name.
func (c Case) Path() string { return c.Folder + "/" + c.Name }

// Source returns the text of the root module.
func (c Case) Source() []byte {
	_, src, _ := c.Read(c.Module)
	return src
}

// Read returns a module of the case's folder; it is meant for module.Options.
func (c Case) Read(name string) (file string, src []byte, ok bool) {
	file = path.Join(c.Folder, name+".tla")
	src, err := fs.ReadFile(c.files, file)
	return file, src, err == nil
}

// Modules returns the folder's modules, as package tlc takes them.
func (c Case) Modules() (fs.FS, error) { return fs.Sub(c.files, c.Folder) }

// All returns the cases by folder and name. An answer without a case is an
// error.
func All() ([]Case, error) {
	cases, stale, err := load(files)
	if err == nil && len(stale) > 0 {
		return nil, fmt.Errorf("%s has an answer and no configuration; record its folder anew", stale[0])
	}
	return cases, err
}

// load also returns the answers without a case.
func load(fsys fs.FS) (cases []Case, stale []string, err error) {
	configs, err := fs.Glob(fsys, "*/*.cfg")
	if err != nil {
		return nil, nil, err
	}
	if len(configs) == 0 {
		return nil, nil, errors.New("no configuration found")
	}
	sort.Strings(configs)
	answers := map[string]map[string]*Answer{}
	for _, file := range configs {
		folder, name := path.Dir(file), strings.TrimSuffix(path.Base(file), ".cfg")
		root, _, _ := strings.Cut(name, "-")
		c := Case{Folder: folder, Name: name, Module: root, files: fsys}
		if c.Config, err = fs.ReadFile(fsys, file); err != nil {
			return nil, nil, err
		}
		if _, _, ok := c.Read(root); !ok {
			return nil, nil, fmt.Errorf("%s: expected the module %s/%s.tla beside it", file, folder, root)
		}
		if answers[folder] == nil {
			if answers[folder], err = readAnswers(fsys, folder); err != nil {
				return nil, nil, err
			}
		}
		if a := answers[folder][name]; a != nil {
			delete(answers[folder], name)
			if a.Files == c.hash() {
				c.Answer = a
			}
		}
		cases = append(cases, c)
	}
	for folder, left := range answers {
		for name := range left {
			stale = append(stale, folder+"/"+name)
		}
	}
	sort.Strings(stale)
	return cases, stale, nil
}

// hash covers the configuration and the folder's modules that the case reads:
// its root, and those that are named in one it reads.
func (c Case) hash() string {
	h := sha256.New()
	h.Write(c.Config)
	read := map[string]bool{}
	queue := []string{c.Module}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		_, src, ok := c.Read(name)
		if !ok || read[name] {
			continue
		}
		read[name] = true
		fmt.Fprintf(h, "\x00%s\x00", name)
		h.Write(src)
		queue = append(queue, words(src)...)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// words returns what could be names of modules.
func words(src []byte) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range bytes.FieldsFunc(src, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		if s := string(w); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func readAnswers(fsys fs.FS, folder string) (map[string]*Answer, error) {
	file := path.Join(folder, AnswersName)
	text, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]*Answer{}, nil
	}
	if err != nil {
		return nil, err
	}
	out := map[string]*Answer{}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&out); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return out, nil
}
