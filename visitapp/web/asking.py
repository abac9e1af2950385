"""What most views ask of a request: the wires, who asks, today, the key of a page, and what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask import abort, current_app, request
from flask_login import current_user

from visitapp.domain.moments import day_of
from visitapp.web.dates import NotADate

if TYPE_CHECKING:
    from visitapp.wiring import Wired


def wired() -> Wired:
    return current_app.extensions["visitapp"]


def me() -> str:
    """The account that asks; views stand behind the gate, so there is one."""
    return current_user.id


def today() -> str:
    """The date in London, as `YYYY-MM-DD`."""
    return day_of(wired().clock()).isoformat()


def number(name: str, otherwise: int) -> int:
    """A whole number from the address; anything else there is a page that does not exist."""
    given = request.args.get(name)
    if given is None:
        return otherwise
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        abort(404)
    return int(given)


def typed(*names: str) -> dict[str, str]:
    """These fields as they were typed."""
    return {name: request.form.get(name, "") for name in names}


def dates_typed(*wanted: tuple[str, Callable[[Mapping[str, str], str], str | None]]) -> tuple[dict[str, str | None], list[dict[str, str]]]:
    """The dates and moments of the form by their names, and what is wrong with those that cannot be read."""
    found: dict[str, str | None] = {}
    problems = []
    for name, read in wanted:
        try:
            found[name] = read(request.form, name)
        except NotADate as wrong:
            problems.append({"field": name, "message": str(wrong)})
    return found, problems


def side() -> str:
    """From which side the asker sees referrals: as those who refer, or as those who receive."""
    return "received" if current_user.role == "social_care" else "team"
