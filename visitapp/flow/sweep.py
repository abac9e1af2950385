"""Asks the facts, not the queue, what is stuck and whose it is: a queue that was lost says nothing. What is only lost is put back; what a
person must settle is announced on /status with what to do (docs/runbook.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import duties as owed
from visitapp.domain.moments import later
from visitapp.flow import clocks, drafts, photographs, plans, whose
from visitapp.flow.aside import REASONS
from visitapp.flow.letters import handed_as, sender_of
from visitapp.flow.recipients import written_as
from visitapp.flow.refer import SERVICE
from visitapp.store import assessments, duties, households, letters, notices, outbox, recipients, referrals

if TYPE_CHECKING:
    from visitapp.store.tx import Row, Tx
    from visitapp.wiring import Wired

WORDS: dict[str, str] = {
    "not_assessed": "A visit was kept and is not assessed yet. The worker tries again by itself; if it stays, the log names the fault.",
    "tablet_differs": "The service did not find what the tablet showed from the same facts. Tell the developers; compare both assessments.",
    "letter_not_written": "A referral was sent and its letter is not written. It is tried again by itself; phone the receiving team.",
    "letter_not_delivered": "A letter is not delivered. It is tried again by itself; phone the receiving team meanwhile.",
    "letter_refused": "A letter was refused. It is not tried again: correct the team's address, phone, and hand it over another way.",
    "notice_not_sent": "A message by e-mail is not sent. It is tried again by itself; look whether the mail server answers.",
    "notice_refused": "E-mail to somebody is refused. Correct the address of the account or team: what waits for it then goes by itself.",
    "copy_not_written": "A copy or an update of a referral is not written. It is tried again by itself; phone those who wait for it.",
    "copy_not_delivered": "A copy of a referral is not delivered. It is tried again by itself. The referral itself does not wait for it.",
    "copy_refused": "A copy of a referral was refused. It is not tried again: correct the address, or hand it over another way.",
    "overdue_complete": "A proposed referral is past the time by which it should be completed or withdrawn.",
    "overdue_acknowledge": "A delivered referral is past the time by which it should be acknowledged. Phone the receiving team.",
    "overdue_decide": "An acknowledged referral is past the time by which it should be decided. Ask the receiving team.",
    "overdue_send_on": "A referral was given back as not for that team, and should be with another by now. Choose where.",
    "overdue_plan_action": "The moment of an agreed plan came and an action is not done in time. Do it, and say what shows it.",
    "overdue_finding": "What a finding calls for is not done in time. Its owner does it and says what shows it.",
    "overdue_see_child": "A child is to be seen and was not in time. Visit; only a visit in which the child is seen ends this.",
    "overdue_help": "Help that a family needs was not seen in use in time. Find out where it is, and say so there.",
    "overdue_meeting_action": "What a meeting decided is not done in time. Its owner does it and says what shows it.",
    "overdue_second_opinion": "A lower level waits for a second person. A supervisor agrees, or does not and says why.",
    "overdue_lead": "Two agencies or more work with a family and nobody leads. Agree who does, and name them there.",
    "overdue_meeting": "Those who work with a family have not met in the time that was set. Meet, and record it there.",
    "quarantine": "A visit was set aside and waits for somebody to look at it.",
}


@dataclass(frozen=True)
class Stuck:
    """One thing that is not moving: the id of a submission, referral or quarantine, or the subject of a duty; since when; and the account
    that owns it (empty where only the worker can move it)."""

    what: str
    id: str
    since: str
    owner: str
    words: str


def stuck(w: Wired) -> list[Stuck]:
    """Everything that is stuck now, the longest first."""
    now = w.clock()
    policy = w.catalogue.policy
    with w.engine.read() as tx:
        found = [
            *_unassessed(tx, later(now, minutes=-policy.number("assess"))),
            *[_stuck("tablet_differs", row["submission"], row["at"]) for row in assessments.disagreements(tx)],
            *_letters(tx, later(now, hours=-policy.number("deliver"))),
            *_notices(tx, later(now, hours=-policy.number("deliver"))),
            *_overdue(tx, now),
            *[_aside(row) for row in referrals.quarantined(tx)],
        ]
    return sorted(found, key=lambda one: (one.since, one.what, one.id))


def put_back(w: Wired) -> int:
    """Put back the steps that the facts call for and the outbox has lost; how many were called for. A step that is there is left alone."""
    now = w.clock()
    with w.engine.read() as tx:
        missing = _called_for(tx, later(now, minutes=-1))
    if missing:
        with w.engine.write() as tx:
            for step, key, household in missing:
                outbox.put(tx, step, key, due_at=now, household=household)
    return len(missing)


def keep_watch(w: Wired) -> None:
    """What passing time alone can bring: lost steps are put back, plans that run by the clock are watched, what is overdue is told, and
    unfinished visits that ended long ago and pieces of photographs that nobody asks about any more are let go."""
    put_back(w)
    photographs.forget_stale(w)
    plans.watch_the_clock(w)
    tell_of_overdue(w)
    drafts.forget_ended(w)


def tell_of_overdue(w: Wired) -> int:
    """Tell the backup and the supervisors, once, of each duty of a family that nobody ended for so long after it was due; how many."""
    at, policy = w.clock(), w.catalogue.policy
    with w.engine.read() as tx:
        waiting = duties.unannounced(tx, at)
    late = [row for row in waiting if row["kind"] in owed.KINDS and clocks.due(policy, "climb_urgent_supervisor", row["due_at"]) <= at]
    for row in late:
        with w.engine.write() as tx:
            _tell_of(tx, row["subject"], at)
    return len(late)


def _tell_of(tx: Tx, subject: str, at: str) -> None:
    """Asked again under the one writer's lock, so that of two workers only one tells."""
    row = next((one for one in duties.unannounced(tx, at) if one["subject"] == subject), None)
    if row is None or row["household"] is None:
        return
    family = households.household(tx, row["household"])
    whom = [row["backup_account"], *whose.supervisors(tx, family)]
    whose.tell_each(tx, whom, f"Overdue. {WORDS['overdue_' + row['kind']]}", household=row["household"], at=at, actor=SERVICE)
    duties.announced(tx, row, at=at, actor=SERVICE)


