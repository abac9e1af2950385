"""Words in notes are found on both engines, by the team that the family is with now, the newest first, and in whatever script."""

import json

from tests.store import build
from visitapp.store import duties, notes
from visitapp.store.engine import Engine
from visitapp.store.seen import Families
from visitapp.store.tx import Tx

NEWEST = 2**62


def found(tx: Tx, actor: str, *words: str) -> list[str]:
    return [row["subject"] for row in notes.found(tx, actor, words, NEWEST, 10)]


def test_words_are_found_by_the_team_that_has_the_family(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx, "hv", team="east-1")
        build.staff(tx, "far", team="east-2")
        build.family(tx, "fam")
        build.family(tx, "away", practitioner="far")
        notes.add_form(tx, form="home_visit", form_version=1, plain=("said",), apart=("alone",), **build.STAMP)
        for id, household, said in (
            ("v1", "fam", "The stove smells of paraffin_oil; 12th door"), ("v2", "fam", "Paraffin again, שלום مرحبا 👶🏿 " + "x" * 10_000),
            ("v3", "away", "Paraffin and a stove"), ("v4", "fam", " ".join(f"w{n}" for n in range(5_000)) + " paraffin"),
        ):  # fmt: skip
            build.visit(tx, id, household=household, body=json.dumps({"answers": {"said": {"value": said}}}).encode())
        build.visit(tx, "v5", author="far", body=json.dumps({"answers": {"alone": {"value": "Afraid"}}}).encode())
        assert found(tx, "hv", "paraffin") == ["v4", "v2", "v1"]
        assert found(tx, "hv", "STOVE", "paraf") == ["v1"]
        assert found(tx, "hv", "שלום") == ["v2"]
        assert found(tx, "hv", "oil", "12th") == ["v1"]
        assert found(tx, "hv", "w4999") == ["v4"]
        assert found(tx, "hv", "*", "'", "a b", "!&|") == []
        assert found(tx, "far", "paraffin") == ["v3"]
        assert found(tx, "hv", "afraid") == ["v5"]  # the named practitioner
        assert notes.found(tx, "hv", ("paraffin",), notes.found(tx, "hv", ("paraffin",), NEWEST, 1)[0]["id"], 1)[0]["subject"] == "v2"
        assert [row["subject"] for row in notes.found_of(tx, "hv", ("stove",), Families.one("fam"), NEWEST, 9)] == ["v1"]
        build.staff(tx, "other", team="east-1")
        assert found(tx, "other", "afraid") == []
        build.staff(tx, "hv", team="east-2")
        assert found(tx, "far", "paraffin") == ["v4", "v3", "v2", "v1"]
        assert found(tx, "other", "paraffin") == []


def test_what_was_written_beside_visits_is_a_note_too(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx, "hv")
        build.family(tx, "fam")
        duties.close(tx, {"household": "fam", "subject": "s"}, how="done", evidence="Rang the surgery", **build.STAMP)
        row = notes.found(tx, "hv", ("surgery",), NEWEST, 1)[0]
        assert row["source"] == "duty_closed"
        assert notes.wordings(tx, [row]) == {row["id"]: (build.AT[:10], ["Rang the surgery"])}
