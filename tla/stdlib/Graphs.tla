------------------------------- MODULE Graphs -------------------------------
(* Graphs as records: node, a set, and edge, a set of pairs of nodes.        *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

IsDirectedGraph(G) ==
  /\ G = [node |-> G.node, edge |-> G.edge]
  /\ G.edge \subseteq G.node \X G.node

DirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET (G.node \X G.node)] :
     IsDirectedGraph(H) /\ H.edge \subseteq G.edge}

\* An edge in one direction is matched by one in the other.
IsUndirectedGraph(G) ==
  IsDirectedGraph(G) /\ \A e \in G.edge : <<e[2], e[1]>> \in G.edge
UndirectedSubgraph(G) == {H \in DirectedSubgraph(G) : IsUndirectedGraph(H)}

Path(G) ==
  {p \in Seq(G.node) : p # <<>> /\ \A i \in 1..Len(p) - 1 : <<p[i], p[i + 1]>> \in G.edge}

\* Paths that visit no node twice.
SimplePath(G) ==
  {p \in UNION {[1..n -> G.node] : n \in 1..Cardinality(G.node)} :
     /\ \A i, j \in 1..Len(p) : p[i] = p[j] => i = j
     /\ \A i \in 1..Len(p) - 1 : <<p[i], p[i + 1]>> \in G.edge}

Successors(G, n) == {m \in G.node : <<n, m>> \in G.edge}
Predecessors(G, n) == {m \in G.node : <<m, n>> \in G.edge}

\* The nodes reached from those of S in any number of steps.
LOCAL Reached(G, S) ==
  LET RECURSIVE reach(_)
      reach(T) == LET U == T \cup UNION {Successors(G, n) : n \in T}
                  IN  IF U = T THEN T ELSE reach(U)
  IN  reach(S)

Descendants(G, n) == Reached(G, Successors(G, n))
Transpose(G) == [node |-> G.node, edge |-> {<<e[2], e[1]>> : e \in G.edge}]
Ancestors(G, n) == Descendants(Transpose(G), n)

AreConnectedIn(m, n, G) == n \in Reached(G, {m})

\* For every two nodes, whether the second can be reached from the first.
ConnectionsIn(G) == [m, n \in G.node |-> AreConnectedIn(m, n, G)]

IsStronglyConnected(G) == \A m, n \in G.node : AreConnectedIn(m, n, G)

\* Every node has one edge towards the root r, which has none.
IsTreeWithRoot(G, r) ==
  /\ IsDirectedGraph(G)
  /\ r \in G.node
  /\ Successors(G, r) = {}
  /\ \A n \in G.node \ {r} : Cardinality(Successors(G, n)) = 1
  /\ \A n \in G.node : AreConnectedIn(n, r, G)

HasCycle(G) == \E n \in G.node : n \in Descendants(G, n)
IsDag(G) == IsDirectedGraph(G) /\ ~HasCycle(G)
Roots(G) == {n \in G.node : Predecessors(G, n) = {}}
Leaves(G) == {n \in G.node : Successors(G, n) = {}}

EmptyGraph == [node |-> {}, edge |-> {}]
GraphUnion(G, H) == [node |-> G.node \cup H.node, edge |-> G.edge \cup H.edge]

\* All directed graphs whose nodes are S.
Graphs(S) == [node : {S}, edge : SUBSET (S \X S)]
=============================================================================
