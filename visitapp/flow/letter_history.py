"""What a letter says of the past: the visits and what became of them, what others told us, how it went over the visits, and what earlier
visits found. It counts across the family's confirmed earlier addresses, and up to now, because the reader acts now.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from visitapp.decide import history, patterns
from visitapp.decide.charts import HOME, ROOMS, announced_words, courses
from visitapp.decide.saying import count
from visitapp.domain.measures import OUTCOME, SOURCE
from visitapp.domain.moments import day_of
from visitapp.domain.outcomes import ENDED_EARLY, NEVER_COUNTED
from visitapp.domain.past import BESIDE, INFORMATION, NOT_COMPLETED, Known, Moment, PastVisit
from visitapp.flow import telling
from visitapp.flow.given import Recalled, recall
from visitapp.flow.kept_visit import Visit
from visitapp.letter import facts as f
from visitapp.letter.sentences import day
from visitapp.store import accounts, caseload, same, submissions
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.formlang import Catalogue, Form
    from visitapp.wiring import Wired

MOST_VISITS, MOST_EARLIER, MOST_POINTS, MOST_IN_A_SENTENCE = 12, 6, 8, 5
TOLD_BY, HOW_THEY_KNOW, HAPPENED_ON, WHAT_WAS_SAID = "told_by", "first_hand", "happened_on", "said"
"""What a form for information received asks, by the ids that it gives these questions."""
NAMED = "informant_named"
"""Who told us, where a private person agreed to be named."""


@dataclass(frozen=True)
class Looking:
    """The family's past as it is known now, for the letter of one visit, and as it was `before` that visit."""

    w: Wired
    tx: Tx
    before: Recalled
    back: Recalled
    known: Known
    names: Mapping[str, str]
    again: frozenset[tuple[str, str]]  # (person, code) of what the visit that the letter is about found

    def form(self, visit: PastVisit) -> Form:
        return self.w.catalogue.form(visit.form, visit.form_version)

    @cached_property
    def told_before(self) -> list[Row]:
        """What the family's visits found, as it was worded; read once for all parts of the letter."""
        families = Families.several(self.known.households)
        return caseload.told_before(self.tx, families, self.known.moment.days_ago(self.back.limits.past_days))

    @cached_property
    def outcomes(self) -> dict[tuple[str, int, str | None], str]:
        """Outcomes in the words of their forms, as far as they were asked for."""
        return {}


def looking(w: Wired, tx: Tx, visit: Visit, found: Iterable[Row], names: Mapping[str, str], household: str, at: str) -> Looking:
    """The past of the family beside the visit that the letter is about, which `found` this, as it is recorded now: the visit may stand in a
    record that was joined to that `household`. `names` is person id -> given names."""
    before = recall(w.catalogue, tx, Families.one(household), Moment(visit.row["occurred_on"], excluding=visit.id))
    back = before.at(tx, Moment(day_of(at).isoformat()))  # what was read once is looked at again
    again = frozenset((row["person"], row["code"]) for row in found if row["state"] == "present")
    return Looking(w, tx, before, back, back.known(household), names, again)


def gather(look: Looking, visit: Visit) -> dict[str, Any]:
    """The parts of `LetterFacts` that stand here, by name."""
    drawn = courses(look.known, look.back.limits.findings_days, look.back.areas, MOST_POINTS)
    ours = [one for one in look.known.visits if one.kind not in BESIDE]
    learnt = [one for one in reversed(look.known.visits) if one.kind == INFORMATION and one.submission != visit.id]
    return {
        "visits": _visits(look, ours),
        "not_completed": tuple(_not_completed(look, ours)),
        "announced": _announced(look),
        "announced_home": _announced_home(look),
        "information": tuple(_information(look, one) for one in learnt),
        "courses": tuple(_courses(drawn)),
        "home_course": tuple(_home(drawn)),
        "earlier_findings": tuple(_earlier(look)),
    }  # fmt: skip


# --- visits -------------------------------------------------------------------------------------------------------------------------


def _visits(look: Looking, ours: Sequence[PastVisit]) -> tuple[f.VisitLine, ...]:
    newest = list(reversed(ours))[:MOST_VISITS]
    authors = {one.author: (accounts.account(look.tx, one.author) or {"name": ""})["name"] for one in newest}
    return tuple(f.VisitLine(one.on, how_it_went(look, one), authors[one.author]) for one in newest)


def how_it_went(look: Looking, visit: PastVisit) -> str:
    """How a visit went, in its form's own words, and whether it was expected."""
    words = _plain(look, visit)
    said = "" if visit.said.announced is None else "arranged" if visit.said.announced else "not arranged"
    return f"{words} ({said})" if said else words


