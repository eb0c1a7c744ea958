"""Looks for the six maxims: one mind, leaders take part, made to measure, measured, a fitting platform, improvement."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.checks.told import processes
from planner.model.calendar import months_after
from planner.model.capability import capability, process_of
from planner.text.i18n import _, listed


@looks("CHK07")
def not_aligned(view: View) -> Iterator[Hit]:
    """Design of processes that begins before the programme has told anybody why."""
    project, spans = view.project, view.facts.spans
    designs = [
        package for package in project.packages if package.capability and package.workstream in view.names("design")
    ]
    wanted = {*view.names("telling")}
    telling = [
        package
        for package in project.packages
        if not package.capability and wanted.intersection((package.id, *package.deliverables))
    ]
    if not designs:
        return
    if not telling:
        yield Hit(_("no work on awareness or a common vision is planned"))
        return
    placed = [package for package in designs if package.id in spans]
    told = min((spans[package.id].finish for package in telling if package.id in spans), default=None)
    if placed and told:
        first = min(placed, key=lambda package: spans[package.id].start)
        if spans[first.id].start <= told:
            message = _("{package} begins on {day}, before anybody was told why ({told})")
            yield Hit(message.format(package=first.id, day=spans[first.id].start, told=told), (first.id,))


@looks("CHK08")
def not_led(view: View) -> Iterator[Hit]:
    """Nobody who sponsors the project, or a steering group that meets too seldom."""
    if not view.project.engagement.sponsor:
        yield Hit(_("no sponsor is named"))
    weeks = view.project.governance.steering_weeks
    if weeks is not None and weeks > view.number("weeks"):
        yield Hit(_("the steering group meets every {n} weeks only").format(n=weeks))


@looks("CHK09")
def not_tailored(view: View) -> Iterator[Hit]:
    """Levels that rest on an old assessment, or processes to change that the assessment left out."""
    project = view.project
    answered = {sheet.process for sheet in project.answer_sheets if sheet.answers}
    days = [answer.day for sheet in project.answer_sheets for answer in sheet.answers if answer.day]
    assessed = project.engagement.assessed or max(days, default=None)
    months = int(view.number("months"))
    if assessed and months_after(assessed, months) < project.engagement.start:
        message = _("the assessment is of {day}, more than {months} months before the start")
        yield Hit(message.format(day=assessed, months=months))
    if not answered:
        return
    changed = dict.fromkeys(process_of(item) for item in project.capabilities)
    guessed = [
        process
        for process in project.processes
        if process.id in changed and process.id not in answered and not process.by_hand
    ]
    if guessed:
        message = _("the plan changes processes that were not assessed: {processes}")
        yield Hit(
            message.format(processes=listed(process.name for process in guessed)),
            tuple(process.id for process in guessed),
        )


@looks("CHK10")
def not_measured(view: View) -> Iterator[Hit]:
    """Processes that are to be measured but have too few indicators, and indicators without what makes them one."""
    least = int(view.number("indicators"))
    judged: dict[str, None] = {}
    for process in view.project.processes:
        if not process.in_scope or not process.moves or process.target_level < view.number("level"):
            continue
        mine = [one for one in view.project.indicators if process.id in one.processes]
        judged |= dict.fromkeys(one.id for one in mine)
        if len(mine) < least:
            message = _("{process} has {n} indicators, fewer than {least}")
            yield Hit(message.format(process=process.name, n=len(mine), least=least), (process.id,))
    open_ones = [
        one
        for one in view.project.indicators
        if one.id in judged and (not one.unit or one.baseline is None or one.target is None)
    ]
    if open_ones:
        message = _("these indicators have no unit, baseline or target: {names}")
        yield Hit(message.format(names=listed(one.name for one in open_ones)), tuple(one.id for one in open_ones))


@looks("CHK11")
def unfit_platform(view: View) -> Iterator[Hit]:
    """A tool that is bought before it is known what it must do, or that eats the budget of a small client."""
    project, spans = view.project, view.facts.spans
    bought = [name for name in view.names("purchase") if name in project.package_by_id]
    asked = [name for name in view.names("requirements") if name in project.package_by_id]
    if bought and not asked:
        message = _("{package} is planned, but nobody writes down what the tool must do")
        yield Hit(message.format(package=project.title(bought[0])), tuple(bought))
    for name in bought:
        early = [need for need in asked if view.facts.begins_before(name, need)]
        if early:
            message = _("{package} begins on {day}, before the requirements are known on {known}")
            yield Hit(
                message.format(package=project.title(name), day=spans[name].start, known=spans[early[0]].finish),
                (name, *early),
            )
    money = project.governance
    if project.engagement.size in view.names("sizes") and money.tool_cost and money.budget:
        share = money.tool_cost / money.budget
        if share > view.number("share"):
            message = _("the tool takes {share:.0%} of the budget, more than {most:.0%}")
            yield Hit(message.format(share=share, most=view.number("share")))


@looks("CHK12")
def no_improvement(view: View) -> Iterator[Hit]:
    """A roadmap after which nobody looks again, or that builds improvement only at the very end."""
    project, ends = view.project, view.facts.phase_ends
    if not ends:
        return
    looked = any(stone.kind in view.names("kinds") for stone in project.milestones)
    if not looked and not set(view.names("packages")) & set(project.package_by_id):
        yield Hit(_("no reassessment is planned at the end of a phase"))
    middle = [*ends][len(ends) // 2]
    level = int(view.number("level"))
    for ident in view.names("processes"):
        process, item = project.process_by_id.get(ident), capability(ident, level)
        stands = process is not None and process.level >= level
        if not stands and not (item in view.facts.go_lives and view.facts.go_lives[item] <= ends[middle]):
            message = _("{process} does not reach level {level} by the end of phase {phase}")
            phase = project.phase_by_id[middle].name
            yield Hit(message.format(process=processes(view, [ident]), level=level, phase=phase), (ident, middle))
