"""MESH, the mailboxes of the NHS, as the way out. A letter's id is its local id there, so an attempt whose end was never seen is settled by
asking for that id before anything is sent again; and what was taken can be followed until the other side's system has collected it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from visitapp.deliver import Message, Outcome
from visitapp.deliver.returns import Return

TIMEOUT = (10.0, 60.0)  # seconds: to connect, and for an answer
NEVER = (400, 406, 413, 415, 417, 422)
"""What MESH answers to a message that it will never take. Everything else below 500 is a fault of the way, such as a wrong password."""
COLLECTED, FAILED = "acknowledged", ("error", "undeliverable")
GONE = (404, 410)
AT_MOST = 50
READ_A_DAY = 1_440  # about once a minute
BESIDE = "-fhir"
"""What the local id of the letter for machines ends in."""
MESSAGE = re.compile(r"MESH message ([A-Za-z0-9_-]+),")
MAILBOX = re.compile(r"[A-Za-z0-9]{1,40}")


@dataclass(frozen=True)
class MeshMailbox:
    """Our own mailbox: its address, its secrets, and the workflow that letters travel under. `cert` and `key` are the client's certificate;
    `authority` is who vouches for the server, where it is not one of the NHS's known addresses."""

    url: str
    mailbox: str
    workflow: str
    password: str = field(repr=False)
    shared_key: bytes = field(repr=False)
    cert: Path | None = None
    key: Path | None = None
    authority: Path | None = None


@contextmanager
def opened(box: MeshMailbox) -> Iterator[Any]:
    """A session with the server; each of its requests proves anew that the mailbox is ours. Imported late: most copies have no MESH."""
    from mesh_client import MeshClient

    with MeshClient(
        box.url, box.mailbox, box.password, shared_key=box.shared_key, max_retries=0, application_name="visitapp",
        timeout=TIMEOUT,  # type: ignore[arg-type]  # it hands this to requests, which takes both
        cert=(str(box.cert), str(box.key)) if box.cert and box.key else None, verify=str(box.authority) if box.authority else None,
    ) as client:  # fmt: skip
        yield client


@dataclass(frozen=True)
class MeshTransport:
    """Sends from `box` to the mailbox that a message is addressed to."""

    box: MeshMailbox
    name: str = "mesh"

    def send(self, message: Message) -> Outcome:
        if not MAILBOX.fullmatch(message.to):
            return Outcome("refused", "This is not the name of a MESH mailbox.")
        with opened(self.box) as client:
            if message.again and (settled := _settled(client, message.letter_id)):
                return settled
            beside = self._beside(client, message)
            return beside if beside.kind != "sent" else _sent(client, message, self._as_pdf(message))

    def _beside(self, client: Any, message: Message) -> Outcome:
        """The letter for machines goes first, as a message of its own: the letter's being there says that all of it is."""
        id = f"{message.letter_id}{BESIDE}"
        if message.bundle is None:
            return Outcome("sent", "")
        if message.again and (settled := _settled(client, id)):
            return settled
        headings = {"local_id": id, "filename": message.bundle_name, "content_type": "application/fhir+json"}
        return _sent(client, message, (message.bundle, headings | {"workflow_id": self.box.workflow}))

    def _as_pdf(self, message: Message) -> tuple[bytes, dict[str, str]]:
        headings = {"local_id": message.letter_id, "filename": message.filename, "content_type": "application/pdf"}
        return message.pdf, headings | {"workflow_id": self.box.workflow}

    def track(self, letter_id: str, proof: str) -> Outcome | None:
        """`collected` once the other side's system took it out of its mailbox, `refused` where MESH gave up, None while neither."""
        with opened(self.box) as client:
            known = MESSAGE.match(proof)
            found = _tracked(client, f"?messageID={known[1]}" if known else f"/{letter_id}")
        return found if found and found.kind in ("collected", "refused") else None


def _settled(client: Any, letter_id: str) -> Outcome | None:
    """What is known of an earlier attempt: taken, refused, or not to be learnt now; None when MESH has no such message."""
    found = _tracked(client, f"/{letter_id}")
    if found is None:
        return None
    return Outcome("sent", found.proof) if found.kind == "collected" else found


def _tracked(client: Any, which: str) -> Outcome | None:
    """What MESH says of one message of ours, by its own id or by the local id that we gave it; None when it has none. The client has no
    call for a local id, so its session is used as its own calls use it."""
    import requests

    try:
        answer = client._session.get(f"{client.mailbox_url}/outbox/tracking{which}", timeout=TIMEOUT)
        if answer.status_code == 404:
            return None
        if answer.status_code == 300:  # more than one: an earlier attempt was taken for certain
            return Outcome("sent", "MESH has more than one message with this local id")
        answer.raise_for_status()
        said = answer.json()
    except (requests.RequestException, ValueError) as fault:
        return Outcome("try_again", f"MESH could not be asked: {type(fault).__name__}")
    return _of_status(said)


