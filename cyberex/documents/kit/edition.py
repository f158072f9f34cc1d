"""What one printing of a kit knows: the exercise, the facility's own particulars, the kit's data.

Values only. What nobody gave is "" or None, and is printed as a place to complete.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cyberex.documents.game import day_words
from cyberex.documents.kit.nodes import Span, marked, to_complete
from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_print import printed_digest
from cyberex.i18n import _
from cyberex.plan.model import Plan
from cyberex.wording.clean import clean_line

OLD_AFTER = timedelta(days=366)
FRIDAY = 4
DRAFT_AHEAD = timedelta(days=90)

ANIMATION = "animation"

Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a facility decided. `day` is when people are welcomed, in the room's own time;
    `logo` a sound PNG picture; `colour` six hexadecimal digits."""

    structure: str = ""
    exercise: str = ""
    day: datetime | None = None
    phone: str = ""
    email: str = ""
    code_word: str = ""
    stop_words: str = ""
    notice: str = ""
    logo: bytes | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class KitData:
    """The data files of the kits, as they are written: every value is text, a list or a mapping."""

    duties: Mapping[str, Any] = field(default_factory=dict)
    glossary: Mapping[str, Any] = field(default_factory=dict)
    assess: Mapping[str, Any] = field(default_factory=dict)
    observation: Mapping[str, Any] = field(default_factory=dict)
    retroplanning: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """`kit` is how the kit is called, `version` the program's; `game` holds plan and people."""

    game: PaperGame
    kit: str
    version: str
    particulars: Particulars
    data: KitData
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title of each text of the kit, by its id."""
    own: bool = False
    """Whether people, rooms and lines are the facility's own; those of a kit are invented."""

    @property
    def plan(self) -> Plan:
        return self.game.plan

    @property
    def exercise(self) -> str:
        """The neutral name: the scenario's title would tell the story."""
        return clean_line(self.particulars.exercise) or _("Cyber crisis exercise")

    @property
    def length(self) -> timedelta:
        """From welcome to the end of the hot debrief."""
        timing = self.plan.timing
        total_ms = timing.briefing_ms + timing.play_ms + timing.debrief_ms
        return timedelta(milliseconds=total_ms)

    def hour(self, after: timedelta) -> str:
        """The room's hour so long after the welcome, or `H + 1 h 30` while the day is not known."""
        if self.particulars.day is not None:
            return hour_words(self.particulars.day + after)
        minutes = round(after.total_seconds()) // 60
        if not minutes:
            return _("H")
        hours, rest = divmod(minutes, 60)
        said = (
            f"{hours} h {rest:02}" if hours and rest else f"{hours} h" if hours else f"{rest} min"
        )
        return _("H + {length}").format(length=said)

    def room(self, sim_ms: int) -> str:
        """The room's hour at an instant of play if nothing stops it; "" while unknown."""
        day = self.particulars.day
        if day is None:
            return ""
        since = timedelta(milliseconds=self.plan.timing.briefing_ms + sim_ms)
        return hour_words(day + since)

    def day_at(self, days: int) -> str:
        """`lundi 12 janvier 2026`, or `J-30` while the day of the exercise is not known."""
        if self.particulars.day is None:
            return day_code(days)
        return day_words(working_day(self.particulars.day.date(), days))


def footer_of(edition: Edition, readers: str = ANIMATION) -> str:
    """What the foot of each page says: whose, which kit, which version, printed when.

    The title of a kit may tell the story: who does not run the exercise reads its level.
    """
    digest = printed_digest(edition.plan, edition.game.people)
    parts = (
        clean_line(edition.particulars.structure),
        clean_line(edition.kit) if readers == ANIMATION else _level_words(edition),
        f"cyberex {edition.version}",
        _("printed on {day}").format(day=f"{edition.game.room_now:%d/%m/%Y}"),
        _("print {digest}").format(digest=digest),
    )
    return " · ".join(part for part in parts if part)


