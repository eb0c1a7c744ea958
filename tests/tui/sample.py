"""A small plan that depends on no catalogue and no engine, so that pictures of it change only with the interface."""

from dataclasses import replace
from datetime import date, timedelta

from planner.model.calendar import Calendar, Period, Role
from planner.model.project import (
    Dependency,
    Engagement,
    Limits,
    Phase,
    Pin,
    Placement,
    ProcessScope,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import Duration, Effort, Fixed, Language

START = date(2027, 1, 4)
WORDS = {
    "en": {
        "name": "Harbour rollout",
        "client": "Example Harbour",
        "service-desk": "Service desk",
        "incident": "Incident management",
        "change": "Change management",
        "config": "Configuration management",
        "problem": "Problem management",
        "people": "Name the people [P1]",
        "process": "Agree the flow",
        "tech": "Set up the tool",
        "p1": "One front door",
        "p2": "Under control",
        "lead": "Change lead",
        "why": "Faults are recorded before their causes are sought.",
    },
    "zh": {
        "name": "港务服务管理提升",
        "client": "示例港务集团有限公司",
        "service-desk": "服务台",
        "incident": "事件管理",
        "change": "变更管理",
        "config": "服务资产与配置管理",
        "problem": "问题管理",
        "people": "明确责任人【P1】并培训全体成员",
        "process": "梳理流程",
        "tech": "配置工具",
        "p1": "统一入口",
        "p2": "受控运行",
        "lead": "变更负责人",
        "why": "先记录故障，再寻找原因。",
    },
}


def sample(language: Language = "en") -> Project:
    """Five processes, four capabilities, two phases, a blackout, a pin, a soft dependency."""
    words = WORDS[language]
    levels = {"service-desk": (1, 2), "incident": (1, 3), "change": (2, 2), "config": (1, 1), "problem": (1, 1)}
    processes = tuple(
        ProcessScope(
            id=ident,
            name=words[ident],
            in_scope=ident != "config",
            baseline=Fixed({"people": now, "process": now, "tech": now + (ident == "incident")}),
            target=Fixed({"people": goal, "process": goal, "tech": max(goal, now + (ident == "incident"))}),
        )
        for ident, (now, goal) in levels.items()
    )
    packages, places = [], {}
    begin = START
    for item, phase in (("service-desk@2", "p1"), ("incident@2", "p1"), ("problem@2", "p2"), ("incident@3", "p2")):
        for stream in ("people", "process", "tech"):
            ident = item.replace("@", "-") + f"-{stream}"
            packages.append(
                WorkPackage(
                    id=ident,
                    name=words[stream],
                    capability=item,
                    workstream=stream,
                    days=Duration(10, 15, 20),
                    effort=Fixed({"lead": Effort(2, 4.5, 6)}),
                    source="own" if stream == "people" else "catalogue",
                )
            )
            places[ident] = Placement(phase=phase, start=begin, finish=begin + timedelta(days=18))
            begin += timedelta(days=14)
    project = Project(
        engagement=Engagement(name=words["name"], client=words["client"], start=START, language=language),
        calendar=Calendar(blackouts=(Period(first=date(2027, 5, 1), last=date(2027, 5, 16)),)),
        limits=Limits(absorption=3),
        roles=(Role(id="lead", name=words["lead"], fte=1.5),),
        processes=processes,
        packages=tuple(packages),
        dependencies=(
            Dependency(item="incident@2", needs="service-desk@2", reason=words["why"]),
            Dependency(item="problem@2", needs="incident@2", reason=words["why"], source="catalogue"),
            Dependency(item="incident@3", needs="problem@2", strength="hard", reason=words["why"], lag=5),
            Dependency(item="incident@2", needs="change@2", strength="soft"),
            Dependency(item="service-desk@2", needs="config@2", strength="off", reason=words["why"]),
        ),
        pins=(Pin(item="incident@2", deadline=date(2027, 6, 30), reason="[Q2]"),),
    )
    phases = (
        Phase(id="p1", name=words["p1"], goal=words["why"], exit_criteria=(words["process"], words["tech"])),
        Phase(id="p2", name=words["p2"]),
    )
    return replace(project, phases=phases, roadmap=Roadmap(strategy="service-desk-first", packages=Fixed(places)))
