"""Players ring actors: recorded with two keys, told later, answered in time."""

from cyberex.facts.commands import SetAsset
from tests.console.seat import SCENARIO, Seat, at_console


@at_console()
async def test_the_actor_s_letter_is_enough_to_record_a_call(seat: Seat) -> None:
    await seat.press("a", "b")
    assert [event.actor for event in seat.events("contact.logged")] == ["press"]


@at_console()
async def test_somebody_not_in_the_directory_is_recorded_too(seat: Seat) -> None:
    await seat.press("a", "question_mark")
    assert [event.actor for event in seat.events("contact.logged")] == [""]


@at_console()
async def test_escape_leaves_a_recorded_call_without_details(seat: Seat) -> None:
    await seat.press("a", "a", "escape")
    (contact,) = seat.board.contacts.all
    assert (contact.actor, contact.cell, contact.text) == ("nurse", "", "")


@at_console()
async def test_a_digit_gives_the_cell_and_what_was_said_follows(seat: Seat) -> None:
    await seat.press("a", "b", "2")
    await seat.type("On dément")
    await seat.press("enter")
    (contact,) = seat.board.contacts.all
    assert contact.cell == "care"
    assert seat.exercise.text(contact.text) == "On dément"


@at_console()
async def test_details_may_declare_a_milestone_and_hand_the_call_over(seat: Seat) -> None:
    await seat.press("a", "b", "tab", "tab", "right", "tab", "tab", "tab", "right", "enter")
    (contact,) = seat.board.contacts.all
    assert list(seat.board.world.milestones) == ["declared"]
    assert contact.voice == "animator-1"


@at_console()
async def test_a_promise_comes_back_as_a_task_and_enter_says_it_was_kept(seat: Seat) -> None:
    await seat.press("a", "b", "tab", "tab", "tab", "tab", "3", "enter")
    await seat.play(3)
    await seat.press("2")
    assert "RAPPELER" in seat.text()
    await seat.press("enter")
    assert seat.board.calls.replies(seat.exercise.sim_ms()) == ()


@at_console()
async def test_a_promise_that_is_no_number_of_minutes_is_said(seat: Seat) -> None:
    await seat.press("a", "b", "tab", "tab", "tab", "tab", "x", "enter")
    assert "! " in seat.text()
    assert seat.board.contacts.all[0].promised_ms is None


@at_console()
async def test_a_prepared_reply_is_given_with_enter_from_anywhere(seat: Seat) -> None:
    await seat.press("a", "a", "escape")
    await seat.play(1)
    await seat.press("4", "enter")
    assert [event.contact for event in seat.events("contact.answered")]


@at_console()
async def test_a_dead_line_gives_the_refusal_to_say(seat: Seat) -> None:
    await seat.ask(SetAsset(asset="network", down=True))
    await seat.press("a", "b")
    assert "Ce numéro" in seat.text()
    await seat.press("tab", "tab", "tab", "right", "enter")
    assert seat.board.contacts.all[0].refused
    assert seat.message().startswith("✗")


@at_console()
async def test_a_call_in_is_undone(seat: Seat) -> None:
    await seat.press("a", "b", "escape", "u", "enter")
    assert seat.board.contacts.all == ()


MANY = SCENARIO.replace(
    "  - id: nurse\n",
    "".join(
        f'  - {{id: a{number:02}, title: "Acteur {number}", kind: staff, played_by: animator-1}}\n'
        for number in range(20)
    )
    + "  - id: nurse\n",
)


@at_console(text=MANY)
async def test_every_actor_s_letter_is_in_sight_however_many_they_are(seat: Seat) -> None:
    await seat.press("a")
    shown = seat.text()
    for letter, name in (("a", "Acteur 0"), ("k", "Acteur 10"), ("u", "Mme Lenoir"), ("?", "quel")):
        assert f"{letter} {name}" in shown, name
    await seat.press("right", "down", "enter")
    assert [event.actor for event in seat.events("contact.logged")] == ["a13"]
