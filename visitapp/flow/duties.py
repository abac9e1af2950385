"""Duties for a family: what a finding calls for opens one, and each ends by its own evidence. What a good visit ends is only the duty to
see a child, and only when that child was seen; what is arranged ends the duty to arrange it; everything else waits for a person who says
what was done, or for a supervisor's reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from visitapp.decide.history import awake_only
from visitapp.domain import debriefs
from visitapp.domain import duties as words
from visitapp.domain.findings import Finding
from visitapp.domain.moments import date_words, day_of
from visitapp.flow import clocks, rungs, whose
from visitapp.flow import family_schemas as schemas
from visitapp.flow.given import given
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem, wrong
from visitapp.store import duties, households, life_events, losses, records
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.flow.kept_visit import Visit
    from visitapp.formlang.model import Duty
    from visitapp.wiring import Wired

ENDED_ELSEWHERE: dict[str, str] = {
    words.SEE_CHILD: "A visit in which the child is seen ends this. Where that cannot be, a supervisor gives the reason.",
    words.HELP: "This ends when the help was seen in use, or is no longer needed: say so there.",
    words.SECOND_OPINION: "This ends with an answer: agree, or do not and say why.",
    words.LEAD: "This ends when the lead professional is named: do so there. Where nobody can lead, a supervisor gives the reason.",
    words.DISAGREEMENT: "This ends with what was said at its stage, or when it is resolved: write it down at the referral.",
    words.QUESTION: "This ends with the answer: write it beside the question, on the visit's page.",
    words.COUNTERSIGN: "This ends when the accountable registrant, or a supervisor, countersigns the visit.",
    words.HANDOVER: "This ends with the answer to the handover: accept, refuse, or take it back, there.",
    words.JOIN_ASKED: "This ends with the answer to the other team: agree, or do not and say why, there.",
    words.DEBRIEF: "This ends with the talk itself: record it there, with what changes before the next visit.",
    words.SECOND_WORKER: "This ends with an answer: say who goes along, or why nobody does.",
    words.RISK: "This ends when the risk is confirmed or ended: do so there.",
    words.SUPERVISION: "This ends when the supervision was held: record its day.",
    words.RECORD_REQUEST: "This ends when the parent was answered: write it down at the request, under the papers of the family.",
    words.RECORD_CHECK: "This ends when a second person approves the copy or gives it back, at the request.",
    words.MEETING: "This ends when a meeting is recorded: do so there. Where there is none to be, a supervisor gives the reason.",
}
NEVER_EXCUSED = (
    words.HELP, words.SECOND_OPINION, words.DISAGREEMENT, words.QUESTION, words.COUNTERSIGN, words.HANDOVER, words.SUPERVISION,
    words.JOIN_ASKED,
    words.RECORD_REQUEST, words.RECORD_CHECK, *words.OF_STAFF,
)  # fmt: skip
NOT_HERE = "This ends with its own next step, not here."


def close(w: Wired, actor: str, subject: str, *, how: str, evidence: str, reference: str = "") -> None:
    """A person says how a duty ended: `done` with what shows it; `declined` by whoever was asked, with their reference; or `excused` with a
    reason, by a supervisor of the family's team who does not owe it. Raises Problem with a field."""
    at = w.clock()
    said = schemas.load(schemas.CLOSING, {"how": how, "evidence": evidence, "reference": reference})
    said["reference"] = said["reference"] or ""

    def write(tx: Tx) -> None:
        duty = _owed(tx, actor, subject)
        _may_end(tx, actor, duty, said["how"])
        duties.close(tx, duty, at=at, actor=actor, **said)
        if said["how"] == words.DECLINED:
            rungs.declined(w, tx, duty, at=at, actor=actor)

    w.writer.submit(write)


def _owed(tx: Tx, actor: str, subject: str) -> Row:
    """The open duty, for somebody who may act for its family."""
    duty = duties.duty(tx, subject)
    ended = None if duty else duties.last_closed(tx, subject)
    household = duty["household"] if duty else ended["household"] if ended else None
    if household is None:
        raise problem("not_found")
    whose.act_for(tx, actor, household)
    if duty is None:
        raise wrong("how", "This has ended already. Open the page again to see how.")
    return duty


