"""What a visit says, under the headings of a letter. The few questions in which a practitioner writes freely are named here, by the ids
that every form gives them; everything else goes by measures, areas and rows, so a new form needs no code.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any

from visitapp.domain.measures import ANNOUNCED, OUTCOME, PAST, SEEN_AT_DOOR
from visitapp.flow.letter_people import INTERPRETED_BY, INTERPRETER
from visitapp.flow.reading import SEEN
from visitapp.flow.telling import WHICH, Line, Row, Told, for_a_reader
from visitapp.formlang import Form, Question
from visitapp.letter.facts import HomeItem, PersonSeen, Sleep, Substance
from visitapp.letter.sentences import KNOWN

STRENGTHS, PARENTS_VIEW, ANALYSIS, DAY = "strengths", "parents_view", "concern", "day"
ROOMS, SLEEP = "home.room_", "sleep."
SHARED, SURFACE = "sleep.shared", "sleep.surface"
BESIDE = (SHARED, "sleep.shared_with", "sleep.taken", "sleep.smoker")
SAID_TO_BE = "not_seen_why"
IMPACT, PROTECTION = ("impact", "impact_found", "impact_kinds"), ("protection", "protection_unusual")
WRITTEN = ("text", "date")
PAST_WORDS = "past_words"
DISAGREEMENT = ("differs_about", "differs_words", "declined_what", "declined_words")
NONE_OF_THESE = ("None of these", "None", "No worry")


def sections(form: Form, told: Told, evident: Container[str]) -> dict[str, Any]:
    """The parts of `LetterFacts` that stand here, by name. `evident` are the paths of what stands among the evidence already."""
    return {
        "days": days(told),
        "each_child": children(told),
        "this_visit": this_visit(told, evident),
        "sleeps": sleeps(told),
        "rooms": rooms(told),
        "home": home(form, told),
        "home_words": home_words(told),
        "substances": substances(form, told),
        "strengths": tuple(line for line in told.free_text(STRENGTHS).splitlines() if line.strip()),
        "in_words": in_words(told),
        "history": tuple(_labelled(told, lambda line: line.question.measure == PAST or line.question.id == PAST_WORDS)),
        "disagreement": tuple(_labelled(told, lambda line: line.question.id in DISAGREEMENT)),
        "parents_view": told.free_text(PARENTS_VIEW),
    }


def _labelled(told: Told, wanted: Callable[[Line], bool]) -> Iterator[tuple[str, str]]:
    """(what, words) of these answers, with how each is known where that is said."""
    for line in told.lines:
        if wanted(line):
            yield line.label, f"{line.said} ({KNOWN[line.known]})" if line.known else line.said


def this_visit(told: Told, evident: Container[str]) -> str:
    """Whom the visit met and what is known of the family: what was chosen outside the home and the children's rows, and is not evidence of
    anything found. How it went stands among the visits."""
    elsewhere = (OUTCOME, ANNOUNCED, PAST, INTERPRETER)
    lines = [
        line for line in told.lines
        if line.area != "home" and line.question.kind not in WRITTEN and line.path not in evident and line.question.measure not in elsewhere
        and line.question.id not in DISAGREEMENT
    ]  # fmt: skip
    met = [
        f"{line.whose}: {line.label.lower()} {line.said[:1].lower()}{line.said[1:]}" for row in told.rows for line in row.lines if _met(row)
    ]
    return "; ".join(part for part in (_listed(lines), "; ".join(met)) if part)


def _met(row: Row) -> bool:
    return row.question.of == "adult" and row.area != "substances" and bool(row.whose)


def days(told: Told) -> tuple[tuple[str, str], ...]:
    """What a day is like for each child, in the sentence that was written of this child and no other."""
    return tuple((line.whose or "A child", line.words) for line in told.by_path.values() if line.question.id == DAY and line.words)


def in_words(told: Told) -> tuple[tuple[str, str], ...]:
    """What the visitor wrote freely, and the days that were agreed, where no other section of the letter has them."""
    elsewhere = (STRENGTHS, PARENTS_VIEW, ANALYSIS, DAY, PAST_WORDS, INTERPRETED_BY, *DISAGREEMENT)
    return tuple(
        (f"{line.label}{line.where}", line.words)
        for line in told.by_path.values()
        if line.question.kind in WRITTEN and line.words and line.question.id not in elsewhere and not _of_a_child(line)
        and line.area not in ("home", "substances") and line.path.count("/") <= 2
    )  # fmt: skip


def _of_a_child(line: Line) -> bool:
    """A day that says when something of a child was established, such as a weight: it stands with the child."""
    return line.question.kind == "date" and bool(line.question.known)


def children(told: Told) -> tuple[tuple[str, str], ...]:
    """How each child is, in one line of answers: everything of the child's own row that no other section has."""
    rows = [row for row in told.rows if row.question.of == "child"]
    each = ((row.whose, for_a_reader(_in_one_line(filter(_of_the_child, row.lines)))) for row in rows)
    return tuple((whose or "A child", said) for whose, said in each if said)


def _in_one_line(lines: Iterable[Line]) -> str:
    """Answers, and last those of which there was none to say, together: it was asked, and that is all."""
    told = list(lines)
    none = [f"{line.label[:1].lower()}{line.label[1:]}" for line in told if line.words in NONE_OF_THESE]
    rest = _listed(line for line in told if line.words not in NONE_OF_THESE)
    return "; ".join(part for part in (rest, f"Asked, with none or no worry: {', '.join(none)}" if none else "") if part)


