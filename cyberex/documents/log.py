"""The log ("main courante") on paper: who did what when, with what was struck out still legible."""

from dataclasses import dataclass

from cyberex.documents.game import PastGame, day_words
from cyberex.documents.tables import Table, as_csv, escaped, markdown_table
from cyberex.facts.exercise_events import DebexGiven
from cyberex.facts.model import Mark
from cyberex.i18n import _
from cyberex.times import format_clock
from cyberex.views.log_lines import LogLine
from cyberex.wording import words


@dataclass(frozen=True, slots=True)
class LogRow:
    """`hour` is the room's when the line was written, `about` the one it speaks of, "" if the
    same; `fiction` that of the game."""

    seq: int
    hour: str
    about: str
    since: str
    fiction: str
    cell: str
    kind: str
    sentence: str
    author: str
    mark: Mark
    withdrawn: bool

    @property
    def hours(self) -> str:
        """Both hours of a back-dated note."""
        if not self.about:
            return self.hour
        return _("{about} (noted at {hour})").format(about=self.about, hour=self.hour)


def log_rows(game: PastGame) -> tuple[LogRow, ...]:
    """Every line, in the order in which they were written."""
    return tuple(log_row(game, line) for line in game.board.log.lines)


def log_row(game: PastGame, line: LogLine) -> LogRow:
    # An early DEBEX is recorded at the instant it was given, and moves the clock to 0.
    sim_ms = max(0, line.sim_ms) if isinstance(line.event, DebexGiven) else line.sim_ms
    return LogRow(
        seq=line.seq,
        hour=game.room_hour(line.wall_at),
        about=game.room_hour(line.about_wall, seconds=False) if line.about_wall else "",
        since=format_clock(sim_ms),
        fiction=game.fiction(sim_ms),
        cell=game.names.short_cell(line.cell) if line.cell else "",
        kind=words.category(line.category),
        sentence=game.sentence(line),
        author=game.names.asker(line.by) if line.by else "",
        mark=line.mark,
        withdrawn=line.withdrawn,
    )


def log_columns() -> tuple[str, ...]:
    """What the log shows on paper, in a document."""
    return (
        _("Hour"),
        _("T+"),
        _("Fiction"),
        _("Cell"),
        _("Kind"),
        _("What happened"),
        _("Author"),
        _("+/−"),
    )


def log_cells(row: LogRow) -> tuple[str, ...]:
    """The cells of `log_columns`."""
    return (
        row.hours,
        row.since,
        row.fiction,
        row.cell,
        row.kind,
        row.sentence,
        row.author,
        words.mark_symbol(row.mark),
    )


def log_markdown(game: PastGame) -> str:
    """A title and a table; what was withdrawn is struck out."""
    day = day_words(game.room(game.began_wall).date())
    mark = _("EXERCISE")
    if game.created.rehearsal:
        mark = _("{mark} – REHEARSAL").format(mark=mark)
    title = _("{mark} – Log of {title}").format(mark=mark, title=game.plan.title)
    table = markdown_table(
        tuple(map(escaped, log_columns())),
        (_markdown_cells(row) for row in log_rows(game)),
    )
    return f"# {escaped(title)}\n\n{escaped(day)}\n\n{table}"


def _markdown_cells(row: LogRow) -> tuple[str, ...]:
    cells = [escaped(cell) for cell in log_cells(row)]
    if row.withdrawn:
        cells[5] = f"~~{cells[5]}~~"
    return tuple(cells)


def log_csv(game: PastGame) -> str:
    """The same lines for a spreadsheet: an hour a column, and a column for what was withdrawn."""
    columns = (
        _("No."),
        _("Date"),
        _("Hour"),
        _("Speaks of"),
        *log_columns()[1:-1],
        _("Basket"),
        _("Withdrawn"),
    )
    lines = zip(game.board.log.lines, log_rows(game), strict=True)
    return as_csv(Table(columns, tuple(_csv_cells(game, line, row) for line, row in lines)))


def _csv_cells(game: PastGame, line: LogLine, row: LogRow) -> tuple[str, ...]:
    written = game.room(line.wall_at)
    return (
        str(row.seq),
        f"{written:%Y-%m-%d}",
        f"{written:%H:%M:%S}",
        row.about,
        *log_cells(row)[1:-1],
        words.mark(row.mark),
        _("withdrawn") if row.withdrawn else "",
    )
