"""The day going wrong: the disk is full or slow, the machine slept, the exercise is resumed."""

import asyncio
from datetime import timedelta
from pathlib import Path

from cyberex.exercise.clocks import VirtualClocks
from tests.console.seat import NINE, Seat, seated
from tests.exercise.table import Disk


async def test_a_full_disk_is_told_by_a_banner_and_tried_again_with_a_key(tmp_path: Path) -> None:
    disk = Disk()
    async with seated(tmp_path, ledger=disk.ledger) as seat:
        disk.full = True
        await seat.press("m", "a")
        assert seat.message().startswith("✗")
        assert "F5" in seat.lines()[2]
        disk.full = False
        await seat.press("f5")
        assert "F5" not in seat.lines()[2]
        await seat.press("m", "a")
        assert list(seat.board.world.milestones) == ["declared"]


async def slowly(seat: Seat, *keys: str) -> None:
    """Press keys without waiting for what they asked."""
    for key in keys:
        seat.hit(key)
        for _turn in range(4):
            await seat.pilot._wait_for_screen()
    await seat.painted()


async def test_a_slow_disk_freezes_neither_clock_nor_keys(tmp_path: Path) -> None:
    disk = Disk()
    async with seated(tmp_path, ledger=disk.ledger) as seat:
        disk.ready.clear()
        await slowly(seat, "1", "s")
        await asyncio.to_thread(disk.busy.wait, 5)
        seat.clocks.move(30)
        await slowly(seat, "down", "n", "f")
        assert "T+00:00:30" in seat.lines()[0]
        assert len(seat.app.screen_stack) == 3
        disk.ready.set()
        await seat.settled()
        assert seat.status("s01#1") == "skipped"


async def test_what_waits_for_a_slow_disk_is_said(tmp_path: Path) -> None:
    disk = Disk()
    async with seated(tmp_path, ledger=disk.ledger) as seat:
        disk.ready.clear()
        await slowly(seat, "1", "s")
        await asyncio.to_thread(disk.busy.wait, 5)
        assert "…" in seat.lines()[-2]
        disk.ready.set()
        await seat.settled()
        assert seat.message().startswith("✓")


async def sleep(seat: Seat, minutes: float) -> None:
    seat.clocks.move(0.0, boot_s=minutes * 60, wall_s=minutes * 60)
    await seat.play(0.05)


async def test_after_a_sleep_space_asks_what_it_was(tmp_path: Path) -> None:
    async with seated(tmp_path) as seat:
        await sleep(seat, 3)
        assert seat.board.situation.gap_ms is not None
        await seat.press("space", "p")
        assert seat.board.situation.gap_ms is None
        await seat.press("space")
        assert seat.board.situation.running


async def test_a_sleep_taken_as_played_holds_what_became_late(tmp_path: Path) -> None:
    async with seated(tmp_path) as seat:
        await sleep(seat, 6)
        await seat.press("space", "j")
        assert seat.status("s01#1") == "held"


async def test_a_resumed_exercise_opens_on_the_question(tmp_path: Path) -> None:
    async with seated(tmp_path) as seat:
        await seat.play(2)
    clocks = VirtualClocks(NINE)
    clocks.move(900)
    async with seated(tmp_path, resumed=True, clocks=clocks) as seat:
        assert seat.board.situation.gap_ms is not None
        assert len(seat.app.screen_stack) == 3
        await seat.press("p", "space")
        assert seat.board.situation.running


async def test_what_was_asked_before_a_resume_can_still_be_undone(tmp_path: Path) -> None:
    async with seated(tmp_path) as seat:
        await seat.press("m", "a")
    async with seated(tmp_path, resumed=True, clocks=VirtualClocks(NINE)) as seat:
        await seat.press("escape", "u", "enter")
        assert seat.board.world.milestones == {}


async def test_a_dead_driver_is_told_for_good(tmp_path: Path) -> None:
    async with seated(tmp_path) as seat:
        seat.app.main.failed(ZeroDivisionError("par zéro"))
        await seat.settled()
        assert "ZeroDivisionError" in seat.lines()[2]


async def test_an_hour_while_the_machine_slept_is_an_hour_of_play_once_counted_so(
    tmp_path: Path,
) -> None:
    async with seated(tmp_path) as seat:
        await seat.play(2)
        before = seat.app.desk.room()
        await sleep(seat, 30)
        await seat.press("space", "j")
        during = seat.app.desk.sim_of_room(before + timedelta(minutes=10))
        assert abs(during - 12 * 60_000) < 2_000
