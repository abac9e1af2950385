"""The main path once on each database: from a sealed visit to the answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow import world as worlds
from tests.store.conftest import migrated, postgres, postgres_url  # noqa: F401 (fixtures)
from visitapp.flow import reply
from visitapp.flow.sweep import stuck
from visitapp.store.derived import rebuild


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[worlds.World]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = worlds.build(tmp_path, url)
    yield made
    made.w.close()


def test_from_the_visit_to_the_answer(place):
    family = place.family()
    family.not_let_in(on="2026-11-01")
    family.sofa()
    assert place.rows("SELECT matches_tablet FROM assessment WHERE kind = 'as_shown'") == [{"matches_tablet": 1}] * 2
    referral = family.send()
    reply.acknowledge(place.w, place.who["duty"], referral)
    world_before = place.rows("SELECT * FROM duty")
    rebuild(place.w.engine)
    assert place.rows("SELECT * FROM duty") == world_before
    reply.decide(place.w, place.who["duty"], referral, "assessment_s17", "To be assessed.", "A visit on Tuesday.")
    payload = family.written(form_version=999)
    assert [place.tablet().send(payload).status for _ in range(2)] == [201, 200]
    assert [one.what for one in stuck(place.w)] == ["quarantine"]
    assert place.post.sent[0].pdf.startswith(b"%PDF")
