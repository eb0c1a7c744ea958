"""One door to all formats."""

from planner.model.project import Project

FORMATS = ("md", "csv", "json", "mermaid", "assessment-md")


def render(project: Project, format: str) -> str:
    """``project`` as text in one of ``FORMATS``; the same plan always gives the same text.

    Raises KeyError for another format.
    """
    if format == "md":
        from planner.export.markdown import render as chosen
    elif format == "csv":
        from planner.export.table_csv import render as chosen
    elif format == "json":
        from planner.export.json_doc import render as chosen
    elif format == "mermaid":
        from planner.export.mermaid import render as chosen
    elif format == "assessment-md":
        from planner.export.assessment_md import render as chosen
    else:
        raise KeyError(format)
    return chosen(project)
