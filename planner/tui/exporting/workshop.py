"""The process that makes documents (``planner.export.apart``), from this side."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.export.contents import Content
from planner.export.documents import Document
from planner.export.orders import opening
from planner.model.project import Project
from planner.text.i18n import _

LONGEST = 2**22
"""Bytes of the longest line that the process may say."""


@dataclass
class Answer:
    """What came of an order. ``wrong`` are lines that say what to mend; then there is nothing else."""

    documents: list[Document] = field(default_factory=list)
    contents: tuple[Content, ...] = ()
    left_out: tuple[str, ...] = ()
    as_of: str = ""
    notes: list[str] = field(default_factory=list)
    wrong: tuple[str, ...] = ()


class Workshop:
    """Works for one ``project``, one order after the other."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._process: asyncio.subprocess.Process | None = None
        self._one = asyncio.Lock()

    async def do(self, order: bytes, step: Callable[[str], None]) -> Answer:
        """What comes of ``order``, once those before it are done; ``step`` is told what is being done.

        Who no longer waits for an order has ended the process.
        """
        async with self._one:
            process = self._process
            try:
                if process is None or process.returncode is not None:
                    process = self._process = await _started()
                    await _sent(process, await asyncio.to_thread(opening, self.project))
                await _sent(process, order)
                return await _heard(process, step)
            except asyncio.CancelledError:
                _end(process)
                raise

    def stop(self) -> None:
        """End the process at once, if it is at work; what it was doing comes to nothing."""
        if self._one.locked():
            _end(self._process)
            self._process = None

    async def close(self) -> None:
        """End the process, and wait until nothing is left of it."""
        process, self._process = self._process, None
        _end(process)
        if process is not None:
            await process.wait()


def _end(process: asyncio.subprocess.Process | None) -> None:
    """End ``process`` and let go of its pipes: by killing alone these would outlast the application's loop."""
    if process is not None:
        process._transport.close()  # type: ignore[attr-defined]


async def _started() -> asyncio.subprocess.Process:
    root = str(Path(__file__).parents[3])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "planner.export.apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LONGEST,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
    )


async def _sent(process: asyncio.subprocess.Process, data: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(data)
        await process.stdin.drain()
    except ConnectionError:  # it has ended: what it said of that is heard
        return


async def _heard(process: asyncio.subprocess.Process, step: Callable[[str], None]) -> Answer:
    assert process.stdout is not None
    answer = Answer()
    while line := await process.stdout.readline():
        said: Mapping[str, Any] = json.loads(line)
        if not said:
            return answer
        if "at" in said:
            step(said["at"])
        elif "note" in said:
            answer.notes.append(said["note"])
        elif "made" in said:
            content = await process.stdout.readexactly(said["size"])
            answer.documents.append(Document(said["made"], content))
        elif "contents" in said:
            answer.contents = tuple(Content(**part) for part in said["contents"])
            answer.left_out, answer.as_of = tuple(said["left_out"]), said["as_of"]
        elif "wrong" in said:
            answer.wrong = tuple(said["wrong"])
        else:
            return Answer(wrong=(_trouble(said["trouble"]),))
    return Answer(wrong=(_trouble(_("it ended by itself")),))


def _trouble(what: str) -> str:
    words = _("this is a fault of the planner ({what}); nothing was written")
    return words.format(what=what)
