package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/report"
)

type versions struct {
	Lockstep   string `json:"lockstep"`
	Revision   string `json:"revision,omitempty"`
	Modified   bool   `json:"modified,omitempty"`
	Go         string `json:"go"`
	Platform   string `json:"platform"`
	Failpoints int    `json:"failpoints"`
	TLC        string `json:"tlc"`
}

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Tell the versions of lockstep, Go and TLC",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := build()
			v.TLC = "none"
			if runner, why, err := findTLC(); err != nil {
				v.TLC = err.Error()
			} else if runner == nil {
				v.TLC = why
			} else if version, err := runner.Version(cmd.Context()); err != nil {
				v.TLC = err.Error()
			} else {
				v.TLC = version
			}
			return a.write(v, func(report.Screen) error {
				_, err := fmt.Fprintf(os.Stdout, "%s\nTLC: %s\n", v, v.TLC)
				return err
			})
		},
	}
}

func build() versions {
	v := versions{Lockstep: "devel", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Failpoints: len(failpoint.Declared())}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		v.Lockstep = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

func (v versions) String() string {
	s := "lockstep " + v.Lockstep
	if v.Revision != "" {
		s += " " + v.Revision[:min(12, len(v.Revision))]
	}
	if v.Modified {
		s += " modified"
	}
	s += fmt.Sprintf(", %s %s", v.Go, v.Platform)
	if v.Failpoints > 0 {
		s += fmt.Sprintf(", %d failpoints", v.Failpoints)
	}
	return s
}
