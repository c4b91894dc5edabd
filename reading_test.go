package lockstep_test

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/stdlib"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

const readingPage = "docs/reading-tla.md"

// fence is a fenced block of a page: what stands behind the three backquotes, and
// its lines.
type fence struct {
	kind  string
	lines []string
}

func fences(page string) (list []fence) {
	var open *fence
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		kind, mark := strings.CutPrefix(line, "```")
		switch {
		case open == nil && mark:
			open = &fence{kind: kind}
		case open != nil && mark:
			list, open = append(list, *open), nil
		case open != nil:
			open.lines = append(open.lines, line)
		}
	}
	return list
}

func readPage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

func specFiles(t *testing.T, pattern string) map[string]string {
	t.Helper()
	names, err := fs.Glob(specs.FS, pattern)
	require.NoError(t, err)
	require.NotEmpty(t, names)
	text := map[string]string{}
	for _, name := range names {
		src, err := fs.ReadFile(specs.FS, name)
		require.NoError(t, err)
		text[name] = string(src)
	}
	return text
}

// Every piece of TLA+, of PlusCal and of a model that the page shows stands in one
// as it is shown, but for lines that end in "...". (What a command prints is held
// by the tests of cmd/lockstep.)
func TestReadingPageQuotes(t *testing.T) {
	sources := specFiles(t, "*/*.tla")
	maps.Copy(sources, specFiles(t, "*/*.cfg"))
	quotes := 0
	for _, f := range fences(readPage(t, readingPage)) {
		if f.kind == "" {
			continue
		}
		for _, part := range pieces(f.lines) {
			quotes++
			assert.True(t, slices.ContainsFunc(slices.Collect(maps.Values(sources)), func(src string) bool {
				return strings.Contains(src, part)
			}), "no specification and no model has\n%s\nfix: quote one as it is", part)
		}
	}
	require.Greater(t, quotes, 10, "the page must have been read")
}

// pieces returns what stands between lines that leave something out.
func pieces(lines []string) (parts []string) {
	var part []string
	end := func() {
		if len(part) > 0 {
			parts = append(parts, strings.Join(part, "\n"))
		}
		part = nil
	}
	for _, line := range lines {
		if strings.HasSuffix(line, "...") || line == "" {
			end()
		} else {
			part = append(part, line)
		}
	}
	end()
	return parts
}

// The page explains every construct of TLA+ and PlusCal that a specification
// uses: it is a complete key to them, or it is none.
func TestReadingPageExplainsAll(t *testing.T) {
	page := strings.ReplaceAll(readPage(t, readingPage), `\|`, "|")
	used := map[string]string{}
	for name, src := range specFiles(t, "*/*.tla") {
		module, err := syntax.Parse(name, []byte(src))
		require.NoError(t, err)
		for _, c := range constructs(module) {
			used[c] = name
		}
		for _, c := range plusCal(src) {
			used[c] = name
		}
	}
	for name, src := range specFiles(t, "*/*.cfg") {
		for _, c := range configWords.FindAllString(src, -1) {
			used["`"+c] = name
		}
		if strings.Contains(src, "<- [") {
			used["MaySend <- [Raft] Apart"] = name
		}
	}
	require.Greater(t, len(used), 50)
	for _, c := range slices.Sorted(maps.Keys(used)) {
		assert.True(t, explains(page, c), "%s uses %s; fix: explain it in %s, or do not use it", used[c], c, readingPage)
	}
}

// The control: what the page does not explain is found.
func TestReadingPageReportsWhatIsNew(t *testing.T) {
	module, err := syntax.Parse("New.tla", []byte("---- MODULE New ----\nEXTENDS Bags\nVARIABLE x\nA == x' = BagToSet([x EXCEPT ![1].f = 2])\nB == ENABLED (A \\cdot A)\n====\n"))
	require.NoError(t, err)
	assert.Subset(t, constructs(module), []string{`\cdot`, "`ENABLED", "`BagToSet(", "EXCEPT ![x].f = e"})
	assert.Contains(t, plusCal("(* --algorithm A { { l: goto m; } } *)"), "`goto")
	page := readPage(t, readingPage)
	assert.False(t, explains(page, `\cdot`))
	assert.False(t, explains(page, "`goto"))
	assert.False(t, explains(page, "`the"), "a word is not explained by being used")
	assert.True(t, explains(page, "`else"))
}

