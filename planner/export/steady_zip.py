"""Office documents are zip files that hold the time of their making; here it is taken out of them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIXED = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the earliest that a zip file can hold."""


def steady(data: bytes) -> bytes:
    """The zip file ``data`` with the same entries in the same order, all of the same fixed time and rights."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, FIXED)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return made.getvalue()
