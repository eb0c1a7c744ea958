"""What must hold among the people of a plan: posts and what they stand for, tracks, certificates."""

from collections.abc import Callable, Iterator

from planner.model.problem import Known, Path, Problem, nearest
from planner.model.project import Project
from planner.text.i18n import _


def _posts(project: Project, known: Known) -> Iterator[Problem]:
    """Whatever names a post names one of the plan; a post names roles of the plan."""
    posts = {post.id for post in project.posts}
    named: list[tuple[Path, str]] = []
    for index, process in enumerate(project.processes):
        where: Path = ("processes", index)
        named += [((*where, "owner"), process.owner), ((*where, "manager"), process.manager)]
        named += [((*where, "posts", role), post) for role, post in process.posts.items()]
    named += [(("service_roles", index, "post"), role.post) for index, role in enumerate(project.service_roles)]
    for path, name in named:
        if name and name not in posts:
            yield Problem(path, _("unknown post {name!r}").format(name=name), nearest(name, posts))
    for index, post in enumerate(project.posts):
        for place, role in enumerate(post.roles):
            if role not in project.role_by_id:
                yield Problem(
                    ("posts", index, "roles", place),
                    _("unknown role {name!r}").format(name=role),
                    nearest(role, project.role_by_id),
                )


def _tracks(project: Project, known: Known) -> Iterator[Problem]:
    for index, setting in enumerate(project.tracks):
        years, lead = setting.valid_years, setting.renewal_lead_months
        if years and lead and lead >= 12 * years:
            yield Problem(
                ("tracks", index, "renewal_lead_months"),
                _("{track}: renewal is asked for {lead} months before the end of only {valid} months").format(
                    track=setting.track, lead=lead, valid=12 * years
                ),
                _("give fewer months than the certificate is valid"),
            )


def _enrolments(project: Project, known: Known) -> Iterator[Problem]:
    """The id of an enrolment begins those of its work packages, so it must not look like any other id of the plan."""
    taken: dict[str, str] = {
        **dict.fromkeys((certificate.id for certificate in project.certificates), _("a certificate")),
        **dict.fromkeys((certification.standard for certification in project.certifications), _("a standard")),
        **dict.fromkeys(project.engagement.programme, _("programme work")),
        **dict.fromkeys(project.process_by_id, _("a process")),
        **dict.fromkeys(project.package_by_id, _("a work package")),
    }
    for index, enrolment in enumerate(project.enrolments):
        where: Path = ("enrolments", index, "id")
        if enrolment.id in taken:
            yield Problem(
                where,
                _("the enrolment {name!r} has the id of {kind}").format(name=enrolment.id, kind=taken[enrolment.id]),
                _("choose another id"),
            )
        elif enrolment.id.startswith("x-"):
            yield Problem(
                where,
                _("the id {name!r} begins with x-, which is kept for remarks").format(name=enrolment.id),
                _("choose another id"),
            )
        elif "@" in enrolment.id:
            yield Problem(
                where,
                _("the id {name!r} contains @, which is kept for capabilities").format(name=enrolment.id),
                _("choose another id"),
            )


def _certificates(project: Project, known: Known) -> Iterator[Problem]:
    for index, held in enumerate(project.certificates):
        where: Path = ("certificates", index)
        if held.expires and held.expires < held.issued:
            yield Problem(
                (*where, "expires"),
                _("{certificate} expires on {expires}, before it is issued on {issued}").format(
                    certificate=held.id, expires=held.expires, issued=held.issued
                ),
                _("swap the two dates"),
            )
        if held.lost and held.lost < held.issued:
            yield Problem(
                (*where, "lost"),
                _("{certificate} is lost on {lost}, before it is issued on {issued}").format(
                    certificate=held.id, lost=held.lost, issued=held.issued
                ),
                _("correct one of the two dates"),
            )
        if held.reissued and held.lost is None:
            yield Problem(
                (*where, "reissued"),
                _("{certificate} is reissued on {reissued}, but it was not lost").format(
                    certificate=held.id, reissued=held.reissued
                ),
                _("say when it was lost, or remove the day"),
            )
        elif held.reissued and held.lost and held.reissued < held.lost:
            yield Problem(
                (*where, "reissued"),
                _("{certificate} is reissued on {reissued}, before it is lost on {lost}").format(
                    certificate=held.id, reissued=held.reissued, lost=held.lost
                ),
                _("correct one of the two dates"),
            )


PEOPLE_RULES: tuple[Callable[[Project, Known], Iterator[Problem]], ...] = (
    _posts,
    _tracks,
    _enrolments,
    _certificates,
)
