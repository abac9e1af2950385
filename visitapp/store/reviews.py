"""What a second person says of a visit: questions back and their answers, and sign-off; and where the review of each visit stands."""

from collections.abc import Iterable, Iterator

from visitapp.domain import duties as owed
from visitapp.domain import reviews as words
from visitapp.store import filed
from visitapp.store.derivation import Derivation, Keys, column
from visitapp.store.seen import FAMILIES
from visitapp.store.today_source import Reason, Source
from visitapp.store.tx import Row, Tx, numbered


def ask(tx: Tx, *, id: str, submission: str, household: str, to_account: str, words: str, at: str, actor: str) -> int:
    """A question is asked back about a visit."""
    return tx.append(
        "review_question", at=at, actor=actor, household=household, id=id, submission=submission, to_account=to_account, words=words
    )


def answer(tx: Tx, *, question: str, household: str, words: str, at: str, actor: str) -> int | None:
    """A question is answered, once; None when it was answered before."""
    return tx.append_new("review_answer", at=at, actor=actor, household=household, question=question, words=words)


def sign(tx: Tx, *, submission: str, household: str, capacity: str, words: str, at: str, actor: str) -> int:
    """Somebody signs a visit off, as one of `domain.reviews.CAPACITIES`."""
    return tx.append("review_signed", at=at, actor=actor, household=household, submission=submission, capacity=capacity, words=words)


def sample(tx: Tx, *, submission: str, household: str, why: str, at: str, actor: str) -> int | None:
    """A visit is sampled, once for each of `domain.reviews.WHY_SAMPLED`."""
    return tx.append_new("visit_sampled", at=at, actor=actor, household=household, submission=submission, why=why)


def question(tx: Tx, id: str) -> Row | None:
    """One question, with the answer that it has; `answered` is None without one. Not scoped: who asks has shown that they may act."""
    return tx.one(
        "SELECT q.*, j.actor, j.at, w.words AS answer, w.seq AS answered FROM review_question q JOIN journal j ON j.seq = q.seq"
        " LEFT JOIN review_answer w ON w.question = q.id WHERE q.id = :id",
        id=id,
    )


def questions(tx: Tx, submission: str) -> list[Row]:
    """The questions about a visit in order, each with who asked whom, and its answer with who gave it."""
    return questions_of(tx, [submission])


def questions_of(tx: Tx, submissions: list[str]) -> list[Row]:
    """The same of several visits."""
    names, values = numbered(submissions)
    return tx.all(
        f"""SELECT q.submission, q.id, q.seq, q.to_account, q.words, j.at, j.actor, a.name AS actor_name, t.name AS to_name,
                   w.words AS answer, w.seq AS answered, wj.at AS answered_at, wj.actor AS answered_by, wa.name AS answered_name
            FROM review_question q JOIN journal j ON j.seq = q.seq LEFT JOIN account_now a ON a.account = j.actor
            LEFT JOIN account_now t ON t.account = q.to_account LEFT JOIN review_answer w ON w.question = q.id
            LEFT JOIN journal wj ON wj.seq = w.seq LEFT JOIN account_now wa ON wa.account = wj.actor
            WHERE q.submission IN ({names}) ORDER BY q.seq""",
        **values,
    )  # fmt: skip


def signed(tx: Tx, submission: str) -> list[Row]:
    """How often a visit was signed off, in order, by whom and as what."""
    return signed_of(tx, [submission])


def signed_of(tx: Tx, submissions: list[str]) -> list[Row]:
    """The same of several visits."""
    names, values = numbered(submissions)
    return tx.all(
        "SELECT s.submission, s.seq, s.capacity, s.words, j.at, j.actor, a.name AS actor_name FROM review_signed s"
        " JOIN journal j ON j.seq = s.seq LEFT JOIN account_now a ON a.account = j.actor"
        f" WHERE s.submission IN ({names}) ORDER BY s.seq",
        **values,
    )


def newest_said(tx: Tx, submission: str, but: str = "") -> int:
    """The newest that anybody but one account said of a visit: a question, an answer, a word on a finding, a sign-off; 0 for nothing."""
    row = tx.one(
        """SELECT coalesce(max(said.seq), 0) AS newest FROM (
             SELECT seq FROM review_question WHERE submission = :submission
             UNION ALL SELECT w.seq FROM review_question q JOIN review_answer w ON w.question = q.id WHERE q.submission = :submission
             UNION ALL SELECT seq FROM review_signed WHERE submission = :submission
             UNION ALL SELECT seq FROM finding_word WHERE submission = :submission) said
           JOIN journal j ON j.seq = said.seq WHERE j.actor <> :but""",
        submission=submission, but=but,
    )  # fmt: skip
    assert row is not None
    return int(row["newest"])


def sampled(tx: Tx, submission: str) -> list[Row]:
    """Why a visit was sampled, and when."""
    return tx.all(
        "SELECT s.why, s.seq, j.at FROM visit_sampled s JOIN journal j ON j.seq = s.seq WHERE s.submission = :submission ORDER BY s.seq",
        submission=submission,
    )


