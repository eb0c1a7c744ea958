"""What an edit did to the work, in words."""

from planner.model.project import Project
from planner.text.i18n import _, listed, ngettext
from planner.tui.judgement import outrun


def difference(before: Project, after: Project) -> str:
    """What an edit did to the work, in words; empty when it did nothing to it."""
    added = len(set(after.package_by_id) - set(before.package_by_id))
    removed = len(set(before.package_by_id) - set(after.package_by_id))
    parts = []
    for process in after.processes:
        was = before.process_by_id.get(process.id)
        if was is not None and was.baseline != process.baseline and was.target != process.target:
            parts.append(_("the target rises with it"))
    if added:
        parts.append(ngettext("{n} package added", "{n} packages added", added).format(n=added))
    if removed:
        parts.append(ngettext("{n} package removed", "{n} packages removed", removed).format(n=removed))
    words = _("{parts}.").format(parts=listed(parts)) if parts else ""
    return " ".join(filter(None, (words, outrun(before, after))))
