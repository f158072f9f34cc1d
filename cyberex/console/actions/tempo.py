"""Keep the tempo: catch up, plan a break, note what observers say of the cells."""

from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.catch_up import CatchUpAnswer, CatchUpDialog
from cyberex.console.dialogs.form import TextField
from cyberex.console.dialogs.pick import Option
from cyberex.console.entries import amount_words, read_amount, read_moment, wrong_with
from cyberex.console.stage import Stage
from cyberex.facts.animation_commands import CatchUp, PlanBreak, ReportState
from cyberex.facts.model import CellState
from cyberex.i18n import _, ngettext
from cyberex.times import MINUTE_MS, format_t
from cyberex.views.load import CellLoad
from cyberex.views.rows import REACHED
from cyberex.wording.around import cell_state

LATELY = 3
"""So many of the last stimuli of a cell are offered as finished."""

TYPED_STATES = (CellState.OVERWHELMED, CellState.AT_PACE, CellState.WAITING)


async def catch_up(stage: Stage) -> None:
    """What to drop and when to play the rest, edited, then given as one command."""
    desk = stage.desk
    end_ms = end_to_respect(desk)
    proposal = desk.board.catch_up(desk.sim_ms(), end_ms)
    if proposal.is_empty and proposal.essential_fits:
        said = _("All fits: {needed} min needed, {left} min left.")
        raise NotDone(said.format(needed=proposal.minutes_needed, left=proposal.minutes_left))
    if proposal.is_empty:
        raise NotDone(_("The essential ones no longer fit: extend (E), or shift the jump (d)."))
    answer: CatchUpAnswer | None = await stage.show(CatchUpDialog(desk, proposal))
    if answer is None or not (answer.drop or answer.hours):
        return
    count = len(answer.drop)
    dropped = ngettext("{count} dropped", "{count} dropped", count).format(count=count)
    moved = ngettext("{count} moved", "{count} moved", len(answer.hours)).format(
        count=len(answer.hours)
    )
    done = _("Catching up (u: undo): {dropped}, {moved}.").format(dropped=dropped, moved=moved)
    await stage.ask(CatchUp(drop=answer.drop, hours=answer.hours), done)


def end_to_respect(desk: Desk) -> int:
    """The planned end, or the instant at which the room must be left if that comes first."""
    situation = desk.board.situation
    left = situation.hard_end_left(desk.wall())
    if left is None:
        return situation.end_ms
    room_ms = desk.sim_ms() + round(left.total_seconds() * 1000 * situation.speed)
    return max(desk.sim_ms(), min(situation.end_ms, room_ms))


async def plan_break(stage: Stage) -> None:
    """The exercise will pause by itself; in the fiction's bulletin or in the room, a coffee."""
    desk = stage.desk
    proposed = (desk.sim_ms() // MINUTE_MS + 15) * MINUTE_MS
    answers = await stage.form(
        _("Planned break"),
        [
            TextField(
                "at",
                _("At (T+45, or 1030 in the room)"),
                format_t(proposed),
                required=True,
                check=lambda text: wrong_with(read_moment, text, desk.room(), desk.sim_of_room),
            ),
            TextField(
                "length",
                _("For how many minutes"),
                "10",
                required=True,
                check=lambda text: wrong_with(read_amount, text),
            ),
        ],
        details="\n".join(
            _("Already planned: {at}").format(at=format_t(item.at_ms))
            for item in desk.board.situation.breaks(desk.sim_ms())
        ),
    )
    if answers is None:
        return
    at_ms = read_moment(answers["at"], desk.room(), desk.sim_of_room)
    length_ms = abs(read_amount(answers["length"]))
    said = _("Break planned at {at}, {length} (u: undo).").format(
        at=format_t(at_ms), length=amount_words(length_ms).lstrip("+")
    )
    await stage.ask(PlanBreak(at_ms=at_ms, length_ms=length_ms), said)


async def observer(stage: Stage) -> None:
    """Two keys: O, then the letter of a cell in a state, or of what a cell has finished."""
    desk = stage.desk
    loads = desk.board.load.cells(desk.sim_ms())
    options: list[Option[tuple[str, CellState, str]]] = []
    for load in loads:
        for state in TYPED_STATES:
            said = _("{cell}: {state}").format(
                cell=desk.names.short_cell(load.cell), state=cell_state(state)
            )
            mark = " ◂" if load.state is state else ""
            options.append(Option((load.cell, state, ""), said + mark))
    for load in loads:
        options += [
            Option((load.cell, CellState.FINISHED, name), _finished(desk, load.cell, name))
            for name in _unfinished(desk, load)
        ]
    chosen = await stage.pick(_("What does the observer say?"), options, dense=True)
    if chosen is None:
        return
    cell, state, name = chosen
    said = next(option.label for option in options if option.value == chosen).removesuffix(" ◂")
    await stage.ask(
        ReportState(cell=cell, state=state, stimulus=name), _("Noted: {what}").format(what=said)
    )


def _finished(desk: Desk, cell: str, occurrence: str) -> str:
    return _("{cell}: has finished {stimulus}").format(
        cell=desk.names.short_cell(cell),
        stimulus=f"{desk.names.code(occurrence)} {desk.title(occurrence)}",
    )


def _unfinished(desk: Desk, load: CellLoad) -> list[str]:
    """The last ones that reached the cell and that nobody said it has finished, latest first."""
    over = {item.occurrence for item in load.finished}
    reached = [
        (leg.delivered_ms or 0, row.occurrence)
        for row in desk.board.chronogram.occurrences(desk.sim_ms())
        for leg in row.legs
        if leg.cell == load.cell and leg.status in REACHED and row.occurrence not in over
    ]
    return [occurrence for _ms, occurrence in sorted(reached, reverse=True)[:LATELY]]
