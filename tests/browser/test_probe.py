"""The connection test on a phone: pressing its button is thanked, or said to be unheard."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from cyberex.exercise.clocks import SystemClocks
from cyberex.portal.probe import Arrived, Probe, Step
from cyberex.portal.server import Binding, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HERE = "127.0.0.1"


@pytest.fixture
def arrived() -> list[Arrived]:
    return []


@pytest_asyncio.fixture(loop_scope="session")
async def phone(chromium: Browser, arrived: list[Arrived]) -> AsyncIterator[Page]:
    """On the page of the test, once a live event has come."""
    server = Server(Probe(SystemClocks(), arrived.append).app(), Binding(HERE, 0))
    await server.start()
    page = await chromium.new_page()
    await page.goto(f"http://{HERE}:{server.port}/")
    await expect(page.locator("#arrived")).to_be_visible()
    yield page
    await page.close()
    await server.stop()


async def test_who_says_that_all_is_well_is_thanked(phone: Page, arrived: list[Arrived]) -> None:
    await expect(phone.locator("#thanks")).to_be_hidden()
    await phone.click("#seen button")
    await expect(phone.locator("#thanks")).to_be_visible()
    await expect(phone.locator("#seen")).to_be_hidden()
    assert arrived[-1].step is Step.SEEN


async def test_who_is_not_heard_is_told_and_may_press_again(phone: Page) -> None:
    await phone.context.set_offline(True)
    await phone.click("#seen button")
    await expect(phone.locator("#unheard")).to_be_visible()
    await phone.context.set_offline(False)
    await phone.click("#seen button")
    await expect(phone.locator("#thanks")).to_be_visible()
    await expect(phone.locator("#unheard")).to_be_hidden()
