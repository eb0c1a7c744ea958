"""Making documents in a process of their own, which can be ended at any moment and cannot disturb an interface.

It is given lines of JSON and answers in lines of JSON: first the plan, then one order after the other - to say what a
hand-over holds, or to make documents of it. What follows from the plan is worked out once for all orders that ask for
the same hand-over. It ends when whoever started it does. ``planner.tui.exporting.workshop`` is the other side.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Any

from planner.catalog.folders import use
from planner.catalog.load import load
from planner.export.contents import contents
from planner.export.documents import NotWritten, documents
from planner.export.formats import BadTemplate, MissingLibrary
from planner.export.handover import Handover, hand_over
from planner.export.steps import Steps
from planner.export.template_file import load_template
from planner.export.theme import PLAIN, Theme
from planner.export.theme_file import ThemeUnreadable, load_theme, unreadable
from planner.model.decode import decode
from planner.model.project import Project
from planner.rollout.watch import Sight, Watch
from planner.store.delta import from_json
from planner.text import crash, i18n
from planner.text.i18n import _

POLITE = 5
"""By how much the interface goes before, where there are not processors enough for both."""

GLANCE = 0.2
"""Seconds between two words on how far a search is."""


class _Desk(Steps, Watch):
    """Does what the orders say, and tells each step."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.catalogue = load()
        self.known: tuple[object, Handover] | None = None
        """The last hand-over, and what it was asked for."""
        self.step = ""
        self.next = 0.0
        """When a search is told of again."""

    def at(self, words: str) -> None:
        self.step = words
        say({"at": words})

    def note(self, words: str) -> None:
        say({"note": words})

    def watch(self) -> Watch:
        return self

    def told(self, sight: Sight) -> None:
        if monotonic() < self.next:
            return
        self.next = monotonic() + GLANCE
        say({"at": _("{step}, {n} tried").format(step=self.step, n=sight.tried)})

    def do(self, asked: Mapping[str, Any]) -> None:
        """One order: ``wrong`` are lines that say what the person has to mend."""
        i18n.use(asked["language"])
        try:
            handover = self._handover(asked)
            if asked["make"]:
                for document in documents(handover, asked["make"], asked["table"]):
                    say({"made": document.suffix, "size": len(document.content)}, document.content)
            else:
                told = [asdict(part) for part in contents(handover.report)]
                say({"contents": told, "left_out": handover.left_out, "as_of": handover.identity.as_of.isoformat()})
        except ThemeUnreadable as unusable:
            say({"wrong": [str(replace(fault, file=Path(fault.file).name)) for fault in unusable.faults]})
        except (MissingLibrary, BadTemplate, NotWritten) as wrong:
            say({"wrong": [f"{wrong}; {wrong.advice}" if wrong.advice else str(wrong)]})

    def _handover(self, asked: Mapping[str, Any]) -> Handover:
        theme = PLAIN
        if asked["theme"]:
            theme = load_theme(Path(asked["theme"]))
            for pair in unreadable(theme):
                self.note(pair)
        template = load_template(Path(asked["template"])) if asked["template"] else None
        key: tuple[str, str, str, Theme, bytes | None]
        key = (asked["audience"], asked["language"], asked["as_of"], theme, template)
        if self.known is None or self.known[0] != key:
            handover = hand_over(
                self.project,
                self.catalogue,
                audience=asked["audience"],
                theme=theme,
                as_of=date.fromisoformat(asked["as_of"]) if asked["as_of"] else None,
                template=template,
                steps=self,
            )
            self.known = (key, handover)
        return self.known[1]


def say(word: Mapping[str, Any], data: bytes = b"") -> None:
    """One line, and the bytes that it announces."""
    sys.stdout.buffer.write(json.dumps(word).encode() + b"\n" + data)
    sys.stdout.buffer.flush()


def main() -> None:
    """The process: an empty word ends each answer, and the end of the input everything."""
    orders: SimpleQueue[bytes] = SimpleQueue()

    def hear() -> None:
        while line := sys.stdin.buffer.readline():
            orders.put(line)
        os._exit(0)

    crash.keep_quiet()
    os.nice(POLITE)
    threading.Thread(target=hear, daemon=True).start()
    try:
        told = json.loads(orders.get(), object_hook=from_json)
        use(*map(Path, told["templates"]))
        project, _misfits = decode(Project, told["project"])
        assert project is not None
        desk = _Desk(project)
        while True:
            desk.do(json.loads(orders.get()))
            say({})
    except Exception as error:  # whatever it is, the other side is to know; no text of the plan
        say({"trouble": f"{crash.kind(error)}, {crash.place(error)}"})
        os._exit(1)


if __name__ == "__main__":
    main()
