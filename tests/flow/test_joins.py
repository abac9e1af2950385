"""A family recorded twice by two teams: one asks without seeing, the other's supervisor sees what is needed to decide, and it is one record
of one team afterwards, or stays two."""

import pytest

from tests.flow.family_work import owed, problem_of
from tests.flow.notes import NIGHT_ON_THE_SOFA
from tests.flow.test_losses import here
from tests.flow.test_records import same_when_rebuilt, visits_of
from tests.flow.world import completion
from visitapp.flow import homes, joins, people, records, refer, today, whose_turn
from visitapp.problems import Problem
from visitapp.store import households, life_events, scope

NUMBER, OTHER_NUMBER = "9990000018", "9990000026"


@pytest.fixture
def teams(world):
    with_westfen(world)
    return world


def with_westfen(world) -> None:
    """A supervisor of Westfen too."""
    world.westfen = next(row["team"] for row in world.rows("SELECT team FROM account_now WHERE username = 'west'"))
    world.who["westlead"] = people.add_account(
        world.w, "system", password="four words are enough", username="westlead", name="Worker westlead", role="supervisor",
        team=world.westfen, email="westlead@visits.example", phone="07700 900124",
    )  # fmt: skip


def two(world, **theirs):
    """One baby in two records of two teams."""
    ours = world.family(nhs_number=NUMBER)
    return ours, world.family("Okoro-Brook", practitioner="west", area="westfen", **({"nhs_number": NUMBER} | theirs))


def ask(world, family, who="hv", **said) -> str:
    plain = {"to_team": world.westfen, "nhs_number": "", "words": "Her sister says that Westfen visits them too.", "goes_on": "us"}
    return joins.ask(world.w, world.who[who], family.household, **(plain | said))


def agree(world, asked: str, other, who="westlead", **said) -> str:
    plain = {"other": other.household, "same": {}, "why": "One red book, one number."}
    return joins.agree(world.w, world.who[who], asked, **(plain | said))


def told(world, who: str) -> list[tuple[str, str | None]]:
    rows = world.rows("SELECT what, household FROM notice WHERE to_account = :who ORDER BY seq", who=world.who[who])
    return [(row["what"], row["household"]) for row in rows]


def sees(world, who: str, household: str) -> bool:
    with world.w.engine.read() as tx:
        return scope.may_see_family(tx, world.who[who], household)


def test_whoever_asks_is_told_nothing_and_the_other_team_owes_an_answer_that_stands_on_its_list(teams):
    world = teams
    ours, theirs = two(world)
    for said, field in (
        ({"to_team": ""}, "to_team"), ({"to_team": world.team}, "to_team"), ({"nhs_number": "123"}, "nhs_number"),
        ({"words": " "}, "words"), ({"goes_on": ""}, "goes_on"),
    ):  # fmt: skip
        assert problem_of(ask, world, ours, **said) == field
    with pytest.raises(Problem):
        ask(world, ours, who="west")
    asked = ask(world, ours)
    assert problem_of(ask, world, ours) == "to_team", "once"
    [known] = joins.of_family(world.w, world.who["hv"], ours.household)
    assert theirs.household not in str(known)
    assert (known["to_team_name"], known["how"]) == ("Westfen", None)
    [duty] = owed(world, theirs)
    assert (duty["kind"], duty["owner_account"]) == ("join_asked", world.who["westlead"])
    line = today.of_family(world.w, world.who["westlead"], theirs.household)
    assert line is not None
    assert [(one.row["kind"], one.link) for one in line.reasons if one.row["kind"] == "join_asked"] == [("join_asked", f"/joins/{asked}")]
    world.clock.on(days=9)
    assert [
        one.late for one in today.of_family(world.w, world.who["westlead"], theirs.household).reasons if one.row["kind"] == "join_asked"
    ]
    for who in ("hv", "lead", "west", "midwife"):
        assert joins.shown(world.w, world.who[who], asked) is None
        with pytest.raises(Problem):
            agree(world, asked, theirs, who=who)
        with pytest.raises(Problem):
            joins.refuse(world.w, world.who[who], asked, reason="No.")
    same_when_rebuilt(world)


def test_the_other_supervisor_sees_who_the_people_are_and_no_address_that_is_kept_back(teams):
    world = teams
    ours, theirs = two(world)
    asked = ask(world, ours)
    found = joins.shown(world.w, world.who["westlead"], asked)
    assert found is not None
    assert (found.family, found.address) == ("Okoro", "4 Mill Row, EM1 4AB")
    assert {one["given_names"] for one in found.people} == {"Ava", "Ada"}
    homes.keep_back(world.w, world.who["hv"], ours.household, kept_back="yes", why="His family looks for her.")
    hidden = joins.shown(world.w, world.who["westlead"], asked)
    assert hidden is not None
    assert "Mill Row" not in str((hidden.row, hidden.family, hidden.address))
    assert not sees(world, "westlead", ours.household)
    kinds = world.rows("SELECT kind FROM journal WHERE household = :h AND actor = :a", h=ours.household, a=world.who["westlead"])
    assert {row["kind"] for row in kinds} == {"read.join_asked"}
    assert theirs.household == found.row["other"]


