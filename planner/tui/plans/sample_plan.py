"""A plan to look around in: a typical client from a template, with a roadmap."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from planner.store.shelf import ShelfFault, Steps, copy, free_name
from planner.text.i18n import _, language

FILE = "sample.toml"
START = date(2027, 1, 4)
"""The sample is the same on any day, so that what is written about it stays true."""


def make_sample(folder: Path) -> Steps:
    """Write the sample into ``folder``, which is made if need be; takes some seconds.

    It is a client of the first template that does not depend on pains. Raises OSError when it cannot be written.
    """
    from planner.catalog.load import load
    from planner.edit.roadmap import adopt
    from planner.edit.start import start
    from planner.rollout.propose import propose
    from planner.rollout.result import Infeasible

    catalogue = load()
    template = next(t for t in catalogue.engagements if not catalogue.strategy_by_id[t.strategy].from_pains)
    project = start(
        template,
        catalogue,
        begin=START,
        name=_("Sample: {name}").format(name=template.name.in_(language())),
        language="zh" if language() == "zh" else "en",
    )
    with suppress(Infeasible):  # templates that somebody added may ask for too much; then there is work to look at
        proposal = propose(project, catalogue.strategy_by_id[template.strategy])
        project = adopt(project, proposal.roadmap, proposal.phases)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return copy(project, free_name(folder / FILE))
    except ShelfFault as fault:
        raise OSError(0, str(fault)) from fault
