"""What is stuck and whose it is, asked of the facts and not of the queue: a queue that was lost says nothing. What a person must settle is
announced on /status with what to do (docs/runbook.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from visitapp.decide.due import end_of
from visitapp.domain.duties import STAFF_PAGES, about
from visitapp.domain.ladder import reference
from visitapp.domain.moments import day_of, later
from visitapp.domain.referrals import LETTERED
from visitapp.flow import (
    clocks,
    ladder,
    routing,
)
from visitapp.flow.aside import REASONS
from visitapp.flow.letters import sender_of
from visitapp.flow.owing import due_at
from visitapp.flow.recipients import IN_PERSON
from visitapp.store import (
    accounts,
    assessments,
    climbs,
    directory,
    duties,
    households,
    letter_files,
    letters,
    notices,
    recipients,
    referrals,
    returned,
)
from visitapp.store import photographs as pictures
from visitapp.store.past import by

if TYPE_CHECKING:
    from visitapp.store.tx import Row, Tx
    from visitapp.wiring import Wired

CERTIFICATE_DAYS = 30
WORDS: dict[str, str] = {
    "not_assessed": "A visit was kept and is not assessed yet. The worker tries again by itself; if it stays, the log names the fault.",
    "tablet_differs": "The service did not find what the tablet showed from the same facts. Tell the developers; compare both assessments.",
    "letter_not_written": "A referral was sent and its letter is not written. It is tried again by itself; phone the receiving team.",
    "letter_not_delivered": "A letter is not delivered. It is tried again by itself; phone the receiving team meanwhile.",
    "letter_refused": "A letter was refused. It is not tried again: correct the team's address, phone, and hand it over another way.",
    "letter_by_hand": "A referral is not yet typed into the receiving team's own form. Copy the answers, and record the form's reference.",
    "letter_not_collected": "A letter lies in the receiving team's mailbox and nobody has collected it. Phone the receiving team.",
    "returned": "Something came back that a person must look at. Read it where it lies, and say there what was done.",
    "mailbox_unread": "The mailbox that letters come back to is not read. Look whether its server answers and the password stands.",
    "notice_not_sent": "A message by e-mail is not sent. It is tried again by itself; look whether the mail server answers.",
    "notice_refused": "E-mail to somebody is refused. Correct the address of the account or team: what waits for it then goes by itself.",
    "letter_to_hand_over": "A letter cannot be mailed and waits to be handed over. Phone, hand it over, and say on the referral how.",
    "copy_to_hand_over": "A copy waits to be handed over by hand. Hand it over, and say on the referral how.",
    "copy_not_written": "A copy or an update of a referral is not written. It is tried again by itself; phone those who wait for it.",
    "copy_not_delivered": "A copy of a referral is not delivered. It is tried again by itself. The referral itself does not wait for it.",
    "copy_refused": "A copy of a referral was refused. It is not tried again: correct the address, or hand it over another way.",
    "overdue_complete": "A proposed referral is past the time by which it should be completed or withdrawn.",
    "overdue_deliver": "A referral was sent and nobody has its letter in time. Phone the receiving team, and hand it over another way.",
    "overdue_acknowledge": "A delivered referral is past the time by which it should be acknowledged. Phone the receiving team.",
    "overdue_decide": "An acknowledged referral is past the time by which it should be decided. Ask the receiving team.",
    "overdue_follow_up": "A referral that could not wait was sent as it was known, and the rest did not follow in time. Send an update.",
    "overdue_raise": "A referral became graver, and whoever has it is not told in time. Phone them, and send the update.",
    "overdue_send_on": "A referral was given back as not for that team, and should be with another by now. Choose where.",
    "overdue_plan_action": "The moment of an agreed plan came and an action is not done in time. Do it, and say what shows it.",
    "overdue_finding": "What a finding calls for is not done in time. Its owner does it and says what shows it.",
    "overdue_see_child": "A child is to be seen and was not in time. Visit; only a visit in which the child is seen ends this.",
    "overdue_help": "Help that a family needs was not seen in use in time. Find out where it is, and say so there.",
    "overdue_meeting_action": "What a meeting decided is not done in time. Its owner does it and says what shows it.",
    "overdue_second_opinion": "A lower level, the end of our work or a visit in error waits for a second person. A supervisor answers.",
    "overdue_lead": "Two agencies or more work with a family and nobody leads. Agree who does, and name them there.",
    "overdue_meeting": "Those who work with a family have not met in the time that was set. Meet, and record it there.",
    "overdue_after_loss": "Those who must know of a loss were not all told in time. Tell them, and say whom you told.",
    "overdue_handover": "A family waits for who takes it: a handover is not answered in time, or was refused. Answer it, or find somebody.",
    "overdue_moved": "A family lives in another area now and was not offered to the team there. Offer it, or say why it stays.",
    "overdue_join_asked": "A team asks whether a record is of the same family as one of theirs, and nobody has answered in time. Answer.",
    "overdue_record_request": "A copy of the record was asked for and is past its month. Finish it, and say why it is late.",
    "overdue_record_check": "A copy of the record waits for a second person to check what is kept back. Check it, or give it back.",
    "overdue_disagreement": "A stage of a professional disagreement is past its time. Speak, and write down what was said.",
    "overdue_question": "A question about a visit is not answered in time. Whoever visited answers it, on the tablet or at the desk.",
    "overdue_countersign": "A visit is not countersigned in time. The accountable registrant, or a supervisor, reads it and signs.",
    "overdue_decision_review": "What supervision decided was to be looked at again by now. Do so, and say what came of it.",
    "overdue_debrief": "A talk after a visit that was refused or not safe was not held in time. Hold it, and record what changes.",
    "overdue_second_worker": "A second worker was asked for and nobody has said in time who goes along. Phone whoever asked, and say so.",
    "overdue_risk": "A known risk at a home is past its time, and nobody said whether it still is so. Confirm it, or end it.",
    "overdue_supervision": "A practitioner's safeguarding supervision was not held in time. Hold it, and record the day.",
    "directory_past": "An entry of the directory is past the day by which it was to be checked, and nothing is mailed there. Check it.",
    "no_route": "A referral has no team to go to. Phone, and have an administrator name the team that receives referrals there.",
    "photographs_missing": "A visit names photographs that have not come. Ask whose tablet has them to bring it on a network.",
    "certificate_ends": "The certificate that letters are signed with ends soon. Make a new key and certificate and restart the worker.",
    "quarantine": "A visit was set aside and waits for somebody to look at it.",
}


MOST_OVERDUE = 100
"""Of what is overdue so many are listed, the oldest: the page says so, and `ladder.climb` tells of every one."""
MOST_WITHOUT_ROUTE = 20


@dataclass(frozen=True)
class Stuck:
    """One thing that is not moving: the id of a submission, referral or quarantine, or the subject of a duty; since when; the account that
    answers for it now (empty where only the worker can move it); the team whose it is (empty for nobody's); where
    its own people go on with it; and what people call it by, as on their own lists."""

    what: str
    id: str
    since: str
    owner: str
    words: str
    team: str = ""
    link: str = ""
    reference: str = ""


def what_is_stuck(w: Wired, actor: str | None = None) -> list[Stuck]:
    """Everything that is stuck now, the longest first: all of it for an administrator and for the service itself, and for anybody else what
    is their own team's or nobody's."""
    now = w.clock()
    policy = w.catalogue.policy
    with w.engine.read() as tx:
        asking = accounts.account(tx, actor) if actor else None
        team = (asking["team"] or "") if asking and asking["role"] != "administrator" else None
        about_letters = _letters(w, tx, now, later(now, hours=-policy.number("deliver")))
        found = [
            *_unassessed(tx, later(now, minutes=-policy.number("assess"))),
            *[_stuck(tx, "tablet_differs", row["submission"], row["at"], None, row) for row in assessments.disagreements(tx)],
            *about_letters,
            *_notices(tx, later(now, hours=-policy.number("deliver"))),
            *_came_back(w, tx, now, later(now, hours=-policy.number("deliver"))),
            *_without_route(w, tx, now, team),
            *_directory(tx, now),
            *_overdue(w, tx, now, frozenset(one.id for one in about_letters if one.what.startswith("letter_")), team),
            *_photographs(tx, later(now, hours=-policy.number("photographs_missing"))),
            *[_aside(tx, row) for row in referrals.quarantined(tx)],
            *_certificate(tx, now),
        ]
    theirs = found if team is None else [one for one in found if one.team in ("", team)]
    return sorted(theirs, key=lambda one: (one.since, one.what, one.id))


def _unassessed(tx: Tx, before: str) -> list[Stuck]:
    return [_stuck(tx, "not_assessed", row["id"], row["received_at"], None, row) for row in assessments.unassessed(tx, before)]


def _letters(w: Wired, tx: Tx, now: str, before: str) -> list[Stuck]:
    """Letters that nobody has in time; what a person hands over has as long as what it asks for can wait."""
    unwritten = [_letter(tx, "letter_not_written", row["id"], row) for row in referrals.unwritten(tx) if row["since"] <= before]
    also = [_letter(tx, "copy_not_written", row["referral"], row) for row in recipients.unwritten(tx) if row["since"] <= before]
    waiting = [row for row in undelivered(tx) if row["outcome"] == "refused" or (row["since"] <= before and _late(w, tx, row, now))]
    return [*unwritten, *also, *(_letter(tx, _not_there(row), row["referral"], row) for row in waiting)]


def undelivered(tx: Tx) -> list[Row]:
    """Letters that nobody has, to whomever they go."""
    return [*letters.undelivered(tx), *recipients.undelivered(tx)]


def _late(w: Wired, tx: Tx, row: Row, now: str) -> bool:
    about = referrals.referral(tx, row["referral"]) if row["by_hand"] or row["transport"] == IN_PERSON else None
    if about is None:
        return True  # a machine hands it over, and it should be there by now
    return due_at(clocks.policy(w, tx, row["household"]), LETTERED, about["level"], about["urgency"], row["since"]) <= now


def _not_there(row: Row) -> str:
    what = "letter" if row["place"] == "receiver" else "copy"
    if row["transport"] == IN_PERSON:
        return f"{what}_to_hand_over"
    if row["outcome"] == "refused":
        return f"{what}_refused"
    return "letter_by_hand" if row["by_hand"] else f"{what}_not_delivered"


def _letter(tx: Tx, what: str, referral: str, row: Row) -> Stuck:
    duty = duties.duty(tx, referral)
    answered = referrals.referral(tx, referral) if duty is None else None  # its copies may still be on their way
    return _stuck(tx, what, referral, row["since"], duty["owner_account"] if duty else sender_of(tx, answered) if answered else None, row)


def _came_back(w: Wired, tx: Tx, now: str, before: str) -> list[Stuck]:
    """What came back and waits for a person, what nobody collects, and mailboxes that nobody can read."""
    open_ones = [_stuck(tx, "returned", row["id"], row["since"], row["owner"], row) for row in returned.waiting(tx)]
    lying = [_letter(tx, "letter_not_collected", row["referral"], row) for row in returned.uncollected(tx) if row["since"] <= before]
    read_here, limit = {one.name for one in w.returns}, later(now, hours=-1)
    boxes = returned.mailboxes(tx)
    unread = [(row, row["failed_since"]) for row in boxes if (row["failed_since"] or now) <= limit]
    unread += [  # one that hangs was neither read nor failed since
        (row, row["read_at"]) for row in boxes if not row["failed_since"] and row["source"] in read_here and row["read_at"] < limit
    ]
    whose = accounts.who_looks_after(tx) if unread else None
    failing = [_stuck(tx, "mailbox_unread", row["source"], since, whose, row | {"household": None}) for row, since in unread]
    return [*open_ones, *lying, *failing]


def _notices(tx: Tx, before: str) -> list[Stuck]:
    """One line for each account or address that messages wait for, with whoever it is for, or owes the referral it is about."""
    found: dict[tuple[str, str], Stuck] = {}
    for row in notices.unsent(tx):
        refused = row["outcome"] == "refused"
        if refused or row["since"] <= before:
            duty = duties.duty(tx, row["referral"]) if row["referral"] else None
            owner = row["to_account"] or (duty["owner_account"] if duty else None)
            what = "notice_refused" if refused else "notice_not_sent"
            found.setdefault((what, row["to_account"] or row["to_address"]), _stuck(tx, what, row["id"], row["since"], owner, row))
    return list(found.values())


def _without_route(w: Wired, tx: Tx, now: str, team: str | None) -> list[Stuck]:
    """Proposed referrals that nobody can receive: no team of the area, and no worker of the family's own. Of many the oldest are asked
    about, and of those of an area with nobody for what comes to nobody else: that takes a look at each family's past."""
    rows = referrals.without_team(tx, team, MOST_WITHOUT_ROUTE)
    sure = {area for area in {row["area"] for row in rows} if routing.has_last_resort(w, tx, area)}
    unnamed = [(row, referrals.referral(tx, row["id"])) for row in rows if row["area"] not in sure]
    nowhere = [row for row, about in unnamed if about and routing.proposed(w, tx, about, routing.Said(), now).receiver is None]
    return [_stuck(tx, "no_route", row["id"], row["since"], row["owner_account"], row) for row in nowhere]


def _directory(tx: Tx, now: str) -> list[Stuck]:
    """Entries that nobody checked in time: nothing is mailed there."""
    past = directory.to_check(tx, day_of(now).isoformat())
    whose = accounts.who_looks_after(tx) if past else None
    since = {row["id"]: end_of(date.fromisoformat(row["review_on"])) for row in past}
    return [_stuck(tx, "directory_past", row["id"], since[row["id"]], whose, row | {"household": None}) for row in past]


def _oldest_overdue(tx: Tx, now: str, team: str | None) -> list[Row]:
    if team is None:
        return climbs.overdue(tx, now, ladder.BEGINNING, MOST_OVERDUE)
    return climbs.overdue_for(tx, team, now, MOST_OVERDUE)


def _overdue(w: Wired, tx: Tx, now: str, letters_said: frozenset[str], team: str | None) -> list[Stuck]:
    """What is past its time, with who answers for it now, and how far it has climbed. Of a letter that is late it says so where nothing
    more exact is said already."""
    late = [
        row
        for row in _oldest_overdue(tx, now, team)
        if f"overdue_{row['kind']}" in WORDS and not (row["kind"] == "deliver" and row["subject"] in letters_said)
    ]
    told = by("subject", climbs.told_each(tx, [row["subject"] for row in late])) if late else {}
    found = []
    for row, who in zip(late, ladder.answering_each(w, tx, late, now), strict=True):
        one = _stuck(tx, f"overdue_{row['kind']}", row["subject"], row["due_at"], who.account, row, row["team"] or "")
        found.append(replace(one, words=f"{one.words} {ladder.come_to(told.get(row['subject'], ()))}".strip()))
    return found


def _photographs(tx: Tx, before: str) -> list[Stuck]:
    return [_stuck(tx, "photographs_missing", row["submission"], row["since"], row["author"], row) for row in pictures.awaited(tx, before)]


def _certificate(tx: Tx, now: str) -> list[Stuck]:
    """The certificate that signed the newest letter, a month before its end. Letters go on being signed and sent: none waits for this."""
    from visitapp.letter.certificates import ends_at  # only /status and the log of it wait for this

    newest = letter_files.newest_certificate(tx)
    ends = ends_at(newest["pem"]) if newest else now
    if newest is None or ends > later(now, days=CERTIFICATE_DAYS):
        return []
    return [_stuck(tx, "certificate_ends", newest["fingerprint"][:16], ends, None, {"household": None})]


def _aside(tx: Tx, row: Row) -> Stuck:
    one = _stuck(tx, "quarantine", row["id"], row["received_at"], row["owner"], row)
    return replace(one, words=f"{one.words} {REASONS.get(row['reason'], '')}".strip())


def _stuck(tx: Tx, what: str, id: str, since: str, owner: str | None, row: Row, team: str | None = None) -> Stuck:
    """`row` names the family that it is about, if it is about one; else it is its owner's team's. `team` where it was read already."""
    whose = _team(tx, row["household"], owner) if team is None else team
    return Stuck(what, id, since, owner or "", WORDS[what], whose, _link(what, id, row), reference(id, row.get("referral")))


def _team(tx: Tx, household: str | None, owner: str | None) -> str:
    family = households.household(tx, household) if household else None
    account = accounts.account(tx, owner) if owner else None
    return (family["team"] if family else None) or (account["team"] if account else None) or ""


def _link(what: str, id: str, row: Row) -> str:
    if what.startswith(("notice", "mailbox", "directory", "certificate")):
        return ""
    if what == "returned":
        return "/returned"
    if what == "quarantine":
        return "/quarantine"
    if what.removeprefix("overdue_") in STAFF_PAGES:
        return STAFF_PAGES[what.removeprefix("overdue_")].format(id=about(id), household=row["household"])
    if what == "overdue_join_asked":
        return f"/joins/{about(id)}"
    if what == "overdue_moved":
        return f"/families/{row['household']}/moved"
    if what.startswith(("letter", "copy", "no_route")) or row.get("referral"):
        return f"/referrals/{row.get('referral') or id}"
    return f"/families/{row['household']}/arrangements" if what.startswith("overdue") and row["household"] else f"/visits/{id}"
