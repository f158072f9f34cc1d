"""What the console is handed from rooms it may not import: people, clocks, report, kits, journals.

The command line builds these; tests give their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cyberex.exercise.clocks import Clocks, SystemClocks
from cyberex.facts.people import Person


def nobody() -> Sequence[Person]:
    return ()


def no_log(_: BaseException) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleServices:
    """`write_report` writes the debrief log into a folder and says which files (off the event
    loop: it may take its time). `log_bug` keeps a bug's traceback and returns where."""

    write_report: Callable[[Path], Sequence[Path]]
    report_dir: Path
    people: Callable[[], Sequence[Person]] = nobody
    clocks: Clocks = field(default_factory=SystemClocks)
    log_bug: Callable[[BaseException], str] = no_log


@dataclass(frozen=True, slots=True)
class KitChoice:
    """A scenario that can be played now: `argument` is what `cyberex play` would be given."""

    argument: str
    sector: str
    title: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class JournalChoice:
    """An exercise on disk. `open`: it can be resumed; else it can only be read."""

    path: Path
    title: str
    created: str
    state: str
    open: bool


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
