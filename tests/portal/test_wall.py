"""What a wall shows: what was delivered to somebody, and nothing that is to come."""

import re
from pathlib import Path

import pytest

from cyberex.facts.commands import (
    CallRealStop,
    ComposeStimulus,
    EditStimulus,
    EndCall,
    FireStimulus,
    Pause,
)
from cyberex.facts.model import CallOutcome
from tests.portal.animation import CRISIS, HOSTILE, MARK, ONE, WALL, animation, read
from tests.portal.house import PLAYER, House

SCREENS = ("/wall", "/wall/part")


async def delivered(home: House, stimulus: str) -> None:
    """Played, and performed wherever it goes."""
    await home.ask(FireStimulus(stimulus=stimulus))
    await performed(home)


async def performed(home: House) -> None:
    for sheet in home.exercise.board.calls.sheets:
        if not sheet.blocked and sheet.stimulus not in ("s01", "s02"):
            await home.ask(
                EndCall(stimulus=sheet.occurrence, outcome=CallOutcome.DONE, cell=sheet.cell)
            )


async def test_an_idle_wall_shows_the_hour_of_the_fiction_and_no_title(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        page = await read(await home.joined(WALL), "/wall")
        assert page.count("EXERCICE") >= 3
        assert re.search(r'<p class="hour"><time [^>]*>lundi 09:02</time>', page)
        assert "Pour l" not in page


@pytest.mark.parametrize("path", SCREENS)
async def test_a_wall_shows_nothing_planned(tmp_path: Path, path: str) -> None:
    async with animation(tmp_path) as home:
        await delivered(home, "v01")
        page = await read(await home.joined(WALL), path)
        assert MARK not in page


async def test_what_is_on_its_way_is_not_on_the_wall_yet(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await home.ask(FireStimulus(stimulus="v01"))
        assert "COUPÉ" not in await read(await home.joined(WALL), "/wall")


async def test_the_television_is_shown_once_it_was_delivered(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await delivered(home, "v01")
        page = await read(await home.joined(WALL), "/wall")
        assert re.search(r'class="front tv[^"]*"', page)
        assert page.count("<h1>L&#x27;HÔPITAL COUPÉ DU MONDE</h1>") == 1


async def test_calls_mails_and_papers_of_others_are_not_for_a_wall(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await delivered(home, "v03")
        await home.ask(EndCall(stimulus="s01#1", outcome=CallOutcome.DONE, cell="crisis"))
        page = await read(await home.joined(WALL), "/wall")
        assert MARK not in page
        assert "Six postes" not in page


async def test_the_countdown_is_what_is_left_in_the_fiction(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await delivered(home, "v02")
        await home.play(10)
        page = await read(await home.joined(WALL), "/wall")
        assert re.search(r'class="front ransom[^"]*"', page)
        assert f'data-countdown-s="{72 * 3600 - 600}" data-pace="1"' in page
        assert "71:50:00" in page


async def test_the_countdown_stands_while_the_exercise_is_paused(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await delivered(home, "v02")
        await home.ask(Pause())
        assert 'data-pace="0"' in await read(await home.joined(WALL), "/wall")


async def test_the_newest_is_in_front_and_older_ones_are_beside_it(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await delivered(home, "v02")
        await delivered(home, "v01")
        page = await read(await home.joined(WALL), "/wall")
        assert page.index('class="front tv') < page.index("Nox Corvus")
        assert 'class="of-ransom"' in page


async def test_the_directors_words_replace_the_planned_ones(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        text = home.exercise.say("EXERCICE – InfoContinue.\nTOUT VA MIEUX À L'HÔPITAL")
        await home.ask(EditStimulus(stimulus="s04", text=text))
        await delivered(home, "s04")
        page = await read(await home.joined(WALL), "/wall")
        assert "TOUT VA MIEUX" in page
        assert MARK not in page


async def test_what_was_made_up_on_the_spot_is_shown_too(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        say = home.exercise.say
        command = ComposeStimulus(
            sender="news", to=("crisis",), via="tv", title=say("Direct"), text=say("LE MAIRE PARLE")
        )
        await home.ask(command)
        await performed(home)
        assert "LE MAIRE PARLE" in await read(await home.joined(WALL), "/wall")


async def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        said = home.exercise.say(HOSTILE + " ${+3 sheep}")
        command = ComposeStimulus(sender="news", to=("crisis",), via="tv", title=said, text=said)
        await home.ask(command)
        await performed(home)
        page = await read(await home.joined(WALL), "/wall")
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page


@pytest.mark.parametrize("path", SCREENS)
async def test_nothing_inline_that_the_policy_would_block(tmp_path: Path, path: str) -> None:
    async with animation(tmp_path) as home:
        await delivered(home, "v02")
        await delivered(home, "v01")
        page = await read(await home.joined(WALL), path)
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", page)


async def test_the_look_of_the_screens_comes_from_here(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        answer = await (await home.joined(WALL)).get("/wall/screens.css")
        assert answer.headers["content-type"].startswith("text/css")
        assert ".countdown" in answer.body


async def test_a_real_stop_covers_the_wall(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await home.ask(CallRealStop())
        assert 'class="stop"' in await read(await home.joined(WALL), "/wall")


@pytest.mark.parametrize("path", [*SCREENS, "/wall/screens.css"])
async def test_only_a_wall_opens_the_wall(tmp_path: Path, path: str) -> None:
    async with animation(tmp_path) as home:
        for audience in (PLAYER, ONE, CRISIS):
            assert (await (await home.joined(audience)).get(path)).status == 404


async def test_a_wall_hears_only_of_what_it_shows(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(WALL)
        async with browser.live() as heard:
            await home.ask(EndCall(stimulus="s01#1", outcome=CallOutcome.DONE, cell="crisis"))
            await delivered(home, "v02")
            event = await heard.next()
            while event.get("event") != "changed":
                event = await heard.next()
            assert (event["data"], int(event["id"])) == ("wall", home.exercise.board.seq)
