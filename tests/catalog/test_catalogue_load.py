"""The knowledge in templates/: complete, in both languages, free of contradictions; broken knowledge is refused."""

import dataclasses
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.catalog.ids import process_ids
from planner.catalog.load import CatalogueError, contradictions, load, templates_folder
from planner.model.capability import level_of
from planner.model.knowledge import Catalogue, Words
from planner.model.values import WORKSTREAMS

ROOT = Path(__file__).parent.parent.parent
DOMAIN = ROOT.parent / "shared" / "domain"


def words(value: object, where: str) -> Iterator[tuple[str, Words]]:
    if isinstance(value, Words):
        yield where, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from words(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from words(item, f"{where}[{number}]")


def test_all_of_the_domain_is_there(catalogue: Catalogue) -> None:
    specific = load_table("dependencies.toml")
    generic = load_table("dependencies_generic.toml")
    assert len(catalogue.processes) == 27
    assert (specific, generic) == (120, 78)
    assert len(catalogue.dependencies) == 198
    assert [d.strength for d in catalogue.dependencies[:120]].count("hard") == 83
    assert len(catalogue.packages) == 432
    assert {(p.process, p.level, p.workstream) for p in catalogue.packages} == {
        (process.id, level, workstream)
        for process in catalogue.processes
        for level in (2, 3, 4, 5)
        for workstream in WORKSTREAMS
    }
    assert [level.number for level in catalogue.levels] == [1, 2, 3, 4, 5]


def load_table(name: str) -> int:
    return (templates_folder() / "catalogue" / name).read_text("utf-8").count("[[dependencies]]")


def test_every_text_is_in_both_languages(catalogue: Catalogue) -> None:
    found = [*words(catalogue, "catalogue")]
    assert len(found) > 800
    for where, text in found:
        assert text.en.strip(), where
        assert text.zh.strip(), where
        chinese = any("\u4e00" <= char <= "\u9fff" for char in text.zh)
        named = text.zh == text.en or text.zh.isupper()  # CMDB, ISO/IEC 20000-1:2018
        assert chinese or named, f"{where} is not Chinese: {text.zh}"
        assert not any("\u4e00" <= char <= "\u9fff" for char in text.en), f"{where} is not English: {text.en}"


def test_no_dependency_leads_to_a_higher_level(catalogue: Catalogue) -> None:
    assert all(level_of(d.needs) <= level_of(d.item) for d in catalogue.dependencies)
    equal = [level_of(d.item) for d in catalogue.dependencies[:120] if level_of(d.needs) == level_of(d.item)]
    assert (equal.count(2), equal.count(3), len(equal)) == (22, 1, 23)


def test_lookups(catalogue: Catalogue) -> None:
    assert catalogue.process_by_id["incident"].name.zh == "事件管理"
    assert [p.workstream for p in catalogue.packages_of["incident", 3]] == list(WORKSTREAMS)
    assert process_ids() == frozenset(catalogue.process_by_id)
    assert [*contradictions(catalogue)] == []


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(templates_folder(), tmp_path / "templates"))