def _may_end(tx: Tx, actor: str, duty: Row, how: str) -> None:
    if duty["kind"] not in words.KINDS:
        raise wrong("how", NOT_HERE)
    if how == words.EXCUSED:
        _may_excuse(tx, actor, duty)
    elif how == words.DECLINED and not _can_be_declined(duty):
        raise wrong("how", "Only an action of an agreed plan has a next one for when it is declined. Try another way, or ask a supervisor.")
    elif how == words.DONE and duty["kind"] not in words.MAY_BE_DONE:
        raise wrong("how", ENDED_ELSEWHERE[duty["kind"]])


def _may_excuse(tx: Tx, actor: str, duty: Row) -> None:
    if duty["kind"] in NEVER_EXCUSED:
        raise wrong("how", ENDED_ELSEWHERE[duty["kind"]])
    family = households.household(tx, duty["household"])
    if family is None or not whose.supervises(tx, actor, family) or whose.same_person(tx, actor, duty["owner_account"]):
        raise wrong("how", "Only a supervisor of the family's team, and not whoever owes it, can say that it is not to be done.")


def _can_be_declined(duty: Row) -> bool:
    return duty["kind"] == words.PLAN_ACTION and not duty["subject"].endswith(":instead")


# --- what visits open and end --------------------------------------------------------------------------------------------------------


def open_from(w: Wired, tx: Tx, visit: Visit, findings: Iterable[Finding], at: str) -> list[str]:
    """Open what the findings of a new visit call for; the subjects opened. What is open already is not opened twice, and what a person
    ended is opened again only by a visit on or after that day. A finding that a graver one says already calls for nothing, and neither does
    one about a child who died."""
    lost = {row["person"] for row in losses.of(tx, Families.one(visit.household))}
    called_for = [
        (found, number, duty)
        for found in findings
        if found.state == "present" and not found.under and found.person not in lost
        for number, duty in enumerate(visit.form.rules[found.finding].duties)
        if duty.within != debriefs.WITHIN  # one talk about the whole visit, whatever of it asks for one
    ]
    return [subject for found, number, duty in called_for for subject in _open(w, tx, visit, found, number, duty, at)]


def _open(w: Wired, tx: Tx, visit: Visit, found: Finding, number: int, duty: Duty, at: str) -> list[str]:
    subject = words.finding_subject(visit.household, found.finding, found.person or found.row, number)
    kind = words.OF_A_FINDING.get(duty.kind, words.FINDING)
    if duties.duty(tx, subject) or _dealt_with(tx, visit, subject):
        return []
    if kind == words.SEE_CHILD and not found.person and _nobody_left(tx, visit.household):
        return []
    if (kind == words.SEE_CHILD and _seen_since(w, tx, visit, found.person, at)) or _arranged(w, tx, visit.household, kind, at):
        return []
    owner = whose.supervisor(tx, visit.household) if duty.owner == "supervisor" else None
    duties.owe(
        tx, subject=subject, kind=kind, what=whose.named(tx, duty.what, found.person),
        due_at=_by(w, tx, visit.household, duty.within, at), at=at, actor=SERVICE, household=records.stands(tx, visit.household),
        finding=found.finding, owner_account=owner or whose.practitioner(tx, visit.household, str(visit.row["author"])),
    )  # fmt: skip
    return [subject]


def _nobody_left(tx: Tx, household: str) -> bool:
    """Whether the family lost a child and has no other to be seen."""
    return not losses.children_left(tx, household) and bool(losses.of(tx, Families.one(household)))


def _by(w: Wired, tx: Tx, household: str, within: str, at: str) -> str:
    """The instant by which it is owed. A form outlives policies: where today's has no such time any more, a day, so that a visit is never
    left without a judgement."""
    policy = clocks.policy(w, tx, household)
    return clocks.due(policy, within if within in policy.settings else "within_a_day", at)


def _dealt_with(tx: Tx, visit: Visit, subject: str) -> bool:
    """Whether a person ended it after the day of this visit, which only arrived late."""
    ended = duties.last_closed(tx, subject)
    return bool(ended and ended["how"] != words.VISIT and str(visit.row["occurred_on"]) < day_of(ended["at"]).isoformat())


def _seen_since(w: Wired, tx: Tx, visit: Visit, person: str, at: str) -> bool:
    """Whether a visit after this one, which only arrived late, has ended already what this one would open."""
    later = duties.completed_after(tx, visit.household, visit.row["occurred_on"], visit.row["seq"])
    seen = [duties.seen_in(tx, one) for one in later if not duties.elsewhere(tx, one)]
    enough = _enough(w, tx, visit, at) if seen else ()
    return any(_all_seen(tx, visit.household, person, one, enough) for one in seen)


