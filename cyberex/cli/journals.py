"""`list`, `verify`, `log`, `report`, `forget`: what is on disk, and what it says."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cyberex.cli.places import journals
from cyberex.cli.playing import is_terminal
from cyberex.cli.printing import harmless, say, tell
from cyberex.errors import UserError
from cyberex.i18n import _, ngettext
from cyberex.times import format_clock

JournalPath = Annotated[Path, typer.Argument(help=_("the journal of an exercise"))]


class LogFormat(StrEnum):
    MD = "md"
    CSV = "csv"
    JSONL = "jsonl"


def state_word(state: str) -> str:
    """The state of a journal, in the language in use."""
    return {
        "ready": _("ready"),
        "briefing": _("briefing"),
        "play": _("in play"),
        "debrief": _("debrief"),
        "closed": _("closed"),
    }.get(state, state)


def list_journals(
    folder: Annotated[Path | None, typer.Argument(help=_("another folder than yours"))] = None,
) -> None:
    """List the exercises on this machine, the latest first."""
    from cyberex.journal.summaries import summaries

    place = folder or journals()
    found = summaries(place)
    if not found:
        tell(_("no exercise in {folder}").format(folder=place))
        return
    for item in found:
        if item.problem:
            tell(f"{item.path}\n    {item.problem}")
            continue
        created = datetime.fromisoformat(item.created_wall)
        rehearsal = _("rehearsal")
        mark = f"  [{rehearsal}]" if item.rehearsal else ""
        tell(
            f"{item.path}\n    {created:%Y-%m-%d %H:%M}  {item.title}  "
            f"{state_word(item.state)}  {format_clock(item.last_sim_ms)}{mark}"
        )


def verify(journal: JournalPath) -> None:
    """Prove that a journal is whole and that its commands play the same game again."""
    from cyberex.exercise.verify import verify as verified

    report = verified(journal)
    for sentence in report.sentences():
        tell(sentence)
    if not report.ok:
        raise typer.Exit(1)


def log(
    journal: JournalPath,
    shape: Annotated[LogFormat, typer.Option("--format", help=_("md, csv or jsonl"))] = (
        LogFormat.MD
    ),
) -> None:
    """Print the log of an exercise."""
    if shape is LogFormat.JSONL:
        from cyberex.exercise.lines import line_of
        from cyberex.journal.reader import JournalReader

        with JournalReader(journal) as reader:
            for recorded in reader.events():
                say(line_of(recorded))
        return
    from cyberex.cli.past import past_game_of
    from cyberex.documents.log import log_csv, log_markdown

    with past_game_of(journal) as game:
        text = log_csv(game) if shape is LogFormat.CSV else log_markdown(game)
    say(text.rstrip("\n"))


def report(
    journal: JournalPath,
    to: Annotated[Path, typer.Option("--to", help=_("the folder to write into"))],
) -> None:
    """Write the hot-debrief report, as Markdown and HTML."""
    from cyberex.cli.past import past_game_of
    from cyberex.documents.report import write_report

    with past_game_of(journal) as game:
        for path in write_report(game, to):
            tell(str(path))


def forget(
    journal: JournalPath,
    contacts: Annotated[
        bool, typer.Option("--contacts", help=_("everybody's name, phone and mail"))
    ] = False,
    person: Annotated[
        str | None, typer.Option("--person", help=_("those of one person, by id"))
    ] = None,
    texts: Annotated[bool, typer.Option("--texts", help=_("every text somebody typed"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("erase without asking again"))] = False,
) -> None:
    """Erase personal data for good; the journal stays whole and verifiable."""
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.exercise.play import utc_text
    from cyberex.journal.forget import forget as erase
    from cyberex.journal.forget import to_forget

    if not (contacts or person or texts):
        raise UserError(
            _("nothing to forget was named."), _("Add --contacts, --person ID or --texts.")
        )
    if not yes and is_terminal(sys.stdin):
        _agree(journal, *to_forget(journal, contacts=contacts, person=person, texts=texts))
    wall_at = utc_text(SystemClocks().wall())
    count = erase(journal, contacts=contacts, person=person, texts=texts, wall_at=wall_at)
    tell(ngettext("{count} item erased", "{count} items erased", count).format(count=count))


def _agree(journal: Path, people: int, texts: int) -> None:
    """Ask once, naming what goes; typer.Abort unless the answer is yes."""
    parts = []
    if people:
        parts.append(
            ngettext(
                "the name, phones and mail of {count} person",
                "the names, phones and mails of {count} people",
                people,
            ).format(count=people)
        )
    if texts:
        parts.append(
            ngettext("{count} typed text", "{count} typed texts", texts).format(count=texts)
        )
    if not parts:
        return
    question = _("Erase for good from {journal}: {what}? (y/n)").format(
        journal=harmless(journal.name), what=", ".join(parts)
    )
    answer: str = typer.prompt(question, default="n")
    if answer.strip().lower() not in {"y", "yes", "o", "oui"}:
        tell(_("Nothing was erased."))
        raise typer.Abort
