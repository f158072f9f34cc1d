"""Each key of the main screen starts what it says, and what it did is in the journal."""

from cyberex.facts.commands import AddNote, LogContact
from cyberex.facts.model import CallOutcome, Mark, NoteKind, Tick
from tests.console.seat import NARROW, SCENARIO, WIDE, Seat, at_console


@at_console()
async def test_space_pauses_and_resumes(seat: Seat) -> None:
    await seat.press("space")
    assert seat.board.situation.paused
    await seat.press("space")
    assert not seat.board.situation.paused


@at_console()
async def test_a_pause_freezes_the_countdown(seat: Seat) -> None:
    await seat.play(1)
    await seat.press("space")
    before = seat.lines()[1]
    await seat.play(3)
    assert "4:00" in before
    assert seat.lines()[1] == before


@at_console(debex=False)
async def test_debex_after_a_briefing_begins_play(seat: Seat) -> None:
    await seat.press("D", "b")
    assert seat.state() == "briefing"
    await seat.press("D", "enter")
    assert seat.state() == "play"


@at_console()
async def test_a_call_is_done_by_whom_it_was_for_with_enter_twice(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "enter", "enter")
    assert [(event.cell, event.answered_by) for event in seat.events("stimulus.delivered")] == [
        ("crisis", "it")
    ]


@at_console()
async def test_done_is_undone_after_being_named(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "enter", "enter", "u")
    assert "S01" in seat.text()
    await seat.press("enter")
    assert seat.status("s01#1") == "to_perform"


@at_console()
async def test_another_role_of_the_cell_may_have_answered(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "enter", "2")
    assert [event.answered_by for event in seat.events("stimulus.delivered")] == ["dir"]


@at_console()
async def test_no_answer_busy_and_refused_take_one_key(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "o")
    await seat.play(2)
    await seat.press("b")
    await seat.play(2)
    await seat.press("x")
    assert [event.outcome for event in seat.events("stimulus.call_failed")] == [
        CallOutcome.NO_ANSWER,
        CallOutcome.BUSY,
        CallOutcome.REFUSED,
    ]


