"""`visitapp teams` and `visitapp users`: how an installation gets its teams and its first accounts, and how a lost tablet is revoked.
Passwords never stand on the command line, where other users of the machine could read them.
"""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from visitapp.cli.keeping import bring_up_to_date
from visitapp.config import Settings
from visitapp.domain.ladder import POSTS
from visitapp.domain.moments import day_of
from visitapp.flow import devices, people, standing_in
from visitapp.flow.people import SYSTEM
from visitapp.flow.people_schemas import NUMBER_WORDS, TEAMED
from visitapp.problems import Problem, wrong
from visitapp.store import accounts, cover, sessions, teams
from visitapp.store.tx import Row
from visitapp.wiring import Wired, wire


@contextmanager
def open_house(settings: Settings) -> Iterator[Wired]:
    """Wired to a database that is up to date."""
    wired = wire(settings)
    try:
        bring_up_to_date(wired.engine)
        yield wired
    finally:
        wired.close()


def list_teams(settings: Settings, _chosen: argparse.Namespace) -> None:
    with open_house(settings) as w, w.engine.read() as tx:
        today = day_of(w.clock()).isoformat()
        visiting, receiving = teams.teams(tx), teams.receiving_teams(tx)
        held = {row["id"]: {one["post"]: one["name"] for one in cover.posts(tx, row["id"], today)} for row in visiting}
    for row in visiting:
        print(f"{row['name']}: visits in {row['area']}, {row['phone']}")
        print("  " + "; ".join(f"{words.lower()}: {held[row['id']].get(post) or 'nobody'}" for post, words in POSTS.items()))
    for row in receiving:
        past = ", PAST: nothing is mailed there until it is checked" if row["review_on"] < today else ""
        print(f"{row['name']}: receives {row['kind']} for {row['area']}, {_way(row)}, {row['phone']}, check by {row['review_on']}{past}")


def _way(row: Row) -> str:
    """Where its letters go."""
    ways = {"mesh": f"MESH {row['mailbox']}", "portal": f"its own form {row['portal']}"}
    return ways.get(row["transport"] or "", str(row["email"]))


