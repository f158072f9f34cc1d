"""Brings what players answered by mail into the game, as theirs.

Reading twice is harmless: each message is one request, by its own Message-ID.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable

from cyberex.delivery.allowed import AllowList
from cyberex.delivery.answers import (
    About,
    AboutTest,
    Ignored,
    Reply,
    TestReply,
    understood,
)
from cyberex.delivery.contact_tests import trials_of
from cyberex.delivery.game import Asking
from cyberex.delivery.imap import Mailbox, MailboxError
from cyberex.delivery.settings import MailSettings
from cyberex.delivery.trial import trial_id
from cyberex.delivery.writing import Writing
from cyberex.facts.commands import LogContact
from cyberex.facts.delivery_commands import ReportTestReceived
from cyberex.facts.delivery_events import DeliveryAttempted
from cyberex.facts.model import Recorded
from cyberex.wording.clean import clean

POLL_S = 20.0


class Collecting:
    """Answers to what this exercise sent. `trouble` is why the mailbox could not be read last
    time, "" if it could; `read_wall` when it last was (ISO 8601, UTC)."""

    def __init__(
        self,
        asking: Asking,
        writing: Writing,
        allowed: AllowList,
        settings: MailSettings,
        mailbox: Mailbox,
    ) -> None:
        self._asking = asking
        self._writing = writing
        self._allowed = allowed
        self._settings = settings
        self._mailbox = mailbox
        self._sent: dict[str, About | AboutTest] = {}
        self.received = 0
        self.ignored: Counter[str] = Counter()
        self.trouble = ""
        self.read_wall = ""

    def learn(self, transaction: Iterable[Recorded]) -> None:
        """What is recorded as sent, so that its answers are known."""
        for recorded in transaction:
            event = recorded.event
            if isinstance(event, DeliveryAttempted):
                actor = self._writing.actor_of(event.occurrence, event.cell)
                self._sent[event.message] = About(event.occurrence, event.cell, actor)
            for trial in trials_of(recorded):
                id = trial_id(self._writing.origin(), trial.person, trial.way, trial.round)
                self._sent[id] = AboutTest(trial.person, trial.way)

    async def poll(self) -> None:
        """Read what is new, every twenty seconds, until cancelled."""
        while not self._asking.game.closed:
            await self.collect()
            clocks = self._asking.clocks
            await clocks.wait(asyncio.Event(), clocks.monotonic_s() + POLL_S)

    async def collect(self) -> None:
        """Read what is new, once."""
        try:
            found = await asyncio.to_thread(self._mailbox.new)
        except MailboxError as error:
            self.trouble = error.code
            return
        self.trouble = ""
        self.read_wall = self._asking.clocks.wall().isoformat(timespec="seconds")
        for raw in found:
            await self._take(raw)

    async def _take(self, raw: bytes) -> None:
        # In a thread: anybody may write to this mailbox, a long message too.
        answer = await asyncio.to_thread(
            understood, raw, self._sent, self._allowed, self._actor_at, self._writing.cell_of
        )
        match answer:
            case Reply():
                refusal = await self._reply(answer)
            case TestReply(key, person, way):
                received = ReportTestReceived(person=person, way=way)
                refusal = await self._asking.tell(received, f"mail-{key}", by=person)
            case Ignored():
                self.ignored[answer.value] += 1
                return
        if refusal:
            self.ignored[refusal] += 1
        else:
            self.received += 1

    async def _reply(self, reply: Reply) -> str:
        game = self._asking.game
        contact = LogContact(
            actor=reply.actor,
            cell=self._writing.cell_of(reply.person) or reply.cell,
            channel=self._channel(reply),
            text=game.say(clean(reply.text)),
        )
        return await self._asking.tell(contact, f"mail-{reply.key}", by=reply.person)

    def _channel(self, reply: Reply) -> str:
        """By what they answered, else the mail of the game."""
        outboxes = self._asking.game.board.outboxes
        delivery = outboxes.delivery(reply.occurrence, reply.cell)
        if delivery is not None:
            return delivery.channel
        channels = self._asking.game.plan.channels
        return next((id for id in channels if self._writing.is_mail(id)), "")

    def _actor_at(self, address: str) -> str:
        return self._settings.actor_at(address, tuple(self._asking.game.plan.actors))
