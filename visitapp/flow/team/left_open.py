"""Questions that were left without an answer, by the question and why: what a team does not ask shows here and nowhere else."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from visitapp.domain.measures import UNANSWERED
from visitapp.flow.team.figures import Line, Section, Table, Tally

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts

WHYS: dict[str, str] = {
    "not_asked": "Not asked",
    UNANSWERED: "Left empty",
    "not_seen": "Not seen",
    "refused": "Did not want to say or show",
    "not_safe_to_ask": "Not safe to ask",
}
ALL = "all"


NOTES = (
    "Of visits made or tried in this time. A question counts only where it applied; one about each child or sleep counts once for "
    "each. “Left "
    "empty” is no answer and no reason.",
)


def section(facts: Facts) -> Section:
    tally, forms = facts.tally(("answer", "answers")), Counter[tuple[str, int]]()
    left: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in facts.visits:
        forms[row.form, row.form_version] += 1
        for measure, why, times in json.loads(row.left_open):
            left[measure, why][row.household] += times
    words = {measure: facts.question(measure) for measure, _ in left}
    for (measure, why), homes in left.items():
        for key in (f"{why}.{measure}", f"{why}.{ALL}"):
            tally.add_each(key, homes, words=words[measure])
    whole = sum(row.answered for row in facts.visits) + tally.total(*(f"{why}.{ALL}" for why in WHYS))
    every = Line("All questions that applied", tuple(tally.cell(f"{why}.{ALL}", said, whole) for why, said in WHYS.items()))
    lines = _lines(tally, words, _asked_on(facts, forms))
    table = Table("Questions left without an answer", "Question", tuple(WHYS.values()), (every, *lines))
    return Section("left", "Questions left “not asked”", (table,), NOTES)


def _lines(tally: Tally, words: dict[str, str], asked_on: Counter[str]) -> list[Line]:
    """What was not asked or left empty most, first."""
    order = sorted(words, key=lambda one: (-tally.total(f"not_asked.{one}", f"{UNANSWERED}.{one}"), words[one], one))
    return [
        Line(
            words[measure],
            tuple(tally.cell(f"{why}.{measure}", f"{said}: {words[measure]}") for why, said in WHYS.items()),
            f"{asked_on[measure]} visits on a form that has it",
        )
        for measure in order
    ]


def _asked_on(facts: Facts, forms: Counter[tuple[str, int]]) -> Counter[str]:
    """How many visits were written on a form that has a measure."""
    found: Counter[str] = Counter()
    for form in facts.catalogue.forms:
        visits = forms[form.name, form.version]
        if visits:
            found.update(dict.fromkeys({question.measure for question, _ in form.placed.values() if question.measure}, visits))
    return found
