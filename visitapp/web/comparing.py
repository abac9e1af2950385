"""Two visits answer by answer: what was said at each, how it was known, and whether it changed. Pure.

The forms may be of different versions or kinds: answers are paired by question, or by the measure that outlives versions, each for its
person and its row. What was not known at one of them has not changed to better or worse: it is said to be known now, or known no more.
What is recorded apart is paired and never said to have changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visitapp.formlang.model import Form, Question
from visitapp.web.answers import Line, line_of, mapping
from visitapp.web.words import day

CHANGED, KNOWN_NOW, KNOWN_NO_MORE, OTHERWISE, ONLY_FIRST, ONLY_SECOND, SAME = (
    "changed", "known_now", "known_no_more", "otherwise", "only_first", "only_second", "same",
)  # fmt: skip
WORDS: dict[str, str] = {
    CHANGED: "Changed",
    KNOWN_NOW: "Known now, and not before",
    KNOWN_NO_MORE: "Known before, and not now",
    OTHERWISE: "The same, known in another way",
    ONLY_FIRST: "Only at the earlier visit",
    ONLY_SECOND: "Only at the later visit",
    SAME: "The same",
}
"""What became of an answer from the earlier visit to the later."""
DIFFERENT = (CHANGED, KNOWN_NOW, KNOWN_NO_MORE, OTHERWISE)


@dataclass(frozen=True)
class Answered:
    """One question of one visit with where it stands: `context` are the keys of the rows around it, `titles` their words."""

    context: tuple[str, ...]
    titles: tuple[str, ...]
    section: str
    question: Question
    answer: Mapping[str, Any]
    line: Line


@dataclass(frozen=True)
class Pair:
    """One thing at two visits; None where the visit did not ask. `since` is the day since when each stands, where it was carried."""

    section: str
    titles: tuple[str, ...]
    question: str
    first: Line | None
    second: Line | None
    became: str
    apart: bool
    since: tuple[str, str] = ("", "")

    @property
    def words(self) -> str:
        return WORDS[self.became]

    @property
    def different(self) -> bool:
        return self.became in DIFFERENT


@dataclass(frozen=True)
class Group:
    """The pairs of one section, or of one row of it."""

    title: str
    pairs: tuple[Pair, ...]

    @property
    def different(self) -> int:
        return sum(one.different for one in self.pairs)


@dataclass(frozen=True)
class Visit:
    """What is compared: a form with what was answered on it."""

    form: Form | None
    body: Mapping[str, Any] | None
    people: Mapping[str, str]


def compared(first: Visit, second: Visit) -> tuple[Pair, ...]:
    """Everything that either visit asked, in the order of the later form and then of the earlier."""
    before, after = list(answered(first)), list(answered(second))
    partner = _partners(before, after)
    pairs = [_pair(before[partner[place]] if place in partner else None, one) for place, one in enumerate(after)]
    taken = set(partner.values())
    return (*pairs, *(_pair(one, None) for place, one in enumerate(before) if place not in taken))


def groups(pairs: Iterable[Pair]) -> tuple[Group, ...]:
    """By section and row, those where most differs within each first; nothing that is recorded apart."""
    found: dict[tuple[str, ...], list[Pair]] = {}
    for one in pairs:
        if not one.apart:
            found.setdefault((", ".join(one.titles),) if one.titles else (one.section,), []).append(one)
    return tuple(Group(title, tuple(sorted(those, key=lambda pair: not pair.different))) for (title,), those in found.items())


def answered(visit: Visit) -> Iterator[Answered]:
    """Every question that the visit asked, also where there is no answer."""
    if visit.form is None or visit.body is None:
        return
    answers = mapping(visit.body.get("answers"))
    for section in visit.form.sections:
        yield from _walk(section.questions, answers, section.title, (), (), visit.people)


def _walk(
    questions: Iterable[Question],
    answers: Mapping[str, Any],
    section: str,
    context: tuple[str, ...],
    titles: tuple[str, ...],
    people: Mapping[str, str],
) -> Iterator[Answered]:
    for question in questions:
        answer = answers.get(question.id)
        if question.kind == "rows" and mapping(answer).get("rows"):
            for key, title, inner in _rows(question, mapping(answer), people):
                yield from _walk(question.questions, inner, section, (*context, key), (*titles, title), people)
        elif answer is not None or question.show_if is None:
            yield Answered(context, titles, section, question, mapping(answer), line_of(question, answer, question.id, ""))


def _rows(question: Question, answer: Mapping[str, Any], people: Mapping[str, str]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each row with its key at other visits: its person, or what its first choice says; of several alike, in their order."""
    given = answer.get("rows")
    seen: dict[str, int] = {}
    for number, row in enumerate((mapping(one) for one in given) if isinstance(given, list) else (), 1):
        inner, person = mapping(row.get("answers")), row.get("person")
        if isinstance(person, str) and person:
            key, title = f"person:{person}", people.get(person, "") or "Somebody whose name is not recorded"
        else:
            code, words = _first_choice(question, inner)
            key, title = f"row:{question.measure or question.id}:{code}", words or f"{question.row_title or question.label} {number}"
        seen[key] = seen.get(key, 0) + 1
        yield (f"{key}:{seen[key]}" if seen[key] > 1 else key), title, inner


