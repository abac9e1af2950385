"""Today: why each family of a team is on its supervisor's list. `today_row` has one row a reason, derived from facts by the `SOURCES`; what
a person says of a reason (assigned, waiting) is a fact beside it, and `today_mark` the newest of those.

To add a reason: see `store/today_source.py`, and put its source into `SOURCES` below.
"""

from dataclasses import asdict, dataclass
from typing import Any

from visitapp.domain import today as kinds
from visitapp.store import belonging, danger, handovers, life_events, reviews, today_letters, today_owed, unseen
from visitapp.store.derivation import Derivation, Keys, column
from visitapp.store.seen import FAMILIES
from visitapp.store.today_source import Source
from visitapp.store.tx import Row, Tx

SOURCES: tuple[Source, ...] = (
    danger.TODAY,
    today_owed.TODAY,
    unseen.TODAY,
    today_letters.TODAY,
    belonging.TODAY,
    reviews.TODAY,
    handovers.TODAY,
)
"""Where the reasons come from. A new one is a line here."""

_HERE = "SELECT 1 AS here FROM household WHERE id = :household"


def _derived(source: Source) -> Derivation:
    """The rows of one source are written again after its own facts alone, for each household, and for one that continues it."""

    def refresh(tx: Tx, household: str) -> None:
        tx.run("DELETE FROM today_row WHERE household = :household AND source = :source", household=household, source=source.name)
        if tx.one(_HERE, household=household):
            tx.insert("today_row", [_row(household, source.name, asdict(reason)) for reason in source.rows(tx, household)])

    follows: dict[str, Keys] = {fact: column("household") for fact in source.follows} | dict(source.also) | {"household": column("id")}
    after = {fact: _and_later(keys) for fact, keys in follows.items()}
    return Derivation(tables=("today_row",), after=after, refresh=refresh, every_key="SELECT id AS key FROM household")


def _row(household: str, source: str, reason: Row) -> Row:
    return {"household": household, "source": source, "grave": kinds.words(reason["kind"]).grave, **reason}


def _and_later(keys: Keys) -> Keys:
    """The households of a fact, none for a fact that is of no family, and those that were confirmed to continue them."""

    def found(tx: Tx, fact: Row) -> list[str]:
        return list(dict.fromkeys(here for key in keys(tx, fact) if key for here in life_events.later(tx, key)))

    return found


TODAY_ROWS: tuple[Derivation, ...] = tuple(_derived(source) for source in SOURCES)


@dataclass(frozen=True)
class Accounts:
    """Some accounts, as the words of a query for `IN (…)` with its parameters."""

    among: str
    params: dict[str, str]

    @classmethod
    def of(cls, accounts: tuple[str, ...]) -> "Accounts":
        names = {f"account_{number}": account for number, account in enumerate(accounts or ("",))}
        return cls(", ".join(f":{name}" for name in names), names)


_MARKED = (
    "m.assigned_to, m.assigned_by, m.assigned_at, coalesce(m.assigned_words, '') AS assigned_words, coalesce(m.waits_for, '') AS waits_for,"
    " coalesce(m.waits_until, '') AS waits_until, m.waits_by, s.name AS assigned_name, w.name AS waits_by_name"
)
_MARKS = (
    "LEFT JOIN today_mark m ON m.household = {0}.household AND m.kind = {1} AND m.subject = {2}"
    " LEFT JOIN account_now s ON s.account = m.assigned_to LEFT JOIN account_now w ON w.account = m.waits_by"
)
_FAMILY = (
    "coalesce(whole.household, stands.household, h.household) AS household, h.household AS record,"
    " coalesce(whole.name, stands.name, h.name) AS family, h.area, h.practitioner, n.name AS practitioner_name"
)
"""What stands for a record `h` that was joined to another stands in the line of the one that it is part of, where that is the team's."""
_NAMED = (
    "LEFT JOIN household_now stands ON stands.household = h.joined_to AND stands.team = h.team"
    " LEFT JOIN household_now whole ON whole.household = stands.joined_to AND whole.team = h.team"
    " LEFT JOIN account_now n ON n.account = coalesce(whole.practitioner, stands.practitioner, h.practitioner)"
)
UNSENT = "u.device || ':' || u.id"
_LEAVE = "SELECT max(l.{0}) FROM on_leave l WHERE l.account = h.practitioner AND l.from_on <= :day"
ABSENT = f"h.practitioner || '@' || CAST(coalesce(({_LEAVE.format('seq')}), 0) AS TEXT)"
"""Each leave is another reason."""


_SAID = f"CASE t.kind WHEN 'danger' THEN coalesce({danger.FOUND.format('t.about')}, '') ELSE t.said END"


_SHOWN = "(t.from_at <= :now OR t.from_at = :day) AND t.until_at > :now AND t.until_at <> :day"
"""A day that was given begins at midnight in England, which in summer is an hour before the same day begins in an instant."""


