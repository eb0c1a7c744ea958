"""What the views of Assessment show: rows of the matrix, of the ranked gaps and of the profile, and why in words."""

from collections.abc import Mapping, Sequence

from planner.assessment.progress import Answering
from planner.assessment.ranking import Ranked
from planner.assessment.scoring import ProcessScore, Standing
from planner.graph.closure import Need, levels_required
from planner.graph.naming import dimension_title
from planner.model.capability import capability, process_of
from planner.model.project import ProcessScope, Project
from planner.text.i18n import N_, _, labelled, listed, ngettext
from planner.tui.areas.assessment.matrix import BAR, MatrixRow, bar, heat
from planner.tui.areas.assessment.profile import ProfileRow
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Column, Row

RANK_COLUMNS = (
    Column("#", 3, align=">"),
    Column(N_("Process"), 18, share=1),
    Column(N_("Levels"), 7),
    Column(N_("Gap"), 6),
    Column(N_("Imp"), 3, align=">"),
    Column(N_("Pains"), 5, align=">", wide=70),
    Column(N_("Urgent"), 6, align=">"),
    Column(N_("Waiting"), 7, align=">", wide=70),
    Column(N_("Days"), 7, align=">"),
)


def mean(levels: Sequence[int]) -> float:
    """The mean of ``levels``; 0 when there are none."""
    return sum(levels) / len(levels) if levels else 0.0


def matrix_rows(project: Project, needs: Mapping[str, Need], answering: Mapping[str, Answering]) -> list[MatrixRow]:
    """The processes of a plan as the matrix shows them; ``needs`` is the closure of its targets."""
    required = levels_required(needs)
    packages: dict[str, int] = {}
    for item in project.capabilities:
        packages[process_of(item)] = packages.get(process_of(item), 0) + len(project.packages_of[item])
    return [
        _row(project, process, required.get(process.id, 0), needs, packages.get(process.id, 0), answering)
        for process in project.processes
    ]


def _row(
    project: Project,
    process: ProcessScope,
    required: int,
    needs: Mapping[str, Need],
    packages: int,
    answering: Mapping[str, Answering],
) -> MatrixRow:
    levels = [(process.baseline[d], process.target[d]) for d in project.dimension_ids]
    levels.append((process.level, process.target_level))
    parts = []
    own = process.target_level if process.in_scope else process.level  # targets sleep out of scope
    need = needs.get(capability(process.id, required)) if required > own else None
    pulled = need is not None and need.pulled
    if need is not None and pulled:
        parts.append(_("for {item}").format(item=project.title(need.pulled_by)))
    if packages:
        parts.append(ngettext("{n} package", "{n} packages", packages).format(n=packages))
    said = answering.get(process.id, Answering(0, 0))
    places = {dimension: n for n, dimension in enumerate(project.dimension_ids)}
    return MatrixRow(
        process=process.id,
        name=process.name,
        levels=tuple(levels),
        importance=process.importance,
        note=listed(parts),
        pulled=required if pulled else 0,
        in_scope=process.in_scope,
        disputed=frozenset(places[dimension] for dimension, _times in said.differing),
        answered=said.answered,
        asked=said.asked,
    )


def rank_rows(project: Project, found: Sequence[Ranked]) -> list[Row]:
    """The ranked gaps; where only something else asks for it, what does."""
    return [_rank_row(project, place, one) for place, one in enumerate(found, 1)]


def _rank_row(project: Project, place: int, one: Ranked) -> Row:
    process = project.process_by_id[one.process]
    waiting, days = str(len(one.waiting) or ""), f"{one.days:.1f}"
    if one.priority is None:
        name = _("{name}, needed for {item}").format(name=process.name, item=project.title(one.pulled_by))
        return Row(one.process, ("-", name, f"{process.level} ^", "", "", "", "", waiting, days), "dim")
    gap = one.priority.gap
    cells = (
        str(place),
        process.name,
        f"{process.level} > {process.target_level}",
        Piece(f"{gap} {heat(gap) * gap}", "bad" if gap > 1 else "warn"),
        str(process.importance),
        str(len(one.priority.pains) or ""),
        f"{one.value:.1f}",
        waiting,
        days,
    )
    return Row(one.process, cells)


def profile_rows(project: Project) -> list[ProfileRow]:
    """The organisation, each dimension over all processes in scope, and each of these with its axis."""
    scope = [process for process in project.processes if process.in_scope]
    rows = [
        ProfileRow("", _("The organisation"), mean([p.level for p in scope]), mean([p.target_level for p in scope])),
        *(
            ProfileRow(
                "",
                dimension_title(project, dimension),
                mean([process.baseline[dimension] for process in scope]),
                mean([process.target[dimension] for process in scope]),
            )
            for dimension in project.dimension_ids
        ),
    ]
    return rows + [ProfileRow(p.id, p.name, p.level, p.target_level, n) for n, p in enumerate(scope, 1)]


