package syntax

import "strconv"

// primary parses an operand without the operators around it.
func (p *parser) primary() operand {
	t := p.peek()
	e := Expr(nil)
	switch t.kind {
	case tokIdent:
		e = p.named()
	case tokNumber:
		p.next()
		e = &Number{t.span(), t.text}
	case tokString:
		p.next()
		e = &String{t.span(), t.text}
	case tokOp:
		e = p.symbolOperand(t)
	case tokKeyword:
		e = p.construct(t)
	case tokPunct:
		switch t.text {
		case "(":
			p.next()
			inner := p.operand()
			end := p.expect(")")
			return operand{inner.Expr, Span{t.start, end.end}, true}
		case "{":
			e = p.braces()
		case "[":
			e = p.brackets()
		case "<<":
			e = p.tuple()
		case "@":
			p.next()
			e = &At{t.span()}
		case `\A`, `\E`, `\AA`, `\EE`:
			e = p.quant(t)
		}
	case tokStep:
		p.abort(t.span(), "found %s, expected an expression: steps can be named only in proofs", t.describe())
	}
	if e == nil {
		p.fail("an expression")
	}
	return operand{e, e.Where(), false}
}

// symbolOperand parses what an operand may begin with an operator symbol: a
// junction list or \cup(S, T).
func (p *parser) symbolOperand(t token) Expr {
	next := p.ahead(1)
	switch {
	case isJunction(t) && !next.is(tokPunct, ",") && !next.is(tokPunct, ")"):
		return p.junction(t)
	case next.is(tokPunct, "("):
		return p.named()
	}
	return nil
}

// junction parses a list of items that begin with the same bullet in the same
// column.
func (p *parser) junction(bullet token) Expr {
	j := &Junction{Op: bullet.text}
	column := bullet.start.Col
	for {
		p.next()
		p.columns = append(p.columns, column)
		j.Items = append(j.Items, p.expr())
		p.columns = p.columns[:len(p.columns)-1]
		if t := p.peek(); !t.is(tokOp, bullet.text) || t.start.Col != column {
			break
		}
	}
	j.Span = p.from(bullet.start)
	return j
}

// named parses a name and what belongs to it: arguments, instances before it
// (A!B), selectors after it (Op!1), a label (lab :: e).
func (p *parser) named() Expr {
	start := p.peek().start
	app := p.simpleName(true)
	if len(app.Args) == 0 || allNames(app.Args) {
		if p.punct("::") && app.Form == Plain && !isSymbolName(app.Name) {
			return p.label(app)
		}
	}
	for p.punct("!") {
		if t := p.ahead(1); t.kind == tokIdent || t.kind == tokOp {
			p.next()
			next := p.simpleName(true)
			next.Qualifiers = append(app.Qualifiers, &Qualifier{app.Span, app.Name, app.Args})
			if len(app.Qualifiers) > 0 {
				next.Qualifiers[len(next.Qualifiers)-1].Span = Span{app.NameSpan.Start, app.End}
			}
			next.Start = start
			app = next
			continue
		}
		return p.selectors(app)
	}
	return app
}

// simpleName parses one name or operator symbol and, if args, its arguments.
func (p *parser) simpleName(args bool) *Apply {
	t := p.next()
	app := &Apply{Name: t.text, NameSpan: t.span()}
	if args && p.punct("(") {
		app.Args = p.arguments()
	}
	app.Span = p.from(t.start)
	return app
}

func isSymbolName(name string) bool { return operatorByName[name] != nil }

func allNames(args []Expr) bool {
	for _, a := range args {
		if app, ok := a.(*Apply); !ok || len(app.Args) > 0 || len(app.Qualifiers) > 0 || isSymbolName(app.Name) {
			return false
		}
	}
	return true
}

// label parses the body of lab(x, y) :: e, whose head has been read as a name.
func (p *parser) label(head *Apply) Expr {
	p.expect("::")
	l := &Label{Name: &Ident{head.NameSpan, head.Name}}
	for _, a := range head.Args {
		l.Params = append(l.Params, &Ident{a.Where(), a.(*Apply).Name})
	}
	l.Body = p.expr()
	l.Span = p.from(head.Start)
	return l
}

