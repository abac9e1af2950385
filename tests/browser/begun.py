"""A tablet on which the practitioner has signed in and set their unlock, with the service it met: made once a run, by hand as they would,
and copied for every test that goes on from there. A browser process, its profile and the service of each test are still its own."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, expect

from tests.browser.service import NOW, PASSWORD, Place, Service, furnish
from tests.browser.tablet import Tablet


@dataclass(frozen=True)
class Begun:
    """What is copied: the service's folder and the browser's profile. The profile is one address's, so every copy has the same port, one
    after the other. A session ends with its browser, so its cookie is given again."""

    service: Path
    port: int
    profile: Path
    cookies: list[Any]
    place: Place
    words: str


def begin(playwright: Playwright, folder: Path) -> Begun:
    """Furnishes a service, signs in on an empty tablet and sets the words that are offered."""
    service = Service(folder / "service")
    service.start()
    place = furnish(service)
    tablet = Tablet(playwright, folder / "profile", NOW)
    words = sign_in_first(tablet, service, place)
    expect(tablet.page.get_by_role("button", name="Take my families offline")).to_be_visible()
    cookies: list[Any] = tablet.context.cookies()
    tablet.shut()
    service.close()
    return Begun(service.folder, service.port, tablet.profile, cookies, place, words)


def copied(begun: Begun, folder: Path) -> Service:
    """The service as the tablet left it."""
    shutil.copytree(begun.service, folder)
    return Service(folder, begun.port, begun=begun)


def go_on(begun: Begun, tablet: Tablet, service: Service) -> str:
    """The tablet as it was left, opened and unlocked. Returns the words."""
    shutil.copytree(begun.profile, tablet.profile)
    page = tablet.open("about:blank")
    tablet.context.add_cookies(begun.cookies)
    page.goto(f"{service.origin}/tablet/")
    unlock(page, begun.words)
    return begun.words


def sign_in_first(tablet: Tablet, service: Service, place: Place) -> str:
    """On a tablet that nobody has used. Returns the words of the unlock."""
    page = tablet.open(f"{service.origin}/tablet/")
    tablet.looks_right(once="nobody has signed in")
    sign_in(page, place)
    return set_unlock(page)


def sign_in(page: Page, place: Place, link: str = "Sign in") -> None:
    page.get_by_role("link", name=link).first.click()
    page.locator("input[name=username]").fill(place.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def set_unlock(page: Page) -> str:
    """Sets the four words that are offered, and returns them."""
    words = page.locator("#offered").inner_text()
    page.locator("#typed").fill(words)
    page.get_by_role("button", name="Set as my unlock").click()
    return words


def unlock(page: Page, words: str) -> None:
    page.locator("#words").fill(words)
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#words")).to_have_count(0)


def take_offline(page: Page) -> None:
    page.get_by_role("button", name="Take my families offline").click()
    expect(page.get_by_text("Your families are on this tablet.")).to_be_visible()


def all_kept(page: Page) -> None:
    """Waits until the worker has kept the version that the service has now. A network that goes before is tried elsewhere."""
    page.evaluate("""async () => {
      const one = await navigator.serviceWorker?.getRegistration("/tablet/");
      await one?.update().catch(() => null);
      const coming = one?.installing;
      if (coming) await new Promise((done) => coming.addEventListener("statechange", done));
    }""")


def ready(tablet: Tablet, service: Service, place: Place) -> str:
    """Signed in, unlocked, the families taken offline, and then the network goes. Returns the words."""
    begun = service.begun
    words = go_on(begun, tablet, service) if begun else sign_in_first(tablet, service, place)
    take_offline(tablet.page)
    tablet.looks_right(once="families taken offline")
    all_kept(tablet.page)
    service.stop()
    tablet.context.set_offline(True)
    return words
