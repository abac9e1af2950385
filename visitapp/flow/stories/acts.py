"""What can be done in a story besides a visit, each through the function that a screen would call. One table, from the word of a story to
what does it; who does it, where the story does not say, stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from visitapp.domain import referrals as states
from visitapp.domain.duties import EXCUSED
from visitapp.domain.moments import day_of
from visitapp.flow import asking_again, concern, disagreements, homes, people, raised, refer
from visitapp.flow.stories import replying
from visitapp.flow.stories.arranging import ARRANGING
from visitapp.flow.stories.model import Act, Household, Key, Member
from visitapp.flow.stories.registering import join, leave
from visitapp.flow.stories.staffing import STAFFING
from visitapp.letter.facts import Whereabouts
from visitapp.problems import wrong
from visitapp.store import referrals, visits
from visitapp.store.tx import Row

if TYPE_CHECKING:
    from visitapp.flow.stories.teller import Teller


@dataclass(frozen=True)
class Doing:
    """One act being done: by whom (an account) and for which family, with the ids of what it names."""

    teller: Teller
    act: Act
    family: Household
    actor: str

    @property
    def household(self) -> str:
        return self.teller.id(Key("household", self.family.key))

    @property
    def day(self) -> date:
        return day_of(self.act.at)

    @property
    def said(self) -> dict[str, Any]:
        """What is given, every key turned into its id."""
        found: dict[str, Any] = self._known(dict(self.act.said))
        return found

    def referral(self, *fitting: str) -> Row:
        """The family's newest referral in one of these states, at the level the story names if it names one."""
        level = self.act.said.get("of_level")
        with self.teller.w.engine.read() as tx:
            found = [
                row for row in sorted(raised.open_of(tx, self.household), key=lambda one: -int(one["seq"]))
                if referrals.state(tx, row["id"]) in fitting and level in (None, row["level"])
            ]  # fmt: skip
        if not found:
            wanted = " or ".join(states.words(one) for one in fitting)
            raise wrong("referral", f"There is no referral of this family that is {wanted} then.")
        return found[0]

    def _known(self, value: Any) -> Any:
        if isinstance(value, Key):
            return self.teller.id(value)
        if isinstance(value, Mapping):
            return {name: self._known(inner) for name, inner in value.items()}
        return [self._known(inner) for inner in value] if isinstance(value, list | tuple) else value


Do = Callable[[Doing], str | None]


def _send(doing: Doing) -> str:
    return refer.send(doing.teller.w, doing.actor, doing.referral(states.PROPOSED)["id"], _completion(doing))


def _completion(doing: Doing) -> refer.Completion:
    said = {part: value for part, value in doing.said.items() if part != "of_level"}
    return refer.Completion(**said | {"tonight": tuple(Whereabouts(**one) for one in said.get("tonight", ()))})


def _ask_again(doing: Doing) -> None:
    asking_again.send(doing.teller.w, doing.actor, doing.referral(*states.MAY_ASK_AGAIN)["id"], _completion(doing))


def _let_stand(doing: Doing) -> None:
    raised.let_stand(doing.teller.w, doing.actor, doing.referral(*states.SENT)["id"], doing.said["reason"])


def _withdraw(doing: Doing) -> None:
    refer.withdraw(doing.teller.w, doing.actor, doing.referral(states.PROPOSED, states.RETURNED)["id"], doing.said["reason"])


def _disagreement(doing: Doing) -> str:
    row = doing.referral(*states.THEIRS, states.RETURNED)
    return disagreements.raise_one(doing.teller.w, doing.actor, row["id"], **doing.said)


def _disagreement_said(doing: Doing) -> None:
    said = doing.said
    disagreements.record(doing.teller.w, doing.actor, said.pop("disagreement"), **said)


def _refer(doing: Doing) -> str:
    said = doing.said
    with doing.teller.w.engine.read() as tx:
        newest = visits.visits(tx, doing.household, limit=1)
    if not newest:
        raise wrong("refer", "A family is referred on a visit, and there was none yet.")
    return concern.refer_by_hand(
        doing.teller.w, doing.actor, newest[0]["submission"], said["destination"], said["urgency"], said["reason"]
    )  # fmt: skip


def _planned(doing: Doing) -> str:
    return people.plan_visit(doing.teller.w, doing.actor, doing.household, **doing.said)


def _move(doing: Doing) -> None:
    homes.move(doing.teller.w, doing.actor, doing.household, from_on=doing.day.isoformat(), **doing.said)


def _practitioner(doing: Doing) -> None:
    account = doing.teller.opened.ids[doing.act.said["account"].name]
    people.name_practitioner(
        doing.teller.w, doing.teller.supervisor(doing.family), doing.household, account=account, from_on=doing.day.isoformat()
    )  # fmt: skip


def _joins(doing: Doing) -> None:
    said = doing.act.said
    join(doing.teller, doing.family, Member(person=said["person"].name, role=said["role"], from_on=doing.day), doing.day)


def _leaves(doing: Doing) -> None:
    leave(doing.teller, doing.family, doing.act.said["person"].name, doing.day, doing.said["reason"])


def _birth(_doing: Doing) -> None:
    """The baby was born when the day began: a person carries the day of birth (`registering`)."""


ACTS: Mapping[str, Do] = MappingProxyType(
    {
        "send": _send,
        "withdraw": _withdraw,
        "ask_again": _ask_again,
        "let_stand": _let_stand,
        "acknowledge": replying.acknowledge,
        "decide": replying.decide,
        "not_for_us": replying.not_for_us,
        "send_on": replying.pass_on,
        "disagreement": _disagreement,
        "disagreement_said": _disagreement_said,
        "refer": _refer,
        "planned": _planned,
        "move": _move,
        "practitioner": _practitioner,
        "joins": _joins,
        "leaves": _leaves,
        "birth": _birth,
        **ARRANGING,
        **STAFFING,
    }
)


def actor_of(teller: Teller, act: Act, household: Household) -> str:
    """The account that does it: whom the story names, the supervisor where only a supervisor may, else the family's practitioner."""
    if act.by:
        return teller.opened.ids[act.by]
    supervisors = act.kind == "level_answer" or act.said.get("how") == EXCUSED
    return teller.supervisor(household) if supervisors else teller.practitioner(household)
