"""Countersigning: what a student or a nursery nurse records stands with the accountable registrant, who reads it and signs it too, by a
time. The named practitioner of the family where they are registered, else whoever was named for the account, else a supervisor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain import roles
from visitapp.domain.duties import COUNTERSIGN
from visitapp.domain.past import INFORMATION
from visitapp.domain.reviews import countersign_subject
from visitapp.flow import clocks, cover, ladder, whose
from visitapp.flow.page_faults import Parts
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem, wrong
from visitapp.store import accounts, climbs, duties, supervision
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.flow.kept_visit import Visit
    from visitapp.wiring import Wired

WHAT = "A visit is to be countersigned: read it, say whether you agree with each finding, and sign it"


def owed_for(w: Wired, tx: Tx, visit: Visit, at: str) -> None:
    """A new visit was judged, or what was added to one: owe its countersignature where its author is not registered, or somebody is
    accountable for them."""
    author = accounts.account(tx, str(visit.row["author"]))
    if author is None or visit.form.kind == INFORMATION or not _needs_one(tx, author):
        return
    owner = whose.accountable(tx, visit.household, author)
    duties.owe(
        tx, subject=countersign_subject(visit.id), kind=COUNTERSIGN, what=WHAT, at=at, actor=SERVICE, household=visit.household,
        due_at=clocks.due(clocks.policy(w, tx, visit.household), "countersign", at), owner_account=owner,
    )  # fmt: skip
    whose.tell_each(tx, [owner], f"{WHAT}.", household=visit.household, at=at, actor=SERVICE)


def _needs_one(tx: Tx, author: Row) -> bool:
    return author["role"] in roles.COUNTERSIGNED or supervision.registrant(tx, author["account"]) is not None


def may_sign(w: Wired, tx: Tx, actor: str, submission: str, at: str) -> bool:
    """Whether this account may countersign a visit now: whoever owes it or answers for it meanwhile, and a supervisor of the team, to whom
    it climbs. Whether they made the visit themselves is asked elsewhere."""
    row = climbs.owed(tx, countersign_subject(submission))
    if row is None:
        return False
    here = cover.of(w, tx, row["team"], at)
    member = here.members.get(actor) if here else None
    return member is not None and (actor in (row["owner_account"], ladder.answering(w, tx, row, at).account) or member.role == "supervisor")


def name_registrant(w: Wired, actor: str, *, account: str | None, registrant: str | None) -> None:
    """A supervisor says who is accountable for what somebody of the team records. Raises Problem with a field."""
    at = w.clock()

    def write(tx: Tx) -> None:
        asking = accounts.account(tx, actor)
        here = cover.of(w, tx, asking["team"] if asking else None, at)
        if here is None or here.members[actor].role != "supervisor":
            raise problem("not_allowed")
        parts = Parts()
        with parts.each():
            if account is None or account not in here.members:
                raise wrong("account", "Choose somebody of the team.")
        with parts.each():
            if registrant is None or registrant not in here.members or whose.same_person(tx, registrant, account):
                raise wrong("registrant", "Choose somebody else of the team.")
            if here.members[registrant].role not in (*roles.REGISTERED, "supervisor"):
                raise wrong("registrant", "Choose a health visitor, a midwife or a supervisor: only a registrant can be accountable.")
        parts.check()
        assert account
        assert registrant
        supervision.name_registrant(tx, account=account, registrant=registrant, at=at, actor=actor)

    w.writer.submit(write)


def registrants(w: Wired, team: str) -> list[Row]:
    """For whom of a team somebody is accountable, and who."""
    with w.engine.read() as tx:
        return supervision.registrants(tx, team)
