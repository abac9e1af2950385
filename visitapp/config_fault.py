"""What stops the start: a setting that cannot be used, said in one line."""

from typing import NoReturn

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ConfigurationFault(Exception):
    """A setting that cannot be used; the text is one line that says which and what to do."""


def refuse(line: str) -> NoReturn:
    raise ConfigurationFault(line)
