"""The programs that open what is handed over, each started as seldom as may be."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import chromium
from parts import part

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Office = Callable[[Mapping[str, bytes], str], dict[str, Path]]

WORK_OUT = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
    "<value>0</value></prop></item></oor:items>"
)
"""Have LibreOffice work out every formula of a file, whatever result stands in it."""


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One for a module and not for longer: while it is open, no test can have an event loop of its own."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice with a profile of its own, made once: documents by file name, and the suffix they shall have."""
    profile = tmp_path_factory.mktemp("office")
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(WORK_OUT)

    def converted(documents: Mapping[str, bytes], suffix: str) -> dict[str, Path]:
        """The files by the names of the documents without their suffixes, all made in one run."""
        folder = tmp_path_factory.mktemp("documents")
        for name, content in documents.items():
            (folder / name).write_bytes(content)
        command = [part("soffice"), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", suffix]
        command += ["--outdir", str(folder / "out"), *(str(folder / name) for name in documents)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return {Path(name).stem: folder / "out" / f"{Path(name).stem}.{suffix}" for name in documents}

    return converted
