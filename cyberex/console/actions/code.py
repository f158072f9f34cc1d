"""A stimulus by its code, on behalf of whoever has it on paper: done, done at 09:41, or shown."""

from datetime import datetime

from cyberex.console.desk import Desk, NotDone
from cyberex.console.entries import Unreadable, read_code, wrong_with
from cyberex.console.reach import receivers
from cyberex.console.stage import Stage
from cyberex.facts.animation_commands import RecordStimulus
from cyberex.facts.commands import EndCall
from cyberex.facts.model import CallOutcome
from cyberex.i18n import _
from cyberex.views.calls import CallSheet
from cyberex.views.rows import ChronogramRow
from cyberex.wording import words


async def by_code(stage: Stage) -> None:
    """What is to be performed is done; with an hour, it was done then; else the row is shown."""
    desk = stage.desk
    text = await stage.line(
        _("Code, and the hour if it was done before"),
        placeholder=_("S12 (done now, or shown) · S12 0941 (done at 09:41)"),
        check=lambda line: _wrong(desk, line),
        hint=lambda line: _hint(desk, line),
    )
    if text is None:
        return
    code, hour = read_code(text, desk.room())
    name = found(desk, code)
    if hour is not None:
        await _record(stage, name, hour)
        return
    sheets = [sheet for sheet in desk.board.calls.sheets if sheet.occurrence == name]
    ready = [sheet for sheet in sheets if not sheet.blocked]
    if not ready:
        _show(stage, name)
        return
    for sheet in ready:
        await _done(stage, sheet)


def _wrong(desk: Desk, text: str) -> str:
    """Nothing if it is read and known, with an hour that is past."""
    wrong = wrong_with(read_code, text, desk.room())
    if wrong:
        return wrong
    code, _hour = read_code(text, desk.room())
    return "" if found(desk, code) else _("No stimulus has the code {code}.").format(code=code)


def _hint(desk: Desk, text: str) -> str:
    """What Enter would do."""
    try:
        code, hour = read_code(text, desk.room())
    except Unreadable:
        return ""
    name = found(desk, code)
    if not name:
        return ""
    row = desk.board.chronogram.occurrence(name, desk.sim_ms())
    said = f"{desk.names.code(name)} {desk.title(name)}"
    status = words.status(row.status) if row is not None else _("in reserve")
    if hour is not None:
        return _("{what} ({status}) → done at {hour:%H:%M}").format(
            what=said, status=status, hour=hour
        )
    if any(s.occurrence == name and not s.blocked for s in desk.board.calls.sheets):
        return _("{what} → done now").format(what=said)
    return _("{what} ({status}) → shown").format(what=said, status=status)


def found(desk: Desk, code: str) -> str:
    """The occurrence of a code (its latest playing if none is named), a stimulus of the reserve
    that was never played, or ""."""
    stimulus, _sep, number = code.partition("#")
    latest = ""
    for row in desk.board.chronogram.occurrences(desk.sim_ms()):
        if row.stimulus.casefold() != stimulus:
            continue
        if number and row.number == int(number):
            return row.occurrence
        if not number:
            latest = row.occurrence
    if latest or number:
        return latest
    return next((item for item in desk.plan.stimuli if item.casefold() == stimulus), "")


async def _record(stage: Stage, name: str, hour: datetime) -> None:
    desk = stage.desk
    made_ms = desk.sim_of_room(hour)
    said = _("{code} recorded as done at {hour:%H:%M} (u: undo).")
    await stage.ask(
        RecordStimulus(stimulus=name, made_ms=made_ms),
        said.format(code=desk.names.code(name), hour=hour),
    )


async def _done(stage: Stage, sheet: CallSheet) -> None:
    desk = stage.desk
    who = sheet.roles[0] if len(sheet.roles) == 1 and not sheet.absent else ""
    command = EndCall(
        stimulus=sheet.occurrence, outcome=CallOutcome.DONE, cell=sheet.cell, answered_by=who
    )
    label = f"{desk.names.code(sheet.occurrence)} → {receivers(desk, sheet)}"
    await stage.ask(command, _("Done (u: undo): {call}").format(call=label))


def _show(stage: Stage, name: str) -> None:
    desk = stage.desk
    row = desk.board.chronogram.occurrence(name, desk.sim_ms())
    if row is None:
        raise NotDone(_("{code} is in the reserve: i injects it.").format(code=name.upper()))
    stage.screen.go_to(row)
    stage.tell(_label(desk, row))


def _label(desk: Desk, row: ChronogramRow) -> str:
    code = desk.names.code(row.occurrence)
    return f"{code} {desk.title_of(row)} ({words.status(row.status)})"
