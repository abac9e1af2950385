"""A form as the tablet carries it: plain JSON with everything `static/tablet/rules.js` and the page need, and no person in it. What rules
share stands once in `trees` and is named by its place there, because written out a long form is mostly repetition."""

from dataclasses import asdict
from typing import Any

from visitapp.formlang.kinds import HISTORY
from visitapp.formlang.model import LANGUAGE, FindingRule, Form, Levels, Policy, Question, Score, Tree

_OWN_WAY = ("options", "questions", "show_if", "shown_when")
"""Fields of a question that are not carried as they are: the text of a condition stays here, only its tree is run."""


def bundle(form: Form, levels: Levels, policy: Policy | None = None) -> dict[str, Any]:
    """The JSON of one form version with the words and rules of the levels that judge it, and what the policy says of prompts."""
    trees = _Trees()
    return {
        "lang": LANGUAGE,
        "name": form.name,
        "version": form.version,
        "hash": form.hash,
        "title": form.title,
        "kind": form.kind,
        "sections": [
            {"id": one.id, "area": one.area, "title": one.title, "questions": [_question(question, trees) for question in one.questions]}
            for one in form.sections
        ],
        "asked_properly": trees.name(form.asked_properly),
        "scores": [_score(score, trees) for score in form.scores],
        "findings": [_finding(rule, trees) for rule in form.findings],
        "trees": trees.written,
        "history": dict(HISTORY),
        "levels": levels_json(levels),
        "prompts_shown": policy.number("prompts_shown") if policy else None,
    }


def levels_json(levels: Levels) -> dict[str, Any]:
    """Levels as `static/tablet/level.js` reads them."""
    return {
        "name": levels.name,
        "version": levels.version,
        "levels": [asdict(one) for one in levels.levels],
        "raises": [asdict(one) for one in levels.raises],
    }


class _Trees:
    """Every part of every rule once, parts before what they are part of. `static/tablet/rules/trees.js` puts them together."""

    def __init__(self) -> None:
        self.written: list[list[Any]] = []
        self._places: dict[Tree, int] = {}

    def name(self, tree: Tree | None) -> list[int] | None:
        """A tree by its place in the list; no literal tree is a list of one number."""
        if tree is None:
            return None
        if tree not in self._places:
            node = [self.name(part) if isinstance(part, tuple) else part for part in tree]
            self._places[tree] = len(self.written)
            self.written.append(node)
        return [self._places[tree]]


def _score(score: Score, trees: _Trees) -> dict[str, Any]:
    plain = {name: value for name, value in vars(score).items() if name != "asked_when"}
    return plain | {"of": {question: dict(points) for question, points in score.of.items()}, "when": trees.name(score.when)}


def _finding(rule: FindingRule, trees: _Trees) -> dict[str, Any]:
    return vars(rule) | {"tree": trees.name(rule.tree), "duties": [asdict(duty) for duty in rule.duties]}


def _question(question: Question, trees: _Trees) -> dict[str, Any]:
    plain = {name: getattr(question, name) for name in Question.__dataclass_fields__ if name not in _OWN_WAY}
    own = {"show_if": trees.name(question.show_if), "options": [asdict(one) for one in question.options]}
    return plain | own | {"questions": [_question(one, trees) for one in question.questions]}
