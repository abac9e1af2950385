"""Professional disagreement with how a referral was answered, or that it was not: four stages, each with a time, until it is agreed or
resolved. Which stage it is at follows from what happened in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from visitapp.domain import referrals
from visitapp.domain.ladder import DESIGNATED, NAMED_NURSE, PRACTITIONER, SUPERVISOR

FIRST, LAST = 1, 4
STAGES: dict[int, str] = {
    1: "Practitioner to practitioner",
    2: "Managers",
    3: "Safeguarding leads",
    4: "The safeguarding partnership",
}
RUNG_OF: dict[int, str] = {1: PRACTITIONER, 2: SUPERVISOR, 3: NAMED_NURSE, 4: DESIGNATED}
"""Who of ours speaks at a stage, by their rung of the ladder."""

DECIDED, RETURNED, UNANSWERED = "decided", "returned", "unanswered"
OVER: dict[str, str] = {
    DECIDED: "What was decided",
    RETURNED: "That it was given back",
    UNANSWERED: "That it is not answered in its time",
}

RAISED, OPENED, SAID, ENDED = "raised", "opened", "said", "ended"
EVENTS: dict[str, str] = {
    RAISED: "Professional disagreement raised",
    OPENED: "Professional disagreement went on to the next stage",
    SAID: "Professional disagreement: what was said",
    ENDED: "Professional disagreement ended",
}
AGREED, NOT_AGREED, NOT_YET = "agreed", "not_agreed", "not_yet"
COMES_TO: dict[str, str] = {
    AGREED: "We agreed: it ends here",
    NOT_AGREED: "We did not agree: it goes on to the next stage now",
    NOT_YET: "Nobody was reached, or we speak again before this stage is over",
}
RESOLVED = "resolved"
ENDS: dict[str, str] = {AGREED: "Agreed", RESOLVED: "Resolved"}


def subject(disagreement: str, stage: int) -> str:
    """The duty of one stage."""
    return f"disagreement:{disagreement}:{stage}"


def of_subject(subject: str) -> tuple[str, int]:
    """The disagreement and the stage that a duty is for."""
    _, id, stage = subject.split(":")
    return id, int(stage)


def setting(stage: int, *, at_risk: bool) -> str:
    """The setting of the policy that says how long a stage has."""
    return f"disagreement_at_risk_{stage}" if at_risk else f"disagreement_stage_{stage}"


def stage_of(events: Iterable[Mapping[str, Any]]) -> int:
    """The stage it is at: the highest that was opened."""
    return max((event["stage"] for event in events if event["event"] == OPENED), default=FIRST)


def is_over(events: Iterable[Mapping[str, Any]]) -> bool:
    return any(event["event"] == ENDED for event in events)


def over(state: str | None, *, overdue: bool) -> str | None:
    """What may be disagreed with in the state that a referral is in: an answer, or that there is none in its time; None for nothing."""
    if state in (DECIDED, RETURNED):
        return state
    return UNANSWERED if state in referrals.THEIRS and overdue else None
