"""The place that the screens are tested in. Team East has two families, one of them with visits and a referral; Team West has one."""

import hashlib
import json
from typing import Any

from visitapp.domain.findings import Destination, Finding, Level
from visitapp.flow import refer
from visitapp.store import accounts, assessments, households, people, sessions, submissions, teams
from visitapp.store.tx import Tx
from visitapp.wiring import Wired

NOW = "2026-11-22T10:40:00.000Z"
BEFORE = "2026-11-20T09:00:00.000Z"
STAMP: dict[str, Any] = {"at": BEFORE, "actor": "service"}
NAMES = ("Ashdown", "Isla", "Okoro", "Birchall")
ACCOUNTS = {
    "hv": ("health_visitor", "east", None),
    "midwife": ("midwife", "east", None),
    "nurse": ("nursery_nurse", "east", None),
    "lead": ("supervisor", "east", None),
    "west": ("health_visitor", "west", None),
    "duty": ("social_care", None, "front"),
    "other_duty": ("social_care", None, "elsewhere"),
    "admin": ("administrator", None, None),
}
FAMILY, QUIET, WESTERN = "f-1", "f-2", "f-3"
VISIT, NOT_LET_IN, EARLIER = "v-1", "v-2", "v-0"


_SOMEBODY = "30000000-0000-4000-8000-000000000001"
ENVELOPE: dict[str, Any] = dict.fromkeys(("id", "household", "author", "device"), _SOMEBODY) | {
    "v": 1, "form_version": 1, "lang": 1, "began_at": BEFORE, "sealed_at": BEFORE, "clock_offset_ms": 0, "key": "k",
    "as_of": {"seq": 0, "at": BEFORE}, "shown": {"level": {"at_least": 1, "could_be": 2}, "findings": []},
}  # fmt: skip
"""The outside of a visit, as a tablet writes it."""


def furnish(w: Wired) -> None:
    with w.engine.write() as tx:
        _teams(tx)
        for id, (role, team, receiving) in ACCOUNTS.items():
            accounts.add_account(
                tx, id=id, username=f"{id}.user", name=f"Worker {id.title()}", role=role, team=team, receiving_team=receiving,
                phone="07700 900123", **STAMP,
            )  # fmt: skip
        _family(tx, FAMILY, "Ashdown and Okoro", "hv")
        _family(tx, QUIET, "Birchall", "midwife")
        _family(tx, WESTERN, "Westerly", "west")
        _member(tx, "p-1", FAMILY, "child", given_names="Isla", family_name="Ashdown", born_on="2026-09-20", nhs_number="9990000018")
        _member(tx, "p-2", FAMILY, "mother", given_names="Ada", family_name="Okoro", born_on="2001-03-04", phone="07700 900456")


def _teams(tx: Tx) -> None:
    for id, area in (("east", "eastmoor"), ("west", "westfen")):
        teams.add_team(tx, id=id, name=f"Team {id.title()}", area=area, phone="01632 960001", **STAMP)
    for id, area in (("front", "eastmoor"), ("elsewhere", "westfen")):
        teams.add_receiving_team(
            tx, id=id, name=f"Front door of {area.title()}", area=area, kind="front_door", email=f"{id}@eastmoor.example",
            phone="01632 960100", phone_out_of_hours="01632 960101", review_on="2027-01-01", **STAMP,
        )  # fmt: skip


def _family(tx: Tx, id: str, name: str, practitioner: str) -> None:
    area = "westfen" if practitioner == "west" else "eastmoor"
    households.form(tx, id=id, name=name, **STAMP)
    households.set_residence(tx, household=id, address="4 Mill Row", postcode="EM1 4AB", area=area, from_on="2025-01-10", **STAMP)
    households.name_practitioner(tx, household=id, account=practitioner, capacity="named", from_on="2025-01-10", **STAMP)


def _member(tx: Tx, id: str, household: str, role: str, **detail: Any) -> None:
    people.add_person(tx, id=id, **STAMP)
    households.add_member(tx, id=f"{id}@{household}", household=household, person=id, role=role, from_on="2026-01-02", **STAMP)
    people.add_detail(tx, person=id, household=household, **detail, **STAMP)


def session(w: Wired, account: str) -> str:
    """The cookie of somebody who has signed in."""
    token = f"token-of-{account}"
    with w.engine.write() as tx:
        hash = hashlib.sha256(token.encode()).hexdigest()
        sessions.close_session(tx, hash)
        sessions.open_session(tx, token_hash=hash, account=account, at=NOW)
    return token


