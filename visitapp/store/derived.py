"""Every derived table, in the order in which they build on one another: written with each fact, and rebuilt whole from the facts.

To add one, write a `Derivation` beside the facts it comes from and put it in this table.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from visitapp.store.accounts import ACCOUNT_NOW
from visitapp.store.agreed_levels import AGREED_NOW
from visitapp.store.agreement import FINDING_AGREEMENT
from visitapp.store.assessments import UNASSESSED
from visitapp.store.care_found import CARE_FOUND
from visitapp.store.chronology_line import CHRONOLOGY_LINE
from visitapp.store.course import VISIT_OPEN
from visitapp.store.derivation import Derivation
from visitapp.store.duties import DUTY
from visitapp.store.filed import VISIT_FILED
from visitapp.store.handovers import HANDOVER_OPEN
from visitapp.store.household_summary import HOUSEHOLD_NOW
from visitapp.store.households import MEMBER_NOW
from visitapp.store.joins import JOIN_OPEN
from visitapp.store.losses import LOSS
from visitapp.store.newest_visits import NEWEST_VISIT
from visitapp.store.notes import NOTE
from visitapp.store.notices import NOTICE_UNSENT
from visitapp.store.past import VISIT_SAID
from visitapp.store.people import PERSON_NOW
from visitapp.store.photographs import PHOTOGRAPH_AWAITED
from visitapp.store.recipients import HANDING_OVER
from visitapp.store.referral_course import REFERRAL_COURSE
from visitapp.store.returned import RETURNED_OPEN, UNCOLLECTED
from visitapp.store.reviews import REVIEW_NOW
from visitapp.store.risks import RISK_OPEN
from visitapp.store.same import STANDS_FOR
from visitapp.store.search import SEARCH_TERM
from visitapp.store.today import TODAY_MARK, TODAY_ROWS
from visitapp.store.tx import Row, Tx
from visitapp.store.visits import VISIT, VISIT_MEASURE
from visitapp.store.visits_counted import VISIT_COUNTED

if TYPE_CHECKING:
    from visitapp.store.engine import Engine

DERIVED: tuple[Derivation, ...] = (
    PERSON_NOW, MEMBER_NOW, ACCOUNT_NOW, STANDS_FOR, VISIT_FILED, VISIT, VISIT_MEASURE, VISIT_SAID, VISIT_OPEN, LOSS, HOUSEHOLD_NOW,
    SEARCH_TERM, NOTE, DUTY, UNASSESSED,
    NOTICE_UNSENT, RETURNED_OPEN, UNCOLLECTED, HANDING_OVER, PHOTOGRAPH_AWAITED, CHRONOLOGY_LINE,
    REVIEW_NOW, FINDING_AGREEMENT,
    VISIT_COUNTED, CARE_FOUND, NEWEST_VISIT, REFERRAL_COURSE, AGREED_NOW, HANDOVER_OPEN, JOIN_OPEN, RISK_OPEN,
    TODAY_MARK, *TODAY_ROWS,
)  # fmt: skip


FOLLOWING = {fact: [one for one in DERIVED if fact in one.after] for one in DERIVED for fact in one.after}
"""What is derived from each fact."""


def after_append(tx: Tx, table: str, fact: Row) -> None:
    """Write again whatever this fact touches."""
    for derivation in FOLLOWING.get(table, ()):
        for key in derivation.after[table](tx, fact):
            derivation.refresh(tx, key)


def derived_tables() -> tuple[str, ...]:
    """Every derived table, none twice."""
    return tuple(dict.fromkeys(table for derivation in DERIVED for table in derivation.tables))


def is_up_to_date(engine: "Engine") -> bool:
    """Whether everything derived was written again since the newest migration; asked without changing anything."""
    with engine.read() as tx:
        row = tx.one("SELECT 1 AS has FROM derived_as_of WHERE migration = (SELECT max(number) FROM migration)")
    return row is not None


def rebuild(engine: "Engine", tell: Callable[[str], object] = str) -> None:
    """Empty every derived table and write it again from the facts, in one transaction: readers see the old rows or the new. `tell` is told
    of each part in its turn, for it takes about ten seconds for ten thousand visits."""
    with engine.write() as tx:
        for table in derived_tables():
            tx.run(f"DELETE FROM {table}")
        for number, derivation in enumerate(DERIVED, 1):
            keys = tx.all(derivation.every_key)
            if keys:
                tell(f"{number} of {len(DERIVED)}: {', '.join(derivation.tables)}, from {len(keys):,} keys")
            for row in keys:
                derivation.refresh(tx, row["key"])
        tx.run("DELETE FROM derived_as_of")
        tx.run("INSERT INTO derived_as_of (migration) SELECT max(number) FROM migration")