def _of_status(said: dict[str, Any]) -> Outcome:
    status, id = str(said.get("status") or "").lower(), said.get("messageId") or said.get("message_id") or ""
    if status in FAILED:
        why = said.get("statusDescription") or said.get("failureDiagnostic") or status
        return Outcome("refused", _one_line(f"MESH {said.get('statusCode') or ''} {why}"))
    return Outcome("collected" if status == COLLECTED else "sent", _one_line(f"MESH message {id}, {status}"))


def _sent(client: Any, message: Message, what: tuple[bytes, dict[str, str]]) -> Outcome:
    import requests

    content, headings = what

    try:
        answer = client.send_chunk(
            recipient=message.to, chunk=content, chunk_num=1, total_chunks=1, compress=False, subject=message.subject, **headings
        )  # fmt: skip
    except requests.RequestException as fault:
        return _lost(fault)
    return _answered(answer.status_code, answer.text)


def _lost(fault: Any) -> Outcome:
    """Nothing was handed over where no connection was made; otherwise nobody knows."""
    import requests
    from urllib3.exceptions import NameResolutionError, NewConnectionError

    reason = getattr(fault.args[0] if fault.args else None, "reason", None)
    never = isinstance(fault, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError | requests.exceptions.InvalidURL)
    if never or isinstance(reason, NewConnectionError | NameResolutionError):
        return Outcome("try_again", f"MESH could not be reached: {type(fault).__name__}")
    return Outcome("unknown", f"The connection to MESH was lost while the letter was handed over: {type(fault).__name__}")


def _answered(code: int, text: str) -> Outcome:
    import json

    try:
        said = json.loads(text)
    except ValueError:
        said = {}
    id = said.get("message_id") or said.get("messageID") if isinstance(said, dict) else None
    if code in (200, 202) and id:
        return Outcome("sent", f"MESH message {id}, accepted")
    if code in NEVER:
        return Outcome("refused", _one_line(f"MESH {code} {_why(said)}"))
    return Outcome("try_again" if 300 <= code < 500 else "unknown", f"MESH {code}")


def _why(said: Any) -> str:
    """The server's own words for what is wrong with a message."""
    detail = said.get("detail") if isinstance(said, dict) else None
    first = detail[0] if isinstance(detail, list) and detail else said if isinstance(said, dict) else {}
    code, words = first.get("code") or first.get("errorCode") or "", first.get("msg") or first.get("errorDescription") or ""
    return f"{code} {words}".strip()


@dataclass
class MeshReturns:
    """What lies in our own mailbox: reports of what could not be delivered, and anything that somebody sent us."""

    box: MeshMailbox
    name: str = "mesh"
    left: set[str] = field(default_factory=set)  # messages that are not ours to take out, so that each is read once
    read: int = 0  # how often

    def waiting(self) -> list[Return]:
        """Raises OSError when the mailbox cannot be read (requests' own faults are OSErrors)."""
        with opened(self.box) as client:
            if self.read % READ_A_DAY == 0:
                client.handshake()  # MESH wants to hear of a mailbox once a day
            self.read += 1
            ids = [id for id in client.list_messages() if id not in self.left][:AT_MOST]
            return [back for id in ids if (back := self._read_one(client, id))]

    def _read_one(self, client: Any, id: str) -> Return | None:
        """What one message says; None where it was taken out meanwhile, which is no reason to leave those behind it unread."""
        import requests

        try:
            return _return(client.retrieve_message(id))
        except requests.HTTPError as fault:
            if fault.response is None or fault.response.status_code not in GONE:
                raise
            self.left.add(id)
            return None

    def done(self, back: Return) -> None:
        """A report was kept, and goes out of the mailbox. What somebody sent stays: a person takes it out."""
        if back.kind == "message":
            self.left.add(back.id)
            return
        with opened(self.box) as client:
            client.acknowledge_message(back.id)


def _return(message: Any) -> Return:
    message.close()
    if message.mex_header("messagetype") != "REPORT":
        return Return(message.id(), "message", None, _one_line(f"A MESH message, workflow {message.workflow_id}"))
    code, words = message.mex_header("statuscode", ""), message.mex_header("statusdescription", "")
    return Return(message.id(), "refused", (message.local_id or "").removesuffix(BESIDE) or None, _one_line(f"MESH report {code} {words}"))


def _one_line(words: str) -> str:
    return " ".join(words.split())[:200]
