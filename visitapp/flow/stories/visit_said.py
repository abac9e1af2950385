"""What a visit of a story says: its form, its answers on top of ordinary or unanswered ones, and the calls made at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from visitapp.flow.stories.answering import Answering
from visitapp.flow.stories.looking import Spot, nearest
from visitapp.flow.stories.model import Answers, Call
from visitapp.flow.stories.ordinary import has_ordinary, merged, ordinary, unanswered, without_unanswered
from visitapp.flow.stories.saying import FORMS
from visitapp.formlang import Catalogue, Form, Question

CALL = ("after", "who", "number", "reached", "spoke_to", "said")


def form_of(spot: Spot, kind: str, catalogue: Catalogue) -> Form | None:
    """The newest version, unless the story names one."""
    names = {form.name for form in catalogue.forms}
    name = FORMS.get(kind) or spot.text("visit", "home_visit")
    if name not in names:
        spot.fault(f"There is no form '{name}'.{nearest(name, names)}", kind)
        return None
    version = spot.whole("form_version")
    versions = {form.version: form for form in catalogue.forms if form.name == name}
    if version is not None and version not in versions:
        spot.fault(f"There is no version {version} of {name}.{nearest('', map(str, versions))}", "form_version")
        return None
    return versions[version or max(versions)]


def answers_of(
    spot: Spot, kind: str, form: Form, people: Collection[str], family: Mapping[str, Mapping[str, bool]]
) -> tuple[Answers, Answers]:
    """The answers of a visit, and those of them that the story itself gives."""
    reading = Answering(form, people)
    said = reading.read(spot.at("answers")) if spot.mapping.get("answers") is not None else {}
    if kind != "visit":
        said |= _short(spot, kind, form, reading)
    begins = begins_ordinary(spot, kind)
    if begins and not has_ordinary(form):
        spot.fault(f"{form.name}-{form.version} does not say what is ordinary: write its answers.", "ordinary")
    base = (ordinary if begins else unanswered)(form, family)
    return merged(base, said, [question for section in form.sections for question in section.questions]), without_unanswered(said)


def begins_ordinary(spot: Spot, kind: str) -> bool:
    """Whether the story gives only what was different."""
    return spot.flag("ordinary") or spot.mapping.get(kind) == "ordinary"


def _short(spot: Spot, kind: str, form: Form, reading: Answering) -> Answers:
    """What stands beside the word of a form: its answers, or the answer to its first question."""
    at = spot.at(kind)
    if at.raw is None or at.raw == "ordinary":
        return {}
    return reading.read(at) if isinstance(at.raw, dict) else reading.one(at, _first(form))


def _first(form: Form) -> Question:
    """What a form asks first, which is what happened."""
    return next(question for section in form.sections for question in section.questions if question.kind == "choice")


def call_of(spot: Spot, ends: int) -> Call:
    """A telephone call made at a visit; at its end, where the story does not say after how many minutes."""
    spot.keys(CALL, ("who",), what="of a telephone call")
    reached, after = spot.flag("reached", True), spot.whole("after")
    return Call(
        after=ends if after is None else after, who=spot.text("who"), number=spot.text("number", "01632 960199"), reached=reached,
        spoke_to=spot.text("spoke_to"), said=spot.text("said"),
    )  # fmt: skip
