package syntax

// maxModules is how deep modules may nest.
const maxModules = 100

// parseFile parses the module of a file.
func (p *parser) parseFile() *Module {
	var m *Module
	p.guard(func() {
		if p.peek().kind != tokDashes {
			p.fail(`"---- MODULE"`)
		}
		m = p.module()
	})
	if m != nil {
		m.Comments = p.comments
	}
	return m
}

// module parses a module from its "----" to its "====".
func (p *parser) module() *Module {
	p.modules++
	defer func() { p.modules-- }()
	if p.modules > maxModules {
		p.abort(p.peek().span(), "modules nest deeper than %d", maxModules)
	}
	start := p.next().start
	p.expectKeyword("MODULE")
	m := &Module{File: p.file, Name: p.ident("the name of the module")}
	if p.peek().kind != tokDashes {
		p.fail(`"----"`)
	}
	p.next()
	if p.keyword("EXTENDS") {
		p.guard(func() {
			p.next()
			for {
				m.Extends = append(m.Extends, p.ident("the name of a module"))
				if !p.accept(",") {
					break
				}
			}
		})
	}
	for p.peek().kind != tokEquals && p.peek().kind != tokEOF && len(p.errs) < MaxErrors {
		first := p.pos
		ok := p.guard(func() {
			u := p.unit()
			p.checkDepth(u, first)
			m.Units = append(m.Units, u)
		})
		if !ok && (p.pos == first || !p.atUnit()) {
			p.sync(first)
		}
	}
	if p.peek().kind == tokEquals {
		p.next()
	} else if len(p.errs) < MaxErrors {
		p.guard(func() { p.fail(`"====" at the end of module ` + m.Name.Name) })
	}
	m.Span = p.from(start)
	return m
}

// sync skips from an error in the unit that begins at token first to where the
// next unit seems to begin.
func (p *parser) sync(first int) {
	column := p.tokens[first].start.Col
	if p.pos == first && p.tokens[first].kind != tokEOF {
		p.pos++
	}
	for {
		t := p.tokens[p.pos]
		if t.kind == tokEOF || t.kind == tokEquals || t.start.Col <= column && p.atUnit() {
			return
		}
		p.pos++
	}
}

// atUnit reports whether a unit of a module begins at the current token.
func (p *parser) atUnit() bool {
	switch t := p.tokens[p.pos]; t.kind {
	case tokDashes, tokEquals, tokEOF:
		return true
	case tokKeyword:
		switch t.text {
		case "CONSTANT", "CONSTANTS", "VARIABLE", "VARIABLES", "RECURSIVE", "LOCAL", "INSTANCE",
			"ASSUME", "ASSUMPTION", "AXIOM", "THEOREM", "LEMMA", "PROPOSITION", "COROLLARY", "USE", "HIDE":
			return true
		}
		return false
	}
	return p.atHead()
}

// atHead reports whether the head of a definition, up to its "==", is at the
// current token.
func (p *parser) atHead() bool {
	t, u, v := p.ahead(0), p.ahead(1), p.ahead(2)
	if t.kind == tokOp && u.kind == tokIdent {
		return v.is(tokPunct, "==")
	}
	if t.kind != tokIdent {
		return false
	}
	switch {
	case u.is(tokPunct, "=="):
		return true
	case u.kind == tokOp:
		return v.is(tokPunct, "==") || v.kind == tokIdent && p.ahead(3).is(tokPunct, "==")
	case u.is(tokPunct, "("):
		return p.headEnds(")")
	case u.is(tokPunct, "["):
		return p.headEnds("]")
	}
	return false
}

// headEnds reports whether the bracket at the next token is closed by the given
// one and followed by "==".
func (p *parser) headEnds(closing string) bool {
	depth := 0
	for i := p.pos + 1; i < len(p.tokens) && i < p.pos+1000; i++ {
		t := p.tokens[i]
		if t.kind == tokEOF || t.kind == tokEquals {
			return false
		}
		if t.kind != tokPunct {
			continue
		}
		switch t.text {
		case "==":
			return false
		case "(", "[", "{", "<<":
			depth++
		case ")", "]", "}", ">>", "]_", ">>_":
			if depth--; depth == 0 {
				return t.text == closing && i+1 < len(p.tokens) && p.tokens[i+1].is(tokPunct, "==")
			}
		}
	}
	return false
}

// unit parses one unit of a module.
func (p *parser) unit() Unit {
	t := p.peek()
	switch t.kind {
	case tokDashes:
		if p.ahead(1).is(tokKeyword, "MODULE") {
			return p.module()
		}
		p.next()
		return &Separator{t.span()}
	case tokKeyword:
		switch t.text {
		case "CONSTANT", "CONSTANTS":
			p.next()
			decls := p.decls()
			return &Constants{p.from(t.start), decls}
		case "VARIABLE", "VARIABLES":
			p.next()
			names := p.idents("the name of a variable")
			return &Variables{p.from(t.start), names}
		case "ASSUME", "ASSUMPTION", "AXIOM":
			p.next()
			a := &Assume{Keyword: t.text, Name: p.factName()}
			a.Body = p.expr()
			a.Span = p.from(t.start)
			return a
		case "THEOREM", "LEMMA", "PROPOSITION", "COROLLARY":
			return p.theorem()
		case "USE", "HIDE":
			p.skipLeafProof(true)
			return &Use{p.from(t.start), t.text}
		}
	}
	return p.definition("a definition, a declaration or the end of the module")
}

// factName parses the "name ==" that may come before an assumption or theorem.
func (p *parser) factName() *Ident {
	if p.peek().kind == tokIdent && p.ahead(1).is(tokPunct, "==") {
		name := p.ident("")
		p.next()
		return name
	}
	return nil
}

