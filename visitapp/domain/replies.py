"""What a receiving team can say to a referral. Three separate answers, each a fact with who gave it and when: that they have it, what they
decided, and that it is not for them."""

from dataclasses import dataclass

from visitapp.domain import referrals

RECEIVED, DECISION, NOT_FOR_US = "received", "decision", "not_for_us"
EVENTS: dict[str, str] = {RECEIVED: referrals.ACKNOWLEDGED, DECISION: referrals.DECIDED, NOT_FOR_US: referrals.RETURNED}
"""An answer -> what it is to the referral."""

CHOICES: dict[str, str] = {
    "assessment_s17": "Assess the child’s needs (section 17)",
    "enquiry_s47": "Start a child protection enquiry (section 47)",
    "early_help": "Offer early help",
    "no_further_action": "No further action by social care",
}
"""What can be decided."""
OUTCOMES: dict[str, str] = CHOICES | {NOT_FOR_US: "Not for this team"}
"""What was ever recorded as decided: until "not for us" was an answer of its own it stood among the decisions, and ended the referral."""

PHONE, LINK = "phone", "link"
"""How an answer came that nobody gave from an account of their own."""


@dataclass(frozen=True)
class Reply:
    """An answer as it was typed. `reason` and what follows it belong to a decision; `not_ours_reason` and `whose` to "not for us"."""

    answer: str = ""
    outcome: str = ""
    reason: str = ""
    next_step: str = ""
    next_on: str | None = None
    contact: str = ""
    not_ours_reason: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Speaker:
    """Who gave an answer that did not come from an account, in what role, and when (an instant; None: now)."""

    name: str = ""
    role: str = ""
    at: str | None = None
