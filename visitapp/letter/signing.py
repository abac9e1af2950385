"""A signature on a finished file (PAdES B-B, EC P-256). It is added behind the file's own bytes, so the unsigned letter stays in the signed
one as its beginning, to the byte. A signature is never the same twice: a letter is signed once, kept, and sent again as it is.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives import serialization

from visitapp.domain.moments import moment
from visitapp.letter.certificates import Identity

ROOM = 16_384  # characters kept free for the signature in hexadecimal: what is left stays empty
REASON = "This letter is as it was written."


def sign(pdf: bytes, identity: Identity, at: str) -> bytes:
    """The file with a signature of that instant behind it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    session = _signer(identity).init_signing_session(IncrementalPdfFileWriter(BytesIO(pdf)))
    session.system_time = moment(at)
    return _to_its_end(_signed(session))


def _to_its_end(signing: Coroutine[None, None, bytes]) -> bytes:
    """pyHanko waits in an event loop. It gets one in a thread of its own, because whoever calls may be in another."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, signing).result()


async def _signed(session: Any) -> bytes:
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    waiting = session.prepare_tbs_document(validation_info=None, bytes_reserved=ROOM, appearance_text_params=None)
    prepared, out = waiting.digest_tbs_document(in_place=False, chunk_size=65_536, output=None)
    attributes = PdfCMSSignedAttributes(signing_time=session.system_time)
    await waiting.perform_signature(document_digest=prepared.document_digest, pdf_cms_signed_attrs=attributes)
    written: bytes = out.getvalue()
    return written


@lru_cache(maxsize=4)
def _signer(identity: Identity) -> Any:
    """What is the same for every letter."""
    from asn1crypto import keys, x509
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    der, pkcs8, open_ = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    chain = [x509.Certificate.load(one.public_bytes(der)) for one in identity.certificates]
    store = SimpleCertificateStore()
    store.register_multiple(chain)
    signer = SimpleSigner(
        signing_cert=chain[0], signing_key=keys.PrivateKeyInfo.load(identity.key.private_bytes(der, pkcs8, open_)), cert_registry=store
    )
    metadata = PdfSignatureMetadata(field_name="Signature", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256", reason=REASON)
    return PdfSigner(metadata, signer=signer)
