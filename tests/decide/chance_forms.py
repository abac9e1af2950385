"""A form of the house with chance laid over it: questions made sensitive, scores over its choices, findings of random rules that stand
for one another. What the language can say is then tried on shapes that nobody thought of."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from types import MappingProxyType

from tests.decide.chance import chance_rule
from visitapp.domain.findings import AREAS, SEVERITIES
from visitapp.formlang.kinds import SENSITIVE_KINDS
from visitapp.formlang.model import FindingRule, Form, Question, Score
from visitapp.formlang.rules import Known, compile_rule
from visitapp.formlang.scoring import most_points
from visitapp.formlang.terms import reads


def chance_form(random: Random, form: Form, findings: int = 30) -> Form:
    """Another form with the same questions. What it finds and scores means nothing; that two languages agree on it means much."""
    when, safe = _asked_properly(random, form)
    sections = tuple(replace(section, questions=_with_care(random, section.questions, safe)) for section in form.sections)
    cared = replace(form, sections=sections)
    names = {id: Known(question, parent, question.show_if) for id, (question, parent) in cared.placed.items()}
    scores = _scores(random, names)
    named = {score.id: score for score in scores}
    rules = tuple(_finding(random, number, names, named) for number in range(findings))
    asked = compile_rule(when, names) if random.random() < 0.9 else None
    return replace(cared, findings=_standing(random, rules), scores=scores, asked_properly=asked)


def _asked_properly(random: Random, form: Form) -> tuple[str, set[str]]:
    """A rule over plain questions at the top, and what it reads, which cannot be sensitive."""
    names = {id: Known(question, None, question.show_if) for id, (question, parent) in form.placed.items() if parent is None}
    plain = {id: known for id, known in names.items() if known.question.kind not in ("rows", "text")}
    while True:
        when = chance_rule(random, plain, None, depth=1)
        read = reads(compile_rule(when, names))
        if read and all(what == "get" for what, _ in read):
            return when, {id for _, id in read}


def _with_care(random: Random, questions: tuple[Question, ...], plain: set[str]) -> tuple[Question, ...]:
    cared = []
    for question in questions:
        inner = replace(question, questions=_with_care(random, question.questions, plain), sensitive=False)
        if question.kind in SENSITIVE_KINDS and question.id not in plain and random.random() < 0.4:
            options = tuple(replace(one, reassures=question.kind == "choice" and random.random() < 0.5) for one in question.options)
            inner = replace(inner, sensitive=True, options=options)
        cared.append(inner)
    return tuple(cared)


def _scores(random: Random, names: Mapping[str, Known]) -> tuple[Score, ...]:
    chosen: dict[str | None, list[Question]] = {}
    for known in names.values():
        if known.question.kind in ("choice", "choices"):
            chosen.setdefault(known.parent, []).append(known.question)
    scores = [_score(random, f"score_{number}", rows, questions) for number, (rows, questions) in enumerate(chosen.items())]
    return tuple(score for score in scores if score.max > 1)


def _score(random: Random, id: str, rows: str | None, questions: list[Question]) -> Score:
    added = random.sample(questions, min(len(questions), random.randint(1, 5)))
    of = {one.id: {option.code: random.choice([0, 0, 1, 2, 3, 4]) for option in one.options} for one in added}
    most = sum(most_points(one, of[one.id]) for one in added)
    points = MappingProxyType({question: MappingProxyType(each) for question, each in of.items()})
    return Score(id, "Chance", random.choice([None, "chance.score"]), rows, most, points, "chance")


def _finding(random: Random, number: int, names: Mapping[str, Known], scores: Mapping[str, Score]) -> FindingRule:
    top = [id for id, known in names.items() if known.question.kind == "rows" and known.parent is None and known.gate is None]
    each = random.choice([None, *top])
    when = chance_rule(random, names, each, scores)
    if random.random() < 0.2:  # that nobody answered, where it may stand
        put = [id for id, one in names.items() if one.parent in (None, each) and one.question.kind not in ("rows", "text")]
        when = f"{when} {random.choice(['and', 'or'])} unanswered({random.choice(put)})"
    tree = compile_rule(when, names, each, scores, silence=True)
    area, severity = random.choice(list(AREAS)), random.choice(SEVERITIES)
    return FindingRule(f"chance_{number}", area, each, when, tree, severity, random.randint(1, 4), "w", "a", "chance", False)


def _standing(random: Random, rules: tuple[FindingRule, ...]) -> tuple[FindingRule, ...]:
    """Some stand for lesser ones; ties are broken by their order, so no two stand for each other."""
    standing = []
    for at, rule in enumerate(rules):
        lesser = [one.code for later, one in enumerate(rules) if (one.level, -later) < (rule.level, -at)]
        standing.append(replace(rule, stands_for=tuple(random.sample(lesser, min(len(lesser), random.choice([0, 0, 2, 6]))))))
    return tuple(standing)
