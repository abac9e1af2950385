"""Whole home visits judged as the clinical brief would, each the ordinary visit with what was different: what raises and to what, what
never does, and what stays open until somebody knows."""

from typing import Any, NamedTuple

import pytest

from tests.decide.caseload import NO_HISTORY, ON, Row, body_of, born
from visitapp.decide.findings import find
from visitapp.decide.level import level
from visitapp.decide.urgency import urgency
from visitapp.formlang import Catalogue
from visitapp.formlang.ordinary import ordinary, started_from

QUIET = NO_HISTORY | {"days_since_child_seen": 14, "open_to": ["nobody"], "past": ["nothing"], "rooms_last": 4, "level_agreed": None}
FIRST = QUIET | dict.fromkeys(("days_since_child_seen", "open_to", "past", "home_last", "home_best", "rooms_last"))
NIGHT: Row = {"surface": "own_cot", "mattress": "sound", "put_down": "back", "room": "same", "bedding": ["blanket"], "shared": False}
UNSEEN: Row = {"seen": "not_seen", "mark": None, "response": None}


def beside(who: str = "mother", surface: str = "adult_bed", dozed: str = "planned", **sharer: Any) -> Row:
    sober = {} if who in ("twin", "sibling", "pet") else {"taken": ["nothing"], "smoker": False, "exhausted": False}
    shared = {"surface": surface, "shared": True, "dozed": dozed, "sharers": [{"who": who} | sober | sharer], "reply": "other_way"}
    return NIGHT | shared


def child(age: int, *nights: Row, gestation: int | None = 280, **said: Any) -> Row:
    return {"age": age, "gestation": gestation} | ({"nights": list(nights)} if nights else {}) | said


CANNABIS: Row = {
    "uses": ["cannabis"], "use_pattern": "weekly", "use_last": "week", "use_when": "asleep", "use_where": "outside",
    "storage": "locked_seen", "treatment": "nobody", "sober_carer": "always", "use_alone": False,
}  # fmt: skip
DRINKS: Row = {
    "uses": ["alcohol"], "use_pattern": "monthly", "use_last": "week", "use_when": "asleep", "use_where": "elsewhere",
    "treatment": "not_needed", "sober_carer": "always", "use_alone": False,
}  # fmt: skip
SEVERE: Row = {"room_living": "something", "floors": "severe", "warmth": "good", "home_also": ["nothing"]}
WANT: Row = {"room_sleep": "something", "beds": "moderate", "warmth": "good", "home_also": ["nothing"], "home_impact": "likely"}
DAMP: Row = {"room_sleep": "something", "beds": "good", "home_also": ["damp"], "damp": "severe", "home_impact": "actual"}
LANDLORD: Row = {"cause": ["landlord"]}
BABY, BROTHER = 50, 900


class Told(NamedTuple):
    """What was different; at least, could be, how soon, and what must be among the findings that are shown."""

    answers: Row
    least: int
    most: int
    soon: str
    shown: tuple[str, ...] = ()
    history: Row = NO_HISTORY


def of(*children: Row, **other: Any) -> Row:
    return {"children": list(children)} | other


