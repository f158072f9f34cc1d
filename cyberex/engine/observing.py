"""Commands that say what was done and seen: calls, ticks, milestones, contacts, notes."""

from cyberex.engine.behaviours import log_contact
from cyberex.engine.expectations import find_expectation, tick
from cyberex.engine.game import Game
from cyberex.engine.legs import add_stimulus_fact, end_call, find_leg, give, live_channel
from cyberex.engine.occurrences import play_now
from cyberex.engine.state import LegState, LegStatus, Occurrence, Phase, Refused
from cyberex.engine.world import apply_effects, press_key, reach_milestone, settle
from cyberex.facts import commands as ask
from cyberex.facts import world_events as told
from cyberex.facts.model import CallOutcome, PlannedBy, Tick
from cyberex.facts.stimulus_events import CallStarted, StimulusAcknowledged, StimulusDealtWith

WITH_AN_ANIMATOR = frozenset({LegStatus.TO_PERFORM})
NOT_MADE = frozenset({LegStatus.TO_PERFORM, LegStatus.COMES_BACK})
WITHOUT_CHANNEL = frozenset(
    {
        LegStatus.BLOCKED,
        LegStatus.TO_PERFORM,
        LegStatus.LEAVING,
        LegStatus.FAILED,
        LegStatus.UNCERTAIN,
    }
)


def start_call(game: Game, command: ask.StartCall) -> None:
    occurrence = game.find(command.stimulus)
    leg = find_leg(occurrence, command.cell, NOT_MADE, "nothing-to-perform")
    if leg.started:
        raise Refused("already-begun", {"stimulus": occurrence.id})
    if leg.status is LegStatus.COMES_BACK:
        _call_back_early(game, occurrence, leg)
    leg.started = True
    game.emit(CallStarted(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, cell=leg.cell))


def _call_back_early(game: Game, occurrence: Occurrence, leg: LegState) -> None:
    channel = live_channel(game, occurrence.via)
    if channel is None:
        raise Refused("channel-down", {"channel": occurrence.via})
    give(game, occurrence, leg, channel)


def finish_call(game: Game, command: ask.EndCall) -> None:
    occurrence = game.find(command.stimulus)
    leg = find_leg(occurrence, command.cell, NOT_MADE, "nothing-to-perform")
    if leg.status is LegStatus.COMES_BACK and command.outcome is not CallOutcome.DONE:
        raise Refused("nothing-to-perform", {"stimulus": occurrence.id, "cell": leg.cell})
    if command.made_ms is not None and command.made_ms > game.now_ms:
        raise Refused("in-the-future", {"observed_ms": str(command.made_ms)})
    end_call(game, occurrence, leg, command.outcome, command.answered_by, command.made_ms)


def choose_channel(game: Game, command: ask.ChooseChannel) -> None:
    occurrence = game.find(command.stimulus)
    leg = find_leg(occurrence, command.cell, WITHOUT_CHANNEL, "nothing-to-perform")
    if leg.under_way:
        raise Refused("is-leaving", {"stimulus": occurrence.id})
    if command.channel not in game.plan.channels:
        raise Refused("unknown-channel", {"channel": command.channel})
    if game.channel_is_down(command.channel):
        raise Refused("channel-down", {"channel": command.channel})
    give(game, occurrence, leg, command.channel)


def acknowledge(game: Game, command: ask.Acknowledge) -> None:
    occurrence = game.find(command.stimulus)
    wanted = frozenset({LegStatus.DELIVERED})
    leg = find_leg(occurrence, command.cell, wanted, "nothing-to-acknowledge")
    leg.status = LegStatus.ACKNOWLEDGED
    game.emit(
        StimulusAcknowledged(
            stimulus=occurrence.stimulus.id, occurrence=occurrence.id, cell=leg.cell
        )
    )
    at_least = (LegStatus.ACKNOWLEDGED, LegStatus.DEALT_WITH, LegStatus.REFUSED)
    if all(other.status in at_least for other in occurrence.legs.values()):
        add_stimulus_fact(game, occurrence, "acknowledged")
    game.take_undo()  # A cell knows what it has read: nothing is said that withdraws it.


def deal_with(game: Game, command: ask.DealWith) -> None:
    occurrence = game.find(command.stimulus)
    wanted = frozenset({LegStatus.DELIVERED, LegStatus.ACKNOWLEDGED})
    leg = find_leg(occurrence, command.cell, wanted, "nothing-to-acknowledge")
    leg.status = LegStatus.DEALT_WITH
    game.emit(
        StimulusDealtWith(stimulus=occurrence.stimulus.id, occurrence=occurrence.id, cell=leg.cell)
    )
    at_least = (LegStatus.DEALT_WITH, LegStatus.REFUSED)
    if all(other.status in at_least for other in occurrence.legs.values()):
        add_stimulus_fact(game, occurrence, "acknowledged")
        add_stimulus_fact(game, occurrence, "done")
    game.take_undo()


