"""Hand over both sample engagements in every format, and draw the pictures of docs/exports.md from the documents.

    uv run python scripts/exports.py [--into handed-over]

The documents go into a folder, by ``planner export``. The pictures go into docs/pictures/exports: LibreOffice, poppler
(pdftoppm, pdftotext) and Chromium draw them, so that they show what a recipient sees.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures" / "exports"
ENGLISH, CHINESE = "lantern-retail", "harbour-bank"
LANGUAGES = {ENGLISH: "en", CHINESE: "zh"}
"""The samples, and in which language the documents about them are."""

THEMED = "themed"
"""The folder below the others in which the theme of the documentation was used."""

WIDTH, GAP = 960, 6
"""Pixels of a picture, and between two pages on it."""

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def export(into: Path) -> None:
    """Both samples in every format, for us and for the client; one deck with the theme of the documentation."""
    for name, language in LANGUAGES.items():
        command = [sys.executable, "-m", "planner", "--lang", language, "export", f"projects/{name}.toml"]
        subprocess.run([*command, "--format", "all", "--out", into], check=True, cwd=ROOT)
        subprocess.run([*command, "--format", "all", "--out", into, "--for", "client"], check=True, cwd=ROOT)
        if name == ENGLISH:
            look = ["--theme", "docs/theme.toml", "--for", "client", "--format", "pptx,pdf"]
            subprocess.run([*command, *look, "--out", into / THEMED], check=True, cwd=ROOT)


def draw(into: Path) -> None:
    """The pictures, from the documents in ``into``."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        deck = _as_pdf(into / f"{ENGLISH}.pptx", folder)
        _sheet("pptx", [_page(deck, number) for number in (2, 3, 5, 9)])
        deck = _as_pdf(into / f"{CHINESE}.pptx", folder)
        _sheet("pptx-zh", [_page(deck, number) for number in (2, 3, 5, 9)])
        deck = _as_pdf(into / THEMED / f"{ENGLISH}-client.pptx", folder)
        _sheet("theme", [_page(deck, 2), _page(deck, 3)])
        book = _as_pdf(into / f"{ENGLISH}.xlsx", folder)
        _sheet("xlsx", [_trimmed(_page(book, _where(book, "Roadmap"), WIDTH), 0.1)], across=1)
        report = into / f"{ENGLISH}.pdf"
        _sheet("pdf", [_page(report, _where(report, heading)) for heading in ("Where we stand", "2. Under control")])
    _browse(into)


def _as_pdf(document: Path, folder: Path) -> Path:
    out = folder / f"{document.stem}-{document.suffix[1:]}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(document)]
    subprocess.run(command, check=True, capture_output=True)
    return out / f"{document.stem}.pdf"


def _where(pdf: Path, heading: str) -> int:
    """The number of the first page that begins with ``heading``, below the line that every page has."""
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = [page.split("\n") for page in text.split("\f")]
    return next(number for number, lines in enumerate(pages, 1) if heading in lines[:8])


def _page(pdf: Path, number: int, width: int = WIDTH // 2 - GAP) -> Image.Image:
    """One page, ``width`` pixels wide."""
    picture = pdf.with_name(f"{pdf.stem}-{number}")
    command = ["pdftoppm", "-r", "160", "-f", str(number), "-l", str(number), "-singlefile", "-png"]
    subprocess.run([*command, str(pdf), str(picture)], check=True)
    page = Image.open(picture.with_suffix(".png")).convert("RGB")
    picture.with_suffix(".png").unlink()
    return page.resize((width, round(page.height * width / page.width)), Image.Resampling.LANCZOS)


def _trimmed(page: Image.Image, foot: float = 0.0) -> Image.Image:
    """Without the empty lower part; ``foot`` is the share of the height that the line below every page takes."""
    page = page.crop((0, 0, page.width, round(page.height * (1 - foot))))
    box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    return page.crop((0, 0, page.width, min(page.height, box[3] + GAP))) if box else page


def _sheet(name: str, pages: Sequence[Image.Image], across: int = 2) -> None:
    """Pages beside and below each other on one picture."""
    wide, high = max(page.width for page in pages) + GAP, max(page.height for page in pages) + GAP
    sheet = Image.new("RGB", (across * wide, -(-len(pages) // across) * high), "#c8ccd2")
    for number, page in enumerate(pages):
        row, column = divmod(number, across)
        sheet.paste(page, (column * wide + GAP // 2, row * high + GAP // 2))
    _save(sheet, name)


def _save(picture: Image.Image, name: str) -> None:
    picture.convert("RGB").quantize(128).save(PICTURES / f"{name}.png", optimize=True)


def _browse(into: Path) -> None:
    """The page with a capability chosen, so that what it needs is marked, and the chart of the other sample."""
    with sync_playwright() as player, tempfile.TemporaryDirectory() as place:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        shot = Path(place) / "shot.png"
        page = browser.new_page(viewport={"width": 1200, "height": 860})
        page.goto((into / f"{ENGLISH}.html").resolve().as_uri())
        page.evaluate("document.getElementById('section-roadmap').scrollIntoView()")
        page.locator("#section-roadmap .bar").nth(3).click()
        page.screenshot(path=shot)
        _save(_narrow(Image.open(shot)), "html")
        page.goto((into / f"{CHINESE}.svg").resolve().as_uri())
        page.screenshot(path=shot)
        _save(_trimmed(_narrow(Image.open(shot))), "svg-zh")
        browser.close()


def _narrow(shot: Image.Image) -> Image.Image:
    return shot.convert("RGB").resize((WIDTH, round(shot.height * WIDTH / shot.width)), Image.Resampling.LANCZOS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=Path("handed-over"), help="the folder of the documents")
    into: Path = parser.parse_args().into.resolve()
    export(into)
    draw(into)
    for picture in sorted(PICTURES.iterdir()):
        print(picture.relative_to(ROOT), f"{picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
