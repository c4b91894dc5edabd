-------------------------- MODULE StdlibExamples --------------------------
(* What the modules' documentation promises, as assumptions. TLC accepts them *)
(* with these modules in its library path.                                    *)
EXTENDS Integers, Sequences, FiniteSets, Bags, SequencesExt, FiniteSetsExt,
        Functions, Folds, BagsExt, Relation, Bitwise, Combinatorics
LOCAL G == INSTANCE Graphs
LOCAL U == INSTANCE UndirectedGraphs
LOCAL D == INSTANCE DyadicRationals
LOCAL V == INSTANCE VectorClocks

LOCAL Plus(a, b) == a + b
LOCAL Pair(a, b) == <<a, b>>
LOCAL Less(a, b) == a < b

ASSUME Bags1 ==
  /\ SetToBag({1, 2}) = (1 :> 1 @@ 2 :> 1)
  /\ IsABag(SetToBag({1}))
  /\ (1 :> 2) (+) (1 :> 1 @@ 2 :> 3) = (1 :> 3 @@ 2 :> 3)
  /\ (1 :> 2 @@ 2 :> 1) (-) (1 :> 1 @@ 2 :> 3) = (1 :> 1)
  /\ BagUnion({1 :> 2, 2 :> 1, 1 :> 1 @@ 2 :> 1}) = (1 :> 3 @@ 2 :> 2)
  /\ (1 :> 1) \sqsubseteq (1 :> 2)
  /\ ~((1 :> 3) \sqsubseteq (1 :> 2))
  /\ SubBag(1 :> 2) = {EmptyBag, 1 :> 1, 1 :> 2}
  /\ BagOfAll(LAMBDA x : x % 2, 1 :> 2 @@ 3 :> 1 @@ 4 :> 5) = (1 :> 3 @@ 0 :> 5)
  /\ BagCardinality(1 :> 2 @@ 2 :> 1) = 3
  /\ CopiesIn(1, 1 :> 2) = 2 /\ CopiesIn(5, 1 :> 2) = 0
  /\ BagIn(1, 1 :> 2) /\ BagToSet(1 :> 2 @@ 7 :> 1) = {1, 7}

ASSUME BagsExt1 ==
  /\ BagAdd(1 :> 1, 1) = (1 :> 2) /\ BagAdd(1 :> 1, 2) = (1 :> 1 @@ 2 :> 1)
  /\ BagRemove(1 :> 2, 1) = (1 :> 1) /\ BagRemove(1 :> 1, 1) = EmptyBag
  /\ BagRemove(1 :> 1, 2) = (1 :> 1) /\ BagRemoveAll(1 :> 5, 1) = EmptyBag
  /\ SumBag(1 :> 2 @@ 2 :> 1 @@ 3 :> 3) = 13 /\ ProductBag(2 :> 3) = 8

ASSUME FiniteSets1 ==
  /\ FoldSet(Plus, 0, 0..10) = 55 /\ SumSet(1..4) = 10 /\ ProductSet(1..4) = 24
  /\ ReduceSet(Plus, 1..3, 1) = 7 /\ MapThenSumSet(LAMBDA x : x * x, 1..3) = 14
  /\ FlattenSet({{1}, {2}, {1, 2}}) = {1, 2} /\ SymDiff({1, 2}, {2, 3}) = {1, 3}
  /\ Quantify(1..9, LAMBDA n : n % 2 = 0) = 4
  /\ kSubset(2, 1..3) = {{1, 2}, {2, 3}, {3, 1}} /\ kSubset(4, 1..3) = {}
  /\ Max(1..3) = 3 /\ Min(1..3) = 1
  /\ Choices({{1, 2}, {2, 3}, {5}}) = {{2, 5}, {1, 2, 5}, {1, 3, 5}, {2, 3, 5}}
  /\ ChooseUnique({2, 3, 4, 5}, LAMBDA x : x % 3 = 1) = 4

ASSUME Functions1 ==
  /\ Range(<<1, 2, 1>>) = {1, 2} /\ Restrict(<<5, 6, 7>>, {1, 2}) = <<5, 6>>
  /\ RestrictDomain(<<5, 6>>, LAMBDA x : x = 1) = <<5>>
  /\ RestrictValues(<<5, 6>>, LAMBDA x : x = 6) = (2 :> 6)
  /\ IsRestriction(<<5>>, <<5, 6>>) /\ ~IsRestriction(<<6>>, <<5, 6>>)
  /\ AntiFunction(<<3, 1>>) = (3 :> 1 @@ 1 :> 2)
  /\ IsInjective(<<1, 2>>) /\ ~IsInjective(<<1, 1>>)
  /\ Cardinality(Injection({1, 2}, {1, 2, 3})) = 6
  /\ Cardinality(Surjection({1, 2, 3}, {1, 2})) = 6
  /\ Cardinality(Bijection({1, 2, 3}, {4, 5, 6})) = 6
  /\ ~ExistsInjection({1, 2}, {1}) /\ ExistsSurjection({1, 2}, {1}) /\ ~ExistsBijection({1, 2}, {1})
  /\ FoldFunction(Plus, 0, <<1, 2, 1>>) = 4 /\ FoldFunctionOnSet(Plus, 0, <<1, 2, 7>>, {1, 3}) = 8
  /\ MapThenFoldSet(Pair, 0, LAMBDA x : x * 10, LAMBDA S : Max(S), 1..2) = <<20, <<10, 0>>>>

ASSUME Sequences1 ==
  /\ ToSet(<<1, 1, 2>>) = {1, 2} /\ ToBag(<<1, 1, 2>>) = (1 :> 2 @@ 2 :> 1)
  /\ IsSorted(<<1, 2, 3>>, Less) /\ ~IsSorted(<<1, 1>>, Less) /\ IsSorted(<<>>, Less)
  /\ Contains(<<1, 2>>, 2) /\ ~Contains(<<>>, 2) /\ Reverse(<<1, 2, 3>>) = <<3, 2, 1>>
  /\ Remove(<<1, 2, 1>>, 1) = <<2>> /\ ReplaceAll(<<1, 2, 1>>, 1, 3) = <<3, 2, 3>>
  /\ Cons(1, <<2>>) = <<1, 2>> /\ Snoc(1, <<2>>) = <<2, 1>> /\ Front(<<1, 2>>) = <<1>> /\ Last(<<1, 2>>) = 2
  /\ InsertAt(<<1, 3>>, 2, 2) = <<1, 2, 3>> /\ ReplaceAt(<<1, 3>>, 2, 2) = <<1, 2>>
  /\ RemoveAt(<<1, 2, 3>>, 2) = <<1, 3>>
  /\ SelectInSeq(<<1, 5, 6>>, LAMBDA x : x > 4) = 2 /\ SelectInSeq(<<1>>, LAMBDA x : x > 4) = 0
  /\ SelectLastInSeq(<<1, 5, 6>>, LAMBDA x : x > 4) = 3
  /\ SelectInSubSeq(<<5, 1, 5>>, 2, 3, LAMBDA x : x = 5) = 2
  /\ SelectLastInSubSeq(<<5, 1, 5>>, 1, 2, LAMBDA x : x = 5) = 1
  /\ RemoveFirst(<<1, 2, 1>>, 1) = <<2, 1>> /\ RemoveFirst(<<2>>, 1) = <<2>>
  /\ RemoveFirstMatch(<<1, 2, 3>>, LAMBDA x : x > 1) = <<1, 3>>
  /\ IsPrefix(<<1>>, <<1, 2>>) /\ IsPrefix(<<>>, <<>>) /\ ~IsStrictPrefix(<<1>>, <<1>>)
  /\ IsSuffix(<<2>>, <<1, 2>>) /\ ~IsStrictSuffix(<<2>>, <<2>>)
  /\ Prefixes(<<1, 2>>) = {<<>>, <<1>>, <<1, 2>>} /\ Suffixes(<<1, 2>>) = {<<>>, <<2>>, <<1, 2>>}
  /\ CommonPrefixes({<<1, 2>>, <<1, 3>>}) = {<<>>, <<1>>}
  /\ LongestCommonPrefix({<<1, 2, 3>>, <<1, 2>>, <<1, 2, 4>>}) = <<1, 2>>
  /\ TupleOf({1}, 2) = {<<1, 1>>} /\ SeqOf({1}, 2) = {<<>>, <<1>>, <<1, 1>>} /\ BoundedSeq({}, 2) = {<<>>}
  /\ SetToSeq({2, 1}) \in {<<1, 2>>, <<2, 1>>} /\ SetToSeqs({}) = {<<>>}
  /\ SetToSeqs({"t", "l"}) = {<<"t", "l">>, <<"l", "t">>}
  /\ SetToSortSeq({3, 1, 2}, Less) = <<1, 2, 3>>
  /\ SetToAllKPermutations({"a", "b"}) = {<<>>, <<"a">>, <<"b">>, <<"a", "b">>, <<"b", "a">>}
  /\ SubSeqs(<<1, 2>>) = {<<>>, <<1>>, <<2>>, <<1, 2>>}
  /\ AllSubSeqs(<<1, 2, 3>>) = {<<>>, <<1>>, <<2>>, <<3>>, <<1, 2>>, <<1, 3>>, <<2, 3>>, <<1, 2, 3>>}
  /\ SeqMod(3, 3) = 3 /\ SeqMod(4, 3) = 1

ASSUME Folds1 ==
  /\ FoldLeft(Pair, 0, <<3, 1, 2>>) = <<<<<<0, 3>>, 1>>, 2>>
  /\ FoldRight(Pair, <<3, 1, 2>>, 0) = <<3, <<1, <<2, 0>>>>>>
  /\ FoldLeftDomain(Pair, 0, <<"a", "b">>) = <<<<0, 1>>, 2>>
  /\ FoldRightDomain(Pair, <<"a", "b">>, 0) = <<1, <<2, 0>>>>
  /\ FoldSeq(Plus, 0, <<1, 2, 1>>) = 4 /\ FoldLeft(Plus, 7, <<>>) = 7

ASSUME Sequences2 ==
  /\ FlattenSeq(<<<<1, 2>>, <<1>>>>) = <<1, 2, 1>> /\ FlattenSeq(<<"a", "b">>) = "ab" /\ FlattenSeq(<<>>) = <<>>
  /\ Zip(<<1, 3>>, <<2, 4, 5>>) = <<<<1, 2>>, <<3, 4>>>> /\ Zip(<<>>, <<1>>) = <<>>
  /\ Interleave(<<1, 3>>, <<2, 4>>) = <<<<1>>, <<2>>, <<3>>, <<4>>>> /\ Interleave(<<>>, <<>>) = <<>>
  /\ IndexFirstSubSeq(<<1>>, <<1, 1, 1>>) = 1 /\ IndexFirstSubSeq(<<2, 3>>, <<1, 2, 2, 3>>) = 3
  /\ ReplaceSubSeqAt(2, <<9, 9>>, <<2>>, <<1, 2, 3>>) = <<1, 9, 9, 3>>
  /\ ReplaceFirstSubSeq(<<4>>, <<2, 3>>, <<1, 2, 3, 2, 3>>) = <<1, 4, 2, 3>>
  /\ ReplaceAllSubSeqs(<<>>, <<>>, <<>>) = <<>> /\ ReplaceAllSubSeqs(<<4>>, <<>>, <<>>) = <<4>>
  /\ ReplaceAllSubSeqs(<<2>>, <<3>>, <<1, 3>>) = <<1, 2>>
  /\ ReplaceAllSubSeqs(<<2, 2>>, <<1, 1>>, <<1, 1, 1>>) = <<2, 2, 1>>

ASSUME Relations1 ==
  LET R == [x, y \in 1..3 |-> y = x + 1]
  IN  /\ IsIrreflexive(R, 1..3) /\ ~IsReflexive(R, 1..3) /\ IsAsymmetric(R, 1..3)
      /\ ~IsTransitive(R, 1..3) /\ ~IsSymmetric(R, 1..3)
      /\ TransitiveClosure(R, 1..3) = [x, y \in 1..3 |-> x < y]
      /\ ReflexiveTransitiveClosure(R, 1..3) = [x, y \in 1..3 |-> x <= y]
      /\ IsTotallyOrdered(ReflexiveTransitiveClosure(R, 1..3), 1..3)
      /\ IsPartiallyOrderedUnder(LAMBDA x, y : x =< y, 1..3)

ASSUME Graphs1 ==
  LET H == [node |-> 1..3, edge |-> {<<2, 1>>, <<3, 1>>}]
      L == [node |-> 1..3, edge |-> {{1, 2}}]
  IN  /\ G!IsDirectedGraph(H) /\ ~G!IsUndirectedGraph(H) /\ G!IsTreeWithRoot(H, 1) /\ ~G!IsTreeWithRoot(H, 2)
      /\ G!AreConnectedIn(2, 1, H) /\ ~G!AreConnectedIn(1, 2, H) /\ G!AreConnectedIn(1, 1, H)
      /\ G!SimplePath(H) = {<<1>>, <<2>>, <<3>>, <<2, 1>>, <<3, 1>>}
      /\ ~G!IsStronglyConnected(H) /\ G!IsDag(H)
      /\ G!ConnectionsIn(H)[2, 1] /\ ~G!ConnectionsIn(H)[2, 3]
      /\ U!IsUndirectedGraph(L) /\ U!ConnectedComponents(L) = {{1, 2}, {3}} /\ ~U!IsStronglyConnected(L)
      /\ Cardinality(U!UndirectedGraphs({1, 2})) = 8

ASSUME Numbers1 ==
  /\ 12 & 10 = 8 /\ 12 | 10 = 14 /\ 12 ^^ 10 = 6 /\ shiftR(12, 2) = 3 /\ 0 & 5 = 0
  /\ factorial[5] = 120 /\ choose(5, 2) = 10 /\ choose(4, 0) = 1
  /\ D!Add([num |-> 1, den |-> 2], [num |-> 1, den |-> 4]) = [num |-> 3, den |-> 4]
  /\ D!Add(D!Half(D!One), D!Half(D!One)) = D!One /\ D!IsDyadicRational(D!Half(D!Half(D!One)))
  /\ D!PrettyPrint(D!Half(D!One)) = "1/2" /\ D!PrettyPrint(D!Zero) = "0"

ASSUME Clocks1 ==
  LET Clock(e) == e
      Log == <<("a" :> 1 @@ "b" :> 1), ("a" :> 1), ("a" :> 1 @@ "b" :> 2)>>
      Sorted == V!CausalOrder(Log, Clock, Clock, Clock)
  IN  /\ ~V!IsCausalOrder(Log, Clock) /\ V!IsCausalOrder(Sorted, Clock)
      /\ Sorted = <<Log[2], Log[1], Log[3]>>
==========================================================================
