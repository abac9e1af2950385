"""What the newest visits of a family say of each of its children: when each was seen, what was found about each, and which visits tell of
them. Bounded by a first day, by index."""

from collections.abc import Sequence

from visitapp.domain.measures import SEEN
from visitapp.store.same import WHO
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx


def seen(tx: Tx, families: Families, since: str) -> list[Row]:
    """Of each child whether it was seen at each visit since a day, the newest first; no value where that is not known, and `known` why."""
    return tx.all(
        "SELECT m.submission, m.person, m.value, m.known, m.occurred_on, v.form, v.kind, w.name AS author_name FROM visit_measure m"
        " JOIN visit v ON v.submission = m.submission LEFT JOIN account_now w ON w.account = v.author"
        f" WHERE m.household IN ({families.among}) AND m.measure = '{SEEN}' AND m.occurred_on >= :since AND m.person <> ''"
        " ORDER BY m.occurred_on DESC, v.seq DESC",
        since=since, **families.params,
    )  # fmt: skip


def found(tx: Tx, visits: Sequence[str]) -> list[Row]:
    """What these visits found about somebody by their newest judgements, the newest visit first."""
    values = {f"id{number}": id for number, id in enumerate(visits)}
    return tx.all(
        f"SELECT {WHO.format('f.person')} AS person, f.code, f.said, f.state, f.severity, f.level, v.occurred_on, v.submission FROM visit v"
        " JOIN finding f ON f.assessment = v.assessment"
        f" WHERE v.submission IN ({', '.join(f':{name}' for name in values)}) AND f.state = 'present' AND f.under = '' AND f.person <> ''"
        " ORDER BY v.occurred_on DESC, v.seq DESC, f.level DESC, f.seq",
        **values,
    )  # fmt: skip


def bodies(tx: Tx, submissions: Sequence[str]) -> list[Row]:
    """These visits as they were sealed."""
    values = {f"id{number}": id for number, id in enumerate(submissions)}
    return tx.all(
        "SELECT s.id, s.household, s.form, s.form_version, s.body, s.occurred_on FROM submission s"
        f" WHERE s.id IN ({', '.join(f':{name}' for name in values)}) ORDER BY s.occurred_on DESC, s.seq DESC",
        **values,
    )
