"""What somebody may try at the door, and a folder of plans with what a folder may hold besides."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from ssh_host import Host, missing, no_host

from planner.model.project import Project
from planner.store.save import save

TRICKS = [
    "id",
    "sh",
    "/bin/sh",
    "bash -i",
    "planner",
    "planner planner show desk",
    "show",
    "show desk desk",
    "show ../secret",
    "show ../secret.toml",
    "show ../plans/desk",
    "show ./desk",
    "show desk/",
    "show /etc/passwd",
    "show ~/x",
    "show ~root",
    "show secret",
    "show .hidden",
    "show .hidden.toml",
    "show ..",
    "show .",
    "show ''",
    "show out",
    "show loop",
    "show pipe",
    "show folder",
    "show folder/inner",
    "show -- -rf",
    "show -rf",
    "show desk; id",
    "show desk;id",
    "show desk && id",
    "show desk | id",
    "show desk & id",
    "show desk\nid",
    "show desk\n",
    "show desk\tx",
    "show desk > x",
    "show $(id)",
    "show $HOME",
    "show ${IFS}desk",
    "show `id`",
    "show *",
    "show d?sk",
    "show {desk,bank}",
    "show 'desk",
    "show desk\\",
    "show \x1b[31m",
    "show d\u0435sk",
    "show \uff0e\uff0e\uff0fsecret",
    "show ..\u2215secret",
    "show desk\u202e",
    "show desk --out x",
    "show desk --out=x",
    "show desk -o x",
    "show desk --section",
    "show desk --section ../secret",
    "show desk --templates .",
    "--templates . show desk",
    "--lang zh show desk",
    "check desk --write",
    "assess desk --write --tick x",
    "assess desk --questionnaire x.csv",
    "assess desk --import desk",
    "explain desk",
    "verify desk --help",
    "diff desk ../secret",
    "diff desk secret",
    "diff .hidden.toml desk",
    "diff desk pipe.toml",
    "diff --git x desk.toml x x desk.toml x x",
    "diff desk --baseline",
    "propose desk --write",
    "new x --template desk-first",
    "export desk --format md --out x",
    "merge desk desk desk",
    "backups desk --restore 1",
    "git-setup",
    "door .",
    "fsck .",
    "fsck desk --tidy",
    "config",
    "templates .",
    "schema",
    "list desk",
    "review secret",
    "review desk --as Ben",
    "review desk --review-file x.toml",
    "review ../secret",
    "review desk desk",
    "internal-sftp",
    "/usr/lib/openssh/sftp-server",
    "scp -t x",
    "scp -f desk.toml",
    "rsync --server --sender -e.LsfxC . .",
    "git-upload-pack desk",
    "tmux attach",
    "env",
    "exec sh",
    "show " + "d" * 2000,
    "show desk " * 200,
]
"""What is refused in a sentence, with exit code 2."""


def furnish(folder: Path, desk: Project, group: str | None) -> None:
    """Plans in ``folder``, and what a folder may hold besides."""
    save(desk, folder / "desk.toml")
    save(desk, folder / "Über plan.toml")
    save(desk, folder / ".hidden.toml")
    save(desk, folder / "-rf.toml")
    save(desk, folder.parent / "secret.toml")
    (folder / "folder").mkdir()
    save(desk, folder / "folder" / "inner.toml")
    (folder / "out.toml").symlink_to(folder.parent / "secret.toml")
    (folder / "loop.toml").symlink_to("loop.toml")
    (folder / "within.toml").symlink_to("desk.toml")
    (folder / "broken.toml").write_text("schema = 2\n[engagement]\nnme = '\\u001b[31m'\n")
    os.mkfifo(folder / "pipe.toml")
    if group:
        for path in folder.iterdir():
            if path.is_file() and not path.is_symlink():
                shutil.chown(path, group=group)
                path.chmod(0o640)


def setting(number: int, desk: Project) -> Iterator[Host]:
    if lacking := missing():
        no_host(f"there is no {lacking}; install openssh-server and openssh-client")
    host = Host(number)
    try:
        furnish(host.plans, desk, host.user if host.root else None)
        yield host
    finally:
        host.close()


def left_around(host: Host) -> set[str]:
    """What the account owns where everybody may write."""
    if not host.root:
        return set()
    found = set()
    uid = host.reviews.stat().st_uid
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock"):
        if Path(folder).is_dir():
            with os.scandir(folder) as entries:
                found |= {each.path for each in entries if each.stat(follow_symlinks=False).st_uid == uid}
    return found


def refused(code: int, out: str, err: str) -> bool:
    """Whether an answer is one sentence and nothing else, with exit code 2."""
    return code == 2 and not out and bool(re.fullmatch(r"planner: [^\x00-\x09\x0b-\x1f\x7f-\x9f]+\n", err))