def now(tx: Tx, submission: str) -> Row | None:
    """Where the review of a visit stands; None where nobody began one."""
    return tx.one("SELECT * FROM review_now WHERE submission = :submission", submission=submission)


After = tuple[int, str, str]
"""Where a page of the queue ends: rank, since, submission."""
FIRST: After = (-1, "", "")

QUEUED = f"""SELECT * FROM (SELECT r.submission, r.household, r.author, r.state, r.why, r.since, r.to_account, h.name AS family,
       v.occurred_on, v.kind, v.form, v.form_version, v.at_least, v.could_be, a.name AS author_name, a.role AS author_role,
       t.name AS to_name,
       CASE v.urgency WHEN 'tonight' THEN 1 ELSE 0 END AS danger, d.due_at AS sign_by,
       CASE WHEN d.due_at < :now THEN 1 ELSE 0 END AS overdue,
       CASE v.urgency WHEN 'tonight' THEN 0 ELSE 10 END
       + 2 * (4 - CASE WHEN v.submission IS NULL THEN 0 ELSE coalesce(v.at_least, 4) END)
       + CASE WHEN d.due_at < :now THEN 0 ELSE 1 END AS place
       FROM {FAMILIES} h CROSS JOIN review_now r LEFT JOIN visit v ON v.submission = r.submission
       LEFT JOIN account_now a ON a.account = r.author LEFT JOIN account_now t ON t.account = r.to_account
       LEFT JOIN duty d ON r.state = '{words.COUNTERSIGN}' AND d.subject = '{words.countersign_subject("")}' || r.submission
       WHERE r.household = h.household AND r.state <> '') q WHERE (q.place, q.since, q.submission) > (:place, :since, :after)"""
"""`place` puts what a visit found before all else: danger, then the level (one that is not judged yet may be anything), then a
countersignature that is overdue (`sign_by` is when it is due); whatever is alike stands by its age."""
ORDER = "ORDER BY q.place, q.since, q.submission LIMIT :limit"


def waiting(tx: Tx, actor: str, now: str, after: After, limit: int) -> list[Row]:
    """The visits of the actor's team whose review waits for something, what matters most first, from after a key."""
    place, since, submission = after
    return tx.all(f"{QUEUED} {ORDER}", actor=actor, now=now, place=place, since=since, after=submission, limit=limit)


def waiting_for(tx: Tx, actor: str, now: str, after: After, limit: int) -> list[Row]:
    """Those of them that wait for the actor themselves."""
    place, since, submission = after
    return tx.all(
        f"{QUEUED} AND q.to_account = :actor {ORDER}", actor=actor, now=now, place=place, since=since, after=submission, limit=limit
    )


def of_author(tx: Tx, actor: str, since: str, limit: int) -> list[Row]:
    """The actor's own visits of which a second person said something since an instant, the newest first, as far as the actor may see the
    family: what a tablet carries."""
    return tx.all(
        f"""SELECT r.submission, r.household, r.state, r.last_at, h.name AS family, v.occurred_on, v.form, v.form_version
            FROM review_now r CROSS JOIN {FAMILIES} h JOIN visit v ON v.submission = r.submission
            WHERE h.household = r.household AND r.author = :actor AND r.last_at >= :since
            ORDER BY r.last_at DESC, r.submission LIMIT :limit""",
        actor=actor, since=since, limit=limit,
    )  # fmt: skip


def today_rows(tx: Tx, household: str) -> Iterator[Reason]:
    """The visits of a family that a reviewer is to read: answered ones, and samples. What is owed for a review (an answer, a
    countersignature) is a duty, and stands there with everything that is owed."""
    rows = tx.all(
        "SELECT submission, state, why, since FROM review_now WHERE household = :household AND state <> '' ORDER BY since, submission",
        household=household,
    )
    for row in rows:
        if row["state"] not in (words.ANSWERED, words.SAMPLE):
            continue
        kind, said = ("answered", "") if row["state"] == words.ANSWERED else ("sampled", words.WHY_SAMPLED.get(row["why"], ""))
        subject = f"{row['submission']}:{row['state']}@{row['since']}"
        yield Reason(kind, subject, since=row["since"], from_at=row["since"], about=row["submission"], said=said)


# --- where it stands -----------------------------------------------------------------------------------------------------------------


