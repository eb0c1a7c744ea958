"""Records of a journal as lines of a file: each with its length and a checksum, so that a torn end is recognised.

    0000001d 5ad3b8c1 {"go": -1, ...}

The numbers are hexadecimal: bytes of the record, and its CRC-32. A record is JSON in ASCII, so it has no line break.
A journal comes from a disk that anybody may have written: what is read is bounded in size and in how much it nests.
"""

import json
import zlib
from collections.abc import Iterator
from typing import IO, Any

from planner.store.delta import Unfit, from_json, to_json

LARGEST_RECORD = 40_000_000
"""Bytes of the largest record: the text of the largest plan, all of it Chinese."""

LARGEST_JOURNAL = 64_000_000
"""Bytes of a journal that are read. The planner makes its own smaller long before."""

MOST_RECORDS = 20_000
"""Records of a journal that are read."""

MOST_PARTS = 500_000
"""Lists and tables in one record; a plan of 5,000 work packages has 31,000."""

MOST_ITEMS = 3_000_000
"""Commas in one record, those of texts among them; such a plan has 400,000."""

MOST_IN_ALL = 4_000_000
"""Lists and tables in all records that are read."""

_HEAD = 18
_NEAR_END = 65_536


class TooLarge(Exception):
    """No journal takes such a record."""


def line(record: dict[str, Any]) -> bytes:
    """``record`` as a line. Raises TooLarge when it could not be read again."""
    body = json.dumps(record, default=to_json, separators=(",", ":")).encode()
    if len(body) > LARGEST_RECORD or _parts(body) > MOST_PARTS or body.count(b",") > MOST_ITEMS:
        raise TooLarge
    return b"%08x %08x %b\n" % (len(body), zlib.crc32(body), body)


def records(file: IO[bytes]) -> Iterator[tuple[dict[str, Any], int]]:
    """The records of ``file`` from where it stands, each with the place of its end; up to the first that is none."""
    end = parts = 0
    for _number in range(MOST_RECORDS):
        head = file.read(_HEAD)
        size = _size(head)
        if size is None or end + size > LARGEST_JOURNAL:
            return
        rest = file.read(size + 1)
        parts += _parts(rest)
        record = _record(head, rest) if parts <= MOST_IN_ALL else None
        if record is None:
            return
        end += _HEAD + size + 1
        yield record, end


def is_torn(file: IO[bytes]) -> bool:
    """Whether not even the first record of ``file`` is whole only because its writing was interrupted."""
    file.seek(0)
    head = file.read(_HEAD)
    size = _size(head)
    return len(head) < _HEAD or (size is not None and len(file.read(size + 1)) <= size)


def last(file: IO[bytes]) -> dict[str, Any] | None:
    """The last whole record of ``file``, found from its end; None when it is not near the end."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _NEAR_END))
    for each in reversed(file.read(_NEAR_END).split(b"\n")[:-1]):
        if _size(each[:_HEAD]) is not None and (record := _record(each[:_HEAD], each[_HEAD:] + b"\n")):
            return record
    return None


def _size(head: bytes) -> int | None:
    if len(head) != _HEAD or head[8:9] != b" " or head[17:] != b" ":
        return None
    try:
        size = int(head[:8], 16)
    except ValueError:
        return None
    return size if 0 < size <= LARGEST_RECORD else None


def _record(head: bytes, rest: bytes) -> dict[str, Any] | None:
    body = rest[:-1]
    if rest[-1:] != b"\n" or head != b"%08x %08x " % (len(body), zlib.crc32(body)) or _parts(body) > MOST_PARTS:
        return None
    if body.count(b",") > MOST_ITEMS:
        return None
    try:
        record = json.loads(body, object_hook=from_json)
    except (ValueError, RecursionError, Unfit):
        return None
    return record if isinstance(record, dict) else None


def _parts(body: bytes) -> int:
    return body.count(b"[") + body.count(b"{")
