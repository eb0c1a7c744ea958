"""The project file for scheduling tools: MSPDI, the XML of Microsoft Project, which ProjectLibre, GanttProject and
others read as well.

**Outline**: phase -> capability -> work package; packages of the whole programme stand under their phase. Every phase
ends with a gate, a milestone. Other dated milestones follow under a heading of their own. What the roadmap gives no
days stands at the end, inactive: seen, and not scheduled.

**Links** join work packages only, never summary tasks: some tools drop links of summaries or lead them elsewhere, and
none can let a summary wait with its finish. A dependency between capabilities becomes links from the packages that
nothing of the one comes after to those that begin the other, which means the same because everything else in a
capability comes after the one or before the other. Where any one package may satisfy it (the end of a capability that
waits, the first start that is waited for) the one that does so in the roadmap is linked. The barrier between phases
goes through the gate. Time to settle is a lag in elapsed weeks. A tool counts a lag from the moment and we by days:
that differs for start-finish only, which has one day more in the file. Soft dependencies are wishes: they are told in
a field, and link nothing. So is a hard one that the roadmap breaks, since as a link it would move the dates.

**Levelling** is exported as start-no-earlier-than constraints, and only on the packages that stand later than their
links alone would have them. A levelling delay would say more, but tools apply it differently (MPXJ only where a task
has no predecessor), and one command in Microsoft Project takes all of them away. What was *promised* not to begin
before a day stands in a field beside it, and deadlines are deadlines.

**Estimates**: durations are the likely working days, fixed, with work and units of each role from the likely effort.
Capacity and its changes are the availability of resources, blackouts are exceptions of the calendar.

What the file has no place for stands in custom fields (``planner.text.mspdi``): so ``planner import`` gets it back.
"""

from xml.etree import ElementTree

from planner.export.handover import Handover
from planner.export.mspdi.document import document
from planner.export.mspdi.tasks import outlined


def render(handover: Handover) -> bytes:
    """The roadmap of the plan as a project file; the plan has one."""
    root = document(handover, outlined(handover))
    ElementTree.indent(root, " ")
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made
