"""The headings of the tables that go out as CSV and come back in: work packages, and levels of the assessment.

``planner.export.table_csv`` writes them in the language of the interface, ``planner.intake`` knows them in both.
"""

from collections.abc import Mapping
from typing import Final

from planner.model.calendar import Role
from planner.model.project import Project
from planner.text.clean import clean_name, folded
from planner.text.i18n import LANGUAGES, language

Headings = Mapping[str, tuple[str, str]]
"""The English and the Chinese heading of each field."""

PACKAGES: Final[Headings] = {
    "id": ("ID", "ID"),
    "name": ("Work package", "工作包"),
    "process-id": ("Process ID", "流程 ID"),
    "process": ("Process", "流程"),
    "level": ("Level", "等级"),
    "workstream": ("Workstream", "工作流"),
    "phase-id": ("Phase ID", "阶段 ID"),
    "phase": ("Phase", "阶段"),
    "start": ("Start", "开始"),
    "finish": ("Finish", "完成"),
    "days": ("Working days", "工作日"),
    "effort": ("Person-days", "人天"),
    "note": ("Note", "备注"),
    "days-low": ("Working days, low", "工作日（最少）"),
    "days-high": ("Working days, high", "工作日（最多）"),
    "after": ("After IDs", "前置 ID"),
    "alongside": ("Alongside IDs", "并行 ID"),
    "deliverables": ("Deliverables", "交付物"),
    "cost": ("Cost", "费用"),
    "source": ("Source", "来源"),
}
"""Those of work packages in their order; the columns of each role's effort stand around ``note``."""

EFFORTS: Final[Headings] = {
    "effort": ("Person-days: {role}", "人天：{role}"),
    "effort-low": ("Person-days, low: {role}", "人天（最少）：{role}"),
    "effort-high": ("Person-days, high: {role}", "人天（最多）：{role}"),
}
"""Those of one role's effort, once for each role."""

ASSESSMENT: Final[Headings] = {
    "process-id": ("Process ID", "流程 ID"),
    "process": ("Process", "流程"),
    "dimension-id": ("Dimension ID", "维度 ID"),
    "dimension": ("Dimension", "维度"),
    "now": ("Level now", "当前等级"),
    "target": ("Target level", "目标等级"),
    "scope": ("In scope", "在范围内"),
    "importance": ("Importance", "重要性"),
    "reason": ("Reason for the target", "目标理由"),
    "by-hand": ("Reason for the level now", "当前等级理由"),
}
"""Those of the levels, a row for each process and dimension."""


def heading(headings: Headings, field: str) -> str:
    """The heading of ``field`` in the language of the interface."""
    return headings[field][LANGUAGES.index(language())]


def role_word(project: Project, role: Role) -> str:
    """What a heading calls ``role``: its name, with its id behind it where another role might be meant as well."""
    mine = clean_name(role.name)
    words = [folded(word) for one in project.roles if one is not role for word in (one.name, one.id)]
    return f"{mine} [{role.id}]" if folded(mine) in words else mine
