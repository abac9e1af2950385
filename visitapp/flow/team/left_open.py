"""Questions that were left without an answer, by the question and why: what a team does not ask shows here and nowhere else."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from visitapp.domain.answers import WHY_ABSENT
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
assert {*WHYS} == {*WHY_ABSENT, UNANSWERED}


def section(facts: Facts) -> Section:
    tally, forms = Tally(("answer", "answers")), Counter[tuple[str, int]]()
    measures: set[str] = set()
    for row in facts.visits:
        forms[row["form"], row["form_version"]] += 1
        for measure, why, times in json.loads(row["left_open"]):
            measures.add(measure)
            for key in (f"{why}.{measure}", f"{why}.{ALL}"):
                tally.add(key, row["household"], times, on=row["occurred_on"], words=facts.question(measure))
    asked = _asked_on(facts, forms)
    words = {measure: facts.question(measure) for measure in measures}
    order = sorted(measures, key=lambda one: (-tally.total(f"not_asked.{one}", f"{UNANSWERED}.{one}"), words[one], one))
    lines = [
        Line(
            words[measure],
            tuple(tally.cell(f"{why}.{measure}", f"{said}: {words[measure]}") for why, said in WHYS.items()),
            f"{asked[measure]} visits on a form that has it",
        )
        for measure in order
    ]
    if lines:
        lines.insert(0, Line("All questions", tuple(tally.cell(f"{why}.{ALL}", f"All questions: {said}") for why, said in WHYS.items())))
    return Section(
        "left",
        "Questions left “not asked”",
        (Table("Questions left without an answer", "Question", tuple(WHYS.values()), tuple(lines), "Nothing was left without an answer."),),
        (
            "Of visits made or tried in this time. A question counts only where it applied; one about each child or sleep counts once "
            "for each. "
            "“Left empty” is no answer and no reason.",
        ),
    )


def _asked_on(facts: Facts, forms: Counter[tuple[str, int]]) -> Counter[str]:
    """How many visits were written on a form that has a measure."""
    found: Counter[str] = Counter()
    for form in facts.catalogue.forms:
        visits = forms[form.name, form.version]
        if visits:
            found.update(dict.fromkeys({question.measure for question, _ in form.placed.values() if question.measure}, visits))
    return found
