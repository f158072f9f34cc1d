"""Animators, observers and the wall on devices of their own: each sees what the others did."""

import pytest
from playwright.async_api import expect

from tests.browser.house import Game, Room

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_call_played_on_a_phone_is_heard_of_by_the_cell(room: Room, game: Game) -> None:
    player = await room.following()
    animator = await room.following("animator")
    other = await room.following("animator")
    await game.write("Au téléphone", "EXERCICE. Allô ?", via="phone")
    await animator.click("form[action='/animator/claim'] button")
    await expect(animator.locator(".taken.mine")).to_be_visible()
    await expect(other.locator(".taken")).to_be_visible()
    await animator.click("form[action='/animator/start'] button")
    await animator.click("form[action='/animator/end']:has(input[value=done]) button")
    await expect(animator.locator("form[action='/animator/end']")).to_have_count(0)
    await expect(player.locator(".received li")).to_contain_text("Mme Lenoir")
    assert "Allô" not in await player.content()
    assert [by for by, _ in game.origins("stimulus.delivered")] == ["animator-1"]


async def test_an_animator_answers_in_writing_as_the_actor(room: Room, game: Game) -> None:
    player = await room.following()
    animator = await room.following("animator")
    await player.goto("/player/write")
    await player.click("#directory a:has-text('Lenoir')")
    await player.check("input[name=way][value=sms]")
    await player.fill("#text", "Combien de postes ?")
    await player.click("main form[data-draft] button")
    await animator.click("a[href^='/animator/reply/']")
    await expect(animator.locator("blockquote")).to_contain_text("Combien de postes ?")
    await animator.fill("#text", "EXERCICE. Six.")
    await animator.fill("#title", "Réponse")
    await animator.click("form:has(#text) button")
    await player.click("#sent .reply a")
    await expect(player.locator("#item .words")).to_contain_text("Six.")
    assert len(game.recorded("contact.answered")) == 1


async def test_an_observer_says_how_the_cell_is_with_one_tap(room: Room, game: Game) -> None:
    page = await room.following("observer")
    first = page.locator(".states button").first
    await first.click()
    await expect(first).to_have_attribute("aria-pressed", "true")
    assert len(game.recorded("observer.reported")) == 1


async def test_an_observer_ticks_what_was_expected_when_it_opens(room: Room, game: Game) -> None:
    await room.following()
    page = await room.following("observer")
    await game.play(5)
    await expect(page.locator("#expected .ticks")).to_contain_text("Relève les faits")
    await page.click("#expected form:has(input[value=seen]) button")
    await expect(page.locator("#expected h2")).to_be_visible()
    assert len(game.recorded("expectation.ticked")) == 1


async def test_the_wall_shows_what_the_world_sees_and_no_more(room: Room, game: Game) -> None:
    await room.following()
    wall = await room.following("wall")
    await game.write("Confidentiel", "EXERCICE. Pour la cellule seule.")
    await game.write("Flash", "EXERCICE. Un hôpital paralysé.", sender="press", via="tv")
    await expect(wall.locator("#wall")).to_contain_text("Un hôpital paralysé")
    assert "cellule seule" not in await wall.content()
