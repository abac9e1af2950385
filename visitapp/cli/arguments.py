"""Which commands there are and what each is given. The function of a command is named here and imported only when it is called."""

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from visitapp.domain import directory, ladder, roles

"""Roles in the order of the contract; flow.people refuses any other."""


def parser() -> argparse.ArgumentParser:
    """Every command. Settings come from the environment: docs/runbook.md lists them."""
    top = argparse.ArgumentParser(prog="visitapp", description="Home visits to young families. Settings come from the environment.")
    commands = top.add_subparsers(metavar="command", required=True)
    _add(commands, "serve", "serving:serve", "serve the screens and do the waiting work, until Ctrl-C")
    _add(commands, "work", "serving:work", "do the waiting work only, until Ctrl-C")
    migrate = _add(commands, "migrate", "keeping:migrate", "bring the database to what this version expects")
    migrate.add_argument(
        "--grant", metavar="ROLE", help="on PostgreSQL, the role that the service signs in as: it may add facts and change none"
    )
    _add(commands, "rebuild", "keeping:rebuild", "write the derived tables again from the facts")
    _add(commands, "backup", "keeping:backup", "copy the SQLite database while it is in use").add_argument("file", type=Path)
    _add(commands, "demo", "keeping:demo", "load the demonstration families into an empty database")
    bring = _add(commands, "bring-in", "bring_in:bring_in", "keep the visits of files that tablets saved because they could not send them")
    bring.add_argument("file", nargs="+", type=Path, help="an encrypted copy as a tablet saved it")
    _story(commands)
    _forms(_group(commands, "forms", "check and publish the form files"))
    _teams(_group(commands, "teams", "the teams that visit, and those that receive referrals"))
    _users(_group(commands, "users", "accounts and their passwords"))
    return top


def command(chosen: argparse.Namespace) -> Callable[..., int | None]:
    """The function of a parsed command."""
    module, _, name = chosen.does.partition(":")
    function: Callable[..., int | None] = getattr(importlib.import_module(f"visitapp.cli.{module}"), name)
    return function


def _add(commands: Any, name: str, does: str, what: str, needs_settings: bool = True) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    added.set_defaults(does=does, needs_settings=needs_settings)
    return added


def _group(commands: Any, name: str, what: str) -> Any:
    group = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    return group.add_subparsers(metavar="command", required=True)


def _story(commands: Any) -> None:
    what = "tell stories of families and say what would have been found, and whether it is what they expect (docs/stories.md)"
    story = _add(commands, "story", "story:story", what, needs_settings=False)
    story.add_argument("file", nargs="+", type=Path, help="a story, or a folder of stories")
    story.add_argument("--json", action="store_true", help="one object for machines")
    story.add_argument("--forms", type=Path, metavar="DIR", help="judge by the forms in this folder, not by our own")


def _forms(commands: Any) -> None:
    _add(commands, "lint", "forms:lint", "say every fault of every form file, with its line", needs_settings=False)
    publish = _add(commands, "publish", "forms:publish", "freeze one version of a form for ever", needs_settings=False)
    publish.add_argument("name", help="such as home_visit or routes/eastmoor")
    publish.add_argument("version", type=int)
    dictionary = _add(
        commands, "dictionary", "forms:dictionary", "write what every form asks and finds to docs/forms", needs_settings=False
    )
    dictionary.add_argument("--check", action="store_true", help="write nothing, and say which pages are out of date")
    replay = _add(commands, "replay", "forms_replay:replay", "judge past visits again under changed forms and list what would change")
    replay.add_argument(
        "--forms", type=Path, required=True, metavar="DIR", help="the folder with the changed forms, levels, policy and routes"
    )
    replay.add_argument("--since", metavar="YYYY-MM-DD", help="only visits on this day or later")
    replay.add_argument("--as-newest", action="store_true", help="judge each by the newest version of its form, not by its own")
    replay.add_argument("--json", action="store_true", help="one object a line, the summary last")


def _teams(commands: Any) -> None:
    _add(commands, "list", "accounts:list_teams", "list every team")
    add = _add(commands, "add", "accounts:add_team", "add a team that visits")
    add.add_argument("name")
    add.add_argument("--area", required=True, help="the council area, such as eastmoor")
    add.add_argument("--phone", required=True)
    post = _add(commands, "post", "accounts:hold_post", "say who is told for a team when something overdue has climbed so far")
    post.add_argument("team")
    post.add_argument("post", choices=tuple(ladder.POSTS))
    post.add_argument("--name", required=True, help="who holds it; an empty name for nobody")
    post.add_argument("--email", default="")
    post.add_argument("--phone", default="")
    receiving = _add(commands, "receiving", "accounts:add_receiving_team", "add a team that receives referrals")
    receiving.add_argument("name")
    receiving.add_argument("--area", required=True)
    receiving.add_argument("--kind", choices=tuple(directory.KINDS), default="front_door")
    receiving.add_argument("--email", required=True)
    receiving.add_argument("--phone", required=True)
    receiving.add_argument("--phone-out-of-hours", required=True)
    receiving.add_argument("--transport", choices=("mesh", "portal"), help="how it takes letters, where not by e-mail")
    receiving.add_argument("--mailbox", help="its mailbox of MESH, with --transport mesh")
    receiving.add_argument("--portal", help="the name of its own form in forms/portals/, with --transport portal")
    receiving.add_argument("--review-on", required=True, metavar="YYYY-MM-DD", help="when these details are to be checked again")
    checked = _add(commands, "checked", "accounts:check_receiving_team", "say that an entry was checked, with what is different now")
    checked.add_argument("name")
    checked.add_argument("--review-on", required=True, metavar="YYYY-MM-DD", help="when it is to be checked again")
    for option in ("--email", "--phone", "--phone-out-of-hours"):
        checked.add_argument(option, help="where it is not what it was")


def _users(commands: Any) -> None:
    _add(commands, "list", "accounts:list_accounts", "list every account")
    add = _add(commands, "add", "accounts:add_account", "add an account; its password is asked for, or read from standard input")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="the person's name, as letters give it")
    add.add_argument("--role", required=True, choices=tuple(roles.ACCOUNTS))
    add.add_argument("--team", help="the name of the team, for those who visit and supervise")
    add.add_argument("--receiving-team", help="the name of the receiving team, for social care")
    add.add_argument("--phone", default=None)
    add.add_argument("--email", default=None)
    add.add_argument("--number", help="by which the register or the employer knows them, for those who visit and supervise")
    number = _add(commands, "number", "accounts:say_number", "say by which number the register or the employer knows somebody")
    number.add_argument("username")
    number.add_argument("number")
    password = _add(commands, "password", "accounts:set_password", "set a new password; asked for, or read from standard input")
    password.add_argument("username")
    tablets = _add(commands, "tablets", "accounts:list_tablets", "list the tablets of an account")
    tablets.add_argument("username")
    revoke = _add(commands, "revoke", "accounts:revoke_tablet", "a tablet was lost: it delivers and opens no more")
    revoke.add_argument("tablet", help="its id, as listed")
    restore = _add(commands, "restore", "accounts:restore_tablet", "a revoked tablet was found: it delivers and opens again")
    restore.add_argument("tablet", help="its id, as listed")
