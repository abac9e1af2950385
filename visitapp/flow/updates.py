"""What is told after a referral was sent: later news as a numbered update of the same referral, and a correction where something in it was
wrong. Both go to everybody who had the letter, and never as a second referral.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from visitapp.domain import duties as kinds
from visitapp.domain import referrals as states
from visitapp.flow import clocks, whose
from visitapp.flow.protected import safe_to_tell
from visitapp.flow.recipients import FIRST, Recipient, of_row, record
from visitapp.problems import problem, wrong
from visitapp.store import duties, life_events, recipients, referral_calls, referral_updates, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

UPDATE, CORRECTION = "update", "correction"
LONGEST = 10_000
NOT_SENT = (None, states.PROPOSED, states.WITHDRAWN)
HAD = "They had the letter, so they get what changed since."
CORRECTED = "They had the letter, so they get what is corrected in it."
BEFORE = "Others were told this before they got the letter, so they are told it too."
WHOLE = ("referral", "early_help", "pre_birth")
NOT_SAFE = "The parents get nothing more on paper: what is recorded now speaks against it."
THE_REST = "Send what was not known when the referral was sent, as an update"


@dataclass(frozen=True)
class More:
    """What is told, as it was typed. An update says `words`, or names a later visit; a correction says what was wrong, what is right, and
    who says so. `leave_out`: recipient -> why they do not get this one."""

    kind: str = UPDATE
    words: str = ""
    was_wrong: str = ""
    is_right: str = ""
    says_who: str = ""
    submission: str | None = None
    leave_out: Mapping[str, str] = field(default_factory=dict)


def tell(w: Wired, actor: str, referral: str, more: More) -> int:
    """Send an update or a correction; its number. What was owed as the rest of the referral is done by it. Raises Problem with a field."""
    _check(more)
    at = w.clock()

    def write(tx: Tx) -> int:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        state = referrals.state(tx, referral)
        if state in NOT_SENT:
            raise problem("state_wrong", state=states.words(state or states.PROPOSED))
        if more.submission and more.submission not in {one["submission"] for one in news(tx, referral)}:
            raise wrong("news", "Choose a visit that came after the letter.")
        number = max((one["number"] for one in referral_updates.of(tx, referral)), default=FIRST) + 1
        referral_updates.add(
            tx, id=w.new_id(), referral=referral, household=row["household"], number=number, kind=more.kind, submission=more.submission,
            words=more.words, was_wrong=more.was_wrong, is_right=more.is_right, says_who=more.says_who, at=at, actor=actor,
        )  # fmt: skip
        record(w, tx, row, _everybody(w, tx, row, more, number), at=at, actor=actor)
        if states.after(state, states.NEWS) is not None:
            referrals.add_event(tx, row, states.NEWS, detail={"number": number, "kind": more.kind}, at=at, actor=actor)
        _the_rest_is_done(tx, row, f"Number {number} was sent.", at, actor)
        return number

    return w.writer.submit(write)


def _check(more: More) -> None:
    wanted = {
        UPDATE: (() if more.submission else (("words", "Say what is new, or choose a visit that tells it."),)),
        CORRECTION: (
            ("was_wrong", "Say what was wrong in the letter."), ("is_right", "Say what is right."),
            ("says_who", "Say who says so, and how they know."),
        ),
    }  # fmt: skip
    if more.kind not in wanted:
        raise wrong("kind", "Choose an update or a correction.")
    for name, missing in wanted[more.kind]:
        if not getattr(more, name).strip():
            raise wrong(name, missing)
    for name in ("words", "was_wrong", "is_right", "says_who"):
        if len(getattr(more, name)) > LONGEST:
            raise wrong(name, "Make this shorter.")


def news(tx: Tx, referral: str) -> list[Row]:
    """The later visits that were attached to a referral, with the number of the update that told of each (None: not told)."""
    told = {one["submission"]: one["number"] for one in referral_updates.of(tx, referral) if one["submission"]}
    found = [
        (json.loads(event["detail"]).get("submission"), event["at"])
        for event in referrals.events(tx, referral)
        if event["event"] == states.NEWS
    ]
    return [{"submission": id, "at": at, "number": told.get(id)} for id, at in found if id]


@dataclass(frozen=True)
class Shown:
    """What the page shows: what was told since, and later visits."""

    told: tuple[Row, ...]
    news: tuple[Row, ...]


def shown(w: Wired, referral: str) -> Shown | None:
    """None while there is no letter; the caller has shown that the actor may see the referral."""
    with w.engine.read() as tx:
        if referrals.state(tx, referral) in NOT_SENT:
            return None
        return Shown(tuple(referral_updates.of(tx, referral)), tuple(news(tx, referral)))


def _everybody(w: Wired, tx: Tx, row: Row, more: More, number: int) -> tuple[Recipient, ...]:
    """Everybody who had the first letter, each once, as they stand; the parents' copy goes by hand again, if it is still safe. Raises
    Problem with a field."""
    found: dict[str, Recipient] = {}
    left: list[str] = []
    for one in _had_it(tx, row["id"], more.kind):
        if one["document"] == "family_copy" and not safe_to_tell(w, tx, life_events.earlier(tx, row["household"])):
            left.append(NOT_SAFE)
            continue
        why = more.leave_out.get(one["id"])
        if why is None:
            found.setdefault(one["address"].casefold() or one["name"], of_row(one))
        elif one["place"] == recipients.RECEIVER:
            raise wrong("leave_out", "Whoever must answer always gets it.")
        elif not why.strip():
            raise wrong(f"leave_out_why-{one['id']}", "Say why they do not get this one.")
        else:
            left.append(f"{one['name']} does not get it: {why.strip()}")
    reason = HAD if more.kind == UPDATE else CORRECTED
    told = [
        replace(one, document=_document(one, more), number=number, reasons=(reason,), id=None, instead_of=None) for one in found.values()
    ]
    return (replace(told[0], reasons=(reason, *left)), *told[1:]) if told else ()


def _had_it(tx: Tx, referral: str, kind: str) -> list[Row]:
    """Everybody the first letter was for, as they stand. A team that gave it back as not for them hears of a mistake in what it had, and
    of nothing else."""
    now = referrals.round_of(tx, referral)
    stand = [one for one in recipients.of(tx, referral) if one["number"] == FIRST and one["stands"]]
    gave_back = [one for one in stand if one["place"] == recipients.RECEIVER and one["round"] < now]
    told = [one | {"place": recipients.COPY} for one in gave_back] if kind == CORRECTION else []
    return sorted((one for one in stand if one not in gave_back), key=lambda one: one["place"] != recipients.RECEIVER) + told


def told_before(w: Wired, tx: Tx, row: Row, one: Recipient, *, at: str, actor: str) -> None:
    """Somebody gets the whole letter after others were told more: they are told it too, for the letter itself is of before. Under the
    household's lock."""
    told = referral_updates.of(tx, row["id"]) if one.document in WHOLE else []
    more = [replace(one, document=each["kind"], number=each["number"], reasons=(BEFORE,)) for each in told]
    record(w, tx, row, tuple(more), at=at, actor=actor)


