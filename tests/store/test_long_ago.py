"""What was found years ago is no "again", and a new baby's record does not open empty for it; help that came is no longer awaited."""

from typing import Any

from tests.store import build
from tests.store.test_given import family, given, of
from visitapp.store import helping
from visitapp.store.caseload import newest_seq
from visitapp.store.engine import Engine
from visitapp.store.tx import Tx


def found(tx: Tx, id: str, on: str, code: str, state: str = "present", household: str = "fam") -> None:
    build.visit(tx, id, on=on, household=household)
    build.assessment(tx, id, household=household, findings=[(code, "home", state)])


def ever(tx: Tx, **moment: Any) -> tuple[list[str], list[str]]:
    history = of(tx, **moment)
    return history["earlier_findings_present"], history["findings_ever"]


def test_what_was_found_of_a_brother_three_years_ago_is_known_and_is_not_again(engine: Engine) -> None:
    with engine.write() as tx:
        family(tx)
        build.family(tx, "other")
        found(tx, "old", "2023-06-01", "home_harms")
        before = newest_seq(tx)
        found(tx, "older", "2016-01-01", "sleep_sofa")
        found(tx, "unsure", "2022-06-01", "care_basic", state="cannot_tell")
        found(tx, "theirs", "2022-06-01", "care_response", household="other")
        found(tx, "new", "2026-10-01", "sleep_side")
        assert ever(tx) == (["sleep_side"], ["home_harms", "sleep_side"])
        assert ever(tx, seq=before) == ([], ["home_harms"])
        assert ever(tx, on="2023-05-30") == ([], ["sleep_sofa"]), "before it was found"
        assert ever(tx, on="2024-05-30") == (["home_harms"], ["home_harms", "sleep_sofa"])


def test_help_that_was_brought_is_outstanding_until_it_is_used_and_awaited_no_more(engine: Engine) -> None:
    def asked(**moment: Any) -> tuple[list[str], list[str]]:
        history = given(tx, **moment)["history"]
        return history["help_outstanding"], history["help_awaited"]

    with engine.write() as tx:
        family(tx)
        helping.need(tx, id="m", household="fam", what="mattress", person=None, words="", needed_on="2026-10-01", **build.STAMP)
        for step, on in (("ordered", "2026-10-02"), ("delivered", "2026-10-10")):
            helping.step(tx, order="m", household="fam", step=step, on_date=on, words="", **build.STAMP)
        assert asked(on="2026-10-11") == (["mattress"], [])
        helping.step(tx, order="m", household="fam", step="seen_in_use", on_date="2026-10-12", words="", **build.STAMP)
        assert asked(on="2026-10-13") == ([], [])
