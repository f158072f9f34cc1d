"""`cyberex assess`: which level to play, and why."""

from datetime import date
from pathlib import Path

import pytest
import typer

from cyberex.cli.assess import ask, explained
from cyberex.problems import has_errors
from cyberex.scenario.assessment import (
    Assessment,
    advise,
    load_assessment,
    read_answers,
    record_of,
)
from tests.cli.conftest import ROOT, Cyberex

QUESTIONS = ROOT / "kits" / "common" / "assess.yaml"


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    reading = load_assessment(QUESTIONS)
    assert reading.value is not None
    assert reading.problems == []
    return reading.value


def scores(assessment: Assessment, total: int, **chosen: int) -> dict[str, int]:
    """Answers that add up to `total`, those named as asked, never 0 to what caps if it can be."""
    given = dict.fromkeys((item.id for item in assessment.questions), 0) | chosen
    free = [item for item in given if item not in chosen]
    free.sort(key=lambda item: item not in {cap.question for cap in assessment.caps})
    for _round in range(2):
        for item in free:
            if sum(given.values()) < total:
                given[item] += 1
    assert sum(given.values()) == total
    return given


def answered(assessment: Assessment, *keys: str) -> dict[str, int]:
    waiting = iter(keys)
    return ask(assessment, lambda: next(waiting), lambda _line: None)


def _changed(text: str, change: str) -> str:
    before, _bar, after = change.partition("|")
    assert before in text
    return text.replace(before, after, 1)


@pytest.mark.parametrize(
    ("total", "level"),
    [(3, "beginner"), (13, "beginner"), (14, "intermediate"), (27, "intermediate"),
     (28, "advanced"), (40, "advanced")],
)  # fmt: skip
def test_the_total_gives_the_level(assessment: Assessment, total: int, level: str) -> None:
    advice = advise(assessment, scores(assessment, total))
    assert (advice.total, advice.level.id, advice.caps) == (total, level, ())


@pytest.mark.parametrize("question", ["q01", "q07", "q11"])
def test_nothing_where_it_matters_caps_a_high_total(assessment: Assessment, question: str) -> None:
    advice = advise(assessment, scores(assessment, 36, **{question: 0}))
    assert (advice.by_total.id, advice.level.id) == ("advanced", "beginner")
    assert [cap.question for cap in advice.caps] == [question]
    told = "\n".join(explained(advice))
    assert question in told
    assert str(advice.caps[0].why).split(",")[0] in " ".join(told.split())


def test_a_cap_that_lowers_nothing_is_not_told(assessment: Assessment) -> None:
    assert advise(assessment, scores(assessment, 5, q01=0)).caps == ()


def test_the_scores_of_the_themes_add_up(assessment: Assessment) -> None:
    advice = advise(assessment, scores(assessment, 21))
    assert sum(theme.score for theme in advice.themes) == 21
    assert sum(theme.out_of for theme in advice.themes) == advice.out_of == 40


def test_going_back_changes_an_answer(assessment: Assessment) -> None:
    assert answered(assessment, "2", "1", "b", "0", *"1" * 18) == {
        "q01": 2, "q02": 0, **{f"q{number:02}": 1 for number in range(3, 21)}
    }  # fmt: skip


def test_going_back_from_the_first_stays_there(assessment: Assessment) -> None:
    assert answered(assessment, "b", "r", *"1" * 20)["q01"] == 1


def test_a_key_that_means_nothing_is_asked_again(assessment: Assessment) -> None:
    assert answered(assessment, "x", "9", " ", "é", "2", *"1" * 19)["q01"] == 2


def test_quitting_keeps_nothing(assessment: Assessment) -> None:
    with pytest.raises(typer.Abort):
        answered(assessment, "2", "q")


def test_what_is_recorded_can_be_read_again(assessment: Assessment, tmp_path: Path) -> None:
    given = scores(assessment, 30, q01=0, q07=0)
    path = tmp_path / "record.yaml"
    path.write_text(record_of(advise(assessment, given), given, date(2027, 3, 8)), "utf-8")
    reading = read_answers(path, assessment)
    assert reading.problems == []
    assert reading.value is not None
    assert reading.value.answers == given
    assert (reading.value.date, reading.value.capped_by) == ("2027-03-08", ("q01", "q07"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("q01: 1|q01: 3", "unknown-score"),
        ("q20: 1|q99: 1", "unknown-question"),
        ("q20: 1|", "unanswered"),
    ],
)
def test_a_mistake_in_the_answers_is_told(
    assessment: Assessment, tmp_path: Path, change: str, code: str
) -> None:
    lines = "answers:\n" + "".join(f"  q{number:02}: 1\n" for number in range(1, 21))
    path = tmp_path / "answers.yaml"
    path.write_text(_changed(lines, change), "utf-8")
    assert code in {problem.code for problem in read_answers(path, assessment).problems}


@pytest.mark.parametrize(
    ("change", "code"),
    [("theme: tools|theme: tool", "unknown-theme"), ("question: q07|question: q77",
     "unknown-question"), ("from: 14|from: 15", "level-gap"), ("to: 40|to: 39", "level-gap")],
)  # fmt: skip
def test_a_mistake_in_the_questions_is_told(tmp_path: Path, change: str, code: str) -> None:
    path = tmp_path / "assess.yaml"
    path.write_text(_changed(QUESTIONS.read_text("utf-8"), change), "utf-8")
    reading = load_assessment(path)
    assert has_errors(reading.problems)
    assert code in {problem.code for problem in reading.problems}


def test_twenty_keys_give_a_level_and_a_dated_record(cyberex: Cyberex, tmp_path: Path) -> None:
    said = cyberex("assess", given="1\n" * 20)
    assert (said.code, said.err) == (0, "")
    assert "Recommended level: Intermédiaire" in said.out
    (record,) = (tmp_path / "home" / "assessments").glob("*.yaml")
    assert "level: intermediate" in record.read_text("utf-8")


def test_an_end_of_input_keeps_nothing(cyberex: Cyberex, tmp_path: Path) -> None:
    said = cyberex("assess", given="1\n2\n")
    assert said.code == 130
    assert not (tmp_path / "home" / "assessments").exists()


def test_answers_of_a_file_ask_nothing(cyberex: Cyberex, tmp_path: Path) -> None:
    lines = "answers:\n" + "".join(f"  q{number:02}: 2\n" for number in range(1, 21))
    (tmp_path / "mine.yaml").write_text(lines, "utf-8")
    said = cyberex("assess", "--answers", "mine.yaml", "--to", "out.yaml")
    assert said.code == 0
    assert "Recommended level: Confirmé" in said.out
    assert "total: 40" in (tmp_path / "out.yaml").read_text("utf-8")


def test_answers_with_mistakes_exit_one_at_their_line(cyberex: Cyberex, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("answers:\n  q01: 7\n", "utf-8")
    said = cyberex("assess", "--answers", "mine.yaml")
    assert said.code == 1
    assert "mine.yaml:2" in said.err


def test_a_record_is_never_replaced(cyberex: Cyberex, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("kept", "utf-8")
    said = cyberex("assess", "--to", "mine.yaml", given="1\n" * 20)
    assert said.code == 2
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "kept"


def test_the_form_on_paper_holds_every_statement_and_box(
    cyberex: Cyberex, tmp_path: Path, assessment: Assessment
) -> None:
    said = cyberex("assess", "--paper", "--to", "form.html", lang="fr")
    assert said.code == 0
    page = (tmp_path / "form.html").read_text("utf-8")
    assert page.count("☐") == 60
    assert [item.id for item in assessment.questions if f">{item.id}<" not in page] == []
