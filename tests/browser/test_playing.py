"""A cell plays on its phone: it receives, acknowledges, writes, and sees what does not work."""

import pytest
from playwright.async_api import Page, expect

from cyberex.facts.delivery_events import CellLineWritten
from tests.browser.house import Game, Room

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_message_appears_by_itself(room: Room, game: Game) -> None:
    page = await room.following()
    await page.evaluate("window.loadedOnce = true")
    await expect(page.locator(".received li")).to_have_count(0)
    await game.play(5)
    await expect(page.locator(".received li.unread .subject")).to_contain_text("Postes figés")
    await expect(page).to_have_title("(1) EXERCICE – joueur")
    assert await page.evaluate("window.loadedOnce")


async def test_a_message_of_another_cell_never_appears(room: Room, game: Game) -> None:
    page = await room.following()
    other = await room.following(cell="care")
    await game.play(11)
    await expect(other.locator(".received")).to_contain_text("Une question")
    await expect(page.locator(".received")).to_contain_text("Postes figés")
    assert "Une question" not in await page.content()


async def test_what_is_acknowledged_then_dealt_with_is_in_the_journal_once(
    room: Room, game: Game
) -> None:
    page = await room.following()
    await game.play(5)
    await page.click(".received a.whole")
    await expect(page.locator("#item .words")).to_contain_text("Six postes sont figés")
    await page.click("#acknowledge button")
    await page.click("#deal button")
    await expect(page.locator("#deal")).to_have_count(0)
    await expect(page.locator("#item .steps")).to_contain_text("Traité")
    assert game.origins("stimulus.acknowledged") == [("crisis", "portal")]
    assert game.origins("stimulus.dealt_with") == [("crisis", "portal")]


async def test_what_one_phone_acknowledges_the_other_shows(room: Room, game: Game) -> None:
    page, other = await room.following(), await room.following(role="it")
    await game.play(5)
    await page.click(".received a.whole")
    await expect(other.locator(".received li.unread")).to_have_count(1)
    await page.click("#acknowledge button")
    await expect(other.locator(".received li.unread")).to_have_count(0)


async def test_an_actor_is_written_to_and_answers(room: Room, game: Game) -> None:
    page = await room.following()
    await page.goto("/player/write")
    await page.click("#directory a:has-text('Lenoir')")
    await page.check("input[name=way][value=mail]")
    await page.fill("#text", "Combien de postes ?")
    await page.click("main form[data-draft] button")
    await expect(page.locator("#notice")).to_contain_text("Lenoir")
    await expect(page.locator("#text")).to_be_empty()
    await expect(page.locator("#sent li")).to_have_count(1)
    [contact] = game.recorded("contact.logged")
    await game.submit(
        "contact.reply",
        contact=contact.contact,  # type: ignore[attr-defined]
        via="mail",
        title="Réponse",
        text="EXERCICE. Six.",
    )
    await page.click("#sent .reply a")
    await expect(page.locator("#item .words")).to_contain_text("Six.")


async def test_a_double_click_sends_once(room: Room, game: Game) -> None:
    page = await room.following()
    await page.goto("/player/write/animation")
    await page.fill("#text", "Où est le maire ?")
    await page.dblclick("main form[data-draft] button")
    await expect(page.locator("#sent li")).to_have_count(1)
    await expect(page.locator("#text")).to_be_empty()
    assert len(game.recorded("contact.logged")) == 1


async def test_what_is_being_typed_stays_when_something_arrives(room: Room, game: Game) -> None:
    page = await room.following()
    await page.goto("/player/write/animation")
    await page.locator("#text").press_sequentially("Où est ")
    await game.write("Un courriel", "EXERCICE. Pendant la frappe.")
    await expect(page.locator("#news")).to_contain_text("1")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("le maire ?")
    await expect(page.locator("#text")).to_have_value("Où est le maire ?")


async def test_a_draft_outlives_a_reload_and_ends_when_it_is_sent(room: Room, game: Game) -> None:
    page = await room.joined()
    await page.goto("/player/write/animation")
    await page.fill("#text", "Où est le maire ?")
    await page.reload()
    await expect(page.locator("#text")).to_have_value("Où est le maire ?")
    await page.click("main form[data-draft] button")
    await expect(page.locator("#sent li")).to_have_count(1)
    await page.reload()
    await expect(page.locator("#text")).to_be_empty()
    assert len(game.recorded("contact.logged")) == 1


