"""A mail server for the tests that speaks as much IMAP as reading a mailbox needs, over TLS, with one mailbox kept in memory."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.deliver.mail_server import PASSWORD, USER, Certificates

SIMPLE: dict[str, tuple[list[bytes], str]] = {
    "CAPABILITY": ([b"* CAPABILITY IMAP4rev1"], "OK done"),
    "SELECT": ([b"* 2 EXISTS"], "OK done"),
    "LOGOUT": ([b"* BYE"], "OK done"),
}


@dataclass
class Inbox:
    """`keywords` False: the server keeps no flags of ours."""

    messages: list[bytes]
    flags: dict[int, set[str]] = field(default_factory=dict)
    keywords: bool = True
    port: int = 0

    def answer(self, command: str, rest: str) -> tuple[list[bytes], str]:
        """Untagged lines, and how the command ended."""
        if command == "LOGIN":
            quoted = "".join(f'"{part}" ' for part in (USER.replace("\\", "\\\\"), PASSWORD)).strip()
            return [], "OK in" if rest.replace(f"{USER} ", f'"{USER}" ') == quoted else "NO wrong"
        if command == "UID SEARCH":
            free = [n for n in range(1, len(self.messages) + 1) if rest.removeprefix("UNKEYWORD ") not in self.flags.get(n, set())]
            return [f"* SEARCH {' '.join(map(str, free))}".encode()] if free else [], "OK searched"
        if command == "UID FETCH":
            number, size = (int(part) for part in re.fullmatch(r"(\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest).groups())
            content = self.messages[number - 1][:size]
            return [b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%s)" % (number, number, len(content), content)], "OK fetched"
        if command == "UID STORE":
            number, flags = re.fullmatch(r"(\d+) \+FLAGS \((.*)\)", rest).groups()
            if not self.keywords:
                return [], "NO no keywords here"
            self.flags.setdefault(int(number), set()).update(flags.split())
            return [], "OK stored"
        return SIMPLE.get(command, ([], "BAD what"))


@contextmanager
def serving(inbox: Inbox, certificates: Certificates) -> Iterator[Inbox]:
    context = certificates.server_context()

    class Talking(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def handle(self) -> None:
            self.wfile.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in self.rfile:
                tag, _, said = line.decode().strip().partition(" ")
                command, _, rest = said.partition(" ")
                if command.upper() == "UID":
                    more, _, rest = rest.partition(" ")
                    command = f"UID {more}"
                lines, ended = inbox.answer(command.upper(), rest)
                self.wfile.write(b"".join(each + b"\r\n" for each in lines) + f"{tag} {ended}\r\n".encode())

    class Quiet(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that did not like our certificate has gone away."""

    with Quiet(("127.0.0.1", 0), Talking) as server:
        inbox.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield inbox
        finally:
            server.shutdown()
