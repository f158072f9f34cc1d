"""What was said at the debrief, by whom, and what is left of it once withdrawn."""

from dataclasses import dataclass, replace

from cyberex.facts.exercise_events import CommandUndone
from cyberex.facts.model import DebriefKind, Recorded, Speaker, TextRef
from cyberex.facts.world_events import DebriefNoted, NoteWithdrawn
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold

_ORDER = {speaker: place for place, speaker in enumerate(Speaker)}


@dataclass(frozen=True, slots=True)
class DebriefNote:
    note: str
    seq: int
    wall_at: str
    kind: DebriefKind
    speaker: Speaker
    text: TextRef
    cell: str
    stimulus: str
    objective: str
    withdrawn: bool = False


class Debrief(Fold):
    """The basket of marked lines is `Log.marked`."""

    def __init__(self, _: Plan) -> None:
        super().__init__()
        self._notes: dict[str, DebriefNote] = {}
        self._causes: dict[str, list[str]] = {}
        self.on(DebriefNoted, self._noted)
        self.on(NoteWithdrawn, self._withdrawn)
        self.on(CommandUndone, self._undone)

    def notes(
        self, *, speaker: Speaker | None = None, kind: DebriefKind | None = None
    ) -> tuple[DebriefNote, ...]:
        """Notes that were not withdrawn, players first, each in the order of speaking."""
        kept = (
            note
            for note in self._notes.values()
            if not note.withdrawn and speaker in (None, note.speaker) and kind in (None, note.kind)
        )
        return tuple(sorted(kept, key=lambda note: (_ORDER[note.speaker], note.seq)))

    def _noted(self, recorded: Recorded, event: DebriefNoted) -> None:
        self._notes[event.note] = DebriefNote(
            event.note,
            recorded.seq,
            recorded.wall_at,
            event.kind,
            event.speaker,
            event.text,
            event.cell,
            event.stimulus,
            event.objective,
        )
        self._causes.setdefault(recorded.cause, []).append(event.note)

    def _withdrawn(self, _: Recorded, event: NoteWithdrawn) -> None:
        self._strike_out(event.note)

    def _undone(self, _: Recorded, event: CommandUndone) -> None:
        for note in self._causes.get(event.undoes, ()):
            self._strike_out(note)

    def _strike_out(self, note: str) -> None:
        if note in self._notes:
            self._notes[note] = replace(self._notes[note], withdrawn=True)
