"""What is wrong with a plan, and the words that help to put it right."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.text.i18n import _, listed

Path = tuple[str | int, ...]
Known = Collection[str] | None
"""The ids of the processes that the catalogue has; None: do not judge which process it is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be: where (keys and indices from the top of the plan), what, and what to do.

    The messages of the rules are whole sentences; those of ``planner.model.decode`` follow the name of the value.
    """

    path: Path
    message: str
    advice: str = ""


def nearest(word: str, valid: Iterable[str]) -> str:
    """Advice that names the valid word most like ``word``, or the valid ones when none is near."""
    # An id that cannot be printed stands for one that ``planner.store`` could not read: no advice.
    choices = sorted({name for name in valid if name and name.isprintable()})
    near = closest(word, choices)
    if near:
        return _("did you mean {name!r}?").format(name=near)
    if not choices:
        return _("there is none yet")
    if len(choices) <= 8:
        return _("use one of: {names}").format(names=listed(choices))
    return _("use one that exists, such as {names}").format(names=listed(choices[:3]))


def closest(word: str, valid: Iterable[str]) -> str:
    """The valid word that ``word`` is most like, or ``""`` when it is like none."""
    import difflib

    def plain(name: str) -> str:
        return name.lower().replace("_", "-")

    like = {plain(name): name for name in valid}
    return next((like[name] for name in difflib.get_close_matches(plain(word), like, n=1, cutoff=0.6)), "")
