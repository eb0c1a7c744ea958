"""What is wrong with a plan, and the words that help to put it right."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

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
    choices, like = _choices(frozenset(valid))
    near = _closest(word, like)
    if near:
        return _("did you mean {name!r}?").format(name=near)
    if not choices:
        return _("there is none yet")
    if len(choices) <= 8:
        return _("use one of: {names}").format(names=listed(choices))
    return _("use one that exists, such as {names}").format(names=listed(choices[:3]))


LONGEST_WORD = 60
"""Characters of the longest word that another one is looked for like: the search takes time by their square ..."""

MOST_LIKE = 40
"""... and words of a long list that are compared in full: those that have most pairs of letters in common."""


def closest(word: str, valid: Iterable[str]) -> str:
    """The valid word that ``word`` is most like, or ``""`` when it is like none."""
    return _closest(word, _like(valid))


@lru_cache(maxsize=8)
def _choices(valid: frozenset[str]) -> tuple[list[str], dict[str, str]]:
    """The words that are named, in order, and as :func:`_like` gives them: asked for again with every problem.

    An id that cannot be printed stands for one that ``planner.store`` could not read, and is named to nobody.
    """
    choices = sorted(name for name in valid if name and name.isprintable())
    return choices, _like(choices)


def _like(valid: Iterable[str]) -> dict[str, str]:
    """The words that another may be like, by how they are compared."""
    return {_plain(name): name for name in valid if len(name) <= LONGEST_WORD}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _closest(word: str, like: dict[str, str]) -> str:
    import difflib

    if len(word) > LONGEST_WORD:
        return ""
    wanted = _plain(word)
    choices: Iterable[str] = like
    if len(like) > MOST_LIKE:
        import heapq

        pairs = _pairs(wanted)
        choices = heapq.nlargest(MOST_LIKE, like, key=lambda name: len(pairs & _pairs(name)))
    return next((like[name] for name in difflib.get_close_matches(wanted, choices, n=1, cutoff=0.6)), "")


@lru_cache(maxsize=20_000)
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[index : index + 2] for index in range(len(word) - 1))
