"""What was written about families in somebody's own words, found by the engine's own full-text search.

Which answers of a form are words is said by its `form_text`, so that no form is known here. What stands apart is a note of its own, which
only those find who may read it; an addition is a submission like any other, and stands by itself. A reflection never becomes a note.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from visitapp.domain.moments import day_of
from visitapp.domain.names import folded
from visitapp.domain.sought import LONGEST_TERM
from visitapp.store import filed, submissions
from visitapp.store.derivation import Derivation
from visitapp.store.household_summary import HOUSEHOLD_NOW
from visitapp.store.seen import FAMILIES, Families
from visitapp.store.tx import Row, Tx

PARTS, MOST_WORDS = 8, 2_000
"""A fact has at most so many notes of each sort, each of so many different words; what goes beyond is not found by its words."""
SHORTEST_BEGINNING = 3
VISIT = "submission"
SOURCES: Mapping[str, tuple[str, ...]] = {
    "plan": ("trigger_words", "agreed_by"),
    "plan_ended": ("reason",),
    "trigger_met": ("why",),
    "agency": ("name", "worker", "knows"),
    "agency_told": ("words",),
    "agency_closed": ("reason",),
    "meeting": ("attended",),
    "help_order": ("words",),
    "help_step": ("words",),
    "level_agreed": ("reason",),
    "level_answer": ("reason",),
    "closing": ("reason",),
    "closing_answer": ("reason",),
    "life_event": ("words",),
    "duty_closed": ("evidence",),
    "supervision_decision": ("what", "why"),
}
"""Table of facts about a family -> its columns that somebody wrote in their own words. Beside them the answers of each visit."""

_SEES = """(n.apart = 0 OR :actor IN (n.author, h.practitioner)
    OR EXISTS (SELECT 1 FROM account_now me WHERE me.account = :actor AND me.role = 'supervisor'))"""
"""As `seen.SEES_APART`, of a note `n` of a family `h`; whoever is to countersign a visit reads it whole on its own page."""


def add_form(tx: Tx, *, form: str, form_version: int, plain: Iterable[str], apart: Iterable[str], at: str, actor: str) -> int | None:
    """Which questions of a form are answered in words; None when that was said before."""
    said = {"plain": json.dumps(sorted(plain)), "apart": json.dumps(sorted(apart))}
    return tx.append_new("form_text", form=form, form_version=form_version, **said, at=at, actor=actor)


def knows_form(tx: Tx, form: str, form_version: int) -> bool:
    """Whether it is said of this form."""
    return _form(tx, form, form_version) is not None


def found(tx: Tx, actor: str, words: tuple[str, ...], before: int, limit: int) -> list[Row]:
    """Notes of the families in scope that have every word, or one begun so, newest first from before that id. What stands apart is there
    for who may read it."""
    query = _query(tx, actor, words)
    if not query:
        return []
    return tx.all(
        f"""SELECT n.id, n.source, n.subject, n.household, n.apart, h.name FROM note_found(:query) f JOIN note n ON n.id = f.rowid
            JOIN {FAMILIES} h ON h.household = n.household WHERE {_SEES} AND f.rowid < :before ORDER BY f.rowid DESC LIMIT :limit""",
        query=query, actor=actor, before=before, limit=limit,
    )  # fmt: skip


def found_of(tx: Tx, actor: str, words: tuple[str, ...], families: Families, before: int, limit: int) -> list[Row]:
    """The same, of these families alone."""
    query = _query(tx, actor, words)
    if not query:
        return []
    return tx.all(
        f"""SELECT n.id, n.source, n.subject, n.household, n.apart, h.name FROM note_found(:query) f JOIN note n ON n.id = f.rowid
            JOIN {FAMILIES} h ON h.household = n.household WHERE n.household IN ({families.among}) AND {_SEES} AND f.rowid < :before
            ORDER BY f.rowid DESC LIMIT :limit""",
        **(families.params | {"query": query, "actor": actor, "before": before, "limit": limit}),
    )  # fmt: skip


def _query(tx: Tx, actor: str, words: tuple[str, ...]) -> str:
    """In the words of `note_found`: each behind the team's own word, so that nothing of another team is gone through; empty for who has
    none. Of few letters a word is meant whole."""
    account = tx.one("SELECT team FROM account_now WHERE account = :actor", actor=actor)
    safe = [word for word in (folded(one)[:LONGEST_TERM] for one in words) if word and " " not in word]
    if not (account and account["team"]):
        return ""
    return " ".join(f"{team_word(account['team'])}{word}{'*' if len(word) >= SHORTEST_BEGINNING else ''}" for word in safe)


def wordings(tx: Tx, notes: Sequence[Row]) -> dict[int, tuple[str, list[str]]]:
    """For each note, by its id, the day of what it was made of, and its texts as they were written: those of its own sort, plain or apart.
    One statement a source. The caller has found the notes for somebody who may read them."""
    by_source: dict[str, list[str]] = {}
    for note in notes:
        by_source.setdefault(note["source"], []).append(note["subject"])
    facts = {(source, subject): row for source, subjects in by_source.items() for subject, row in _facts(tx, source, subjects).items()}
    forms = _forms(tx, facts.values())
    return {note["id"]: _wording(note, facts.get((note["source"], note["subject"])), forms) for note in notes}


def _facts(tx: Tx, source: str, subjects: Sequence[str]) -> dict[str, Row]:
    these = Families.several(tuple(dict.fromkeys(subjects)))
    if source == VISIT:
        rows = tx.all(
            "SELECT id AS subject, form, form_version, occurred_on, received_at AS kept_at, body FROM submission"
            f" WHERE id IN ({these.among})",
            **these.params,
        )
    else:
        numbers = {name: int(subject) for name, subject in these.params.items()}
        rows = tx.all(
            f"SELECT f.*, f.seq AS subject, j.at AS kept_at FROM {source} f JOIN journal j ON j.seq = f.seq WHERE f.seq IN ({these.among})",
            **numbers,
        )
    return {str(row["subject"]): row for row in rows}


def _forms(tx: Tx, facts: Iterable[Row]) -> dict[tuple[str, int], dict[str, frozenset[str]] | None]:
    """What is said of each form that these visits are on: a handful, however many visits."""
    named = {(row["form"], row["form_version"]) for row in facts if "form_version" in row}
    return {one: _form(tx, *one) for one in sorted(named)}


def _wording(note: Row, fact: Row | None, forms: Mapping[tuple[str, int], dict[str, frozenset[str]] | None]) -> tuple[str, list[str]]:
    if fact is None:
        return "", []
    if note["source"] != VISIT:
        return day_of(fact["kept_at"]).isoformat(), _said(note["source"], fact)
    known = forms.get((fact["form"], fact["form_version"]))
    texts = list(_texts(_read(fact["body"]), known["apart" if note["apart"] else "plain"])) if known else []
    return fact["occurred_on"] or day_of(fact["kept_at"]).isoformat(), texts


# --- what is derived ------------------------------------------------------------------------------------------------------------------


def team_word(team: str | None) -> str:
    """A team as one word that nobody writes: no word of a note has a low line."""
    return "_" + re.sub(r"[^a-z0-9]", "_", (team or "").casefold())


def _refresh(tx: Tx, key: str) -> None:
    source, _, subject = key.partition("/")
    if source == "household":
        _move(tx, subject)
        return
    fact = _fact(tx, source, subject)
    if fact is None:
        return
    tx.run("DELETE FROM note WHERE id >= :first AND id < :last", first=fact["seq"] * PARTS * 2, last=(fact["seq"] + 1) * PARTS * 2)
    if source == VISIT and filed.home(tx, subject) is None:
        return  # it was entered in error, and is no family's
    of = {
        "source": source,
        "subject": subject,
        "household": fact["household"],
        "author": fact["author"],
        "team": _team(tx, fact["household"]),
    }
    tx.insert("note", [of | part for part in _parts(tx, source, fact)])


def _move(tx: Tx, household: str) -> None:
    """Put a family's notes where its team finds them; nothing where they are there already."""
    team = _team(tx, household)
    one = tx.one("SELECT team FROM note WHERE household = :household ORDER BY id LIMIT 1", household=household)
    if one is None or one["team"] == team:
        return
    rows = tx.all("SELECT * FROM note WHERE household = :household", household=household)
    tx.run("DELETE FROM note WHERE household = :household", household=household)
    tx.insert("note", [row | {"team": team} for row in rows])


