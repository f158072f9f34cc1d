"""How does one cell's message get out, in spite of pauses, slow servers and refusals?

Each attempt is recorded before anything leaves, and what became of it after. Retries count wall
time; the same message never leaves twice by itself.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from typing import Any
from uuid import uuid4

from cyberex.delivery.allowed import Addressee, NotAllowed
from cyberex.delivery.game import STOPPED, Asking
from cyberex.delivery.messages import letter_id
from cyberex.delivery.transport import Failed, Outcome, Sent, Transport, Uncertain
from cyberex.delivery.writing import Writing
from cyberex.facts.delivery_commands import (
    AttemptDelivery,
    ReportDoubt,
    ReportFailure,
    ReportSent,
)
from cyberex.facts.model import Command
from cyberex.views.outboxes import Delivery, DeliveryState

RETRIES_S = (30.0, 60.0, 120.0, 300.0)
AT_ONCE = 3
"""Messages given to the server at the same time: Microsoft's takes no more of one account."""

Key = tuple[str, str]
"""Occurrence and cell."""


@dataclass(frozen=True, slots=True)
class Written:
    message: EmailMessage
    to: tuple[Addressee, ...]


class Sending:
    """Follows what leaves by mail, one task a message."""

    def __init__(self, asking: Asking, writing: Writing, transport: Transport) -> None:
        self._asking = asking
        self._writing = writing
        self._transport = transport
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[Key, asyncio.Task[None]] = {}
        self._stopping = False

    def settle(self) -> Coroutine[Any, Any, None]:
        """After a crash: an attempt of which nothing is known is in doubt, and never repeated.
        To be called before anything is sent, to be awaited beside."""
        deliveries = self._asking.game.board.outboxes.deliveries
        doubtful = [item for item in deliveries if item.state is DeliveryState.UNDER_WAY]

        async def settled() -> None:
            for item in doubtful:
                doubt = ReportDoubt(stimulus=item.occurrence, cell=item.cell)
                await self._asking.tell(doubt, uuid4().hex)

        return settled()

    def look(self) -> None:
        """Begin whatever is to be sent and has not begun."""
        if self._stopping or self._asking.game.closed:
            return
        for delivery in self._asking.game.board.outboxes.to_attempt:
            key = (delivery.occurrence, delivery.cell)
            if key not in self._tasks:
                task = asyncio.create_task(self._send(key))
                self._tasks[key] = task
                task.add_done_callback(partial(self._ended, key))

    async def stop(self, patience_s: float) -> None:
        """Let what is with the server end, within `patience_s`; begin nothing more."""
        self._stopping = True
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                for _ in range(AT_ONCE):
                    await self._slots.acquire()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, key: Key, task: asyncio.Task[None]) -> None:
        del self._tasks[key]
        if task.cancelled():
            return
        bug = task.exception()
        if isinstance(bug, Exception):
            self._asking.bug(bug)
        else:
            self.look()

    def _delivery(self, key: Key) -> Delivery | None:
        found = self._asking.game.board.outboxes.delivery(*key)
        return found if found is not None and found.to_attempt else None

    async def _send(self, key: Key) -> None:
        failures = 0
        while (delivery := self._delivery(key)) is not None:
            await self._asking.play_goes_on()
            news, failed = self._asking.news, False
            async with self._slots:
                if self._stopping:
                    return
                # Written before the attempt is recorded: a mistake in it leaves no doubt.
                letter = await self._written(delivery)
                refusal = await self._attempt(delivery)
                if not refusal:
                    outcome = await self._outcome(letter)
                    failed = await self._report(delivery, outcome, failures < len(RETRIES_S))
            if refusal in STOPPED:
                await news.wait()
            elif not failed:
                return
            else:
                await self._asking.rest(RETRIES_S[failures], self._is_wanted_now(key))
                failures += 1

    def _is_wanted_now(self, key: Key) -> Callable[[], bool]:
        def wanted() -> bool:
            found = self._delivery(key)
            return found is None or found.state is DeliveryState.WAITING

        return wanted

    async def _written(self, delivery: Delivery) -> Written | Failed:
        to = self._writing.receivers(delivery.cell, delivery.roles)
        if not to:
            return Failed("no-address", again=False)
        try:
            letter = self._writing.letter(delivery.occurrence, delivery.cell, delivery.since_ms)
            if letter is not None:
                now = self._asking.clocks.room()
                return Written(await self._writing.message(letter, delivery.sender, to, now), to)
        except Exception as bug:  # one message that cannot be written must not stop the others
            self._asking.bug(bug)
        return Failed("not-written", again=False)

    async def _attempt(self, delivery: Delivery) -> str:
        origin = self._writing.origin(delivery.sender)
        id = letter_id(origin, delivery.occurrence, delivery.cell)
        attempt = AttemptDelivery(stimulus=delivery.occurrence, cell=delivery.cell, message=id)
        return await self._asking.ask(attempt, uuid4().hex)

    async def _outcome(self, letter: Written | Failed) -> Outcome:
        if isinstance(letter, Failed):
            return letter
        try:
            return await self._transport.send(letter.message, letter.to)
        except NotAllowed:
            return Failed("not-allowed", again=False)
        except Exception as bug:  # nobody knows how far it went
            self._asking.bug(bug)
            return Uncertain()

    async def _report(self, delivery: Delivery, outcome: Outcome, retry: bool) -> bool:
        """True if another attempt is to follow."""
        stimulus, cell = delivery.occurrence, delivery.cell
        again = retry and isinstance(outcome, Failed) and outcome.again
        said: Command
        match outcome:
            case Sent(refused):
                said = ReportSent(stimulus=stimulus, cell=cell, refused=refused)
            case Failed(code):
                said = ReportFailure(stimulus=stimulus, cell=cell, code=code, again=again)
            case Uncertain():
                said = ReportDoubt(stimulus=stimulus, cell=cell)
        await self._asking.tell(said, uuid4().hex)
        return again
