"""The key and certificate that letters are signed with: read from files in production, made up once in the demonstration."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from visitapp.domain.moments import instant

FROM, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
OF_NOBODY = "visitapp demonstration"


class Unusable(ValueError):
    """A key or certificate that letters cannot be signed with; one line says why."""


@dataclass(frozen=True)
class Identity:
    """Who signs: an EC P-256 key, its certificate, and those above it, the nearest first."""

    key: ec.EllipticCurvePrivateKey
    certificates: tuple[x509.Certificate, ...]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the signing certificate, as programs that check signatures show it."""
        return self.certificates[0].fingerprint(hashes.SHA256()).hex()

    @property
    def pem(self) -> str:
        """Every certificate; the key is not among them."""
        return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in self.certificates)


def read(key: bytes, certificates: bytes) -> Identity:
    """The identity in two PEM files, which may be one. Raises Unusable."""
    try:
        private = serialization.load_pem_private_key(key, password=None)
        chain = tuple(x509.load_pem_x509_certificates(certificates))
    except (ValueError, TypeError) as fault:
        raise Unusable(str(fault).partition("\n")[0] or "it cannot be read") from fault
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise Unusable("the key is not an EC P-256 key")
    if chain[0].public_key() != private.public_key():
        raise Unusable("the first certificate is not this key's")
    return Identity(private, chain)


def ends_at(pem: str) -> str:
    """The instant at which the first certificate of a chain ends."""
    return instant(x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc)


def made_up(until: datetime = UNTIL) -> bytes:
    """For the demonstration, one PEM file: a key, its certificate, and the authority that issued it, whose own key is thrown away."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _issued(f"{OF_NOBODY} authority", authority, f"{OF_NOBODY} authority", authority, signs_others=True)
    leaf = _issued(f"{OF_NOBODY} letters", key, f"{OF_NOBODY} authority", authority, signs_others=False, until=until)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + Identity(key, (leaf, root)).pem.encode()


def of_nobody(until: datetime = UNTIL) -> Identity:
    """A made-up identity that is kept nowhere."""
    both = made_up(until)
    return read(both, both)


def _issued(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    by: str,
    with_key: ec.EllipticCurvePrivateKey,
    *,
    signs_others: bool,
    until: datetime = UNTIL,
) -> x509.Certificate:
    def named(words: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])

    usage = x509.KeyUsage(
        digital_signature=not signs_others, content_commitment=not signs_others, key_cert_sign=signs_others, crl_sign=signs_others,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    asked = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=signs_others, path_length=0 if signs_others else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(with_key.public_key()), critical=False)
    )
    return asked.sign(with_key, hashes.SHA256())
