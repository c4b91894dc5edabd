package check

import (
	"fmt"
	"os"

	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/value"
)

// named is a compiled formula with its name and place.
type named struct {
	name string
	expr *eval.Expr
	at   Position
}

// Model is a specification with its configuration, compiled.
type Model struct {
	Spec    *module.Spec
	Config  *config.Config
	Program *eval.Program
	Store   *value.Store

	// Refused are the parts of the model that are not supported. A Run that
	// finds no violation is Unknown if there are any.
	Refused []string

	assumes           []named
	init, next        *eval.Gen
	nextRef           eval.Ref
	invariants        []named
	constraints       []named
	actionConstraints []named
	initProps         []named // of a refinement: must hold initially
	actionProps       []named // must hold of every step
	view, alias       *eval.Expr
	post              *named
	symmetry          []map[value.Value]value.Value
	conditions        []condition // of the properties, in the order of the configuration
}

// Load reads and compiles the specification in file spec under the
// configuration in file cfg. Errors of the two files come back as they are from
// packages module and config, errors of the two together as *[ConfigError].
func Load(spec, cfg string, opts module.Options) (*Model, error) {
	text, err := os.ReadFile(cfg)
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	c, err := config.Parse(cfg, text)
	if err != nil {
		return nil, err
	}
	s, err := module.Load(spec, opts)
	if err != nil {
		return nil, err
	}
	return New(s, c)
}

// ConfigError is a configuration that does not fit the specification.
type ConfigError struct {
	File string
	Pos  config.Pos
	Msg  string
}

func (e *ConfigError) Error() string { return fmt.Sprintf("%s:%s: %s", e.File, e.Pos, e.Msg) }

// builder makes a Model.
type builder struct {
	*Model
	l *value.Local
}

// New compiles a specification under a configuration.
func New(spec *module.Spec, c *config.Config) (*Model, error) {
	return build(spec, c, value.NewStore(), false)
}

// build compiles to values of the given store; with counting, to a program that
// counts how often its expressions are evaluated.
func build(spec *module.Spec, c *config.Config, store *value.Store, counting bool) (*Model, error) {
	m := &Model{Spec: spec, Config: c, Store: store, Program: eval.New(spec, store)}
	if counting {
		m.Program.Count()
	}
	b := &builder{m, value.NewLocal(store)}
	if err := b.bind(); err != nil {
		return nil, err
	}
	internNames(spec, store)
	if err := b.compile(); err != nil {
		return nil, err
	}
	return m, nil
}

func (b *builder) fail(p config.Pos, format string, args ...any) error {
	return &ConfigError{b.Config.File, p, fmt.Sprintf(format, args...)}
}

