"""Visits brought in from a file: the very same receipts as from a tablet, a line for each, and a journal that says who brought it."""

import json

import pytest

from visitapp.flow import bring_in, receive
from visitapp.problems import Problem

LIMIT = 4_000_000


def file_of(*payloads: bytes) -> bytes:
    """As a tablet writes it: each visit on a line of its own."""
    return b'{"v":1,"visits":[\n' + b",\n".join(payloads) + b"\n]}\n"


def brought(world, *payloads: bytes, who: str = "hv") -> list[bring_in.Brought]:
    return bring_in.own(world.w, world.who[who], bring_in.copy_in(file_of(*payloads)), LIMIT)


def test_each_visit_is_kept_like_one_from_a_tablet_and_the_tablet_later_gets_the_first_receipt(world):
    family = world.family()
    first, second = family.written(), family.written(on="2026-11-21")
    assert [one.outcome for one in brought(world, first, second)] == ["kept", "kept"]
    world.work()
    assert world.count("visit_reading") == 2
    kept = world.rows("SELECT id, seq, sha256, received_at FROM submission ORDER BY seq")
    world.clock.on(days=2)
    for payload, row in zip((first, second), kept, strict=True):
        answer = world.tablet().send(payload)
        assert (answer.status, answer.body) == (200, row)
    assert world.count("submission") == 2


def test_the_same_file_twice_adds_nothing_and_says_so(world):
    payload = world.family().written()
    [first], [again] = brought(world, payload), brought(world, payload)
    assert (first.outcome, again.outcome, again.kept) == ("kept", "here_already", True)
    seq = world.rows("SELECT seq FROM submission")[0]["seq"]
    assert f"number {seq}" in first.words
    assert f"number {seq}" in again.words
    assert world.count("submission") == 1


def test_bytes_are_kept_exactly_as_they_were_sealed(world):
    payload = world.family().written()
    brought(world, payload)
    [kept] = world.rows("SELECT envelope FROM submission")
    assert kept["envelope"] == json.loads(payload)["envelope"]


def changed(payload: bytes, **parts: str) -> bytes:
    return json.dumps(json.loads(payload) | parts).encode()


def test_one_bad_visit_never_stops_the_others(world):
    family = world.family()
    mine = [family.written(on=f"2026-11-{day}") for day in (17, 18, 19)]
    outside = json.loads(mine[1])["envelope"]
    bad = [
        b"null",
        changed(mine[0], envelope="{}"),
        changed(mine[1], envelope=outside.replace("2026-11-22T10:40", "2026-11-22T10:41")),
        family.written(on="2026-11-20", sha256="0" * 64),
    ]
    came = brought(world, mine[0], *bad, mine[1], mine[2])
    assert [one.outcome for one in came] == [
        "kept", "envelope_unreadable", "envelope_unreadable", "seal_unreadable", "hash_wrong", "kept", "kept",
    ]  # fmt: skip
    assert [one.place for one in came] == list(range(1, 8))
    assert all("still on the tablet" in one.words for one in came if not one.kept)
    assert world.count("submission") == 3


def test_a_visit_of_somebody_else_is_refused_and_nothing_of_it_is_told(world):
    theirs = world.family().written(who="midwife")
    [one] = brought(world, theirs)
    assert (one.outcome, one.kept, one.id, one.sealed_at) == ("not_the_author", False, "", "")
    assert "Its author can bring it in here" in one.words
    assert "visitapp bring-in" in one.words
    assert "midwife" not in one.words
    assert world.count("submission") == 0
    assert [one.outcome for one in brought(world, theirs, who="midwife")] == ["kept"]


def test_what_is_set_aside_says_why(world):
    family = world.family()
    payload = family.written(form_hash="0" * 64)
    for _ in range(2):
        [one] = brought(world, payload)
        assert (one.outcome, one.kept) == ("set_aside", True)
        assert "differs from the one published" in one.words
    same_id = "10000000-0000-4000-8000-000000000001"
    brought(world, family.written(id=same_id))
    [other] = brought(world, family.written(on="2026-11-20", id=same_id))
    assert (other.outcome, "Both are kept" in other.words) == ("set_aside", True)


def test_another_visit_under_the_number_of_somebody_elses_is_not_kept(world):
    same_id = "10000000-0000-4000-8000-000000000001"
    family = world.family()
    world.tablet("midwife").send(family.written(who="midwife", id=same_id))
    [one] = brought(world, family.written(id=same_id))
    assert (one.outcome, one.kept) == ("id_taken", False)


