"""What became of the plan: stimuli, milestones, decisions, jumps, expected reactions."""

from cyberex.documents.blocks import Block, Cell, Grid, Heading, Paragraph, Picture
from cyberex.documents.game import PastGame
from cyberex.documents.overview import length
from cyberex.documents.timeline import decision_code, jumps_of, milestone_code, missed, timelines
from cyberex.facts.model import SkipReason
from cyberex.i18n import _, ngettext
from cyberex.times import MINUTE_MS, format_t
from cyberex.views.expectations import ExpectationRow, ExpectationStatus
from cyberex.views.played import PlayedRow, milestones, played
from cyberex.views.rows import JumpStatus, Status
from cyberex.wording import words

NO_TIME = "–"


def outcomes(game: PastGame) -> tuple[Block, ...]:
    rows = played_rows(game)
    return (
        Heading(_("Planned against played")),
        *_pictures(game, rows),
        _played_grid(game, rows),
        Heading(_("Milestones, decisions and jumps")),
        *_milestones(game),
        *_decisions(game),
        *_jumps(game),
        Heading(_("Expected reactions, by objective")),
        *_expectations(game),
    )


def played_rows(game: PastGame) -> tuple[PlayedRow, ...]:
    """Without what was planned by a command that was undone."""
    board = game.board
    rows = played(game.plan, board.chronogram, board.expectations, game.end_ms)
    return tuple(row for row in rows if row.reason is not SkipReason.UNDO)


def _pictures(game: PastGame, rows: tuple[PlayedRow, ...]) -> tuple[Block, ...]:
    legend = _(
        "○ planned, ● played, × skipped, – not played, ! a reaction late or not seen; "
        "◆ milestone, △ decision; » jump, ‖ pause, ■ real stop, ? interruption."
    )
    return tuple(Picture(svg, said, legend) for svg, said in timelines(game, rows))


def _played_grid(game: PastGame, rows: tuple[PlayedRow, ...]) -> Grid:
    columns = (
        _("No."),
        _("Stimulus"),
        _("Importance"),
        _("Planned"),
        _("Played"),
        _("Difference"),
        _("What became of it"),
        _("Reactions seen"),
    )
    cells = tuple(
        (
            game.names.code(row.occurrence),
            game.title(row.occurrence),
            words.importance(row.importance),
            at(row.planned_ms),
            at(row.played_ms),
            difference(row.difference_ms),
            _became(row),
            _seen(row),
        )
        for row in rows
    )
    return Grid("", columns, cells, narrow=(0, 2, 3, 4, 5, 7))


