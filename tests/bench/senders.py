"""Eight tablets at once: each thread keeps one connection and sends its submissions one after the other, as a tablet does.

Plain sockets, because a client library on the same two cores would cost more than the service that is measured. Run as a program of its
own so that the clients' Python does not share a lock with anything: it reads requests from a file and prints what it saw as JSON.
"""

import json
import socket
import sys
import threading
import time
from pathlib import Path


def send_all(address: tuple[str, int], head: bytes, bodies: list[bytes], seen: list[tuple[int, float]]) -> None:
    """Send each body, wait for its answer, and note status and seconds."""
    with socket.create_connection(address) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for body in bodies:
            request = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
            began = time.perf_counter()
            connection.sendall(request)
            seen.append((_status(connection), time.perf_counter() - began))


def _status(connection: socket.socket) -> int:
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _more(connection)
    head, _, rest = answer.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(rest) < length:
        rest += _more(connection)
    return int(head.split(b" ", 2)[1])


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise ConnectionError("the service closed the connection")
    return received


def main(port: str, clients: str, folder: str) -> None:
    """Send what stands in the folder (`head`, and `bodies` one a line) with that many clients."""
    head = (Path(folder) / "head").read_bytes()
    bodies = (Path(folder) / "bodies").read_bytes().splitlines()
    seen: list[tuple[int, float]] = []
    threads = [
        threading.Thread(target=send_all, args=(("127.0.0.1", int(port)), head, bodies[one :: int(clients)], seen))
        for one in range(int(clients))
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump({"seconds": time.perf_counter() - began, "answers": seen}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
