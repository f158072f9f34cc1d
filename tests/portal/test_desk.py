"""What the console shows of the portal, and what starting and stopping it does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cyberex.errors import UserError
from cyberex.facts.delivery_commands import ClaimCall, GrantAccess
from cyberex.facts.model import AccessKind
from cyberex.portal.audience import Audience
from cyberex.portal.claims import LOOKED_AT_S, SILENCE_S
from cyberex.portal.desk import BORDER, Desk, qr_rows
from cyberex.portal.server import Binding
from tests.portal.house import HERE, PLAYER, Browser, House, house

ANIMATOR = Audience(AccessKind.ANIMATOR, voice="animator-2")


@asynccontextmanager
async def sat_at(
    home: House, binding: Binding | None = None
) -> AsyncIterator[tuple[Desk, list[str]]]:
    """A desk of the exercise of `home`, and what its owner was told."""
    told: list[str] = []

    def tell(word: str) -> Callable[[], "asyncio.Future[None]"]:
        async def telling() -> None:
            told.append(word)

        return lambda: asyncio.ensure_future(telling())

    desk = Desk(
        home.exercise,
        clocks=home.clocks,
        binding=binding or Binding(HERE, 0),
        report_bug=home.bugs.append,
        opened=tell("opened"),
        closed=tell("closed"),
    )
    try:
        yield desk, told
    finally:
        await desk.stop()


def browser_of(desk: Desk) -> Browser:
    return Browser(int(desk.addresses[0].rpartition(":")[2]))


async def joined(desk: Desk, audience: Audience = PLAYER) -> Browser:
    browser = browser_of(desk)
    door = next(
        door for door in desk.doors() if (door.kind, door.cell, door.role, door.voice)
        == (audience.kind, audience.cell, audience.role, audience.voice)
    )  # fmt: skip
    assert (await browser.post("/join", {"code": door.code})).status == 303
    return browser


async def test_a_desk_starts_and_stops_and_starts_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, told):
        assert (desk.running, desk.addresses, desk.doors()) == (False, (), [])
        for _ in range(2):
            await desk.start()
            await desk.start()
            assert desk.running
            browser = await joined(desk)
            async with browser.live() as live:
                assert live.status == 200
                await desk.stop()
                assert await live.next() == {}
            assert not desk.running
        assert told == ["opened", "closed"] * 2
        assert (desk.problem, home.bugs) == ("", [])


async def test_an_unusual_address_is_known_while_it_is_served(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home, Binding(HERE, 8765)) as (desk, _told):
        await desk.start(f"{HERE}:0")
        assert desk.elsewhere == desk.addresses[0].rpartition("/")[2]
        await desk.stop()
        assert desk.elsewhere == ""


async def test_the_usual_address_needs_no_saying(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _told):
        await desk.start()
        assert desk.elsewhere == ""


async def test_an_access_outlives_a_stop(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        browser = await joined(desk)
        await desk.stop()
        await desk.start()
        browser.port = browser_of(desk).port
        assert (await browser.get("/player")).status == 200


async def test_an_address_that_cannot_be_had_leaves_it_stopped(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, told):
        with pytest.raises(UserError):
            await desk.start(f"{HERE}:{home.port}")
        assert (desk.running, told) == (False, [])


async def test_there_is_a_door_for_each_cell_role_voice_and_the_wall(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        doors = [(door.kind.value, door.cell, door.role or door.voice) for door in desk.doors()]
        assert doors == [
            ("player", "crisis", ""),
            ("player", "crisis", "it"),
            ("player", "crisis", "dir"),
            ("observer", "crisis", ""),
            ("player", "care", ""),
            ("player", "care", "ward"),
            ("observer", "care", ""),
            ("animator", "", "animator-1"),
            ("animator", "", "animator-2"),
            ("wall", "", ""),
        ]
        assert len({door.code for door in desk.doors()}) == len(doors)


async def test_a_door_leads_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        door = desk.doors()[0]
        assert door.url == f"{desk.addresses[0]}/j/{door.code}"
        page = await browser_of(desk).get(f"/j/{door.code}")
        assert f'value="{door.code}"' in page.body


def test_a_qr_code_is_square_with_a_light_border() -> None:
    rows = qr_rows("http://192.168.1.20:8765/j/ABCDEFGH")
    assert len({len(row) for row in rows}) == 1
    assert len(rows[0]) in (2 * len(rows), 2 * len(rows) - 1)
    assert rows[0].strip() == ""
    assert all(row.startswith(" " * BORDER) for row in rows)
    assert rows[1][BORDER : BORDER + 7] == "█▀▀▀▀▀█"


async def test_who_follows_is_shown_once_a_device(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        browser = await joined(desk)
        async with browser.live(), browser.live():
            (device,) = desk.connected()
            assert (device.kind, device.cell, device.address) == (AccessKind.PLAYER, "crisis", HERE)
            assert device.since == home.clocks.wall()
            await desk.revoke(device.grant)
            while desk.connected():
                await asyncio.sleep(0)
        assert (await browser.get("/player")).status == 303


async def test_revoking_all_withdraws_the_codes_too(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        code = desk.doors()[0].code
        await desk.revoke()
        assert (await browser_of(desk).post("/join", {"code": code})).status == 403
        assert desk.refusals == 1


async def test_a_device_that_is_shut_out_cannot_come_back_by_the_code_it_had(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        other = next(door.code for door in desk.doors() if door.cell == "care")
        browser = await joined(desk)
        code = next(door.code for door in desk.doors() if door.cell == "crisis")
        await desk.revoke(home.exercise.board.access.grants[0].grant)
        assert (await browser.post("/join", {"code": code})).status == 403
        assert (await browser_of(desk).post("/join", {"code": other})).status == 303


async def test_a_personal_link_opens_for_its_person(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        url = await desk.link(PLAYER, "p1")
        browser = browser_of(desk)
        path = url.removeprefix(desk.addresses[0])
        assert (await browser.post(path, {})).status == 303
        assert home.exercise.board.access.grants[-1].person == "p1"


async def test_what_is_to_be_known_of_the_way_it_is_served_is_said(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        async with sat_at(home) as (desk, _):
            assert desk.warnings == ()
            await desk.start()
            assert len(desk.warnings) == 1
        async with sat_at(home, replace(Binding(), port=0)) as (desk, _):
            await desk.start()
            assert "isol" in desk.warnings[0]


async def test_a_portal_that_dies_is_told_and_the_exercise_goes_on(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, told):
        await desk.start()

        def broken(_: object) -> None:
            raise RuntimeError("ours")

        desk.portal.hub._take = broken  # type: ignore[assignment]
        home.portal.hub.close()  # the one of the house follows no more
        await home.to_play()
        while desk.running:
            await asyncio.sleep(0)
        while told != ["opened", "closed"]:
            await asyncio.sleep(0)
        assert desk.problem
        assert [str(bug) for bug in home.bugs] == ["ours"]
        assert home.exercise.board.situation.state.value == "play"


async def test_a_portal_ends_with_its_exercise_without_complaint(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, told):
        await desk.start()
        await home.exercise.close()
        while told != ["opened", "closed"]:
            await asyncio.sleep(0)
        assert (desk.problem, home.bugs) == ("", [])


# ---------------------------------------------------------------- claims


async def claimed(home: House) -> None:
    """A call to make, taken by animator-2."""
    await home.to_play()
    await home.ask(
        GrantAccess(grant="g", digest="0" * 64, kind=AccessKind.ANIMATOR, voice="animator-2")
    )
    await home.play(21)
    (sheet,) = [item for item in home.exercise.board.calls.sheets if item.stimulus == "s03"]
    await home.ask(ClaimCall(stimulus="s03", voice="animator-2", cell=sheet.cell))


def claimant(home: House) -> str:
    (sheet,) = [item for item in home.exercise.board.calls.sheets if item.stimulus == "s03"]
    return sheet.claimed_by


async def test_a_call_taken_by_a_silent_animator_is_given_back(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        home.sleepers = 4
        await claimed(home)
        assert claimant(home) == "animator-2"
        await home.play((SILENCE_S - LOOKED_AT_S) / 60)
        assert claimant(home) == "animator-2"
        await home.play(3 * LOOKED_AT_S / 60)
        assert claimant(home) == ""


async def test_a_call_stays_with_an_animator_whose_page_is_open(tmp_path: Path) -> None:
    async with house(tmp_path) as home, sat_at(home) as (desk, _):
        await desk.start()
        home.sleepers = 4
        browser = await joined(desk, ANIMATOR)
        async with browser.live() as live:
            assert live.status == 200
            await claimed(home)
            await home.play((SILENCE_S + 3 * LOOKED_AT_S) / 60)
            assert claimant(home) == "animator-2"
