"""Commands on what has not left yet: fire, hold, release, skip, shift, edit, inject, compose."""

from cyberex.engine.game import Game, legs_of
from cyberex.engine.jumps import shift_jump_to, shift_to
from cyberex.engine.legs import leave_channel
from cyberex.engine.occurrences import (
    bring_back,
    has_not_reached_anybody,
    hold_late,
    leave,
    play_now,
    skip,
    stop_waiting,
)
from cyberex.engine.state import NOT_LEFT, JumpState, LegStatus, Occurrence, Refused, Status
from cyberex.facts import commands as ask
from cyberex.facts.model import PlannedBy, ShiftScope, SkipReason
from cyberex.facts.stimulus_events import (
    StimulusComposed,
    StimulusEdited,
    StimulusHeld,
    StimulusQueued,
    StimulusReleased,
)
from cyberex.plan.model import Importance, Leg, Nature, PlannedStimulus
from cyberex.plan.receivers import legs_for


def fire(game: Game, command: ask.FireStimulus) -> None:
    """Now, whatever its hour and conditions; what was already played is played again."""
    stimulus = game.stimuli.get(command.stimulus)
    if stimulus is not None and not game.playings.get(stimulus.id):
        _play(game, stimulus, PlannedBy.RESERVE)
        return
    occurrence = game.find(command.stimulus)
    if occurrence.status is Status.LEFT:
        raise Refused("already-left", {"stimulus": occurrence.id})
    if occurrence.status in NOT_LEFT or occurrence.status is Status.RESERVED:
        _leave_or_queue(game, occurrence)
    else:
        _play(game, occurrence.stimulus, PlannedBy.AGAIN)


def inject(game: Game, command: ask.InjectReserve) -> None:
    stimulus = game.stimuli.get(command.stimulus)
    if stimulus is None:
        raise Refused("unknown-stimulus", {"stimulus": command.stimulus})
    if stimulus.window is not None:
        raise Refused("not-in-reserve", {"stimulus": command.stimulus})
    _play(game, stimulus, PlannedBy.RESERVE)


def compose(game: Game, command: ask.ComposeStimulus) -> None:
    """An ad hoc stimulus; its texts are known by reference only."""
    if command.sender not in game.plan.actors:
        raise Refused("unknown-actor", {"actor": command.sender})
    _check_channel(game, command.via)
    number = 1
    while (name := f"x{number:02d}") in game.stimuli:
        number += 1
    stimulus = game.add_stimulus(
        PlannedStimulus(
            id=name,
            index=0,
            title="",
            text="",
            sender=command.sender,
            to=command.to,
            legs=_legs(game, command.to),
            via=command.via,
            importance=Importance.NORMAL,
            nature=Nature.NORMAL,
        )
    )
    game.emit(
        StimulusComposed(
            stimulus=name,
            occurrence=f"{name}#1",
            sender=command.sender,
            to=command.to,
            via=command.via,
            title=command.title,
            text=command.text,
        )
    )
    _play(game, stimulus, PlannedBy.COMPOSED)


def _legs(game: Game, names: tuple[str, ...]) -> tuple[Leg, ...]:
    try:
        legs = legs_for(names, game.plan.cells, game.plan.roles)
    except KeyError as error:
        raise Refused("unknown-receiver", {"receiver": str(error.args[0])}) from None
    if not legs:
        raise Refused("no-receiver", {})
    return legs


def _check_channel(game: Game, channel: str) -> None:
    if channel not in game.plan.channels:
        raise Refused("unknown-channel", {"channel": channel})


def _play(game: Game, stimulus: PlannedStimulus, why: PlannedBy) -> None:
    occurrence = play_now(game, stimulus, why)
    if not game.life.running:
        _queue(game, occurrence)


def _leave_or_queue(game: Game, occurrence: Occurrence) -> None:
    if not game.life.running:
        _queue(game, occurrence)
        return
    occurrence.due_ms = game.now_ms
    leave(game, occurrence)


def _queue(game: Game, occurrence: Occurrence) -> None:
    if occurrence.status is Status.QUEUED:
        raise Refused("already-queued", {"stimulus": occurrence.id})
    stop_waiting(game, occurrence)
    occurrence.status = Status.QUEUED
    game.queue.append(occurrence)
    game.emit(StimulusQueued(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))

    def withdraw(_: bool) -> None:
        # One made for this occasion is skipped by the step that planned it.
        if occurrence.status is Status.QUEUED and not occurrence.on_the_spot:
            occurrence.status = Status.PLANNED
            game.emit(StimulusReleased(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))
            bring_back(game, occurrence, occurrence.due_ms, occurrence.until_ms)

    game.on_undo(withdraw)


def hold(game: Game, command: ask.HoldStimulus) -> None:
    """Keep it back: its hour stays, and passes. A call not begun yet may be kept back too."""
    occurrence = game.find(command.stimulus)
    if occurrence.status is Status.HELD:
        raise Refused("already-held", {"stimulus": occurrence.id})
    had_left = occurrence.status is Status.LEFT
    if had_left and (
        not has_not_reached_anybody(occurrence)
        or any(leg.started for leg in occurrence.legs.values())
    ):
        raise Refused("already-left", {"stimulus": occurrence.id})
    if not had_left and occurrence.status not in NOT_LEFT:
        raise Refused("already-over", {"stimulus": occurrence.id})
    before = occurrence.status
    if before in (Status.LEFT, Status.WAITING, Status.QUEUED):
        occurrence.ripe = True
        stop_waiting(game, occurrence)
        for leg in occurrence.legs.values():
            leave_channel(game, occurrence, leg)
            leg.status = LegStatus.NOT_LEFT
    occurrence.status = Status.HELD
    game.emit(StimulusHeld(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))

    def withdraw(_: bool) -> None:
        if occurrence.status is Status.HELD:
            _let_go(game, occurrence)

    game.on_undo(withdraw)