def at(sim_ms: int | None) -> str:
    """An instant to the minute that has begun, a dash for none."""
    return NO_TIME if sim_ms is None else format_t(sim_ms // MINUTE_MS * MINUTE_MS)


def difference(ms: int | None) -> str:
    """`+3 min`, `−2 min`, `=` below half a minute."""
    if ms is None:
        return ""
    minutes = (abs(ms) + MINUTE_MS // 2) // MINUTE_MS
    if not minutes:
        return "="
    return f"{'+' if ms > 0 else '−'}{length(minutes * MINUTE_MS)}"


def _became(row: PlayedRow) -> str:
    parts = [words.status(row.status)]
    if row.status is Status.SKIPPED and row.reason is not None:
        parts.append(words.skip_reason(row.reason))
    if row.why is not None:
        parts.append(words.planned_by(row.why))
    return ", ".join(parts)


def _seen(row: PlayedRow) -> str:
    if not row.expectations:
        return ""
    seen = sum(item.status is ExpectationStatus.SEEN for item in row.expectations)
    unsaid = sum(item.tickable for item in row.expectations)
    said = f"{seen} / {len(row.expectations)}"
    if missed(row):
        said += " !"
    partly = sum(item.status is ExpectationStatus.PARTLY for item in row.expectations)
    apart = []
    if partly:
        apart.append(_("{count} partly").format(count=partly))
    if unsaid:
        apart.append(ngettext("{count} unsaid", "{count} unsaid", unsaid).format(count=unsaid))
    return f"{said} ({', '.join(apart)})" if apart else said


def _milestones(game: PastGame) -> tuple[Block, ...]:
    rows = tuple(
        (
            milestone_code(number),
            game.names.milestone(row.milestone),
            at(row.observed_ms) if row.observed_ms is not None else _("not reached"),
            game.fiction(row.observed_ms) if row.observed_ms is not None else "",
            game.names.objective(row.objective) if row.objective else "",
        )
        for number, row in enumerate(milestones(game.plan, game.board.world), 1)
    )
    if not rows:
        return ()
    columns = (_("No."), _("Milestone"), _("Reached"), _("Fiction"), _("Objective"))
    return (Grid(_("Milestones"), columns, rows, head=1, narrow=(0, 2, 3)),)


def _decisions(game: PastGame) -> tuple[Block, ...]:
    rows = []
    for number, decision in enumerate(game.plan.decisions.values(), 1):
        settled = game.board.world.decisions.get(decision.id)
        rows.append(
            (
                decision_code(number),
                game.names.decision(decision.id),
                at(settled.sim_ms) if settled else _("not settled"),
                game.fiction(settled.sim_ms) if settled else "",
                game.names.outcome(decision.id, settled.outcome) if settled else "",
            )
        )
    if not rows:
        return ()
    columns = (_("No."), _("Decision"), _("Settled"), _("Fiction"), _("Outcome"))
    return (Grid(_("Decisions"), columns, tuple(rows), head=1, narrow=(0, 2, 3)),)


def _jumps(game: PastGame) -> tuple[Block, ...]:
    rows = tuple(
        (
            game.names.jump(jump.jump),
            at(jump.original_ms),
            at(jump.made_ms) if jump.status is JumpStatus.MADE else _("not made"),
            game.fiction(jump.made_ms) if jump.made_ms is not None else "",
        )
        for jump in jumps_of(game)
    )
    if not rows:
        return ()
    columns = (_("Jump"), _("Planned"), _("Made"), _("Fiction then"))
    return (Grid(_("Jumps of the fiction"), columns, rows, narrow=(1, 2, 3)),)


def _expectations(game: PastGame) -> tuple[Block, ...]:
    """A table an objective, in the author's order, then what serves none."""
    by_objective: dict[str, list[ExpectationRow]] = {item: [] for item in game.plan.objectives}
    for row in game.board.expectations.rows:
        by_objective.setdefault(_objective(game, row), []).append(row)
    blocks: list[Block] = []
    for objective, rows in by_objective.items():
        if not rows and not objective:
            continue
        title = game.names.objective(objective) if objective else _("Without objective")
        blocks.append(Heading(title, 3))
        if rows:
            blocks.append(_expectation_grid(game, rows))
        else:
            blocks.append(Paragraph(_("Nothing was expected: what serves it was not played.")))
    return tuple(blocks) or (Paragraph(_("Nothing was expected.")),)


def _objective(game: PastGame, row: ExpectationRow) -> str:
    """The expectation's own, else that of the milestone it reaches or of what it settles."""
    if row.objective:
        return row.objective
    _stimulus, planned = game.plan.expectations.get(row.expectation, (None, None))
    if planned is None:
        return ""
    milestone = game.plan.milestones.get(planned.reaches)
    decision = game.plan.decisions.get(planned.settles)
    return (milestone.objective if milestone else "") or (decision.objective if decision else "")


def _expectation_grid(game: PastGame, rows: list[ExpectationRow]) -> Grid:
    columns = (
        _("Stimulus"),
        _("Expected reaction"),
        _("Who"),
        _("Expected by"),
        _("Seen at"),
        _("Result"),
    )
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (
            game.names.code(row.occurrence),
            game.names.expectation(row.expectation),
            game.names.role(row.role) if row.role else _cell_of(game, row),
            at(row.deadline_ms),
            at(row.observed_ms),
            _result(row),
        )
        for row in rows
    )
    return Grid("", columns, cells, head=1, narrow=(0, 3, 4, 5), whole=(2,))


def _cell_of(game: PastGame, row: ExpectationRow) -> str:
    return game.names.short_cell(row.cell) if row.cell else ""


def _result(row: ExpectationRow) -> str:
    if row.tickable:
        return _("nobody said")
    said = words.expectation_status(row.status)
    return _("{result}, late").format(result=said) if row.late else said