def closed_by_visit(w: Wired, tx: Tx, visit: Visit, at: str) -> list[str]:
    """End each duty to see a child that this visit did, once it is read; the subjects ended. Only a visit that took place at home ends one,
    only after what it counts from, and only when the child was seen (every child, where it names none)."""
    waiting = duties.of_kind(tx, Families.several(life_events.earlier(tx, visit.household)), words.SEE_CHILD)
    if not waiting or visit.form.kind not in duties.TOOK_PLACE or duties.elsewhere(tx, visit.id):
        return []
    seen, enough = duties.seen_in(tx, visit.id), _enough(w, tx, visit, at)
    ended = [duty for duty in waiting if _follows(tx, visit, duty) and _all_seen(tx, visit.household, _whom(duty), seen, enough)]
    for duty in ended:
        on = date_words(date.fromisoformat(visit.row["occurred_on"]))
        duties.close(tx, duty, how=words.VISIT, evidence=f"Seen at the visit on {on}.", reference=visit.id, at=at, actor=SERVICE)
    return [str(duty["subject"]) for duty in ended]


def _whom(duty: Row) -> str:
    """The person or row that a duty to see a child names; empty for every child."""
    if not duty["finding"]:
        return str(duty["subject"].rpartition(":")[2])
    return words.of_finding(duty["subject"])[1]


def _follows(tx: Tx, visit: Visit, duty: Row) -> bool:
    """Whether the visit took place after what the duty counts from: the visit that called for it, or the day of coming home."""
    on, seq = visit.row["occurred_on"], visit.row["seq"]
    if duty["finding"]:
        began = duties.opened(tx, duty["household"], duty["finding"], duty["opened_seq"])
        return began is None or (on, seq) > began
    home = life_events.newest(tx, _whom(duty), life_events.HOME)
    return home is None or on >= home["on_date"]


def _all_seen(tx: Tx, household: str, whom: str, seen: dict[str, str], enough: Collection[str]) -> bool:
    """Whether the child was seen well enough, or every child where no child is named."""
    children = [one["person"] for one in households.members(tx, household) if one["role"] == "child" and one["born_on"]]
    return bool(children) and all(seen.get(child) in enough for child in ([whom] if whom in children else children))


def _enough(w: Wired, tx: Tx, visit: Visit, at: str) -> tuple[str, ...]:
    """How a child has to be seen, as things stand but for this visit itself."""
    facts = given(w, tx, visit.household, day_of(at).isoformat(), excluding=visit.id)["history"]
    return ("awake",) if awake_only(facts) else ("awake", "asleep")


# --- what is arranged ----------------------------------------------------------------------------------------------------------------

ARRANGED: dict[str, tuple[str, bool]] = {words.LEAD: ("lead_named", True), words.MEETING: ("meeting_overdue", False)}
"""Kind of duty -> the given fact that says it is so already, and how that fact then reads."""


def closed_by_arrangement(w: Wired, tx: Tx, household: str, kind: str, *, evidence: str, at: str, actor: str) -> None:
    """End what was owed of a kind once the facts say that it is so: a meeting of long ago that is written down today ends nothing."""
    waiting = duties.of_kind(tx, Families.several(life_events.earlier(tx, household)), kind)
    if waiting and _arranged(w, tx, household, kind, at):
        for duty in waiting:
            duties.close(tx, duty, how=words.DONE, evidence=evidence, at=at, actor=actor)


def _arranged(w: Wired, tx: Tx, household: str, kind: str, at: str) -> bool:
    if kind not in ARRANGED:
        return False
    fact, so = ARRANGED[kind]
    return bool(given(w, tx, household, day_of(at).isoformat())["history"][fact] is so)


# --- from one practitioner to the next ------------------------------------------------------------------------------------------------


def hand_over(tx: Tx, household: str, before: str | None, after: str, *, at: str, actor: str) -> int:
    """What the named practitioner before owed for a family is owed by the next, due when it was; how many duties. Nothing that is owed for
    a family stays with somebody who no longer looks after it."""
    theirs = [duty for duty in duties.of_household(tx, household) if before and before != after and duty["owner_account"] == before]
    for duty in theirs:
        kept = {part: duty[part] for part in HANDED_OVER}
        duties.owe(tx, at=at, actor=actor, household=household, owner_account=whose.falls_to(tx, duty, after), **kept)
    return len(theirs)


HANDED_OVER = ("subject", "kind", "what", "due_at", "referral", "owner_team", "backup_account", "finding")
"""What stays as it was when a duty passes to somebody else."""
