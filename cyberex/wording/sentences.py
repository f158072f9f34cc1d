"""A line of the log as a sentence: each event that makes a line, said to a person."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Any

from cyberex.facts import animation_events as animation
from cyberex.facts import exercise_events as life
from cyberex.facts import stimulus_events as moves
from cyberex.facts import world_events as world
from cyberex.facts.model import Event, Request
from cyberex.i18n import _, language, ngettext
from cyberex.times import format_duration_words, format_t
from cyberex.views.log_lines import LogLine
from cyberex.wording import around, leaving, words
from cyberex.wording.clean import clean_line
from cyberex.wording.items import item_words
from cyberex.wording.names import Names
from cyberex.wording.telling import ContactOf, Teller, Telling, TextOf, TitleOf


def sentence_of(
    line: LogLine,
    names: Names,
    text: TextOf,
    *,
    title: TitleOf | None = None,
    zone: tzinfo = UTC,
    contact: ContactOf = lambda _: None,
) -> str:
    """One line, harmless; what somebody typed follows a colon.

    Without `title` the author's own is used, and what was made up on the spot has none; without
    `contact` every call or message of players is said to be a call.
    """
    told = Telling(names, text, title or names.title_of_occurrence, zone, contact)
    teller = TELLERS.get(type(line.event))
    said = teller(line.event, told) if teller else clean_line(line.name)
    if line.undone:
        said = _("undone: {command}").format(command=command_name(line.undone))
    if line.count > 1:
        said += " " + ngettext("({count} moved)", "({count} moved)", line.count).format(
            count=line.count
        )
    typed = clean_line(text(line.text)) if line.text else ""
    return _("{said}: {typed}").format(said=said, typed=typed) if typed else said


def _said(sentence: Callable[[], str]) -> Teller:
    """For sentences about a stimulus."""

    def tell(event: moves.StimulusEvent, told: Telling) -> str:
        return sentence().format(stimulus=told.stimulus(event))

    return tell


def _fixed(sentence: Callable[[], str]) -> Teller:
    return lambda _event, _told: sentence()


def _planned(event: moves.StimulusPlanned, told: Telling) -> str:
    return _("{stimulus}, planned at {at} ({why})").format(
        stimulus=told.stimulus(event),
        at=format_t(event.due_ms),
        why=words.planned_by(event.why),
    )


def _to_perform(event: moves.StimulusToPerform, told: Telling) -> str:
    said = _("{stimulus}: to perform").format(stimulus=told.stimulus(event))
    if event.instead_of:
        said += " " + _("by {channel} instead of {wanted}").format(
            channel=told.names.channel(event.channel), wanted=told.names.channel(event.instead_of)
        )
    return said


def _delivered(event: moves.StimulusDelivered, told: Telling) -> str:
    if not event.answered_by:
        return _("{stimulus}: delivered").format(stimulus=told.stimulus(event))
    return _("{stimulus}: delivered, {who} answered").format(
        stimulus=told.stimulus(event), who=told.names.who(event.answered_by)
    )


def _failed(event: moves.CallFailed, told: Telling) -> str:
    said = _("{subject}: {said}").format(
        subject=told.stimulus(event), said=words.call_outcome(event.outcome)
    )
    if event.back_ms is None:
        return said
    return said + ", " + _("comes back at {at}").format(at=format_t(event.back_ms))


def _skipped(event: moves.StimulusSkipped, told: Telling) -> str:
    return _("{stimulus}: skipped, {why}").format(
        stimulus=told.stimulus(event), why=words.skip_reason(event.reason)
    )


def _shifted(event: moves.StimulusShifted, told: Telling) -> str:
    return _("{stimulus}: shifted from {before} to {after}").format(
        stimulus=told.stimulus(event),
        before=format_t(event.from_ms),
        after=format_t(event.due_ms),
    )


def _ticked(event: moves.ExpectationTicked, told: Telling) -> str:
    said = f"{words.tick(event.result)} – {_expected(event, told)}"
    late = _("late")
    return f"{said} ({late})" if event.late else said


def _expired(event: moves.ExpectationExpired, told: Telling) -> str:
    return _("delay over: {expected}").format(expected=_expected(event, told))


def _expected(event: moves.ExpectationTicked | moves.ExpectationExpired, told: Telling) -> str:
    """With the code of what it answers: several ask for much the same."""
    code = told.names.code(event.occurrence)
    return f"{code} {told.names.expectation(event.expectation)}"


def _settled(event: world.DecisionSettled, told: Telling) -> str:
    outcome = told.names.outcome(event.decision, event.outcome)
    decided = _("{outcome} ({decision})").format(
        outcome=outcome, decision=told.names.decision(event.decision)
    )
    return _("decided: {what}").format(what=decided)


def _contact(event: world.ContactLogged, told: Telling) -> str:
    known = told.contact(event.contact)
    if known is None or not known.written:
        sentence = _("call to {actor}")
    elif told.names.is_spoken(event.channel):
        sentence = _("call asked of {actor}")
    else:
        sentence = _("message to {actor}")
    said = sentence.format(actor=told.names.actor(event.actor))
    aloud = _("line down: refuse aloud")
    return f"{said} ({aloud})" if event.refused else said


def _answered(event: animation.ContactAnswered, told: Telling) -> str:
    known = told.contact(event.contact)
    if known is None:
        return _("call back given")
    sentence = _("answered by {actor}") if known.written else _("call back given by {actor}")
    return sentence.format(actor=told.names.actor(known.actor))


def _note(event: world.NoteAdded, _told: Telling) -> str:
    return words.note_kind(event.kind)


def _named(sentence: Callable[[], str], name: Callable[[Names, Any], str]) -> Teller:
    return lambda event, told: sentence().format(name=name(told.names, event))


def _duration(ms: int) -> str:
    return format_duration_words(ms // 1000 * 1000, language())


def _hour(wall_at: str, told: Telling) -> str:
    return f"{datetime.fromisoformat(wall_at).astimezone(told.zone):%H:%M}"


TELLERS: dict[type[Event], Teller] = {
    life.BriefingStarted: _fixed(lambda: _("briefing started")),
    life.DebexGiven: _fixed(lambda: _("DEBEX")),
    life.ExercisePaused: _fixed(lambda: _("pause")),
    life.ExerciseResumed: _fixed(lambda: _("resumed")),
    life.SpeedSet: lambda event, _told: _("speed {rate}").format(rate=f"{event.rate:g}"),
    life.ExerciseAdvanced: lambda event, _told: _("advanced from {before} to {after}").format(
        before=format_t(event.from_ms), after=format_t(event.to_ms)
    ),
    life.EndReached: _fixed(lambda: _("planned end reached: overtime")),
    life.ExerciseExtended: lambda event, _told: _("planned end at {at}").format(
        at=format_t(event.end_ms)
    ),
    life.HardEndSet: lambda event, told: _("room free until {hour}").format(
        hour=_hour(event.room_until, told) if event.room_until else "–"
    ),
    life.RealStopCalled: _fixed(lambda: _("■ REAL STOP")),
    life.RealStopLifted: _fixed(lambda: _("real stop lifted, paused")),
    life.CallDownTicked: lambda event, told: _("told: {who}").format(who=told.names.who(event.who)),
    life.FinexGiven: _fixed(lambda: _("FINEX")),
    life.ExerciseClosed: _fixed(lambda: _("exercise closed")),
    life.ExerciseInterrupted: lambda event, _told: _("interrupted for {length}").format(
        length=_duration(event.gap_ms)
    ),
    life.GapAnswered: lambda event, _told: (
        _("interruption counted as played")
        if event.answer.value == "played"
        else _("interruption counted as a pause")
    ),
    life.JumpPrepared: _named(
        lambda: _("jump due: {name}"), lambda names, event: names.jump_or_hour(event.jump)
    ),
    life.JumpMade: _named(
        lambda: _("jump: {name}"), lambda names, event: names.jump_or_hour(event.jump)
    ),
    life.JumpShifted: _named(
        lambda: _("jump shifted: {name}"), lambda names, event: names.jump_or_hour(event.jump)
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
    animation.ContactDetailed: lambda event, _told: around.detailed(event),
    animation.ContactRefused: lambda event, told: around.refused(event, told.names),
    animation.ContactPromised: lambda event, told: around.promised(event, told.names),
    animation.ContactHanded: lambda event, _told: around.handed(event),
    animation.PromiseDue: lambda event, told: around.promise_due(event, told.names),
    animation.ContactAnswered: _answered,
    animation.VoiceAssigned: lambda event, told: around.assigned(event, told.names),
    animation.RoleAbsent: lambda event, told: around.absent(event, told.names),
    animation.RoleBack: lambda event, told: around.back(event, told.names),
    animation.StateReported: lambda event, told: around.reported(event, told.names),
    animation.BreakPlanned: lambda event, _told: around.break_planned(event),
    animation.BreakWithdrawn: lambda event, _told: around.break_withdrawn(event),
    animation.BreakCame: lambda event, _told: around.break_came(event),
    animation.ItemTicked: lambda event, told: around.ticked(event, told.names),
    **leaving.TELLERS,
}


def command_name(name: str) -> str:
    """What the director asked, in words, by the command's recorded name."""
    said = COMMAND_WORDS.get(name)
    return said() if said else clean_line(name)


