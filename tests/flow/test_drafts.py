"""What the service keeps of unfinished visits, on both engines: heads and branches, for their author alone, and none for ever."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow import world as worlds
from tests.flow.carried import DRAFT, id_of, revision
from visitapp.flow import devices, drafts, sweep
from visitapp.flow.devices import Sender
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[worlds.World]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = worlds.build(tmp_path, url)
    yield made
    made.w.close()


class Device:
    """One of somebody's devices."""

    def __init__(self, place: worlds.World, who: str = "hv", label: str = "Tablet 7") -> None:
        self.w, account = place.w, place.who[who]
        self.sender = Sender(account, devices.register(place.w, account, label).device)

    def put(self, number: int, *parents: int, resume: bool = False, draft: str = DRAFT, **other: object) -> drafts.Kept:
        payload = revision(number, *parents, device=str(self.sender.device), draft=draft, **other)
        return drafts.put(self.w, self.sender, draft, id_of(number), payload, resume=resume)

    def heads(self, draft: str = DRAFT) -> list[str]:
        found = next((one for one in drafts.listed(self.w, self.sender.account) if one["draft"] == draft), None)
        return [head["revision"] for head in found["heads"]] if found else []

    def take(self, number: int, draft: str = DRAFT) -> bytes:
        return drafts.take(self.w, self.sender.account, str(self.sender.device), draft, id_of(number))

    def refused(self, *numbers: int, **how: object) -> str:
        with pytest.raises(Problem) as fault:
            self.put(*numbers, **how)  # type: ignore[arg-type]
        return fault.value.code


def test_a_newer_revision_takes_the_place_of_its_parent_and_what_that_held_is_gone(place):
    tablet = Device(place)
    place.clock.on(minutes=1)
    assert tablet.put(1).new
    place.clock.on(minutes=1)
    kept = tablet.put(2, 1)
    [head] = kept.draft["heads"]
    assert (head["revision"], head["label"], head["parents"]) == (id_of(2), "Tablet 7", [id_of(1)])
    assert head["received_at"] == place.clock()
    assert kept.draft["past"] == [[id_of(1)]]
    assert tablet.take(2) == revision(2, 1, device=tablet.sender.device)
    with pytest.raises(Problem) as gone:
        tablet.take(1)
    assert gone.value.code == "not_found"
    assert [len(row["content"] or b"") > 0 for row in place.rows("SELECT content FROM draft_revision ORDER BY revision")] == [False, True]


def test_two_heads_are_two_branches_and_stay_until_one_revision_names_both(place):
    tablet, desk = Device(place), Device(place, label="Desk")
    tablet.put(1)
    tablet.put(2, 1)
    desk.put(3, 1)
    assert sorted(tablet.heads()) == sorted([id_of(2), id_of(3)])
    assert desk.put(4, 3, 2).draft["heads"][0]["label"] == "Desk"
    assert tablet.heads() == [id_of(4)]


def test_the_same_revision_again_changes_nothing_and_one_that_comes_late_brings_nothing_back(place):
    tablet = Device(place)
    first = tablet.put(1)
    place.clock.on(minutes=1)
    again = tablet.put(1)
    assert (again.new, again.received_at) == (False, first.received_at)
    assert tablet.refused(1, at="2026-11-22T10:39:01.000Z") == "revision_taken"
    tablet.put(3, 2, 1)  # the answer to 2 was lost on the way, and 2 itself is late
    assert not tablet.put(2, 1).new
    assert tablet.heads() == [id_of(3)]
    assert not tablet.put(1).new


def test_another_account_has_other_drafts_whatever_id_it_asks_for(place):
    tablet, other = Device(place), Device(place, "midwife", "Tablet 9")
    tablet.put(1)
    assert drafts.listed(place.w, other.sender.account) == []
    with pytest.raises(Problem) as fault:
        other.take(1)
    assert fault.value.code == "not_found"
    other.put(5)
    drafts.end(place.w, other.sender, DRAFT, "discarded")
    assert tablet.heads() == [id_of(1)]
    with pytest.raises(Problem) as theirs:
        devices.own(place.w, place.who["hv"], str(other.sender.device))
    assert theirs.value.code == "not_found"


def test_a_discarded_draft_takes_nothing_more_until_it_is_brought_back(place):
    tablet, desk = Device(place), Device(place, label="Desk")
    tablet.put(1)
    drafts.end(place.w, tablet.sender, DRAFT, "discarded")
    assert drafts.listed(place.w, tablet.sender.account, [id_of(9)]) == []
    [told] = drafts.listed(place.w, tablet.sender.account, [DRAFT])
    assert told["ended"] == {"how": "discarded", "at": place.clock(), "device": tablet.sender.device, "label": "Tablet 7"}
    assert [head["revision"] for head in told["heads"]] == [id_of(1)]
    assert desk.refused(2, 1) == "draft_ended"
    assert tablet.put(2, 1, resume=True).draft["ended"] is None
    assert tablet.heads() == [id_of(2)]
    drafts.end(place.w, desk.sender, "00000009-0000-4000-8000-000000000000", "discarded")  # one that never went up
    assert len(drafts.listed(place.w, tablet.sender.account)) == 1


