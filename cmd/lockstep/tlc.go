package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

func (a *app) tlc() *cobra.Command {
	verb := &cobra.Command{
		Use:   "tlc",
		Short: "Install TLC, or tell where it is",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return wrong("expected one of install, path and version")
		},
	}
	// tell writes one line, or an object with one field.
	tell := func(name, value string) error {
		return a.write(map[string]string{name: value}, func(report.Screen) error {
			_, err := fmt.Fprintln(os.Stdout, value)
			return err
		})
	}
	verb.AddCommand(
		&cobra.Command{
			Use:   "install",
			Short: "Fetch TLC with Maven into the user's cache and check its digest",
			Long: "Fetches " + tlc.Artifact + " with mvn, whose mirrors and proxies count, into the user's\n" +
				"cache, holds it to its SHA-256 digest, and prints its path. What is there already\nand whole is left alone.",
			Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				path, err := tlc.Install(cmd.Context(), tlc.Options{})
				if err != nil {
					return err
				}
				return tell("path", path)
			},
		},
		&cobra.Command{
			Use:   "path",
			Short: "Tell which jar is used",
			Args:  cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				runner, err := needTLC()
				if err != nil {
					return err
				}
				return tell("path", runner.Jar())
			},
		},
		&cobra.Command{
			Use:   "version",
			Short: "Ask the jar for its version",
			Args:  cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				runner, err := needTLC()
				if err != nil {
					return err
				}
				version, err := runner.Version(cmd.Context())
				if err != nil {
					return err
				}
				return tell("version", version)
			},
		},
	)
	return verb
}
