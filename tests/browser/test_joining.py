"""How a phone comes in: by the code it types, by a link that looking at does not use up."""

import pytest
from playwright.async_api import expect

from tests.browser.house import Game, Room

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_code_typed_on_a_phone_lets_in(room: Room, game: Game) -> None:
    page = await room.device()
    await page.goto("/")
    code = await game.ask("code", kind="player", cell="crisis")
    await page.fill("#code", f"{code[:4].lower()} {code[4:].lower()}")
    await page.click("form.join button")
    await page.wait_for_url("**/player")
    await expect(page.locator("h1")).to_contain_text("Cellule de crise")


async def test_a_wrong_code_is_said_to_be_wrong(room: Room) -> None:
    room.expect("403")
    page = await room.device()
    await page.goto("/join")
    await page.fill("#code", "ABCD2345")
    await page.click("form.join button")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.locator("#code")).to_be_empty()


async def test_looking_at_a_personal_link_does_not_join_and_its_button_does(
    room: Room, game: Game
) -> None:
    link = await game.ask("link", kind="player", cell="crisis", role="it")
    page = await room.device()
    await page.goto(link)
    await expect(page.locator("main")).to_contain_text("Informatique, Cellule de crise")
    assert await page.context.cookies() == []
    await page.goto("/player")
    await page.wait_for_url("**/join")
    await page.goto(link)
    await page.click("form.join button")
    await page.wait_for_url("**/player")
    [cookie] = await page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")


async def test_the_address_of_a_qr_code_fills_the_form_in_and_joins_at_the_button(
    room: Room, game: Game
) -> None:
    code = await game.ask("code", kind="wall")
    page = await room.device()
    await page.goto(f"/j/{code}")
    assert await page.context.cookies() == []
    await expect(page.locator("#code")).to_have_value(code)
    await page.click("form.join button")
    await page.wait_for_url("**/wall")


async def test_a_taken_back_access_leaves_the_page_by_itself(room: Room, game: Game) -> None:
    room.expect("401")
    page = await room.following()
    await game.submit("access.revoke")
    await page.wait_for_url("**/join")
