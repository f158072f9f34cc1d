"""Players write to simulated actors, ask to be rung back, and see what was answered."""

from pathlib import Path

from cyberex.facts.animation_commands import DetailContact
from cyberex.facts.commands import GiveFinex, LogContact
from cyberex.facts.delivery_commands import ReplyToContact
from tests.portal.house import Browser, House
from tests.portal.players import CARE, CRISIS, act, begin, body, cut, players, write_to

TEXT = "EXERCICE. Combien de postes ?"


async def key_of(browser: Browser, name: str) -> str:
    """The directory's key of somebody."""
    page = await body(browser, "/player/write")
    before, found, _after = page.partition(f"<strong>{name}</strong>")
    assert found, page
    return before.rsplit("/player/write/", 1)[1].split('"')[0]


async def write(browser: Browser, to: str, way: str, text: str = TEXT) -> int:
    key = await key_of(browser, to) if to != "animation" else to
    return (await act(browser, f"/player/write/{key}", {"way": way, "text": text})).status


def contacts(home: House) -> list[tuple[str, str, str, str, str]]:
    return [
        (item.actor, item.cell, item.channel, home.exercise.text(item.wrote), item.origin)
        for item in home.exercise.board.contacts.all
    ]


async def test_a_cell_writes_to_an_actor_of_the_directory(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        assert await write(browser, "Mme Lenoir", "mail") == 303
        assert contacts(home) == [("nurse", "crisis", "mail", TEXT, "portal")]
        page = await body(browser, "/player/write")
        assert TEXT in page
        assert "pas encore de réponse" in page


async def test_who_is_not_in_the_directory_cannot_be_found(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        assert "ŻŻthief" not in await body(browser, "/player/write")
        assert (await browser.get("/player/write/thief")).status == 404
        assert (
            await act(browser, "/player/write/nurse", {"way": "mail", "text": "a"})
        ).status == 404


async def test_the_directory_is_searched_without_accents(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        page = await body(await home.joined(CRISIS), "/player/write?q=evrard%20REGUL")
        assert "Dr Évrard" in page
        assert "Mme Lenoir" not in page


async def test_asking_to_be_rung_back_goes_by_the_telephone(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        assert await write(browser, "Dr Évrard", "ring") == 303
        assert [item[:3] for item in contacts(home)] == [("samu", "crisis", "phone")]
        assert "Rappel demandé" in await body(browser, "/player/part/sent")


async def test_the_animation_is_reached_whatever_is_down(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await cut(home)
        await cut(home, "pabx")
        browser = await home.joined(CRISIS)
        assert await write(browser, "animation", "", "Je cherche le maire") == 303
        assert contacts(home) == [("", "crisis", "", "Je cherche le maire", "portal")]


async def test_a_channel_that_is_cut_takes_nothing_and_the_draft_stays(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await cut(home)
        browser = await home.joined(CRISIS)
        key = await key_of(browser, "Mme Lenoir")
        answer = await act(browser, f"/player/write/{key}", {"way": "mail", "text": TEXT})
        assert answer.status == 422
        assert TEXT in answer.body
        assert "ne fonctionne pas" in answer.body
        assert contacts(home) == []


async def test_no_telephone_no_ringing_back(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await cut(home, "pabx")
        assert await write(await home.joined(CRISIS), "Mme Lenoir", "ring") == 422
        assert contacts(home) == []


async def test_a_text_too_long_is_given_back(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        key = await key_of(browser, "Mme Lenoir")
        draft = "é" * 4001
        answer = await act(browser, f"/player/write/{key}", {"way": "mail", "text": draft})
        assert answer.status == 422
        assert draft in answer.body
        assert await write(browser, "Mme Lenoir", "mail", "é" * 4000) == 303


async def test_a_script_is_told_why_without_a_new_page(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        key = await key_of(browser, "Mme Lenoir")
        form = {"way": "mail", "text": ""}
        answer = await act(browser, f"/player/write/{key}", form, hx_request="true")
        assert answer.status == 422
        assert "<html" not in answer.body


async def test_an_answer_is_seen_beside_what_was_asked(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        await write(browser, "Mme Lenoir", "mail")
        contact = home.exercise.board.contacts.all[0].contact
        say = home.exercise.say
        await home.ask(
            ReplyToContact(contact=contact, via="mail", title=say("Réponse"), text=say("Six."))
        )
        page = await body(browser, "/player/part/sent")
        assert "répondu" in page
        key = home.exercise.board.inboxes.items("crisis")[0].key
        assert f'<a href="/player/item/{key}">Réponse</a>' in page


async def test_one_answers_whoever_wrote(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "Répondez-moi")
        page = await body(await home.joined(CRISIS), f"/player/item/{key}")
        assert "Répondre" in page


async def test_what_the_animation_notes_of_a_contact_is_not_shown(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        await write(browser, "Mme Lenoir", "mail")
        contact = home.exercise.board.contacts.all[0].contact
        note = home.exercise.say("ŻŻnote")
        await home.ask(DetailContact(contact=contact, text=note))
        await home.ask(LogContact(actor="nurse", cell="crisis", channel="phone", text=note))
        page = await body(browser, "/player/write")
        assert TEXT in page
        assert "ŻŻnote" not in page


async def test_another_cell_does_not_see_what_was_sent(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await write(await home.joined(CRISIS), "Mme Lenoir", "mail")
        assert TEXT not in await body(await home.joined(CARE), "/player/write")


async def test_nothing_is_sent_before_the_briefing_nor_after_finex(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        browser = await home.joined(CRISIS)
        assert await write(browser, "Mme Lenoir", "mail") == 409
        await begin(home)
        await home.ask(GiveFinex())
        assert await write(browser, "Mme Lenoir", "mail") == 409
        assert contacts(home) == []
