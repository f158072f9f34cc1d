"""What a page does when the game is stopped for real, and when its server dies."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.house import CUT, Game, Room

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MANY_TABS = 8
CAN_BE_HIDDEN = """
    Object.defineProperty(document, "hidden", { get: () => Boolean(window.away) });
"""
HIDDEN = "window.away = true, document.dispatchEvent(new Event('visibilitychange'))"
SEEN = "window.away = false, document.dispatchEvent(new Event('visibilitychange'))"
LONG_SILENCE_MS = 46_000
HTMX_HAD_TIME = """() => new Promise((done) => {
    const look = () => window.htmx ? setTimeout(() => setTimeout(done)) : setTimeout(look, 5);
    look();
})"""


async def test_a_real_stop_covers_every_open_page_until_it_is_lifted(
    room: Room, game: Game
) -> None:
    pages = [
        await room.following(),
        await room.following("observer"),
        await room.following("animator"),
        await room.following("wall"),
    ]
    await game.submit("exercise.real_stop")
    for page in pages:
        await _is_covered(page)
    await game.submit("exercise.lift_real_stop")
    for page in pages:
        await expect(page.locator(".stop")).to_have_count(0)
        await expect(page.locator("main")).not_to_have_attribute("inert", "")


async def test_a_page_opened_during_a_real_stop_is_covered(room: Room, game: Game) -> None:
    page = await room.joined()
    await game.submit("exercise.real_stop")
    await page.goto("/player/log")
    await _is_covered(page)


async def test_a_page_outlives_its_server_and_misses_nothing(room: Room, game: Game) -> None:
    room.expect(*CUT)
    page = await room.following()
    await page.evaluate("window.loadedOnce = true")
    await game.play(5)
    await expect(page.locator(".received li")).to_have_count(1)
    game.kill()
    await expect(page.locator("#cut")).to_be_visible()
    await game.start()
    await game.write("Pendant la coupure", "EXERCICE. Personne ne suivait encore.")
    await expect(page.locator(".received li")).to_have_count(2)
    await expect(page.locator("#cut")).to_be_hidden()
    await game.write("Après la coupure", "EXERCICE. De nouveau suivi.")
    await expect(page.locator(".received li")).to_have_count(3)
    assert await page.evaluate("window.loadedOnce")


async def test_a_page_that_hears_nothing_for_long_asks_again_and_misses_nothing(
    room: Room, game: Game
) -> None:
    page = await room.device()
    await page.clock.install()
    await room.following(page=page)
    async with page.expect_request("**/live*"):
        await page.clock.run_for(LONG_SILENCE_MS)
    await game.write("Après le silence", "EXERCICE. Une fois.")
    await expect(page.locator(".received li")).to_have_count(1)


async def test_many_tabs_of_one_browser_leave_room_to_load_and_to_post(
    room: Room, game: Game
) -> None:
    first = await room.device()
    await first.context.add_init_script(CAN_BE_HIDDEN)
    await room.following(page=first)
    page = first
    for _ in range(MANY_TABS - 1):
        await page.evaluate(HIDDEN)
        page = await first.context.new_page()
        await page.goto("/player")
    await game.write("Un courriel", "EXERCICE. À lire partout.")
    await page.click(".received a.whole")
    await page.click("#acknowledge button")
    await expect(page.locator("#acknowledge")).to_have_count(0)
    await expect(first.locator(".received li")).to_have_count(0)
    await page.evaluate(HIDDEN)
    await first.evaluate(SEEN)
    await expect(first.locator(".received li")).to_have_count(1)


async def test_what_was_being_written_when_the_server_died_is_sent_once(
    room: Room, game: Game
) -> None:
    room.expect(*CUT)
    page = await room.following()
    await page.goto("/player/write/animation")
    await page.fill("#text", "Où est le maire ?")
    game.kill()
    await expect(page.locator("#cut")).to_be_visible()
    send = page.locator("main form[data-draft] button")
    await send.click()
    await expect(page.locator("#text")).to_have_value("Où est le maire ?")
    await game.start()
    await expect(page.locator("#cut")).to_be_hidden()
    await expect(page.locator("#text")).to_have_value("Où est le maire ?")
    await send.click()
    await expect(page.locator("#sent li")).to_have_count(1)
    assert len(game.recorded("contact.logged")) == 1


async def test_a_page_follows_whichever_of_its_scripts_comes_last(room: Room, game: Game) -> None:
    page = await room.device()

    async def once_htmx_had_time_to_start(route: Route) -> None:
        await page.evaluate(HTMX_HAD_TIME)
        await route.continue_()

    await page.route("**/hx-sse.min.js*", once_htmx_had_time_to_start)
    await room.joined(page=page)
    await game.ask("followed")


async def test_an_access_given_before_the_server_died_is_still_good(room: Room, game: Game) -> None:
    room.expect(*CUT)
    page = await room.following()
    game.kill()
    await game.start()
    await page.goto("/player/documents")
    await expect(page.locator("h1")).to_contain_text("Cellule de crise")


async def _is_covered(page: Page) -> None:
    """The whole screen, whatever stood there: nothing else can be seen, clicked or reached."""
    stop = page.locator(".stop")
    await expect(stop).to_be_visible()
    await expect(stop).to_be_focused()
    await expect(page.locator("main")).to_have_attribute("inert", "")
    size = page.viewport_size
    assert size is not None
    assert await stop.bounding_box() == {"x": 0, "y": 0, **size}
    on_top = "([x, y]) => document.elementFromPoint(x, y).closest('.stop') !== null"
    for corner in ([1, 1], [size["width"] - 2, size["height"] - 2]):
        assert await page.evaluate(on_top, corner)
