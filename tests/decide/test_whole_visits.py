"""Whole visits on version 1 of the form, judged as the clinical brief would: what raises, what never does, and that an ordinary visit
leaves nothing open."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.flow.notes import Absent, answers
from visitapp.decide.findings import find
from visitapp.decide.level import level
from visitapp.decide.urgency import urgency
from visitapp.domain.findings import Finding
from visitapp.formlang import Catalogue

ON = date(2026, 11, 22)
SCHOOL, TODDLER, BABY, NEWBORN = 2400, 1200, 100, 42
HOME = {
    "rooms_seen": ["sleep_place", "kitchen", "bathroom", "living_room"], "rooms_refused": ["nothing"], "floors": "good", "kitchen": "good",
    "bathroom": "good", "beds": "good", "warmth": "good", "food": "good", "hazards": ["nothing"], "home_impact": "none",
}  # fmt: skip
ARRIVING = {
    "outcome": "completed", "announced": "announced", "let_in_by": "mother", "interpreter": "not_needed", "open_to": "nobody",
    "adults": [{"here_today": True, "seen_alone": True}],
}  # fmt: skip
SOBER = [{"uses": ["nothing"], "affected_today": False}]
CANNABIS = [{"uses": ["cannabis"], "use_pattern": "weekly", "affected_today": False, "sober_carer": "always"}]
AFFECTED = {"uses": ["alcohol"], "affected_today": True}
AT_SCHOOL = {
    "seen": "not_seen",
    "mobility": "walking",
    "impact": "no_use",
    "nights": [],
    "tonight_place": "own_place",
    "feeding": "growing",
}


def night(**other: Any) -> dict[str, Any]:
    safe = {
        "which_sleep": "last_night", "surface": "own_cot", "mattress": "sound", "put_down": "back", "swaddled": False, "room": "same",
        "bedding": ["blanket"], "shared": False,
    }  # fmt: skip
    return safe | other


def beside(who: str = "mother", **other: Any) -> dict[str, Any]:
    sharer = {"who": who} | ({} if who in ("twin", "sibling", "pet") else {"taken": ["nothing"], "smoker": False})
    return night(surface="adult_bed", shared=True, dozed=other.pop("dozed", "planned"), sharers=[sharer | other])


def child(age: int, *nights: dict[str, Any], gestation: int | None = 280, **other: Any) -> dict[str, Any]:
    well = {
        "seen": "awake", "mobility": "not_mobile" if age < 183 else "walking", "low_birth_weight": False,
        "nights": list(nights or [night()]),
        "tonight_place": "own_place", "mark": "none", "feeding": "growing", "unwell": "well", "response": "warm", "impact": "no_use",
    }  # fmt: skip
    return {"age": age, "gestation": gestation} | well | other


def judged(
    catalogue: Catalogue, *children: dict[str, Any], history: dict[str, Any] | None = None, **other: Any
) -> tuple[list[Finding], int, int]:
    """Findings, at least, could be."""
    people, rows = {}, []
    for number, one in enumerate(children):
        row = dict(one) | {"person": f"p{number}", "row": f"r{number}"}
        people[f"p{number}"] = {"born_on": (ON - timedelta(days=row.pop("age"))).isoformat(), "gestation_days": row.pop("gestation")}
        rows.append(row)
    before = {"visits_not_completed_90d": 0, "days_since_child_seen": 14, "earlier_findings_present": [], "advice_repeated_sleep": False}
    form = catalogue.form("home_visit", 1)
    said = ARRIVING | HOME | {"adult_use": SOBER, "children": rows} | other
    body = {"occurred_on": ON.isoformat(), "answers": answers(form, said)}
    found = find(form, body, {"people": people, "history": before | (history or {})})
    reached = level(found, catalogue.levels)
    return found, reached.at_least, reached.could_be


NOTHING_TO_WORRY_ABOUT: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "a baby in a cot": ([child(NEWBORN)], {}),
    "a newborn asleep": ([child(NEWBORN, seen="asleep")], {}),
    "length of the pregnancy not known": ([child(NEWBORN, gestation=None), child(TODDLER, gestation=None)], {}),
    "a brother at school": ([child(NEWBORN), child(SCHOOL) | AT_SCHOOL], {}),
    "planned, sober, smoke-free sharing": ([child(NEWBORN, beside(), tonight_place="shared")], {}),
    "one doze beside a sober mother, born early": ([child(NEWBORN, beside(dozed="dozed_once"), gestation=240)], {}),
    "twins on their backs": ([child(BABY, night(shared=True, dozed="planned", sharers=[{"who": "twin"}]), gestation=245)] * 2, {}),
    "a birthmark written down": ([child(NEWBORN, mark="documented")], {}),
    "a toddler's graze with its story": ([child(TODDLER, mark="not_documented", mark_told="fits")], {}),
    "drank, and slept elsewhere": (
        [child(NEWBORN, impact="none", protection="said")],
        {"adult_use": [AFFECTED | {"affected_today": False}]},
    ),
    "cannabis, no effect, protection seen": ([child(NEWBORN, impact="none", protection="seen")], {"adult_use": CANNABIS}),
    "a landlord's damp": ([child(NEWBORN)], {"warmth": "severe", "home_impact": "actual", "cause": ["landlord"]}),
    "no money for beds": ([child(NEWBORN)], {"beds": "severe", "home_impact": "likely", "cause": ["money", "crowding"]}),
    "an older child's wet bed, once": ([child(NEWBORN), child(TODDLER, night(surface="own_bed", mattress="wet"))], {}),
    "no stair gate": ([child(TODDLER)], {"hazards": ["stairs", "chemicals"]}),
}


@pytest.mark.parametrize("what", NOTHING_TO_WORRY_ABOUT)
def test_what_is_ordinary_is_level_one_and_could_be_no_more(catalogue: Catalogue, what: str) -> None:
    children, other = NOTHING_TO_WORRY_ABOUT[what]
    found, at_least, could_be = judged(catalogue, *children, **other)
    assert (at_least, could_be) == (1, 1), [one.finding for one in found if one.state != "absent" and one.level > 1]
    assert urgency(found) != "tonight"


BEFORE = {code: {"history": {"earlier_findings_present": [code]}} for code in ("sleep_shared_alcohol", "sleep_soiled_older")}
TONIGHT_WANT = {"food": "severe", "beds": "moderate", "home_impact": "likely", "cause": ["temporary", "money"]}
RAISED: dict[str, tuple[list[dict[str, Any]], dict[str, Any], int, str]] = {
    "want for tonight, added up": ([child(NEWBORN, beside("sibling"), tonight_place="none")], TONIGHT_WANT, 2, "tonight"),
    "beside a smoker at six weeks": ([child(NEWBORN, beside(smoker=True))], {}, 3, "this_week"),
    "beside a smoker at six weeks, born when not known": ([child(NEWBORN, beside(smoker=True), gestation=None)], {}, 3, "this_week"),
    "one doze on a sofa": ([child(NEWBORN, beside(dozed="dozed_once") | {"surface": "sofa"})], {}, 3, "this_week"),
    "beside four units": ([child(NEWBORN, beside(taken=["alcohol"], alcohol_units=4))], {}, 3, "this_week"),
    "beside four units, again": (
        [child(NEWBORN, beside(taken=["alcohol"], alcohol_units=4))], BEFORE["sleep_shared_alcohol"], 4, "this_week",
    ),
    "front and swaddled": ([child(NEWBORN, night(put_down="front", swaddled=True))], {}, 3, "this_week"),
    "cannabis, protection only said": ([child(NEWBORN, impact="none", protection="said")], {"adult_use": CANNABIS}, 2, "this_week"),
    "an effect seen, protection only said": ([child(NEWBORN, impact="seen", protection="said")], {"adult_use": CANNABIS}, 4, "this_week"),
    "affected, sober adult only said": ([child(NEWBORN)], {"adult_use": [AFFECTED | {"sober_carer": "always"}]}, 4, "tonight"),
    "affected, sober adult seen": ([child(NEWBORN)], {"adult_use": [AFFECTED | {"sober_carer": "seen"}]}, 2, "this_week"),
    "a mark, moving not asked": ([child(NEWBORN, mark="not_documented", mobility=Absent("not_asked"))], {}, 4, "tonight"),
    "severe, and no effect seen": ([child(NEWBORN)], {"floors": "severe", "cause": ["low_mood"]}, 2, "this_week"),
    "harm seen, cause not asked": ([child(NEWBORN)], {"floors": "severe", "home_impact": "actual"}, 2, "this_week"),
    "a brother's soiled bed and a baby": ([child(NEWBORN), child(TODDLER, night(mattress="soiled"))], {}, 2, "this_week"),
    "a brother's soiled bed, again": (
        [child(NEWBORN), child(TODDLER, night(mattress="soiled"))], BEFORE["sleep_soiled_older"], 3, "this_week",
    ),
    "a baby not seen, with a plan to protect": ([child(NEWBORN, seen="not_seen")], {"open_to": "child_protection"}, 3, "tonight"),
}  # fmt: skip


@pytest.mark.parametrize("what", RAISED)
def test_what_the_brief_names_is_at_least_its_level(catalogue: Catalogue, what: str) -> None:
    children, other, expected, soon = RAISED[what]
    found, at_least, _ = judged(catalogue, *children, **other)
    assert (at_least, urgency(found)) == (expected, soon), [one.finding for one in found if one.state == "present"]


def test_a_sensitive_question_through_a_relative_counts_as_not_asked(catalogue: Catalogue) -> None:
    assert judged(catalogue, child(NEWBORN), interpreter="relative")[1:] == (1, 3)
    assert judged(catalogue, child(NEWBORN), interpreter="relative", put_again="same")[1:] == (1, 1)


def test_an_older_childs_bed_is_on_a_new_babys_first_screen(catalogue: Catalogue) -> None:
    found, _, could_be = judged(catalogue, child(5, nights=[]), history={"earlier_findings_present": ["sleep_soiled_older"]})
    assert "earlier_soiled_bed" in {one.finding for one in found if one.state == "present"}
    assert could_be == 1  # said, and no judgement of today


def test_unknown_effect_of_what_is_used_is_never_none(catalogue: Catalogue) -> None:
    assert judged(catalogue, child(NEWBORN, impact=Absent("not_asked")), adult_use=CANNABIS)[1:] == (1, 4)
