"""One browser a worker, one game and its devices a test."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.house import Game, Room, a_game

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The one of this machine; where there is none the test is reported as not run."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium on this machine ({', '.join(NAMES)}): pages were tried in none")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def game(chromium: Browser, tmp_path: Path) -> AsyncIterator[Game]:
    """In play, at T+0; where there is no browser none is begun."""
    assert chromium.is_connected()
    async with a_game(tmp_path) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def room(chromium: Browser, game: Game) -> AsyncIterator[Room]:
    """Devices; no page may complain, nor ask anything of another machine."""
    made = Room(chromium, game)
    yield made
    await made.leave()
    assert made.wrong() == []
