"""What is handed over as a browser has it: one start of Chromium, and Mermaid in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from parts import package, part

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)

DRAW = """async source => {
  const made = await mermaid.render("m" + window.count++, source);
  document.body.innerHTML = made.svg;
  const every = [...document.querySelectorAll("svg *")];
  return {
    texts: [...document.querySelectorAll("svg text, svg foreignObject")].map(e => e.textContent),
    tags: [...new Set(every.map(e => e.tagName.toLowerCase()))],
    acts: every.flatMap(e => [...e.attributes].map(a => a.name)).filter(n => n.startsWith("on") || n.includes("href")),
  };
}"""

DRAWN = {
    "style", "g", "path", "line", "text", "tspan", "rect", "marker", "polygon", "circle", "defs", "filter",
    "fedropshadow", "foreignobject", "div", "span", "p",
}  # fmt: skip
"""What Mermaid draws with: no script, no link, no picture."""


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser; none may be open already, and no test with an event loop of its own may run meanwhile."""
    program = part("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS.split())
        yield browser
        browser.close()


@contextmanager
def mermaid(browser: "Browser") -> Iterator[Any]:
    """A page with Mermaid in it, which asks for nothing."""
    opened = browser.new_page()
    asked: list[str] = []
    opened.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    opened.set_content("<body></body>")
    opened.add_script_tag(path=package("mermaid") / "dist" / "mermaid.min.js")
    opened.evaluate("() => { window.count = 0; mermaid.initialize({startOnLoad: false}) }")
    yield opened
    assert not asked
    opened.close()


def drawn(page: Any, source: str) -> str:
    """What a reader sees of ``source`` in a page with Mermaid, without white space; nothing in it acts."""
    found = page.evaluate(DRAW, source)
    assert set(found["tags"]) <= DRAWN
    assert not found["acts"]
    told = " ".join(found["texts"])
    assert "Unsupported markdown" not in told
    return "".join(told.split())
