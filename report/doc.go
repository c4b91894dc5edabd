// Package report is what people read of what the machinery found: tables on a
// terminal, Markdown, JUnit, and one HTML page that opens from a file alone.
//
//	result, err := verify.Run(ctx, systems, options)
//	err = report.Table(os.Stdout, report.ScreenOf(os.Stdout), result)
//	err = report.Write(dir, result, os.Getenv("GITHUB_STEP_SUMMARY"))
//
// # What every form keeps to
//
//   - The words ok, violated and unknown stand everywhere; colour repeats them.
//   - Unknown never looks like a pass: it is an error in JUnit, and its reason
//     stands beside it.
//   - Every text that comes from outside (specifications, traces, TLC, nodes) is
//     escaped for the form it goes into. Control characters are shown as
//     \u001b, so that nothing in a trace can talk to a terminal.
//   - What is drawn is bounded; what is left out is counted where it is left
//     out, and the whole of it stays in the files beside the report.
package report