func (p *parser) idents(what string) []*Ident {
	list := []*Ident{p.ident(what)}
	for p.accept(",") {
		list = append(list, p.ident(what))
	}
	return list
}

func (p *parser) decls() []*OpDecl {
	list := []*OpDecl{p.decl()}
	for p.accept(",") {
		list = append(list, p.decl())
	}
	return list
}

// decl parses C, F(_, _), _ + _, _ ^+ or -. _.
func (p *parser) decl() *OpDecl {
	t := p.peek()
	switch {
	case t.kind == tokIdent:
		name := p.ident("")
		d := &OpDecl{Name: name}
		if p.accept("(") {
			for {
				p.expect("_")
				d.Arity++
				if !p.accept(",") {
					break
				}
			}
			p.expect(")")
		}
		d.Span = p.from(t.start)
		return d
	case t.kind == tokOp && operatorByName[t.text].Form == Prefix || t.is(tokOp, "-"):
		op := p.next()
		if op.text == "-" {
			op.text = "-."
		}
		p.expect("_")
		return &OpDecl{p.from(t.start), &Ident{op.span(), op.text}, 1, Prefix}
	case p.punct("_"):
		p.next()
		op := p.peek()
		if op.kind != tokOp || operatorByName[op.text].Form == Prefix {
			p.fail("an infix or postfix operator")
		}
		p.next()
		d := &OpDecl{Name: &Ident{op.span(), op.text}, Arity: 1, Form: operatorByName[op.text].Form}
		if d.Form == Infix {
			p.expect("_")
			d.Arity = 2
		}
		d.Span = p.from(t.start)
		return d
	}
	p.fail("the name of an operator")
	return nil
}

// definition parses what may stand both in a module and in a LET: LOCAL,
// RECURSIVE, INSTANCE and the definitions with "==".
func (p *parser) definition(expected string) Unit {
	start := p.peek().start
	local := false
	if p.keyword("LOCAL") {
		p.next()
		local = true
		expected = "a definition or an INSTANCE"
	}
	t := p.peek()
	switch {
	case t.is(tokKeyword, "INSTANCE"):
		inst := p.instance()
		inst.Local, inst.Start = local, start
		return inst
	case t.is(tokKeyword, "RECURSIVE") && !local:
		p.next()
		decls := p.decls()
		return &Recursive{p.from(start), decls}
	case t.kind == tokIdent && p.ahead(1).is(tokPunct, "["):
		f := &FuncDef{Local: local, Name: p.ident("")}
		p.next()
		f.Bounds = p.bounds()
		for _, b := range f.Bounds {
			if b.Set == nil {
				p.abort(b.Span, `found a variable without a set in the head of the function %s, expected "\in"`, f.Name.Name)
			}
		}
		p.expect("]")
		p.expect("==")
		f.Body = p.expr()
		f.Span = p.from(start)
		return f
	}
	name, params, form := p.head(expected)
	p.expect("==")
	if p.keyword("INSTANCE") {
		inst := p.instance()
		if form != Plain {
			p.abort(name.Span, "found the operator %s as the name of an instance, expected an identifier", name.Name)
		}
		return &InstanceDef{p.from(start), local, name, params, inst}
	}
	body := p.expr()
	return &OpDef{p.from(start), local, name, params, form, body}
}

// head parses the left side of a definition.
func (p *parser) head(expected string) (name *Ident, params []*OpDecl, form Form) {
	t, u := p.peek(), p.ahead(1)
	plain := func(id *Ident) *OpDecl { return &OpDecl{id.Span, id, 0, Plain} }
	switch {
	case t.kind == tokIdent && u.is(tokOp, "="):
		p.next()
		p.fail(`"=="`)
	case t.kind == tokIdent && u.kind == tokOp && u.text != "-." && operatorByName[u.text].Form != Prefix:
		params = append(params, plain(p.ident("")))
		op := p.next()
		form = operatorByName[op.text].Form
		if form == Infix {
			params = append(params, plain(p.ident("the second operand of the definition")))
		}
		return &Ident{op.span(), op.text}, params, form
	case t.kind == tokIdent:
		name = p.ident("")
		if p.accept("(") {
			for {
				params = append(params, p.decl())
				if !p.accept(",") {
					break
				}
			}
			p.expect(")")
		}
		if !p.punct("==") {
			p.fail(`"=="`)
		}
		return name, params, Plain
	case t.kind == tokOp && (operatorByName[t.text].Form == Prefix || t.text == "-") && u.kind == tokIdent:
		op := p.next()
		if op.text == "-" {
			op.text = "-."
		}
		return &Ident{op.span(), op.text}, []*OpDecl{plain(p.ident(""))}, Prefix
	}
	p.fail(expected)
	return
}

// instance parses INSTANCE M WITH a <- e.
func (p *parser) instance() *Instance {
	start := p.expectKeyword("INSTANCE").start
	inst := &Instance{Module: p.ident("the name of a module")}
	if p.keyword("WITH") {
		p.next()
		for {
			s := &Subst{}
			t := p.peek()
			switch {
			case t.kind == tokIdent || t.kind == tokOp:
				p.next()
				s.Name = &Ident{t.span(), t.text}
			default:
				p.fail("the name of a constant or variable of " + inst.Module.Name)
			}
			p.expect("<-")
			s.Value = p.argument()
			s.Span = p.from(t.start)
			inst.Substs = append(inst.Substs, s)
			if !p.accept(",") {
				break
			}
		}
	}
	inst.Span = p.from(start)
	return inst
}