@pytest.mark.parametrize("goes_on", ["us", "them"])
def test_agreed_they_are_one_record_of_the_team_that_goes_on_with_all_that_is_owed(teams, goes_on):
    world = teams
    ours, theirs = two(world)
    here_too = theirs.visit(theirs.child(), who="west", on="2026-11-10")
    people.plan_visit(world.w, world.who["west"], theirs.household, what="Weighing", on_date="2026-11-27")
    asked = ask(world, ours, goes_on=goes_on)
    stays, goes = (ours, theirs) if goes_on == "us" else (theirs, ours)
    one, gone = ("hv", "west") if goes_on == "us" else ("west", "hv")
    same = {goes.people["Ava"]: stays.people["Ava"], goes.people["Ada"]: stays.people["Ada"]}
    assert problem_of(agree, world, asked, theirs, why=" ") == "why"
    assert problem_of(agree, world, asked, ours, same=same) == "other", "only one of their own"
    assert agree(world, asked, theirs, same=same) == stays.household
    with world.w.engine.read() as tx:
        assert life_events.earlier(tx, stays.household) == (stays.household, goes.household)
        assert (households.household(tx, goes.household) or {})["joined_to"] == stays.household
    assert (sees(world, one, goes.household), sees(world, gone, goes.household), sees(world, gone, stays.household)) == (True, False, False)
    assert sorted(here(world, stays)) == ["Ada", "Ava"]
    assert here_too in visits_of(world, theirs.household)
    planned = world.rows("SELECT household FROM planned_visit WHERE what = 'Weighing'")
    assert {"household": stays.household} in planned
    assert owed(world, theirs, "join_asked") == []
    with pytest.raises(Problem):
        agree(world, asked, theirs)
    assert [household for what, household in told(world, gone) if what == joins.TOLD_AGREED] == [None], "no name of a family not theirs"
    [joining] = records.of_family(world.w, world.who[one], stays.household)
    records.joined_in_error(world.w, world.who[one], joining["id"], why="Cousins.")
    assert sorted(here(world, goes)) == ["Ada", "Ava"]
    same_when_rebuilt(world)


def test_refused_with_a_reason_nothing_changes_and_whoever_asked_reads_why(teams):
    world = teams
    ours, theirs = two(world)
    asked = ask(world, ours)
    assert problem_of(joins.refuse, world.w, world.who["westlead"], asked, reason=" ") == "reason"
    joins.refuse(world.w, world.who["westlead"], asked, reason="Two babies of one name.")
    [known] = joins.of_family(world.w, world.who["hv"], ours.household)
    assert (known["how"], known["reason"]) == ("refused", "Two babies of one name.")
    assert (joins.TOLD_REFUSED, ours.household) in told(world, "hv")
    assert owed(world, theirs, "join_asked") == []
    assert sorted(here(world, theirs)) == ["Ada", "Ava"]
    again = ask(world, ours)
    joins.take_back(world.w, world.who["hv"], ours.household, again, reason="They phoned.")
    assert problem_of(joins.take_back, world.w, world.who["hv"], ours.household, again, reason="Again.") == "reason"
    assert joins.waiting(world.w, world.who["westlead"]) == ((), None)


def test_a_question_that_leads_to_no_record_waits_with_the_team_and_is_answered_by_what_they_know(teams):
    world = teams
    ours, theirs = two(world, nhs_number=OTHER_NUMBER)
    asked = ask(world, ours)
    assert owed(world, theirs, "join_asked") == []
    assert joins.unplaced(world.w, world.who["westlead"]) == 1
    assert joins.unplaced(world.w, world.who["lead"]) == 0
    mine = whose_turn.mine(world.w, world.who["westlead"]).owed.turns
    assert [one.duty["kind"] for one in mine] == ["join_asked"]
    [waits], _ = joins.waiting(world.w, world.who["westlead"])
    assert (waits["id"], waits["other"], waits["from_team"]) == (asked, None, "Eastmoor North")
    agree(world, asked, theirs, same={theirs.people["Ava"]: ours.people["Ava"]})
    assert joins.unplaced(world.w, world.who["westlead"]) == 0
    by_number = world.family("Brook", practitioner="west", area="westfen", nhs_number="9990000034")
    ask(world, ours, nhs_number="999 000 0034")
    assert [one["kind"] for one in owed(world, by_number)] == ["join_asked"]
    same_when_rebuilt(world)


def test_an_address_that_must_be_kept_back_is_not_in_the_words_of_a_question_to_another_team(teams):
    world = teams
    ours, _theirs = two(world)
    homes.keep_back(world.w, world.who["hv"], ours.household, kept_back="yes", why="Her brother looks for her.")
    asked = ask(world, ours, words="They fled to 4 Mill Row, EM1 4AB, in May.")
    shown = joins.shown(world.w, world.who["westlead"], asked)
    assert shown is not None
    assert (shown.address, "Mill Row" in str(shown.row), "EM1" in str(shown.row)) == (None, False, False)


def test_the_referral_of_the_team_that_gives_its_record_up_goes_along_and_whoever_agreed_is_told_nothing_of_it(teams):
    world = teams
    ours, theirs = two(world)
    theirs.visit(theirs.child(NIGHT_ON_THE_SOFA), who="west")
    ours.untidy()
    agree(world, ask(world, ours), theirs)
    [duty] = world.rows("SELECT household, owner_account FROM duty WHERE kind = 'complete'")
    assert duty == {"household": ours.household, "owner_account": world.who["hv"]}
    assert [words for words, household in told(world, "westlead") if household == ours.household] == []
    refer.send(world.w, world.who["hv"], theirs.referral(), completion())
    with pytest.raises(Problem):
        refer.withdraw(world.w, world.who["west"], theirs.referral(), "No.")
    same_when_rebuilt(world)
