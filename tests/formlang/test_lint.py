"""Every fault in a form file is said with its file, its line and what is wrong."""

from pathlib import Path

import pytest

from tests.formlang import small
from visitapp.formlang import FormFault, load_catalogue
from visitapp.formlang.lint import lint
from visitapp.formlang.publish import check, publish, published

FORMS = Path(__file__).parents[2] / "forms"


def test_the_forms_of_the_house_have_no_fault() -> None:
    assert lint(FORMS) == []


def test_the_small_form_has_no_fault(tmp_path: Path) -> None:
    small.write(tmp_path)
    assert lint(tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("    title: One", "    titel: One", "'titel' is not a key that belongs here"),
        ("kind: choice, label", "kind: chioce, label", "'chioce' is not one of choice"),
        ("some(sharers, 'alcohol' in taken)", "some(sharers, 'alcohl' in taken)", "'alcohl' is not one of the codes"),
        ("some(sharers, 'alcohol' in taken)", "some(sharers, taken >= 2)", "several choices"),
        ("some(sharers, 'alcohol' in taken)", "some(sharers", "cannot be read as a rule"),
        ("    level: 2", "    level: 7", "it must be from 1 to 4"),
        ("    level: 2", "    level: two", "must be a whole number"),
        ("    wording: \"{child} shared with somebody who had drunk.\"\n", "", "'wording' is missing"),
        ("    ask: Had anybody drunk?\n", "", "'ask' is missing"),
        ("    source: A test.\n", "", "'source' is missing"),
        ("severity: this_week", "severity: soon", "'soon' is not one of tonight"),
        ("who had drunk.", "who denies drinking.", "'denies' judges"),
        ("{child} shared", "{mother} shared", "Only {child}"),
        ("    each: children", "    each: sharers", "not rows at the top"),
        ("      - {id: said", "      - {id: outcome", "used by an earlier question"),
        ("      - {id: said", "      - {id: history", "cannot be an id"),
        ("label: What was said?, letter: Said", "label: What was said?", "no words for the letter"),
        ("show_if: shared", "show_if: taken", "not a question asked before"),
        ("version: 1", "version: 2", "says it is small-2"),
        ("some(sharers, 'alcohol' in taken)", "secret", "confidential"),
        ("    - absent: {children: [{shared: false}]}\n", "", "no worked case in which it is absent"),
        ("{shared: false}", "{shred: false}", "'shred' is not a question"),
        ("  alcohol:\n    - present", "  alcohool:\n    - present", "'alcohool' is not a finding"),
        ("letter: Outcome, options: {well: Well, badly: Badly}", "letter: Outcome", "needs options"),
        ("    area: sleep\n    title", "    area: sleep\n    area: home\n    title", "written twice"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_line(tmp_path: Path, before: str, after: str, words: str) -> None:
    text = small.with_change(before, after)
    path = small.write(tmp_path, text)
    found = [fault for fault in lint(tmp_path) if words in fault.message]
    assert found, lint(tmp_path)
    assert found[0].file == str(path)
    assert 1 <= found[0].line <= len(text.splitlines())


def test_lines_are_those_of_the_fault(tmp_path: Path) -> None:
    text = small.with_change("    level: 2", "    level: 7")
    small.write(tmp_path, text)
    assert [fault.line for fault in lint(tmp_path)] == [small.line_of(text, "level: 7")]


@pytest.mark.parametrize(("broken", "line"), [("name: a\n  b: [", 2), ("name: 'a\n", 1), ("a: *nothing\n", 1), ("a: \t- b\n", 1)])
def test_what_is_not_yaml_is_a_fault_with_its_line(tmp_path: Path, broken: str, line: int) -> None:
    path = small.write(tmp_path, broken)
    (fault,) = lint(tmp_path)
    assert (fault.file, "not YAML" in fault.message) == (str(path), True)
    assert fault.line >= line
    with pytest.raises(FormFault, match=str(path)):
        load_catalogue(tmp_path)


def test_bytes_that_are_not_text_are_a_fault_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "small-1.yaml").write_bytes(b"name: small\ntitle: \xff\n")
    (fault,) = lint(tmp_path)
    assert (fault.line, fault.message) == (2, "The file is not UTF-8 text.")


@pytest.mark.parametrize("text", ["", "[]", "just words", "name: small", "sections: 3\nfindings: {a: 1}", "a: &a [*a]", "---\n---\n"])
def test_whatever_else_stands_there_is_a_fault_and_no_crash(tmp_path: Path, text: str) -> None:
    small.write(tmp_path, text)
    assert lint(tmp_path)


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    small.write(tmp_path, small.with_change("    level: 2", "    level: 7").replace("severity: this_week", "severity: soon"))
    assert len(lint(tmp_path)) == 2


@pytest.mark.parametrize("part", ["levels", "policy", "portals", "routes"])
def test_settings_are_checked_too(tmp_path: Path, part: str) -> None:
    source = next((FORMS / part).glob("*.yaml"))
    small.write(tmp_path, source.read_text() + "extra: 1\n", f"{part}/{source.name}")
    (fault,) = lint(tmp_path)
    assert "'extra' is not a key" in fault.message


# --- publishing -------------------------------------------------------------------------------------------


def test_what_is_published_may_not_change(tmp_path: Path) -> None:
    path = small.write(tmp_path)
    digest = publish(tmp_path, "small", 1)
    assert publish(tmp_path, "small", 1) == digest
    assert published(tmp_path) == {"small-1": digest}
    assert check(tmp_path) == []
    small.write(tmp_path, small.FORM + "# a remark\n")
    (fault,) = check(tmp_path)
    assert "has changed since" in fault.message
    with pytest.raises(FormFault, match="has changed since"):
        load_catalogue(tmp_path)
    with pytest.raises(FormFault, match="make the change a new version"):
        publish(tmp_path, "small", 1)
    path.unlink()
    assert "may not be removed" in check(tmp_path)[0].message


def test_what_is_not_there_cannot_be_published(tmp_path: Path) -> None:
    with pytest.raises(FormFault, match="no such file"):
        publish(tmp_path, "small", 1)
