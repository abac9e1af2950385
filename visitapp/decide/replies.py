"""How long an answer to a referral took, in working days from the day that the receiving team had it, and how long one is waited for."""

from collections.abc import Collection
from datetime import date

from visitapp.domain.working_days import add_working_days_to_instant

WITHIN = (1, 3, 5)
"""Working days: the statutory reply, when a referrer chases, and a working week (clinical brief 5.1, 5.5)."""
LONGER = "longer"


def took(start: str, end: str, holidays: Collection[date] = ()) -> str:
    """Which of WITHIN an answer came in, as `1`, `3` or `5`, else `longer`."""
    return next((str(days) for days in WITHIN if end <= add_working_days_to_instant(start, days, holidays)), LONGER)
