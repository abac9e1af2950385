"""What a family's past says to a person, in short plain sentences that a health visitor reads first: on a new baby's first screen too,
which never opens empty where the household has a past. No level, no score, nothing confidential, and no word that judges; each with its
dates and how many. Bounded however long the past is.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from visitapp.decide import history, patterns
from visitapp.decide import memory_of_agreements as agreed
from visitapp.decide.limits import Limits
from visitapp.decide.saying import MOST_EACH, Looking, count, dates, day, small
from visitapp.domain.measures import PAST
from visitapp.domain.outcomes import BY_NAME
from visitapp.domain.past import BESIDE, INFORMATION, PastVisit, Row

MOST_FINDINGS, MOST_LINES, LONGEST = 10, 40, 300

NOT_COMPLETED = {
    "no_answer": "Nobody answered",
    "refused_entry": "An adult opened the door and did not let us in",
    "cancelled_by_family": "The family cancelled",
    "not_brought": "A child was to be brought to us and was not",
}
"""How a visit was not completed, by the given fact that counts it (`domain.outcomes.BY_NAME`)."""


def lines(look: Looking) -> list[str]:
    """The sentences, what matters first of all first."""
    parts = (
        agreed.open_to, _past, agreed.plans, _children, _not_completed, _found, _home, agreed.help_asked_for, agreed.agencies, _unknown,
        _between_visits,
    )  # fmt: skip
    said = [line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for part in parts for line in part(look)]
    return said[:MOST_LINES]


def _past(look: Looking) -> Iterator[str]:
    visits = [one for one in look.known.since(look.limits.past_days) if one.past]
    words = {look.words.answer(PAST, code): one.on for one in visits for code in one.past if code not in history.NOTHING_BEFORE}
    for said, on in list(words.items())[:MOST_EACH]:
        if said:
            yield f"From before: {small(said)} (said on {day(on)})."


def _children(look: Looking) -> Iterator[str]:
    seen, home = history.seen_on(look.known), history.home_on(look.known)
    for id, row in look.known.people.items():
        if row["role"] != "child" or row["born_on"] is None or row["born_on"] > look.on:
            continue
        if id in seen:
            days = look.known.moment.days_since(seen[id])
            yield f"{row['given_names']} was last seen on {day(seen[id])} ({count(days, 'day')})."
        elif look.known.visits:
            yield f"{row['given_names']} was not seen at any visit yet."
        if home.get(id):
            yield f"{row['given_names']} came home from hospital on {day(str(home[id]))}."


def _not_completed(look: Looking) -> Iterator[str]:
    recent = set(history.not_completed(look.known, look.limits.not_completed_days))
    visits = history.not_completed(look.known, look.limits.past_days)
    for name, outcomes in BY_NAME.items():
        yield from _times(NOT_COMPLETED[name], [one for one in visits if one.outcome in outcomes], recent, look.limits)
    others = [one for one in visits if not any(one.outcome in outcomes for outcomes in BY_NAME.values())]
    yield from _times("A visit was not completed for another reason", others, recent, look.limits)


def _times(what: str, visits: Sequence[PastVisit], recent: set[PastVisit], limits: Limits) -> Iterator[str]:
    if visits:
        lately = sum(one in recent for one in visits)
        some = "" if lately == len(visits) else f", {lately} of them"
        within = f"{some} in the last {limits.not_completed_days} days" if lately else ""
        yield f"{what}: {count(len(visits), 'visit')}{within} ({dates([one.on for one in visits])})."


def _found(look: Looking) -> Iterator[str]:
    """What was found of the family and each of its children, earlier children's too; the gravest first, each once."""
    by_subject: dict[tuple[str, str], list[Row]] = {}
    for row in look.told:
        by_subject.setdefault((row["person"], row["code"]), []).append(row)
    grave = sorted(by_subject.values(), key=lambda rows: (-rows[0]["level"], _newest_first(rows[0]["occurred_on"])))
    for rows in grave[:MOST_FINDINGS]:
        days = sorted({row["occurred_on"] for row in rows})
        many = f"at {len(days)} visits, the last on {day(days[-1])}" if len(days) > 1 else day(days[0])
        yield f"{rows[0]['said'].strip().removesuffix('.')} ({many})."
    if len(grave) > MOST_FINDINGS:
        yield f"{count(len(grave) - MOST_FINDINGS, 'other thing')} found at earlier visits: see the chronology."


def _newest_first(on: str) -> int:
    return -date.fromisoformat(on).toordinal()


def _home(look: Looking) -> Iterator[str]:
    recent = look.known.since(look.limits.findings_days)
    points, rooms = history.home(recent, look.limits), history.rooms(recent)
    rises = patterns.rises([one.value for one in points]).at_least
    falls = patterns.falls([one.value for one in rooms]).at_least
    if rises > 1:
        yield f"At each of the last {rises} visits the home was in a worse state than at the one before."
    if falls:
        yield f"Fewer rooms were seen at {'the last visit' if falls == 1 else f'each of the last {falls} visits'} than at the one before."
    compared = patterns.compare(points)
    if compared.announced and compared.unannounced:
        worse = compared.higher_unannounced(look.limits.worse_points, look.limits.compared_each)
        than = ", and the home was in a worse state at those that were not" if worse else ""
        yield f"{count(compared.announced, 'visit')} arranged with the family, {compared.unannounced} not arranged{than}."


def _unknown(look: Looking) -> Iterator[str]:
    """What nobody knows yet, and what was said differently at two visits. What somebody told us in confidence is not held up here."""
    visits = [one for one in look.known.since(look.limits.accounts_days) if one.kind not in BESIDE]
    for measure in patterns.conflicts(visits)[:MOST_EACH]:
        if question := look.words.question(measure):
            yield f"Different answers were given at different visits: {question}"
    unknown = patterns.still_unknown(look.known.since(look.limits.findings_days))
    asked = [question for measure in unknown if measure in NAMED_WHEN_UNKNOWN and (question := look.words.question(measure))]
    if asked:
        yield f"Not known at the last visit that asked: {' '.join(asked)}"


NAMED_WHEN_UNKNOWN = ("home.cause", "home.impact", "child.impact", "family.open_to", "adult.uses")
"""Of what is still unknown, what a person is reminded of: cause and impact first (brief 2.5, 4.4). Rules may read all of it."""


def _between_visits(look: Looking) -> Iterator[str]:
    """That there is something to read, and not what or from whom: whoever it is about may see this screen."""
    noted = [one.on for one in look.known.since(look.limits.findings_days) if one.kind == INFORMATION]
    if noted:
        yield f"Noted between visits: {count(len(noted), 'time')} ({dates(noted)}). See the chronology."
