"""An exercise as animation papers want it: from a journal, or from what is to be played."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from cyberex.cli.authoring import ready_or_exit
from cyberex.cli.loading import values_of
from cyberex.cli.past import past_game_of
from cyberex.cli.places import JOURNAL_SUFFIX
from cyberex.cli.playing import sector_asked
from cyberex.documents.sheets_game import PaperGame, game_as_it_stands, game_to_come
from cyberex.errors import UserError
from cyberex.exercise.clocks import SystemClocks
from cyberex.i18n import _
from cyberex.journal.reader import JournalReader
from cyberex.scenario.facility.printed import note_printed

JOURNAL_BEGINS = b"SQLite format 3\0"


@contextmanager
def game_of(
    what: str,
    sector: str | None,
    people: Path | None,
    settings: list[str] | None,
    *,
    printing: str,
) -> Iterator[PaperGame]:
    """The exercise that `what` names. Once it is printed, its folder remembers which version."""
    if _is_journal(Path(what)):
        if sector or people or settings:
            raise UserError(
                _("a journal holds its own scenario and people."),
                _("Leave out --sector, --people and --set."),
            )
        with game_of_journal(Path(what)) as game:
            yield game
        return
    values = values_of(settings or [])
    ready = ready_or_exit(what, sector or sector_asked(what), overrides=values, people=people)
    if ready.plan is None or ready.scenario is None:
        raise typer.Exit(1)
    now = SystemClocks().room()
    facility = ready.facility.facility if ready.facility else ""
    yield game_to_come(
        ready.plan,
        ready.people,
        now,
        facility=facility or ready.scenario.variables.get("structure", ""),
    )
    if ready.found.exercise is not None and not (people or values):
        note_printed(ready.found.exercise.parent, printing, now.isoformat(timespec="seconds"))


@contextmanager
def game_of_journal(journal: Path) -> Iterator[PaperGame]:
    with JournalReader(journal) as reader:
        sim_ms, _wall_at = reader.clock()
    with past_game_of(journal) as past:
        yield game_as_it_stands(past, sim_ms, SystemClocks().room())


def _is_journal(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            begins = file.read(len(JOURNAL_BEGINS))
    except OSError:
        return path.suffix == JOURNAL_SUFFIX
    return begins == JOURNAL_BEGINS or path.suffix == JOURNAL_SUFFIX
