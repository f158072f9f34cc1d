"""Steer what has not left yet: inject, fire now, hold, release, skip, shift, edit."""

from cyberex.console.conditions import unmet
from cyberex.console.desk import NotDone
from cyberex.console.dialogs.form import ChoiceField, TextField
from cyberex.console.dialogs.pick import Option, lettered
from cyberex.console.entries import amount_words, read_amount, wrong_with
from cyberex.console.stage import Stage
from cyberex.console.tasks import LeaveTask
from cyberex.facts.commands import (
    ComposeStimulus,
    EditStimulus,
    FireStimulus,
    HoldStimulus,
    InjectReserve,
    ReleaseStimulus,
    ShiftStimulus,
    SkipStimulus,
)
from cyberex.facts.model import ShiftScope, SkipReason
from cyberex.i18n import _
from cyberex.times import format_t
from cyberex.views.calls import CallSheet
from cyberex.views.outboxes import Delivery
from cyberex.views.rows import ChronogramRow, JumpRow, Row, Status

AD_HOC = ""


async def _row(stage: Stage, *, jumps: bool = False) -> Row | None:
    """The row under the cursor of the panel in use; elsewhere, one found by typing."""
    row = stage.screen.selected_row()
    if row is not None:
        if isinstance(row, JumpRow) and not jumps:
            raise NotDone(_("This is a jump: j makes it, d shifts it."))
        return row
    task = stage.screen.selected_task()
    desk = stage.desk
    if isinstance(task, CallSheet | LeaveTask | Delivery):
        return desk.board.chronogram.occurrence(task.occurrence, desk.sim_ms())
    rows = [item for item in desk.board.chronogram.occurrences(desk.sim_ms()) if not item.over]
    return await stage.find(
        _("Which stimulus?"), [Option(item, _label(stage, item)) for item in rows]
    )


def _label(stage: Stage, row: Row) -> str:
    if isinstance(row, JumpRow):
        return stage.desk.names.jump(row.jump)
    return f"{stage.desk.names.code(row.occurrence)} {stage.desk.title_of(row)}"


async def _stimulus(stage: Stage) -> ChronogramRow | None:
    row = await _row(stage)
    return row if isinstance(row, ChronogramRow) else None


async def fire(stage: Stage) -> None:
    row = await _stimulus(stage)
    if row is not None:
        await stage.ask(
            FireStimulus(stimulus=row.occurrence),
            _("Leaves now: {what}.").format(what=_label(stage, row)),
        )


async def hold(stage: Stage) -> None:
    """Hold back; what is held is released."""
    row = await _stimulus(stage)
    if row is None:
        return
    if row.status is Status.HELD:
        await stage.ask(
            ReleaseStimulus(stimulus=row.occurrence),
            _("Released (u: undo): {what}").format(what=_label(stage, row)),
        )
        return
    await stage.ask(
        HoldStimulus(stimulus=row.occurrence),
        _("Held: {what}. h: release.").format(what=_label(stage, row)),
    )


async def skip(stage: Stage) -> None:
    row = await _stimulus(stage)
    if row is not None:
        await stage.ask(
            SkipStimulus(stimulus=row.occurrence),
            _("Skipped (u: undo): {what}").format(what=_label(stage, row)),
        )


async def shift(stage: Stage) -> None:
    row = await _row(stage, jumps=True)
    if row is None:
        return
    name = row.jump if isinstance(row, JumpRow) else row.occurrence
    text = await stage.line(
        _("Shift {what} by").format(what=_label(stage, row)),
        placeholder=_("10 for ten minutes later, -5 for five earlier"),
        check=lambda line: wrong_with(read_amount, line),
    )
    if text is None:
        return
    by_ms = read_amount(text)
    options = [
        lettered(ShiftScope.FOLLOWING, _("f: it and all that follows")),
        lettered(ShiftScope.ONE, _("o: it alone")),
    ]
    if isinstance(row, ChronogramRow) and stage.desk.thread_of(row):
        options.append(lettered(ShiftScope.THREAD, _("t: its thread")))
    title = _("Shift by {by}: what?").format(by=amount_words(by_ms))
    scope = await stage.pick(title, options)
    if scope is None:
        return
    command = ShiftStimulus(stimulus=name, by_ms=by_ms, scope=scope)
    done = _("Shifted by {by}. u: undo.").format(by=amount_words(by_ms))
    try:
        await stage.ask(command, done)
    except NotDone as refusal:
        if refusal.code != "several-now":
            raise
        await _spaced(stage, command, str(refusal), done)


async def _spaced(stage: Stage, command: ShiftStimulus, why: str, done: str) -> None:
    text = await stage.line(
        _("How far apart?"),
        details=why,
        initial="2",
        check=lambda line: wrong_with(read_amount, line),
    )
    if text is None:
        return
    spaced = ShiftStimulus(
        stimulus=command.stimulus,
        by_ms=command.by_ms,
        scope=command.scope,
        space_ms=abs(read_amount(text)),
    )
    await stage.ask(spaced, done)


