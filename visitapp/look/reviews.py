"""What a second person says of visits, for screens: the queue, one visit's review, and agreement with each finding."""

from collections import defaultdict
from dataclasses import dataclass

from visitapp.domain.reviews import MONTH
from visitapp.look.reading import Desk, each_noted
from visitapp.store import agreement, reflections, reviews, sampling
from visitapp.store.tx import Row

PAGE = 25
NEWEST = 2**62
FIRST = reviews.FIRST
MOST_CARRIED = 50
"""Reviewed visits that a tablet carries."""


@dataclass(frozen=True)
class Queue:
    """Visits whose review waits for something, what matters most first; `after` is the key of the next page."""

    rows: tuple[Row, ...]
    after: reviews.After | None


@dataclass(frozen=True)
class Review:
    """Everything that was said of one visit: where it stands (None where nothing waits or was said), questions with their answers, the
    newest word of each reader on each finding by (code, row), who signed it off, why it was sampled, by which draw of a month, and the
    newest that anybody said (`newest`, a seq): whoever signs has seen so much."""

    stands: Row | None
    questions: tuple[Row, ...]
    words: dict[tuple[str, str], tuple[Row, ...]]
    signed: tuple[Row, ...]
    sampled: tuple[Row, ...]
    draw: Row | None
    newest: int

    @property
    def said(self) -> bool:
        return bool(self.questions or self.words or self.signed)


def queue(desk: Desk, actor: str, whole_team: bool, now: str, after: reviews.After = FIRST) -> Queue:
    """For a supervisor all of their team's, for anybody else what waits for themselves."""
    read = reviews.waiting if whole_team else reviews.waiting_for
    with desk.engine.read() as tx:
        rows = read(tx, actor, now, after, PAGE + 1)
    shown = tuple(rows[:PAGE])
    each_noted(desk, actor, "read.reviews", sorted({row["household"] for row in shown}))
    return Queue(shown, (shown[-1]["place"], shown[-1]["since"], shown[-1]["submission"]) if len(rows) > PAGE else None)


def of_visit(desk: Desk, submission: str) -> Review:
    """For a page that has shown that its reader may see the visit, and has journalled the reading."""
    with desk.engine.read() as tx:
        why = reviews.sampled(tx, submission)
        newest = {(one["code"], one["row_id"], one["by_account"]): one for one in agreement.words(tx, submission)}
        said: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for one in newest.values():
            said[one["code"], one["row_id"]].append(one)
        return Review(
            reviews.now(tx, submission),
            tuple(reviews.questions(tx, submission)),
            {key: tuple(rows) for key, rows in said.items()},
            tuple(reviews.signed(tx, submission)),
            tuple(why),
            next((sampling.chose(tx, submission, one["seq"]) for one in why if one["why"] == MONTH), None),
            reviews.newest_said(tx, submission),
        )


@dataclass(frozen=True)
class Own:
    """One of somebody's own visits of which a second person said something."""

    row: Row
    questions: tuple[Row, ...]
    not_agreed: tuple[Row, ...]
    signed: Row | None


def of_author(desk: Desk, actor: str, since: str) -> tuple[Own, ...]:
    """The actor's own visits of which a second person said something since an instant, the newest first, for their tablet. The statements
    are the same however many there are."""
    with desk.engine.read() as tx:
        rows = reviews.of_author(tx, actor, since, MOST_CARRIED)
        ids = [row["submission"] for row in rows]
        asked, ends, said = (
            _by_visit(read(tx, ids) if ids else []) for read in (reviews.questions_of, reviews.signed_of, agreement.not_agreed)
        )
    each_noted(desk, actor, "read.reviews", sorted({row["household"] for row in rows}))
    return tuple(Own(row, tuple(asked[id]), tuple(said[id]), ends[id][-1] if ends[id] else None) for id, row in zip(ids, rows, strict=True))


def _by_visit(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["submission"]].append(row)
    return grouped


def reflections_on(desk: Desk, actor: str, submission: str) -> tuple[Row, ...]:
    """What the actor wrote about a visit for themselves; nobody else's."""
    with desk.engine.read() as tx:
        return tuple(reflections.own_of(tx, actor, submission))


def reflections_of(desk: Desk, actor: str, before: int = NEWEST) -> tuple[tuple[Row, ...], int | None]:
    """A page of the actor's own reflections, the newest first, and the key of the next."""
    with desk.engine.read() as tx:
        rows = reflections.own(tx, actor, before, PAGE + 1)
    shown = tuple(rows[:PAGE])
    return shown, shown[-1]["seq"] if len(rows) > PAGE else None


def findings(desk: Desk) -> tuple[Row, ...]:
    """Of the last fifty words of reviewers on each finding's rule, how many disagree; the most first. It is about rules and no family."""
    with desk.engine.read() as tx:
        return tuple(agreement.of_the_last_fifty(tx))


def disagreed(desk: Desk, actor: str, rule: tuple[str, int, str], before: int = NEWEST) -> tuple[tuple[Row, ...], int | None]:
    """A page of the visits behind one of these figures, as far as the actor may see the family, and the key of the next."""
    with desk.engine.read() as tx:
        rows = agreement.disagreed(tx, actor, *rule, before, PAGE + 1)
    shown = tuple(rows[:PAGE])
    each_noted(desk, actor, "read.reviews", sorted({row["household"] for row in shown}))
    return shown, shown[-1]["seq"] if len(rows) > PAGE else None