def _first_choice(question: Question, answers: Mapping[str, Any]) -> tuple[str, str]:
    """The code and words of what the row's first choice says. Which sleep it was is asked only where it was not the first."""
    first = next((one for one in question.questions if one.kind == "choice"), None)
    if first is None:
        return "", ""
    value = mapping(answers.get(first.id)).get("value", first.options[0].code if first.measure == "sleep.which" else "")
    return str(value), next((option.label for option in first.options if option.code == value), "")


# --- pairing ------------------------------------------------------------------------------------------------------------------------


def _partners(before: Sequence[Answered], after: Sequence[Answered]) -> dict[int, int]:
    """The place of each later answer -> that of its earlier one: by question first, then by measure; none is taken twice."""
    found: dict[int, int] = {}
    for key in (_by_question, _by_measure):
        free: dict[tuple[Any, ...], list[int]] = {}
        taken = set(found.values())
        for place, one in enumerate(before):
            if place not in taken and (of := key(one)):
                free.setdefault(of, []).append(place)
        for place, one in enumerate(after):
            waiting = free.get(key(one) or (), []) if place not in found else []
            if waiting:
                found[place] = waiting.pop(0)
    return found


def _by_question(one: Answered) -> tuple[Any, ...]:
    return one.context, one.question.id, one.question.measure, one.question.confidential


def _by_measure(one: Answered) -> tuple[Any, ...]:
    return (one.context, one.question.measure, one.question.confidential) if one.question.measure else ()


def _pair(first: Answered | None, second: Answered | None) -> Pair:
    shown = second or first
    assert shown is not None
    apart = shown.question.confidential
    return Pair(
        shown.section, shown.titles, shown.question.label, first.line if first else None, second.line if second else None,
        SAME if apart else _became(first, second), apart, (_since(first), _since(second)),
    )  # fmt: skip


def _became(first: Answered | None, second: Answered | None) -> str:
    if first is None or second is None:
        return ONLY_SECOND if first is None else ONLY_FIRST
    if first.line.answered != second.line.answered:
        return KNOWN_NOW if second.line.answered else KNOWN_NO_MORE
    if not first.line.answered:
        return SAME if first.line.words == second.line.words else OTHERWISE
    if _value(first) != _value(second):
        return CHANGED
    return SAME if first.line.known == second.line.known else OTHERWISE


def _value(one: Answered) -> Any:
    """The answer so that its order and its spaces do not matter."""
    value = one.answer.get("value")
    if isinstance(value, list):
        return sorted(str(each) for each in value)
    return value.strip() if isinstance(value, str) else value


def _since(one: Answered | None) -> str:
    """The day since when it stands, in words; empty where it was said at the visit itself."""
    since = one.answer.get("since") if one else None
    try:
        return day(since) if isinstance(since, str) else ""
    except ValueError:
        return ""
