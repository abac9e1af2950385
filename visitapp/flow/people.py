"""Registering families and those who look after them. Every fact is checked by a schema that names the field and says what to do; what was
typed is kept as it was typed, markup and all, and nothing is ever replaced: the newest fact stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain.moments import day_of
from visitapp.domain.nhs_number import bare
from visitapp.domain.staff_numbers import bare as bare_number
from visitapp.flow import handovers
from visitapp.flow import people_schemas as schemas
from visitapp.flow.duties import hand_over
from visitapp.flow.page_faults import Parts, within
from visitapp.problems import problem, wrong
from visitapp.store import accounts, households, people, scope, sessions, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

SYSTEM = "system"  # the actor of what an installation begins with


@dataclass(frozen=True)
class Registered:
    """`alike` are other people with the same NHS number: perhaps the same person, entered twice."""

    person: str
    alike: tuple[str, ...] = ()


def register_person(w: Wired, actor: str, *, household: str | None = None, **said: Any) -> Registered:
    """A new person with all that is known of them. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    detail = _detail(said, at)

    def write(tx: Tx) -> tuple[str, ...]:
        alike = people.persons_with_nhs_number(tx, detail["nhs_number"]) if detail.get("nhs_number") else []
        people.add_person(tx, id=id, at=at, actor=actor)
        people.add_detail(tx, person=id, household=household, at=at, actor=actor, **detail)
        return tuple(row["person"] for row in alike)

    return Registered(id, w.writer.submit(write))


def add_detail(w: Wired, actor: str, person: str, *, household: str | None = None, **said: Any) -> None:
    """All that is now known of a person, whole. Raises Problem with a field."""
    at = w.clock()
    detail = _detail(said, at)

    def write(tx: Tx) -> None:
        if people.person(tx, person) is None:
            raise problem("not_found")
        people.add_detail(tx, person=person, household=household, at=at, actor=actor, **detail)

    w.writer.submit(write)


def _detail(said: dict[str, Any], at: str) -> dict[str, Any]:
    detail = schemas.load(schemas.PERSON, said, today=day_of(at).isoformat())
    if detail.get("nhs_number"):
        detail["nhs_number"] = bare(detail["nhs_number"])
    return detail


def form_household(w: Wired, actor: str, *, name: str, address: str, postcode: str, area: str, from_on: str | None = None) -> str:
    """A family begins, at an address; its id. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    today = day_of(at).isoformat()
    family = schemas.load(schemas.HOUSEHOLD, {"name": name})
    home = _home(w, {"address": address, "postcode": postcode, "area": area, "from_on": from_on or today}, today)

    def write(tx: Tx) -> None:
        households.form(tx, id=id, at=at, actor=actor, **family)
        households.set_residence(tx, household=id, at=at, actor=actor, **home)

    w.writer.submit(write)
    return id


def set_residence(w: Wired, actor: str, household: str, *, address: str, postcode: str, area: str, from_on: str) -> None:
    """Where a family lives from a date on. Raises Problem with a field."""
    at = w.clock()
    home = _home(w, {"address": address, "postcode": postcode, "area": area, "from_on": from_on}, day_of(at).isoformat())
    w.writer.submit(lambda tx: households.set_residence(tx, household=household, at=at, actor=actor, **home))


def _home(w: Wired, said: dict[str, Any], today: str) -> dict[str, Any]:
    home = schemas.load(schemas.RESIDENCE, said, today=today)
    home["postcode"] = home["postcode"] or ""  # a family may live where there is none, or none that is known yet
    if home["area"] not in w.catalogue.routes_by_area:
        raise wrong("area", f"Choose the council area: {', '.join(sorted(w.catalogue.routes_by_area))}.")
    return home


def add_member(
    w: Wired, actor: str, household: str, *, person: str, role: str, from_on: str | None = None, care_role: str | None = None
) -> str:
    """A person belongs to a family from a date; the id of the membership. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    today = day_of(at).isoformat()
    member = schemas.load(schemas.MEMBER, {"role": role, "from_on": from_on or today, "care_role": care_role}, today=today)

    def write(tx: Tx) -> None:
        if households.household(tx, household) is None or people.person(tx, person) is None:
            raise problem("not_found")
        households.add_member(tx, id=id, household=household, person=person, at=at, actor=actor, **member)

    w.writer.submit(write)
    return id


def end_membership(w: Wired, actor: str, membership: str, *, on_date: str, reason: str) -> None:
    """A person no longer belongs. Raises Problem with a field."""
    at = w.clock()
    end = schemas.load(schemas.MEMBER_END, {"on_date": on_date, "reason": reason}, today=day_of(at).isoformat())
    w.writer.submit(lambda tx: households.end_membership(tx, membership=membership, at=at, actor=actor, **end))


