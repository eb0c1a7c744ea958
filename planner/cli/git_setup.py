"""``planner git-setup``: lets git merge and show plans item by item, in one repository.

What git is to do with which files stands in the repository (``.gitattributes``); how it calls the planner stands in
the clone alone (``git config``), so everybody who merges does this once. The planner is called as ``planner`` where
that is found, else by the path of the Python that runs it, never from the folder in which git happens to run.
"""

import os
import re
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser
from planner.cli.layout import page, paragraph, titled
from planner.store.beside import FOLDER
from planner.text.clean import one_line
from planner.text.file import contents
from planner.text.i18n import _, labelled

USUAL = "/projects/*.toml"
"""Where plans are kept in a repository that has none yet."""

MOST_KEPT = 1_000_000
"""Bytes of the largest .gitattributes or .gitignore that is added to."""

MOST_READ = 65_536
"""Bytes of a file that are read to see whether it is a plan; the engagement stands at its beginning."""

_PLAN = (
    re.compile(rb"^[ \t]*+schema[ \t]*+=", re.MULTILINE),
    re.compile(rb"^[ \t]*+(?:\[[ \t]*+engagement[ \t]*+\]|engagement[ \t]*+[.=])", re.MULTILINE),
)


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner git-setup``."""
    parser.add_argument(
        "repo", metavar="REPO", nargs="?", type=Path, default=Path(), help=_("a folder in the repository")
    )
    parser.add_argument(
        "--plans",
        metavar="PATTERN",
        nargs="+",
        default=(),
        help=_("which files are plans, as in .gitattributes (default: the folders that hold plans)"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))


def run(args: Namespace) -> Answer:
    """Set the repository up, and say what was done. Raises Failure where there is no git or no repository."""
    top = _top(args.repo)
    patterns = [_line(pattern) for pattern in args.plans] or _patterns(top)
    attributes = [f"{pattern} merge=planner diff=planner" for pattern in patterns]
    # Reviews lie beside plans and are none.
    attributes += [f"{_before_end(pattern, '.review-*')} !merge !diff" for pattern in patterns if "*.toml" in pattern]
    done = [
        *_added(top / ".gitattributes", attributes, args.dry_run),
        *_added(top / ".gitignore", [f"{FOLDER}/"], args.dry_run),
        *_configured(top, args.dry_run),
    ]
    where = plan.shown(top)
    if not done:
        return Answer(page([paragraph(_("{repo} is set up already.").format(repo=where))]))
    heading = _("This would be done in {repo}:") if args.dry_run else _("This was done in {repo}:")
    lines = [paragraph(one, indent=2, bullet="- ") for one in done]
    advice = _(
        "Commit .gitattributes and .gitignore. Everybody who merges plans does this once in a clone of their own."
    )
    return Answer(page([titled(heading.format(repo=where), *lines), "" if args.dry_run else paragraph(advice)]))


def _git(top: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What git says. Raises Failure where there is no git."""
    git = shutil.which("git")
    if git is None:
        raise Failure(fault(_("git is not installed"), _("install it, and try again")))
    return subprocess.run([git, "-C", str(top), *words], capture_output=True, check=False)  # noqa: S603


def _top(repo: Path) -> Path:
    if not repo.is_dir():
        raise Failure(fault(_("{repo} is no folder").format(repo=plan.shown(repo)), _("name a folder in a repository")))
    found = _git(repo, "rev-parse", "--show-toplevel")
    if found.returncode:
        why = one_line(found.stderr.decode(errors="replace")).removeprefix("fatal: ")
        wrong = _("{repo} is in no repository of git that can be used ({reason})")
        advice = _("make one with: git init")
        raise Failure(fault(wrong.format(repo=plan.shown(repo), reason=why), advice))
    top = Path(os.fsdecode(found.stdout.removesuffix(b"\n")))
    inside = repo.resolve().is_relative_to(top.resolve())
    if not inside or _git_dir(top) != _git_dir(repo):  # its own settings can name any folder of this host
        wrong = _("{repo} is a repository that says its files are elsewhere: {top}")
        advice = _("clone it, and name a folder in the clone")
        raise Failure(fault(wrong.format(repo=plan.shown(repo), top=plan.shown(top)), advice))
    return top


def _git_dir(folder: Path) -> bytes:
    """Where git keeps what it knows of the repository of ``folder``; empty where there is none."""
    return _git(folder, "rev-parse", "--absolute-git-dir").stdout


