package specs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// configuration is what a manifest is compared with in a .cfg file. Whether
// the file is right as a whole is for the model checker to say.
type configuration struct {
	constants              map[string]string // as Model.Constants, one blank between tokens
	invariants, properties []string
}

// A token of a configuration; the first group is empty for blanks and comments.
var configToken = regexp.MustCompile(`(?s)^(?:\s+|\\\*[^\n]*|\(\*.*?\*\)|(<-|[={}\[\],]|"(?:[^"\\\n]|\\.)*"|-?[A-Za-z0-9_!]+))`)

var configKeyword = regexp.MustCompile(`^(?:CONSTANTS?|INVARIANTS?|PROPERTY|PROPERTIES|INIT|NEXT|SPECIFICATION|SYMMETRY|VIEW|` +
	`CONSTRAINTS?|ACTION_CONSTRAINTS?|CHECK_DEADLOCK|ALIAS|POSTCONDITION)$`)

type configWord struct {
	text string
	line int
}

func configWords(file, text string) ([]configWord, error) {
	var words []configWord
	line := 1
	for text != "" {
		m := configToken.FindStringSubmatch(text)
		if m == nil {
			rest, _, _ := strings.Cut(text, "\n")
			return nil, fmt.Errorf("%s:%d: expected a name, a value, = or <-, found %q", file, line, rest)
		}
		if m[1] != "" {
			words = append(words, configWord{m[1], line})
		}
		line += strings.Count(m[0], "\n")
		text = text[len(m[0]):]
	}
	return words, nil
}

func readConfig(file string, text []byte) (configuration, error) {
	c := configuration{constants: map[string]string{}}
	words, err := configWords(file, string(text))
	if err != nil {
		return c, err
	}
	section := ""
	for i := 0; i < len(words); {
		w := words[i]
		if configKeyword.MatchString(w.text) {
			section = w.text
			i++
			continue
		}
		switch section {
		case "CONSTANT", "CONSTANTS":
			value, used := constant(words[i+1:])
			if used == 0 {
				return c, fmt.Errorf("%s:%d: constant %s: expected = or <- and a value", file, w.line, w.text)
			}
			if _, ok := c.constants[w.text]; ok {
				return c, fmt.Errorf("%s:%d: constant %s is assigned a second time", file, w.line, w.text)
			}
			c.constants[w.text] = value
			i += 1 + used
			continue
		case "INVARIANT", "INVARIANTS":
			c.invariants = append(c.invariants, w.text)
		case "PROPERTY", "PROPERTIES":
			c.properties = append(c.properties, w.text)
		case "":
			return c, fmt.Errorf("%s:%d: expected a keyword such as CONSTANT, found %q", file, w.line, w.text)
		}
		i++
	}
	c.invariants = slices.DeleteFunc(c.invariants, func(s string) bool { return s == "," })
	c.properties = slices.DeleteFunc(c.properties, func(s string) bool { return s == "," })
	return c, nil
}

// constant reads "= value", "<- name" or one of them with a module in brackets,
// and returns its normal form and how many words it takes; 0 if it is none.
func constant(words []configWord) (string, int) {
	if len(words) < 2 || words[0].text != "=" && words[0].text != "<-" {
		return "", 0
	}
	n := 1
	if words[1].text == "[" {
		for n < len(words) && words[n].text != "]" {
			n++
		}
		n++
	}
	depth := 0
	for {
		if n >= len(words) || configKeyword.MatchString(words[n].text) {
			return "", 0
		}
		switch words[n].text {
		case "{":
			depth++
		case "}":
			depth--
		}
		n++
		if depth <= 0 {
			break
		}
	}
	var parts []string
	for _, w := range words[:n] {
		parts = append(parts, w.text)
	}
	if parts[0] == "=" {
		parts = parts[1:]
	}
	return strings.Join(parts, " "), n
}

// normal brings the text of a constant in a manifest into the form that
// constant returns.
func normal(text string) (string, error) {
	words, err := configWords("constant", text)
	if err != nil {
		return "", fmt.Errorf("%q is no value of a configuration", text)
	}
	var parts []string
	for _, w := range words {
		parts = append(parts, w.text)
	}
	return strings.Join(parts, " "), nil
}
