"""``planner show FILE --section people``: posts, service roles, owners, tracks with dates, certificates, costs."""

from collections.abc import Iterable, Iterator

from planner.assessment import certificates
from planner.assessment.service_roles import grid, owner_load, ownerless, total
from planner.cli.layout import facts, paragraph, table, titled
from planner.export.report.cells import rows_shown
from planner.export.report.measures import certificates_table
from planner.export.words import number, percent
from planner.graph.courses import Course, courses, days
from planner.model.capability import process_of
from planner.model.knowledge import Catalogue
from planner.model.known.people import Track
from planner.model.project import Project
from planner.model.terms import Terms, person, terms
from planner.text.i18n import _, labelled, language, listed, ngettext

NOTHING = "-"


def blocks(project: Project, catalogue: Catalogue) -> Iterable[str]:
    """The parts of the section, each a block of lines."""
    yield _posts(project)
    yield _service_roles(project, catalogue)
    yield _owners(project)
    found = courses(project, catalogue)
    used = dict.fromkeys(course.terms.track.id for course in found)
    used.update(dict.fromkeys(certificate.track for certificate in project.certificates))
    for ident in used:
        known = terms(project, catalogue, ident)
        if known:
            yield _track(known)
    yield from (_course(project, course) for course in found)
    yield _certificates(project, catalogue)
    yield _costs(project, catalogue)
    yield _notes(project, catalogue)
    yield _other_tracks([track for track in catalogue.tracks if track.id not in used])


def _posts(project: Project) -> str:
    if not project.posts:
        return titled(_("Posts"), paragraph(_("The plan names no posts yet."), indent=2))
    departments = {"": "", "business": _("business"), "it": _("IT")}
    rows = [
        [
            post.id,
            post.name,
            post.holder,
            departments[post.department],
            listed(project.role_by_id[role].name for role in post.roles),
        ]
        for post in project.posts
    ]
    head = [_("ID"), _("Post"), _("Holder"), _("Department"), _("Roles in the plan")]
    return titled(_("Posts"), table(head, rows, indent=2))


def _service_roles(project: Project, catalogue: Catalogue) -> str:
    rows = grid(project, catalogue)
    if not rows:
        return ""
    names = {attribute.id: attribute.name.in_(language()) for attribute in catalogue.role_attributes}
    together = total(rows)
    cells = []
    for row in rows:
        score, exists = f"{row.score}/{row.most}", listed(names[attribute] for attribute in row.has)
        cells.append([row.name, row.line, _post_name(project, row.post), score, exists])
    cells.append([_("Together"), "", "", f"{together.score}/{together.most}", percent(together.share)])
    head = [_("Service role"), _("Line"), _("Post"), _("Score"), _("What exists")]
    sources = dict.fromkeys(role.source for role in catalogue.service_roles)
    return titled(
        _("Service roles"), table(head, cells, right="<<<><", indent=2), paragraph(_source(*sources), indent=2)
    )


def _owners(project: Project) -> str:
    worked = {process_of(item) for item in project.capabilities}
    rows = [
        [
            process.name,
            _post_name(project, process.owner),
            _post_name(project, process.manager),
            listed(labelled(role, _post_name(project, post)) for role, post in process.posts.items()),
        ]
        for process in project.processes
        if process.owner or process.manager or process.posts or process.id in worked
    ]
    if not rows:
        return ""
    lines = [table([_("Process"), _("Owner"), _("Manager"), _("Roles in it")], rows, indent=2)]
    if without := ownerless(project):
        text = ngettext("{n} process of the plan has no owner", "{n} processes of the plan have no owner", len(without))
        lines.append(paragraph(text.format(n=len(without)), indent=2))
    for load in owner_load(project):
        text = ngettext(
            "{owner}: at most {n} capability in change at once ({start} .. {finish}: {items})",
            "{owner}: at most {n} capabilities in change at once ({start} .. {finish}: {items})",
            len(load.capabilities),
        ).format(
            owner=_post_name(project, load.post),
            n=len(load.capabilities),
            start=load.start,
            finish=load.finish,
            items=listed(project.title(item) for item in load.capabilities),
        )
        lines.append(paragraph(text, indent=2))
    return titled(_("Owners of processes"), *lines)


def _track(known: Terms) -> str:
    """What the catalogue and the client say about a track."""
    track = known.track
    lead = _("{months} months before the end").format(months=known.lead_months) if known.lead_months else ""
    about = facts(
        [
            (_("Levels"), _("; ").join(_levels(known))),
            (_("Steps"), _("; ").join(_steps(track))),
            (_("Pass mark"), f"{number(track.pass_mark)} %" if track.pass_mark else ""),
            (_("Resits"), _("{n}, then the steps marked * again").format(n=track.resits)),
            (_("Cohort"), _("at most {n}").format(n=track.cohort) if track.cohort else ""),
            (_("Intake"), _intake(track)),
            (_("Valid"), _("{n} years").format(n=known.valid_years) if known.valid_years else _undecided()),
            (_("Renewal"), lead or _undecided()),
            (_("Side entry"), track.side_entry.in_(language()) if track.side_entry else ""),
            (_("Source"), track.source),
        ],
        indent=2,
    )
    entry = [paragraph(words.in_(language()), indent=4, bullet="- ") for words in track.entry]
    rules = [paragraph(words.in_(language()), indent=4, bullet="- ") for words in track.rules]
    return titled(
        labelled(_("Track"), track.name.in_(language())),
        about,
        *([f"  {_('Who may enter')}", *entry] if entry else []),
        *([f"  {_('Rules')}", *rules] if rules else []),
    )


