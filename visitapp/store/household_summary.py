"""One row for each family as it stands: the row that scope is decided on and that every list of families reads."""

from visitapp.store import life_events, records
from visitapp.store.derivation import Derivation, Keys, column
from visitapp.store.filed import both
from visitapp.store.homes import RIGHT
from visitapp.store.seen import BESIDE, MADE, Families
from visitapp.store.tx import Row, Tx
from visitapp.store.visits import judged_today

_NOTHING: Row = {}

LONGEST_NAME = 200
"""Characters of a family's name that lists show and are sorted by: what is in an index must be short. The fact keeps all of it."""


def _of_practitioner(tx: Tx, account: str) -> list[str]:
    found = tx.all("SELECT DISTINCT household FROM named_practitioner WHERE account = :account", account=account)
    return [here for row in found for here in records.with_parts(tx, row["household"])]


def _named_to(tx: Tx, fact: Row) -> list[str]:
    return records.with_parts(tx, fact["household"])


def _without_team(tx: Tx, _team: Row) -> list[str]:
    return [row["household"] for row in tx.all("SELECT household FROM household_now WHERE team IS NULL")]


def _of_submission(tx: Tx, fact: Row) -> list[str]:
    return [
        row["household"] for id in judged_today(tx, fact) for row in tx.all("SELECT household FROM visit WHERE submission = :id", id=id)
    ]


def _and_later(keys: Keys) -> Keys:
    """The households of a fact, and those that continue them."""
    return lambda tx, fact: list(dict.fromkeys(here for one in keys(tx, fact) for here in life_events.later(tx, one)))


def _two_again(tx: Tx, error: Row) -> list[str]:
    """The record that stands by itself again with its parts, and the one that it was part of with what continues it."""
    return [*records.duplicate_of(tx, error), *life_events.later(tx, error["household"])]


def _named(tx: Tx, household: str) -> Row:
    return tx.one(
        "SELECT n.account AS practitioner, a.team FROM named_practitioner n LEFT JOIN account_now a ON a.account = n.account"
        " WHERE n.household = :household AND n.capacity = 'named' ORDER BY n.from_on DESC, n.seq DESC LIMIT 1",
        household=household,
    ) or {"practitioner": None, "team": None}


def _team(tx: Tx, household: str, named: Row, area: str | None) -> str | None:
    """The team whose family it is: its named practitioner's. One that is nobody's stays with the team that looked after it last, else it is
    that of the first team of its area: a family that no team sees is one that nobody can take on."""
    if named["team"]:
        return str(named["team"])
    last = tx.one(
        "SELECT a.team FROM named_practitioner n JOIN account a ON a.id = n.account WHERE n.household = :household"
        " AND n.capacity = 'named' AND a.team IS NOT NULL ORDER BY n.from_on DESC, n.seq DESC, a.seq DESC LIMIT 1",
        household=household,
    ) or tx.one("SELECT t.id AS team FROM team t WHERE t.area = :area ORDER BY t.seq LIMIT 1", area=area)
    return str(last["team"]) if last else None


def _home(tx: Tx, household: str) -> Row:
    return tx.one(
        f"SELECT address, postcode, area FROM residence WHERE household = :household AND {RIGHT} ORDER BY from_on DESC, seq DESC LIMIT 1",
        household=household,
    ) or {"address": None, "postcode": None, "area": None}


def _visits(tx: Tx, household: str) -> Row:
    """What the visits of the family say, those of its confirmed earlier records among them: a family recorded twice was visited."""
    families = Families.several(life_events.earlier(tx, household))
    visit = tx.one(
        f"SELECT occurred_on, seq, at_least, could_be FROM visit WHERE household IN ({families.among}) AND at_least IS NOT NULL"
        f" AND kind IN {MADE} ORDER BY occurred_on DESC, seq DESC LIMIT 1",
        **families.params,
    ) or {"occurred_on": "", "seq": 0, "at_least": None, "could_be": None}
    graver = tx.one(  # a door that stayed shut, or what was learnt or added since, may be graver; that it is not says nothing
        f"SELECT at_least, could_be FROM visit WHERE household IN ({families.among}) AND kind NOT IN {MADE}"
        " AND at_least > :least AND (occurred_on, seq) > (:on, :seq) ORDER BY at_least DESC, could_be DESC LIMIT 1",
        least=visit["at_least"] or 0, on=visit["occurred_on"], seq=visit["seq"], **families.params,
    )  # fmt: skip
    level = graver or {part: visit[part] for part in ("at_least", "could_be")}
    dates = tx.one(
        f"SELECT max(CASE WHEN kind IN {MADE} THEN occurred_on END) AS last_visit_on,"
        f" max(CASE WHEN child_seen = 1 AND kind NOT IN {BESIDE} THEN occurred_on END) AS last_seen_child_on"
        f" FROM visit WHERE household IN ({families.among})",
        **families.params,
    )
    return level | (dates or _NOTHING)


def _refresh(tx: Tx, household: str) -> None:
    whole, home = records.stands(tx, household), _home(tx, household)
    named = _named(tx, whole)  # a record that is part of another is whose the whole is
    tx.run("DELETE FROM household_now WHERE household = :household", household=household)
    tx.run(
        "INSERT INTO household_now (household, name, team, practitioner, address, postcode, area,"
        " level_at_least, level_could_be, last_visit_on, last_seen_child_on, joined_to)"
        f" SELECT id, substr(name, 1, {LONGEST_NAME}), :team, :practitioner, :address, :postcode, :area,"
        " :at_least, :could_be, :last_visit_on, :last_seen_child_on, :joined_to"
        " FROM household WHERE id = :household",
        household=household,
        **(named | {"team": _team(tx, whole, named, home["area"])}),
        **home,
        **_visits(tx, household),
        joined_to=whole if whole != household else None,
    )


HOUSEHOLD_NOW = Derivation(
    tables=("household_now",),
    after={
        "household": column("id"),
        "residence": column("household"),
        "residence_error": column("household"),
        "named_practitioner": _named_to,
        "account": lambda tx, fact: _of_practitioner(tx, fact["id"]),
        "account_ended": lambda tx, fact: _of_practitioner(tx, fact["account"]),
        "team": _without_team,
        "visit_reading": _and_later(column("household")),
        "visit_error": _and_later(both),
        "earlier_household": _and_later(column("household")),
        "record_joined": records.duplicates,
        "record_joined_error": _two_again,
        "assessment": _and_later(_of_submission),
    },
    refresh=_refresh,
    every_key="SELECT id AS key FROM household",
)