def _of_the_child(line: Line) -> bool:
    question = line.question
    if question.measure == SEEN or (question.measure or "").startswith(SLEEP) or question.id in (*IMPACT, *PROTECTION):
        return False
    return question.kind != "text" and (question.kind != "date" or _of_a_child(line))


def people_seen(told: Told) -> tuple[PersonSeen, ...]:
    """Whom the visit saw, child by child; of a visit that was not completed, how it went."""
    lines = [line for line in told.by_path.values() if line.question.measure == SEEN]
    went = next((line.words for line in told.lines if line.question.measure == OUTCOME and line.words), "")
    if not lines and went:
        return (PersonSeen("A child, at the door" if seen_at_door(told) else "Nobody", went),)
    return tuple(PersonSeen(line.whose or "A child", _how_seen(told, line)) for line in lines)


def seen_at_door(told: Told) -> bool:
    return any(line.question.measure == SEEN_AT_DOOR and line.words == "yes" for line in told.lines)


def _how_seen(told: Told, line: Line) -> str:
    where = told.by_path.get(line.path.rpartition("/")[0] + "/" + SAID_TO_BE)
    return f"{line.said} (said to be: {where.words.rstrip('.')})" if where and where.words else line.said


def rooms(told: Told) -> str:
    """Which rooms were seen, by how: one tap each for most homes, and one line."""
    found: dict[str, list[str]] = {}
    for line in told.lines:
        if (line.question.measure or "").startswith(ROOMS):
            found.setdefault(line.said, []).append(line.label)
    return "; ".join(f"{said}: {', '.join(labels)}" for said, labels in found.items())


def home(form: Form, told: Told) -> tuple[HomeItem, ...]:
    """What was chosen of the home beside the rooms. A question that only asks which others to put says nothing of its own."""
    return tuple(
        HomeItem(line.label, line.said, line.known, bool(line.words and line.question.known), shareable=True)
        for line in told.lines
        if line.area == "home" and line.question.kind not in WRITTEN and not (line.question.measure or "").startswith(ROOMS)
        and not _only_asks(form, line.question)
    )  # fmt: skip


def _only_asks(form: Form, question: Question) -> bool:
    return question.kind == "choices" and not question.measure and any(option.code in form.placed for option in question.options)


def home_words(told: Told) -> tuple[tuple[str, str], ...]:
    """What was written of the home, and the days that were named."""
    return tuple((line.label, line.words) for line in told.lines if line.area == "home" and line.question.kind in WRITTEN and line.words)


def sleeps(told: Told) -> tuple[Sleep, ...]:
    """In the area of sleep: the sleep that a child's own row tells of, where a form asks about one night there, and each row inside it."""
    rows = [row for row in told.rows if row.area == "sleep" and row.question.of == "child"]
    return tuple(sleep for child in rows for sleep in (*_own_night(child), *(_sleep(row) for row in child.inside)))


def _own_night(child: Row) -> Iterator[Sleep]:
    """The one night of a child's own row, called by the words before its surface; what was shared and taken stands apart as with rows."""
    lines = [line for line in child.lines if (line.question.measure or "").startswith(SLEEP)]
    where = next((line for line in lines if line.question.measure == SURFACE), None)
    if where:
        beside = [line for line in lines if line.question.measure in BESIDE]
        rest = [line for line in lines if line is not where and line not in beside]
        yield Sleep(child.whose or "A child", where.label, where.said, _listed(beside), where.known, _listed(rest), shareable=True)


def _sleep(row: Row) -> Sleep:
    where = next((line for line in row.lines if line.question.measure == SURFACE), None)
    shared = next((line for line in row.lines if line.question.measure == SHARED), None)
    which = next((line for line in row.lines if line.question.measure == WHICH or line.said == row.title), None)
    rest = [line for line in row.lines if line not in (where, shared, which)]
    beside = "; ".join(", ".join(f"{line.label.lower()} {line.said.lower()}" for line in sharer.lines) for sharer in row.inside)
    return Sleep(
        row.whose or "A child", row.title, where.said if where else "", beside or (_listed([shared]) if shared else ""),
        where.known if where else None, _listed(rest), shareable=True,
    )  # fmt: skip


def substances(form: Form, told: Told) -> tuple[Substance, ...]:
    """Each adult's row in the area of substances, with what it does to each child and what protects them. What adds up to a score stands
    as that score on the last page."""
    scored = {id for score in form.scores for id in score.of}
    impact, protection = _of_children(told, IMPACT), _of_children(told, PROTECTION)
    adults = [(row, [line for line in row.lines if line.question.id not in scored]) for row in told.rows if row.area == "substances"]
    return tuple(
        Substance(row.whose or "An adult", _listed(lines), impact, protection, lines[0].known, shareable=True)
        for row, lines in adults
        if lines
    )


def _of_children(told: Told, questions: Iterable[str]) -> str:
    """What each child's row answers to these, child by child."""
    found: dict[str, list[str]] = {}
    for line in told.by_path.values():
        if line.question.id in questions:
            found.setdefault(line.whose, []).append(
                line.said if line.question.id == next(iter(questions)) else f"{line.label}: {line.said}"
            )
    return "; ".join(f"{whose}: {', '.join(said)}" if whose else ", ".join(said) for whose, said in found.items())


def _listed(lines: Iterable[Line]) -> str:
    return "; ".join(f"{line.label}: {line.said.removesuffix('.')}" for line in lines)