@at_console()
async def test_the_only_call_is_meant_wherever_the_cursor_is(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("4", "o")
    assert len(seat.events("stimulus.call_failed")) == 1


@at_console()
async def test_a_call_under_way_waits_no_more(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "c")
    sheet = seat.board.calls.sheet("s01#1", "crisis")
    assert sheet.started_ms is not None


@at_console()
async def test_the_selected_row_is_skipped_held_and_released(seat: Seat) -> None:
    await seat.press("1", "h")
    assert seat.status("s01#1") == "held"
    await seat.press("h")
    assert seat.status("s01#1") == "planned"
    await seat.press("s")
    assert seat.status("s01#1") == "skipped"


@at_console()
async def test_the_selected_row_is_fired_now(seat: Seat) -> None:
    await seat.press("1", "f")
    assert seat.status("s01#1") == "to_perform"


@at_console()
async def test_elsewhere_the_stimulus_is_found_by_typing(seat: Seat) -> None:
    await seat.press("4", "s")
    await seat.type("lits")
    await seat.press("enter")
    assert seat.status("s03#1") == "skipped"


@at_console()
async def test_a_shift_moves_all_that_follows(seat: Seat) -> None:
    await seat.press("1", "d", "5", "enter", "s")
    rows = {row.stimulus: row.due_ms for row in seat.board.chronogram.occurrences(0)}
    assert rows == {"s01": 600_000, "s02": 900_000, "s03": 1_500_000, "s04": 2_100_000}


@at_console()
async def test_a_shift_that_heaps_several_asks_how_far_apart(seat: Seat) -> None:
    await seat.press("1", "d")
    await seat.type("-20")
    await seat.press("enter", "s")
    assert "S01" in seat.text()
    await seat.press("enter")
    rows = {row.stimulus: row.due_ms for row in seat.board.chronogram.occurrences(0)}
    assert (rows["s01"], rows["s02"]) == (0, 120_000)


@at_console()
async def test_the_reserve_is_found_by_typing(seat: Seat) -> None:
    await seat.press("i")
    await seat.type("rumeur")
    await seat.press("enter")
    assert seat.status("rumour#1") == "to_perform"


@at_console()
async def test_an_ad_hoc_stimulus_says_what_was_typed(seat: Seat) -> None:
    await seat.press("i", "enter")
    await seat.type("Panne")
    await seat.press("enter", "2")
    assert seat.status("x01#1") == "to_perform"
    assert "Panne" in seat.text()


@at_console()
async def test_a_text_is_edited_before_it_leaves(seat: Seat) -> None:
    await seat.press("1", "e", "ctrl+end")
    await seat.type("Vite")
    await seat.press("ctrl+s")
    assert "Vite" in seat.app.desk.script_of("s01#1")


@at_console()
async def test_an_expected_reaction_is_ticked_in_three_keys(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "enter", "enter", "t", "a", "1")
    assert [event.result for event in seat.events("expectation.ticked")] == [Tick.SEEN]


@at_console()
async def test_a_reaction_that_settles_a_decision_asks_its_outcome(seat: Seat) -> None:
    await seat.press("1", "down", "f", "2", "enter", "enter", "t", "a", "1", "1")
    assert seat.board.world.decisions["isolation"].outcome == "cut"
    assert seat.board.world.is_down("pabx")


@at_console()
async def test_undoing_what_changed_assets_asks_about_them(seat: Seat) -> None:
    await seat.press("g", "1")
    assert seat.board.world.is_down("network")
    await seat.press("u", "a")
    assert not seat.board.world.is_down("network")
    assert "isolation" not in seat.board.world.decisions


@at_console()
async def test_what_players_and_observers_did_does_not_come_before_one_s_own(seat: Seat) -> None:
    await seat.press("g", "1")
    say = seat.exercise.say
    wrote = LogContact(actor="nurse", cell="crisis", text=say("Bonjour"))
    await seat.exercise.submit(wrote, by="crisis", origin="portal")
    await seat.exercise.submit(AddNote(text=say("Vu")), by="o1", origin="observer")
    await seat.settled()
    await seat.press("u", "a")
    assert not seat.board.world.is_down("network")
    assert [contact.text for contact in seat.board.contacts.all] == [wrote.text]


@at_console()
async def test_milestone_situation_and_asset_take_a_letter(seat: Seat) -> None:
    await seat.press("m", "a", "k", "a", "r", "a")
    world = seat.board.world
    assert (set(world.milestones), set(world.keys)) == ({"declared"}, {"leak"})
    assert set(world.channels_down) == {"phone"}
    await seat.press("r", "a")
    assert not world.channels_down


@at_console()
async def test_a_note_has_a_kind_a_cell_and_a_text(seat: Seat) -> None:
    await seat.press("n", "d", "tab")
    await seat.type("On coupe")
    await seat.press("enter")
    (note,) = seat.events("note.added")
    assert (note.kind, note.cell) == (NoteKind.DECISION, "crisis")
    assert seat.exercise.text(note.text) == "On coupe"


@at_console()
async def test_a_note_may_be_back_dated(seat: Seat) -> None:
    await seat.press("n", "f")
    await seat.type("0741 On nous prévient")
    await seat.press("enter")
    (note,) = seat.events("note.added")
    assert note.about_wall == "2026-01-12T07:41:00.000Z"
    assert seat.exercise.text(note.text) == "On nous prévient"


@at_console()
async def test_a_call_in_is_recorded_by_the_actor_s_letter(seat: Seat) -> None:
    await seat.press("a", "a", "enter")
    assert [event.actor for event in seat.events("contact.logged")] == ["nurse"]


@at_console()
async def test_a_call_in_left_with_escape_is_recorded_all_the_same(seat: Seat) -> None:
    await seat.press("a", "question_mark", "escape")
    assert [event.actor for event in seat.events("contact.logged")] == [""]


@at_console()
async def test_a_jump_drops_what_was_not_played_and_reads_its_bulletin(seat: Seat) -> None:
    await seat.press("g", "2", "1", "v")
    await seat.press(*["backspace"] * 6)
    await seat.type("T+25")
    await seat.press("enter", "enter", "j", "j")
    assert "Tout est chiffré." in seat.text()
    await seat.press("space", "enter")
    assert seat.status("s04#1") == "skipped"
    assert seat.board.situation.fiction(seat.exercise.sim_ms()).hour == 14


@at_console()
async def test_an_advance_lists_what_it_skips(seat: Seat) -> None:
    await seat.press("v")
    await seat.press(*["backspace"] * 5)
    await seat.type("T+15")
    await seat.press("enter")
    assert "S01" in seat.text()
    assert "S02" in seat.text()
    await seat.press("enter")
    assert seat.exercise.sim_ms() == 15 * 60_000
    assert seat.status("s01#1") == "skipped"


@at_console()
async def test_the_end_is_moved_and_the_hard_end_set(seat: Seat) -> None:
    await seat.press("E", "1", "0", "enter", "f10")
    await seat.type("12:00")
    await seat.press("enter")
    assert seat.board.situation.end_ms == 70 * 60_000
    assert seat.board.situation.hard_end.hour == 12


@at_console()
async def test_a_line_of_the_log_goes_into_the_basket_and_out(seat: Seat) -> None:
    await seat.press("4", "plus")
    assert [line.mark for line in seat.board.log.marked] == [Mark.PLUS]
    await seat.press("minus")
    assert [line.mark for line in seat.board.log.marked] == [Mark.MINUS]
    await seat.press("minus")
    assert seat.board.log.marked == ()


@at_console()
async def test_finex_is_typed_and_nothing_less_will_do(seat: Seat) -> None:
    await seat.press("F", "enter")
    assert seat.state() == "play"
    await seat.type("finex")
    await seat.press("enter")
    assert seat.state() == "debrief"


@at_console()
async def test_a_refusal_says_why_on_one_line(seat: Seat) -> None:
    await seat.press("1", "s", "s")
    assert seat.message().startswith("✗")
    assert "S01" in seat.message()


@at_console()
async def test_an_unforeseen_fault_ends_neither_console_nor_game(seat: Seat) -> None:
    async def broken(_: object) -> None:
        raise ZeroDivisionError("par zéro")

    seat.app.main.start(broken)
    await seat.settled()
    assert "ZeroDivisionError" in seat.message()
    await seat.press("space")
    assert seat.board.situation.paused


@at_console()
async def test_nothing_waits_is_said_when_there_is_no_call(seat: Seat) -> None:
    await seat.press("enter")
    assert seat.message().startswith("✗")
    assert seat.screen.size == NARROW


@at_console()
async def test_a_text_is_edited_from_its_end(seat: Seat) -> None:
    await seat.press("1", "e")
    await seat.type("FIN")
    await seat.press("ctrl+s")
    assert seat.app.desk.script_of("s01#1").strip().endswith("figés.FIN")


@at_console(size=WIDE)
async def test_a_reserve_that_was_taken_back_is_not_said_played(seat: Seat) -> None:
    await seat.press("i", "down", "enter", "i")
    assert "Une rumeur ✓" in seat.text()
    await seat.press("escape", "u", "enter", "i")
    assert "Une rumeur ✓" not in seat.text()


ONLY_IF = SCENARIO.replace("{id: rumour,", "{id: rumour, when: [declared], unless: [key leak],")


@at_console(text=ONLY_IF, size=WIDE)
async def test_a_reserve_whose_condition_does_not_hold_says_so_before_it_leaves(
    seat: Seat,
) -> None:
    await seat.press("k", "a", "i", "down", "enter")
    assert "Sa condition n'est pas remplie" in seat.text()
    assert "Incident déclaré ; déjà : La presse sait" in plain(seat.text())
    await seat.press("n")
    assert not seat.events("stimulus.planned")
    await seat.press("i", "down", "enter", "enter")
    assert seat.status("rumour#1")


@at_console(text=ONLY_IF)
async def test_a_reserve_whose_condition_holds_leaves_at_once(seat: Seat) -> None:
    await seat.press("m", "a", "i", "down", "enter")
    assert seat.status("rumour#1")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
