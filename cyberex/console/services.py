"""What the console is handed from rooms it may not import: people, clocks, report, kits, journals.

The command line builds these; tests give their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks, SystemClocks
from cyberex.facts.model import AccessKind
from cyberex.facts.people import Person
from cyberex.i18n import _


def nobody() -> Sequence[Person]:
    return ()


def no_log(_: BaseException) -> str:
    return ""


def no_paper() -> Path:
    raise UserError(_("nothing can be printed from here."))


class Audience(Protocol):
    """For whom an access is: which of `cell`, `role` and `voice` count depends on `kind`."""

    @property
    def kind(self) -> AccessKind: ...
    @property
    def cell(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def voice(self) -> str: ...


class Door(Audience, Protocol):
    """A way into the portal. `code` is said or typed, `url` holds it, `qr` is `url` as rows of
    half blocks, a dark module being a full one, its white border included."""

    @property
    def code(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def qr(self) -> tuple[str, ...]: ...


class Connected(Audience, Protocol):
    """A device whose pages follow the game now, since `since` (UTC)."""

    @property
    def grant(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def since(self) -> datetime: ...


class PortalDesk(Protocol):
    """The participants' pages, switched from the console. `problem` says why they died, "" if they
    did not; `warnings` what is to be known of the way they are served; `refusals` counts wrong
    codes and the like. `doors` may change every minute: codes are short-lived."""

    @property
    def running(self) -> bool: ...
    @property
    def problem(self) -> str: ...
    @property
    def addresses(self) -> Sequence[str]: ...
    @property
    def elsewhere(self) -> str:
        """`HOST:PORT` where it is served if that is not the usual address, else ""."""

    @property
    def warnings(self) -> Sequence[str]: ...
    @property
    def refusals(self) -> int: ...
    def doors(self) -> Sequence[Door]: ...
    def connected(self) -> Sequence[Connected]: ...
    async def start(self, address: str = "") -> None:
        """`address` "": the one it was started with before, else the usual one. UserError if it
        cannot be had."""

    async def stop(self) -> None:
        """What nobody acknowledged goes back to the call sheets."""

    async def revoke(self, grant: str = "") -> None:
        """That access, or all of them; their pages close."""


class MailDesk(Protocol):
    """What leaves by mail. `configured`: a server is known; until the director confirms, messages
    are written to `folder` ("": nowhere). `problem`: what goes wrong now, "" if nothing."""

    @property
    def configured(self) -> bool: ...
    @property
    def folder(self) -> str: ...
    @property
    def problem(self) -> str: ...
    async def start_test(self, people: Sequence[str]) -> None:
        """Send every one of `people` (ids) a message by each of their ways."""

    async def let_leave(self) -> None:
        """Open mail again, after it was stopped, for all who can be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleServices:
    """`write_report` writes the debrief log into a folder and says which files, `rest_on_paper`
    what remains to be played and says where (both off the event loop: they may take their time).
    `log_bug` keeps a bug's traceback and returns where. `tabletop`: one animator sits among the
    players and reads everything out; the future is not shown. `portal`, `mail`: None where the
    program was started without. `code_word` opens every call, `stop_words` end the game for real,
    as the facility chose them; "": it did not."""

    write_report: Callable[[Path], Sequence[Path]]
    report_dir: Path
    people: Callable[[], Sequence[Person]] = nobody
    clocks: Clocks = field(default_factory=SystemClocks)
    log_bug: Callable[[BaseException], str] = no_log
    rest_on_paper: Callable[[], Path] = no_paper
    tabletop: bool = False
    portal: PortalDesk | None = None
    mail: MailDesk | None = None
    code_word: str = ""
    stop_words: str = ""


@dataclass(frozen=True, slots=True)
class KitChoice:
    """A scenario that can be played now: `argument` is what `cyberex play` would be given."""

    argument: str
    sector: str
    title: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class JournalChoice:
    """An exercise on disk. `open`: it can be resumed; else it can only be read. `reminder` says
    which personal data are past their time, "" if none."""

    path: Path
    title: str
    created: str
    state: str
    open: bool
    reminder: str = ""


@dataclass(frozen=True, slots=True)
class StartChoices:
    """What the start screen offers. `read_log` gives a past exercise's log, line by line."""

    kits: tuple[KitChoice, ...]
    journals: tuple[JournalChoice, ...]
    read_log: Callable[[Path], Sequence[str]]


class StartKind(StrEnum):
    PLAY = "play"
    RESUME = "resume"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class StartAnswer:
    kind: StartKind
    kit: KitChoice | None = None
    journal: Path | None = None
