"""The presentation for the steering committee: the report on slides of native, editable shapes."""

from planner.export.handover import Handover
from planner.export.slides.story import tell


def render(handover: Handover) -> bytes:
    """The deck as a file of the kind .pptx, on the template of ``handover`` if there is one.

    Raises BadTemplate for a template that cannot be used.
    """
    return tell(handover).data()
