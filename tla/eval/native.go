package eval

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// native1, native2 and nativeN are operators of the standard modules on one, on
// two and on any number of values.
type (
	native1 func(m *Machine, s *Site, a value.Value) value.Value
	native2 func(m *Machine, s *Site, a, b value.Value) value.Value
	nativeN func(m *Machine, s *Site, args []value.Value) value.Value
)

// native compiles an operator of a standard module that Go computes.
func (x ctx) native(e *syntax.Apply, d *module.Definition, args []arg) code {
	name := d.Module.Name + "!" + d.Name
	if f, ok := intNatives[d.Name]; ok && (d.Module.Name == "Naturals" || d.Module.Name == "Integers" || d.Module.Name == "Reals") && len(args) == 2 {
		return x.intOp(e, d.Name, f, args)
	}
	switch name {
	case "Naturals!Nat":
		return pure(func(*Machine) value.Value { return value.Nat })
	case "Integers!Int":
		return pure(func(*Machine) value.Value { return value.Integer })
	case "Reals!Real":
		return pure(func(*Machine) value.Value { return value.Real })
	case "TLC!Any":
		return pure(func(*Machine) value.Value { return value.Any })
	case "Sequences!SelectSeq":
		return x.selectSeq(e, args)
	case "TLC!SortSeq":
		return x.sortSeq(e, args)
	case "TLC!Assert":
		return x.assert(e, args)
	case "TLCExt!AssertError":
		return x.assertError(e, args)
	case "TLCExt!TLCGetAndSet":
		return x.getAndSet(e, args)
	}
	cs := make([]code, len(args))
	for i, a := range args {
		if d.Params[i].Arity > 0 {
			x.refuse(e, "the operator "+name)
		}
		cs[i] = x.argCode(a)
	}
	s := x.at(e)
	var c code
	if f, ok := natives1[name]; ok && len(cs) == 1 {
		c = x.op1(e, cs[0], func(m *Machine, a value.Value) value.Value { return f(m, s, a) })
	} else if f, ok := natives2[name]; ok && len(cs) == 2 {
		c = x.op2(e, cs[0], cs[1], func(m *Machine, a, b value.Value) value.Value { return f(m, s, a, b) })
	} else if f, ok := nativesN[name]; ok {
		c = of(func(m *Machine) value.Value {
			vs := make([]value.Value, len(cs))
			for i, c := range cs {
				vs[i] = c.fn(m)
			}
			m.at = s
			return f(m, s, vs)
		}, cs...)
	} else {
		x.refuse(e, "the operator "+d.Name+" of module "+d.Module.Name)
	}
	c.volatile = c.volatile || volatile[name]
	return c
}

// volatile are the operators with an effect, or with a value that is not the
// same each time. What reads a file or the environment is taken to be a constant:
// TLC evaluates a constant definition once, and a trace specification reads its
// trace by one.
var volatile = map[string]bool{
	"TLC!Print": true, "TLC!PrintT": true, "TLC!TLCSet": true, "TLC!TLCGet": true, "TLC!RandomElement": true,
	"TLCExt!AssertEq": true, "TLCExt!TLCGetOrDefault": true, "TLCExt!Trace": true,
	"Randomization!RandomSubset": true, "Randomization!RandomSetOfSubsets": true, "Randomization!RandomSubsetSet": true,
	"Json!JsonSerialize": true, "Json!ndJsonSerialize": true,
	"CSV!CSVWrite": true, "CSV!CSVRead": true, "CSV!CSVRecords": true,
	"IOUtils!IOExec": true, "IOUtils!IOEnvExec": true, "IOUtils!IOExecTemplate": true, "IOUtils!IOEnvExecTemplate": true,
	"IOUtils!Serialize": true,
}

