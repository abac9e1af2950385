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
from visitapp.domain.documents import ASKING_AGAIN
from visitapp.flow import addressing, clocks, whose
from visitapp.flow.protected import safe_to_tell
from visitapp.flow.recipients import FIRST, Recipient, of_row, receiver, record
from visitapp.problems import problem, wrong
from visitapp.store import duties, life_events, recipients, referral_calls, referral_updates, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

UPDATE, CORRECTION, RAISED = "update", "correction", "raised"
LONGEST = 10_000
NOT_SENT = (None, states.PROPOSED, states.WITHDRAWN)
HAD = "They had the letter, so they get what changed since."
CORRECTED = "They had the letter, so they get what is corrected in it."
BEFORE = "Others were told this before they got the letter, so they are told it too."
WHOLE = (*ASKING_AGAIN, *dict.fromkeys(ASKING_AGAIN.values()))
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
        return tell_in(w, tx, row, more, at=at, actor=actor)

    return w.writer.submit(write)


def tell_in(w: Wired, tx: Tx, row: Row, more: More, *, at: str, actor: str) -> int:
    """The same in a transaction that is open, of a referral that was sent; under the household's lock."""
    referral, state = row["id"], referrals.state(tx, row["id"])
    number = next_number(tx, referral)
    referral_updates.add(
        tx, id=w.new_id(), referral=referral, household=row["record"], number=number, kind=more.kind, submission=more.submission,
        words=more.words, was_wrong=more.was_wrong, is_right=more.is_right, says_who=more.says_who, at=at, actor=actor,
    )  # fmt: skip
    record(w, tx, row, _everybody(w, tx, row, more, number, at), at=at, actor=actor)
    if states.after(state, states.NEWS) is not None:
        referrals.add_event(tx, row, states.NEWS, detail={"number": number, "kind": more.kind}, at=at, actor=actor)
    the_rest_is_done(tx, row, f"Number {number} was sent.", at, actor)
    return number


def next_number(tx: Tx, referral: str) -> int:
    """The number of what is told next."""
    return max((one["number"] for one in referral_updates.of(tx, referral)), default=FIRST) + 1


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
        if event["event"] in (states.NEWS, states.RAISED)
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


def _everybody(w: Wired, tx: Tx, row: Row, more: More, number: int, at: str) -> tuple[Recipient, ...]:
    """Everybody who had the first letter, each once, as they stand and by the address that is good today; the parents' copy goes by hand
    again, if it is still safe. Raises Problem with a field."""
    found: dict[str, Recipient] = {}
    left: list[str] = []
    for one in had_it(w, tx, row, more.kind):
        if one.document == "family_copy" and not safe_to_tell(w, tx, life_events.earlier(tx, row["household"])):
            left.append(NOT_SAFE)
            continue
        why = more.leave_out.get(one.id or "")
        if why is None:
            found.setdefault(one.address.casefold() or one.name, one)
        elif one.place == recipients.RECEIVER:
            raise wrong("leave_out", "Whoever must answer always gets it.")
        elif not why.strip():
            raise wrong(f"leave_out_why-{one.id}", "Say why they do not get this one.")
        else:
            left.append(f"{one.name} does not get it: {why.strip()}")
    reason = HAD if more.kind == UPDATE else CORRECTED
    told = [
        addressing.as_now(
            w, tx, row, replace(one, number=number, reasons=(reason,), document=document_of(more.kind, one.document, row)), at
        )
        for one in found.values()
    ]
    told = [replace(one, id=None, instead_of=None, answers=False) for one in told]
    return (replace(told[0], reasons=(*told[0].reasons, *left)), *told[1:]) if told else ()


def had_it(w: Wired, tx: Tx, row: Row, kind: str) -> list[Recipient]:
    """Everybody the first letter was for, or an update that asked for it again, as they stand; the one who must answer now comes first, and
    whoever had to before is told like others. A team that gave it back as not for them hears of a mistake in what it had, and of nothing
    else."""
    gave_up = max((one["seq"] for one in referrals.events(tx, row["id"]) if one["event"] == states.RETURNED), default=0)
    now = receiver(w, tx, row)
    had = [one for one in recipients.of(tx, row["id"]) if one["stands"] and (one["number"] == FIRST or one["answers"])]
    gave_back = [one for one in had if one["place"] == recipients.RECEIVER and one["seq"] < gave_up]
    stand = [of_row(one) for one in had if one not in gave_back]
    told = [replace(of_row(one), place=recipients.COPY) for one in gave_back] if kind == CORRECTION else []
    copies = [replace(one, place=recipients.COPY) if one.place == recipients.RECEIVER else one for one in stand if one.id != now.id]
    return [*(one for one in stand if one.id == now.id), *copies, *told]


def told_before(w: Wired, tx: Tx, row: Row, one: Recipient, *, at: str, actor: str) -> None:
    """Somebody gets the whole letter after others were told more: they are told it too, for the letter itself is of before. Under the
    household's lock."""
    told = referral_updates.of(tx, row["id"]) if one.document in WHOLE else []
    more = [replace(one, document=document_of(each["kind"], one.document, row), number=each["number"], reasons=(BEFORE,)) for each in told]
    record(w, tx, row, tuple(more), at=at, actor=actor)


def document_of(kind: str, had: str, row: Row) -> str:
    """Whoever had the whole letter gets the whole of what changed; whoever had only a part gets that part again, with what changed. Early
    help is told of what is now for social care in an update, and not with all that social care must know."""
    if had not in WHOLE or kind != RAISED:
        return kind if had in WHOLE else had
    again = ASKING_AGAIN.get(had, had)
    return UPDATE if again == "raised_early_help" and row["destination"] != "early_help" else again


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


def the_rest_is_done(tx: Tx, referral: Row, evidence: str, at: str, actor: str) -> None:
    duty = duties.duty(tx, kinds.follow_up_subject(referral["id"]))
    if duty is not None:
        duties.close(tx, duty, how=kinds.DONE, evidence=evidence, at=at, actor=actor)
