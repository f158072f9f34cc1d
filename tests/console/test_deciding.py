"""What was decided: settled in two keys, ticked in one, and taken back when it was wrong."""

from cyberex.facts.commands import FireStimulus, GiveFinex, SettleDecision
from cyberex.facts.model import Tick
from tests.console.seat import Seat, at_console


async def ask_what_is_decided(seat: Seat) -> None:
    """The stimulus whose reaction settles the decision reached its cell."""
    await seat.ask(FireStimulus(stimulus="s02"))
    await seat.press("2", "enter", "enter")


@at_console()
async def test_a_settled_decision_is_taken_back_and_settled_otherwise(seat: Seat) -> None:
    await seat.press("g", "1", "g")
    assert "revenir sur : Coupé (Isoler le réseau)" in seat.text()
    await seat.press("a", "a", "2")
    assert seat.board.world.decisions["isolation"].outcome == "kept"
    assert not seat.board.world.is_down("network")


@at_console()
async def test_a_decision_taken_back_may_be_left_open(seat: Seat) -> None:
    await seat.press("g", "2", "g", "a", "enter", "escape")
    assert not seat.board.world.decisions


@at_console()
async def test_leaving_the_question_takes_nothing_back(seat: Seat) -> None:
    await seat.press("g", "1", "g", "a", "escape")
    assert seat.board.world.decisions["isolation"].outcome == "cut"


@at_console()
async def test_what_can_no_longer_be_undone_is_said(seat: Seat) -> None:
    await seat.press("g", "1")
    undoing = seat.app.desk.undoing
    undoing.refused(undoing.undoable()[0].id)
    await seat.press("g", "a")
    assert "ne peut plus être annulé" in seat.message()


@at_console()
async def test_after_finex_a_decision_is_still_put_right(seat: Seat) -> None:
    await seat.press("g", "1")
    await seat.ask(GiveFinex())
    await seat.press("escape", "g", "a", "a", "2")
    assert seat.board.world.decisions["isolation"].outcome == "kept"


@at_console()
async def test_settling_offers_to_tick_the_reaction_that_was_to_settle(seat: Seat) -> None:
    await ask_what_is_decided(seat)
    await seat.press("g", "1")
    assert "Décide de couper" in seat.text()
    await seat.press("enter")
    assert [event.result for event in seat.events("expectation.ticked")] == [Tick.SEEN]


@at_console()
async def test_settling_without_ticking_leaves_the_reaction_open(seat: Seat) -> None:
    await ask_what_is_decided(seat)
    await seat.press("g", "1", "n")
    assert seat.board.world.decisions["isolation"].outcome == "cut"
    assert not seat.events("expectation.ticked")
    assert len(seat.board.expectations.open) == 1


@at_console()
async def test_what_the_demonstration_settled_is_taken_back_too(seat: Seat) -> None:
    await seat.ask(SettleDecision(decision="isolation", outcome="kept"))
    await seat.press("g", "a", "enter", "1")
    assert seat.board.world.decisions["isolation"].outcome == "cut"
