"""The pages of a cell hold nothing of what another cell got, nor of what is to come."""

import re
from pathlib import Path

from cyberex.facts.commands import GiveFinex, Pause
from tests.portal.house import Browser, House
from tests.portal.players import CARE, CRISIS, IT, begin, body, cut, perform_calls, players

PAGES = (
    "/player", "/player?show=email", "/player?show=sms", "/player?show=call",
    "/player?show=document", "/player?show=media", "/player?show=all&key=1",
    "/player/part/inbox", "/player/part/news", "/player/write", "/player/write?q=%C5%BB",
    "/player/write/animation", "/player/part/sent", "/player/log", "/player/part/log",
    "/player/log/print", "/player/documents", "/player/test", "/player/part/test",
)  # fmt: skip
MARK = re.compile(r"ŻŻ[\w-]+")


async def everything(home: House, browser: Browser) -> str:
    """Every page of this visitor, those that they lead to included, and whatever answers to the
    key of any item of any cell."""
    keys = [
        item.key for cell in ("crisis", "care") for item in home.exercise.board.inboxes.items(cell)
    ]
    hidden = {f"/player/{kind}/{key}" for kind in ("item", "part/item") for key in keys}
    seen: dict[str, str] = {}
    left = [*PAGES, *hidden]
    while left:
        path = left.pop()
        if path in seen:
            continue
        seen[path] = (await browser.get(path)).body if path in hidden else await body(browser, path)
        left += re.findall(r'(?:href|hx-get)="(/player/(?:item|write|part)/[^"]+)"', seen[path])
    return "\n".join(seen.values()).replace("ŻŻbrief-it", "")


async def play_all(home: House) -> None:
    await begin(home)
    await home.play(6)
    await perform_calls(home)


async def test_nothing_secret_is_on_any_page_before_the_exercise(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        for audience in (CRISIS, IT):
            assert MARK.findall(await everything(home, await home.joined(audience))) == []


async def test_a_cell_sees_what_reached_it_and_nothing_else(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await play_all(home)
        said = await everything(home, await home.joined(CRISIS))
        for word in ("Alpha titre", "Alpha texte", "Alpha pièce", "Bravo texto", "Charlie texte"):
            assert word in said
        assert MARK.findall(said) == []


async def test_another_cell_sees_its_own_only(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await play_all(home)
        said = await everything(home, await home.joined(CARE))
        assert set(MARK.findall(said)) == {"ŻŻcare-title", "ŻŻcare-text", "ŻŻattached2"}
        for word in ("Alpha", "Bravo", "Charlie"):
            assert word not in said


async def test_a_role_does_not_see_what_its_neighbours_alone_received(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await play_all(home)
        said = await everything(home, await home.joined(IT))
        assert "Alpha texte" in said
        assert "Charlie texte" in said
        assert "Bravo texto" not in said
        assert MARK.findall(said) == []


async def test_a_breakdown_a_pause_and_the_end_tell_nothing_more(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await play_all(home)
        browser = await home.joined(CRISIS)
        await cut(home)
        assert MARK.findall(await everything(home, browser)) == []
        await home.ask(Pause())
        assert MARK.findall(await everything(home, browser)) == []
        await home.ask(GiveFinex())
        assert MARK.findall(await everything(home, browser)) == []


async def test_pages_hold_no_id_of_a_stimulus_nor_of_an_actor(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await play_all(home)
        said = await everything(home, await home.joined(CRISIS))
        for word in ("s01", "s04", "s05", "nurse", "samu", "animator-1", "e1"):
            assert not re.search(rf"(?<![\w-]){word}(?![\w-])", said), word


async def test_names_of_participants_are_on_no_page(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await play_all(home)
        said = await everything(home, await home.joined(CRISIS))
        for name in ("Secrète", "Caché", "Tue<"):
            assert name not in said


async def test_an_item_of_another_cell_is_not_there(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await play_all(home)
        key = home.exercise.board.inboxes.items("care")[0].key
        browser = await home.joined(CRISIS)
        assert (await browser.get(f"/player/item/{key}")).status == 404
        part = await body(browser, f"/player/part/item/{key}")
        assert MARK.findall(part) == []