def release(game: Game, command: ask.ReleaseStimulus) -> None:
    occurrence = game.find(command.stimulus)
    if occurrence.status is not Status.HELD:
        raise Refused("not-held", {"stimulus": occurrence.id})
    was_ripe = occurrence.ripe
    _let_go(game, occurrence)
    if not was_ripe:

        def withdraw(_: bool) -> None:
            if occurrence.status is Status.PLANNED:
                occurrence.status = Status.HELD
                game.emit(StimulusHeld(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))

        game.on_undo(withdraw)


def _let_go(game: Game, occurrence: Occurrence) -> None:
    """Its hour to come stands; if it is past it leaves at once, or at resume."""
    game.emit(StimulusReleased(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))
    occurrence.status = Status.PLANNED
    if occurrence.ripe:
        _leave_or_queue(game, occurrence)


def skip_one(game: Game, command: ask.SkipStimulus) -> None:
    occurrence = game.find(command.stimulus)
    if occurrence.status not in NOT_LEFT and not has_not_reached_anybody(occurrence):
        raise Refused("already-over", {"stimulus": occurrence.id})
    skip(game, occurrence, SkipReason.DIRECTOR)


def edit(game: Game, command: ask.EditStimulus) -> None:
    """Texts until it has reached somebody; receivers and channel until it leaves."""
    occurrence = game.find(command.stimulus)
    has_left = occurrence.status not in NOT_LEFT and occurrence.status is not Status.RESERVED
    if has_left and not has_not_reached_anybody(occurrence):
        raise Refused("already-over", {"stimulus": occurrence.id})
    if has_left and (command.to or command.via):
        raise Refused("already-left", {"stimulus": occurrence.id})
    if not (command.title or command.text or command.to or command.via):
        raise Refused("nothing-to-change", {"stimulus": occurrence.id})
    before = (occurrence.via, occurrence.legs)
    if command.via:
        _check_channel(game, command.via)
    if command.to:
        occurrence.legs = legs_of(_legs(game, command.to))
    occurrence.via = command.via or occurrence.via
    game.emit(
        StimulusEdited(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            title=command.title,
            text=command.text,
            to=command.to,
            via=command.via,
        )
    )
    stimulus = occurrence.stimulus

    def withdraw(_: bool) -> None:
        if occurrence.status not in NOT_LEFT:
            return
        occurrence.via, occurrence.legs = before
        game.emit(
            StimulusEdited(
                stimulus=stimulus.id, occurrence=occurrence.id, to=stimulus.to, via=before[0]
            )
        )

    game.on_undo(withdraw)


def shift(game: Game, command: ask.ShiftStimulus) -> None:
    """This one, this and all that follow, or its thread; nothing goes before now."""
    if command.by_ms == 0:
        raise Refused("nothing-to-change", {"stimulus": command.stimulus})
    occurrences, jumps = concerned(game, command)
    wanted = sorted(
        [(item.due_ms or 0, item.rank, item) for item in occurrences],
        key=lambda row: row[:2],
    )
    now = [item.id for due, _, item in wanted if due + command.by_ms <= game.now_ms]
    if len(now) > 1 and command.space_ms <= 0:
        raise Refused("several-now", {"stimuli": " ".join(now)})
    back = [(item, due, item.due_ms) for due, _, item in wanted]
    earliest = game.now_ms
    for due, _, item in wanted:
        new_due = max(due + command.by_ms, earliest)
        if due + command.by_ms <= game.now_ms:
            earliest = new_due + command.space_ms
        _reopen(game, item)
        shift_to(game, item, new_due)
    jumps_back = [(jump, jump.due_ms) for jump in jumps]
    for jump in jumps:
        shift_jump_to(game, jump, max(jump.due_ms + command.by_ms, game.now_ms))

    def withdraw(_: bool) -> None:
        for item, due, _due in back:
            if item.status in NOT_LEFT and item.status is not Status.QUEUED:
                _move_back(game, item, due)
        for jump, due in jumps_back:
            if not jump.made:
                shift_jump_to(game, jump, max(due, game.now_ms))

    game.on_undo(withdraw)


def _reopen(game: Game, occurrence: Occurrence) -> None:
    if occurrence.status is Status.WAITING:
        stop_waiting(game, occurrence)
        occurrence.status = Status.PLANNED


def _move_back(game: Game, occurrence: Occurrence, due_ms: int) -> None:
    if due_ms > game.now_ms:
        shift_to(game, occurrence, due_ms)
    else:
        hold_late(game, occurrence)


def concerned(game: Game, command: ask.ShiftStimulus) -> tuple[list[Occurrence], list[JumpState]]:
    """The occurrences and jumps that such a shift moves."""
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
