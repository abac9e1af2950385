"""The forms of the house, as the tests of the rules read them."""

from tests.decide.conftest import catalogue, worked

__all__ = ["catalogue", "worked"]