def outcome_words(catalogue: Catalogue, form: str, version: int, outcome: str | None) -> str:
    """An outcome in the form's own words; of a form that does not ask for one, its title."""
    known = catalogue.form(form, version)
    asked = next((question for question, _ in known.placed.values() if question.measure == OUTCOME), None)
    return (telling.words(asked, outcome) if asked else "") or known.title


def _not_completed(look: Looking, ours: Iterable[PastVisit]) -> Iterator[f.NotCompleted]:
    """By kind; what never counts against a family last, and said to be so."""
    kinds = Counter((one.outcome in NEVER_COUNTED, _plain(look, one)) for one in ours if one.kind == NOT_COMPLETED)
    for (never, words), number in sorted(kinds.items()):
        yield f.NotCompleted(f"{words} (never counted against the family)" if never else words, number)


def _plain(look: Looking, visit: PastVisit) -> str:
    key = (visit.form, visit.form_version, visit.outcome)
    if key not in look.outcomes:
        look.outcomes[key] = outcome_words(look.w.catalogue, *key)
    return look.outcomes[key]


def _made(look: Looking) -> list[PastVisit]:
    return [one for one in look.known.since(look.back.limits.findings_days) if one.made and one.outcome != ENDED_EARLY]


def _announced(look: Looking) -> str:
    """How many visits the family expected, and how many it did not."""
    arranged, not_arranged = (sum(one.said.announced is expected for one in _made(look)) for expected in (True, False))
    return f"{count(arranged, 'visit')} arranged with the family, {not_arranged} not arranged." if arranged or not_arranged else ""


def _announced_home(look: Looking) -> str:
    """The state of the home where the family expected the visit, and where it did not, with how many of each."""
    limits = look.back.limits
    return announced_words(patterns.compare(history.home(look.known.since(limits.findings_days), limits)))


# --- what others told us ------------------------------------------------------------------------------------------------------------


def _information(look: Looking, visit: PastVisit) -> f.Information:
    """What was learnt outside a visit, with the kind of source and how they know. Whoever a private person is stands in confidential
    answers, which are left out before anything is read here."""
    told = telling.tell(look.form(visit), _body(look, visit), dict(look.names))
    source = next((line.words for line in told.lines if line.question.measure == SOURCE), "")
    named = told.free_text(TOLD_BY) or told.free_text(NAMED)
    happened = told.free_text(HAPPENED_ON)
    return f.Information(
        visit.on, f"{source} ({named})" if named else source, told.free_text(HOW_THEY_KNOW), told.free_text(WHAT_WAS_SAID), happened,
        shareable=True,
    )  # fmt: skip


def _body(look: Looking, visit: PastVisit) -> dict[str, Any]:
    row = submissions.submission(look.tx, visit.submission)
    found: dict[str, Any] = json.loads(same.body(look.tx, row["household"], row["body"])) if row else {}
    return found


# --- over the visits ----------------------------------------------------------------------------------------------------------------


def _courses(drawn: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for the rooms seen and for each area that is at its worst; a single visit is no course. The home is drawn."""
    for course in drawn:
        points, best, worst = course["points"][-MOST_IN_A_SENTENCE:], course["best"], course["worst"]
        at_worst = best < worst == points[-1]["value"]
        if len(points) > 1 and course["title"] != HOME and (course["title"] == ROOMS or at_worst):
            better = "fewer is worse" if course["title"] == ROOMS else "higher is worse"
            said = ", ".join(_point(one) for one in points)
            yield f"{course['title']}: {said}. {count(len(points), 'visit')}, best {best}, worst {worst}, {better}."


def _home(drawn: Iterable[Mapping[str, Any]]) -> Iterator[f.CoursePoint]:
    points = next((course["points"] for course in drawn if course["title"] == HOME), ())
    return (f.CoursePoint(one["on"], one["value"], max(one["value"], one["could_be"])) for one in points)


def _point(point: Mapping[str, Any]) -> str:
    value, most = point["value"], point["could_be"]
    return f"{value}{f' (could be {most})' if most > value else ''} on {day(point['on'])}"


# --- what was found before ----------------------------------------------------------------------------------------------------------


def _earlier(look: Looking) -> Iterator[f.EarlierFinding]:
    """What earlier visits found, each thing once with its days, the gravest first; what this visit found again is said there."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in look.told_before:
        if (row["person"], row["code"]) not in look.again:
            found.setdefault((row["person"], row["code"]), []).append(row)
    grave = sorted(found.values(), key=lambda those: (-those[-1]["level"], _newest_first(those)))
    for those in grave[:MOST_EARLIER]:
        on = sorted({row["occurred_on"] for row in those}, reverse=True)
        yield f.EarlierFinding(on[0], those[-1]["said"], also_on=tuple(on[1:]), shareable=True)


def _newest_first(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(-int(part) for part in max(row["occurred_on"] for row in rows).split("-"))
