"""The families that the bench visits: a team, its council area, and sealed visits of a believable size."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from visitapp.domain.envelope import seal
from visitapp.flow import devices, people
from visitapp.flow.stories.answers import Row, Writer, seen
from visitapp.flow.stories.ordinary import merged, ordinary
from visitapp.formlang import Form
from visitapp.formlang.model import LANGUAGE
from visitapp.wiring import Wired

HOUSEHOLDS = 200
FIRST_VISIT = date(2026, 1, 5)
WORDS = "The room was warm, the cot stood beside the bed with a fitted sheet, and we spoke about the weekend at the grandmother's. " * 9


@dataclass(frozen=True)
class Team:
    """One health visitor with a tablet, and the families they visit: (household, child, adult)."""

    account: str
    device: str
    secret: str
    families: tuple[tuple[str, str, str], ...]


def a_team(w: Wired, households: int = HOUSEHOLDS) -> Team:
    """A team of one and its families, through the same functions as the screens."""
    actor = "bench"
    team = people.add_team(w, actor, name="Bench", area="eastmoor", phone="01632 960001")
    people.add_receiving_team(
        w, actor, name="Front door", area="eastmoor", kind="front_door", email="duty@eastmoor.example", phone="01632 960100",
        phone_out_of_hours="01632 960101", review_on="2027-06-01",
    )  # fmt: skip
    account = people.add_account(
        w, actor, username="bench", name="Bench Visitor", role="health_visitor", team=team, phone="07700 900001",
        password="seven quiet wooden bridges",
    )  # fmt: skip
    tablet = devices.register(w, account, "bench")
    return Team(account, tablet.device, tablet.secret, tuple(_family(w, account, number) for number in range(households)))


def _family(w: Wired, account: str, number: int) -> tuple[str, str, str]:
    household = people.form_household(
        w, account, name=f"Family {number}", address=f"{number + 1} Mill Row", postcode="EM1 4AB", area="eastmoor"
    )
    people.name_practitioner(w, account, household, account=account)
    ids = []
    for role, born_on in (("child", "2025-11-02"), ("mother", "1998-05-06")):
        person = people.register_person(w, account, household=household, given_names="Robin", family_name=f"F{number}", born_on=born_on)
        people.add_member(w, account, household, person=person.person, role=role)
        ids.append(person.person)
    return household, ids[0], ids[1]


def sealed_visits(w: Wired, team: Team, many: int) -> Iterator[dict[str, str]]:
    """That many visits as a tablet sends them, spread evenly over the families."""
    form, key = w.catalogue.current("home_visit"), w.seal_keys.private(w.seal_keys.current)
    assert key is not None
    for number in range(many):
        household, child, adult = team.families[number % len(team.families)]
        on = (FIRST_VISIT + timedelta(days=number // len(team.families) * 14)).isoformat()
        body = json.dumps(_body(form, household, child, adult, on), ensure_ascii=False).encode()
        at = f"{on}T10:40:00.000Z"
        envelope = {
            "v": 1, "id": w.new_id(), "household": household, "form": form.name, "form_version": form.version, "form_hash": form.hash,
            "lang": LANGUAGE, "author": team.account, "device": team.device, "began_at": at, "sealed_at": at, "clock_offset_ms": 0,
            "as_of": {"seq": 1, "at": at}, "shown": {"findings": [], "level": {"at_least": 1, "could_be": 4}},
            "sha256": hashlib.sha256(body).hexdigest(), "key": w.seal_keys.current,
        }  # fmt: skip
        yield seal(json.dumps(envelope), body, key.public_key(), w.random_bytes(12)).as_json()


def _body(form: Form, household: str, child: str, adult: str, on: str) -> dict[str, Any]:
    """The form's ordinary visit to this family, with as much written as somebody writes who has much to say."""
    wrote = {"strengths": WORDS, "parents_view": WORDS, "plan": WORDS}
    own = {"children": [Row({"mobility": seen("rolling"), "next_unusual": WORDS}, child)], **wrote}
    questions = [question for section in form.sections for question in section.questions]
    said = merged(ordinary(form, {"child": {child: True}, "adult": {adult: True}}), own, questions)
    numbers = count(1)
    answers = Writer(form, date.fromisoformat(on), {child: child, adult: adult}, lambda: f"row-{next(numbers)}").written(said)
    return {"v": 1, "household": household, "form": form.name, "form_version": form.version, "occurred_on": on, "answers": answers,
            "calls": [], "unasked_reasons": []}  # fmt: skip
