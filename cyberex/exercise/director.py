"""The director of an exercise that nobody watches: does at once what is asked, and its script.

Pure but for what it is handed: recorded events in, requests out. Starts at the earlier of 0 and the
first stimulus, gives DEBEX at 0 and FINEX at the planned end. Calls and visits are said done when
due (unless the script ends them itself), jumps are made when due. A stimulus without a live channel
waits, then expires.
"""

import dataclasses
import hashlib
import json
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable
from typing import cast

from cyberex.engine.engine import Refused
from cyberex.exercise.feed import Transaction
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
    BriefingStarted,
    DebexGiven,
    EndReached,
    ExerciseClosed,
    ExerciseExtended,
    ExerciseInterrupted,
    ExerciseResumed,
    FinexGiven,
    JumpMade,
    JumpPrepared,
)
from cyberex.facts.model import CallOutcome, Command, Event, GapAnswer, Recorded, Request, TextRef
from cyberex.facts.stimulus_events import (
    CallBack,
    CallFailed,
    StimulusBlocked,
    StimulusDelivered,
    StimulusExpired,
    StimulusHeld,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.plan.model import Plan

HEADLESS = "headless"
SCRIPT = "script"

Say = Callable[[str, bytes], TextRef]
Refusal = Callable[[str], None]


class HeadlessDirector:
    """An `Operator`. `refuse` gets one line of JSON for each line of the script that was refused or
    never came. `past` is what a resumed exercise has already recorded."""

    def __init__(
        self,
        plan: Plan,
        script: Script,
        seed: int,
        say: Say,
        refuse: Refusal,
        past: Iterable[Transaction] = (),
    ) -> None:
        self.finished = False
        self._seed = seed
        self._say = say
        self._refuse = refuse
        self._script: deque[ScriptLine] = deque()
        self._wishes: dict[Hashable, Command] = {"begin": _beginning(plan, script)}
        self._numbers = Counter[str]()
        self._scripted: dict[str, ScriptLine] = {}
        self._answered: set[str] = set()
        self._line_since_s: float | None = None
        self._debex = False
        self._end_reached = False
        self._over = False
        for transaction in past:
            self.see(transaction)
        self._script.extend(_not_done(script, self._answered))

    def see(self, recorded: Transaction) -> None:
        for item in recorded:
            self._see(item.event)
            self._count(item)

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
            return self._own(self._wishes.pop(next(iter(self._wishes))))
        line = self._due_line(sim_ms, wall_s)
        if line is not None:
            return self._said(line, wall_s)
        if not self._debex and not self._over and sim_ms >= 0:
            self._debex = True
            return self._own(GiveDebex())
        if self._end_reached and not self._over:
            self._end_reached = False
            return self._own(GiveFinex())
        if self._over and not self._speaks_after_the_end():
            self._finish()
        return None

    def refused(self, request: Request, refusal: Refused) -> None:
        told = {"refused": refusal.code, **refusal.detail}
        self._tell(self._scripted.get(request.id), request.command, told)

    def _see(self, event: Event) -> None:
        match event:
            case StimulusToPerform() | CallBack():
                self._call(event)
            case StimulusDelivered() | CallFailed() | StimulusBlocked():
                self._wishes.pop((event.occurrence, event.cell), None)
            case StimulusHeld() | StimulusSkipped() | StimulusExpired():
                self._forget_calls(event.occurrence)
            case JumpPrepared():
                self._wishes[event.jump] = MakeJump(jump=event.jump)
            case JumpMade():
                self._wishes.pop(event.jump, None)
            case _:
                self._see_life(event)

    def _see_life(self, event: Event) -> None:
        match event:
            case BriefingStarted():
                self._wishes.pop("begin", None)
            case ExerciseInterrupted():
                # Nobody was there to see the machine sleep: the game goes on where it stood.
                answer = AnswerGap(answer=GapAnswer.PAUSE)
                self._wishes = {"gap": answer, "resume": Resume(), **self._wishes}
            case ExerciseResumed():
                self._wishes.pop("gap", None)
                self._wishes.pop("resume", None)
            case DebexGiven():
                self._debex = True
            case EndReached():
                self._end_reached = True
            case ExerciseExtended():
                self._end_reached = False
            case FinexGiven() | ExerciseClosed():
                self._over = True
                self._wishes.clear()

    def _count(self, item: Recorded) -> None:
        request = item.request
        if request is None:
            return
        if request.origin == HEADLESS:
            self._numbers[_kind(request.command)] += 1
        elif request.origin == SCRIPT:
            self._answered.add(request.id)

    def _call(self, event: StimulusToPerform | CallBack) -> None:
        left_to_script = any(
            isinstance(line.command, EndCall)
            and line.command.stimulus in (event.stimulus, event.occurrence)
            for line in self._script
        )
        if not left_to_script:
            self._wishes[event.occurrence, event.cell] = EndCall(
                stimulus=event.occurrence, cell=event.cell, outcome=CallOutcome.DONE
            )

    def _forget_calls(self, occurrence: str) -> None:
        for key in [key for key in self._wishes if isinstance(key, tuple) and key[0] == occurrence]:
            del self._wishes[key]

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

    def _speaks_after_the_end(self) -> bool:
        """A line is still to come although exercise time stands: it counts wall time."""
        return bool(self._script) and self._script[0].at_ms is None

    def _finish(self) -> None:
        self.finished = True
        while self._script:
            line = self._script.popleft()
            self._tell(line, line.command, {"refused": "exercise-over"})

    def _own(self, command: Command) -> Request:
        kind = _kind(command)
        request_id = f"{HEADLESS}-{kind}-{self._numbers[kind] + 1}"
        return Request(request_id, "director", HEADLESS, command)

    def _said(self, line: ScriptLine, wall_s: float) -> Request:
        """The line's request, its texts said. The salt comes from the script, not from chance: the
        same script gives the same events."""
        self._line_since_s = wall_s
        self._scripted[line.id] = line
        refs = {}
        for name in text_fields(cast(Hashable, type(line.command))):
            salt = hashlib.sha256(f"{self._seed}|{line.id}|{name}".encode()).digest()[:16]
            refs[name] = self._say(getattr(line.command, name), salt)
        command = dataclasses.replace(line.command, **refs)
        return Request(line.id, "director", SCRIPT, command)

    def _tell(self, line: ScriptLine | None, command: Command, told: dict[str, str]) -> None:
        place = {"line": line.number} if line else {}
        self._refuse(json.dumps({**place, "command": command.name, **told}))


def _kind(command: Command) -> str:
    # Counted apart: a machine that sleeps must not change the causes of what follows.
    return "gap" if isinstance(command, AnswerGap | Resume) else "game"


def _beginning(plan: Plan, script: Script) -> Command:
    """Start at the earlier of 0 and the first thing that has an hour."""
    hours = [
        item.window.at_ms
        for item in plan.chronogram
        if item.window is not None and item.window.at_ms is not None
    ]
    earliest_ms = min(-plan.timing.briefing_ms, *hours, 0)
    first_ms = max(min(script.first_ms or 0, *hours, 0), earliest_ms)
    return StartBriefing(from_ms=first_ms)


def _not_done(script: Script, answered: set[str]) -> tuple[ScriptLine, ...]:
    """What comes after the last line that was already done."""
    done = [place for place, line in enumerate(script.lines) if line.id in answered]
    return script.lines[done[-1] + 1 :] if done else script.lines
