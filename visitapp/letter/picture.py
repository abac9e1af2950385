"""A photograph in a document: made small and without whatever the camera wrote beside it (where it was taken too), and drawn as a figure
of the tree with its words as what is read out.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from visitapp.letter import look
from visitapp.letter.structure import Element

if TYPE_CHECKING:
    from visitapp.letter.blocks import Picture

MOST_PIXELS = 1_000
"""Along the longer side: as sharp as a page shows at half its width."""
TALLEST = look.HEIGHT * 0.42
QUALITY = 78


def small(bytes: bytes) -> bytes | None:
    """The picture as a small JPEG; None where these bytes are no picture that can be read."""
    try:
        with Image.open(BytesIO(bytes), formats=("JPEG", "PNG", "WEBP")) as opened:
            opened.draft("RGB", (MOST_PIXELS, MOST_PIXELS))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((MOST_PIXELS, MOST_PIXELS))
    upright.info.clear()
    out = BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


class DrawnPicture(Flowable):
    """One photograph, half as wide as the line or less."""

    def __init__(self, block: Picture) -> None:
        super().__init__()
        self.reader = ImageReader(BytesIO(block.jpeg))
        self.element = Element("Figure", alt=": ".join(part for part in (block.label, block.text) if part))
        self.spaceBefore, self.spaceAfter = 2, 6

    def wrap(self, _available: float, _height: float) -> tuple[float, float]:
        across, down = self.reader.getSize()
        scale = min(look.LINE / 2 / across, TALLEST / down)
        self.width, self.height = across * scale, down * scale
        return self.width, self.height

    def draw(self) -> None:
        with self.canv.tree.piece(self.canv, self.element):
            self.canv.drawImage(self.reader, 0, 0, self.width, self.height)
