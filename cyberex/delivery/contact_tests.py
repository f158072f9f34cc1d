"""Sends the contact test: really, to each of the people named, before anything of the game.

A failure is told at once and tried again in silence; the person may be reached in another way.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from cyberex.delivery.allowed import Addressee, AllowList, NotAllowed
from cyberex.delivery.game import Asking
from cyberex.delivery.sending import AT_ONCE, RETRIES_S
from cyberex.delivery.transport import Failed, Outcome, Sent, Transport, Uncertain
from cyberex.delivery.trial import WAYS, endings_of, trial_message
from cyberex.delivery.writing import Writing
from cyberex.facts.delivery_commands import ReportTestFailed, ReportTestSent
from cyberex.facts.delivery_events import ContactTestStarted
from cyberex.facts.model import Command, Recorded, TestWay

Links = Callable[[str], str]
"""The personal way into the portal of a person, by id; "" for none."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One message of a test; `round` is the seq of the start of the test."""

    round: int
    person: str
    way: TestWay


def trials_of(recorded: Recorded) -> Iterator[Trial]:
    """What the start of a test asks for by mail."""
    if isinstance(recorded.event, ContactTestStarted):
        for person in recorded.event.people:
            for way in WAYS:
                yield Trial(recorded.seq, person, way)


class ContactTests:
    """`transport` None: nothing can leave, which is told of each person."""

    def __init__(
        self,
        asking: Asking,
        writing: Writing,
        allowed: AllowList,
        transport: Transport | None,
        links: Links,
    ) -> None:
        self._asking = asking
        self._writing = writing
        self._allowed = allowed
        self._transport = transport
        self._links = links
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[asyncio.Task[None], Trial] = {}
        self._latest: dict[tuple[str, TestWay], int] = {}

    def settle(self, past: Iterable[Recorded]) -> Coroutine[Any, Any, None]:
        """After a crash: what was being sent is said to have failed, not sent once more. To be
        called before anything is sent, to be awaited beside."""
        trials = [trial for recorded in past for trial in trials_of(recorded)]
        test = self._asking.game.board.contact_test
        asked = dict.fromkeys((trial.person, trial.way) for trial in trials)
        left = [(person, way) for person, way in asked if test.row(person, way) is None]

        async def settled() -> None:
            for person, way in left:
                code = "interrupted" if self._allowed.of(person) else "no-address"
                await self._tell(ReportTestFailed(person=person, way=way, code=code))

        return settled()

    def begin(self, recorded: Recorded) -> None:
        """Send what this event starts, if it starts a test."""
        for trial in trials_of(recorded):
            self._latest[trial.person, trial.way] = trial.round
            task = asyncio.create_task(self._send(trial))
            self._tasks[task] = trial
            task.add_done_callback(self._ended)

    async def stop(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        bug = None if task.cancelled() else task.exception()
        if isinstance(bug, Exception):
            self._asking.bug(bug)

    async def _send(self, trial: Trial) -> None:
        addressee = self._allowed.of(trial.person)
        person, way = trial.person, trial.way
        if addressee is None or self._transport is None:
            code = "no-address" if addressee is None else "no-server"
            await self._tell(ReportTestFailed(person=person, way=way, code=code))
            return
        told = ""
        for delay_s in (0.0, *RETRIES_S):
            await self._asking.rest(delay_s)
            await self._asking.play_goes_on()
            # Started once more in the meantime: that one is sent instead.
            if self._asking.game.closed or self._latest[person, way] != trial.round:
                return
            async with self._slots:
                outcome = await self._outcome(trial, addressee, self._transport)
            if isinstance(outcome, Sent):
                await self._tell(ReportTestSent(person=person, way=way))
                return
            code = outcome.code if isinstance(outcome, Failed) else "uncertain"
            if code != told:
                await self._tell(ReportTestFailed(person=person, way=way, code=code))
            told = code
            if not (isinstance(outcome, Failed) and outcome.again):
                return

    async def _outcome(self, trial: Trial, to: Addressee, transport: Transport) -> Outcome:
        plan = self._asking.game.plan
        message = trial_message(
            trial.way,
            self._writing.origin(),
            to,
            self._asking.clocks.room(),
            round=trial.round,
            link=self._links(trial.person),
            endings=endings_of(
                file for item in plan.stimuli.values() for _title, file in item.attachments
            ),
        )
        try:
            return await transport.send(message, (to,))
        except NotAllowed:
            return Failed("not-allowed", again=False)
        except Exception as bug:  # nobody knows how far it went
            self._asking.bug(bug)
            return Uncertain()

    async def _tell(self, command: Command) -> None:
        await self._asking.tell(command, uuid4().hex)
