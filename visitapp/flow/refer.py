"""Proposing, completing, sending and withdrawing a referral. The service proposes; only a practitioner sends or withdraws. Nobody has to
agree first: the team's supervisor is told, not asked, because a level 4 that waits for a signature is a child who waits.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, ValidationError, fields, pre_load, validate, validates_schema

from visitapp.domain import referrals as states
from visitapp.domain.ages import day_number
from visitapp.domain.findings import DESTINATIONS, Destination, Level
from visitapp.domain.moments import day_of, is_instant
from visitapp.flow import recipients
from visitapp.flow.owing import move, owe
from visitapp.flow.people_schemas import first_problem
from visitapp.letter.facts import Completion
from visitapp.problems import problem, wrong
from visitapp.store import accounts, assessments, households, referrals, scope, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

SERVICE = "service"  # the actor of what no person did
LONGEST = 10_000
NOT_TOLD = ("raises_risk", "endangers", "hinders_police", "delay")

__all__ = ["Completion", "Proposal", "propose", "send", "withdraw"]


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


def propose(w: Wired, tx: Tx, proposal: Proposal, at: str) -> None:
    """Open a referral, or attach the visit as news to an open one that says as much. Under the household's lock; twice does nothing more.

    A graver concern is never left as a note on a lesser referral: it is proposed on its own, and takes the place of what was proposed
    and not sent."""
    if any(_says_as_much(one, proposal) for one in referrals.of_submission(tx, proposal.submission)):
        return
    open_ones = referrals.open_ones(tx, proposal.household)
    taking = next((one for one in open_ones if _says_as_much(one, proposal)), None)
    if taking is not None:
        _attach(tx, taking, proposal, at)
    elif proposal.destination.code != "none":
        open_referral(w, tx, proposal, at)
        for one in open_ones:
            _replace(tx, one, at)


def _says_as_much(referral: Row, proposal: Proposal) -> bool:
    no_graver_place = DESTINATIONS.index(proposal.destination.code) >= DESTINATIONS.index(referral["destination"])
    return bool(no_graver_place and proposal.level.at_least <= referral["level"])


def _replace(tx: Tx, referral: Row, at: str) -> None:
    if referrals.state(tx, referral["id"]) == states.PROPOSED:
        reason = "Replaced by the service: a later visit called for a graver referral, which was proposed instead."
        referrals.add_event(tx, referral, states.WITHDRAWN, detail={"reason": reason}, at=at, actor=SERVICE)


def receiving_team(w: Wired, tx: Tx, proposal: Proposal) -> str | None:
    """The team that receives it in the family's area, or None (a proposal without one says so to whoever completes it)."""
    family = households.household(tx, proposal.household)
    if family is None or not family["area"]:
        return None
    words = w.catalogue.routes(family["area"]).destinations[proposal.destination.code]
    found = teams.receiving_team_for(tx, family["area"], words.team) if words.team else None
    return found["id"] if found else None


def _attach(tx: Tx, referral: Row, proposal: Proposal, at: str) -> None:
    if referrals.tells_of(tx, referral["id"], proposal.submission):
        return
    news = {"submission": proposal.submission, "level": proposal.level.at_least, "urgency": proposal.urgency}
    referrals.add_event(tx, referral, states.NEWS, detail=news, at=at, actor=SERVICE)
    if referrals.state(tx, referral["id"]) != states.PROPOSED:
        owner = owner_of(tx, proposal.household, proposal.author)
        what = "A later visit was attached to an open referral. Tell the receiving team if it changes anything."
        referrals.tell(tx, to_account=owner, what=what, at=at, actor=SERVICE, household=proposal.household, referral=referral["id"])


def open_referral(w: Wired, tx: Tx, proposal: Proposal, at: str, *, by: str = SERVICE) -> Row:
    """A new referral, proposed by the service or by hand, owed by the family's practitioner or by whoever proposed it."""
    id, team = w.new_id(), receiving_team(w, tx, proposal)
    referrals.add(
        tx, id=id, household=proposal.household, submission=proposal.submission, assessment=proposal.assessment,
        level=proposal.level.at_least, urgency=proposal.urgency, destination=proposal.destination.code, receiving_team=team, at=at,
        actor=by,
    )  # fmt: skip
    referral = referrals.referral(tx, id)
    assert referral is not None
    reasons = {"reasons": list(proposal.destination.reasons), "words": proposal.destination.words}
    referrals.add_event(tx, referral, states.PROPOSED, detail=reasons, at=at, actor=by)
    owner = owner_of(tx, proposal.household, proposal.author) if by == SERVICE else by
    owe(w, tx, referral, at=at, actor=by, owner=owner)
    return referral


def owner_of(tx: Tx, household: str, author: str) -> str:
    """Who of ours owes the next step for a family: its named practitioner, else whoever visited."""
    family = households.household(tx, household)
    return (family["practitioner"] if family else None) or author


