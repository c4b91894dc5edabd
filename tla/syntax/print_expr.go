package syntax

// argument writes an argument of an operator, which may be an operator itself.
func (p *printer) argument(e Expr) {
	if a, ok := e.(*Apply); ok && a.Form == Plain && len(a.Args) == 0 && len(a.Qualifiers) == 0 && isSymbolName(a.Name) {
		p.put(" ", a.Name, " ") // not "(+)", which is another operator
		return
	}
	p.expr(e)
}

func (p *printer) arguments(args []Expr) {
	if len(args) > 0 {
		p.put("(")
		list(p, args, p.argument)
		p.put(")")
	}
}

func (p *printer) apply(e *Apply) {
	switch e.Form {
	case Prefix:
		op := operatorByName[e.Name]
		p.put(spelling(op))
		if isLetter(rune(e.Name[0])) {
			p.put(" ")
		}
		p.operand(op, e.Args[0], false)
	case Infix:
		op := operatorByName[e.Name]
		p.operand(op, e.Args[0], true)
		p.put(" ", e.Name, " ")
		p.operand(op, e.Args[1], false)
	case Postfix:
		p.operand(operatorByName[e.Name], e.Args[0], true)
		p.put(e.Name)
	default:
		for _, q := range e.Qualifiers {
			p.put(q.Name)
			p.arguments(q.Args)
			p.put("!")
		}
		if isSymbolName(e.Name) && (len(e.Qualifiers) == 0 || e.Name[0] == '!') {
			p.put(" ") // not "(*", which is a comment, nor "!!!"
		}
		p.put(e.Name)
		p.arguments(e.Args)
	}
}

