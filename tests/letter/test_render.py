"""How a letter is drawn: read back from its bytes."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.letter import samples
from tests.letter.reading import of_section, one_line, pages, squeezed, texts, unshaped
from visitapp.domain.documents import KINDS
from visitapp.letter import glyphs, rightleft
from visitapp.letter.content import compose
from visitapp.letter.facts import Changed
from visitapp.letter.render import render

EVERY = [samples.ordinary, samples.large, samples.minimal]
HOSTILE = {
    "markup": "<b>bold</b> & <font color='red'>x</font> &lt; </para> ]]> {{ x }} %s <br/> \"quoted\" 'single'",
    "emoji": "Smiling 😀, adult 🧑, family 👨‍👩‍👧, flag 🇬🇧, snake 🐍",
    "controls": "bell \x07, escape \x1b[31m, nothing \x00, delete \x7f, next line \x85, override \u202egnp.exe, half a pair \ud83d",
    "accents": "Łukasz, Siân, Ŵyn, Zoë, Þór, café, Nguyễn Thị Ánh, Ελένη, Олена, ½ ✓ № €",
    "ten thousand": ("A long account that never stops. " * 304)[:10_000],
    "one long word": "w" * 3_000,
    "lines": "first\nsecond\r\nthird\rfourth\tafter a tab\n\n\nlast",
    "a wall of substitutes": "🧑" * 400,
    "empty lines": "top" + "\n" * 3_000 + "bottom",
    "only spaces": " \n\t ",
    "cjk": "李小明 さくら 김민준",
}


def fonts(pdf: bytes) -> dict[str, bool]:
    """Font name to whether it is embedded, over all pages."""
    found = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            found[str(font["/BaseFont"])] = (
                "/FontFile2" in font.get("/FontDescriptor", {}).get_object() if "/FontDescriptor" in font else False
            )
    return found


@pytest.mark.parametrize("make", EVERY)
def test_page_one_holds_everything_page_one_must(make):
    content = compose(make())
    first = squeezed(pages(render(content).bytes)[0])
    missing = [text for section in content.page_one for text in of_section(section) if squeezed(text) not in first]
    assert not missing


@pytest.mark.parametrize("make", EVERY)
def test_the_whole_letter_can_be_selected_as_text(make):
    content = compose(make())
    whole = "".join(squeezed(page) for page in _without_heads_and_feet(content))
    assert not [text for text in texts(content) if squeezed(text) not in whole]


def _without_heads_and_feet(content):
    drawn = pages(render(content).bytes)
    for number, page in enumerate(drawn, start=1):
        for words in (
            f"OFFICIAL-SENSITIVE {KINDS[content.document].title}",
            f"Reference {content.reference} · OFFICIAL-SENSITIVE",
            f"Page {number} of {len(drawn)}",
        ):
            page = page.replace(words, "", 1)
        yield page


@pytest.mark.parametrize("make", EVERY)
def test_every_page_is_marked_numbered_and_referenced(make):
    content = compose(make())
    drawn = render(content)
    read = pages(drawn.bytes)
    assert len(read) == drawn.pages
    for number, page in enumerate(read, start=1):
        assert page.count("OFFICIAL-SENSITIVE") == 2
        assert f"Reference {content.reference}" in page
        assert f"Page {number} of {drawn.pages}" in page


@pytest.mark.parametrize("make", EVERY)
def test_no_score_level_or_version_is_printed_on_page_one_or_two(make):
    for kind in KINDS:
        read = pages(render(compose(make(), kind=kind)).bytes)
        first = " ".join(read[:2])
        assert not [words for words in ("at least", "home_visit", "higher is worse", "8 to 11", "AUDIT-C") if words in first], kind


def test_levels_and_versions_are_printed_on_the_last_page_only():
    read = pages(render(compose(samples.large())).bytes)
    assert [n for n, page in enumerate(read) if "at least 4" in page or "home_visit 1" in page] == [len(read) - 1]


def test_the_same_facts_give_the_same_bytes():
    assert render(compose(samples.ordinary())).bytes == render(compose(samples.ordinary())).bytes


def test_title_and_language_are_set_and_name_nobody():
    reader = PdfReader(BytesIO(render(compose(samples.ordinary())).bytes))
    assert reader.metadata.title == "Referral EM-2026-0117"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert not [name for name in ("Marsh", "Ava", "Field") if name in str(dict(reader.metadata))]
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]


@pytest.mark.parametrize("facts", [samples.ordinary(), samples.minimal(), samples.hostile("سلام, שלום, 李 and <b>")])
def test_every_font_is_embedded(facts):
    used = fonts(render(compose(facts)).bytes)
    assert used
    assert all(used.values()), used
    assert not [name for name in used if "Helvetica" in name]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_letter_is_made_from_any_text_and_shows_all_of_it(kind):
    content = compose(samples.hostile(HOSTILE[kind]))
    whole = "".join(squeezed(page) for page in _without_heads_and_feet(content))
    expected = squeezed(glyphs.spelled(HOSTILE[kind]))
    assert expected in whole
    assert not [text for text in texts(content) if squeezed(glyphs.spelled(text)) not in whole]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"referral"}))
def test_every_other_document_is_made_from_any_text_and_shows_all_of_it(kind):
    words = f"{HOSTILE['markup']} {HOSTILE['emoji']} {HOSTILE['controls']} {HOSTILE['lines']} {HOSTILE['accents']}"
    facts = replace(samples.hostile(words), number=2, changed=(Changed("2026-11-22T12:05:00.000Z", *[words] * 5),))
    content = compose(facts, kind=kind)
    whole = "".join(squeezed(page) for page in _without_heads_and_feet(content))
    assert not [text for text in texts(content) if squeezed(glyphs.spelled(text)) not in whole]


def test_what_no_font_draws_is_spelled_out():
    assert glyphs.spelled("a🧑\x07\u202e") == "a[U+1F9D1 ADULT][U+0007][U+202E RIGHT-TO-LEFT OVERRIDE]"
    assert glyphs.spelled("Siân, ŵ, ✓") == "Siân, ŵ, ✓"
    assert "[U+674E CJK UNIFIED IDEOGRAPH-674E]" in glyphs.spelled("李")


@pytest.mark.parametrize(
    "words",
    ["السلام عليكم ورحمة الله وبركاته", "یہ بچہ صوفے پر سوتا ہے", "התינוק ישן על הספה", "Ava said سلام twice (مرتين) to Kim"],
)
def test_right_to_left_text_is_drawn_in_order_and_whole(words):
    lines = rightleft.visual_lines(words, glyphs.PLAIN, 9, 400)
    assert all(glyphs.drawable(character) for line in lines for character in line)
    assert [one_line(unshaped(line)) for line in lines] == [words]
    read = unicodedata.normalize("NFKC", "".join(pages(render(compose(samples.hostile(words))).bytes)))
    assert squeezed(words) in squeezed(read)


def test_right_to_left_lines_are_broken_before_they_are_reordered():
    words = " ".join(f"سلام{n}" for n in range(60))
    lines = rightleft.visual_lines(words, glyphs.PLAIN, 9, 200)
    assert len(lines) > 3
    assert "0" in unshaped(lines[0])
    assert "59" in unshaped(lines[-1])
    assert all(glyphs.width(line, glyphs.PLAIN, 9) <= 200 for line in lines)


def test_a_long_right_to_left_text_makes_a_letter():
    assert render(compose(samples.hostile("سلام " * 200))).pages > 3
    assert render(compose(replace(samples.ordinary(), analysis="سلام " * 2_000, parents_view="س" * 3_000))).pages > 5
