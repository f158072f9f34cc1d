"""Texts longer than their place: read in full all the same."""

from pathlib import Path

import pytest

from tests.console.seat import NARROW, SCENARIO, WIDE, Seat, at_console, seated

LONG = " ".join(f"mot{number}" for number in range(30))
REACTION = SCENARIO.replace("text: Relève les faits", f"text: {LONG}")
SPOKEN = " ".join(f"Phrase numéro {number}." for number in range(80))
AT, BEFORE_THE_STIMULI = SCENARIO.index("bulletin: Il est"), SCENARIO.index("stimuli:")
JUMP = f'{SCENARIO[:AT]}bulletin: "{SPOKEN}"}}\n{SCENARIO[BEFORE_THE_STIMULI:]}'


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_long_reaction_is_read_in_full_before_it_is_ticked(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(tmp_path, size=size, text=REACTION) as seat:
        await seat.play(5)
        await seat.press("2", "enter", "enter", "t")
        assert "mot29" in seat.text()
        await seat.press("a")
        assert "mot29" in seat.text()
        assert "chiffre ou Entrée" in seat.text()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_long_bulletin_is_read_before_and_after_the_jump(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(tmp_path, size=size, text=JUMP) as seat:
        await seat.press("j", "j")
        assert "numéro 0." in seat.text()
        assert "Échap : attendre" in seat.text().replace("\N{NO-BREAK SPACE}", " ")
        await seat.press(*["pagedown"] * 6)
        assert "numéro 79." in seat.text()
        await seat.press("pageup", "enter")
        assert "numéro 0." in seat.text()
        await seat.press(*["pagedown"] * 4)
        assert "numéro 79." in seat.text()
        await seat.press("enter", "j")
        assert "numéro 0." in seat.text()


@at_console()
async def test_a_short_bulletin_takes_no_more_place_than_it_needs(seat: Seat) -> None:
    await seat.press("j", "j")
    text = seat.text()
    assert "Il est 14 h." in text
    assert "Lits" in text
