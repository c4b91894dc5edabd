---- MODULE Bank ----
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANT Accounts
(*--algorithm bank
variables balance = [a \in Accounts |-> 2], log = <<>>, locked = {};
define
  Total == LET RECURSIVE Sum(_)
               Sum(S) == IF S = {} THEN 0 ELSE LET a == CHOOSE x \in S : TRUE IN balance[a] + Sum(S \ {a})
           IN Sum(Accounts)
  NonNegative == \A a \in Accounts : balance[a] >= 0
end define;
macro lock(a) begin
  await a \notin locked;
  locked := locked \union {a};
end macro;
macro note(what, who) begin
  log := IF Len(log) < 1 THEN Append(log, [op |-> what, by |-> who]) ELSE log;
end macro;
procedure transfer(from, to, amount = 1)
begin
  check:
    if balance[from] >= amount then
      take: balance[from] := balance[from] - amount;
      give: balance[to] := balance[to] + amount;
    end if;
  done: locked := locked \ {from};
    return;
end procedure;
process teller \in 1..2
variables src \in Accounts, dst = src;
begin
  pick:
    either
      with x \in Accounts \ {src} do dst := x; end with;
      lock(src);
      call transfer(src, dst, 2);
    or
      await src \notin locked;
      note("skip", self);
    end either;
  fin: skip;
end process;
process auditor = 3
variable seen = 0;
begin
  watch:
    await log # <<>>;
    seen := Total;
    assert seen <= 2 * Cardinality(Accounts);
end process;
end algorithm; *)
\* BEGIN TRANSLATION (chksum(pcal) = "a66d633c" /\ chksum(tla) = "ead9caa7")
CONSTANT defaultInitValue
VARIABLES balance, log, locked, pc, stack

(* define statement *)
Total == LET RECURSIVE Sum(_)
             Sum(S) == IF S = {} THEN 0 ELSE LET a == CHOOSE x \in S : TRUE IN balance[a] + Sum(S \ {a})
         IN Sum(Accounts)
NonNegative == \A a \in Accounts : balance[a] >= 0

VARIABLES from, to, amount, src, dst, seen

vars == << balance, log, locked, pc, stack, from, to, amount, src, dst, seen
        >>

ProcSet == (1..2) \cup {3}

Init == (* Global variables *)
        /\ balance = [a \in Accounts |-> 2]
        /\ log = <<>>
        /\ locked = {}
        (* Procedure transfer *)
        /\ from = [ self \in ProcSet |-> defaultInitValue]
        /\ to = [ self \in ProcSet |-> defaultInitValue]
        /\ amount = [ self \in ProcSet |-> 1]
        (* Process teller *)
        /\ src \in [1..2 -> Accounts]
        /\ dst = [self \in 1..2 |-> src[self]]
        (* Process auditor *)
        /\ seen = 0
        /\ stack = [self \in ProcSet |-> << >>]
        /\ pc = [self \in ProcSet |-> CASE self \in 1..2 -> "pick"
                                        [] self = 3 -> "watch"]

check(self) == /\ pc[self] = "check"
               /\ IF balance[from[self]] >= amount[self]
                     THEN /\ pc' = [pc EXCEPT ![self] = "take"]
                     ELSE /\ pc' = [pc EXCEPT ![self] = "done"]
               /\ UNCHANGED << balance, log, locked, stack, from, to, amount, 
                               src, dst, seen >>

take(self) == /\ pc[self] = "take"
              /\ balance' = [balance EXCEPT ![from[self]] = balance[from[self]] - amount[self]]
              /\ pc' = [pc EXCEPT ![self] = "give"]
              /\ UNCHANGED << log, locked, stack, from, to, amount, src, dst, 
                              seen >>

give(self) == /\ pc[self] = "give"
              /\ balance' = [balance EXCEPT ![to[self]] = balance[to[self]] + amount[self]]
              /\ pc' = [pc EXCEPT ![self] = "done"]
              /\ UNCHANGED << log, locked, stack, from, to, amount, src, dst, 
                              seen >>

done(self) == /\ pc[self] = "done"
              /\ locked' = locked \ {from[self]}
              /\ pc' = [pc EXCEPT ![self] = Head(stack[self]).pc]
              /\ from' = [from EXCEPT ![self] = Head(stack[self]).from]
              /\ to' = [to EXCEPT ![self] = Head(stack[self]).to]
              /\ amount' = [amount EXCEPT ![self] = Head(stack[self]).amount]
              /\ stack' = [stack EXCEPT ![self] = Tail(stack[self])]
              /\ UNCHANGED << balance, log, src, dst, seen >>

transfer(self) == check(self) \/ take(self) \/ give(self) \/ done(self)

pick(self) == /\ pc[self] = "pick"
              /\ \/ /\ \E x \in Accounts \ {src[self]}:
                         dst' = [dst EXCEPT ![self] = x]
                    /\ src[self] \notin locked
                    /\ locked' = (locked \union {src[self]})
                    /\ /\ amount' = [amount EXCEPT ![self] = 2]
                       /\ from' = [from EXCEPT ![self] = src[self]]
                       /\ stack' = [stack EXCEPT ![self] = << [ procedure |->  "transfer",
                                                                pc        |->  "fin",
                                                                from      |->  from[self],
                                                                to        |->  to[self],
                                                                amount    |->  amount[self] ] >>
                                                            \o stack[self]]
                       /\ to' = [to EXCEPT ![self] = dst'[self]]
                    /\ pc' = [pc EXCEPT ![self] = "check"]
                    /\ log' = log
                 \/ /\ src[self] \notin locked
                    /\ log' = (IF Len(log) < 1 THEN Append(log, [op |-> "skip", by |-> self]) ELSE log)
                    /\ pc' = [pc EXCEPT ![self] = "fin"]
                    /\ UNCHANGED <<locked, stack, from, to, amount, dst>>
              /\ UNCHANGED << balance, src, seen >>

fin(self) == /\ pc[self] = "fin"
             /\ TRUE
             /\ pc' = [pc EXCEPT ![self] = "Done"]
             /\ UNCHANGED << balance, log, locked, stack, from, to, amount, 
                             src, dst, seen >>

teller(self) == pick(self) \/ fin(self)

watch == /\ pc[3] = "watch"
         /\ log # <<>>
         /\ seen' = Total
         /\ Assert(seen' <= 2 * Cardinality(Accounts), 
                   "Failure of assertion at line 49, column 5.")
         /\ pc' = [pc EXCEPT ![3] = "Done"]
         /\ UNCHANGED << balance, log, locked, stack, from, to, amount, src, 
                         dst >>

auditor == watch

(* Allow infinite stuttering to prevent deadlock on termination. *)
Terminating == /\ \A self \in ProcSet: pc[self] = "Done"
               /\ UNCHANGED vars

Next == auditor
           \/ (\E self \in ProcSet: transfer(self))
           \/ (\E self \in 1..2: teller(self))
           \/ Terminating

Spec == Init /\ [][Next]_vars

Termination == <>(\A self \in ProcSet: pc[self] = "Done")

\* END TRANSLATION 
Whole == log # <<>> => Total = 2 * Cardinality(Accounts)
====