def _refresh(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM review_now WHERE submission = :submission", submission=submission)
    sent = tx.one("SELECT household, author FROM submission WHERE id = :submission", submission=submission)
    if sent is None:
        return
    sent["household"] = filed.home(tx, submission) or sent["household"]
    asked, ends = questions(tx, submission), signed(tx, submission)
    last = _last_word(tx, submission, sent["author"], asked, ends)
    stands = _stands(tx, submission, asked, [one["seq"] for one in ends if one["capacity"] == words.REVIEWED])
    if stands or last:
        state, why, since, to_account = stands or ("", "", "", "")
        kept = {"submission": submission, "state": state, "why": why, "since": since, "to_account": to_account, "last_at": last}
        tx.insert("review_now", [kept | sent])


def _stands(tx: Tx, submission: str, asked: list[Row], signed_off: list[int]) -> tuple[str, str, str, str] | None:
    """What it waits for, why, since when and for whom; None for nothing."""
    open_ones = [one for one in asked if one["answered"] is None]
    if open_ones:
        return words.QUESTION, "", open_ones[0]["at"], _owes(tx, words.question_subject(submission, open_ones[0]["id"]))
    done = max(signed_off, default=0)
    if asked and asked[-1]["seq"] > done and not _countersigned_since(tx, submission, asked[-1]["seq"]):
        newest = max(asked, key=lambda one: one["answered"])
        return words.ANSWERED, "", newest["answered_at"], newest["actor"]
    duty = tx.one("SELECT owner_account, opened_seq FROM duty WHERE subject = :subject", subject=words.countersign_subject(submission))
    if duty is not None:
        since = tx.one("SELECT at FROM journal WHERE seq = :seq", seq=duty["opened_seq"])
        return words.COUNTERSIGN, "", since["at"] if since else "", duty["owner_account"] or ""
    if filed.nowhere(tx, submission):
        return None
    drawn = [one for one in sampled(tx, submission) if (not done if one["why"] == words.MONTH else one["seq"] > done)]
    return (words.SAMPLE, drawn[0]["why"], drawn[0]["at"], "") if drawn else None


def _owes(tx: Tx, subject: str) -> str:
    """Whose it is now: an owner who has left handed it on."""
    duty = tx.one("SELECT owner_account FROM duty WHERE subject = :subject", subject=subject)
    return (duty["owner_account"] if duty else None) or ""


def _countersigned_since(tx: Tx, submission: str, seq: int) -> bool:
    """Whether whoever asked was the registrant, who countersigned once it was answered."""
    found = tx.one(
        "SELECT 1 AS signed FROM review_signed WHERE submission = :submission AND capacity = :capacity AND seq > :seq",
        submission=submission, capacity=words.COUNTERSIGNED, seq=seq,
    )  # fmt: skip
    return found is not None


def _last_word(tx: Tx, submission: str, author: str, asked: list[Row], ends: list[Row]) -> str:
    """When a second person last said something for its author to see; empty where nobody did."""
    said = tx.one(
        "SELECT max(j.at) AS at FROM finding_word w JOIN journal j ON j.seq = w.seq WHERE w.submission = :submission AND w.by_author = 0",
        submission=submission,
    )
    times = [one["at"] for one in (*asked, *ends) if one["actor"] != author]
    return max([*times, (said["at"] if said else None) or ""], default="")


def _of_answer(tx: Tx, fact: Row) -> Iterable[str]:
    return [row["submission"] for row in tx.all("SELECT submission FROM review_question WHERE id = :id", id=fact["question"])]


_BEFORE = words.countersign_subject("")


def _of_duty(_tx: Tx, fact: Row) -> tuple[str, ...]:
    kind, _, about = str(fact["subject"]).partition(":")
    return (about.partition(":")[0],) if kind in words.DUTIES else ()


_FOLLOWED: dict[str, Keys] = {
    one: column("submission") for one in ("review_question", "review_signed", "visit_sampled", "finding_word")
}  # fmt: skip
REVIEW_NOW = Derivation(
    tables=("review_now",),
    after=_FOLLOWED | {"review_answer": _of_answer, "visit_error": column("submission"), "owed": _of_duty, "duty_closed": _of_duty},
    refresh=_refresh,
    every_key=" UNION ".join(f"SELECT submission AS key FROM {table}" for table in _FOLLOWED)
    + f" UNION SELECT substr(subject, {len(_BEFORE) + 1}) FROM owed WHERE kind = '{owed.COUNTERSIGN}'",
)


def _stands_in(tx: Tx, household: str, submissions: Iterable[str]) -> list[str]:
    """The household that a fact was kept for, and those in whose records its visits stand now."""
    homes = [home for one in submissions if (home := filed.home(tx, one))]
    return list(dict.fromkeys((household, *homes)))


def _of_visit(tx: Tx, fact: Row) -> list[str]:
    return _stands_in(tx, fact["household"], (fact["submission"],))


def _of_answered(tx: Tx, fact: Row) -> list[str]:
    return _stands_in(tx, fact["household"], _of_answer(tx, fact))


def _of_owed(tx: Tx, fact: Row) -> list[str]:
    """Of what is owed for a visit alone: one review may wait for another."""
    about = _of_duty(tx, fact)
    return _stands_in(tx, fact["household"], about) if about else []


TODAY = Source(
    "reviews",
    frozenset(),
    today_rows,
    dict.fromkeys(("review_question", "review_signed", "visit_sampled"), _of_visit)
    | {"review_answer": _of_answered, "owed": _of_owed, "duty_closed": _of_owed, "visit_error": filed.both},
)
