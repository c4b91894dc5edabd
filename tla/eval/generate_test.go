package eval_test

import (
	"fmt"
	"math/rand"
	"strings"
)

// gtype is the type of a generated expression.
type gtype struct {
	kind byte // i integer, b boolean, s string, S set, Q sequence, F function on {0, 1, 2}, R record
	elem *gtype
}

var (
	gInt    = &gtype{kind: 'i'}
	gBool   = &gtype{kind: 'b'}
	gString = &gtype{kind: 's'}
	gRecord = &gtype{kind: 'R'} // [a : Int, b : {Int}]
)

func (t *gtype) String() string {
	if t.elem == nil {
		return string(t.kind)
	}
	return string(t.kind) + t.elem.String()
}

type gname struct {
	name   string
	typ    *gtype
	params []*gtype // of an operator
}

// generator writes random expressions that are well typed, and sometimes wrong:
// nothing keeps a divisor from zero or an argument within a domain.
type generator struct {
	*rand.Rand
	scope []gname
	next  int
}

func (g *generator) typ(depth int) *gtype {
	switch n := g.Intn(8); {
	case n < 3:
		return gInt
	case n == 3:
		return gString
	case n == 4 && depth > 0:
		return &gtype{'Q', g.typ(depth - 1)}
	case n == 5 && depth > 0:
		return &gtype{'F', g.typ(depth - 1)}
	case n == 6 && depth > 0:
		return gRecord
	case depth > 0:
		return &gtype{'S', g.typ(depth - 1)}
	}
	return gBool
}

func (g *generator) fresh() string {
	g.next++
	return fmt.Sprintf("v%d", g.next)
}

// with writes something below the introduction of names.
func (g *generator) with(f func() string, names ...gname) string {
	n := len(g.scope)
	g.scope = append(g.scope, names...)
	s := f()
	g.scope = g.scope[:n]
	return s
}

func (g *generator) pick(options ...func() string) string { return options[g.Intn(len(options))]() }

// expr writes an expression of type t.
func (g *generator) expr(t *gtype, depth int) string {
	if g.Intn(3) == 0 || depth == 0 {
		var fit []gname
		for _, n := range g.scope {
			if n.typ.String() == t.String() && (len(n.params) == 0 || depth > 0) {
				fit = append(fit, n)
			}
		}
		if len(fit) > 0 && g.Intn(5) > 0 {
			n := fit[g.Intn(len(fit))]
			if len(n.params) == 0 {
				return n.name
			}
			var args []string
			for _, p := range n.params {
				args = append(args, g.expr(p, depth-1))
			}
			return n.name + "(" + strings.Join(args, ", ") + ")"
		}
	}
	if depth <= 0 {
		return g.literal(t)
	}
	if g.Intn(5) == 0 {
		return g.any(t, depth-1)
	}
	return g.typed(t, depth-1)
}

func (g *generator) literal(t *gtype) string {
	switch t.kind {
	case 'i':
		return fmt.Sprint(g.Intn(5))
	case 'b':
		return []string{"TRUE", "FALSE"}[g.Intn(2)]
	case 's':
		return fmt.Sprintf("%q", []string{"x", "y", "z"}[g.Intn(3)])
	case 'S':
		return g.pick(func() string { return "{}" }, func() string { return "{" + g.literal(t.elem) + "}" },
			func() string { return "{" + g.literal(t.elem) + ", " + g.literal(t.elem) + "}" })
	case 'Q':
		return g.pick(func() string { return "<<>>" }, func() string { return "<<" + g.literal(t.elem) + "," + g.literal(t.elem) + ">>" })
	case 'F':
		return "[" + g.fresh() + " \\in 0..2 |-> " + g.literal(t.elem) + "]"
	}
	return fmt.Sprintf("[a |-> %s, b |-> %s]", g.literal(gInt), g.literal(&gtype{'S', gInt}))
}

