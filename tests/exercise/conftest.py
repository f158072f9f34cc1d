"""Tables: exercises on virtual clocks, driven, closed at the end whatever happens."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise, resume_exercise
from cyberex.exercise.running import Exercise
from tests.exercise.table import Table, scenario_json

NINE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)

Seat = Callable[..., Awaitable[Table]]


@asynccontextmanager
async def _driven(exercise: Exercise, clocks: VirtualClocks) -> AsyncIterator[Table]:
    driving = asyncio.create_task(exercise.run())
    try:
        yield Table(exercise, clocks)
    finally:
        await exercise.close()
        await driving


@pytest.fixture
async def seat(tmp_path: Path) -> AsyncIterator[Seat]:
    """Make a table: a new exercise, with any argument of `create_exercise` changed."""
    async with AsyncExitStack() as stack:

        async def sit(*, clocks: VirtualClocks | None = None, **changes: Any) -> Table:
            clocks = clocks or VirtualClocks(NINE)
            given = {
                "source": "small.yaml",
                "seed": 7,
                "journal_path": tmp_path / "exercice.cyberex",
                **changes,
            }
            exercise = await create_exercise(scenario_json(), clocks=clocks, **given)
            return await stack.enter_async_context(_driven(exercise, clocks))

        yield sit


@pytest.fixture
async def seat_again(tmp_path: Path) -> AsyncIterator[Seat]:
    """Make a table from the journal of the one before, on the clocks given."""
    async with AsyncExitStack() as stack:

        async def sit(clocks: VirtualClocks) -> Table:
            exercise = await resume_exercise(tmp_path / "exercice.cyberex", clocks=clocks)
            return await stack.enter_async_context(_driven(exercise, clocks))

        yield sit


@pytest.fixture
async def table(seat: Seat) -> Table:
    """An exercise in play, at 0."""
    made = await seat()
    await made.to_play()
    return made
