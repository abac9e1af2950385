"""What lint says of scores, sensitive and carried questions, duties and findings that stand for others, each with its line."""

from pathlib import Path

import pytest

from tests.formlang import small
from visitapp.formlang.forms import read_form
from visitapp.formlang.lint import lint

POLICY = """\
name: standard
version: 2
settings:
  soon: {value: 2, units: hours, source: A test.}
  how_many: {value: 2, units: count, source: A test.}
"""
DUTY = "    duties: [{what: See them again., within: soon, kind: see, owner: practitioner}]\n"
SCORE = """\
scores:
  - id: badness
    title: How badly
    measure: visit.badness
    max: 3
    of: {outcome: {well: 0, badly: 3}}
    source: A test.
findings:
"""
SECOND = """\
  - code: badly
    area: home
    when: badness >= 2
    severity: this_week
    level: 3
    stands_for: [alcohol]
    wording: It went badly.
    ask: How did it go?
    source: A test.
---
cases:
  badly:
    - present: {outcome: badly}
    - absent: {outcome: well}
    - cannot_tell: {}
"""
ASKED = "kind: visit\nasked_properly: \"outcome == 'well'\"\nsections:"
OUTCOME = "- {id: outcome, kind: choice, label: How did it go?, letter: Outcome, options: {well: Well, badly: Badly}}"
SHARED = "- {id: shared, kind: yes_no, label: Did anybody share?, letter: Shared}"
CAREFUL = SHARED.replace("yes_no,", "yes_no, sensitive: true,")
FORM = (
    small.FORM.replace("findings:\n", SCORE)
    .replace("    severity: this_week\n", f"    severity: this_week\n{DUTY}")
    .replace("---\ncases:\n", SECOND)
    .replace("kind: visit\nsections:", ASKED)
    .replace(SHARED, CAREFUL.replace("yes_no,", "yes_no, carry: true, measure: child.shared,"))
    .replace("{children: [{shared: false}]}", "{outcome: well, children: [{shared: false}]}")
)


def faults(folder: Path, text: str) -> list[str]:
    small.write(folder, POLICY, "policy/standard-2.yaml")
    small.write(folder, POLICY.replace("version: 2", "version: 1").replace("soon", "later"), "policy/standard-1.yaml")
    small.write(folder, text)
    return [fault.message for fault in lint(folder)]


