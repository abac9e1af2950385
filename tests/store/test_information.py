"""What somebody else told us is no visit: it sees no child, it is not the last visit, and what stands planned goes on standing."""

from tests.store import build
from visitapp.store import caseload, households
from visitapp.store.engine import Engine
from visitapp.store.seen import Families


def test_only_a_visit_is_the_last_visit_and_sees_a_child(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        build.visit(tx, "pregnant", on="2026-10-01", kind="antenatal")
        build.visit(tx, "door", on="2026-10-02", kind="visit_not_completed", child_seen=True)
        build.visit(tx, "nursery", on="2026-10-03", kind="information", child_seen=True)
        found = households.household(tx, "fam")
    assert found is not None
    assert (found["last_visit_on"], found["last_seen_child_on"]) == ("2026-10-01", "2026-10-02")


def test_a_planned_visit_stands_until_one_was_made_or_tried(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        households.plan_visit(tx, id="due", household="fam", what="Weighing", on_date="2026-10-01", **build.STAMP)
        standing = []
        for kind in ("information", "visit_not_completed"):
            build.visit(tx, kind, on="2026-10-02", kind=kind)
            standing.append(len(caseload.planned(tx, Families.one("fam"))))
    assert standing == [1, 0]