// selectors parses the rest of a subexpression name, from the first "!" that is
// not followed by a name.
func (p *parser) selectors(base *Apply) Expr {
	s := &Subexpr{Base: base}
	for p.accept("!") {
		t := p.peek()
		sel := Selector{}
		switch {
		case t.kind == tokNumber:
			n, err := strconv.Atoi(t.text)
			if err != nil || n < 1 {
				p.fail("the number of a subexpression, counted from 1")
			}
			p.next()
			sel.Kind, sel.Index = SelectIndex, n
		case p.punct("<<"):
			p.next()
			sel.Kind = SelectLeft
		case p.punct(">>"):
			p.next()
			sel.Kind = SelectRight
		case p.punct("@"):
			p.next()
			sel.Kind = SelectAt
		case p.punct(":"):
			p.next()
			sel.Kind = SelectBody
		case p.punct("("):
			sel.Kind, sel.Args = SelectArgs, p.arguments()
		case t.kind == tokIdent || t.kind == tokOp:
			app := p.simpleName(true)
			sel.Kind, sel.Label, sel.Args = SelectLabel, app.Name, app.Args
		default:
			p.fail("a selector of a subexpression")
		}
		sel.Span = p.from(t.start)
		s.Selectors = append(s.Selectors, sel)
	}
	s.Span = p.from(base.Start)
	return s
}

// construct parses the expressions that begin with a reserved word.
func (p *parser) construct(t token) Expr {
	switch t.text {
	case "IF":
		p.next()
		e := &If{}
		e.Cond = p.expr()
		p.expectKeyword("THEN")
		e.Then = p.expr()
		p.expectKeyword("ELSE")
		e.Else = p.expr()
		e.Span = p.from(t.start)
		return e
	case "CASE":
		return p.caseExpr()
	case "LET":
		return p.let()
	case "CHOOSE":
		p.next()
		c := &Choose{Bound: p.chooseBound()}
		p.expect(":")
		c.Body = p.expr()
		c.Span = p.from(t.start)
		return c
	case "LAMBDA":
		p.abort(t.span(), "found a LAMBDA, expected an expression: a LAMBDA stands only where an operator is an argument")
	case "WF_", "SF_":
		p.next()
		f := &Fairness{Strong: t.text == "SF_"}
		f.Sub = p.subscript(false)
		p.expect("(")
		f.Action = p.expr()
		p.expect(")")
		f.Span = p.from(t.start)
		return f
	}
	return nil
}

// chooseBound parses the variable of a CHOOSE: x, or <<x, y>>, with or without
// a set.
func (p *parser) chooseBound() *Bound {
	start := p.peek().start
	b := &Bound{}
	if p.accept("<<") {
		b.Tuple = true
		b.Names = p.idents("a bound variable")
		p.expect(">>")
	} else {
		b.Names = []*Ident{p.ident("a bound variable")}
	}
	if p.at(tokOp, `\in`) {
		p.next()
		b.Set = p.expr()
	}
	b.Span = p.from(start)
	return b
}

func (p *parser) caseExpr() Expr {
	c := &Case{}
	start := p.next().start
	for {
		t := p.peek()
		if p.keyword("OTHER") {
			p.next()
			p.expect("->")
			c.Other = p.expr()
			break
		}
		arm := &CaseArm{Cond: p.expr()}
		p.expect("->")
		arm.Value = p.expr()
		arm.Span = p.from(t.start)
		c.Arms = append(c.Arms, arm)
		if !p.at(tokOp, "[]") {
			break
		}
		p.next()
	}
	c.Span = p.from(start)
	if len(c.Arms) == 0 {
		p.abort(c.Span, `found "OTHER" as the first arm of a CASE, expected a condition`)
	}
	return c
}

func (p *parser) let() Expr {
	start := p.next().start
	l := &Let{}
	expected := "a definition"
	for {
		u := p.definition(expected)
		expected = `a definition or "IN"`
		if inst, ok := u.(*Instance); ok {
			p.abort(inst.Span, "found an INSTANCE without a name in a LET, expected a definition")
		}
		l.Defs = append(l.Defs, u)
		if p.keyword("IN") {
			break
		}
	}
	p.next()
	l.Body = p.expr()
	l.Span = p.from(start)
	return l
}

func (p *parser) quant(t token) Expr {
	p.next()
	q := &Quant{}
	switch t.text {
	case `\A`:
		q.Kind = Forall
	case `\E`:
		q.Kind = Exists
	case `\AA`:
		q.Kind = TemporalForall
	case `\EE`:
		q.Kind = TemporalExists
	}
	if q.Kind >= TemporalForall {
		b := &Bound{Names: p.idents("a bound variable")}
		b.Span = p.from(b.Names[0].Start)
		q.Bounds = []*Bound{b}
	} else {
		q.Bounds = p.bounds()
	}
	p.expect(":")
	q.Body = p.expr()
	q.Span = p.from(t.start)
	return q
}

// tuple parses <<a, b>> and <<A>>_v.
func (p *parser) tuple() Expr {
	start := p.next().start
	var elems []Expr
	if !p.punct(">>") {
		elems = p.exprs()
	}
	if p.punct(">>_") {
		if len(elems) != 1 {
			p.fail(`">>"`)
		}
		p.next()
		b := &Box{Angle: true, Action: elems[0]}
		b.Sub = p.subscript(true)
		b.Span = p.from(start)
		return b
	}
	p.expect(">>")
	return &Tuple{p.from(start), elems}
}

