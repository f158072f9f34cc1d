"""What the log says of the animation room now: who voices whom, who is away, what was promised."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cyberex.facts import animation_events as around
from cyberex.facts.exercise_events import FinexGiven
from cyberex.facts.world_events import ContactLogged
from cyberex.views.log_lines import LogLine


@dataclass(frozen=True, slots=True)
class Promise:
    """An actor said to players that they would ring back."""

    contact: str
    actor: str
    cell: str
    due_ms: int


@dataclass(slots=True)
class Room:
    """`voices`: an actor's or an occurrence's own, where that is not what the scenario proposes.
    `breaks` to come: exercise time at which they fall -> length (ms). `handed`: the voice to which
    a contact was handed."""

    voices: dict[str, str] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    promises: dict[str, Promise] = field(default_factory=dict)
    breaks: dict[int, int] = field(default_factory=dict)
    handed: dict[str, str] = field(default_factory=dict)
    _cells: dict[str, str] = field(default_factory=dict)

    def see(self, line: LogLine) -> None:
        match line.event:
            case around.VoiceAssigned(voice=voice, actor=actor, occurrence=occurrence):
                # An empty voice gives back to whoever the scenario proposes.
                self.voices[occurrence or actor] = voice
                if not voice:
                    del self.voices[occurrence or actor]
            case around.RoleAbsent(role=role):
                self.absent.add(role)
            case around.RoleBack(role=role):
                self.absent.discard(role)
            case around.BreakPlanned(at_ms=at_ms, length_ms=length_ms):
                self.breaks[at_ms] = length_ms
            case around.BreakWithdrawn(at_ms=at_ms):
                self.breaks.pop(at_ms, None)
            case around.BreakCame():
                self.breaks.pop(line.sim_ms, None)
            case FinexGiven():
                self.promises.clear()
            case _:
                self._contact(line)

    def _contact(self, line: LogLine) -> None:
        match line.event:
            case ContactLogged(contact=contact, cell=cell):
                self._cells[contact] = cell
            case around.ContactDetailed(contact=contact, cell=cell):
                self._cells[contact] = cell or self._cells.get(contact, "")
            case around.ContactHanded(contact=contact, voice=voice):
                self.handed[contact] = voice
            case around.ContactPromised(contact=contact, actor=actor, due_ms=due_ms):
                cell = self._cells.get(contact, "")
                self.promises[contact] = Promise(contact, actor, cell, due_ms)
            case around.ContactAnswered(contact=contact):
                self.promises.pop(contact, None)
            case _:
                pass


def room_of(lines: Iterable[LogLine]) -> Room:
    """From the log, what was struck out left aside."""
    room = Room()
    for line in lines:
        if not line.withdrawn:
            room.see(line)
    return room
