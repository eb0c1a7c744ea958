"""What columns are called in the sheets that people keep, beside the planner's own headings: English and Chinese.

Words are compared without case, width, spaces and punctuation, and also without what stands in brackets.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from planner.graph.naming import dimension_title
from planner.model.project import Project
from planner.model.values import Workstream
from planner.store.table_columns import ASSESSMENT, EFFORTS, PACKAGES, Headings, role_word
from planner.text.clean import folded
from planner.text.i18n import LANGUAGES, N_, _, language, said_in

IGNORE = "ignore"
"""The field of a column that is to be left out."""

NUMBER = "number"
"""The field of a column with running numbers: rows refer to each other by them, but they are no ids."""

PHASE_NUMBER = "phase-number"
"""The field of a column with the number of the phase, counted from 1 in the order of the plan."""

OUTLINE = "outline"
"""The field of a column that says how deep in an outline a row stands: 1 for the highest."""

BOOK: Final[Mapping[str, str]] = {"capability": N_("Capability"), PHASE_NUMBER: N_("Phase no.")}
"""Headings of the workbook for what no table of work packages has a column for."""

WORKED_OUT: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "packages": ((N_("No."), N_("Level reached"), N_("At least"), N_("At most"), N_("Progress")),),
    "assessment": (
        (
            N_("Rank"),
            N_("Level planned"),
            N_("Gap"),
            N_("Pain"),
            N_("Priority"),
            N_("Pains"),
            N_("Processes that wait for it"),
            N_("Person-days"),
            N_("Why"),
        ),
        (N_("Level wanted"), N_("Level planned")),
    ),
}
"""Headings of the planner's own sheets, sheet by sheet, under which stands what it works out: it is not read back."""

OTHERS: Final[Mapping[str, str]] = {
    "id": "id|package id|work package id|task id|wp id|key|ref|code|wbs|no|nr|number|#"
    "|编号|序号|任务编号|工作包编号|代码",
    "name": "work package|package|task|task name|activity|name|title|work item|action|step|measure"
    "|工作包|工作包名称|任务|任务名称|活动|活动名称|名称|工作内容|工作项|事项|行动",
    "process-id": "process id|practice id|流程 id|流程编号",
    "process": "process|process name|practice|itil process|itil practice|流程|流程名称"
    "|所属流程|对应流程|涉及流程|相关流程|实践|实践名称|过程",
    "level": "level|maturity|maturity level|to level|target level|target maturity"
    "|目标等级|目标级别|目标成熟度|目标成熟度等级|等级|级别|成熟度|成熟度等级|成熟度级别",
    "capability": "capability|capability id|delivers|能力|能力 id|流程等级",
    OUTLINE: "outline level|outline|大纲级别|大纲级数|层级",
    PHASE_NUMBER: "phase no|phase nr|phase number|阶段序号|阶段号",
    "workstream": "workstream|work stream|stream|dimension|工作流|工作线|条线|维度",
    "phase-id": "phase id|阶段 id|阶段编号",
    "phase": "phase|stage|wave|increment|阶段|阶段名称|所属阶段|项目阶段|波次|期次",
    "start": "start|start date|planned start|begin|begins|from|开始|开始日期|开始时间|计划开始|计划开始日期|起始日期",
    "finish": "finish|finish date|end|end date|planned finish|planned end|due|due date|deadline|until"
    "|完成|完成日期|完成时间|结束|结束日期|结束时间|截止|截止日期|计划完成|计划完成日期|计划结束",
    "days": "days|duration|working days|workdays|length|工期|工作日|天数|持续时间|历时|工时天数",
    "days-low": "min days|days min|days low|min duration|duration low|optimistic|最短工期|工期最少|乐观工期|乐观",
    "days-high": "max days|days max|days high|max duration|duration high|pessimistic|最长工期|工期最多|悲观工期|悲观",
    "effort": "effort|pd|pds|person days|man days|md|workload|effort in days|effort pd"
    "|人天|人日|工作量|工作量人天|投入|投入人天",
    "role": "role|roles|owner|responsible|resource|resources|assignee|assigned to|resource names|who"
    "|角色|负责人|负责角色|责任人|牵头人|资源|资源名称|执行人|承担角色|责任角色",
    "after": "after|predecessor|predecessors|depends on|dependency|dependencies|needs|requires"
    "|前置|前置任务|前置工作|前置条件|前置工作包|前置活动|依赖|依赖项|紧前任务|前序任务",
    "alongside": "alongside|in parallel with|并行|并行任务",
    "deliverables": "deliverable|deliverables|output|outputs|result|results|交付物|交付成果|成果|输出|产出",
    "cost": "cost|costs|external cost|expenses|费用|成本|外部费用",
    "note": "note|notes|comment|comments|remark|remarks|description|details|备注|说明|描述|注释|任务说明",
}
"""Words for the fields of work packages."""

