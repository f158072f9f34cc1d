"""Real stop works inside each dialog; help and bindings agree; Escape changes nothing."""

import re
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from cyberex.console.actions.table import ACTIONS
from cyberex.console.app import ConsoleApp
from cyberex.console.debrief_screen import DebriefScreen
from cyberex.console.dialogs.call_down import CallDownDialog
from cyberex.console.dialogs.form import Form, TextField
from cyberex.console.dialogs.help import help_text
from cyberex.console.dialogs.note import NoteDialog
from cyberex.console.keys import KEYS
from cyberex.console.main_screen import MainScreen
from cyberex.facts.commands import GiveFinex, LiftRealStop, Resume
from tests.console.beside import FakePortal
from tests.console.seat import SCENARIO, WIDE, Seat, at_console, seated

DIALOGS = (
    "?", "/", "n", "n f", "a", "a a", "i", "i enter", "d", "d 5 enter", "e", "t", "t a", "m", "g",
    "k", "r", "v", "v enter", "E", "F", "f10", "j", "j j", "u", "enter", "ctrl+p", "ctrl+q",
    ":", "w", "W", "A", "P", "O", "B", "f9",
)  # fmt: skip
"""Keys that lead to each question that the console may be asking."""


async def leave_dialogs(seat: Seat) -> None:
    while len(seat.app.screen_stack) > 2:
        await seat.press("escape")


NAMES = {"?": "question_mark", "/": "slash", ":": "colon"}


@at_console()
async def test_the_real_stop_works_inside_each_dialog(seat: Seat) -> None:
    await seat.press("1", "f", "2", "enter", "enter", "1", "f", "1")
    for keys in DIALOGS:
        await seat.press(*(NAMES.get(key, key) for key in keys.split()))
        assert len(seat.app.screen_stack) > 2, f"{keys} opened nothing"
        await seat.press("f12")
        assert seat.board.situation.real_stop, keys
        assert isinstance(seat.screen, CallDownDialog), keys
        await leave_dialogs(seat)
        await seat.ask(LiftRealStop())
        await seat.ask(Resume())


@at_console()
async def test_what_was_being_typed_is_still_there_after_a_real_stop(seat: Seat) -> None:
    await seat.press("n", "f")
    await seat.type("Début")
    await seat.press("ctrl+r", "escape")
    assert "Début" in seat.text()


@at_console()
async def test_the_call_down_list_ticks_rooms_and_staff_and_lifts_by_typing(seat: Seat) -> None:
    await seat.press("f12", "enter", "enter")
    assert set(seat.board.situation.told) == {"crisis", "care"}
    assert "animator-1" in seat.text()
    assert "Mme Obs" in seat.text()
    await seat.press("l")
    await seat.type("nimporte")
    await seat.press("enter")
    assert seat.board.situation.real_stop
    await seat.press("ctrl+u")
    await seat.type("lever")
    await seat.press("enter")
    assert not seat.board.situation.real_stop
    assert seat.board.situation.paused


@at_console()
async def test_in_a_real_stop_only_notes_and_the_list_are_taken(seat: Seat) -> None:
    await seat.press("f12", "escape", "1", "s")
    assert seat.message().startswith("✗")
    await seat.press("n", "f")
    await seat.type("Parti")
    await seat.press("enter")
    assert len(seat.events("note.added")) == 1


@at_console()
async def test_escape_leaves_every_question_and_changes_nothing(seat: Seat) -> None:
    await seat.press("1", "f", "2", "enter", "enter", "1")
    before = seat.board.seq
    for keys in DIALOGS:
        if keys == "a a":
            continue  # the call in is recorded as soon as the letter is pressed
        await seat.press(*(NAMES.get(key, key) for key in keys.split()))
        await leave_dialogs(seat)
    assert seat.board.seq == before


def test_every_key_of_the_help_is_bound_and_every_binding_is_in_the_help() -> None:
    bound = {
        key
        for owner in (MainScreen, ConsoleApp)
        for binding in owner.BINDINGS
        for key in binding.key.split(",")  # type: ignore[union-attr]
    }
    told = {key for item in KEYS for key in item.keys.split(",")}
    assert told | {"escape"} == bound


def test_every_key_has_its_action_and_every_action_its_key() -> None:
    of_the_screen = {"help", "leave", "privacy"}
    named = {key.action for key in KEYS if not key.action.startswith("panel(")}
    assert named - of_the_screen == set(ACTIONS)


def test_no_key_means_two_things() -> None:
    keys = [key for item in KEYS for key in item.keys.split(",")]
    assert len(keys) == len(set(keys))


def test_the_help_names_every_key() -> None:
    lines = help_text().plain.splitlines()
    for key in KEYS:
        assert any(re.match(rf"  {re.escape(key.shown())}\s+\S", line) for line in lines), (
            key.action
        )