// any writes an expression that can be of any type.
func (g *generator) any(t *gtype, d int) string {
	e := func(t *gtype) string { return g.expr(t, d) }
	return g.pick(
		func() string { return fmt.Sprintf("(IF %s THEN %s ELSE %s)", e(gBool), e(t), e(t)) },
		func() string {
			return fmt.Sprintf("(CASE %s -> %s [] %s -> %s [] OTHER -> %s)", e(gBool), e(t), e(gBool), e(t), e(t))
		},
		func() string {
			u, v := g.typ(1), g.fresh()
			def := e(u)
			return fmt.Sprintf("(LET %s == %s IN %s)", v, def, g.with(func() string { return e(t) }, gname{name: v, typ: u}))
		},
		func() string { // an operator
			u, w, v, p, q := g.typ(1), g.typ(1), g.fresh(), g.fresh(), g.fresh()
			body := g.with(func() string { return e(u) }, gname{name: p, typ: w}, gname{name: q, typ: gInt})
			return fmt.Sprintf("(LET %s(%s, %s) == %s IN %s)", v, p, q, body,
				g.with(func() string { return e(t) }, gname{name: v, typ: u, params: []*gtype{w, gInt}}))
		},
		func() string { // recursion over a number, with an accumulator
			v, p, q := g.fresh(), g.fresh(), g.fresh()
			in := []gname{{name: p, typ: gInt}, {name: q, typ: t}}
			stop := g.with(func() string { return e(t) }, in...)
			step := g.with(func() string { return e(t) }, in...)
			if g.Intn(2) == 0 {
				return fmt.Sprintf("(LET RECURSIVE %[1]s(_, _) %[1]s(%[2]s, %[3]s) == IF %[2]s =< 0 THEN %[4]s ELSE %[1]s(%[2]s - 1, %[5]s) IN %[1]s(%[6]d, %[7]s))",
					v, p, q, stop, step, g.Intn(4), e(t))
			}
			w := g.fresh()
			after := g.with(func() string { return e(t) }, append(in, gname{name: w, typ: t})...)
			return fmt.Sprintf("(LET RECURSIVE %[1]s(_, _) %[1]s(%[2]s, %[3]s) == IF %[2]s =< 0 THEN %[4]s ELSE LET %[8]s == %[1]s(%[2]s - 1, %[5]s) IN %[9]s IN %[1]s(%[6]d, %[7]s))",
				v, p, q, stop, step, g.Intn(4), e(t), w, after)
		},
		func() string { // an element chosen
			v := g.fresh()
			return fmt.Sprintf("(CHOOSE %s \\in %s : %s)", v, e(&gtype{'S', t}), g.with(func() string { return e(gBool) }, gname{name: v, typ: t}))
		},
		func() string { return e(&gtype{'F', t}) + "[" + e(gInt) + "]" },
		func() string { return e(&gtype{'Q', t}) + "[" + e(gInt) + "]" },
		func() string { return fmt.Sprintf("Head(%s)", e(&gtype{'Q', t})) },
		func() string { // a higher-order operator of the module
			u, v := g.typ(1), g.fresh()
			return fmt.Sprintf("Twice(LAMBDA %s : %s, %s)", v, g.with(func() string { return e(t) }, gname{name: v, typ: t}), e(t)) + g.none(u)
		},
		func() string {
			v, w := g.fresh(), g.fresh()
			body := g.with(func() string { return e(t) }, gname{name: v, typ: t}, gname{name: w, typ: gInt})
			return fmt.Sprintf("Fold(LAMBDA %s, %s : %s, %s, %s)", v, w, body, e(t), e(&gtype{'Q', gInt}))
		},
	)
}

func (g *generator) none(*gtype) string { return "" }

func (g *generator) bound(t *gtype, d int) (string, gname) {
	v := g.fresh()
	return v + " \\in " + g.expr(&gtype{'S', t}, d), gname{name: v, typ: t}
}

