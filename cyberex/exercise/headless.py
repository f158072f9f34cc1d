"""Play without a screen: a director who does at once what is asked, and what the script says.

Starts at the earlier of 0 and the first stimulus, gives DEBEX at 0 and FINEX at the planned end.
Calls and visits are said done when due (unless the script ends them itself), jumps are made when
due. A stimulus without a live channel waits, then expires.
"""

import asyncio
import dataclasses
import hashlib
import json
from collections import Counter, deque
from collections.abc import Callable, Hashable
from math import inf
from pathlib import Path
from typing import cast

from cyberex.engine.engine import Refused
from cyberex.exercise.clocks import Clocks, SystemClocks, VirtualClocks
from cyberex.exercise.feed import Transaction
from cyberex.exercise.lines import line_of
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.play import BEAT_S
from cyberex.exercise.running import Exercise
from cyberex.exercise.script import Script, ScriptLine
from cyberex.facts.codec import text_fields
from cyberex.facts.commands import (
    AnswerGap,
    EndCall,
    GiveDebex,
    GiveFinex,
    MakeJump,
    Resume,
    StartBriefing,
)
from cyberex.facts.exercise_events import (
    DebexGiven,
    EndReached,
    ExerciseClosed,
    ExerciseExtended,
    ExerciseInterrupted,
    FinexGiven,
    JumpPrepared,
)
from cyberex.facts.model import CallOutcome, Command, Event, GapAnswer, Json, Request, TextRef
from cyberex.facts.stimulus_events import CallBack, StimulusToPerform
from cyberex.plan.model import Plan

HEADLESS = "headless"
SCRIPT = "script"

Say = Callable[[str, bytes], TextRef]
Refusal = Callable[[str], None]


class HeadlessOperator:
    """The director of an exercise that nobody watches. `refuse` gets a line of JSON for every
    line of the script that was refused or never came."""

    def __init__(self, plan: Plan, script: Script, seed: int, say: Say, refuse: Refusal) -> None:
        self.finished = False
        self._script = deque(script.lines)
        self._seed = seed
        self._say = say
        self._refuse = refuse
        self._wishes: deque[Command] = deque([_beginning(plan, script)])
        self._wished = Counter[str]()
        self._asked: dict[str, ScriptLine] = {}
        self._line_since_s: float | None = None
        self._debex = False
        self._end_reached = False
        self._finex_asked = False
        self._over = False

    def see(self, recorded: Transaction) -> None:
        for item in recorded:
            self._see(item.event)

    def next_ms(self) -> int | None:
        gate_ms = None if self._debex else 0
        line_ms = self._script[0].at_ms if self._script else None
        return min((ms for ms in (gate_ms, line_ms) if ms is not None), default=None)

    def next_wall_s(self) -> float | None:
        line = self._script[0] if self._script else None
        if line is None or line.wait_ms is None or self._line_since_s is None:
            return None
        return self._line_since_s + line.wait_ms / 1_000

    def wish(self, sim_ms: int, wall_s: float) -> Request | None:
        """First what is to be performed, then the script, last DEBEX or FINEX."""
        if self._line_since_s is None:
            self._line_since_s = wall_s
        if self._wishes:
            return self._own(self._wishes.popleft())
        line = self._due_line(sim_ms, wall_s)
        if line is not None:
            return self._scripted(line, wall_s)
        if not self._debex and not self._over and sim_ms >= 0:
            self._debex = True
            return self._own(GiveDebex())
        if self._end_reached and not self._finex_asked:
            self._finex_asked = True
            return self._own(GiveFinex())
        if self._over and not self._waits():
            self._finish()
        return None

    def refused(self, request: Request, refusal: Refused) -> None:
        line = self._asked.get(request.id)
        told = {"refused": refusal.code, **refusal.detail}
        self._tell(line, request.command, told)

    def _see(self, event: Event) -> None:
        match event:
            case StimulusToPerform() | CallBack():
                if not self._left_to_script(event.stimulus, event.occurrence):
                    self._wishes.append(
                        EndCall(
                            stimulus=event.occurrence, cell=event.cell, outcome=CallOutcome.DONE
                        )
                    )
            case JumpPrepared():
                self._wishes.append(MakeJump(jump=event.jump))
            case ExerciseInterrupted():
                # Nobody was there to see the machine sleep: the game goes on where it stood.
                self._wishes.extend((AnswerGap(answer=GapAnswer.PAUSE), Resume()))
            case DebexGiven():
                self._debex = True
            case EndReached():
                self._end_reached = True
            case ExerciseExtended():
                self._end_reached = self._finex_asked = False
            case FinexGiven() | ExerciseClosed():
                self._over = self._finex_asked = True
                self._wishes.clear()

    def _left_to_script(self, *names: str) -> bool:
        """A later line of the script ends this call itself."""
        return any(
            isinstance(line.command, EndCall) and line.command.stimulus in names
            for line in self._script
        )

    def _due_line(self, sim_ms: int, wall_s: float) -> ScriptLine | None:
        if not self._script:
            return None
        line = self._script[0]
        if line.at_ms is not None and line.at_ms > sim_ms:
            return None
        due_s = self.next_wall_s()
        if due_s is not None and due_s > wall_s:
            return None
        return self._script.popleft()

    def _waits(self) -> bool:
        """A line is still to come although exercise time stands: it counts wall time."""
        return bool(self._script) and self._script[0].at_ms is None

    def _finish(self) -> None:
        self.finished = True
        while self._script:
            line = self._script.popleft()
            self._tell(line, line.command, {"refused": "exercise-over"})

    def _own(self, command: Command) -> Request:
        # Counted apart: a machine that sleeps must not change the causes of what follows.
        kind = "gap" if isinstance(command, AnswerGap | Resume) else "game"
        self._wished[kind] += 1
        request_id = f"{HEADLESS}-{kind}-{self._wished[kind]}"
        return Request(request_id, "director", HEADLESS, command)

    def _scripted(self, line: ScriptLine, wall_s: float) -> Request:
        self._line_since_s = wall_s
        request = Request(f"{SCRIPT}-{line.number}", "director", SCRIPT, self._said(line))
        self._asked[request.id] = line
        return request

    def _said(self, line: ScriptLine) -> Command:
        """The command with its texts said. The salt comes from the script, not from chance: the
        same script gives the same events."""
        refs = {}
        for name in text_fields(cast(Hashable, type(line.command))):
            salt = hashlib.sha256(f"{self._seed}|{line.number}|{name}".encode()).digest()[:16]
            refs[name] = self._say(getattr(line.command, name), salt)
        return dataclasses.replace(line.command, **refs)

    def _tell(self, line: ScriptLine | None, command: Command, told: dict[str, str]) -> None:
        place = {"line": line.number} if line else {}
        self._refuse(json.dumps({**place, "command": command.name, **told}))


