"""Fiction jumps: gates that are prepared when due and made by the director.

While a gate is closed, what the chronogram plans at or after it waits; when the jump is made
late, all of that moves by the lateness, so that nothing leaves in a burst. Only the fiction's
clock jumps.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from cyberex.engine.agenda import IN_FILE_ORDER
from cyberex.engine.expectations import tick
from cyberex.engine.game import Game
from cyberex.engine.occurrences import has_not_reached_anybody, move, plan_at, skip
from cyberex.engine.state import (
    NOT_LEFT,
    JumpState,
    Occurrence,
    OpenExpectation,
    Refused,
    Status,
)
from cyberex.engine.world import reach_milestone
from cyberex.facts.exercise_events import JumpMade, JumpPrepared, JumpShifted
from cyberex.facts.model import SkipReason, TextRef, Tick
from cyberex.facts.stimulus_events import StimulusShifted


def arm_jump(game: Game, jump: JumpState, due_ms: int) -> None:
    """Its hour is `due_ms` from now on."""
    if jump.timer is not None:
        jump.timer.cancel()
    jump.due_ms = due_ms
    jump.timer = game.agenda.at(
        due_ms, IN_FILE_ORDER + jump.jump.index, lambda: _prepare(game, jump)
    )


def _prepare(game: Game, jump: JumpState) -> None:
    if game.gate is not None:
        return  # The one before is not made yet: making it moves this one.
    jump.prepared = True
    game.emit(JumpPrepared(jump=jump.jump.id))


def make_jump(
    game: Game,
    jump_id: str,
    drop: Iterable[str],
    deadlines: Mapping[str, Tick],
    bulletin: TextRef,
) -> None:
    """The fiction goes to the jump's hour, never backwards; then the gate opens."""
    jump = _next_jump(game, jump_id)
    dropped = [_droppable(game, name) for name in drop]
    resolved = {key: _resolvable(game, key, result) for key, result in deadlines.items()}
    late_ms = max(0, game.now_ms - jump.due_ms) if jump.prepared else 0
    if jump.timer is not None:
        jump.timer.cancel()
    for occurrence in dropped:
        if _can_drop(occurrence):  # not named twice, nor skipped with what it follows
            skip(game, occurrence, SkipReason.JUMP)
    # Sorted: a recorded command does not keep the order of a mapping.
    for key, result in sorted(deadlines.items()):
        tick(game, resolved[key], result, game.now_ms, "")
        reaches = resolved[key].expectation.reaches
        if reaches and result is Tick.SEEN:
            reach_milestone(game, reaches, game.now_ms)
    fiction = game.startex + timedelta(milliseconds=game.now_ms + game.fiction_offset_ms)
    landing = max(fiction, jump.jump.to)
    game.fiction_offset_ms += round((landing - fiction) / timedelta(milliseconds=1))
    due_ms, jump.made, jump.prepared = jump.due_ms, True, True
    game.emit(
        JumpMade(
            jump=jump_id,
            fiction=landing.isoformat(),
            variant=_variant(game, jump),
            bulletin=bulletin,
            late_ms=late_ms,
            deadlines=dict(deadlines),
        )
    )
    _open_gate(game, due_ms, late_ms)
    # A jump cannot be unmade: the players have heard the bulletin.
    game.take_undo()


def _next_jump(game: Game, jump_id: str) -> JumpState:
    jump = game.jumps.get(jump_id)
    if jump is None:
        raise Refused("unknown-jump", {"jump": jump_id})
    if jump.made:
        raise Refused("jump-already-made", {"jump": jump_id})
    first = min(
        (other for other in game.jumps.values() if not other.made),
        key=lambda other: (other.due_ms, other.jump.index),
    )
    if first is not jump:
        raise Refused("jump-not-next", {"jump": jump_id, "next": first.jump.id})
    return jump


def _droppable(game: Game, name: str) -> Occurrence:
    occurrence = game.find(name)
    if not _can_drop(occurrence):
        raise Refused("already-left", {"stimulus": occurrence.id})
    return occurrence


def _can_drop(occurrence: Occurrence) -> bool:
    return occurrence.status in NOT_LEFT or has_not_reached_anybody(occurrence)


def _resolvable(game: Game, key: str, result: Tick) -> OpenExpectation:
    if key not in game.expectations:
        raise Refused("expectation-not-open", {"expectation": key})
    decision = game.expectations[key].expectation.settles
    if decision and result is not Tick.NOT_SEEN and decision not in game.world.settled:
        outcomes = " ".join(game.plan.decisions[decision].outcomes)
        raise Refused("which-outcome", {"decision": decision, "outcomes": outcomes})
    return game.expectations[key]


def _variant(game: Game, jump: JumpState) -> int:
    for index, variant in enumerate(jump.jump.variants):
        if game.all_hold(variant.conditions):
            return index
    return -1


def _open_gate(game: Game, due_ms: int, late_ms: int) -> None:
    for occurrence in tuple(game.occurrences.values()):
        if was_behind(occurrence, due_ms):
            shift_to(game, occurrence, (occurrence.due_ms or 0) + late_ms)
    for jump in game.jumps.values():
        if not jump.made and jump.due_ms >= due_ms:
            shift_jump_to(game, jump, jump.due_ms + late_ms)


def was_behind(occurrence: Occurrence, gate_ms: int) -> bool:
    """It has not left, and the chronogram gives it an hour at or after the gate."""
    window = occurrence.stimulus.window
    has_own_hour = window is not None and window.at_ms is not None and not occurrence.on_the_spot
    waits = occurrence.status in (Status.PLANNED, Status.HELD)
    return has_own_hour and waits and occurrence.due_ms is not None and occurrence.due_ms >= gate_ms


def shift_to(game: Game, occurrence: Occurrence, due_ms: int) -> None:
    """Give an undelivered occurrence another hour and say so; nothing if it is the same."""
    from_ms = occurrence.due_ms
    if from_ms is None:
        return
    if occurrence.ripe and occurrence.status is Status.PLANNED:
        occurrence.ripe = False
        move(game, occurrence, due_ms)
    if from_ms == due_ms:
        return
    if occurrence.status is Status.HELD and due_ms > game.now_ms:
        occurrence.ripe = False
    move(game, occurrence, due_ms)
    game.emit(
        StimulusShifted(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            from_ms=from_ms,
            due_ms=due_ms,
        )
    )


def shift_jump_to(game: Game, jump: JumpState, due_ms: int) -> None:
    """Give a jump another hour; one that is prepared waits again if that hour is to come."""
    moved = due_ms != jump.due_ms
    if jump.prepared and due_ms <= game.now_ms:
        return
    was_closed, jump.prepared = jump.prepared, False
    arm_jump(game, jump, due_ms)
    if moved:
        game.emit(JumpShifted(jump=jump.jump.id, due_ms=due_ms))
    if was_closed:
        _let_through(game)


def _let_through(game: Game) -> None:
    """A gate was taken away: what waited behind it comes again, other gates first."""
    for jump in game.jumps.values():
        if not (jump.made or jump.prepared) and jump.timer is not None and not jump.timer.live:
            arm_jump(game, jump, jump.due_ms)
    for occurrence in game.occurrences.values():
        if occurrence.ripe and occurrence.status is Status.PLANNED:
            occurrence.ripe = False
            plan_at(game, occurrence, occurrence.due_ms or 0)
