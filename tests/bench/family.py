"""What the pages of a family cost to open: five children and a hundred visits over ten years, and beside it the same family with ten. Each
is one request through the whole service as a supervisor, the reading written to the journal and to the disk before anything is shown.
"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient

from tests.bench.families import a_team
from tests.bench.judgement import timed
from tests.bench.long_family import CHILDREN, VISITS, YEARS, LongFamily, a_long_family
from tests.bench.report import ms, percentile, table
from visitapp.config import Settings
from visitapp.flow import people
from visitapp.store.migrate import migrate
from visitapp.web import build
from visitapp.wiring import Wired, settle, wire

TRIES = 40
FEW = 10
PASSWORD = "seven quiet wooden bridges"
AIM = "Aim: a family with 5 children and 100 visits opens in under 200 ms."

PAGES = {
    "overview": "",
    "an older page of the chronology": "?year={year}#chronology",
    "visits not completed": "?show=not_completed",
    "course": "/course",
    "people over time": "/people",
    "siblings side by side": "/siblings",
    "two visits compared": "/compare",
}
"""What is opened -> the rest of its address."""


def measure() -> str:
    cost = {visits: opening(visits) for visits in (FEW, VISITS)}
    rows = [
        [what, *(ms(percentile(cost[visits][what], share)) for visits in cost for share in (0.5, 0.95)), f"{_ratio(cost, what):.2f}"]
        for what in PAGES
    ]
    method = f"A family of {CHILDREN} children over {YEARS} years, SQLite, one request at a time, {TRIES} times each. {AIM}"
    head = ["page", f"p50, {FEW} visits", "p95", f"p50, {VISITS} visits", "p95", "ratio"]
    return table("Opening a family", method, head, rows)


def _ratio(cost: dict[int, dict[str, list[float]]], what: str) -> float:
    few, many = (percentile(cost[visits][what], 0.5) for visits in (FEW, VISITS))
    return many / few


def opening(visits: int) -> dict[str, list[float]]:
    """Seconds that each page takes, by its name."""
    with TemporaryDirectory() as folder:
        w = wire(Settings.from_environment({"DATA_DIR": str(Path(folder))}))
        migrate(w.engine)
        team = a_team(w, 1)
        family = a_long_family(w, team.account, visits)
        browser = signed_in(w, team.account)
        settle()
        cost = {what: [timed(partial(_open, browser, family, rest)) for _ in range(TRIES)] for what, rest in PAGES.items()}
        w.close()
    return cost


def signed_in(w: Wired, colleague: str) -> FlaskClient:
    """A supervisor of the team."""
    with w.engine.read() as tx:
        row = tx.one("SELECT team FROM account_now WHERE account = :account", account=colleague)
    assert row is not None
    people.add_account(w, people.SYSTEM, username="lead", name="Lead", role="supervisor", team=row["team"], password=PASSWORD)
    browser = build(w).test_client()
    answer = browser.post("/sign-in", data={"username": "lead", "password": PASSWORD}, headers={"Origin": w.settings.origin})
    assert answer.status_code == 302, answer.status
    return browser


def _open(browser: FlaskClient, family: LongFamily, rest: str) -> None:
    answer = browser.get(f"/families/{family.household}{rest.format(year=2021)}")
    assert answer.status_code == 200, answer.status
