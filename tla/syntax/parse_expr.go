package syntax

// enter and leave bound the recursion of the parser.
func (p *parser) enter() {
	if p.depth++; p.depth > MaxDepth {
		p.abort(p.tokens[p.pos].span(), "expression nests deeper than %d", MaxDepth)
	}
}

func (p *parser) leave() { p.depth-- }

// operand is an expression with the extent of the text it came from, its
// parentheses included.
type operand struct {
	Expr
	span  Span
	paren bool
}

// pending is an operator that waits for its right operand.
type pending struct {
	op  *Operator
	tok token
	lhs operand // of an infix operator
}

// expr parses an expression, as far as it reaches.
func (p *parser) expr() Expr { return p.operand().Expr }

// operand parses an expression by operator precedence: pending operators wait on
// a stack until one that binds less tightly comes along.
func (p *parser) operand() operand {
	p.enter()
	defer p.leave()
	var stack []pending
	for {
		t := p.peek()
		if op := p.prefixOp(t); op != nil {
			// SANY checks only the minus against the operator on its left:
			// a * ~b stands, a * -b does not.
			if n := len(stack); op.Name == "-." && n > 0 && stack[n-1].op.Form == Infix && !below(stack[n-1].op, op) {
				p.conflict(stack[n-1], op, t)
			}
			p.next()
			stack = append(stack, pending{op: op, tok: t})
			continue
		}
		x := p.primary()
		if l, ok := x.Expr.(*Label); ok && !x.paren && len(stack) > 0 {
			p.labelled(l, stack[len(stack)-1])
		}
		for {
			t = p.peek()
			op := (*Operator)(nil)
			switch {
			case t.is(tokPunct, "["):
				x = p.index(x)
				continue
			case t.is(tokPunct, "."):
				x = p.field(x)
				continue
			case t.kind == tokOp && t.text != "-." && operatorByName[t.text].Form != Prefix:
				op = operatorByName[t.text]
			}
			x, stack = p.reduce(x, stack, op, t)
			if op == nil {
				return x
			}
			p.next()
			if op.Form == Infix {
				stack = append(stack, pending{op, t, x})
				break
			}
			s := Span{x.span.Start, t.end}
			x = operand{&Apply{Span: s, Name: op.Name, NameSpan: t.span(), Args: []Expr{x.Expr}, Form: Postfix}, s, false}
		}
	}
}

// labelled refuses a label after an operator that, were the label not there,
// would take only the beginning of what is labelled: x = lab :: a /\ b.
func (p *parser) labelled(l *Label, before pending) {
	a, ok := l.Body.(*Apply)
	if !ok || a.Form != Infix || a.Span.End != l.Span.End {
		return // or in parentheses
	}
	if op := operatorByName[a.Name]; op != nil && !below(before.op, op) {
		p.abort(l.Span, "found the label %s before an expression of which the operator %s would take only a part without it, expected parentheses",
			l.Name.Name, before.op.Name)
	}
}

// prefixOp returns the prefix operator that begins an operand here, or nil.
func (p *parser) prefixOp(t token) *Operator {
	if t.kind != tokOp {
		return nil
	}
	op := operatorByName[t.text]
	if t.text == "-" {
		op = operatorByName["-."]
	}
	if op.Form != Prefix {
		return nil
	}
	switch next := p.ahead(1); {
	case next.is(tokPunct, ",") || next.is(tokPunct, ")"):
		return nil // the operator itself, as an argument
	}
	return op
}

// below reports whether a binds less tightly than b.
func below(a, b *Operator) bool { return a.High < b.Low }

// reduce applies the pending operators that bind tighter than op, which stands
// at token t; all of them if op is nil.
func (p *parser) reduce(x operand, stack []pending, op *Operator, t token) (operand, []pending) {
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		if op != nil {
			switch {
			case below(op, top.op) || op == top.op && op.Left && op.Form == Infix:
			case below(top.op, op):
				return x, stack
			default:
				p.conflict(top, op, t)
			}
		}
		stack = stack[:len(stack)-1]
		x = apply(top, x)
	}
	return x, stack
}

func (p *parser) conflict(top pending, op *Operator, t token) {
	p.abort(t.span(), "found the operator %s after the operator %s at %s: neither binds tighter, expected parentheses",
		spelling(op), spelling(top.op), top.tok.start)
}

// spelling is how an operator is written.
func spelling(op *Operator) string {
	if op.Name == "-." {
		return "-"
	}
	return op.Name
}

