"""A text is cut to a form's field where it can be read, and nothing of it is lost."""

import random

import pytest

from visitapp.domain.portals import length, pieces

TEXTS = [
    "", "short", "x" * 10_000, "One. Two. Three. " * 60, "🙂" * 300, "ہے الله " * 90, "\u202e<b>&amp;</b> " * 80,
    "a\n\nb\n" * 200, "\n" * 300,
    "Łucja wrote: „nie”. " * 40,
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("longest", [1, 7, 80, 4_000, None])
def test_every_piece_fits_and_together_they_are_the_text(text: str, longest: int | None) -> None:
    found = pieces(text, longest)
    assert "".join(found) == text
    # one character of two units is never cut in two, even where a field would have room for one unit only
    assert longest is None or all(length(piece) <= max(longest, 2) for piece in found)


def test_it_is_cut_where_a_sentence_ends_else_a_word() -> None:
    assert pieces("He cried. She went out. Nobody came.", 28) == ("He cried. She went out. ", "Nobody came.")
    assert pieces("one two three four five", 12) == ("one two ", "three four ", "five")


def test_a_form_counts_a_smiley_and_the_end_of_a_line_twice() -> None:
    assert (length("a"), length("🙂"), length("a\nb")) == (1, 2, 4)


def test_any_text_at_any_length() -> None:
    chance = random.Random(3)
    for _ in range(200):
        text = "".join(chance.choice("ab .\n🙂ہ") for _ in range(chance.randrange(200)))
        longest = chance.randrange(2, 60)
        found = pieces(text, longest)
        assert "".join(found) == text
        assert all(length(piece) <= longest for piece in found)
