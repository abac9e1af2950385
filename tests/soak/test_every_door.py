"""Every address of the service is tried by those to whom it must tell nothing: people of another team, social care, an administrator; with
the real id of everything that a family has, in the address and in the fields. Nothing of the family is on any page, nothing breaks, and
nobody's reading of the family is written down, because nobody read it."""

import itertools
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web import place
from tests.web.conftest import ORIGIN, Enter, app, enter, wired
from visitapp.flow import (
    children,
    entered_in_error,
    handovers,
    homes,
    losses,
    phones,
    record_requests,
    reviewing,
    risks,
    supervision,
    twice,
)
from visitapp.store import accounts
from visitapp.wiring import Wired

__all__ = ["app", "enter", "wired"]

WORDS = "heartwood"
"""Stands in everything that was written about the family, and in no address or form of the service."""
SECRETS = (WORDS, "Ashdown", "Okoro", "Isla", "9990000018")
IDS = ("household", "submission", "referral", "id", "account", "person", "seq")
STRANGERS = ("west", "westlead", "duty", "admin")
TYPED = dict.fromkeys(("words", "why", "reason", "answer", "question", "what"), WORDS) | {
    "account": "west", "to": "west", "belongs_to": place.WESTERN, "with": place.FAMILY, "capacity": "reviewed", "agrees": "yes",
}  # fmt: skip
MOST = 3_000
"""Addresses of one rule that has several ids in it."""


@pytest.fixture
def ids(enter: Enter, wired: Wired) -> list[str]:
    """A family with one of everything; every id that there is."""
    w, family = wired, place.FAMILY
    place.visit(w, findings=(place.PRESENT, place.UNKNOWN), answers={"notes": {"value": WORDS, "how_known": "seen"}})
    place.lettered(w, place.referral(w))
    reviewing.keep(w, "lead", place.VISIT, [], question=f"Who was there? {WORDS}")
    handovers.offer(w, "hv", family, kind="midwife", to="midwife", words=WORDS, safe=WORDS)
    risks.record(w, "hv", family, kind="dog", words=WORDS, known="told", source=WORDS, protected=True, from_on="2026-11-20")
    supervision.decide(
        w, "lead", family, what=WORDS, why=WORDS, decided_by=WORDS, on_date="2026-11-20", review_on="2026-12-20", person="p-1"
    )
    record_requests.ask(w, "hv", family, person="p-2", received_on="2026-11-20", identity=WORDS, said=WORDS)
    losses.record(w, "hv", family, kind="miscarried", person="p-2", on_date="2026-10-01", words=WORDS)
    phones.add(w, "hv", family, number="07700 900456", whose=WORDS, safe="at_times", times=WORDS)
    homes.add_second(w, "hv", family, person="p-1", with_whom=WORDS, days=WORDS, address=WORDS, from_on="2026-11-01")
    homes.keep_back(w, "hv", family, kept_back="yes", why=WORDS)
    home = {"address": f"7 {WORDS} Lane", "postcode": "EM1 4AB", "area": "eastmoor", "from_on": "2026-11-20"}
    homes.move(w, "hv", family, **home)
    with w.engine.read() as tx:
        [lives] = tx.all("SELECT max(seq) AS seq FROM residence WHERE household = :h", h=family)
    homes.put_right(w, "hv", family, lives["seq"], why=WORDS, **home)
    entered_in_error.enter(w, "hv", place.VISIT, why=WORDS)
    twin = children.add(w, "hv", family, given_names=WORDS, family_name="Ashdown", born_on="2026-01-02")
    twice.are_one(w, "hv", family, stands="p-1", other=twin, why=WORDS)
    with w.engine.write() as tx:
        accounts.add_account(
            tx, id="westlead", username="westlead.user", name="Worker Westlead", role="supervisor", team="west", **place.STAMP
        )
    with w.engine.read() as tx:
        tables = [row["name"] for row in tx.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = [row for table in tables for row in tx.all(f"SELECT * FROM {table} LIMIT 40")]
    return sorted({str(value) for row in rows for name, value in row.items() if name in IDS and value not in (None, "")})


def addresses(app: Flask, ids: list[str]) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("static", "sign_in.leave", "sign_in.submit") or rule.rule.startswith(("/tablet/forms", "/answer")):
            continue
        names = list(rule.arguments)
        for values in itertools.islice(itertools.product(ids, repeat=len(names)), MOST):
            path = rule.rule
            for name, value in zip(names, values, strict=True):
                path = re.sub(rf"<(int:|path:)?{name}>", value, path)
            yield from ((method, path) for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT"}))


@pytest.mark.parametrize("who", STRANGERS)
def test_no_door_opens_for_whom_the_family_is_nothing(app: Flask, enter: Enter, wired: Wired, ids: list[str], who: str) -> None:
    app.test_client_class = FlaskClient  # pages are inspected elsewhere; here there are thousands
    client, faults, tried = enter(who), [], 0
    for method, path in addresses(app, ids):
        said = client.open(path, method=method, data=None if method == "GET" else TYPED, headers={"Origin": ORIGIN})
        page = said.get_data(as_text=True)
        shown = [one for one in SECRETS if one in page and not (one == WORDS and method != "GET")]  # what was typed is shown again
        tried += 1
        if said.status_code >= 500 or shown:
            faults.append((method, path, said.status_code, shown))
    assert faults == [], faults
    assert tried > 5_000
    assert [row for row in place.reads(wired) if row["household"] == place.FAMILY and row["actor"] == who] == []