var codeSpan = regexp.MustCompile("`[^`\n]+`")

// explains reports whether the page has the construct; if it begins with a
// backquote, as a word of code.
func explains(page, construct string) bool {
	word, code := strings.CutPrefix(construct, "`")
	if !code {
		return strings.Contains(page, construct)
	}
	pattern := regexp.QuoteMeta(word)
	if strings.ContainsAny(word[:1], letters) {
		pattern = `\b` + pattern
	}
	if strings.ContainsAny(word[len(word)-1:], letters) {
		pattern += `\b`
	}
	return slices.ContainsFunc(codeSpan.FindAllString(page, -1), regexp.MustCompile(pattern).MatchString)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// constructs lists what a module is made of, each as the page writes it.
func constructs(m *syntax.Module) []string {
	defined := map[string]bool{}
	syntax.Walk(m, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.OpDef:
			defined[n.Name.Name] = true
		case *syntax.OpDecl:
			defined[n.Name.Name] = true
		}
		return true
	})
	standard := standardNames()
	found := map[string]bool{}
	syntax.Walk(m, func(n syntax.Node) bool {
		for _, c := range construct(n) {
			found[c] = true
		}
		if a, ok := n.(*syntax.Apply); ok && len(a.Qualifiers) == 0 {
			switch name := a.Name; {
			case strings.ContainsAny(name, letters) && name[0] != '\\':
				if (standard[name] || strings.ToUpper(name) == name && reserved[name]) && !defined[name] {
					found["`"+name+opening(a)] = true
				}
			case name == "'":
				found["`x'"] = true
			case name == "-.":
				found["`-a"] = true
			case name == "=<":
				found["`<="] = true // the canonical name is the less usual one
			default:
				found[name] = true
			}
		}
		return true
	})
	return slices.Sorted(maps.Keys(found))
}

// opening is how the use of an operator goes on behind its name.
func opening(a *syntax.Apply) string {
	if a.Form == syntax.Plain && len(a.Args) > 0 {
		return "("
	}
	return ""
}

var reserved = map[string]bool{"BOOLEAN": true, "STRING": true, "DOMAIN": true, "SUBSET": true, "UNION": true, "ENABLED": true, "UNCHANGED": true}

// standardNames are the operators of the modules that come with TLA+.
func standardNames() map[string]bool {
	names := map[string]bool{}
	for _, module := range []string{"Naturals", "Integers", "Sequences", "FiniteSets", "Bags", "TLC"} {
		src, ok := stdlib.Source(module)
		if !ok {
			continue
		}
		m, err := syntax.Parse(module+".tla", src)
		if err != nil {
			panic(err)
		}
		for _, u := range m.Units {
			if d, ok := u.(*syntax.OpDef); ok && !d.Local {
				names[d.Name.Name] = true
			}
		}
	}
	return names
}

