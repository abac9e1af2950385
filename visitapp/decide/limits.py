"""How far a family's past reaches and what counts as a pattern, as this service's policy has it (forms/policy, where the sources are)."""

from dataclasses import dataclass

from visitapp.formlang.model import Policy


@dataclass(frozen=True)
class Limits:
    """Days, counts, points, a level and grams; each is the setting of the policy that it is named after."""

    not_completed_days: int
    recent_days: int
    findings_days: int
    past_days: int
    accounts_days: int
    closed_days: int
    meeting_days: int
    repeated: int
    course: int
    compared_each: int
    worse_points: int
    open_points: int
    concern_level: int
    low_birth_weight_g: int


def limits(policy: Policy) -> Limits:
    """The limits of one version of the policy."""
    return Limits(
        not_completed_days=policy.number("history_visits_not_completed"),
        recent_days=policy.number("history_not_completed_recent"),
        findings_days=policy.number("history_findings"),
        past_days=policy.number("history_past"),
        accounts_days=policy.number("accounts_conflict"),
        closed_days=policy.number("closed_within"),
        meeting_days=policy.number("meeting_within"),
        repeated=policy.number("advice_repeated"),
        course=policy.number("history_course"),
        compared_each=policy.number("announced_compared"),
        worse_points=policy.number("worse_unannounced"),
        open_points=policy.number("home_compared"),
        concern_level=policy.number("concern_level"),
        low_birth_weight_g=policy.number("low_birth_weight"),
    )