def test_the_form_with_every_key_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, FORM) == []
    form, _ = read_form(tmp_path / "small-1.yaml", FORM.encode())
    assert form.rules["badly"].stands_for == ("alcohol",)
    assert [(duty.within, duty.kind, duty.owner) for duty in form.rules["alcohol"].duties] == [("soon", "see", "practitioner")]
    assert [(score.id, score.measure, score.rows, dict(score.of["outcome"])) for score in form.scores] == [
        ("badness", "visit.badness", None, {"well": 0, "badly": 3}),
    ]  # fmt: skip
    assert (form.question("shared").carry, form.question("shared").sensitive, form.asked_when) == (True, True, "outcome == 'well'")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("within: soon", "within: at_leisure", "not a time of the newest policy"),
        ("within: soon", "within: later", "not a time of the newest policy"),
        ("within: soon", "within: how_many", "not a time of the newest policy"),
        (", within: soon", "", "'within' is missing"),
        ("kind: see", "kind: look", "'look' is not one of do, see, tell"),
        ("owner: practitioner", "owner: somebody", "'somebody' is not one of practitioner"),
        ("{well: 0, badly: 3}", "{well: 0}", "'badly' is missing"),
        ("{well: 0, badly: 3}", "{well: 0, badly: 3, other: 1}", "'other' is not a key"),
        ("{well: 0, badly: 3}", "{well: 0, badly: many}", "must be a whole number"),
        ("{well: 0, badly: 3}", "{well: -1, badly: 3}", "must be from 0 to 100"),
        ("max: 3", "max: 4", "the highest points add up to 3"),
        ("of: {outcome: {well: 0, badly: 3}}", "of: {}", "at least one question"),
        ("of: {outcome: {well: 0, badly: 3}}", "of: {said: {well: 0, badly: 3}}", "'said' is not a choice"),
        ("of: {outcome:", "of: {shared: {yes: 1}, outcome:", "'shared' is not a choice"),
        ("of: {outcome:", "of: {taken: {alcohol: 0, drugs: 0, nothing: 0, not_all: 0}, outcome:", "stand in the same rows"),
        ("badly: 3}}\n    source: A test.\n", "badly: 3}}\n", "'source' is missing"),
        ("id: badness", "id: outcome", "used already"),
        ("id: badness", "id: history", "used already"),
        ("badness >= 2", "badness >= 4", "the answer never changes"),
        ("badness >= 2", "badness >= 0", "the answer never changes"),
        ("badness >= 2", "badness == 7", "the answer never changes"),
        ("badness >= 2", "badness in [2, 3]", "compare it with one number"),
        ("badness >= 2", "badness", "not a yes or no"),
        ("badness >= 2", "badness >= history.home_best + 2.5", "only a whole number can be added"),
        ("badness >= 2", "badness >= 2 - history.home_best", "only a whole number can be added"),
        ("badness >= 2", "badness + 1 >= history.home_best", "not something that can be compared"),
        ("badness >= 2", "badness >= 1 + 1", "can only be added to what is named"),
        ("carry: true, measure: child.shared,", "carry: true,", "needs a 'measure'"),
        ("carry: true, measure", "carry: [shared], measure", "Only a choice carries some of its codes"),
        ("label: How did it go?,", "label: How did it go?, measure: visit.went, carry: [wel],", "'wel' is not one of well, badly"),
        ("label: How did it go?,", "label: How did it go?, carry: [well],", "needs a 'measure'"),
        (ASKED, "kind: visit\nsections:", "says with 'asked_properly'"),
        ("outcome == 'well'\"\nsections", "outcom == 'well'\"\nsections", "'outcom' is not a question"),
        ("outcome == 'well'\"\nsections", "some(children, shared)\"\nsections", "not sensitive, and not"),
        ("outcome == 'well'\"\nsections", "history.plan_open\"\nsections", "not sensitive, and not 'plan_open'"),
        ("kind: date, label", "kind: date, sensitive: true, label", "cannot be sensitive"),
        ("kind: choice, label: How", "kind: choice, sensitive: true, label: How", "says which of its options"),
        ("{well: Well, badly", "{well: {label: Well, reassures: true}, badly", "belongs to the options of a sensitive choice"),
        ("kind: date, label", "kind: date, layout: body_map, label", "cannot be drawn as"),
        ("kind: date, label", "kind: date, layout: spiral, label", "'spiral' is not one of body_map"),
        ("stands_for: [alcohol]", "stands_for: [alcohool]", "'alcohool' is not a finding"),
        ("stands_for: [alcohol]", "stands_for: [badly]", "cannot stand for itself"),
        ("stands_for: [alcohol]", "stands_for: alcohol", "must be a list"),
        ("    level: 2", "    level: 2\n    stands_for: [badly]", "'badly' is graver than 'alcohol'"),
        ("    level: 2", "    level: 3\n    stands_for: [badly]", "stand for each other"),
        ("{child} shared", "{adult} shared", "Only {child} and {adult}"),
        ("wording: It went badly.", "wording: \"{adult} went.\"", "Only {child} and {adult}"),
        ("kind: visit\n", "kind: party\n", "'party' is not one of visit"),
    ],
)  # fmt: skip
def test_a_fault_of_a_new_key_is_said(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in FORM
    found = faults(tmp_path, FORM.replace(before, after, 1))
    assert [message for message in found if words in message], found


def test_without_a_policy_nobody_could_say_by_when(tmp_path: Path) -> None:
    small.write(tmp_path, FORM)
    assert [fault.message for fault in lint(tmp_path)] == ["'soon' is not a time of the newest policy, so nobody could say by when."]


def test_a_finding_for_each_adult_may_name_them(tmp_path: Path) -> None:
    assert faults(tmp_path, FORM.replace("of: child", "of: adult").replace("{child} shared", "{adult} shared")) == []


@pytest.mark.parametrize("kind", ["antenatal", "information"])
def test_there_are_forms_of_other_kinds(tmp_path: Path, kind: str) -> None:
    assert faults(tmp_path, FORM.replace("kind: visit\n", f"kind: {kind}\n")) == []


@pytest.mark.parametrize("gate", ["age_days < 365", "corrected_age_days < 183", "history.plan_open", "'gp' in history.open_to"])
def test_a_question_may_be_asked_only_of_a_baby_or_where_something_is_known(tmp_path: Path, gate: str) -> None:
    text = FORM.replace("kind: date, label", f'kind: date, show_if: "{gate}", label', 1)
    assert faults(tmp_path, text) == []
    form, _ = read_form(tmp_path / "small-1.yaml", text.encode())
    assert form.question("seen_on").shown_when == gate


TERMS = FORM.replace("scores:\n", "terms:\n  drank: \"'alcohol' in taken\"\n  somebody_drank: some(sharers, drank)\nscores:\n", 1).replace(
    "when: some(sharers, 'alcohol' in taken)", "when: somebody_drank", 1
)


def test_a_rule_may_say_a_term_and_is_the_same_rule(tmp_path: Path) -> None:
    assert faults(tmp_path, TERMS) == []
    with_terms, _ = read_form(tmp_path / "small-1.yaml", TERMS.encode())
    without, _ = read_form(tmp_path / "small-1.yaml", FORM.encode())
    assert with_terms.rules["alcohol"].tree == without.rules["alcohol"].tree
    assert with_terms.rules["alcohol"].when == "somebody_drank"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("  drank:", "  never_said: shared\n  drank:", "used by no rule"),
        ("  drank:", "  shared:", "cannot be a term"),
        ("  drank:", "  history:", "cannot be a term"),
        ("  drank: \"'alcohol' in taken\"", "  drank: \"'alcohol' in\"", "cannot be read as a rule"),
        ("some(sharers, drank)", "some(sharers, somebody_drank)", "'somebody_drank' does not stand before it"),
        ("'alcohol' in taken", "'alcohool' in taken", "'alcohool' is not one of the codes"),
    ],
)
def test_a_fault_of_a_term_is_said(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in TERMS
    found = faults(tmp_path, TERMS.replace(before, after, 1))
    assert [message for message in found if words in message], found
