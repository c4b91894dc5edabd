---- MODULE Loops ----
EXTENDS Naturals, Sequences, FiniteSets, TLC
(* --algorithm Loops
variables S = 1..3, seq = <<>>, i = 1, m = [x |-> [y |-> 0]], found = FALSE;
procedure push(v)
variables tmp;
begin
  p1: tmp := v * 2;
  pa: if tmp > 4 then return; end if;
  p2: seq := Append(seq, tmp);
      return;
end procedure
procedure both(a, b)
begin
  b1: call push(a);
  b2: call push(b);
  b3: return;
end procedure
procedure tail(a)
begin
  t1: call push(a);
      return;
end procedure
begin
L: while S # {} do
     with e \in S, f = e + 1 do
       S := S \ {e};
       i := f;
     end with;
     if i = 2 then
M1:    call push(i);
     elsif i = 3 then
       goto L;
     else
M2:    call both(i, 1);
     end if;
   end while;
N: call tail(1);
O: m.x.y := Len(seq) || found := \E k \in 1..Len(seq) : seq[k] = 4;
   print <<seq, m, found>>;
P: while i < 9 do
     i := i + 3;
   end while;
Q: seq[1] := i;
end algorithm *)
\* BEGIN TRANSLATION (chksum(pcal) = "ce7a25a2" /\ chksum(tla) = "6b2692d0")
\* Parameter a of procedure both at line 13 col 16 changed to a_
CONSTANT defaultInitValue
VARIABLES S, seq, i, m, found, pc, stack, v, tmp, a_, b, a

vars == << S, seq, i, m, found, pc, stack, v, tmp, a_, b, a >>

Init == (* Global variables *)
        /\ S = 1..3
        /\ seq = <<>>
        /\ i = 1
        /\ m = [x |-> [y |-> 0]]
        /\ found = FALSE
        (* Procedure push *)
        /\ v = defaultInitValue
        /\ tmp = defaultInitValue
        (* Procedure both *)
        /\ a_ = defaultInitValue
        /\ b = defaultInitValue
        (* Procedure tail *)
        /\ a = defaultInitValue
        /\ stack = << >>
        /\ pc = "L"

p1 == /\ pc = "p1"
      /\ tmp' = v * 2
      /\ pc' = "pa"
      /\ UNCHANGED << S, seq, i, m, found, stack, v, a_, b, a >>

pa == /\ pc = "pa"
      /\ IF tmp > 4
            THEN /\ pc' = Head(stack).pc
                 /\ tmp' = Head(stack).tmp
                 /\ v' = Head(stack).v
                 /\ stack' = Tail(stack)
            ELSE /\ pc' = "p2"
                 /\ UNCHANGED << stack, v, tmp >>
      /\ UNCHANGED << S, seq, i, m, found, a_, b, a >>

p2 == /\ pc = "p2"
      /\ seq' = Append(seq, tmp)
      /\ pc' = Head(stack).pc
      /\ tmp' = Head(stack).tmp
      /\ v' = Head(stack).v
      /\ stack' = Tail(stack)
      /\ UNCHANGED << S, i, m, found, a_, b, a >>

push == p1 \/ pa \/ p2

b1 == /\ pc = "b1"
      /\ /\ stack' = << [ procedure |->  "push",
                          pc        |->  "b2",
                          tmp       |->  tmp,
                          v         |->  v ] >>
                      \o stack
         /\ v' = a_
      /\ tmp' = defaultInitValue
      /\ pc' = "p1"
      /\ UNCHANGED << S, seq, i, m, found, a_, b, a >>

b2 == /\ pc = "b2"
      /\ /\ stack' = << [ procedure |->  "push",
                          pc        |->  "b3",
                          tmp       |->  tmp,
                          v         |->  v ] >>
                      \o stack
         /\ v' = b
      /\ tmp' = defaultInitValue
      /\ pc' = "p1"
      /\ UNCHANGED << S, seq, i, m, found, a_, b, a >>

