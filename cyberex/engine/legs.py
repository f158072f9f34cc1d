"""How a stimulus reaches one receiving cell: channel, animator, call, delivery."""

from cyberex.engine.agenda import CALL_BACK
from cyberex.engine.expectations import open_expectations
from cyberex.engine.game import Game, rank_of
from cyberex.engine.state import REACHED, LegState, LegStatus, Occurrence, Refused, Status
from cyberex.engine.world import apply_effects
from cyberex.facts.delivery_events import StimulusLeaving
from cyberex.facts.model import CallOutcome, Outbox
from cyberex.facts.stimulus_events import (
    CallBack,
    CallFailed,
    DeliveryWithdrawn,
    StimulusBlocked,
    StimulusDelivered,
    StimulusToPerform,
)
from cyberex.plan.graph import CHANNEL
from cyberex.plan.model import CALL_BACK_MS, Fact, FactKind, IfDown


def live_channel(game: Game, via: str) -> str | None:
    """`via`, or the first live one of its fallback chain; None when all are down."""
    channel = via
    while channel:
        if not game.channel_is_down(channel):
            return channel
        channel = game.plan.channels[channel].fallback
    return None


def dispatch(game: Game, occurrence: Occurrence, leg: LegState) -> None:
    """Give the leg to an animator by a live channel, or say that it waits for one.

    `if_down: skip` concerns the whole stimulus and was settled before it left.
    """
    via, if_down = occurrence.via, occurrence.stimulus.if_down
    live = live_channel(game, via) if if_down is IfDown.FALLBACK else None
    if not game.channel_is_down(via):
        live = via
    outbox = outbox_for(game, leg, live) if live else None
    if live is None:
        _block(game, occurrence, leg, ask=if_down is not IfDown.WAIT)
    elif outbox is not None:
        _let_leave(game, occurrence, leg, live, outbox)
    else:
        give(game, occurrence, leg, live)


def outbox_for(game: Game, leg: LegState, channel: str) -> Outbox | None:
    """By what it leaves without an animator, mail first; None while nothing may leave by itself."""
    if game.asleep or not game.life.running:
        return None
    kind = game.plan.channels[channel].kind
    for outbox in (Outbox.MAIL, Outbox.PORTAL):
        for role, kinds in game.outboxes.open.get((outbox, leg.cell), {}).items():
            if kind in kinds and (not role or not leg.roles or role in leg.roles):
                return outbox
    return None


def _let_leave(
    game: Game, occurrence: Occurrence, leg: LegState, channel: str, outbox: Outbox
) -> None:
    """The portal shows it from now on; mail waits for its first attempt."""
    leave_channel(game, occurrence, leg)
    leg.status, leg.channel, leg.started, leg.ask = LegStatus.LEAVING, channel, False, False
    leg.outbox = outbox
    game.emit(
        StimulusLeaving(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            roles=leg.roles,
            channel=channel,
            outbox=outbox,
            instead_of="" if channel == occurrence.via else occurrence.via,
        )
    )
    if outbox is Outbox.MAIL:
        _watch_channel(game, occurrence, leg, channel)
        return
    deliver(game, occurrence, leg, "")
    game.on_undo(lambda _: None, lambda: False)  # Players have it before their eyes.


def give(game: Game, occurrence: Occurrence, leg: LegState, channel: str) -> None:
    """It is with an animator now; a channel that falls before the call starts sends it on."""
    leave_channel(game, occurrence, leg)
    leg.status, leg.channel, leg.started, leg.ask = LegStatus.TO_PERFORM, channel, False, False
    game.emit(
        StimulusToPerform(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            roles=leg.roles,
            channel=channel,
            instead_of="" if channel == occurrence.via else occurrence.via,
        )
    )
    _watch_channel(game, occurrence, leg, channel)


def _block(game: Game, occurrence: Occurrence, leg: LegState, *, ask: bool) -> None:
    leave_channel(game, occurrence, leg)
    leg.status, leg.channel, leg.started, leg.ask = LegStatus.BLOCKED, occurrence.via, False, ask
    game.emit(
        StimulusBlocked(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            roles=leg.roles,
            channel=occurrence.via,
            ask=ask,
        )
    )
    if not ask:
        _watch_channel(game, occurrence, leg, occurrence.via)


def _watch_channel(game: Game, occurrence: Occurrence, leg: LegState, channel: str) -> None:
    def recheck() -> None:
        is_down = game.channel_is_down(channel)
        waits_for_it = leg.status is LegStatus.BLOCKED and not is_down
        in_hand = leg.status in (LegStatus.TO_PERFORM, LegStatus.LEAVING) and not leg.started
        lost_it = in_hand and is_down
        if (
            occurrence.status is Status.LEFT
            and leg.channel == channel
            and (waits_for_it or lost_it)
        ):
            dispatch(game, occurrence, leg)

    def through_the_agenda() -> None:
        game.agenda.at(game.now_ms, rank_of(occurrence), recheck)

    game.watch(_watcher(occurrence, leg), _channel_facts(channel), through_the_agenda)


def leave_channel(game: Game, occurrence: Occurrence, leg: LegState) -> None:
    """Stop following the state of its channel, and any call-back; nobody claims it any more."""
    leg.outbox, leg.claimed_by = None, ""
    if leg.channel:
        game.unwatch(_watcher(occurrence, leg), _channel_facts(leg.channel))
    if leg.timer is not None:
        leg.timer.cancel()
        leg.timer = None


def _watcher(occurrence: Occurrence, leg: LegState) -> str:
    return f"{occurrence.id}@{leg.cell}"


