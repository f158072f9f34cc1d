"""What players look up, and the contact test that they answer."""

from pathlib import Path

from cyberex.facts.commands import GiveFinex
from cyberex.facts.delivery_commands import GrantAccess, StartContactTest
from cyberex.facts.model import AccessKind, TestWay
from cyberex.portal.for_players import ForPlayers
from cyberex.portal.session import digest_of
from tests.portal.house import Browser, House
from tests.portal.players import CARE, CRISIS, IT, act, begin, body, players

HELD = ForPlayers(
    documents=(("Fiche de crise", "# Fiche de crise\n\n## Un\n\nLigne **forte**\n\n- [ ] case"),),
    notice="Le directeur répond des données.\n\nTrois mois.",
    contact="01 99 00 40 00",
    stop_words="ROUGE, ROUGE",
)


async def test_rules_directory_data_and_stop_words_are_there(tmp_path: Path) -> None:
    async with players(tmp_path, HELD) as home:
        page = await body(await home.joined(IT), "/player/documents")
        for words in (
            "On ne joint que l&#39;annuaire.", "Mme Lenoir", "01 99 00 40 01", "ŻŻbrief-it",
            "Trois mois.", "ROUGE, ROUGE", "01 99 00 40 00", "Fiche de crise",
        ):  # fmt: skip
            assert words in page
        assert "ŻŻbrief-ward" not in page


async def test_a_sheet_is_read_in_the_page(tmp_path: Path) -> None:
    async with players(tmp_path, HELD) as home:
        browser = await home.joined(CRISIS)
        page = await body(browser, "/player/documents/1")
        assert "<strong>forte</strong>" in page
        assert "<h2>Un</h2>" in page
        assert (await browser.get("/player/documents/2")).status == 404
        assert (await browser.get("/player/documents/0")).status == 404


async def test_markup_of_a_sheet_stays_text(tmp_path: Path) -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1)) **<img src=x onerror=y>**"
    held = ForPlayers(documents=(("<b>Titre</b>", text),), notice=text, contact="<i>1</i>")
    async with players(tmp_path, held) as home:
        browser = await home.joined(CRISIS)
        for path in ("/player/documents", "/player/documents/1", "/player/write"):
            page = await body(browser, path)
            for bad in ("<script>alert", "<img", 'href="javascript', "<b>Titre", "<i>1"):
                assert bad not in page


async def start_test(home: House) -> None:
    await home.ask(StartContactTest(people=("p1", "p2", "p3")))


async def test_a_cell_says_which_of_its_people_receive(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await start_test(home)
        browser = await home.joined(CRISIS)
        page = await body(browser, "/player/test")
        assert "Directeur informatique" in page
        assert "Directrice des soins" not in page
        assert (await act(browser, "/player/test", {"person": "p2"})).status == 303
        row = home.exercise.board.contact_test.row("p2", TestWay.PORTAL)
        assert row is not None
        assert row.state == "received"


async def test_a_role_answers_for_itself_only(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await start_test(home)
        browser = await home.joined(IT)
        assert "Directrice" not in await body(browser, "/player/part/test")
        assert (await act(browser, "/player/test", {"person": "p3"})).status == 404
        assert (await act(browser, "/player/test", {"person": "p2"})).status == 303


async def test_a_personal_link_answers_for_its_bearer_only(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await start_test(home)
        token = "t" * 43
        await home.ask(
            GrantAccess(
                grant="g1",
                digest=digest_of(token),
                kind=AccessKind.PLAYER,
                cell="crisis",
                person="p3",
            )
        )
        browser = Browser(home.port, {home.portal.cookie: token})
        page = await body(browser, "/player/part/test")
        assert "Directrice" in page
        assert "informatique" not in page
        assert (await act(browser, "/player/test", {"person": "p2"})).status == 404
        assert (await act(browser, "/player/test", {"person": "p3"})).status == 303


async def test_answering_the_test_twice_is_harmless(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await start_test(home)
        browser = await home.joined(IT)
        await act(browser, "/player/test", {"person": "p2"})
        assert (await act(browser, "/player/test", {"person": "p2"})).status == 303


async def test_the_test_is_recalled_until_it_is_answered_or_play_begins(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await start_test(home)
        role, cell = await home.joined(IT), await home.joined(CARE)
        assert "confirmez que vous recevez" in await body(role, "/player")
        await act(role, "/player/test", {"person": "p2"})
        assert "confirmez que vous recevez" not in await body(role, "/player")
        await begin(home)
        assert "confirmez que vous recevez" not in await body(cell, "/player")


async def test_every_page_is_there_in_every_phase(tmp_path: Path) -> None:
    async with players(tmp_path, HELD) as home:
        browser = await home.joined(CRISIS)
        pages = ("/player", "/player/write", "/player/log", "/player/documents", "/player/test")
        for step in (None, begin, None):
            if step is not None:
                await step(home)
            for page in pages:
                await body(browser, page)
        await home.ask(GiveFinex())
        for page in pages:
            assert "terminé" in await body(browser, page)
