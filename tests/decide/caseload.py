"""A realistic caseload for the home visit form: families of one child or two, each an ordinary visit with what chance changes in it. Shares
are published where the clinical brief has them and guessed, rather too high, where it has not; each stands beside its source."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from visitapp.formlang.kinds import HISTORY
from visitapp.formlang.model import Form, Question
from visitapp.formlang.ordinary import ordinary, started_from

ON = date(2026, 11, 22)
Row = dict[str, Any]
Shares = Mapping[str, tuple[float, float, str]]

SHARES: Shares = {
    # name: (families at large, families in difficulty, source)
    "in_difficulty": (0.06, 0.06, "4 to 7% of families are referred in a year (brief 7.4, judgement)."),
    "second_child": (0.5, 0.6, "Guess: half of the families visited have an older child under school age."),
    # sleep, of children under two
    "co_slept": (
        0.36,
        0.45,
        "36% of cases and 15% of controls (brief 1.3, blair-2014); a third had dozed off (1.2, lullaby-40). The higher.",
    ),
    "hazardous": (0.40, 0.60, "40% of parents had co-slept in a hazardous way (brief 1.2, lullaby-40); here of those who shared."),
    "beside_drink_or_drugs": (
        0.50,
        0.60,
        "3% of controls, of the 15% who shared, so half of the hazardous 40% (brief 1.3, blair-2009, blair-2014).",
    ),
    "two_units": (0.5, 0.8, "Guess: half of those who drank had two units or more."),
    "on_sofa": (0.07, 0.15, "1% of controls, of the 15% who shared (brief 1.3, blair-2009)."),
    "on_front": (0.03, 0.06, "Guess, above what surveys of the well find; 15.6% of those who died (brief 1.4, pease-2023)."),
    "loose_bedding": (0.20, 0.35, "A pillow in about a fifth (brief 1.3, blair-2009)."),
    "other_room": (0.15, 0.15, "Guess; of babies under six months."),
    "soiled_bed": (0.01, 0.15, "Guess."),
    "no_place_tonight": (0.004, 0.03, "Guess."),
    "born_early": (0.08, 0.12, "General knowledge: 8% of births; 29.6% of those who died (brief 1.4, pease-2023)."),
    "small": (0.07, 0.10, "General knowledge: 7% of births; 30.5% of those who died (brief 1.4, pease-2023)."),
    # what adults take, each adult
    "smokes": (0.15, 0.45, "General knowledge: about one adult in seven; 62.5% where a baby died (brief 1.1, ncmd-vuln)."),
    "alcohol": (0.60, 0.70, "General knowledge."),
    "five_on_audit_c": (0.25, 0.35, "General knowledge: about a quarter of adults score five or more (brief 4.1 for the score)."),
    "cannabis": (0.06, 0.25, "General knowledge; drug misuse 26.6% where a baby died (brief 1.4, ncmd-vuln)."),
    "other_drugs": (0.01, 0.08, "General knowledge."),
    "affected_today": (0.001, 0.02, "Guess."),
    "effect_possible": (0.03, 0.25, "Guess; of families in which something is used."),
    "effect_seen": (0.004, 0.10, "Guess; of families in which something is used."),
    "protection_seen": (0.3, 0.2, "Guess."),
    "nobody_sober_tonight": (0.004, 0.02, "Guess."),
    # the home
    "want": (0.12, 0.40, "Guess: money, a landlord or too little room stands behind something in the home."),
    "untidy": (0.25, 0.40, "Guess."),
    "severe_home": (0.002, 0.12, "Guess; neglect is the reason for 48.1% of protection plans (brief 5.7, cin-2017)."),
    "no_food_tonight": (0.003, 0.02, "Guess."),
    "stairs": (0.25, 0.25, "Guess."),
    "medicines_in_reach": (0.03, 0.08, "Guess."),
    "drugs_in_reach": (0.0005, 0.01, "Guess."),
    "bedroom_not_seen": (0.10, 0.10, "Guess."),
    "bedroom_not_shown": (0.01, 0.06, "Guess."),
    # being let in and being seen
    "asleep": (0.30, 0.30, "Guess; of babies under one."),
    "baby_elsewhere": (0.01, 0.04, "Guess."),
    "at_nursery": (0.35, 0.25, "Guess; of children of two and more."),
    "interpreter": (0.08, 0.08, "Guess."),
    "relative_interprets": (0.2, 0.2, "Guess; of those who need one."),
    "not_alone": (0.4, 0.5, "Guess; each adult who is there."),
    "missed_one": (0.10, 0.40, "No-access attempts are 5 to 10% of visits (brief 7.4, judgement)."),
    "missed_two": (0.02, 0.15, "Guess."),
    "early_help": (0.03, 0.25, "Guess."),
    "child_in_need": (0.01, 0.20, "Guess; 640,430 referrals a year, 29.9% assessed as not in need (brief 5.7, cin-2023)."),
    "child_protection": (0.002, 0.06, "Guess."),
    # the child's health
    "unwell_no_advice": (0.01, 0.02, "Guess; half of the babies who died were unwell that day (brief 1.1, ncmd-vuln)."),
    "baby_marked": (0.006, 0.02, "General knowledge: about 1% of babies who do not move have a bruise."),
    "birthmark": (0.10, 0.10, "General knowledge."),
    "graze": (0.25, 0.30, "Guess; of children who walk."),
    "feeding_worry": (0.08, 0.15, "Guess: followed by somebody."),
    "feeding_alone": (0.015, 0.06, "Guess: followed by nobody."),
    "feeding_urgent": (0.001, 0.003, "Guess."),
    "weight_fallen": (0.05, 0.10, "Guess: one centile space."),
    "vaccines_late": (0.10, 0.25, "Guess."),
    "slow_response": (0.02, 0.12, "Guess."),
    "left_or_rough": (0.001, 0.04, "Guess."),
}

AGES = (((10, 14), 22), ((42, 56), 22), ((15, 365), 30), ((270, 456), 13), ((730, 912), 13))
"""Age of the youngest at a home visit: the five contacts and the visits between them (brief 7.1, 7.3, 7.4)."""
NO_HISTORY = {name: 0 if reads == "number" else False if reads == "truth" else [] for name, reads in HISTORY.items()}


@dataclass(frozen=True)
class Family:
    """One visit as it is written in a form's cases: answers, what is known of each child's birth, and the history."""

    answers: Row
    people: Row
    history: Row


@dataclass
class Chance:
    """Draws by the shares above, one column of them for the whole family."""

    random: Random
    difficulty: bool = False
    ages: list[int] = field(default_factory=list)

    def so(self, name: str) -> bool:
        return self.random.random() < SHARES[name][1 if self.difficulty else 0]


def families(form: Form, seed: int, count: int) -> Iterator[Family]:
    random = Random(seed)
    for _ in range(count):
        yield _family(form, Chance(random, random.random() < SHARES["in_difficulty"][0]))


def body_of(form: Form, answers: Row) -> Row:
    """Answers written shortly as the body of a visit."""
    return {"occurred_on": ON.isoformat(), "answers": {id: _answer(form.question(id), value, id) for id, value in answers.items()}}


def given_of(family: Family) -> Row:
    return {"on": ON.isoformat(), "people": family.people, "history": family.history}


def born(age: int, gestation: int = 280) -> Row:
    seen_on = (ON - timedelta(days=min(age, 14))).isoformat()
    return {
        "born_on": (ON - timedelta(days=age)).isoformat(),
        "due_on": None,
        "gestation_days": gestation,
        "seen_on": seen_on,
        "home_on": None,
    }


def said(answer: Any) -> Any:
    """The value of an answer, however it is written."""
    return answer.get("value") if isinstance(answer, dict) else answer


def _answer(question: Question, value: Any, path: str) -> Row:
    if question.kind != "rows":
        return value if isinstance(value, dict) else {"value": value}
    rows = [_row(question, row, f"{path}-{number}") for number, row in enumerate(value)]
    return {"rows": rows, "complete": True}


def _row(question: Question, written: Row, path: str) -> Row:
    inner = {one.id: one for one in question.questions}
    answers = {id: _answer(inner[id], value, f"{path}-{id}") for id, value in written.items() if id != "person" and value is not None}
    return {"id": path, "person": written.get("person"), "answers": answers}


# --- one family ---------------------------------------------------------------------------------------------------------------


def _family(form: Form, c: Chance) -> Family:
    ((low, high),) = c.random.choices([ages for ages, _ in AGES], [weight for _, weight in AGES])
    c.ages = [c.random.randint(low, high)]
    if c.so("second_child"):
        c.ages.append(c.ages[0] + c.random.randint(365, 1000))
    own: Row = {
        "children": [{"person": f"p{number}"} for number, _ in enumerate(c.ages)],
        "adults": [{"person": f"a{number}"} for number in range(2)],
        "adult_use": [{"person": f"a{number}"} for number in range(2)],
    }
    answers = started_from(form, ordinary(form), own)
    people = {f"p{number}": born(age, 245 if c.so("born_early") else 280) for number, age in enumerate(c.ages)}
    history = NO_HISTORY | {"days_since_child_seen": 14, "open_to": ["nobody"], "announced_visits": 3, "lead_named": True}
    for change in CHANGES:
        change(c, answers, history)
    return Family(answers, people, history)


def _children(c: Chance, answers: Row) -> Iterator[tuple[Row, int]]:
    yield from zip(answers["children"], c.ages, strict=True)


def _sleep(c: Chance, answers: Row, _: Row) -> None:
    for child, age in _children(c, answers):
        night = child["nights"][0]
        if c.so("soiled_bed"):
            night["mattress"] = c.random.choice(["soiled", "wet"])
        if c.so("no_place_tonight"):
            child["tonight_place"] = "none"
        if age >= 730:
            night["surface"] = "own_bed"
            continue
        child["low_birth_weight"] = c.so("small")
        if c.so("loose_bedding"):
            night["bedding"] = ["blanket", c.random.choice(["pillow", "duvet", "soft_toys"])]
        if c.so("other_room"):
            night["room"] = "other"
        if c.so("on_front"):
            night |= {"put_down": "front", "swaddled": False, "reply": "other_way"}
        if c.so("co_slept"):
            _shared(c, child, night)


def _shared(c: Chance, child: Row, night: Row) -> None:
    risky, sofa = c.so("hazardous"), c.so("on_sofa")
    drank = risky and c.so("beside_drink_or_drugs")
    taken = "alcohol" if c.random.random() < 0.85 else "drugs"
    sharer: Row = {
        "who": "mother",
        "taken": [taken] if drank else ["nothing"],
        "smoker": risky and not drank and c.so("smokes"),
        "exhausted": risky,
    }
    if drank and taken == "alcohol":
        sharer["alcohol_units"] = 4 if c.so("two_units") else 1
    planned = c.random.choice(["planned", "dozed_once", "dozed_often"])
    night |= {"surface": "sofa" if sofa else "adult_bed", "shared": True, "dozed": planned, "sharers": [sharer], "reply": "other_way"}
    if planned == "planned" and not sofa:
        child["tonight_place"] = "shared"


def _substances(c: Chance, answers: Row, _: Row) -> None:
    for adult in answers["adult_use"]:
        uses = [code for code in ("alcohol", "cannabis", "other_drugs") if c.so(code)]
        adult["smokes"] = "smokes" if c.so("smokes") else "neither"
        if c.so("affected_today"):
            answers["any_affected"] = adult["affected_today"] = True
        if uses:
            adult |= {
                "uses": uses,
                "use_pattern": "weekly" if c.so("five_on_audit_c") else "monthly",
                "use_last": "week",
                "use_when": "asleep",
            }
            adult |= {"use_where": "outside", "sober_carer": c.random.choice(["seen", "always", "always"]), "treatment": "not_needed"}
            adult |= {} if uses == ["alcohol"] else {"storage": "locked_said", "use_alone": False}
    if any(said(adult["uses"]) != ["nothing"] for adult in answers["adult_use"]):
        for child, _age in _children(c, answers):
            child["impact"] = "seen" if c.so("effect_seen") else "possible" if c.so("effect_possible") else "none"
            child["protection"] = "seen" if c.so("protection_seen") else "said"
    if c.so("nobody_sober_tonight"):
        answers["tonight_carer"] = "will_use"


ROOM_OF = {"beds": "sleep", "kitchen": "kitchen", "food": "kitchen", "bathroom": "bathroom", "floors": "living", "warmth": "living"}
"""What is asked of a room wherever something is to be said of it; everything else is asked once it was ticked."""


def something(answers: Row, **states: str) -> None:
    """Say something of the home: the state of each item named, with its room; what else is asked of that room is good."""
    rooms = {ROOM_OF.get(item, "living") for item in states}
    answers |= {f"room_{room}": "something" for room in rooms}
    answers |= {item: "good" for item, room in ROOM_OF.items() if room in rooms and item not in answers}
    ticked = set(answers.get("home_also", [])) | {item for item in states if item not in ROOM_OF}
    answers |= {"home_also": sorted(ticked - {"nothing"}) or ["nothing"], "home_impact": answers.get("home_impact", "none")} | states


def _home(c: Chance, answers: Row, _: Row) -> None:
    if c.so("untidy"):
        something(answers, floors="minor", clutter="minor", waste="minor")
    if c.so("want"):
        something(answers, beds="moderate", damp="moderate")
        answers |= {"cause": [c.random.choice(["money", "landlord", "crowding"])], "help_taken": "offered"}
    if c.so("severe_home"):
        something(answers, floors="severe", waste="severe")
        answers |= {"home_impact": c.random.choice(["likely", "actual"]), "cause": [c.random.choice(["low_mood", "not_shown", "unknown"])]}
    if c.so("no_food_tonight"):
        something(answers, food="severe")
        answers |= {"cause": ["money"], "tonight_help": "arranged", "home_impact": "likely"}
    if c.so("bedroom_not_seen"):
        answers["room_sleep"] = "not_shown" if c.so("bedroom_not_shown") else "not_seen"
    reach = {"stairs": "stairs", "medicines_in_reach": "medicines", "drugs_in_reach": "drugs"}
    if hazards := [code for name, code in reach.items() if c.so(name)]:
        answers |= {"hazards": hazards, "made_safe": "seen" if c.random.random() < 0.5 else "not"}
        answers["home_impact"] = answers.get("home_impact", "none")


def _engagement(c: Chance, answers: Row, history: Row) -> None:
    answers["contact"] = "extra"
    for child, age in _children(c, answers):
        asleep = age < 365 and c.so("asleep")
        away = c.so("at_nursery") if age >= 730 else c.so("baby_elsewhere")
        child["seen"] = "not_seen" if away else "asleep" if asleep else "awake"
    for number, adult in enumerate(answers["adults"]):
        adult["met"] = "not_there" if number else "not_alone" if c.so("not_alone") else "alone"
    if c.so("interpreter"):
        answers["interpreter"] = "relative" if c.so("relative_interprets") else "professional"
    for plan in ("early_help", "child_in_need", "child_protection"):
        if c.so(plan):
            answers["open_to"] = plan
            history["open_to"] = [plan]
    missed = 2 if c.so("missed_two") else 1 if c.so("missed_one") else 0
    history |= {"visits_not_completed_90d": missed, "not_completed_recent": missed, "not_completed_since_seen": missed, "no_answer": missed}


def _health(c: Chance, answers: Row, _: Row) -> None:
    for child, age in _children(c, answers):
        child["mobility"] = "not_mobile" if age < 120 else "rolling" if age < 240 else "crawling" if age < 365 else "walking"
        child["unwell"] = "not_seen_by_doctor" if c.so("unwell_no_advice") else "well"
        if c.so("graze") if age >= 365 else c.so("baby_marked"):
            child |= {"mark": "not_documented", "mark_where": ["left_leg"], "mark_told": "fits"}
        elif c.so("birthmark"):
            child["mark"] = "documented"
        worry = "urgent" if c.so("feeding_urgent") and age < 183 else "worry_not_followed" if c.so("feeding_alone") else "worry_followed"
        child["feeding"] = worry if worry != "worry_followed" or c.so("feeding_worry") else "growing"
        child["weight_course"] = "fallen_one" if c.so("weight_fallen") else "steady"
        child["immunised"] = "late" if c.so("vaccines_late") else "up_to_date"
        seen = ["rough"] if c.so("left_or_rough") else ["slow"] if c.so("slow_response") else ["warm", "content"]
        child["response"] = None if child["seen"] == "not_seen" else seen


CHANGES: tuple[Callable[[Chance, Row, Row], None], ...] = (_sleep, _substances, _home, _engagement, _health)
