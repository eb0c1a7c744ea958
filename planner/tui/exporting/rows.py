"""The rows of the Export dialog: what is chosen, the formats, and what goes in."""

from collections.abc import Iterator
from os.path import lexists

from planner.export.contents import Content
from planner.export.documents import lacks
from planner.export.formats import FORMATS, Format, MissingLibrary
from planner.model.project import Project
from planner.text.i18n import _, labelled, listed, ngettext
from planner.text.width import fit
from planner.tui.exporting.wish import Wish
from planner.tui.exporting.workshop import Answer
from planner.tui.topics.topic import mark
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Row

PARTS = "head:parts"
"""The key of the heading above what goes in."""

FORMAT, SETTING, PART = "format:", "set:", "part:"
"""What the keys of rows begin with."""

LABEL, TITLE = 12, 30
"""Cells of what stands before a setting, and of the title of a section."""

TONGUES = {"en": "English", "zh": "中文"}


def rows(wish: Wish, project: Project, answer: Answer | None, step: str) -> list[Row]:
    """Everything, from top to bottom; ``answer`` is None while it is being worked out, at ``step``."""
    return [
        *(_format(wish, project, format) for format in FORMATS.values()),
        Row("space:settings", banner=" "),
        *_settings(wish, answer),
        Row("space:parts", banner=" "),
        *_parts(wish, answer, step),
    ]


def why_not(format: Format, project: Project) -> tuple[str, str]:
    """Why a document in ``format`` cannot be made of ``project``, and how to mend that; both empty when it can."""
    wrong = lacks(format, project.roadmap is not None)
    if wrong is None:
        return "", ""
    if isinstance(wrong, MissingLibrary):
        return str(wrong), wrong.advice
    return _("the plan has no roadmap yet"), _("g proposes one")


def _settings(wish: Wish, answer: Answer | None) -> Iterator[Row]:
    reader = _("client: without what is internal") if wish.audience == "client" else _("internal: everything")
    known = answer.as_of if answer else ""
    day = str(wish.as_of) if wish.as_of else _("{day}, the last that the plan knows").format(day=known or "...")
    told = {
        "audience": (_("Reader"), reader),
        "language": (_("Language"), TONGUES[wish.language]),
        "as_of": (_("Day"), day),
        "theme": (_("Theme file"), wish.theme or _("the house's own")),
        "template": (_("Slides on"), wish.template or _("an empty page")),
        "folder": (_("Folder"), str(wish.folder)),
        "name": (_("File name"), wish.path("*").name),
        "table": (_("CSV holds"), _("every table, a file of each") if wish.table else _("the work packages")),
    }
    for name, (label, words) in told.items():
        yield Row(SETTING + name, banner=f"{fit(label, LABEL)} {words}")


def _format(wish: Wish, project: Project, format: Format) -> Row:
    words, (wrong, _advice) = _(format.title), why_not(format, project)
    if wrong:
        return Row(FORMAT + format.name, (f"[-] {format.name}", words, wrong), "dim")
    side = Piece(wish.path_of(format.name).name, "dim")
    return Row(FORMAT + format.name, (f"{mark(format.name in wish.formats)} {format.name}", words, side))


def _parts(wish: Wish, answer: Answer | None, step: str) -> Iterator[Row]:
    if answer is None:
        words = _("What goes in: {what}...").format(what=step or _("being worked out"))
        yield Row(PARTS, banner=words, style="head")
        return
    if answer.wrong:
        yield Row(PARTS, banner=_("What goes in"), style="head")
        for n, line in enumerate(answer.wrong):
            yield Row(f"wrong:{n}", banner=f"! {line}", style="warn")
        return
    count = ngettext("What goes in: {n} section", "What goes in: {n} sections", len(answer.contents))
    yield Row(PARTS, banner=count.format(n=len(answer.contents)), style="head")
    for part in answer.contents:
        yield Row(PART + part.id, banner=f"  {fit(part.title, TITLE)} {amount(part)}")
    if answer.left_out:
        yield Row("space:out", banner=" ")
        yield Row("head:out", banner=_("What stays out of a client's copy"), style="head")
        for n, kind in enumerate(answer.left_out):
            yield Row(f"out:{n}", banner=f"  {kind}")
    if answer.notes:
        yield Row("space:notes", banner=" ")
        yield Row("head:notes", banner=_("To be known"), style="head")
        for n, note in enumerate(answer.notes):
            yield Row(f"note:{n}", banner=f"  {note}")


def amount(part: Content) -> str:
    """How much stands in a section."""
    told = []
    if part.pictures:
        told.append(ngettext("{n} picture", "{n} pictures", part.pictures).format(n=part.pictures))
    if part.rows:
        told.append(ngettext("{n} row", "{n} rows", part.rows).format(n=part.rows))
    if part.figures:
        told.append(ngettext("{n} figure", "{n} figures", part.figures).format(n=part.figures))
    if part.statements:
        told.append(ngettext("{n} statement", "{n} statements", part.statements).format(n=part.statements))
    return listed(told)


def about(key: str, wish: Wish, project: Project, answer: Answer | None) -> str:
    """What is said below the list about the row ``key``."""
    kind, _colon, name = key.partition(":")
    if kind == "format":
        format = FORMATS[name]
        wrong, advice = why_not(format, project)
        if wrong:
            return labelled(format.name, f"{wrong}; {advice}")
        path = wish.path_of(name)
        words = _("{what}; replaces {file}") if lexists(path) else _("{what}; goes to {file}")
        return words.format(what=_(format.title), file=path.name)
    if kind == "set":
        return {
            "audience": _("Space turns it. A client's copy says on its last page what it goes without."),
            "language": _("Space turns it. The plan's own texts stay as they are."),
            "as_of": _("c: the day on every page."),
            "theme": _("c: a TOML file with colours, fonts, logo and sections (planner export --theme-example)."),
            "template": _("c: a presentation of your own that the slides are put on."),
            "folder": str(wish.folder),
            "name": _("c: what the names of the files begin with."),
            "table": _("Space turns it. planner import takes the work packages and the assessment in again."),
        }[name]
    if kind == "wrong" and answer:
        return answer.wrong[int(name)]
    return answer.notes[int(name)] if kind == "note" and answer else ""
