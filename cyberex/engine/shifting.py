"""Move what is to come: one stimulus, all that follows, or its thread; jumps with the rest.

Nothing goes before now, nothing moves the other way, and what a closed gate keeps stays behind it.
"""

from cyberex.engine.game import Game
from cyberex.engine.jumps import shift_jump_to, shift_to
from cyberex.engine.occurrences import gate_ms, hold_late, is_behind_gate, stop_waiting
from cyberex.engine.state import NOT_LEFT, JumpState, Occurrence, Refused, Status
from cyberex.facts import commands as ask
from cyberex.facts.model import ShiftScope


def shift(game: Game, command: ask.ShiftStimulus) -> None:
    """This one, this and all that follow, or its thread."""
    occurrences, jumps = concerned(game, command)
    moves = _moves(game, command, occurrences)
    jump_moves = _jump_moves(game, command.by_ms, jumps)
    if not moves and not jump_moves:
        raise Refused("nothing-to-change", {"stimulus": command.stimulus})
    done = [(item, due_ms - (item.due_ms or 0)) for item, due_ms in moves]
    for item, due_ms in moves:
        reopen(game, item)
        shift_to(game, item, due_ms)
    jumps_done = [(jump, due_ms - jump.due_ms) for jump, due_ms in jump_moves]
    for jump, due_ms in jump_moves:
        shift_jump_to(game, jump, due_ms)

    def withdraw(_: bool) -> None:
        # By as much as it moved: what a late jump or an advance did since then stays.
        for item, by_ms in done:
            move_back(game, item, by_ms)
        for jump, by_ms in jumps_done:
            if not jump.made:
                shift_jump_to(game, jump, max(jump.due_ms - by_ms, game.now_ms))

    game.on_undo(withdraw)


def _moves(
    game: Game, command: ask.ShiftStimulus, occurrences: list[Occurrence]
) -> list[tuple[Occurrence, int]]:
    """Those whose hour changes, oldest first, with the new one. Refused if several reach now and
    nobody said how to space them."""
    rows = sorted(occurrences, key=lambda item: (item.due_ms or 0, item.rank))
    leaving: list[str] = []
    moves: list[tuple[Occurrence, int]] = []
    earliest = game.now_ms
    for item in rows:
        due_ms = item.due_ms or 0
        target = due_ms + command.by_ms
        if is_behind_gate(game, item):
            target = max(target, gate_ms(game) or 0)
        elif command.by_ms < 0 and due_ms <= game.now_ms:
            continue
        elif target <= game.now_ms and item.status is not Status.HELD:
            leaving.append(item.id)
            target, earliest = earliest, earliest + command.space_ms
        else:
            target = max(target, earliest if item.status is not Status.HELD else game.now_ms)
        if target != due_ms:
            moves.append((item, target))
    if len(leaving) > 1 and command.space_ms <= 0:
        raise Refused("several-now", {"stimuli": " ".join(leaving)})
    return moves


def _jump_moves(game: Game, by_ms: int, jumps: list[JumpState]) -> list[tuple[JumpState, int]]:
    moves = []
    for jump in jumps:
        due_ms = max(jump.due_ms + by_ms, game.now_ms)
        stays = jump.prepared and due_ms <= game.now_ms
        if due_ms != jump.due_ms and not stays:
            moves.append((jump, due_ms))
    return moves


def reopen(game: Game, occurrence: Occurrence) -> None:
    """A window that is open closes again, until the new hour."""
    if occurrence.status is Status.WAITING:
        stop_waiting(game, occurrence)
        occurrence.status = Status.PLANNED


def move_back(game: Game, occurrence: Occurrence, by_ms: int) -> None:
    """Take back `by_ms` of its move; one whose former hour is past is held."""
    if occurrence.status not in NOT_LEFT or occurrence.due_ms is None:
        return
    due_ms = occurrence.due_ms - by_ms
    if occurrence.status is Status.HELD or due_ms > game.now_ms:
        reopen(game, occurrence)
        shift_to(game, occurrence, due_ms)
    elif occurrence.status is Status.PLANNED:
        hold_late(game, occurrence)


def concerned(game: Game, command: ask.ShiftStimulus) -> tuple[list[Occurrence], list[JumpState]]:
    """The occurrences and jumps that such a shift is about."""
    if command.by_ms == 0:
        raise Refused("nothing-to-change", {"stimulus": command.stimulus})
    chosen_jump = game.jumps.get(command.stimulus)
    if chosen_jump is not None:
        return _concerned_by_jump(game, chosen_jump, command.scope)
    chosen = game.find(command.stimulus)
    if chosen.status not in NOT_LEFT or chosen.status is Status.QUEUED:
        raise Refused("already-left", {"stimulus": chosen.id})
    if chosen.due_ms is None:
        raise Refused("no-hour-yet", {"stimulus": chosen.id})
    if command.scope is ShiftScope.ONE:
        return [chosen], []
    following = [chosen, *(item for item in _movable(game, chosen.due_ms) if item is not chosen)]
    if command.scope is ShiftScope.THREAD:
        thread = chosen.stimulus.thread
        return [item for item in following if item.stimulus.thread == thread], []
    return following, _jumps_from(game, chosen.due_ms)


def _concerned_by_jump(
    game: Game, jump: JumpState, scope: ShiftScope
) -> tuple[list[Occurrence], list[JumpState]]:
    if jump.made:
        raise Refused("jump-already-made", {"jump": jump.jump.id})
    if scope is ShiftScope.ONE:
        return [], [jump]
    return _movable(game, jump.due_ms), _jumps_from(game, jump.due_ms)


def _movable(game: Game, from_ms: int) -> list[Occurrence]:
    return [
        item
        for item in game.occurrences.values()
        if item.status in (Status.PLANNED, Status.HELD)
        and item.due_ms is not None
        and item.due_ms >= from_ms
    ]


def _jumps_from(game: Game, from_ms: int) -> list[JumpState]:
    return [jump for jump in game.jumps.values() if not jump.made and jump.due_ms >= from_ms]
