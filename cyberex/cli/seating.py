"""Sit down at the console: the exercise made or resumed, the pages and the mail beside it."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cyberex.cli.printing import say

if TYPE_CHECKING:
    from cyberex.cli.loading import Ready
    from cyberex.exercise.clocks import Clocks
    from cyberex.exercise.running import Exercise


@dataclass(frozen=True, slots=True)
class Seat:
    """How one sits at the console. `portal` is where the participants' pages are served, "": at
    the usual address; None: not until the director says so."""

    tabletop: bool
    portal: str | None


def play_in_console(
    ready: "Ready",
    path: Path,
    *,
    seed: int | None,
    rehearsal: bool,
    speed: float,
    seat: Seat,
) -> None:
    async def create() -> "Exercise":
        drawn = secrets.randbelow(2**31) if seed is None else seed
        return await begun(ready, path, seed=drawn, rehearsal=rehearsal, speed=speed)

    _in_console(create, seat)


async def begun(
    ready: "Ready",
    path: Path,
    *,
    seed: int,
    rehearsal: bool,
    speed: float,
    clocks: "Clocks | None" = None,
) -> "Exercise":
    """A new exercise; its hard end and its speed, if it is not 1, are recorded: resuming keeps
    them."""
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.exercise.opening import create_exercise
    from cyberex.facts.commands import SetHardEnd, SetSpeed

    clocks = clocks or SystemClocks()
    exercise = await create_exercise(
        ready.document,
        source=str(ready.found.path),
        seed=seed,
        journal_path=path,
        people=ready.people,
        rehearsal=rehearsal,
        clocks=clocks,
        speed=speed,
    )
    until = ready.room_until(clocks.room())
    if until is not None:
        await exercise.submit(SetHardEnd(room_until=until.isoformat()))
    if speed != 1:
        await exercise.submit(SetSpeed(rate=speed))
    return exercise


def resume_in_console(journal: Path, seat: Seat) -> None:
    from cyberex.exercise.opening import resume_exercise

    async def reopen() -> "Exercise":
        return await resume_exercise(journal)

    _in_console(reopen, seat)


def _in_console(opening: Callable[[], Awaitable["Exercise"]], seat: Seat) -> None:
    from cyberex.cli.app import log_bug
    from cyberex.cli.desk import console_services
    from cyberex.cli.returning import leaving_lines
    from cyberex.cli.rooms import Rooms
    from cyberex.console.launch import run_console
    from cyberex.exercise.clocks import SystemClocks

    async def sit_down() -> None:
        exercise = await opening()
        services = console_services(exercise, tabletop=seat.tabletop)
        rooms = Rooms(exercise, services.people(), SystemClocks(), log_bug)
        services = replace(services, portal=rooms.portal, mail=rooms.mail)
        try:
            await rooms.open(seat.portal)
            await run_console(exercise, services=services, leaving=rooms.close)
        finally:
            await exercise.close()
            lines = leaving_lines(
                exercise.journal_path, services.report_dir, portal=rooms.served_at
            )
            for line in lines:
                say(line)

    asyncio.run(sit_down())
