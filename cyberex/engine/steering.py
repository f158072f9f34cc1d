"""Commands on what has not left yet: fire, hold, release, skip, edit, inject, compose."""

from cyberex.engine.game import Game, legs_of
from cyberex.engine.legs import leave_channel
from cyberex.engine.occurrences import (
    arm_window_end,
    bring_back,
    has_not_reached_anybody,
    is_behind_gate,
    leave,
    open_again,
    play_now,
    restore,
    skip,
    stop_waiting,
)
from cyberex.engine.state import (
    NOT_LEFT,
    REACHED,
    LegStatus,
    Occurrence,
    Phase,
    Refused,
    Status,
)
from cyberex.facts import commands as ask
from cyberex.facts.model import PlannedBy, SkipReason, TextRef
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
        _fire(game, occurrence)
    else:
        _play(game, occurrence.stimulus, PlannedBy.AGAIN)


def _fire(game: Game, occurrence: Occurrence) -> None:
    due_ms, until_ms = occurrence.due_ms, occurrence.until_ms
    _leave_or_queue(game, occurrence)
    if occurrence.status is not Status.LEFT:
        return  # Queued, or skipped on a dead channel: that has its own way back.

    def withdraw(_: bool) -> None:
        restore(game, occurrence, due_ms, until_ms)

    game.on_undo(withdraw, lambda: _can_come_back(occurrence))


def _can_come_back(occurrence: Occurrence) -> bool:
    """It has reached nobody, and nobody is dialling."""
    begun = any(leg.started for leg in occurrence.legs.values())
    return has_not_reached_anybody(occurrence) and not begun


def inject(game: Game, command: ask.InjectReserve) -> None:
    stimulus = game.stimuli.get(command.stimulus)
    if stimulus is None:
        raise Refused("unknown-stimulus", {"stimulus": command.stimulus})
    if stimulus.window is None:
        _play(game, stimulus, PlannedBy.RESERVE)
        return
    occurrence = game.find(stimulus.id)
    if occurrence.status is not Status.RESERVED:
        raise Refused("not-in-reserve", {"stimulus": command.stimulus})
    _fire(game, occurrence)


def compose(game: Game, command: ask.ComposeStimulus, why: PlannedBy = PlannedBy.COMPOSED) -> None:
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
    _play(game, stimulus, why)


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
    elif game.life.phase is Phase.BRIEFING and game.now_ms >= 0:
        leave(game, occurrence)  # What is due at 0 waits for DEBEX; what is ordered does not.
    game.on_undo(lambda _: None, lambda: not _has_reached(occurrence))


def _has_reached(occurrence: Occurrence) -> bool:
    return any(leg.status in REACHED for leg in occurrence.legs.values())


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
    if had_left and not _can_come_back(occurrence):
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
        _let_go(game, occurrence)

    game.on_undo(withdraw, lambda: occurrence.status is Status.HELD)


def release(game: Game, command: ask.ReleaseStimulus) -> None:
    occurrence = game.find(command.stimulus)
    if occurrence.status is not Status.HELD:
        raise Refused("not-held", {"stimulus": occurrence.id})
    was_ripe = occurrence.ripe
    _let_go(game, occurrence)
    if not was_ripe:

        def withdraw(_: bool) -> None:
            occurrence.status = Status.HELD
            game.emit(StimulusHeld(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))

        game.on_undo(withdraw, lambda: occurrence.status is Status.PLANNED)


def _let_go(game: Game, occurrence: Occurrence) -> None:
    """Its hour to come stands; if it is past it leaves at once, or at resume.

    Conditions that did not hold yet, or a closed gate, keep it waiting as they would have.
    """
    game.emit(StimulusReleased(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))
    occurrence.status = Status.PLANNED
    is_free = occurrence.cleared or (
        game.all_hold(occurrence.stimulus.conditions) and not is_behind_gate(game, occurrence)
    )
    if occurrence.ripe and is_free:
        _leave_or_queue(game, occurrence)
    elif occurrence.ripe:
        open_again(game, occurrence)
    elif occurrence.until_ms is not None:
        arm_window_end(game, occurrence, occurrence.until_ms)


def skip_one(game: Game, command: ask.SkipStimulus) -> None:
    occurrence = game.find(command.stimulus)
    if any(leg.under_way for leg in occurrence.legs.values()):
        raise Refused("is-leaving", {"stimulus": occurrence.id})
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
    before = (occurrence.title, occurrence.text, occurrence.to, occurrence.via, occurrence.legs)
    if command.via:
        _check_channel(game, command.via)
    if command.to:
        occurrence.legs = legs_of(_legs(game, command.to))
    occurrence.title = command.title or occurrence.title
    occurrence.text = command.text or occurrence.text
    occurrence.to = command.to or occurrence.to
    occurrence.via = command.via or occurrence.via
    _say_edited(game, occurrence, command.title, command.text, command.to, command.via)
    texts_only = not (command.to or command.via)

    def withdraw(_: bool) -> None:
        occurrence.title, occurrence.text, occurrence.to, occurrence.via, legs = before
        if not texts_only:
            occurrence.legs = legs
        _say_edited(game, occurrence, *before[:4])

    def is_possible() -> bool:
        is_in_hand = occurrence.status in NOT_LEFT or occurrence.status is Status.RESERVED
        return is_in_hand or (texts_only and has_not_reached_anybody(occurrence))

    game.on_undo(withdraw, is_possible)


def _say_edited(
    game: Game,
    occurrence: Occurrence,
    title: TextRef,
    text: TextRef,
    to: tuple[str, ...],
    via: str,
) -> None:
    game.emit(
        StimulusEdited(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            title=title,
            text=text,
            to=to,
            via=via,
        )
    )
