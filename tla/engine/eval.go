package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// Standard are the modules that an expression knows when no module is named.
const Standard = "Integers, Sequences, FiniteSets, Bags, TLC, FiniteSetsExt, SequencesExt, Functions"

// basic are the modules that an expression knows beside one that is named.
const basic = "Integers, Sequences, FiniteSets, TLC"

// Evaluated is the value of an expression, or why it has none.
type Evaluated struct {
	Text    string // as TLC prints it; empty if it has none
	Value   any    // as tlc.ParseValue returns it
	Printed []string

	// Problem says what is wrong with the expression, the module or the
	// configuration, and Exit is the exit status that TLC has for it: 0, 75, 150
	// or 151.
	Problem *Problem
	Exit    int
}

// ExprFile is what the places of errors call the expression.
const ExprFile = "expression"

// Eval evaluates a constant expression by the Go engine. Module is the name of a
// module, which is found as Request's are: if Modules is not nil it is read from
// there, and the expression stands in its scope; otherwise it is found in Lib or
// built in, and the numbers, sequences and finite sets are known besides. Empty
// stands for the Standard modules. Config gives the constants of the module their
// values, and may be empty if it has none.
func Eval(q Request, expr string) Evaluated {
	spec, err := q.scope()
	if err != nil {
		return unevaluated(exitParse, err)
	}
	c, err := config.Parse(q.configFile(), q.Config)
	if err != nil {
		return unevaluated(exitConfig, err)
	}
	m, err := check.New(spec, c)
	if err != nil {
		return unevaluated(exitConfig, err)
	}
	tree, err := spec.Expr(spec.Root, ExprFile, []byte(expr))
	if err != nil {
		return unevaluated(exitParse, err)
	}
	if level := spec.Level(tree); level > module.ConstantLevel {
		at := tree.Where().Start
		return unevaluated(exitParse, &syntax.Error{File: ExprFile, Span: syntax.Span{Start: at, End: at},
			Msg: fmt.Sprintf("found an expression of level %s, expected a constant one: there is no state to evaluate it in", level)})
	}
	compiled, err := m.Program.Expr(m.Program.RefTo(tree, ExprFile))
	if err != nil {
		return unevaluated(exitEvaluation, err)
	}
	var out Evaluated
	machine := eval.NewMachine(m.Program)
	machine.Print = func(line string) { out.Printed = append(out.Printed, line) }
	v, err := machine.Eval(compiled, nil, nil)
	if err != nil {
		p := evaluation(m, err)
		if p.File == ExprFile+".tla" {
			p.File = ExprFile
		}
		out.Problem, out.Exit = &p, exitEvaluation
		return out
	}
	text := machine.Local.Print(v)
	out.Text, out.Value = text, newVariable("", text).Value
	return out
}

const exitEvaluation = 75

func unevaluated(exit int, err error) Evaluated {
	return Evaluated{Problem: &Problems(err)[0], Exit: exit}
}

// scope loads the module whose names an expression uses.
func (q Request) scope() (*module.Spec, error) {
	if q.Modules != nil {
		return q.Spec()
	}
	names := q.Module
	if names == "" {
		names = Standard
	} else {
		names += ", " + basic
	}
	spec, err := module.LoadSource("", []byte("---- MODULE Expression ----\nEXTENDS "+names+"\n===="), module.Options{Lib: q.Lib})
	var errs syntax.Errors
	if errors.As(err, &errs) && strings.Contains(errs[0].Msg, "cannot find module") {
		return nil, errors.New(errs[0].Msg)
	}
	return spec, err
}

// ITF is the value in the encoding of ITF, nil if there is none.
func (e Evaluated) ITF() any {
	if e.Problem != nil {
		return nil
	}
	return ITF(e.Value)
}
