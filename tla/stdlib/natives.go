package stdlib

import (
	"sort"
	"strings"
)

// natives lists, for each module, the operators that the evaluator computes in
// Go. Their definitions in the module's text say only how many arguments they
// take.
var natives = map[string]string{
	"Naturals":      `Nat + - * ^ .. < > =< >= % \div`,
	"Integers":      `Int -.`,
	"Reals":         `Real / Infinity`,
	"Sequences":     `Seq Len \o Append Head Tail SubSeq SelectSeq`,
	"FiniteSets":    `IsFiniteSet Cardinality`,
	"TLC":           `Print PrintT Assert JavaTime TLCGet TLCSet :> @@ Permutations SortSeq RandomElement Any ToString TLCEval`,
	"TLCExt":        `AssertError AssertEq Trace CounterExample ToTrace TLCDefer PickSuccessor TLCNoOp TLCModelValue TLCCache TLCGetOrDefault TLCGetAndSet TLCFP`,
	"Randomization": `RandomSubset RandomSetOfSubsets RandomSubsetSet`,
	"CSV":           `CSVWrite CSVRead CSVRecords`,
	"Statistics":    `ChiSquare`,
	"Json":          `ToJson ToJsonArray ToJsonObject JsonSerialize JsonDeserialize ndJsonSerialize ndJsonDeserialize`,
	"IOUtils":       `IOExec IOExecTemplate IOEnvExec IOEnvExecTemplate IOEnv IOSerialize IODeserialize Serialize Deserialize atoi zeroPadN`,
}

// alwaysNative are the modules that TLC has built in: a file of the same name
// does not change what their operators mean.
const alwaysNative = "Naturals Integers Reals Sequences FiniteSets TLC Randomization"

// shipped are the modules that come with TLC. The others have had different
// operators from one version to the next.
const shipped = alwaysNative + " Bags RealTime TLCExt"

// Shipped reports whether a module comes with TLC, so that a specification knows
// all its names. A specification may define a name of any other built-in module
// itself, and then means its own.
func Shipped(module string) bool { return listed(shipped, module) }

// Native reports whether the evaluator computes the operator of a module in Go.
// The name is canonical, as in package syntax.
func Native(module, operator string) bool {
	return listed(natives[module], operator)
}

// AlwaysNative reports whether the natives of a module count even if a file with
// the name of the module is found before the built-in one.
func AlwaysNative(module string) bool { return listed(alwaysNative, module) }

func listed(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

// Operator names an operator of a module.
type Operator struct{ Module, Name string }

// Natives lists the operators that the evaluator computes in Go, by module and
// name.
func Natives() []Operator {
	var list []Operator
	for m, ops := range natives {
		for _, op := range strings.Fields(ops) {
			list = append(list, Operator{m, op})
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Module != list[j].Module {
			return list[i].Module < list[j].Module
		}
		return list[i].Name < list[j].Name
	})
	return list
}
