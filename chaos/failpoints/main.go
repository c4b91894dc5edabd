// Failpoints prepares a build that holds the tree's failpoints, and prints the
// flags of it:
//
//	go test $(go run ./chaos/failpoints) ./impl/host
//	go build -o lockstep-failpoints $(go run ./chaos/failpoints) ./cmd/lockstep
//
// With package patterns it takes only the failpoints of those packages. The
// tree itself is not touched: the rewritten files go to a folder of the user's
// cache, or to the one that -dir names.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/lockstep-go/lockstep/chaos/failpoints/overlay"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "failpoints:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, args []string) error {
	flags := flag.NewFlagSet("failpoints", flag.ExitOnError)
	dir := flags.String("dir", "", "write the overlay into this folder, outside the module (default: a folder of the user's cache)")
	list := flags.Bool("list", false, "print the full names of the declared failpoints, one a line, and write nothing")
	module := flags.String("C", ".", "the module's folder, or one inside it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *list {
		names, err := overlay.Declared(*module, flags.Args()...)
		if err != nil {
			return err
		}
		for _, name := range names {
			fmt.Fprintln(out, name)
		}
		return nil
	}
	if *dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("%w; name a folder with -dir", err)
		}
		*dir = filepath.Join(cache, "lockstep", "failpoints")
	}
	o, err := overlay.Write(*dir, *module, flags.Args()...)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, strings.Join(o.Flags(), " "))
	return nil
}
