package syntax

// Operator describes an operator symbol. Low and High are its range of
// precedence, in the units of the table of "Specifying Systems" (section 15.2):
// of two operators competing for an operand the one whose range is wholly above
// the other's gets it, and overlapping ranges are an error that parentheses
// mend, unless both are the same left-associative operator.
type Operator struct {
	Name      string // canonical spelling
	Form      Form   // Prefix, Infix or Postfix
	Low, High int
	Left      bool     // associates to the left
	Spellings []string // the others, ASCII and Unicode
}

// Operators is the table of all operator symbols, in order of form and
// precedence. The one symbol with two forms is "-": as a prefix operator its
// name is "-.".
//
// Ranges are SANY's where they differ from the book's: SUBSET and UNION bind
// as tightly as DOMAIN, 10-13.
var Operators = []Operator{
	{"~", Prefix, 4, 4, true, []string{`\lnot`, `\neg`, "¬"}},
	{"[]", Prefix, 4, 15, false, []string{"□"}},
	{"<>", Prefix, 4, 15, false, []string{"◇"}},
	{"ENABLED", Prefix, 4, 15, false, nil},
	{"UNCHANGED", Prefix, 4, 15, false, nil},
	{"DOMAIN", Prefix, 10, 13, false, nil},
	{"SUBSET", Prefix, 10, 13, false, nil},
	{"UNION", Prefix, 10, 13, false, nil},
	{"-.", Prefix, 12, 12, false, nil},

	{"=>", Infix, 1, 1, false, []string{"⇒"}},
	{"<=>", Infix, 2, 2, false, []string{`\equiv`, "⇔", "≡"}},
	{"~>", Infix, 2, 2, false, []string{"↝"}},
	{"-+->", Infix, 2, 2, false, []string{"⇸"}},
	{`/\`, Infix, 3, 3, true, []string{`\land`, "∧"}},
	{`\/`, Infix, 3, 3, true, []string{`\lor`, "∨"}},
	{"=", Infix, 5, 5, false, nil},
	{"/=", Infix, 5, 5, false, []string{"#", "≠"}},
	{"<", Infix, 5, 5, false, nil},
	{">", Infix, 5, 5, false, nil},
	{"=<", Infix, 5, 5, false, []string{"<=", `\leq`, "≤"}},
	{">=", Infix, 5, 5, false, []string{`\geq`, "≥"}},
	{`\in`, Infix, 5, 5, false, []string{"∈"}},
	{`\notin`, Infix, 5, 5, false, []string{"∉"}},
	{`\subseteq`, Infix, 5, 5, false, []string{"⊆"}},
	{`\subset`, Infix, 5, 5, false, []string{"⊂"}},
	{`\supseteq`, Infix, 5, 5, false, []string{"⊇"}},
	{`\supset`, Infix, 5, 5, false, []string{"⊃"}},
	{`\sqsubseteq`, Infix, 5, 5, false, []string{"⊑"}},
	{`\sqsubset`, Infix, 5, 5, false, []string{"⊏"}},
	{`\sqsupseteq`, Infix, 5, 5, false, []string{"⊒"}},
	{`\sqsupset`, Infix, 5, 5, false, []string{"⊐"}},
	{`\prec`, Infix, 5, 5, false, []string{"≺"}},
	{`\preceq`, Infix, 5, 5, false, []string{"⪯", "≼"}},
	{`\succ`, Infix, 5, 5, false, []string{"≻"}},
	{`\succeq`, Infix, 5, 5, false, []string{"⪰", "≽"}},
	{`\ll`, Infix, 5, 5, false, []string{"≪"}},
	{`\gg`, Infix, 5, 5, false, []string{"≫"}},
	{`\sim`, Infix, 5, 5, false, []string{"∼"}},
	{`\simeq`, Infix, 5, 5, false, []string{"≃"}},
	{`\asymp`, Infix, 5, 5, false, []string{"≍"}},
	{`\approx`, Infix, 5, 5, false, []string{"≈"}},
	{`\cong`, Infix, 5, 5, false, []string{"≅"}},
	{`\doteq`, Infix, 5, 5, false, []string{"≐"}},
	{`\propto`, Infix, 5, 5, false, []string{"∝"}},
	{"|-", Infix, 5, 5, false, []string{"⊢"}},
	{"|=", Infix, 5, 5, false, []string{"⊨"}},
	{"-|", Infix, 5, 5, false, []string{"⊣"}},
	{"=|", Infix, 5, 5, false, []string{"⫤"}},
	{":=", Infix, 5, 5, false, []string{"≔"}},
	{"::=", Infix, 5, 5, false, []string{"⩴"}},
	{`\cdot`, Infix, 5, 14, true, []string{"⋅", "·"}},
	{"@@", Infix, 6, 6, true, nil},
	{":>", Infix, 7, 7, false, nil},
	{"<:", Infix, 7, 7, false, nil},
	{`\cup`, Infix, 8, 8, true, []string{`\union`, "∪"}},
	{`\cap`, Infix, 8, 8, true, []string{`\intersect`, "∩"}},
	{`\`, Infix, 8, 8, false, nil},
	{"..", Infix, 9, 9, false, []string{"‥"}},
	{"...", Infix, 9, 9, false, []string{"…"}},
	{"!!", Infix, 9, 13, false, []string{"‼"}},
	{"##", Infix, 9, 13, true, nil},
	{"$", Infix, 9, 13, true, nil},
	{"$$", Infix, 9, 13, true, nil},
	{"??", Infix, 9, 13, true, []string{"⁇"}},
	{`\sqcap`, Infix, 9, 13, true, []string{"⊓"}},
	{`\sqcup`, Infix, 9, 13, true, []string{"⊔"}},
	{`\uplus`, Infix, 9, 13, true, []string{"⊎"}},
	{`\wr`, Infix, 9, 14, false, []string{"≀"}},
	{`\X`, Infix, 10, 13, true, []string{`\times`, "×"}},
	{"+", Infix, 10, 10, true, nil},
	{"++", Infix, 10, 10, true, nil},
	{"(+)", Infix, 10, 10, true, []string{`\oplus`, "⊕"}},
	{"%", Infix, 10, 11, false, []string{`\mod`}},
	{"%%", Infix, 10, 11, true, nil},
	{"|", Infix, 10, 11, true, nil},
	{"||", Infix, 10, 11, true, []string{"‖"}},
	{"-", Infix, 11, 11, true, nil},
	{"--", Infix, 11, 11, true, nil},
	{"(-)", Infix, 11, 11, true, []string{`\ominus`, "⊖"}},
	{"*", Infix, 13, 13, true, nil},
	{"**", Infix, 13, 13, true, nil},
	{"/", Infix, 13, 13, false, nil},
	{"//", Infix, 13, 13, false, nil},
	{"&", Infix, 13, 13, true, nil},
	{"&&", Infix, 13, 13, true, nil},
	{"(.)", Infix, 13, 13, true, []string{`\odot`, "⊙"}},
	{"(/)", Infix, 13, 13, false, []string{`\oslash`, "⊘"}},
	{`(\X)`, Infix, 13, 13, true, []string{`\otimes`, "⊗"}},
	{`\bigcirc`, Infix, 13, 13, true, []string{"◯", "○"}},
	{`\bullet`, Infix, 13, 13, true, []string{"●", "•"}},
	{`\div`, Infix, 13, 13, false, []string{"÷"}},
	{`\o`, Infix, 13, 13, true, []string{`\circ`, "∘"}},
	{`\star`, Infix, 13, 13, true, []string{"★", "⋆"}},
	{"^", Infix, 14, 14, false, nil},
	{"^^", Infix, 14, 14, false, nil},

	{"'", Postfix, 15, 15, false, []string{"′"}},
	{"^+", Postfix, 15, 15, false, []string{"⁺"}},
	{"^*", Postfix, 15, 15, false, nil},
	{"^#", Postfix, 15, 15, false, nil},
}

// LookupOperator returns the operator whose canonical name is name.
func LookupOperator(name string) (*Operator, bool) {
	op, ok := operatorByName[name]
	return op, ok
}

// CanonicalName returns the canonical name of an operator symbol in any of its
// spellings, and any other name unchanged.
func CanonicalName(name string) string {
	if c, ok := symbols[name]; ok && c.kind == tokOp {
		return c.text
	}
	return name
}

var operatorByName = func() map[string]*Operator {
	m := make(map[string]*Operator, len(Operators))
	for i := range Operators {
		m[Operators[i].Name] = &Operators[i]
	}
	return m
}()

// symbol is what a spelling stands for.
type symbol struct {
	kind tokenKind
	text string
}

// symbols holds every spelling that is not a word: of operators, and of the
// punctuation of the grammar.
var symbols = func() map[string]symbol {
	m := map[string]symbol{}
	for _, op := range Operators {
		if !isWordRune(rune(op.Name[0])) {
			m[op.Name] = symbol{tokOp, op.Name}
		}
		for _, s := range op.Spellings {
			m[s] = symbol{tokOp, op.Name}
		}
	}
	for _, s := range []string{
		"(", ")", "[", "]", "]_", "{", "}", "<<", ">>", ">>_", ",", ":", "::",
		"==", "->", "<-", "|->", "!", "@", "_", ".", `\A`, `\E`, `\AA`, `\EE`,
	} {
		m[s] = symbol{tokPunct, s}
	}
	for s, c := range map[string]string{
		`\forall`: `\A`, `\exists`: `\E`, "∀": `\A`, "∃": `\E`,
		"≜": "==", "→": "->", "←": "<-", "↦": "|->", "∷": "::",
		"⟨": "<<", "⟩": ">>", "⟩_": ">>_",
	} {
		m[s] = symbol{tokPunct, c}
	}
	for s, c := range map[string]string{"ℕ": "Nat", "ℤ": "Int", "ℝ": "Real"} {
		m[s] = symbol{tokIdent, c}
	}
	return m
}()

// keywords are the reserved words. Those that are operators are lexed as such.
var keywords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range []string{
		"ACTION", "ASSUME", "ASSUMPTION", "AXIOM", "BY", "CASE", "CHOOSE",
		"CONSTANT", "CONSTANTS", "COROLLARY", "DEF", "DEFINE", "DEFS", "ELSE",
		"EXCEPT", "EXTENDS", "HAVE", "HIDE", "IF", "IN", "INSTANCE", "LAMBDA",
		"LEMMA", "LET", "LOCAL", "MODULE", "NEW", "OBVIOUS", "OMITTED", "ONLY",
		"OTHER", "PICK", "PROOF", "PROPOSITION", "PROVE", "QED", "RECURSIVE",
		"STATE", "SUFFICES", "TAKE", "TEMPORAL", "THEN", "THEOREM", "USE",
		"VARIABLE", "VARIABLES", "WITH", "WITNESS",
	} {
		m[w] = true
	}
	return m
}()