SHARED_SOFA = beside(surface="sofa", dozed="dozed_once", taken=["alcohol", "drugs"], alcohol_units=6, smoker=True, exhausted=True)
TOLD: dict[str, Told] = {
    # --- nothing to worry about, however it may look
    "a baby and a brother": Told(of(child(BABY), child(BROTHER)), 1, 1, "routine"),
    "the first visit, a sister at school": Told(of(child(12), child(2500, **UNSEEN)), 1, 1, "routine", history=FIRST),
    "a newborn asleep": Told(of(child(12, seen="asleep", response=["content"])), 1, 1, "routine"),
    "planned, sober, smoke-free sharing": Told(of(child(BABY, beside(), tonight_place="shared")), 1, 1, "routine"),
    "one doze, born early": Told(of(child(BABY, beside(dozed="dozed_once"), gestation=240)), 1, 1, "routine", ("sleep_dozed_preterm",)),
    "twins on their backs": Told(
        of(*[child(BABY, NIGHT | {"shared": True, "dozed": "planned", "sharers": [{"who": "twin"}], "reply": "other_way"})] * 2),
        1,
        1,
        "routine",
    ),
    "a birthmark": Told(of(child(BABY, mark="documented", birthmarks=["back"])), 1, 1, "routine"),
    "a graze with its story": Told(of(child(BROTHER, mark="not_documented", mark_told="fits")), 1, 1, "routine"),
    "a wet bed, once": Told(of(child(BABY), child(2000, {"surface": "own_bed", "mattress": "wet"}), cause=["unknown"]), 1, 1, "routine"),
    "a pillow, and another room": Told(of(child(BABY, NIGHT | {"bedding": ["pillow"], "room": "other"})), 1, 1, "routine"),
    "young, in care as a child, born early": Told(
        of(child(60, gestation=230, low_birth_weight=True), adult_use=[{"background": ["under_18", "care_experienced"]}]), 1, 1, "routine"
    ),
    "a disability, and low mood": Told(
        of(child(BROTHER, needs=["disability"]), adult_use=[{"background": ["mental_health"]}]), 1, 1, "routine"
    ),
    "a programme declined": Told(
        {"today": ["declined"]}, 1, 1, "routine", ("offer_declined",), {"refused_entry": 1, "visits_not_completed_90d": 1}
    ),
    "too little room, too little money": Told(WANT | {"cause": ["money", "crowding"]}, 1, 1, "this_week", ("home_help_practical",)),
    "a landlord's damp": Told(DAMP | LANDLORD | {"warmth": "moderate"}, 1, 1, "this_week", ("home_cold",)),
    "a landlord's boiler, and a baby": Told(
        of(child(BABY)) | DAMP | LANDLORD | {"warmth": "severe"}, 1, 1, "tonight", ("home_no_heat_baby",)
    ),
    "agreed, and it waits for us": Told(
        {"today": ["agreed"], "agreed_done": "waits", "change": "same"}, 1, 1, "this_week", ("engage_waits_for_others",)
    ),
    "cannabis, no effect, protection seen": Told(
        of(child(BABY, impact="none", protection="seen", protection_unusual=True), adult_use=[CANNABIS]), 1, 1, "routine"
    ),
    "length of the pregnancy not known": Told(of(child(42, gestation=None), child(1200, gestation=None)), 1, 1, "routine"),
    "drank, and slept elsewhere": Told(
        of(child(42, impact="none", protection="said", protection_unusual=True), adult_use=[DRINKS]), 1, 1, "routine"
    ),
    "no stair gate": Told(of(child(1200), hazards=["stairs", "chemicals"]), 1, 1, "routine", ("home_hazard_advice",)),
    # --- for tonight, and no level of parenting
    "want for tonight, added up": Told(
        of(
            child(42, beside("sibling"), tonight_place="none"),
            room_kitchen="something",
            kitchen="good",
            food="severe",
            home_also=["nothing"],
            home_impact="likely",
            cause=["temporary", "money"],
            tonight_help="arranged",
        ),
        2,
        2,
        "tonight",
        ("home_no_food", "sleep_no_place_tonight"),
    ),
    "a mark, moving not asked": Told(
        of(child(42, mark="not_documented", mark_told="fits", mobility=None)), 1, 1, "tonight", ("care_mark_not_mobile",)
    ),
    "no cot": Told(
        of(child(20, tonight_place="none"), cause=["money"], tonight_help="arranged"), 2, 2, "tonight", ("sleep_no_place_tonight",)
    ),
    "a mark on a baby": Told(of(child(BABY, mark="not_documented", mark_told="fits")), 1, 1, "tonight", ("care_mark_not_mobile",)),
    # --- raised
    "one doze beside a smoker": Told(of(child(BABY, beside(dozed="dozed_once", smoker=True), gestation=240)), 3, 3, "this_week"),
    "beside a smoker at six weeks": Told(of(child(42, beside(smoker=True), tonight_place="shared")), 3, 3, "this_week"),
    "the same, born when not known": Told(of(child(42, beside(smoker=True), gestation=None)), 3, 3, "this_week"),
    "beside four units": Told(of(child(42, beside(taken=["alcohol"], alcohol_units=4))), 3, 3, "this_week", ("sleep_shared_alcohol",)),
    "beside four units, again": Told(
        of(child(42, beside(taken=["alcohol"], alcohol_units=4))),
        4,
        4,
        "this_week",
        ("sleep_substances_again",),
        {"earlier_findings_present": ["sleep_shared_alcohol"]},
    ),
    "front and swaddled": Told(
        of(child(42, NIGHT | {"put_down": "front", "swaddled": True, "reply": "other_way"})), 3, 3, "this_week", ("sleep_front_swaddled",)
    ),
    "cannabis, protection only said": Told(
        of(child(42, impact="none", protection="said", protection_unusual=True), adult_use=[CANNABIS]),
        2,
        2,
        "this_week",
        ("substance_use_unprotected",),
    ),
    "affected, a sober adult only said": Told(
        {"any_affected": True, "adult_use": [DRINKS | {"affected_today": True, "sober_carer": "always"}]},
        4,
        4,
        "tonight",
        ("substance_carer_affected",),
    ),
    "affected, a sober adult seen": Told(
        {"any_affected": True, "adult_use": [DRINKS | {"affected_today": True, "sober_carer": "seen"}]},
        2,
        2,
        "this_week",
        ("substance_carer_affected_other_seen",),
    ),
    "severe, and no effect seen": Told(SEVERE | {"home_impact": "none", "cause": ["low_mood"]}, 2, 2, "this_week", ("home_help_needed",)),
    "harm seen, cause not asked": Told(SEVERE | {"home_impact": "actual", "cause": None}, 2, 3, "this_week", ("home_harm_seen",)),
    "a brother's soiled bed, again": Told(
        of(child(42), child(1200, {"surface": "own_bed", "mattress": "soiled"}), cause=["unknown"]),
        3,
        3,
        "this_week",
        ("sleep_soiled_again",),
        {"earlier_findings_present": ["sleep_soiled_older"]},
    ),
    "a baby not seen for two weeks, with a plan to protect": Told(
        of(child(42, **UNSEEN), open_to="child_protection"), 4, 4, "tonight", ("child_unseen_protection",)
    ),
    "an older child's bed, and a new baby": Told(
        of(child(5)), 1, 1, "routine", ("earlier_soiled_bed",), {"findings_ever": ["sleep_soiled_older"]}
    ),
    "the effect was not asked about": Told(of(child(42, impact=None), adult_use=[CANNABIS]), 1, 4, "routine"),
    "one doze on a sofa": Told(of(child(BABY, beside(dozed="dozed_once", surface="sofa"))), 3, 3, "this_week", ("sleep_sofa",)),
    "a sofa, six units and cannabis": Told(of(child(BABY, SHARED_SOFA, gestation=240)), 4, 4, "tonight", ("sleep_sofa_substances",)),
    "a brother's soiled bed": Told(
        of(child(440, NIGHT | {"mattress": "soiled"}), child(30), cause=["unknown"]), 3, 3, "this_week", ("sleep_soiled_sibling",)
    ),
    "the same for want of money": Told(of(child(440, NIGHT | {"mattress": "soiled"}), child(30), cause=["money"]), 2, 2, "this_week"),
    "cannabis, effect not known": Told(
        of(child(BABY, impact="unknown", protection="said", protection_unusual=True), adult_use=[CANNABIS]),
        2,
        4,
        "this_week",
        ("substance_impact_unknown",),
    ),
    "cannabis, and nobody here uses anything": Told(
        of(child(BABY), adult_use=[CANNABIS]), 2, 4, "this_week", ("substance_impact_unknown",)
    ),
    "cannabis of the only carer": Told(
        of(child(BABY, impact="unknown", protection="none"), adult_use=[CANNABIS | {"sober_carer": "nobody"}]),
        3,
        4,
        "this_week",
        ("substance_only_carer_uses",),
    ),
    "an effect seen, protection only said": Told(
        of(child(BABY, impact="seen", protection="said", protection_unusual=True), adult_use=[CANNABIS]), 4, 4, "this_week"
    ),
    "a carer affected, nobody asked who else": Told(
        {"any_affected": True, "adult_use": [{"affected_today": True, "use_alone": False}]},
        2,
        4,
        "this_week",
        ("substance_adult_affected",),
    ),
    "slow decline": Told(
        {"room_living": "something", "floors": "minor", "warmth": "minor", "home_also": ["waste"], "waste": "minor", "home_impact": "none"},
        2,
        2,
        "this_week",
        ("home_slow_decline",),
        {"home_rises": 3, "home_last": 2, "home_best": 0},
    ),
    "friendly words, and nothing changes": Told(
        {"today": ["agreed"], "agreed_done": "none", "change": "same"},
        3,
        3,
        "this_week",
        ("engage_no_change_again",),
        {"earlier_findings_present": ["engage_no_change"]},
    ),
    "a good visit after the moment of a plan": Told(
        {}, 3, 3, "tonight", ("plan_moment_not_acted_on",), {"plan_open": True, "triggers_met": 1, "actions_not_done": 1}
    ),
    "food declined": Told(
        {
            "room_kitchen": "something",
            "kitchen": "good",
            "food": "severe",
            "home_also": ["nothing"],
            "home_impact": "likely",
            "cause": ["money"],
            "tonight_help": "declined",
        },
        4,
        4,
        "tonight",
    ),
    "severe and lasting": Told(
        {
            "room_living": "something",
            "floors": "severe",
            "warmth": "good",
            "home_also": ["nothing"],
            "home_impact": "actual",
            "cause": ["low_mood"],
        },
        4,
        4,
        "this_week",
        ("home_harms_again",),
        {"earlier_findings_present": ["home_harms"]},
    ),
    "through a relative": Told({"interpreter": "relative"}, 1, 4, "routine", ("interpreter_not_used",)),
    "put again, and the same": Told({"interpreter": "relative", "put_again": "same"}, 1, 1, "routine"),
}


@pytest.mark.parametrize("what", TOLD)
def test_a_home_visit_is_judged_as_the_brief_would(catalogue: Catalogue, what: str) -> None:
    told = TOLD[what]
    form = catalogue.current("home_visit")
    own = {"children": [child(BABY)]} | told.answers
    people = {f"p{number}": born(row["age"], row["gestation"]) for number, row in enumerate(own["children"])}
    own["children"] = [
        {id: value for id, value in row.items() if id not in ("age", "gestation")} | {"person": f"p{number}"}
        for number, row in enumerate(own["children"])
    ]
    given = {"on": ON.isoformat(), "people": people, "history": QUIET | told.history}
    found = find(form, body_of(form, started_from(form, ordinary(form), own)), given)
    shown = {one.finding for one in found if one.state == "present" and not one.under}
    reached = level(found, catalogue.levels)
    assert (reached.at_least, reached.could_be, urgency(found)) == (told.least, told.most, told.soon), shown
    assert set(told.shown) <= shown
