"""What the console is handed from rooms it may not import: people, clocks, report, kits, journals.

The command line builds these; tests give their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks, SystemClocks
from cyberex.facts.people import Person
from cyberex.i18n import _


def nobody() -> Sequence[Person]:
    return ()


def no_log(_: BaseException) -> str:
    return ""


def no_paper() -> Path:
    raise UserError(_("nothing can be printed from here."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleServices:
    """`write_report` writes the debrief log into a folder and says which files, `rest_on_paper`
    what remains to be played and says where (both off the event loop: they may take their time).
    `log_bug` keeps a bug's traceback and returns where. `tabletop`: one animator sits among the
    players and reads everything out; the future is not shown."""

    write_report: Callable[[Path], Sequence[Path]]
    report_dir: Path
    people: Callable[[], Sequence[Person]] = nobody
    clocks: Clocks = field(default_factory=SystemClocks)
    log_bug: Callable[[BaseException], str] = no_log
    rest_on_paper: Callable[[], Path] = no_paper
    tabletop: bool = False


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
