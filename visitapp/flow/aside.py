"""Visits set aside: kept, but not to be judged until a person has looked. Each has an owner and a day by which to look, from the first
moment, in the transaction that keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.flow import clocks
from visitapp.problems import problem, wrong
from visitapp.store import accounts, duties, outbox, referrals, submissions

if TYPE_CHECKING:
    from visitapp.store.tx import Tx
    from visitapp.wiring import Wired

REASONS: dict[str, str] = {
    "id_differs": "The same visit arrived twice with different words in it. Both are kept.",
    "form_unknown": "It was written on a form or version that this service does not have.",
    "form_differs": "It was written on a form that differs from the one published under that name and version.",
    "body_unreadable": "Its bytes arrived whole, but they are not a visit that can be read.",
    "body_differs": "What stands inside names another family or form than what stands outside.",
    "adds_to_another": "It says that it adds to a visit of another family, or does not say to which.",
    "person_not_of_family": "It has answers about somebody who never belonged to this family.",
    "household_not_theirs": "The family was no longer with the author's team when it arrived.",
}
OUTCOMES: dict[str, str] = {
    "take_in": "Take it into the family's record",
    "keep_aside": "Keep it here and leave it out of the record",
}
TAKEN_IN = ("household_not_theirs",)
"""What a person's word alone can mend. The others need a form published or a correction first."""


def put(
    w: Wired,
    tx: Tx,
    *,
    id: str,
    submission: str,
    household: str | None,
    author: str,
    reason: str,
    envelope: str,
    body: bytes,
    sha256: str,
    at: str,
) -> None:
    """Set a visit aside with an owner and a deadline; the same bytes again change nothing."""
    owner = owner_for(tx, author)
    kept = submissions.put_aside(
        tx, id=id, submission=submission, household=household, author=author, reason=reason, owner=owner, envelope=envelope, body=body,
        sha256=sha256, received_at=at,
    )  # fmt: skip
    if kept is not None:
        due_at = clocks.due(clocks.policy(w, tx, household), "quarantine", at)
        duties.owe(
            tx, subject=id, kind="quarantine", what=f"Look at a visit that was set aside. {REASONS[reason]}", due_at=due_at, at=at,
            actor=author, household=household, owner_account=owner,
        )  # fmt: skip


def owner_for(tx: Tx, author: str) -> str:
    """Who looks at it: a supervisor of the author's team; where there is none an administrator, and failing that the author."""
    row = accounts.account(tx, author)
    supervisors = accounts.accounts_in_team(tx, row["team"], "supervisor") if row and row["team"] else []
    others = supervisors or [one for one in accounts.accounts(tx) if one["role"] == "administrator"]
    return others[0]["account"] if others else author


def resolve(w: Wired, actor: str, quarantine: str, outcome: str, reason: str) -> None:
    """Its owner, or a supervisor of the owner's team, says what becomes of it. Raises Problem."""
    if outcome not in OUTCOMES:
        raise wrong("outcome", "Choose what becomes of this visit.")
    if not reason.strip():
        raise problem("reason_missing", "reason")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = referrals.set_aside(tx, quarantine)
        if row is None or not _may_settle(tx, actor, row["owner"]):
            raise problem("not_found")
        if outcome == "take_in" and row["reason"] not in TAKEN_IN:
            raise wrong("outcome", "This one cannot be taken in as it is. Keep it aside and say in the reason what has to happen first.")
        submissions.resolve_quarantine(tx, quarantine=quarantine, outcome=outcome, reason=reason, at=at, actor=actor)
        if outcome == "take_in":
            outbox.put(tx, "assess", row["submission"], due_at=at, household=row["household"])

    w.writer.submit(write)


def _may_settle(tx: Tx, actor: str, owner: str) -> bool:
    if actor == owner:
        return True
    asking, owning = accounts.account(tx, actor), accounts.account(tx, owner)
    return bool(asking and owning and asking["role"] == "supervisor" and asking["team"] and asking["team"] == owning["team"])