# In words


def why_level(project: Project, process_id: str, needs: Mapping[str, Need]) -> str:
    """Where a process is to go and what asks for it, in a line; ``needs`` is the closure of the plan's targets."""
    process = project.process_by_id[process_id]
    for need in reversed([*needs.values()]):
        if process_of(need.item) == process_id and need.pulled:
            words = _("{item} is needed by {by}. {reason}")
            return words.format(item=project.title(need.item), by=project.title(need.pulled_by), reason=need.reason)
    if not process.in_scope:
        return _("{name} is out of scope. {reason}").format(name=process.name, reason=process.reason)
    if process.moves and process.level == process.target_level:
        rising = listed(
            dimension_title(project, d).lower() for d in process.baseline if process.target[d] > process.baseline[d]
        )
        words = _("{name} rises in {dimensions}; the process as a whole stays at level {now}. {reason}")
        return words.format(name=process.name, dimensions=rising, now=process.level, reason=process.reason)
    if process.moves:
        words = _("{name} is to rise from level {now} to {goal}. {reason}")
        return words.format(name=process.name, now=process.level, goal=process.target_level, reason=process.reason)
    return _("{name} stays at level {now}. {reason}").format(
        name=process.name, now=process.level, reason=process.reason
    )


def how_answered(said: Answering | None) -> str:
    """How far the questionnaire of a process is answered; empty where there is none."""
    if said is None or not said.asked:
        return ""
    words = _("{n} of {all} criteria answered {bar}").format(
        n=said.answered, all=said.asked, bar=bar(said.answered, said.asked, BAR)
    )
    if n := said.disputed:
        differ = ngettext("assessors differ on {n} criterion", "assessors differ on {n} criteria", n).format(n=n)
        return listed([words, differ])
    return words


def why_ranked(project: Project, one: Ranked) -> str:
    """Why a process has its place among the gaps, in a line or two."""
    process = project.process_by_id[one.process]
    parts = []
    if one.priority:
        gap = one.priority.gap
        climb = ngettext("{n} level to climb", "{n} levels to climb", gap).format(n=gap)
        product = [climb, _("importance {n}").format(n=process.importance)]
        if one.priority.pains:
            pains = {pain.id: pain.name for pain in project.pains}
            names = listed(pains[pain] for pain in one.priority.pains)
            product.append(_("{factor:g} for pains ({names})").format(factor=one.priority.pain_factor, names=names))
        parts.append(_("{factors} = {value:.1f}").format(factors=" x ".join(product), value=one.value))
    else:
        parts.append(_("no target of its own, needed by {item}").format(item=project.title(one.pulled_by)))
    if one.waiting:
        names = listed(project.process_by_id[other].name for other in one.waiting)
        parts.append(_("waited for by {names}").format(names=names))
    parts.append(_("{days:.1f} person-days").format(days=one.days))
    return labelled(process.name, _("; ").join(parts))


def explained(project: Project, score: ProcessScore, one: Ranked | None, needs: Mapping[str, Need]) -> list[Piece]:
    """Why a process stands where it does and why it is to rise, dimension by dimension and need by need."""
    process = project.process_by_id[score.process]
    lines = [Piece(why_level(project, process.id, needs)), Piece("")]
    for standing in score.dimensions:
        words = _("{dimension}: now {now}, target {goal}; {basis}")
        lines.append(
            Piece(
                words.format(
                    dimension=dimension_title(project, standing.dimension),
                    now=standing.plan,
                    goal=process.target[standing.dimension],
                    basis=_basis(standing),
                )
            )
        )
    asked_for = [
        _("{item} is needed by {by}. {reason}").format(
            item=project.title(need.item), by=project.title(need.pulled_by), reason=need.reason
        )
        for need in needs.values()
        if process_of(need.item) == process.id and need.pulled
    ]
    if asked_for:
        lines += [Piece(""), Piece(_("What needs it"), "head"), *map(Piece, asked_for)]
    if one:
        lines += [Piece(""), Piece(_("Its place among the gaps"), "head"), Piece(why_ranked(project, one))]
    return lines


def _basis(standing: Standing) -> str:
    """What a level rests on."""
    if standing.basis == "by hand":
        return _("set by hand because: {reason}").format(reason=standing.reason)
    if standing.basis == "given":
        return _("as the plan began, nothing is answered")
    if standing.lowest == standing.highest:
        return _("by the answers")
    words = _("by the answers, between {low} and {high} while {n} are open")
    return words.format(low=standing.lowest, high=standing.highest, n=standing.open)
