"""Expected reactions, ticked by whoever saw them: seen, partly or not, now or some minutes ago.

A reaction that settles a decision is not ticked from here before the direction has named the
outcome: it is told what was heard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from starlette.exceptions import HTTPException

from cyberex.facts.commands import TickExpectation
from cyberex.facts.model import Tick
from cyberex.i18n import _
from cyberex.portal.page import Asked, FormError
from cyberex.times import MINUTE_MS, format_duration
from cyberex.views.expectations import ExpectationRow, ExpectationStatus
from cyberex.wording import words
from cyberex.wording.clean import clean_line
from cyberex.wording.names import Names

LONGEST_AGO_MIN = 600
LONGEST_KEY = 300


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """`left` counts down to the deadline, "" without one; `late`: it has passed. `settles`: the
    decision that the direction has to name the outcome of, "" if none."""

    key: str
    text: str
    who: str
    about: str
    status: str
    left: str
    left_s: int
    deadline: str
    late: bool
    tickable: bool
    observed: str
    settles: str


def expected_view(asked: Asked, names: Names, row: ExpectationRow, about: str) -> ExpectedView:
    sim_ms = asked.exercise.sim_ms()
    left_ms = max(0, row.deadline_ms - sim_ms) if row.deadline_ms is not None else 0
    has_time = row.deadline_ms is not None and row.tickable and left_ms > 0
    return ExpectedView(
        key=row.key,
        text=clean_line(row.text),
        who=names.role(row.role) if row.role else names.short_cell(row.cell) if row.cell else "",
        about=about,
        status=words.expectation_status(row.status),
        left=_hours(left_ms // 1000) if has_time else "",
        left_s=left_ms // 1000,
        deadline=_room_hour(asked, row.deadline_ms) if has_time else "",
        late=row.status is ExpectationStatus.EXPIRED or row.late,
        tickable=row.tickable,
        observed=_observed(asked, row),
        settles=_to_settle(asked, names, row),
    )


def _hours(seconds: int) -> str:
    """As the page's script counts it down."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _room_hour(asked: Asked, sim_ms: int | None) -> str:
    situation = asked.board.situation
    now = asked.portal.clocks.room()
    return f"{situation.room_time(sim_ms or 0, asked.exercise.sim_ms(), now):%H:%M}"


def _observed(asked: Asked, row: ExpectationRow) -> str:
    """How long ago it was seen, "" if nobody said so."""
    if row.observed_ms is None:
        return ""
    return format_duration(max(0, asked.exercise.sim_ms() - row.observed_ms), seconds=False)


def _to_settle(asked: Asked, names: Names, row: ExpectationRow) -> str:
    known = asked.exercise.plan.expectations.get(row.expectation)
    decision = known[1].settles if known else ""
    if not decision or decision in asked.board.world.decisions:
        return ""
    return names.decision(decision)


def found(rows: Sequence[ExpectationRow], key: str) -> ExpectationRow:
    """The one of `rows` that is named. 404 for any other."""
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        raise HTTPException(404)
    return row


async def tick(asked: Asked, names: Names, rows: Sequence[ExpectationRow]) -> str:
    """What the form says of one of `rows`, recorded; the sentence that answers."""
    row = found(rows, asked.field("key", longest=LONGEST_KEY))
    said = asked.field("result", longest=20)
    if said not in list(Tick):
        raise HTTPException(404)
    if _to_settle(asked, names, row):
        raise FormError(_("Tell the direction what was decided: it says the outcome."))
    command = TickExpectation(
        expectation=row.key,
        result=Tick(said),
        observed_ms=_observed_ms(asked, row),
        observer=asked.visitor.by,
    )
    await asked.submit(command)
    return _("Ticked, {result}: {what}").format(
        result=words.tick(Tick(said)), what=clean_line(row.text)
    )


def minutes_ago(asked: Asked) -> int:
    """Field `ago`, in minutes; 0 when it is empty."""
    typed = asked.field("ago", longest=10, needed=False) or "0"
    if not (typed.isascii() and typed.isdigit()) or int(typed) > LONGEST_AGO_MIN:
        raise FormError(_("Write how many minutes ago, like 5."))
    return int(typed)


def _observed_ms(asked: Asked, row: ExpectationRow) -> int | None:
    """Never before it was asked of anybody; None is now."""
    ago_ms = minutes_ago(asked) * MINUTE_MS
    return max(row.opened_ms, asked.exercise.sim_ms() - ago_ms) if ago_ms else None


def wall_ago(asked: Asked) -> str:
    """The instant of field `ago` as journals write it; "" for now."""
    minutes = minutes_ago(asked)
    if not minutes:
        return ""
    at = asked.portal.clocks.wall() - timedelta(minutes=minutes)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
