"""When something is due under this service's policy. No number stands in the code: each clock is a setting with its source."""

from visitapp.decide import due as decide
from visitapp.formlang import Policy


def due(policy: Policy, setting: str, at: str) -> str:
    """The instant by which something is due, counted from `at` in the setting's own units. KeyError when the policy has no such setting."""
    return decide.due(policy.settings[setting], at)


def same_day(policy: Policy, setting: str, at: str) -> str:
    """The same, and never past midnight in England."""
    return decide.same_day(policy.settings[setting], at)
