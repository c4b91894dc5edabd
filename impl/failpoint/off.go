//go:build !failpoints

package failpoint

// Compiled says whether this build holds failpoints.
const Compiled = false

// Enable arms the failpoint of that name with terms such as `return(true)`.
func Enable(name, terms string) error { return ErrNotCompiled }

// Disable disarms it.
func Disable(name string) error { return ErrNotCompiled }

// Declared lists the failpoints of this program: none, in this build.
func Declared() []string { return nil }

// Hits counts the evaluations of each failpoint: none, in this build.
func Hits() map[string]uint64 { return nil }

// Inject marks a failpoint. In this build it does nothing, and the compiler
// removes it and its body.
func Inject(name string, body func(Value)) {}
