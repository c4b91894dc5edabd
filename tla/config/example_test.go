package config_test

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/config"
)

func ExampleParse() {
	c, err := config.Parse("Clock.cfg", []byte(`
SPECIFICATION Spec
CONSTANT Hours = {1, 2, 3}
INVARIANT TypeOK`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Specification.Name, c.Constants[0].Value, c.Invariants[0].Name, c.CheckDeadlock)
	// Output:
	// Spec {1, 2, 3} TypeOK true
}
