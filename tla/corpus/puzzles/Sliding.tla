---- MODULE Sliding ----
EXTENDS Integers, Sequences
VARIABLES board, moves
W == 2  H == 3
Goal == <<1, 2, 3, 4, 5, 0>>
Blank == CHOOSE i \in DOMAIN board : board[i] = 0
Adjacent(i, j) == LET r(k) == (k - 1) \div W c(k) == (k - 1) % W
                      abs(n) == IF n < 0 THEN -n ELSE n
                  IN abs(r(i) - r(j)) + abs(c(i) - c(j)) = 1
Init == board = <<1, 2, 3, 4, 0, 5>> /\ moves = 0
Slide(i) == /\ Adjacent(i, Blank)
            /\ board' = [board EXCEPT ![i] = 0, ![Blank] = board[i]]
            /\ moves' = (moves + 1) % 2
Next == \E i \in 1..(W * H) : Slide(i)
View == board
Unsolved == board # Goal
Small == board[1] \in {1, 0, 3} /\ board[2] \in {2, 1, 0}
TypeOK == moves \in 0..1
====
