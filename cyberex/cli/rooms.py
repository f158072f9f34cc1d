"""What stands beside an exercise at the console: the participants' pages and the mail.

Neither is needed for the exercise to go on: what goes wrong here is said on the screen.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cyberex.cli.places import home
from cyberex.cli.player_papers import files_beside, papers_of
from cyberex.cli.tending import Tending
from cyberex.delivery.opening import mail_service, mailbox_trouble
from cyberex.delivery.service import MailService, close_mail
from cyberex.delivery.settings import DRY_RUN, MailSettings, read_settings
from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks
from cyberex.exercise.running import Exercise
from cyberex.facts.delivery_commands import StartContactTest
from cyberex.facts.model import AccessKind
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.plan.model import Plan
from cyberex.portal.audience import Audience
from cyberex.portal.desk import Desk
from cyberex.portal.for_players import NOTHING_FOR_PLAYERS
from cyberex.portal.server import Binding
from cyberex.portal.settings import binding_of

LogBug = Callable[[BaseException], object]
Invite = Callable[[Person], Awaitable[str]]

ADDRESSES_S = 10.0
"""A laptop that joins another network has another address, soon shown."""


class Rooms:
    """Made once an exercise, opened before the console and closed before the exercise. Once
    closed, `served_at` is what `open` wants to serve there again."""

    def __init__(
        self, exercise: Exercise, people: Sequence[Person], clocks: Clocks, log_bug: LogBug
    ) -> None:
        self._exercise = exercise
        self._people = tuple(people)
        self._clocks = clocks
        self._leaving = False
        self.served_at: str | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._log_bug = log_bug
        folders = _folders(exercise)
        binding, problem = _binding(folders)
        self.portal = Desk(
            exercise,
            clocks=clocks,
            binding=binding,
            people=lambda: people,
            report_bug=log_bug,
            opened=self._portal_opened,
            closed=self._portal_closed,
        )
        self.portal.problem = problem
        self._tending = Tending(exercise, self.portal, clocks)
        self.mail = MailRoom(exercise, people, clocks, folders, self._invite, log_bug)

    async def open(self, address: str | None) -> None:
        """`address` None: no portal for now; "": at the usual place. What was left open by a
        portal that is not there any more goes back to the call sheets."""
        if address is not None:
            try:
                await self.portal.start(address)
            except UserError as error:
                self.portal.problem = str(error)
        if not self.portal.running:
            await self._tending.shut()
            await self._tending.release_claims()
        self._start(self._tending.run())
        self._start(self._follow_addresses())
        await self.mail.open(self._start)

    async def close(self) -> None:
        """Before the exercise is closed. What the portal shows stays as it is for a `resume`."""
        self._leaving = True
        self.served_at = self.portal.elsewhere if self.portal.running else None
        for task in (*self._tasks,):
            if task is not self.mail.task:
                task.cancel()
        for ending in (self.portal.stop(), self.mail.close()):
            try:
                await ending
            except Exception as error:
                self._log_bug(error)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _follow_addresses(self) -> None:
        while True:
            await self._clocks.wait(asyncio.Event(), self._clocks.monotonic_s() + ADDRESSES_S)
            await self.portal.find_addresses()

    async def _portal_opened(self) -> None:
        """What players look up and observers tick is read once, beside the game."""
        if self.portal.portal.for_players is NOTHING_FOR_PLAYERS:
            self._start(self._read_papers())

    async def _read_papers(self) -> None:
        exercise = self._exercise
        source = Path(exercise.created.source)
        with suppress(UserError):  # told by `check` and `print`; pages do without
            portal = self.portal.portal
            portal.for_players, portal.criteria = await asyncio.to_thread(
                papers_of, exercise.plan, source, self._people, self._clocks.room()
            )

    async def _portal_closed(self) -> None:
        """Stopped by hand, or dead."""
        if not self._leaving and not self._exercise.closed:
            await self._tending.shut()

    async def _invite(self, person: Person) -> str:
        """A link of one's own, to be mailed; "" while the portal is not there."""
        audience = audience_of(person, self._exercise.plan)
        if audience is None or not self.portal.running:
            return ""
        return await self.portal.link(audience, person.id)

    def _start(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._log_bug(error)


def audience_of(person: Person, plan: Plan) -> Audience | None:
    """What somebody of the directory sees on the portal; None if nothing, or nobody knows."""
    cell = person.cell or (next(iter(plan.cells)) if len(plan.cells) == 1 else "")
    match person.task:
        case "observer" if cell:
            return Audience(AccessKind.OBSERVER, cell)
        case "animator":
            return Audience(AccessKind.ANIMATOR, voice=person.voice or person.id)
        case "" | "player" if cell:
            return Audience(AccessKind.PLAYER, cell, person.role)
        case _:
            return None


class MailRoom:
    """The mail as the console sees it. Settings that cannot be used are a problem to show, and
    nothing then leaves by mail."""

    def __init__(
        self,
        exercise: Exercise,
        people: Sequence[Person],
        clocks: Clocks,
        folders: Sequence[Path],
        invite: Invite,
        log_bug: LogBug,
    ) -> None:
        self._exercise = exercise
        self._log_bug = log_bug
        self._people = {person.id: person for person in people}
        self._clocks = clocks
        self._invite = invite
        self._links: dict[str, str] = {}
        self._service: MailService | None = None
        self._problem = ""
        self._folder = exercise.journal_path.parent / DRY_RUN
        self._settings = self._read(folders)
        self.task: asyncio.Task[None] | None = None

    @property
    def configured(self) -> bool:
        return (
            self._service is not None and self._settings is not None and bool(self._settings.smtp)
        )

    @property
    def folder(self) -> str:
        return str(self._settings.dry_run) if self._service and self._settings else ""

    @property
    def problem(self) -> str:
        if self._problem or self._service is None:
            return self._problem
        if self.task is not None and self.task.done():
            return _("The mail service stopped by itself: quit and resume.")
        trouble = self._service.status().imap_trouble
        return (
            _("answers are not read: {why}").format(why=mailbox_trouble(trouble)) if trouble else ""
        )

    async def open(self, start: Callable[[Awaitable[None]], asyncio.Task[None]]) -> None:
        """Its task runs beside the exercise; without settings nothing is written anywhere."""
        settings = self._settings
        if settings is None or not is_wanted(settings, self._folder):
            await close_mail(self._exercise)
            return
        try:
            self._service = mail_service(
                self._exercise,
                tuple(self._people.values()),
                settings,
                self._clocks,
                files=files_beside(Path(self._exercise.created.source)),
                links=lambda person: self._links.get(person, ""),
                report_bug=self._log_bug,
            )
        except UserError as error:
            self._problem = str(error)
            await close_mail(self._exercise)
            return
        self.task = start(self._service.run())

    async def close(self) -> None:
        if self._service is not None:
            await self._service.close()

    async def start_test(self, people: Sequence[str]) -> None:
        """Each gets a link of their own to the portal, if it is there."""
        for person in people:
            known = self._people.get(person)
            if known is not None and known.email and person not in self._links:
                link = await self._invite(known)
                if link:
                    self._links[person] = link
        await self._exercise.submit(StartContactTest(people=tuple(people)))

    async def let_leave(self) -> None:
        if self._service is not None:
            await self._service.open_outboxes()

    def _read(self, folders: Sequence[Path]) -> MailSettings | None:
        try:
            return read_settings(folders, os.environ, dry_run=self._folder)
        except UserError as error:
            self._problem = str(error)
            return None


def is_wanted(settings: MailSettings, usual: Path) -> bool:
    """Somebody wrote something about mail: else not even a dry run is written."""
    return bool(settings.smtp or settings.imap) or settings.dry_run != usual


def _binding(folders: Sequence[Path]) -> tuple[Binding, str]:
    try:
        return binding_of(folders), ""
    except UserError as error:
        return Binding(), str(error)


def _folders(exercise: Exercise) -> list[Path]:
    """Where `cyberex.toml` may be: with the exercise, with its journal, in the user's folder."""
    return [Path(exercise.created.source).parent, exercise.journal_path.parent, home()]