def edited(folder: Path, name: str, old: str, new: str) -> list[str]:
    """The faults after ``old`` became ``new`` once in a template file."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text, f"{name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


def added(folder: Path, name: str, text: str) -> list[str]:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(text)
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


def dependency(item: str, needs: str) -> str:
    return (
        f'\n[[dependencies]]\nitem = "{item}"\nneeds = "{needs}"\nstrength = "hard"\n'
        'reason = { en = "x", zh = "因" }\nsource = "x"\n'
    )


def test_a_copy_loads_as_the_original(templates: Path, catalogue: Catalogue) -> None:
    assert load(templates) == catalogue


CONTRADICTIONS: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "unknown end": (
        lambda f: added(f, "catalogue/dependencies.toml", dependency("incident@3", "problme@2")),
        "dependencies.toml: dependencies \"incident@3\": unknown process 'problme' — did you mean 'problem'?",
    ),
    "no such level": (
        lambda f: added(f, "catalogue/dependencies.toml", dependency("incident@6", "problem@2")),
        "dependencies.toml: dependencies \"incident@6\": 'incident@6' is not a capability"
        " — write process@level, level 1 to 5, such as incident@3",
    ),
    "higher level": (
        lambda f: added(f, "catalogue/dependencies.toml", dependency("incident@2", "demand@3")),
        'dependencies.toml: dependencies "incident@2": incident@2 needs demand@3, which is a higher level'
        " — lower the one, or raise the other",
    ),
    "twice the same dependency": (
        lambda f: added(f, "catalogue/dependencies.toml", dependency("incident@3", "problem@2")),
        "dependencies.toml: dependencies \"incident@3\": 'incident@3 / problem@2' stands there twice"
        " — rename or remove one of them",
    ),
    "package of an unknown process": (
        lambda f: edited(f, "catalogue/packages.toml", 'process = "incident"', 'process = "incidents"'),
        "packages.toml: packages \"incidents\": unknown process 'incidents' — did you mean 'incident'?",
    ),
    "unknown role of a package": (
        lambda f: edited(f, "catalogue/packages.toml", '"change-lead"', '"change-leader"'),
        "packages.toml: packages \"sms\": unknown role 'change-leader' — did you mean 'change-lead'?",
    ),
    "twice the same package": (
        lambda f: edited(f, "catalogue/packages.toml", 'workstream = "process"', 'workstream = "people"'),
        "packages.toml: packages \"sms\": 'sms / 2 / people' stands there twice — rename or remove one of them",
    ),
    "twice the same process": (
        lambda f: edited(f, "catalogue/processes.toml", 'id = "demand"', 'id = "capacity"'),
        "processes.toml: processes \"capacity\": 'capacity' stands there twice — rename or remove one of them",
    ),
    "no share for so many roles": (
        lambda f: edited(f, "catalogue/rules.toml", "2 = [0.6, 0.4]\n", ""),
        'packages.toml: packages "sms": no rule shares effort among 2 roles'
        " — name fewer roles, or add the share to [role_share] of catalogue/rules.toml",
    ),
    "effort of programme work that falls": (
        lambda f: edited(f, "catalogue/programme.toml", "effort = [10, 18, 30]", "effort = [18, 10, 30]"),
        'programme.toml: programme "maturity-assessment": the estimate 18, 10, 30 is not in the order low, likely, high'
        " — sort the three numbers",
    ),
    "weeks of programme work that fall": (
        lambda f: edited(f, "catalogue/programme.toml", "weeks = [3, 5, 8]", "weeks = [3, 5, 4]"),
        'programme.toml: programme "maturity-assessment": the estimate 3, 5, 4 is not in the order',
    ),
    "effort of a quick win that falls": (
        lambda f: edited(f, "assessment/quick_wins.toml", "effort = [10, 17.5, 25]", "effort = [10, 17.5, 17]"),
        'quick_wins.toml: quick_wins "service-desk@2": the estimate 10, 17.5, 17 is not in the order',
    ),
    "weeks of a quick win that fall": (
        lambda f: edited(f, "assessment/quick_wins.toml", "weeks = [3, 4, 6]", "weeks = [7, 4, 6]"),
        'quick_wins.toml: quick_wins "service-desk@2": the estimate 7, 4, 6 is not in the order',
    ),
    "unknown process of a strategy": (
        lambda f: edited(f, "strategies/service-desk-first.toml", "service-desk = 2", "servicedesk = 2"),
        "service-desk-first.toml: phases \"near\": unknown process 'servicedesk' — did you mean 'service-desk'?",
    ),
    "unknown strategy of an engagement": (
        lambda f: edited(f, "engagements/desk-first.toml", 'strategy = "service-desk-first"', 'strategy = "desk"'),
        "desk-first.toml: unknown strategy 'desk' — use one of: change-config-first, compliance-first, pain-driven,"
        " quick-wins, service-desk-first",
    ),
    "unknown role of an engagement": (
        lambda f: edited(f, "engagements/desk-first.toml", 'role = "trainer"', 'role = "coach"'),
        "desk-first.toml: roles number 7: unknown role 'coach'",
    ),
    "unknown process of an engagement": (
        lambda f: edited(f, "engagements/desk-first.toml", "\n[target]\n", "\n[target]\nincidnt = 2\n"),
        "desk-first.toml: unknown process 'incidnt' — did you mean 'incident'?",
    ),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_knowledge_that_contradicts_itself_is_refused(templates: Path, kind: str) -> None:
    breaks, fault = CONTRADICTIONS[kind]
    told = breaks(templates)
    assert any(line.startswith(fault) for line in told), told


def test_a_circle_is_refused_and_named(templates: Path) -> None:
    faults = added(
        templates,
        "catalogue/dependencies.toml",
        dependency("problem@2", "knowledge@2") + dependency("knowledge@2", "problem@2"),
    )
    (fault,) = [fault for fault in faults if "a circle" in fault]
    assert fault == (
        'dependencies.toml: dependencies "knowledge@2": problem@2 needs knowledge@2 needs problem@2: a circle'
        " — remove one of these dependencies"
    ) or fault == (
        'dependencies.toml: dependencies "knowledge@2": knowledge@2 needs problem@2 needs knowledge@2: a circle'
        " — remove one of these dependencies"
    )


def test_a_circle_through_a_level_is_refused(templates: Path) -> None:
    assert any(
        "a circle" in fault for fault in added(templates, "catalogue/dependencies.toml", dependency("sms@2", "sms@3"))
    )


def test_an_engagement_scores_every_dimension(templates: Path) -> None:
    faults = edited(templates, "engagements/desk-first.toml", "process = 1, tech = 2 }", "process = 1 }")
    assert (
        "desk-first.toml: service-desk must be scored for people, process, tech — give a level for each of them"
        in faults
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "words_of_fault"),
    [
        ("catalogue/packages.toml", "level = 2", 'level = "two"', "must be a whole number"),
        ("catalogue/packages.toml", "level = 2", "level = 7", "must be 1 to 5, not 7"),
        ("catalogue/packages.toml", 'workstream = "people"', 'workstream = "peple"', "people"),
        ("catalogue/processes.toml", "kind = ", "knd = ", "kind"),
        ("catalogue/levels.toml", "number = 1", "number = ", "levels.toml"),
        ("catalogue/processes.toml", 'zh = "服务管理体系"', 'zh = ""', "must not be empty"),
    ],
)
def test_values_of_the_wrong_kind_are_named_with_their_file(
    templates: Path, name: str, old: str, new: str, words_of_fault: str
) -> None:
    faults = edited(templates, name, old, new)
    assert any(Path(name).name in fault and words_of_fault in fault for fault in faults), faults


def test_all_faults_are_told_at_once(templates: Path) -> None:
    (templates / "catalogue" / "levels.toml").write_text("not toml", "utf-8")
    faults = edited(templates, "catalogue/packages.toml", "level = 2", "level = 7")
    assert any(fault.startswith("levels.toml") for fault in faults)
    assert any(fault.startswith("packages.toml") for fault in faults)


@pytest.mark.skipif(not DOMAIN.is_dir(), reason="the domain's CSV files are not beside this checkout")
def test_the_catalogue_is_what_the_script_makes_of_the_domain(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "transcribe.py"
    subprocess.run([sys.executable, script, DOMAIN, tmp_path], check=True, capture_output=True)
    written = sorted(tmp_path.iterdir())
    assert [path.name for path in written] == [
        "dependencies.toml",
        "dependencies_generic.toml",
        "indicators.toml",
        "packages.toml",
        "processes.toml",
        "roles.toml",
    ]
    for path in written:
        assert path.read_bytes() == (ROOT / "templates" / "catalogue" / path.name).read_bytes(), path.name


def test_the_ids_of_processes_are_found_without_the_rest(catalogue: Catalogue, tmp_path: Path) -> None:
    """The short way through the planner's own file finds what the catalogue has; other folders are read as TOML."""
    assert process_ids() == set(catalogue.process_by_id)
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "processes.toml").write_text('[[ processes ]]\nkind = "x"\nid = "inn"\n')
    assert process_ids(tmp_path) == {"inn"}