OTHERS_OF_LEVELS: Final[Mapping[str, str]] = {
    "process-id": OTHERS["process-id"],
    "process": OTHERS["process"],
    "dimension-id": "dimension id|维度 id",
    "dimension": "dimension|aspect|area|维度|方面",
    "now": "now|level now|current|current level|as is|baseline|maturity|maturity now|current maturity|score"
    "|当前|当前等级|当前级别|现状|现状等级|现状级别|当前成熟度|现状成熟度|评分|得分",
    "target": "target|target level|target maturity|to be|goal|wanted|目标|目标等级|目标级别|目标成熟度",
    "scope": "in scope|scope|范围|在范围内|是否在范围内|纳入范围",
    "importance": "importance|priority|business importance|重要性|重要程度|优先级",
    "reason": "reason|reason for the target|rationale|why|理由|目标理由|原因",
    "by-hand": "evidence|finding|findings|observation|reason for the level now"
    "|依据|证据|发现|现状说明|评估依据|当前等级理由",
}
"""Words for those of levels."""

STREAMS: Mapping[Workstream, str] = {
    "people": "people|person|organisation|organization|org|culture|人员|人|组织|人员与组织",
    "process": "process|processes|procedure|流程|过程|制度",
    "tech": "tech|technology|technical|tool|tools|tooling|products|技术|工具|平台|系统",
    "standard": "standard|standards|compliance|certification|iso|标准|合规|认证|体系",
}
"""Words for the workstreams, and for what they lift, beside the planner's own."""

_NOW_WORDS = ("", *OTHERS_OF_LEVELS["now"].split("|"))
_TARGET_WORDS = OTHERS_OF_LEVELS["target"].split("|")
_EFFORT_WORDS = ("", *OTHERS["effort"].split("|"))

_LABELS: Final[Mapping[str, str]] = {
    "capability": N_("Capability"),
    "role": N_("Role"),
    PHASE_NUMBER: N_("Phase no."),
    OUTLINE: N_("Depth in the outline"),
    NUMBER: N_("Running number, to which other rows refer"),
}

_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|（.*?）|【.*?】")


def plain(heading: str) -> str:
    """``heading`` as it is compared: letters and figures only; a lone sign such as # stays."""
    text = folded(heading)
    return "".join(sign for sign in text if sign.isalnum()) or text.strip()


def without_brackets(heading: str) -> str:
    """``heading`` without what stands in brackets: a unit, mostly."""
    return _BRACKETS.sub(" ", heading)


