"""Write templates/catalogue/*.toml from the domain CSVs, so that a corrected CSV can be taken in again.

    uv run python scripts/transcribe.py PATH/TO/domain [FOLDER]

FOLDER is where they are written instead of templates/catalogue (to compare, say).
The CSVs are the facts; what this script adds is form: kebab-case ids and one TOML table per row.
Judgement that no CSV holds (role capacities, stages, size factors) lives in rules.toml and roles.toml's
``fte``, which this script takes over from templates/catalogue; so are ``baseline`` and ``target`` of the
KPIs in indicators.toml, and all of that file from the line SCORECARD on. Levels are in levels.toml, written by
hand from domain.md §3.1. What the standards and COBIT call a process is in no CSV of the domain: it stands in
process_names.csv beside this script, from domain.md §7.1, §7.2, §7.4 and the titles of COBIT 2019's objectives.
"""

import csv
import re
import sys
import tomllib
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "templates" / "catalogue"
SCORECARD = "# --- Scorecard"
HEADER = "# {what}\n# Written by scripts/transcribe.py from {source}; correct the CSV and run it again.\n"
WHAT = {
    "processes.toml": "Processes, functions and the system that holds them, with their names in other bodies of terms"
    " (domain.md §1; the names in standards and COBIT from process_names.csv).",
    "dependencies.toml": "Which process at which level needs which other, from public sources and judgement"
    " (domain.md §2.2).",
    "dependencies_generic.toml": "What every process needs at a level: three general rules, expanded (domain.md §2).",
    "packages.toml": "The work that lifts each process by a level, in four workstreams, for a medium client"
    " (domain.md §4.1 to §4.3).",
    "roles.toml": "The roles that do this work (domain.md §4.3).",
    "indicators.toml": "KPIs of processes (domain.md §1.3) and the scorecard (§8.4).",
}
"""What each file is and where its facts come from."""


def kebab(name: str) -> str:
    return "-".join(name.lower().replace("/", " ").replace("_", " ").replace("-", " ").split())


def text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def words(en: str, zh: str) -> str:
    return f"{{ en = {text(en)}, zh = {text(zh)} }}"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mark(source: str) -> str:
    """Where a row comes from, in the words that all templates use: seed S00n, public: code, judgement."""
    source = re.sub(r"\bseed(?=00\d)", "S", source)
    source = re.sub(r"(?<!seed )\b(?=S00\d\b)", "seed ", source)
    source = re.sub(r"\bJ\b", "judgement", source).replace("judgement+", "judgement + ")
    source = re.sub(r"^generic (G\d)$", r"judgement (general rule \1)", source)
    parts = re.split(r"; (?![^(]*\))", source)
    return "; ".join(f"public: {part}" if re.match(r"[A-Z][A-Z0-9]{2,}|ITIL", part) else part for part in parts)


def write(path: Path, source: str, lines: Iterable[str], usual: str = "") -> None:
    """``usual`` is where what has no mark of its own comes from."""
    head = HEADER.format(what=WHAT[path.name], source=source) + (f"source = {text(usual)}\n" if usual else "")
    path.write_text(head + "\n".join(lines).rstrip() + "\n", encoding="utf-8")
    print(path)


def processes(folder: Path, out: Path) -> None:
    elsewhere: dict[str, list[str]] = {}
    for row in rows(HERE, "process_names.csv"):
        named = f"{row['vocabulary']} = {words(row['en'], row['zh'])}"
        elsewhere.setdefault(row["process"], []).append(named)
    lines: list[str] = []
    for row in rows(folder, "processes.csv"):
        lines += [
            "",
            "[[processes]]",
            f"id = {text(kebab(row['id']))}",
            f"kind = {text(row['kind'])}",
            f"name = {words(row['name_en'], row['name_zh'])}",
            f"full_name = {words(row['full_name_en'], row['full_name_zh'])}",
            f"purpose = {words(row['purpose_en'], row['purpose_zh'])}",
            f"owner = {words(row['owner_en'], row['owner_zh'])}",
            f"group = {words(row['group_en'], row['group_zh'])}",
            *listed("aliases", aliases(row)),
            *listed("roles", pairs(row, "roles")),
            *listed("deliverables", pairs(row, "deliverables")),
            f"tools = {text(row['tools'])}",
            f"source = {text(mark(row['source']))}",
            "[processes.names]",
            *itil_names(row),
            *elsewhere.get(row["id"], []),
        ]
    write(out / "processes.toml", "processes.csv", lines)


def itil_names(row: dict[str, str]) -> Iterable[str]:
    """What each ITIL calls a process; in brackets, in both languages, where it is a part of something else."""
    for column in ("itil_v2", "itil_v3", "itil_4"):
        en, zh = row[f"{column}_en"], row[f"{column}_zh"]
        if en == "(none)":
            continue
        if en.startswith("(") and not zh.startswith("（"):
            zh = f"（{zh}）"
        yield f"{column.replace('_', '-')} = {words(en, zh)}"


