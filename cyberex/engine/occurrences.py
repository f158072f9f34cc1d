"""The life of a stimulus before it reaches anybody: its time, its cause, its conditions.

Window rules: it leaves at the first instant of [due, until] at which its conditions hold; at the
end, `otherwise`. With `otherwise` and no `until` the window is the instant; with neither it stays
open until FINEX.
"""

from cyberex.engine.agenda import WINDOW_END
from cyberex.engine.game import Game, rank_of
from cyberex.engine.legs import add_stimulus_fact, dispatch, leave_channel
from cyberex.engine.state import NOT_LEFT, REACHED, LegState, LegStatus, Occurrence, Status
from cyberex.facts.model import PlannedBy, SkipReason
from cyberex.facts.stimulus_events import (
    StimulusDue,
    StimulusExpired,
    StimulusHeld,
    StimulusPlanned,
    StimulusReserved,
    StimulusRestored,
    StimulusSkipped,
)
from cyberex.plan.model import FactKind, IfDown, PlannedStimulus


def arm(game: Game, occurrence: Occurrence) -> None:
    """Put an occurrence of the chronogram on the agenda, or have it wait for its cause."""
    window = occurrence.stimulus.window
    if window is None:
        return
    if window.after is not None:
        if window.after.fact.kind is FactKind.STIMULUS:
            game.followers.setdefault(window.after.fact.subject, []).append(occurrence)
        _wait_for_cause(game, occurrence)
    elif window.at_ms is not None:
        plan_at(game, occurrence, window.at_ms)
    if occurrence.until_ms is not None:
        arm_window_end(game, occurrence, occurrence.until_ms)


def plan_at(game: Game, occurrence: Occurrence, due_ms: int) -> None:
    """Its hour is `due_ms` from now on."""
    if occurrence.timer is not None:
        occurrence.timer.cancel()
    occurrence.due_ms = due_ms
    occurrence.timer = game.agenda.at(due_ms, rank_of(occurrence), lambda: come(game, occurrence))


def arm_window_end(game: Game, occurrence: Occurrence, until_ms: int) -> None:
    if occurrence.window_end is not None:
        occurrence.window_end.cancel()
    occurrence.until_ms = until_ms
    occurrence.window_end = game.agenda.at(until_ms, WINDOW_END, lambda: _end(game, occurrence))


def move(game: Game, occurrence: Occurrence, due_ms: int) -> None:
    """Give it another hour; the end of its window moves with it."""
    by_ms = due_ms - (occurrence.due_ms if occurrence.due_ms is not None else due_ms)
    plan_at(game, occurrence, due_ms)
    if occurrence.until_ms is not None:
        arm_window_end(game, occurrence, occurrence.until_ms + by_ms)


def _wait_for_cause(game: Game, occurrence: Occurrence) -> None:
    window = occurrence.stimulus.window
    if window is None or window.after is None:
        return
    after, owner = window.after, f"{occurrence.id}?"

    def cause_came() -> None:
        if not game.holds(after.fact) or occurrence.due_ms is not None:
            return
        game.unwatch(owner, (after.fact,))
        if occurrence.status not in (Status.PLANNED, Status.HELD):
            return
        delay = game.draw_ms(occurrence.stimulus.id, after.low_ms, after.high_ms)
        plan_at(game, occurrence, game.now_ms + delay)
        game.emit(
            StimulusPlanned(
                stimulus=occurrence.stimulus.id,
                occurrence=occurrence.id,
                due_ms=game.now_ms + delay,
            )
        )
        game.on_undo(cause_undone)

    def cause_undone(_: bool) -> None:
        if occurrence.status is Status.PLANNED and not occurrence.on_the_spot:
            _forget_hour(game, occurrence)

    game.watch(owner, (after.fact,), cause_came)
    if game.holds(after.fact):
        game.agenda.at(max(game.now_ms, 0), rank_of(occurrence), cause_came)


def _forget_hour(game: Game, occurrence: Occurrence) -> None:
    """What gave it its hour was undone: it waits for its cause again."""
    if occurrence.timer is not None:
        occurrence.timer.cancel()
    occurrence.due_ms, occurrence.timer = None, None
    game.emit(
        StimulusRestored(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, due_ms=None)
    )
    _wait_for_cause(game, occurrence)


def gate_ms(game: Game) -> int | None:
    """The hour of the jump that is prepared and not made: what is due from there on waits."""
    return game.gate.due_ms if game.gate is not None else None


