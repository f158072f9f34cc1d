"""Tables with mail: an exercise driven on virtual clocks, and its mail service running."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cyberex.delivery.service import MailService
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise, resume_exercise
from cyberex.exercise.running import Exercise
from tests.delivery.table import ALLOWED, PEOPLE, SCENARIO, Letters, Script, Table, settings_in
from tests.exercise.table import scenario_json

NINE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)

Seat = Callable[..., Awaitable[Table]]


@asynccontextmanager
async def _seated(
    exercise: Exercise, clocks: VirtualClocks, folder: Path, **changes: Any
) -> AsyncIterator[Table]:
    given = {"way": Script(), "letters": Letters(), "settings": settings_in(folder), **changes}
    more = {name: given[name] for name in ("files", "links") if name in given}
    service = MailService(
        exercise,
        PEOPLE,
        given["settings"],
        clocks,
        ALLOWED,
        given["transport"] if "transport" in given else given["way"],
        given["letters"],
        **more,
    )
    driving = asyncio.create_task(exercise.run())
    running = asyncio.create_task(service.run())
    table = Table(exercise, clocks, folder, given["way"], given["letters"], service, running)
    try:
        yield table
    finally:
        given["way"].gate.set()
        await service.close()
        await running
        await exercise.close()
        await driving
        assert service.bugs == () or given.get("bugs")


@pytest.fixture
async def seat(tmp_path: Path) -> AsyncIterator[Seat]:
    """Make a table: a new exercise, or with `again` the one whose journal is there."""
    async with AsyncExitStack() as stack:

        async def sit(*, again: bool = False, **changes: Any) -> Table:
            clocks = changes.pop("clocks", None) or VirtualClocks(NINE)
            journal = tmp_path / "exercice.cyberex"
            if again:
                exercise = await resume_exercise(journal, clocks=clocks)
            else:
                exercise = await create_exercise(
                    scenario_json(SCENARIO),
                    source="small.yaml",
                    seed=7,
                    journal_path=journal,
                    people=PEOPLE,
                    clocks=clocks,
                )
            return await stack.enter_async_context(_seated(exercise, clocks, tmp_path, **changes))

        yield sit


@pytest.fixture
async def table(seat: Seat) -> Table:
    """In play, mail confirmed."""
    made = await seat()
    await made.to_play()
    await made.confirmed()
    return made
