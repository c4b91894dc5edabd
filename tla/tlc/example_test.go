package tlc_test

import (
	"context"
	"fmt"
	"os"

	"github.com/lockstep-go/lockstep/tla/tlc"
)

func ExampleRunner_Check() {
	runner, err := tlc.Find(tlc.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err) // what is missing, and how to get it
		return
	}
	result, err := runner.Check(context.Background(), tlc.Request{
		Modules:  os.DirFS("testdata/specs"),
		Module:   "Ok",
		Config:   []byte("CONSTANT N = 3\nSPECIFICATION Spec\nINVARIANT TypeOK\nPROPERTY Rounds\n"),
		Coverage: true,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	fmt.Println(result.Verdict, result.Reason, result.Generated, result.Distinct, result.Depth)
	for _, state := range result.Trace {
		fmt.Print(state)
	}
	os.Exit(result.ExitStatus())
}
