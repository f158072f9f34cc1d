"""Pause and resume, DEBEX, advance, extension, hard end, FINEX; the question after a gap."""

from cyberex.console.actions.room import checklist, open_debrief
from cyberex.console.desk import NotDone
from cyberex.console.dialogs.call_down import CallDownDialog
from cyberex.console.dialogs.pick import Option
from cyberex.console.entries import (
    amount_words,
    read_amount,
    read_instant,
    read_room_hour,
    wrong_with,
)
from cyberex.console.ready import not_ticked
from cyberex.console.stage import Stage
from cyberex.facts.commands import (
    Advance,
    AnswerGap,
    CallRealStop,
    Extend,
    GiveDebex,
    GiveFinex,
    Pause,
    Resume,
    SetHardEnd,
    StartBriefing,
)
from cyberex.facts.model import GapAnswer
from cyberex.i18n import _, language
from cyberex.times import format_duration_words, format_t
from cyberex.views.situation import State


async def pause(stage: Stage) -> None:
    situation = stage.desk.board.situation
    if situation.gap_ms is not None:
        await answer_gap(stage)
    elif situation.paused:
        await stage.ask(Resume(), _("Resumed."))
    else:
        await stage.ask(Pause(), _("Paused: nothing leaves. Space to resume."))


async def answer_gap(stage: Stage) -> None:
    """As a pause, or as time played; either way the exercise stays paused until resumed."""
    gap_ms = stage.desk.board.situation.gap_ms
    if gap_ms is None:
        return
    length = format_duration_words(gap_ms // 1000 * 1000, language())
    answer = await stage.pick(
        _("Interrupted for {length}. What was it?").format(length=length),
        [
            Option(GapAnswer.PAUSE, _("a pause: everything goes on from where it stood"), "p"),
            Option(GapAnswer.PLAYED, _("time played: what is late is held, you release it"), "j"),
        ],
        details=_("Nothing leaves by itself: the exercise stays paused until you resume (space)."),
    )
    if answer is not None:
        await stage.ask(AnswerGap(answer=answer), _("Noted. Space to resume."))


async def debex(stage: Stage) -> None:
    state = stage.desk.board.situation.state
    if state is State.READY:
        await _begin(stage)
    elif state is State.BRIEFING:
        details = [_("The exercise begins now. This cannot be undone."), *not_ticked(stage.desk)]
        if await stage.confirm(_("Give DEBEX?"), details):
            await stage.ask(GiveDebex(), _("DEBEX."))
    elif state in (State.DEBRIEF, State.CLOSED):
        await open_debrief(stage)
    else:
        raise NotDone(_("DEBEX was given. FINEX: F."))


async def _begin(stage: Stage) -> None:
    length = format_duration_words(stage.desk.plan.timing.briefing_ms, language())
    answer = await stage.pick(
        _("Begin"),
        [
            Option("briefing", _("Start the briefing ({length})").format(length=length), "b"),
            Option("debex", _("Give DEBEX now, without briefing"), "d"),
        ],
        details="\n".join(not_ticked(stage.desk)),
    )
    if answer == "briefing":
        await stage.ask(StartBriefing(), _("Briefing. DEBEX: D."))
        await checklist(stage)
    elif answer == "debex":
        await stage.ask(GiveDebex(), _("DEBEX."))


async def advance(stage: Stage) -> None:
    desk = stage.desk
    sim_ms = desk.sim_ms()
    row = desk.board.next_due(sim_ms + 1)
    next_ms = row.due_ms if row is not None else None
    text = await stage.line(
        _("Advance to"),
        initial=format_t(next_ms) if next_ms is not None else "",
        details=_("The next stimulus is proposed. Write another instant, like T+45."),
        check=lambda line: wrong_with(read_instant, line),
    )
    if text is None:
        return
    to_ms = read_instant(text)
    if next_ms is not None and format_t(next_ms) == text.strip():
        to_ms = next_ms
    skipped = desk.exercise.preview_advance(to_ms) if to_ms > sim_ms else ()
    details = [f"{desk.names.code(item)} {desk.title(item)}" for item in skipped]
    heading = (
        _("These will be skipped; this cannot be undone:")
        if details
        else _("Nothing is skipped. The clock cannot be turned back.")
    )
    title = _("Advance to {at}?").format(at=format_t(to_ms))
    if await stage.confirm(title, [heading, *details]):
        await stage.ask(Advance(to_ms=to_ms), _("Advanced to {at}.").format(at=format_t(to_ms)))


async def extend(stage: Stage) -> None:
    text = await stage.line(
        _("Move the planned end by"),
        placeholder=_("10 for ten minutes more, -5 for five less"),
        check=lambda line: wrong_with(read_amount, line),
    )
    if text is None:
        return
    by_ms = read_amount(text)
    await stage.ask(
        Extend(by_ms=by_ms), _("Planned end moved: {by}.").format(by=amount_words(by_ms))
    )


async def hard_end(stage: Stage) -> None:
    desk = stage.desk
    text = await stage.line(
        _("Until what hour is the room free?"),
        placeholder=_("12:00; nothing: no limit"),
        check=lambda line: wrong_with(read_room_hour, line, desk.room()),
    )
    if text is None:
        return
    hour = read_room_hour(text, desk.room())
    await stage.ask(
        SetHardEnd(room_until=desk.wall_of_hour(hour) if hour else ""), _("Hard end noted.")
    )


async def finex(stage: Stage) -> None:
    word = _("FINEX")
    details = [
        _("The exercise ends now. What was not delivered expires. This cannot be undone."),
        _("The debrief comes next; a check-list opens so that every room is told."),
    ]
    if not await stage.confirm(_("Give FINEX?"), details, word=word):
        return
    await stage.ask(GiveFinex(), _("FINEX. Hot debrief: D."))
    await checklist(stage)


async def call_down(stage: Stage) -> None:
    if not stage.desk.board.situation.call_downs:
        raise NotDone(_("Nobody has to be told anything: no real stop, no FINEX."))
    await stage.show(CallDownDialog(stage))


async def real_stop(stage: Stage) -> None:
    """At once, without a question; the list of whom to ring opens over everything."""
    if not stage.desk.board.situation.real_stop:
        await stage.ask(CallRealStop(), _("REAL STOP: nothing leaves any more."))
    if not isinstance(stage.screen.app.screen, CallDownDialog):
        await stage.show(CallDownDialog(stage))


async def thaw(stage: Stage) -> None:
    if stage.desk.exercise.frozen is None:
        raise NotDone(_("The journal is written normally."))
    await stage.desk.thaw()
    stage.tell(_("The journal is written again. The exercise goes on from where it stood."))
