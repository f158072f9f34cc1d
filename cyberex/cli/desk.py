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
from cyberex.errors import UserError
from cyberex.exercise.running import Exercise
from cyberex.i18n import _
from cyberex.journal.reader import JournalReader
from cyberex.journal.summaries import JournalSummary, summaries
from cyberex.scenario.facility.folder import EXERCISE
from cyberex.scenario.facility.model import Facility
from cyberex.scenario.kits import listed, package_roots
from cyberex.scenario.people import is_placeholder
from cyberex.scenario.typed import read_model

KEEP_CONTACTS, KEEP_TEXTS = 3, 12
"""For how many months names and numbers, then what was typed, are kept unless the exercise's own
notice says otherwise."""
MONTH = timedelta(days=30.5)


def console_services(exercise: Exercise, *, tabletop: bool = False) -> ConsoleServices:
    """People, report, paper and bug log of one exercise."""
    journal = exercise.journal_path
    with JournalReader(journal) as reader:
        people = reader.people()
    own = facility_of(Path(exercise.created.source))
    return ConsoleServices(
        write_report=partial(_write_report, journal),
        report_dir=journal.parent / f"{journal.stem}-retex",
        people=lambda: people,
        log_bug=log_bug,
        rest_on_paper=partial(rest_on_paper, journal, journal.parent),
        tabletop=tabletop,
        code_word=known(own.code_word) if own else "",
        stop_words=known(own.stop_words) if own else "",
    )


def facility_of(source: Path) -> Facility | None:
    """What the folder of a scenario says of its exercise; None if it is a kit's, or gone."""
    settings = source.parent / EXERCISE
    try:
        return read_model(settings, Facility).value if settings.is_file() else None
    except (OSError, UserError):
        return None


def known(text: str) -> str:
    """ "" for what is still to be completed."""
    return "" if is_placeholder(text) else text


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
    options = []
    with JournalReader(item.path) as reader:
        own = facility_of(Path(reader.created.source))
        contacts = own.data_notice.keep_contacts_months if own else KEEP_CONTACTS
        texts = own.data_notice.keep_texts_months if own else KEEP_TEXTS
        if age >= _lasting(contacts) and any(
            person.name or person.phone or person.mobile for person in reader.people()
        ):
            options.append("--contacts")
        if age >= _lasting(texts) and reader.text_refs():
            options.append("--texts")
    if not options:
        return ""
    return _("personal data past their time: cyberex forget {journal} {options}").format(
        journal=item.path.name, options=" ".join(options)
    )


def _lasting(months: int) -> timedelta:
    """Till the end of the day, for none."""
    return max(timedelta(days=1), months * MONTH)


def _title(path: Path) -> str:
    from cyberex.scenario.kits import Found

    ready = make_ready(Found(path.stem, path))
    return ready.scenario.title if ready.scenario else path.stem


def _when(created_wall: str) -> str:
    return f"{datetime.fromisoformat(created_wall):%d/%m/%Y %H:%M}" if created_wall else "?"


def _read_log(journal: Path) -> Sequence[str]:
    with past_game_of(journal) as game:
        return log_markdown(game).splitlines()
