"""One browser a worker, one game and its devices a test."""

import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.house import PATIENCE_S, Game, Room, a_game

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FOUND = next(filter(None, map(shutil.which, NAMES)), None)
NONE_HERE = f"none of {', '.join(NAMES)} is on this machine: pages were not tried in a browser"


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Where there is no browser, each of these tests is reported as not run."""
    for item in items:
        if FOUND is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NONE_HERE))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_S * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=FOUND)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def game(tmp_path: Path) -> AsyncIterator[Game]:
    """In play, at T+0."""
    async with a_game(tmp_path) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def room(chromium: Browser, game: Game) -> AsyncIterator[Room]:
    """Devices; no page may complain, nor ask anything of another machine."""
    made = Room(chromium, game)
    yield made
    await made.leave()
    assert made.wrong() == []