def _team(tx: Tx, household: str) -> str:
    family = tx.one("SELECT team FROM household_now WHERE household = :household", household=household)
    return team_word(family["team"] if family else None)


def _fact(tx: Tx, source: str, subject: str) -> Row | None:
    if source == VISIT:
        return submissions.submission(tx, subject)
    return tx.one(
        f"SELECT f.*, j.actor AS author, j.at AS kept_at FROM {source} f JOIN journal j ON j.seq = f.seq WHERE f.seq = :seq",
        seq=int(subject),
    )


def _parts(tx: Tx, source: str, fact: Row) -> Iterator[Row]:
    """The notes of one fact: different words only, plain ones first, numbered by the fact's seq."""
    known = _form(tx, fact["form"], fact["form_version"]) if source == VISIT else None
    body = _read(fact["body"]) if known else None
    sorts = [_texts(body, known[sort]) for sort in ("plain", "apart")] if known else [_said(source, fact)] if source != VISIT else []
    for apart, texts in enumerate(sorts):
        words = sorted({word[:LONGEST_TERM] for text in texts for word in folded(text).split()})
        for part, start in enumerate(range(0, min(len(words), PARTS * MOST_WORDS), MOST_WORDS)):
            yield {
                "id": (fact["seq"] * 2 + apart) * PARTS + part, "apart": apart, "words": " ".join(words[start : start + MOST_WORDS]),
            }  # fmt: skip


