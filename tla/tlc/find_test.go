package tlc

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tools makes a PATH that holds the given programs only.
func tools(t *testing.T, programs map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are shell scripts")
	}
	dir := t.TempDir()
	for name, script := range programs {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o755))
	}
	t.Setenv("PATH", dir)
	t.Setenv("JAVA_HOME", "")
	t.Setenv(JarVariable, "")
}

func TestFindSaysWhatIsMissing(t *testing.T) {
	var missing *MissingError

	tools(t, nil)
	_, err := Find(Options{Cache: t.TempDir()})
	require.ErrorAs(t, err, &missing)
	assert.Equal(t, "java", missing.What)
	assert.Contains(t, err.Error(), "TLC needs a Java runtime")

	tools(t, map[string]string{"java": "exit 0"})
	_, err = Find(Options{Cache: t.TempDir()})
	require.ErrorAs(t, err, &missing)
	assert.Equal(t, "jar", missing.What)
	assert.Contains(t, err.Error(), "lockstep tlc install")

	_, err = Find(Options{Jar: "no-such.jar"})
	require.ErrorAs(t, err, &missing)
	assert.Equal(t, "jar", missing.What)
	assert.Contains(t, err.Error(), "no-such.jar")

	_, err = Install(context.Background(), Options{Cache: t.TempDir()})
	require.ErrorAs(t, err, &missing)
	assert.Equal(t, "mvn", missing.What)
	assert.Contains(t, err.Error(), "--tlc-jar")
}

func TestFindRefusesADamagedJar(t *testing.T) {
	tools(t, map[string]string{"java": "exit 0"})
	cache := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(cache, jarName), []byte("not the jar"), 0o644))
	_, err := Find(Options{Cache: cache})
	var bad *JarError
	require.ErrorAs(t, err, &bad)
	assert.Contains(t, err.Error(), "expected "+Digest)
	assert.Contains(t, err.Error(), "lockstep tlc install")
}

func TestNamedJar(t *testing.T) {
	tools(t, map[string]string{"java": "exit 0"})
	dir := t.TempDir()
	write := func(name, entry string) string {
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		require.NoError(t, err)
		z := zip.NewWriter(f)
		_, err = z.Create(entry)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		require.NoError(t, f.Close())
		return path
	}
	good := write("good.jar", "tlc2/TLC.class")
	r, err := Find(Options{Jar: good})
	require.NoError(t, err)
	assert.Equal(t, good, r.Jar())
	assert.False(t, r.Installed())

	t.Setenv(JarVariable, good)
	r, err = Find(Options{})
	require.NoError(t, err)
	assert.Equal(t, good, r.Jar())

	var bad *JarError
	_, err = Find(Options{Jar: write("other.jar", "Other.class")})
	require.ErrorAs(t, err, &bad)
	assert.Contains(t, err.Error(), "without the class tlc2.TLC")
	text := filepath.Join(dir, "text.jar")
	require.NoError(t, os.WriteFile(text, []byte("text"), 0o644))
	_, err = Find(Options{Jar: text})
	require.ErrorAs(t, err, &bad)
	assert.Contains(t, err.Error(), "is not a jar")
}

func TestInstallHoldsTheJarToItsDigest(t *testing.T) {
	// An mvn that writes something else to where it was told to.
	tools(t, map[string]string{"mvn": `
for a in "$@"; do case "$a" in -DoutputDirectory=*) out="${a#-DoutputDirectory=}";; esac; done
echo something else > "$out/` + jarName + `"`})
	cache := t.TempDir()
	_, err := Install(context.Background(), Options{Cache: cache})
	var bad *JarError
	require.ErrorAs(t, err, &bad)
	assert.Contains(t, err.Error(), Artifact)
	assert.Contains(t, err.Error(), "expected "+Digest)
	left, err := os.ReadDir(cache)
	require.NoError(t, err)
	assert.Empty(t, left, "nothing half-installed")
}

func TestInstallTellsMavensError(t *testing.T) {
	tools(t, map[string]string{"mvn": "echo '[INFO] hello'; echo '[ERROR] no route to the mirror'; exit 1"})
	_, err := Install(context.Background(), Options{Cache: t.TempDir()})
	assert.ErrorContains(t, err, "no route to the mirror")
}

// The whole way, with Maven as it is set up here.
func TestLiveInstall(t *testing.T) {
	if os.Getenv("LOCKSTEP_REQUIRE_TLC") != "1" {
		t.Skip("fetches the jar with Maven; set LOCKSTEP_REQUIRE_TLC=1 to run it")
	}
	o := Options{Cache: filepath.Join(t.TempDir(), "new", "cache")}
	path, err := Install(context.Background(), o)
	require.NoError(t, err)
	t.Setenv(JarVariable, "")
	r, err := Find(o)
	require.NoError(t, err)
	assert.True(t, r.Installed())
	assert.Equal(t, path, r.Jar())

	// A damaged jar is replaced, a whole one is left alone.
	require.NoError(t, os.WriteFile(path, []byte("damaged"), 0o644))
	_, err = Install(context.Background(), o)
	require.NoError(t, err)
	before, err := os.Stat(path)
	require.NoError(t, err)
	_, err = Install(context.Background(), o)
	require.NoError(t, err)
	after, err := os.Stat(path)
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after))
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, left, 1)
}

func TestRequestIsChecked(t *testing.T) {
	r := &Runner{java: "no-java", jar: "no-jar"}
	modules := os.DirFS(filepath.Join("testdata", "specs"))
	for want, q := range map[string]Request{
		"no modules given":     {Module: "Ok"},
		`module name "Ok.tla"`: {Modules: modules, Module: "Ok.tla"},
		"module Missing":       {Modules: modules, Module: "Missing"},
		"-1 workers":           {Modules: modules, Module: "Ok", Workers: -1},
		`heap "lots"`:          {Modules: modules, Module: "Ok", Heap: "lots"},
		"polynomial 131":       {Modules: modules, Module: "Ok", Polynomial: 131},
		"simulation of 0":      {Modules: modules, Module: "Ok", Simulate: &Simulation{Depth: 3}},
		"starting java":        {Modules: modules, Module: "Ok"},
	} {
		_, err := r.Check(context.Background(), q)
		assert.ErrorContains(t, err, want)
	}
}
