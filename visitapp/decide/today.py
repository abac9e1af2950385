"""How long a baby may be unseen before a supervisor has the family on the list of today. Pure; every number is the policy's."""

from dataclasses import dataclass
from datetime import date, timedelta

from visitapp.domain.ages import day_number
from visitapp.domain.today import BIRTH, UNIVERSAL
from visitapp.formlang import Policy


@dataclass(frozen=True)
class Unseen:
    """In days. `contacts`: each contact that every baby has, as the age at which its window begins and ends; `grace`: after the end of a
    window; `limits`: band -> since last seen; `birth`: after the due date (clinical brief 3.7 and 7.1)."""

    contacts: tuple[tuple[int, int], ...]
    grace: int
    limits: dict[str, int]
    birth: int

    @classmethod
    def of(cls, policy: Policy) -> "Unseen":
        new_birth = (0, policy.number("contact_new_birth_to"))
        six_weeks = (policy.number("contact_six_to_eight_weeks_from"), policy.number("contact_six_to_eight_weeks_to"))
        limits = {"targeted": policy.number("unseen_targeted"), "protection": policy.number("unseen_protection")}
        return cls((new_birth, six_weeks), policy.number("unseen_universal"), limits, policy.number("birth_awaited"))

    def last_day(self, band: str, born_on: str, seen_on: str) -> str | None:
        """The last day on which nothing is amiss with a child born (or due) on a day and last seen on another, empty for never. None where
        no contact is to come while they are under one. Empty where the first is no date: nobody can tell, which is not fine."""
        if day_number(born_on) is None:
            return ""
        born = date.fromisoformat(born_on)
        if band == BIRTH:
            return _later(born, self.birth)
        seen = max(born, date.fromisoformat(seen_on)) if day_number(seen_on) is not None else None
        if band != UNIVERSAL:
            return _later(seen or born, self.limits[band])
        waits = [ends for begins, ends in self.contacts if seen is None or seen < born + timedelta(days=begins)]
        return _later(born, min(waits) + self.grace) if waits else None


def _later(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
