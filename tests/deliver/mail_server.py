"""A real mail server for the tests: aiosmtpd on a loopback port with TLS by a certificate authority made for the run."""

import datetime
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "letters@eastmoor.example", "p@ss word/1"
BEGAN, ENDS = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2120, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Certificates:
    authority: Path
    chain: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        return context

    def client_context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


def make_certificates(folder: Path, host: str = "127.0.0.1") -> Certificates:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    root = _certificate(root_name, root_name, root_key, root_key, [(x509.BasicConstraints(ca=True, path_length=0), True)])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    leaf = _certificate(x509.Name([]), root_name, key, root_key, [(alternative, True)])
    certificates = Certificates(folder / "authority.pem", folder / "server.pem", folder / "server.key")
    certificates.authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    certificates.chain.write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    encoding = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificates.key.write_bytes(key.private_bytes(*encoding))
    return certificates


def _certificate(subject, issuer, key, signer, extensions):
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(BEGAN).not_valid_after(ENDS)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signer, hashes.SHA256())


@dataclass
class Mailbox:
    """What the server was told, and what it answers. An answer of None drops the connection instead."""

    on_sender: str | None = "250 OK"
    on_recipient: str | None = "250 OK"
    on_letter: str | None = "250 Queued as 4711"
    received: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self._answer(server, self.on_sender)

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return self._answer(server, self.on_recipient)

    async def handle_DATA(self, server, session, envelope):
        self.received.append(envelope.content)
        self.encrypted.append(session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None)
        return self._answer(server, self.on_letter)

    def _answer(self, server, answer: str | None) -> str:
        if answer is None:
            server.transport.abort()
        return answer or "421 Gone"


@contextmanager
def serving(box: Mailbox, certificates: Certificates, *, implicit: bool = False, plain: bool = False) -> Iterator[Mailbox]:
    def authenticate(server, session, envelope, mechanism, given):
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right)  # handled=True with success=False would leave the client waiting for ever

    box.port = _free_port()
    options = {"hostname": "127.0.0.1", "port": box.port, "authenticator": authenticate}
    context = certificates.server_context()
    if implicit:
        options |= {"ssl_context": context, "auth_require_tls": False}  # aiosmtpd knows only STARTTLS as TLS
    elif not plain:
        options |= {"tls_context": context, "require_starttls": True, "auth_required": True}
    controller = Controller(box, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
