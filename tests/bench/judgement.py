"""What it costs to judge a visit of a family with a long past: five children and a hundred visits over ten years.

All of it is what the worker does: reads the kept bytes, looks back, finds twice where the tablet knew less, writes every finding with its
journal line, proposes, and commits to the disk. Looking back is measured by itself too, for one family and for a caseload.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.bench.families import a_team
from tests.bench.long_family import CHILDREN, VISITS, YEARS, LongFamily, a_long_family, days, kept
from tests.bench.report import ms, percentile, table
from visitapp.config import Settings
from visitapp.decide.findings import find
from visitapp.domain.past import Moment
from visitapp.flow.assess import assess
from visitapp.flow.given import recall
from visitapp.flow.kept_visit import read_visit
from visitapp.flow.remembering import remember
from visitapp.store import submissions
from visitapp.store.caseload import newest_seq
from visitapp.store.migrate import migrate
from visitapp.store.seen import Families
from visitapp.wiring import Wired, settle, wire

TRIES = 40
TODAY = list(days(VISITS, VISITS + TRIES + 1))[-1]
AIM = "Aim: a visit judged in under 20 ms."


def measure() -> str:
    with TemporaryDirectory() as folder:
        w = wire(Settings.from_environment({"DATA_DIR": str(Path(folder))}))
        migrate(w.engine)
        account = a_team(w, 1).account
        family = a_long_family(w, account)
        settle()  # as the service does once it is up
        seconds = {
            "assess, all of it": assessing(w, family, account),
            "of that, find once": finding(w, family, account),
            "of that, look back (given)": looking_back(w, family),
            "remember, for a caseload": remembering(w, family),
        }
        w.close()
    rows = [[what, ms(percentile(took, 0.5)), ms(percentile(took, 0.95))] for what, took in seconds.items()]
    method = f"A family of {CHILDREN} children with {VISITS} visits over {YEARS} years, SQLite, one worker, {TRIES} times. {AIM}"
    return table("Judging a visit with a long past", method, ["what", "p50", "p95"], rows)


def assessing(w: Wired, family: LongFamily, account: str) -> list[float]:
    """Seconds a visit: the next ones of the same family, as many a year as before."""
    random, seconds = Random(2), []
    for on in days(VISITS, VISITS + TRIES):
        id = kept(w, family, account, on, random, "home_visit")
        seconds.append(timed(partial(assess, w, id)))
    return seconds


def finding(w: Wired, family: LongFamily, account: str) -> list[float]:
    id = kept(w, family, account, TODAY, Random(3), "home_visit")
    with w.engine.read() as tx:
        row = submissions.submission(tx, id)
        assert row is not None
        facts = recall(w.catalogue, tx, Families.one(family.household), Moment(TODAY)).given(family.household)
    visit = read_visit(w, row)
    return [timed(lambda: find(visit.form, visit.body, facts)) for _ in range(TRIES)]


def looking_back(w: Wired, family: LongFamily) -> list[float]:
    def look() -> None:
        with w.engine.read() as tx:
            recall(w.catalogue, tx, Families.one(family.household), Moment(TODAY)).given(family.household)

    return [timed(look) for _ in range(TRIES)]


def remembering(w: Wired, family: LongFamily) -> list[float]:
    def look() -> None:
        with w.engine.read() as tx:
            remember(w.catalogue, tx, Families.one(family.household), TODAY, newest_seq(tx), f"{TODAY}T10:40:00.000Z")

    return [timed(look) for _ in range(TRIES)]


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
