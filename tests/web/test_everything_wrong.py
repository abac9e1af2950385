"""A page on which much is wrong says all of it at once, each beside its field in the order of the page; what was typed stays, and nothing
is kept."""

import re

from tests.web import place
from tests.web.conftest import Enter
from visitapp.web import staff_pages, standing_in
from visitapp.web.recording import RECORDS, Field
from visitapp.web.screens import homes, losses
from visitapp.wiring import Wired

HERE = f"/families/{place.FAMILY}"


def no_day(*names: str) -> dict[str, str]:
    """Days that are in no calendar."""
    return {f"{name}-{part}": typed for name in names for part, typed in (("day", "31"), ("month", "2"), ("year", "2026"))}


def days(fields: tuple[Field, ...], before: str = "") -> list[str]:
    """Every day that a page asks for; of a list of groups those of the second."""
    return [f"{before}{one.name}" for one in fields if one.kind == "day"] + [
        name for one in fields if one.kind == "several" for name in days(one.fields, f"{one.name}-1-")
    ]


def facts(w: Wired) -> int:
    with w.engine.read() as tx:
        kinds = [row["kind"] for row in tx.all("SELECT kind FROM journal")]
    return sum(not kind.startswith("read.") for kind in kinds)


def listed(text: str) -> str:
    """The fields that the top of the page leads to, in its order."""
    found = re.search(r"nhsuk-error-summary__list.*?</ul>", text, re.DOTALL)
    return " ".join(re.findall(r'href="#([^"]+)"', found[0])) if found else ""


WRONG: dict[str, tuple[tuple[Field, ...], str]] = {
    f"{HERE}/record/plan": (RECORDS["plan"].fields, "source agreed_on agreed_by trigger_kind trigger_words review_on actions"),
    f"{HERE}/record/duty": (RECORDS["duty"].fields, "how evidence"),
    f"{HERE}/record/agency": (RECORDS["agency"].fields, "kind name from_on"),
    f"{HERE}/record/meeting": (
        RECORDS["meeting"].fields, "on_date attended agencies decisions-1-what decisions-1-owner decisions-1-due_on",
    ),
    f"{HERE}/record/decision": (RECORDS["decision"].fields, "what why decided_by on_date review_on"),
    f"{HERE}/record/child": (RECORDS["child"].fields, "given_names family_name born_on due_on"),
    f"{HERE}/record/home": (RECORDS["home"].fields, "person on_date"),
    f"{HERE}/risks/new": (staff_pages.RISK.fields, "kind words known source from_on"),
    f"{HERE}/second-worker": (staff_pages.ASK.fields, "for_on words"),
    f"{HERE}/loss": (losses.FIELDS, "kind person on_date"),
    f"{HERE}/handover": ((), "kind to words safe"),
    f"{HERE}/move": (homes.HOME, "address area from_on"),
    f"{HERE}/phone": ((), "number whose safe"),
    f"{HERE}/kept-back": ((), "kept_back why"),
    f"{HERE}/second-home": (homes.SECOND, "person with_whom days from_on"),
    f"{HERE}/join/ask": ((), "to_team words goes_on"),
    f"{HERE}/split": ((), "name why people"),
    f"/today/{place.FAMILY}/call": ((Field("call_at", "", "day"),), "whom number reached call_at"),
    "/families/new": (
        (Field("child-born_on", "", "day"), Field("adult-born_on", "", "day")),
        "family-name family-address family-area child-given_names child-family_name child-born_on adult-role adult-given_names"
        " adult-family_name adult-born_on",
    ),
    "/staff/supervision/hv/missed": (staff_pages.SUPERVISION["missed"].fields, "on_date words"),
    "/cover/leave": (standing_in.LEAVE.fields, "account from_on to_on deputy"),
    "/cover/team/registrant": ((), "account registrant"),
    "/accounts/hv/leaving": ((), "why supervisor"),
}  # fmt: skip
"""A page, what is a day on it, and what is wrong when nothing is filled in but days that are in no calendar."""


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    lead, before = enter("lead"), facts(wired)
    for path, (fields, wrong) in WRONG.items():
        answer = lead.post(path, data=no_day(*days(fields)))
        assert (answer.status_code, listed(answer.text)) == (422, wrong), path
        assert answer.text.count('value="31"') == len(days(fields)), f"{path}: what was typed stays"
    assert facts(wired) == before


def test_no_page_to_record_something_takes_a_day_that_cannot_be_read(enter: Enter, wired: Wired) -> None:
    """Whatever else is right: it would be kept as no day, or as another."""
    lead, before = enter("lead"), facts(wired)
    for what, record in RECORDS.items():
        for missing in days(record.fields):
            page = lead.post(f"{HERE}/record/{what}", data=filled(record.fields) | no_day(missing))
            assert page.status_code == 422, (what, missing)
            assert f'href="#{missing}"' in page.text, (what, missing)
    assert facts(wired) == before


def filled(fields: tuple[Field, ...], before: str = "") -> dict[str, str]:
    """Something readable for each field."""
    found: dict[str, str] = {}
    for one in fields:
        name = f"{before}{one.name}"
        if one.kind == "several":
            found |= filled(one.fields, f"{one.name}-1-")
        elif one.kind == "day":
            found |= {f"{name}-day": "2", f"{name}-month": "11", f"{name}-year": "2026"}
        elif one.kind in ("one_of", "some_of") and not isinstance(one.options, str):
            found[name] = str(next(iter(one.options)))
        else:
            found[name] = {"number": "2", "yes": "yes", "one_of": "p-1"}.get(one.kind, "Words")
    return found
