"""The pages and the mail beside an exercise: opened with it, ended with it, never in its way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cyberex.cli.app import with_portal_address
from cyberex.cli.rooms import Rooms
from cyberex.exercise.clocks import SystemClocks
from cyberex.exercise.opening import create_exercise, resume_exercise
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import FireStimulus, GiveDebex
from cyberex.facts.delivery_commands import (
    ClaimCall,
    CloseOutbox,
    ConfirmMail,
    OpenOutbox,
    StartContactTest,
)
from cyberex.facts.model import AccessKind, Outbox
from cyberex.facts.people import Person
from tests.console.beside import WRITTEN
from tests.console.seat import scenario_json
from tests.portal.house import Browser

PEOPLE = (
    Person(id="p1", role="it", cell="crisis", name="M. Forestier", email="f@exercice.example"),
    Person(id="p2", task="observer", cell="care", name="Mme Obs", email="o@exercice.example"),
    Person(id="p3", task="director", name="Mme Direx", email="d@exercice.example"),
)
HERE = "127.0.0.1:0"


@asynccontextmanager
async def beside(
    folder: Path,
    address: str | None = HERE,
    *,
    resumed: bool = False,
    before: Callable[[Exercise], Awaitable[None]] | None = None,
) -> AsyncIterator[tuple[Exercise, Rooms]]:
    """An exercise being played, with its rooms; what went wrong in them fails the test."""
    path = folder / "exercice.cyberex"
    if resumed:
        exercise = await resume_exercise(path)
    else:
        exercise = await create_exercise(
            scenario_json(WRITTEN), source=str(folder / "s.yaml"), seed=7, journal_path=path,
            people=PEOPLE,
        )  # fmt: skip
        await exercise.submit(GiveDebex())
    if before is not None:
        await before(exercise)
    bugs: list[BaseException] = []
    rooms = Rooms(exercise, PEOPLE, SystemClocks(), bugs.append)
    driver = asyncio.create_task(exercise.run())
    try:
        await rooms.open(address)
        yield exercise, rooms
    finally:
        await rooms.close()
        await exercise.close()
        await driver
    assert bugs == []


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(8):
        while not true():
            await asyncio.sleep(0.01)


async def joined(rooms: Rooms, kind: AccessKind, cell: str, role: str = "") -> Browser:
    port = int(rooms.portal.addresses[0].rpartition(":")[2])
    door = next(
        door
        for door in rooms.portal.doors()
        if (door.kind, door.cell, door.role) == (kind, cell, role)
    )
    browser = Browser(port)
    assert (await browser.post("/join", {"code": door.code})).status == 303
    return browser


def open_now(exercise: Exercise) -> list[tuple[str, str]]:
    outboxes = exercise.board.outboxes.open
    return [(item.cell, item.role) for item in outboxes if item.outbox is Outbox.PORTAL]


def waiting(exercise: Exercise) -> list[str]:
    return [sheet.stimulus for sheet in exercise.board.calls.waiting]


async def test_a_cell_goes_to_the_portal_once_a_player_of_it_is_there(tmp_path: Path) -> None:
    async with beside(tmp_path) as (exercise, rooms):
        observer = await joined(rooms, AccessKind.OBSERVER, "crisis")
        player = await joined(rooms, AccessKind.PLAYER, "care")
        assert open_now(exercise) == []
        async with observer.live(), player.live():
            await until(lambda: bool(open_now(exercise)))
        assert open_now(exercise) == [("care", "")]


async def test_a_role_that_joins_gets_what_is_for_it_only(tmp_path: Path) -> None:
    async with beside(tmp_path) as (exercise, rooms):
        player = await joined(rooms, AccessKind.PLAYER, "crisis", "it")
        async with player.live():
            await until(lambda: bool(open_now(exercise)))
        assert open_now(exercise) == [("crisis", "it")]


async def test_what_the_director_closed_by_hand_is_not_opened_again(tmp_path: Path) -> None:
    async with beside(tmp_path) as (exercise, rooms):
        player = await joined(rooms, AccessKind.PLAYER, "care")
        async with player.live():
            await until(lambda: bool(open_now(exercise)))
            await exercise.submit(CloseOutbox(outbox=Outbox.PORTAL, cell="care"))
            for _look in range(3):
                await rooms._tending.look()
            assert open_now(exercise) == []
            await exercise.submit(
                OpenOutbox(outbox=Outbox.PORTAL, cell="care", kinds=("email", "sms"))
            )
            assert open_now(exercise) == [("care", "")]


async def test_when_the_portal_dies_what_nobody_read_is_on_the_call_sheets(tmp_path: Path) -> None:
    async with beside(tmp_path) as (exercise, rooms):
        player = await joined(rooms, AccessKind.PLAYER, "care")
        async with player.live():
            await until(lambda: bool(open_now(exercise)))
            await exercise.submit(FireStimulus(stimulus="m02"))
            assert waiting(exercise) == []
            server = rooms.portal._server
            assert server is not None
            assert server._task is not None
            server._task.cancel()
            await until(lambda: bool(rooms.portal.problem) and not rooms.portal.running)
            await until(lambda: not open_now(exercise))
        assert waiting(exercise) == ["m02"]
        await exercise.submit(FireStimulus(stimulus="s01"))
        await rooms.portal.start()
        assert rooms.portal.problem == ""


async def test_leaving_keeps_what_the_portal_shows_for_the_next_time(tmp_path: Path) -> None:
    async with beside(tmp_path) as (exercise, rooms):
        player = await joined(rooms, AccessKind.PLAYER, "care")
        async with player.live():
            await until(lambda: bool(open_now(exercise)))
            await exercise.submit(FireStimulus(stimulus="m02"))
    assert (rooms.served_at or "").startswith("127.0.0.1:")
    async with beside(tmp_path, resumed=True) as (exercise, rooms):
        assert open_now(exercise) == [("care", "")]
        assert waiting(exercise) == []
        player.port = int(rooms.portal.addresses[0].rpartition(":")[2])
        async with player.live() as live:
            assert live.status == 200


async def test_resumed_without_a_portal_what_nobody_read_is_on_the_call_sheets(
    tmp_path: Path,
) -> None:
    async def claimed(exercise: Exercise) -> None:
        await exercise.submit(OpenOutbox(outbox=Outbox.PORTAL, cell="care", kinds=("email", "sms")))
        await exercise.submit(FireStimulus(stimulus="m02"))
        await exercise.submit(FireStimulus(stimulus="s01"))
        await exercise.submit(ClaimCall(stimulus="s01", voice="animator-1"))
        assert waiting(exercise) == ["s01"]

    async with beside(tmp_path, None, before=claimed) as (exercise, _rooms):
        sheets = {sheet.stimulus: sheet.claimed_by for sheet in exercise.board.calls.waiting}
        assert sheets == {"s01": "", "m02": ""}


async def test_an_address_that_cannot_be_had_is_a_problem_to_show(tmp_path: Path) -> None:
    async with beside(tmp_path, "nulle part:99999") as (exercise, rooms):
        assert not rooms.portal.running
        assert rooms.portal.problem
        await exercise.submit(FireStimulus(stimulus="s01"))


async def test_settings_that_cannot_be_used_are_a_problem_to_show(tmp_path: Path) -> None:
    (tmp_path / "cyberex.toml").write_text('[mail]\nchemin = "x"\n', encoding="utf-8")
    async with beside(tmp_path, None) as (_exercise, rooms):
        assert "chemin" in rooms.mail.problem
        assert not rooms.mail.configured


async def test_without_settings_no_mail_is_even_rehearsed(tmp_path: Path) -> None:
    async with beside(tmp_path, None) as (exercise, rooms):
        await exercise.submit(FireStimulus(stimulus="m01"))
        assert (rooms.mail.configured, rooms.mail.folder) == (False, "")
    assert not (tmp_path / "courriels").exists()


SERVER = '[mail]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\nfrom = "jeu@exercice.example"\n'


async def test_mail_is_configured_beside_the_exercise_and_tested(tmp_path: Path) -> None:
    (tmp_path / "cyberex.toml").write_text(SERVER, encoding="utf-8")
    async with beside(tmp_path) as (exercise, rooms):
        assert rooms.mail.configured
        assert rooms.mail.folder == str(tmp_path / "courriels")
        await rooms.mail.start_test(["p1", "p2", "p3"])
        await until(lambda: len(exercise.board.contact_test.rows) == 6)
        kinds = {(grant.person, grant.kind) for grant in exercise.board.access.grants}
        assert kinds == {("p1", AccessKind.PLAYER), ("p2", AccessKind.OBSERVER)}


async def test_resumed_without_its_server_mail_goes_to_the_call_sheets(tmp_path: Path) -> None:
    async def leaving(exercise: Exercise) -> None:
        await exercise.submit(StartContactTest(people=("p1",)))
        await exercise.submit(ConfirmMail())
        await exercise.submit(OpenOutbox(outbox=Outbox.MAIL, cell="crisis", kinds=("email",)))
        await exercise.submit(FireStimulus(stimulus="m01"))
        assert waiting(exercise) == []

    async with beside(tmp_path, None, before=leaving) as (exercise, _rooms):
        assert waiting(exercise) == ["m01"]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (["play", "beginner", "--portal"], ["play", "beginner", "--portal="]),
        (["play", "--portal", "beginner"], ["play", "--portal=", "beginner"]),
        (["play", "--portal", "--tabletop"], ["play", "--portal=", "--tabletop"]),
        (["play", "--portal", "9000", "x"], ["play", "--portal", "9000", "x"]),
        (["play", "--portal", ":9000"], ["play", "--portal", ":9000"]),
        (
            ["resume", "--portal", "10.0.0.5:9000", "j"],
            ["resume", "--portal", "10.0.0.5:9000", "j"],
        ),
        (["resume", "--portal", "C:\\jeux\\1"], ["resume", "--portal=", "C:\\jeux\\1"]),
        (["play", "--portal=9000"], ["play", "--portal=9000"]),
    ],
)
def test_portal_stands_alone_or_with_an_address(typed: list[str], understood: list[str]) -> None:
    assert with_portal_address(typed) == understood