@at_console()
async def test_the_palette_finds_an_action_by_its_name(seat: Seat) -> None:
    await seat.press("ctrl+p")
    await seat.type("pause (esp")
    for _turn in range(100):
        await seat.pilot.pause(0.02)
        if "▎" in seat.text() and seat.text().count("pause") > 1:
            break
    await seat.press("down", "enter")
    await seat.settled()
    assert seat.board.situation.paused


@at_console()
async def test_leaving_during_play_asks_and_says_how_to_resume(seat: Seat) -> None:
    await seat.press("ctrl+q")
    assert "cyberex resume" in seat.text()
    await seat.press("escape")
    assert seat.app.is_running


@pytest.mark.parametrize(
    ("elsewhere", "said"), [("", "--portal "), ("127.0.0.1:8770", "--portal 127.0.0.1:8770")]
)
async def test_leaving_says_where_the_pages_are_to_be_served_again(
    tmp_path: Path, elsewhere: str, said: str
) -> None:
    portal = FakePortal(elsewhere=elsewhere)
    async with seated(tmp_path, size=WIDE, portal=portal) as seat:
        await seat.press("ctrl+q")
        shown = " ".join(seat.text().replace("│", " ").replace("┃", " ").split())
        assert said in f"{shown} "
        assert bool(elsewhere) == ("127.0.0.1" in shown)


@at_console()
async def test_after_finex_leaving_asks_nothing(seat: Seat) -> None:
    await seat.ask(GiveFinex())
    await seat.pilot.press("ctrl+q")
    await seat.pilot.pause()
    assert seat.app._exit


@at_console()
async def test_the_debrief_notes_are_linked_and_undone(seat: Seat) -> None:
    await seat.press("4", "plus")
    await seat.ask(GiveFinex())
    await seat.press("D")
    assert isinstance(seat.screen, DebriefScreen)
    await seat.press("plus")
    await seat.type("Bon appel")
    await seat.press("enter", "p", "minus")
    await seat.type("Trop lent")
    await seat.press("enter")
    notes = seat.board.debrief.notes()
    assert [(note.kind.value, note.speaker.value) for note in notes] == [
        ("positive", "player"),
        ("improvement", "observer"),
    ]
    assert "Trop lent" in seat.text()
    await seat.press("u", "enter")
    assert len(seat.board.debrief.notes()) == 1


@at_console()
async def test_a_note_about_a_line_of_the_basket_keeps_its_stimulus(seat: Seat) -> None:
    await seat.press("1", "f", "4", "minus")
    await seat.ask(GiveFinex())
    await seat.press("D", "tab", "enter")
    await seat.type("Pas de rappel")
    await seat.press("enter")
    assert [note.stimulus for note in seat.board.debrief.notes()] == ["s01"]


@at_console()
async def test_the_floor_timer_counts_wall_time(seat: Seat) -> None:
    await seat.ask(GiveFinex())
    await seat.press("D")
    await seat.play(2)
    assert "2:00" in seat.lines()[2]


@at_console()
async def test_the_report_is_written_and_the_exercise_closed(seat: Seat) -> None:
    await seat.ask(GiveFinex())
    await seat.press("D", "r")
    for _turn in range(100):
        await seat.pilot.pause(0.01)
        if seat.reports:
            break
    assert [folder.name for folder in seat.reports] == ["retex"]
    await seat.press("C", "enter")
    assert seat.board.situation.state.value == "closed"


@at_console()
async def test_keys_typed_ahead_close_one_dialog_and_not_the_screen_below(seat: Seat) -> None:
    for opening, keys in (("r", "aaa"), ("m", "aa"), ("E", "escape escape escape"), ("n", "fff")):
        await seat.press(opening)
        for key in keys.split() if " " in keys else keys:
            seat.hit(key)  # faster than the dialog can go away
        await seat.settled()
        await leave_dialogs(seat)
        assert isinstance(seat.screen, MainScreen), opening


@at_console()
async def test_a_dialog_under_another_cannot_close_the_one_above(seat: Seat) -> None:
    await seat.press("n", "f")
    below = seat.screen
    await seat.press("f12")
    below.dismiss(None)
    await seat.settled()
    assert isinstance(seat.screen, CallDownDialog)


@at_console()
async def test_escape_typed_twice_leaves_the_debrief_and_nothing_else(seat: Seat) -> None:
    await seat.ask(GiveFinex())
    await seat.press("D")
    assert isinstance(seat.screen, DebriefScreen)
    seat.hit("escape")
    seat.hit("escape")
    await seat.settled()
    assert isinstance(seat.screen, MainScreen)