def _level_words(edition: Edition) -> str:
    level = {
        "beginner": _("Beginner kit"),
        "intermediate": _("Intermediate kit"),
        "advanced": _("Advanced kit"),
    }.get(edition.plan.level, "")
    return f"{level} {edition.plan.sector.upper()}".strip() if level else ""


def working_day(day: date, days: int) -> date:
    """So many days before or after; from a week-end to the Friday before, or the Monday after."""
    found = day + timedelta(days=days)
    late = found.weekday() - FRIDAY
    if not days or late <= 0:
        return found
    return found + timedelta(days=-late if days < 0 else 3 - late)


def day_code(days: int) -> str:
    """`D-30`, `D-day`, `D+7`."""
    return _("D{days}").format(days=f"{days:+d}".replace("-", "−")) if days else _("D-day")


def hour_words(at: datetime) -> str:
    """`13 h 30`."""
    return _("{hour}:{minute}").format(hour=at.hour, minute=f"{at.minute:02}")


def variables_of(edition: Edition) -> dict[str, Span]:
    """The variables that a text may hold; what nobody gave says what is missing."""
    own, day = edition.particulars, edition.particulars.day
    contact = " – ".join(part for part in map(clean_line, (own.phone, own.email)) if part)
    places = [clean_line(cell.place) for cell in edition.plan.cells.values() if cell.place]
    place = " ; ".join(dict.fromkeys(places)) if edition.own else ""
    return {
        "structure": _value(own.structure, _("name of the facility")),
        "exercise": Span(edition.exercise),
        "date": _value(day_words(day.date()) if day else "", _("date")),
        "hour": _value(hour_words(day) if day else "", _("hour of welcome")),
        "end": _value(hour_words(day + edition.length) if day else "", _("hour of the end")),
        "place": _value(place, _("room")),
        "contact": _value(contact, _("telephone and mailbox of the animation")),
        "stop_words": Span(stop_words_of(edition)),
        "code_word": Span(clean_line(own.code_word) or _("exercise")),
        "verified_on": _value(day_figures(verified_on(edition.data)), _("date of checking")),
    }


def stop_words_of(edition: Edition) -> str:
    """What anybody says to stop everything for real."""
    return clean_line(edition.particulars.stop_words) or _("REAL, REAL, REAL")


def _value(text: str, what: str) -> Span:
    said = clean_line(text)
    if not said or any(span.fill for span in marked(said)):
        return to_complete(what)
    return Span(said)


def verified_on(data: KitData) -> date | None:
    """The day of the oldest check among the duties; None if nothing says one."""
    days = [data.duties.get("verified_on"), *(item.get("verified_on") for item in duties_of(data))]
    found = [day for day in map(_date, days) if day is not None]
    return min(found, default=None)


def duties_of(data: KitData, sector: str = "") -> Records:
    """The duties of a sector, in order; all of them for an unknown one."""
    every: Records = data.duties.get("duties") or ()
    return [item for item in every if not sector or sector in (item.get("sectors") or (sector,))]


def steps_of(data: KitData, sector: str = "") -> Records:
    """The steps of the retroplanning that a sector takes."""
    every: Records = data.retroplanning.get("steps") or ()
    return [item for item in every if not sector or sector in (item.get("sectors") or (sector,))]


def checked_on(data: KitData, duty: Mapping[str, Any]) -> date | None:
    """When somebody last checked the duty; else the whole file."""
    return _date(duty.get("verified_on")) or _date(data.duties.get("verified_on"))


def old_duties(data: KitData, now: datetime) -> list[str]:
    """The duties that nobody checked for a year, by id."""
    limit = now.date() - OLD_AFTER
    found = []
    for item in duties_of(data):
        day = checked_on(data, item)
        if day is None or day < limit:
            found.append(clean_line(str(item.get("id", "?"))))
    return found


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def day_figures(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
