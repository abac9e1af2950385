"""The tablet and the service find the same: every worked case of every form, and many thousand random rules over random visits."""

import json
from random import Random
from typing import Any

import pytest

from tests.decide.chance import DATES, SEED, chance_body, chance_given
from tests.decide.chance_forms import chance_form
from tests.decide.tablet import Asked, ask_the_tablet
from visitapp.decide.ask import to_ask
from visitapp.decide.evaluate import OPERATORS, visit_of
from visitapp.decide.findings import find, find_one
from visitapp.decide.level import level
from visitapp.decide.score import scores
from visitapp.decide.urgency import urgency
from visitapp.formlang import Catalogue, FindingRule, Form, bundle
from visitapp.formlang.cases import Case
from visitapp.formlang.model import Levels
from visitapp.formlang.rules import Known, compile_rule

EVALUATIONS = 20_000
MOST = 3
BIRTHS = [*DATES, "2026-11-21", "2026-11-23", "2025-11-22", "2026-11-01"]


def test_every_worked_case_says_the_same_in_both(worked: list[tuple[Form, Case]], catalogue: Catalogue) -> None:
    bundles = {form.hash: bundle(form, catalogue.levels) for form in catalogue.forms}
    told = ask_the_tablet(bundles, [Asked(form.hash, case.body, case.given, only=case.finding) for form, case in worked])
    assert set(told["operators"]) == set(OPERATORS)
    for (form, case), answer in zip(worked, told["answers"], strict=True):
        ours = [one.as_json() for one in find_one(form, case.finding, case.body, case.given)]
        assert ours[0]["state"] == case.state, f"{form.file}:{case.line} {case.finding}"
        assert answer["findings"] == ours, f"{form.file}:{case.line} {case.finding}"


def test_random_rules_over_random_visits_say_the_same(catalogue: Catalogue) -> None:
    assert compare(catalogue, SEED, of_each=21) >= EVALUATIONS


def compare(catalogue: Catalogue, seed: int, of_each: int = 40) -> int:
    """Judge so many random visits of each form by random rules in both languages; how many findings were compared."""
    random, compared = Random(seed), 0
    current = {form.name: catalogue.current(form.name) for form in catalogue.forms}
    home = current["home_visit"]
    forms = [*current.values(), *(chance_form(random, home) for _ in range(12))]
    bundles = {str(number): bundle(form, catalogue.levels) for number, form in enumerate(forms)}
    visits = [_chance_visit(random, number % len(forms), forms[number % len(forms)]) for number in range(len(forms) * of_each)]
    told = ask_the_tablet(bundles, visits)["answers"]
    for visit, answer in zip(visits, told, strict=True):
        compared += _same(forms[int(visit.bundle)], visit, answer, catalogue.levels, seed)
    return compared


EDGES = [
    "age_days >= 0",
    "corrected_age_days < age_days",
    "corrected_age_days < 0",
    "age_days == 365",
    "days_home <= 1",
    "days_to_due < -1",
]


@pytest.mark.parametrize("rule", [*EDGES, "days_since_seen == 0", "days_to_due == days_home"])
def test_ages_at_their_edges_are_the_same(catalogue: Catalogue, rule: str) -> None:
    home = catalogue.current("home_visit")
    tree = compile_rule(rule, {"children": Known(home.question("children"), None)}, "children")
    finding = FindingRule("age", "sleep", "children", rule, tree, "advise", 1, "w", "a", "s", False)
    form = Form(home.name, 1, "", home.title, home.kind, home.sections, (finding,))
    row = {"id": "r", "person": "p1", "answers": {}}
    early = (None, 0, 258, 259, 260, 280, 300)
    people = [
        {"born_on": day, "seen_on": day, "home_on": day, "due_on": due, "gestation_days": days}
        for day, due in zip(BIRTHS, reversed(BIRTHS), strict=True)
        for days in early
    ]
    visits = [
        Asked("ages", {"occurred_on": day, "answers": {"children": {"rows": [row], "complete": True}}}, {"people": {"p1": person}})
        for person in people
        for day in DATES
    ]
    told = ask_the_tablet({"ages": bundle(form, catalogue.levels)}, visits)["answers"]
    assert [answer["findings"] for answer in told] == [[one.as_json() for one in find(form, asked.body, asked.given)] for asked in visits]


def _same(form: Form, visit: Asked, answer: dict[str, Any], levels: Levels, seed: int) -> int:
    findings = find(form, visit.body, visit.given)
    ours = [one.as_json() for one in findings]
    where = json.dumps({"body": visit.body, "given": visit.given})
    for rule, theirs in zip(ours, answer["findings"], strict=True):
        assert rule == theirs, f"{form.rules[rule['finding']].when}\n{where}\nseed {seed}"
    reached = level(findings, levels)
    assert answer["level"] == reached.as_json()
    assert answer["scores"] == [one.as_json() for one in scores(form, visit.body, visit.given)], f"{where}\nseed {seed}"
    assert answer["to_ask"] == [one.as_json() for one in to_ask(findings, reached, levels, MOST)], f"{where}\nseed {seed}"
    assert answer["otherwise"] == [], "an answer changed a finding that was not judged again"
    assert answer["urgency"] == urgency(findings)
    assert dict(answer["shown"]) == _shown(form, visit)
    return len(ours)


def _shown(form: Form, asked: Asked) -> dict[str, bool | None]:
    """What is shown, worked out here from the same trees."""
    visit = visit_of(form, asked.body, asked.given)
    found: dict[str, bool | None] = {}

    def walk(questions: Any, scope: Any) -> None:
        for question in questions:
            if question.show_if:
                found[scope.path + question.id] = visit.evaluate(question.show_if, scope).value
            for row in visit.rows(question.id, scope).scopes if question.kind == "rows" else ():
                walk(question.questions, row)

    for section in form.sections:
        walk(section.questions, visit.top)
    return found


def _chance_visit(random: Random, bundle_number: int, form: Form) -> Asked:
    return Asked(str(bundle_number), json.loads(json.dumps(chance_body(random, form))), json.loads(json.dumps(chance_given(random))))
