"""A name is found as it was heard or as it can be typed."""

import pytest

from visitapp.domain.names import folded, sound
from visitapp.domain.storable import storable


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Siân O’Neill", "sian oneill"),
        ("Żółć", "zolc"),
        ("Bjørn Weiß", "bjorn weiss"),
        ("Llŷr-Rhys", "llyr rhys"),
        ("IŞIK", "isik"),
        ("محمد", "محمد"),
        ("  ", ""),
        ("<b>Ann</b>", "b ann b"),
    ],
)
def test_folding(name: str, plain: str) -> None:
    assert folded(name) == plain


@pytest.mark.parametrize(("one", "other"), [("philip", "filip"), ("catherine", "katherine"), ("stephen", "steven"), ("shaun", "sean")])
def test_alike_in_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_different_in_sound() -> None:
    assert len({sound(name) for name in ("ashdown", "baker", "khan", "novak")}) == 4


def test_only_what_cannot_be_kept_is_replaced() -> None:
    assert storable("a\x00b\ud83dc") == "a\ufffdb\ufffdc"
    assert storable("<b> 👶🏽 שלום") == "<b> 👶🏽 שלום"