def tick_expectation(game: Game, command: ask.TickExpectation) -> None:
    opened = find_expectation(game, command.expectation, command.stimulus)
    expectation = opened.expectation
    observed_ms = _observed(game, command.observed_ms)
    was_seen = command.result is not Tick.NOT_SEEN
    settles = expectation.settles if was_seen else ""
    already = game.world.settled.get(settles)
    if settles and already is None:
        _check_outcome(game, settles, command.outcome)
    elif settles and command.outcome not in ("", already):
        raise Refused("already-settled", {"decision": settles, "outcome": already or ""})
    tick(game, opened, command.result, observed_ms, command.observer)
    if expectation.reaches and command.result is Tick.SEEN:
        reach_milestone(game, expectation.reaches, observed_ms)
    if settles and already is None:
        _settle_and_play(game, settles, command.outcome)


def _observed(game: Game, observed_ms: int | None) -> int:
    if observed_ms is None:
        return game.now_ms
    if observed_ms > game.now_ms:
        raise Refused("in-the-future", {"observed_ms": str(observed_ms)})
    return observed_ms


def _check_outcome(game: Game, decision: str, outcome: str) -> None:
    if decision not in game.plan.decisions:
        raise Refused("unknown-decision", {"decision": decision})
    outcomes = game.plan.decisions[decision].outcomes
    if not outcome:
        raise Refused("which-outcome", {"decision": decision, "outcomes": " ".join(outcomes)})
    if outcome not in outcomes:
        raise Refused("unknown-outcome", {"decision": decision, "outcome": outcome})


def _settle_and_play(game: Game, decision: str, outcome: str) -> None:
    settle(game, decision, outcome)
    play = game.plan.decisions[decision].outcomes[outcome].play
    if play and game.life.phase in (Phase.BRIEFING, Phase.PLAY):
        play_now(game, game.stimuli[play], PlannedBy.OUTCOME)


def reach(game: Game, command: ask.ReachMilestone) -> None:
    if command.milestone not in game.plan.milestones:
        raise Refused("unknown-milestone", {"milestone": command.milestone})
    if not reach_milestone(game, command.milestone, _observed(game, command.observed_ms)):
        raise Refused("already-reached", {"milestone": command.milestone})


def settle_decision(game: Game, command: ask.SettleDecision) -> None:
    _check_outcome(game, command.decision, command.outcome)
    _settle_and_play(game, command.decision, command.outcome)


def key(game: Game, command: ask.PressKey) -> None:
    if command.key not in game.plan.keys:
        raise Refused("unknown-key", {"key": command.key})
    press_key(game, command.key)


def set_asset(game: Game, command: ask.SetAsset) -> None:
    if command.asset not in game.plan.assets:
        raise Refused("unknown-asset", {"asset": command.asset})
    if (command.asset in game.world.set_down) == command.down:
        raise Refused("nothing-to-change", {"asset": command.asset})
    apply_effects(game, [(command.asset, command.down)])


def contact(game: Game, command: ask.LogContact, request_id: str) -> None:
    if command.actor and command.actor not in game.plan.actors:
        raise Refused("unknown-actor", {"actor": command.actor})
    if command.cell and command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    if command.channel and command.channel not in game.plan.channels:
        raise Refused("unknown-channel", {"channel": command.channel})
    if command.milestone and command.milestone not in game.plan.milestones:
        raise Refused("unknown-milestone", {"milestone": command.milestone})
    log_contact(game, request_id, command.actor, command.cell, command.channel, command.text)
    refused = bool(command.channel) and game.channel_is_down(command.channel)
    if command.milestone and not refused:
        reach_milestone(game, command.milestone, game.now_ms)


def add_note(game: Game, command: ask.AddNote, request_id: str) -> None:
    if command.cell and command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    game.emit(
        told.NoteAdded(
            note=request_id,
            text=command.text,
            kind=command.kind,
            cell=command.cell,
            about_wall=command.about_wall,
        )
    )

    def withdraw(_: bool) -> None:
        game.emit(told.NoteWithdrawn(note=request_id))

    game.on_undo(withdraw)


def mark_line(game: Game, command: ask.MarkLine) -> None:
    game.emit(told.LineMarked(line=command.line, mark=command.mark))


def add_debrief_note(game: Game, command: ask.AddDebriefNote, request_id: str) -> None:
    if command.cell and command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    if command.stimulus:
        game.find(command.stimulus)
    if command.objective and command.objective not in game.plan.objectives:
        raise Refused("unknown-objective", {"objective": command.objective})
    game.emit(
        told.DebriefNoted(
            note=request_id,
            kind=command.kind,
            speaker=command.speaker,
            text=command.text,
            cell=command.cell,
            stimulus=command.stimulus,
            objective=command.objective,
        )
    )

    def withdraw(_: bool) -> None:
        game.emit(told.NoteWithdrawn(note=request_id))

    game.on_undo(withdraw)
