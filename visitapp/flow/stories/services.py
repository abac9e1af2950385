"""The services that a story happens in: teams that visit, teams that receive referrals, and those who sign in, opened through the same
steps as real ones, with a tablet for each of those who visit."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from visitapp.flow import people
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.tablet import Tablet

if TYPE_CHECKING:
    from visitapp.wiring import Wired

REVIEW_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Team:
    """A team that visits."""

    key: str
    name: str
    area: str
    phone: str


@dataclass(frozen=True)
class Receiving:
    """A team that receives referrals."""

    key: str
    name: str
    area: str
    kind: str
    email: str
    phone: str
    phone_out_of_hours: str


@dataclass(frozen=True)
class Account:
    """Somebody who signs in. `what` is how the start of the service introduces them; `team` is the key of either kind of team."""

    username: str
    name: str
    role: str
    what: str
    team: str | None = None
    phone: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Services:
    """All of them. `actor` is who set them up, in the journal."""

    actor: str
    password: str
    teams: tuple[Team, ...]
    receiving: tuple[Receiving, ...]
    accounts: tuple[Account, ...]

    def account(self, username: str) -> Account:
        return next(one for one in self.accounts if one.username == username)

    def somebody(self, roles: tuple[str, ...], area: str) -> str | None:
        """The user name of the first account with one of these roles whose team works in the area, if there is one."""
        areas = {one.key: one.area for one in self.teams} | {one.key: one.area for one in self.receiving}
        return next((one.username for one in self.accounts if one.role in roles and one.team and areas[one.team] == area), None)


@dataclass(frozen=True)
class Opened:
    """The services as they stand in a database: ids by key and user name, and the tablets of those who visit."""

    services: Services
    ids: dict[str, str]
    tablets: dict[str, Tablet]


def open_services(w: Wired, services: Services, today: date | None = None) -> Opened:
    """Open them as of the clock of the wiring. Details of receiving teams are to be checked again half a year after `today`; in a story,
    which may last for decades, somebody keeps them well throughout."""
    opened = Opened(services, {}, {})
    review_on = (today + REVIEW_AFTER if today else date.max).isoformat()
    for team in services.teams:
        opened.ids[team.key] = people.add_team(w, services.actor, name=team.name, area=team.area, phone=team.phone)
    for taking in services.receiving:
        said = {part: value for part, value in asdict(taking).items() if part != "key"}
        opened.ids[taking.key] = people.add_receiving_team(w, services.actor, review_on=review_on, **said)
    for account in services.accounts:
        _open_account(w, opened, account)
    return opened


def _open_account(w: Wired, opened: Opened, account: Account) -> None:
    kind = "receiving_team" if account.role == "social_care" else "team"
    id = people.add_account(
        w, opened.services.actor, password=opened.services.password, username=account.username, name=account.name, role=account.role,
        phone=account.phone, email=f"{account.username}@eastmoor.example", number=account.number,
        **{kind: opened.ids[account.team] if account.team else None},
    )  # fmt: skip
    opened.ids[account.username] = id
    if account.role in VISITING:
        opened.tablets[account.username] = Tablet.of(w, id)
