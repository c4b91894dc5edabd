-------------------------- MODULE MultiPaxosReconfig --------------------------
(***************************************************************************)
(* MultiPaxos whose servers change: reconfiguration by a command in the    *)
(* log.                                                                    *)
(*                                                                         *)
(* THE PROBLEM.  Servers break for good and others take their places.  All *)
(* must agree at each instance on who decides it, or two groups decide it  *)
(* apart from each other.                                                  *)
(*                                                                         *)
(* THE IDEA.  The members are part of the state of the machine, and a      *)
(* command in the log changes them: what all agree on anyway says who      *)
(* decides.  A configuration that is chosen at instance i governs from     *)
(* i + Alpha on.  So one who knows the log up to i knows who decides the   *)
(* next Alpha instances, and may propose in these and no others, although  *)
(* none of them is decided yet: Alpha is the window of what goes on at the *)
(* same time.  A leader that is in a hurry for a configuration to govern   *)
(* could fill the window with no-ops; here it waits for requests.          *)
(*                                                                         *)
(* A LEADER stays in its ballot when the members change.  It needs the     *)
(* promises of the new ones as it needed those of the old, before it       *)
(* proposes at an instance that they govern; it has asked everybody, and   *)
(* counts them when they come (HandlePromise).  It does not ask again      *)
(* (Resend): if its Prepare to a new member or the answer is lost, it can  *)
(* do nothing more in that ballot, and somebody has to start a higher one. *)
(* A server that prepares may learn of a configuration for which it has    *)
(* the promises already.  It leads with the next promise, or not before a  *)
(* higher ballot: the promises are counted only when one comes.            *)
(*                                                                         *)
(* A command that the log holds twice takes effect once, and so does a     *)
(* configuration: it governs from its first place on, and its second       *)
(* undoes nothing that has come in between.                                *)
(*                                                                         *)
(* SOURCES.  L. Lamport, The Part-Time Parliament, 1998, section 3.3.6     *)
(* (new legislators, with a window of three decrees), and Paxos Made       *)
(* Simple, 2001, section 3 (alpha); L. Lamport, D. Malkhi and L. Zhou,     *)
(* Reconfiguring a State Machine, ACM SIGACT News 41(1), 2010 (the         *)
(* algorithm with a window, R-alpha).                                      *)
(*                                                                         *)
(* This module has no variables and no actions of its own.  It says which  *)
(* rules of MultiPaxos to replace, and its models put them in place:       *)
(*                                                                         *)
(*     Members <- ConfiguredMembers    MayOpen <- InWindow                 *)
(*     Kept    <- IsConfiguration                                          *)
(***************************************************************************)
EXTENDS MultiPaxos

CONSTANTS
    Initial,            \* the members at first
    Configurations,     \* the commands that change them
    MembersOf(_),       \* to what such a command changes them
    Alpha               \* after how many instances it governs

ASSUME Initial \subseteq Servers /\ Initial # {}
ASSUME Configurations \subseteq Commands
ASSUME \A e \in Configurations : MembersOf(e) \subseteq Servers /\ MembersOf(e) # {}
ASSUME Alpha \in Nat \ {0}

-----------------------------------------------------------------------------
(***************************************************************************)
(* The instances up to n at which a configuration is chosen for the first  *)
(* time, and the members that the last of them has made, by log c.         *)
(***************************************************************************)
IsConfiguration(e) == e \in Configurations

ConfiguredAt(c, n) ==
    {k \in Instances : /\ k <= n /\ c[k] \in Configurations
                       /\ \A j \in Instances : j < k => c[j] # c[k]}

MembersAt(c, n) ==
    LET K == ConfiguredAt(c, n) IN IF K = {} THEN Initial ELSE MembersOf(c[Largest(K)])

(***************************************************************************)
(* Who decides instance i (for Members).                                   *)
(***************************************************************************)
ConfiguredMembers(c, i) == MembersAt(c, IF i > Alpha THEN i - Alpha ELSE 0)

(***************************************************************************)
(* Where a leader may propose that knows the log up to a (for MayOpen):    *)
(* as far as it knows who decides.                                         *)
(***************************************************************************)
InWindow(c, a, i) == i <= a + Alpha

-----------------------------------------------------------------------------
(***************************************************************************)
(* Nobody proposes where it cannot know who decides: when an instance is   *)
(* proposed at, all are chosen that are Alpha or more before it.           *)
(***************************************************************************)
ProposedInWindow ==
    \A m \in Sent("Accept") : m.inst <= Len(Committed) + Alpha

(***************************************************************************)
(* What a server thinks of who decides is right wherever it proposes.      *)
(***************************************************************************)
MembersKnown ==
    \A s \in Servers : \A i \in Instances :
        proposed[s][i] # None /\ i > applied[s] =>
            MembersUsed(learned[s], i) = ConfiguredMembers(Log, i)

-----------------------------------------------------------------------------
(***************************************************************************)
(* With the rules in place.  Nothing is claimed here of progress.          *)
(***************************************************************************)
InPlace ==
    /\ \A e \in Entries : Kept(e) = IsConfiguration(e)
    /\ \A c \in [Instances -> Entries \cup {None}], i \in Instances :
          /\ Members(c, i) = ConfiguredMembers(c, i)
          /\ \A a \in Instances \cup {0} : MayOpen(c, a, i) = InWindow(c, a, i)

THEOREM InPlace /\ QuorumsMeet /\ Spec =>
    /\ []TypeOK /\ []Consistency /\ []ChosenByVotes /\ []Nontriviality /\ []LearnedIsChosen
    /\ []AppliedAgree /\ []AtMostOnce /\ []OneProposalPerBallot /\ []ChosenIsDurable
    /\ []MemoryAgreesWithDisk /\ Stability /\ Refinement
    /\ []ProposedInWindow /\ []MembersKnown
=============================================================================
