package syntax

// Proofs are read over, not kept: their extent is found from their step names
// and from the leaf proofs that end them, without reading the expressions
// within.

// theorem parses a theorem and moves over its proof.
func (p *parser) theorem() Unit {
	t := p.next()
	th := &Theorem{Keyword: t.text, Name: p.factName()}
	th.Body = p.statement()
	start, first := p.peek().start, p.pos
	p.skipProof()
	if p.pos > first {
		th.Proof = p.from(start)
	}
	th.Span = p.from(t.start)
	return th
}

// statement parses an expression or an ASSUME ... PROVE.
func (p *parser) statement() Expr {
	if !p.keyword("ASSUME") {
		return p.expr()
	}
	p.enter()
	defer p.leave()
	start := p.next().start
	a := &AssumeProve{}
	for {
		a.Assumes = append(a.Assumes, p.assumption())
		if !p.accept(",") {
			break
		}
	}
	p.expectKeyword("PROVE")
	a.Prove = p.expr()
	a.Span = p.from(start)
	return a
}

// assumption parses what may stand in the ASSUME of an ASSUME ... PROVE.
func (p *parser) assumption() Node {
	t := p.peek()
	if t.kind == tokIdent && p.ahead(1).is(tokPunct, "::") && p.ahead(2).is(tokKeyword, "ASSUME") {
		p.next()
		p.next()
	}
	if p.keyword("ASSUME") {
		return p.statement()
	}
	if t.kind != tokKeyword {
		return p.expr()
	}
	n := &New{Kind: "CONSTANT"}
	seen := false
	if p.keyword("NEW") {
		p.next()
		seen = true
	}
	if k := p.peek(); k.kind == tokKeyword {
		switch k.text {
		case "CONSTANT", "VARIABLE", "STATE", "ACTION", "TEMPORAL":
			p.next()
			n.Kind = k.text
			seen = true
		}
	}
	if !seen {
		return p.expr()
	}
	n.Decl = p.decl()
	if p.at(tokOp, `\in`) {
		p.next()
		n.Set = p.expr()
	}
	n.Span = p.from(t.start)
	return n
}

// proofLevel is a sequence of steps that the parser is inside of.
type proofLevel struct {
	level int
	qed   bool // its QED step has been seen: the proof after it is its last
}

// skipProof moves over a proof, if one is here.
func (p *parser) skipProof() {
	if p.keyword("PROOF") {
		p.next()
	}
	var levels []proofLevel
	for {
		t := p.tokens[p.pos]
		switch {
		case t.kind == tokStep:
			n := stepLevel(t.text, levels)
			for len(levels) > 0 && levels[len(levels)-1].level > n {
				levels = levels[:len(levels)-1]
			}
			if len(levels) == 0 || levels[len(levels)-1].level < n {
				levels = append(levels, proofLevel{level: n})
			}
			p.pos++
			if p.tokens[p.pos].is(tokKeyword, "QED") {
				levels[len(levels)-1].qed = true
				p.pos++
			} else {
				p.skipStep()
			}
			if p.proofFollows(n) {
				continue
			}
		case t.is(tokKeyword, "PROOF"):
			p.pos++
			continue
		case t.is(tokKeyword, "BY") || t.is(tokKeyword, "OBVIOUS") || t.is(tokKeyword, "OMITTED"):
			last := true
			for _, l := range levels {
				last = last && l.qed
			}
			p.skipLeafProof(last)
		default:
			return
		}
		for len(levels) > 0 && levels[len(levels)-1].qed {
			levels = levels[:len(levels)-1]
		}
		if len(levels) == 0 {
			return
		}
	}
}

