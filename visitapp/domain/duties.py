"""What can be owed for a family beside a referral's steps, and how it can end. A duty is owed by name and ended by evidence; late is never
kept: it is a due time in the past."""

import re

PLAN_ACTION, FINDING, SEE_CHILD = "plan_action", "finding", "see_child"
HELP, MEETING_ACTION, SECOND_OPINION = "help", "meeting_action", "second_opinion"
LEAD, MEETING, DISAGREEMENT = "lead", "meeting", "disagreement"
FOLLOW_UP, RAISE = "follow_up", "raise"
AFTER_LOSS = "after_loss"
QUESTION, COUNTERSIGN, DECISION_REVIEW = "question", "countersign", "decision_review"
HANDOVER, MOVED, JOIN_ASKED = "handover", "moved", "join_asked"
DEBRIEF, SECOND_WORKER, RISK, SUPERVISION = "debrief", "second_worker", "risk", "supervision"
RECORD_REQUEST, RECORD_CHECK = "record_request", "record_check"

KINDS: dict[str, str] = {
    PLAN_ACTION: "An action of an agreed plan whose moment has come",
    FINDING: "What a finding calls for",
    SEE_CHILD: "Seeing a child",
    HELP: "Help that the family needs",
    MEETING_ACTION: "What a meeting decided",
    SECOND_OPINION: "A second person’s view on a lower level, on ending our work, or on a visit entered in error",
    LEAD: "Naming who leads",
    MEETING: "A meeting of those who work with the family",
    FOLLOW_UP: "The rest of a referral that was sent as it was known",
    RAISE: "Telling whoever has a referral that it is graver",
    DISAGREEMENT: "A stage of a professional disagreement",
    AFTER_LOSS: "Telling those who must know of a loss",
    QUESTION: "Answering a question about a visit",
    COUNTERSIGN: "Countersigning a visit",
    DECISION_REVIEW: "Looking again at what was decided in supervision",
    HANDOVER: "Answering a handover, or finding who takes a family",
    MOVED: "Offering a family that moved away to the team there",
    JOIN_ASKED: "Answering another team whether a record is of one family with theirs",
    DEBRIEF: "Talking a visit through with the worker",
    SECOND_WORKER: "Saying who goes along",
    RISK: "Confirming a known risk, or letting it end",
    SUPERVISION: "A practitioner’s safeguarding supervision",
    RECORD_REQUEST: "Answering a parent’s request for a copy of the record",
    RECORD_CHECK: "Checking what is taken out of a copy of the record",
}
"""Kinds of duty for a family. Those of a referral (complete, deliver, acknowledge, decide) and a visit set aside are ended elsewhere."""

DONE, DECLINED, EXCUSED, VISIT, NOT_NEEDED = "done", "declined", "excused", "visit", "no_longer_needed"
CLIMBED = "climbed"
HOWS: dict[str, str] = {
    DONE: "Done",
    DECLINED: "Asked for, and declined by whoever was asked",
    EXCUSED: "Not to be done: a supervisor gives the reason",
    VISIT: "A visit in which the child was seen",
    NOT_NEEDED: "No longer needed",
    CLIMBED: "Not done in its time: it went on to the next stage",
}
STAFF_PAGES: dict[str, str] = {
    DEBRIEF: "/staff/debrief/{id}",
    SECOND_WORKER: "/staff/second/{id}",
    RISK: "/families/{household}/risks",
    SUPERVISION: "/staff/supervision/{id}",
}
"""Kind of duty -> the page on which it is ended; `id` is what its subject is about."""
OF_STAFF = (DEBRIEF, SECOND_WORKER, RISK)
"""Kinds that are about who visits a family and how: a tablet, which the family may see too, does not list them as still to do."""
BY_A_PERSON = (DONE, DECLINED, EXCUSED)
"""How somebody can say that a duty ended. `visit`, `no_longer_needed` and `climbed` follow from what was recorded elsewhere."""

MAY_BE_DONE = (PLAN_ACTION, FINDING, MEETING_ACTION, AFTER_LOSS, DECISION_REVIEW, MOVED)
"""Kinds that somebody may close as done, with evidence. The others end by what they wait for: a visit, help seen in use, an answer, a
lead who is named, a meeting that took place."""

OF_A_FINDING: dict[str, str] = {"see": SEE_CHILD, "lead": LEAD, "meet": MEETING}
"""What a finding asks for (formlang's kind of duty) -> the kind that is owed; of everything else a person says what was done."""


_OWN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def reference_words(reference: str | None) -> str:
    """The reference that came with the evidence, such as a council's number, in words. Nothing where it is the id of one of our own facts:
    that stands in the chronology by itself, and its id tells nobody anything."""
    return f"Reference {reference}" if reference and not _OWN_ID.fullmatch(reference) else ""


def action_subject(met: str, number: int) -> str:
    """The duty of one action of a plan, numbered from 1, of one met trigger."""
    return f"plan:{met}:{number}"


def instead_subject(met: str) -> str:
    """The duty to decide what is done instead, when the last action that there was has been declined."""
    return f"plan:{met}:instead"


OF_FINDING = "finding:"


def of_finding(subject: str) -> tuple[str, str]:
    """The code of the finding that such a duty is for, and the person or row that it names; empty for the visit as a whole."""
    _, _, code, whom, _ = subject.split(":")
    return code, whom


def finding_subject(household: str, code: str, whom: str, number: int) -> str:
    """The duty of one line of a finding's duties, for one person or row (empty: the visit as a whole)."""
    return f"{OF_FINDING}{household}:{code}:{whom}:{number}"


def see_subject(household: str, person: str) -> str:
    """The duty to see a child who came home."""
    return f"see:{household}:{person}"


def help_subject(order: str) -> str:
    return f"help:{order}"


def meeting_subject(meeting: str, number: int) -> str:
    """The duty of one decision, numbered from 1."""
    return f"meeting:{meeting}:{number}"


def follow_up_subject(referral: str) -> str:
    """The duty to complete a referral that was sent as it was known."""
    return f"follow-up:{referral}"


def loss_subject(household: str, id: str) -> str:
    """The duty to tell those who must know of one loss."""
    return f"loss:{household}:{id}"


def moved_subject(household: str) -> str:
    """The duty to offer a family that lives in another area now to the team there."""
    return f"moved:{household}"


def raise_subject(referral: str) -> str:
    """The duty to tell whoever has a referral that a later visit found it graver."""
    return f"raise:{referral}"


def level_subject(agreed: str) -> str:
    return f"level:{agreed}"


def closing_subject(id: str) -> str:
    """A second person's view on ending our work with a family."""
    return f"closing:{id}"


def error_subject(asked: str) -> str:
    """A second person's view on a visit that is said to be entered in error."""
    return f"error:{asked}"


def debrief_subject(submission: str) -> str:
    """The talk that is owed after a visit."""
    return f"debrief:{submission}"


def second_worker_subject(request: str) -> str:
    return f"second:{request}"


def risk_subject(risk: str) -> str:
    return f"risk:{risk}"


def supervision_subject(account: str) -> str:
    """The next supervision of a practitioner: held, it is owed again for the time after."""
    return f"supervision:{account}"


def about(subject: str) -> str:
    """The id that a subject of `<what>:<id>` is about."""
    return subject.partition(":")[2]
