"""What followed where neglect was found: a referral or none, what was decided, and whether the family was referred again within a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HOME, CARE, TONIGHT = "home", "care", "tonight"
YEAR = 365

NOT_REFERRED, NOT_SENT, NO_OUTCOME = "not_referred", "not_sent", "no_outcome"
AGAIN, NOT_AGAIN, TOO_EARLY = "again", "not_again", "too_early"


@dataclass(frozen=True)
class Referred:
    """One referral of a family, by days: proposed, sent and decided (None: not), and what was decided."""

    proposed_on: str
    sent_on: str | None
    decided_on: str | None
    outcome: str


@dataclass(frozen=True)
class Followed:
    """What became of one family: `what` is an outcome or one of the codes above; `again` only where something was decided."""

    what: str
    again: str = ""


def is_neglect(area: str, severity: str) -> bool:
    """Whether something found, grave enough, counts as neglect: anything about the home, and about a child's care what is not for tonight.
    A mark, an injury or a child who is unwell is for tonight, and is another thing (local judgement; clinical brief 2.4: neglect lasts)."""
    return area == HOME or (area == CARE and severity != TONIGHT)


def followed(found_on: str, referrals: Iterable[Referred], today: str) -> Followed:
    """What followed what was found on a day. `referrals` in the order in which they were proposed."""
    after = [one for one in referrals if one.proposed_on >= found_on]
    sent = [one for one in after if one.sent_on is not None]
    if not sent:
        return Followed(NOT_SENT if after else NOT_REFERRED)
    decided = next(((number, one) for number, one in enumerate(sent) if one.decided_on is not None), None)
    if decided is None:
        return Followed(NO_OUTCOME)
    number, one = decided
    return Followed(one.outcome, _again(str(one.decided_on), sent[number + 1 :], today))


def _again(decided_on: str, later: Sequence[Referred], today: str) -> str:
    year = (date.fromisoformat(decided_on) + timedelta(days=YEAR)).isoformat()
    if any(decided_on <= str(one.sent_on) <= year for one in later):
        return AGAIN
    return NOT_AGAIN if today > year else TOO_EARLY
