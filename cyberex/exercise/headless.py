"""Play without a screen, from a scenario or from a journal, and print what is recorded."""

import asyncio
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path

from cyberex.exercise.clocks import Clocks, SystemClocks, VirtualClocks
from cyberex.exercise.director import HeadlessDirector, Refusal
from cyberex.exercise.lines import line_of
from cyberex.exercise.opening import create_exercise, resume_exercise
from cyberex.exercise.play import BEAT_S
from cyberex.exercise.running import Exercise
from cyberex.exercise.script import Script
from cyberex.facts.model import Json
from cyberex.facts.people import Person

Write = Callable[[str], None]


async def play_headless(
    scenario: Json,
    *,
    source: str,
    seed: int,
    journal_path: Path,
    write: Write,
    refuse: Refusal,
    people: Sequence[Person] = (),
    script: Script | None = None,
    speed: float = inf,
    rehearsal: bool = False,
    clocks: Clocks | None = None,
) -> None:
    """Play a scenario to its FINEX, or as far as the script goes.

    `write` gets each event as a line of JSON once it is durable, `refuse` a line of JSON for what
    the script could not do; `speed` inf is as fast as possible, on virtual clocks. UserError if
    nothing but a person could make it go on: the journal is then kept.
    """
    exercise = await create_exercise(
        scenario,
        source=source,
        seed=seed,
        journal_path=journal_path,
        people=people,
        rehearsal=rehearsal,
        clocks=_clocks(speed, clocks),
        speed=_rate(speed),
        beat_s=_beat_s(speed),
    )
    await _direct(exercise, script, write, refuse, after_seq=0)


async def resume_headless(
    journal_path: Path,
    *,
    write: Write,
    refuse: Refusal,
    script: Script | None = None,
    speed: float = inf,
    clocks: Clocks | None = None,
) -> None:
    """As `play_headless`, from a journal: what is recorded from now on is written.

    The time since then counts as a pause. Lines of the script that were already done, and those
    before them, are passed over.
    """
    exercise = await resume_exercise(
        journal_path, clocks=_clocks(speed, clocks), speed=_rate(speed), beat_s=_beat_s(speed)
    )
    await _direct(exercise, script, write, refuse, after_seq=exercise.resumed_seq)


def _clocks(speed: float, clocks: Clocks | None) -> Clocks:
    if clocks is not None:
        return clocks
    system = SystemClocks()
    return VirtualClocks(system.wall(), jumping=True) if speed == inf else system


def _rate(speed: float) -> float:
    return 1.0 if speed == inf else speed


def _beat_s(speed: float) -> float:
    return inf if speed == inf else BEAT_S


async def _direct(
    exercise: Exercise, script: Script | None, write: Write, refuse: Refusal, *, after_seq: int
) -> None:
    director = HeadlessDirector(
        exercise.plan,
        script or Script(),
        exercise.created.seed,
        exercise.say,
        refuse,
        exercise.history(),
    )
    exercise.attend(director)
    feed = exercise.feed(after_seq)

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
