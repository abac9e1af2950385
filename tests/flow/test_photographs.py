"""The photographs of a visit on their way in, on both databases: a retry asks what is missing, only what is whole and right is kept, and of
what is not the author's nothing is told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow import world as worlds
from tests.flow.notes import SAFE_NIGHT
from tests.flow.pictures import Photograph, consented
from visitapp.domain.photographs import MOST, MOST_PIECES, PIECE, listed
from visitapp.flow import bring_in
from visitapp.flow.sweep import keep_watch
from visitapp.problems import Problem

VISIT = "10000000-0000-4000-8000-000000000001"


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[worlds.World]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = worlds.build(tmp_path, url)
    yield made
    made.w.close()


def sent(place, *photographs: Photograph, who: str = "hv", id: str = VISIT, said=None, family=None) -> None:
    """The answers of a visit that lists these photographs."""
    family = family or place.family()
    listing = said if said is not None else consented(*[one.listed() for one in photographs])
    assert place.tablet(who).send(family.written(who=who, id=id, photographs=listing)).status == 201


def refused(call) -> str:
    with pytest.raises(Problem) as problem:
        call()
    return f"{problem.value.status} {problem.value.code}"


def test_it_is_kept_when_its_last_piece_is_here_and_then_the_pieces_go(place):
    tablet = place.tablet()
    one = Photograph.of(tablet, VISIT)
    sent(place, one)
    names = list(one.pieces)
    assert one.ask(tablet).body == {"missing": names}
    for number, name in enumerate(names):
        assert one.put(tablet, name).body == {"sha256": name}
        if number + 1 < len(names):
            assert one.ask(tablet).body == {"missing": names[number + 1 :]}
    receipt = one.ask(tablet)
    [kept] = place.rows("SELECT * FROM photograph")
    assert (receipt.status, receipt.body) == (201, {"id": one.id, "seq": kept["seq"], "sha256": one.sha256, "received_at": place.clock()})
    assert bytes(kept["bytes"]) == one.picture
    assert place.count("photograph_piece") == 0
    again = one.ask(tablet)
    assert (again.status, again.body) == (200, receipt.body)
    assert place.count("photograph") == 1


def test_the_visit_is_judged_as_ever_and_says_nothing_wrong(place):
    tablet = place.tablet()
    one = Photograph.of(tablet, VISIT)
    sent(place, one)
    place.work()
    assert place.count("answer_problems") == 0
    assert place.rows("SELECT matches_tablet FROM assessment WHERE kind = 'as_shown'") == [{"matches_tablet": 1}]


def test_nothing_is_told_of_what_is_not_there_or_not_theirs(place):
    tablet, other = place.tablet(), place.tablet("midwife")
    one = Photograph.of(tablet, VISIT)
    name = next(iter(one.pieces))
    assert refused(lambda: one.ask(tablet)) == "404 not_found"  # before the visit is here
    sent(place, one)
    unlisted = Photograph.of(tablet, VISIT, number=2)
    of_the_other = Photograph.of(other, VISIT)
    assert refused(lambda: unlisted.ask(tablet)) == "404 not_found"
    assert refused(lambda: of_the_other.ask(other)) == "404 not_found"  # the very id, and another's visit
    assert refused(lambda: one.ask(other)) == "404 not_found"
    assert refused(lambda: one.put(tablet, name)) == "404 not_found"  # not announced
    one.ask(tablet)
    assert refused(lambda: one.put(other, name)) == "404 not_found"
    elsewhere = Photograph(unlisted.id, VISIT, one.picture, one.manifest, one.pieces)  # its words, under another number
    assert refused(lambda: elsewhere.ask(tablet)) == "404 not_found"
    assert place.count("photograph") == 0


def test_two_practitioners_may_have_chosen_the_same_id(place):
    first, second = Photograph.of(place.tablet(), VISIT), Photograph.of(place.tablet("midwife"), VISIT.replace("1", "3", 1))
    family = place.family()
    sent(place, first, family=family)
    sent(place, second, who="midwife", id=second.visit, family=family)
    assert first.send(place.tablet()).status == second.send(place.tablet("midwife")).status == 201
    assert place.count("photograph") == 2


def test_a_piece_must_be_what_its_name_says(place):
    tablet = place.tablet()
    one = Photograph.of(tablet, VISIT)
    sent(place, one)
    one.ask(tablet)
    first, second, *_ = one.pieces
    assert refused(lambda: one.put(tablet, first, one.pieces[first][:-1])) == "422 piece_wrong"
    assert refused(lambda: one.put(tablet, first, one.pieces[second])) == "422 piece_wrong"
    assert refused(lambda: one.put(tablet, first, bytes(PIECE + 1))) == "413 piece_too_large"
    assert one.ask(tablet).body == {"missing": list(one.pieces)}


def test_what_is_whole_and_wrong_is_not_kept_and_costs_no_other_photograph_and_no_visit(place):
    tablet = place.tablet()
    other_picture = Photograph.of(tablet, VISIT, number=1)
    broken = Photograph.of(tablet, VISIT, number=2)
    unknown_key = Photograph.of(tablet, VISIT, number=3, key="ab" * 8)
    lying = Photograph.of(tablet, VISIT, number=4, sha256="0" * 64)
    good = Photograph.of(tablet, VISIT, number=5)
    sent(place, said=consented(
        other_picture.listed(sha256="1" * 64), broken.listed(), unknown_key.listed(), lying.listed(sha256="0" * 64), good.listed(),
    ))  # fmt: skip
    assert refused(lambda: other_picture.send(tablet)) == "422 photograph_wrong"
    broken.manifest["envelope"] += " "
    assert refused(lambda: broken.send(tablet)) == "422 photograph_unreadable"
    assert refused(lambda: broken.send(tablet)) == "422 photograph_unreadable"  # and nothing has to be sent again for that
    assert refused(lambda: unknown_key.send(tablet)) == "422 photograph_unreadable"
    assert refused(lambda: lying.send(tablet)) == "422 photograph_wrong"
    assert good.send(tablet).status == 201
    assert [row["id"] for row in place.rows("SELECT id FROM photograph")] == [good.id]


@pytest.mark.parametrize(
    "changes",
    [
        {"envelope": 7}, {"envelope": "[]"}, {"envelope": "{"}, {"pieces": []}, {"pieces": ["x"]}, {"pieces": ["0" * 64] * 2},
        {"epk": "AA"}, {"iv": "é"}, {"iv": None}, {"epk": "*" * 87}, {"envelope": '{"v":1}'}, {"envelope": '{"v":2}'},
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_clear_answer(world, changes):
    one = Photograph.of(world.tablet(), VISIT)
    sent(world, one)
    assert refused(lambda: one.ask(world.tablet(), **changes)) == "422 photograph_unreadable"


def test_more_than_is_taken_is_refused_and_the_others_are_kept(place):
    tablet = place.tablet()
    many = [Photograph.of(tablet, VISIT, number=number + 1, picture=b"small" + bytes([number])) for number in range(MOST + 1)]
    sent(place, *many)
    assert many[MOST - 1].send(tablet).status == 201
    assert refused(lambda: many[MOST].ask(tablet)) == "413 photographs_too_many"
    names = [f"{number:064x}" for number in range(MOST_PIECES + 1)]
    assert refused(lambda: many[0].ask(tablet, pieces=names)) == "413 photograph_too_large"
    place.work()
    assert "more than 40" in place.rows("SELECT problems FROM answer_problems")[0]["problems"]  # flagged, and kept


def test_a_photograph_announced_anew_with_other_pieces_takes_no_more_room(place):
    tablet = place.tablet()
    one = Photograph.of(tablet, VISIT)
    sent(place, one)
    one.ask(tablet)
    one.put(tablet, next(iter(one.pieces)))
    one.ask(tablet, pieces=["0" * 64])
    assert [row["sha256"] for row in place.rows("SELECT sha256 FROM photograph_piece")] == ["0" * 64]
    assert one.send(tablet).status == 201


def test_pieces_that_nobody_asks_about_go_after_thirty_days_and_are_sent_anew(place):
    tablet = place.tablet()
    one = Photograph.of(tablet, VISIT)
    sent(place, one)
    one.put(tablet, one.ask(tablet).body["missing"][0])
    place.clock.on(days=29)
    keep_watch(place.w)
    assert len(one.ask(tablet).body["missing"]) == len(one.pieces) - 1  # and asking begins the thirty days anew
    place.clock.on(days=29)
    keep_watch(place.w)
    assert place.count("photograph_piece") == len(one.pieces)
    place.clock.on(days=2)
    keep_watch(place.w)
    assert place.count("photograph_piece") == 0
    assert one.send(tablet).status == 201


HOSTILE = "<img src=x onerror=alert(1)> 👶🏽 مرحبا " + "x" * 10_000


@pytest.mark.parametrize(
    "said",
    [
        7, [], {"taken": 7}, {"consent": [], "taken": [{}]}, {"consent": {"who": "Ada", "agreed": True, "at": None}, "taken": [7, None]},
        consented({"id": "x"}), consented(more=1), {"consent": {"who": " ", "agreed": False, "at": None}, "taken": []},
    ],
)  # fmt: skip
def test_a_list_of_any_shape_is_kept_and_never_refuses_the_visit(world, said):
    sent(world, said=said)
    world.work()
    assert world.count("submission") == world.count("visit_reading") == 1
    wrong = world.rows("SELECT problems FROM answer_problems")
    only_a_refusal = isinstance(said, dict) and said.get("taken") == [] and not said.get("more")
    assert bool(wrong) is not only_a_refusal
    listed({"photographs": said})  # whatever it is, it can be read


def test_photographs_that_nobody_agreed_to_are_kept_and_flagged(world):
    one = Photograph.of(world.tablet(), VISIT)
    sent(world, said=consented(one.listed(caption=HOSTILE), consent={"who": "", "agreed": False, "at": None}))
    assert one.send(world.tablet()).status == 201
    world.work()
    assert [problem["path"] for problem in json.loads(world.rows("SELECT problems FROM answer_problems")[0]["problems"])] == [
        "photographs/consent"
    ]


def test_a_visit_that_is_set_aside_gets_its_photographs(world):
    one = Photograph.of(world.tablet(), VISIT)
    family = world.family()
    payload = family.written(family.child(SAFE_NIGHT), id=VISIT, photographs=consented(one.listed()), form_version=999)
    assert world.tablet().send(payload).status == 201
    assert world.count("quarantine") == 1
    assert one.send(world.tablet()).status == 201


def test_a_visit_that_was_brought_in_from_a_file_gets_its_photographs_when_the_tablet_is_back(world):
    one = Photograph.of(world.tablet(), VISIT)
    payload = world.family().written(id=VISIT, photographs=consented(one.listed()))
    [brought] = bring_in.own(world.w, world.who["hv"], bring_in.copy_in(b'{"v":1,"visits":[\n' + payload + b"\n]}\n"), 4_000_000)
    assert brought.outcome == "kept"
    assert world.tablet().send(payload).status == 200
    assert one.send(world.tablet()).status == 201