async def test_the_directory_is_sifted_while_a_name_is_typed(room: Room) -> None:
    page = await room.joined()
    await page.goto("/player/write")
    people = page.locator("#directory li:visible")
    await expect(people).to_have_count(2)
    await page.fill("#q", "INFIRMIERE")
    await expect(people).to_have_count(1)
    await expect(people).to_contain_text("Mme Lenoir")
    await page.fill("#q", "personne")
    await expect(page.locator("#none-found")).to_be_visible()


async def test_a_line_of_the_log_is_kept_and_shown_to_the_whole_cell(
    room: Room, game: Game
) -> None:
    page, other = await room.following(), await room.following(role="it")
    await page.goto("/player/log")
    await other.goto("/player/log")
    await page.fill("textarea[name=text]", "Réseau coupé à 9 h 12")
    await page.click("form:has(textarea[name=text]) button")
    await expect(other.locator("main")).to_contain_text("Réseau coupé à 9 h 12")
    [line] = game.recorded("cell_log.written")
    assert isinstance(line, CellLineWritten)
    assert line.cell == "crisis"


async def test_a_channel_that_is_down_says_so_and_takes_nothing(room: Room, game: Game) -> None:
    room.expect("422")
    page = await room.following()
    await game.play(5)
    letter = await page.context.new_page()
    await letter.goto("/player/write")
    await letter.click("#directory a:has-text('Lenoir')")
    await letter.check("input[name=way][value=mail]")
    await letter.fill("#text", "Vous me recevez ?")
    await game.submit("asset.set", asset="network", down=True)
    await expect(page.locator(".tabs a[href='/player?show=email']")).to_contain_text("coupé")
    await expect(page.locator(".received li")).to_have_count(0)
    await page.click(".tabs a[href='/player?show=email']")
    await expect(page.locator(".cut-channel")).to_contain_text("Courriel")
    await expect(letter.locator("#ways .cut-channel")).to_contain_text("Courriel")
    await letter.click("main form[data-draft] button")
    await expect(letter.locator("#notice [role=alert]")).to_be_visible()
    await expect(letter.locator("#text")).to_have_value("Vous me recevez ?")
    assert game.recorded("contact.logged") == []
    await game.submit("asset.set", asset="network", down=False)
    await expect(page.locator(".received li")).to_have_count(1)


async def test_everything_is_done_with_the_keyboard_alone(room: Room, game: Game) -> None:
    page = await room.device()
    await page.goto("/join")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type(await game.ask("code", kind="player", cell="crisis"))
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/player")
    await game.ask("followed")
    await game.play(5)
    await expect(page.locator(".received li")).to_have_count(1)
    await _tab_to(page, ".received a.whole")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/player/item/*")
    await _tab_to(page, "#acknowledge button")
    await page.keyboard.press("Enter")
    await expect(page.locator("#acknowledge")).to_have_count(0)
    assert len(game.recorded("stimulus.acknowledged")) == 1


async def test_without_scripts_a_message_comes_at_a_reload_and_is_acknowledged(
    room: Room, game: Game
) -> None:
    await room.following()
    page = await room.joined(page=await room.device(java_script_enabled=False))
    await game.play(5)
    await page.click("noscript a.button")
    await page.click(".received a.whole")
    await page.click("#acknowledge button")
    await expect(page.locator("#notice")).to_contain_text("Réception accusée")
    await page.click("#deal button")
    await expect(page.locator("#item .steps")).to_contain_text("Traité")
    assert game.origins("stimulus.dealt_with") == [("crisis", "portal")]


async def test_without_scripts_a_message_that_is_refused_keeps_its_words(
    room: Room, game: Game
) -> None:
    room.expect("422")
    page = await room.joined(page=await room.device(java_script_enabled=False))
    await page.goto("/player/write")
    await page.click("#directory a:has-text('Lenoir')")
    await page.check("input[name=way][value=mail]")
    await page.fill("#text", "Vous me recevez ?")
    await game.submit("asset.set", asset="network", down=True)
    await page.click("main form[data-draft] button")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.locator("#text")).to_have_value("Vous me recevez ?")
    assert game.recorded("contact.logged") == []


MOST_TABS = 40


async def _tab_to(page: Page, selector: str) -> None:
    """As somebody without a mouse goes there."""
    for _ in range(MOST_TABS):
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
