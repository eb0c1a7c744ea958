"""One door to all formats."""

import importlib
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol, cast

from planner.export.handover import Handover
from planner.text.i18n import N_, _, listed

EXTRA = "documents"
"""The extra of the planner's package that holds the libraries of the office formats."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document: its name, what it is in words, how its files end, and which libraries it ``needs``.

    ``of_roadmap``: it shows nothing but the roadmap, and there is none without one. ``whole``: one of the set that
    ``all`` writes; the others are parts of those.
    """

    name: str
    title: str
    suffix: str
    module: str
    needs: tuple[tuple[str, str], ...] = ()
    of_roadmap: bool = False
    whole: bool = True

    @property
    def binary(self) -> bool:
        """Whether it is no text."""
        return self.suffix in ("pptx", "xlsx", "pdf")

    @property
    def missing(self) -> tuple[str, ...]:
        """The distributions of the libraries that are not installed."""
        return tuple(distribution for module, distribution in self.needs if find_spec(module) is None)


_ALL = (
    Format("pptx", N_("presentation for the steering committee"), "pptx", "slides", (("pptx", "python-pptx"),)),
    Format("xlsx", N_("workbook for the project office"), "xlsx", "workbook", (("xlsxwriter", "XlsxWriter"),)),
    Format("mspdi", N_("project file for scheduling tools (MSPDI)"), "xml", "mspdi", of_roadmap=True),
    Format("html", N_("page for the intranet"), "html", "page"),
    Format("pdf", N_("printable report"), "pdf", "printed", (("typst", "typst"),)),
    Format("svg", N_("the chart of the roadmap alone"), "svg", "chart_svg", of_roadmap=True),
    Format("ics", N_("dates for calendars"), "ics", "dates_ics", (("icalendar", "icalendar"),), of_roadmap=True),
    Format("md", N_("report in Markdown"), "md", "markdown"),
    Format("csv", N_("a table for any spreadsheet"), "csv", "table_csv"),
    Format("json", N_("the plan and what follows from it, for programs"), "json", "json_doc"),
    Format("mermaid", N_("Gantt chart for wikis (Mermaid)"), "mmd", "mermaid", of_roadmap=True),
    Format("mermaid-graph", N_("picture of dependencies for wikis (Mermaid)"), "graph.mmd", "mermaid_graph"),
    Format("assessment-md", N_("assessment in Markdown"), "assessment.md", "assessment_md", whole=False),
)

FORMATS: dict[str, Format] = {one.name: one for one in _ALL}
"""Every format by its name."""


class MissingLibrary(Exception):
    """A format cannot be written because libraries are not installed; ``advice`` says how to get them."""

    def __init__(self, format: Format) -> None:
        names = listed(format.missing or [distribution for _module, distribution in format.needs])
        super().__init__(_("{format} needs {names}, which is not installed").format(format=format.name, names=names))
        self.advice = _("install it: pip install 'itsm-planner[{extra}]'").format(extra=EXTRA)


class NoRoadmap(Exception):
    """A format shows nothing but a roadmap, and the plan has none."""


class BadTemplate(Exception):
    """The deck that was given as a template cannot be used; ``advice`` says what to do."""

    def __init__(self, wrong: str, advice: str = "") -> None:
        super().__init__(wrong)
        self.advice = advice


class Renderer(Protocol):
    """What the module of a format has."""

    def render(self, handover: Handover) -> str | bytes: ...


def render(handover: Handover, name: str) -> bytes:
    """The document in the format ``name``: the same hand-over always gives the same bytes.

    Raises KeyError for another format, MissingLibrary, NoRoadmap, BadTemplate.
    """
    format = FORMATS[name]
    if format.missing:
        raise MissingLibrary(format)
    if format.of_roadmap and handover.project.roadmap is None:
        raise NoRoadmap(name)
    handover.steps.at(_(format.title))
    try:
        module = cast(Renderer, importlib.import_module(f"planner.export.{format.module}"))
    except ImportError as error:
        if not format.needs:
            raise
        raise MissingLibrary(format) from error  # it is there, but not all that it needs itself
    made = module.render(handover)
    return made.encode() if isinstance(made, str) else made
