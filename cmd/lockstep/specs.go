package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
what must come of it, the figures that its manifest records, the seconds that the Go
engine and TLC took when they were recorded, each with one worker on two cores of a
shared machine, and what it shows. smoke models take seconds, standard ones fit into
the pipeline, long ones take up to an hour.`,
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
	var memory, by string
	var sizes []string
	verb := &cobra.Command{
		Use:   "record FOLDER [MODEL...]",
		Short: "Run models with one worker and record the figures in the folder's manifest",
		Long: `Runs the models of a folder on disk, all of them if none is named, and writes the
figures that the model checkers find and the time that each took into its
manifest.json. It changes figures and nothing else: a model that comes to another
verdict than its manifest says is an error, and so is one of which the two differ.
What the Go engine does not check, temporal properties, is recorded by TLC alone.
Read the diff before it is committed.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := isFolder(args[0]); err != nil {
				return err
			}
			bytesMax, err := byteSize(memory)
			if err != nil {
				return err
			}
			engines, err := recorders(by)
			if err != nil {
				return err
			}
			names, err := sized(args[0], args[1:], sizes)
			if err != nil || len(names) == 0 {
				return err
			}
			recorded := []report.Checked{}
			err = models.Record(cmd.Context(), engines, args[0], names, models.Options{BytesMax: bytesMax}, func(model string, r *engine.Result) {
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
	verb.Flags().StringVar(&by, "engine", "both", "model checker: go, tlc or both, which have to agree")
	verb.Flags().StringSliceVar(&sizes, "models", specs.Sizes, "the sizes of models to record: smoke, standard, long")
	return verb
}

// recorders returns the model checkers of --engine.
func recorders(by string) ([]engine.Engine, error) {
	var engines []engine.Engine
	switch by {
	case "go", "tlc", "both":
	default:
		return nil, wrong("--engine: expected go, tlc or both, found %q", by)
	}
	if by != "tlc" {
		engines = append(engines, engine.Go{})
	}
	if by != "go" {
		runner, err := needTLC()
		if err != nil {
			return nil, err
		}
		engines = append(engines, engine.TLC{Checker: runner})
	}
	return engines, nil
}

// sized returns the names of the folder's models of the sizes; of those that are
// named, if any are.
func sized(folder string, names, sizes []string) ([]string, error) {
	for _, size := range sizes {
		if !slices.Contains(specs.Sizes, size) {
			return nil, wrong("--models: expected some of %q, found %q", specs.Sizes, size)
		}
	}
	f, err := specs.LoadFamily(os.DirFS(filepath.Dir(filepath.Clean(folder))), filepath.Base(folder))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, err := f.Model(name); err != nil {
			return nil, wrong("%w", err)
		}
	}
	found := []string{}
	for _, m := range f.Models {
		if slices.Contains(sizes, m.Size) && (len(names) == 0 || slices.Contains(names, m.Name)) {
			found = append(found, m.Name)
		}
	}
	return found, nil
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