def add_parental_responsibility(w: Wired, actor: str, *, child: str, holder: str, from_on: str, basis: str) -> None:
    """Who holds parental responsibility for a child. Raises Problem with a field."""
    at = w.clock()
    held = schemas.load(schemas.RESPONSIBILITY, {"from_on": from_on, "basis": basis}, today=day_of(at).isoformat())
    w.writer.submit(lambda tx: households.add_parental_responsibility(tx, child=child, holder=holder, at=at, actor=actor, **held))


def name_practitioner(w: Wired, actor: str, household: str, *, account: str, capacity: str = "named", from_on: str | None = None) -> None:
    """Who looks after a family, or leads for every agency; the family is then their team's, and what the one before owed is theirs. Raises
    Problem with a field."""
    at = w.clock()
    today = day_of(at).isoformat()
    named = schemas.load(schemas.PRACTITIONER, {"capacity": capacity, "from_on": from_on or today})

    def write(tx: Tx) -> None:
        row = accounts.account(tx, account)
        if row is None or row["role"] not in schemas.VISITING or row["ended_on"]:
            raise wrong("account", "Choose somebody who visits families.")
        before = (households.household(tx, household) or {}).get("practitioner")
        households.name_practitioner(tx, household=household, account=account, at=at, actor=actor, **named)
        if (households.household(tx, household) or {}).get("practitioner") == account:
            hand_over(tx, household, before, account, at=at, actor=actor)
            handovers.give_parts(tx, household, before, account, at, actor)
            handovers.overtaken(tx, household, at, actor)

    w.writer.submit(write)


def plan_visit(w: Wired, actor: str, household: str, *, what: str, on_date: str) -> str:
    """A visit stands planned; its id. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    planned = schemas.load(schemas.PLANNED, {"what": what, "on_date": on_date})
    w.writer.submit(lambda tx: households.plan_visit(tx, id=id, household=household, at=at, actor=actor, **planned))
    return id


def register_family(w: Wired, actor: str, *, family: dict[str, str], child: dict[str, Any], adult: dict[str, Any]) -> str:
    """A family with its first child and the adult who cares for it, all or nothing; the household's id. It becomes the actor's own when
    the actor visits, else `family["practitioner"]`'s. Fields of a problem begin with `family.`, `child.` or `adult.`."""
    at = w.clock()
    today = day_of(at).isoformat()
    ids = {name: w.new_id() for name in ("household", "child", "adult", "first", "second")}
    name, home, born, role, caring = _registered(w, family, child, adult, at)

    def write(tx: Tx) -> None:
        households.form(tx, id=ids["household"], at=at, actor=actor, **name)
        households.set_residence(tx, household=ids["household"], at=at, actor=actor, **home)
        for person, detail, membership, belongs in (
            (ids["child"], born, ids["first"], {"role": "child", "from_on": today}),
            (ids["adult"], caring, ids["second"], role),
        ):
            people.add_person(tx, id=person, at=at, actor=actor)
            people.add_detail(tx, person=person, household=ids["household"], at=at, actor=actor, **detail)
            households.add_member(tx, id=membership, household=ids["household"], person=person, at=at, actor=actor, **belongs)
        practitioner = _practitioner(tx, actor, family.get("practitioner"))
        households.name_practitioner(
            tx, household=ids["household"], account=practitioner, capacity="named", from_on=today, at=at, actor=actor
        )  # fmt: skip

    w.writer.submit(write)
    return ids["household"]


def _registered(
    w: Wired, family: dict[str, str], child: dict[str, Any], adult: dict[str, Any], at: str
) -> tuple[dict[str, Any], ...]:  # fmt: skip
    """The parts of such a page as they may be kept. Raises Problem with everything that is to be put right in any of them."""
    parts, today = Parts(), day_of(at).isoformat()
    place = {part: family.get(part) for part in ("address", "postcode", "area")} | {"from_on": today}
    found: list[dict[str, Any]] = []
    for part, read in (
        ("family", lambda: schemas.load(schemas.HOUSEHOLD, {"name": family.get("name")})),
        ("family", lambda: _home(w, place, today)),
        ("child", lambda: _detail(child, at)),
        ("adult", lambda: schemas.load(schemas.MEMBER, {"role": adult.get("role"), "from_on": today}, today=today)),
        ("adult", lambda: _detail({part: value for part, value in adult.items() if part != "role"}, at)),
    ):
        with parts.each(), within(part):
            found.append(read())
    parts.check()
    return tuple(found)


def _practitioner(tx: Tx, actor: str, chosen: str | None) -> str:
    """The actor, when they visit; else whom they chose, of their own team."""
    asking = accounts.account(tx, actor)
    account = accounts.account(tx, chosen) if chosen else asking
    if asking is None or account is None or account["role"] not in schemas.VISITING or account["team"] != asking["team"]:
        raise wrong("family.practitioner", "Choose somebody of your team who visits families.")
    return str(account["account"])


def may_see(w: Wired, actor: str, household: str) -> bool:
    """Whether this account may act for this family."""
    with w.engine.read() as tx:
        return scope.may_see_family(tx, actor, household)


