---------------------------- MODULE SequencesExt ----------------------------
(* More operators on sequences.                                              *)
EXTENDS Naturals, Sequences, FiniteSets, FiniteSetsExt, Folds, Functions, Bags, TLC

LOCAL Concat(s, t) == s \o t

\* The elements of s.
ToSet(s) == {s[i] : i \in DOMAIN s}

\* How often each element of s occurs in it.
ToBag(s) == [e \in ToSet(s) |-> Cardinality({i \in DOMAIN s : s[i] = e})]

\* op holds of every two elements, the earlier one first.
IsSorted(s, op(_, _)) == \A i \in 1..Len(s) : \A j \in i + 1..Len(s) : op(s[i], s[j])

Contains(s, e) == \E i \in 1..Len(s) : s[i] = e

Reverse(s) == [i \in 1..Len(s) |-> s[Len(s) + 1 - i]]

\* s without all copies of e.
Remove(s, e) == SelectSeq(s, LAMBDA x : x # e)

ReplaceAll(s, old, new) == [i \in 1..Len(s) |-> IF s[i] = old THEN new ELSE s[i]]

Cons(e, s) == <<e>> \o s
Snoc(e, s) == Append(s, e)
Front(s) == SubSeq(s, 1, Len(s) - 1)
Last(s) == s[Len(s)]

\* Inserted so that it becomes element i.
InsertAt(s, i, e) == SubSeq(s, 1, i - 1) \o <<e>> \o SubSeq(s, i, Len(s))
ReplaceAt(s, i, e) == [s EXCEPT ![i] = e]
RemoveAt(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))

\* The place of the first element that satisfies Test, or 0.
SelectInSeq(s, Test(_)) ==
  LET places == {i \in 1..Len(s) : Test(s[i])}
  IN  IF places = {} THEN 0 ELSE CHOOSE i \in places : \A j \in places : i =< j

\* The place of the last element that satisfies Test, or 0.
SelectLastInSeq(s, Test(_)) ==
  LET places == {i \in 1..Len(s) : Test(s[i])}
  IN  IF places = {} THEN 0 ELSE CHOOSE i \in places : \A j \in places : i >= j

\* The same within the elements from to to; the place is counted from there.
SelectInSubSeq(s, from, to, Test(_)) == SelectInSeq(SubSeq(s, from, to), Test)
SelectLastInSubSeq(s, from, to, Test(_)) == SelectLastInSeq(SubSeq(s, from, to), Test)

RemoveFirstMatch(s, Test(_)) ==
  LET i == SelectInSeq(s, Test) IN IF i = 0 THEN s ELSE RemoveAt(s, i)
RemoveFirst(s, e) == RemoveFirstMatch(s, LAMBDA x : x = e)

IsPrefix(s, t) == Len(s) =< Len(t) /\ SubSeq(s, 1, Len(s)) = SubSeq(t, 1, Len(s))
IsStrictPrefix(s, t) == IsPrefix(s, t) /\ s # t
IsSuffix(s, t) == IsPrefix(Reverse(s), Reverse(t))
IsStrictSuffix(s, t) == IsSuffix(s, t) /\ s # t

Prefixes(s) == {SubSeq(s, 1, n) : n \in 0..Len(s)}
Suffixes(s) == {SubSeq(s, n, Len(s)) : n \in 1..Len(s) + 1}

\* The prefixes that all sequences of the set S have in common.
CommonPrefixes(S) == {p \in UNION {Prefixes(s) : s \in S} : \A s \in S : IsPrefix(p, s)}
LongestCommonPrefix(S) ==
  CHOOSE p \in CommonPrefixes(S) : \A q \in CommonPrefixes(S) : Len(q) =< Len(p)

\* All sequences of n elements of S, of up to n, and of S with all its elements.
TupleOf(S, n) == [1..n -> S]
SeqOf(S, n) == UNION {TupleOf(S, m) : m \in 0..n}
BoundedSeq(S, n) == SeqOf(S, n)

\* Each element of the finite set S once, in some order; in every order.
SetToSeq(S) ==
  LET RECURSIVE line(_)
      line(T) == IF T = {} THEN <<>>
                 ELSE LET x == CHOOSE x \in T : TRUE IN <<x>> \o line(T \ {x})
  IN  line(S)
