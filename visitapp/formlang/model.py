"""What a form is once it has been read: frozen, checked and the same for everyone. Compared by identity, because two versions of a
form are two forms and a thousand findings should not have to be compared to say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

Tree = tuple[Any, ...]
"""A compiled rule: the operator's name, then its parts; anything that is not a tuple is a literal. JSON writes it as lists."""

LANGUAGE = 3
"""The version of the rule language that trees are written in. What could be written in an earlier one reads the same."""


@dataclass(frozen=True)
class Option:
    """One answer of a choice. `alone` cannot stand beside others ("none of these"); `rest_unknown` says that what is not ticked was
    not asked about, so it is unknown and not "no"; `reassures` is what a sensitive question takes for not asked unless properly asked."""

    code: str
    label: str
    hint: str | None = None
    alone: bool = False
    rest_unknown: bool = False
    reassures: bool = False


@dataclass(frozen=True, eq=False)
class Question:
    """One question. `known` and `absent` list the codes offered beside the answer, `show_if` hides it unless true (`shown_when` is its
    text), only rows have `questions` of their own. `carry` is offered for one tap with the date it was established (where it names codes,
    only these are); `sensitive` reassures only when it was asked as the form's `asked_properly` says; `layout` is how it is drawn."""

    id: str
    kind: str
    label: str
    hint: str | None = None
    options: tuple[Option, ...] = ()
    known: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    show_if: Tree | None = None
    measure: str | None = None
    letter: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    units: str | None = None
    of: str | None = None
    row_title: str | None = None
    questions: tuple["Question", ...] = ()
    confidential: bool = False
    carry: bool | tuple[str, ...] = False
    sensitive: bool = False
    layout: str | None = None
    shown_when: str | None = None

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options)

    def lasts(self, value: object) -> bool:
        """Whether this answer is carried forward."""
        return value in self.carry if isinstance(self.carry, tuple) else self.carry


@dataclass(frozen=True, eq=False)
class Section:
    id: str
    area: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Duty:
    """What a present finding asks of somebody. `within` names a setting of the policy. `kind`: `see` is done by the next visit at which
    the child is seen, `lead` by naming who leads, `meet` by a meeting; `do` and `tell` only by a person who says what was done."""

    what: str
    within: str
    kind: str
    owner: str


@dataclass(frozen=True, eq=False)
class Score:
    """A published total. `of` gives the points of every code of every question it adds up, in the order of the form; `rows` is where
    those questions stand (None: at the top). Lowest and highest follow from what is answered, so a score is a range. Where `when` is sure
    not to hold nobody was asked, and there is no score: not asked is not nought."""

    id: str
    title: str
    measure: str | None
    rows: str | None
    max: int
    of: Mapping[str, Mapping[str, int]]
    source: str
    when: Tree | None = None
    asked_when: str | None = None


@dataclass(frozen=True, eq=False)
class FindingRule:
    """One thing the form can find. `judgement` marks a local clinical judgement rather than a published fact; `source` says whose.
    `stands_for` names lesser findings of the same row, or of the visit, that this one says already."""

    code: str
    area: str
    each: str | None
    when: str
    tree: Tree
    severity: str
    level: int
    wording: str
    ask: str
    source: str
    judgement: bool
    stands_for: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, eq=False)
class Form:
    """One version of one form. `hash` is the sha256 of its file's bytes; `file` where it was read from. `asked_properly` (in text,
    `asked_when`) says when reassurance in a sensitive question counts."""

    name: str
    version: int
    hash: str
    title: str
    kind: str
    sections: tuple[Section, ...]
    findings: tuple[FindingRule, ...]
    file: str = ""
    scores: tuple[Score, ...] = ()
    asked_properly: Tree | None = None
    asked_when: str | None = None
    terms: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def placed(self) -> Mapping[str, tuple[Question, str | None]]:
        """Every question by id, with the rows question it stands in (None at the top)."""
        found: dict[str, tuple[Question, str | None]] = {}
        for section in self.sections:
            _place(section.questions, None, found)
        return MappingProxyType(found)

    @cached_property
    def rules(self) -> Mapping[str, FindingRule]:
        return MappingProxyType({rule.code: rule for rule in self.findings})

    @cached_property
    def score(self) -> Mapping[str, Score]:
        return MappingProxyType({score.id: score for score in self.scores})

    def question(self, id: str) -> Question:
        """The question with that id, wherever it stands. KeyError when the form has none."""
        return self.placed[id][0]


