"""Commands of the animation room around the game: contacts, casting, tempo, check-lists."""

from collections.abc import Mapping

from cyberex.engine.agenda import PLANNED_END, REPLY
from cyberex.engine.game import Game
from cyberex.engine.jumps import shift_to
from cyberex.engine.legs import deliver
from cyberex.engine.occurrences import has_not_reached_anybody, leave, skip
from cyberex.engine.shifting import move_back, reopen
from cyberex.engine.state import (
    NOT_LEFT,
    ContactState,
    LegStatus,
    Occurrence,
    Refused,
    Status,
)
from cyberex.engine.world import reach_milestone
from cyberex.facts import animation_commands as ask
from cyberex.facts import animation_events as told
from cyberex.facts.model import CellState, SkipReason
from cyberex.plan.model import PlannedStimulus

TO_BE_MADE = frozenset(
    {
        LegStatus.TO_PERFORM,
        LegStatus.LEAVING,
        LegStatus.FAILED,
        LegStatus.UNCERTAIN,
        LegStatus.COMES_BACK,
        LegStatus.BLOCKED,
    }
)


# Calls in


def detail_contact(game: Game, command: ask.DetailContact) -> None:
    """What is learnt of a contact after it was recorded; each part may come on its own."""
    contact = _contact(game, command.contact)
    _check_detail(game, command, contact)
    if command.cell or command.channel or command.text:
        contact.cell = command.cell or contact.cell
        contact.channel = command.channel or contact.channel
        game.emit(
            told.ContactDetailed(
                contact=contact.id,
                cell=command.cell,
                channel=command.channel,
                text=command.text,
            )
        )
    is_down = bool(command.channel) and game.channel_is_down(command.channel)
    if is_down and not contact.refused:
        contact.refused = True
        _cancel(contact)
        game.emit(
            told.ContactRefused(contact=contact.id, actor=contact.actor, channel=command.channel)
        )
    if command.milestone and not contact.refused:
        reach_milestone(game, command.milestone, contact.sim_ms)
    if command.promise_ms is not None:
        _promise(game, contact, command.promise_ms)
    if command.voice:
        game.emit(told.ContactHanded(contact=contact.id, voice=command.voice))


def _check_detail(game: Game, command: ask.DetailContact, contact: ContactState) -> None:
    if command.cell and command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    if command.channel and command.channel not in game.plan.channels:
        raise Refused("unknown-channel", {"channel": command.channel})
    if command.milestone and command.milestone not in game.plan.milestones:
        raise Refused("unknown-milestone", {"milestone": command.milestone})
    if command.promise_ms is not None and command.promise_ms < 0:
        raise Refused("not-later", {"to_ms": str(command.promise_ms)})
    is_new = command.milestone not in game.world.milestones and not contact.refused
    milestone = command.milestone if is_new else ""
    said = (command.cell, command.channel, command.text, milestone, command.voice)
    if not any(said) and command.promise_ms is None:
        raise Refused("nothing-to-change", {"contact": command.contact})


def _contact(game: Game, name: str) -> ContactState:
    contact = game.contacts.get(name)
    if contact is None or contact.withdrawn:
        raise Refused("unknown-contact", {"contact": name})
    return contact


def _cancel(contact: ContactState) -> None:
    for timer in contact.timers:
        timer.cancel()
    contact.timers.clear()


def _promise(game: Game, contact: ContactState, promise_ms: int) -> None:
    due_ms = game.now_ms + promise_ms
    game.emit(told.ContactPromised(contact=contact.id, actor=contact.actor, due_ms=due_ms))

    def due() -> None:
        game.emit(told.PromiseDue(contact=contact.id, actor=contact.actor, cell=contact.cell))

    timer = game.agenda.at(due_ms, REPLY, due)
    contact.timers.append(timer)


def answer_contact(game: Game, command: ask.AnswerContact) -> None:
    """The reply or the promised call-back was given: nothing is waited for any more."""
    contact = _contact(game, command.contact)
    _cancel(contact)
    game.emit(told.ContactAnswered(contact=contact.id))


# Who voices whom, who is away, how the cells are


def assign_voice(game: Game, command: ask.AssignVoice) -> None:
    if bool(command.actor) == bool(command.stimulus):
        raise Refused("actor-or-stimulus", {})
    if command.actor and command.actor not in game.plan.actors:
        raise Refused("unknown-actor", {"actor": command.actor})
    occurrence = game.find(command.stimulus).id if command.stimulus else ""
    owner = command.actor or occurrence
    before = game.voices.get(owner)
    _assign(game, command.actor, occurrence, command.voice)

    def withdraw(_: bool) -> None:
        actor = game.plan.actors.get(command.actor)
        proposed = actor.played_by if actor else ""
        _assign(game, command.actor, occurrence, before or proposed)

    game.on_undo(withdraw)


def _assign(game: Game, actor: str, occurrence: str, voice: str) -> None:
    game.voices[actor or occurrence] = voice
    game.emit(told.VoiceAssigned(voice=voice, actor=actor, occurrence=occurrence))


def mark_absent(game: Game, command: ask.MarkAbsent) -> None:
    if command.role not in game.plan.roles:
        raise Refused("unknown-role", {"role": command.role})
    if (command.role in game.absent) == command.absent:
        raise Refused("nothing-to-change", {"role": command.role})
    _absent(game, command.role, absent=command.absent)

    def withdraw(_: bool) -> None:
        if (command.role in game.absent) == command.absent:
            _absent(game, command.role, absent=not command.absent)

    game.on_undo(withdraw)


