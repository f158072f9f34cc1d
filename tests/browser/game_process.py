"""An exercise with its real pages in a process of its own, whose time passes only when it is told.

Orders are the methods of `Game`. Beside the exercise stands what `cyberex play` has: portal, mail,
outboxes.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cyberex.cli.rooms import Rooms
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise, resume_exercise
from cyberex.exercise.running import Exercise
from cyberex.facts.codec import command_from_json
from cyberex.facts.commands import AnswerGap, GiveDebex, Resume, StartBriefing
from cyberex.facts.model import AccessKind, GapAnswer
from cyberex.journal.reader import JournalReader
from cyberex.portal.audience import Audience
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json
from tests.browser.story import SCENARIO

NINE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
BEFORE_A_RESUME = timedelta(minutes=1)
PATIENCE_S = 10.0
TEXTS = {"title", "text", "reason"}
"""Fields of commands that hold what somebody typed."""


class ToldClocks(VirtualClocks):
    """They know who lives by them: each task that ever waited here does nothing else for long."""

    def __init__(self, wall: datetime) -> None:
        super().__init__(wall)
        self._tasks: set[asyncio.Task[Any] | None] = set()

    async def wait(self, bell: asyncio.Event, until_s: float) -> None:
        self._tasks.add(asyncio.current_task())
        await super().wait(bell, until_s)

    async def play(self, seconds: float) -> None:
        """Second by second; all wait again before the next."""
        for _ in range(round(seconds)):
            await self.settle()
            self.move(1.0)
            self.wake()
        await self.settle()

    async def settle(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while any(not sleeper.asleep for sleeper in self._sleepers) or self._busy():
                await asyncio.sleep(0)

    def _busy(self) -> bool:
        awake = sum(task is not None and not task.done() for task in self._tasks)
        return awake > len(self._sleepers)


class Game:
    """What can be ordered."""

    def __init__(self, exercise: Exercise, clocks: ToldClocks) -> None:
        self.exercise = exercise
        self.clocks = clocks
        self.bugs: list[BaseException] = []
        self.rooms = Rooms(exercise, (), clocks, self.bugs.append)

    async def code(self, **audience: str) -> str:
        """What somebody of that audience types to come in."""
        wanted = _audience(audience)
        return next(
            door.code
            for door in self.rooms.portal.doors()
            if (door.kind, door.cell, door.role, door.voice)
            == (wanted.kind, wanted.cell, wanted.role, wanted.voice)
        )

    async def cookie(self, **audience: str) -> tuple[str, str]:
        """The name and the value that a browser of that audience keeps once it is in."""
        portal = self.rooms.portal.portal
        return portal.cookie, await portal.accesses.give(_audience(audience))

    async def link(self, **audience: str) -> str:
        return await self.rooms.portal.link(_audience(audience), "")

    async def play(self, minutes: float) -> None:
        await self.clocks.play(minutes * 60)

    async def followed(self, count: int = 1) -> None:
        """Until `count` devices follow the game and what is written goes to their pages."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.rooms.portal.connected()) < count:
                await asyncio.sleep(0.005)
        await self.play(2 / 60)

    async def submit(self, command: str, **fields: Any) -> None:
        for name in TEXTS & set(fields):
            fields[name] = self.exercise.say(fields[name])
        await self.exercise.submit(command_from_json({"command": command, **fields}))


def _audience(fields: Mapping[str, str]) -> Audience:
    return Audience(**{**fields, "kind": AccessKind(fields["kind"])})  # type: ignore[arg-type]


async def opened(journal: Path) -> Game:
    """A new one; from the journal if there is one, a minute after it was left."""
    if journal.exists():
        with JournalReader(journal) as reader:
            left = datetime.fromisoformat(reader.clock()[1])
        clocks = ToldClocks(left + BEFORE_A_RESUME)
        return Game(await resume_exercise(journal, clocks=clocks), clocks)
    loaded = scenario_of_text(SCENARIO)
    assert loaded.scenario is not None, loaded.problems
    clocks = ToldClocks(NINE)
    document = scenario_to_json(loaded.scenario)
    exercise = await create_exercise(
        document, source="navigateur.yaml", seed=7, journal_path=journal, clocks=clocks
    )
    return Game(exercise, clocks)


def serve(journal: str, port: int, orders: "Connection[Any, Any]") -> None:
    """Until the other end of `orders` is closed: one order, one answer."""
    asyncio.run(_serve(Path(journal), port, orders))


async def _serve(journal: Path, port: int, orders: "Connection[Any, Any]") -> None:
    game = await opened(journal)
    driving = asyncio.ensure_future(game.exercise.run())
    await game.rooms.open(f"127.0.0.1:{port}")
    if game.exercise.board.situation.gap_ms is not None:
        await game.exercise.submit(AnswerGap(answer=GapAnswer.PAUSE))
        await game.exercise.submit(Resume())
    elif not game.exercise.resumed_seq:
        await game.exercise.submit(StartBriefing())
        await game.exercise.submit(GiveDebex())
    orders.send((game.rooms.portal.addresses[0], game.rooms.portal.problem))
    loop = asyncio.get_running_loop()
    with contextlib.suppress(EOFError):
        while True:
            do, order = await loop.run_in_executor(None, orders.recv)
            try:
                orders.send((await getattr(game, do)(**order), ""))
            except Exception as error:
                orders.send((None, repr(error)))
    await game.rooms.close()
    await game.exercise.close()
    await driving
    if game.bugs:
        raise BaseExceptionGroup("faults of ours", game.bugs)
