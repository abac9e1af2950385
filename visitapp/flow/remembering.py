"""What a caseload carries of the past of each family: the given facts that rules read, and the same past for a person, in the words of the
forms that are in use.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from visitapp.decide.charts import courses
from visitapp.decide.curiosity import curious, found
from visitapp.decide.history import small_at_birth
from visitapp.decide.memory import lines
from visitapp.decide.saying import Looking
from visitapp.domain.measures import SMALL
from visitapp.domain.past import Moment
from visitapp.domain.remembered import Remembered
from visitapp.flow.given import Recalled, recall
from visitapp.store import caseload, past

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from visitapp.decide.limits import Limits
    from visitapp.formlang import Catalogue, Question
    from visitapp.store.seen import Families
    from visitapp.store.tx import Row, Tx

    Rows = Mapping[str, list[Row]]


@dataclass(frozen=True)
class FormWords:
    """The words of the newest forms, by measure. Of a confidential question there are none."""

    catalogue: Catalogue

    def question(self, measure: str) -> str:
        found = self._asked.get(measure)
        return found.label if found else ""

    def answer(self, measure: str, code: str) -> str:
        found = self._asked.get(measure)
        return next((option.label for option in found.options if option.code == code), "") if found else ""

    @cached_property
    def carried(self) -> frozenset[str]:
        """The measures that some form in use carries from visit to visit."""
        names = {form.name for form in self.catalogue.forms}
        placed = [question for name in names for question, _ in self.catalogue.current(name).placed.values()]
        return frozenset(one.measure for one in placed if one.measure and one.carry and not one.confidential)

    @cached_property
    def _asked(self) -> Mapping[str, Question]:
        oldest_first = sorted(self.catalogue.forms, key=lambda form: form.version)
        placed = [question for form in oldest_first for question, _ in form.placed.values()]
        return {one.measure: one for one in placed if one.measure and not one.confidential}


def _newest(rows: Iterable[Row], carried: frozenset[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The newest answers by person and measure, of rows newest first; several values of one visit are several choices."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        theirs = found.setdefault(row["person"], {})
        for measure, value, known, since in json.loads(row["measures"]):
            if measure in carried:
                new = {"values": [], "known": known, "on": since, "by": row["by_name"] or "", "visit": row["submission"]}
                one = theirs.setdefault(measure, new)
                if one["visit"] == row["submission"]:
                    one["values"].append(value)
    return {person: theirs for person, theirs in found.items() if theirs}


def _recorded(
    family: Mapping[str, Row], said: dict[str, dict[str, dict[str, Any]]], limits: Limits
) -> dict[str, dict[str, dict[str, Any]]]:
    """What was established, and what the record of a birth does: a weight that was recorded as low, or that nobody was asked about."""
    found = dict(said)
    for id, person in family.items():
        small = small_at_birth(person, limits)
        if small or (small is False and SMALL not in found.get(id, {})):
            recorded = {"values": [str(small).lower()], "known": "", "on": person["born_on"], "by": "", "visit": ""}
            found[id] = found.get(id, {}) | {SMALL: recorded}
    return found


def remember(catalogue: Catalogue, tx: Tx, families: Families, on: str, seq: int, now: str) -> dict[str, Remembered]:
    """The past of each family as it is known on a day up to a seq; `now` says which action is overdue."""
    recalled = recall(catalogue, tx, families, Moment(on, seq))
    since = recalled.moment.days_ago(recalled.limits.past_days)
    whole, words = past.with_earlier(families), FormWords(catalogue)
    told = past.by("household", caseload.told_before(tx, whole, since))
    established = past.by("household", caseload.carried_answers(tx, whole))
    return {id: _remembered(recalled, id, told, established, words, now) for id in families.ids}


def _remembered(recalled: Recalled, family: str, told: Rows, established: Rows, words: FormWords, now: str) -> Remembered:
    known = recalled.known(family)
    arranged, given = recalled.arrangements.of(known), recalled.given(family)
    limits, most = recalled.limits, recalled.catalogue.policy.number("earlier_visits_shown")
    theirs = sorted((row for id in known.households for row in told.get(id, ())), key=lambda row: row["occurred_on"], reverse=True)
    answers = [row for id in known.households for row in established.get(id, ()) if id == family or row["person"]]
    answers.sort(key=lambda row: (row["occurred_on"], row["seq"]), reverse=True)
    return Remembered(
        given=given,
        established=_recorded(given["people"], _newest(answers, words.carried), limits),
        plans=[one.as_json(now) for one in arranged.plans if one.plan.stands or one.not_done],
        lines=lines(Looking(known, arranged, limits, words, theirs)),
        courses=courses(known, limits.findings_days, recalled.areas, most),
        households=known.households,
        curious=found(known.visits, known.moment.on, curious(recalled.catalogue.policy, limits)),
    )
