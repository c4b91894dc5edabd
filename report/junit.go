package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/lockstep-go/lockstep/verify"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
	seconds    float64
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitProblem `xml:"failure"`
	Error   *junitProblem `xml:"error"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitProblem struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes the result in the XML form of JUnit, a test suite for each
// system and group, a test case for each stage. Violated is a failure and
// unknown an error; nothing is ever skipped. A result that is not ok although
// all of its stages are (there may be none) has an error of its own.
func JUnit(w io.Writer, r *verify.Result) error {
	all := junitSuites{Name: "lockstep", Time: junitTime(r.Seconds)}
	properties := []junitProperty{
		{"seed", strconv.FormatUint(r.Seed, 10)},
		{"command", printable(r.Command)},
		{"version", printable(r.Version)},
	}
	add := func(suite string, seconds float64, c junitCase) {
		if n := len(all.Suites); n == 0 || all.Suites[n-1].Name != suite {
			all.Suites = append(all.Suites, junitSuite{Name: suite, Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05"), Properties: properties})
		}
		s := &all.Suites[len(all.Suites)-1]
		s.Cases = append(s.Cases, c)
		s.seconds += seconds
		s.Time = junitTime(s.seconds)
		s.Tests++
		all.Tests++
		if c.Failure != nil {
			s.Failures++
			all.Failures++
		}
		if c.Error != nil {
			s.Errors++
			all.Errors++
		}
	}
	for _, st := range grouped(r.Stages) {
		suite := printable(st.System + "." + st.Group)
		c := junitCase{Class: "lockstep." + suite, Name: printable(st.Name), Time: junitTime(st.Seconds), Out: printable(st.Summary)}
		if st.Verdict != verify.OK {
			p := &junitProblem{Type: string(verdict(st.Verdict)), Message: printable(reason(st)), Text: problem(st)}
			if st.Verdict == verify.Violated {
				c.Failure = p
			} else {
				c.Error = p
			}
		}
		add(suite, st.Seconds, c)
	}
	if r.Verdict != verify.OK && all.Failures+all.Errors == 0 {
		add("lockstep", 0, junitCase{Class: "lockstep", Name: "verdict", Time: junitTime(0), Error: &junitProblem{
			Type: string(verdict(r.Verdict)), Message: fmt.Sprintf("the verdict is %s after %s", verdict(r.Verdict), plural(len(r.Stages), "stage"))}})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitTime(s float64) string { return strconv.FormatFloat(s, 'f', 3, 64) }

const junitEvidence = 500 // lines of a stage

func problem(st verify.Stage) string {
	var b strings.Builder
	fmt.Fprintln(&b, printable(reason(st)))
	if st.Reproduce != "" {
		fmt.Fprintln(&b, "reproduce: "+printable(st.Reproduce))
	}
	for i, line := range st.Evidence {
		if i == junitEvidence {
			fmt.Fprintf(&b, "… %s more\n", plural(len(st.Evidence)-i, "line"))
			break
		}
		fmt.Fprintln(&b, printable(line))
	}
	for _, f := range st.Files {
		fmt.Fprintln(&b, "file: "+printable(f))
	}
	return b.String()
}