// typed writes an expression whose operator fits type t.
func (g *generator) typed(t *gtype, d int) string {
	e := func(t *gtype) string { return g.expr(t, d) }
	switch t.kind {
	case 'i':
		return g.pick(
			func() string {
				return fmt.Sprintf("(%s %s %s)", e(gInt), []string{"+", "-", "*", "\\div", "%"}[g.Intn(5)], e(gInt))
			},
			func() string { return fmt.Sprintf("(-%s)", e(gInt)) },
			func() string { return fmt.Sprintf("Cardinality(%s)", e(&gtype{'S', g.typ(1)})) },
			func() string { return fmt.Sprintf("Len(%s)", e(&gtype{'Q', g.typ(1)})) },
			func() string { return e(gRecord) + ".a" },
			func() string { return g.literal(gInt) },
		)
	case 'b':
		return g.boolean(d)
	case 'S':
		return g.set(t, d)
	case 'Q':
		return g.pick(
			func() string { return fmt.Sprintf("Append(%s, %s)", e(t), e(t.elem)) },
			func() string { return fmt.Sprintf("(%s \\o %s)", e(t), e(t)) },
			func() string { return fmt.Sprintf("Tail(%s)", e(t)) },
			func() string { return fmt.Sprintf("SubSeq(%s, %s, %s)", e(t), e(gInt), e(gInt)) },
			func() string { return fmt.Sprintf("<<%s, %s>>", e(t.elem), e(t.elem)) },
			func() string {
				v := g.fresh()
				return fmt.Sprintf("SelectSeq(%s, LAMBDA %s : %s)", e(t), v, g.with(func() string { return e(gBool) }, gname{name: v, typ: t.elem}))
			},
			func() string {
				v := g.fresh()
				return fmt.Sprintf("[%s \\in 1..%d |-> %s]", v, g.Intn(4), g.with(func() string { return e(t.elem) }, gname{name: v, typ: gInt}))
			},
			func() string { return fmt.Sprintf("[%s EXCEPT ![%s] = %s]", e(t), e(gInt), e(t.elem)) },
		)
	case 'F':
		return g.pick(
			func() string {
				v := g.fresh()
				return fmt.Sprintf("[%s \\in 0..2 |-> %s]", v, g.with(func() string { return e(t.elem) }, gname{name: v, typ: gInt}))
			},
			func() string {
				v := g.fresh()
				return fmt.Sprintf("[%s \\in %s |-> %s]", v, e(&gtype{'S', gInt}), g.with(func() string { return e(t.elem) }, gname{name: v, typ: gInt}))
			},
			func() string { return fmt.Sprintf("[%s EXCEPT ![%s] = %s]", e(t), e(gInt), e(t.elem)) },
			func() string {
				if t.elem != gInt {
					return e(t)
				}
				return fmt.Sprintf("[%s EXCEPT ![%s] = @ + %s, ![%s] = %s]", e(t), e(gInt), e(gInt), e(gInt), e(gInt))
			},
		)
	case 'R':
		return g.pick(
			func() string { return fmt.Sprintf("[a |-> %s, b |-> %s]", e(gInt), e(&gtype{'S', gInt})) },
			func() string { return fmt.Sprintf("[%s EXCEPT !.a = @ + %s]", e(t), e(gInt)) },
			func() string { return fmt.Sprintf("[%s EXCEPT !.b = @ \\cup %s]", e(t), e(&gtype{'S', gInt})) },
		)
	}
	return g.literal(t)
}

