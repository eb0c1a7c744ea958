"""Reading project files of scheduling tools: MSPDI, the XML that Microsoft Project, ProjectLibre and the planner write.

A file that the planner has written comes back as the plan it was made of, as far as the format can hold it; what
somebody has changed in a scheduling tool since - dates, durations, work, links, tasks added or taken out - is taken
from the file. Of other files: headings of the first level are phases, tasks are work packages (those of deeper levels
bear the names of the headings around them), milestones are milestones, links are dependencies, resources are roles,
the calendar of the project is that of the plan, the first baseline is a baseline, and what has begun is progress.
Ids are made of names. The likely length and effort are all there is, so that low and high are the same.

The file may be anybody's: document types, entities and everything beyond the bounds of ``records`` are refused, and
every value that is none is a fault that names its task.
"""

from planner.intake.incoming import Fault, Incoming
from planner.intake.mspdi.build import incoming
from planner.intake.mspdi.records import LARGEST, Unreadable, records
from planner.text.i18n import _

__all__ = ["LARGEST", "read"]


def read(data: bytes) -> Incoming:
    """What the project file ``data`` holds. Never raises: what is wrong stands in its faults."""
    try:
        return incoming(records(data))
    except Unreadable as error:
        return Incoming(faults=(Fault(_("the file"), "", error.message, error.advice),))
