---- MODULE Stale ----
EXTENDS Naturals
(* --algorithm Counter
variable n = 0;
begin
  Count: while n < 3 do
    n := n + 1;
  end while;
end algorithm *)
====