b3 == /\ pc = "b3"
      /\ pc' = Head(stack).pc
      /\ a_' = Head(stack).a_
      /\ b' = Head(stack).b
      /\ stack' = Tail(stack)
      /\ UNCHANGED << S, seq, i, m, found, v, tmp, a >>

both == b1 \/ b2 \/ b3

t1 == /\ pc = "t1"
      /\ /\ stack' = << [ procedure |->  "push",
                          pc        |->  Head(stack).pc,
                          tmp       |->  tmp,
                          v         |->  v ] >>
                      \o Tail(stack)
         /\ v' = a
      /\ tmp' = defaultInitValue
      /\ pc' = "p1"
      /\ UNCHANGED << S, seq, i, m, found, a_, b, a >>

tail == t1

L == /\ pc = "L"
     /\ IF S # {}
           THEN /\ \E e \in S:
                     LET f == e + 1 IN
                       /\ S' = S \ {e}
                       /\ i' = f
                /\ IF i' = 2
                      THEN /\ pc' = "M1"
                      ELSE /\ IF i' = 3
                                 THEN /\ pc' = "L"
                                 ELSE /\ pc' = "M2"
           ELSE /\ pc' = "N"
                /\ UNCHANGED << S, i >>
     /\ UNCHANGED << seq, m, found, stack, v, tmp, a_, b, a >>

M1 == /\ pc = "M1"
      /\ /\ stack' = << [ procedure |->  "push",
                          pc        |->  "L",
                          tmp       |->  tmp,
                          v         |->  v ] >>
                      \o stack
         /\ v' = i
      /\ tmp' = defaultInitValue
      /\ pc' = "p1"
      /\ UNCHANGED << S, seq, i, m, found, a_, b, a >>

M2 == /\ pc = "M2"
      /\ /\ a_' = i
         /\ b' = 1
         /\ stack' = << [ procedure |->  "both",
                          pc        |->  "L",
                          a_        |->  a_,
                          b         |->  b ] >>
                      \o stack
      /\ pc' = "b1"
      /\ UNCHANGED << S, seq, i, m, found, v, tmp, a >>

N == /\ pc = "N"
     /\ /\ a' = 1
        /\ stack' = << [ procedure |->  "tail",
                         pc        |->  "O",
                         a         |->  a ] >>
                     \o stack
     /\ pc' = "t1"
     /\ UNCHANGED << S, seq, i, m, found, v, tmp, a_, b >>

O == /\ pc = "O"
     /\ /\ found' = (\E k \in 1..Len(seq) : seq[k] = 4)
        /\ m' = [m EXCEPT !.x.y = Len(seq)]
     /\ PrintT(<<seq, m', found'>>)
     /\ pc' = "P"
     /\ UNCHANGED << S, seq, i, stack, v, tmp, a_, b, a >>

P == /\ pc = "P"
     /\ IF i < 9
           THEN /\ i' = i + 3
                /\ pc' = "P"
           ELSE /\ pc' = "Q"
                /\ i' = i
     /\ UNCHANGED << S, seq, m, found, stack, v, tmp, a_, b, a >>

Q == /\ pc = "Q"
     /\ seq' = [seq EXCEPT ![1] = i]
     /\ pc' = "Done"
     /\ UNCHANGED << S, i, m, found, stack, v, tmp, a_, b, a >>

(* Allow infinite stuttering to prevent deadlock on termination. *)
Terminating == pc = "Done" /\ UNCHANGED vars

Next == push \/ both \/ tail \/ L \/ M1 \/ M2 \/ N \/ O \/ P \/ Q
           \/ Terminating

Spec == Init /\ [][Next]_vars

Termination == <>(pc = "Done")

\* END TRANSLATION 
Typed == Len(seq) \in 0..5 /\ i \in Nat /\ S \subseteq 1..3
Broken == ~found
====
