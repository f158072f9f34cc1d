"""An exercise as animation papers read it: before it is played, or as it stands now.

Values only: who asks brings the hour. People are named here: these papers stay with the animation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cyberex.documents.game import PastGame
from cyberex.facts.model import TextRef
from cyberex.facts.people import Person
from cyberex.i18n import _, language
from cyberex.plan.model import Plan
from cyberex.plan.texts import spoken, spoken_later
from cyberex.times import MINUTE_MS, format_duration_words, format_fiction, format_t
from cyberex.views.board import Board
from cyberex.views.rows import JumpRow, JumpStatus
from cyberex.views.situation import State
from cyberex.wording.clean import clean, clean_line
from cyberex.wording.names import Names

TextOf = Callable[[TextRef], str]


def no_text(_ref: TextRef) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class PaperGame:
    """`sim_ms` and `room_now` are the same instant: that of this edition. Hours of the room are
    known once DEBEX is given, as if nothing but planned breaks stopped it from `room_now` on."""

    plan: Plan
    board: Board
    people: tuple[Person, ...]
    names: Names
    texts: TextOf
    sim_ms: int
    room_now: datetime
    facility: str = ""
    exercise: str = ""
    rehearsal: bool = False

    @property
    def begun(self) -> bool:
        return bool(self.board.situation.debex_wall)

    @property
    def over(self) -> bool:
        """FINEX was given."""
        return self.board.situation.state in (State.DEBRIEF, State.CLOSED)

    @property
    def edition(self) -> str:
        """`edition of 10:37, T+25`."""
        hour = f"{self.room_now:%H:%M}"
        if not self.begun:
            return _("edition of {day} {hour}, before DEBEX").format(
                day=f"{self.room_now:%d/%m/%Y}", hour=hour
            )
        minute_ms = self.sim_ms // MINUTE_MS * MINUTE_MS
        return _("edition of {hour}, {since}").format(hour=hour, since=format_t(minute_ms))

    @property
    def mark(self) -> str:
        """The word that every page bears."""
        mark = _("EXERCISE")
        return _("{mark} – REHEARSAL").format(mark=mark) if self.rehearsal else mark

    @property
    def knows_fiction(self) -> bool:
        """Whether exercise time tells the fiction's hour: not before a DEBEX that sets it."""
        return self.begun or not self.plan.timing.is_now

    def fiction(self, sim_ms: int) -> datetime:
        """The fiction's hour, every jump to come made when due."""
        moment = self.board.situation.fiction(sim_ms)
        for jump in sorted(self.jumps(), key=lambda row: row.due_ms):
            if jump.status is not JumpStatus.MADE and jump.due_ms <= sim_ms:
                moment = jump.to + timedelta(milliseconds=sim_ms - jump.due_ms)
        return moment

    def fiction_hour(self, sim_ms: int) -> str:
        """`lundi 09:37`, "" while nobody knows."""
        return (
            format_fiction(self.fiction(sim_ms), language=language()) if self.knows_fiction else ""
        )

    def room_hour(self, sim_ms: int) -> str:
        """`10:45`, "" before DEBEX and after FINEX; with its day if that is not today."""
        if not self.begun or self.over:
            return ""
        moment = self.board.situation.room_time(sim_ms, self.sim_ms, self.room_now)
        breaks = self.board.situation.breaks(self.sim_ms)
        stands_ms = sum(item.length_ms for item in breaks if item.at_ms < sim_ms)
        moment += timedelta(milliseconds=stands_ms)
        same_day = moment.date() == self.room_now.date()
        return f"{moment:%H:%M}" if same_day else f"{moment:%d/%m %H:%M}"

    def jumps(self) -> list[JumpRow]:
        return [row for row in self.board.chronogram.rows(self.sim_ms) if isinstance(row, JumpRow)]

    def text(self, ref: TextRef) -> str:
        """What somebody typed, harmless."""
        return clean(self.texts(ref)).strip() if ref else ""

    def said(self, text: str, at_ms: int | None) -> str:
        """An author's text as it is to be said at `at_ms` (None: nobody knows when)."""
        if at_ms is not None and self.knows_fiction:
            return clean(spoken(text, self.fiction(at_ms))).strip()
        return clean(spoken_later(text, _hour_to_compute)).strip()

    def voice_of(self, actor: str, occurrence: str = "") -> str:
        """Who plays an actor, or one occurrence of theirs; "" where nobody does."""
        return self.board.casting.voice_of(actor, occurrence)

    def voices(self) -> list[str]:
        """Every voice in use, in file order, then those of animators who play nobody yet."""
        held = (person.voice for person in self.people if person.voice)
        return list(dict.fromkeys((*self.board.casting.voices, *held)))

    def voiced_by(self, voice: str) -> Person | None:
        return next((person for person in self.people if voice and person.voice == voice), None)

    def voice_name(self, voice: str) -> str:
        """`M. Thomas Leroy (animator-1)`; the voice alone if nobody holds it."""
        if not voice:
            return _("voice to be given")
        person = self.voiced_by(voice)
        if person is None:
            return clean_line(voice)
        return f"{self.names.person(person)} ({clean_line(voice)})"


def _hour_to_compute(after_ms: int) -> str:
    length = format_duration_words(abs(after_ms), language())
    if after_ms < 0:
        return _("[hour of the call − {length}]").format(length=length)
    return _("[hour of the call + {length}]").format(length=length)


def game_to_come(
    plan: Plan,
    people: Sequence[Person],
    room_now: datetime,
    *,
    facility: str = "",
    rehearsal: bool = False,
) -> PaperGame:
    """An exercise that is not created yet."""
    return PaperGame(
        plan=plan,
        board=Board(plan),
        people=tuple(people),
        names=Names(plan, people),
        texts=no_text,
        sim_ms=min(-plan.timing.briefing_ms, 0),
        room_now=room_now,
        facility=clean_line(facility),
        rehearsal=rehearsal,
    )


def game_as_it_stands(past: PastGame, sim_ms: int, room_now: datetime) -> PaperGame:
    """An exercise from its journal; `sim_ms` is where its clock stands at `room_now`."""
    return PaperGame(
        plan=past.plan,
        board=past.board,
        people=past.people,
        names=Names(past.plan, past.people),
        texts=past.texts,
        sim_ms=max(sim_ms, past.end_ms) if not past.over else past.end_ms,
        room_now=room_now,
        facility=past.facility,
        exercise=clean_line(past.created.exercise),
        rehearsal=past.created.rehearsal,
    )
