"""How the tests are shared out between two workers: what drives a browser stays together on one, because two browsers at once leave neither
of them time; every other file stays whole, so that what it reads or tells once is read or told once."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling


class ByFile(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: Any, log: Any) -> ByFile:
    return ByFile(config, log)
