"""Pictures for a logo: whether one is whole, and how large it is, before any format tries to draw it."""

import struct
import zlib
from collections.abc import Iterator

LARGEST = 2_000_000
"""Bytes of the largest logo."""

WIDEST = 8_000
"""Pixels of the longest side: what is larger takes a program that shows it too much memory."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG that say how large it is."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""The markers of a JPEG that nothing belongs to."""
_DATA, _END = 0xDA, b"\xff\xd9"


def size(picture: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no whole PNG or JPEG."""
    try:
        if picture.startswith(_PNG):
            return _png(picture)
        if picture.startswith(_JPEG):
            return _jpeg(picture)
    except struct.error:  # it ends before its time
        pass
    return None


def _png(picture: bytes) -> tuple[int, int] | None:
    found = None
    for kind, body in _chunks(picture):
        if kind == b"IHDR":
            found = struct.unpack(">II", body[:8])
        if kind == b"IEND":
            return (int(found[0]), int(found[1])) if found and min(found) else None
    return None


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG, as long as their sums are right."""
    at = len(_PNG)
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        body = picture[at + 8 : at + 8 + length]
        (total,) = struct.unpack_from(">I", picture, at + 8 + length)
        if zlib.crc32(kind + body) != total:
            return
        yield kind, body
        at += length + 12


def _jpeg(picture: bytes) -> tuple[int, int] | None:
    found: tuple[int, int] | None = None
    at = 2
    while True:
        mark, marker, length = struct.unpack_from(">BBH", picture, at)
        if mark != 0xFF:
            return None
        if marker in _ALONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", picture, at + 5)
            found = (int(width), int(height)) if width and height else None
        if marker == _DATA:
            return found if _END in picture[-32:] else None
        at += length + 2