def _levels(known: Terms) -> Iterator[str]:
    track = known.track
    for level in track.levels:
        payer = level.payer.in_(language()) if level.payer else NOTHING
        price = known.price(level)
        cost = _("{cost} {currency} a person").format(cost=number(price), currency=track.currency)
        yield _("{level} ({cost}; the company pays {share}; usual: {payer})").format(
            level=level.name.in_(language()),
            cost=cost if price else _("cost not set"),
            share=percent(known.paid_share(level)),
            payer=payer,
        )


def _steps(track: Track) -> Iterator[str]:
    for step in track.steps:
        last = step.week + step.weeks - 1
        weeks = f"{step.week}" if last == step.week else f"{step.week}-{last}"
        text = _("week {weeks} {name}").format(weeks=weeks, name=step.name.in_(language()))
        marks = f" {number(step.weight)} %" if step.weight else ""
        yield f"{text}{marks}{' *' if step.repeats else ''}"


def _intake(track: Track) -> str:
    if not track.intake_months:
        return _("any month")
    return _("in the months {months}").format(months=listed(map(str, track.intake_months)))


def _undecided() -> str:
    return _("not decided yet: a setting of the plan")


def _course(project: Project, course: Course) -> str:
    """Somebody's way: every step with its days, placed or as early as can be."""
    enrolment = course.enrolment
    spans = days(project, course)
    rows = []
    for step in course.steps:
        span = spans.get(step.id)
        if span is None:
            continue
        package = project.package_by_id[step.id]
        name = step.known.name.in_(language())
        if step.time > 1:
            again = _("{step} (resit, attempt {n})") if step.resit else _("{step} (time {n})")
            name = again.format(step=name, n=step.time)
        notes = [_("at the earliest")] if not span.placed else []
        notes += [_("changed by hand")] if package.source == "own" else []
        cost = number(package.cost) if package.cost else ""
        rows.append([name, f"{span.start}", f"{span.finish}", listed(notes), number(package.person_days), cost])
    title = _("{holder}: {track}, {level}").format(
        holder=person(project, enrolment.holder),
        track=course.terms.track.name.in_(language()),
        level=course.level.name.in_(language()),
    )
    pin = project.pin_by_item.get(course.steps[0].id)
    lines = [
        paragraph(
            _("{id}; begins {day} ({reason})").format(
                id=enrolment.id, day=course.begin, reason=pin.reason if pin else NOTHING
            ),
            indent=2,
        )
    ]
    if enrolment.resits:
        failed = ngettext("exam failed {n} time", "exam failed {n} times", enrolment.resits)
        lines.append(paragraph(failed.format(n=enrolment.resits), indent=2))
    head = [_("Step"), _("From"), _("To"), "", _("Person-days"), _("Cost")]
    return titled(paragraph(title), *lines, table(head, rows, right="<<<<>>", indent=2))


def _certificates(project: Project, catalogue: Catalogue) -> str:
    found = certificates_table(project, catalogue)
    if found is None:
        return ""
    head = [column.title for column in found.columns]
    rows = ([cell or NOTHING for cell in row] for row in rows_shown(found))
    return titled(found.title, table(head, rows, indent=2))


def _costs(project: Project, catalogue: Catalogue) -> str:
    names = {track.id: track.name.in_(language()) for track in catalogue.tracks}
    rows = [
        [str(spent.year), names[spent.track], number(spent.cost), spent.currency]
        for spent in certificates.budget(project, catalogue)
    ]
    if not rows:
        return ""
    head = [_("Year"), _("Track"), _("Cost"), _("Currency")]
    return titled(_("Certificates: what the company pays"), table(head, rows, right="<<><", indent=2))


def _notes(project: Project, catalogue: Catalogue) -> str:
    """What does not fit or is not decided."""
    words = {"valid_years": _("how long a certificate is valid"), "renewal_lead_months": _("how early to renew")}
    names = {track.id: track.name.in_(language()) for track in catalogue.tracks}
    lines = [
        _("{name!r} ({item}) is not in the catalogue: {advice}").format(name=one.name, item=one.item, advice=one.advice)
        for one in certificates.unknown(project, catalogue)
    ]
    lines += [
        _("{track}: not decided yet: {settings}").format(
            track=names[one.track], settings=listed(words[setting] for setting in one.settings)
        )
        for one in certificates.undecided(project, catalogue)
    ]
    lines += [
        _("{item}: ends on {day} and nothing in the plan renews it").format(item=one.item, day=one.expires)
        for one in certificates.expiring(project, catalogue)
    ]
    lines += [
        _("{item}: begins on {day}, when there is no intake; the next is open from {intake}").format(
            item=one.enrolment, day=one.start, intake=one.intake
        )
        for one in certificates.missed(project, catalogue)
    ]
    if not lines:
        return ""
    return titled(_("To decide or to mend"), *(paragraph(line, indent=2, bullet="- ") for line in lines))


def _other_tracks(tracks: list[Track]) -> str:
    if not tracks:
        return ""
    rows = []
    for track in tracks:
        spent = _("{n} days of work").format(n=number(sum(step.days for step in track.steps if not step.side)))
        rows.append([track.id, track.name.in_(language()), spent, track.source])
    head = [_("ID"), _("Track"), _("Of the person"), _("Source")]
    return titled(_("Tracks of the catalogue that nobody is on"), table(head, rows, indent=2))


def _post_name(project: Project, post_id: str) -> str:
    post = next((post for post in project.posts if post.id == post_id), None)
    if post is None:
        return NOTHING
    return f"{post.name} ({post.holder})" if post.holder else post.name


def _source(*sources: str) -> str:
    return labelled(_("Source"), listed(sources))
