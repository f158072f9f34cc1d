"""What the console may show of the portal and ask of it: where it is, the ways in, who is there.

Plain values and a few verbs: whoever shows them knows nothing of servers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import segno

from cyberex.exercise.clocks import Clocks
from cyberex.exercise.running import Exercise
from cyberex.facts.model import AccessKind
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.portal.addresses import is_local_only, urls
from cyberex.portal.app import portal_app
from cyberex.portal.audience import Audience, audience_of
from cyberex.portal.claims import Claims
from cyberex.portal.connections import open_files
from cyberex.portal.portal import Portal
from cyberex.portal.server import Binding, Server
from cyberex.portal.settings import bound_to

BORDER = 2
BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
ENOUGH_FILES = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A way in. `code` is said or typed, `url` holds it; `qr` is `url` as rows of half blocks, a
    dark module being a full one, its white border included."""

    kind: AccessKind
    cell: str = ""
    role: str = ""
    voice: str = ""
    code: str
    url: str
    qr: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A device whose pages follow the game now, since `since` (UTC)."""

    grant: str
    kind: AccessKind
    cell: str = ""
    role: str = ""
    voice: str = ""
    person: str = ""
    address: str
    since: datetime


async def nothing_to_do() -> None:
    """Where nobody asked for more."""


class Desk:
    """The portal of one exercise, from the first `start` to the last `stop`.

    `opened` and `closed` are awaited after it has started and once it no longer answers, however it
    ended: outboxes are theirs. A fault of ours goes to `report_bug` and closes the portal; the
    exercise goes on.
    """

    def __init__(
        self,
        exercise: Exercise,
        *,
        clocks: Clocks,
        binding: Binding,
        people: Callable[[], Sequence[Person]] = tuple,
        report_bug: Callable[[BaseException], object] = repr,
        opened: Callable[[], Awaitable[None]] = nothing_to_do,
        closed: Callable[[], Awaitable[None]] = nothing_to_do,
    ) -> None:
        self.portal = Portal(exercise, clocks=clocks, people=people, report_bug=report_bug)
        self._exercise, self._clocks = exercise, clocks
        self._usual = self._binding = binding
        self._report_bug = report_bug
        self._opened, self._closed = opened, closed
        self._server: Server | None = None
        self._watch: asyncio.Task[None] | None = None
        self._stopping = asyncio.Lock()
        self._qr: dict[str, tuple[str, ...]] = {}
        self._addresses: tuple[str, ...] = ()
        self.problem = ""

    @property
    def running(self) -> bool:
        return self._server is not None

    @property
    def addresses(self) -> Sequence[str]:
        """Where pages can be opened, the likeliest first; () when it is not running. As last
        found: see `find_addresses`."""
        return self._addresses if self._server else ()

    @property
    def elsewhere(self) -> str:
        """`HOST:PORT` while it is served at another address than the usual one; "" at that one."""
        binding, usual = self._binding, self._usual
        if self._server is None or (binding.host, binding.port) == (usual.host, usual.port):
            return ""
        host = f"[{binding.host}]" if ":" in binding.host else binding.host
        return f"{host}:{self._server.port}"

    async def find_addresses(self) -> None:
        """A network may have come or gone. In a thread: a name may take seconds to be looked up."""
        if self._server is not None:
            self._addresses = await asyncio.to_thread(urls, self._binding, self._server.port)

    @property
    def warnings(self) -> Sequence[str]:
        return tuple(self._warnings())

    @property
    def refusals(self) -> int:
        """Wrong codes, forged forms and the like, so far."""
        return self.portal.refusals.counts.total()

    def doors(self) -> Sequence[Door]:
        """Every way in, as good now: codes are renewed every ten minutes."""
        addresses = self.addresses
        return [self._door(audience, addresses[0]) for audience in self._audiences() if addresses]

    def connected(self) -> Sequence[Connected]:
        """Devices that follow now, who came first first; a device with two pages open counts
        once."""
        found: dict[tuple[str, str], Connected] = {}
        for stream in sorted(self.portal.hub.streams, key=lambda stream: stream.since):
            grant = stream.grant
            found.setdefault(
                (grant.grant, stream.address),
                Connected(
                    grant=grant.grant,
                    kind=grant.kind,
                    cell=grant.cell,
                    role=grant.role,
                    voice=grant.voice,
                    person=grant.person,
                    address=stream.address,
                    since=stream.since,
                ),
            )
        return tuple(found.values())

    async def start(self, address: str = "") -> None:
        """Serve at `address`, "": where it was served before, else as the settings say. UserError
        if it cannot be had. Harmless when it runs."""
        if self._server is not None:
            return
        binding = bound_to(self._binding, address)
        app = portal_app(self.portal, names=(*binding.names, binding.host))
        server = Server(app, binding, report_bug=self._report_bug)
        await server.start()
        self._binding, self._server, self.problem = binding, server, ""
        self.portal.secure = binding.secure
        self.portal.hub.abort = server.abort
        self._watch = asyncio.ensure_future(self._follow(server))
        await self.find_addresses()
        try:
            await self._opened()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Answer no more; every page is told that the connection is lost."""
        async with self._stopping:
            server, self._server = self._server, None
            if server is None:
                return
            self.portal.hub.close()
            await server.stop()
            if self._watch is not None and self._watch is not asyncio.current_task():
                await self._watch
            await self._closed()

    async def revoke(self, grant: str = "") -> None:
        """Close that access, "": all of them; their pages close. The code that let it in is good
        no more: it would let the same device in again."""
        known = self._exercise.board.access.grant(grant)
        if not grant or known is not None:
            self.portal.accesses.codes.withdraw(audience_of(known) if known else None)
        await self.portal.accesses.revoke(grant)

    async def link(self, audience: Audience, person: str) -> str:
        """The address of a personal link, to be sent to that person alone."""
        token = await self.portal.accesses.give(audience, person)
        return f"{self.addresses[0]}/l/{token}" if self.addresses else ""

    async def _follow(self, server: Server) -> None:
        """Until it stops; if it ends by itself, that is a problem to show."""
        following = asyncio.ensure_future(self.portal.hub.run())
        claims = asyncio.ensure_future(Claims(self._exercise, self._clocks, self.portal.hub).run())
        serving = asyncio.ensure_future(server.wait())
        tasks = (following, serving, claims)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            error = task.exception() if task.done() and not task.cancelled() else None
            if error is not None:
                self._report_bug(error)
        if self._server is server and not self._exercise.closed:
            self.problem = _("The portal stopped by itself: start it again.")
        self.portal.hub.close()
        serving.cancel()
        claims.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._server is server:
            try:
                await self.stop()
            except Exception as error:
                self._report_bug(error)

    def _door(self, audience: Audience, address: str) -> Door:
        code = self.portal.accesses.codes.code(audience).text
        url = f"{address}/j/{code}"
        if url not in self._qr:
            self._qr = {kept: rows for kept, rows in self._qr.items() if kept.startswith(address)}
            self._qr[url] = qr_rows(url)
        return Door(
            kind=audience.kind,
            cell=audience.cell,
            role=audience.role,
            voice=audience.voice,
            code=code,
            url=url,
            qr=self._qr[url],
        )

    def _audiences(self) -> Iterator[Audience]:
        """Each cell, then its roles, then its observers; the voices of the animation; the wall."""
        plan = self._exercise.plan
        for cell in plan.cells:
            yield Audience(AccessKind.PLAYER, cell)
            for role in plan.roles.values():
                if role.cell == cell:
                    yield Audience(AccessKind.PLAYER, cell, role.id)
            yield Audience(AccessKind.OBSERVER, cell)
        for voice in self._exercise.board.casting.voices:
            yield Audience(AccessKind.ANIMATOR, voice=voice)
        yield Audience(AccessKind.WALL)

    def _warnings(self) -> Iterator[str]:
        if self._server is None:
            return
        if is_local_only(self._binding):
            yield _("Only this machine can open these pages.")
        elif not self._binding.secure:
            yield _("Without a certificate: on the animation's own isolated network only.")
        most = open_files()
        if most is not None and most < ENOUGH_FILES:
            yield _("This terminal allows {count} open files: type ulimit -n 4096 first.").format(
                count=most
            )


def qr_rows(text: str) -> tuple[str, ...]:
    """A QR code as rows of half blocks: two rows of modules a line."""
    rows = [
        [bool(module) for module in row]
        for row in segno.make(text, micro=False, error="l").matrix_iter(border=BORDER)
    ]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return tuple(
        "".join(BLOCKS[pair] for pair in zip(above, below, strict=True))
        for above, below in zip(rows[::2], rows[1::2], strict=True)
    )
