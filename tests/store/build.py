"""Builders for storage tests: a team, a family, a visit, each with every choice open to the test."""

import hashlib
from datetime import date
from typing import Any

from visitapp.domain.sought import sought
from visitapp.store import accounts, households, people, search, submissions, teams
from visitapp.store.tx import Row, Tx

AT = "2026-11-22T10:40:00.000Z"
STAMP: dict[str, Any] = {"at": AT, "actor": "tester"}


def staff(tx: Tx, id: str = "hv", *, team: str | None = "east", role: str = "health_visitor", **choices: Any) -> str:
    accounts.add_account(tx, id=id, username=f"{id}.user", name=f"Name of {id}", role=role, team=team, **choices, **STAMP)
    return id


def team(tx: Tx, id: str = "east") -> str:
    teams.add_team(tx, id=id, name=f"Team {id}", area="eastmoor", phone="01632 960001", **STAMP)
    return id


def family(tx: Tx, id: str = "fam", *, practitioner: str | None = "hv", name: str = "Ashdown", area: str = "eastmoor") -> str:
    households.form(tx, id=id, name=name, **STAMP)
    households.set_residence(
        tx, household=id, address="4 Mill Row", postcode="EM1 4AB", area=area, from_on="2025-01-10", **STAMP
    )  # fmt: skip
    if practitioner is not None:
        households.name_practitioner(tx, household=id, account=practitioner, capacity="named", from_on="2025-01-10", **STAMP)
    return id


def member(tx: Tx, id: str, *, household: str = "fam", role: str = "child", from_on: str = "2026-01-02", **detail: Any) -> str:
    people.add_person(tx, id=id, **STAMP)
    households.add_member(tx, id=f"{id}@{household}", household=household, person=id, role=role, from_on=from_on, **STAMP)
    known = {"given_names": "Isla", "family_name": "Ashdown"} | detail
    people.add_detail(tx, person=id, household=household, **known, **STAMP)
    return id


def submission(tx: Tx, id: str = "sub", *, household: str = "fam", author: str = "hv", **choices: Any) -> int | None:
    body = choices.pop("body", f'{{"id":"{id}"}}'.encode())
    given: dict[str, Any] = {
        "form": "home_visit", "form_version": 1, "form_hash": "f" * 64, "device": "tablet", "envelope": "{}",
        "sha256": hashlib.sha256(body).hexdigest(), "occurred_on": "2026-11-20", "received_at": AT,
    }  # fmt: skip
    return submissions.keep(tx, id=id, household=household, author=author, body=body, **(given | choices))


def visit(
    tx: Tx, id: str, *, on: str = "2026-11-20", household: str = "fam", kind: str = "visit", author: str = "hv", form: str = "home_visit",
    **choices: Any,
) -> int | None:  # fmt: skip
    written = {"body": choices.pop("body")} if "body" in choices else {}
    submission(tx, id, household=household, occurred_on=on, author=author, form=form, **written)
    read: dict[str, Any] = {"outcome": None, "child_seen": None, "measures": ()}
    return submissions.record_reading(
        tx, submission=id, household=household, kind=kind, occurred_on=on, **(read | choices), **STAMP
    )  # fmt: skip


def assessment(
    tx: Tx, submission: str, *, household: str = "fam", at_least: int = 1, could_be: int = 2, kind: str = "today", findings: Any = (),
    person: str = "", urgency: str = "routine",
) -> str:  # fmt: skip
    id = f"{kind}-{submission}-{len(tx.all('SELECT seq FROM assessment'))}"
    tx.append(
        "assessment", household=household, id=id, submission=submission, kind=kind, as_of_seq=0, form_hash="f" * 64, levels="standard-1",
        policy="standard-1", routes="eastmoor-1", at_least=at_least, could_be=could_be, urgency=urgency, destination="none",
        reasons="[]", matches_tablet=None, **STAMP,
    )  # fmt: skip
    for code, area, state in findings:
        tx.append(
            "finding", household=household, assessment=id, submission=submission, code=code, area=area, person=person, row_id="",
            state=state, severity="advise", level=2, said="", because="[]", missing="[]", **STAMP,
        )  # fmt: skip
    return id


def find(tx: Tx, actor: str, text: str) -> list[Row]:
    """The families found by what was typed."""
    return search.families(tx, actor, {item: search.hits(tx, actor, item) for item in sought(text, date(2026, 11, 22))})
