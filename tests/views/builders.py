"""A tiny plan and hand-made records: what the views' tests are written with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cyberex.facts.commands import Pause
from cyberex.facts.model import CLOCK, Command, Event, Recorded, Request
from cyberex.plan.graph import Dependencies
from cyberex.plan.model import (
    Actor,
    After,
    Cell,
    Channel,
    Conditions,
    Decision,
    Fact,
    FactKind,
    Importance,
    Leg,
    Milestone,
    Outcome,
    Plan,
    PlannedExpectation,
    PlannedJump,
    PlannedStimulus,
    Role,
    Timing,
    Titled,
    Window,
)

MIN = 60_000
WALL = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STARTEX = datetime(2026, 3, 2, 8, 30)
CELLS = ("tech", "board")

Change = Callable[[PlannedStimulus], PlannedStimulus]


def stimulus(
    id: str,
    index: int,
    at: int | None = None,
    *,
    after: After | None = None,
    until: int | None = None,
    cells: tuple[str, ...] = ("tech",),
    when: tuple[Fact, ...] = (),
    via: str = "phone",
    importance: Importance = Importance.NORMAL,
    expect: tuple[PlannedExpectation, ...] = (),
    sender: str = "soc",
) -> PlannedStimulus:
    """`at` and `until` in minutes; neither `at` nor `after`: of the reserve."""
    at_ms = None if at is None else at * MIN
    until_ms = None if until is None else until * MIN
    window = None if at is None and after is None else Window(at_ms, after, until_ms)
    return PlannedStimulus(
        id=id,
        index=index,
        title=f"title of {id}",
        text=f"text of {id}",
        sender=sender,
        to=cells,
        legs=tuple(Leg(cell) for cell in cells),
        via=via,
        window=window,
        conditions=Conditions(when=when),
        importance=importance,
        expectations=expect,
    )


def expectation(id: str, within: int | None = 10, *, reaches: str = "") -> PlannedExpectation:
    return PlannedExpectation(
        id, f"text of {id}", None if within is None else within * MIN, reaches=reaches
    )


def plan_of(*stimuli: PlannedStimulus, jumps: tuple[PlannedJump, ...] = ()) -> Plan:
    """Two cells, one role in each, a phone, a mail that needs the network, a visit."""
    channels = (
        Channel("phone", "Phone", "phone"),
        Channel("mail", "Mail", "email", ("network",), "phone"),
        Channel("visit", "Visit", "visit"),
    )
    return Plan(
        id="tiny",
        title="Tiny",
        language="en",
        level="n1",
        sector="es",
        synopsis="",
        briefing_text="",
        rules=(),
        timing=Timing(
            startex=STARTEX,
            is_now=False,
            briefing_ms=10 * MIN,
            play_ms=60 * MIN,
            debrief_ms=30 * MIN,
        ),
        objectives={},
        cells={"tech": Cell("tech", "Tech"), "board": Cell("board", "Board", travel_ms=4 * MIN)},
        roles={"cio": Role("cio", "CIO", "tech"), "head": Role("head", "Head", "board")},
        actors={
            "soc": Actor("soc", "SOC", "authority", played_by="anna"),
            "press": Actor("press", "Press", "media", played_by="bob"),
        },
        assets={"network": Titled("network", "Network")},
        channels={channel.id: channel for channel in channels},
        milestones={"crisis": Milestone("crisis", "Crisis declared")},
        decisions={
            "isolation": Decision("isolation", "Isolate?", {"kept": Outcome("kept", "Kept")})
        },
        keys={"panic": Titled("panic", "Panic")},
        sequences={},
        jumps={jump.id: jump for jump in jumps},
        stimuli={item.id: item for item in stimuli},
        expectations={
            wanted.id: (item, wanted) for item in stimuli for wanted in item.expectations
        },
        assets_down_at_start=(),
        dependencies=Dependencies({"network": (), "channel:mail": ("network",)}),
    )


def milestone(subject: str) -> Fact:
    return Fact(FactKind.MILESTONE, subject)


class Tape:
    """Records events one after the other, as a journal would number them."""

    def __init__(self) -> None:
        self.records: list[Recorded] = []

    def at(self, minute: float, *events: Event) -> "Tape":
        """What time alone brought about."""
        return self._add(minute, CLOCK, None, events)

    def by(self, minute: float, id: str, *events: Event, command: Command | None = None) -> "Tape":
        """What request `id` caused."""
        request = Request(id, "director", "console", command or Pause())
        return self._add(minute, id, request, events)

    def _add(
        self, minute: float, cause: str, request: Request | None, events: tuple[Event, ...]
    ) -> "Tape":
        wall_at = (WALL + timedelta(minutes=minute)).isoformat()
        first = len(self.records) + 1
        made = [
            Recorded(first + place, int(minute * MIN), wall_at, cause, event)
            for place, event in enumerate(events)
        ]
        if made:
            made[0] = replace(made[0], request=request)
        self.records.extend(made)
        return self
