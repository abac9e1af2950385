"""The ladder that something overdue climbs: its rungs from the bottom up, by which clock it climbs, and the reference under which it is
spoken of where no name may stand."""

import hashlib

from visitapp.domain.duties import AFTER_LOSS, DISAGREEMENT, FINDING, HANDOVER, HELP, PLAN_ACTION, SECOND_WORKER, SEE_CHILD

PRACTITIONER, SUPERVISOR, NAMED_NURSE, DESIGNATED = "practitioner", "supervisor", "named_nurse", "designated"

RUNGS: dict[str, str] = {
    PRACTITIONER: "Practitioner",
    SUPERVISOR: "Supervisor",
    NAMED_NURSE: "Named nurse",
    DESIGNATED: "Designated doctor or nurse",
}
SAFETY_OFFICER = "safety_officer"
POSTS: dict[str, str] = {
    NAMED_NURSE: RUNGS[NAMED_NURSE],
    DESIGNATED: RUNGS[DESIGNATED],
    SAFETY_OFFICER: "Clinical safety officer",
}
"""Posts whose people are named for each team; they need no account. The first two are rungs; the safety officer answers for what the
program finds, and nothing overdue climbs there."""

ON_DUTY = "on_duty"
"""No rung: who is told, before anything is late, that something is theirs while offices are shut."""

ALWAYS_BY_THE_HOUR = (PLAN_ACTION, SEE_CHILD)
BY_THE_HOUR_IF_SHORT = (FINDING, HELP, DISAGREEMENT, AFTER_LOSS, HANDOVER, SECOND_WORKER)
"""Kinds of duty that climb by the hour when they were urgent from the start."""


def by_the_hour(kind: str, *, level: int | None, urgency: str | None, due_at: str, soon: str) -> bool:
    """Whether it climbs in hours of the clock: a met trigger, an unseen child, a referral for level 4 or tonight, and what was due as soon
    as an instant shortly after it became owed."""
    if level is not None or urgency is not None:
        return urgency == "tonight" or (level or 0) >= 4
    return kind in ALWAYS_BY_THE_HOUR or (kind in BY_THE_HOUR_IF_SHORT and due_at <= soon)


def setting(rung: str, hourly: bool) -> str:
    """The setting of the policy that says how long after it was due a rung is told."""
    return f"climb_urgent_{rung}" if hourly else f"climb_{rung}"


def reference(subject: str, referral: str | None) -> str:
    """`R-` and a referral's first digits, as on its letter; `D-` and eight digits for any other duty."""
    if referral:
        return f"R-{referral[:8].upper()}"
    return f"D-{hashlib.sha256(subject.encode()).hexdigest()[:8].upper()}"