def test_a_visit_larger_than_a_tablet_may_send_is_left_to_an_administrator(world):
    payload = world.family().written()
    copy = bring_in.copy_in(file_of(payload))
    [refused] = bring_in.own(world.w, world.who["hv"], copy, len(payload) - 1)
    assert (refused.outcome, world.count("submission")) == ("too_large", 0)
    [kept] = bring_in.anybodys(world.w, copy, "imogen")
    assert kept.outcome == "kept"


def test_an_administrator_brings_in_visits_of_any_author_and_the_journal_says_who_and_when(world):
    family = world.family()
    payloads = [family.written(who="hv"), family.written(who="midwife", on="2026-11-20"), b'{"envelope": 7}']
    came = list(bring_in.anybodys(world.w, bring_in.copy_in(file_of(*payloads)), "imogen"))
    assert [one.outcome for one in came] == ["kept", "kept", "envelope_unreadable"]
    assert world.rows("SELECT author FROM submission ORDER BY seq") == [{"author": world.who["hv"]}, {"author": world.who["midwife"]}]
    lines = world.rows("SELECT seq, actor, detail FROM journal WHERE kind = 'visit.brought_in' ORDER BY seq")
    assert [(line["actor"], line["detail"]) for line in lines] == [
        ("system", f"{came[0].id} by imogen"), ("system", f"{came[1].id} by imogen"), ("system", "unreadable by imogen"),
    ]  # fmt: skip
    first = world.rows("SELECT seq FROM submission ORDER BY seq")[0]["seq"]
    assert lines[0]["seq"] < first, "written down before it was kept"


def test_at_the_desk_the_journal_has_the_account(world):
    [one] = brought(world, world.family().written())
    [line] = world.rows("SELECT actor, detail FROM journal WHERE kind = 'visit.brought_in'")
    assert line == {"actor": world.who["hv"], "detail": one.id}


def test_a_fault_of_ours_with_one_visit_does_not_hide_the_others(world, monkeypatch, caplog):
    family = world.family()
    payloads = [family.written(on=f"2026-11-{day}") for day in (19, 20)]
    plain = receive.why_aside

    def faulty(w, tx, opened):
        if opened.body_says["occurred_on"] == "2026-11-19":
            raise OSError("disk I/O error at /var/secret")
        return plain(w, tx, opened)

    monkeypatch.setattr(receive, "why_aside", faulty)
    assert [one.outcome for one in brought(world, *payloads)] == ["fault", "kept"]
    assert "OSError" in caplog.text
    assert "secret" not in caplog.text
    monkeypatch.undo()
    assert [one.outcome for one in brought(world, *payloads)] == ["kept", "here_already"]


def test_cut_anywhere_a_file_gives_up_what_is_whole_in_it_and_says_that_it_is_not(world):
    family = world.family()
    payloads = [family.written(on=f"2026-11-{day}") for day in (18, 19, 20)]
    file = file_of(*payloads)
    ends = [file.index(payload) + len(payload) for payload in payloads]
    for length in range(0, len(file.rstrip()), 37):
        whole = sum(end <= length for end in ends)
        if b'{"envelope"' not in file[:length]:
            with pytest.raises(Problem):
                bring_in.copy_in(file[:length])
            continue
        copy = bring_in.copy_in(file[:length])
        assert not copy.whole
        assert copy.payloads[:whole] == tuple(payloads[:whole])
        assert len(copy.payloads) - whole in (0, 1), "and the one that was cut, to be told of"
    cut = bring_in.own(world.w, world.who["hv"], bring_in.copy_in(file[: ends[2] - 50]), LIMIT)
    assert [one.outcome for one in cut] == ["kept", "kept", "envelope_unreadable"]


NO_FILES = (
    b"", b"\xff\xfe\x00", b"[]", b"7", b"{}", b'{"visits": {}}', b'{"visits": []}', b"<html>Sign in</html>", b"[" * 100_000,
    b"9" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize("file", NO_FILES)
def test_what_is_no_such_file_is_said_and_changes_nothing(file):
    with pytest.raises(Problem) as raised:
        bring_in.copy_in(file)
    assert (raised.value.field, "Nothing was kept" in raised.value.message) == ("file", True)


def test_a_file_of_thousands_is_refused_whole():
    with pytest.raises(Problem, match="more than 2000"):
        bring_in.copy_in(json.dumps({"visits": [{}] * 2_001}).encode())


def test_one_payload_alone_is_a_file_too(world):
    payload = world.family().written()
    assert bring_in.copy_in(payload).payloads == (json.dumps(json.loads(payload)).encode(),)


def test_every_problem_of_receiving_has_words(world):
    codes = {"envelope_unreadable", "seal_unreadable", "hash_wrong", "not_the_author", "id_taken", "too_large", "fault"}
    assert codes | set(bring_in.KEPT) == set(bring_in.WORDS)