def reasons(tx: Tx, actor: str, now: str, day: str, unsent_before: str, away: Accounts) -> list[Row]:
    """Every reason that is shown at an instant, on its day in England, for the families of the actor's team, the gravest first and of those
    the oldest: the rows of the sources, the visits that tablets hold unsent since before an instant, and the families of those who are away
    with nobody in their place. One statement, and its cost is the team's."""
    return tx.all(
        f"""SELECT {_FAMILY}, t.kind, t.subject, t.grave, t.since, t.from_at, t.due_at, t.band, t.owner, o.name AS owner_name, t.person,
                   p.given_names AS about_name, t.about, {_SAID} AS said, {_MARKED}
            FROM {FAMILIES} h CROSS JOIN today_row t {_NAMED} {_MARKS.format("t", "t.kind", "t.subject")}
            LEFT JOIN account_now o ON o.account = t.owner LEFT JOIN person_now p ON p.person = t.person
            WHERE t.household = h.household AND {_SHOWN}
            UNION ALL
            SELECT {_FAMILY}, 'unsent', {UNSENT}, {kinds.NOBODYS}, u.since, u.since, '', '', u.account, o.name, NULL, NULL, '',
                   CASE u.sealed WHEN 1 THEN 'sealed' ELSE 'unfinished' END, {_MARKED}
            FROM {FAMILIES} h CROSS JOIN tablet_unsent u {_NAMED} {_MARKS.format("u", "'unsent'", UNSENT)}
            LEFT JOIN account_now o ON o.account = u.account
            WHERE u.household = h.household AND u.since < :unsent_before
              AND NOT EXISTS (SELECT 1 FROM submission k WHERE k.id = u.id)
              AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.submission = u.id)
              AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.account = u.account AND d.draft = u.id AND d.ended_at IS NOT NULL)
            UNION ALL
            SELECT {_FAMILY}, 'absent', {ABSENT}, {kinds.NOBODYS}, coalesce(({_LEAVE.format("from_on")}), ''), '', '', '', h.practitioner,
                   n.name, NULL, NULL, '', '', {_MARKED}
            FROM {FAMILIES} h {_NAMED} {_MARKS.format("h", "'absent'", ABSENT)}
            WHERE h.practitioner IN ({away.among}) AND h.joined_to IS NULL
            ORDER BY 9, 10, 1, 7, 8""",
        actor=actor, now=now, day=day, unsent_before=unsent_before, **away.params,
    )  # fmt: skip


def aside_elsewhere(tx: Tx, actor: str) -> int:
    """How many visits wait, set aside with somebody of the actor's team, that name no family of it: no line of a family says so."""
    found = tx.one(
        f"""SELECT count(*) AS many FROM account_now o CROSS JOIN duty d
            WHERE o.team = (SELECT me.team FROM account_now me WHERE me.account = :actor) AND d.owner_account = o.account
              AND d.kind = 'quarantine' AND NOT EXISTS (SELECT 1 FROM {FAMILIES} h WHERE h.household = d.household)""",
        actor=actor,
    )
    return int(found["many"]) if found else 0


# --- what a person says of reasons ---------------------------------------------------------------------------------------------------


def assign(tx: Tx, household: str, reasons: list[tuple[str, str]], *, account: str, words: str, at: str, actor: str) -> None:
    """Somebody sees to these reasons (kind, subject) of a family; the newest stands."""
    facts = [{"kind": kind, "subject": subject, "account": account, "words": words} for kind, subject in reasons]
    tx.append_all("today_assigned", facts, at=at, actor=actor, household=household)


def wait(tx: Tx, household: str, reasons: list[tuple[str, str]], *, waits_for: str, until_at: str, at: str, actor: str) -> None:
    """These reasons wait for somebody or something until an instant; the newest stands, so one in the past brings them back."""
    facts = [{"kind": kind, "subject": subject, "waits_for": waits_for, "until_at": until_at} for kind, subject in reasons]
    tx.append_all("today_waiting", facts, at=at, actor=actor, household=household)


def ever_assigned(tx: Tx, account: str) -> bool:
    """Whether anything was ever assigned to this account, and stays with it."""
    return tx.one("SELECT 1 AS has FROM today_mark WHERE assigned_to = :account LIMIT 1", account=account) is not None


def _marked(tx: Tx, household: str) -> list[Row]:
    assigned = tx.all(
        "SELECT a.kind, a.subject, a.account AS assigned_to, j.actor AS assigned_by, j.at AS assigned_at, a.words AS assigned_words"
        " FROM today_assigned a JOIN journal j ON j.seq = a.seq WHERE a.household = :household ORDER BY a.seq",
        household=household,
    )
    waiting = tx.all(
        "SELECT w.kind, w.subject, w.waits_for, w.until_at AS waits_until, j.actor AS waits_by FROM today_waiting w"
        " JOIN journal j ON j.seq = w.seq WHERE w.household = :household ORDER BY w.seq",
        household=household,
    )
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in (*assigned, *waiting):
        nothing = {"household": household, **_NOTHING}
        found[row["kind"], row["subject"]] = found.get((row["kind"], row["subject"]), nothing) | row
    return list(found.values())


_NOTHING: dict[str, Any] = {
    "assigned_to": None, "assigned_by": None, "assigned_at": None, "assigned_words": "", "waits_for": "", "waits_until": "",
    "waits_by": None,
}  # fmt: skip


def _refresh_marks(tx: Tx, household: str) -> None:
    tx.run("DELETE FROM today_mark WHERE household = :household", household=household)
    tx.insert("today_mark", _marked(tx, household))


TODAY_MARK = Derivation(
    tables=("today_mark",),
    after={"today_assigned": column("household"), "today_waiting": column("household")},
    refresh=_refresh_marks,
    every_key="SELECT household AS key FROM today_assigned UNION SELECT household AS key FROM today_waiting",
)
