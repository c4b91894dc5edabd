package specs

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// union is a folder together with the modules of other folders: everything of
// the first, and the *.tla of the rest.
type union []fs.FS

// Open opens a file of the first folder that has it.
func (u union) Open(name string) (fs.File, error) {
	file, err := u[0].Open(name)
	if err == nil || path.Ext(name) != ".tla" {
		return file, err
	}
	for _, folder := range u[1:] {
		if file, other := folder.Open(name); other == nil {
			return file, nil
		}
	}
	return nil, err
}

// ReadDir lists what can be opened.
func (u union) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(u[0], name)
	if err != nil || name != "." {
		return entries, err
	}
	for _, folder := range u[1:] {
		more, err := fs.ReadDir(folder, ".")
		if err != nil {
			return nil, err
		}
		for _, e := range more {
			if path.Ext(e.Name()) == ".tla" {
				entries = append(entries, e)
			}
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

var tlaName = regexp.MustCompile(`\w+`)

// withUsed returns the files of the family with the modules of the folders
// that it uses, all of which must be there, be needed, and have names of their
// own.
func (f Family) withUsed(fsys fs.FS) (fs.FS, error) {
	if len(f.Uses) == 0 {
		return f.Files, nil
	}
	words, from := map[string]bool{}, map[string]string{}
	own, err := fs.Glob(f.Files, "*.tla")
	if err != nil {
		return nil, err
	}
	for _, file := range own {
		text, err := fs.ReadFile(f.Files, file)
		if err != nil {
			return nil, err
		}
		for _, w := range tlaName.FindAllString(string(text), -1) {
			words[w] = true
		}
		from[file] = f.Folder
	}
	all := union{f.Files}
	for _, used := range f.Uses {
		if !fs.ValidPath(used) || path.Base(used) != used {
			return nil, fmt.Errorf("uses %q, which is not the name of a folder beside this one", used)
		}
		folder, err := fs.Sub(fsys, used)
		if err != nil {
			return nil, err
		}
		files, err := fs.Glob(folder, "*.tla")
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("uses %s, which has no modules", used)
		}
		named := false
		for _, file := range files {
			if other, ok := from[file]; ok {
				return nil, fmt.Errorf("uses %s, but %s is in %s and in %s", used, file, other, used)
			}
			from[file] = used
			named = named || words[strings.TrimSuffix(file, ".tla")]
		}
		if !named {
			return nil, fmt.Errorf("uses %s, but no module here names one of its modules", used)
		}
		all = append(all, folder)
	}
	return all, nil
}
