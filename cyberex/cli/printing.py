"""What the command line prints: problems, tables, lines; UTF-8 wherever it goes."""

import sys
from collections.abc import Sequence
from enum import StrEnum

from cyberex.errors import UserError
from cyberex.i18n import _, ngettext
from cyberex.problems import Problem, Severity, render_github, render_json, render_text, shown


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


def harmless(text: str) -> str:
    """`text` without what could drive a terminal; its lines stay."""
    return "\n".join(shown(line) for line in text.split("\n"))


def say(line: str) -> None:
    """On standard output, as it is. UserError if its disk is full."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stdout = None
        raise UserError(
            _("what was to be said cannot be written: {reason}.").format(
                reason=error.strerror or error
            ),
            _("Free some space, or send it elsewhere."),
        ) from error


def tell(text: str) -> None:
    """On standard output, to a person: names and titles in it may come from anywhere."""
    say(harmless(text))


def complain(line: str) -> None:
    """On standard error, harmless; to nobody if it is closed or full."""
    if sys.stderr is None:
        return
    try:
        print(harmless(line), file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = None


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
