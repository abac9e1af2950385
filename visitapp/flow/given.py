"""The given facts with this service's policy: sent down with the caseload, and worked out again when a visit comes back. Both go
through here, because the service must find exactly what the tablet found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.store import given as facts

if TYPE_CHECKING:
    from visitapp.formlang import Policy
    from visitapp.store.seen import Families
    from visitapp.store.tx import Tx
    from visitapp.wiring import Wired


def given(
    w: Wired, tx: Tx, household: str, on: str, as_of_seq: int | None = None, *, excluding: str = "", before_seq: int | None = None
) -> dict[str, Any]:
    """The family's history counted to a date, from facts up to a seq (None: all of them), without the visit being judged (`excluding`)
    and, where its own seq is given (`before_seq`), without what was received after it on its date."""
    return facts.history(tx, household, on, as_of_seq, excluding=excluding, before_seq=before_seq, reach=reach(w.catalogue.policy))


def given_to_each(w: Wired, tx: Tx, families: Families, on: str, as_of_seq: int) -> dict[str, dict[str, Any]]:
    """The same for several families at once, household -> given facts: what a caseload carries."""
    return facts.histories(tx, families, on, as_of_seq, reach=reach(w.catalogue.policy))


def reach(policy: Policy) -> facts.Reach:
    """How far the history reaches under a policy."""
    return facts.Reach(
        visits_not_completed_days=policy.number("history_visits_not_completed"),
        findings_days=policy.number("history_findings"),
        advice_repeated=policy.number("advice_repeated"),
    )
