"""`sheets` and `papers`: what the animation prints, before the exercise or in the middle of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.authoring import ready_or_exit
from cyberex.cli.places import JOURNAL_SUFFIX
from cyberex.cli.printing import say
from cyberex.errors import UserError
from cyberex.i18n import _

if TYPE_CHECKING:
    from cyberex.documents.sheets_game import PaperGame

JOURNAL_BEGINS = b"SQLite format 3\0"

What = Annotated[
    str,
    typer.Argument(
        metavar="JOURNAL|EXERCISE", help=_("a journal, an exercise folder, a kit or a scenario")
    ),
]
To = Annotated[Path, typer.Option("--to", help=_("the folder to write into"))]
Sector = Annotated[str | None, typer.Option("--sector", help=_("es or esms"))]
PeopleFile = Annotated[
    Path | None, typer.Option("--people", help=_("the facility's own people file"))
]
Settings = Annotated[list[str] | None, typer.Option("--set", help=_("name=value for a variable"))]


def sheets(
    what: What, to: To, sector: Sector = None, people: PeopleFile = None, settings: Settings = None
) -> None:
    """Write one sheet an animator and one for the head of animation."""
    from cyberex.documents.sheets import write_sheets

    with _game_of(what, sector, people, settings, printing="sheets") as game:
        for path in write_sheets(game, to):
            say(str(path))


def papers(
    what: What,
    to: To,
    sector: Sector = None,
    people: PeopleFile = None,
    settings: Settings = None,
    notice: Annotated[
        Path | None, typer.Option("--notice", help=_("a text on personal data, instead of ours"))
    ] = None,
) -> None:
    """Write the papers around the game: attendance, lists to ring, checks, notice."""
    from cyberex.documents.papers import write_papers

    text = _notice(notice, what)
    with _game_of(what, sector, people, settings, printing="papers") as game:
        for path in write_papers(game, to, text):
            say(str(path))


def rest_on_paper(journal: Path, folder: Path) -> Path:
    """What remains of an exercise on one page, in a new sub-folder of `folder`: for the console's
    key, whatever state the exercise is in."""
    from cyberex.documents.sheets import write_rest_on_paper

    with _game_of_journal(journal) as game:
        return write_rest_on_paper(game, folder)


@contextmanager
def _game_of(
    what: str,
    sector: str | None,
    people: Path | None,
    settings: list[str] | None,
    *,
    printing: str,
) -> "Iterator[PaperGame]":
    """The exercise that `what` names. Once it is printed, its folder remembers which version."""
    from cyberex.cli.loading import values_of
    from cyberex.cli.playing import sector_asked
    from cyberex.documents.sheets_game import game_to_come
    from cyberex.exercise.clocks import SystemClocks

    if _is_journal(Path(what)):
        if sector or people or settings:
            raise UserError(
                _("a journal holds its own scenario and people."),
                _("Leave out --sector, --people and --set."),
            )
        with _game_of_journal(Path(what)) as game:
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
        from cyberex.scenario.facility.printed import note_printed

        note_printed(ready.found.exercise.parent, printing, now.isoformat(timespec="seconds"))


@contextmanager
def _game_of_journal(journal: Path) -> "Iterator[PaperGame]":
    from cyberex.cli.past import past_game_of
    from cyberex.documents.sheets_game import game_as_it_stands
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.journal.reader import JournalReader

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


def _notice(path: Path | None, what: str) -> str:
    """The notice given, else the one of the exercise's own folder, else "" for ours."""
    from cyberex.cli.preparing import NOTICE

    own = Path(what) / NOTICE
    chosen = path or (own if own.is_file() else None)
    if chosen is None:
        return ""
    try:
        return chosen.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("the notice '{path}' cannot be read: {reason}.").format(path=chosen, reason=error),
            _("Save it as UTF-8."),
        ) from error
