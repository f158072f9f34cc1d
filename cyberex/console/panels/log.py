"""The log: every line, the latest in sight unless one scrolls; found by typing."""

from collections.abc import Sequence

from cyberex.console.desk import Desk
from cyberex.console.line_list import LineList, folded
from cyberex.console.log_lines import log_text, plain
from cyberex.i18n import _
from cyberex.views.log_lines import LogLine


class LogPanel(LineList[LogLine]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(
            lambda line, width: log_text(desk, line, width),
            lambda line: line.seq,
            empty=lambda: _("the log is empty"),
            id="log",
        )
        self._desk = desk
        self._shown: object = None
        self._words: dict[int, str] = {}
        self.wanted = ""

    def redraw(self) -> None:
        log = self._desk.board.log
        version = (log.version, self.wanted, self.follow)
        if version == self._shown:
            return
        self._shown = version
        lines: Sequence[LogLine] = log.lines
        if self.wanted:
            lines = [line for line in log.lines if self.wanted in self._folded(line)]
        self.show(lines, len(lines) - 1)

    def _folded(self, line: LogLine) -> str:
        """The words to search in, made once a line."""
        words = self._words.get(line.seq)
        if words is None:
            words = folded(plain(self._desk, line))
            self._words[line.seq] = words
        return words
