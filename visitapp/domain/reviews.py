"""The review of a visit by a second person: what it can wait for, why a visit is sampled, and what somebody signs it off as."""

QUESTION, ANSWERED, COUNTERSIGN, SAMPLE = "question", "answered", "countersign", "sample"
WAITS_FOR: dict[str, str] = {
    QUESTION: "A question waits for an answer",
    ANSWERED: "Answered: read it, and sign off",
    COUNTERSIGN: "To be countersigned by the accountable registrant",
    SAMPLE: "Sampled: to be read and signed off",
}
"""What the review of a visit waits for, in the order in which one thing comes before another."""
IN_SHORT: dict[str, str] = {QUESTION: "Question", ANSWERED: "Answered", COUNTERSIGN: "To countersign", SAMPLE: "To sign off"}

DANGER, DISPUTED, MONTH = "danger", "disputed", "month"
WHY_SAMPLED: dict[str, str] = {
    DANGER: "Danger was found, and each such visit is read",
    DISPUTED: "Whoever visited does not agree with a finding",
    MONTH: "Chosen by chance among the visits of a month",
}

REVIEWED, COUNTERSIGNED = "reviewed", "countersigned"
CAPACITIES: dict[str, str] = {REVIEWED: "Reviewed and signed off", COUNTERSIGNED: "Countersigned"}

LAST = 50
"""How many of the newest words of reviewers on a finding are counted (issue 6: of the last fifty reviewed)."""
TOO_MANY = LAST // 2
"""More disagreements than this among them go to the safety officer (issue 6: past half)."""


DUTIES = ("question", "countersign")
"""How the subjects of duties about a visit begin; the visit comes next."""


def question_subject(submission: str, question: str) -> str:
    """The duty to answer a question about a visit."""
    return f"question:{submission}:{question}"


def countersign_subject(submission: str) -> str:
    """The duty to countersign a visit."""
    return f"countersign:{submission}"


def decision_subject(decision: str) -> str:
    """The duty to review a supervision decision on its day."""
    return f"decision:{decision}"


def rule(form: str, version: int, code: str) -> str:
    """The name of one version of a finding's rule."""
    return f"{form}-{version}:{code}"


def of_rule(name: str) -> tuple[str, int, str]:
    """The form, its version and the finding's code."""
    form, _, code = name.partition(":")
    form, _, version = form.rpartition("-")
    return form, int(version), code


def too_often(disagreed: int) -> bool:
    return disagreed > TOO_MANY