def add_team(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        people.add_team(w, SYSTEM, name=chosen.name, area=_area(w, chosen.area), phone=chosen.phone)
    print(f"Added the team {chosen.name}.")


def add_receiving_team(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        people.add_receiving_team(
            w, SYSTEM, name=chosen.name, area=_area(w, chosen.area), kind=chosen.kind, email=chosen.email, phone=chosen.phone,
            phone_out_of_hours=chosen.phone_out_of_hours, review_on=chosen.review_on, transport=chosen.transport,
            mailbox=chosen.mailbox, portal=chosen.portal,
        )  # fmt: skip
    print(f"Added the receiving team {chosen.name}.")


def hold_post(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        with w.engine.read() as tx:
            team = _named(teams.teams(tx), chosen.team, "team")
        today = day_of(w.clock()).isoformat()
        standing_in.hold_post(
            w, SYSTEM, team=team, post=chosen.post, name=chosen.name, email=chosen.email, phone=chosen.phone, from_on=today
        )  # fmt: skip
    print(f"{chosen.team} has its {POSTS[chosen.post].lower()}: {chosen.name or 'nobody'}.")


def check_receiving_team(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        with w.engine.read() as tx:
            rows = teams.receiving_teams(tx)
        id = _named(rows, chosen.name, "name")
        before = next(row for row in rows if row["id"] == id)
        changed = {part: getattr(chosen, part) for part in ("email", "phone", "phone_out_of_hours", "review_on") if getattr(chosen, part)}
        people.add_receiving_team(w, SYSTEM, **before | changed)
    print(f"{before['name']} was checked, and is to be checked again by {chosen.review_on}.")


def list_accounts(settings: Settings, _chosen: argparse.Namespace) -> None:
    with open_house(settings) as w, w.engine.read() as tx:
        rows = accounts.accounts(tx)
    for row in rows:
        without = "" if row["staff_number"] or row["role"] not in TEAMED else ", no number: see visitapp users number"
        print(f"{row['username']}: {row['name']}, {row['role']}{without}")


def add_account(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        with w.engine.read() as tx:
            if accounts.account_by_username(tx, chosen.username.casefold()):
                raise wrong("username", "Somebody already signs in with this name. Choose another, or set a new password.")
            team = _named(teams.teams(tx), chosen.team, "team")
            receiving = _named(teams.receiving_teams(tx), chosen.receiving_team, "receiving-team")
        if team and not chosen.number:
            raise wrong("number", f"{NUMBER_WORDS} Two accounts with one number are one person, and none is a second person to the other.")
        people.add_account(
            w, SYSTEM, password=new_password(), username=chosen.username, name=chosen.name, role=chosen.role, team=team,
            receiving_team=receiving, phone=chosen.phone, email=chosen.email, number=chosen.number,
        )  # fmt: skip
        print(f"Added {chosen.username}.")
        _say_same(w, chosen.number or "")


def say_number(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        people.say_number(w, SYSTEM, _account(w, chosen.username), chosen.number)
        print(f"{chosen.username} has this number.")
        _say_same(w, chosen.number)


def _say_same(w: Wired, number: str) -> None:
    same = people.of_number(w, number)
    if len(same) > 1:
        print(f"The same person by this number: {', '.join(same)}. None of them can check what another did.")


def set_password(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        people.set_password(w, SYSTEM, _account(w, chosen.username), new_password())
    print(f"{chosen.username} has a new password, and every session of theirs has ended.")


def list_tablets(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        account = _account(w, chosen.username)
        with w.engine.read() as tx:
            rows = sessions.devices_of(tx, account)
    for row in rows:
        revoked = f", revoked {row['revoked_at']}" if row["revoked_at"] else ""
        print(f"{row['id']}: {row['label']}, since {row['created_at']}{revoked}")


def revoke_tablet(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        devices.revoke(w, SYSTEM, _tablet(w, chosen.tablet))
    print("The tablet is revoked, and every session of its account has ended. A running service refuses it within five seconds.")
    print("It opens nothing once it has been online. Somebody else who uses the same tablet has a line of their own: revoke that too.")


def restore_tablet(settings: Settings, chosen: argparse.Namespace) -> None:
    with open_house(settings) as w:
        devices.restore(w, SYSTEM, _tablet(w, chosen.tablet))
    print("The tablet counts again: it opens once it has been online.")


def _tablet(w: Wired, id: str) -> str:
    with w.engine.read() as tx:
        row = sessions.device(tx, id)
    if row is None:
        raise wrong("tablet", f"There is no tablet {id}. See: visitapp users tablets USERNAME")
    return str(row["id"])


def _account(w: Wired, username: str) -> str:
    with w.engine.read() as tx:
        row = accounts.account_by_username(tx, username.casefold())
    if row is None:
        raise wrong("username", f"Nobody signs in as {username}. See: visitapp users list")
    return str(row["account"])


def new_password(ask: Callable[[str], str] = getpass.getpass) -> str:
    """Typed twice unseen, or one line of standard input where nobody can type."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = ask("New password: ")
    if first != ask("The same again: "):
        raise wrong("password", "Those two are not the same. Nothing was changed.")
    return first


def _area(w: Wired, area: str) -> str:
    if area not in w.catalogue.routes_by_area:
        raise wrong("area", f"There are routes for these areas only: {', '.join(sorted(w.catalogue.routes_by_area))}.")
    return area


def _named(rows: list[dict[str, Any]], name: str | None, option: str) -> str | None:
    """The id of the team of that name; no name, no team."""
    if name is None:
        return None
    found = [row["id"] for row in rows if row["name"].casefold() == name.casefold()]
    if len(found) != 1:
        raise Problem("field_wrong", 422, f"--{option}: no one team is called “{name}”. See: visitapp teams list", option)
    return str(found[0])
