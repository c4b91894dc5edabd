// Package overlay makes builds that hold failpoints, from a tree that does not.
//
// A marker in the source, failpoint.Inject("name", func(v failpoint.Value) {...})
// of package impl/failpoint, compiles to nothing. [Write] has each marker
// rewritten by failpoint's own rewriter (github.com/pingcap/failpoint/code), in
// copies of the files outside the tree, and writes the JSON file by which
// `go build -overlay` takes the copies in place of the originals:
//
//	o, err := overlay.Write(dir, ".")
//	exec.Command("go", append([]string{"build", "-o", bin}, append(o.Flags(), "./cmd/lockstep")...)...)
//
// The rewritten marker calls Eval of impl/failpoint, not of the runtime, so
// that evaluations are counted and a term without a value runs no body. Lines
// stay those of the original files, in stack traces as in coverage.
//
// # Limits
//
// A marker's name is a string literal, and names one place. It is a statement
// of its own, within a function. Its body sets variables of the function around
// it; return and defer in it are refused, since they would mean another
// function once the body is spliced in.
package overlay

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
)

// bindingFile is the file that Write adds to each package with markers.
const bindingFile = "failpoint_binding.go"

// Overlay is a build with failpoints, ready to be made.
type Overlay struct {
	File     string   // the overlay's JSON file, an absolute path
	Declared []string // the full names of the failpoints it holds, sorted
}

// Flags returns the flags of go build, go test or go run for it.
func (o Overlay) Flags() []string {
	return []string{"-tags=failpoints", "-overlay=" + o.File}
}

// Write rewrites the files of the module around dir that hold markers, only
// those of the given packages if any are named (./x, ./x/..., or import
// paths), and puts the result into a folder below out. The folder is named
// after its contents: the same tree gives the same one, byte for byte, and
// builds of different trees side by side do not disturb each other. It is an
// error when there is no marker.
func Write(out, dir string, packages ...string) (Overlay, error) {
	m, err := scan(dir, packages)
	if err != nil {
		return Overlay{}, err
	}
	if len(m.files) == 0 {
		return Overlay{}, fmt.Errorf("found no failpoint in %s %v, expected at least one marker failpoint.Inject", m.dir, packages)
	}
	if out, err = filepath.Abs(out); err != nil {
		return Overlay{}, err
	}
	if within(m.dir, out) {
		return Overlay{}, fmt.Errorf("the overlay would go to %s, inside the module %s; expected a folder outside it", out, m.dir)
	}

	r, err := newRewriter()
	if err != nil {
		return Overlay{}, err
	}
	defer r.close()

	// What is written, by its path in the module.
	contents := map[string][]byte{}
	var order []string
	add := func(path string, text []byte) {
		contents[path] = text
		order = append(order, path)
	}
	for i, f := range m.files {
		text, err := r.file(f)
		if err != nil {
			return Overlay{}, err
		}
		add(f.path, text)
		if i+1 == len(m.files) || m.files[i+1].pkg != f.pkg {
			binding := path.Join(path.Dir(f.path), bindingFile)
			if _, err := os.Stat(filepath.Join(m.dir, binding)); err == nil {
				return Overlay{}, fmt.Errorf("found %s in the tree, where the overlay needs to add a file of that name", binding)
			}
			add(binding, m.binding(f))
		}
	}

	digest := sha256.New()
	fmt.Fprintf(digest, "%q\n", m.dir)
	for _, p := range order {
		fmt.Fprintf(digest, "%q %d\n%s", p, len(contents[p]), contents[p])
	}
	target := filepath.Join(out, hex.EncodeToString(digest.Sum(nil))[:16])
	o := Overlay{File: filepath.Join(target, "overlay.json"), Declared: m.declared()}

	replace := map[string]string{}
	for _, p := range order {
		replace[filepath.Join(m.dir, filepath.FromSlash(p))] = filepath.Join(target, filepath.FromSlash(p))
	}
	text, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return Overlay{}, err
	}
	add("overlay.json", append(text, '\n'))
	if have, err := os.ReadFile(o.File); err == nil && bytes.Equal(have, contents["overlay.json"]) {
		return o, nil // it is written last, so the rest is there
	}
	for _, p := range order {
		contents := contents[p]
		name := filepath.Join(target, filepath.FromSlash(p))
		if err := writeFile(name, contents); err != nil {
			return Overlay{}, err
		}
	}
	return o, nil
}

// Declared lists the full names of the failpoints that the source of the
// module around dir declares, sorted; only those of the given packages if any
// are named. A test that holds it against what runs have reached finds the
// markers that nothing exercises.
func Declared(dir string, packages ...string) ([]string, error) {
	m, err := scan(dir, packages)
	if err != nil {
		return nil, err
	}
	return m.declared(), nil
}

// binding returns the file by which the package of f names its failpoints.
func (m *module) binding(f file) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated by `go run ./chaos/failpoints`. DO NOT EDIT.\n\npackage %s\n\n", f.name)
	fmt.Fprintf(&b, "import _failpoint_ %q\n\n", markerPath)
	fmt.Fprintf(&b, "var _curpkg_ = _failpoint_.Declare(%q", f.pkg)
	for _, g := range m.files {
		if g.pkg == f.pkg {
			for _, mk := range g.markers {
				b.WriteString(",\n\t" + strconv.Quote(mk.name))
			}
		}
	}
	b.WriteString(",\n)\n")
	return b.Bytes()
}

// writeFile writes through a temporary file, so that a build that reads the
// same overlay meanwhile never finds half of it.
func writeFile(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(text)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
	return err
}
