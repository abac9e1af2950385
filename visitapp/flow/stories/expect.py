"""What a story expects, read into single expectations, each with its line and in its own words. `expecting` says whether each holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from types import MappingProxyType

from visitapp.domain.duties import KINDS as DUTY_KINDS
from visitapp.domain.findings import DESTINATIONS, LEVELS, URGENCIES
from visitapp.domain.referrals import STATES as REFERRAL_STATES
from visitapp.flow.owing import OWED
from visitapp.flow.stories.looking import Spot, as_truth, nearest
from visitapp.flow.stories.wanted import Expect, Wanted, number
from visitapp.formlang.kinds import HISTORY

DUTIES = (*DUTY_KINDS, *(owed.kind for owed in OWED.values()), "quarantine")
"""Every kind of duty."""


@dataclass(frozen=True)
class Found:
    """A finding that is looked for: of anybody, or of one person by key."""

    code: str
    person: str = ""


ONE_OF = ("raised", "ever_raised", "cannot_tell", "ask_next")
"""What is expected to be there: of a pattern such as `sleep_*` one is enough. What is expected not to be there is none of them."""


@dataclass(frozen=True)
class Expecting:
    """Reads what is expected. `codes` are the findings that can come out there; `people` the keys of the story; `anywhere` the findings of
    every form, whose duties stay open whatever the next visit is written on."""

    codes: Collection[str]
    people: Collection[str]
    anywhere: Collection[str] = ()

    def read(self, spot: Spot) -> Expect:
        if spot.raw is None:
            return ()
        spot.keys(tuple(READERS), what="in what is expected")
        return tuple(one for key in spot.mapping if key in READERS for one in READERS[key](self, spot, key))

    # --- findings ---------------------------------------------------------------------------------------------------------------

    def findings(self, spot: Spot, key: str) -> Iterator[Wanted]:
        listed = list(spot.each(key))
        if listed and not isinstance(spot.mapping[key], list) and spot.mapping[key] in ("none", "nothing"):
            yield Wanted(f"no_{key}", None, f"{WORDS[key]}: none", listed[0].line)
            return
        for one in listed:
            for found in self._found(one, key):
                whose = f" ({found.person})" if found.person else ""
                yield Wanted(key, found, f"{WORDS[key]}: {found.code}{whose}", one.line)

    def _found(self, spot: Spot, key: str) -> Iterator[Found]:
        """What is looked for. Where something is to be there, a pattern is one thing, and any that it stands for is enough."""
        if isinstance(spot.raw, str):
            codes = self._codes(spot, spot.raw)
            yield from (Found(code) for code in ((spot.raw,) if codes and key in ONE_OF else codes))
        elif isinstance(spot.raw, dict):
            for code in spot.mapping:
                people, codes = spot.words(code, self.people), self._codes(spot, code)
                yield from (Found(each, person) for each in ((code,) if codes and key in ONE_OF else codes) for person in people)
        else:
            spot.fault("A finding is its code, or 'code: person'.")

    def _codes(self, spot: Spot, code: str) -> list[str]:
        """The code, or those that a pattern with * stands for."""
        known = [code] if code in self.codes else sorted(one for one in self.codes if "*" in code and fnmatchcase(one, code))
        if not known:
            spot.fault(f"'{code}' is nothing that can come out here.{nearest(code, self.codes)}")
        return known

    def asks(self, spot: Spot, key: str) -> Iterator[Wanted]:
        """What is asked next: findings by code, or words of the question."""
        for one in spot.each(key):
            if one.raw in ("none", "nothing"):
                yield Wanted("no_ask_next", None, "asked next: nothing", one.line)
            elif isinstance(one.raw, dict) or one.raw in self.codes:
                yield from (Wanted(key, found, f"asked next: {found.code}", one.line) for found in self._found(one, key))
            elif isinstance(one.raw, str) and " " in one.raw:
                yield Wanted("ask_next_words", one.raw, f"asked next: “{one.raw}”", one.line)
            else:
                one.fault(f"'{one.raw}' is no finding that can come out here.{nearest(one.raw, self.codes)}")

    # --- level, urgency, destination --------------------------------------------------------------------------------------------

    def level(self, spot: Spot, key: str) -> Iterator[Wanted]:
        at = spot.at(key)
        if not isinstance(at.raw, dict):
            yield from number(spot, key, "at_least", "at least level", LEVELS)
            return
        at.keys(("at_least", "could_be"), what="of a level")
        yield from number(at, "at_least", "at_least", "at least level", LEVELS)
        yield from number(at, "could_be", "could_be", "could be level", LEVELS)

    def agreed(self, spot: Spot, key: str) -> Iterator[Wanted]:
        if spot.mapping[key] in ("none", None):
            yield Wanted("no_level_agreed", None, "no level agreed", spot.at(key).line)
        else:
            yield from number(spot, key, "level_agreed", "level agreed", LEVELS)

    # --- duties and plans -------------------------------------------------------------------------------------------------------

    def duties(self, spot: Spot, key: str) -> Iterator[Wanted]:
        at = spot.at(key)
        if at.raw in ("none", "nothing"):
            yield Wanted("no_duty", None, "no duty open", at.line)
            return
        at.keys(("open", "overdue", "not_open", "not_overdue", "none"), what="of duties")
        for how in ("open", "overdue", "not_open", "not_overdue"):
            for one in at.each(how):
                if how in ("open", "overdue") and one.raw in ("none", "nothing"):
                    yield Wanted(f"no_duty_{how}", None, f"no duty {how}", one.line)
                else:
                    yield from self._duty(one, how)
        if at.flag("none"):
            yield Wanted("no_duty", None, "no duty open", at.at("none").line)

    def _duty(self, spot: Spot, how: str) -> Iterator[Wanted]:
        """By its kind, by the finding that called for it, either with a person, or by words of it."""
        known = Expecting((*self.codes, *self.anywhere, *DUTIES), self.people)
        said = "duty " + how.replace("_", " ")
        if isinstance(spot.raw, str) and " " in spot.raw:
            yield Wanted(f"duty_{how}", spot.raw, f"{said}: “{spot.raw}”", spot.line)
            return
        for found in known._found(spot, f"duty_{how}"):
            whose = f" ({found.person})" if found.person else ""
            yield Wanted(f"duty_{how}", found, f"{said}: {found.code}{whose}", spot.line)

    def plans(self, spot: Spot, key: str) -> Iterator[Wanted]:
        at = spot.at(key).keys(("open", "met", "done", "actions", "not_done"), what="of plans")
        words = {"open": "plans open", "met": "triggers met", "done": "actions done", "actions": "actions", "not_done": "actions not done"}
        for one, said in words.items():
            yield from number(at, one, f"plans_{one}", said)

    # --- the rest ---------------------------------------------------------------------------------------------------------------

    def patterns(self, spot: Spot, key: str) -> Iterator[Wanted]:
        """What is known of the family's history, by the names that rules read."""
        at = spot.at(key).keys(tuple(HISTORY), what="of patterns")
        for name in at.mapping:
            reads, where = HISTORY.get(name), at.at(name)
            if where.raw in (None, "unknown"):
                yield Wanted("pattern", (name, None), f"{name}: unknown", where.line)
            elif reads == "number":
                for one in number(at, name, "pattern_number", name):
                    yield replace(one, what=(name, one.what))
            elif reads == "truth":
                truth = as_truth(where.raw)
                if truth is None:
                    where.fault(f"'{name}' is yes, no or unknown.")
                else:
                    yield Wanted("pattern", (name, truth), f"{name}: {'yes' if truth else 'no'}", where.line)
            elif reads == "codes":
                yield from self._pattern_codes(at, name)

    def _pattern_codes(self, at: Spot, name: str) -> Iterator[Wanted]:
        if at.mapping[name] in ([], "none", "nothing"):
            yield Wanted("pattern", (name, []), f"{name}: none", at.at(name).line)
            return
        for one, code in zip(at.each(name), at.words(name), strict=False):
            yield Wanted("pattern_code", (name, code), f"{name}: {code}", one.line)

    def words_of_memory(self, spot: Spot, key: str) -> Iterator[Wanted]:
        for one, words in zip(spot.each(key), spot.words(key), strict=False):
            yield Wanted("memory", words, f"memory: “{words}”", one.line)