def visit(
    w: Wired,
    id: str = VISIT,
    *,
    on: str = "2026-11-19",
    answers: dict[str, Any] | None = None,
    form: str = "home_visit",
    kind: str = "visit",
    outcome: str | None = None,
    household: str = FAMILY,
    author: str = "hv",
    findings: tuple[tuple[Finding, str], ...] = (),
    level: Level = Level(1, 2),  # noqa: B008
    urgency: str = "tonight",
    calls: tuple[dict[str, Any], ...] = (),
    problems: tuple[dict[str, str], ...] = (),
    assessed: bool = True,
    photographs: dict[str, Any] | None = None,
    measures: tuple[tuple[str, str, str, str], ...] = (),
) -> str:
    """A visit kept, read and judged; the id of its judgement."""
    body = {
        "v": 1,
        "household": household,
        "form": form,
        "form_version": 1,
        "occurred_on": on,
        "answers": answers or {},
        "calls": list(calls),
    } | ({} if photographs is None else {"photographs": photographs})
    written = json.dumps(body).encode()
    known = w.catalogue.form(form, 1)
    envelope = json.dumps(ENVELOPE | {"form": form, "form_hash": known.hash, "sha256": hashlib.sha256(written).hexdigest()})
    judged = f"a-{id}"
    with w.engine.write() as tx:
        submissions.keep(
            tx, id=id, household=household, form=form, form_version=1, form_hash=known.hash, author=author, device="d", envelope=envelope,
            body=written, sha256=hashlib.sha256(written).hexdigest(), occurred_on=on, received_at=BEFORE,
        )  # fmt: skip
        submissions.record_reading(
            tx, submission=id, household=household, kind=kind, outcome=outcome, child_seen=kind == "visit", occurred_on=on,
            measures=measures,
            **STAMP,
        )  # fmt: skip
        if problems:
            assessments.add_problems(tx, submission=id, household=household, problems=problems, **STAMP)
        for call in calls:
            plain = {"call": call["id"], "at_time": call["at"]} | {k: call[k] for k in ("who", "number", "reached", "spoke_to", "said")}
            assessments.add_call(tx, submission=id, household=household, call=plain, **STAMP)
        if assessed:
            _judge(tx, judged, id, household, findings, level, urgency, known.hash)
    return judged


def _judge(
    tx: Tx, judged: str, id: str, household: str, findings: tuple[tuple[Finding, str], ...], level: Level, urgency: str, form_hash: str
) -> None:  # fmt: skip
    assessments.add(
        tx, id=judged, submission=id, household=household, kind="today", as_of_seq=1, form_hash=form_hash, levels="standard-1",
        policy="standard-1", routes="eastmoor-1", level=level, urgency=urgency, destination="social_care_urgent",
        reasons=("The level of need is at least 4.",), matches_tablet=True, **STAMP,
    )  # fmt: skip
    assessments.add_findings(tx, assessment=judged, submission=id, household=household, findings=findings, **STAMP)


PRESENT = (
    Finding("sleep_sofa", "sleep", "r1", "p-1", "present", "tonight", 4, ("children/r1/nights/n1/surface",)),
    "Isla slept on a sofa.",
)
UNKNOWN = (
    Finding("sleep_drink", "sleep", "r1", "p-1", "cannot_tell", "this_week", 3, (), ("substances_today",)),
    "What was drunk is not known.",
)


def referral(
    w: Wired, judged: str = f"a-{VISIT}", visit: str = VISIT, household: str = FAMILY, *, level: int = 4, urgency: str = "tonight",
    code: str = "social_care_urgent",
) -> str:  # fmt: skip
    """A proposed referral; its id."""
    with w.engine.write() as tx:
        refer.propose(w, tx, proposal(judged, visit, household, level=level, urgency=urgency, code=code), BEFORE)
        row = tx.one("SELECT id FROM referral WHERE submission = :visit", visit=visit)
    assert row is not None
    return str(row["id"])


def proposal(
    judged: str, visit: str, household: str = FAMILY, *, level: int = 4, urgency: str = "tonight", code: str = "social_care_urgent"
) -> refer.Proposal:
    destination = Destination(code, "Eastmoor children's social care, urgent", (f"The level of need is at least {level}.",))
    return refer.Proposal(household, visit, judged, "hv", Level(level, 4), urgency, destination)


def happened(w: Wired, referral: str, event: str, **detail: Any) -> None:
    """Something the service did, such as delivering the letter."""
    from visitapp.flow.owing import owe
    from visitapp.store import referrals

    with w.engine.write() as tx:
        row = referrals.referral(tx, referral)
        assert row is not None
        referrals.add_event(tx, row, event, detail=detail, **STAMP)
        owe(w, tx, row, owner="hv", **STAMP)


def lettered(w: Wired, referral: str, household: str = FAMILY) -> None:
    from visitapp.store import letters

    with w.engine.write() as tx:
        letters.add(
            tx, id=f"l-{referral}", referral=referral, household=household, bytes=b"%PDF-1.7 letter", sha256="0" * 64, pages=2,
            content={}, **STAMP,
        )  # fmt: skip


def reads(w: Wired) -> list[dict[str, Any]]:
    """The audit lines of reads, in order."""
    with w.engine.read() as tx:
        return [row for row in tx.all("SELECT * FROM journal ORDER BY seq") if row["kind"].startswith("read.")]
