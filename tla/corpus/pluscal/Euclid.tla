------------------------------- MODULE Euclid -------------------------------
EXTENDS Integers, TLC
CONSTANT N
gcd(x, y) == CHOOSE i \in 1..x : /\ x % i = 0
                                 /\ y % i = 0
                                 /\ \A j \in 1..x : /\ x % j = 0
                                                    /\ y % j = 0
                                                    => i >= j
(***************************************************************************
--fair algorithm Euclid {
  variables u \in 1..N, v \in 1..N, v_ini = v, u_ini = u;
  { lp: while (u # 0) {
          if (u < v) { u := v || v := u; };
      l2: u := u - v;
        };
        assert v = gcd(u_ini, v_ini);
        \* assert v <= u_ini
  }
}
 ***************************************************************************)
\* BEGIN TRANSLATION (chksum(pcal) = "b6bae972" /\ chksum(tla) = "29eb8f1a")
VARIABLES u, v, v_ini, u_ini, pc

vars == << u, v, v_ini, u_ini, pc >>

Init == (* Global variables *)
        /\ u \in 1..N
        /\ v \in 1..N
        /\ v_ini = v
        /\ u_ini = u
        /\ pc = "lp"

lp == /\ pc = "lp"
      /\ IF u # 0
            THEN /\ IF u < v
                       THEN /\ /\ u' = v
                               /\ v' = u
                       ELSE /\ TRUE
                            /\ UNCHANGED << u, v >>
                 /\ pc' = "l2"
            ELSE /\ Assert(v = gcd(u_ini, v_ini), 
                           "Failure of assertion at line 16, column 9.")
                 /\ pc' = "Done"
                 /\ UNCHANGED << u, v >>
      /\ UNCHANGED << v_ini, u_ini >>

l2 == /\ pc = "l2"
      /\ u' = u - v
      /\ pc' = "lp"
      /\ UNCHANGED << v, v_ini, u_ini >>

(* Allow infinite stuttering to prevent deadlock on termination. *)
Terminating == pc = "Done" /\ UNCHANGED vars

Next == lp \/ l2
           \/ Terminating

Spec == /\ Init /\ [][Next]_vars
        /\ WF_vars(Next)

Termination == <>(pc = "Done")

\* END TRANSLATION 
Broken == pc = "Done" => v # 3
=============================================================================
