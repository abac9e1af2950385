"""What an account may see, written as tables: a query that reads from one of these cannot forget the scope. Each needs `:actor`."""

from dataclasses import dataclass
from typing import Any

from visitapp.domain.duties import OF_STAFF as OF_STAFF_KINDS
from visitapp.domain.past import BESIDE as BESIDE_KINDS
from visitapp.domain.past import MADE as MADE_KINDS
from visitapp.store.scope import FAMILY, REFERRAL_RECEIVED, as_raised, receiver, stands

FAMILIES = f"(SELECT * FROM household_now WHERE {FAMILY})"
"""The families of the actor's team, as `household_now` has them."""

_AS_IT_IS = (
    f"referral.seq, referral.id, {stands('referral.household')} AS household, referral.household AS record, referral.submission,"
    " referral.assessment,"
    f" {as_raised('referral', 'level')} AS level, {as_raised('referral', 'urgency')} AS urgency,"
    f" {as_raised('referral', 'destination')} AS destination, {receiver('referral')} AS receiving_team"
)
REFERRALS = {
    "team": f"(SELECT {_AS_IT_IS} FROM referral JOIN household_now ON household_now.household = referral.household WHERE {FAMILY})",
    "received": f"(SELECT {_AS_IT_IS} FROM referral WHERE {REFERRAL_RECEIVED})",
}
"""Referrals from both sides, in the record where each stands: those of the actor's team's families, and those delivered to the actor's
receiving team. A record that is part of another is of the team that has the whole."""


BESIDE = "(" + ", ".join(f"'{kind}'" for kind in BESIDE_KINDS) + ")"
"""Kinds that are no visit (`domain.past.BESIDE`), for `IN`."""

MADE = "(" + ", ".join(f"'{kind}'" for kind in MADE_KINDS) + ")"
"""Kinds that are a visit made (`domain.past.MADE`), for `IN`."""

OF_STAFF = "(" + ", ".join(f"'{kind}'" for kind in OF_STAFF_KINDS) + ")"
"""Kinds of duty that are about who visits a family and how (`domain.duties.OF_STAFF`), for `IN`."""

SEES_APART = """CASE WHEN :actor IN (s.author, h.practitioner) OR EXISTS (SELECT 1 FROM account_now me WHERE me.account = :actor
    AND me.role = 'supervisor') OR EXISTS (SELECT 1 FROM duty sign WHERE sign.subject = 'countersign:' || s.id
    AND sign.owner_account = :actor) THEN 1 ELSE 0 END AS sees_apart"""
"""Whether the actor may read what was recorded apart in a submission `s` of a family `h`: its author, the family's named practitioner, a
supervisor of the team, and whoever owes its countersignature, who is to sign all of it; the query has shown already that the actor may see
the family."""

STANDS = f"""NOT EXISTS (SELECT 1 FROM visit since
    WHERE since.household = planned_visit.household AND since.occurred_on >= planned_visit.on_date
      AND since.kind NOT IN {BESIDE})
    AND NOT EXISTS (SELECT 1 FROM loss WHERE loss.household = planned_visit.household AND loss.event > planned_visit.seq)
    AND NOT EXISTS (SELECT 1 FROM household_now gone WHERE gone.household = planned_visit.household AND gone.joined_to IS NOT NULL)"""
"""Planned visits that still stand: none was made or tried on the day or after it, and what somebody else told us is neither. One that was
missed is overdue, and does not go away with the day; but nothing that was planned before a loss reminds anybody after it, nor what was
planned in a record that was joined to another. For queries that read `planned_visit`."""


@dataclass(frozen=True)
class Families:
    """The families asked about: their ids, and the same as a query's words for `IN (…)` with its parameters, so that one statement asks
    about all of them."""

    ids: tuple[str, ...]
    among: str
    params: dict[str, Any]

    @classmethod
    def one(cls, household: str) -> "Families":
        return cls((household,), ":household", {"household": household})

    @classmethod
    def several(cls, households: tuple[str, ...]) -> "Families":
        """Some households by their ids, such as one family's, one after another."""
        names = {f"household_{number}": household for number, household in enumerate(households)}
        return cls(households, ", ".join(f":{name}" for name in names), names)
