"""A form as the tablet carries it: plain JSON with everything `static/tablet/rules.js` and the page need, and no person in it."""

from dataclasses import asdict
from typing import Any

from visitapp.formlang.model import LANGUAGE, Form, Levels, Question


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
        "findings": [vars(rule) for rule in form.findings],
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


def _question(question: Question) -> dict[str, Any]:
    names = Question.__dataclass_fields__
    plain = {name: getattr(question, name) for name in names if name not in ("options", "questions")}
    return plain | {"options": [asdict(one) for one in question.options], "questions": [_question(one) for one in question.questions]}