async def edit(stage: Stage) -> None:
    row = await _stimulus(stage)
    if row is None:
        return
    desk = stage.desk
    title, text = desk.own_title(row), desk.script_of(row.occurrence)
    first = ("", _("as it is: {who}").format(who=desk.names.receivers(row.to)))
    answers = await stage.form(
        _("Edit {what}").format(what=desk.names.code(row.occurrence)),
        [
            TextField("text", _("Text"), text.strip(), lines=6),
            TextField("title", _("Title"), title),
            ChoiceField("to", _("To"), (first, *_receivers(stage))),
            ChoiceField("via", _("By"), _channels(stage), row.via),
        ],
        details="" if row.due_ms is None else format_t(row.due_ms),
    )
    if answers is None:
        return
    say = desk.exercise.say
    to, via = answers["to"], answers["via"]
    await stage.ask(
        EditStimulus(
            stimulus=row.occurrence,
            title=say(answers["title"] if answers["title"] != title else ""),
            text=say(answers["text"] if answers["text"].strip() != text.strip() else ""),
            to=(to,) if to else (),
            via=via if via != row.via else "",
        ),
        _("Edited (u: undo): {what}").format(what=_label(stage, row)),
    )


async def inject(stage: Stage) -> None:
    """From the reserve, by typing; or something made up on the spot, first in the list."""
    desk = stage.desk
    options = [Option(AD_HOC, _("✎ ad hoc: made up on the spot"))]
    for planned in desk.plan.reserve:
        sender = desk.names.short_actor(planned.sender)
        to = desk.names.receivers(planned.to)
        played = " ✓" if _was_injected(stage, planned.id) else ""
        code = desk.names.code(planned.id)
        label = _("{subject}: {said}").format(
            subject=f"{code} {sender} → {to}", said=planned.title + played
        )
        options.append(Option(planned.id, code if desk.hides_future and not played else label))
    chosen = await stage.find(_("Inject"), options)
    if chosen is None:
        return
    if chosen == AD_HOC:
        await _compose(stage)
        return
    if not await _is_wanted(stage, chosen):
        return
    await stage.ask(
        InjectReserve(stimulus=chosen),
        _("Injected: {what}.").format(what=f"{desk.names.code(chosen)} {desk.title(chosen)}"),
    )


async def _is_wanted(stage: Stage, reserve: str) -> bool:
    """Whether to play it though the author's condition does not hold."""
    missing = unmet(stage.desk, stage.desk.plan.stimuli[reserve].conditions)
    if not missing:
        return True
    code = stage.desk.names.code(reserve)
    said = _("Its condition does not hold: {facts}").format(facts=" ; ".join(missing))
    return await stage.confirm(_("Inject {code} all the same?").format(code=code), [said])


def _was_injected(stage: Stage, reserve: str) -> bool:
    """And not taken back since."""
    rows = stage.desk.board.chronogram.occurrences(stage.desk.sim_ms())
    taken_back = (SkipReason.UNDO, SkipReason.DIRECTOR)
    return any(
        row.stimulus == reserve
        and row.status is not Status.RESERVED
        and not (row.status is Status.SKIPPED and row.reason in taken_back)
        for row in rows
    )


async def _compose(stage: Stage) -> None:
    desk = stage.desk
    senders = tuple((actor, desk.names.actor(actor)) for actor in desk.plan.actors)
    if not senders:
        raise NotDone(_("This scenario has no simulated actor."))
    answers = await stage.form(
        _("Ad hoc stimulus"),
        [
            TextField("title", _("Title"), required=True),
            ChoiceField("sender", _("From"), senders),
            ChoiceField("to", _("To"), _receivers(stage)),
            ChoiceField("via", _("By"), _channels(stage)),
            TextField("text", _("Text"), lines=4),
        ],
    )
    if answers is None:
        return
    say = desk.exercise.say
    await stage.ask(
        ComposeStimulus(
            sender=answers["sender"],
            to=(answers["to"],),
            via=answers["via"],
            title=say(answers["title"].strip()),
            text=say(answers["text"].strip()),
        ),
        _("Injected: {what}.").format(what=answers["title"].strip()),
    )


def _receivers(stage: Stage) -> tuple[tuple[str, str], ...]:
    desk = stage.desk
    cells = tuple((cell, desk.names.cell(cell)) for cell in desk.plan.cells)
    roles = tuple((role, desk.names.role(role)) for role in desk.plan.roles)
    everybody = (("all", _("all")),) if len(cells) > 1 else ()
    return (*cells, *roles, *everybody)


def _channels(stage: Stage) -> tuple[tuple[str, str], ...]:
    desk = stage.desk
    down = desk.board.world.channels_down
    return tuple(
        (channel, f"{desk.names.channel(channel)}{' ✗' if channel in down else ''}")
        for channel in desk.plan.channels
    )
