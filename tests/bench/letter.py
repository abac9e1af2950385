"""What a letter costs: its facts, what it says, drawing it, signing it, and the bundle beside it; for an ordinary family, for five
children, and for a family with a hundred visits, whose facts are gathered from its record. And how many a minute two cores make.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.families import a_team
from tests.bench.long_family import VISITS, a_long_family
from tests.bench.report import ms, percentile, table
from tests.letter.checked import COMPLETED
from tests.letter.samples import large, ordinary
from tests.letter.test_signing import AT, CHECK, IDENTITY
from visitapp.config import Settings
from visitapp.flow.letter_facts import gather
from visitapp.letter import fhir
from visitapp.letter.content import compose
from visitapp.letter.facts import LetterFacts
from visitapp.letter.render import render
from visitapp.letter.signing import sign
from visitapp.store import referrals
from visitapp.store.migrate import migrate
from visitapp.wiring import Wired, settle, wire

LETTERS = 150
ON_TWO_CORES = 150  # on each
STEPS = ("facts", "content", "render", "before signing", "sign", "bundle", "whole")
AIM = "Aim: under 100 ms at p99 before signing."


def measure() -> str:
    with a_family_with_a_past() as told:
        settle()
        cases = (("ordinary family", ordinary), ("five children", large), (f"{VISITS} visits", told))
        rows = [row for name, facts in cases for row in measured(name, facts)]
    rows.append(["two cores, ordinary", f"{a_minute():.0f} whole letters a minute", "", ""])
    method = f"{LETTERS} times each in one process, fonts read. {AIM}"
    return table("A letter", method, ["letter", "step", "p50", "p99"], rows)


@contextmanager
def a_family_with_a_past() -> Iterator[Callable[[], LetterFacts]]:
    """The facts of a referral from the newest visit of a family with five children and a hundred visits, gathered anew each time."""
    with TemporaryDirectory() as folder:
        w = wire(Settings.from_environment({"DATA_DIR": str(Path(folder))}))
        migrate(w.engine)
        family = a_long_family(w, a_team(w, 1).account)
        referral = referred(w, family.household)

        def told() -> LetterFacts:
            with w.engine.read() as tx:
                return gather(w, tx, referral, w.clock())

        yield told
        w.close()


def referred(w: Wired, household: str) -> str:
    """A referral from the family's newest visit, sent; its id."""
    id, said = w.new_id(), {"at": w.clock(), "actor": "bench"}
    with w.engine.write() as tx:
        newest = tx.one(
            "SELECT a.id, a.submission FROM assessment a JOIN visit v ON v.submission = a.submission WHERE v.household = :household"
            " AND v.kind = 'visit' AND a.kind = 'today' ORDER BY v.occurred_on DESC LIMIT 1",
            household=household,
        )
        assert newest is not None
        referrals.add(
            tx, id=id, household=household, submission=newest["submission"], assessment=newest["id"], level=4, urgency="tonight",
            destination="social_care_urgent", receiving_team=None, **said,
        )  # fmt: skip
        row = referrals.referral(tx, id)
        assert row is not None
        referrals.add_event(tx, row, "proposed", detail={"reasons": []}, **said)
        referrals.add_event(tx, row, "requested", detail=COMPLETED, **said)
    return id


def measured(name: str, told: Callable[[], LetterFacts]) -> list[list[str]]:
    """A row for each step."""
    made(told)  # fonts and libraries are read once a process
    took = [made(told) for _ in range(LETTERS)]
    pages = f"{name}, {render(compose(told()), CHECK).pages} pages"
    rows = []
    for step in STEPS:
        seconds = [one[step] for one in took]
        rows.append([pages if step == STEPS[0] else "", step, ms(percentile(seconds, 0.5)), ms(percentile(seconds, 0.99))])
    return rows


def made(told: Callable[[], LetterFacts]) -> dict[str, float]:
    """One whole letter; the seconds of each step."""
    at = [time.perf_counter()]
    facts = told()
    at.append(time.perf_counter())
    content = compose(facts)
    at.append(time.perf_counter())
    drawn = render(content, CHECK).bytes
    at.append(time.perf_counter())
    signed = sign(drawn, IDENTITY, AT)
    at.append(time.perf_counter())
    fhir.bundle(facts, content, fhir.Sent("8a6f7a1e-6b1d-4b57-9c51-2c8f6c1a0001", "referral-R-1.pdf", signed))
    at.append(time.perf_counter())
    gathered, composed, rendered, signing, bundling = (later - earlier for earlier, later in pairwise(at))
    return {
        "facts": gathered, "content": composed, "render": rendered, "before signing": gathered + composed + rendered, "sign": signing,
        "bundle": bundling, "whole": at[-1] - at[0],
    }  # fmt: skip


def a_minute() -> float:
    """Whole letters a minute by two processes at once, each counted from when it is warm."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as both:
        seconds = list(both.map(on_one_core, (ON_TWO_CORES, ON_TWO_CORES)))
    return sum(60 * ON_TWO_CORES / one for one in seconds)


def on_one_core(letters: int) -> float:
    """The seconds that so many letters take."""
    made(ordinary)
    began = time.perf_counter()
    for _ in range(letters):
        made(ordinary)
    return time.perf_counter() - began
