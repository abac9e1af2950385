"""The stories that are shipped: each comes out as it expects, between them they fire every finding of every form in use, and no rule breaks
what no rule may break, for every answer taken out of every visit and for histories by chance. Both languages judge them alike."""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.decide.chance import SEED, chance_given
from tests.decide.tablet import Asked, ask_the_tablet
from tests.letter.checked import families, faults
from visitapp.cli import story as command
from visitapp.decide.findings import find, stood_for
from visitapp.decide.level import level, no_concern
from visitapp.decide.urgency import urgency
from visitapp.decide.visit import mapping
from visitapp.domain.documents import KINDS
from visitapp.domain.findings import Finding, Level
from visitapp.domain.nhs_number import is_nhs_number
from visitapp.flow.given import given
from visitapp.flow.stories.told import Told
from visitapp.formlang import Catalogue, Form, bundle
from visitapp.formlang.lint import JUDGING
from visitapp.letter.facts import LetterFacts
from visitapp.store import kept_visits

STORIES = Path(__file__).parents[2] / "forms" / "stories"
FILES = sorted(STORIES.glob("*.yaml"))
WHOLE = 40
"""One removal in so many is judged by every rule of the form, and not only by those that read the answer."""
MOST_PAGES = 500


@dataclass(frozen=True)
class Visit:
    """A visit of a story with the facts that it was judged with."""

    file: str
    form: Form
    body: dict[str, Any]
    given: dict[str, Any]

    @cached_property
    def found(self) -> list[Finding]:
        return find(self.form, self.body, self.given)

    @cached_property
    def alone(self) -> list[Finding]:
        """The same, before one stands for another."""
        return [one._replace(under="") for one in self.found]


@dataclass(frozen=True)
class Shipped:
    catalogue: Catalogue
    told: list[Told]
    visits: list[Visit]
    letters: list[LetterFacts]
    reading: dict[tuple[Form, str], Form] = field(default_factory=dict)
    places: dict[Form, dict[str, int]] = field(default_factory=dict)
    named: dict[Form, dict[str, frozenset[str]]] = field(default_factory=dict)

    def level(self, findings: list[Finding]) -> Level:
        return level(findings, self.catalogue.levels)

    def again(self, visit: Visit, body: dict[str, Any], facts: dict[str, Any], names: frozenset[str]) -> list[Finding]:
        """The findings once some answers or facts are otherwise: only what reads one of them by its name is judged again."""
        form = self._reading(visit.form, names)
        fresh = find(form, body, facts)
        kept = [one for one in visit.alone if one.finding not in form.rules]
        order = self._order(visit.form)
        return stood_for(visit.form, sorted([*kept, *(one._replace(under="") for one in fresh)], key=lambda one: order[one.finding]))

    def _named(self, form: Form) -> dict[str, frozenset[str]]:
        if form not in self.named:
            self.named[form] = {rule.code: _names(form, rule.tree) for rule in form.findings}
        return self.named[form]

    def _order(self, form: Form) -> dict[str, int]:
        if form not in self.places:
            self.places[form] = {rule.code: place for place, rule in enumerate(form.findings)}
        return self.places[form]

    def _reading(self, form: Form, names: frozenset[str]) -> Form:
        key = form, " ".join(sorted(names))
        if key not in self.reading:
            rules = tuple(rule for rule in form.findings if not names.isdisjoint(self._named(form)[rule.code]) or rule.each in names)
            self.reading[key] = replace(form, findings=rules)
        return self.reading[key]


def _names(form: Form, tree: Any) -> frozenset[str]:
    """Everything that a rule names: questions, scores with their questions, facts, and what decides whether a sensitive answer counts."""
    named: set[str] = set()
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple | list):
            waiting.extend(part)
        elif isinstance(part, str) and part not in named:
            named.add(part)
            if part in form.score:
                waiting.extend(form.score[part].of)
            if part in form.placed:
                waiting.append(form.placed[part][0].show_if or ())
                if form.placed[part][0].sensitive:
                    waiting.append(form.asked_properly or ())
    return frozenset(named)


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    told, visits, letters = [], [], []
    with command.staged() as stage:
        for path in FILES:
            with command.telling(stage, command.read(stage, path)) as (w, came):
                told.append(came)
                with w.engine.read() as tx:
                    for row in kept_visits.page(tx, 0, "0000", MOST_PAGES):
                        form = w.catalogue.form(row["form"], row["form_version"])
                        facts = given(w, tx, row["household"], row["occurred_on"], excluding=row["id"], before_seq=row["seq"])
                        visits.append(Visit(path.name, form, json.loads(row["body"]), json.loads(json.dumps(facts))))
                letters.extend(families(w)[-1:])
        return Shipped(stage.catalogue, told, visits, letters)


# --- what they say ------------------------------------------------------------------------------------------------------------------


def test_every_story_comes_out_as_it_expects(shipped: Shipped) -> None:
    assert len(FILES) >= 20
    unmet = [f"{one.story.file}:{bad.wanted.line}: {bad.wanted.words}; came out: {bad.came}" for one in shipped.told for bad in one.unmet]
    assert unmet == []


def test_the_letter_of_every_story_holds_as_a_file_each_kind_of_document_in_turn(shipped: Shipped) -> None:
    """Every kind for every story is in tests/soak."""
    kinds = list(KINDS)
    assert len(shipped.letters) > 40
    found = [fault for place, facts in enumerate(shipped.letters) for fault in faults(facts, kinds[place % len(kinds)])]
    assert found == []