def aliases(row: dict[str, str]) -> list[str]:
    """Other names; where one language has fewer, the name of the process stands in."""
    en = row["aliases_en"].split("; ") if row["aliases_en"] else []
    zh = row["aliases_zh"].split("；") if row["aliases_zh"] else []
    return [words(e or row["name_en"], z or row["name_zh"]) for e, z in zip_longest(en, zh)]


def pairs(row: dict[str, str], column: str) -> list[str]:
    en, zh = row[f"{column}_en"].split("; "), row[f"{column}_zh"].split("; ")
    return [words(*both) for both in zip(en, zh, strict=True)]


def listed(key: str, values: list[str]) -> list[str]:
    return [f"{key} = [", *(f"  {value}," for value in values), "]"] if values else []


def dependencies(folder: Path, source: str, target: Path) -> None:
    lines: list[str] = []
    for row in rows(folder, source):
        lines += [
            "",
            "[[dependencies]]",
            f'item = "{kebab(row["from_process"])}@{row["from_level"]}"',
            f'needs = "{kebab(row["to_process"])}@{row["to_level"]}"',
            f"strength = {text(row['strength'])}",
            f"reason = {words(row['rationale_en'], row['rationale_zh'])}",
            f"source = {text(mark(row['source']))}",
        ]
    write(target, source, lines)


def packages(folder: Path, out: Path) -> None:
    table = rows(folder, "work_packages.csv")
    names: dict[str, tuple[str, str]] = {}
    lines: list[str] = []
    for row in table:
        if int(row["to_level"]) != int(row["from_level"]) + 1:
            sys.exit(f"work_packages.csv: {row['process']} skips from {row['from_level']} to {row['to_level']}")
        en, zh = row["roles_en"].split(", "), row["roles_zh"].split("、")
        names.update(zip(map(kebab, en), zip(en, zh, strict=True), strict=True))
        roles = ", ".join(text(kebab(role)) for role in en)
        lines += [
            "",
            "[[packages]]",
            f"process = {text(kebab(row['process']))}",
            f"level = {row['to_level']}",
            f"workstream = {text(row['workstream'])}",
            f"name = {words(row['wp_en'], row['wp_zh'])}",
            f"roles = [{roles}]",
            f"effort = [{row['pd_low']}, {row['pd_likely']}, {row['pd_high']}]",
            f"weeks = [{row['weeks_low']}, {row['weeks_likely']}, {row['weeks_high']}]",
        ]
    write(out / "packages.toml", "work_packages.csv", lines, "judgement")
    roles_file(names, out)


def roles_file(names: dict[str, tuple[str, str]], out: Path) -> None:
    path = CATALOGUE / "roles.toml"
    kept = {r["id"]: r["fte"] for r in tomllib.loads(path.read_text("utf-8"))["roles"]} if path.exists() else {}
    lines = ["# fte: full-time equivalents a medium client typically gives. Judgement: edit freely, it is kept."]
    for role, (en, zh) in names.items():
        lines += [
            "",
            "[[roles]]",
            f"id = {text(role)}",
            f"name = {words(en[0].upper() + en[1:], zh)}",
            f"fte = {kept.get(role, 0.5)}",
        ]
    write(out / "roles.toml", "work_packages.csv", lines, "judgement")


def indicators(folder: Path, out: Path) -> None:
    kept = (CATALOGUE / "indicators.toml").read_text("utf-8")
    known = {entry["id"]: entry for entry in tomllib.loads(kept)["indicators"]}
    lines = ["# baseline and target: what to assume until somebody has measured. Judgement: edit freely, it is kept."]
    public = {row["id"]: re.search(r"KPIs (?:J\+)?([A-Z, ]+)", row["source"]) for row in rows(folder, "processes.csv")}
    for row in rows(folder, "kpis.csv"):
        found = public[row["process"]]
        usual = known.get(row["code"], {})
        lines += [
            "",
            "[[indicators]]",
            f"id = {text(row['code'])}",
            f"name = {words(row['name_en'], row['name_zh'])}",
            f"processes = [{text(kebab(row['process']))}]",
            f"unit = {text(row['unit'])}",
            f"direction = {text(row['direction'])}",
            *(f"{key} = {usual[key]}" for key in ("baseline", "target") if key in usual),
            *([f"source = {text(f'public: {found[1].strip()}; figures judgement')}"] if found else []),
        ]
    lines += ["", SCORECARD + kept.partition(SCORECARD)[2]]
    write(out / "indicators.toml", "kpis.csv", lines, "judgement")


def main() -> None:
    if len(sys.argv) not in (2, 3) or not (folder := Path(sys.argv[1])).is_dir():
        sys.exit(__doc__)
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else CATALOGUE
    out.mkdir(parents=True, exist_ok=True)
    processes(folder, out)
    dependencies(folder, "dependencies.csv", out / "dependencies.toml")
    dependencies(folder, "dependencies_generic.csv", out / "dependencies_generic.toml")
    packages(folder, out)
    indicators(folder, out)


if __name__ == "__main__":
    main()