@at_console()
async def test_the_palette_is_asked_for_once_even_with_a_real_stop_above_it(seat: Seat) -> None:
    await seat.press("ctrl+p", "f12", "ctrl+p")
    assert seat.app.fault is None
    assert isinstance(seat.screen, CallDownDialog)
    await leave_dialogs(seat)
    assert isinstance(seat.screen, MainScreen)


@at_console()
async def test_a_key_typed_before_a_dialog_is_drawn_is_lost_and_breaks_nothing(seat: Seat) -> None:
    for dialog, key in (
        (Form("?", [TextField("name", "Nom", required=True)]), "ctrl+s"),
        (NoteDialog(seat.app.desk), "tab"),
    ):
        seat.app.push_screen(dialog)
        await seat.app._check_bindings(key, priority=True)  # as the driver would, at once
        await seat.settled()
        assert seat.screen is dialog
        await leave_dialogs(seat)


@at_console()
async def test_the_keys_said_are_those_that_choose(seat: Seat) -> None:
    for keys, said in (("g", "chiffre ou Entrée"), ("m", "lettre ou Entrée"), ("t", "")):
        await seat.press(keys)
        assert said in seat.text()
        await seat.press("escape")
    await seat.press("g", "1", "g")
    assert "touche à gauche, ou Entrée" not in seat.text()  # letters alone are left


@at_console(text=SCENARIO.replace("id: console", "id: console\nsector: esms"))
async def test_the_data_that_are_never_typed_are_those_of_this_sector(seat: Seat) -> None:
    await seat.press("n")
    assert "d'un vrai résident" in seat.text()
    await seat.press("escape", "a", "a")
    assert "d'un vrai résident" in seat.text()


@at_console()
async def test_what_is_shifted_is_chosen_by_the_letter_of_its_word(seat: Seat) -> None:
    await seat.press("1", "d", "5", "enter")
    for line in ("s lui et tout ce qui suit", "l lui seul", "f son fil"):
        assert line in seat.text()


@at_console(debex=False, code_word="entraînement", stop_words="STOP STOP STOP")
async def test_the_words_of_the_exercise_are_those_that_the_facility_chose(seat: Seat) -> None:
    await seat.press("question_mark")
    assert "« entraînement » ouvre chaque appel" in plain(seat)
    assert "« STOP STOP STOP »" in plain(seat)
    await seat.press("escape", "B")
    assert "« STOP STOP STOP »" in plain(seat)
    await seat.press("escape", "D", "d", "f12")
    assert "« STOP STOP STOP »" in plain(seat)


@at_console(debex=False)
async def test_without_words_of_its_own_all_is_stopped_by_the_usual_ones(seat: Seat) -> None:
    await seat.press("B")
    assert "« RÉEL, RÉEL, RÉEL »" in plain(seat)


def plain(seat: Seat) -> str:
    return seat.text().replace("\N{NO-BREAK SPACE}", " ")


async def burst(seat: Seat, keys: str) -> None:
    """Typed faster than anything is drawn."""
    for key in keys:
        seat.hit("space" if key == " " else key)
    await seat.settled()


@at_console()
async def test_a_note_typed_in_one_burst_loses_no_letter_and_fires_no_key(seat: Seat) -> None:
    await burst(seat, "nfsix postes sont tombes")
    await seat.press("enter")
    (note,) = seat.events("note.added")
    assert seat.exercise.text(note.text) == "six postes sont tombes"
    assert [line.event.name for line in seat.board.log.lines].count("stimulus.skipped") == 0


@at_console()
async def test_two_keys_in_a_burst_never_stack_two_dialogs(seat: Seat) -> None:
    await burst(seat, "tm")
    await burst(seat, "mt")
    assert len(seat.app.screen_stack) <= 3


@at_console()
async def test_a_call_in_typed_in_one_burst_keeps_what_was_said(seat: Seat) -> None:
    await burst(seat, "aa")
    await burst(seat, "1fsx")
    await seat.press("enter")
    (contact,) = seat.board.contacts.all
    assert (contact.cell, seat.exercise.text(contact.text)) == ("crisis", "fsx")
    assert not seat.board.load.cells(0)[0].recent


@at_console()
async def test_what_is_pasted_right_after_a_key_goes_to_its_dialog(seat: Seat) -> None:
    seat.hit("slash")
    pasted = events.Paste("Postes")
    pasted.set_sender(seat.app)
    seat.send(pasted)
    await seat.settled()
    assert "Postes" in seat.app.screen.query_one(Input).value


@at_console()
async def test_keys_are_never_kept_for_long(seat: Seat) -> None:
    seat.app.typed_ahead.hold()
    await seat.play(0.1)
    await seat.press("space")
    assert seat.board.situation.paused
