"""A line of the log as a sentence: each event that makes a line, said to a person."""

from collections.abc import Callable
from typing import Any

from cyberex.console import words
from cyberex.console.clean import clean_line
from cyberex.console.desk import Desk
from cyberex.console.names import Names
from cyberex.facts import exercise_events as life
from cyberex.facts import stimulus_events as moves
from cyberex.facts import world_events as world
from cyberex.facts.commands import COMMANDS
from cyberex.facts.model import Command, Event, PlannedBy, Request
from cyberex.i18n import _, ngettext
from cyberex.times import format_duration_words, format_t
from cyberex.views.log_lines import LogLine

Teller = Callable[[Any, Desk], str]


def sentence_of(line: LogLine, desk: Desk) -> str:
    """One line, harmless; what somebody typed follows a colon."""
    teller = TELLERS.get(type(line.event))
    said = teller(line.event, desk) if teller else clean_line(line.name)
    if line.undone:
        said = _("undone: {command}").format(command=command_name(line.undone))
    if line.count > 1:
        said += " " + ngettext("({count} moved)", "({count} moved)", line.count).format(
            count=line.count
        )
    text = clean_line(desk.text(line.text)) if line.text else ""
    return ": ".join(part for part in (said, text) if part)


def _stimulus(event: moves.StimulusEvent, desk: Desk) -> str:
    title = desk.title(event.occurrence)
    code = desk.names.code(event.occurrence)
    return f"{code} {title}" if title else code


def _said(sentence: Callable[[], str]) -> Teller:
    """For sentences about a stimulus."""

    def tell(event: moves.StimulusEvent, desk: Desk) -> str:
        return sentence().format(stimulus=_stimulus(event, desk))

    return tell


def _fixed(sentence: Callable[[], str]) -> Teller:
    return lambda _event, _desk: sentence()


def _planned(event: moves.StimulusPlanned, desk: Desk) -> str:
    why = {
        PlannedBy.RESERVE: _("from the reserve"),
        PlannedBy.COMPOSED: _("made up on the spot"),
        PlannedBy.OUTCOME: _("follows a decision"),
        PlannedBy.OTHERWISE: _("instead of another"),
        PlannedBy.COMES_BACK: _("comes back"),
        PlannedBy.REPLY: _("reply"),
        PlannedBy.AGAIN: _("again"),
    }
    reason = why.get(event.why, "") if event.why else ""
    return _("{stimulus}, planned at {at} ({why})").format(
        stimulus=_stimulus(event, desk), at=format_t(event.due_ms), why=reason
    )


def _to_perform(event: moves.StimulusToPerform, desk: Desk) -> str:
    said = _("{stimulus}: to perform").format(stimulus=_stimulus(event, desk))
    if event.instead_of:
        said += " " + _("by {channel} instead of {wanted}").format(
            channel=desk.names.channel(event.channel), wanted=desk.names.channel(event.instead_of)
        )
    return said


def _delivered(event: moves.StimulusDelivered, desk: Desk) -> str:
    if not event.answered_by:
        return _("{stimulus}: delivered").format(stimulus=_stimulus(event, desk))
    return _("{stimulus}: delivered, {who} answered").format(
        stimulus=_stimulus(event, desk), who=desk.names.who(event.answered_by)
    )


def _failed(event: moves.CallFailed, desk: Desk) -> str:
    said = f"{_stimulus(event, desk)}: {words.call_outcome(event.outcome)}"
    if event.back_ms is None:
        return said
    return said + ", " + _("comes back at {at}").format(at=format_t(event.back_ms))


def _skipped(event: moves.StimulusSkipped, desk: Desk) -> str:
    return _("{stimulus}: skipped, {why}").format(
        stimulus=_stimulus(event, desk), why=words.skip_reason(event.reason)
    )


def _shifted(event: moves.StimulusShifted, desk: Desk) -> str:
    return _("{stimulus}: shifted from {before} to {after}").format(
        stimulus=_stimulus(event, desk),
        before=format_t(event.from_ms),
        after=format_t(event.due_ms),
    )


