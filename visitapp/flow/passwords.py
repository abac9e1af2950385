"""Passwords are kept as argon2 hashes. Each check takes 64 MB and a sixth of a second on purpose, so only two run at a time: a burst of
sign-ins queues instead of taking the machine's memory."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

AT_A_TIME = 2


class Passwords:
    """Hashes and checks, two at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = threading.BoundedSemaphore(AT_A_TIME)
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with self._room:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether it is the password. For an account that does not exist (`kept` None) it takes as long, and is not."""
        against = kept or self._hash_of_nobody()
        with self._room:
            try:
                return self._hasher.verify(against, password) and kept is not None
            except (Argon2Error, InvalidHashError):
                return False

    def _hash_of_nobody(self) -> str:
        if self._nobody is None:
            self._nobody = self.hash("nobody signs in with this")
        return self._nobody
