package module

// builtins are the operators of the language itself, with their arities.
var builtins = map[string]int{
	"TRUE": 0, "FALSE": 0, "BOOLEAN": 0, "STRING": 0,
	"=": 2, "/=": 2, `/\`: 2, `\/`: 2, "~": 1, "=>": 2, "<=>": 2,
	`\in`: 2, `\notin`: 2, `\subseteq`: 2, `\cup`: 2, `\cap`: 2, `\`: 2, `\X`: 2,
	"SUBSET": 1, "UNION": 1, "DOMAIN": 1,
	"'": 1, "ENABLED": 1, "UNCHANGED": 1, `\cdot`: 2,
	"[]": 1, "<>": 1, "~>": 2, "-+->": 2,
}

// builtinScope is the scope around every module.
func builtinScope() *scope {
	s := newScope(nil)
	for name, arity := range builtins {
		s.entries[name] = &entry{name: name, object: &Builtin{name, arity}}
	}
	return s
}