// subscript parses the v of [A]_v and WF_v(A): an operand without operators, and
// for WF a name without arguments.
func (p *parser) subscript(args bool) Expr {
	if t := p.peek(); t.kind == tokIdent && !args {
		app := p.simpleName(false)
		for p.punct("!") {
			p.next()
			next := p.simpleName(false)
			next.Qualifiers = append(app.Qualifiers, &Qualifier{app.NameSpan, app.Name, nil})
			next.Start = t.start
			app = next
		}
		return app
	}
	return p.primary().Expr
}

// braces parses {a, b}, {x \in S : P} and {e : x \in S}.
func (p *parser) braces() Expr {
	start := p.next().start
	if p.punct("}") {
		p.next()
		return &SetEnum{p.from(start), nil}
	}
	first := p.operand()
	if p.accept(":") {
		if b := asBound(first); b != nil {
			pred := p.expr()
			p.expect("}")
			return &SetFilter{p.from(start), b, pred}
		}
		bounds := p.setBounds()
		p.expect("}")
		return &SetMap{p.from(start), first.Expr, bounds}
	}
	elems := []Expr{first.Expr}
	for p.accept(",") {
		elems = append(elems, p.expr())
	}
	p.expect("}")
	return &SetEnum{p.from(start), elems}
}

// asBound returns x \in S or <<x, y>> \in S, read as an expression, as the bound
// of a set; nil if it is something else.
func asBound(x operand) *Bound {
	app, ok := x.Expr.(*Apply)
	if !ok || x.paren || app.Name != `\in` || app.Form != Infix || app.Start != app.Args[0].Where().Start {
		return nil
	}
	b := &Bound{Span: x.span, Set: app.Args[1]}
	switch v := app.Args[0].(type) {
	case *Apply:
		if !allNames([]Expr{v}) {
			return nil
		}
		b.Names = []*Ident{{v.Span, v.Name}}
	case *Tuple:
		if !allNames(v.Elems) || len(v.Elems) == 0 {
			return nil
		}
		b.Tuple = true
		for _, e := range v.Elems {
			b.Names = append(b.Names, &Ident{e.Where(), e.(*Apply).Name})
		}
	default:
		return nil
	}
	return b
}

// brackets parses what begins with "[": functions, sets of functions, records,
// sets of records, EXCEPT and [A]_v.
func (p *parser) brackets() Expr {
	isMap := p.maps[p.pos]
	start := p.next().start
	// [x : S] but not [x :: ...].
	if isMap && p.ahead(1).is(tokPunct, "|->") {
		fields := p.fields("|->")
		return &Record{p.from(start), fields}
	}
	if isMap {
		bounds := p.setBounds()
		p.expect("|->")
		body := p.expr()
		p.expect("]")
		return &FuncCons{p.from(start), bounds, body}
	}
	if p.ahead(1).is(tokPunct, ":") {
		fields := p.fields(":")
		return &RecordSet{p.from(start), fields}
	}
	first := p.expr()
	switch {
	case p.accept("->"):
		rng := p.expr()
		p.expect("]")
		return &FuncSet{p.from(start), first, rng}
	case p.keyword("EXCEPT"):
		p.next()
		e := &Except{Fn: first}
		for {
			e.Updates = append(e.Updates, p.update())
			if !p.accept(",") {
				break
			}
		}
		p.expect("]")
		e.Span = p.from(start)
		return e
	case p.accept("]_"):
		b := &Box{Action: first}
		b.Sub = p.subscript(true)
		b.Span = p.from(start)
		return b
	}
	p.fail(`"->", "EXCEPT" or "]_"`)
	return nil
}

// fields parses the fields of a record or set of records, and the "]".
func (p *parser) fields(sep string) []*Field {
	var list []*Field
	for {
		name := p.fieldName()
		f := &Field{Name: name}
		p.expect(sep)
		f.Value = p.expr()
		f.Span = p.from(name.Start)
		list = append(list, f)
		if !p.accept(",") {
			break
		}
	}
	p.expect("]")
	return list
}

// update parses ![a].b = e.
func (p *parser) update() *Update {
	start := p.expect("!").start
	u := &Update{}
	for {
		t := p.peek()
		step := &PathStep{}
		if p.accept("[") {
			step.Args = p.exprs()
			p.expect("]")
		} else if p.accept(".") {
			step.Field = p.fieldName()
		} else {
			break
		}
		step.Span = p.from(t.start)
		u.Path = append(u.Path, step)
	}
	if len(u.Path) == 0 {
		p.fail(`"[" or "."`)
	}
	if !p.at(tokOp, "=") {
		p.fail(`"="`)
	}
	p.next()
	u.Value = p.expr()
	u.Span = p.from(start)
	return u
}