def come(game: Game, occurrence: Occurrence) -> None:
    """Its hour came: open its window, unless it is held or a gate is closed before it."""
    if occurrence.status is Status.HELD:
        occurrence.ripe = True
        return
    if occurrence.status not in (Status.PLANNED, Status.WAITING):
        return
    if is_behind_gate(game, occurrence):
        occurrence.ripe = True
        return
    open_window(game, occurrence)


def open_again(game: Game, occurrence: Occurrence) -> None:
    """It is no longer held: as if its hour came now, within what is left of its window."""
    if occurrence.until_ms is not None:
        arm_window_end(game, occurrence, occurrence.until_ms)
    if is_behind_gate(game, occurrence):
        return
    occurrence.ripe = False
    open_window(game, occurrence)


def is_behind_gate(game: Game, occurrence: Occurrence) -> bool:
    """The chronogram's own hours stop at a gate; what answers the players does not."""
    gate = gate_ms(game)
    window = occurrence.stimulus.window
    if gate is None or occurrence.due_ms is None or window is None or occurrence.on_the_spot:
        return False
    return window.at_ms is not None and occurrence.due_ms >= gate


def open_window(game: Game, occurrence: Occurrence) -> None:
    if occurrence.cleared or game.all_hold(occurrence.stimulus.conditions):
        leave(game, occurrence)
        return
    occurrence.status = Status.WAITING
    conditions = occurrence.stimulus.conditions
    if occurrence.until_ms is None and occurrence.stimulus.otherwise is not None:
        arm_window_end(game, occurrence, game.now_ms)

    def recheck() -> None:
        if occurrence.status is Status.WAITING and game.all_hold(conditions):
            leave(game, occurrence)

    def through_the_agenda() -> None:
        game.agenda.at(game.now_ms, rank_of(occurrence), recheck)

    occurrence.watching = True
    game.watch(occurrence.id, conditions.when + conditions.unless, through_the_agenda)


def _end(game: Game, occurrence: Occurrence) -> None:
    if occurrence.status in (Status.PLANNED, Status.WAITING):
        close_window(game, occurrence, SkipReason.CONDITION)


def close_window(game: Game, occurrence: Occurrence, reason: SkipReason) -> None:
    """It will not leave by itself any more: what the author wrote under `otherwise`."""
    otherwise = occurrence.stimulus.otherwise
    if otherwise is not None and otherwise.action == "reserve":
        _reserve(game, occurrence)
        return
    skip(game, occurrence, reason)
    if otherwise is not None and otherwise.action == "play":
        play_now(game, game.stimuli[otherwise.play], PlannedBy.OTHERWISE)


def _reserve(game: Game, occurrence: Occurrence) -> None:
    due_ms, until_ms = occurrence.due_ms, occurrence.until_ms
    stop_waiting(game, occurrence)
    occurrence.status = Status.RESERVED
    game.emit(StimulusReserved(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))

    def withdraw(_: bool) -> None:
        if occurrence.status is Status.RESERVED:
            restore(game, occurrence, due_ms, until_ms)

    game.on_undo(withdraw)


def play_now(game: Game, stimulus: PlannedStimulus, why: PlannedBy) -> Occurrence:
    """A new occurrence that leaves at this very instant, in file order."""
    occurrence = game.new_occurrence(stimulus, game.now_ms)
    occurrence.on_the_spot = occurrence.cleared = True
    game.emit(
        StimulusPlanned(stimulus=stimulus.id, occurrence=occurrence.id, due_ms=game.now_ms, why=why)
    )

    def withdraw(_: bool) -> None:
        if occurrence.status in NOT_LEFT or has_not_reached_anybody(occurrence):
            skip(game, occurrence, SkipReason.UNDO)

    game.on_undo(withdraw)
    occurrence.timer = game.agenda.at(
        game.now_ms, rank_of(occurrence), lambda: _leave_if_planned(game, occurrence)
    )
    return occurrence


def _leave_if_planned(game: Game, occurrence: Occurrence) -> None:
    if occurrence.status is Status.PLANNED:
        leave(game, occurrence)


def has_not_reached_anybody(occurrence: Occurrence) -> bool:
    """With an animator, an outbox or blocked; no cell has it yet, and none is being sent it."""
    return occurrence.status is Status.LEFT and not any(
        leg.status in REACHED or leg.under_way for leg in occurrence.legs.values()
    )


