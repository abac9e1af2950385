"""A practitioner's own concern. The rules find what they were written to find; somebody who stood in the room may be more worried than they
are, and must never have to answer a rule to be heard. So any assessed visit can be referred by hand, with a reason, and from there on it is
a referral like every other. It only ever adds: what the rules suggest stays beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain.findings import DESTINATIONS, URGENCIES, Destination, Level
from visitapp.flow.completion import LONGEST
from visitapp.flow.kept_visit import routes_of
from visitapp.flow.raised import as_told, open_of, raise_it, says_as_much, was_sent
from visitapp.flow.refer import Proposal, open_referral, tell_supervisors
from visitapp.problems import problem, wrong
from visitapp.store import assessments, scope, submissions
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

PLACES = tuple(code for code in DESTINATIONS if code != "none")


def refer_by_hand(w: Wired, actor: str, submission: str, destination: str, urgency: str, reason: str) -> str:
    """Propose a referral that the rules did not, or raise one that was sent; its id. It is completed and sent as any other. Raises Problem
    with a field."""
    if destination not in PLACES:
        raise wrong("destination", "Choose where it should go.")
    if urgency not in URGENCIES:
        raise wrong("urgency", "Choose how soon somebody must act.")
    if not reason.strip():
        raise wrong("reason", "Say what worries you, in a sentence or two. It goes into the letter.")
    if len(reason) > LONGEST:
        raise wrong("reason", f"Make this shorter: at most {LONGEST:,} characters.")
    at = w.clock()

    def write(tx: Tx) -> str:
        visit = _seen_by(tx, actor, submission)
        judged = assessments.of_kind(tx, submission, "today")
        if judged is None:
            raise wrong("reason", "This visit is not assessed yet. Try again in a minute; if it cannot wait, phone.")
        words = routes_of(w, tx, visit["household"]).destinations[destination].words
        level = Level(judged["at_least"], judged["could_be"])
        proposal = Proposal(visit["household"], submission, judged["id"], actor, level, urgency, Destination(destination, words, (reason,)))
        raising = _sent(tx, proposal)
        if raising is not None:
            raise_it(w, tx, raising, proposal, at=at, actor=actor)
            return str(raising["id"])
        if any(not was_sent(tx, one) for one in open_of(tx, visit["household"])):
            raise wrong("destination", "A referral for this family is already waiting to be sent. Complete that one, or withdraw it first.")
        row = open_referral(w, tx, proposal, at, by=actor)
        tell_supervisors(
            tx, row, actor, "A practitioner proposed a referral that the rules did not. You are told; nothing waits for you.", at
        )
        return str(row["id"])

    return w.writer.submit(write)


def _sent(tx: Tx, proposal: Proposal) -> Row | None:
    """The open referral that was sent and that this makes graver. One that says as much already to the same place is told of it instead, by
    an update; a lesser request to another place is a referral of its own. Raises Problem."""
    sent = [as_told(tx, one, "") for one in open_of(tx, proposal.household) if was_sent(tx, one)]
    if any(one["destination"] == proposal.destination.code and says_as_much(one, proposal) for one in sent):
        raise wrong("destination", "A referral that says as much was sent there already. Open it, and tell them there what is new.")
    return next((one for one in sent if not says_as_much(one, proposal)), None)


def _seen_by(tx: Tx, actor: str, submission: str) -> Row:
    visit = submissions.submission(tx, submission)
    if visit is None or not scope.may_see_family(tx, actor, visit["household"]):
        raise problem("not_found")
    tx.lock_household(visit["household"])
    return visit
