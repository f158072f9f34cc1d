"""The clocks agree on what a second is; virtual ones move only when asked."""

import asyncio
from datetime import UTC, timedelta
from math import inf

import pytest

from cyberex.exercise.clocks import SystemClocks, VirtualClocks


async def test_a_wait_ends_at_its_instant() -> None:
    clocks = SystemClocks()
    until_s = clocks.monotonic_s() + 0.02
    await clocks.wait(asyncio.Event(), until_s)
    assert 0 <= clocks.monotonic_s() - until_s < 1


@pytest.mark.parametrize("until_s", [inf, 1e12])
async def test_a_bell_ends_any_wait(until_s: float) -> None:
    bell = asyncio.Event()
    asyncio.get_running_loop().call_soon(bell.set)
    await asyncio.wait_for(SystemClocks().wait(bell, until_s), timeout=5)


async def test_waiting_for_the_past_lets_others_run() -> None:
    ran: list[int] = []
    asyncio.get_running_loop().call_soon(ran.append, 1)
    await SystemClocks().wait(asyncio.Event(), 0.0)
    assert ran == [1]


def test_the_wall_is_utc_and_the_room_is_the_same_instant() -> None:
    clocks = SystemClocks()
    assert clocks.wall().tzinfo is UTC
    assert abs(clocks.room() - clocks.wall()) < timedelta(seconds=5)
    assert clocks.room().utcoffset() is not None


def test_a_boot_clock_where_there_is_one_never_goes_back() -> None:
    clocks = SystemClocks()
    first, second = clocks.boot_s(), clocks.boot_s()
    assert first is None or (second is not None and second >= first)


async def test_playing_virtual_time_wakes_each_waiter_at_its_instant() -> None:
    clocks = VirtualClocks()
    began_s = clocks.monotonic_s()
    woke: list[float] = []

    async def wait_thrice() -> None:
        for after_s in (1.0, 2.5, 9.0):
            await clocks.wait(asyncio.Event(), began_s + after_s)
            woke.append(clocks.monotonic_s() - began_s)

    waiting = asyncio.create_task(wait_thrice())
    await clocks.play(5.0)
    assert woke == [1.0, 2.5]
    assert clocks.monotonic_s() - began_s == 5.0
    waiting.cancel()


async def test_virtual_clocks_stand_still_unasked() -> None:
    clocks = VirtualClocks()
    before = (clocks.monotonic_s(), clocks.boot_s(), clocks.wall())
    await asyncio.sleep(0)
    assert (clocks.monotonic_s(), clocks.boot_s(), clocks.wall()) == before


async def test_jumping_clocks_are_there_at_once() -> None:
    clocks = VirtualClocks(jumping=True)
    began = clocks.wall()
    await clocks.wait(asyncio.Event(), clocks.monotonic_s() + 5_400.0)
    assert clocks.wall() - began == timedelta(minutes=90)
