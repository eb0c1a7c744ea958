"""The presentation of one's own that slides are put on, out of its file."""

from pathlib import Path

from planner.export.formats import BadTemplate
from planner.text.clean import one_line
from planner.text.file import contents
from planner.text.i18n import _

LARGEST = 100_000_000
"""Bytes of the largest presentation that is taken."""


def load_template(path: Path) -> bytes:
    """What the file ``path`` holds. Raises BadTemplate where it cannot be read, and where it is too large."""
    shown = one_line(str(path))
    try:
        data = contents(path, LARGEST + 1)
    except OSError as error:
        raise BadTemplate(f"{shown}: {error.strerror or error}", _("name a presentation (.pptx)")) from None
    if len(data) > LARGEST:
        wrong = _("{file} has more than {n} MB").format(file=shown, n=LARGEST // 1_000_000)
        raise BadTemplate(wrong, _("name a smaller presentation"))
    return data
