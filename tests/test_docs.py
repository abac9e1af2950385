"""What is written down is true: each file that a page of documentation names is there, and each link leads somewhere. A page that describes
yesterday's tree fails the build."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(r"`([\w*./-]+\.(?:py|js|mjs|yaml|html|jinja|sql|toml|css|lock))`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def tracked() -> list[str]:
    """Every file that is in the repository, or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [f"/{path}" for path in listed.stdout.splitlines()]


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(page.read_text())}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_is_named_is_there(page: Path) -> None:
    files = tracked()
    gone = [name for name in FILE.findall(page.read_text()) if "*" not in name and not any(path.endswith(f"/{name}") for path in files)]
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text()):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link
