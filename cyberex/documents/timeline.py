"""The exercise as one drawing: each stimulus where it was planned and where it was played, with
milestones, decisions, jumps and stops above. Shapes tell, never colours.
"""

from dataclasses import dataclass

from cyberex.documents.game import PastGame
from cyberex.documents.markup import Markup, element, joined, shape
from cyberex.documents.stops import Stop, StopKind
from cyberex.i18n import _, language, ngettext
from cyberex.times import MINUTE_MS, format_duration_words, format_t
from cyberex.views.expectations import ExpectationStatus
from cyberex.views.played import PlayedRow
from cyberex.views.rows import REACHED, JumpRow, JumpStatus, Status

ROWS_A_PICTURE = 40
"""More would not be legible on a page."""

WIDTH, LEFT, RIGHT = 760, 236, 20
ROW, AXIS, BAND = 17, 22, 17
TITLE_LETTERS = 38
STEPS_MIN = (5, 10, 15, 30, 60, 120, 240, 480)
LINES_AT_MOST = 11
INK, SOFT, FAINT = "#111", "#555", "#ccc"


@dataclass(frozen=True, slots=True)
class Scale:
    """Exercise time across the page, `from_ms` and `to_ms` included."""

    from_ms: int
    to_ms: int

    def x(self, sim_ms: int) -> float:
        inside = min(max(sim_ms, self.from_ms), self.to_ms)
        return LEFT + (WIDTH - LEFT - RIGHT) * (inside - self.from_ms) / (self.to_ms - self.from_ms)

    def lines(self) -> list[int]:
        """Round instants, not too many."""
        length = self.to_ms - self.from_ms
        step_ms = next(
            (step * MINUTE_MS for step in STEPS_MIN if length / (step * MINUTE_MS) < LINES_AT_MOST),
            length // LINES_AT_MOST + 1,
        )
        first = -(-self.from_ms // step_ms) * step_ms
        return list(range(first, self.to_ms + 1, step_ms))


def milestone_code(number: int) -> str:
    return _("M{number}").format(number=number)


def decision_code(number: int) -> str:
    return f"D{number}"


def scale_of(game: PastGame, rows: tuple[PlayedRow, ...]) -> Scale:
    """From the first to the last thing planned or played, DEBEX and the planned end included."""
    hours = [0, game.board.situation.end_ms, game.end_ms, MINUTE_MS]
    for row in rows:
        hours += [hour for hour in (row.planned_ms, row.played_ms) if hour is not None]
    hours += [jump.original_ms for jump in jumps_of(game)]
    return Scale(min(hours), max(hours))


def jumps_of(game: PastGame) -> list[JumpRow]:
    return [row for row in game.board.chronogram.rows(game.end_ms) if isinstance(row, JumpRow)]


def timelines(game: PastGame, rows: tuple[PlayedRow, ...]) -> tuple[tuple[str, str], ...]:
    """One drawing for each forty rows: its SVG, and what it shows in words."""
    scale = scale_of(game, rows)
    parts = [rows[at : at + ROWS_A_PICTURE] for at in range(0, len(rows), ROWS_A_PICTURE)] or [()]
    return tuple(_picture(game, part, scale, number) for number, part in enumerate(parts, 1))


def _picture(
    game: PastGame, rows: tuple[PlayedRow, ...], scale: Scale, number: int
) -> tuple[str, str]:
    top = AXIS + 3 * BAND + 6
    height = top + ROW * len(rows) + 6
    said = _in_words(game, rows)
    title = _("Planned against played")
    names = (f"timeline-{number}-title", f"timeline-{number}-words")
    svg = element(
        "svg",
        element("title", title, id=names[0]),
        element("desc", said, id=names[1]),
        _axis(scale, height),
        _jumps(game, scale, AXIS, height),
        _events(game, scale, AXIS + BAND),
        _stops(game, scale, AXIS + 2 * BAND),
        *(_row(game, row, scale, top + ROW * place) for place, row in enumerate(rows)),
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=" ".join(names),
        font_family="sans-serif",
        font_size="11",
        fill=INK,
    )
    return svg, said


def _in_words(game: PastGame, rows: tuple[PlayedRow, ...]) -> str:
    done = sum(row.status in REACHED for row in rows)
    return ngettext(
        "Timeline: {done} of {count} stimulus played, up to {end}.",
        "Timeline: {done} of {count} stimuli played, up to {end}.",
        len(rows),
    ).format(done=done, count=len(rows), end=format_t(game.end_ms))


def _axis(scale: Scale, height: int) -> Markup:
    parts = []
    for sim_ms in scale.lines():
        x = scale.x(sim_ms)
        strong = sim_ms == 0
        parts.append(_line(x, AXIS - 6, x, height, stroke=SOFT if strong else FAINT))
        parts.append(_text(x, 11, format_t(sim_ms), text_anchor="middle"))
    return joined(*parts)


def _jumps(game: PastGame, scale: Scale, y: int, height: int) -> Markup:
    """Dashed: a jump of the fiction. Full: the end, planned and given."""
    parts = [_band_name(y, _("Jumps, end"))]
    for jump in jumps_of(game):
        made = jump.status is JumpStatus.MADE
        x = scale.x(jump.made_ms if jump.made_ms is not None else jump.due_ms)
        label = f"» {jump.to:%H:%M}" if made else f"({jump.to:%H:%M})"
        parts.append(_line(x, y, x, height, stroke_dasharray="5 3"))
        parts.append(_text(x + 3, y + 12, label))
    end_x = scale.x(game.board.situation.end_ms)
    parts.append(_line(end_x, y, end_x, height, stroke=SOFT, stroke_dasharray="1 2"))
    if game.over:
        x = scale.x(game.end_ms)
        parts.append(_line(x, y, x, height, stroke_width=2))
        parts.append(_text(x - 4, y + 12, "FINEX", text_anchor="end", font_weight="bold"))
    return joined(*parts)


def _events(game: PastGame, scale: Scale, y: int) -> Markup:
    """Milestones as lozenges, decisions as triangles, numbered as in their tables."""
    parts = [_band_name(y, _("Milestones, decisions"))]
    middle = y + BAND / 2
    for number, milestone in enumerate(game.plan.milestones, 1):
        reached = game.board.world.milestones.get(milestone)
        if reached is not None:
            x = scale.x(reached.observed_ms)
            points = f"{x - 5:g},{middle} {x:g},{middle - 5} {x + 5:g},{middle} {x:g},{middle + 5}"
            parts.append(shape("polygon", points=points))
            parts.append(_text(x + 7, middle + 4, milestone_code(number), font_size="9"))
    for number, decision in enumerate(game.plan.decisions, 1):
        settled = game.board.world.decisions.get(decision)
        if settled is not None:
            x = scale.x(settled.sim_ms)
            points = f"{x - 5:g},{middle + 5} {x:g},{middle - 5} {x + 5:g},{middle + 5}"
            parts.append(shape("polygon", points=points, fill="white", stroke=INK))
            parts.append(_text(x + 7, middle + 4, decision_code(number), font_size="9"))
    return joined(*parts)


def _stops(game: PastGame, scale: Scale, y: int) -> Markup:
    parts = [_band_name(y, _("Pauses, stops"))]
    labels: dict[int, list[str]] = {}
    for stop in game.stops:
        labels.setdefault(stop.sim_ms, []).append(_stop_label(stop))
    for sim_ms, said in labels.items():
        parts.append(_text(scale.x(sim_ms) - 2, y + 13, " ".join(said)))
    return joined(*parts)


def _stop_label(stop: Stop) -> str:
    symbols = {StopKind.PAUSE: "‖", StopKind.REAL_STOP: "■", StopKind.INTERRUPTION: "?"}
    minutes = (stop.length_ms or 0) // MINUTE_MS
    if not minutes:
        return symbols[stop.kind]
    return f"{symbols[stop.kind]} {format_duration_words(minutes * MINUTE_MS, language())}"


def _row(game: PastGame, row: PlayedRow, scale: Scale, y: int) -> Markup:
    middle = y + ROW / 2
    name = game.stimulus(row.occurrence)
    short = name if len(name) <= TITLE_LETTERS else name[: TITLE_LETTERS - 1].rstrip() + "…"
    parts = [
        _line(0, y + ROW, WIDTH, y + ROW, stroke="#e8e8e8"),
        _text(2, middle + 4, short),
    ]
    planned = None if row.planned_ms is None else scale.x(row.planned_ms)
    played = None if row.played_ms is None else scale.x(row.played_ms)
    if planned is not None and played is not None:
        parts.append(_line(planned, middle, played, middle))
    if planned is not None:
        parts.append(shape("circle", cx=planned, cy=middle, r=4, fill="white", stroke=INK))
    if played is not None:
        parts.append(shape("circle", cx=played, cy=middle, r=4))
    here = played if played is not None else planned
    sign = _sign(row)
    if sign:
        x = LEFT - 12 if here is None else here + 7
        parts.append(_text(x, middle + 4, sign, font_weight="bold"))
    return joined(*parts)


def _sign(row: PlayedRow) -> str:
    if row.status is Status.SKIPPED:
        return "×"
    if row.played_ms is None:
        return "–"
    return "!" if missed(row) else ""


def missed(row: PlayedRow) -> bool:
    """Somebody said that a reaction came late or not at all."""
    return any(item.late or item.status is ExpectationStatus.NOT_SEEN for item in row.expectations)


def _band_name(y: int, name: str) -> Markup:
    return _text(2, y + 13, name, fill=SOFT)


def _text(x: float, y: float, said: str, **attributes: str | float | None) -> Markup:
    return element("text", said, x=round(x, 1), y=y, **attributes)


def _line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float | None) -> Markup:
    drawn: dict[str, str | float | None] = {"stroke": INK, **attributes}
    return shape("line", x1=round(x1, 1), y1=y1, x2=round(x2, 1), y2=y2, **drawn)
