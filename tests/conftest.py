"""How the tests are shared out between two workers: what drives a browser stays together on one, because two browsers at once leave neither
of them time; every other file stays whole, so that what it reads or tells once is read or told once."""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"


@pytest.hookimpl(tryfirst=True)  # before the plugin that shares them out reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        group = "browser" if BROWSER in item.path.parents else item.path.name + item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(group))
