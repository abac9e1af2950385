"""A finding that reviewers disagree with more often than not goes to the clinical safety officer, once a version of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain.ladder import SAFETY_OFFICER, reference
from visitapp.domain.reviews import rule, too_often
from visitapp.flow import cover, notify, whose
from visitapp.store import accounts, agreement, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WHAT = (
    "The finding {code} of the form {form}, version {version}, was disagreed with in {disagreed} of the last {reviewed} visits that were"
    " reviewed. Read the reasons under Reviews, Agreement with findings."
)
NOBODY = " Nobody holds the post of clinical safety officer: it is yours to pass on."


def watch_agreement(w: Wired, tx: Tx, row: Row, code: str, *, at: str, actor: str) -> None:
    """A reviewer disagreed with a finding of a visit: where that is past half of the last fifty, the safety officer is told, once."""
    stands = agreement.of_rule_now(tx, row["form"], row["form_version"], code)
    if stands is None or not too_often(stands["disagreed"]):
        return
    of = {"form": row["form"], "form_version": row["form_version"], "code": code}
    if agreement.tell_safety(tx, at=at, actor=actor, **of, **stands) is None:
        return
    here = cover.of(w, tx, whose.team(tx, row["household"]), at)
    held = here.holder(SAFETY_OFFICER) if here else None
    said = WHAT.format(code=code, form=row["form"], version=row["form_version"], **stands)
    known_as = reference(rule(**_named(of)), None)
    if held and not held.account:
        notify.ask(w, tx, "finding_disputed_to_post", to_address=held.email, reference=known_as, at=at, actor=actor)
        return
    whom = [held.account] if held else [*(here.supervisors() if here else ()), accounts.who_looks_after(tx)]
    for account in dict.fromkeys(one for one in whom if one):
        referrals.tell(tx, to_account=account, what=said if held else said + NOBODY, at=at, actor=actor)
        notify.ask(w, tx, "finding_disputed", to_account=account, reference=known_as, link="/reviews/findings", at=at, actor=actor)


def _named(of: Row) -> Row:
    return {"form": of["form"], "version": of["form_version"], "code": of["code"]}
