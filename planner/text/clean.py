"""The one room where text of unknown origin is made harmless for a terminal."""

import re
import unicodedata

# C0 but tab and newline, DEL, C1, line and paragraph separators, bidi controls, zero-width and other
# invisible format characters, lone surrogates. ZWJ/ZWNJ are included: no name in a plan needs them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """``text`` without characters that steer a terminal or hide: each becomes U+FFFD; CRLF becomes LF.

    Text that needs no cleaning comes back as the same object.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    return _UNSAFE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """:func:`clean` text on one line: every run of white space is one space."""
    return " ".join(clean(text).split())


def plain_id(text: str) -> str:
    """An id made of ``text``: lower-case ASCII letters, digits and single hyphens (``""`` when none is left)."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


def folded(text: str) -> str:
    """``text`` as it is compared with what a person types: without case, full-width signs as the usual ones."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
