"""Around the game: check-lists before and after, privacy, paper, a trial, a table of players."""

from pathlib import Path

from cyberex.console.checklist_screen import BriefingScreen, FinexScreen
from cyberex.console.debrief_screen import DebriefScreen
from cyberex.console.dialogs.call_down import CallDownDialog
from cyberex.console.main_screen import MainScreen
from cyberex.console.privacy import PrivacyScreen
from cyberex.errors import UserError
from tests.console.seat import SCENARIO, WIDE, Seat, at_console, seated

READ_OUT = SCENARIO.replace(
    "cells:\n", "briefing_text: Bonjour à tous.\nrules: [Le soin réel passe avant.]\ncells:\n", 1
)


@at_console(debex=False, text=READ_OUT)
async def test_the_briefing_opens_its_check_list_and_the_text_to_read(seat: Seat) -> None:
    await seat.press("D", "b")
    assert isinstance(seat.screen, BriefingScreen)
    assert "Bonjour à tous." in seat.text()
    assert "Le soin réel passe avant." in seat.text()
    assert "présence : M. Forestier" in seat.text().replace("\N{NO-BREAK SPACE}", " ")


@at_console(debex=False)
async def test_an_item_is_ticked_with_its_hour_and_unticked(seat: Seat) -> None:
    await seat.press("B", "enter")
    assert set(seat.board.checklists.ticked) == {"present/p1"}
    assert "✓ 08:00" in seat.text()
    await seat.press("up", "space")
    assert not seat.board.checklists.ticked


@at_console(debex=False)
async def test_debex_names_what_is_not_ticked_and_forbids_nothing(seat: Seat) -> None:
    await seat.press("D", "b", "enter", "D")
    assert "10 points non cochés" in seat.text()
    await seat.press("enter")
    assert seat.state() == "play"
    assert isinstance(seat.screen, MainScreen)


@at_console(debex=False)
async def test_every_room_is_rung_in_both_directions_and_says_go(seat: Seat) -> None:
    await seat.press("B", *["enter"] * 11)
    assert {"phone/crisis/out", "phone/crisis/in", "go/care"} <= set(seat.board.checklists.ticked)
    assert not seat.board.checklists.left(())
    await seat.press("D", "d")
    assert "non coché" not in seat.text()


@at_console()
async def test_finex_opens_its_check_list_then_the_debrief(seat: Seat) -> None:
    await seat.press("F")
    await seat.type("finex")
    await seat.press("enter")
    assert isinstance(seat.screen, FinexScreen)
    await seat.press("enter")
    assert "crisis" in seat.board.situation.told
    assert seat.board.checklists.is_done("finex/told/crisis")
    await seat.press("D")
    assert isinstance(seat.screen, DebriefScreen)


@at_console()
async def test_after_finex_the_check_list_comes_back(seat: Seat) -> None:
    await seat.press("F")
    await seat.type("finex")
    await seat.press("enter", "escape", "B")
    assert isinstance(seat.screen, FinexScreen)
    assert "rebranché" in seat.text()


@at_console()
async def test_privacy_leaves_only_the_word_and_the_clock(seat: Seat) -> None:
    await seat.press("f9")
    assert seat.text().split() == [*"EXERCICE", "08:00:00"]
    await seat.press("x")
    assert isinstance(seat.screen, MainScreen)
    assert seat.events("stimulus.call_failed") == []


@at_console()
async def test_privacy_covers_a_dialog_and_gives_it_back(seat: Seat) -> None:
    await seat.press("n", "f")
    await seat.type("Début")
    await seat.press("f9")
    assert "Début" not in seat.text()
    await seat.press("f9")
    assert "Début" in seat.text()


@at_console()
async def test_the_real_stop_goes_over_a_hidden_screen(seat: Seat) -> None:
    await seat.press("f9", "f12")
    assert seat.board.situation.real_stop
    assert isinstance(seat.screen, CallDownDialog)
    await seat.press("escape")
    assert isinstance(seat.screen, PrivacyScreen)


async def until_said(seat: Seat, word: str) -> None:
    """Paper is written in a thread."""
    for _turn in range(200):
        await seat.pilot.pause(0.005)
        if word in seat.message():
            return


async def test_one_key_writes_what_remains_and_says_where(tmp_path: Path) -> None:
    async with seated(tmp_path, paper=lambda: Path("suite.html")) as seat:
        await seat.press("f8")
        await until_said(seat, "suite.html")
        assert "suite.html" in seat.message()
        assert "suite.html" in seat.text()


async def test_paper_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    def full() -> Path:
        raise UserError("disque plein.")

    async with seated(tmp_path, paper=full) as seat:
        await seat.press("f8")
        await until_said(seat, "disque plein")
        assert seat.message().startswith("✗")


async def test_a_trial_is_told_on_every_screen(tmp_path: Path) -> None:
    async with seated(tmp_path, rehearsal=True) as seat:
        assert "RÉPÉTITION" in seat.lines()[0]
        await seat.press("B")
        assert "RÉPÉTITION" in seat.lines()[0]
        await seat.press("f9")
        assert "".join(seat.text().split()).startswith("RÉPÉTITION")


async def test_among_the_players_the_text_stands_alone_and_enter_ends_it(tmp_path: Path) -> None:
    async with seated(tmp_path, tabletop=True) as seat:
        await seat.play(5)
        assert "Six postes sont figés." in seat.text()
        for hidden in ("0199001203", "Relève les faits", "Dites depuis quand"):
            assert hidden not in seat.text()
        await seat.press("enter")
        assert seat.status("s01#1") == "delivered"


async def test_among_the_players_nothing_of_the_future_is_shown(tmp_path: Path) -> None:
    for size in ((80, 24), WIDE):
        (tmp_path / str(size[0])).mkdir()
        async with seated(tmp_path / str(size[0]), tabletop=True, size=size) as seat:
            await seat.play(6)
            for panel in "1234":
                await seat.press(panel)
                for title in ("Confirmez-vous", "Lits", "Suite", "Saut"):
                    assert title not in seat.text(), (panel, title)


async def test_among_the_players_no_dialog_tells_the_future_either(tmp_path: Path) -> None:
    async with seated(tmp_path, tabletop=True) as seat:
        await seat.play(6)
        for keys in (["i"], ["4", "f"], ["4", "d"], ["v", "enter"], ["colon", "s", "0", "3"]):
            await seat.press(*keys)
            for title in ("Confirmez-vous", "Lits", "Suite", "Une rumeur"):
                assert title not in seat.text(), (keys, title)
            assert len(seat.app.screen_stack) > 2, keys
            await seat.press("escape")
