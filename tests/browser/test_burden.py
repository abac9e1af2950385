"""What an ordinary visit costs the practitioner: presses and typed answers, counted by the same script that `make bench` times."""

from tests.browser import filling
from tests.browser.begun import ready
from tests.browser.service import Place, Service
from tests.browser.tablet import Tablet

MOST_TAPS = 40
MOST_TYPED = 2
"""Issue 3: a visit to two children with nothing to worry about."""


def test_a_second_visit_with_no_concern_takes_few_taps_and_two_typed_answers(tablet: Tablet, service: Service, place: Place) -> None:
    filling.family_without_a_past(service, place)
    form = service.wired.catalogue.current("home_visit")
    ready(tablet, service, place)
    filling.visit(tablet, form)
    filling.send(tablet, service)
    second = filling.visit(tablet, form)
    assert len(second.taps) + len(second.finishing) <= MOST_TAPS, (second.taps, second.finishing)
    assert len(second.typed) <= MOST_TYPED, second.typed