def _ticked(event: moves.ExpectationTicked, desk: Desk) -> str:
    said = f"{words.tick(event.result)} – {desk.names.expectation(event.expectation)}"
    return f"{said} ({_('late')})" if event.late else said


def _expired(event: moves.ExpectationExpired, desk: Desk) -> str:
    return _("delay over: {expected}").format(expected=desk.names.expectation(event.expectation))


def _settled(event: world.DecisionSettled, desk: Desk) -> str:
    outcome = desk.names.outcome(event.decision, event.outcome)
    return f"{desk.names.decision(event.decision)}: {outcome}"


def _contact(event: world.ContactLogged, desk: Desk) -> str:
    said = _("call to {actor}").format(actor=desk.names.actor(event.actor))
    return f"{said} ({_('line down: refuse aloud')})" if event.refused else said


def _note(event: world.NoteAdded, _desk: Desk) -> str:
    return words.note_kind(event.kind)


def _named(sentence: Callable[[], str], name: Callable[[Names, Any], str]) -> Teller:
    return lambda event, desk: sentence().format(name=name(desk.names, event))


def _duration(ms: int) -> str:
    return format_duration_words(ms // 1000 * 1000, "fr")


TELLERS: dict[type[Event], Teller] = {
    life.BriefingStarted: _fixed(lambda: _("briefing started")),
    life.DebexGiven: _fixed(lambda: _("DEBEX")),
    life.ExercisePaused: _fixed(lambda: _("pause")),
    life.ExerciseResumed: _fixed(lambda: _("resumed")),
    life.SpeedSet: lambda event, _desk: _("speed {rate}").format(rate=f"{event.rate:g}"),
    life.ExerciseAdvanced: lambda event, _desk: _("advanced from {before} to {after}").format(
        before=format_t(event.from_ms), after=format_t(event.to_ms)
    ),
    life.EndReached: _fixed(lambda: _("planned end reached: overtime")),
    life.ExerciseExtended: lambda event, _desk: _("planned end at {at}").format(
        at=format_t(event.end_ms)
    ),
    life.HardEndSet: lambda event, desk: _("room free until {hour}").format(
        hour=f"{desk.room_of(event.room_until):%H:%M}" if event.room_until else "–"
    ),
    life.RealStopCalled: _fixed(lambda: _("■ REAL STOP")),
    life.RealStopLifted: _fixed(lambda: _("real stop lifted, paused")),
    life.CallDownTicked: lambda event, desk: _("told: {who}").format(who=desk.names.who(event.who)),
    life.FinexGiven: _fixed(lambda: _("FINEX")),
    life.ExerciseClosed: _fixed(lambda: _("exercise closed")),
    life.ExerciseInterrupted: lambda event, _desk: _("interrupted for {length}").format(
        length=_duration(event.gap_ms)
    ),
    life.GapAnswered: lambda event, _desk: (
        _("interruption counted as played")
        if event.answer.value == "played"
        else _("interruption counted as a pause")
    ),
    life.JumpPrepared: _named(
        lambda: _("jump due: {name}"), lambda names, event: names.jump(event.jump)
    ),
    life.JumpMade: _named(lambda: _("jump: {name}"), lambda names, event: names.jump(event.jump)),
    life.JumpShifted: _named(
        lambda: _("jump shifted: {name}"), lambda names, event: names.jump(event.jump)
    ),
    life.CommandUndone: _fixed(lambda: _("undone")),
    life.TextErased: _fixed(lambda: _("texts erased")),
    life.ContactsErased: _fixed(lambda: _("contacts erased")),
    moves.StimulusComposed: _said(lambda: _("{stimulus}: made up on the spot")),
    moves.StimulusPlanned: _planned,
    moves.StimulusToPerform: _to_perform,
    moves.StimulusBlocked: _said(lambda: _("{stimulus}: no live channel")),
    moves.StimulusDelivered: _delivered,
    moves.StimulusAcknowledged: _said(lambda: _("{stimulus}: acknowledged")),
    moves.StimulusDealtWith: _said(lambda: _("{stimulus}: dealt with")),
    moves.StimulusHeld: _said(lambda: _("{stimulus}: held")),
    moves.StimulusReleased: _said(lambda: _("{stimulus}: released")),
    moves.StimulusQueued: _said(lambda: _("{stimulus}: leaves at resume")),
    moves.StimulusSkipped: _skipped,
    moves.StimulusReserved: _said(lambda: _("{stimulus}: to the reserve")),
    moves.StimulusRestored: _said(lambda: _("{stimulus}: planned again")),
    moves.StimulusExpired: _said(lambda: _("{stimulus}: not played")),
    moves.StimulusShifted: _shifted,
    moves.StimulusEdited: _said(lambda: _("{stimulus}: edited")),
    moves.CallFailed: _failed,
    moves.DeliveryWithdrawn: _said(lambda: _("{stimulus}: to be made again")),
    moves.ExpectationTicked: _ticked,
    moves.ExpectationExpired: _expired,
    world.MilestoneReached: _named(
        lambda: _("milestone: {name}"), lambda names, event: names.milestone(event.milestone)
    ),
    world.DecisionSettled: _settled,
    world.KeyPressed: _named(
        lambda: _("situation: {name}"), lambda names, event: names.key(event.key)
    ),
    world.AssetDown: _named(lambda: _("✗ {name}"), lambda names, event: names.asset(event.asset)),
    world.AssetUp: _named(lambda: _("✓ {name}"), lambda names, event: names.asset(event.asset)),
    world.ChannelDown: _named(
        lambda: _("✗ {name}"), lambda names, event: names.channel(event.channel)
    ),
    world.ChannelUp: _named(
        lambda: _("✓ {name}"), lambda names, event: names.channel(event.channel)
    ),
    world.ContactLogged: _contact,
    world.ReplyDue: _named(
        lambda: _("{name} is to reply now"), lambda names, event: names.actor(event.actor)
    ),
    world.NoteAdded: _note,
}


def command_name(name: str) -> str:
    """What the director asked, in words, by the command's recorded name."""
    kind: type[Command] | None = COMMANDS.get(name)
    words_of = {
        "stimulus.fire": _("fire now"),
        "stimulus.hold": _("hold"),
        "stimulus.release": _("release"),
        "stimulus.skip": _("skip"),
        "stimulus.shift": _("shift"),
        "stimulus.edit": _("edit"),
        "stimulus.inject": _("inject"),
        "stimulus.compose": _("ad hoc"),
        "stimulus.start_call": _("dialling"),
        "stimulus.end_call": _("call made"),
        "stimulus.choose_channel": _("channel"),
        "expectation.tick": _("tick"),
        "milestone.reach": _("milestone"),
        "decision.settle": _("decision"),
        "key.press": _("situation"),
        "asset.set": _("network"),
        "note.add": _("note"),
        "contact.log": _("call in"),
        "debrief.add": _("debrief note"),
        "exercise.extend": _("extension"),
    }
    return words_of.get(name, clean_line(kind.name if kind else name))


def describe(request: Request, desk: Desk) -> str:
    """What was asked, and of what."""
    command: Any = request.command
    names = desk.names
    said = command_name(command.name)
    about: dict[str, Callable[[Any], str]] = {
        "stimulus": lambda value: f"{names.code(value)} {desk.title(value)}",
        "expectation": names.expectation,
        "milestone": names.milestone,
        "decision": names.decision,
        "key": names.key,
        "asset": names.asset,
        "actor": names.actor,
        "title": lambda value: clean_line(desk.text(value)),
        "text": lambda value: clean_line(desk.text(value)),
    }
    for field in ("expectation", "stimulus", "milestone", "decision", "key", "asset", "actor",
                  "title", "text"):  # fmt: skip
        value = getattr(command, field, "")
        if value:
            return f"{said} – {about[field](value)}"
    return said
