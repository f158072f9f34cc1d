"""What screens read and how they ask: one exercise, its views, its names, its clocks.

Asks by submitting commands; holds nothing that the journal does not say.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from cyberex.console.services import ConsoleServices
from cyberex.console.undoing import Undoing
from cyberex.errors import UserError
from cyberex.exercise.running import Exercise, Refused
from cyberex.facts.exercise_events import (
    ExerciseAdvanced,
    ExerciseInterrupted,
    GapAnswered,
)
from cyberex.facts.model import Command, GapAnswer, Recorded, Request, TextRef
from cyberex.facts.people import Person
from cyberex.plan.model import Plan
from cyberex.plan.texts import spoken
from cyberex.times import TimeError
from cyberex.views.board import Board
from cyberex.views.log_lines import LogLine
from cyberex.views.rows import ChronogramRow, Status
from cyberex.views.situation import State
from cyberex.views.workload import Collision
from cyberex.wording.clean import clean, clean_line
from cyberex.wording.names import Names
from cyberex.wording.refusals import sentence
from cyberex.wording.sentences import describe, sentence_of

T = TypeVar("T")
AHEAD = (Status.PLANNED, Status.WAITING)
AHEAD_TITLE = "…"


class NotDone(Exception):  # noqa: N818 - said to a person
    """A command changed nothing; the message says why, in the operator's language."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Desk:
    """`by` is who sits at the console, as requests name them; `asking` how many commands wait for
    the disk. `voice` is the animator whose tasks are shown, None for all. `wall_shown`: the warning
    about mirrored screens was read, the wall's code may be seen. `portal_seen`: of what the portal
    died when the director last looked."""

    def __init__(self, exercise: Exercise, services: ConsoleServices, by: str = "director") -> None:
        self.exercise = exercise
        self.services = services
        self.by = by
        self.plan: Plan = exercise.plan
        self.people: tuple[Person, ...] = tuple(services.people())
        self.names = Names(exercise.plan, self.people, stop_words=services.stop_words)
        self.undoing = Undoing()
        self.asking = 0
        self.voice: str | None = None
        self.wall_shown = False
        self.portal_seen = ""
        self._collisions: tuple[object, tuple[Collision, ...]] = (None, ())

    @property
    def board(self) -> Board:
        return self.exercise.board

    def sim_ms(self) -> int:
        return self.exercise.sim_ms()

    def collisions(self) -> tuple[Collision, ...]:
        """Voices with two things to say at once; looked for once a second."""
        sim_ms = self.sim_ms()
        version = (self.board.seq, sim_ms // 1000)
        if self._collisions[0] != version:
            self._collisions = (version, self.board.workload.collisions(sim_ms))
        return self._collisions[1]

    def wall(self) -> datetime:
        return self.services.clocks.wall()

    def room(self) -> datetime:
        """The hour in the room."""
        return self.services.clocks.room()

    def room_of(self, wall_at: str) -> datetime:
        """A recorded instant (ISO 8601, UTC) as the room's clock showed it."""
        return datetime.fromisoformat(wall_at).astimezone(self.room().tzinfo)

    def sim_of_room(self, hour: datetime) -> int:
        """What exercise time it was, or will be, at that hour of the room: between two lines of
        the log it went on from the first and stopped at the second."""
        speed = self.board.situation.speed or 1.0
        now = self.room()
        if hour >= now:
            return self.sim_ms() + round((hour - now) / timedelta(milliseconds=1) * speed)
        in_gap_ms = self._sim_in_played_gap(hour)
        if in_gap_ms is not None:
            return in_gap_ms
        before_ms: int | None = None
        for line in reversed(self.board.log.lines):
            wall = datetime.fromisoformat(line.wall_at)
            if wall <= hour:
                since_ms = (hour - wall) / timedelta(milliseconds=1)
                later_ms = after(line) + round(since_ms * speed)
                bound_ms = self.sim_ms() if before_ms is None else before_ms
                return min(later_ms, bound_ms)
            before_ms = line.sim_ms
        return self.sim_ms() if before_ms is None else before_ms

    def _sim_in_played_gap(self, hour: datetime) -> int | None:
        """Exercise time at `hour`, if the computer was off then and that was counted as played:
        the rooms went on, on paper."""
        answer: GapAnswer | None = None
        for line in reversed(self.board.log.lines):
            if isinstance(line.event, GapAnswered):
                answer = line.event.answer
            elif isinstance(line.event, ExerciseInterrupted):
                end = datetime.fromisoformat(line.wall_at)
                start = end - timedelta(milliseconds=line.event.gap_ms)
                if answer is GapAnswer.PLAYED and start <= hour <= end:
                    return line.sim_ms + round((hour - start) / timedelta(milliseconds=1))
                answer = None
        return None

    def room_at(self, sim_ms: int) -> datetime:
        """When `sim_ms` comes in the room if nothing stops from now on."""
        return self.board.situation.room_time(sim_ms, self.sim_ms(), self.room())

    def wall_of_hour(self, hour: datetime) -> str:
        """A room instant as journals write it."""
        text = hour.astimezone(UTC).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")

    # Texts

    def text(self, ref: TextRef) -> str:
        """What somebody typed, harmless, newlines kept."""
        return clean(self.exercise.text(ref))

    def title_of(self, row: ChronogramRow) -> str:
        """Among the players, what is still to come is called by its code alone."""
        return AHEAD_TITLE if self.hides_future and row.status in AHEAD else self.own_title(row)

    @property
    def hides_future(self) -> bool:
        """Whether players may see this screen while the game goes on."""
        over = self.board.situation.state in (State.DEBRIEF, State.CLOSED)
        return self.services.tabletop and not over

    def own_title(self, row: ChronogramRow) -> str:
        """As it was written or edited."""
        if row.title:
            return clean_line(self.exercise.text(row.title))
        planned = self.plan.stimuli.get(row.stimulus)
        return clean_line(planned.title if planned else row.stimulus)

    def title(self, occurrence: str) -> str:
        row = self.board.chronogram.occurrence(occurrence, self.sim_ms())
        if row is not None:
            return self.title_of(row)
        if self.hides_future:
            return AHEAD_TITLE
        planned = self.plan.stimuli.get(occurrence.partition("#")[0])
        return clean_line(planned.title if planned else "")

    def script_of(self, occurrence: str) -> str:
        """What is to be said or handed over: the edited text, else the author's."""
        row = self.board.chronogram.occurrence(occurrence, self.sim_ms())
        if row is not None and row.text:
            return self.text(row.text)
        planned = self.plan.stimuli.get(occurrence.partition("#")[0])
        return clean(planned.text if planned else "")

    def said_of(self, occurrence: str) -> str:
        """Its script as it is said now: `${+10 min}` is the fiction's hour in ten minutes."""
        script = self.script_of(occurrence)
        fiction = self.board.situation.fiction(self.sim_ms())
        try:
            return spoken(script, fiction)
        except TimeError:  # typed by the director: shown as it stands
            return script

    def thread_of(self, row: ChronogramRow) -> str:
        planned = self.plan.stimuli.get(row.stimulus)
        return planned.thread if planned else ""

    def sentence(self, line: LogLine, title: Callable[[str], str] | None = None) -> str:
        """A line of the log, said; `title` gives an occurrence's title where it must be cut."""
        zone = self.room().tzinfo or UTC
        contact = self.board.contacts.contact
        return sentence_of(
            line, self.names, self.text, title=title or self.title, zone=zone, contact=contact
        )

    def described(self, request: Request) -> str:
        """What was asked, and of what."""
        return describe(request, self.names, self.text, title=self.title)

    # Asking

    async def ask(self, command: Command, request_id: str | None = None) -> tuple[Recorded, ...]:
        """Submit; what it caused. Raises NotDone with a sentence to show."""
        return await self.wait_for(self.exercise.submit(command, by=self.by, id=request_id))

    async def thaw(self) -> None:
        """Go on after a failed append. Raises NotDone while the journal cannot be written."""
        await self.wait_for(self.exercise.thaw())

    async def wait_for(self, work: Awaitable[T]) -> T:
        """What the exercise, the portal or the mail was asked. Raises NotDone if it could not."""
        self.asking += 1
        try:
            return await work
        except Refused as refusal:
            raise NotDone(
                sentence(refusal.code, refusal.detail, self.names), refusal.code
            ) from refusal
        except (OSError, UserError) as error:
            raise NotDone(clean_line(str(error))) from error
        finally:
            self.asking -= 1


def after(line: LogLine) -> int:
    """Exercise time once the line is written: an advance carries the instant before it."""
    return line.event.to_ms if isinstance(line.event, ExerciseAdvanced) else line.sim_ms
