"""A visit filled in on the tablet as a thumb does it: every press and every word typed is counted. What is answered is the form's own
ordinary visit, so this fits whatever the form asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.service import NOW, Place, Service
from tests.browser.tablet import Tablet
from visitapp.flow import people
from visitapp.formlang import Form, Question
from visitapp.formlang.ordinary import ordinary

SENTENCE = "Nothing to add."
SETTLE = 60
"""Milliseconds for what an answer shows or hides. Not part of any measure."""


@dataclass
class Thumb:
    """Counts what it does, and keeps what each was for. `taps` fill in the visit, `finishing` are those after it that check and seal it;
    `typed` are answers in words, figures or dates, whatever their length."""

    page: Page
    taps: list[str] = field(default_factory=list)
    finishing: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def tap(self, what: str, target: Locator) -> None:
        self.taps.append(what)
        self._press(target)

    def finish(self, what: str, target: Locator) -> None:
        self.finishing.append(what)
        self._press(target)

    def _press(self, target: Locator) -> None:
        target.click()
        self.page.wait_for_timeout(SETTLE)

    def type(self, what: str, target: Locator, words: str) -> None:
        self.typed.append(what)
        target.fill(words)
        self.page.wait_for_timeout(SETTLE)


@dataclass(frozen=True)
class Filling:
    """Fills in the ordinary visit of a form that is open on the page."""

    form: Form
    thumb: Thumb

    def fill(self) -> None:
        page, said = self.thumb.page, ordinary(self.form)
        for section in self.form.sections:
            self._questions(page.locator(f"#section-{section.id}"), section.questions, said)

    def _questions(self, inside: Locator, questions: Iterable[Question], said: Mapping[str, Any]) -> None:
        for question in questions:
            at = inside.locator(f':scope > [data-question="{question.id}"]')
            if question.id not in said or not at.is_visible():
                continue
            if question.kind == "rows":
                self._rows(at, question, said[question.id])
            elif not self._answered(at):
                self._answer(inside, at, question, said[question.id])

    def _answered(self, at: Locator) -> bool:
        return at.locator(":scope > [data-clear]").is_visible()

    def _answer(self, inside: Locator, at: Locator, question: Question, said: Any) -> None:
        """Still so, with everything beside it where that is offered; or the answer, and how it is known unless that is taken already."""
        private = at.locator(':scope > [data-private][aria-expanded="false"]')
        if private.count():
            self.thumb.tap(f"{question.id}: open", private)
        still = at.locator(":scope > [data-part=before] [data-still]")
        if still.is_visible():
            together = inside.locator(":scope > .app-before-all > button").or_(
                inside.locator("xpath=ancestor::*[@data-rows][1]/preceding-sibling::div[contains(@class, 'app-before-all')]/button")
            )
            several = together.count() and together.first.is_visible()
            return self.thumb.tap(f"{question.id}: {'all ' if several else ''}still so", together.first if several else still)
        value, known = _parts(said)
        self._give(at.locator(":scope > [data-part=value]"), question, value)
        if question.known and not at.locator(":scope > [data-part=known] input:checked").count():
            way = known or question.known[0]
            self.thumb.tap(f"{question.id}: {way}", at.locator(f':scope > [data-part=known] input[value="{way}"]'))
        return None

    def _give(self, part: Locator, question: Question, value: Any) -> None:
        if question.kind in ("text", "integer", "date"):
            return self.thumb.type(
                question.id, part.locator("input, textarea"), str(value) if question.kind != "text" else value or SENTENCE
            )
        codes = value if isinstance(value, list) else [str(value).lower() if isinstance(value, bool) else value]
        for code in codes:
            self.thumb.tap(f"{question.id}: {code}", part.locator(f'input[value="{code}"]'))
        return None

    def _rows(self, at: Locator, question: Question, said: Any) -> None:
        """What is for the practitioner alone comes last, of everybody in one go. Rows are said to be all at the end, all lists at once; a
        list with nobody in it is said to be empty where it stands."""
        rows = at.locator(":scope > [data-rows] > article[data-row]")
        if isinstance(said, dict) and "each" in said:
            for alone in (False, True):
                for number in range(rows.count()):
                    self._questions(rows.nth(number), [one for one in question.questions if one.confidential is alone], said["each"])
            return
        for number, answers in enumerate(said["rows"] if isinstance(said, dict) else said):
            if number >= rows.count():  # the first stands ready
                self.thumb.tap(f"{question.id}: add", at.locator(":scope > [data-add-row] button").last)
            self._questions(rows.nth(number), question.questions, answers)
        if said == [] or (isinstance(said, dict) and said.get("rows") == []):
            self.thumb.tap(f"{question.id}: nobody", at.locator(":scope > .nhsuk-form-group .app-complete input"))


def _parts(said: Any) -> tuple[Any, str | None]:
    return (said["value"], said.get("known")) if isinstance(said, dict) else (said, None)


FAMILY = "Plainford"


def family_without_a_past(service: Service, place: Place) -> None:
    """Two children and two adults of whom nothing was ever found, planned to be visited today."""
    w = service.wired
    home = people.form_household(w, place.practitioner, name=FAMILY, address="3 Orchard Way", postcode="EM2 7QT", area="eastmoor")
    people.name_practitioner(w, place.practitioner, home, account=place.practitioner)
    whose = (
        ("child", "Ivy", "2024-01-15"),
        ("child", "Finn", "2026-09-20"),
        ("mother", "Rosa", "1995-05-05"),
        ("father", "Ben", "1994-02-02"),
    )
    for role, given, born_on in whose:
        known = {"born_on": born_on, "nhs_number_absent_why": "Not asked yet"} | ({"gestation_days": 280} if role == "child" else {})
        person = people.register_person(w, place.practitioner, household=home, given_names=given, family_name=FAMILY, **known).person
        people.add_member(w, place.practitioner, home, person=person, role=role)
    people.plan_visit(w, place.practitioner, home, what="Visit", on_date=NOW[:10])


def visit(tablet: Tablet, form: Form) -> Thumb:
    """One ordinary visit, from the open form to the seal."""
    page, thumb = tablet.page, Thumb(tablet.page)
    page.get_by_role("link", name=FAMILY).first.click()
    page.get_by_role("button", name=f"Start: {form.title}").click()
    page.locator("#finish").wait_for()
    Filling(form, thumb).fill()
    thumb.finish("check and finish", page.locator("#finish"))
    seal = page.get_by_role("button", name="Finish and seal")
    if not seal.is_visible():
        thumb.finish("that is all", page.get_by_role("button", name="Yes, that is all"))
    for reason in page.locator("[id^=reason-]").all():
        thumb.type("a reason why not asked", reason, "There was no time")
    thumb.finish("seal", seal)
    expect(page.get_by_role("heading", name="Waiting and sent")).to_be_visible()
    return thumb


def send(tablet: Tablet, service: Service) -> None:
    """What was written is sent, judged, and known to the tablet again; then the network goes as it came."""
    service.start()
    tablet.context.set_offline(False)
    sent = tablet.page.locator("[data-sent]")
    expect(sent.first).to_contain_text("The receipt matches.")
    service.work()
    expect(sent.first).to_contain_text("See what came back")
    service.stop()
    tablet.context.set_offline(True)
    tablet.page.goto(tablet.page.url.partition("#")[0] + "#/today")
