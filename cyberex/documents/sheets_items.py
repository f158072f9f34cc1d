"""What is still to be played, what is done and what waits in the reserve, for papers."""

from collections.abc import Iterator
from dataclasses import dataclass

from cyberex.documents.sheets_game import PaperGame
from cyberex.plan.graph import CHANNEL
from cyberex.plan.model import Importance, PlannedStimulus
from cyberex.views.rows import REACHED, ChronogramRow, JumpRow, JumpStatus, LegRow, Status
from cyberex.wording.clean import clean_line


@dataclass(frozen=True, slots=True)
class Item:
    """One stimulus to play. `at_ms` is its hour, None if it waits for a cause or an order;
    `guess_ms` when that may come. `legs` are the cells not reached yet, `down` the channels that
    should be down by then. `row` is None for the reserve, `planned` for what was made up."""

    stimulus: str
    code: str
    title: str
    text: str
    sender: str
    voice: str
    via: str
    importance: Importance
    legs: tuple[LegRow, ...]
    at_ms: int | None = None
    guess_ms: int | None = None
    down: frozenset[str] = frozenset()
    planned: PlannedStimulus | None = None
    row: ChronogramRow | None = None


Line = Item | JumpRow


def to_come(game: PaperGame) -> list[Line]:
    """What remains, in order of hours: stimuli and jumps; nothing once FINEX is given."""
    if game.over:
        return []
    found: list[Line] = []
    down = set(game.board.world.assets_down)
    down |= {CHANNEL + channel for channel in game.board.world.channels_down}
    for row in game.board.chronogram.rows(game.sim_ms):
        if isinstance(row, JumpRow):
            if row.status is not JumpStatus.MADE:
                found.append(row)
        elif not row.over:
            found.append(_item(game, row, _channels_down(game, down)))
            if not row.conditional and row.due_ms is not None:
                _apply_effects(game, row, down)
    return found


def done(game: PaperGame) -> list[ChronogramRow]:
    """What will not be played any more, whatever became of it."""
    rows = game.board.chronogram.occurrences(game.sim_ms)
    return [row for row in rows if row.over and row.status is not Status.RESERVED]


def in_reserve(game: PaperGame) -> list[Item]:
    """The reserve that was not played yet, then what went back to it."""
    if game.over:
        return []
    rows = list(game.board.chronogram.occurrences(game.sim_ms))
    played = {row.stimulus for row in rows}
    down = set(game.board.world.assets_down)
    down |= {CHANNEL + channel for channel in game.board.world.channels_down}
    now_down = _channels_down(game, down)
    spare = [
        _spare(game, planned, now_down) for planned in game.plan.reserve if planned.id not in played
    ]
    back = [_item(game, row, now_down) for row in rows if row.status is Status.RESERVED]
    return [*spare, *back]


def of_voice(items: list[Line], voice: str) -> list[Line]:
    """An animator's own, with the jumps: those are everybody's."""
    return [item for item in items if isinstance(item, JumpRow) or item.voice == voice]


def unvoiced(game: PaperGame) -> bool:
    """Whether something is to be played that no voice says."""
    every = [item for item in to_come(game) if isinstance(item, Item)] + in_reserve(game)
    silent = [actor for actor in game.plan.actors if not game.voice_of(actor)]
    return bool(silent) or any(not item.voice for item in every)


def voices_with_paper(game: PaperGame) -> Iterator[str]:
    """Every voice, then "" if there is something that nobody says."""
    yield from game.voices()
    if unvoiced(game):
        yield ""


def _item(game: PaperGame, row: ChronogramRow, down: frozenset[str]) -> Item:
    planned = game.plan.stimuli.get(row.stimulus)
    at_ms = None if row.due_ms is None or row.status is Status.RESERVED else row.due_ms
    # What is late is said at the hour at which it is said, not at the one it was planned for.
    said_ms = None if at_ms is None else max(at_ms, game.sim_ms if game.begun else at_ms)
    text = game.text(row.text) or (planned.text if planned else "")
    return Item(
        stimulus=row.stimulus,
        code=game.names.code(row.occurrence),
        title=clean_line(game.text(row.title)) or game.names.title_of_occurrence(row.occurrence),
        text=game.said(text, said_ms),
        sender=row.sender,
        voice=game.voice_of(row.sender, row.occurrence),
        via=row.via,
        importance=row.importance,
        legs=tuple(leg for leg in row.legs if leg.status not in REACHED),
        at_ms=at_ms,
        guess_ms=row.projected_ms,
        down=down,
        planned=planned,
        row=row,
    )


def _spare(game: PaperGame, planned: PlannedStimulus, down: frozenset[str]) -> Item:
    return Item(
        stimulus=planned.id,
        code=game.names.code(planned.id),
        title=game.names.title(planned.id),
        text=game.said(planned.text, None),
        sender=planned.sender,
        voice=game.voice_of(planned.sender),
        via=planned.via,
        importance=planned.importance,
        legs=tuple(
            LegRow(leg.cell, leg.roles, planned.via, Status.PLANNED) for leg in planned.legs
        ),
        down=down,
        planned=planned,
    )


def _channels_down(game: PaperGame, down: set[str]) -> frozenset[str]:
    fallen = game.plan.dependencies.down(down)
    return frozenset(item for item in game.plan.channels if CHANNEL + item in fallen)


def _apply_effects(game: PaperGame, row: ChronogramRow, down: set[str]) -> None:
    planned = game.plan.stimuli.get(row.stimulus)
    for asset, falls in planned.effects if planned else ():
        if falls:
            down.add(asset)
        else:
            down -= game.plan.dependencies.down([asset])
