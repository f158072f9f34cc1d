"""What the command line hands the console from the rooms that the console may not enter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from cyberex.cli.app import log_bug
from cyberex.cli.journals import state_word
from cyberex.cli.loading import locate, make_ready
from cyberex.cli.papers import rest_on_paper
from cyberex.cli.past import past_game_of
from cyberex.cli.places import home, journals
from cyberex.console.services import ConsoleServices, JournalChoice, KitChoice, StartChoices
from cyberex.documents.log import log_markdown
from cyberex.documents.report import write_report
from cyberex.exercise.running import Exercise
from cyberex.i18n import _
from cyberex.journal.reader import JournalReader
from cyberex.journal.summaries import JournalSummary, summaries
from cyberex.scenario.kits import listed, package_roots

KEEP_CONTACTS, KEEP_TEXTS = timedelta(days=92), timedelta(days=365)
"""How long names and numbers, then what was typed, are kept unless somebody decides otherwise:
three months and a year."""


def console_services(exercise: Exercise, *, tabletop: bool = False) -> ConsoleServices:
    """People, report, paper and bug log of one exercise."""
    journal = exercise.journal_path
    with JournalReader(journal) as reader:
        people = reader.people()
    return ConsoleServices(
        write_report=partial(_write_report, journal),
        report_dir=journal.parent / f"{journal.stem}-retex",
        people=lambda: people,
        log_bug=log_bug,
        rest_on_paper=partial(rest_on_paper, journal, journal.parent),
        tabletop=tabletop,
    )


def _write_report(journal: Path, folder: Path) -> Sequence[Path]:
    with past_game_of(journal) as game:
        return write_report(game, folder)


def start_choices(now: datetime) -> StartChoices:
    """Every kit that can be played and every exercise on this machine; `now` tells which of them
    hold personal data past their time."""
    kits = [
        KitChoice(item.id, found.sector or "", _title(found.path), item.id)
        for item in listed([home(), *package_roots()])
        if item.kind == "kit"
        for found in locate(str(item.path), None)
    ]
    past = [
        JournalChoice(
            path=item.path,
            title=item.title or item.path.name,
            created=_when(item.created_wall),
            state=item.problem or state_word(item.state),
            open=not item.problem and item.state != "closed",
            reminder=reminder(item, now),
        )
        for item in summaries(journals())
    ]
    return StartChoices(tuple(kits), tuple(past), _read_log)


def reminder(item: JournalSummary, now: datetime) -> str:
    """What of an exercise should have been erased by `now`, and how; "" if nothing."""
    if item.problem or not item.created_wall:
        return ""
    age = now - datetime.fromisoformat(item.created_wall)
    if age < KEEP_CONTACTS:
        return ""
    options = []
    with JournalReader(item.path) as reader:
        if any(person.name or person.phone or person.mobile for person in reader.people()):
            options.append("--contacts")
        if age >= KEEP_TEXTS and reader.text_refs():
            options.append("--texts")
    if not options:
        return ""
    return _("personal data past their time: cyberex forget {journal} {options}").format(
        journal=item.path.name, options=" ".join(options)
    )


def _title(path: Path) -> str:
    from cyberex.scenario.kits import Found

    ready = make_ready(Found(path.stem, path))
    return ready.scenario.title if ready.scenario else path.stem


def _when(created_wall: str) -> str:
    return f"{datetime.fromisoformat(created_wall):%d/%m/%Y %H:%M}" if created_wall else "?"


def _read_log(journal: Path) -> Sequence[str]:
    with past_game_of(journal) as game:
        return log_markdown(game).splitlines()
