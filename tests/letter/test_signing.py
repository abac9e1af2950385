"""The signature: valid, over the whole file, and broken by any change; the unsigned letter stays in it to the byte."""

from io import BytesIO

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.letter import samples
from tests.letter.reading import pages
from visitapp.domain.check_codes import ALPHABET, LENGTH, from_chance, grouped, typed
from visitapp.domain.documents import KINDS
from visitapp.letter import certificates
from visitapp.letter.check_mark import Check
from visitapp.letter.content import compose
from visitapp.letter.render import render
from visitapp.letter.signing import sign

AT = "2026-11-22T12:05:00.000Z"
CHECK = Check("P77Q9FHRHTPB", "https://visits.example/check")
IDENTITY = certificates.of_nobody()


def verified(pdf: bytes, chain: str = IDENTITY.pem):
    """What pyHanko says of the one signature of a file, trusting the authority in this chain."""
    root = [x509.Certificate.load(der) for _, _, der in pem.unarmor(chain.encode(), multiple=True)][-1]
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_is_signed_whole_and_keeps_its_unsigned_bytes(kind):
    drawn = render(compose(samples.ordinary(), kind=kind), CHECK).bytes
    signed = sign(drawn, IDENTITY, AT)
    said = verified(signed)
    assert (said.bottom_line, said.coverage.name, said.md_algorithm) == (True, "ENTIRE_FILE", "sha256")
    assert said.signing_cert.public_key.curve == ("named", "secp256r1")
    assert said.signer_reported_dt.isoformat() == "2026-11-22T12:05:00+00:00"
    assert PdfFileReader(BytesIO(signed)).embedded_signatures[0].sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signed.startswith(drawn)
    assert pages(signed) == pages(drawn)


def test_a_changed_byte_breaks_the_signature():
    signed = sign(render(compose(samples.ordinary()), CHECK).bytes, IDENTITY, AT)
    for place in (2_000, len(signed) // 3, len(signed) // 2):
        changed = bytearray(signed)
        changed[place] ^= 1
        assert not verified(bytes(changed)).intact


def test_another_authority_is_not_trusted():
    signed = sign(render(compose(samples.minimal())).bytes, IDENTITY, AT)
    assert not verified(signed, certificates.of_nobody().pem).trusted


def test_the_code_and_its_address_stand_on_the_last_page_alone_and_change_nothing_else():
    bare, marked = (pages(render(compose(samples.ordinary()), check).bytes) for check in (None, CHECK))
    assert f"{CHECK.address} and enter the code P77Q-9FHR-HTPB" in marked[-1]
    assert marked[:-1] == bare[:-1]
    assert not any("P77Q" in page for page in marked[:-1])


def test_codes_are_chance_unambiguous_and_read_however_they_are_grouped():
    codes = {from_chance(n.to_bytes(16, "big")) for n in range(2_000)}
    assert len(codes) == 2_000
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set("0O1IL5S8BU") & (set(ALPHABET) - {"B"})
    assert typed(" p77q-9fhr htpb ") == "P77Q9FHRHTPB"
    assert grouped("P77Q9FHRHTPB") == "P77Q-9FHR-HTPB"
    assert [typed(words) for words in ("", "P77Q", "P77Q9FHRHTPO", "P77Q9FHRHTPBX", "😀" * 12, "<b>" * 4, "x" * 10_000)] == [None] * 7


@pytest.mark.parametrize(
    ("key", "cert", "why"),
    [(b"", None, ""), (None, b"", ""), (certificates.made_up(), None, "not this key's"), (None, certificates.made_up(), "not this key's")],
)
def test_what_cannot_sign_is_refused_in_one_line(key, cert, why):
    mine = certificates.made_up()
    with pytest.raises(certificates.Unusable) as told:
        certificates.read(mine if key is None else key, mine if cert is None else cert)
    assert why in str(told.value)
    assert "\n" not in str(told.value)