def _place(questions: tuple[Question, ...], parent: str | None, found: dict[str, tuple[Question, str | None]]) -> None:
    for question in questions:
        found[question.id] = (question, parent)
        _place(question.questions, question.id, found)


@dataclass(frozen=True)
class LevelWords:
    level: int
    name: str
    local: str
    words: str


@dataclass(frozen=True)
class Raise:
    """When at least `count` different findings of at least `from_level` and one of the severities are present, over at least `areas`
    areas, the level is at least `to`."""

    to: int
    count: int
    areas: int
    from_level: int
    severities: tuple[str, ...]
    source: str


@dataclass(frozen=True, eq=False)
class Levels:
    name: str
    version: int
    hash: str
    levels: tuple[LevelWords, ...]
    raises: tuple[Raise, ...]

    def words(self, level: int) -> LevelWords:
        return self.levels[level - 1]


@dataclass(frozen=True)
class Setting:
    """One number or time of day of local policy, in its units, with whose decision or guidance it is. `by_area`: an area may have it
    otherwise; what history says and tablets carry is the same everywhere."""

    value: int | str
    units: str
    source: str
    by_area: bool = False


@dataclass(frozen=True, eq=False)
class Policy:
    """`holidays` are days on which offices are shut beside the known bank holidays. One that `differs_from` another is an area's: it has
    only what is otherwise there, until it is put `over` the standard."""

    name: str
    version: int
    hash: str
    settings: Mapping[str, Setting] = field(repr=False)
    holidays: frozenset[date] = frozenset()
    differs_from: str | None = None

    def over(self, standard: "Policy") -> "Policy":
        """What holds in an area: the standard with what this area has otherwise, and the days off of both."""
        settings = MappingProxyType({**standard.settings, **self.settings})
        return replace(self, settings=settings, holidays=standard.holidays | self.holidays)

    def number(self, setting: str) -> int:
        """A setting that counts something. KeyError when the policy has no such setting."""
        return int(self.settings[setting].value)

    def text(self, setting: str) -> str:
        return str(self.settings[setting].value)


@dataclass(frozen=True)
class RouteRule:
    """Applies when the level is at least `level` and the urgency is one of `urgency`; where it names what a family must be
    `open_to`, only to one that is open to any of these. The first rule that applies decides."""

    level: int
    urgency: tuple[str, ...]
    go: str
    reason: str
    open_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class RouteWords:
    """`team` is the kind of team that receives it; which team that is in an area today is in the database."""

    words: str
    team: str | None


@dataclass(frozen=True)
class When:
    """What must be so of a referral for a rule of its recipients to apply. What is empty or None asks nothing."""

    go: tuple[str, ...] = ()
    level: int = 1
    urgency: tuple[str, ...] = ()
    hours: str | None = None
    open_to: tuple[str, ...] = ()
    found: str | None = None
    unborn: str | None = None
    age_under: int | None = None
    looked_after: bool = False
    parents: str | None = None
    safe: bool = False


@dataclass(frozen=True)
class DocumentRule:
    """Which kind of document asks the receiver to act. The first rule that applies decides."""

    when: When
    document: str
    reason: str


@dataclass(frozen=True)
class RecipientRule:
    """`to` are those who could get it, in the order in which they are tried; `otherwise` is said where none of them can. A copy that is
    `offered` goes only where the practitioner asks for it; `document` is None for the receiver, whose document has rules of its own."""

    when: When
    to: tuple[str, ...]
    reason: str
    otherwise: str = ""
    document: str | None = None
    offered: bool = False


@dataclass(frozen=True)
class Assured:
    """A domain that letters may be mailed to, with who vouches for it; one that begins with a dot stands for every domain under it. One of
    the `demonstration` counts nowhere else."""

    domain: str
    source: str
    demonstration: bool = False


@dataclass(frozen=True, eq=False)
class Routes:
    """`receivers` is empty in versions of before referrals had recipients: then the destination's team receives it."""

    area: str
    version: int
    hash: str
    destinations: Mapping[str, RouteWords]
    rules: tuple[RouteRule, ...]
    documents: tuple[DocumentRule, ...] = ()
    receivers: tuple[RecipientRule, ...] = ()
    copies: tuple[RecipientRule, ...] = ()
    assured: tuple[Assured, ...] = ()

    @property
    def name(self) -> str:
        return self.area

    @property
    def last_resort(self) -> tuple[str, ...]:
        """The words for whoever receives what comes to nobody else: of the rules that ask nothing of a referral."""
        return tuple(word for rule in self.receivers if rule.when == When() for word in rule.to)