def _absent(game: Game, role: str, *, absent: bool) -> None:
    if absent:
        game.absent.add(role)
        game.emit(told.RoleAbsent(role=role))
    else:
        game.absent.discard(role)
        game.emit(told.RoleBack(role=role))


def report_state(game: Game, command: ask.ReportState) -> None:
    if command.cell not in game.plan.cells:
        raise Refused("unknown-cell", {"cell": command.cell})
    stimulus = game.find(command.stimulus).id if command.stimulus else ""
    if command.state is CellState.FINISHED and not stimulus:
        raise Refused("which-stimulus", {"cell": command.cell})
    game.emit(told.StateReported(cell=command.cell, state=command.state, stimulus=stimulus))


def tick_item(game: Game, command: ask.TickItem) -> None:
    if not command.item:
        raise Refused("nothing-to-change", {})
    game.emit(told.ItemTicked(item=command.item, done=command.done))

    def withdraw(_: bool) -> None:
        game.emit(told.ItemTicked(item=command.item, done=not command.done))

    game.on_undo(withdraw)


# Tempo


def catch_up(game: Game, command: ask.CatchUp) -> None:
    """Drop some, move others, as one: undone as one too."""
    dropped = {item.id: item for item in (_movable(game, name) for name in command.drop)}
    moved = _moved(game, command.hours, dropped)
    if not dropped and not moved:
        raise Refused("nothing-to-change", {})
    for occurrence in dropped.values():
        if occurrence.status is not Status.SKIPPED:  # not skipped with what it follows
            skip(game, occurrence, SkipReason.CATCH_UP)
    done: list[tuple[Occurrence, int]] = []
    for occurrence, due_ms in moved:
        if occurrence.status not in NOT_LEFT:
            continue
        done.append((occurrence, due_ms - (occurrence.due_ms or 0)))
        reopen(game, occurrence)
        shift_to(game, occurrence, due_ms)

    def withdraw(_: bool) -> None:
        for occurrence, by_ms in done:
            move_back(game, occurrence, by_ms)

    game.on_undo(withdraw)


def _moved(
    game: Game, hours: Mapping[str, int], dropped: Mapping[str, Occurrence]
) -> list[tuple[Occurrence, int]]:
    """Those whose hour changes, by their new hours; nothing goes before now."""
    moves: dict[str, tuple[Occurrence, int]] = {}
    for name, hour in hours.items():
        occurrence = _movable(game, name)
        if occurrence.due_ms is None or occurrence.status is Status.LEFT:
            raise Refused("no-hour-yet", {"stimulus": occurrence.id})
        due_ms = max(hour, game.now_ms)
        if due_ms != occurrence.due_ms and occurrence.id not in dropped:
            moves[occurrence.id] = (occurrence, due_ms)
    return sorted(moves.values(), key=lambda row: (row[1], row[0].rank))


def _movable(game: Game, name: str) -> Occurrence:
    occurrence = game.find(name)
    if occurrence.status not in NOT_LEFT and not has_not_reached_anybody(occurrence):
        raise Refused("already-over", {"stimulus": occurrence.id})
    return occurrence


def plan_break(game: Game, command: ask.PlanBreak) -> None:
    """The exercise will pause by itself; the director resumes."""
    if command.at_ms <= game.now_ms:
        raise Refused("not-later", {"to_ms": str(command.at_ms)})
    if command.length_ms <= 0:
        raise Refused("nothing-to-change", {})

    def come() -> None:
        if not game.life.paused:
            game.life.paused = True
            game.emit(told.BreakCame(length_ms=command.length_ms))

    timer = game.agenda.at(command.at_ms, PLANNED_END, come)
    game.emit(told.BreakPlanned(at_ms=command.at_ms, length_ms=command.length_ms))

    def withdraw(_: bool) -> None:
        if timer.live:
            timer.cancel()
            game.emit(told.BreakWithdrawn(at_ms=command.at_ms))

    game.on_undo(withdraw)


# On paper


def record(game: Game, command: ask.RecordStimulus) -> None:
    """Performed away from the console: it reached every cell that it had not reached yet."""
    if command.made_ms is not None and command.made_ms > game.now_ms:
        raise Refused("in-the-future", {"observed_ms": str(command.made_ms)})
    occurrence = _recordable(game, command.stimulus)
    if occurrence.status is not Status.LEFT:
        leave(game, occurrence)
    if occurrence.status is not Status.LEFT:
        return  # Its channel is down and it says `if_down: skip`: that was just recorded.
    for leg in occurrence.legs.values():
        if leg.status in TO_BE_MADE and not leg.under_way:
            deliver(game, occurrence, leg, command.answered_by, command.made_ms)


def _recordable(game: Game, name: str) -> Occurrence:
    stimulus: PlannedStimulus | None = game.stimuli.get(name)
    if stimulus is not None and not game.playings.get(name):
        occurrence = game.new_occurrence(stimulus, game.now_ms)
        occurrence.on_the_spot = True
        return occurrence
    occurrence = game.find(name)
    if occurrence.status in NOT_LEFT or occurrence.status in (Status.LEFT, Status.RESERVED):
        return occurrence
    raise Refused("already-over", {"stimulus": occurrence.id})
