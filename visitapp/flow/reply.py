"""The receiving team's answer, whichever way it comes: from an account of that team, by phone, or from the message the letter came in.
Each answer is a fact with who gave it and when, and the practitioner and their supervisor are told, because the commonest complaint of
those who refer is that they never hear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.domain import referrals as states
from visitapp.domain.replies import DECISION, EVENTS, NOT_FOR_US, OUTCOMES, PHONE, RECEIVED, Reply, Speaker
from visitapp.flow import asking_again, notify, raised, whose
from visitapp.flow.letters import reference, sender_of
from visitapp.flow.owing import move, owe
from visitapp.flow.refer import owner_of
from visitapp.flow.reply_schemas import checked, who_said
from visitapp.problems import problem
from visitapp.store import accounts, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

__all__ = ["acknowledge", "answer", "decide", "keep", "told_by_phone"]

GIVEN_BACK = "A referral was given back: not for that team. Choose where else it goes; it is owed by the hour."


def acknowledge(w: Wired, actor: str, referral: str) -> None:
    """The team has it. Raises Problem when it is not theirs, or was already acknowledged."""
    answer(w, actor, referral, Reply(RECEIVED))


def decide(w: Wired, actor: str, referral: str, outcome: str, reason: str, next_step: str, **more: Any) -> None:
    """What the team decided, why, and what happens next; `more` is `next_on` and `contact`. Raises Problem with a field."""
    answer(w, actor, referral, Reply(DECISION, outcome, reason, next_step, **more))


def answer(w: Wired, actor: str, referral: str, reply: Reply) -> None:
    """An answer by a signed-in account of the team that has it. Raises Problem, with a field where one is to be put right."""
    said, at = checked(reply), w.clock()

    def write(tx: Tx) -> None:
        keep(w, tx, _received_by(tx, actor, referral), said, None, at=at, actor=actor)

    w.writer.submit(write)


def told_by_phone(w: Wired, actor: str, referral: str, reply: Reply, speaker: Speaker) -> None:
    """Somebody of ours writes down what the receiving team said on the phone, and the chasing stops. Raises Problem with a field."""
    at = w.clock()
    by, said = {"via": PHONE} | who_said(speaker, at), checked(reply)

    def write(tx: Tx) -> None:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        keep(w, tx, row, said, by, at=at, actor=actor)

    w.writer.submit(write)


def keep(w: Wired, tx: Tx, row: Row, said: dict[str, Any], by: dict[str, Any] | None, *, at: str, actor: str) -> None:
    """Keep one answer as it was `checked`, with `by` whom it was given where not by the actor; what follows is owed and told. Under the
    household's lock. Raises Problem state_wrong."""
    kind = said["answer"]
    detail = {name: value for name, value in said.items() if name != "answer"}
    if kind == NOT_FOR_US:
        detail = {"reason": detail["not_ours_reason"], "whose": detail["whose"]}
    delivered = _when(tx, row["id"], states.DELIVERED)
    untold = raised.untold(tx, row["id"]) if kind == DECISION else None
    move(tx, row, EVENTS[kind], detail | ({"by": by} if by else {}), at, actor)
    owe(w, tx, row, at=at, actor=actor, owner=_referrer(tx, row), since=delivered if kind == RECEIVED else None)
    if untold is not None:
        asking_again.decided_before_it_was_told(w, tx, untold, at=at, actor=actor)
    if kind == DECISION:
        _tell(w, tx, row, f"A referral was answered: {OUTCOMES[said['outcome']]}.", "answered", at, actor)
    if kind == NOT_FOR_US:
        _tell(w, tx, row, GIVEN_BACK, "given_back", at, actor)


def _received_by(tx: Tx, actor: str, referral: str) -> Row:
    row, asking = referrals.referral(tx, referral), accounts.account(tx, actor)
    theirs = row and asking and asking["role"] == "social_care" and asking["receiving_team"] == row["receiving_team"]
    if row is None or not theirs or not _was_delivered(tx, referral):
        raise problem("not_found")
    tx.lock_household(row["household"])
    return row


def _was_delivered(tx: Tx, referral: str) -> bool:
    """Whether the team that has it has had a letter: since it was sent on, where it was."""
    happened = [one["event"] for one in referrals.events(tx, referral)]
    since = max((place for place, event in enumerate(happened) if event == states.SENT_ON), default=0)
    return states.DELIVERED in happened[since:]


def _when(tx: Tx, referral: str, event: str) -> str | None:
    """When something happened to it in this round."""
    happened = referrals.events(tx, referral)
    now = max((row["round"] for row in happened), default=1)
    return next((row["at"] for row in reversed(happened) if row["event"] == event and row["round"] == now), None)


def _referrer(tx: Tx, row: Row) -> str:
    return owner_of(tx, row["household"], sender_of(tx, row))


def _tell(w: Wired, tx: Tx, row: Row, what: str, by_mail: str, at: str, actor: str) -> None:
    """On screen, the practitioner and their supervisors; by e-mail too, without a name, the practitioner who has an address."""
    owner = _referrer(tx, row)
    practitioner = accounts.account(tx, owner)
    team = practitioner["team"] if practitioner else None
    supervisors = [one["account"] for one in accounts.accounts_in_team(tx, team, "supervisor")] if team else []
    for account in dict.fromkeys(whose.with_deputies(tx, [owner, *supervisors], at)):
        if account != actor:
            referrals.tell(tx, to_account=account, what=what, at=at, actor=actor, household=row["household"], referral=row["id"])
    if practitioner and practitioner["email"] and owner != actor:
        notify.ask(
            w, tx, by_mail, to_account=owner, reference=reference(row["id"]), link=f"/referrals/{row['id']}", at=at, actor=actor,
            household=row["household"], referral=row["id"],
        )  # fmt: skip
