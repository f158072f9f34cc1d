"""What is forgotten is in no byte of the file any more, and the chain is still whole."""

from pathlib import Path

import pytest

from cyberex.facts.animation_events import ContactAnswered
from cyberex.facts.delivery_commands import ReplyToContact, WriteCellLine
from cyberex.facts.delivery_events import CellLineWritten
from cyberex.facts.exercise_events import ContactsErased, TextErased
from cyberex.facts.model import Batch, CellLineKind, Request
from cyberex.facts.people import Person
from cyberex.journal.chain import salted
from cyberex.journal.faults import JournalError, JournalProblem
from cyberex.journal.forget import forget, to_forget
from cyberex.journal.reader import JournalReader
from cyberex.journal.store import Journal
from cyberex.journal.verify import verify_chain
from tests.journal.journals import (
    PEOPLE,
    SAID,
    WALL,
    add_note,
    created,
    new_journal,
    note,
    three_events,
)

LATER = "2026-04-10T09:00:00Z"
CONTACTS_1 = ("Quintard", "0199887766", "0699887755", "zoe.quintard")
CONTACTS_2 = ("Vraincourt", "0155443322")


def remaining(path: Path, *words: str) -> list[str]:
    """Which of these words stand in the bytes of the journal or of a file beside it."""
    content = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    return [word for word in words if word.encode() in content]


def test_the_words_looked_for_are_in_the_file_before(tmp_path: Path) -> None:
    words = (*CONTACTS_1, *CONTACTS_2, SAID)
    assert remaining(three_events(tmp_path), *words) == list(words)


