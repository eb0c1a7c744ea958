"""What people call processes, roles and work packages: each by its id, or by a name in either language."""

import re
from collections.abc import Iterable, Iterator

from planner.edit.vocabulary import given
from planner.intake.headings import STREAMS, both, plain
from planner.intake.values import Misread, level
from planner.model.capability import capability, split
from planner.model.knowledge import Catalogue
from planner.model.problem import nearest
from planner.model.project import Project
from planner.model.values import WORKSTREAMS, Workstream
from planner.text.clean import folded, one_line
from planner.text.i18n import N_, _, listed

_AT_LEVEL = re.compile(r"(.+?)[\s@_-]*(?:level|lvl|l|等级|第)?\s*([1-5])\s*级?", re.IGNORECASE)


class Names:
    """Names of one kind of thing: each may stand for several ids, and then is not taken.

    ``named`` gives each id with its names, tier by tier: a name of an earlier tier goes before the same of a later one.
    The first of all is the one that the plan has.
    """

    def __init__(self, kind: str, named: Iterable[tuple[str, Iterable[Iterable[str]]]]) -> None:
        self.kind = kind
        self._shown: list[str] = []
        self._tiers: list[dict[str, set[str]]] = [{}]
        for ident, tiers in named:
            self._tiers[0][_plain(ident)] = {ident}
            for number, names in enumerate(tiers, 1):
                if number == len(self._tiers):
                    self._tiers.append({})
                for name in names:
                    self._tiers[number].setdefault(_plain(name), set()).add(ident)
                    if number == 1:
                        self._shown.append(name)

    def found(self, word: str) -> list[str]:
        """The ids that ``word`` may mean: that of this id, else those of this name in the first tier that has it."""
        wanted = _plain(word)
        return next((sorted(known[wanted]) for known in self._tiers if wanted in known), [])

    def one(self, word: str) -> str:
        """The id that ``word`` means. Raises Misread for none, and for several."""
        ids = self.found(word)
        if len(ids) == 1:
            return ids[0]
        if ids:
            wrong = _("{name!r} may be several: {ids}").format(name=_short(word), ids=listed(ids[:4]))
            raise Misread(wrong, _("write the id"))
        wrong = _("unknown {kind} {name!r}").format(kind=_(self.kind), name=_short(word))
        raise Misread(wrong, nearest(one_line(word), self._shown))


def _plain(word: str) -> str:
    return " ".join(folded(word).split())


def _short(word: str) -> str:
    text = one_line(word)
    return text if len(text) <= 60 else text[:60] + "..."


def processes(project: Project, catalogue: Catalogue) -> Names:
    """The processes of ``project`` by their names in it, and by every name that the catalogue knows."""

    def named() -> Iterator[tuple[str, list[list[str]]]]:
        for process in project.processes:
            known = catalogue.process_by_id.get(process.id)
            tiers = [[process.name]]
            if known:
                tiers.append([known.name.en, known.name.zh, known.full_name.en, known.full_name.zh])
                tiers.append([*given(known), *(name for words in known.aliases for name in (words.en, words.zh))])
            yield process.id, tiers

    return Names(N_("process"), named())


def roles(project: Project, catalogue: Catalogue) -> Names:
    """The roles of ``project``, also by a post that has only one role, and by who is on that post."""
    posts: dict[str, list[str]] = {}
    for post in project.posts:
        if len(post.roles) == 1:
            posts.setdefault(post.roles[0], []).extend(filter(None, (post.name, post.id, post.holder)))
    usual = {role.id: [role.name.en, role.name.zh] for role in catalogue.roles}
    named = ((role.id, [[role.name], posts.get(role.id, []), usual.get(role.id, [])]) for role in project.roles)
    return Names(N_("role"), named)


def phases(project: Project) -> Names:
    """The phases of ``project``."""
    return Names(N_("phase"), ((phase.id, [[phase.name]]) for phase in project.phases))


def workstream(word: str) -> Workstream:
    """The workstream that ``word`` means, in either language. Raises Misread."""
    wanted = plain(word)
    for stream in WORKSTREAMS:
        if wanted in {plain(one) for one in (*both(stream), *STREAMS[stream].split("|"))}:
            return stream
    wrong = _("{value!r} is no workstream").format(value=_short(word))
    raise Misread(wrong, _("use one of: {names}").format(names=listed(_(stream) for stream in WORKSTREAMS)))


def at_level(word: str, known: Names) -> tuple[str, int]:
    """Process and level of a text such as ``incident@2`` or ``Incident management 2``; level 0 where it has none.

    Raises Misread where no process is meant.
    """
    if (parts := split(word.strip())) and known.found(parts[0]):
        return known.one(parts[0]), parts[1]
    found = _AT_LEVEL.fullmatch(word.strip()) if len(word) <= 200 and not known.found(word) else None
    if found and known.found(found[1]):
        return known.one(found[1]), level(found[2])
    return known.one(word), 0


def capability_of(word: str, known: Names) -> str:
    """The capability that ``word`` names. Raises Misread, also where it has no level."""
    process, number = at_level(word, known)
    if not number:
        raise Misread(_("{value!r} names no level").format(value=_short(word)), _("write it such as incident@2"))
    return capability(process, number)
