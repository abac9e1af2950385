"""The lines of every family's chronology, derived from the facts that stand in it: household, when it happened, seq, what kind of entry it
is, and the topic under which a reader finds it. A page is read by key, whatever the entries are of.

To put another fact into the chronology, name it in `SOURCES`, ask for its details in `chronology.QUERIES`, and draw it in
`templates/macros/entries.jinja`.
"""

from dataclasses import dataclass

from visitapp.store.derivation import Derivation, Keys
from visitapp.store.filed import HOME
from visitapp.store.filed import STANDS as FILED
from visitapp.store.seen import FAMILIES, Families
from visitapp.store.tx import Row, Tx

VISITS, NOT_COMPLETED, INFORMATION = "visits", "not_completed", "information"
REFERRALS, CALLS, AGREED, TOGETHER, PEOPLE = "referrals", "calls", "agreed", "together", "people"


@dataclass(frozen=True)
class Source:
    """A table `f` of facts: the kind of its entries, and as expressions over `f` and its journal line `j` its topic, its household and when
    it happened. `seq` is the line's own key, which is that of the visit itself for what was read out of it."""

    table: str
    kind: str
    topic: str
    happened: str = "j.at"
    household: str = "f.household"
    joins: str = ""
    seq: str = "f.seq"
    only: str = "1 = 1"


_VISIT = f"CASE f.kind WHEN 'visit_not_completed' THEN '{NOT_COMPLETED}' WHEN 'information' THEN '{INFORMATION}' ELSE '{VISITS}' END"
_OF_REFERRAL = "JOIN referral r ON r.id = f.referral"

SOURCES: tuple[Source, ...] = (
    Source("visit_reading", "visit", _VISIT, "f.occurred_on", HOME.format("f"), "JOIN submission s ON s.id = f.submission", "s.seq",
           FILED.format("f")),
    Source("visit_error", "visit_error", f"'{VISITS}'"),
    Source("referral_event", "event", f"'{REFERRALS}'", household="r.household", joins=_OF_REFERRAL),
    Source("delivery", "delivery", f"'{REFERRALS}'", household="r.household",
           joins="JOIN letter l ON l.id = f.letter JOIN referral r ON r.id = l.referral"),
    Source("disagreement_event", "disagreement", f"'{REFERRALS}'", only="(f.event <> 'opened' OR f.stage > 1)"),
    Source("urgent_call", "call", f"'{CALLS}'", "f.at_time", "s.household", "JOIN submission s ON s.id = f.submission"),
    Source("referral_call", "referral_call", f"'{CALLS}'", "f.at_time"),
    Source("danger_call", "danger_call", f"'{CALLS}'", "f.at_time"),
    Source("plan", "plan", f"'{AGREED}'", "f.agreed_on"),
    Source("plan_ended", "plan_ended", f"'{AGREED}'", "f.on_date"),
    Source("trigger_met", "trigger", f"'{AGREED}'", "f.on_date"),
    Source("duty_closed", "duty_closed", f"'{AGREED}'",  # what follows from a visit is said there
           only="f.how IN ('done', 'declined', 'excused') AND substr(f.subject, 1, 9) <> 'question:'"),
    Source("help_order", "help", f"'{AGREED}'", "f.needed_on"),
    Source("help_step", "help_step", f"'{AGREED}'", "f.on_date"),
    Source("level_agreed", "level", f"'{AGREED}'"),
    Source("level_answer", "level_answer", f"'{AGREED}'"),
    Source("closing", "closing", f"'{AGREED}'"),
    Source("closing_answer", "closing_answer", f"'{AGREED}'"),
    Source("supervision_decision", "decision", f"'{AGREED}'", "f.decided_on"),
    Source("agency", "agency", f"'{TOGETHER}'", "f.from_on"),
    Source("agency_told", "agency_told", f"'{TOGETHER}'", "f.on_date"),
    Source("agency_closed", "agency_closed", f"'{TOGETHER}'", "f.on_date"),
    Source("lead_professional", "lead", f"'{TOGETHER}'", "f.from_on"),
    Source("meeting", "meeting", f"'{TOGETHER}'", "f.on_date"),
    Source("residence", "residence", f"'{PEOPLE}'", "f.from_on"),
    Source("residence_error", "residence_error", f"'{PEOPLE}'"),
    Source("phone_number", "phone_number", f"'{PEOPLE}'"),
    Source("join_asked", "join_asked", f"'{PEOPLE}'"),
    Source("join_answered", "join_answered", f"'{PEOPLE}'"),
    Source("person_same", "person_same", f"'{PEOPLE}'", only="f.joined IS NULL"),  # the joining says it
    Source("person_same_error", "person_same_error", f"'{PEOPLE}'"),
    Source("second_home", "second_home", f"'{PEOPLE}'", "f.from_on"),
    Source("second_home_ended", "second_home_ended", f"'{PEOPLE}'", "f.on_date"),
    Source("membership", "membership", f"'{PEOPLE}'", "f.from_on"),
    Source("membership_end", "membership_end", f"'{PEOPLE}'", "f.on_date", "m.household", "JOIN membership m ON m.id = f.membership",
           only="f.reason NOT IN ('died', 'stillborn', 'miscarried')"),  # the loss says it
    Source("life_event", "life_event", f"'{PEOPLE}'", "f.on_date"),
    Source("life_event_error", "life_event_error", f"'{PEOPLE}'"),
    Source("reminders_resumed", "reminders_resumed", f"'{PEOPLE}'"),
    Source("record_put_right", "record_put_right", f"'{PEOPLE}'"),
    Source("handover", "handover", f"'{PEOPLE}'"),
    Source("handover_ended", "handover_ended", f"'{PEOPLE}'"),
    Source("named_practitioner", "practitioner", f"'{PEOPLE}'", "f.from_on"),
)  # fmt: skip
BY_TABLE = {source.table: source for source in SOURCES}