COMMAND_WORDS: dict[str, Callable[[], str]] = {
    "exercise.start": lambda: _("start of the briefing"),
    "exercise.debex": lambda: _("DEBEX"),
    "exercise.pause": lambda: _("pause"),
    "exercise.resume": lambda: _("resumption"),
    "exercise.set_speed": lambda: _("speed"),
    "exercise.advance": lambda: _("advance of the clock"),
    "exercise.extend": lambda: _("extension"),
    "exercise.set_hard_end": lambda: _("hour at which the room is free"),
    "exercise.real_stop": lambda: _("real stop"),
    "exercise.lift_real_stop": lambda: _("lifting of the real stop"),
    "call_down.tick": lambda: _("call-down list"),
    "exercise.finex": lambda: _("FINEX"),
    "exercise.close": lambda: _("closing"),
    "exercise.report_gap": lambda: _("interruption"),
    "exercise.answer_gap": lambda: _("answer to the interruption"),
    "stimulus.fire": lambda: _("fired now"),
    "stimulus.hold": lambda: _("held"),
    "stimulus.release": lambda: _("released"),
    "stimulus.skip": lambda: _("skipped"),
    "stimulus.shift": lambda: _("shifted"),
    "stimulus.edit": lambda: _("edited"),
    "stimulus.inject": lambda: _("injected"),
    "stimulus.compose": lambda: _("ad hoc"),
    "stimulus.start_call": lambda: _("call begun"),
    "stimulus.end_call": lambda: _("call made"),
    "stimulus.choose_channel": lambda: _("channel"),
    "stimulus.acknowledge": lambda: _("acknowledgement"),
    "stimulus.deal_with": lambda: _("dealt with"),
    "expectation.tick": lambda: _("ticked"),
    "milestone.reach": lambda: _("milestone"),
    "decision.settle": lambda: _("decision"),
    "key.press": lambda: _("situation"),
    "asset.set": lambda: _("network"),
    "jump.make": lambda: _("jump"),
    "note.add": lambda: _("note"),
    "contact.log": lambda: _("call in"),
    "basket.mark": lambda: _("debrief basket"),
    "debrief.add": lambda: _("debrief note"),
    "command.undo": lambda: _("undoing"),
    "contact.detail": lambda: _("details of a call in"),
    "contact.answer": lambda: _("call back given"),
    "casting.assign": lambda: _("casting"),
    "role.mark_absent": lambda: _("player called away"),
    "observer.report": lambda: _("state of a cell"),
    "exercise.catch_up": lambda: _("catching up"),
    "exercise.plan_break": lambda: _("planned break"),
    "checklist.tick": lambda: _("check-list"),
    "stimulus.record": lambda: _("recorded after the fact"),
    **leaving.COMMAND_WORDS,
}
"""Called when shown: the language is chosen at start."""


def describe(request: Request, names: Names, text: TextOf, *, title: TitleOf | None = None) -> str:
    """What was asked, and of what."""
    title = title or names.title_of_occurrence
    command: Any = request.command
    about: dict[str, Callable[[Any], str]] = {
        "expectation": names.expectation,
        "stimulus": lambda value: f"{names.code(value)} {title(value)}".rstrip(),
        "milestone": names.milestone,
        "decision": names.decision,
        "key": names.key,
        "asset": names.asset,
        "jump": names.jump_or_hour,
        "actor": names.actor,
        "role": names.role,
        "item": lambda value: item_words(value, names),
        "person": names.who,
        "title": lambda value: clean_line(text(value)),
        "text": lambda value: clean_line(text(value)),
    }
    said = command_name(command.name)
    for field, name in about.items():
        value = getattr(command, field, "")
        if value:
            return f"{said} – {name(value)}"
    return said
