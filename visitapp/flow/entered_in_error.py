"""Somebody says that a visit was entered in error. It takes two people where danger was found, because a danger leaves the judgement of the
family with it: until a supervisor who did not ask has agreed, the visit stands. A supervisor of the team who did not make the visit is that
second person, and what they say of it stands at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain import referrals as states
from visitapp.domain.duties import SECOND_OPINION, error_subject
from visitapp.domain.findings import LEVELS
from visitapp.flow import clocks, second_person, whose
from visitapp.flow.family_fields import Said, load, more
from visitapp.flow.family_fields import words as must_say
from visitapp.flow.in_error import MEANWHILE, check, move
from visitapp.problems import problem, wrong
from visitapp.store import assessments, duties, filed, referrals, scope, submissions
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WHAT = "A visit that found danger is said to be entered in error. It stands until a second person agrees: agree, or do not and say why."
AGREED = "A second person agreed that the visit was entered in error."
REFUSED = "A second person did not agree that the visit was entered in error; the reason is there."
MADE_IT = "Somebody else has to agree: you made this visit."
NOT_SEEN = "It would stand with a family that you cannot see. Ask a supervisor who sees both."


class _Error(Said):
    why = must_say("Say what is wrong, how it came about, and how you know.")
    belongs_to = more()


ERROR = _Error()


def enter(w: Wired, actor: str, submission: str, *, why: str, belongs_to: str | None = None, stood_with: str = "") -> bool:
    """The visit was entered in error; whether this waits for a second person. `belongs_to`: the family in whose record it stands from then
    on, which the actor may see too; None: none. `stood_with`: the family in whose record the actor saw it, where that is known. Raises
    Problem with a field."""
    at = w.clock()
    said = load(ERROR, {"why": why, "belongs_to": belongs_to})

    def write(tx: Tx) -> bool:
        row = submissions.submission(tx, submission)
        if row is None:
            raise problem("not_found")
        if stood_with not in ("", row["household"]):
            raise wrong("why", MEANWHILE)
        if not _takes_two(tx, actor, row):
            move(w, tx, row, said["belongs_to"], said["why"], at, actor)
            return False
        _ask(w, tx, actor, row, said["belongs_to"], said["why"], at)
        return True

    return w.writer.submit(write)


def _takes_two(tx: Tx, actor: str, row: Row) -> bool:
    family = whose.act_for(tx, actor, row["household"])
    alone = whose.supervises(tx, actor, family) and not whose.same_person(tx, actor, row["author"])
    return not alone and filed.home(tx, row["id"]) is not None and _counted(tx, row["id"])


def _counted(tx: Tx, submission: str) -> bool:
    """Whether danger was found in it, by its standing judgement: a level at which something is owed, something that cannot wait, or a
    referral that stands on it. What is not judged yet may be any of it."""
    judged = assessments.of_kind(tx, submission, "today")
    if judged is None or judged["at_least"] > LEVELS[0] or judged["urgency"] == "tonight":
        return True
    return any(referrals.state(tx, one["id"]) != states.WITHDRAWN for one in referrals.of_submission(tx, submission))


def _ask(w: Wired, tx: Tx, actor: str, row: Row, to: str | None, why: str, at: str) -> None:
    check(w, tx, actor, row, to)
    if filed.waiting_errors(tx, row["id"]):
        raise wrong("why", "This was said already and waits for a second person.")
    id, about = w.new_id(), {"household": row["household"], "at": at, "actor": actor}
    filed.ask_error(tx, id=id, submission=row["id"], belongs_to=to, why=why, **about)
    owner = whose.supervisor(tx, row["household"], but=actor)
    duties.owe(
        tx, subject=error_subject(id), kind=SECOND_OPINION, what=WHAT, owner_account=owner,
        due_at=clocks.due(clocks.policy(w, tx, row["household"]), "second_opinion", at), **about,
    )  # fmt: skip
    whose.tell_each(tx, [owner], WHAT, **about)


def _done(w: Wired, tx: Tx, asked: Row, at: str, actor: str) -> None:
    row = submissions.submission(tx, asked["submission"])
    if row is None or row["household"] != asked["household"]:
        raise wrong("agrees", "The visit stands with another family meanwhile. Open it to see how that came.")
    if whose.same_person(tx, actor, row["author"]):
        raise wrong("agrees", MADE_IT)
    if asked["belongs_to"] and not scope.may_see_family(tx, actor, asked["belongs_to"]):
        raise wrong("agrees", NOT_SEEN)
    move(w, tx, row, asked["belongs_to"], asked["why"], at, actor, field="agrees")


ASKED = second_person.Asked(
    filed.asked_error, filed.answer_error, error_subject, "Somebody else has to agree: you said it.", AGREED, REFUSED, done=_done
)


def answer(w: Wired, actor: str, asked: str, *, agrees: bool, reason: str = "") -> None:
    """The second person on a visit entered in error. Raises Problem with a field."""
    second_person.answer(w, ASKED, actor, asked, agrees=agrees, reason=reason)
