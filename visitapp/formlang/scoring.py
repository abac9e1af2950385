"""Scores out of a form file: published totals of choices, each with the points of every code, so that no answer is left without one."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from visitapp.formlang.model import Question, Score, Tree
from visitapp.formlang.questions import PLAIN_NAME, RESERVED
from visitapp.formlang.rules import compile_rule
from visitapp.formlang.shape import Shape
from visitapp.formlang.terms import Known, RuleFault

MOST_POINTS = 100
_SCORED_KINDS = ("choice", "choices")


def read_scores(form: Shape, names: Mapping[str, Known]) -> tuple[Score, ...]:
    """Every score of a form, after its questions. What is wrong is noted as a fault of the document."""
    scores: list[Score] = []
    for shape in form.items("scores"):
        score = _score(shape, names)
        if score.id in names or score.id in RESERVED or any(score.id == other.id for other in scores):
            shape.fault(f"The id '{score.id}' is used already.", "id")
        scores.append(score)
    return tuple(scores)


def _score(shape: Shape, names: Mapping[str, Known]) -> Score:
    shape.keys("id title max of source", "measure when")
    id = shape.text("id")
    if id and not PLAIN_NAME.fullmatch(id):
        shape.fault(f"'{id}' cannot be an id: small letters, digits and _ only.", "id")
    scored = dict(_scored(shape, names))
    places = {known.parent for known, _ in scored.values()}
    if len(places) > 1:
        shape.fault("The questions of a score stand in the same rows, or all at the top of the form.", "of")
    if not scored:
        shape.fault("A score adds up the points of at least one question.", "of")
    most, highest = shape.integer("max", 1), sum(most_points(known.question, points) for known, points in scored.values())
    if scored and most is not None and most != highest:
        shape.fault(f"'max' is {most}, and the highest points add up to {highest}.", "max")
    of = MappingProxyType({question: MappingProxyType(points) for question, (_, points) in scored.items()})
    rows = next(iter(places), None)
    return Score(
        id, shape.text("title"), shape.maybe_text("measure"), rows, most or 0, of, shape.text("source"),
        when=_when(shape, names, rows), asked_when=shape.maybe_text("when"),
    )  # fmt: skip


def _when(shape: Shape, names: Mapping[str, Known], rows: str | None) -> Tree | None:
    source = shape.maybe_text("when")
    try:
        return compile_rule(source, names, rows) if source else None
    except RuleFault as fault:
        shape.fault(f"when: {fault}.", "when")
        return None


def _scored(shape: Shape, names: Mapping[str, Known]) -> Iterator[tuple[str, tuple[Known, dict[str, int]]]]:
    for id, member in shape.members("of"):
        known = names.get(id)
        if known is None or known.question.kind not in _SCORED_KINDS:
            shape.document.fault(member.where, f"'{id}' is not a choice of this form, so it has no points.")
        elif known.question.confidential:
            shape.document.fault(member.where, f"'{id}' is confidential: a score is shown on screens and letters, so it may not read it.")
        else:
            yield id, (known, _points(member, known.question))


def _points(shape: Shape, question: Question) -> dict[str, int]:
    shape.keys(" ".join(option.code for option in question.options))
    return {option.code: shape.integer(option.code, 0, MOST_POINTS) or 0 for option in question.options}


def most_points(question: Question, points: Mapping[str, int]) -> int:
    """The most that any answer to a question counts: one code of a choice, all that can stand together of several choices."""
    if question.kind == "choice":
        return max(points.values(), default=0)
    together = sum(points[option.code] for option in question.options if not option.alone)
    return max([together, *(points[option.code] for option in question.options if option.alone)])
