"""The portal's screen: how to come in, who is there, who has read what, what one may do."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from cyberex.console.dialogs.call_down import CallDownDialog
from cyberex.console.dialogs.confirm import Confirm
from cyberex.console.main_screen import MainScreen
from cyberex.console.portal_screen import PortalScreen
from cyberex.facts.commands import Acknowledge
from cyberex.facts.delivery_commands import GrantAccess, OpenOutbox
from cyberex.facts.model import AccessKind, Outbox
from tests.console.beside import DOORS, QR, WRITTEN, FakeConnected, FakeDoor, FakePortal
from tests.console.seat import NARROW, WIDE, Seat, at_console, seated

SIZES = [NARROW, WIDE]


def grant(name: str, **changes: str) -> GrantAccess:
    fields = {"cell": "crisis", **changes}
    return GrantAccess(grant=name, digest=f"{name:0<64}", kind=AccessKind.PLAYER, **fields)


def by_portal(cell: str) -> OpenOutbox:
    return OpenOutbox(outbox=Outbox.PORTAL, cell=cell, kinds=("email", "sms"))


async def go(seat: Seat, *keys: str) -> None:
    await seat.press("Q")
    assert isinstance(seat.screen, PortalScreen)
    await seat.press(*keys)


def text(seat: Seat) -> str:
    return seat.text().replace("\N{NO-BREAK SPACE}", " ")


def qr_in_sight(seat: Seat) -> bool:
    return sum(QR[0] in line for line in seat.lines()) == len(QR)


@pytest.mark.parametrize("size", SIZES)
async def test_a_code_and_its_whole_qr_are_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    async with seated(tmp_path, size=size, portal=FakePortal()) as seat:
        await go(seat)
        assert "ABCD 2345" in seat.text()
        assert "http://192.0.2.7:8765" in seat.text()
        assert "Sans certificat." in seat.text()
        assert qr_in_sight(seat)
        assert {cell_len(line) for line in seat.lines()} == {size[0]}


@pytest.mark.parametrize("size", SIZES)
async def test_n_and_p_turn_the_codes_round(tmp_path: Path, size: tuple[int, int]) -> None:
    async with seated(tmp_path, size=size, portal=FakePortal()) as seat:
        await go(seat, "n")
        screen = seat.screen
        assert isinstance(screen, PortalScreen)
        assert screen._doors.selected == DOORS[1]
        await seat.press("p", "p")
        assert screen._doors.selected == DOORS[-1]


async def test_a_qr_too_large_for_the_screen_is_replaced_by_its_address(tmp_path: Path) -> None:
    large = FakeDoor(AccessKind.PLAYER, "ABCD2345", cell="crisis", qr=("█" * 41,) * 21)
    async with seated(tmp_path, portal=FakePortal(ways=(large,))) as seat:
        await go(seat)
        assert "█" not in seat.text()
        assert "/j/ABCD2345" in seat.text()


@pytest.mark.parametrize("size", SIZES)
async def test_the_wall_s_code_comes_after_a_warning_about_mirrored_screens(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(tmp_path, size=size, portal=FakePortal()) as seat:
        await go(seat, "p")
        assert "XYZA" not in seat.text()
        assert not qr_in_sight(seat)
        await seat.press("w")
        assert isinstance(seat.screen, Confirm)
        await seat.press("escape")
        assert "XYZA" not in seat.text()
        await seat.press("enter", "enter")
        assert "XYZA 2345" in seat.text()


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_connected_where_and_who_is_not_any_more(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    portal = FakePortal(there=[FakeConnected("g1", person="p1")])
    async with seated(tmp_path, size=size, portal=portal) as seat:
        await seat.ask(grant("g1", person="p1"))
        await seat.ask(grant("g2", role="dir"))
        assert "● 1" in "\n".join(seat.lines()[:2])
        await go(seat, "2")
        shown = seat.text()
        assert "● Crise – M. Forestier" in shown
        assert "192.0.2.31" in shown
        assert "○ Crise, Direction" in shown


async def test_one_access_is_taken_back_after_a_question(tmp_path: Path) -> None:
    portal = FakePortal(there=[FakeConnected("g1")])
    async with seated(tmp_path, portal=portal) as seat:
        await seat.ask(grant("g1"))
        await go(seat, "2", "r")
        await seat.press("escape", "r", "enter")
        assert portal.revoked == ["g1"]


async def test_an_access_that_cannot_be_taken_back_is_said(tmp_path: Path) -> None:
    async with seated(tmp_path, portal=FakePortal(busy="disque plein.")) as seat:
        await seat.ask(grant("g1"))
        await go(seat, "2", "r", "enter")
        assert "✗ disque plein." in seat.text()


async def test_r_elsewhere_only_shows_who_has_joined(tmp_path: Path) -> None:
    portal = FakePortal()
    async with seated(tmp_path, portal=portal) as seat:
        await seat.ask(grant("g1"))
        await go(seat, "r")
        assert "○ Crise" in seat.text()
        assert isinstance(seat.screen, PortalScreen)


async def test_every_access_is_taken_back_at_once(tmp_path: Path) -> None:
    portal = FakePortal()
    async with seated(tmp_path, portal=portal) as seat:
        await seat.ask(grant("g1"))
        await go(seat, "X", "enter")
        assert portal.revoked == [""]


@pytest.mark.parametrize("size", SIZES)
async def test_unread_messages_are_counted_with_the_age_of_the_oldest(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(tmp_path, size=size, text=WRITTEN, portal=FakePortal()) as seat:
        await seat.ask(by_portal("crisis"))
        await seat.play(4)
        await go(seat, "3")
        assert "1 non lu (2:00)" in text(seat)
        assert "! 1 non lu" not in text(seat)
        await seat.play(2)
        assert "! 1 non lu (4:00)" in text(seat)
        await seat.press("escape", "3")
        assert "! 1 non lu (4:00)" in text(seat)
        await seat.ask(Acknowledge(stimulus="m01", cell="crisis"))
        assert "non lu" not in text(seat)


async def test_enter_on_a_cell_says_what_it_got_and_who_read_it(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, portal=FakePortal()) as seat:
        await seat.ask(by_portal("crisis"))
        await seat.play(3)
        await seat.exercise.submit(
            Acknowledge(stimulus="m01", cell="crisis"), by="it", origin="portal"
        )
        await go(seat, "3", "enter")
        assert "M01 Un courriel" in seat.text()
        assert " · lu 08:03, Informatique" in " ".join(seat.text().split())


async def test_a_call_that_somebody_took_is_not_shown_as_unread(tmp_path: Path) -> None:
    async with seated(tmp_path, size=WIDE, portal=FakePortal()) as seat:
        await seat.play(5)
        await seat.press("2", "enter", "enter")
        assert seat.status("s01#1") == "delivered"
        await go(seat, "3", "enter")
        (line,) = (line for line in seat.lines() if " S01 " in line)
        assert "✓" in line
        assert "○" not in line


async def test_a_cell_goes_to_the_portal_by_hand(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, portal=FakePortal()) as seat:
        await go(seat, "3", "o")
        assert seat.board.outboxes.is_open(Outbox.PORTAL, "crisis")
        assert not seat.board.outboxes.is_open(Outbox.PORTAL, "care")


async def test_what_a_cell_has_not_read_goes_back_to_the_call_sheets(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, portal=FakePortal()) as seat:
        await seat.ask(by_portal("crisis"))
        await seat.play(3)
        await go(seat, "3", "o")
        assert "1 message" in seat.text()
        await seat.press("enter")
        assert [sheet.stimulus for sheet in seat.board.calls.waiting] == ["m02", "m01"]


@at_console(text=WRITTEN, portal=FakePortal(running=False))
async def test_no_cell_goes_to_a_portal_that_is_not_there(seat: Seat) -> None:
    await go(seat, "3", "o")
    assert not seat.board.outboxes.is_open(Outbox.PORTAL)
    assert seat.text().count("✗")


async def test_it_is_started_and_stopped_from_the_console(tmp_path: Path) -> None:
    portal = FakePortal(running=False)
    async with seated(tmp_path, portal=portal) as seat:
        await go(seat, "S")
        assert portal.running
        await seat.press("S", "escape")
        assert portal.running
        await seat.press("S", "enter")
        assert not portal.running


async def test_another_address_is_typed(tmp_path: Path) -> None:
    portal = FakePortal(running=False)
    async with seated(tmp_path, portal=portal) as seat:
        await go(seat, "a")
        await seat.type("9000")
        await seat.press("enter")
        assert portal.started == ["9000"]


async def test_an_address_that_cannot_be_had_is_said(tmp_path: Path) -> None:
    async with seated(tmp_path, portal=FakePortal(running=False, busy="port occupé.")) as seat:
        await go(seat, "S")
        assert "✗ port occupé." in seat.text()


@pytest.mark.parametrize("size", SIZES)
async def test_a_portal_that_died_is_said_on_every_screen_and_started_again(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    portal = FakePortal(running=False, problem="Une panne.")
    async with seated(tmp_path, size=size, portal=portal) as seat:
        assert "Q" in seat.lines()[2]
        assert "✗" in "\n".join(seat.lines()[:2])
        await go(seat)
        assert "Une panne." in seat.text()
        await seat.press("S")
        assert portal.started == [""]
        await seat.press("escape")
        assert "✗" not in "\n".join(seat.lines()[:3])


async def test_once_looked_at_a_dead_portal_is_said_in_the_header_only(tmp_path: Path) -> None:
    portal = FakePortal(running=False, problem="Une panne.")
    async with seated(tmp_path, portal=portal) as seat:
        assert "PORTAIL ARRÊTÉ" in seat.lines()[2]
        await go(seat, "escape")
        assert "PORTAIL ARRÊTÉ" not in seat.text()
        assert "⌂ ✗" in seat.lines()[1]


async def test_every_warning_is_read_in_full(tmp_path: Path) -> None:
    async with seated(tmp_path, portal=FakePortal(refusals=3)) as seat:
        await go(seat, "i")
        assert "Un autre avertissement." in seat.text()
        assert "3 requêtes" in seat.text()


@at_console(portal=FakePortal(), debex=False)
async def test_it_opens_before_debex(seat: Seat) -> None:
    await go(seat)
    assert seat.state() == "ready"
    assert "ABCD 2345" in seat.text()


@at_console(portal=FakePortal())
async def test_the_real_stop_goes_over_it(seat: Seat) -> None:
    await go(seat, "f12")
    assert isinstance(seat.screen, CallDownDialog)
    await seat.press("escape")
    assert isinstance(seat.screen, PortalScreen)
    await seat.press("escape")
    assert isinstance(seat.screen, MainScreen)


@at_console(portal=FakePortal())
async def test_space_pauses_from_the_portal_s_screen(seat: Seat) -> None:
    await go(seat, "space")
    assert seat.board.situation.paused
    await seat.press("Q")
    assert isinstance(seat.screen, MainScreen)


@at_console()
async def test_where_there_is_no_portal_it_is_said(seat: Seat) -> None:
    await seat.press("Q")
    assert isinstance(seat.screen, MainScreen)
    assert seat.message().startswith("✗")
