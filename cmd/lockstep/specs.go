package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify/models"
)

func (a *app) specs() *cobra.Command {
	verb := &cobra.Command{
		Use:   "specs [SPEC...]",
		Short: "List the specifications and their models",
		Long: `Lists the specifications, all of them if none is named: each model with its size,
what must come of it, the figures that its manifest records, and what it shows.
smoke models take seconds, standard ones fit into the pipeline; what each took is
told by lockstep check.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, names []string) error {
			families, err := specs.Load(specs.FS)
			if err != nil {
				return err
			}
			for _, name := range names {
				if !slices.ContainsFunc(families, func(f specs.Family) bool { return f.Folder == name }) {
					return wrong("expected the name of a specification (see `lockstep specs`), found %q", name)
				}
			}
			if len(names) > 0 {
				families = slices.DeleteFunc(families, func(f specs.Family) bool { return !slices.Contains(names, f.Folder) })
			}
			return a.write(manifests(families), func(s report.Screen) error { return report.Specs(os.Stdout, s, families) })
		},
	}
	verb.AddCommand(a.specsTranslate(), a.specsRecord())
	return verb
}

type folderManifest struct {
	Folder string `json:"folder"`
	specs.Manifest
}

func manifests(families []specs.Family) []folderManifest {
	list := []folderManifest{}
	for _, f := range families {
		list = append(list, folderManifest{f.Folder, f.Manifest})
	}
	return list
}

func needTLC() (*tlc.Runner, error) {
	runner, why, err := findTLC()
	if err == nil && runner == nil {
		err = errors.New(why)
	}
	return runner, err
}

func (a *app) specsTranslate() *cobra.Command {
	return &cobra.Command{
		Use:   "translate FOLDER...",
		Short: "Put current PlusCal translations into the modules of folders",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, folders []string) error {
			runner, err := needTLC()
			if err != nil {
				return err
			}
			all := []string{}
			for _, folder := range folders {
				if err := isFolder(folder); err != nil {
					return err
				}
				changed, err := models.Translate(cmd.Context(), runner, folder)
				for _, f := range changed {
					all = append(all, folder+"/"+f)
				}
				if err != nil {
					return err
				}
			}
			return a.write(map[string][]string{"changed": all}, func(report.Screen) error {
				for _, f := range all {
					fmt.Fprintln(os.Stdout, f)
				}
				return nil
			})
		},
	}
}

func (a *app) specsRecord() *cobra.Command {
	var memory string
	verb := &cobra.Command{
		Use:   "record FOLDER [MODEL...]",
		Short: "Run models with one worker and record the figures in the folder's manifest",
		Long: `Runs the models of a folder on disk and writes the figures that TLC finds into its
manifest.json. It changes figures and nothing else: a model that comes to another
verdict than its manifest says is an error. Read the diff before it is committed.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := isFolder(args[0]); err != nil {
				return err
			}
			bytesMax, err := byteSize(memory)
			if err != nil {
				return err
			}
			runner, err := needTLC()
			if err != nil {
				return err
			}
			recorded := []report.Checked{}
			err = models.Record(cmd.Context(), engine.TLC{Checker: runner}, args[0], args[1:], models.Options{BytesMax: bytesMax}, func(model string, r *engine.Result) {
				say("%s: %d states generated, %d distinct, depth %d", model, r.Generated, r.Distinct, r.Depth)
				recorded = append(recorded, report.NewChecked(args[0], model, r, 0))
			})
			if a.json {
				err = errors.Join(err, report.JSON(os.Stdout, recorded))
			}
			return err
		},
	}
	verb.Flags().StringVar(&memory, "memory", "", "Java's largest heap, as in 2g")
	return verb
}

func isFolder(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return wrong("%w", err)
	}
	if !info.IsDir() {
		return wrong("%s is a file, expected a folder", path)
	}
	return nil
}
