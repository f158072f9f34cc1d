"""A call that an animator took comes back when nothing is heard of their page any more."""

from pathlib import Path

from cyberex.facts.commands import StartCall
from cyberex.facts.delivery_events import ClaimReleased
from cyberex.portal.claims import SILENCE_S, Claims
from tests.portal.animation import ONE, animation, happened, sent
from tests.portal.house import Browser, House

SHEET = {"stimulus": "s01#1", "cell": "crisis"}


async def taken(home: House) -> tuple[Browser, Claims]:
    """A call taken by the first voice, and whoever looks at it."""
    browser = await home.joined(ONE)
    await sent(browser, "/animator/note", "/animator/claim", **SHEET)
    return browser, Claims(home.exercise, home.clocks, home.portal.hub)


def claimed_by(home: House) -> str:
    sheet = home.exercise.board.calls.sheet("s01#1", "crisis")
    assert sheet is not None
    return sheet.claimed_by


async def silence(home: House, claims: Claims, seconds: float) -> None:
    await claims.look()
    home.clocks.move(seconds)
    await claims.look()


async def test_a_claim_lapses_after_three_minutes_of_silence(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        _, claims = await taken(home)
        await silence(home, claims, SILENCE_S + 1)
        assert claimed_by(home) == ""
        (released,) = happened(home, ClaimReleased)
        assert isinstance(released, ClaimReleased)
        assert released.lapsed


async def test_a_claim_stands_before_three_minutes(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        _, claims = await taken(home)
        await silence(home, claims, SILENCE_S - 1)
        assert claimed_by(home) == "animator-1"


async def test_a_claim_stands_while_the_page_is_open(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser, claims = await taken(home)
        async with browser.live():
            await silence(home, claims, SILENCE_S + 1)
            assert claimed_by(home) == "animator-1"


async def test_whoever_is_on_the_telephone_keeps_the_call(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        _, claims = await taken(home)
        await home.ask(StartCall(stimulus="s01#1", cell="crisis"))
        await silence(home, claims, SILENCE_S + 1)
        assert claimed_by(home) == "animator-1"
