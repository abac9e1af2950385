"""Looks for words in the raw files of a browser profile, the way somebody with the tablet's disk would: as UTF-8, as UTF-16, and inside
the Snappy-compressed blocks of the browser's own databases."""

from collections.abc import Iterator
from pathlib import Path

import cramjam

MAGIC = 0xDB4775248B80FB57.to_bytes(8, "little")
"""What ends each table file of the browser's key-value store."""


def found(profile: Path, words: tuple[str, ...]) -> set[str]:
    """Those of the words that stand somewhere in the profile in clear."""
    seen = set()
    for file in profile.rglob("*"):
        if not file.is_file() or file.is_symlink():
            continue
        for content in _readings(file.read_bytes()):
            seen |= {word for word in words if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be"))}
    return seen


def _readings(content: bytes) -> Iterator[bytes]:
    yield content
    if content.endswith(MAGIC):
        yield from _blocks(content)


def _blocks(table: bytes) -> Iterator[bytes]:
    """Every block of a table file, unpacked, as its index lists them."""
    footer = table[-48:]
    at = 0
    for _ in range(2):
        at = _number(footer, at)[1]  # past the handle of the block of other indexes
    start, at = _number(footer, at)
    size, _ = _number(footer, at)
    for handle in _entries(_block(table, start, size)):
        offset, after = _number(handle, 0)
        yield _block(table, offset, _number(handle, after)[0])


def _block(table: bytes, start: int, size: int) -> bytes:
    packed = table[start : start + size]
    return bytes(cramjam.snappy.decompress_raw(packed)) if table[start + size] == 1 else packed


def _entries(index: bytes) -> Iterator[bytes]:
    """The values of a block: each entry is shared key length, own key length, value length, key, value; restart points end it."""
    end = len(index) - 4 - 4 * int.from_bytes(index[-4:], "little")
    at = 0
    while at < end:
        _, at = _number(index, at)
        own, at = _number(index, at)
        length, at = _number(index, at)
        yield index[at + own : at + own + length]
        at += own + length


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def holds(profile: Path, pieces: tuple[bytes, ...]) -> set[int]:
    """Which of these bytes stand somewhere in the profile in clear, by their number."""
    seen = set()
    for file in profile.rglob("*"):
        if not file.is_file() or file.is_symlink():
            continue
        for content in _readings(file.read_bytes()):
            seen |= {number for number, piece in enumerate(pieces) if piece in content}
    return seen
