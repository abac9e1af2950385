"""What several visits show that none of them shows alone: the course of a number, its best and worst, announced against unannounced, what
is still unknown, and accounts that contradict one another. Pure, and never surer than the visits: what could have been otherwise is neither
a rise nor the lack of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from math import inf
from typing import NamedTuple

from visitapp.domain.accounts import COMPARED, Compared
from visitapp.domain.measures import Account, Range, Said
from visitapp.domain.outcomes import ENDED_EARLY
from visitapp.domain.past import INFORMATION, PastVisit


@dataclass(frozen=True)
class Point:
    """A number at one visit, as far as it was known; whether the family expected the visit, where that was said."""

    on: str
    value: Range
    announced: bool | None = None


def comparable(points: Iterable[Point], open_at_most: int) -> list[Point]:
    """Those of which enough was seen: a visit that left more points open is shown, and compared with nothing."""
    return [one for one in points if one.value.could_be - one.value.at_least <= open_at_most]


def rises(values: Sequence[Range]) -> Range:
    """How many visits running, ending with the last, were each higher than the one before."""
    steps = [one.at_least > before.could_be for before, one in pairwise(values)]
    return Range(sum(1 for _ in takewhile(bool, reversed(steps))), _could_have_risen(values))


def _could_have_risen(values: Sequence[Range]) -> int:
    """The longest run there is room for: going back from the last, each as high as it could be below the one after it."""
    number, below = -1, inf
    for one in reversed(values):
        if one.at_least >= below:
            break
        number, below = number + 1, min(one.could_be, below - 1)
    return max(number, 0)


def falls(values: Sequence[Range]) -> Range:
    """How many visits running, ending with the last, were each lower than the one before."""
    return rises([Range(-one.could_be, -one.at_least) for one in values])


def lowest(values: Sequence[Range]) -> Range | None:
    """What it was at its lowest; None of nothing."""
    return Range(min(one.at_least for one in values), min(one.could_be for one in values)) if values else None


def highest(values: Sequence[Range]) -> Range | None:
    """What it was at its highest; None of nothing."""
    return Range(max(one.at_least for one in values), max(one.could_be for one in values)) if values else None


def at_highest(values: Sequence[Range]) -> bool:
    """Whether the last is surely above the lowest, and no earlier one was surely above the last."""
    if len(values) < 2:
        return False
    *before, last = values
    return last.at_least > min(one.could_be for one in before) and last.at_least >= max(one.at_least for one in before)


@dataclass(frozen=True)
class Compare:
    """Visits that the family expected beside those it did not: how many of each, and the mean of each as a range (None of nothing)."""

    announced: int
    unannounced: int
    mean_announced: tuple[float, float] | None
    mean_unannounced: tuple[float, float] | None

    def higher_unannounced(self, margin: int, each: int) -> bool | None:
        """Whether unannounced visits are higher by the margin, with at least so many of each; None when it cannot be told. With fewer the
        comparison is not made, which is no."""
        if self.mean_announced is None or self.mean_unannounced is None or min(self.announced, self.unannounced) < each:
            return False
        (expected_least, expected_most), (least, most) = self.mean_announced, self.mean_unannounced
        if least - expected_most >= margin:
            return True
        return False if most - expected_least < margin else None


def compare(points: Iterable[Point]) -> Compare:
    """Announced against unannounced; visits of which it is not known are in neither."""
    known = [one for one in points if one.announced is not None]
    expected, surprised = [one.value for one in known if one.announced], [one.value for one in known if not one.announced]
    return Compare(len(expected), len(surprised), _mean(expected), _mean(surprised))


def _mean(values: Sequence[Range]) -> tuple[float, float] | None:
    if not values:
        return None
    return sum(one.at_least for one in values) / len(values), sum(one.could_be for one in values) / len(values)


def always_asleep(visits: Sequence[Said], child: str, often: int) -> bool:
    """Whether a child was asleep at each of the last so many visits that saw them, of visits oldest first."""
    saw = [one for one in visits if child in one.seen][-often:]
    return len(saw) == often and not any(child in one.awake for one in saw)


def still_unknown(visits: Sequence[PastVisit]) -> list[str]:
    """Measures that were not known of somebody at the newest visit that asked about them, of visits oldest first. Only a visit that was
    made and not cut short asks."""
    found: dict[str, bool] = {}
    for visit in reversed(visits):
        if visit.made and visit.outcome != ENDED_EARLY:
            found |= {measure: True for measure in visit.asked.unknown if measure not in found}
            found |= {measure: False for measure in visit.asked.known if measure not in found}
    return sorted(measure for measure, unknown in found.items() if unknown)


def conflicts(visits: Iterable[PastVisit]) -> list[str]:
    """Measures of which one source says none and another says some, about the same person; of visits oldest first. Of what lasts each
    source counts with its newest word, because who was told that something changed is not contradicted by what it was before."""
    said: dict[tuple[str, str], list[tuple[Source, Account]]] = {}
    for visit in visits:
        for account in visit.accounts:
            said.setdefault((account.person, account.measure), []).append((_source(visit, account), account))
    return sorted({measure for (_, measure), theirs in said.items() if _contradicted(COMPARED[measure], theirs)})


class Source(NamedTuple):
    """Whose account it is: what came from outside is a source each time; at visits, who asked and how it is known."""

    outside: bool
    who: str
    known: tuple[str, ...]


def _source(visit: PastVisit, account: Account) -> Source:
    return Source(True, visit.submission, ()) if visit.kind == INFORMATION else Source(False, visit.author, account.known)


def _contradicted(compared: Compared, said: Iterable[tuple[Source, Account]]) -> bool:
    """Whether some source's none stands against another's some. That somebody outside knows of none contradicts nobody who told us of
    some: who says it conceals nothing (clinical brief 1.2, lullaby-40)."""
    told = list(dict(said).items()) if compared.lasting else list(said)
    none = {source for source, account in told if compared.none.issuperset(account.values)}
    some = {source for source, account in told if not _as_good_as_none(compared, source, account)}
    return any(_against(compared, one, other) for one in none for other in some)


def _as_good_as_none(compared: Compared, source: Source, account: Account) -> bool:
    none = compared.none if source.outside else compared.none | compared.comes_and_goes
    return none.issuperset(account.values)


def _against(compared: Compared, none: Source, some: Source) -> bool:
    if some.outside:
        return none != some and (compared.lasting or not none.outside)
    return compared.lasting and none != some and not none.outside
