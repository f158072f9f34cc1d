"""What an animator reads before ringing, leaving or reading out is what is to be said now."""

from cyberex.facts.commands import LiftRealStop, SettleDecision
from cyberex.facts.people import Person
from tests.console.seat import PEOPLE, SCENARIO, WIDE, Seat, at_console

HOUR = SCENARIO.replace("Exercice. Je publie.", "Exercice. Je publie à ${+10 min}.")
WRITTEN = SCENARIO.replace(
    "  - {id: mobile, title: Mobile, kind: phone}\n",
    "  - {id: mobile, title: Mobile, kind: phone}\n  - {id: email, title: Courriel}\n"
    "  - {id: visit, title: Visite}\n",
)
BY_MAIL = WRITTEN.replace("    via: phone\n    importance", "    via: email\n    importance")
WITH_A_PROP = WRITTEN.replace(
    "    via: phone\n    importance", "    via: visit\n    remarks: Une chemise\n    importance"
).replace("title: Cellule de crise}", "title: Cellule de crise, travel: 3 min}")
STAND_IN_OF_ANOTHER_ROLE = (
    *PEOPLE,
    Person(id="p3", role="dir", cell="crisis", name="Mme Vasseur", phone="1", stand_in="p4"),
    Person(id="p4", role="ward", cell="care", name="M. Roux", mobile="0639981299"),
)


@at_console(text=HOUR, size=WIDE)
async def test_an_hour_to_compute_is_read_as_an_hour(seat: Seat) -> None:
    await seat.play(10)
    await seat.press("2", "end")
    assert "Je publie à 09:20." in seat.text()
    await seat.play(1)
    assert "Je publie à 09:21." in seat.text()


@at_console(size=WIDE)
async def test_the_jump_to_make_shows_the_bulletin_that_the_decisions_call_for(seat: Seat) -> None:
    await seat.ask(SettleDecision(decision="isolation", outcome="kept"))
    await seat.play(50)
    await seat.press("2", "home")
    assert "À LIRE" in seat.text()
    assert "Tout est chiffré." in seat.text()
    assert "Il est 14 h." not in seat.text()


@at_console(people=STAND_IN_OF_ANOTHER_ROLE, size=WIDE)
async def test_who_stands_in_for_another_role_is_rung_in_their_own(seat: Seat) -> None:
    await seat.play(20)
    await seat.press("2", "end")
    assert "0639981299 – M. Roux" in seat.text()


@at_console(text=BY_MAIL)
async def test_nobody_is_said_to_have_answered_what_is_written(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "enter")
    assert seat.status("s01#1") == "delivered"


@at_console(text=WITH_A_PROP, size=WIDE)
async def test_what_to_hold_in_one_s_hand_is_read_before_leaving(seat: Seat) -> None:
    await seat.play(1)
    await seat.press("2")
    assert "à préparer" in seat.text()
    assert "Une chemise" in seat.text()


@at_console(text=SCENARIO.replace("title: Soins}", "title: Décision et métiers}"), size=WIDE)
async def test_a_cell_keeps_its_small_words(seat: Seat) -> None:
    assert "Décision et métiers   0 en 5 min" in seat.text()


@at_console(size=WIDE)
async def test_what_was_decided_is_said_before_the_question_it_answers(seat: Seat) -> None:
    await seat.ask(SettleDecision(decision="isolation", outcome="kept"))
    assert "décidé : Gardé ouvert (Isoler le réseau)" in seat.text().replace("\u00a0", " ")


@at_console()
async def test_the_bulletin_stays_in_sight_after_the_jump_until_it_was_read(seat: Seat) -> None:
    await seat.play(50)
    await seat.press("j", "enter")
    assert seat.board.situation.fiction(seat.exercise.sim_ms()).hour == 14
    assert "Il est 14 h." in seat.text()
    await seat.press("enter")
    assert "Il est 14 h." not in seat.text()


@at_console()
async def test_once_the_real_stop_is_lifted_its_list_no_more_offers_to_lift(seat: Seat) -> None:
    await seat.press("f12")
    assert "lever l'arrêt réel" in seat.text()
    await seat.ask(LiftRealStop())
    await seat.press("enter")
    assert "lever l'arrêt réel" not in seat.text()


@at_console()
async def test_a_note_typed_faster_than_its_field_opens_loses_nothing(seat: Seat) -> None:
    await seat.press("n")
    for key in "fabri":
        seat.hit(key)
    await seat.settled()
    await seat.press("enter")
    (note,) = seat.events("note.added")
    assert seat.exercise.text(note.text) == "abri"


@at_console(size=WIDE)
async def test_a_jump_tells_the_deadlines_that_run_from_those_that_have_passed(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "enter", "enter")
    await seat.play(6)
    await seat.press("2", "enter", "enter")
    await seat.press("j", "j")
    lines = [line for line in seat.lines() if "S01 Relève" in line or "S02 Décide" in line]
    assert any("en retard" in line and "S01" in line for line in lines)
    assert any("court encore" in line and "S02" in line for line in lines)


@at_console(text=SCENARIO.replace("title: Cadre, cell: care", "title: Soins, cell: care"))
async def test_a_role_that_bears_the_name_of_its_cell_is_said_once(seat: Seat) -> None:
    await seat.press("1", "down", "down", "f", "2")
    assert "APPELER Soins  ☎" in seat.text()


def with_channel(channel: str) -> str:
    """The first stimulus goes by a channel that comes after the others."""
    kind = channel.partition("kind: ")[2].rstrip("}")
    text = SCENARIO.replace("    via: phone\n    importance", f"    via: {kind}\n    importance")
    return text.replace("milestones:", f"  - {channel}\nmilestones:")


IN_THE_ROOM = with_channel("{id: media, title: Télévision, kind: media}").replace(
    "title: Cellule de crise}", "title: Cellule de crise, place: Salle 2}"
)
TWO_ROOMS = with_channel("{id: visit, title: Visite, kind: visit}").replace("[it]", "[it, ward]")


@at_console(text=IN_THE_ROOM, size=WIDE)
async def test_what_is_shown_in_a_room_says_where_and_to_whom_and_no_number(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2")
    shown = seat.text()
    assert "MONTRER À Informatique, Crise, Salle 2" in shown
    assert "M. Forestier ou Mme Marchand" in shown
    assert "0199001203" not in shown


@at_console(text=TWO_ROOMS, size=WIDE)
async def test_one_animator_sent_to_two_rooms_at_once_is_marked(seat: Seat) -> None:
    await seat.play(4)
    assert "S01 (Crise), S01 (Soins) en même" in seat.text()
