"""Where each value stands in the author's file, so that a problem can point at it.

Lookups never fail: a path that is not in the file gives its nearest written ancestor.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from cyberex.problems import Problem, Severity

MAX_SHOWN = 2_000

PathTuple = tuple[str | int, ...]


class Branch:
    """One node of the file: offsets in characters and, for a list or a mapping, its children.

    Plain numbers and no marks: there is one Branch a scalar, and the collector of cycles must not
    have to walk through what they hold. `end` and the offsets of the key are -1 when unknown.
    """

    __slots__ = ("children", "end", "key_end", "key_start", "start")

    def __init__(
        self, start: int, end: int, children: "dict[str, Branch] | list[Branch] | None"
    ) -> None:
        self.start = start
        self.end = end
        self.key_start = -1
        self.key_end = -1
        self.children = children


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file: lines and columns from 1, the end excluded; `key` marks its key."""

    line: int
    column: int
    end_line: int
    end_column: int
    key: "Mark | None" = None


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The author's lines, the offset of each one's start, and the place of every value."""

    path: str
    lines: Sequence[str] = ()
    starts: Sequence[int] = (0,)
    root: Branch | None = None
    # Paths whose mistake is already told: what follows from it would only be noise.
    told: set[PathTuple] = field(default_factory=set)

    def branch(self, path: PathTuple) -> tuple[Branch | None, bool]:
        """The node at `path` or its nearest written ancestor, and whether it is the node."""
        here = self.root
        for segment in path:
            if here is None:
                return None, False
            below = _child(here, segment)
            if below is None:
                return here, False
            here = below
        return here, here is not None

    def mark(self, path: PathTuple) -> Mark | None:
        """The place of `path` or of its nearest written ancestor; None for an unread file."""
        branch, _exact = self.branch(path)
        if branch is None:
            return None
        key = self.span(branch.key_start, branch.key_end) if branch.key_start >= 0 else None
        return self.span(branch.start, branch.end, key)

    def key_mark(self, path: PathTuple, key: str) -> Mark | None:
        """The place of `key` itself in the mapping at `path`."""
        mark = self.mark((*path, key))
        return mark and (mark.key or mark)

    def problem(
        self,
        path: PathTuple,
        *,
        code: str,
        message: str,
        severity: Severity = Severity.ERROR,
        hint: str = "",
        key: bool = False,
    ) -> Problem:
        """A problem that points at the value at `path`, or at its key."""
        mark = self.mark(path)
        if mark is not None and key and mark.key is not None:
            mark = mark.key
        return self.problem_at(mark, code=code, message=message, severity=severity, hint=hint)

    def problem_at(
        self,
        mark: Mark | None,
        *,
        code: str,
        message: str,
        severity: Severity = Severity.ERROR,
        hint: str = "",
    ) -> Problem:
        """A problem that points at `mark`; None is the file as a whole."""
        if mark is None:
            return Problem(self.path, 0, 0, code, message, severity, hint)
        line = self.lines[mark.line - 1] if mark.line <= len(self.lines) else ""
        last = mark.end_column if mark.end_line == mark.line else len(line.rstrip()) + 1
        width = max(1, last - mark.column)
        if len(line) > MAX_SHOWN:
            # A file of one huge line would be copied into each of its problems.
            line = line[: mark.column + MAX_SHOWN] if mark.column < MAX_SHOWN else ""
        return Problem(
            self.path, mark.line, mark.column, code, message, severity, hint, line, width
        )

    def place(self, path: PathTuple) -> str:
        """`line 12, column 5` without words: `12:5`, for a message that names a second place."""
        mark = self.mark(path)
        return f"{mark.line}:{mark.column}" if mark else "?"

    def find_in(self, path: PathTuple, piece: str, occurrence: int) -> Mark | None:
        """Where the `occurrence`-th (from 0) `piece` stands inside the value at `path`.

        The value's own mark when the author wrote the piece otherwise (an escape, a folded line).
        """
        mark = self.mark(path)
        if mark is None:
            return None
        seen = occurrence
        for number in range(mark.line, min(mark.end_line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            start = mark.column - 1 if number == mark.line else 0
            stop = mark.end_column - 1 if number == mark.end_line else len(line)
            found = line.find(piece, start, stop)
            while found >= 0:
                if seen == 0:
                    return Mark(number, found + 1, number, found + 1 + len(piece))
                seen -= 1
                found = line.find(piece, found + len(piece), stop)
        return mark

    def span(self, start: int, end: int, key: Mark | None = None) -> Mark:
        """The place between two offsets; to the end of its line when `end` is -1."""
        line, column = self._line_and_column(start)
        if end < 0:
            written = self.lines[line] if line < len(self.lines) else ""
            return Mark(line + 1, column + 1, line + 1, len(written.rstrip()) + 1, key)
        end_line, end_column = self._line_and_column(end)
        return Mark(line + 1, column + 1, end_line + 1, end_column + 1, key)

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset) - 1
        return line, offset - self.starts[line]


def _child(branch: Branch, segment: str | int) -> Branch | None:
    children = branch.children
    if isinstance(children, dict) and isinstance(segment, str):
        return children.get(segment)
    if isinstance(children, list) and isinstance(segment, int):
        return children[segment] if 0 <= segment < len(children) else None
    return None