def _document(one: Recipient, more: More) -> str:
    """Whoever had the whole letter gets the whole of what changed; whoever had only a part gets that part again, with what changed."""
    return more.kind if one.document in WHOLE else one.document


# --- what is owed where a referral could not wait -------------------------------------------------------------------------------


def owe_the_rest(w: Wired, tx: Tx, referral: Row, *, at: str, actor: str) -> None:
    """A referral went as it was known: its sender owes the rest by the policy's time, counted from the call in which somebody was reached,
    or from now."""
    call = next((one for one in referral_calls.of(tx, referral["id"]) if one["reached"]), None)
    due = clocks.due(clocks.policy(w, tx, referral["household"]), "complete_level_4", call["at_time"] if call else at)
    duties.owe(
        tx, subject=kinds.follow_up_subject(referral["id"]), kind=kinds.FOLLOW_UP, what=THE_REST, due_at=due, at=at, actor=actor,
        household=referral["household"], owner_account=actor,
    )  # fmt: skip


def _the_rest_is_done(tx: Tx, referral: Row, evidence: str, at: str, actor: str) -> None:
    duty = duties.duty(tx, kinds.follow_up_subject(referral["id"]))
    if duty is not None:
        duties.close(tx, duty, how=kinds.DONE, evidence=evidence, at=at, actor=actor)