func construct(n syntax.Node) (list []string) {
	switch n := n.(type) {
	case *syntax.Quant:
		return []string{map[syntax.Quantifier]string{syntax.Forall: `\A x \in S`, syntax.Exists: `\E x \in S`,
			syntax.TemporalForall: `\AA`, syntax.TemporalExists: `\EE`}[n.Kind]}
	case *syntax.Bound:
		if n.Tuple {
			list = append(list, `<<x, y>> \in S`)
		}
		if n.Set == nil {
			list = append(list, `\A x : P`)
		}
	case *syntax.Choose:
		return []string{"CHOOSE x"}
	case *syntax.SetFilter:
		return []string{`{x \in S : P}`}
	case *syntax.SetMap:
		return []string{`{e : x \in S}`}
	case *syntax.FuncCons:
		return []string{`[n \in Nodes |-> 0]`}
	case *syntax.FuncSet:
		return []string{`[Nodes -> 0..2]`}
	case *syntax.Record:
		return []string{`[type |-> "Yes", p |-> self]`}
	case *syntax.RecordSet:
		return []string{`[type : {"Yes", "No"}, p : Participants]`}
	case *syntax.Except:
		list = append(list, `[f EXCEPT ![x] = e]`)
		if len(n.Updates) > 1 {
			list = append(list, "several at once")
		}
		for _, u := range n.Updates {
			switch {
			case len(u.Path) == 1 && u.Path[0].Field != nil:
				list = append(list, "EXCEPT !.f = e")
			case len(u.Path) > 1:
				list = append(list, "EXCEPT ![x][y] = e", "EXCEPT ![x].f = e")
			}
		}
	case *syntax.At:
		return []string{"`@"}
	case *syntax.Cross:
		return []string{`S \X T`}
	case *syntax.If:
		return []string{"IF p THEN a ELSE b"}
	case *syntax.Case:
		return []string{"CASE p -> a [] q -> b", "OTHER"}
	case *syntax.Let:
		return []string{"LET x == e IN f"}
	case *syntax.Lambda:
		return []string{"LAMBDA"}
	case *syntax.FuncDef:
		return []string{`f[x \in S] == e`}
	case *syntax.Recursive:
		return []string{"RECURSIVE"}
	case *syntax.Constants:
		for _, d := range n.Decls {
			if d.Arity > 0 {
				list = append(list, "`Owner(_)")
			}
		}
		return append(list, "CONSTANTS")
	case *syntax.Variables:
		return []string{"VARIABLES"}
	case *syntax.InstanceDef:
		if len(n.Params) > 0 {
			list = append(list, "I(x) == INSTANCE M")
		}
		return append(list, "INSTANCE TCommit WITH")
	case *syntax.Instance:
		return []string{"INSTANCE"}
	case *syntax.Assume:
		return []string{"ASSUME"}
	case *syntax.Theorem:
		return []string{"THEOREM"}
	case *syntax.Box:
		if n.Angle {
			return []string{"<<A>>_v"}
		}
		return []string{"[][Next]_state"}
	case *syntax.Fairness:
		if n.Strong {
			return []string{"SF_vars(A)"}
		}
		return []string{"WF_vars(A)"}
	case *syntax.Label:
		return []string{"label ::"}
	case *syntax.Subexpr:
		return []string{"subexpression !"}
	case *syntax.OpDef:
		if n.Form != syntax.Plain {
			list = append(list, "a definition of a symbol")
		}
		if n.Local {
			list = append(list, "LOCAL")
		}
		for _, p := range n.Params {
			if p.Arity > 0 {
				list = append(list, "Op(_)")
			}
		}
	}
	return list
}

var (
	configWords = regexp.MustCompile(`(?m)^[A-Z_]+\b`)
	comments    = regexp.MustCompile(`(?s)\\\*[^\n]*|\(\*{3,}.*?\*{3,}\)|"[^"\n]*"`)
	words       = regexp.MustCompile(`fair\+|[A-Za-z]+|:=|\|\|`)
)

// plusCalWords are the words of PlusCal.
var plusCalWords = []string{"process", "fair", "fair+", "variables", "variable", "define", "macro", "procedure", "call", "return",
	"goto", "await", "when", "either", "or", "with", "while", "if", "else", "elsif", "skip", "print", "assert", "self", "pc", ":=", "||"}

// plusCal lists the words of PlusCal in the algorithm of a module, if it has one.
func plusCal(src string) (list []string) {
	text, _, _ := strings.Cut(src, `\* BEGIN TRANSLATION`)
	at := strings.Index(text, "--algorithm")
	if at < 0 {
		if at = strings.Index(text, "--fair algorithm"); at < 0 {
			return nil
		}
		list = append(list, "--fair algorithm")
	}
	for _, w := range words.FindAllString(comments.ReplaceAllString(text[at:], " "), -1) {
		if slices.Contains(plusCalWords, w) && !slices.Contains(list, "`"+w) {
			list = append(list, "`"+w)
		}
	}
	return list
}
