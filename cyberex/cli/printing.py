"""What the command line prints: problems, tables, lines; UTF-8 wherever it goes."""

import sys
from collections.abc import Sequence
from enum import StrEnum

from cyberex.i18n import ngettext
from cyberex.problems import Problem, Severity, render_github, render_json, render_text


class ProblemFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def speak_utf8() -> None:
    """French needs it, and a Windows console or a pipe may have been opened otherwise."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def say(line: str) -> None:
    print(line, flush=True)


def complain(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def print_problems(problems: Sequence[Problem], shape: ProblemFormat) -> None:
    """All the problems on standard output, in the order given."""
    match shape:
        case ProblemFormat.JSON:
            say(render_json(problems))
        case ProblemFormat.GITHUB:
            for problem in problems:
                say(render_github(problem))
        case ProblemFormat.TEXT:
            for problem in problems:
                say(render_text(problem))


def tally(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    return ", ".join(
        (
            ngettext("{count} error", "{count} errors", errors).format(count=errors),
            ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        )
    )
