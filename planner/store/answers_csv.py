"""The questionnaire of an assessment as a CSV file, to be filled in a spreadsheet (``answers_read`` takes it in).

A row for each criterion, process in scope and assessor.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from planner.model.answers import Answer
from planner.model.known.assessment import AssessmentProfile
from planner.model.project import ProcessScope, Project
from planner.model.rating import asked
from planner.text.clean import one_line
from planner.text.i18n import language
from planner.text.spreadsheet import BYTE_ORDER_MARK, guarded

COLUMNS: Final = {
    "process": "流程",
    "process_name": "流程名称",
    "dimension": "维度",
    "level": "等级",
    "criterion": "准则编号",
    "text": "准则",
    "assessor": "评估人",
    "reply": "回答",
    "evidence": "证据",
    "quality": "证据质量",
    "via": "证据来源",
    "date": "日期",
    "level_by_hand": "人工定级",
    "reason": "定级理由",
    "source": "出处",
}
"""The headings, in English and Chinese. Name, text and source are there to be read by people only; dimension
and level must be those of the criterion."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "reply": {"yes": "是", "partly": "部分", "no": "否", "n/a": "不适用"},
    "quality": {"said": "口述", "seen": "查证", "measured": "实测"},
    "via": {"interview": "访谈", "document": "文件", "tool": "工具"},
}
"""The words of a column, in English and Chinese."""


def questionnaire(project: Project, profile: AssessmentProfile) -> str:
    """The questionnaire as CSV, filled with the plan's answers to it, in the language of the interface.

    A process that nobody has answered for has rows without an assessor. A level set by hand stands, with its reason,
    in the first row of its dimension.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    chinese = language() == "zh"
    rows.writerow(COLUMNS.values() if chinese else COLUMNS)
    for process in project.processes:
        if process.in_scope:
            for row in _rows(project, profile, process):
                rows.writerow(guarded(cell) for cell in row)
    return BYTE_ORDER_MARK + text.getvalue()


def _rows(project: Project, profile: AssessmentProfile, process: ProcessScope) -> Iterator[list[str]]:
    sheets = [sheet for sheet in project.answer_sheets if sheet.process == process.id]
    told: set[str] = set()
    for sheet in (*sheets,) or (None,):
        answers = {answer.criterion: answer for answer in sheet.answers} if sheet else {}
        for criterion in asked(profile, process.id):
            dimension = criterion.dimension
            by_hand = process.by_hand.get(dimension, "") if dimension not in told else ""
            told.add(dimension)
            yield [
                process.id,
                one_line(process.name),
                dimension,
                str(criterion.level),
                criterion.code,
                one_line(criterion.text.in_(language())),
                sheet.assessor if sheet else "",
                *_answer(answers.get(criterion.code)),
                str(process.baseline[dimension]) if by_hand else "",
                by_hand,
                one_line(criterion.source),
            ]


def _answer(answer: Answer | None) -> list[str]:
    if answer is None:
        return [""] * 5
    return [
        _said("reply", answer.reply),
        answer.evidence,
        _said("quality", answer.quality or ""),
        _said("via", answer.via or ""),
        answer.day.isoformat() if answer.day else "",
    ]


def _said(column: str, word: str) -> str:
    return WORDS[column].get(word, word) if language() == "zh" else word
