"""All keys on paper: the cheat sheet, and a file of settings to begin with; both made from the bindings themselves."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from planner.text.i18n import N_, _
from planner.tui import theme
from planner.tui.keynames import key_name
from planner.tui.keys import Bound, every
from planner.tui.settings import Settings

SECTIONS: Mapping[str, str] = {
    "app": N_("Everywhere"),
    "go": N_("Places of a plan"),
    "plan": N_("In a plan"),
    "list": N_("In lists"),
    "filter": N_("In a filter"),
    "plans": N_("List of plans"),
    "assessment": N_("Assessment"),
    "questions": N_("Questionnaire"),
    "checklists": N_("Checklists"),
    "work": N_("Work"),
    "columns": N_("Work: streams side by side"),
    "load": N_("Work: load of roles"),
    "entry": N_("Work: quick entry"),
    "left-out": N_("Work: left out"),
    "dependencies": N_("Dependencies"),
    "graph": N_("Dependencies: drawn"),
    "roadmap": N_("Roadmap"),
    "board": N_("Roadmap: phases side by side"),
    "moving": N_("Roadmap: moving"),
    "explanation": N_("Why something is where it is"),
    "replan": N_("Planning again"),
    "forecast": N_("Forecast"),
    "propose": N_("Propose"),
    "ways": N_("Other roadmaps nearly as good"),
    "preview": N_("Before a roadmap is adopted"),
    "moves": N_("Moves of a proposal"),
    "conflict": N_("No roadmap is possible"),
    "repairs": N_("Repairs"),
    "working": N_("While a search runs"),
    "checks": N_("Checks"),
    "finding": N_("A finding"),
    "review": N_("Review"),
    "organisation": N_("Organisation"),
    "topics": N_("Topics and their rows"),
    "export": N_("Export"),
    "import": N_("Import"),
    "history": N_("History of edits"),
    "differences": N_("What differs"),
    "dialog": N_("In dialogs"),
    "form": N_("In forms"),
    "choice": N_("In a choice of a form"),
    "pick": N_("In lists to search"),
    "steps": N_("In steps"),
    "ask": N_("Questions"),
    "notice": N_("Notices"),
    "text": N_("In texts"),
    "themes": N_("Themes"),
    "jump": N_("With labels"),
}
"""What is called how in the cheat sheet, by the first part of the ids, in the order of the sheet."""


def sections() -> Iterator[tuple[str, list[Bound]]]:
    """The first parts of the ids in the order of the sheet, each with its bindings."""
    order = {name: place for place, name in enumerate(SECTIONS)}
    bound = sorted(every(), key=lambda each: order[_part(each)])
    for part, group in groupby(bound, key=_part):
        yield part, list(group)


def _part(bound: Bound) -> str:
    return bound.id.partition(".")[0]


def title(part: str) -> str:
    """How a section is called."""
    return _(SECTIONS[part])


def keys_of(bound: Bound) -> str:
    """Its keys, as they are called on screen."""
    return ", ".join(key_name(key) for key in bound.binding.key.split(","))


def words_of(bound: Bound) -> str:
    """What the key does."""
    return _(bound.binding.tooltip or bound.binding.description)


def markdown() -> str:
    """The cheat sheet as a page."""
    lines = [
        "# Keys",
        "",
        "Made from the bindings by `python scripts/keys.py`; a test compares. By its id a settings file gives a",
        "binding other keys: [settings.md](settings.md). `ctrl+q` always quits, whatever the settings say.",
    ]
    for part, group in sections():
        lines += ["", f"## {title(part)}", "", "| key | what it does | id |", "|---|---|---|"]
        lines += [f"| {_cells(keys_of(each))} | {words_of(each)} | `{each.id}` |" for each in group]
    return "\n".join(lines) + "\n"


def _cells(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.replace("|", "\\|").split(", "))


def settings_file() -> str:
    """A file of settings that changes nothing: every line is a comment with what is so anyway."""
    usual = Settings()
    lines = [
        *(f"# {line}" for line in _intro()),
        "",
        *(f"# {name}: {_(words)}" for name, words in theme.WORDS.items()),
        f'# theme = "{usual.theme}"',
        *(f"# {_(words)}\n# {name} = {str(getattr(usual, name)).lower()}" for name, words in SWITCHES.items()),
        "",
        "[keys]",
    ]
    for part, group in sections():
        lines += ["", f"# {title(part)}"]
        lines += [f'# "{each.id}" = "{each.binding.key}"  # {words_of(each)}' for each in group]
    return "\n".join(lines) + "\n"


SWITCHES: Mapping[str, str] = {
    "low_bandwidth": N_("send as little as possible; without this line: over SSH"),
    "ascii": N_("draw with ASCII signs only"),
    "mouse": N_("clicks go to the planner; else the terminal selects text with the mouse"),
    "frugal": N_("send only the cells that changed"),
    "hints": N_("three hints below a short list of plans"),
}
"""What the settings that are on or off do."""


def _intro() -> tuple[str, ...]:
    return (
        _("Settings of the planner's screen. A line without # in front counts."),
        _("Keys are letters, digits, signs, f1 to f12, enter, space, ctrl+letter; several are separated by commas."),
    )
