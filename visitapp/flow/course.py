"""How a family went over its visits, for a screen: the newest visits on one time line, what each said of every area and what it left open,
what got worse, which doors stayed shut, and visits that the family expected beside those it did not. Bounded: a page of visits, however
long the family is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from visitapp.decide import charts, history, patterns
from visitapp.decide.charts import Course
from visitapp.decide.limits import Limits, limits
from visitapp.domain.measures import Range
from visitapp.domain.moments import day_of
from visitapp.domain.past import LAST, NOT_COMPLETED, Known, Moment, Past, PastFinding, PastVisit
from visitapp.flow.letter_history import outcome_words
from visitapp.store import chronology, course, life_events, scope

if TYPE_CHECKING:
    from visitapp.formlang import Form
    from visitapp.store.tx import Row, Tx
    from visitapp.wiring import Wired

MOST = 100
"""Visits on one page of a course."""
END_OF_TIME = ("9999", LAST)
NEWEST_FOUND = 6


@dataclass(frozen=True)
class OverTime:
    """The course of one family. `before` is the key of the next, older page; `new` what the last visit found that none before it on the
    page had."""

    courses: tuple[Course, ...]
    visits: tuple[PastVisit, ...]
    limits: Limits
    today: str
    before: tuple[str, int] | None
    new: tuple[Row, ...]
    announced: str
    words: Mapping[str, str]
    """How each visit went, in its form's own words, by submission."""
    titles: Mapping[str, str]
    """The title of the form it was recorded on, by submission."""
    labels: Mapping[str, str]
    """What each measure is about, in the words of the newest form that asks for it."""

    @cached_property
    def worse(self) -> tuple[Course, ...]:
        """What is at its worst of the last visits."""
        return tuple(one for one in self.courses if one.worse(self.limits.course))

    @cached_property
    def shut(self) -> tuple[PastVisit, ...]:
        """Visits of the policy's days that were not completed, the newest first; those that never count against a family among them."""
        since = Moment(self.today).days_ago(self.limits.not_completed_days)
        return tuple(one for one in reversed(self.visits) if one.kind == NOT_COMPLETED and one.on >= since)

    @cached_property
    def counted(self) -> int:
        """How many of those count."""
        return sum(one.outcome not in charts.NEVER_COUNTED for one in self.shut)

    @cached_property
    def last_shut(self) -> PastVisit | None:
        return next((one for one in reversed(self.visits) if one.kind == NOT_COMPLETED), None)


def read(
    w: Wired, actor: str, household: str, before: tuple[str, int] = END_OF_TIME, most: int = MOST, *, found: bool = True
) -> OverTime | None:
    """The newest visits from before a key, or None when the family is not this actor's to see; without what they found where only visits
    are asked for. Its page is journalled."""
    with w.engine.read() as tx:
        return over_time(w, tx, household, before, most, found=found) if scope.may_see_family(tx, actor, household) else None


def over_time(
    w: Wired, tx: Tx, household: str, before: tuple[str, int] = END_OF_TIME, most: int = MOST, *, found: bool = True
) -> OverTime:  # fmt: skip
    """The same in a transaction that is open, for who may see the family."""
    rows = [row for one in life_events.earlier(tx, household) for row in course.newest(tx, one, before, most + 1)]
    rows.sort(key=lambda row: (row["occurred_on"], row["seq"]), reverse=True)
    shown = rows[:most]
    judged = [row["assessment"] for row in shown if row["assessment"]] if found else []
    findings = course.findings(tx, household, judged) if judged else []
    new = _new(tx, shown, findings) if found else ()
    return _time(w, household, shown, findings, new, (shown[-1]["occurred_on"], shown[-1]["seq"]) if len(rows) > most else None)


def _new(tx: Tx, shown: list[Row], found: list[PastFinding]) -> tuple[Row, ...]:
    """What the newest visit made found and no earlier one on the page, in words, the gravest first."""
    last = next((row for row in shown if row["kind"] != NOT_COMPLETED), None)
    if last is None or len(shown) < 2:
        return ()
    before = {(one.person, one.code) for one in found if one.state == "present" and one.submission != last["submission"]}
    told = chronology.findings(tx, [last["submission"]])
    return tuple(row for row in told if row["state"] == "present" and (row["person"], row["code"]) not in before)[:NEWEST_FOUND]


def _time(
    w: Wired, household: str, rows: list[Row], found: list[PastFinding], new: tuple[Row, ...], before: tuple[str, int] | None
) -> OverTime:
    today, of = day_of(w.clock()).isoformat(), limits(w.catalogue.policy)
    visits = [_visit(household, row) for row in reversed(rows)]
    known = Known(Past(visits={household: visits}, findings={household: found}), household, Moment("9999-12-31"))
    forms = {(row["form"], row["form_version"]): _form(w, row) for row in rows}
    levels = {row["submission"]: Range(row["at_least"], row["could_be"]) for row in rows if row["at_least"]}
    open_at = {row["submission"]: json.loads(row["open"]) for row in rows if row["open"]}
    drawn = charts.time_lines(known, _areas_of(forms), _asks_of(forms), levels, open_at)
    compared = patterns.compare(history.home(visits, of))
    return OverTime(
        tuple(drawn), tuple(visits), of, today, before, new, charts.announced_words(compared),
        {row["submission"]: _outcome(w, row) for row in rows}, {row["submission"]: _title(forms, row) for row in rows}, _labels(forms),
    )  # fmt: skip


def _visit(household: str, row: Row) -> PastVisit:
    """As history has it; those of an earlier household are this family's own past."""
    return PastVisit(
        row["submission"], household, row["occurred_on"], row["seq"], row["seq"], row["kind"], row["outcome"], row["child_seen"] == 1,
        row["author"], row["form"], row["form_version"], row["said"] or "",
    )  # fmt: skip


def _form(w: Wired, row: Row) -> Form | None:
    try:
        return w.catalogue.form(row["form"], row["form_version"])
    except LookupError:
        return None


def _title(forms: Forms, row: Row) -> str:
    form = forms[row["form"], row["form_version"]]
    return form.title if form else str(row["form"])


def _outcome(w: Wired, row: Row) -> str:
    try:
        return outcome_words(w.catalogue, row["form"], row["form_version"], row["outcome"])
    except LookupError:
        return str(row["form"])


Forms = Mapping[tuple[str, int], "Form | None"]


def _areas_of(forms: Forms) -> history.Areas:
    """The areas that each form can find something in; none of one that this service no longer knows."""
    areas = {key: frozenset(rule.area for rule in form.findings) if form else frozenset() for key, form in forms.items()}
    return lambda name, version: areas.get((name, version), frozenset())


def _asks_of(forms: Forms) -> charts.Asks:
    """The measures that each form asks for, with the area of their section."""
    asked = {key: dict(_measures(form)) if form else {} for key, form in forms.items()}
    return lambda name, version: asked.get((name, version), {})


def _measures(form: Form) -> list[tuple[str, str]]:
    of = {id: section.area for section in form.sections for id in _ids(section.questions)}
    return [(question.measure, of[id]) for id, (question, _) in form.placed.items() if question.measure and not question.confidential]


def _ids(questions: Any) -> list[str]:
    return [id for one in questions for id in (one.id, *_ids(one.questions))]


def _labels(forms: Forms) -> dict[str, str]:
    newest = sorted((form for form in forms.values() if form), key=lambda form: form.version)
    return {
        question.measure: (question.letter or question.label)
        for form in newest
        for question, _ in form.placed.values()
        if question.measure and not question.confidential
    }
