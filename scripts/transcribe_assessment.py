"""Write templates/assessment/profiles/three-dimensions.toml from the domain CSV of maturity criteria.

    uv run python scripts/transcribe_assessment.py PATH/TO/domain [FOLDER]

FOLDER is where it is written instead of templates/assessment/profiles (to compare, say).
The other questionnaires, the pains and the quick wins are written by hand from domain.md §3.3, §5.3 and §5.4.
"""

import sys
from pathlib import Path

from transcribe import rows, text, words

PROFILES = Path(__file__).parent.parent / "templates" / "assessment" / "profiles"

HEAD = """\
# The usual questionnaire: three dimensions, five levels (domain.md §3.2).
# Written by scripts/transcribe_assessment.py from maturity_criteria.csv; correct the CSV and run it again.
# seed S003: condensed from the slide deck; judgement: added, so that every cell has at least four questions.
# A symptom describes the floor: it is shown for orientation and not scored.
id = "three-dimensions"
source = "seed S003"
name = { en = "Three dimensions: people, process, technology", zh = "三维度：人员、流程、技术" }
"""

DIMENSIONS = (
    ("people", "People & organisation", "人员与组织", "people"),
    ("process", "Process", "流程", "process"),
    ("tech", "Technology & tools", "技术与工具", "tech"),
)
"""Id, name and the workstream that lifts it; the CSV has the ids alone."""


def mark(source: str) -> str:
    """The CSV's ``S (remark)`` and ``J (remark)`` as marks of a source."""
    letter, _space, remark = source.partition(" ")
    return " ".join(filter(None, [{"S": "seed S003", "J": "judgement"}[letter], remark]))


def main() -> None:
    if len(sys.argv) not in (2, 3) or not (folder := Path(sys.argv[1])).is_dir():
        sys.exit(__doc__)
    lines = []
    for ident, en, zh, workstream in DIMENSIONS:
        lines += [
            "",
            "[[dimensions]]",
            f"id = {text(ident)}",
            f"name = {words(en, zh)}",
            f"workstream = {text(workstream)}",
        ]
    for row in rows(folder, "maturity_criteria.csv"):
        lines += [
            "",
            "[[criteria]]",
            f"code = {text(row['code'])}",
            f"dimension = {text(row['dimension'])}",
            f"level = {row['level']}",
            f"text = {words(row['criterion_en'], row['criterion_zh'])}",
            *(["symptom = true"] if row["symptom_only"] == "1" else []),
            f"source = {text(mark(row['source']))}",
        ]
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else PROFILES
    out.mkdir(parents=True, exist_ok=True)
    (out / "three-dimensions.toml").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