def _line(source: Source) -> str:
    """The statement that writes the line of one fact of a source."""
    return (
        "INSERT INTO chronology_line (seq, household, happened, kind, topic)"
        f" SELECT {source.seq}, {source.household}, {source.happened}, '{source.kind}', {source.topic}"
        f" FROM {source.table} f JOIN journal j ON j.seq = f.seq {source.joins}"
        f" WHERE f.seq = :fact AND {source.only} AND {source.household} IS NOT NULL"
    )


LINES = {source.table: _line(source) for source in SOURCES}


def _key(table: str) -> Keys:
    """The table and the fact's seq."""
    return lambda _tx, fact: (f"{table}:{fact['seq']}",)


def _refresh(tx: Tx, key: str) -> None:
    table, _, seq = key.rpartition(":")
    source = BY_TABLE[table]
    tx.run(
        "DELETE FROM chronology_line WHERE seq ="
        f" (SELECT {source.seq} FROM {source.table} f {source.joins} WHERE f.seq = :fact)",
        fact=int(seq),
    )  # fmt: skip
    tx.run(LINES[table], fact=int(seq))


def _error(tx: Tx, fact: Row) -> list[str]:
    """A visit that was entered in error: what was said of it, and the visit itself, whose line stands elsewhere now."""
    read = tx.all("SELECT seq FROM visit_reading WHERE submission = :submission", submission=fact["submission"])
    return [f"visit_error:{fact['seq']}", *(f"visit_reading:{row['seq']}" for row in read)]


CHRONOLOGY_LINE = Derivation(
    tables=("chronology_line",),
    after={source.table: _key(source.table) for source in SOURCES} | {"visit_error": _error},
    refresh=_refresh,
    every_key=" UNION ALL ".join(f"SELECT '{source.table}:' || seq AS key FROM {source.table}" for source in SOURCES),
)

_PAGE = f"""
    SELECT l.seq, l.kind, l.happened, l.household FROM chronology_line l JOIN {FAMILIES} h ON h.household = :here
    WHERE l.household = :household AND (l.happened, l.seq) < (:before, :before_seq)"""
_NEWEST = " ORDER BY l.happened DESC, l.seq DESC LIMIT :limit"


def page(tx: Tx, actor: str, here: str, household: str, topic: str, before: tuple[str, int], limit: int) -> list[Row]:
    """Lines of a household, the newest first from before that key, for who may see the family `here`: the household itself, or a later one
    that it was confirmed to be the past of. An empty topic asks for all."""
    of_topic = " AND l.topic = :topic" if topic else ""
    return tx.all(
        f"{_PAGE}{of_topic}{_NEWEST}",
        actor=actor, here=here, household=household, before=before[0], before_seq=before[1], limit=limit,
        **({"topic": topic} if topic else {}),
    )  # fmt: skip


def one(tx: Tx, families: Families, seq: int) -> Row | None:
    """One line of these households by its seq. The caller has shown that the actor may see the family."""
    return tx.one(
        f"SELECT l.seq, l.kind, l.happened, l.household FROM chronology_line l WHERE l.seq = :seq AND l.household IN ({families.among})",
        **(families.params | {"seq": seq}),
    )


def first(tx: Tx, household: str) -> str | None:
    """When the oldest line happened; None where there is none. The caller has shown that the actor may see the family."""
    row = tx.one("SELECT l.happened FROM chronology_line l WHERE l.household = :household ORDER BY l.happened, l.seq LIMIT 1",
                 household=household)  # fmt: skip
    return str(row["happened"]) if row else None