// bind gives the constants their values, in the order of the configuration,
// which is the order of model values.
func (b *builder) bind() (err error) {
	at := config.Pos{Line: 1, Col: 1}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *value.Error: // a set of values that cannot be compared
			err = b.fail(at, "%s", e.Msg)
		default:
			panic(e)
		}
	}()
	tables := map[*module.Constant][2][]value.Value{}
	for _, k := range b.Config.Constants {
		at = k.Pos
		objs := b.objects(k)
		if len(objs) == 0 && k.Replacement == "" && k.Module == "" {
			continue // TLC does not mind
		}
		if len(objs) == 0 {
			return b.fail(k.Pos, "the specification has no constant or definition %s", k.Name)
		}
		for _, o := range objs {
			_, parameter := o.(*module.Constant)
			switch {
			case parameter && k.Module != "" && k.Replacement != "":
				return b.fail(k.Pos, "%s is a constant parameter, and [%s] is for what that module defines: write %s <- %s", k.Name, k.Module, k.Name, k.Replacement)
			case parameter && k.Module != "":
				b.value(k.Value) // TLC makes its model values, and the parameter does not get it
			case k.Replacement != "":
				use := b.Spec.Root.Lookup(k.Replacement)
				if use == nil {
					return b.fail(k.Pos, "the specification has no definition %s", k.Replacement)
				}
				if use.Object.NumArgs() != o.NumArgs() {
					return b.fail(k.Pos, "%s takes %d arguments and %s takes %d", k.Name, o.NumArgs(), k.Replacement, use.Object.NumArgs())
				}
				b.Program.Override(o, use.Object)
			case len(k.Args) > 0:
				c, ok := o.(*module.Constant)
				if !ok {
					return b.fail(k.Pos, "%s is no constant operator", k.Name)
				}
				var args []value.Value
				for _, a := range k.Args {
					args = append(args, b.value(a))
				}
				t := tables[c]
				t[0], t[1] = append(t[0], b.l.Tuple(args...)), append(t[1], b.value(k.Value))
				tables[c] = t
			default:
				b.Program.Bind(o, b.value(k.Value))
			}
		}
	}
	for c, t := range tables {
		b.Program.BindTable(c, b.l.Func(t[0], t[1]))
	}
	if c := b.Program.Missing(); c != nil {
		return b.fail(config.Pos{Line: 1, Col: 1}, "The constant parameter %s is not assigned a value by the configuration file.", c.Name)
	}
	return nil
}

// objects returns what a line of CONSTANTS is about.
func (b *builder) objects(k config.Constant) []module.Object {
	if k.Module == "" {
		if use := b.Spec.Root.Lookup(k.Name); use != nil {
			return []module.Object{use.Object}
		}
		return nil
	}
	var objs []module.Object
	for _, m := range b.Spec.Modules {
		if m.Name != k.Module {
			continue
		}
		if use := m.Lookup(k.Name); use != nil {
			objs = append(objs, use.Object)
		}
	}
	return objs
}

func (b *builder) value(v config.Value) (out value.Value) {
	switch v.Kind {
	case config.Number:
		return value.Int(int32(v.Int))
	case config.Boolean:
		return value.Bool(v.Bool)
	case config.Text:
		return b.Store.Str(v.Text)
	case config.ModelValue:
		b.Store.Str(v.Text) // in TLC names and strings are one table
		return b.Store.Model(v.Text)
	}
	var elems []value.Value
	for _, e := range v.Elems {
		elems = append(elems, b.value(e))
	}
	return b.l.SetOf(elems...)
}

// InitGen returns the generator of the initial states, nil if there is none.
func (m *Model) InitGen() *eval.Gen { return m.init }

// NextRef returns the next-state relation as it stands in the specification.
func (m *Model) NextRef() eval.Ref { return m.nextRef }

// NextGen returns the generator of the successors, nil if there is none.
func (m *Model) NextGen() *eval.Gen { return m.next }

// Vars returns the names of the variables, in the order of a state's values.
func (m *Model) Vars() []string {
	var names []string
	for _, v := range m.Program.Vars {
		names = append(names, v.Name)
	}
	return names
}

// actions returns the initial predicate and the actions, none taken yet.
func (m *Model) actions() []Action {
	var as []Action
	add := func(g *eval.Gen, initial bool) {
		if g == nil {
			return
		}
		for _, l := range g.Leaves {
			as = append(as, Action{Name: l.Name, Params: l.Params, At: Position{l.Module, l.Span}, Initial: initial})
		}
	}
	add(m.init, true)
	add(m.next, false)
	return as
}

// Assume evaluates the assumptions of the specification, and returns an error
// that names the first that is false or has no value. A Run does so by itself.
func (m *Model) Assume(on *eval.Machine) error {
	for _, a := range m.assumes {
		ok, err := on.Test(a.expr, nil, nil)
		if err != nil {
			return fmt.Errorf("assumption %s: %w", a.name, err)
		}
		if !ok {
			return fmt.Errorf("assumption %s is false for these constants (%s)", a.name, a.at)
		}
	}
	return nil
}