def _called_for(tx: Tx, before: str) -> list[tuple[str, str, str]]:
    """A minute's grace, so that what is being done at this moment is not asked for again."""
    return [
        *[("assess", row["id"], row["household"]) for row in assessments.unassessed(tx, before)],
        *[("write_letter", row["id"], row["household"]) for row in _unwritten(tx) if row["since"] <= before],
        *[
            ("write_letter", written_as(row["referral"], row["document"], row["number"]), row["household"])
            for row in recipients.unwritten(tx)
            if row["since"] <= before
        ],
        *[
            ("deliver", handed_as(row["id"], row["recipient"]), row["household"])
            for row in _undelivered(tx)
            if row["since"] <= before and row["outcome"] != "refused"
        ],
        *[
            ("send_notice", row["id"], row["household"])
            for row in notices.unsent(tx)
            if row["since"] <= before and (row["outcome"] != "refused" or row["address"] != row["address_now"])
        ],
    ]


def _unassessed(tx: Tx, before: str) -> list[Stuck]:
    return [_stuck("not_assessed", row["id"], row["received_at"]) for row in assessments.unassessed(tx, before)]


def _unwritten(tx: Tx) -> list[Row]:
    return referrals.unwritten(tx)


def _undelivered(tx: Tx) -> list[Row]:
    return [*letters.undelivered(tx), *recipients.undelivered(tx)]


def _letters(tx: Tx, before: str) -> list[Stuck]:
    unwritten = [_letter(tx, "letter_not_written", row["id"], row) for row in _unwritten(tx) if row["since"] <= before]
    also = [_letter(tx, "copy_not_written", row["referral"], row) for row in recipients.unwritten(tx) if row["since"] <= before]
    waiting = [row for row in _undelivered(tx) if row["outcome"] == "refused" or row["since"] <= before]
    return [*unwritten, *also, *(_letter(tx, _not_there(row), row["referral"], row) for row in waiting)]


def _not_there(row: Row) -> str:
    what = "letter" if row["place"] == "receiver" else "copy"
    return f"{what}_refused" if row["outcome"] == "refused" else f"{what}_not_delivered"


def _letter(tx: Tx, what: str, referral: str, row: Row) -> Stuck:
    duty = duties.duty(tx, referral)
    answered = referrals.referral(tx, referral) if duty is None else None  # its copies may still be on their way
    return _stuck(what, referral, row["since"], duty["owner_account"] if duty else answered and sender_of(tx, answered))


def _notices(tx: Tx, before: str) -> list[Stuck]:
    """One line for each account or address that messages wait for, with whoever it is for, or owes the referral it is about."""
    found: dict[tuple[str, str], Stuck] = {}
    for row in notices.unsent(tx):
        refused = row["outcome"] == "refused"
        if refused or row["since"] <= before:
            duty = duties.duty(tx, row["referral"]) if row["referral"] else None
            owner = row["to_account"] or (duty["owner_account"] if duty else None)
            what = "notice_refused" if refused else "notice_not_sent"
            found.setdefault((what, row["to_account"] or row["to_address"]), _stuck(what, row["id"], row["since"], owner))
    return list(found.values())


def _overdue(tx: Tx, now: str) -> list[Stuck]:
    kinds = ("complete", "acknowledge", "decide", "send_on", *owed.KINDS)
    late = [row for row in duties.past_due(tx, now) if row["kind"] in kinds]
    return [_stuck(f"overdue_{row['kind']}", row["subject"], row["due_at"], row["owner_account"]) for row in late]


def _aside(row: Row) -> Stuck:
    return Stuck(
        "quarantine", row["id"], row["received_at"], row["owner"], f"{WORDS['quarantine']} {REASONS.get(row['reason'], '')}".strip()
    )


def _stuck(what: str, id: str, since: str, owner: Any = None) -> Stuck:
    return Stuck(what, id, since, owner or "", WORDS[what])
