"""The arrangements around a family, gathered once for screens and letters: agreed plans and what came of them, who else works with it and
was told, meetings, help, the level that people agreed, and what is owed. Those of its confirmed earlier households are among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.decide.plans import Progress
from visitapp.flow import plans
from visitapp.store import agreed_levels, assessments, closings, family_list, filed, helping, life_events, scope, together, visits
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Arrangements:
    """Everything up to now, each in the order in which it was recorded. `level` is the agreement that stands, `lead` who leads now,
    `closed` the request by which our work with the family has ended, while it has,
    `errors` the visits that are said to be entered in error and wait for a second person."""

    plans: tuple[Progress, ...]
    agencies: tuple[Row, ...]
    leads: tuple[Row, ...]
    meetings: tuple[Row, ...]
    help: tuple[Row, ...]
    levels: tuple[Row, ...]
    level: Row | None
    closings: tuple[Row, ...] = ()
    closed: Row | None = None
    errors: tuple[Row, ...] = ()

    @property
    def lead(self) -> Row | None:
        return self.leads[-1] if self.leads else None


@dataclass(frozen=True)
class Shown:
    """The arrangements as one account may see them, with the family, its people, what is owed for it and what its newest visit found."""

    family: Row
    people: tuple[Row, ...]
    duties: tuple[Row, ...]
    findings: tuple[Row, ...]
    of: Arrangements


def gather(tx: Tx, household: str) -> Arrangements:
    """Not scoped: `shown` is."""
    families = Families.several(life_events.earlier(tx, household))
    return Arrangements(
        tuple(plans.progress_of(tx, household)),
        tuple(together.agencies(tx, families)),
        tuple(together.leads(tx, families)),
        tuple(together.meetings(tx, families)),
        tuple(helping.orders(tx, families)),
        tuple(agreed_levels.agreements(tx, families)),
        agreed_levels.standing(tx, household),
        tuple(closings.of(tx, household)),
        closings.stands(tx, household),
        tuple(filed.waiting_errors_of(tx, household)),
    )


def _found(tx: Tx, household: str) -> list[Row]:
    """What the newest visit found, each once."""
    newest = visits.visits(tx, household, 1)
    judged = newest[0]["assessment"] if newest else None
    rows = assessments.findings(tx, judged) if judged else []
    return list({row["code"]: row for row in rows if row["state"] == "present"}.values())


def shown(w: Wired, actor: str, household: str) -> Shown | None:
    """For a screen, or None when the family is not there or not this actor's to see. The reading is journalled."""
    with w.engine.read() as tx:
        if not scope.may_see_family(tx, actor, household):
            return None
        family = family_list.one(tx, actor, household)
        assert family is not None
        found = Shown(
            family,
            tuple(family_list.people(tx, actor, household)),
            tuple(family_list.duties_of(tx, actor, household)),
            tuple(_found(tx, household)),
            gather(tx, household),
        )
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.arrangements", at=at, actor=actor, household=household))
    return found


def around(w: Wired, actor: str, household: str) -> Arrangements | None:
    """The arrangements alone, for the family's own page, whose reading is journalled already."""
    with w.engine.read() as tx:
        return gather(tx, household) if scope.may_see_family(tx, actor, household) else None
