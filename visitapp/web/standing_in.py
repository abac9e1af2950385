"""The pages on which leave, weekend duty and posts are recorded, as a table: the words over each field and the function that keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g

from visitapp.domain import ladder
from visitapp.flow import countersigning, standing_in
from visitapp.web.asking import me, wired
from visitapp.web.recording import Field

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Asked:
    """A page of fields; `path` is where it is sent."""

    title: str
    button: str
    path: str
    do: Callable[["Wired", str, dict[str, Any]], Any]
    fields: tuple[Field, ...]
    hint: str = ""


@dataclass(frozen=True)
class People:
    """Who may be chosen: whose leave one may record, and everybody of the team."""

    whom: Mapping[str, str]
    everybody: Mapping[str, str]


def stands_in(account: str | None) -> str:
    """Who stands in for an account of the asker's team that is on leave now; empty for one that is there. Asked once a request."""
    if "deputies" not in g:
        g.deputies = standing_in.deputies(wired(), me())
    return str(g.deputies.get(account, "")) if account else ""


_FROM = Field("from_on", "First day", "day", "For example 27 3 2026.")
_TO = Field("to_on", "Last day", "day", "For example 29 3 2026.")

LEAVE = Asked(
    "Record leave", "Record leave", "/cover/leave", lambda w, actor, said: standing_in.take_leave(w, actor, **said),
    (
        Field("account", "Who is away?", "one_of", options="whom"), _FROM, _TO,
        Field("deputy", "Who stands in?", "one_of", "They are told now, and own what falls due meanwhile.", "everybody"),
    ),
)  # fmt: skip
TEAM: dict[str, Asked] = {
    "weekend": Asked(
        "Put somebody on duty while offices are shut", "Put them on duty", "/cover/team/weekend",
        lambda w, actor, said: standing_in.put_on_duty(w, actor, **said),
        (Field("account", "Who is on duty?", "one_of", options="everybody"), _FROM, _TO),
        "A weekend begins on the evening before and ends on the morning after. Without somebody on duty it is a supervisor’s.",
    ),
    "registrant": Asked(
        "Name an accountable registrant", "Name them", "/cover/team/registrant",
        lambda w, actor, said: countersigning.name_registrant(w, actor, **said),
        (
            Field("account", "Whose visits?", "one_of", "Each visit of theirs is countersigned from now on.", "everybody"),
            Field("registrant", "Who is accountable for them?", "one_of", "A health visitor, a midwife or a supervisor.", "everybody"),
        ),
    ),
    "post": Asked(
        "Say who holds a post", "Keep this", "/cover/team/post", lambda w, actor, said: standing_in.hold_post(w, actor, **said),
        (
            Field("post", "Which post?", "one_of", options=ladder.POSTS),
            Field("name", "Who holds it?", "line", "Leave empty when nobody does."),
            Field("email", "Their e-mail address", "line", "They are told here, without any name of a family."),
            Field("phone", "Their telephone number (if it helps)", "line"),
            Field("account", "Are they one of our team?", "one_of", "Leave empty if not.", "everybody"),
            _FROM,
        ),
    ),
}  # fmt: skip
