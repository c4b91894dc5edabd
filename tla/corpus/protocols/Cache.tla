---- MODULE Cache ----
EXTENDS Naturals, Sequences
CONSTANTS Proc, Adr, Val, NoVal, QLen
VARIABLES mem, ctl, buf, cache, memQ
Req == [adr : Adr, val : Val, op : {"Wr"}] \cup [adr : Adr, op : {"Rd"}]
Init == /\ mem \in [Adr -> Val]
        /\ ctl = [p \in Proc |-> "rdy"]
        /\ buf = [p \in Proc |-> NoVal]
        /\ cache = [p \in Proc |-> [a \in Adr |-> NoVal]]
        /\ memQ = <<>>
vmem == LET f[i \in 0..Len(memQ)] ==
              IF i = 0 THEN mem ELSE [f[i - 1] EXCEPT ![memQ[i][2].adr] = memQ[i][2].val]
        IN f[Len(memQ)]
Issue(p, r) == ctl[p] = "rdy" /\ ctl' = [ctl EXCEPT ![p] = "busy"] /\ buf' = [buf EXCEPT ![p] = r] /\ UNCHANGED <<mem, cache, memQ>>
RdMiss(p) == /\ ctl[p] = "busy" /\ buf[p].op = "Rd" /\ cache[p][buf[p].adr] = NoVal
             /\ cache' = [cache EXCEPT ![p][buf[p].adr] = vmem[buf[p].adr]]
             /\ UNCHANGED <<mem, ctl, buf, memQ>>
DoRd(p) == /\ ctl[p] = "busy" /\ buf[p].op = "Rd" /\ cache[p][buf[p].adr] # NoVal
           /\ ctl' = [ctl EXCEPT ![p] = "rdy"] /\ buf' = [buf EXCEPT ![p] = NoVal]
           /\ UNCHANGED <<mem, cache, memQ>>
DoWr(p) == LET r == buf[p] IN
           /\ ctl[p] = "busy" /\ r.op = "Wr" /\ Len(memQ) < QLen
           /\ cache' = [q \in Proc |-> IF p = q \/ cache[q][r.adr] # NoVal THEN [cache[q] EXCEPT ![r.adr] = r.val] ELSE cache[q]]
           /\ memQ' = Append(memQ, <<p, r>>)
           /\ ctl' = [ctl EXCEPT ![p] = "rdy"] /\ buf' = [buf EXCEPT ![p] = NoVal] /\ UNCHANGED mem
MemWr == /\ memQ # <<>> /\ LET r == Head(memQ)[2] IN mem' = [mem EXCEPT ![r.adr] = r.val]
         /\ memQ' = Tail(memQ) /\ UNCHANGED <<ctl, buf, cache>>
Evict(p, a) == /\ cache[p][a] # NoVal /\ (ctl[p] = "busy" => buf[p].adr # a)
               /\ cache' = [cache EXCEPT ![p][a] = NoVal] /\ UNCHANGED <<mem, ctl, buf, memQ>>
Next == \/ \E p \in Proc : \/ \E r \in Req : Issue(p, r)
                           \/ RdMiss(p) \/ DoRd(p) \/ DoWr(p)
                           \/ \E a \in Adr : Evict(p, a)
        \/ MemWr
TypeOK == /\ mem \in [Adr -> Val] /\ cache \in [Proc -> [Adr -> Val \cup {NoVal}]]
          /\ buf \in [Proc -> Req \cup {NoVal}] /\ memQ \in Seq(Proc \X Req)
Coherent == \A p, q \in Proc, a \in Adr : NoVal \notin {cache[p][a], cache[q][a]} => cache[p][a] = cache[q][a]
Broken == \A p \in Proc, a \in Adr : cache[p][a] # NoVal => cache[p][a] = mem[a]
====
