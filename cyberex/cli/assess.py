"""`assess`: twenty statements to score, the level they recommend and why, kept with its date."""

import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.places import home
from cyberex.cli.printing import complain, say
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import Problem, has_errors, render_text

if TYPE_CHECKING:
    from cyberex.scenario.assessment import Advice, Assessment, Question
    from cyberex.scenario.typed import ModelT, Reading

QUESTIONS = Path("kits") / "common" / "assess.yaml"
BACK = ("b", "r", "\x7f", "\x08", "\x1b[D")
QUIT = ("q", "\x04", "\x1a", "")
WIDTH = 88

ReadKey = Callable[[], str]


def assess(
    answers: Annotated[
        Path | None, typer.Option("--answers", help=_("answers in a file, instead of asking"))
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help=_("the file to write, instead of your folder"))
    ] = None,
    paper: Annotated[
        bool, typer.Option("--paper", help=_("write the form to fill in by hand"))
    ] = False,
) -> None:
    """Score twenty statements; say which level to play, and why."""
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.scenario.assessment import advise, load_assessment, record_of

    assessment = _whole(load_assessment(_questions()))
    now = SystemClocks().room()
    if paper:
        from cyberex.cli.assess_paper import form_of

        _write(to or Path(_("self-assessment.html")), form_of(assessment))
        return
    if answers is not None:
        from cyberex.scenario.assessment import read_answers

        given = dict(_whole(read_answers(answers, assessment)).answers)
    else:
        given = ask(assessment, key_reader(), say)
    advice = advise(assessment, given)
    for line in explained(advice):
        say(line)
    # Answers that come from a file are kept already: recorded again only where one says.
    if answers is None or to is not None:
        _write(to or _record_path(now), record_of(advice, given, now.date()))


def ask(assessment: "Assessment", read_key: ReadKey, tell: Callable[[str], None]) -> dict[str, int]:
    """Each statement in order, going back as often as wanted. typer.Abort if the person quits."""
    scores = {str(answer.score): answer.score for answer in assessment.scale}
    given: dict[str, int] = {}
    place = 0
    _introduce(assessment, tell)
    while place < len(assessment.questions):
        question = assessment.questions[place]
        _show(assessment, place, given.get(question.id), tell)
        key = read_key().lower()
        while key not in scores and key not in BACK and key not in QUIT:
            keys = ", ".join(scores)
            tell(_("Press {keys}, b to go back or q to quit.").format(keys=keys))
            key = read_key().lower()
        if key in scores:
            given[question.id] = scores[key]
            tell(f"   → {key} {_label(assessment, scores[key])}")
            place += 1
        elif key in BACK:
            place = max(0, place - 1)
        else:
            tell(_("Left before the end: nothing was kept."))
            raise typer.Abort
    return given


def key_reader() -> ReadKey:
    """One key on a terminal; elsewhere a line each, "" at the end of the input, which quits."""
    if sys.stdin.isatty():
        return typer.getchar

    def line() -> str:
        read = sys.stdin.readline()
        return read.strip() or ("" if not read else " ")

    return line


def explained(advice: "Advice") -> Iterator[str]:
    """The level and where it comes from, then what to mend first."""
    yield ""
    yield _("Total: {total} out of {out_of}.").format(total=advice.total, out_of=advice.out_of)
    for theme in advice.themes:
        bar = "█" * theme.score + "·" * (theme.out_of - theme.score)
        yield f"  {theme.title:<26} {bar:<12} {theme.score}/{theme.out_of}"
    yield ""
    yield _("By the total alone ({low} to {high}): {level}.").format(
        low=advice.by_total.low, high=advice.by_total.high, level=advice.by_total.title
    )
    for cap in advice.caps:
        said = _("{question} caps the level.").format(question=cap.question)
        yield from _wrapped(f"{said} {cap.why or ''}".rstrip(), "  ")
    yield ""
    yield _("Recommended level: {level}.").format(level=advice.level.title)
    if advice.level.advice:
        yield from _wrapped(advice.level.advice, "  ")
    yield "  " + _("To see its kits: cyberex kits")
    if advice.missing:
        yield ""
        yield _("Where there is nothing yet:")
        for question in advice.missing:
            yield from _wrapped(f"{question.id}  {question.text}", "  ")


def _introduce(assessment: "Assessment", tell: Callable[[str], None]) -> None:
    tell(_("{count} statements. Score what you could show a visitor today.").format(
        count=len(assessment.questions)
    ))  # fmt: skip
    for answer in assessment.scale:
        tell(f"  {answer.score}  {answer.label}  {answer.meaning or ''}".rstrip())
    tell("  " + _("b  back    q  quit, keeping nothing"))


def _show(
    assessment: "Assessment", place: int, before: int | None, tell: Callable[[str], None]
) -> None:
    question: Question = assessment.questions[place]
    tell("")
    theme = assessment.theme_title(question.theme)
    tell(f"{place + 1}/{len(assessment.questions)}  {theme}")
    for line in _wrapped(question.text, "   "):
        tell(line)
    if question.proof:
        for line in _wrapped(_("To show: {proof}").format(proof=question.proof), "   "):
            tell(line)
    keys = "  ".join(f"{answer.score} {answer.label}" for answer in assessment.scale)
    kept = "" if before is None else "  " + _("(you said {score})").format(score=before)
    tell(f"   {keys}{kept}")


def _label(assessment: "Assessment", score: int) -> str:
    return next(answer.label for answer in assessment.scale if answer.score == score)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _questions() -> Path:
    """The user's own questions if there are any, else ours."""
    from cyberex.scenario.kits import package_roots

    for root in (home(), *package_roots()):
        if (root / QUESTIONS).is_file():
            return root / QUESTIONS
    raise UserError(
        _("the questions are not there: {path}.").format(path=QUESTIONS), _("Install cyberex anew.")
    )


def _whole(reading: "Reading[ModelT]") -> "ModelT":
    """The value; its mistakes are printed, exit 1."""
    problems: list[Problem] = reading.problems
    if reading.value is None or has_errors(problems):
        for problem in problems:
            complain(render_text(problem))
        raise typer.Exit(1)
    return reading.value


def _record_path(now: datetime) -> Path:
    return home() / "assessments" / f"{now:%Y%m%d-%H%M%S}.yaml"


def _write(path: Path, text: str) -> None:
    """A new file; one that is there is never replaced."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UserError(
            _("'{path}' is there already, and nothing is ever overwritten.").format(path=path),
            _("Add --to with another name."),
        ) from error
    except OSError as error:
        raise UserError(
            _("'{path}' cannot be written: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    say(_("Written: {path}").format(path=path))
