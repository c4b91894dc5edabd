// Package stdlib holds the standard modules of TLA+ and those of the community,
// as TLA+ text built into the binary.
//
// Every definition is written from the documented meaning of the operator. Most
// are plain TLA+ and can be evaluated as they stand. Those listed by [Natives]
// are declared here, so that names, arities and levels are known, and computed
// by the evaluator in Go: either because TLA+ cannot say them in a form that
// can be evaluated (+, RandomElement, Print), or because Go is much faster
// (Len, Append, Cardinality).
//
// The community's modules have had different operators from one version to the
// next. A specification that extends one of them may define any of its names
// itself; for the modules that come with TLC ([Shipped]) that is an error, as in
// SANY. The theorem modules hold only the definitions that specifications use,
// as proofs are not read.
package stdlib

import (
	"embed"
	"sort"
	"strings"
)

//go:embed *.tla
var files embed.FS

// Source returns the text of the built-in module of that name.
func Source(name string) ([]byte, bool) {
	if strings.ContainsAny(name, `/\.`) {
		return nil, false
	}
	src, err := files.ReadFile(name + ".tla")
	return src, err == nil
}

// Names returns the names of the built-in modules in alphabetical order.
func Names() []string {
	list, err := files.ReadDir(".")
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(list))
	for _, f := range list {
		names = append(names, strings.TrimSuffix(f.Name(), ".tla"))
	}
	sort.Strings(names)
	return names
}
