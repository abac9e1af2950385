"""Whether people agree with what the rules find: a word for each finding of a visit, and how many of the last fifty on a rule disagree."""

from visitapp.domain.reviews import LAST, of_rule, rule
from visitapp.store.derivation import Derivation
from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx, numbered

NEWEST = (
    "NOT EXISTS (SELECT 1 FROM finding_word n WHERE n.submission = w.submission AND n.code = w.code AND n.row_id = w.row_id"
    " AND n.by_author = 0 AND n.seq > w.seq)"
)
"""Of several words of reviewers on one finding of one visit, the newest counts."""


def say(
    tx: Tx, *, submission: str, household: str, form: str, form_version: int, code: str, row_id: str, person: str, agrees: bool,
    reason: str, by_author: bool, at: str, actor: str,
) -> int:  # fmt: skip
    """Somebody agrees with a finding of a visit, or does not, with a reason; `by_author` where it is whoever visited."""
    return tx.append(
        "finding_word", at=at, actor=actor, household=household, submission=submission, form=form, form_version=form_version, code=code,
        row_id=row_id, person=person, agrees=agrees, reason=reason, by_account=actor, by_author=by_author,
    )  # fmt: skip


def words(tx: Tx, submission: str) -> list[Row]:
    """Every word on the findings of a visit, in order, with who said it and when. Not scoped: the caller has shown the visit."""
    return tx.all(
        "SELECT w.*, a.name AS actor_name, j.at FROM finding_word w JOIN journal j ON j.seq = w.seq"
        " LEFT JOIN account_now a ON a.account = w.by_account WHERE w.submission = :submission ORDER BY w.seq",
        submission=submission,
    )


def not_agreed(tx: Tx, submissions: list[str]) -> list[Row]:
    """The findings of these visits that a reviewer does not agree with now, as the visit's standing judgement says them."""
    names, values = numbered(submissions)
    return tx.all(
        f"""SELECT w.submission, w.reason, f.said, a.name AS actor_name FROM finding_word w JOIN visit v ON v.submission = w.submission
            JOIN finding f ON f.assessment = v.assessment AND f.code = w.code AND f.row_id = w.row_id
            LEFT JOIN account_now a ON a.account = w.by_account
            WHERE w.submission IN ({names}) AND w.agrees = 0 AND w.by_author = 0 AND {NEWEST} ORDER BY w.seq""",
        **values,
    )  # fmt: skip


def of_the_last_fifty(tx: Tx, limit: int = 200) -> list[Row]:
    """For the Team screen: each finding's rule that reviewers had a word on, the most disagreed with first: `form`, `form_version`, `code`,
    `reviewed` (at most fifty, the newest) and how many of these `disagreed`. Of the whole service and of nobody's family; the families
    behind a figure, within what an account may see, are those of `disagreed`."""
    return tx.all(
        "SELECT form, form_version, code, reviewed, disagreed FROM finding_agreement"
        " ORDER BY disagreed DESC, reviewed, form, form_version, code LIMIT :limit",
        limit=limit,
    )


def of_rule_now(tx: Tx, form: str, form_version: int, code: str) -> Row | None:
    """The same of one version of a rule; None where no reviewer had a word on it."""
    return tx.one(
        "SELECT reviewed, disagreed FROM finding_agreement WHERE form = :form AND form_version = :form_version AND code = :code",
        form=form, form_version=form_version, code=code,
    )  # fmt: skip


def disagreed(tx: Tx, actor: str, form: str, form_version: int, code: str, before: int, limit: int) -> list[Row]:
    """Within the last fifty, the visits of the actor's families in which a reviewer does not agree with a finding, the newest first, from
    before a seq: `submission`, `household`, `family`, `reason`, who and when."""
    return tx.all(
        f"""SELECT w.seq, w.submission, w.household, h.name AS family, w.reason, a.name AS actor_name, j.at
            FROM ({_LAST_FIFTY}) w JOIN {FAMILIES} h ON h.household = w.household JOIN journal j ON j.seq = w.seq
            LEFT JOIN account_now a ON a.account = w.by_account
            WHERE w.agrees = 0 AND w.seq < :before ORDER BY w.seq DESC LIMIT :limit""",
        actor=actor, form=form, form_version=form_version, code=code, last=LAST, before=before, limit=limit,
    )  # fmt: skip


_LAST_FIFTY = (
    "SELECT w.* FROM finding_word w WHERE w.form = :form AND w.form_version = :form_version AND w.code = :code AND w.by_author = 0"
    f" AND {NEWEST} ORDER BY w.seq DESC LIMIT :last"
)


def tell_safety(tx: Tx, *, form: str, form_version: int, code: str, disagreed: int, reviewed: int, at: str, actor: str) -> int | None:
    """It is told that a rule is disagreed with more often than not; None when that was told before."""
    return tx.append_new(
        "safety_told", at=at, actor=actor, form=form, form_version=form_version, code=code, disagreed=disagreed, reviewed=reviewed
    )


def _refresh(tx: Tx, name: str) -> None:
    form, version, code = of_rule(name)
    of = {"form": form, "form_version": version, "code": code}
    tx.run("DELETE FROM finding_agreement WHERE form = :form AND form_version = :form_version AND code = :code", **of)
    rows = tx.all(_LAST_FIFTY, last=LAST, **of)
    if rows:
        tx.insert("finding_agreement", [of | {"reviewed": len(rows), "disagreed": sum(not row["agrees"] for row in rows)}])


def _of_fact(_tx: Tx, fact: Row) -> tuple[str, ...]:
    return () if fact["by_author"] else (rule(fact["form"], fact["form_version"], fact["code"]),)


FINDING_AGREEMENT = Derivation(
    tables=("finding_agreement",),
    after={"finding_word": _of_fact},
    refresh=_refresh,
    every_key="SELECT DISTINCT form || '-' || form_version || ':' || code AS key FROM finding_word WHERE by_author = 0",
)
