"""Erase what a person may ask to have erased: the directory's contacts, the texts that were typed.

The chain stays whole: it holds ids and salted digests only, and says what was erased.
"""

import sqlite3
from pathlib import Path

from cyberex.facts.exercise_events import ContactsErased, TextErased
from cyberex.facts.model import Batch, Event
from cyberex.facts.people import Person
from cyberex.journal.faults import not_swept, unknown_person
from cyberex.journal.reader import JournalReader
from cyberex.journal.store import Journal
from cyberex.journal.writing import NO_TEXTS

FORGETTING = "forget"
"""Cause of the events that say what was erased."""


def forget(
    path: Path,
    *,
    contacts: bool = False,
    person: str | None = None,
    texts: bool = False,
    wall_at: str,
) -> int:
    """Erase everybody's contacts, or one person's, or every typed text; how many people and
    texts had something to erase. The file is then rewritten so that no byte of it remains.

    JournalError if the journal is being written, `person` is not in it, or somebody who reads
    keeps old pages alive; ValueError if nothing is asked.
    """
    if not (contacts or texts) and person is None:
        raise ValueError("nothing to forget")
    with Journal.open(path) as journal:
        with JournalReader(journal.path) as reader:
            sim_ms = max(reader.clock()[0], reader.last().sim_ms)
            people = reader.people()
            refs = tuple(reader.text_refs()) if texts else ()
        chosen = _chosen(journal.path, people, contacts=contacts, person=person)
        erased = _with_contacts(chosen, people)
        events: list[Event] = []
        if erased:
            events.append(ContactsErased(people=() if contacts else tuple(erased)))
        if refs:
            events.append(TextErased(texts=refs))

        def erase(db: sqlite3.Connection) -> None:
            _erase_contacts(db, chosen, people)
            db.executemany("DELETE FROM texts WHERE ref = ?", [(ref,) for ref in refs])

        if events:
            batch = Batch(sim_ms, FORGETTING, tuple(events))
            journal.append_with(batch, wall_at, NO_TEXTS, erase)
        swept = journal.sweep()
    if not swept:
        raise not_swept(journal.path)
    return len(erased) + len(refs)


def to_forget(
    path: Path, *, contacts: bool = False, person: str | None = None, texts: bool = False
) -> tuple[int, int]:
    """How many people and how many texts `forget` would erase, asked the same.

    JournalError if the journal cannot be read, or `person` is not in it.
    """
    with JournalReader(path) as reader:
        people = reader.people()
        refs = reader.text_refs() if texts else []
    chosen = _chosen(path, people, contacts=contacts, person=person)
    return len(_with_contacts(chosen, people)), len(refs)


def _chosen(
    path: Path, people: list[Person], *, contacts: bool, person: str | None
) -> list[Person]:
    if person is not None and person not in {known.id for known in people}:
        raise unknown_person(path, person)
    return [known for known in people if contacts or known.id == person]


def _with_contacts(chosen: list[Person], people: list[Person]) -> list[str]:
    """The ids of those of `chosen` about whom something would be erased."""
    named = _names_as_stand_in(chosen, people)
    return [
        person.id
        for person in chosen
        if person.name or person.phone or person.mobile or person.email or person.stand_in in named
    ]


def _names_as_stand_in(chosen: list[Person], people: list[Person]) -> set[str]:
    """What stands where a stand-in's id should be, and names somebody: erased with the rest."""
    ids = {person.id for person in people}
    if len(chosen) == len(people):
        return {person.stand_in for person in people} - ids - {""}
    return {person.name for person in chosen} - ids - {""}


def _erase_contacts(db: sqlite3.Connection, chosen: list[Person], people: list[Person]) -> None:
    for name in _names_as_stand_in(chosen, people):
        db.execute("UPDATE people SET stand_in = '' WHERE stand_in = ?", (name,))
    db.executemany(
        "UPDATE people SET name = '', phone = '', mobile = '', email = '' WHERE id = ?",
        [(person.id,) for person in chosen],
    )
