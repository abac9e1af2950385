"""The words of `tests/flow/test_planted.py` are typed into every free text of every form, on a visit of each, and searched for in what a
conference is given, in a letter for each kind of reader, and in a copy of the record for the parent who is no safe reader."""

from typing import get_args

import pytest

from tests.flow.conftest import world
from tests.flow.test_planted import DISCLOSED, IN_SHORT, INFORMANT, a_copy, every_text, found, planted, said_by
from tests.flow.world import World
from tests.letter.reading import one_line, pages
from visitapp.domain.documents import Kind
from visitapp.flow import conference, letter_facts
from visitapp.formlang import load_catalogue
from visitapp.wiring import FORMS

__all__ = ["planted", "world"]

EVERY = sorted({form.name for form in load_catalogue(FORMS).forms})


@pytest.mark.parametrize("form", EVERY)
def test_nothing_typed_on_any_form_leaves_with_the_address_or_reaches_the_other_parent(world: World, planted, form: str) -> None:
    family, referral, _ = planted
    w = world.w
    family.member("Abel", "Okoro", "father", born_on="1999-01-02")
    newest = world.rows("SELECT id FROM submission WHERE form = 'home_visit' ORDER BY seq DESC")[0]["id"]
    adds = {"adds_to": newest} if form == "addition" else {}
    family.visit(every_text(w.catalogue.current(form), family), form=form, on="2026-11-21" if form != "addition" else "2026-11-22", **adds)
    made = conference.make(w, world.who["lead"], family.household, "2025-01-01", None)
    paper = one_line(" ".join(pages(bytes(world.rows("SELECT bytes FROM paper WHERE id = :id", id=made)[0]["bytes"]))))
    with w.engine.read() as tx:
        facts = letter_facts.gather(w, tx, referral, world.clock())
    for where, text in {"conference": paper, "letters": "".join(said_by(facts, kind) for kind in get_args(Kind))}.items():
        assert not [words for words in IN_SHORT if found(words, text)], where
    said = a_copy(world, family, "Abel")
    assert not [words for words in (*DISCLOSED, *IN_SHORT, *INFORMANT[:2], "through the wall") if found(words, said)]
    hers = a_copy(world, family, "Ada")
    assert not [words for words in (*IN_SHORT, *INFORMANT[:2]) if found(words, hers)]
