"""An exercise that was played, as papers read it: plan, views, texts, and the room's clock.

Built from recorded events alone; where they are kept is the caller's business.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from cyberex.documents.stops import Stop, stops_of
from cyberex.facts.exercise_events import ExerciseAdvanced, ExerciseCreated, GapAnswered
from cyberex.facts.model import Recorded, TextRef
from cyberex.facts.people import Person
from cyberex.i18n import _, language
from cyberex.plan.model import Plan
from cyberex.times import MONTHS, WEEKDAYS, format_fiction
from cyberex.views.board import Board
from cyberex.views.log_lines import LogLine
from cyberex.views.situation import State
from cyberex.wording.clean import clean_line
from cyberex.wording.names import Names
from cyberex.wording.sentences import sentence_of

TextOf = Callable[[TextRef], str]


@dataclass(frozen=True, slots=True)
class PastGame:
    """`end_ms` is FINEX, or the last instant recorded. `advanced_ms`: exercise time that the clock
    jumped over. `chain_head`: the hash of the last event, "" where nobody told it. People are
    named by their function only."""

    plan: Plan
    created: ExerciseCreated
    board: Board
    names: Names
    people: tuple[Person, ...]
    zone: tzinfo
    texts: TextOf
    stops: tuple[Stop, ...]
    end_ms: int
    advanced_ms: int
    last_wall: str
    chain_head: str = ""

    @property
    def over(self) -> bool:
        """FINEX was given."""
        return self.board.situation.state in (State.DEBRIEF, State.CLOSED)

    @property
    def facility(self) -> str:
        """The author's variable `structure`, "" if the scenario names none."""
        variables = self.created.scenario.get("variables") or {}
        return clean_line(str(variables.get("structure", "")))

    @property
    def began_wall(self) -> str:
        """DEBEX, else the creation of the exercise."""
        return self.board.situation.debex_wall or self.created.created_wall

    def room(self, wall_at: str) -> datetime:
        """A recorded instant as the room's clock showed it."""
        moment = datetime.fromisoformat(wall_at)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(self.zone)

    def room_hour(self, wall_at: str, *, seconds: bool = True) -> str:
        """`10:37:12`; with its day where that is not the day of DEBEX."""
        moment = self.room(wall_at)
        hour = f"{moment:%H:%M:%S}" if seconds else f"{moment:%H:%M}"
        same_day = moment.date() == self.room(self.began_wall).date()
        return hour if same_day else f"{moment:%d/%m} {hour}"

    def fiction(self, sim_ms: int) -> str:
        """`lundi 09:37`."""
        return format_fiction(self.board.situation.fiction(sim_ms), language=language())

    def text(self, ref: TextRef) -> str:
        """What somebody typed, on one harmless line."""
        return clean_line(self.texts(ref)) if ref else ""

    def title(self, occurrence: str) -> str:
        """As it was sent: the director's title, else the author's."""
        row = self.board.chronogram.occurrence(occurrence, self.end_ms)
        if row is not None and row.title:
            return self.text(row.title)
        return self.names.title_of_occurrence(occurrence)

    def stimulus(self, occurrence: str) -> str:
        """`S01 Title`, of an occurrence or of a stimulus."""
        code = self.names.code(occurrence)
        return f"{code} {self.title(occurrence)}".rstrip()

    def sentence(self, line: LogLine) -> str:
        contact = self.board.contacts.contact
        return sentence_of(
            line, self.names, self.texts, title=self.title, zone=self.zone, contact=contact
        )


def past_game(
    plan: Plan,
    created: ExerciseCreated,
    recorded: Sequence[Recorded],
    text: TextOf,
    people: Sequence[Person] = (),
    zone: tzinfo | None = None,
    *,
    chain_head: str = "",
) -> PastGame:
    """`text` gives what a reference names; `zone` is the room's, None: as when it was created."""
    board = Board(plan).apply_all(recorded)
    finex_ms = board.situation.finex_ms
    asleep = {item.cause for item in recorded if isinstance(item.event, GapAnswered)}
    moves = [item.event for item in recorded if isinstance(item.event, ExerciseAdvanced)]
    wished = [
        item.event
        for item in recorded
        if isinstance(item.event, ExerciseAdvanced) and item.cause not in asleep
    ]
    landed_ms = [move.to_ms for move in moves]
    reached_ms = max((*(item.sim_ms for item in recorded), *landed_ms), default=0)
    return PastGame(
        plan=plan,
        created=created,
        board=board,
        names=Names(plan, people, by_function=True),
        people=tuple(people),
        zone=zone or datetime.fromisoformat(created.created_wall).tzinfo or UTC,
        texts=text,
        stops=stops_of(recorded),
        end_ms=reached_ms if finex_ms is None else finex_ms,
        advanced_ms=sum(max(0, move.to_ms - max(0, move.from_ms)) for move in wished),
        last_wall=recorded[-1].wall_at if recorded else created.created_wall,
        chain_head=chain_head,
    )


def day_words(day: date) -> str:
    """`lundi 12 janvier 2026`."""
    spoken = language()
    weekday, month = WEEKDAYS[spoken][day.weekday()], MONTHS[spoken][day.month - 1]
    return _("{weekday} {day} {month} {year}").format(
        weekday=weekday, day=day.day, month=month, year=day.year
    )