func (g *generator) boolean(d int) string {
	e := func(t *gtype) string { return g.expr(t, d) }
	quantifier := []string{"\\A", "\\E"}[g.Intn(2)]
	return g.pick(
		func() string {
			return fmt.Sprintf("(%s %s %s)", e(gBool), []string{"/\\", "\\/", "=>", "<=>"}[g.Intn(4)], e(gBool))
		},
		func() string { return fmt.Sprintf("(~%s)", e(gBool)) },
		func() string {
			return fmt.Sprintf("(%s %s %s)", e(gInt), []string{"<", "=<", ">", ">="}[g.Intn(4)], e(gInt))
		},
		func() string {
			t := g.typ(2)
			return fmt.Sprintf("(%s %s %s)", e(t), []string{"=", "#"}[g.Intn(2)], e(t))
		},
		func() string {
			t := g.typ(2)
			return fmt.Sprintf("(%s %s %s)", e(t), []string{"\\in", "\\notin"}[g.Intn(2)], e(&gtype{'S', t}))
		},
		func() string { t := &gtype{'S', g.typ(1)}; return fmt.Sprintf("(%s \\subseteq %s)", e(t), e(t)) },
		func() string { return fmt.Sprintf("(%s \\in Nat)", e(gInt)) },
		func() string {
			return fmt.Sprintf("(%s \\in [a : %s, b : (SUBSET %s)])", e(gRecord), e(&gtype{'S', gInt}), e(&gtype{'S', gInt}))
		},
		func() string {
			b, n := g.bound(g.typ(1), d)
			return fmt.Sprintf("(%s %s : %s)", quantifier, b, g.with(func() string { return e(gBool) }, n))
		},
		func() string {
			b, n := g.bound(g.typ(1), d)
			c, m := g.bound(g.typ(1), d)
			return fmt.Sprintf("(%s %s, %s : %s)", quantifier, b, c, g.with(func() string { return e(gBool) }, n, m))
		},
		func() string {
			v, w := g.fresh(), g.fresh()
			return fmt.Sprintf("(%s <<%s, %s>> \\in %s \\X %s : %s)", quantifier, v, w, e(&gtype{'S', gInt}), e(&gtype{'S', gString}),
				g.with(func() string { return e(gBool) }, gname{name: v, typ: gInt}, gname{name: w, typ: gString}))
		},
	)
}

func (g *generator) set(t *gtype, d int) string {
	e := func(t *gtype) string { return g.expr(t, d) }
	options := []func() string{
		func() string {
			return fmt.Sprintf("(%s %s %s)", e(t), []string{"\\cup", "\\cap", "\\"}[g.Intn(3)], e(t))
		},
		func() string { return fmt.Sprintf("{%s, %s}", e(t.elem), e(t.elem)) },
		func() string {
			b, n := g.bound(t.elem, d)
			return fmt.Sprintf("{%s : %s}", b, g.with(func() string { return e(gBool) }, n))
		},
		func() string {
			b, n := g.bound(g.typ(1), d)
			return fmt.Sprintf("{%s : %s}", g.with(func() string { return e(t.elem) }, n), b)
		},
		func() string { return fmt.Sprintf("(UNION {%s, %s})", e(t), e(t)) },
	}
	switch t.elem.kind {
	case 'i':
		options = append(options, func() string { return fmt.Sprintf("(%s..%s)", e(gInt), e(gInt)) },
			func() string { return fmt.Sprintf("(DOMAIN %s)", e(&gtype{'F', gInt})) },
			func() string { return fmt.Sprintf("(DOMAIN %s)", e(&gtype{'Q', gInt})) })
	case 'b':
		options = append(options, func() string { return "BOOLEAN" })
	case 'S':
		options = append(options, func() string { return fmt.Sprintf("(SUBSET %s)", g.expr(t.elem, min(d, 1))) })
	case 'F':
		options = append(options, func() string { return fmt.Sprintf("[0..2 -> %s]", g.expr(&gtype{'S', t.elem.elem}, min(d, 1))) })
	case 'Q':
		options = append(options, func() string {
			s := &gtype{'S', t.elem.elem}
			return fmt.Sprintf("(%s \\X %s)", g.expr(s, min(d, 1)), g.expr(s, min(d, 1)))
		})
	case 'R':
		options = append(options, func() string {
			return fmt.Sprintf("[a : %s, b : (SUBSET %s)]", g.expr(&gtype{'S', gInt}, min(d, 1)), g.literal(&gtype{'S', gInt}))
		})
	}
	return g.pick(options...)
}
