"""The questionnaire as CSV: what is written, what is read, and every fault of a file told at once."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.edit.answers import take_answers
from planner.model.answers import QUALITIES, REPLIES, VIAS, Answer, AnswerSheet, HandLevel
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import AssessmentProfile
from planner.model.project import Project
from planner.model.rating import profile_of
from planner.model.values import Fixed
from planner.store.answers_csv import questionnaire
from planner.store.answers_read import Filled, QuestionnaireUnreadable, parse_questionnaire, read_questionnaire
from planner.text.clean import clean, clean_name
from planner.text.i18n import use

HEAD = "process,criterion,assessor,reply,evidence,quality,via,date,dimension,level_by_hand,reason\n"


@pytest.fixture(scope="module")
def profile(desk: Project, catalogue: Catalogue) -> AssessmentProfile:
    found = profile_of(desk, catalogue)
    assert found
    return found


def read(text: str, desk: Project, profile: AssessmentProfile) -> Filled:
    return parse_questionnaire(text, "in.csv", desk, profile)


def faults(text: str, desk: Project, profile: AssessmentProfile) -> list[str]:
    with pytest.raises(QuestionnaireUnreadable) as caught:
        read(text, desk, profile)
    return [str(fault) for fault in caught.value.faults]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_template_has_a_row_for_every_question_and_process_in_scope(
    desk: Project, profile: AssessmentProfile
) -> None:
    away = replace(desk, processes=tuple(replace(p, in_scope=p.id != "demand") for p in desk.processes))
    text = questionnaire(away, profile)
    found = rows(text)
    assert len(found) == 26 * 70
    assert text.startswith("\ufeffprocess,process_name,dimension,level,criterion,text,assessor,reply,evidence,")
    assert {row["process"] for row in found} == {p.id for p in away.processes if p.in_scope}
    first = next(row for row in found if row["process"] == "incident" and row["criterion"] == "R3.5")
    assert (first["dimension"], first["level"], first["process_name"]) == ("process", "3", "Incident management")
    assert first["text"] == "Entry, exit, dispatch, closure and escalation rules are defined."
    assert first["source"] == "seed S003 (incident design list)"
    assert first["reply"] == first["assessor"] == ""


def test_answers_and_levels_set_by_hand_are_filled_in(desk: Project, catalogue: Catalogue) -> None:
    profile = profile_of(desk, catalogue)
    assert profile
    answer = Answer(
        criterion="P2.1", reply="partly", evidence="=chart", quality="seen", via="document", day=date(2027, 1, 5)
    )
    sheets = [AnswerSheet(process="demand", assessor=who, answers=(answer,)) for who in ("Li", "Wang")]
    level = HandLevel(process="demand", dimension="tech", level=2, reason="shown")
    found = rows(questionnaire(take_answers(desk, catalogue, sheets, [level]), profile))
    mine = [row for row in found if row["process"] == "demand"]
    assert [row["assessor"] for row in mine] == ["Li"] * 70 + ["Wang"] * 70
    row = next(row for row in mine if row["criterion"] == "P2.1")
    assert [row[c] for c in ("reply", "evidence", "quality", "via", "date")] == [
        "partly", "'=chart", "seen", "document", "2027-01-05",
    ]  # fmt: skip
    assert [(r["criterion"], r["level_by_hand"], r["reason"]) for r in mine if r["level_by_hand"]] == [
        ("T1.1", "2", "shown")
    ]


def test_a_small_file_is_enough(desk: Project, profile: AssessmentProfile) -> None:
    text = "process,criterion,assessor,reply\nincident,P2.1,Li,yes\n\nincident,P2.2,Li,\n"
    answers = (Answer(criterion="P2.1", reply="yes"),)
    assert read(text, desk, profile) == Filled((AnswerSheet(process="incident", assessor="Li", answers=answers),), ())


@pytest.mark.parametrize(
    "text",
    [
        "process;criterion;assessor;reply;evidence;quality;via;date\n"
        "incident;P2.1;Li;Partly; a, b ;SEEN;tool;2027/1/5\n",
        "\ufeff流程\t准则编号\t评估人\t回答\t证据\t证据质量\t证据来源\t日期\n"
        "incident\tP2.1\tLi\t部分\t a, b \t查证\t工具\t2027年1月5日\n",
        "process,criterion,assessor,reply,evidence,quality,via,date,mine\r\n"
        'incident,P2.1,Li ,partly," a, b ",seen,tool,2027-01-05,x\r\n',
        "\ufeffsep=;\r\nprocess;criterion;level;assessor;reply;evidence;quality;via;date\r\n"
        "incident;P2.1;2;Li;partly; a, b ;seen;tool;2027-01-05\r\n",
        "\r\n;;;\r\nprocess;criterion;assessor;reply;evidence;quality;via;date\r\n"
        "incident;P2.1;Li;partly; a, b ;seen;tool;2027-01-05\r\n",
        '"sep=|"\n\nprocess|criterion|assessor|reply|evidence|quality|via|date\n'
        "incident|P2.1|Li|partly| a, b |seen|tool|2027-01-05\n",
    ],
)
def test_what_spreadsheets_make_of_it_is_read_alike(text: str, desk: Project, profile: AssessmentProfile) -> None:
    answer = Answer(
        criterion="P2.1", reply="partly", evidence=" a, b ", quality="seen", via="tool", day=date(2027, 1, 5)
    )
    assert read(text, desk, profile).sheets == (AnswerSheet(process="incident", assessor="Li", answers=(answer,)),)


@pytest.mark.parametrize(("word", "reply"), [("是", "yes"), ("部分", "partly"), ("否", "no"), ("不适用", "n/a")])
def test_replies_in_chinese(word: str, reply: str, desk: Project, profile: AssessmentProfile) -> None:
    (sheet,) = read(f"{HEAD}incident,P2.1,李,{word},,,,,,,\n", desk, profile).sheets
    assert (sheet.assessor, sheet.answers[0].reply) == ("李", reply)


def test_a_level_by_hand_stands_with_a_question_or_with_a_dimension(desk: Project, profile: AssessmentProfile) -> None:
    text = f"{HEAD}incident,T2.1,,,,,,,,4,new tool\nincident,T2.2,,,,,,,tech,4,new tool\ndemand,,,,,,,,people,2,seen\n"
    assert read(text, desk, profile).levels == (
        HandLevel(process="incident", dimension="tech", level=4, reason="new tool"),
        HandLevel(process="demand", dimension="people", level=2, reason="seen"),
    )


WRONG = [
    ("incidnt,P2.1,Li,yes,,,,,,,", "unknown process 'incidnt' — did you mean 'incident'?"),
    ("incident,P2.11,Li,yes,,,,,,,", "unknown criterion 'P2.11' — did you mean 'P2.1'?"),
    ("incident,P2.2,Li,prtly,,,,,,,", "reply: 'prtly' is not known — did you mean 'partly'?"),
    ("incident,P2.2,Li,maybe,,,,,,,", "reply: 'maybe' is not known — use one of: n/a, no, partly, yes"),
    ("incident,P2.3,Li,yes,,measurd,,,,,", "quality: 'measurd' is not known — did you mean 'measured'?"),
    ("incident,P2.3,Li,yes,,,phone,,,,", "via: 'phone' is not known — use one of: document, interview, tool"),
    ("incident,P2.4,Li,yes,,,,5.1.2027,,,", "'5.1.2027' is no date — write it such as 2027-01-04"),
    ("incident,P2.4,Li,yes,,,,2027-02-30,,,", "'2027-02-30' is no date — write it such as 2027-01-04"),
    ("incident,P2.4,Li,yes,,,,1027-02-03,,,", "'1027-02-03' is no date — write it such as 2027-01-04"),
    ("incident,P2.4,,yes,,,,,,,", "the reply has no assessor — write in the column assessor who found it out"),
    ("incident,,Li,yes,,,,,,,", "the reply has no criterion — write the code of the question, such as T5.4"),
    ("incident,P2.4,Li,,minutes,,,,,,", "there is evidence, but no reply — use one of: n/a, no, partly, yes"),
    (
        "incident,P2.4,,,,,,,,3,",
        "level 3 is set by hand without a reason — say in the column reason why it is not what the answers give",
    ),
    ("incident,P2.4,,,,,,,,6,x", "'6' is no level — write a whole number from 1 to 5"),
    (
        "incident,P2.4,,,,,,,,,x",
        "there is a reason, but no level set by hand — write the level, or remove the reason",
    ),
    ("incident,,,,,,,,pepole,3,x", "unknown dimension 'pepole' — did you mean 'people'?"),
    ("incident,P2.4,Li,yes,,,,,tech,,", "P2.4 belongs to people, not to 'tech' — write people"),
    (
        "incident,P2.4,Li,yes,a,seen,tool,,,,,b",
        "the row has more cells than the heading — put text with commas in quotes",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("row", "fault"), WRONG)
def test_each_fault_names_file_and_row_and_what_to_do(
    row: str, fault: str, desk: Project, profile: AssessmentProfile
) -> None:
    assert f"in.csv:2: {fault}" in faults(HEAD + row + "\n", desk, profile)


def test_all_faults_are_told_at_once(desk: Project, profile: AssessmentProfile) -> None:
    text = HEAD + "\n".join(row for row, _fault in WRONG) + "\n"
    said = faults(text, desk, profile)
    assert {f"in.csv:{number}: {fault}" for number, (_row, fault) in enumerate(WRONG, 2)} <= set(said)


def test_a_doubled_answer(desk: Project, profile: AssessmentProfile) -> None:
    text = f"{HEAD}incident,P2.1,Li,yes,,,,,,,\nincident,P2.1,Wang,no,,,,,,,\nincident,P2.1,Li,yes,,,,,,,\n"
    assert faults(text, desk, profile) == [
        "in.csv:4: Li answers P2.1 for incident twice (first in row 2) — remove one of the two rows"
    ]


def test_levels_by_hand_that_contradict_each_other(desk: Project, profile: AssessmentProfile) -> None:
    text = f"{HEAD}incident,,,,,,,,tech,3,seen\nincident,,,,,,,,tech,4,seen\n"
    assert faults(text, desk, profile) == [
        "in.csv:3: tech of incident is set by hand twice, and not alike (first in row 2) — remove one of the two"
    ]


def test_headings(desk: Project, profile: AssessmentProfile) -> None:
    assert faults("process,criterion,reply\n", desk, profile) == [
        "in.csv:1: the column 'assessor' is missing — "
        "a questionnaire needs the columns process, criterion, assessor, reply"
    ]
    assert faults("process,criterion,assesor,reply\nincidnt,P2.1,Li,yes\n", desk, profile) == [
        "in.csv:1: the column 'assesor' is not known — did you mean 'assessor'?",
        "in.csv:2: unknown process 'incidnt' — did you mean 'incident'?",
    ]
    assert faults("process,criterion,assessor,reply,reply\n", desk, profile) == [
        "in.csv:1: the column 'reply' stands there twice — remove one of them"
    ]
    assert faults("", desk, profile) == [
        "in.csv:1: the file is empty — write one with: planner assess FILE --questionnaire OUT"
    ]


@pytest.mark.parametrize(("before", "rows"), [("sep=;\n", 1), ("\n", 1), ("\r\n;;\r\nSEP=,\r\n", 3)])
def test_rows_are_those_of_the_file_also_below_what_is_skipped(
    before: str, rows: int, desk: Project, profile: AssessmentProfile
) -> None:
    text = "process;criterion;assesor;reply\nincident;P2.1;Li;yes\n\nincidnt;P2.1;Li;yes\n"
    assert faults(before + text, desk, profile) == [
        f"in.csv:{rows + 1}: the column 'assesor' is not known — did you mean 'assessor'?",
        f"in.csv:{rows + 4}: unknown process 'incidnt' — did you mean 'incident'?",
    ]


@pytest.mark.parametrize("text", ["\n", "sep=;\r\n", "sep=,\n\n,,,\n"])
def test_a_file_without_a_heading_is_empty(text: str, desk: Project, profile: AssessmentProfile) -> None:
    assert faults(text, desk, profile) == [
        "in.csv:1: the file is empty — write one with: planner assess FILE --questionnaire OUT"
    ]


def test_a_level_that_is_not_that_of_the_criterion(desk: Project, profile: AssessmentProfile) -> None:
    text = "process,level,criterion,assessor,reply\nincident,3,P2.1,Li,yes\nincident,2,P2.2,Li,yes\ndemand,3,P2.1,,\n"
    assert faults(text, desk, profile) == ["in.csv:2: P2.1 is about level 2, not about '3' — write 2"]


def test_broken_quotes(desk: Project, profile: AssessmentProfile) -> None:
    (fault,) = faults(f'{HEAD}incident,P2.1,Li,yes,"open\n', desk, profile)
    assert fault.startswith("in.csv:2: this row is no CSV: ")


def test_files_that_cannot_be_read(tmp_path: Path, desk: Project, profile: AssessmentProfile) -> None:
    other = tmp_path / "gbk.csv"
    other.write_bytes((HEAD + "incident,P2.1,李,是,,,,,,,\n").encode("gbk"))
    for path, words in (
        (other, ':2: this is not text in UTF-8 — save it from the spreadsheet as "CSV UTF-8"'),
        (tmp_path / "no.csv", ":1: there is no such file — check the name"),
        (tmp_path, ":1: the file cannot be read: "),
    ):
        with pytest.raises(QuestionnaireUnreadable) as caught:
            read_questionnaire(path, desk, profile)
        assert str(caught.value).startswith(f"{path}{words}")


TEXT = st.text(alphabet=st.sampled_from("ab '\"=+-@\t\n,;，＝\u200f是1"), max_size=8).map(clean)
NAMES = TEXT.map(clean_name).map(str.strip).filter(bool)


@st.composite
def assessed(draw: st.DrawFn, desk: Project, profile: AssessmentProfile) -> Project:
    """The desk with a few answers of a few assessors, and some levels set by hand."""
    codes = [criterion.code for criterion in profile.criteria]
    answers = st.builds(
        Answer,
        criterion=st.sampled_from(codes),
        reply=st.sampled_from(REPLIES),
        evidence=TEXT,
        quality=st.sampled_from((None, *QUALITIES)),
        via=st.sampled_from((None, *VIAS)),
        day=st.none() | st.dates(date(2000, 1, 1), date(2199, 12, 31)),
    )
    found = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(["incident", "demand"]), NAMES),
            st.lists(answers, min_size=1, max_size=4, unique_by=lambda answer: answer.criterion),
            max_size=3,
        )
    )
    by_hand = draw(st.dictionaries(st.sampled_from(desk.dimension_ids), TEXT.filter(str.strip), max_size=2))
    return replace(
        desk,
        answer_sheets=tuple(
            AnswerSheet(process=process, assessor=assessor, answers=tuple(given))
            for (process, assessor), given in found.items()
        ),
        processes=tuple(replace(p, by_hand=Fixed(by_hand if p.id == "demand" else {})) for p in desk.processes),
    )


@settings(max_examples=20, deadline=None)
@given(data=st.data(), language=st.sampled_from(("en", "zh")))
def test_out_and_in_and_out_again_is_byte_for_byte_the_same(
    data: st.DataObject, language: str, desk: Project, catalogue: Catalogue, profile: AssessmentProfile
) -> None:
    project = data.draw(assessed(desk, profile))
    use(language)
    try:
        text = questionnaire(project, profile)
        filled = parse_questionnaire(text, "in.csv", project, profile)
        assert {(s.process, s.assessor): set(s.answers) for s in filled.sheets} == {
            (s.process, s.assessor): set(s.answers) for s in project.answer_sheets
        }
        assert questionnaire(take_answers(project, catalogue, filled.sheets, filled.levels), profile) == text
        bare = replace(
            project, answer_sheets=(), processes=tuple(replace(p, by_hand=Fixed()) for p in project.processes)
        )
        assert questionnaire(take_answers(bare, catalogue, filled.sheets, filled.levels), profile) == text
    finally:
        use("en")
