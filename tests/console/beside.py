"""A portal and a mail service for tests of the console: they hold what the test gives them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cyberex.errors import UserError
from cyberex.facts.model import AccessKind
from tests.console.seat import SCENARIO

QR = tuple("█▀" * 17 for _row in range(17))

WRITTEN = SCENARIO.replace(
    "milestones:",
    "  - {id: mail, title: Messagerie, kind: email, fallback: mobile}\n"
    "  - {id: sms, title: SMS, kind: sms}\nmilestones:",
).replace(
    "  - {id: s03,",
    "  - {id: m01, at: T+2, from: press, to: [crisis], via: mail, title: Un courriel,"
    " text: Exercice. Ligne écrite.}\n"
    "  - {id: m02, at: T+3, from: press, to: [care], via: sms, title: Un SMS, text: Exercice.}\n"
    "  - {id: s03,",
)
"""The scenario of the other tests, with two written messages in its first minutes."""


@dataclass(frozen=True)
class FakeDoor:
    kind: AccessKind
    code: str
    cell: str = ""
    role: str = ""
    voice: str = ""
    qr: tuple[str, ...] = QR

    @property
    def url(self) -> str:
        return f"http://192.0.2.7:8765/j/{self.code}"


@dataclass(frozen=True)
class FakeConnected:
    grant: str
    kind: AccessKind = AccessKind.PLAYER
    cell: str = "crisis"
    role: str = ""
    voice: str = ""
    person: str = ""
    address: str = "192.0.2.31"
    since: datetime = datetime(2026, 1, 12, 8, 1, tzinfo=UTC)


DOORS = (
    FakeDoor(AccessKind.PLAYER, "ABCD2345", cell="crisis"),
    FakeDoor(AccessKind.PLAYER, "EFGH2345", cell="crisis", role="it"),
    FakeDoor(AccessKind.PLAYER, "JKMN2345", cell="care"),
    FakeDoor(AccessKind.OBSERVER, "PQRS2345", cell="care"),
    FakeDoor(AccessKind.ANIMATOR, "TUVW2345", voice="animator-1"),
    FakeDoor(AccessKind.WALL, "XYZA2345"),
)


@dataclass
class FakePortal:
    running: bool = True
    problem: str = ""
    refusals: int = 0
    busy: str = ""
    elsewhere: str = ""
    there: list[FakeConnected] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    warnings: tuple[str, ...] = ("Sans certificat.", "Un autre avertissement.")
    ways: tuple[FakeDoor, ...] = DOORS

    @property
    def addresses(self) -> Sequence[str]:
        return ("http://192.0.2.7:8765",) if self.running else ()

    def doors(self) -> Sequence[FakeDoor]:
        return self.ways

    def connected(self) -> Sequence[FakeConnected]:
        return self.there

    async def start(self, address: str = "") -> None:
        if self.busy:
            raise UserError(self.busy)
        self.started.append(address)
        self.running, self.problem = True, ""

    async def stop(self) -> None:
        self.running = False

    async def revoke(self, grant: str = "") -> None:
        if self.busy:
            raise UserError(self.busy)
        self.revoked.append(grant)


@dataclass
class FakeMail:
    configured: bool = True
    folder: str = "/tmp/courriels"
    problem: str = ""
    tested: list[tuple[str, ...]] = field(default_factory=list)
    opening: Callable[[], Awaitable[object]] | None = None

    async def let_leave(self) -> None:
        if self.opening is not None:
            await self.opening()

    async def start_test(self, people: Sequence[str]) -> None:
        self.tested.append(tuple(people))
