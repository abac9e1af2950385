"""A form as the tablet carries it: plain JSON with everything `static/tablet/rules.js` and the page need, and no person in it."""

from dataclasses import asdict
from typing import Any

from visitapp.formlang.model import LANGUAGE, FindingRule, Form, Levels, Question, Score

_OWN_WAY = ("options", "questions", "shown_when")
"""Fields of a question that are not carried as they are: the text of a condition stays here, only its tree is run."""


def bundle(form: Form, levels: Levels) -> dict[str, Any]:
    """The JSON of one form version with the words and rules of the levels that judge it."""
    return {
        "lang": LANGUAGE,
        "name": form.name,
        "version": form.version,
        "hash": form.hash,
        "title": form.title,
        "kind": form.kind,
        "sections": [
            {"id": one.id, "area": one.area, "title": one.title, "questions": [_question(question) for question in one.questions]}
            for one in form.sections
        ],
        "asked_properly": form.asked_properly,
        "scores": [_score(score) for score in form.scores],
        "findings": [_finding(rule) for rule in form.findings],
        "levels": levels_json(levels),
    }


def levels_json(levels: Levels) -> dict[str, Any]:
    """Levels as `static/tablet/level.js` reads them."""
    return {
        "name": levels.name,
        "version": levels.version,
        "levels": [asdict(one) for one in levels.levels],
        "raises": [asdict(one) for one in levels.raises],
    }


def _score(score: Score) -> dict[str, Any]:
    return vars(score) | {"of": {question: dict(points) for question, points in score.of.items()}}


def _finding(rule: FindingRule) -> dict[str, Any]:
    return vars(rule) | {"duties": [asdict(duty) for duty in rule.duties]}


def _question(question: Question) -> dict[str, Any]:
    names = Question.__dataclass_fields__
    plain = {name: getattr(question, name) for name in names if name not in _OWN_WAY}
    return plain | {"options": [asdict(one) for one in question.options], "questions": [_question(one) for one in question.questions]}
