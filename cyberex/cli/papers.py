"""`sheets` and `papers`: what the animation prints, before the exercise or in the middle of it."""

from pathlib import Path
from typing import Annotated

import typer

from cyberex.cli.printing import say
from cyberex.errors import UserError
from cyberex.i18n import _

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
    from cyberex.cli.paper_games import game_of
    from cyberex.documents.sheets import write_sheets

    with game_of(what, sector, people, settings, printing="sheets") as game:
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
    from cyberex.cli.paper_games import game_of
    from cyberex.documents.papers import write_papers

    text = _notice(notice, what)
    with game_of(what, sector, people, settings, printing="papers") as game:
        for path in write_papers(game, to, text):
            say(str(path))


def rest_on_paper(journal: Path, folder: Path) -> Path:
    """What remains of an exercise on one page, in a new sub-folder of `folder`: for the console's
    key, whatever state the exercise is in."""
    from cyberex.cli.paper_games import game_of_journal
    from cyberex.documents.sheets import write_rest_on_paper

    with game_of_journal(journal) as game:
        return write_rest_on_paper(game, folder)


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