def test_forgetting_contacts_leaves_no_byte_of_them(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    assert forget(path, contacts=True, wall_at=LATER) == 2
    assert remaining(path, *CONTACTS_1, *CONTACTS_2) == []
    assert remaining(path, SAID) == [SAID]


def test_what_would_be_erased_is_counted_and_nothing_is_erased(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    assert to_forget(path, contacts=True, texts=True) == (2, 1)
    assert to_forget(path, person="p1") == (1, 0)
    assert remaining(path, *CONTACTS_1, SAID) == [*CONTACTS_1, SAID]
    forget(path, contacts=True, wall_at=LATER)
    assert to_forget(path, contacts=True, texts=True) == (0, 1)


def test_forgetting_contacts_keeps_ids_and_functions_and_is_recorded(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    forget(path, contacts=True, wall_at=LATER)
    with JournalReader(path) as reader:
        assert [(one.id, one.function, one.name) for one in reader.people()] == [
            ("p1", "Directrice", ""),
            ("p2", "DSI", ""),
        ]
        last = reader.last()
    assert (last.event, last.wall_at, last.sim_ms) == (ContactsErased(people=()), LATER, 1000)
    assert verify_chain(path).ok


def test_forgetting_one_person_leaves_the_others(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    assert forget(path, person="p1", wall_at=LATER) == 1
    assert remaining(path, *CONTACTS_1, *CONTACTS_2) == list(CONTACTS_2)
    with JournalReader(path) as reader:
        assert reader.last().event == ContactsErased(people=("p1",))
        assert reader.people()[0].stand_in == "p2"
        assert reader.people()[1] == PEOPLE[1]
    assert verify_chain(path).ok


def test_forgetting_texts_leaves_no_byte_of_them_and_the_chain_whole(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with JournalReader(path) as reader:
        (ref,) = reader.text_refs()
    assert forget(path, texts=True, wall_at=LATER) == 1
    assert remaining(path, SAID, "Barnab") == []
    with JournalReader(path) as reader:
        assert reader.text(ref) is None
        assert reader.last().event == TextErased(texts=(ref,))
    assert verify_chain(path).ok


def test_long_texts_and_many_of_them_leave_no_byte(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with Journal.open(path) as journal:
        for number in range(120):
            add_note(journal, f"secret-{number} " + "confidentiel " * (number * 9), number)
    assert forget(path, texts=True, wall_at=LATER) == 121
    assert remaining(path, "secret-", "confidentiel") == []
    assert verify_chain(path).ok


def test_everything_can_be_forgotten_in_one_transaction(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    assert forget(path, contacts=True, texts=True, wall_at=LATER) == 3
    assert remaining(path, *CONTACTS_1, *CONTACTS_2, SAID) == []
    assert verify_chain(path).events == 5


def test_forgetting_twice_records_nothing_more(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    forget(path, contacts=True, texts=True, wall_at=LATER)
    assert forget(path, contacts=True, texts=True, wall_at=LATER) == 0
    assert verify_chain(path).events == 5


def test_a_name_written_as_somebodys_stand_in_goes_with_it(tmp_path: Path) -> None:
    people = (
        Person(id="p1", name="Anatole Bréhier"),
        Person(id="p2", name="Léa", stand_in="Anatole Bréhier"),
    )
    path = tmp_path / "a.cyberex"
    Journal.create(path, created(), wall_at=WALL, people=people).close()
    forget(path, person="p1", wall_at=LATER)
    assert remaining(path, "Anatole") == []


def test_an_unknown_person_is_refused_and_nothing_is_erased(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with pytest.raises(JournalError, match="p9") as refused:
        forget(path, person="p9", texts=True, wall_at=LATER)
    assert refused.value.problem is JournalProblem.UNKNOWN_PERSON
    assert verify_chain(path).events == 3


def test_a_journal_being_written_is_not_touched(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with Journal.open(path), pytest.raises(JournalError) as refused:
        forget(path, contacts=True, wall_at=LATER)
    assert refused.value.problem is JournalProblem.LOCKED


def test_asking_to_forget_nothing_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing"):
        forget(three_events(tmp_path), wall_at=LATER)


def test_an_open_reader_does_not_keep_what_is_forgotten(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with JournalReader(path) as reader:
        reader.last()
        forget(path, contacts=True, texts=True, wall_at=LATER)
        assert remaining(path, *CONTACTS_1, *CONTACTS_2, SAID) == []
        assert reader.last().seq == 5


def test_a_reading_in_progress_that_keeps_old_pages_is_told(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    with Journal.open(path) as journal:
        reading = JournalReader(path)
        reading._reading.db.execute("BEGIN")
        reading.last()
        journal._db.execute("PRAGMA busy_timeout = 1")
        add_note(journal, "entre-temps", 2)
        assert not journal.sweep()
        reading.close()
        assert journal.sweep()


def test_an_erased_text_may_be_named_again_by_what_restores_an_edit(tmp_path: Path) -> None:
    path = three_events(tmp_path)
    forget(path, texts=True, wall_at=LATER)
    batch, _texts = note(SAID)
    with Journal.open(path) as journal:
        journal.append(batch, LATER)
        with pytest.raises(ValueError, match="not given"):
            journal.append(note("jamais dit")[0], LATER)
    assert verify_chain(path).ok


def test_a_digest_tells_nothing_without_its_salt() -> None:
    ref, salt = salted("oui")
    assert ref != salted("oui", b"")[0]
    assert salted("oui", salt)[0] == ref


def test_what_players_wrote_is_forgotten_with_who_was_to_do_it(tmp_path: Path) -> None:
    said = {"Rappeler Barnabé": b"a", "Mme Quenneville": b"b", "Objet confidentiel": b"c"}
    salts = {text: salted(text, salt * 16) for text, salt in said.items()}
    text, owner, title = (ref for ref, _ in salts.values())
    line = WriteCellLine(cell="crise", kind=CellLineKind.ACTION, text=text, owner=owner)
    asked = Request("r1", "p1", "portal", line)
    written = CellLineWritten(line="r1", cell="crise", kind=line.kind, text=text, owner=owner)
    answer = ReplyToContact(contact="c1", via="mail", title=title, text=text)
    answered = Request("r2", "ada", "portal", answer)
    texts = {ref: (salt, text) for text, (ref, salt) in salts.items()}
    with new_journal(tmp_path) as journal:
        journal.append(Batch(1000, "r1", (written,), asked), WALL, texts)
        journal.append(Batch(2000, "r2", (ContactAnswered(contact="c1"),), answered), WALL)
    assert remaining(journal.path, *said) == list(said)
    assert verify_chain(journal.path).ok
    assert forget(journal.path, texts=True, wall_at=LATER) == 3
    assert remaining(journal.path, *said) == []
    assert verify_chain(journal.path).ok
