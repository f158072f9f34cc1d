"""How an author's mistake is carried and shown: `file:line:column`, the line, a caret, a hint.

Loading collects every Problem and raises nothing. Rendering here is plain text and JSON; colours
belong to the command line.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

TAB = "    "
NO_BREAK = "\u00a0\u202f\u2009"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one file. `line` and `column` start at 1; 0 means the file as a whole.

    `width` is the number of characters to underline, `source` the line as the author wrote it.
    `code` is stable and never translated; `message` and `hint` are.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str = ""
    source: str = ""
    width: int = 1

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        return (self.path, self.line, self.column, self.code)


def has_errors(problems: Iterable[Problem]) -> bool:
    """True if a scenario with these problems must not start."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def shown(text: str) -> str:
    """`text` without what could drive a terminal: control characters become `\\xNN`.

    French no-break spaces are spaces.
    """
    return "".join(
        char if char == "\t" or char.isprintable() or char in NO_BREAK else f"\\x{ord(char):02x}"
        for char in text
    )


def render_text(problem: Problem) -> str:
    """The problem as a person reads it, several lines, safe for any terminal."""
    place = shown(problem.path)
    if problem.line:
        place += f":{problem.line}:{problem.column}"
    lines = [f"{place}: {problem.severity}[{problem.code}] {shown(problem.message)}"]
    if problem.line and problem.source:
        number = str(problem.line)
        source, start = _window(problem)
        lines.append(f"  {number} | {source}")
        caret = "^" * max(1, min(problem.width, len(source) - start))
        lines.append(f"  {' ' * len(number)} | {' ' * start}{caret}")
    if problem.hint:
        lines.append(f"    hint: {shown(problem.hint)}")
    return "\n".join(lines)


def _window(problem: Problem, width: int = 100) -> tuple[str, int]:
    """The part of the source line around the column, and where the caret starts in it."""
    before = shown(problem.source[: problem.column - 1].replace("\t", TAB))
    after = shown(problem.source[problem.column - 1 :].replace("\t", TAB))
    first = max(0, len(before) - width // 2)
    return (before[first:] + after)[:width], len(before) - first


def render_json(problems: Sequence[Problem]) -> str:
    """The problems as a JSON list: accents kept, what could drive a terminal escaped."""
    text = json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)
    return "".join(
        char if char == "\n" or char.isprintable() or char in NO_BREAK else json.dumps(char)[1:-1]
        for char in text
    )


def render_github(problem: Problem) -> str:
    """The problem as an annotation of a hosted build (`::error file=...`)."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escaped_property(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    path = escaped_property(Path(problem.path).as_posix())
    message = problem.message if not problem.hint else f"{problem.message} ({problem.hint})"
    return (
        f"::{problem.severity} file={path},line={problem.line},col={problem.column},"
        f"title={escaped_property(problem.code)}::{escaped(shown(message))}"
    )
