"""Which kit suits this facility? Twenty statements scored 0, 1 or 2, a total, and what caps it.

The questions are data (`kits/common/assess.yaml`); nothing here asks anybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.models import Level
from cyberex.scenario.register import Findings
from cyberex.scenario.source import SourceMap
from cyberex.scenario.typed import Reading, in_order, read_model
from cyberex.scenario.words import Id, Prose
from cyberex.scenario.world import Node


class Answer(Node):
    """Une réponse possible."""

    score: int = Field(ge=0, le=9, description="Points de la réponse.")
    label: Prose = Field(description="Mot de la réponse.")
    meaning: Prose | None = Field(None, description="Ce qu'elle veut dire.")


class LevelBand(Node):
    """Un niveau et les totaux qui y mènent, bornes comprises."""

    id: Level = Field(description="Niveau : beginner, intermediate ou advanced.")
    title: Prose = Field(description="Nom du niveau.")
    low: int = Field(alias="from", ge=0, description="Total le plus bas.")
    high: int = Field(alias="to", ge=0, description="Total le plus haut.")
    advice: Prose | None = Field(None, description="Quoi jouer, et pourquoi.")


class Cap(Node):
    """Une réponse qui plafonne le niveau, quel que soit le total."""

    question: Id = Field(description="Question qui plafonne.")
    score: int = Field(0, ge=0, description="Réponse, ou moins, qui plafonne.")
    level: Level = Field("beginner", description="Niveau le plus haut alors.")
    why: Prose | None = Field(None, description="Pourquoi.")


class Theme(Node):
    """Un thème, qui regroupe des questions."""

    id: Id = Field(description="Identifiant du thème.")
    title: Prose = Field(description="Nom du thème.")


class Question(Node):
    """Une affirmation à coter."""

    id: Id = Field(description="Identifiant de la question.")
    theme: Id = Field(description="Thème.")
    text: Prose = Field(description="L'affirmation.")
    proof: Prose | None = Field(None, description="Ce que l'on peut montrer.")


class Assessment(Node):
    """L'autoévaluation de départ."""

    cyberex_assess: int = Field(ge=1, le=1, description="Version du format : 1.")
    scale: tuple[Answer, ...] = Field(min_length=2, description="Les réponses.")
    levels: tuple[LevelBand, ...] = Field(min_length=1, description="Les niveaux, le premier bas.")
    caps: tuple[Cap, ...] = Field((), description="Ce qui plafonne.")
    themes: tuple[Theme, ...] = Field(description="Les thèmes.")
    questions: tuple[Question, ...] = Field(min_length=1, description="Les questions, en ordre.")

    @property
    def highest(self) -> int:
        """The total of whoever answers the best to all."""
        return len(self.questions) * max(answer.score for answer in self.scale)

    def theme_title(self, theme: str) -> str:
        return next((item.title for item in self.themes if item.id == theme), theme)


class AnswersFile(Node):
    """Des réponses, et ce qu'elles ont donné le jour où elles ont été gardées."""

    cyberex_answers: int = Field(1, ge=1, le=1, description="Version du format : 1.")
    date: Prose | None = Field(None, description="Jour de l'autoévaluation.")
    total: int | None = Field(None, description="Total, sur le plus haut possible.")
    out_of: int | None = Field(None, description="Le plus haut total possible.")
    level: Level | None = Field(None, description="Niveau conseillé.")
    capped_by: tuple[Id, ...] = Field((), description="Questions qui ont plafonné.")
    answers: dict[Id, int] = Field(description="Points par question.")


@dataclass(frozen=True, slots=True)
class ThemeScore:
    title: str
    score: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Advice:
    """`by_total` is the level of the total alone, `level` the one advised; `caps` those that
    lower it; `missing` is what got the least points.
    """

    total: int
    out_of: int
    by_total: LevelBand
    level: LevelBand
    caps: tuple[Cap, ...]
    themes: tuple[ThemeScore, ...]
    missing: tuple[Question, ...]


def load_assessment(path: Path) -> Reading[Assessment]:
    """The questions at `path`; UserError only if it cannot be opened."""
    reading = read_model(path, Assessment)
    if reading.value is None:
        return reading
    problems = _check(reading.value, reading.source)
    return Reading(reading.value, in_order([*reading.problems, *problems]), reading.source)


