"""Keep the translations in step with the code.

    uv run python scripts/translations.py          # take in new strings, then compile
    uv run python scripts/translations.py --check  # say what is missing or stale, change nothing

Strings are found in ``planner/``; ``planner/locale/LANG/LC_MESSAGES/planner.po`` is edited by hand and compiled
to the ``.mo`` beside it, which is kept in the repository so that nothing has to be built to run the planner.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PLANNER = Path(__file__).parent.parent / "planner"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
NEEDLESS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Project-Id-Version",
    "Language-Team",
)
"""Headers that say nothing, or differ from one run or one Babel to the next."""


def extracted() -> Catalog:
    """Every string that ``planner/`` marks for translation."""
    catalog = Catalog(project="itsm-planner", charset="utf-8", creation_date=None)
    found = extract_from_dir(PLANNER, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("L10N:",))
    for file, _line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalog.add(message, None, [(f"planner/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def po_file(language: str) -> Path:
    return PLANNER / "locale" / language / "LC_MESSAGES" / "planner.po"


def updated(language: str) -> Catalog:
    """The translations of ``language``, with new strings added empty and unused ones dropped."""
    path = po_file(language)
    catalog = Catalog(
        locale=language,
        project="itsm-planner",
        header_comment="# Translations of the planner's interface; edited by hand, see scripts/translations.py.",
        fuzzy=False,
    )
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def po_text(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(
        buffer, catalog, omit_header=False, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    needless = tuple(f'"{name}'.encode() for name in NEEDLESS)
    return b"".join(line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(needless))


class Messages(list[Message]):
    """As much of a catalog as ``write_mo`` looks at."""

    charset = "utf-8"


def mo_bytes(catalog: Catalog) -> bytes:
    messages = Messages(catalog)
    header = str(messages[0].string).splitlines(keepends=True)
    messages[0].string = "".join(line for line in header if not line.startswith(NEEDLESS))
    buffer = io.BytesIO()
    write_mo(buffer, messages)  # type: ignore[arg-type]
    return buffer.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Strings without a translation."""

    def empty(message: object) -> bool:
        text = message.string  # type: ignore[attr-defined]
        return not (all(text) if isinstance(text, (tuple, list)) else text)

    return [str(message.id) for message in catalog if message.id and empty(message)]


def main() -> None:
    check = "--check" in sys.argv[1:]
    stale = False
    for language in ("zh",):
        catalog = updated(language)
        for message in missing(catalog):
            print(f"{language}: no translation of {message!r}")
            stale = True
        path = po_file(language)
        wanted = {
            path: po_text(catalog),
            path.with_suffix(".mo"): mo_bytes(read_po(io.BytesIO(po_text(catalog)), language)),
        }
        for target, content in wanted.items():
            if target.exists() and target.read_bytes() == content:
                continue
            stale = True
            print(f"{target.relative_to(PLANNER.parent)} is {'stale' if check else 'written'}")
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    sys.exit(1 if check and stale else 0)


if __name__ == "__main__":
    main()
