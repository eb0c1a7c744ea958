"""One page for the intranet: a single file that needs no network and reads as a whole without script."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.export.handover import Handover
from planner.export.page.style import style_of
from planner.export.page.view import DATA_ID, page_of
from planner.export.page.words import for_script, for_template
from planner.text.clean import clean
from planner.text.i18n import _, language

_FILES = Path(__file__).parent / "files"
_SCRIPTS = ("common.js", "timeline.js", "heat.js", "tables.js", "sections.js")
_TALL = 25
"""Rows from which a table has a window of its own on the screen, with its head always in sight."""

_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def render(handover: Handover) -> str:
    """The report as one HTML page. Its policy allows the script and the style inside, and nothing from outside."""
    report = handover.report
    handover.steps.at(_("page"))
    page = page_of(report, handover.theme)
    style = style_of(handover.theme, report.identity, page.axes)
    script = _script()
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            lang=_LANGUAGES[language()],
            words=for_template(),
            data_id=DATA_ID,
            tall=_TALL,
            data={"words": for_script(), "timelines": page.data},
            logo=_logo(handover.theme.logo),
            theme=handover.theme,
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 - of our own files and of numbers and colours; see style_of
            script=Markup(script),  # noqa: S704 - of our own files
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FILES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _cleaned(value: object) -> object:
    """What a template shows: texts without signs that steer or hide; what is markup already stays as it is."""
    return clean(value) if type(value) is str else value


@cache
def _script() -> str:
    parts = "\n".join((_FILES / name).read_text("utf-8") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy for a page that holds just this style and this script."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _logo(image: bytes | None) -> str:
    """``image``, a PNG or JPEG, as the address of itself; empty for none."""
    if not image:
        return ""
    kind = "png" if image.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"
