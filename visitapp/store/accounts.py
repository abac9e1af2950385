"""Who may sign in: their role, their team or the receiving team they answer for, and the hash of their password. Of somebody who works here
no more the name and role stay, beside what they wrote; they are in no team."""

from collections.abc import Sequence

from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx, numbered


def add_account(
    tx: Tx,
    *,
    id: str,
    username: str,
    name: str,
    role: str,
    at: str,
    actor: str,
    team: str | None = None,
    receiving_team: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> int:
    """An account as it now is, whole; the latest for an id stands. A username in use by another id is refused by the database."""
    return tx.append(
        "account",
        at=at,
        actor=actor,
        id=id,
        username=username,
        name=name,
        role=role,
        team=team,
        receiving_team=receiving_team,
        phone=phone,
        email=email,
    )


def say_number(tx: Tx, *, account: str, number: str, at: str, actor: str) -> int:
    """The number by which whoever has this account is known, as `domain.staff_numbers` compares it; the latest stands."""
    return tx.append("account_number", at=at, actor=actor, account=account, number=number)


def of_number(tx: Tx, number: str) -> list[Row]:
    """Every account of whoever has this number, by user name."""
    return tx.all("SELECT * FROM account_now WHERE staff_number = :number ORDER BY username", number=number)


def set_secret(tx: Tx, *, account: str, hash: str, at: str, actor: str) -> int:
    """A new password, as its hash."""
    return tx.append("account_secret", at=at, actor=actor, account=account, hash=hash)


def secret_hash(tx: Tx, account: str) -> str | None:
    """The hash that a password is checked against."""
    found = tx.one("SELECT hash FROM account_secret WHERE account = :account ORDER BY seq DESC LIMIT 1", account=account)
    return found["hash"] if found else None


def account(tx: Tx, id: str) -> Row | None:
    """An account as it stands."""
    return tx.one("SELECT * FROM account_now WHERE account = :id", id=id)


def account_by_username(tx: Tx, username: str) -> Row | None:
    """The account that signs in under this name."""
    return tx.one("SELECT * FROM account_now WHERE username = :username", username=username)


def accounts(tx: Tx) -> list[Row]:
    """Every account of somebody who works here, by name."""
    return tx.all("SELECT * FROM account_now WHERE ended_on IS NULL ORDER BY name, account")


def accounts_in_team(tx: Tx, team: str, role: str) -> list[Row]:
    """Everybody with a role in a team, such as its supervisors."""
    return tx.all("SELECT * FROM account_now WHERE team = :team AND role = :role ORDER BY name, account", team=team, role=role)


def who_looks_after(tx: Tx) -> str | None:
    """Whose what belongs to no family is: the administrator whose name comes first, else a supervisor."""
    found = tx.one(
        "SELECT account FROM account_now WHERE role IN ('administrator', 'supervisor') AND ended_on IS NULL"
        " ORDER BY role, name, account LIMIT 1"
    )
    return found["account"] if found else None


def end(tx: Tx, *, account: str, on_date: str, why: str, at: str, actor: str) -> int | None:
    """Somebody works here no more; None when that was said before."""
    return tx.append_new("account_ended", at=at, actor=actor, account=account, on_date=on_date, why=why)


def visiting(tx: Tx, team: str) -> list[Row]:
    """Those of a team who visit families, by name."""
    return visiting_of(tx, [team])


def visiting_of(tx: Tx, teams: Sequence[str]) -> list[Row]:
    """Those of some teams who visit families, by name."""
    among, values = numbered(teams)
    return tx.all(
        f"SELECT account, name, role, team FROM account_now WHERE team IN ({among})"
        " AND role IN ('health_visitor', 'midwife', 'nursery_nurse') ORDER BY name, account",
        **values,
    )


def _refresh(tx: Tx, account: str) -> None:
    tx.run("DELETE FROM account_now WHERE account = :account", account=account)
    tx.run(
        "INSERT INTO account_now (account, username, name, role, team, receiving_team, phone, email, ended_on, staff_number)"
        " SELECT a.id, a.username, a.name, a.role, CASE WHEN e.on_date IS NULL THEN a.team END,"
        " CASE WHEN e.on_date IS NULL THEN a.receiving_team END, a.phone, a.email, e.on_date,"
        " (SELECT n.number FROM account_number n WHERE n.account = a.id ORDER BY n.seq DESC LIMIT 1)"
        " FROM account a LEFT JOIN account_ended e ON e.account = a.id WHERE a.id = :account ORDER BY a.seq DESC LIMIT 1",
        account=account,
    )


ACCOUNT_NOW = Derivation(
    tables=("account_now",),
    after={"account": column("id"), "account_ended": column("account"), "account_number": column("account")},
    refresh=_refresh,
    every_key="SELECT DISTINCT id AS key FROM account",
)
