"""A consultant's own templates, made up: a process, a standard, a track, a strategy and an engagement that use them."""

from pathlib import Path

PROCESS = """
source = "judgement"

[[processes]]
id = "catering"
kind = "process"
name = { en = "Catering", zh = "餐饮管理" }
full_name = { en = "Catering management", zh = "餐饮服务管理" }
purpose = { en = "Nobody goes hungry.", zh = "无人挨饿。" }
owner = { en = "Head cook", zh = "主厨" }
group = { en = "Guests", zh = "宾客" }
names = { itil-4 = { en = "(Service desk)", zh = "（服务台）" } }
"""

PACKAGE = """
[[packages]]
process = "catering"
level = {level}
workstream = "{workstream}"
name = {{ en = "{workstream} of level {level}", zh = "餐饮{level}级{workstream}" }}
roles = ["process-manager", "process-consultant"]
effort = [2, 4, 8]
weeks = [4, 8, 12]
"""

DEPENDENCIES = """
source = "judgement"

[[dependencies]]
item = "catering@2"
needs = "request@2"
strength = "hard"
reason = { en = "Guests order as they request.", zh = "订餐即请求。" }
"""

STANDARD = """
id = "guild-7"
source = "judgement"
name = { en = "Guild rule 7", zh = "行会第七号规则" }
level = 2
operate_months = 2
valid_months = 24

[[clauses]]
id = "1"
title = { en = "Kitchen", zh = "厨房" }
items = ["catering@2"]

[[clauses]]
id = "2"
title = { en = "Complaints", zh = "投诉" }
items = ["incident@2", "catering@2"]

[[stages]]
id = "tasting"
name = { en = "Tasting", zh = "试菜" }
weeks = { small = 8, medium = 12, large = 16 }
gate = { en = "Nobody complained", zh = "无人投诉" }
operates = true

[[stages.work]]
id = "taste"
name = { en = "Taste all dishes", zh = "品尝全部菜品" }
roles = ["process-manager"]
effort = [1, 2, 3]
runs = true

[[stages]]
id = "feast"
name = { en = "Feast of the guild", zh = "行会宴会" }
weeks = { small = 2, medium = 3, large = 4 }
gate = { en = "The masters nod", zh = "师傅们点头" }
decides = true

[[stages.work]]
id = "cook"
name = { en = "Cook for the masters", zh = "为师傅们掌勺" }
roles = ["process-manager"]
effort = [1, 2, 3]

[[stages.events]]
id = "nod"
name = { en = "The masters decide", zh = "师傅们裁定" }
kind = "audit"
decides = true

[[cycle]]
id = "second-feast"
name = { en = "Second feast", zh = "第二次宴会" }
kind = "surveillance"
months = 12
"""

TRACK = """
id = "guild-ladle"
source = "judgement"
name = { en = "Silver ladle", zh = "银勺" }
role = "process-manager"
valid_years = 2
renewal_lead_months = 3

[[levels]]
id = "apprentice"
name = { en = "Apprentice", zh = "学徒" }
for_whom = { en = "Who begins", zh = "初学者" }
cost = 120

[[steps]]
id = "school"
name = { en = "Cooking school", zh = "厨艺学校" }
week = 0
weeks = 3
days = 4

[[steps]]
id = "trial"
name = { en = "Trial dinner", zh = "试宴" }
week = 3
weeks = 1
days = 1
repeats = true
"""

STRATEGY = """
id = "guests-first"
source = "judgement"
name = { en = "Guests first", zh = "宾客优先" }
suits = { en = "Hungry guests.", zh = "宾客饥饿。" }
avoid = { en = "An empty house.", zh = "无客可待。" }
logic = { en = "Food before paper.", zh = "先餐后文。" }
phase_weeks = 20
weights = { first_value = 1.0, value = 1.0 }

[[phases]]
id = "near"
name = { en = "The first meal", zh = "第一餐" }
goal = { en = "Everybody eats.", zh = "人人有饭吃。" }
months = 6
levels = { catering = 2 }
"""

ENGAGEMENT = """
id = "inn"
source = "judgement"
name = { en = "An inn", zh = "客栈" }
suits = { en = "Inns.", zh = "客栈。" }
client = { en = "The Golden Goose", zh = "金鹅客栈" }
goal = { en = "The silver sign above the door.", zh = "门上的银牌。" }
strategy = "guests-first"
size = "small"
absorption = 3
roles = [{ role = "process-manager", fte = 1.0 }, { role = "process-consultant", fte = 1.0 }]
certifications = [{ standard = "guild-7", months = 20 }]
enrolments = [{ track = "guild-ladle", level = "apprentice", post = "cook", months = 1 }]
baseline = { incident = { people = 1, process = 2, tech = 1 } }
target = { catering = 2 }

[[posts]]
id = "cook"
name = { en = "Cook", zh = "厨师" }
roles = ["process-manager"]
manages = ["catering"]

[[benefits]]
item = "catering@2"
name = { en = "A warm meal", zh = "热饭一餐" }
"""


def made(folder: Path) -> Path:
    """``folder`` with all of them in their places."""
    packages = "".join(
        PACKAGE.format(level=level, workstream=workstream)
        for level in (2, 3)
        for workstream in ("people", "process", "tech", "standard")
    )
    files = {
        "catalogue/processes.toml": PROCESS,
        "catalogue/packages.toml": 'source = "judgement"\n' + packages,
        "catalogue/dependencies.toml": DEPENDENCIES,
        "standards/guild-7.toml": STANDARD,
        "people/tracks/guild-ladle.toml": TRACK,
        "strategies/guests-first.toml": STRATEGY,
        "engagements/inn.toml": ENGAGEMENT,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