// apply makes the node of a pending operator once its right operand is known.
func apply(top pending, x operand) operand {
	if top.op.Form == Prefix {
		s := Span{top.tok.start, x.span.End}
		return operand{&Apply{Span: s, Name: top.op.Name, NameSpan: top.tok.span(), Args: []Expr{x.Expr}, Form: Prefix}, s, false}
	}
	s := Span{top.lhs.span.Start, x.span.End}
	if top.op.Name == `\X` {
		if c, ok := top.lhs.Expr.(*Cross); ok && !top.lhs.paren {
			return operand{&Cross{s, append(c.Sets, x.Expr)}, s, false}
		}
		return operand{&Cross{s, []Expr{top.lhs.Expr, x.Expr}}, s, false}
	}
	return operand{&Apply{Span: s, Name: top.op.Name, NameSpan: top.tok.span(), Args: []Expr{top.lhs.Expr, x.Expr}, Form: Infix}, s, false}
}

// index parses the [a, b] after a function.
func (p *parser) index(f operand) operand {
	p.next()
	args := p.exprs()
	end := p.expect("]")
	s := Span{f.span.Start, end.end}
	return operand{&FuncApply{s, f.Expr, args}, s, false}
}

// field parses the .name after a record.
func (p *parser) field(r operand) operand {
	p.next()
	id := p.fieldName()
	s := Span{r.span.Start, id.End}
	return operand{&Select{s, r.Expr, id}, s, false}
}

// fieldName parses the name of a field, which may be a reserved word.
func (p *parser) fieldName() *Ident {
	switch t := p.peek(); {
	case t.kind == tokIdent, t.kind == tokKeyword, t.kind == tokOp && isLetter(rune(t.text[0])):
		p.next()
		return &Ident{t.span(), t.text}
	}
	p.fail("the name of a field")
	return nil
}

func (p *parser) exprs() []Expr {
	list := []Expr{p.expr()}
	for p.accept(",") {
		list = append(list, p.expr())
	}
	return list
}

// argument parses the argument of an operator: an expression, an operator symbol
// or a LAMBDA.
func (p *parser) argument() Expr {
	switch t := p.peek(); {
	case p.keyword("LAMBDA"):
		return p.lambda()
	case t.kind == tokOp && p.prefixOp(t) == nil && !p.ahead(1).is(tokPunct, "(") && !isJunction(t),
		t.kind == tokOp && isJunction(t) && (p.ahead(1).is(tokPunct, ",") || p.ahead(1).is(tokPunct, ")")):
		p.next()
		return &Apply{Span: t.span(), Name: t.text, NameSpan: t.span()}
	}
	return p.expr()
}

func isJunction(t token) bool { return t.is(tokOp, `/\`) || t.is(tokOp, `\/`) }

// arguments parses (a, b).
func (p *parser) arguments() []Expr {
	p.expect("(")
	list := []Expr{p.argument()}
	for p.accept(",") {
		list = append(list, p.argument())
	}
	p.expect(")")
	return list
}

func (p *parser) lambda() Expr {
	start := p.expectKeyword("LAMBDA").start
	params := p.idents("a parameter of the LAMBDA")
	p.expect(":")
	body := p.expr()
	return &Lambda{p.from(start), params, body}
}

// bound parses x, y \in S or <<x, y>> \in S, or x, y alone.
func (p *parser) bound() *Bound {
	start := p.peek().start
	b := &Bound{}
	if p.accept("<<") {
		b.Tuple = true
		b.Names = p.idents("a bound variable")
		p.expect(">>")
	} else {
		b.Names = p.idents("a bound variable")
	}
	if p.at(tokOp, `\in`) {
		p.next()
		b.Set = p.expr()
	}
	b.Span = p.from(start)
	return b
}

// bounds parses x, y \in S, <<u, v>> \in T, or x, y alone.
func (p *parser) bounds() []*Bound {
	first := p.bound()
	list := []*Bound{first}
	for first.Set != nil && p.accept(",") {
		b := p.bound()
		if b.Set == nil {
			p.fail(`"\in"`)
		}
		list = append(list, b)
	}
	if first.Set == nil && first.Tuple {
		p.fail(`"\in"`)
	}
	return list
}

// setBounds is bounds where every variable needs a set.
func (p *parser) setBounds() []*Bound {
	list := p.bounds()
	if list[0].Set == nil {
		p.fail(`"\in"`)
	}
	return list
}
