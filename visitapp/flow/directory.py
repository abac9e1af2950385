"""Watching the directory: whoever keeps it is told when an entry is soon to be checked and again when that day has passed, because from
then on nothing is mailed there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from visitapp.domain.moments import date_words, day_of
from visitapp.flow import notify
from visitapp.flow.refer import SERVICE
from visitapp.store import accounts, directory, referrals

if TYPE_CHECKING:
    from visitapp.wiring import Wired

KEEPERS = "administrator"


def tell_of_reviews(w: Wired) -> int:
    """Tell every administrator, on screen and by e-mail, of each entry that is due to be checked; how many entries they were told of."""
    at = w.clock()
    today = day_of(at)
    ahead = timedelta(days=w.catalogue.policy.number("directory_review"))
    with w.engine.read() as tx:
        due = directory.to_check(tx, (today + ahead).isoformat())
    return sum(_tell(w, row["id"], row["name"], row["review_on"], row["review_on"] < today.isoformat(), at) for row in due)


def _tell(w: Wired, team: str, name: str, review_on: str, past: bool, at: str) -> bool:
    by = date_words(date.fromisoformat(review_on))
    if past:
        what = f"{name}: this entry of the directory was to be checked by {by}. Nothing is mailed there until it is."
    else:
        what = f"{name}: this entry of the directory is to be checked by {by}. Afterwards nothing is mailed there."
    with w.engine.write() as tx:
        keepers = [row["account"] for row in accounts.accounts(tx) if row["role"] == KEEPERS]
        if not keepers or not directory.told(tx, receiving_team=team, review_on=review_on, past=past, at=at, actor=SERVICE):
            return False
        for account in keepers:
            referrals.tell(tx, to_account=account, what=what, at=at, actor=SERVICE)
            notify.ask(w, tx, "directory_review", to_account=account, link="/status", at=at, actor=SERVICE)
    return True