def test_every_story_says_what_it_is_for_and_expects_something(shipped: Shipped) -> None:
    for one in shipped.told:
        assert sum(len(each.verdicts) for each in one.happened) + len(one.verdicts) >= 3, one.story.file
        assert "about:" in Path(one.story.file).read_text(), one.story.file


def test_between_them_they_fire_every_finding_of_every_form_in_use(shipped: Shipped) -> None:
    fired = {(visit.form, one.finding) for visit in shipped.visits for one in visit.found if one.state == "present"}
    newest = [shipped.catalogue.current(name) for name in dict.fromkeys(form.name for form in shipped.catalogue.forms)]
    missing = [f"{form.name}-{form.version}: {code}" for form in newest for code in form.rules if (form, code) not in fired]
    assert missing == []


def test_each_was_shown_on_the_tablet_as_the_service_judged_it(shipped: Shipped) -> None:
    for one in shipped.told:
        for each in one.happened:
            assert each.outcome.judged is None or each.outcome.judged.as_shown, (one.story.file, each.outcome.event.line)


def test_nobody_in_them_can_be_mistaken_for_somebody() -> None:
    judging = re.compile(r"\b(" + "|".join(map(re.escape, JUDGING)) + r")\b", re.IGNORECASE)
    for path in FILES:
        text = path.read_text()
        assert not judging.search(text), (path.name, judging.search(text))
        assert all(number.startswith("999") for number in re.findall(r"\b\d{10}\b", text) if is_nhs_number(number)), path.name
        assert all(re.fullmatch(r"(01632 960\d{3}|07700 900\d{3})", phone) for phone in re.findall(r"\b0\d{4} \d{6}\b", text)), path.name


# --- what no rule may break ---------------------------------------------------------------------------------------------------------


def leaves(answers: dict[str, Any], path: str = "") -> Iterator[tuple[dict[str, Any], str, str]]:
    """Every answer: what holds it, its id there, and its path."""
    for id, answer in list(answers.items()):
        yield answers, id, path + id
        for row in answer.get("rows", []):
            yield from leaves(row["answers"], f"{path}{id}/{row['id']}/")


def removed(visit: Visit) -> Iterator[tuple[dict[str, Any], str, frozenset[str]]]:
    """The answers without each of them in turn, with its path and every question whose answer went with it."""
    body = copy.deepcopy(visit.body)
    for holder, id, path in leaves(body["answers"]):
        answer = holder.pop(id)
        inside = {one for row in answer.get("rows", []) for _, one, _ in leaves(row["answers"])}
        yield body, path, frozenset({id, *inside})
        holder[id] = answer


def _under(reason: str, path: str) -> bool:
    return reason == path or reason.startswith(path + "/")


def reasons(findings: list[Finding]) -> set[str]:
    return {reason for one in findings if one.state == "present" for reason in one.because}


def test_taking_out_any_answer_of_any_story_never_reassures(shipped: Shipped) -> None:
    """It never lowers what it could be; unless it was a reason it never lowers what it is at least; and "no concern" is never said
    while it could be three."""
    taken = 0
    for visit in shipped.visits:
        before, why = shipped.level(visit.found), reasons(visit.found)
        for body, path, names in removed(visit):
            found = shipped.again(visit, body, visit.given, names)
            if taken % WHOLE == 0:
                assert found == find(visit.form, body, visit.given), (visit.file, path)
            after = shipped.level(found)
            assert after.could_be >= before.could_be, (visit.file, visit.body["occurred_on"], path)
            if not any(_under(reason, path) for reason in why):
                assert after.at_least >= before.at_least, (visit.file, visit.body["occurred_on"], path)
            assert not (no_concern(after) and after.could_be >= 3)
            taken += 1
    assert taken > 5_000


def test_histories_by_chance_never_reassure_when_a_fact_is_not_known(shipped: Shipped) -> None:
    random = Random(SEED)
    for visit in shipped.visits:
        history = mapping(mapping(chance_given(random)).get("history"))
        facts = json.loads(json.dumps({**visit.given, "history": history}))
        chance = Visit(visit.file, visit.form, visit.body, facts)
        before, why = shipped.level(chance.found), reasons(chance.found)
        for name in facts["history"]:
            without = {**facts, "history": {one: value for one, value in facts["history"].items() if one != name}}
            after = shipped.level(shipped.again(chance, visit.body, without, frozenset({name})))
            assert after.could_be >= before.could_be, (visit.file, name, SEED)
            if f"given/history/{name}" not in why:
                assert after.at_least >= before.at_least, (visit.file, name, SEED)


# --- both languages -----------------------------------------------------------------------------------------------------------------


def test_both_languages_judge_them_alike(shipped: Shipped) -> None:
    """Each visit as it was made, and once more without an answer taken by chance."""
    random, asked, ours = Random(SEED), [], []
    for visit in shipped.visits:
        body = copy.deepcopy(visit.body)
        holder, id, _ = random.choice(list(leaves(body["answers"])))
        del holder[id]
        asked += [Asked(f"{visit.form.name}-{visit.form.version}", one, visit.given) for one in (visit.body, body)]
        ours += [visit.found, find(visit.form, body, visit.given)]
    bundles = {f"{form.name}-{form.version}": bundle(form, shipped.catalogue.levels) for form in shipped.catalogue.forms}
    told = ask_the_tablet(bundles, asked)["answers"]
    for question, found, answer in zip(asked, ours, told, strict=True):
        assert answer["findings"] == [one.as_json() for one in found], question.bundle
        assert answer["level"] == shipped.level(found).as_json()
        assert answer["urgency"] == urgency(found)