def add_team(w: Wired, actor: str, *, name: str, area: str, phone: str, id: str | None = None) -> str:
    """A visiting team, new or as it now is; its id. Raises Problem with a field."""
    at, made = w.clock(), id or w.new_id()
    said = schemas.load(schemas.TEAM, {"name": name, "area": area, "phone": phone})
    w.writer.submit(lambda tx: teams.add_team(tx, id=made, at=at, actor=actor, **said))
    return made


def add_receiving_team(w: Wired, actor: str, *, id: str | None = None, **said: Any) -> str:
    """Where referrals of one kind go for a council area; its id. Raises Problem with a field."""
    at, made = w.clock(), id or w.new_id()
    team = schemas.load(schemas.RECEIVING_TEAM, said)
    if team.get("transport") == "mesh" and not team.get("mailbox"):
        raise wrong("mailbox", "Enter the MESH mailbox of this team.")
    if team.get("transport") == "portal" and team.get("portal") not in w.catalogue.portals:
        raise wrong("portal", f"Choose the form of this team: {', '.join(sorted(w.catalogue.portals))}.")
    w.writer.submit(lambda tx: teams.add_receiving_team(tx, id=made, at=at, actor=actor, **team))
    return made


def add_account(w: Wired, actor: str, *, password: str, id: str | None = None, **said: Any) -> str:
    """Somebody who may sign in; the account's id. Raises Problem with a field."""
    at, made = w.clock(), id or w.new_id()
    account = schemas.load(schemas.ACCOUNT, said)
    number = bare_number(account.pop("number") or "")
    account["username"] = account["username"].strip().casefold()
    if account["role"] in schemas.TEAMED and not account.get("team"):
        raise wrong("team", "Choose the team that this person works in.")
    if account["role"] == "social_care" and not account.get("receiving_team"):
        raise wrong("receiving_team", "Choose the receiving team that this person answers for.")
    kept = w.hasher.hash(_password(w, password))

    def write(tx: Tx) -> None:
        other = accounts.account_by_username(tx, account["username"])
        if other is not None and other["account"] != made:
            raise wrong("username", "Somebody else signs in with this name. Choose another.")
        accounts.add_account(tx, id=made, at=at, actor=actor, **account)
        accounts.set_secret(tx, account=made, hash=kept, at=at, actor=actor)
        if number:
            accounts.say_number(tx, account=made, number=number, at=at, actor=actor)

    w.writer.submit(write)
    return made


def say_number(w: Wired, actor: str, account: str, number: str) -> None:
    """The number by which a register or the employer knows whoever has this account. Raises Problem with a field."""
    at, said = w.clock(), bare_number(schemas.load(schemas.NUMBER, {"number": number})["number"])
    w.writer.submit(lambda tx: accounts.say_number(tx, account=account, number=said, at=at, actor=actor))


def of_number(w: Wired, number: str) -> list[str]:
    """The user names of every account of whoever has this number."""
    with w.engine.read() as tx:
        return [str(row["username"]) for row in accounts.of_number(tx, bare_number(number))]


def account_named(w: Wired, username: str) -> str:
    """The id of the account that signs in under this name. Raises Problem."""
    with w.engine.read() as tx:
        row = accounts.account_by_username(tx, username.strip().casefold())
    if row is None:
        raise wrong("username", "Nobody signs in with this name.")
    return str(row["account"])


def team_named(w: Wired, name: str | None) -> str | None:
    """The id of the visiting team of that name, None for no name. Raises Problem."""
    with w.engine.read() as tx:
        return _named(teams.teams(tx), name, "team")


def receiving_team_named(w: Wired, name: str | None) -> str | None:
    """The id of the receiving team of that name, None for no name. Raises Problem."""
    with w.engine.read() as tx:
        return _named(teams.receiving_teams(tx), name, "receiving_team")


def _named(rows: list[Row], name: str | None, field: str) -> str | None:
    if name is None:
        return None
    found = [row["id"] for row in rows if row["name"] == name]
    if not found:
        raise wrong(field, "There is no team of this name: add it with `visitapp teams add`.")
    return str(found[0])


def set_password(w: Wired, actor: str, account: str, password: str) -> None:
    """A new password; every session of the account ends. Raises Problem with a field."""
    at, kept = w.clock(), w.hasher.hash(_password(w, password))

    def write(tx: Tx) -> None:
        if accounts.account(tx, account) is None:
            raise problem("not_found")
        accounts.set_secret(tx, account=account, hash=kept, at=at, actor=actor)
        sessions.close_sessions_of(tx, account)

    w.writer.submit(write)
    w.recent.forget()


def _password(w: Wired, password: str) -> str:
    """Long rather than odd: twelve characters or more. A demonstration may use its published one and only there."""
    if len(password) < schemas.SHORTEST_PASSWORD:
        raise wrong("password", f"Use at least {schemas.SHORTEST_PASSWORD} characters; several words are easiest to remember.")
    if not w.settings.demonstration and password == schemas.DEMONSTRATION_PASSWORD:
        raise wrong("password", "This is the published password of the demonstration. Choose another.")
    return password