// nativesN are those whose arity is not one or two.
var nativesN = map[string]nativeN{
	"Sequences!SubSeq":                 subSeq,
	"TLCExt!Trace":                     traceSoFar,
	"Randomization!RandomSetOfSubsets": randomSetOfSubsets,
	"Randomization!RandomSubsetSet":    randomSubsetSet,
	"CSV!CSVWrite":                     csvWrite,
	"CSV!CSVRead":                      csvRead,
	"IOUtils!IOEnv":                    environment,
	"IOUtils!Serialize":                serialize,
	"IOUtils!IOExecTemplate":           execTemplate,
	"IOUtils!IOEnvExec":                execEnv,
	"IOUtils!IOEnvExecTemplate":        execEnvTemplate,
}

// natives1 and natives2 are the rest.
var natives1 = map[string]native1{
	"Integers!-.":            negate,
	"Sequences!Seq":          func(m *Machine, s *Site, a value.Value) value.Value { return m.SeqSet(a) },
	"Sequences!Len":          seqLen,
	"Sequences!Head":         seqHead,
	"Sequences!Tail":         seqTail,
	"FiniteSets!IsFiniteSet": isFiniteSet,
	"FiniteSets!Cardinality": cardinality,
	"TLC!PrintT":             func(m *Machine, s *Site, a value.Value) value.Value { m.print(a); return value.True },
	"TLC!TLCEval":            tlcEval,
	"TLC!ToString":           func(m *Machine, s *Site, a value.Value) value.Value { return m.Str(m.Local.Print(a)) },
	"TLC!Permutations":       permutations,
	"TLC!RandomElement":      randomElement,
	"TLC!TLCGet":             tlcGet,
	"TLCExt!TLCModelValue":   tlcModelValue,
	"TLCExt!TLCNoOp":         func(m *Machine, s *Site, a value.Value) value.Value { return a },
	"TLCExt!PickSuccessor":   pickSuccessor,
	"Json!ToJson":            toJSON,
	"Json!ToJsonArray":       toJSONArray,
	"Json!ToJsonObject":      toJSONObject,
	"Json!JsonDeserialize":   jsonDeserialize,
	"Json!ndJsonDeserialize": ndJSONDeserialize,
	"CSV!CSVRecords":         csvRecords,
	"IOUtils!IOExec":         execCommand,
	"IOUtils!atoi":           atoi,
}

var natives2 = map[string]native2{
	"Naturals!..":                interval,
	"Sequences!Append":           seqAppend,
	`Sequences!\o`:               seqConcat,
	"TLC!Print":                  tlcPrint,
	"TLC!TLCSet":                 tlcSet,
	"TLC!:>":                     singleton,
	"TLC!@@":                     merge,
	"TLCExt!AssertEq":            assertEq,
	"TLCExt!TLCCache":            func(m *Machine, s *Site, a, b value.Value) value.Value { return a },
	"TLCExt!TLCGetOrDefault":     getOrDefault,
	"Randomization!RandomSubset": randomSubset,
	"Json!JsonSerialize":         jsonSerialize,
	"Json!ndJsonSerialize":       ndJSONSerialize,
	"IOUtils!Deserialize":        deserialize,
	"IOUtils!zeroPadN":           zeroPadN,
}

// refused raises the error of an operator that Lockstep does not evaluate here:
// it says nothing of the specification.
func (m *Machine) refused(s *Site, format string, args ...any) {
	m.end(&Error{Msg: fmt.Sprintf(format, args...), Site: s, Stack: []*Site{s}, Unsupported: true})
}

// int returns the integer that v is, and fails naming what it is for if it is
// none.
func (m *Machine) int(s *Site, v value.Value, what string) int32 {
	if !v.IsInt() {
		m.fail(s, "The %s should be an integer, but instead it is:\n%s", what, m.Local.Print(v))
	}
	return v.AsInt()
}

// text returns the text of a string.
func (m *Machine) text(s *Site, v value.Value, what string) string {
	if v.Kind() != value.KindString {
		m.fail(s, "The %s should be a string, but instead it is:\n%s", what, m.Local.Print(v))
	}
	return m.Text(v)
}
