package syntax

// Children calls f for each node directly below n, in the order of the source.
// Names, qualifiers' own names and other leaves that hold no expression are
// left out; definitions, bounds and the like are included.
func Children(n Node, f func(Node)) {
	exprs := func(list []Expr) {
		for _, e := range list {
			f(e)
		}
	}
	one := func(e Expr) {
		if e != nil {
			f(e)
		}
	}
	bounds := func(list []*Bound) {
		for _, b := range list {
			f(b)
		}
	}
	switch n := n.(type) {
	case *Apply:
		for _, q := range n.Qualifiers {
			f(q)
		}
		exprs(n.Args)
	case *Qualifier:
		exprs(n.Args)
	case *Subexpr:
		f(n.Base)
		for _, s := range n.Selectors {
			exprs(s.Args)
		}
	case *Junction:
		exprs(n.Items)
	case *Bound:
		one(n.Set)
	case *Quant:
		bounds(n.Bounds)
		f(n.Body)
	case *Choose:
		f(n.Bound)
		f(n.Body)
	case *SetEnum:
		exprs(n.Elems)
	case *SetFilter:
		f(n.Bound)
		f(n.Pred)
	case *SetMap:
		f(n.Body)
		bounds(n.Bounds)
	case *FuncCons:
		bounds(n.Bounds)
		f(n.Body)
	case *FuncApply:
		f(n.Fn)
		exprs(n.Args)
	case *FuncSet:
		f(n.Domain)
		f(n.Range)
	case *Record:
		for _, x := range n.Fields {
			f(x.Value)
		}
	case *RecordSet:
		for _, x := range n.Fields {
			f(x.Value)
		}
	case *Select:
		f(n.Rec)
	case *Except:
		f(n.Fn)
		for _, u := range n.Updates {
			f(u)
		}
	case *Update:
		for _, s := range n.Path {
			exprs(s.Args)
		}
		f(n.Value)
	case *Tuple:
		exprs(n.Elems)
	case *Cross:
		exprs(n.Sets)
	case *If:
		f(n.Cond)
		f(n.Then)
		f(n.Else)
	case *Case:
		for _, a := range n.Arms {
			f(a)
		}
		one(n.Other)
	case *CaseArm:
		f(n.Cond)
		f(n.Value)
	case *Let:
		for _, d := range n.Defs {
			f(d)
		}
		f(n.Body)
	case *Lambda:
		f(n.Body)
	case *Box:
		f(n.Action)
		f(n.Sub)
	case *Fairness:
		f(n.Sub)
		f(n.Action)
	case *Label:
		f(n.Body)
	case *AssumeProve:
		for _, a := range n.Assumes {
			f(a)
		}
		f(n.Prove)
	case *New:
		one(n.Set)
	case *Module:
		for _, u := range n.Units {
			f(u)
		}
	case *OpDef:
		f(n.Body)
	case *FuncDef:
		bounds(n.Bounds)
		f(n.Body)
	case *InstanceDef:
		f(n.Instance)
	case *Instance:
		for _, s := range n.Substs {
			f(s.Value)
		}
	case *Assume:
		f(n.Body)
	case *Theorem:
		f(n.Body)
	}
}

// Walk calls f for n and, where f returns true, for what is below it, parents
// first.
func Walk(n Node, f func(Node) bool) {
	if f(n) {
		Children(n, func(c Node) { Walk(c, f) })
	}
}

// exceeds reports whether the tree n is deeper than limit, without recursion.
func exceeds(n Node, limit int) bool {
	level := []Node{n}
	for d := 0; len(level) > 0; d++ {
		if d > limit {
			return true
		}
		var next []Node
		for _, m := range level {
			Children(m, func(c Node) { next = append(next, c) })
		}
		level = next
	}
	return false
}