def send(w: Wired, actor: str, referral: str, completion: Completion) -> str:
    """Complete and send: the letter is written and delivered from here on without anybody's leave. The referral that was sent, which is a
    new one where there was no team to receive it when it was proposed. Raises Problem with a field."""
    at = w.clock()
    said = complete(completion, at)

    def write(tx: Tx) -> str:
        row = _addressed(w, tx, _seen_by(tx, actor, referral), at)
        move(tx, row, states.REQUESTED, said, at, actor)
        owe(w, tx, row, at=at, actor=actor, owner=actor)
        recipients.record(w, tx, row, recipients.chosen(w, tx, row), at=at, actor=actor)
        tell_supervisors(tx, row, actor, f"A referral at level {row['level']} was sent. You are told; nothing waits for you.", at)
        return str(row["id"])

    return w.writer.submit(write)


def _addressed(w: Wired, tx: Tx, row: Row, at: str) -> Row:
    """The referral, or one in its place when a team to receive it was only named since."""
    if row["receiving_team"] is not None or referrals.state(tx, row["id"]) != states.PROPOSED:
        return row
    judged = assessments.assessment(tx, row["assessment"])
    assert judged is not None
    opened = referrals.events(tx, row["id"])[0]
    said = json.loads(opened["detail"])
    destination = Destination(row["destination"], said["words"], tuple(said["reasons"]))
    level = Level(judged["at_least"], judged["could_be"])
    again = Proposal(row["household"], row["submission"], row["assessment"], SERVICE, level, row["urgency"], destination)
    if receiving_team(w, tx, again) is None:
        raise wrong("receiving_team", "No team receives referrals for this area yet. Phone, and ask an administrator to add it.")
    named = {"reason": "Replaced by the service: a team that receives referrals for this area was named since."}
    referrals.add_event(tx, row, states.WITHDRAWN, detail=named, at=at, actor=SERVICE)
    return open_referral(w, tx, again, at, by=opened["actor"])


def withdraw(w: Wired, actor: str, referral: str, reason: str) -> None:
    """Take back a proposal that is not to be sent. The reason is kept, and the supervisor is told."""
    if not reason.strip():
        raise problem("reason_missing", "reason")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = _seen_by(tx, actor, referral)
        move(tx, row, states.WITHDRAWN, {"reason": reason}, at, actor)
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
    for one in accounts.accounts_in_team(tx, sender["team"], "supervisor") if sender and sender["team"] else []:
        if one["account"] != actor:
            referrals.tell(tx, to_account=one["account"], what=what, at=at, actor=actor, household=row["household"], referral=row["id"])


# --- what only a person can say -------------------------------------------------------------------------------------------------


class _CompletionSchema(Schema):
    """The practitioner's part. Only what a duty social worker cannot do without is required; nothing else may hold a referral up."""

    asked_for = fields.String(
        required=True,
        validate=validate.And(
            validate.Length(min=1, error="Say what you are asking for."),
            validate.Length(max=LONGEST, error="Make this shorter."),
        ),
    )
    asked_by_on = fields.String(allow_none=True)
    parents_told = fields.String(
        required=True,
        validate=validate.OneOf(["yes", "no"], error="Say whether the parents were told. If you have not yet, choose no and say why."),
    )
    parents_said = fields.String()
    not_told_why = fields.List(fields.String(validate=validate.OneOf(NOT_TOLD, error="Choose from the reasons given.")))
    not_told_detail = fields.String()
    phoned_who = fields.String()
    phoned_at = fields.String(allow_none=True)
    where_child_is = fields.String()
    meanwhile = fields.String()

    @pre_load
    def _present(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Only spaces is nothing; everything else stays as typed."""
        return {name: "" if isinstance(value, str) and not value.strip() else value for name, value in data.items()}

    @validates_schema(skip_on_field_errors=True)
    def _hang_together(self, data: dict[str, Any], **_: Any) -> None:
        if data["parents_told"] == "no" and not data["not_told_why"] and not data["not_told_detail"]:
            raise ValidationError("Say why the parents were not told: choose a reason, or write one.", "not_told_why")
        if data["asked_by_on"] and day_number(data["asked_by_on"]) is None:
            raise ValidationError("Write the day as a date, such as 27 11 2026.", "asked_by_on")
        if data["asked_by_on"] and data["asked_by_on"] < self.context_day:
            raise ValidationError("This day has passed. Give a day from today on.", "asked_by_on")
        if data["phoned_at"] and data["phoned_at"] > self.context_at:
            raise ValidationError("This is still to come. Give when you phoned, or leave it out.", "phoned_at")
        if data["phoned_at"] and not data["phoned_who"]:
            raise ValidationError("Say whom you spoke to, or leave out when.", "phoned_who")

    context_day = ""
    context_at = ""


_SCHEMA = _CompletionSchema


def complete(completion: Completion, at: str) -> dict[str, Any]:
    """The completion as it is kept, or a Problem naming the first field to put right, in the order of the page."""
    schema = _SCHEMA()
    schema.context_day, schema.context_at = day_of(at).isoformat(), at
    given = asdict(completion) | {"not_told_why": list(completion.not_told_why), "parents_told": completion.parents_told or ""}
    given["asked_by_on"], given["phoned_at"] = given["asked_by_on"] or None, given["phoned_at"] or None
    if given["phoned_at"] and not is_instant(given["phoned_at"]):
        raise wrong("phoned_at", "Write when you phoned as a date and a time.")
    try:
        loaded: dict[str, Any] = schema.load(given)
    except ValidationError as fault:
        raise first_problem(fault, list(given)) from fault
    return loaded
