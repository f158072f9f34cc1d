"""The mail of one running exercise: follows what it records, sends, collects, and tells it back.

One task beside the engine, which waits for none of this. While the director has not confirmed the
contact test, what would leave is written to a folder instead.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from cyberex.delivery.allowed import Addressee, AllowList, Unreachable
from cyberex.delivery.collecting import Collecting
from cyberex.delivery.contact_tests import ContactTests, Links
from cyberex.delivery.game import SERVICE, Asking, Game
from cyberex.delivery.imap import Mailbox
from cyberex.delivery.maildir import MaildirTransport
from cyberex.delivery.messages import Letter
from cyberex.delivery.sending import Sending
from cyberex.delivery.settings import MailSettings
from cyberex.delivery.transport import Transport
from cyberex.delivery.writing import Files, Writing
from cyberex.exercise.clocks import Clocks
from cyberex.exercise.feed import Feed, Transaction
from cyberex.exercise.running import Refused
from cyberex.facts.delivery_commands import CloseOutbox, OpenOutbox
from cyberex.facts.delivery_events import MailConfirmed, OutboxOpened, StimulusLeaving
from cyberex.facts.model import Outbox, Recorded
from cyberex.facts.people import Person
from cyberex.facts.stimulus_events import StimulusDelivered, StimulusToPerform
from cyberex.views.outboxes import Delivery

PATIENCE_S = 5.0
"""How long the end waits for what the server is being given."""

MAIL_KINDS = ("email",)


@dataclass(frozen=True, slots=True)
class MailStatus:
    """What the director may want to see. `server` "" : nothing can leave. `reachable` counts the
    people of each cell who can be written to; `ignored` what came in and was left alone, by
    reason; `imap` None: answers are not read; `imap_trouble` "" : read at `imap_wall`."""

    server: str
    mailbox: str
    dry_run: Path
    confirmed: bool
    reachable: Mapping[str, int]
    unreachable: tuple[Unreachable, ...]
    to_send: int
    for_director: tuple[Delivery, ...]
    dry_written: int
    imap: str | None
    imap_trouble: str
    imap_wall: str
    received: int
    ignored: Mapping[str, int]
    bugs: int


class MailService:
    """Built by `mail_service`. `run` lives as long as the exercise; `close` ends it sooner."""

    def __init__(
        self,
        game: Game,
        people: Iterable[Person],
        settings: MailSettings,
        clocks: Clocks,
        allowed: AllowList,
        transport: Transport | None,
        mailbox: Mailbox | None,
        *,
        files: Files = lambda _: None,
        links: Links = lambda _: "",
        report_bug: Callable[[Exception], object] = lambda _: None,
    ) -> None:
        self._game = game
        self._settings = settings
        self._allowed = allowed
        self._transport = transport
        self._dry = MaildirTransport(settings.dry_run, allowed)
        self._dry_done: set[tuple[str, str]] = set()
        self._asking = Asking(game, clocks, report_bug)
        self._writing = Writing(game, people, allowed, settings, files)
        self._sending = Sending(self._asking, self._writing, transport) if transport else None
        self._tests = ContactTests(self._asking, self._writing, allowed, transport, links)
        self._collecting = (
            Collecting(self._asking, self._writing, allowed, settings, mailbox) if mailbox else None
        )
        self._background: set[asyncio.Task[None]] = set()
        self._feed: Feed | None = None
        self._ended = False
        self._over = asyncio.Event()
        self._over.set()

    async def run(self) -> None:
        """Until the exercise is closed, or `close`."""
        self._over.clear()
        seq, past = self._game.board.seq, [item for t in self._game.history() for item in t]
        try:
            self._take_up(past)
            async for transaction in self._followed(seq):
                self._asking.ring()
                self._see(transaction)
        finally:
            self._asking.ring()
            await self._stop()
            self._over.set()

    async def close(self) -> None:
        """Let what the server is being given end, and stop. Before the exercise is closed, or
        nobody will know how those ended. Twice is harmless."""
        self._ended = True
        if self._feed is not None:
            self._feed.close()
        await self._over.wait()

    async def open_outboxes(self) -> None:
        """From now on mail leaves for whoever has an address; the others stay with the animators.
        Nothing before the contact test is confirmed."""
        if self._transport is None or not self._game.board.outboxes.mail_confirmed:
            return
        for cell, role in self._writing.reachable():
            # One that is open is refused, which changes nothing.
            opening = OpenOutbox(outbox=Outbox.MAIL, cell=cell, kinds=MAIL_KINDS, role=role)
            await self._asking.tell(opening, uuid4().hex)

    async def collect(self) -> None:
        """Read the answers now instead of at the next of the twenty seconds."""
        if self._collecting is not None:
            await self._collecting.collect()

    def status(self) -> MailStatus:
        smtp, collecting = self._settings.smtp, self._collecting
        outboxes = self._game.board.outboxes
        cells = {cell: len(self._writing.receivers(cell)) for cell in self._game.plan.cells}
        return MailStatus(
            server=f"{smtp.host}:{smtp.port}" if smtp and self._transport else "",
            mailbox=self._settings.mailbox,
            dry_run=self._dry.folder,
            confirmed=outboxes.mail_confirmed,
            reachable={cell: count for cell, count in cells.items() if count},
            unreachable=self._allowed.unreachable,
            to_send=len(outboxes.to_attempt),
            for_director=tuple(
                item for item in outboxes.for_director if item.outbox is Outbox.MAIL
            ),
            dry_written=len(self._dry_done),
            imap=self._settings.imap.host if self._settings.imap and collecting else None,
            imap_trouble=collecting.trouble if collecting else "",
            imap_wall=collecting.read_wall if collecting else "",
            received=collecting.received if collecting else 0,
            ignored=dict(collecting.ignored) if collecting else {},
            bugs=len(self._asking.bugs),
        )

    @property
    def bugs(self) -> tuple[Exception, ...]:
        """What went wrong by our own fault, one message at a time."""
        return tuple(self._asking.bugs)

    # Following

    def _take_up(self, past: list[Recorded]) -> None:
        """Where the journal left it: what was begun is in doubt, what was not is sent."""
        outboxes = self._game.board.outboxes
        self._start(self._tests.settle(past))
        if self._collecting is not None:
            self._collecting.learn(past)
            self._start(self._collecting.poll())
        if self._sending is None:
            if outboxes.is_open(Outbox.MAIL):
                self._start(close_mail(self._game))
            return
        self._start(self._sending.settle())
        self._sending.look()
        was_open = any(
            isinstance(item.event, OutboxOpened) and item.event.outbox is Outbox.MAIL
            for item in past
        )
        if not was_open:  # what the director closed since stays closed
            self._start(self.open_outboxes())

    async def _followed(self, seq: int) -> AsyncIterator[Transaction]:
        while not self._ended:
            self._feed = self._game.feed(seq)
            async for transaction in self._feed:
                seq = transaction[-1].seq
                yield transaction
            if not self._feed.dropped:
                return

    def _see(self, transaction: Transaction) -> None:
        if self._collecting is not None:
            self._collecting.learn(transaction)
        for recorded in transaction:
            self._tests.begin(recorded)
            try:
                self._rehearse(recorded)
            except Exception as bug:  # one message that cannot be written must not end the mail
                self._asking.bug(bug)
            if isinstance(recorded.event, MailConfirmed):
                self._start(self.open_outboxes())
        if self._sending is not None:
            self._sending.look()

    def _rehearse(self, recorded: Recorded) -> None:
        """While nothing really leaves, write it to the folder, once."""
        event = recorded.event
        if not isinstance(event, StimulusToPerform | StimulusDelivered | StimulusLeaving):
            return
        leaves = self._transport is not None and self._game.board.outboxes.mail_confirmed
        key = (event.occurrence, event.cell)
        if leaves or key in self._dry_done or not self._writing.is_mail(event.channel):
            return
        known = self._game.board.chronogram.letter(*key)
        letter = self._writing.letter(*key, recorded.sim_ms)
        to = self._writing.receivers(event.cell, known.roles if known else ())
        if known is not None and letter is not None and to:
            self._dry_done.add(key)
            self._start(self._write_dry(letter, known.sender, to))

    async def _write_dry(self, letter: Letter, actor: str, to: tuple[Addressee, ...]) -> None:
        now = self._asking.clocks.room()
        await self._dry.send(await self._writing.message(letter, actor, to, now), to)

    # Tasks

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        bug = None if task.cancelled() else task.exception()
        if isinstance(bug, Exception):
            self._asking.bug(bug)

    async def _stop(self) -> None:
        if self._sending is not None:
            await self._sending.stop(PATIENCE_S)
        await self._tests.stop()
        tasks = list(self._background)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._transport is not None:
            await self._transport.close()


async def close_mail(game: Game) -> None:
    """Nothing leaves by mail any more: what waits goes to the call sheets. For an exercise that is
    resumed without its mail server."""
    if game.board.outboxes.is_open(Outbox.MAIL):
        with suppress(Refused):
            await game.submit(CloseOutbox(outbox=Outbox.MAIL), by=SERVICE, origin=SERVICE)
