"""What a file needs to be opened in fifty years (PDF/A-2b): what it is, in XMP that agrees with the Info dictionary, and which colours its
numbers mean. Fonts are embedded where they are registered (`glyphs`); pages have no transition. `pikepdf.pdfa` checks it in the tests.
"""

import hashlib
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from visitapp.letter.structure import Raw

PRODUCER, CREATOR = "visitapp", "visitapp"
STAMP = "2000-01-01T00:00:00+00:00"
"""The one date of every file: reportlab's, when the same content is to give the same bytes. The true one is printed in the letter."""

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def declare(document: Any, *, title: str, author: str, subject: str, language: str) -> None:
    """Say in a finished reportlab document that it is PDF/A-2b, and give what that asks for."""
    document.info.producer, document.info.creator = PRODUCER, CREATOR
    said = {"title": title, "author": author, "subject": subject, "language": language}
    words = XMP.format(**{name: escape(text) for name, text in said.items()}, producer=PRODUCER, creator=CREATOR, stamp=STAMP)
    metadata = PDFStream(PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), words.encode(), filters=[])
    profile = PDFStream(PDFDictionary({"N": 3}), srgb())
    intent = {
        "Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1"), "OutputConditionIdentifier": PDFString("sRGB"),
        "Info": PDFString("sRGB"), "DestOutputProfile": document.Reference(profile),
    }  # fmt: skip
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    catalogue.OutputIntents = PDFArray([PDFDictionary(intent)])
    catalogue.Metadata = metadata
    catalogue.ViewerPreferences = Raw(b"<</DisplayDocTitle true>>")


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The sRGB profile of the colour library that reportlab brings, with the moment of its making taken out."""
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = bytes.fromhex("07d0 0001 0001 0000 0000 0000")  # 1 January 2000
    made[84:100] = bytes(16)
    made[84:100] = hashlib.md5(made[:44] + bytes(4) + made[48:64] + bytes(4) + made[68:], usedforsecurity=False).digest()
    return bytes(made)