def _beginning(plan: Plan, script: Script) -> Command:
    """Start at the earlier of 0 and the first thing that has an hour."""
    hours = [
        item.window.at_ms
        for item in plan.chronogram
        if item.window is not None and item.window.at_ms is not None
    ]
    earliest_ms = min(-plan.timing.briefing_ms, *hours, 0)
    first_ms = max(min(script.first_ms or 0, *hours, 0), earliest_ms)
    return StartBriefing(from_ms=first_ms) if first_ms < 0 else GiveDebex()


async def play_headless(
    scenario: Json,
    *,
    source: str,
    seed: int,
    journal_path: Path,
    write: Callable[[str], None],
    refuse: Refusal,
    script: Script | None = None,
    speed: float = inf,
    clocks: Clocks | None = None,
) -> None:
    """Play a scenario to its FINEX, or as far as the script goes.

    `write` gets each event as a line of JSON once it is durable; `speed` inf is as fast as
    possible, on virtual clocks. UserError if nothing but a person could make it go on: the journal
    is then kept.
    """
    fastest = speed == inf
    if clocks is None:
        clocks = VirtualClocks(SystemClocks().wall(), jumping=True) if fastest else SystemClocks()
    exercise = await create_exercise(
        scenario,
        source=source,
        seed=seed,
        journal_path=journal_path,
        clocks=clocks,
        speed=1.0 if fastest else speed,
        beat_s=inf if fastest else BEAT_S,
    )
    operator = HeadlessOperator(exercise.plan, script or Script(), seed, exercise.say, refuse)
    exercise.attend(operator)
    await _play_and_print(exercise, write)


async def _play_and_print(exercise: Exercise, write: Callable[[str], None]) -> None:
    feed = exercise.feed()

    async def print_all() -> None:
        async for transaction in feed:
            for recorded in transaction:
                write(line_of(recorded))

    printing = asyncio.create_task(print_all())
    playing = asyncio.create_task(exercise.run())
    try:
        # Printing ends first only when nobody reads any more: then playing on is of no use.
        await asyncio.wait((printing, playing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        await exercise.close()
        await asyncio.gather(printing, playing)