SetToSeqs(S) ==
  LET RECURSIVE lines(_)
      lines(T) == IF T = {} THEN {<<>>}
                  ELSE UNION {{<<x>> \o s : s \in lines(T \ {x})} : x \in T}
  IN  lines(S)
SetToSortSeq(S, op(_, _)) == SortSeq(SetToSeq(S), op)

\* Every way to put some elements of S in a row.
SetToAllKPermutations(S) == UNION {SetToSeqs(T) : T \in SUBSET S}

\* Sequences that leave out elements of s; the second counts none twice.
SubSeqs(s) == {SubSeq(s, i, j) : i, j \in 1..Len(s)} \cup {<<>>}
AllSubSeqs(s) ==
  {[i \in 1..Cardinality(D) |->
      s[CHOOSE j \in D : Cardinality({k \in D : k =< j}) = i]] : D \in SUBSET DOMAIN s}

\* Element i, where the elements of s repeat for ever.
SeqMod(a, b) == IF a % b = 0 THEN b ELSE a % b

\* op(s[1], op(s[2], ... base)).
FoldRight(op(_, _), s, base) ==
  LET RECURSIVE fold(_)
      fold(i) == IF i > Len(s) THEN base ELSE op(s[i], fold(i + 1))
  IN  fold(1)

\* op(... op(op(base, s[1]), s[2]) ...).
FoldLeft(op(_, _), base, s) ==
  LET RECURSIVE fold(_)
      fold(i) == IF i = 0 THEN base ELSE op(fold(i - 1), s[i])
  IN  fold(Len(s))

\* The same, of the places in s instead of the elements there.
FoldLeftDomain(op(_, _), base, s) == FoldLeft(op, base, [i \in 1..Len(s) |-> i])
FoldRightDomain(op(_, _), s, base) == FoldRight(op, [i \in 1..Len(s) |-> i], base)

\* Of an op for which the order does not matter.
FoldSeq(op(_, _), base, s) == FoldRight(op, s, base)

\* All sequences of ss, or strings, one after the other.
FlattenSeq(ss) == IF ss = <<>> THEN ss ELSE FoldLeft(Concat, Head(ss), Tail(ss))

\* The pairs of elements at the same place, as far as both sequences go.
Zip(s, t) ==
  [i \in 1..(IF Len(s) < Len(t) THEN Len(s) ELSE Len(t)) |-> <<s[i], t[i]>>]

\* One element of each in turn, each in a tuple of its own, of two sequences of
\* the same length.
Interleave(s, t) ==
  CASE Len(s) = Len(t) ->
    [i \in 1..2 * Len(s) |-> IF i % 2 = 1 THEN <<s[(i + 1) \div 2]>> ELSE <<t[i \div 2]>>]

LOCAL Places(s, t) ==
  {i \in 1..Len(t) + 1 : i + Len(s) - 1 =< Len(t) /\ SubSeq(t, i, i + Len(s) - 1) = s}

\* The place in t where s first occurs.
IndexFirstSubSeq(s, t) ==
  CHOOSE i \in Places(s, t) : \A j \in Places(s, t) : i =< j

\* t with r in the place of the subsequence s that begins at place i.
ReplaceSubSeqAt(i, r, s, t) ==
  SubSeq(t, 1, i - 1) \o r \o SubSeq(t, i + Len(s), Len(t))

ReplaceFirstSubSeq(r, s, t) ==
  IF Places(s, t) = {} THEN t ELSE ReplaceSubSeqAt(IndexFirstSubSeq(s, t), r, s, t)

\* Occurrences that overlap are replaced from the left. Of an empty s, one is
\* taken to occur before each element of t.
ReplaceAllSubSeqs(r, s, t) ==
  LET RECURSIVE replace(_)
      replace(u) ==
        IF Places(s, u) = {} THEN u
        ELSE LET i == IndexFirstSubSeq(s, u)
             IN  SubSeq(u, 1, i - 1) \o r \o replace(SubSeq(u, i + Len(s), Len(u)))
  IN  IF s = t THEN r
      ELSE IF Len(s) = 0 THEN FlattenSeq([i \in 1..Len(t) |-> Append(r, t[i])])
      ELSE replace(t)
=============================================================================
