package syntax_test

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/syntax"
)

func ExampleParse() {
	m, err := syntax.Parse("Clock.tla", []byte(`
---- MODULE Clock ----
EXTENDS Naturals
VARIABLE hr
Init == hr \in 1..12
Next == hr' = IF hr # 12 THEN hr + 1 ELSE 1
====`))
	fmt.Println(m.Name.Name, len(m.Units), err)
	for _, u := range m.Units {
		if def, ok := u.(*syntax.OpDef); ok {
			fmt.Println(def.Name.Name, def.Body.Where())
		}
	}
	// Output:
	// Clock 3 <nil>
	// Init line 5, col 9 to line 5, col 20
	// Next line 6, col 9 to line 6, col 43
}

func ExampleParse_errors() {
	_, err := syntax.Parse("Clock.tla", []byte(`---- MODULE Clock ----
A == IF 1 then 2
B == [x \in S -> 1
====`))
	fmt.Println(err)
	// Output:
	// Clock.tla:2:11: found the identifier then, expected "THEN"
	// Clock.tla:4:1: found "====", expected "]"
}

func ExampleFormat() {
	e, err := syntax.ParseExpr("expr", []byte(`(a ∪ b)\intersect c ≤ (d)`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(syntax.Format(e))
	// Output:
	// (a \cup b) \cap c =< d
}