def _channel_facts(channel: str) -> tuple[Fact, ...]:
    return (Fact(FactKind.ASSET, CHANNEL + channel, "up"),)


def find_leg(
    occurrence: Occurrence, cell: str, wanted: frozenset[LegStatus], code: str
) -> LegState:
    """The leg of `cell`, or the only one in a wanted status; Refused(code) otherwise."""
    named = [leg for leg in occurrence.legs.values() if not cell or leg.cell == cell]
    found = [leg for leg in named if leg.status in wanted]
    if not found:
        raise Refused(code, {"stimulus": occurrence.id, "cell": cell})
    if len(found) > 1:
        raise Refused("which-cell", {"stimulus": occurrence.id})
    return found[0]


def deliver(
    game: Game,
    occurrence: Occurrence,
    leg: LegState,
    answered_by: str,
    made_ms: int | None = None,
) -> None:
    """It reached this cell: effects and followers count from now, deadlines from `made_ms` if it
    was recorded after the fact."""
    channel, started, outbox = leg.channel, leg.started, leg.outbox
    leave_channel(game, occurrence, leg)
    leg.outbox = outbox
    is_first = not any(other.status in REACHED for other in occurrence.legs.values())
    leg.status = LegStatus.DELIVERED
    leg.made_ms = game.now_ms if made_ms is None else made_ms
    game.emit(
        StimulusDelivered(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            channel=channel,
            answered_by=answered_by,
            made_ms=made_ms,
        )
    )

    def withdraw(_: bool) -> None:
        leg.status, leg.started = LegStatus.TO_PERFORM, started
        occurrence.status = Status.LEFT
        game.emit(
            DeliveryWithdrawn(
                stimulus=occurrence.stimulus.id, occurrence=occurrence.id, cell=leg.cell
            )
        )
        if not started and game.channel_is_down(channel):
            dispatch(game, occurrence, leg)
        else:
            _watch_channel(game, occurrence, leg, channel)

    def is_last() -> bool:
        return leg.status is LegStatus.DELIVERED and occurrence.status is status

    game.on_undo(withdraw, is_last)
    if is_first and not occurrence.returned:
        apply_effects(game, occurrence.stimulus.effects)
    open_expectations(game, occurrence, leg.cell, leg.made_ms)
    finish(game, occurrence)
    status = occurrence.status


def finish(game: Game, occurrence: Occurrence) -> None:
    """Give the stimulus the status that all its legs have, once none is under way."""
    statuses = {leg.status for leg in occurrence.legs.values()}
    if not statuses <= REACHED | {LegStatus.REFUSED}:
        return
    if statuses == {LegStatus.REFUSED}:
        occurrence.status = Status.REFUSED
        return
    if occurrence.status is not Status.DELIVERED:
        occurrence.status = Status.DELIVERED
        reached = [leg.made_ms for leg in occurrence.legs.values() if leg.status in REACHED]
        open_expectations(game, occurrence, "", max(reached))
        states = ["delivered"]
        if game.plan.channels[occurrence.via].is_done_when_delivered:
            states.append("done")
        for state in states:
            add_stimulus_fact(game, occurrence, state)


def add_stimulus_fact(game: Game, occurrence: Occurrence, state: str) -> None:
    """`STIMULUS delivered` and the like holds as long as it is true of one occurrence."""
    stimulus = occurrence.stimulus.id
    holders = game.world.stimuli.setdefault((stimulus, state), set())
    if occurrence.id in holders:
        return
    holders.add(occurrence.id)

    def withdraw(_: bool) -> None:
        holders.discard(occurrence.id)
        if not holders:
            game.changed(Fact(FactKind.STIMULUS, stimulus, state))

    game.on_undo(withdraw)
    if len(holders) == 1:
        game.changed(Fact(FactKind.STIMULUS, stimulus, state))


def end_call(
    game: Game,
    occurrence: Occurrence,
    leg: LegState,
    outcome: CallOutcome,
    answered_by: str,
    made_ms: int | None = None,
) -> None:
    """How the call, visit or handing over ended."""
    if outcome is CallOutcome.DONE:
        deliver(game, occurrence, leg, answered_by, made_ms)
        return
    channel = leg.channel
    leave_channel(game, occurrence, leg)
    refused = outcome is CallOutcome.REFUSED
    back_ms = None if refused else game.now_ms + CALL_BACK_MS
    leg.status = LegStatus.REFUSED if refused else LegStatus.COMES_BACK
    leg.channel, leg.started = channel, False
    game.emit(
        CallFailed(
            stimulus=occurrence.stimulus.id,
            occurrence=occurrence.id,
            cell=leg.cell,
            outcome=outcome,
            back_ms=back_ms,
        )
    )
    if back_ms is not None:
        arm_call_back(game, occurrence, leg, back_ms)

    def withdraw(_: bool) -> None:
        occurrence.status = Status.LEFT
        if game.channel_is_down(channel):
            dispatch(game, occurrence, leg)
        else:
            give(game, occurrence, leg, channel)

    failed, playing = leg.status, (Status.LEFT, Status.DELIVERED, Status.REFUSED)
    game.on_undo(withdraw, lambda: leg.status is failed and occurrence.status in playing)
    finish(game, occurrence)


def arm_call_back(game: Game, occurrence: Occurrence, leg: LegState, back_ms: int) -> None:
    def call_back() -> None:
        game.emit(
            CallBack(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, cell=leg.cell)
        )
        dispatch(game, occurrence, leg)

    leg.timer = game.agenda.at(back_ms, CALL_BACK, call_back)