def leave(game: Game, occurrence: Occurrence) -> None:
    """Its time and conditions came: every leg goes to an animator, or waits for its channel."""
    occurrence.cleared = True
    if game.asleep:
        hold_late(game, occurrence)
        return
    stop_waiting(game, occurrence)
    stimulus = occurrence.stimulus
    if stimulus.if_down is IfDown.SKIP and game.channel_is_down(occurrence.via):
        skip(game, occurrence, SkipReason.CHANNEL)
        return
    occurrence.status, occurrence.ripe = Status.LEFT, False
    game.emit(
        StimulusDue(stimulus=stimulus.id, occurrence=occurrence.id, cells=tuple(occurrence.legs))
    )
    for leg in occurrence.legs.values():
        dispatch(game, occurrence, leg)


def stop_waiting(game: Game, occurrence: Occurrence) -> None:
    """Take it off the agenda and stop watching facts."""
    for timer in (occurrence.timer, occurrence.window_end):
        if timer is not None:
            timer.cancel()
    occurrence.timer = occurrence.window_end = None
    window, conditions = occurrence.stimulus.window, occurrence.stimulus.conditions
    if occurrence.watching:
        game.unwatch(occurrence.id, conditions.when + conditions.unless)
        occurrence.watching = False
    if window is not None and window.after is not None:
        game.unwatch(f"{occurrence.id}?", (window.after.fact,))


def skip(game: Game, occurrence: Occurrence, reason: SkipReason) -> None:
    """It will not be played, nor what follows it (by that one's own `otherwise`)."""
    due_ms, until_ms = occurrence.due_ms, occurrence.until_ms
    was_held = occurrence.status is Status.HELD
    stop_waiting(game, occurrence)
    for leg in occurrence.legs.values():
        leave_channel(game, occurrence, leg)
        if leg.status not in REACHED:
            leg.status = LegStatus.NOT_LEFT
    occurrence.status, occurrence.ripe = Status.SKIPPED, False
    game.emit(
        StimulusSkipped(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, reason=reason)
    )

    def withdraw(_: bool) -> None:
        if occurrence.status is not Status.SKIPPED:
            return
        restore(game, occurrence, due_ms, until_ms)
        if was_held and not occurrence.ripe:
            occurrence.status = Status.HELD
            game.emit(StimulusHeld(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))

    game.on_undo(withdraw)
    add_stimulus_fact(game, occurrence, "skipped")
    _skip_followers(game, occurrence)


def _skip_followers(game: Game, occurrence: Occurrence) -> None:
    playings = game.playings[occurrence.stimulus.id]
    if any(other.status is not Status.SKIPPED for other in playings):
        return
    for follower in game.followers.get(occurrence.stimulus.id, ()):
        window = follower.stimulus.window
        waits_for_more = (
            window is not None
            and window.after is not None
            and window.after.fact.detail != "skipped"
        )
        if follower.status is Status.PLANNED and follower.due_ms is None and waits_for_more:
            close_window(game, follower, SkipReason.FOLLOWS)


def restore(game: Game, occurrence: Occurrence, due_ms: int | None, until_ms: int | None) -> None:
    """As if its time had not come, for the receivers and by the channel it has now."""
    for leg in occurrence.legs.values():
        leave_channel(game, occurrence, leg)
    occurrence.legs = {leg.cell: LegState(leg.cell, leg.roles) for leg in occurrence.legs.values()}
    occurrence.status, occurrence.ripe = Status.PLANNED, False
    occurrence.due_ms, occurrence.cleared = due_ms, occurrence.on_the_spot
    game.emit(
        StimulusRestored(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, due_ms=due_ms)
    )
    bring_back(game, occurrence, due_ms, until_ms)


def bring_back(
    game: Game, occurrence: Occurrence, due_ms: int | None, until_ms: int | None
) -> None:
    """Put it on the agenda again. With an hour already past it is held: what undo brings back
    must not leave by itself."""
    if due_ms is None:
        _wait_for_cause(game, occurrence)
    elif due_ms > game.now_ms:
        plan_at(game, occurrence, due_ms)
    else:
        hold_late(game, occurrence)
        return
    if until_ms is not None:
        arm_window_end(game, occurrence, until_ms)


def hold_late(game: Game, occurrence: Occurrence) -> None:
    """Propose it to the director: late, and leaving only on order."""
    stop_waiting(game, occurrence)
    occurrence.status, occurrence.ripe = Status.HELD, True
    game.emit(
        StimulusHeld(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, proposed=True)
    )


def expire(game: Game, occurrence: Occurrence) -> None:
    """FINEX: what was not delivered will not be."""
    stop_waiting(game, occurrence)
    for leg in occurrence.legs.values():
        leave_channel(game, occurrence, leg)
    occurrence.status = Status.EXPIRED
    game.emit(StimulusExpired(stimulus=occurrence.stimulus.id, occurrence=occurrence.id))