// proofFollows reports whether the step just read over, of level n, is followed
// by a proof of its own.
func (p *parser) proofFollows(n int) bool {
	t := p.tokens[p.pos]
	switch {
	case t.kind == tokKeyword:
		return t.text == "BY" || t.text == "OBVIOUS" || t.text == "OMITTED" || t.text == "PROOF"
	case t.kind == tokStep:
		switch t.text {
		case "*":
			return p.tokens[p.pos-1].is(tokKeyword, "PROOF")
		case "+":
			return true
		}
		return stepLevel(t.text, nil) > n
	}
	return false
}

// stepLevel returns the level of a step whose name begins with <text>: * is the
// current level, + one below it.
func stepLevel(text string, levels []proofLevel) int {
	current := 0
	if len(levels) > 0 {
		current = levels[len(levels)-1].level
	}
	switch text {
	case "*":
		return current
	case "+":
		return current + 1
	}
	n := 0
	for _, c := range text {
		if n < 1<<20 {
			n = n*10 + int(c-'0')
		}
	}
	return n
}

// skipStep moves over the body of a proof step, to its proof or the next step.
func (p *parser) skipStep() {
	for {
		t := p.tokens[p.pos]
		switch t.kind {
		case tokEOF, tokEquals, tokDashes:
			return
		case tokKeyword:
			switch t.text {
			case "BY", "OBVIOUS", "OMITTED", "PROOF", "QED",
				"THEOREM", "LEMMA", "PROPOSITION", "COROLLARY", "AXIOM", "ASSUMPTION", "RECURSIVE":
				return
			}
		case tokStep:
			if !p.refersToStep() {
				return
			}
		}
		p.pos++
	}
}

// skipLeafProof moves over BY ..., OBVIOUS, OMITTED, or the rest of USE or HIDE:
// to the next step or, if it ends the whole proof, to what looks like the next
// unit.
func (p *parser) skipLeafProof(last bool) {
	p.pos++
	for {
		t := p.tokens[p.pos]
		switch t.kind {
		case tokStep:
			if !p.refersToStep() {
				return
			}
		case tokKeyword:
			switch t.text {
			case "QED", "BY", "OBVIOUS", "OMITTED", "PROOF":
				return
			case "LET":
				p.skipLet()
				continue
			}
			if p.atUnit() {
				return
			}
		case tokEOF, tokEquals, tokDashes:
			return
		default:
			if last && !p.insideFact() && p.atUnit() {
				return
			}
		}
		p.pos++
	}
}

// skipLet moves over the definitions of a LET, so that they are not taken for
// units of the module.
func (p *parser) skipLet() {
	for depth := 0; ; p.pos++ {
		switch t := p.tokens[p.pos]; {
		case t.kind == tokEOF || t.kind == tokEquals || t.kind == tokDashes || t.kind == tokStep:
			return
		case t.is(tokKeyword, "LET"):
			depth++
		case t.is(tokKeyword, "IN"):
			if depth--; depth <= 0 {
				return
			}
		}
	}
}

// refersToStep reports whether the step name at the current token names an
// earlier step, as in BY <1>1, <1>2, rather than begins a step.
func (p *parser) refersToStep() bool {
	switch t := p.tokens[p.pos-1]; t.kind {
	case tokKeyword:
		switch t.text {
		case "BY", "ONLY", "USE", "HIDE", "DEF", "DEFS", "PROVE", "ASSUME", "THEN", "ELSE", "SUFFICES":
			return true
		}
		return false
	case tokPunct:
		switch t.text {
		case ",", "(", ":", "==":
			return true
		}
		return false
	case tokOp:
		return operatorByName[t.text].Form != Postfix
	}
	return false
}

// insideFact reports whether the current token cannot begin a unit because the
// one before it calls for an operand.
func (p *parser) insideFact() bool {
	switch t := p.tokens[p.pos-1]; t.kind {
	case tokKeyword:
		switch t.text {
		case "BY", "ONLY", "USE", "HIDE", "DEF", "DEFS", "MODULE", "IN", "LET":
			return true
		}
	case tokPunct:
		return t.text == ","
	}
	return false
}