func (p *printer) subexpr(e *Subexpr) {
	p.apply(e.Base)
	for _, s := range e.Selectors {
		p.put("!")
		switch s.Kind {
		case SelectIndex:
			p.put(itoa(s.Index))
		case SelectLeft:
			p.put("<<")
		case SelectRight:
			p.put(">>")
		case SelectAt:
			p.put("@")
		case SelectBody:
			p.put(":")
		case SelectLabel:
			if s.Label[0] == '!' {
				p.put(" ")
			}
			p.put(s.Label)
			p.arguments(s.Args)
		case SelectArgs:
			p.arguments(s.Args)
		}
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// subscript writes the v of [A]_v or, if fair, of WF_v(A).
func (p *printer) subscript(e Expr, fair bool) {
	switch e := e.(type) {
	case *Tuple:
		p.expr(e)
		return
	case *Apply:
		plain := e.Form == Plain && !isSymbolName(e.Name)
		for _, q := range e.Qualifiers {
			plain = plain && (!fair || len(q.Args) == 0)
		}
		if plain && (!fair || len(e.Args) == 0) {
			p.expr(e)
			return
		}
	}
	p.paren(e)
}

func (p *printer) fields(fields []*Field, sep string) {
	p.put("[")
	list(p, fields, func(f *Field) {
		p.put(f.Name.Name, sep)
		p.expr(f.Value)
	})
	p.put("]")
}

func (p *printer) quant(e *Quant) {
	p.put([...]string{`\A `, `\E `, `\AA `, `\EE `}[e.Kind])
	list(p, e.Bounds, p.bound)
	p.put(" : ")
	p.expr(e.Body)
}

func (p *printer) except(e *Except) {
	p.put("[")
	p.expr(e.Fn)
	p.put(" EXCEPT ")
	list(p, e.Updates, func(u *Update) {
		p.put("!")
		for _, s := range u.Path {
			if s.Field != nil {
				p.put(".", s.Field.Name)
				continue
			}
			p.put("[")
			p.exprs(s.Args)
			p.put("]")
		}
		p.put(" = ")
		p.expr(u.Value)
	})
	p.put("]")
}

func (p *printer) caseExpr(e *Case) {
	start := p.col
	for i, a := range e.Arms {
		if i == 0 {
			p.put("CASE ")
		} else {
			p.newline(start)
			p.put("  [] ")
		}
		p.closed(a.Cond)
		p.put(" -> ")
		p.closed(a.Value)
	}
	if e.Other != nil {
		p.newline(start)
		p.put("  [] OTHER -> ")
		p.expr(e.Other)
	}
}

func (p *printer) let(e *Let) {
	start := p.col
	p.put("LET ")
	col := p.col
	for i, d := range e.Defs {
		if i > 0 {
			p.newline(col)
		}
		p.unit(d)
	}
	p.newline(start)
	p.put("IN ")
	p.expr(e.Body)
}

func (p *printer) assumeProve(e *AssumeProve) {
	p.put("ASSUME ")
	list(p, e.Assumes, func(n Node) {
		switch n := n.(type) {
		case *New:
			p.put("NEW ", n.Kind, " ")
			p.decl(n.Decl)
			if n.Set != nil {
				p.put(` \in `)
				p.expr(n.Set)
			}
		case Expr:
			p.expr(n)
		}
	})
	p.put(" PROVE ")
	p.expr(e.Prove)
}

// isMembership reports whether {e : ...} would read as {x \in S : ...}.
func isMembership(e Expr) bool {
	a, ok := e.(*Apply)
	return ok && a.Form == Infix && a.Name == `\in`
}

func (p *printer) expr(e Expr) {
	switch e := e.(type) {
	case *Apply:
		p.apply(e)
	case *Subexpr:
		p.subexpr(e)
	case *Number:
		p.put(e.Text)
	case *String:
		p.put(quote(e.Value))
	case *At:
		p.put("@")
	case *Junction:
		col := p.col
		for i, item := range e.Items {
			if i > 0 {
				p.newline(col)
			}
			p.put(e.Op, " ")
			p.expr(item)
		}
	case *Quant:
		p.quant(e)
	case *Choose:
		p.put("CHOOSE ")
		p.bound(e.Bound)
		p.put(" : ")
		p.expr(e.Body)
	case *SetEnum:
		p.put("{")
		p.exprs(e.Elems)
		p.put("}")
	case *SetFilter:
		p.put("{")
		p.bound(&Bound{Names: e.Bound.Names, Tuple: e.Bound.Tuple})
		p.put(` \in `)
		p.operand(operatorByName[`\in`], e.Bound.Set, false)
		p.put(" : ")
		p.expr(e.Pred)
		p.put("}")
	case *SetMap:
		p.put("{")
		if isMembership(e.Body) {
			p.paren(e.Body)
		} else {
			p.expr(e.Body)
		}
		p.put(" : ")
		list(p, e.Bounds, p.bound)
		p.put("}")
	case *FuncCons:
		p.put("[")
		list(p, e.Bounds, p.bound)
		p.put(" |-> ")
		p.expr(e.Body)
		p.put("]")
	case *FuncApply:
		p.primary(e.Fn)
		p.put("[")
		p.exprs(e.Args)
		p.put("]")
	case *FuncSet:
		p.put("[")
		p.closed(e.Domain)
		p.put(" -> ")
		p.expr(e.Range)
		p.put("]")
	case *Record:
		p.fields(e.Fields, " |-> ")
	case *RecordSet:
		p.fields(e.Fields, " : ")
	case *Select:
		p.primary(e.Rec)
		p.put(".", e.Field.Name)
	case *Except:
		p.except(e)
	case *Tuple:
		p.put("<<")
		p.exprs(e.Elems)
		p.put(">>")
	case *Cross:
		for i, s := range e.Sets {
			if i > 0 {
				p.put(` \X `)
			}
			p.operand(operatorByName[`\X`], s, false)
		}
	case *If:
		start := p.col
		p.put("IF ")
		p.expr(e.Cond)
		p.newline(start)
		p.put("THEN ")
		p.expr(e.Then)
		p.newline(start)
		p.put("ELSE ")
		p.expr(e.Else)
	case *Case:
		p.caseExpr(e)
	case *Let:
		p.let(e)
	case *Lambda:
		p.put("LAMBDA ")
		list(p, e.Params, p.ident)
		p.put(" : ")
		p.expr(e.Body)
	case *Box:
		open, shut := "[", "]_"
		if e.Angle {
			open, shut = "<<", ">>_"
		}
		p.put(open)
		p.expr(e.Action)
		p.put(shut)
		p.subscript(e.Sub, false)
	case *Fairness:
		p.put(map[bool]string{false: "WF_", true: "SF_"}[e.Strong])
		p.subscript(e.Sub, true)
		p.put("(")
		p.expr(e.Action)
		p.put(")")
	case *Label:
		p.put(e.Name.Name)
		if len(e.Params) > 0 {
			p.put("(")
			list(p, e.Params, p.ident)
			p.put(")")
		}
		p.put(" :: ")
		p.expr(e.Body)
	case *AssumeProve:
		p.assumeProve(e)
	}
}
