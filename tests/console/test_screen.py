"""What the main screen shows, at both sizes, whatever the texts hold."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from cyberex.console.panels.chronogram import ChronogramPanel
from cyberex.console.panels.log import LogPanel
from cyberex.facts.commands import GiveFinex, SetAsset, SetHardEnd
from cyberex.views.rows import ChronogramRow
from tests.console.beside import FakeMail, FakePortal
from tests.console.seat import SCENARIO, WIDE, Seat, at_console, seated

HOSTILE = SCENARIO.replace("Confirmez-vous ?", '"\\e[31mRouge\\a [/] [red]\\r\\nfin"')
LONG = SCENARIO.replace("title: Lits", f"title: {'Très long titre ' * 12}")
HARD_END = "2026-01-12T10:30:00.000Z"


def always_there(seat: Seat) -> str:
    return "\n".join(seat.lines()[:2])


def selected(chronogram: ChronogramPanel) -> str:
    row = chronogram.selected
    return row.occurrence if isinstance(row, ChronogramRow) else ""


async def see_everything(seat: Seat) -> None:
    await seat.ask(SetHardEnd(room_until=HARD_END))
    await seat.play(6)
    shown = always_there(seat)
    for said in ("EXERCICE", "● ", "08:06:00", "T+00:06:00", "lundi 09:06", "54:00", "10:30",
                 "2 h 24", "4:00", "☎", "1:00", "Mme Lenoir → Informatique"):  # fmt: skip
        assert said in shown, said


@at_console()
async def test_the_header_shows_every_clock_and_the_oldest_call_on_a_small_screen(
    seat: Seat,
) -> None:
    await see_everything(seat)


@at_console(size=WIDE)
async def test_the_header_shows_them_on_a_large_screen_too(seat: Seat) -> None:
    await see_everything(seat)


@pytest.mark.parametrize(
    ("width", "said"), [(80, "⌂ ● 0  ✉ ○"), (119, "⌂ ● 0  ✉ ○"), (120, "courriel essai à blanc")]
)
async def test_the_header_says_whether_mail_really_leaves_at_every_width(
    tmp_path: Path, width: int, said: str
) -> None:
    async with seated(
        tmp_path, size=(width, 30), rehearsal=True, portal=FakePortal(), mail=FakeMail()
    ) as seat:
        await seat.ask(SetHardEnd(room_until=HARD_END))
        await seat.play(6)
        shown = always_there(seat)
        assert said in shown
        for part in ("54:00", "10:30", "4:00", "☎", "1:00"):
            assert part in shown, part


@at_console(text=LONG)
async def test_no_line_overflows_a_small_screen(seat: Seat) -> None:
    await seat.play(6)
    for panel in "1234":
        await seat.press(panel)
        assert {cell_len(line) for line in seat.lines()} == {80}
    assert len(seat.lines()) == 24


@at_console(text=LONG, size=WIDE)
async def test_no_line_overflows_a_large_screen(seat: Seat) -> None:
    await seat.play(6)
    assert {cell_len(line) for line in seat.lines()} == {140}


@at_console(size=WIDE)
async def test_a_title_with_markup_is_shown_as_it_is_written(seat: Seat) -> None:
    assert "Postes figés [bold]ici[/bold]" in seat.text()


@at_console(text=HOSTILE, size=WIDE)
async def test_a_title_with_escapes_reaches_no_terminal(seat: Seat) -> None:
    await seat.press("f", "2")
    assert "[/] [red]" in seat.text()
    assert not any(char in seat.text() for char in "\x1b\x07\r")


@at_console()
async def test_a_call_sheet_says_who_one_is_whom_to_call_and_what_to_say(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2")
    shown = seat.text()
    for said in ("Mme Lenoir, infirmière", "Informatique", "0199001203", "M. Forestier",
                 "Mme Marchand", "Six postes sont figés.", "Dites depuis quand."):  # fmt: skip
        assert said in shown, said


@at_console()
async def test_when_the_fixed_line_is_down_the_mobile_number_comes_first(seat: Seat) -> None:
    await seat.ask(SetAsset(asset="network", down=True))
    await seat.play(5)
    await seat.press("2")
    shown = seat.text()
    assert "Téléphone" in shown
    assert shown.index("0639981203") < shown.index("0199001203")


@at_console()
async def test_what_is_down_has_another_symbol(seat: Seat) -> None:
    await seat.press("3")
    assert "Réseau\N{NO-BREAK SPACE}✓" in seat.text()
    await seat.press("r", "a")
    assert "Réseau\N{NO-BREAK SPACE}✗" in seat.text()


@at_console()
async def test_pause_real_stop_and_play_are_told_by_words_and_symbols(seat: Seat) -> None:
    assert "● EN JEU" in always_there(seat)
    await seat.press("space")
    assert "‖ PAUSE" in always_there(seat)
    await seat.press("f12", "escape")
    assert "■ ARRÊT RÉEL" in always_there(seat)


@at_console()
async def test_a_new_call_does_not_take_the_place_of_the_sheet_being_read(seat: Seat) -> None:
    await seat.press("1", "down", "f", "2")
    assert "Je publie" in seat.text()
    await seat.play(5)
    assert "Je publie" in seat.text()
    await seat.press("enter", "enter")
    assert "Six postes sont figés." in seat.text()


@at_console()
async def test_the_same_key_twice_does_not_reach_the_next_row(seat: Seat) -> None:
    await seat.press("1", "s", "s")
    assert [event.stimulus for event in seat.events("stimulus.skipped")] == ["s01"]


@at_console()
async def test_the_chronogram_follows_the_present_until_one_scrolls(seat: Seat) -> None:
    await seat.play(11)
    chronogram = seat.app.main.query_one(ChronogramPanel)
    assert selected(chronogram) == "s03#1"
    await seat.press("up", "up", "up")
    await seat.play(5)
    assert selected(chronogram) != "s03#1"
    await seat.press("p")
    assert selected(chronogram) == "s03#1"


@at_console()
async def test_the_search_keeps_what_matches_whatever_case_and_accents(seat: Seat) -> None:
    await seat.press("1", "slash")
    await seat.type("LITS")
    await seat.press("enter")
    assert "Lits" in seat.text()
    assert "Confirmez-vous" not in seat.text()
    await seat.press("escape")
    assert "Confirmez-vous" in seat.text()


@at_console()
async def test_the_log_is_searched_when_it_has_the_focus(seat: Seat) -> None:
    await seat.press("m", "a", "4", "slash")
    await seat.type("declare")
    await seat.press("enter")
    assert [line.name for line in seat.app.main.query_one(LogPanel).items] == ["milestone.reached"]


@at_console()
async def test_a_silent_cell_is_pointed_out(seat: Seat) -> None:
    await seat.play(13)
    await seat.press("3")
    assert "! silence 13:00" in seat.text()


@at_console()
async def test_after_finex_the_banner_offers_the_debrief(seat: Seat) -> None:
    await seat.ask(GiveFinex())
    assert "FINEX" in seat.lines()[2]


@at_console()
async def test_after_finex_the_first_key_is_no_more_called_debex(seat: Seat) -> None:
    await seat.ask(GiveFinex())
    assert seat.lines()[-1].split()[:2] == ["D", "RETEX"]


@at_console()
async def test_overtime_is_counted_on(seat: Seat) -> None:
    for _hour in range(2):
        await seat.play(31)
    assert "2:00" in always_there(seat)
    assert seat.board.situation.overtime_ms(seat.exercise.sim_ms()) == 120_000


@at_console(debex=False)
async def test_before_play_the_header_counts_down_to_debex(seat: Seat) -> None:
    assert "DEBEX" in always_there(seat)
    assert "10:00" in always_there(seat)


@at_console()
async def test_the_header_goes_on_under_a_dialog(seat: Seat) -> None:
    await seat.press("n")
    await seat.play(2)
    assert "T+00:02:00" in seat.lines()[0]


@at_console()
async def test_the_clock_goes_on_under_two_dialogs(seat: Seat) -> None:
    """The one in between is painted anew: the screen library keeps its old picture of the rest."""
    await seat.press("n", "f12")
    between = seat.app.screen_stack[-2]
    painted: list[bool] = []
    between.refresh = lambda *_regions, **_options: painted.append(True)  # type: ignore[method-assign, assignment]
    await seat.play(1)
    assert painted


@at_console(text=LONG.replace("title: Soins}", "title: Soins et accompagnement}"))
async def test_a_long_title_leaves_room_for_what_became_of_it(seat: Seat) -> None:
    await seat.press("1", "down", "down", "f", "2", "enter", "enter", "4")
    (line,) = [line for line in seat.lines() if "Cadre a répondu" in line]
    assert "…\N{NO-BREAK SPACE}: remis, Cadre a répondu" in line
    assert " Soins et… " in line


@at_console(text=LONG, size=WIDE)
async def test_a_title_is_not_cut_where_there_is_room(seat: Seat) -> None:
    await seat.press("1", "f", "2", "enter", "enter", "4")
    assert "S01 Postes figés [bold]ici[/bold]\N{NO-BREAK SPACE}: remis" in seat.text()
