"""The tempo: catching up, breaks, what observers say, codes, what must be carried somewhere."""

from cyberex.facts.commands import FireStimulus, SetHardEnd
from cyberex.facts.model import CellState
from tests.console.seat import SCENARIO, WIDE, Seat, at_console

CARRIED = (
    SCENARIO.replace(
        "{id: care, title: Soins}", "{id: care, title: Soins, place: Salle 2, travel: 4 min}"
    )
    .replace(
        "kind: phone}\nmiles", "kind: phone}\n  - {id: visit, title: Visite, kind: visit}\nmiles"
    )
    .replace(
        "to: [ward], via: phone, title: Lits", "to: [ward], via: visit, handout: 7, title: Lits"
    )
)
SOON = "2026-01-12T08:36:00.000Z"


@at_console(text=CARRIED)
async def test_a_visit_is_prepared_then_leaves_then_is_on_its_way(seat: Seat) -> None:
    await seat.play(12)
    await seat.press("2")
    assert "à préparer, partir dans 4:00" in seat.text()
    await seat.play(4)
    assert "PARTIR MAINTENANT" in seat.text()
    await seat.press("down", "down")
    assert "n° 7" in seat.text()
    assert "Salle 2" in seat.text()
    assert "4 min à pied" in seat.text()


@at_console(text=CARRIED)
async def test_leaving_takes_one_key_and_is_kept(seat: Seat) -> None:
    await seat.play(16)
    await seat.press("2")
    while "s03" not in str(seat.app.main.selected_task()):
        await seat.press("down")
    await seat.press("enter")
    assert seat.board.checklists.is_done("left/s03#1/care")
    assert "en route" in seat.text()
    await seat.press("4", "u", "enter")
    assert not seat.board.checklists.is_done("left/s03#1/care")


@at_console()
async def test_a_code_ends_the_call_that_waits(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("colon")
    await seat.type("S01")
    assert "fait maintenant" in seat.text()
    await seat.press("enter")
    assert seat.status("s01#1") == "delivered"


@at_console()
async def test_a_code_that_is_not_due_is_shown_and_changes_nothing(seat: Seat) -> None:
    before = seat.board.seq
    await seat.press("4", "colon")
    await seat.type("3")
    await seat.press("enter")
    row = seat.app.main.selected_row()
    assert getattr(row, "stimulus", "") == "s03"
    assert seat.board.seq == before


@at_console()
async def test_a_code_with_its_hour_records_what_was_done_on_paper(seat: Seat) -> None:
    await seat.play(12)
    await seat.press("colon")
    hour = seat.app.desk.room().replace(hour=seat.app.desk.room().hour, minute=7)
    await seat.type(f"s03 {hour:%H%M}")
    await seat.press("enter")
    (event,) = seat.events("stimulus.delivered")
    assert (event.stimulus, event.made_ms) == ("s03", 7 * 60_000)


@at_console()
async def test_an_unknown_code_is_said(seat: Seat) -> None:
    await seat.press("colon")
    await seat.type("S99")
    await seat.press("enter")
    assert "! " in seat.text()


@at_console()
async def test_a_pause_does_not_count_in_the_hour_of_what_was_done(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("space")
    await seat.play(5)
    room = seat.app.desk.room()
    assert seat.app.desk.sim_of_room(room.replace(minute=room.minute - 2)) == 5 * 60_000


@at_console()
async def test_an_observer_s_word_takes_two_keys(seat: Seat) -> None:
    await seat.press("O", "d")
    (load,) = [item for item in seat.board.load.cells(0) if item.cell == "care"]
    assert load.state is CellState.OVERWHELMED
    await seat.press("3")
    assert "▲ débordée" in seat.text()


@at_console()
async def test_what_a_cell_has_finished_takes_two_keys(seat: Seat) -> None:
    await seat.ask(FireStimulus(stimulus="s01"))
    await seat.press("2", "enter", "enter", "O", "g")
    (load,) = [item for item in seat.board.load.cells(0) if item.cell == "crisis"]
    assert [item.occurrence for item in load.finished] == ["s01#1"]


@at_console()
async def test_a_planned_break_pauses_by_itself_and_is_told(seat: Seat) -> None:
    await seat.press("P")
    await seat.press(*["backspace"] * 6)
    await seat.type("T+3")
    await seat.press("enter")
    assert "3:00" in seat.lines()[1]
    await seat.play(4)
    assert seat.board.situation.paused
    assert "PAUSE" in seat.lines()[2]
    await seat.press("space")
    assert not seat.board.situation.paused


@at_console()
async def test_catching_up_is_proposed_edited_and_given_as_one(seat: Seat) -> None:
    await seat.ask(SetHardEnd(room_until=SOON))
    await seat.play(29)
    await seat.press("R")
    assert "Rattraper" in seat.text()
    await seat.press("enter")
    dropped = {row.stimulus for row in seat.board.chronogram.occurrences(0) if row.reason}
    assert dropped
    await seat.press("u", "enter")
    assert not any(row.reason for row in seat.board.chronogram.occurrences(0))


@at_console()
async def test_a_line_of_the_proposal_may_be_left_as_it_is(seat: Seat) -> None:
    await seat.ask(SetHardEnd(room_until=SOON))
    await seat.play(29)
    before = seat.board.seq
    await seat.press("R")
    for _line in range(6):
        if "inchangé" not in seat.text():
            await seat.press("space")
        await seat.press("down")
        if "LAISSER" in seat.text() or "déplacer" in seat.text():
            await seat.press("space")
    await seat.press("enter")
    assert seat.board.seq == before


@at_console()
async def test_catching_up_says_that_all_fits(seat: Seat) -> None:
    await seat.press("R")
    assert "Tout tient" in seat.message()


@at_console(size=WIDE)
async def test_branches_of_a_decision_take_two_keys(seat: Seat) -> None:
    await seat.press("g", "2")
    assert seat.board.world.decisions["isolation"].outcome == "kept"
