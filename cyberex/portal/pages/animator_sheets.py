"""A call sheet as an animator reads it: who they are, whom to reach and how, what to say, what is
expected, what to do if stuck; and who has taken it."""

from dataclasses import dataclass

from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.plan.model import Importance, PlannedStimulus
from cyberex.portal.pages.animator_seat import Seat, lasting
from cyberex.times import format_duration, format_t
from cyberex.views.calls import CallSheet
from cyberex.views.errands import Errand
from cyberex.views.reachable import Receiver, numbers_of, receivers_of, who_may_answer
from cyberex.wording import words
from cyberex.wording.clean import clean, clean_line

SPOKEN = ("phone", "radio", "visit")
"""Somebody answers."""
CARRIED = ("visit", "document")


@dataclass(frozen=True, slots=True)
class Reached:
    """One person to ask for. `dead`: numbers that do not work in the fiction."""

    who: str
    numbers: tuple[str, ...]
    dead: tuple[str, ...] = ()
    away: bool = False
    instead_of: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be played, whether now or later."""

    code: str
    title: str
    sender: str
    brief: str
    verb: str
    to: str
    cell: str
    place: str
    channel: str
    people: tuple[Reached, ...]
    document: str
    attached: tuple[str, ...]
    text: str
    if_stuck: str
    remarks: str
    expected: tuple[str, ...]
    importance: str
    essential: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """`state`: due, begun, back (it comes back later) or blocked. `age_s` is since when it waits,
    or the call lasts. `taken_by` is another animator who took it, "" if nobody or whoever looks;
    `others` whose actor it is, if not theirs. `answering`: ids and names of who may have
    answered; () where nobody answers."""

    occurrence: str
    cell: str
    script: Script
    state: str
    said: str
    age: str
    age_s: int
    instead_of: str
    attempts: tuple[str, ...]
    mine: bool
    taken_by: str
    others: str
    nobody: bool
    answering: tuple[tuple[str, str], ...]
    spoken: bool
    dialled: bool
    claimable: bool

    @property
    def is_open(self) -> bool:
        """Shown whole without asking."""
        return self.mine or self.state == "begun"

    @property
    def playable(self) -> bool:
        return self.state in ("due", "begun") and not self.taken_by


@dataclass(frozen=True, slots=True)
class ErrandView:
    """Something to carry. `hours` says when to set out and when to be there."""

    occurrence: str
    cell: str
    script: Script
    hours: str
    now: bool
    gone: bool


def sheets(seat: Seat) -> tuple[SheetView, ...]:
    """What is to be performed now: theirs first, then what everybody sees; taken ones stay."""
    found = [
        sheet
        for sheet in seat.board.calls.sheets
        if seat.is_mine(sheet.voice) or sheet.claimed_by == seat.voice
    ]
    views = [sheet_view(seat, sheet) for sheet in found]
    # What the animator is on comes before all; what nobody can do yet, after.
    rank = {"begun": 0, "due": 1, "blocked": 2, "back": 3}
    return tuple(sorted(views, key=lambda view: (not view.is_open, rank[view.state])))


def sheet_view(seat: Seat, sheet: CallSheet) -> SheetView:
    state, said, from_ms = _state(seat, sheet)
    age_ms = max(0, seat.sim_ms - from_ms)
    channel = seat.plan.channels.get(sheet.channel)
    is_spoken = channel is None or channel.kind in SPOKEN
    taken = bool(seat.voice) and sheet.claimed_by == seat.voice
    return SheetView(
        sheet.occurrence,
        sheet.cell,
        script_of(seat, sheet),
        state,
        said,
        format_duration(age_ms),
        age_ms // 1000,
        seat.names.channel(sheet.instead_of) if sheet.instead_of else "",
        tuple(
            f"{format_t(item.sim_ms)} {words.call_outcome(item.outcome)}" for item in sheet.attempts
        ),
        taken,
        seat.voice_name(sheet.claimed_by) if sheet.claimed_by and not taken else "",
        seat.voice_name(sheet.voice) if sheet.voice not in (seat.voice, "") else "",
        sheet.nobody,
        _answering(seat, sheet) if is_spoken else (),
        is_spoken,
        is_spoken and not (channel and channel.kind == "visit"),
        bool(seat.voice) and not sheet.claimed_by and state != "blocked",
    )


def _state(seat: Seat, sheet: CallSheet) -> tuple[str, str, int]:
    """Its code, its words, and since when."""
    if sheet.blocked:
        said = _("no channel works: the direction chooses") if sheet.ask else _("no channel works")
        return "blocked", said, sheet.since_ms
    if sheet.back_ms is not None:
        hour = seat.room_hour(sheet.back_ms)
        return "back", _("to be made again at {hour}").format(hour=hour), sheet.since_ms
    if sheet.started_ms is not None:
        return "begun", _("under way"), sheet.started_ms
    return "due", _("waits"), sheet.since_ms


def _answering(seat: Seat, sheet: CallSheet) -> tuple[tuple[str, str], ...]:
    absent = seat.board.presence.absent
    people = receivers_of(seat.plan, seat.people, absent, sheet.cell, sheet.roles)
    ids = who_may_answer(seat.plan, people, absent, sheet.cell, sheet.roles)
    return tuple((id, seat.names.who(id)) for id in ids)


def script_of(seat: Seat, sheet: CallSheet | Errand) -> Script:
    planned = seat.plan.stimuli.get(sheet.stimulus)
    cell = seat.plan.cells.get(sheet.cell)
    channel = seat.plan.channels.get(sheet.channel)
    kind = channel.kind if channel else ""
    actor = seat.plan.actors.get(sheet.sender)
    return Script(
        code=seat.names.code(sheet.occurrence),
        title=seat.title(sheet.occurrence),
        sender=seat.names.actor(sheet.sender),
        brief=clean(actor.brief).strip() if actor else "",
        verb=_verb(kind),
        to=seat.receivers(sheet.roles, sheet.cell),
        cell=seat.names.short_cell(sheet.cell) if sheet.roles else "",
        place=clean_line(cell.place) if cell and kind in CARRIED else "",
        channel=seat.names.channel(sheet.channel),
        people=_people(seat, sheet),
        document=clean_line(planned.handout) if planned else "",
        attached=tuple(clean_line(name) for name, _content in planned.attachments)
        if planned
        else (),
        text=seat.said(sheet.occurrence),
        if_stuck=clean(planned.if_stuck).strip() if planned else "",
        remarks=clean(planned.remarks).strip() if planned else "",
        expected=_expected(planned),
        importance=words.importance(sheet.importance),
        essential=sheet.importance is Importance.ESSENTIAL,
    )


def _verb(kind: str) -> str:
    return {
        "visit": _("Visit"),
        "document": _("Hand over to"),
        "media": _("Show to"),
        "phone": _("Call"),
        "radio": _("Call"),
    }.get(kind) or _("Send to")


def _expected(planned: PlannedStimulus | None) -> tuple[str, ...]:
    """They can be ticked once it is delivered: that is when they open."""
    if planned is None:
        return ()
    return tuple(
        clean_line(item.text)
        + (f" ({lasting(item.within_ms)})" if item.within_ms is not None else "")
        for item in planned.expectations
    )


def _people(seat: Seat, sheet: CallSheet | Errand) -> tuple[Reached, ...]:
    absent = seat.board.presence.absent
    people = receivers_of(seat.plan, seat.people, absent, sheet.cell, sheet.roles)
    return tuple(line for item in people for line in _lines(seat, item, sheet.channel))


def _lines(seat: Seat, receiver: Receiver, channel: str) -> tuple[Reached, ...]:
    """The person, then who stands in for them."""
    first = _reached(seat, receiver.person, channel, away=receiver.away)
    others = (_reached(seat, person, channel, instead=True) for person in receiver.instead)
    return (first, *others)


def _reached(
    seat: Seat, person: Person, channel: str, *, away: bool = False, instead: bool = False
) -> Reached:
    known = numbers_of(seat.plan, seat.board.world.channels_down, person, channel)
    return Reached(
        clean_line(person.name or person.function or person.id),
        () if away else tuple(clean_line(item.value) for item in known if not item.dead),
        () if away else tuple(clean_line(item.value) for item in known if item.dead),
        away,
        instead,
    )


def errand_view(seat: Seat, errand: Errand) -> ErrandView:
    hours = _("leave at {leave} ({travel} on foot), there at {due}").format(
        leave=seat.room_hour(errand.leave_ms),
        travel=lasting(errand.due_ms - errand.leave_ms),
        due=seat.room_hour(errand.due_ms),
    )
    return ErrandView(
        errand.occurrence,
        errand.cell,
        script_of(seat, errand),
        hours,
        errand.leaves_now,
        errand.gone,
    )
