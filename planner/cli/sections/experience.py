"""``--section experience``: how customers score what they live through, stage by stage."""

from collections.abc import Iterator

from planner.assessment.experience import averages, overall, worst
from planner.cli.layout import facts, paragraph, table, titled
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import _, labelled, language, listed


def blocks(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """The blocks of the section."""
    survey, tongue = project.experience, language()
    names = {item.id: item.name.in_(tongue) for stage in catalogue.experience for item in stage.items}
    yield titled(
        _("Customer experience, 1 (bad) to 5 (good)"),
        facts(
            [
                (_("Mean of all scored items"), _mean(overall(project, catalogue))),
                (_("Items scored"), _("{n} of {all}").format(n=len(survey.scores), all=len(names))),
                (_("Scored lowest"), listed(names[item] for item in worst(project, catalogue))),
                (_("Customers who answered"), str(survey.respondents or "")),
                (_("Date of the survey"), f"{survey.day or ''}"),
            ],
            indent=2,
        ),
    )
    means = averages(project, catalogue)
    for stage in catalogue.experience:
        rows = [[item.id, item.name.in_(tongue), str(survey.scores.get(item.id, "-"))] for item in stage.items]
        yield titled(
            labelled(stage.name.in_(tongue), _mean(means[stage.id])),
            table([_("ID"), _("Item"), _("Score")], rows, right="<<>", indent=2),
            paragraph(labelled(_("Source"), stage.source), indent=2),
        )


def _mean(value: float | None) -> str:
    return _("not scored yet") if value is None else f"{value:.1f}"
