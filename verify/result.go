package verify

import "time"

// Verdict is ok, violated or unknown.
type Verdict string

const (
	OK       Verdict = "ok"
	Violated Verdict = "violated"
	Unknown  Verdict = "unknown"
)

// worse returns the worse of two verdicts: violated, unknown, ok.
func worse(a, b Verdict) Verdict {
	for _, v := range []Verdict{Violated, Unknown} {
		if a == v || b == v {
			return v
		}
	}
	return OK
}

// Result is what the verification of some systems came to.
type Result struct {
	Started time.Time `json:"started"`
	Seconds float64   `json:"seconds"`
	Version string    `json:"version"` // of lockstep, Go and TLC
	Command string    `json:"command"` // that repeats it
	Seed    uint64    `json:"seed"`    // the first
	Dir     string    `json:"dir"`     // of the run's files; Stage.Files are relative to it

	Verdict Verdict `json:"verdict"`
	Stages  []Stage `json:"stages"` // in the order of the pipeline
}

// Stage is one line of the result.
type Stage struct {
	System string `json:"system"` // "twophase"
	Group  string `json:"group"`  // "spec", "simulation", "traces", "cluster", "mutants"
	Name   string `json:"name"`   // "smoke", "vote-before-durable"

	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"` // unless the verdict is ok
	Seconds float64 `json:"seconds"`

	// Summary is one short line of what was done: "66,074 states, 8,055
	// distinct, depth 23".
	Summary string `json:"summary"`

	// Figures are what was measured, in a fixed order.
	Figures []Figure `json:"figures,omitempty"`

	// Evidence tells more, line by line: of a violation all that is needed to
	// understand it. Reproduce is the command that shows it again.
	Evidence  []string `json:"evidence,omitempty"`
	Reproduce string   `json:"reproduce,omitempty"`

	// Files hold the evidence whole: schedules, traces, histories, pictures.
	Files []string `json:"files,omitempty"`
}

// Figure is one measurement, with its unit.
type Figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit,omitempty"`
}

// Progress is a report from a stage that is under way. Done and Total count
// what the stage counts, such as seeds; Total is 0 when it is not known.
type Progress struct {
	Stage       Stage // System, Group and Name
	Done, Total int64
	Text        string // "1,200 of 2,000 seeds, 48 faults a run"
}