def _one_of(kind: str, words: str, allowed: Collection[str]) -> Callable[[Expecting, Spot, str], Iterator[Wanted]]:
    def read(_: Expecting, spot: Spot, key: str) -> Iterator[Wanted]:
        found = spot.words(key, allowed)
        if found:
            yield Wanted(kind, frozenset(found), f"{words}: {' or '.join(found)}", spot.at(key).line)

    return read


def _flag(kind: str, words: str) -> Callable[[Expecting, Spot, str], Iterator[Wanted]]:
    def read(_: Expecting, spot: Spot, key: str) -> Iterator[Wanted]:
        truth = spot.flag(key)
        yield Wanted(kind, truth, f"{words}: {'yes' if truth else 'no'}", spot.at(key).line)

    return read


WORDS = {
    "raised": "raised",
    "not_raised": "not raised",
    "cannot_tell": "cannot be told",
    "ruled_out": "ruled out",
    "ever_raised": "raised at some visit",
    "never_raised": "raised at no visit",
}
READERS: Mapping[str, Callable[[Expecting, Spot, str], Iterator[Wanted]]] = MappingProxyType(
    {
        **dict.fromkeys(WORDS, Expecting.findings),
        "ask_next": Expecting.asks,
        "level": Expecting.level,
        "urgency": _one_of("urgency", "urgency", URGENCIES),
        "destination": _one_of("destination", "destination", DESTINATIONS),
        "referral": _one_of("referral", "referral", ("none", *REFERRAL_STATES)),
        "interrupts": _flag("interrupts", "interrupts the visit"),
        "no_concern": _flag("no_concern", "“no concern” may be said"),
        "duties": Expecting.duties,
        "plans": Expecting.plans,
        "level_agreed": Expecting.agreed,
        "patterns": Expecting.patterns,
        "memory": Expecting.words_of_memory,
        "refused": _flag("refused", "refused by the service"),
    }
)
