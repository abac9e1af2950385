"""Proposing, completing, sending and withdrawing a referral. The service proposes; only a practitioner sends or withdraws. Nobody has to
agree first: the team's supervisor is told, not asked, because a level 4 that waits for a signature is a child who waits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from visitapp.domain import referrals as states
from visitapp.domain.duties import NOT_NEEDED
from visitapp.domain.findings import DESTINATIONS, URGENCIES, Destination, Level
from visitapp.flow import recipients, routing, updates, whose
from visitapp.flow.completion import NOT_TOLD, complete
from visitapp.flow.owing import in_state, move, owe
from visitapp.flow.raised import as_told, open_of, raise_it, says_as_much, told, was_sent
from visitapp.flow.routing import Wishes
from visitapp.letter.facts import Completion, SaidBy, Whereabouts
from visitapp.problems import Problem, problem
from visitapp.store import accounts, assessments, households, records, referral_calls, referrals, scope, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

SERVICE = "service"  # the actor of what no person did
AS_ROUTED = Wishes()
LATER_VISIT = "a later visit called for more than this, which was asked for instead."

__all__ = ["NOT_TOLD", "Completion", "Proposal", "SaidBy", "Whereabouts", "propose", "send", "withdraw"]


@dataclass(frozen=True)
class Proposal:
    """What one assessed visit gives reason to refer."""

    household: str
    submission: str
    assessment: str
    author: str
    level: Level
    urgency: str
    destination: Destination


def propose(w: Wired, tx: Tx, proposal: Proposal, at: str, *, anew: bool = False) -> None:
    """Open a referral, attach the visit as news to an open one that says as much, or raise one that was sent and says less, in whichever
    record of the family it is. Under the household's lock; twice does nothing more, but `anew`: what was proposed of the visit before was
    for another family, or is closed.

    A graver concern is never left as a note on a lesser referral, and never told as a second one beside it: what was sent is raised, and
    what was only proposed is replaced."""
    if not anew and any(says_as_much(one, proposal) for one in referrals.of_submission(tx, proposal.submission)):
        return
    open_ones = [as_told(tx, one, proposal.submission) for one in open_of(tx, proposal.household)]
    taking = next((one for one in open_ones if says_as_much(one, proposal)), None)
    if taking is not None:
        _attach(tx, taking, proposal, at)
    elif proposal.destination.code != "none":
        waiting = [one for one in open_ones if not was_sent(tx, one)]
        if open_ones and open_ones[0] not in waiting:
            raise_it(w, tx, open_ones[0], proposal, at=at, actor=SERVICE)
        else:
            open_referral(w, tx, _as_grave(tx, proposal, waiting), at)
        for one in waiting:
            replaced(tx, one, LATER_VISIT, at)


def _as_grave(tx: Tx, proposal: Proposal, waiting: list[Row]) -> Proposal:
    """What is proposed in place of what waits: in nothing less than any of it."""
    place = proposal.destination
    for one in waiting:
        if DESTINATIONS.index(one["destination"]) < DESTINATIONS.index(place.code):
            place = _proposed(tx, one)
    level = max(proposal.level.at_least, *(one["level"] for one in waiting)) if waiting else proposal.level.at_least
    soon = min(proposal.urgency, *(one["urgency"] for one in waiting), key=URGENCIES.index) if waiting else proposal.urgency
    return replace(proposal, destination=place, urgency=soon, level=replace(proposal.level, at_least=level))


def _proposed(tx: Tx, referral: Row) -> Destination:
    """Where a referral was proposed to go, and why."""
    said = json.loads(referrals.events(tx, referral["id"])[0]["detail"])
    return Destination(referral["destination"], said["words"], tuple(said["reasons"]))


def proposal_of(tx: Tx, referral: Row) -> Proposal:
    """What gave reason for a referral, to be proposed again by the service."""
    record, submission, assessment = referral["record"], referral["submission"], referral["assessment"]
    return Proposal(record, submission, assessment, SERVICE, level_of(tx, assessment), referral["urgency"], _proposed(tx, referral))


def level_of(tx: Tx, assessment: str) -> Level:
    """The level that a judgement came to."""
    judged = assessments.assessment(tx, assessment)
    assert judged is not None
    return Level(judged["at_least"], judged["could_be"])


def replaced(tx: Tx, referral: Row, why: str, at: str) -> None:
    """A proposal is taken back by the service, because another one says it."""
    referrals.add_event(tx, referral, states.WITHDRAWN, detail={"reason": f"Replaced by the service: {why}"}, at=at, actor=SERVICE)


def receiving_team(w: Wired, tx: Tx, proposal: Proposal) -> str | None:
    """The team that receives it in the area where the family is now, else whoever receives there what comes to nobody else, or None (a
    proposal without one says so to whoever completes it)."""
    family = households.household(tx, whose.recorded(tx, proposal.household))
    if family is None or not family["area"]:
        return None
    routes = w.catalogue.routes(family["area"])
    for kind in (routes.destinations[proposal.destination.code].team, *routes.last_resort):
        found = teams.receiving_team_for(tx, family["area"], kind) if kind else None
        if found is not None:
            return str(found["id"])
    return None


def _attach(tx: Tx, referral: Row, proposal: Proposal, at: str) -> None:
    if referrals.tells_of(tx, referral["id"], proposal.submission):
        return
    news = {"submission": proposal.submission, "level": proposal.level.at_least, "urgency": proposal.urgency}
    referrals.add_event(tx, referral, states.NEWS, detail=news, at=at, actor=SERVICE)
    if referrals.state(tx, referral["id"]) != states.PROPOSED:
        owner = owner_of(tx, referral["household"], proposal.author)
        what = "A later visit was attached to an open referral. Tell the receiving team if it changes anything."
        referrals.tell(tx, to_account=owner, what=what, at=at, actor=SERVICE, household=proposal.household, referral=referral["id"])


def open_referral(w: Wired, tx: Tx, proposal: Proposal, at: str, *, by: str = SERVICE) -> Row:
    """A new referral, proposed by the service or by hand, owed by the family's practitioner or by whoever proposed it, where the family is
    recorded now. One of a record that was joined to another belongs to that record, and stands with the whole."""
    id, team = w.new_id(), receiving_team(w, tx, proposal)
    here = whose.recorded(tx, proposal.household)
    record = proposal.household if records.stands(tx, proposal.household) == here else here
    referrals.add(
        tx, id=id, household=record, submission=proposal.submission, assessment=proposal.assessment,
        level=proposal.level.at_least, urgency=proposal.urgency, destination=proposal.destination.code, receiving_team=team, at=at,
        actor=by,
    )  # fmt: skip
    referral = referrals.referral(tx, id)
    assert referral is not None
    reasons = {"reasons": list(proposal.destination.reasons), "words": proposal.destination.words}
    referrals.add_event(tx, referral, states.PROPOSED, detail=reasons, at=at, actor=by)
    owner = owner_of(tx, here, proposal.author) if by == SERVICE else by
    owe(w, tx, referral, at=at, actor=by, owner=owner)
    return referral


def owner_of(tx: Tx, household: str, author: str) -> str:
    """Who of ours owes the next step for a family: its named practitioner, else whoever visited."""
    family = households.household(tx, household)
    return (family["practitioner"] if family else None) or author


def send(w: Wired, actor: str, referral: str, completion: Completion, wishes: Wishes = AS_ROUTED) -> str:
    """Complete and send: the letters are written and delivered from here on without anybody's leave, to whom the area's routes say, with
    what the practitioner wishes otherwise. The referral that was sent, which is a new one where there was no team to receive it when it
    was proposed. Raises Problem with a field."""
    at = w.clock()

    def write(tx: Tx) -> str:
        row = _seen_by(tx, actor, referral)
        in_state(tx, row, states.REQUESTED)
        said = complete(completion, at, row)
        row = _addressed(w, tx, row, at)
        move(tx, row, states.REQUESTED, said | phoned(tx, row["id"], said), at, actor)
        owe(w, tx, row, at=at, actor=actor, owner=actor)
        chosen = routing.proposed(w, tx, row, routing.Said(said["area_now"], said["parents_told"]), at)
        recipients.record(w, tx, row, routing.as_recipients(w, routing.wished(w, tx, row, chosen, wishes)), at=at, actor=actor)
        if said["as_known"]:
            updates.owe_the_rest(w, tx, row, at=at, actor=actor)
        tell_supervisors(tx, row, actor, f"A referral at level {row['level']} was sent. You are told; nothing waits for you.", at)
        return str(row["id"])

    return w.writer.submit(write)


def to_put_right(w: Wired, actor: str, referral: str, completion: Completion) -> list[tuple[str, str]]:
    """Everything in a completion that is to be put right, field and words, for a page that has found more already. Raises Problem when the
    referral is not theirs to see."""
    at = w.clock()
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        if row is None or not scope.may_see_family(tx, actor, row["household"]):
            raise problem("not_found")
    try:
        complete(completion, at, row)
    except Problem as fault:
        return [(str(fault.field), fault.message), *fault.others]
    return []


def phoned(tx: Tx, referral: str, said: dict[str, Any]) -> dict[str, Any]:
    """Whom the practitioner reached, where the page did not say it and the call was recorded."""
    call = next((one for one in referral_calls.of(tx, referral) if one["reached"]), None)
    if said["phoned_who"] or call is None:
        return {}
    return {"phoned_who": f"{call['spoke_to']} ({call['whom']})", "phoned_at": call["at_time"]}


def _addressed(w: Wired, tx: Tx, row: Row, at: str) -> Row:
    """The referral, or one in its place when a team to receive it was only named since."""
    if row["receiving_team"] is not None or referrals.state(tx, row["id"]) != states.PROPOSED:
        return row
    again = proposal_of(tx, row)
    if receiving_team(w, tx, again) is None:
        return row
    replaced(tx, row, "a team that receives referrals for this area was named since.", at)
    return open_referral(w, tx, again, at, by=referrals.events(tx, row["id"])[0]["actor"])


def withdraw(w: Wired, actor: str, referral: str, reason: str) -> None:
    """Take back a proposal that is not to be sent. The reason is kept, and the supervisor is told."""
    if not reason.strip():
        raise problem("reason_missing", "reason")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = _seen_by(tx, actor, referral)
        move(tx, row, states.WITHDRAWN, {"reason": reason}, at, actor)
        told(tx, referral, NOT_NEEDED, "The referral was withdrawn with a reason.", at, actor)
        tell_supervisors(tx, row, actor, f"A proposed referral at level {row['level']} was withdrawn with a reason.", at)

    w.writer.submit(write)


def _seen_by(tx: Tx, actor: str, referral: str) -> Row:
    row = referrals.referral(tx, referral)
    if row is None or not scope.may_see_family(tx, actor, row["household"]):
        raise problem("not_found")
    tx.lock_household(row["household"])
    return row


def tell_supervisors(tx: Tx, row: Row, actor: str, what: str, at: str) -> None:
    sender = accounts.account(tx, actor)
    team = accounts.accounts_in_team(tx, sender["team"], "supervisor") if sender and sender["team"] else []
    for account in whose.with_deputies(tx, [one["account"] for one in team], at):
        if account != actor:
            referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, household=row["household"], referral=row["id"])
