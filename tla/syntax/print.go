package syntax

import (
	"strings"
	"unicode/utf8"
)

// Format returns a module, unit or expression as TLA+ text that parses to the
// same tree, positions and comments apart. Every operator is in its canonical
// spelling, and parentheses are where they are needed or help.
func Format(n Node) string {
	p := &printer{}
	switch n := n.(type) {
	case Expr:
		p.expr(n)
	case *Module:
		p.module(n)
		p.newline(0)
	case Unit:
		p.unit(n)
	case *Bound:
		p.bound(n)
	}
	return p.b.String()
}

// printer writes text and knows the column that it is at. What takes several
// lines is aligned with the column where it began, so that it stays to the right
// of the bullets of the junction lists around it.
type printer struct {
	b   strings.Builder
	col int // 0 at the start of a line
}

func (p *printer) put(parts ...string) {
	for _, s := range parts {
		p.b.WriteString(s)
		p.col += utf8.RuneCountInString(s)
	}
}

func (p *printer) newline(col int) {
	p.b.WriteByte('\n')
	p.b.WriteString(strings.Repeat(" ", col))
	p.col = col
}

// list writes items with commas between.
func list[T any](p *printer, items []T, write func(T)) {
	for i, x := range items {
		if i > 0 {
			p.put(", ")
		}
		write(x)
	}
}

func (p *printer) exprs(items []Expr) { list(p, items, p.expr) }

func (p *printer) ident(id *Ident) { p.put(id.Name) }

func (p *printer) paren(e Expr) {
	p.put("(")
	p.expr(e)
	p.put(")")
}

// isOpen reports whether an expression reaches as far to the right as it can:
// whatever follows it would become part of it.
func isOpen(e Expr) bool {
	switch e.(type) {
	case *Quant, *Choose, *If, *Case, *Let, *Lambda, *Label, *AssumeProve:
		return true
	}
	return false
}

// operand writes e as an operand of op.
func (p *printer) operand(op *Operator, e Expr, left bool) {
	if needsParen(op, e, left) {
		p.paren(e)
	} else {
		p.expr(e)
	}
}

func needsParen(op *Operator, e Expr, left bool) bool {
	switch e := e.(type) {
	case *Junction:
		return true
	case *Cross:
		return !below(op, operatorByName[`\X`])
	case *Apply:
		if e.Form == Plain {
			return false
		}
		inner := operatorByName[e.Name]
		if inner == op && op.Left && op.Form == Infix && left {
			return false
		}
		return !below(op, inner)
	}
	return isOpen(e)
}

// isPrimary reports whether e can be followed by [x] or .x as it is.
func isPrimary(e Expr) bool {
	switch e := e.(type) {
	case *Apply:
		return e.Form == Plain
	case *Junction, *Cross:
		return false
	}
	return !isOpen(e)
}

func (p *printer) primary(e Expr) {
	if isPrimary(e) {
		p.expr(e)
	} else {
		p.paren(e)
	}
}

// closed writes e so that an "->" or "[]" that follows cannot become part of it.
func (p *printer) closed(e Expr) {
	if endsOpen(e) {
		p.paren(e)
	} else {
		p.expr(e)
	}
}

// endsOpen reports whether the right end of e is open.
func endsOpen(e Expr) bool {
	if j, ok := e.(*Junction); ok {
		return endsOpen(j.Items[len(j.Items)-1])
	}
	return isOpen(e)
}

func (p *printer) bound(b *Bound) {
	if b.Tuple {
		p.put("<<")
	}
	list(p, b.Names, p.ident)
	if b.Tuple {
		p.put(">>")
	}
	if b.Set != nil {
		p.put(` \in `)
		p.expr(b.Set)
	}
}

func quote(s string) string {
	r := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`, "\n", `\n`, "\f", `\f`, "\r", `\r`)
	return `"` + r.Replace(s) + `"`
}

// decl writes the declaration of a name; blank is what stands for its operands.
func (p *printer) decl(d *OpDecl) {
	switch d.Form {
	case Prefix:
		p.put(d.Name.Name, " _")
	case Infix:
		p.put("_ ", d.Name.Name, " _")
	case Postfix:
		p.put("_ ", d.Name.Name)
	default:
		p.put(d.Name.Name)
		if d.Arity > 0 {
			p.put("(", strings.Repeat("_, ", d.Arity-1), "_)")
		}
	}
}

func (p *printer) instance(n *Instance) {
	p.put("INSTANCE ", n.Module.Name)
	if len(n.Substs) > 0 {
		p.put(" WITH ")
		list(p, n.Substs, func(s *Subst) {
			p.put(s.Name.Name, " <- ")
			p.argument(s.Value)
		})
	}
}

func (p *printer) unit(u Unit) {
	start := p.col
	local := func(is bool) {
		if is {
			p.put("LOCAL ")
		}
	}
	body := func(e Expr) {
		p.put(" ==")
		p.newline(start + 2)
		p.expr(e)
	}
	switch u := u.(type) {
	case *Module:
		p.module(u)
	case *Constants:
		p.put("CONSTANTS ")
		list(p, u.Decls, p.decl)
	case *Variables:
		p.put("VARIABLES ")
		list(p, u.Names, p.ident)
	case *Recursive:
		p.put("RECURSIVE ")
		list(p, u.Decls, p.decl)
	case *OpDef:
		local(u.Local)
		p.head(u.Name, u.Params, u.Form)
		body(u.Body)
	case *FuncDef:
		local(u.Local)
		p.put(u.Name.Name, "[")
		list(p, u.Bounds, p.bound)
		p.put("]")
		body(u.Body)
	case *Instance:
		local(u.Local)
		p.instance(u)
	case *InstanceDef:
		local(u.Local)
		p.head(u.Name, u.Params, Plain)
		p.put(" == ")
		p.instance(u.Instance)
	case *Assume:
		p.put(u.Keyword, " ")
		p.fact(u.Name, u.Body)
	case *Theorem:
		p.put(u.Keyword, " ")
		p.fact(u.Name, u.Body)
	case *Separator:
		p.put(strings.Repeat("-", 77))
	case *Use:
		// Its text is not kept, and nothing depends on it.
	}
}

func (p *printer) fact(name *Ident, body Expr) {
	if name != nil {
		p.put(name.Name, " == ")
	}
	p.expr(body)
}

func (p *printer) head(name *Ident, params []*OpDecl, form Form) {
	switch form {
	case Prefix:
		p.put(name.Name, " ", params[0].Name.Name)
	case Infix:
		p.put(params[0].Name.Name, " ", name.Name, " ", params[1].Name.Name)
	case Postfix:
		p.put(params[0].Name.Name, " ", name.Name)
	default:
		p.put(name.Name)
		if len(params) > 0 {
			p.put("(")
			list(p, params, p.decl)
			p.put(")")
		}
	}
}

func (p *printer) module(m *Module) {
	col := p.col
	p.put("---- MODULE ", m.Name.Name, " ----")
	if len(m.Extends) > 0 {
		p.newline(col)
		p.put("EXTENDS ")
		list(p, m.Extends, p.ident)
	}
	for i, u := range m.Units {
		if _, ok := u.(*Use); ok {
			continue
		}
		if i > 0 || len(m.Extends) > 0 {
			p.b.WriteByte('\n')
		}
		p.newline(col)
		p.unit(u)
	}
	p.newline(col)
	p.put("====")
}
