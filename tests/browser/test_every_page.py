"""Each page of each visitor: usable by everybody, safe from what people write, silent."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.house import Game, Room

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
WALL = {"width": 1920, "height": 1080}
FEWEST = {"player": 7, "observer": 4, "animator": 5}
"""Pages of each visitor that are found by following links, at least."""

TITLE = "<script>window.harmed = 1</script>"
TEXT = '<img src=x onerror="window.harmed = 1"> <b>gras</b> {{ 7 * 7 }}'

GETS_IN = """async () => {
    const script = document.createElement("script");
    script.textContent = "window.harmed = 1";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend",
        '<img src="data:," onerror="window.harmed = 1"><p id="got-in" style="color: red"></p>');
    await fetch("http://127.0.0.1:9/").catch(() => {});
    await new Promise((done) => setTimeout(done));
}"""
HARMS = ("inline script", "inline event handler", "inline style", "Connecting to")


@pytest.mark.parametrize("kind", FEWEST)
async def test_every_page_can_be_used_by_everybody(room: Room, game: Game, kind: str) -> None:
    await _much_happens(room, game)
    page = await room.joined(kind)
    found: dict[str, list[str]] = {}
    waiting = {f"/{kind}"}
    while waiting:
        path = min(waiting)
        await page.goto(path)
        found[path] = await page.evaluate(AUDIT)
        links = await page.evaluate(
            "() => [...document.links].map((link) => link.pathname + link.search)"
        )
        waiting |= {link for link in links if link.startswith(f"/{kind}")}
        waiting -= set(found)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(found) >= FEWEST[kind]


@pytest.mark.parametrize("path", ["/join", "/l/none"])
async def test_the_pages_before_one_is_in_can_be_used_by_everybody(room: Room, path: str) -> None:
    room.expect("403")
    page = await room.device()
    await page.goto(path)
    assert await page.evaluate(AUDIT) == []


async def test_the_wall_is_read_from_the_end_of_a_room(room: Room, game: Game) -> None:
    page = await room.following("wall", page=await room.device(viewport=WALL))
    assert await page.evaluate(AUDIT) == []
    await _much_happens(room, game)
    await expect(page.locator("body")).to_contain_text("Le direct.")
    assert await page.evaluate(AUDIT) == []


async def test_what_a_message_holds_is_text_and_nothing_else(room: Room, game: Game) -> None:
    player = await room.following()
    observer = await room.joined("observer")
    animator = await room.joined("animator")
    wall = await room.joined("wall", page=await room.device(viewport=WALL))
    await player.goto("/player/write/animation")
    await player.fill("#text", TEXT)
    await player.click("main form[data-draft] button")
    await expect(player.locator("#sent li")).to_have_count(1)
    await player.goto("/player")
    await game.write(TITLE, f"EXERCICE. {TEXT}")
    await game.write(TITLE, f"EXERCICE. {TEXT}", sender="press", via="tv")
    await game.write(TITLE, f"EXERCICE. {TEXT}", via="phone")
    await _is_shown(player, TITLE)
    await player.click(".received a.whole")
    await _is_shown(player, TITLE, TEXT)
    await _is_shown(wall, TEXT)
    await _is_shown(animator, TITLE, TEXT)
    await observer.goto("/observer/received")
    await _is_shown(observer, TITLE, TEXT)


async def test_what_would_get_into_a_page_all_the_same_does_nothing(room: Room) -> None:
    room.expect("Content Security Policy")
    page = await room.joined()
    await page.evaluate(GETS_IN)
    await expect(page.locator("#got-in")).to_be_attached()
    assert await page.evaluate("() => window.harmed === undefined")
    said = " ".join(room.complaints)
    assert [harm for harm in HARMS if harm not in said] == []


async def _is_shown(page: Page, *texts: str) -> None:
    """As it was written, and it did nothing."""
    for text in texts:
        await expect(page.locator("body")).to_contain_text(text)
    assert await page.evaluate("() => window.harmed === undefined")
    assert await page.locator("img[src=x], script:not([src])").count() == 0


async def _much_happens(room: Room, game: Game) -> None:
    """Something of each kind, a channel that fails, a log, a message to an actor."""
    player = await room.following()
    await game.play(6)
    await game.write("Par SMS", "EXERCICE. Rappelez.", via="sms")
    await game.write("Un hôpital paralysé", "EXERCICE. Le direct.", sender="press", via="tv")
    await game.write("Au téléphone", "EXERCICE. Allô ?", via="phone")
    await game.submit("asset.set", asset="network", down=True)
    await player.goto("/player/log")
    await player.fill("textarea[name=text]", "Réseau coupé")
    await player.click("form:has(textarea[name=text]) button")
    await player.goto("/player/write/animation")
    await player.fill("#text", "Où est le maire ?")
    await player.click("main form[data-draft] button")
    await expect(player.locator("#sent li")).to_have_count(1)