def _patterns(top: Path) -> list[str]:
    """The folders in which all TOML files are plans, else the plans one by one."""
    listed = _git(top, "-c", "core.fsmonitor=false", "ls-files", "-zco", "--exclude-standard", "--", "*.toml")
    folders: dict[str, list[str]] = {}
    for name in sorted(os.fsdecode(listed.stdout).split("\0")):
        folder, _slash, file = name.rpartition("/")
        if file and FOLDER not in folder.split("/"):
            folders.setdefault(folder, []).append(file)
    found: list[str] = []
    for folder, files in folders.items():
        start = f"/{_literal(folder)}/" if folder else "/"
        plans = [file for file in files if _is_plan(top / folder / file)]
        if folder and plans == [file for file in files if ".review-" not in file]:
            found.append(_line(f"{start}*.toml"))
        else:
            found += [_line(start + _literal(file)) for file in plans]
    return found or [USUAL]


def _is_plan(path: Path) -> bool:
    """Whether a file looks like a plan; one that cannot be read does not."""
    try:
        data = contents(path, MOST_READ)
    except OSError:
        return False
    return all(sign.search(data) for sign in _PLAN)


def _literal(name: str) -> str:
    """A name as a pattern that only it fits."""
    return re.sub(r"([\\*?\[])", r"\\\1", name)


def _line(pattern: str) -> str:
    """A pattern as a line of .gitattributes has it: in quotes where it would end or mean something else."""
    if re.search(r'[\s"\x00-\x1f]', pattern) or pattern.startswith(("!", "#", "-")):
        escaped = pattern.replace("\\", "\\\\").replace('"', '\\"')
        escaped = re.sub(r"[\x00-\x1f]", lambda found: f"\\{ord(found[0]):03o}", escaped)
        return f'"{escaped}"'
    return pattern


def _before_end(pattern: str, middle: str) -> str:
    """``pattern`` for files that have ``middle`` before their ending."""
    start, _star, end = pattern.rpartition("*.toml")
    return f"{start}*{middle}.toml{end}"


def _added(path: Path, lines: Iterable[str], dry_run: bool) -> list[str]:
    """Put those of ``lines`` that are missing at the end of a file; the other lines of it stay as they are."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        wrong = _("{file} is no ordinary file").format(file=plan.shown(path))
        raise Failure(fault(wrong, _("replace it by one: git reads no other")))
    try:
        had = contents(path, MOST_KEPT + 1) if path.exists() else b""
    except OSError as error:
        raise Failure(fault(plan.shown(path), error.strerror or str(error))) from None
    if len(had) > MOST_KEPT:
        wrong = _("{file} has more than {n} MB").format(file=plan.shown(path), n=MOST_KEPT // 1_000_000)
        raise Failure(fault(wrong, _("make it shorter")))
    there = {line.strip() for line in had.splitlines()}
    missing = [line for line in lines if os.fsencode(line) not in there]
    if not missing:
        return []
    if not dry_run:
        ending = b"\r\n" if b"\r\n" in had else b"\n"
        before = had + ending if had and not had.endswith(b"\n") else had
        _write(path, before + b"".join(os.fsencode(line) + ending for line in missing))
    return [labelled(path.name, one_line(line)) for line in missing]


def _write(path: Path, data: bytes) -> None:
    from planner.store.disk import put, reason

    try:
        put(path, data)
    except OSError as error:
        raise Failure(f"{plan.shown(path)}: {reason(error)}") from None


def _configured(top: Path, dry_run: bool) -> list[str]:
    """Tell git how to call the planner, in this clone."""
    called = _called()
    wanted = {
        "merge.planner.name": "plans, item by item",
        "merge.planner.driver": f"{called} merge --write --name=%P %O %A %B",
        "diff.planner.command": f"{called} diff --git --",
    }
    done = []
    for key, value in wanted.items():
        if os.fsdecode(_git(top, "config", "--local", "--get", key).stdout).rstrip("\n") == value:
            continue
        if not dry_run:
            _set(top, key, value)
        done.append(f"git config {key} {one_line(value)!r}")
    return done


def _set(top: Path, key: str, value: str) -> None:
    told = _git(top, "config", "--local", "--replace-all", key, value)
    if told.returncode:
        wrong = _("git cannot keep its settings: {reason}")
        raise Failure(fault(wrong.format(reason=one_line(told.stderr.decode(errors="replace")))))


def _called() -> str:
    """The planner as a command for a shell, which is what git gives it to."""
    from shlex import quote

    if shutil.which("planner"):
        return "planner"
    words: Sequence[str] = (sys.executable, "-P", "-m", "planner")  # -P: no module from the folder git runs in
    return " ".join(map(quote, words))