class Words:
    """The headings that are understood for one kind of table, for a plan with its roles and dimensions."""

    def __init__(
        self,
        own: Headings,
        known: Mapping[str, Iterable[str]],
        roles: Iterable[tuple[str, str]] = (),
        book: Iterable[tuple[str, str]] = (),
        worked_out: Iterable[tuple[str, ...]] = (),
    ) -> None:
        self.own = {plain(word): field for field, words in own.items() for word in words}
        self._book = {plain(word): field for field, word in book}
        self._worked_out = [
            {plain(said_in(language, word)) for word in sheet} for sheet in worked_out for language in LANGUAGES
        ]
        self.fields = (*own, *(field for field in known if field not in own), *dict.fromkeys(f for f, _w in roles))
        self._known: dict[str, set[str]] = {}
        pairs = [(field, word) for field, words in known.items() for word in words]
        for field, word in (*pairs, *roles):
            self._known.setdefault(plain(word), set()).add(field)

    def meant(self, heading: str) -> tuple[str, ...]:
        """The fields that ``heading`` may stand for; one where it is clear, several where it is not."""
        for word in dict.fromkeys((plain(heading), plain(without_brackets(heading)))):
            if word in self.own or word in self._book:
                return (self.own.get(word) or self._book[word],)
            if word in self._known:
                return tuple(sorted(self._known[word]))
        return ()

    def dimension(self, heading: str) -> str:
        """The field of a dimension's level that ``heading`` may stand for as well; a process may be called so, too."""
        return next((field for field in self._known.get(plain(heading), ()) if field.startswith("now:")), "")

    def is_own(self, heading: str) -> bool:
        """Whether ``heading`` is one that the planner itself writes."""
        return plain(heading) in self.own or plain(heading) in self._book

    def worked_out(self, head: Sequence[str]) -> frozenset[int]:
        """The columns of a sheet of the planner's own in which stands what it works out; none in any other sheet."""
        words = [plain(without_brackets(heading)) for heading in head]
        for sheet in self._worked_out:
            if 4 * len(sheet.intersection(words)) >= 3 * len(sheet):
                return frozenset(n for n, word in enumerate(words) if word in sheet and word not in self.own)
        return frozenset()


def of_packages(project: Project) -> Words:
    """The headings of work packages: with columns for the effort of each role of ``project``."""
    known = {**{field: words.split("|") for field, words in OTHERS.items()}, NUMBER: ()}
    return Words(PACKAGES, known, tuple(_roles(project)), _book(project), WORKED_OUT["packages"])


def _book(project: Project) -> Iterator[tuple[str, str]]:
    """What the planner's own sheets call what the headings of all plans do not cover."""
    for field, heading in BOOK.items():
        yield from ((field, word) for word in both(heading))
    for role in project.roles:
        exact = role_word(project, role)
        for field, words in EFFORTS.items():
            yield from ((f"{field}:{role.id}", word.format(role=exact)) for word in words)


def _roles(project: Project) -> Iterator[tuple[str, str]]:
    for role in project.roles:
        exact = role_word(project, role)
        for name in dict.fromkeys((role.name, role.id, exact)):
            for word in _EFFORT_WORDS:
                yield f"effort:{role.id}", f"{word} {name}"
                yield f"effort:{role.id}", f"{name} {word}"


def of_levels(project: Project) -> Words:
    """The headings of levels, those of a sheet that has a column for each dimension of ``project`` with them."""
    known = {field: words.split("|") for field, words in OTHERS_OF_LEVELS.items()}
    return Words(ASSESSMENT, known, tuple(_dimensions(project)), worked_out=WORKED_OUT["assessment"])


def _dimensions(project: Project) -> Iterator[tuple[str, str]]:
    for dimension in project.dimension_ids:
        for name in dimension_words(project, dimension):
            for field, words in (("now", _NOW_WORDS), ("target", _TARGET_WORDS)):
                for word in words:
                    yield f"{field}:{dimension}", f"{word} {name}"
                    yield f"{field}:{dimension}", f"{name} {word}"


def dimension_words(project: Project, dimension: str) -> tuple[str, ...]:
    """What people call a dimension: its id, the plan's name for it, and the usual words in both languages."""
    own = [one.name for one in project.dimensions if one.id == dimension]
    stream = next((stream for stream in STREAMS if project.lifted_by(stream) == (dimension,)), None)
    usual = (*both(stream), *STREAMS[stream].split("|")) if stream else both(dimension)
    return tuple(dict.fromkeys((dimension, *own, *usual)))


def both(word: str) -> tuple[str, ...]:
    """A word of the planner in every language."""
    return tuple(dict.fromkeys(said_in(language, word) for language in LANGUAGES))


def label(project: Project, field: str) -> str:
    """What a person calls ``field``: the heading that the planner writes for it."""
    kind, _colon, part = field.partition(":")
    place = LANGUAGES.index(language())
    if not part:
        known = {**ASSESSMENT, **PACKAGES}
        return known[field][place] if field in known else _(_LABELS[field])
    if kind in EFFORTS:
        return EFFORTS[kind][place].format(role=role_word(project, project.role_by_id[part]))
    return f"{ASSESSMENT[kind][place]} ({dimension_title(project, part)})"
