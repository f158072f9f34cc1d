"""The way into the console, and out of it when it breaks."""

import asyncio
from pathlib import Path

import pytest

from cyberex.console.dialogs.call_down import CallDownDialog
from cyberex.console.launch import run_console
from cyberex.console.main_screen import MainScreen
from cyberex.console.services import ConsoleServices
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.verify import verify
from tests.console.seat import NINE, PEOPLE, Seat, at_console, scenario_json


class BrokenError(Exception):
    """A bug of ours."""


async def test_a_bug_of_the_console_is_raised_not_printed_and_the_journal_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_: MainScreen) -> None:
        raise BrokenError(PEOPLE[0].mobile)

    monkeypatch.setattr(
        "textual.constants.DRIVER", "textual.drivers.headless_driver:HeadlessDriver"
    )
    monkeypatch.setattr(MainScreen, "redraw", broken)
    path, clocks = tmp_path / "exercice.cyberex", VirtualClocks(NINE)
    exercise = await create_exercise(
        scenario_json(), source="x.yaml", seed=7, journal_path=path, people=PEOPLE, clocks=clocks
    )
    services = ConsoleServices(
        write_report=lambda _to: [], report_dir=tmp_path, people=lambda: PEOPLE, clocks=clocks
    )
    with pytest.raises(BrokenError):
        await run_console(exercise, services=services)
    assert PEOPLE[0].mobile not in "".join(capfd.readouterr())
    assert exercise.closed
    assert verify(path).ok


@at_console()
async def test_a_dialog_that_opens_while_the_console_is_left_is_no_bug(seat: Seat) -> None:
    seat.app.push_screen(CallDownDialog(seat.app.main.stage))
    seat.app.exit()
    for _turn in range(100):
        await asyncio.sleep(0)
    assert seat.app.fault is None
