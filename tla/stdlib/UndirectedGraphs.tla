-------------------------- MODULE UndirectedGraphs --------------------------
(* Undirected graphs as records: node, a set, and edge, a set of sets of one *)
(* or two nodes.                                                             *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

IsUndirectedGraph(G) ==
  /\ G = [node |-> G.node, edge |-> G.edge]
  /\ \A e \in G.edge : \E m, n \in G.node : e = {m, n}

IsLoopFreeUndirectedGraph(G) ==
  IsUndirectedGraph(G) /\ \A e \in G.edge : Cardinality(e) = 2

UndirectedSubgraph(G) ==
  {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsUndirectedGraph(H)}

Path(G) ==
  {p \in Seq(G.node) : p # <<>> /\ \A i \in 1..Len(p) - 1 : {p[i], p[i + 1]} \in G.edge}

SimplePath(G) ==
  {p \in UNION {[1..n -> G.node] : n \in 1..Cardinality(G.node)} :
     /\ \A i, j \in 1..Len(p) : p[i] = p[j] => i = j
     /\ \A i \in 1..Len(p) - 1 : {p[i], p[i + 1]} \in G.edge}

LOCAL Reached(G, S) ==
  LET RECURSIVE reach(_)
      reach(T) == LET U == T \cup {n \in G.node : \E m \in T : {m, n} \in G.edge}
                  IN  IF U = T THEN T ELSE reach(U)
  IN  reach(S)

AreConnectedIn(m, n, G) == n \in Reached(G, {m})

\* The sets of nodes that are connected with each other and with no other.
ConnectedComponents(G) == {Reached(G, {n}) : n \in G.node}

IsStronglyConnected(G) == ConnectedComponents(G) = {G.node}

\* All undirected graphs whose nodes are S.
UndirectedGraphs(S) == [node : {S}, edge : SUBSET {{m, n} : m, n \in S}]
=============================================================================
