"""What people typed stays text, and templates say what they are not given."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from cyberex.facts.commands import CallRealStop, GiveDebex, Pause, StartBriefing
from cyberex.facts.model import AccessKind
from cyberex.portal.assets import static_files
from cyberex.portal.audience import Audience
from cyberex.portal.rendering import Renderer, prose
from tests.portal.house import house

RENDERER = Renderer(static_files())


@given(st.text())
def test_a_text_is_never_markup(text: str) -> None:
    said = prose(text)
    inside = re.sub(r"</?p>|<br>", "", said)
    assert "<" not in inside
    assert ">" not in inside


def test_paragraphs_and_line_ends_are_kept() -> None:
    assert prose("Un\r\ndeux\n\n\nTrois & <b>") == "<p>Un<br>deux</p><p>Trois &amp; &lt;b&gt;</p>"


def test_a_value_put_in_a_template_is_escaped_and_cleaned() -> None:
    said = RENDERER.render("notice.html", said="<b>\u202eoui", role="status")
    assert "&lt;b&gt;" in said
    assert "\u202e" not in said


def test_a_name_that_a_template_is_not_given_is_a_bug() -> None:
    with pytest.raises(UndefinedError):
        RENDERER.render("notice.html", said="oui")


def test_the_address_of_a_file_changes_with_it() -> None:
    digest = RENDERER.static_url("app.css").partition("?v=")[2]
    assert digest == static_files()["app.css"].digest


async def test_the_banner_says_the_state_and_the_hour_of_the_game(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()

        async def banner() -> str:
            return (await browser.get("/part/banner")).body

        assert "banner-ready" in await banner()
        await home.ask(StartBriefing())
        assert "banner-briefing" in await banner()
        await home.ask(GiveDebex())
        await home.play(5)
        shown = await banner()
        assert "banner-play" in shown
        assert 'data-clock="2026-01-12T09:05:00" data-pace="1.0"' in shown
        await home.ask(Pause(reason=home.exercise.say("Café <i>")))
        shown = await banner()
        assert "banner-pause" in shown
        assert "Café" not in shown
        assert 'data-pace="0.0"' in shown
        animator = await home.joined(Audience(AccessKind.ANIMATOR, voice="animator-1"))
        assert "Café &lt;i&gt;" in (await animator.get("/part/banner")).body


async def test_an_exercise_that_cannot_be_recorded_stands_still_on_the_pages(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        home.exercise._play.frozen = "disk full"
        shown = (await browser.get("/part/banner")).body
        assert "banner-pause" in shown
        assert 'data-pace="0.0"' in shown
        home.exercise._play.frozen = None


async def test_players_are_never_shown_exercise_time(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        await home.play(5)
        assert "T+" not in (await browser.get("/player")).body


async def test_a_real_stop_covers_every_page(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        await home.ask(CallRealStop())
        for path in ("/player", "/join", "/nothing"):
            assert 'class="stop"' in (await browser.get(path)).body


async def test_files_are_kept_for_good_and_packed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = home.browser()
        whole = await browser.get("/static/app.css")
        assert "immutable" in whole.headers["cache-control"]
        assert whole.headers["content-type"].startswith("text/css")
        again = await browser.get("/static/app.css", if_none_match=whole.headers["etag"])
        assert again.status == 304


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/"])
async def test_only_the_files_of_the_portal_are_served(tmp_path: Path, path: str) -> None:
    async with house(tmp_path) as home:
        assert (await home.browser().get(path)).status == 404