def test_a_visit_that_is_received_ends_its_draft_and_no_revision_follows_it(place):
    tablet = Device(place)
    family = place.family()
    tablet.put(1)
    family.visit(id=DRAFT)
    assert drafts.listed(place.w, tablet.sender.account, [id_of(9)]) == []
    [told] = drafts.listed(place.w, tablet.sender.account, [DRAFT])
    assert told["ended"]["how"] == "finished"
    assert told["ended"]["label"] == "Demonstration tablet"
    assert tablet.refused(2, 1, resume=True) == "draft_ended"
    late = id_of(8)
    family.visit(id=late)
    assert tablet.refused(9, draft=late) == "draft_ended"  # it never went up before it was finished
    assert Device(place, "midwife").put(9, draft=late).new  # and nobody else learns of it


def test_a_draft_that_ended_is_removed_after_thirty_days_and_one_that_is_open_stays(place):
    tablet = Device(place)
    tablet.put(1)
    tablet.put(2, 1)
    tablet.put(3, draft=id_of(7))
    drafts.end(place.w, tablet.sender, DRAFT, "discarded")
    place.clock.on(days=29, hours=23)
    sweep.keep_watch(place.w)
    assert place.count("draft_revision") == 3
    place.clock.on(hours=2)
    sweep.keep_watch(place.w)
    assert [row["draft"] for row in place.rows("SELECT draft FROM draft_revision UNION ALL SELECT draft FROM draft")] == [id_of(7)] * 2
    drafts.end(place.w, tablet.sender, DRAFT, "discarded")
    place.clock.on(days=400)
    sweep.keep_watch(place.w)
    assert tablet.heads(id_of(7)) == [id_of(3)]


def test_there_are_limits_and_reaching_one_costs_nothing_that_is_there(place, monkeypatch):
    tablet = Device(place)
    monkeypatch.setattr(drafts, "MOST_OPEN", 2)
    monkeypatch.setattr(drafts, "MOST_HEADS", 2)
    monkeypatch.setattr(drafts, "MOST_SUPERSEDED", 3)
    tablet.put(1)
    tablet.put(2)
    assert tablet.refused(3) == "drafts_full"
    assert tablet.put(3, 1).new  # one that takes another's place
    tablet.put(4, draft=id_of(11))
    assert tablet.refused(5, draft=id_of(12)) == "drafts_full"
    drafts.end(place.w, tablet.sender, id_of(11), "discarded")
    tablet.put(5, draft=id_of(12))
    for number in range(20, 30):
        place.clock.on(minutes=1)
        tablet.put(number, *([number - 1] if number > 20 else [2, 3]))
    assert tablet.heads() == [id_of(29)]
    assert len(place.rows("SELECT revision FROM draft_revision WHERE draft = :d AND content IS NULL", d=DRAFT)) == 3


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("v", 2), ("v", True), ("draft", "x"), ("revision", 7), ("device", None), ("parents", "x"), ("parents", [id_of(2)]),
        ("at", "today"),
        ("parents", [id_of(n) for n in range(30, 51)]), ("wrap", {}), ("wrap", []), ("iv", "<script>"), ("data", ""), ("data", "é🙂"),
        ("household", "Okoro"), ("data", "A" * 1_500_001),
    ],
)  # fmt: skip
def test_what_is_not_a_revision_is_refused_and_named(world, part, value):
    tablet = Device(world)
    said = json.loads(revision(2, device=tablet.sender.device)) | {part: value}
    with pytest.raises(Problem) as fault:
        drafts.put(world.w, tablet.sender, DRAFT, id_of(2), json.dumps(said).encode())
    assert fault.value.code == "draft_unreadable"
    assert world.count("draft") == 0


@pytest.mark.parametrize("payload", [b"", b"[]", b"\xff", b"[" * 100_000, b"null", b'"x"'])
def test_bytes_that_are_no_revision_are_refused(world, payload):
    with pytest.raises(Problem) as fault:
        drafts.put(world.w, Device(world).sender, DRAFT, id_of(2), payload)
    assert fault.value.code == "draft_unreadable"


def test_a_revision_under_another_address_or_of_another_device_is_refused(world):
    tablet, desk = Device(world), Device(world)
    payload = revision(2, device=tablet.sender.device)
    for draft, number, sender in ((id_of(5), 2, tablet.sender), (DRAFT, 3, tablet.sender), (DRAFT, 2, desk.sender)):
        with pytest.raises(Problem) as fault:
            drafts.put(world.w, sender, draft, id_of(number), payload)
        assert fault.value.code == "draft_unreadable"


def test_taking_a_revision_leaves_a_line_and_nothing_assesses_it(world):
    tablet = Device(world)
    tablet.put(1)
    before = world.count("journal")
    tablet.take(1)
    [line] = world.rows("SELECT kind, actor, household, detail FROM journal ORDER BY seq DESC LIMIT 1")
    assert line == {"kind": "draft.taken", "actor": world.who["hv"], "household": None, "detail": f"{DRAFT} {tablet.sender.device}"}
    assert world.count("journal") == before + 1
    assert world.work() == 0
    assert what_is_stuck(world.w) == []
