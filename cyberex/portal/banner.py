"""The line that never leaves a page: EXERCICE, the state, the room's hour and the fiction's.

T+ and what is left of play are the animation's: they are never here.
"""

from dataclasses import dataclass

from cyberex.exercise.clocks import Clocks
from cyberex.exercise.running import Exercise
from cyberex.facts.model import AccessKind
from cyberex.i18n import _, language
from cyberex.portal.session import Visitor
from cyberex.times import format_fiction
from cyberex.views.situation import Situation, State


@dataclass(frozen=True, slots=True)
class Banner:
    """`code` styles the line, `detail` is for the animation. `fiction` and `room` are whole seconds
    for the script that makes them run, ISO 8601 without zone, "" for none; `fiction_said` and
    `room_said` are their words. Seconds of fiction pass `pace` times as fast as the room's; 0 when
    it stands."""

    code: str
    state: str
    detail: str
    fiction: str
    fiction_said: str
    room: str
    room_said: str
    pace: float
    stopped: bool


def banner_of(exercise: Exercise, clocks: Clocks, visitor: Visitor | None = None) -> Banner:
    """The line as of now. Why the game was paused was written for the animation, not the rooms."""
    situation = exercise.board.situation
    is_told = visitor is not None and visitor.kind is AccessKind.ANIMATOR
    code, state = _state(situation, frozen=exercise.frozen is not None)
    room = clocks.room()
    playing = situation.state is State.PLAY
    runs = situation.running and exercise.frozen is None
    fiction = situation.fiction(exercise.sim_ms()) if playing else None
    return Banner(
        code=code,
        state=state,
        detail=exercise.text(situation.pause_reason) if situation.paused and is_told else "",
        fiction=f"{fiction:%Y-%m-%dT%H:%M:%S}" if fiction else "",
        fiction_said=format_fiction(fiction, language=language()) if fiction else "",
        room=f"{room:%Y-%m-%dT%H:%M:%S}",
        room_said=f"{room:%H:%M}",
        pace=situation.speed if playing and runs else 0.0,
        stopped=situation.real_stop,
    )


def _state(situation: Situation, *, frozen: bool) -> tuple[str, str]:
    """`frozen`: nothing can be recorded, so that exercise time stands still."""
    if situation.real_stop:
        return "stop", _("REAL STOP")
    match situation.state:
        case State.DEBRIEF:
            return "over", _("FINEX: the exercise is over, hot debrief")
        case State.CLOSED:
            return "over", _("The exercise is closed")
        case State.READY:
            return "ready", _("BEFORE THE BRIEFING")
    if situation.paused or situation.gap_ms is not None or frozen:
        return "pause", _("PAUSE")
    if situation.state is State.BRIEFING:
        return "briefing", _("BRIEFING")
    return "play", _("IN PLAY")
