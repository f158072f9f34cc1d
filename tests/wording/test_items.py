"""The points of the check-lists, said to a person."""

from dataclasses import replace

from cyberex.facts.people import Person
from cyberex.wording.items import item_words
from cyberex.wording.names import Names
from tests.views.builders import plan_of, stimulus

HANDED = replace(stimulus("s19", 0, 2, cells=("tech", "board")), handout="4", title="Lettre")
NAMES = Names(plan_of(HANDED, stimulus("s01", 1, 2)), (Person(id="p1", name="Mme Roy"),))


def test_a_document_to_collect_is_told_by_its_number_and_its_rooms() -> None:
    said = item_words("finex/handout/s19", NAMES)
    assert said == "récupéré\u00a0: n° 4 S19 Lettre (Tech, Board)"


def test_what_bears_no_number_is_told_by_its_code_and_its_room() -> None:
    assert item_words("finex/handout/s01", NAMES).endswith(": S01 title of s01 (Tech)")


def test_attendance_has_the_gender_of_nobody() -> None:
    assert item_words("present/p1", NAMES) == "présence\u00a0: Mme Roy"
