"""What happens around the game, as sentences: calls in, casting, absences, states, breaks."""

from cyberex.facts import animation_events as around
from cyberex.facts.model import CellState
from cyberex.i18n import _, language
from cyberex.times import format_duration_words, format_t
from cyberex.wording.clean import clean_line
from cyberex.wording.items import item_words
from cyberex.wording.names import Names


def cell_state(state: CellState) -> str:
    """What an observer says of a cell, in one word."""
    return {
        CellState.OVERWHELMED: _("overwhelmed"),
        CellState.AT_PACE: _("at pace"),
        CellState.WAITING: _("waiting"),
        CellState.FINISHED: _("has finished"),
    }[state]


def detailed(_event: around.ContactDetailed) -> str:
    return _("call in, what was said")


def refused(event: around.ContactRefused, names: Names) -> str:
    return _("call to {actor}: {channel} is down, refuse aloud").format(
        actor=names.actor(event.actor), channel=names.channel(event.channel)
    )


def promised(event: around.ContactPromised, names: Names) -> str:
    return _("{actor} rings back at {at}").format(
        actor=names.actor(event.actor), at=format_t(event.due_ms)
    )


def handed(event: around.ContactHanded) -> str:
    return _("call handed to {voice}").format(voice=clean_line(event.voice))


def promise_due(event: around.PromiseDue, names: Names) -> str:
    return _("{actor} is to ring back now").format(actor=names.actor(event.actor))


def assigned(event: around.VoiceAssigned, names: Names) -> str:
    what = names.actor(event.actor) if event.actor else names.code(event.occurrence)
    return _("{voice} voices {what}").format(voice=clean_line(event.voice), what=what)


def absent(event: around.RoleAbsent, names: Names) -> str:
    return _("called away for real: {role}").format(role=names.role(event.role))


def back(event: around.RoleBack, names: Names) -> str:
    return _("back in the game: {role}").format(role=names.role(event.role))


def reported(event: around.StateReported, names: Names) -> str:
    said = _("{cell}: {state}").format(cell=names.cell(event.cell), state=cell_state(event.state))
    return f"{said} {names.code(event.stimulus)}" if event.stimulus else said


def break_planned(event: around.BreakPlanned) -> str:
    return _("break planned at {at}, {length}").format(
        at=format_t(event.at_ms), length=_length(event.length_ms)
    )


def break_withdrawn(event: around.BreakWithdrawn) -> str:
    return _("no more break at {at}").format(at=format_t(event.at_ms))


def break_came(event: around.BreakCame) -> str:
    return _("planned break, {length}").format(length=_length(event.length_ms))


def ticked(event: around.ItemTicked, names: Names) -> str:
    item = item_words(event.item, names)
    return f"☑ {item}" if event.done else f"☐ {item}"


def _length(ms: int) -> str:
    return format_duration_words(ms // 1000 * 1000, language())