def _check(assessment: Assessment, source: SourceMap) -> list[Problem]:
    findings = Findings(source)
    themes = {theme.id for theme in assessment.themes}
    questions = {question.id for question in assessment.questions}
    for number, question in enumerate(assessment.questions):
        if question.theme not in themes:
            message = _("unknown theme '{theme}'").format(theme=question.theme)
            findings.error(("questions", number, "theme"), "unknown-theme", message)
    for number, cap in enumerate(assessment.caps):
        if cap.question not in questions:
            message = _("unknown question '{question}'").format(question=cap.question)
            findings.error(("caps", number, "question"), "unknown-question", message)
    expected = 0
    for number, band in enumerate(assessment.levels):
        if band.low != expected or band.high < band.low:
            message = _("this level should begin at {expected}").format(expected=expected)
            findings.error(("levels", number, "from"), "level-gap", message)
        expected = band.high + 1
    if expected != assessment.highest + 1:
        message = _("the last level should end at {highest}").format(highest=assessment.highest)
        findings.error(("levels", len(assessment.levels) - 1, "to"), "level-gap", message)
    return findings.problems


def read_answers(path: Path, assessment: Assessment) -> Reading[AnswersFile]:
    """Answers written in a file: each question once, with a score of the scale."""
    reading = read_model(path, AnswersFile)
    if reading.value is None:
        return reading
    findings = Findings(reading.source)
    scores = {answer.score for answer in assessment.scale}
    known = {question.id for question in assessment.questions}
    for question, score in reading.value.answers.items():
        if question not in known:
            message = _("unknown question '{question}'").format(question=question)
            findings.error(("answers", question), "unknown-question", message)
        elif score not in scores:
            message = _("{score} is not a score: {scores}").format(
                score=score, scores=", ".join(map(str, sorted(scores)))
            )
            findings.error(("answers", question), "unknown-score", message)
    unanswered = known - reading.value.answers.keys()
    if unanswered:
        message = _("without an answer: {questions}").format(
            questions=", ".join(sorted(unanswered))
        )
        findings.error(("answers",), "unanswered", message)
    problems = in_order([*reading.problems, *findings.problems])
    return Reading(reading.value, problems, reading.source)


def advise(assessment: Assessment, answers: Mapping[str, int]) -> Advice:
    """What `answers`, one a question, recommend."""
    total = sum(answers[question.id] for question in assessment.questions)
    bands = assessment.levels
    ranks = {band.id: rank for rank, band in enumerate(bands)}
    reached = next(rank for rank, band in enumerate(bands) if total <= band.high)
    met = [cap for cap in assessment.caps if answers[cap.question] <= cap.score]
    lowest = min([reached, *(ranks.get(cap.level, reached) for cap in met)])
    least = min(answer.score for answer in assessment.scale)
    return Advice(
        total=total,
        out_of=assessment.highest,
        by_total=bands[reached],
        level=bands[lowest],
        caps=tuple(cap for cap in met if ranks.get(cap.level, reached) < reached),
        themes=tuple(_themes(assessment, answers)),
        missing=tuple(item for item in assessment.questions if answers[item.id] == least),
    )


def _themes(assessment: Assessment, answers: Mapping[str, int]) -> Iterator[ThemeScore]:
    best = max(answer.score for answer in assessment.scale)
    for theme in assessment.themes:
        own = [item.id for item in assessment.questions if item.theme == theme.id]
        yield ThemeScore(theme.title, sum(answers[item] for item in own), best * len(own))


def record_of(advice: Advice, answers: Mapping[str, int], day: date) -> str:
    """The answers and what they gave, as YAML that `read_answers` reads; nobody is named in it."""
    lines = [
        "cyberex_answers: 1",
        f'date: "{day.isoformat()}"',
        f"total: {advice.total}",
        f"out_of: {advice.out_of}",
        f"level: {advice.level.id}",
        f"capped_by: [{', '.join(cap.question for cap in advice.caps)}]",
        "answers:",
        *(f"  {question}: {score}" for question, score in answers.items()),
    ]
    return "\n".join(lines) + "\n"
