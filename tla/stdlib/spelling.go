package stdlib

import "strings"

// spelling lists the names in the text of the modules that come with TLC, in the
// order in which its parser meets them first. Strings are ordered as they were
// first seen, names included, so that the names of a parameter in a standard
// module decide which of two strings CHOOSE picks. Taken from TLC 2.18.
var spelling = map[string]string{
	"Naturals": `Naturals Nat a b n`,
	"Integers": `Integers Naturals Int a`,
	"Reals":    `Reals Integers Real a b m Infinity i r`,
	"Sequences": `Sequences Naturals Seq S n Nat Len s t i Append e Head Tail SubSeq m SelectSeq
Test F`,
	"FiniteSets": `FiniteSets Naturals Sequences IsFiniteSet S seq Seq s n Len Cardinality CS T x`,
	"Bags": `Bags TLC Naturals IsABag B n Nat BagToSet SetToBag S e BagIn EmptyBag B1 B2 d
Sum f DSum elt BagUnion SubBag RemoveFromDom x y Combine BagSet i Biggest
Range r s RSB BB BagOfAll F BagCardinality CopiesIn`,
	"TLC": `TLC Naturals Sequences FiniteSets Print out val PrintT Assert v JavaTime n Nat
TLCGet i TLCSet d e x f g Permutations S w SortSeq s Op Perm p Len j
RandomElement Any ToString a b TLCEval`,
	"Randomization": `Randomization Naturals FiniteSets RandomSubset k S T Cardinality
RandomSetOfSubsets n TestRandomSetOfSubsets i`,
	"RealTime": `RealTime Reals now RTBound A v D E TNext t _v Timer MaxTime MinTime RTnow
NowNext r Real`,
}

// Spelling returns the names in the text of TLC's own module of that name, in
// order; ok is false if it does not come with TLC.
func Spelling(module string) (names []string, ok bool) {
	text, ok := spelling[module]
	return strings.Fields(text), ok
}
