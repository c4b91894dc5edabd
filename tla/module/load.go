package module

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/lockstep-go/lockstep/tla/stdlib"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// Load reads the module in file path with all that it extends and instantiates,
// and resolves them. Modules are looked for in the folder of the file, then in
// Options.Lib, then among the built-in ones. Errors come back as
// [syntax.Errors], several at once where possible.
func Load(path string, opts Options) (*Spec, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the module: %w", err)
	}
	return load(path, src, filepath.Dir(path), opts)
}

// LoadSource is Load for a text that is not in a file. The name is used in
// errors; modules are found through opts and among the built-in ones.
func LoadSource(name string, src []byte, opts Options) (*Spec, error) {
	return load(name, src, "", opts)
}

func load(file string, src []byte, dir string, opts Options) (*Spec, error) {
	l := &loader{
		spec: &Spec{
			Uses:   map[*syntax.Apply]*Use{},
			Defs:   map[*syntax.Ident]Object{},
			levels: map[syntax.Expr]Level{},
		},
		opts:    opts,
		dir:     dir,
		modules: map[string]*Module{},
		loading: map[string]bool{},
		aliases: map[Object]Object{},
	}
	l.builtin = builtinScope()
	l.spec.builtin, l.spec.opts, l.spec.dir = l.builtin, opts, dir
	l.spec.Root = l.module(file, src, "", false)
	l.replaceAliases()
	if len(l.errs) == 0 {
		l.checkLevels()
	}
	if len(l.errs) > 0 {
		sort.SliceStable(l.errs, func(i, j int) bool {
			return l.errs[i].File == l.errs[j].File && l.errs[i].Start.Before(l.errs[j].Start)
		})
		return l.spec, l.errs
	}
	return l.spec, nil
}

// loader is the state of one Load.
type loader struct {
	spec    *Spec
	opts    Options
	dir     string
	modules map[string]*Module // by name; nil for those that failed
	loading map[string]bool
	builtin *scope
	errs    syntax.Errors

	instances []*Instance       // all of them, those of LETs included
	aliases   map[Object]Object // see identify
}

func (l *loader) errorf(file string, at syntax.Span, format string, args ...any) {
	l.errs = append(l.errs, &syntax.Error{File: file, Span: at, Msg: fmt.Sprintf(format, args...)})
}

// module parses and resolves the text of a module. A name that is not empty is
// the one it must have.
func (l *loader) module(file string, src []byte, name string, builtin bool) *Module {
	tree, err := syntax.Parse(file, src)
	if err != nil {
		es, _ := syntax.AsErrors(err)
		l.errs = append(l.errs, es...)
	}
	if tree == nil {
		return nil
	}
	if name == "" {
		if base := filepath.Base(file); strings.HasSuffix(base, ".tla") && strings.TrimSuffix(base, ".tla") != tree.Name.Name {
			l.errorf(file, tree.Name.Span, "found the module name %s, expected %s, the name of the file",
				tree.Name.Name, strings.TrimSuffix(base, ".tla"))
		}
		name = tree.Name.Name
	} else if tree.Name.Name != name {
		l.errorf(file, tree.Name.Span, "found the module name %s, expected %s, the name of the file", tree.Name.Name, name)
	}
	l.loading[name] = true
	m := l.resolve(tree, nil, l.builtin, builtin)
	delete(l.loading, name)
	l.modules[name] = m
	return m
}

// find returns the module that EXTENDS or INSTANCE names at id in file; nil
// after recording an error.
func (l *loader) find(file string, id *syntax.Ident) *Module {
	if m, ok := l.modules[id.Name]; ok {
		return m
	}
	if l.loading[id.Name] {
		l.errorf(file, id.Span, "module %s depends on itself", id.Name)
		return nil
	}
	found, src, builtin, err := l.read(id.Name)
	if err != nil {
		l.errorf(file, id.Span, "%v", err)
		l.modules[id.Name] = nil
		return nil
	}
	return l.module(found, src, id.Name, builtin)
}

// read returns the text of the module of that name.
func (l *loader) read(name string) (file string, src []byte, builtin bool, err error) {
	if l.opts.Read != nil {
		if file, src, ok := l.opts.Read(name); ok {
			return file, src, false, nil
		}
	}
	var folders []string
	if l.dir != "" {
		folders = append(folders, l.dir)
	}
	folders = append(folders, l.opts.Lib...)
	for _, dir := range folders {
		file := filepath.Join(dir, name+".tla")
		src, err := os.ReadFile(file)
		if err == nil {
			return file, src, false, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", nil, false, fmt.Errorf("cannot read module %s: %w", name, err)
		}
	}
	if src, ok := stdlib.Source(name); ok {
		return name + ".tla", src, true, nil
	}
	where := "the built-in modules"
	if len(folders) > 0 {
		where = strings.Join(folders, ", ") + " and " + where
	}
	return "", nil, false, fmt.Errorf("cannot find module %s, looked in %s", name, where)
}
