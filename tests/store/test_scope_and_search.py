"""Who may see which family is decided in the query, and a search never looks beyond it."""

import pytest

from tests.store import build
from visitapp.store import accounts, people
from visitapp.store.engine import Engine
from visitapp.store.scope import may_see_family
from visitapp.store.tx import Tx

SEES = {
    "health_visitor": True,
    "midwife": True,
    "nursery_nurse": True,
    "student": True,
    "supervisor": True,
    "social_care": False,
    "administrator": False,
}


def two_teams(tx: Tx) -> None:
    build.staff(tx, "hv", team="east")
    build.staff(tx, "far", team="west")
    build.family(tx, "fam", name="Ashdown")
    build.family(tx, "away", practitioner="far", name="Ashdown")
    build.family(tx, "nobodys", practitioner=None, name="Ashdown")


def find(tx: Tx, actor: str, text: str) -> list[str]:
    return [row["household"] for row in build.find(tx, actor, text)]


@pytest.mark.parametrize("role", SEES)
def test_only_the_team_sees_its_families(engine: Engine, role: str) -> None:
    with engine.write() as tx:
        two_teams(tx)
        build.staff(tx, "actor", team="east", role=role)
        build.staff(tx, "teamless", team=None, role=role)
        seen = {id: may_see_family(tx, "actor", id) for id in ("fam", "away", "nobodys", "none such")}
        assert seen == {"fam": SEES[role], "away": False, "nobodys": False, "none such": False}
        assert not any(may_see_family(tx, "teamless", id) for id in ("fam", "away", "nobodys"))
        assert find(tx, "actor", "ashdown") == (["fam"] if SEES[role] else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lucja", True), ("Łucja", True), ("lutsja", False), ("oneill", True), ("O’Neal", True), ("luc on", True), ("luc smith", False),
        ("999 123 4567", True), ("9991", True), ("em1 4ab", True), ("EM14", True), ("before", True),
        ("", False), ("%", False), ("_", False),
    ],
)  # fmt: skip
def test_a_family_answers_to_what_is_remembered(engine: Engine, text: str, found: bool) -> None:
    with engine.write() as tx:
        two_teams(tx)
        build.member(tx, "child", given_names="Łucja", family_name="Before")
        people.add_detail(
            tx, person="child", given_names="Łucja", family_name="O'Neill", nhs_number="9991234567", household="fam", **build.STAMP
        )  # fmt: skip
        assert find(tx, "hv", text) == (["fam"] if found else [])


SPELLED = {
    "محمد": "Mohammed", "Олена": "Елена", "Ruslana": "Руслана", "Ελένη": "Eleni", "שרה": "Sarah", "李娜": "Lina",
}  # fmt: skip
"""A name as it is recorded, and as somebody looks for it."""


def test_a_name_in_another_script_is_found_in_either(engine: Engine) -> None:
    with engine.write() as tx:
        two_teams(tx)
        for number, name in enumerate(SPELLED):
            build.family(tx, f"fam-{number}", name="Holm")
            build.member(tx, f"child-{number}", household=f"fam-{number}", given_names=name, family_name="Holm")
        assert [text for number, text in enumerate(SPELLED.values()) if f"fam-{number}" not in find(tx, "hv", text)] == []


def test_an_account_is_as_it_was_last_written(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx, "hv")
        accounts.set_secret(tx, account="hv", hash="first", **build.STAMP)
        accounts.set_secret(tx, account="hv", hash="second", **build.STAMP)
        build.staff(tx, "hv", team="west", role="supervisor")
        assert accounts.secret_hash(tx, "hv") == "second"
        assert accounts.secret_hash(tx, "nobody") is None
        found = accounts.account_by_username(tx, "hv.user")
        assert found is not None
        assert (found["team"], found["role"]) == ("west", "supervisor")
        assert [row["account"] for row in accounts.accounts_in_team(tx, "west", "supervisor")] == ["hv"]


def test_two_accounts_never_share_a_username(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx, "hv")
    with pytest.raises(Exception, match=r"(?i)unique"), engine.write() as tx:
        accounts.add_account(tx, id="other", username="hv.user", name="Other", role="midwife", **build.STAMP)