def _said(source: str, fact: Row) -> list[str]:
    texts = [fact[column] for column in SOURCES[source] if fact.get(column)]
    if source == "meeting":
        texts += [one["what"] for one in _json(fact["decisions"]) if isinstance(one, dict) and isinstance(one.get("what"), str)]
    return texts


def _form(tx: Tx, form: str, form_version: int) -> dict[str, frozenset[str]] | None:
    row = tx.one("SELECT plain, apart FROM form_text WHERE form = :form AND form_version = :version", form=form, version=form_version)
    return {sort: frozenset(_json(row[sort])) for sort in ("plain", "apart")} if row else None


def _read(body: bytes) -> Any:
    """The answers of a body; nothing where it cannot be read."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found.get("answers") if isinstance(found, dict) else None


def _json(text: str) -> list[Any]:
    """A list that is kept as text; empty where it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _texts(answers: Any, asked: frozenset[str]) -> Iterator[str]:
    """Every text that answers one of these questions, in whichever row it stands."""
    if isinstance(answers, list):
        for one in answers:
            yield from _texts(one, asked)
    elif isinstance(answers, dict):
        for name, value in answers.items():
            if name in asked and isinstance(value, dict) and isinstance(value.get("value"), str):
                yield value["value"]
            else:
                yield from _texts(value, asked)


OF_VISITS = ("visit_reading", "visit_error", "assessment")
"""Facts of a family's summary that move no family."""


def _is(source: str) -> Callable[[Tx, Row], list[str]]:
    return lambda _tx, fact: [f"{source}/{fact['seq']}"]


def _moved(keys: Callable[[Tx, Row], Iterable[str]]) -> Callable[[Tx, Row], list[str]]:
    return lambda tx, fact: [f"household/{one}" for one in keys(tx, fact)]


NOTE = Derivation(
    tables=("note",),
    after={
        **{
            fact: _moved(HOUSEHOLD_NOW.after[fact])
            for fact in HOUSEHOLD_NOW.after
            if fact not in ("visit_reading", "visit_error", "assessment")
        },
        **{source: _is(source) for source in SOURCES},
        "visit_reading": lambda _tx, fact: [f"{VISIT}/{fact['submission']}"],
        "visit_error": lambda _tx, fact: [f"{VISIT}/{fact['submission']}"],
    },
    refresh=_refresh,
    every_key=" UNION ALL ".join(
        ["SELECT 'submission/' || submission AS key FROM visit_reading"]
        + [f"SELECT '{source}/' || seq AS key FROM {source}" for source in SOURCES]
    ),
)
"""Follows the reading of a visit, and not its coming, so that what is set aside is found by nobody; and a family's way to another team."""
