"""A disk that is slow holds nobody up; one that fails freezes the exercise, visibly."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cyberex.errors import UserError
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.director import HeadlessDirector
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.script import Script
from cyberex.exercise.verify import verify
from cyberex.facts.commands import AddNote, Pause, Resume, SkipStimulus
from tests.exercise.conftest import Seat
from tests.exercise.table import Disk, Table, scenario_json

T5, T10 = 300_000, 600_000


@pytest.fixture
async def disk() -> AsyncIterator[Disk]:
    disk = Disk()
    yield disk
    disk.ready.set()


@pytest.fixture
async def table(seat: Seat, disk: Disk, tmp_path: Path) -> Table:
    """An exercise in play, at 0, on a disk that obeys the test."""
    table = await seat(ledger=disk.ledger(tmp_path / "exercice.cyberex"))
    await table.to_play()
    disk.busy.clear()
    return table


async def test_a_slow_commit_freezes_neither_the_clock_nor_the_loop(
    table: Table, disk: Disk
) -> None:
    disk.ready.clear()
    asking = asyncio.create_task(table.ask(SkipStimulus(stimulus="s03")))
    await asyncio.to_thread(disk.busy.wait)
    table.clocks.move(0.4)
    assert table.exercise.sim_ms() == 400
    assert not asking.done()
    disk.ready.set()
    assert (await asking)[-1].event.name == "stimulus.skipped"


async def test_nobody_sees_what_is_not_durable_yet(table: Table, disk: Disk) -> None:
    feed = table.exercise.feed(after_seq=table.exercise.board.seq)
    disk.ready.clear()
    asking = asyncio.create_task(table.ask(SkipStimulus(stimulus="s03")))
    await asyncio.to_thread(disk.busy.wait)
    seq = table.exercise.board.seq
    disk.ready.set()
    recorded = await asking
    assert recorded[0].seq == seq + 1
    assert await anext(feed) == recorded


async def test_a_slow_commit_makes_nothing_that_follows_late(table: Table, disk: Disk) -> None:
    disk.ready.clear()
    asking = asyncio.create_task(table.ask(Pause()))
    await asyncio.to_thread(disk.busy.wait)
    table.clocks.move(0.4)
    disk.ready.set()
    await asking
    assert table.exercise.sim_ms() == 0


async def test_play_counts_from_the_order_to_resume_and_not_from_its_commit(
    table: Table, disk: Disk
) -> None:
    await table.ask(Pause())
    disk.busy.clear()
    disk.ready.clear()
    asking = asyncio.create_task(table.ask(Resume()))
    await asyncio.to_thread(disk.busy.wait)
    table.clocks.move(0.4)
    disk.ready.set()
    await asking
    assert table.exercise.sim_ms() == 400


async def test_a_client_that_leaves_during_a_commit_hides_nothing(table: Table, disk: Disk) -> None:
    seq = table.exercise.board.seq
    disk.ready.clear()
    leaving = asyncio.create_task(table.ask(SkipStimulus(stimulus="s03")))
    await asyncio.to_thread(disk.busy.wait)
    leaving.cancel()
    await asyncio.wait([leaving])
    disk.ready.set()
    assert [item.event.name for item in await anext(table.exercise.feed(seq))] == [
        "stimulus.skipped"
    ]


async def test_a_failed_append_freezes_the_exercise(table: Table, disk: Disk) -> None:
    await table.play(4)
    disk.full = True
    with pytest.raises(UserError):
        await table.ask(SkipStimulus(stimulus="s03"))
    assert table.exercise.frozen
    assert not any(row.event.name == "stimulus.skipped" for row in table.recorded())


async def test_nothing_leaves_and_time_stands_while_frozen(table: Table, disk: Disk) -> None:
    await table.play(4)
    disk.full = True
    await table.play(90)
    assert table.exercise.sim_ms() == T5
    assert table.when("stimulus.due") == []
    with pytest.raises(UserError):
        await table.ask(AddNote(text=table.exercise.say("on attend")))


async def test_thawing_sends_what_could_not_be_written_and_goes_on(
    table: Table, disk: Disk
) -> None:
    disk.full = True
    await table.play(30)
    disk.full = False
    await table.exercise.thaw()
    await table.play(5)
    assert table.exercise.frozen is None
    assert table.when("stimulus.due") == [T5, T10]
    assert table.when("exercise.interrupted") == []


async def test_a_refused_thaw_leaves_it_frozen(table: Table, disk: Disk) -> None:
    disk.full = True
    await table.play(6)
    with pytest.raises(UserError):
        await table.exercise.thaw()
    assert table.exercise.frozen
    disk.full = False
    await table.exercise.thaw()
    await table.play(1)
    assert table.when("stimulus.due") == [T5]


async def test_a_command_lost_by_the_disk_may_be_sent_again(table: Table, disk: Disk) -> None:
    disk.full = True
    with pytest.raises(UserError):
        await table.ask(SkipStimulus(stimulus="s03"), id="skip-1")
    disk.full = False
    await table.exercise.thaw()
    await table.ask(SkipStimulus(stimulus="s03"), id="skip-1")
    assert len(table.when("stimulus.skipped")) == 1


async def test_a_commit_that_failed_yet_reached_the_disk_is_published_once(
    table: Table, disk: Disk
) -> None:
    disk.mute = True
    with pytest.raises(UserError):
        await table.ask(SkipStimulus(stimulus="s03"), id="skip-1")
    disk.mute = False
    await table.exercise.thaw()
    again = await table.ask(SkipStimulus(stimulus="s03"), id="skip-1")
    assert len(table.when("stimulus.skipped")) == 1
    assert table.exercise.board.seq == again[-1].seq == table.recorded()[-1].seq


async def test_a_journal_that_froze_and_thawed_verifies(table: Table, disk: Disk) -> None:
    disk.full = True
    await table.play(6)
    disk.full = False
    await table.exercise.thaw()
    await table.play(10)
    assert verify(table.exercise.journal_path).ok


async def test_headless_play_ends_when_its_disk_fails(disk: Disk, tmp_path: Path) -> None:
    exercise = await create_exercise(
        scenario_json(),
        source="small.yaml",
        seed=7,
        journal_path=tmp_path / "seul.cyberex",
        clocks=VirtualClocks(jumping=True),
        ledger=disk.ledger(tmp_path / "seul.cyberex"),
    )
    exercise.attend(HeadlessDirector(exercise.plan, Script(), 7, exercise.say, print))
    disk.full = True
    with pytest.raises(UserError, match="seul"):
        await exercise.run()
    await exercise.close()
