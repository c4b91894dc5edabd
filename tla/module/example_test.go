package module_test

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

func ExampleLoadSource() {
	spec, err := module.LoadSource("Clock.tla", []byte(`---- MODULE Clock ----
EXTENDS Naturals
VARIABLE hr
Tick(n) == hr' = hr + n
Next == Tick(1)
====`), module.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	next := spec.Root.Lookup("Next").Object.(*module.Definition)
	use := spec.Uses[next.Body.(*syntax.Apply)]
	fmt.Println(next.Level, use.Object == spec.Root.Lookup("Tick").Object)
	// Output:
	// action true
}
