// Program is what the tests of package overlay build with failpoints and
// without. Its arguments are name=terms; it prints what its markers did.
package main

import (
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/impl/failpoint"
)

const pkg = "github.com/lockstep-go/lockstep/chaos/failpoints/overlay/testdata/program/"

func main() {
	fmt.Println("compiled", failpoint.Compiled)
	for _, arg := range os.Args[1:] {
		name, terms, _ := strings.Cut(arg, "=")
		if err := failpoint.Enable(pkg+name, terms); err != nil {
			fmt.Println("enable:", err)
		}
	}
	fmt.Println("commit", commit(1))
	elsewhere()
	for _, name := range slices.Sorted(maps.Keys(failpoint.Hits())) {
		fmt.Println("hits", strings.TrimPrefix(name, pkg), failpoint.Hits()[name])
	}
}

// commit has markers in the forms that move lines about, or do not.
func commit(x int) int {
	failpoint.Inject("one-line", func(v failpoint.Value) { x += v.(int) })
	where("after one-line")
	failpoint.Inject("before", func(v failpoint.Value) {
		where("in before")
		if n, ok := v.(int); ok {
			x += n
		}
		failpoint.Inject("nested", func(v failpoint.Value) { x += v.(int) })
	}) // a comment behind it
	where("after before")
	failpoint.Inject("no-body", nil)
	switch {
	case x > 0:
		func() {
			failpoint.Inject("in-closure", func(_ failpoint.Value) { x = -x })
		}()
	}
	if x > 1000 {
		failpoint.Inject("never-reached", func(_ failpoint.Value) { x = 0 })
	}
	where("end of commit")
	return x
}

// where says on which line it was called.
func where(what string) {
	_, file, line, _ := runtime.Caller(1)
	fmt.Println("line", what, file[strings.LastIndexByte(file, '/')+1:], line)
}
