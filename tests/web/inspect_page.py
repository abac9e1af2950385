"""What every page must be, checked on every page that any test of these screens fetches: so that no screen is left out.

The named validator is html5lib in strict mode (the parsing rules of the HTML standard). What it does not look at follows it: one heading of
the first rank, labels, unique ids, language, title, nothing inline, and the security headers.
"""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

PLAIN = {"hidden", "submit", "button"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def inspect(response: TestResponse, names: tuple[str, ...] = ()) -> Element:
    """Raises AssertionError with what is wrong. `names` are people's names that may stand in no title and no address."""
    check_headers(response)
    page = parse(response.text)
    check_head(page, names)
    check_ids(page)
    check_labels(page)
    check_nothing_inline(page)
    check_no_markup_as_words(page)
    check_addresses(page, names)
    return page


def parse(text: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        return parser.parse(text)
    except html5lib.html5parser.ParseError as fault:
        line, column = parser.errors[-1][0] if parser.errors else (0, 0)
        around = "\n".join(text.splitlines()[max(0, line - 40) : line + 1])
        raise AssertionError(f"not valid HTML: {fault} at {line}:{column}\n{around}") from None


def check_headers(response: TestResponse) -> None:
    policy = response.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "require-trusted-types-for 'script'", "trusted-types visitapp", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    by_link = {"Referrer-Policy": "strict-origin"} if response.request.path.startswith("/answer/") else {}
    for name, value in (HEADERS | by_link).items():
        assert response.headers.getlist(name) == [value], name
    assert response.headers["Cache-Control"] == "no-store"
    assert "Permissions-Policy" in response.headers


def check_head(page: Element, names: tuple[str, ...]) -> None:
    assert page.get("lang") == "en"
    title = page.findtext("./head/title") or ""
    assert re.fullmatch(r"\S.* – visitapp", title), title
    assert not [name for name in names if name in title], f"a name in the title: {title}"
    assert len(page.findall(".//h1")) == 1, "one heading of the first rank"
    assert len(page.findall(".//main")) == 1
    ranks = [int(tag.tag[1]) for tag in page.iter() if isinstance(tag.tag, str) and re.fullmatch("h[1-6]", tag.tag)]
    main_ranks = ranks[ranks.index(1) :]
    jumps = [(a, b) for a, b in pairwise(main_ranks) if b > a + 1]
    assert not jumps, f"a heading skips a rank: {main_ranks}"


def check_ids(page: Element) -> None:
    ids = [tag.get("id") for tag in page.iter() if tag.get("id")]
    assert len(ids) == len(set(ids)), f"an id stands twice: {[id for id in ids if ids.count(id) > 1]}"
    for tag in page.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            missing = [id for id in (tag.get(name) or "").split() if id not in ids]
            assert not missing, f"{tag.tag} {name} points at nothing: {missing}"
    anchors = [tag.get("href", "")[1:] for tag in page.iter("a") if tag.get("href", "").startswith("#")]
    assert not [anchor for anchor in anchors if anchor not in ids], anchors


def check_labels(page: Element) -> None:
    labelled = {tag.get("for") for tag in page.iter("label")}
    for tag in page.iter():
        if tag.tag in ("input", "select", "textarea") and tag.get("type") not in PLAIN:
            assert tag.get("id") in labelled or tag.get("aria-label"), f"no label: {tag.attrib}"
    for tag in (*page.iter("button"), *page.iter("a")):
        words = "".join(tag.itertext()).strip() or tag.get("aria-label")
        assert words, f"nothing to read: {tag.attrib}"
    for table in page.iter("table"):
        assert table.find("caption") is not None, "a table without a caption"


def check_no_markup_as_words(page: Element) -> None:
    """Our own markup escaped by mistake would be read out as words."""
    words = "".join(page.itertext())
    assert 'class="nhsuk' not in words


def check_nothing_inline(page: Element) -> None:
    for tag in page.iter():
        if not isinstance(tag.tag, str):
            continue
        assert tag.get("style") is None, f"style= on {tag.tag}"
        handlers = [name for name in tag.attrib if name.startswith("on")]
        assert not handlers, f"{handlers} on {tag.tag}"
    assert not page.findall(".//style")
    for script in page.iter("script"):
        assert script.get("src", "").startswith("/static/"), "an inline or foreign script"
        assert not (script.text or "").strip()


def check_addresses(page: Element, names: tuple[str, ...]) -> None:
    for tag in page.iter():
        for where in ("href", "src", "action"):
            address = tag.get(where) or ""
            assert not [name for name in names if name.lower() in address.lower()], f"a name in an address: {address}"
            assert not re.match(r"(https?:)?//", address), f"an address outside: {address}"
