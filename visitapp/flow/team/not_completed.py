"""Visits that were not completed, by what happened and over time, beside those that were made; and what was planned and left no record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain import outcomes
from visitapp.flow.team.figures import VISIT, Chart, Line, Section, Table, Tally
from visitapp.flow.team.spans import Span, span_of, spans
from visitapp.store import team_figures
from visitapp.store.duties import TOOK_PLACE

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts

KINDS: dict[str, str] = {
    "no_answer": "Nobody answered",
    "refused": "An adult opened and did not want the visit",
    "cancelled": "The family cancelled",
    "not_brought": "A child was not brought",
    "not_counted": "Ours, or nobody’s: never counts against a family",
    "unknown": "What happened is not recorded",
}
_BY_OUTCOME: dict[str, str] = {
    **dict.fromkeys(outcomes.NO_ANSWER, "no_answer"),
    **dict.fromkeys(outcomes.REFUSED_ENTRY, "refused"),
    **dict.fromkeys(outcomes.CANCELLED_BY_FAMILY, "cancelled"),
    **dict.fromkeys(outcomes.NOT_BROUGHT, "not_brought"),
    **dict.fromkeys(outcomes.NEVER_COUNTED, "not_counted"),
}
MADE, NOTHING, COUNTED = "made", "nothing_recorded", "counted"


NOTES = (
    "Those that never count against a family are shown apart: we cancelled, nobody knew that we came, a wrong address, or a family that "
    "said no to a service, which is lawful.",
)


def section(facts: Facts) -> Section:
    stretches = spans(facts.since, facts.today)
    tally = counted(facts, stretches)
    return Section("visits", "Visits not completed", (_kinds(tally), _over_time(tally, stretches)), NOTES)


def counted(facts: Facts, stretches: tuple[Span, ...]) -> Tally:
    tally = facts.tally(VISIT)
    for row in facts.visits:
        kind = MADE if row.kind in TOOK_PLACE else _BY_OUTCOME.get(row.outcome or "", "unknown")
        counts = () if kind in (MADE, "not_counted") else (COUNTED,)
        for key in (kind, *counts, f"{kind}.{span_of(stretches, row.occurred_on).key}"):
            tally.add(key, row.household, on=row.occurred_on, words=KINDS.get(kind, "made").lower())
    for planned in team_figures.nothing_recorded(facts.tx, facts.actor, facts.since, facts.today):
        tally.add(NOTHING, planned["household"], on=planned["on_date"], words=planned["what"])
    return tally


def _kinds(tally: Tally) -> Table:
    tried = tally.total(MADE, *KINDS)
    rows: list[tuple[str, str, str, int | None]] = [(words, kind, f"Visits not completed: {words}", tried) for kind, words in KINDS.items()]
    rows += [
        ("Not completed, but for ours and nobody’s", COUNTED, "Visits not completed, but for ours and nobody’s", tried),
        ("Made", MADE, "Visits made", tried),
        ("Planned, and nothing is recorded", NOTHING, "Planned visits after which nothing is recorded", None),
    ]
    lines = tuple(Line(words, (tally.cell(key, title, of),)) for words, key, title, of in rows)
    return Table("Visits made and not completed", "What happened", ("Visits",), lines)


def _over_time(tally: Tally, stretches: tuple[Span, ...]) -> Table:
    columns = KINDS | {MADE: "Made"}
    lines = tuple(
        Line(span.words, tuple(tally.cell(f"{kind}.{span.key}", f"{words}, {span.words}") for kind, words in columns.items()))
        for span in stretches
    )
    series = tuple((words, tuple(tally.total(f"{kind}.{span.key}") for span in stretches)) for kind, words in KINDS.items())
    chart = Chart("Visits not completed, by what happened", tuple(span.short for span in stretches), series)
    return Table("Visits not completed over time", "When", tuple(columns.values()), lines, chart=chart)
