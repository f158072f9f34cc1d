"""What a cell reads, acknowledges and deals with; what a breakdown of the game takes from it."""

import re
from pathlib import Path

from cyberex.facts.commands import GiveFinex, MakeJump, Pause
from cyberex.facts.delivery_commands import CloseOutbox
from cyberex.facts.model import Outbox
from cyberex.portal.for_players import ForPlayers
from cyberex.views.inboxes import ItemStatus
from tests.portal.house import form_token
from tests.portal.players import (
    CARE,
    CRISIS,
    IT,
    act,
    begin,
    body,
    cut,
    perform_calls,
    players,
    write_to,
)


async def test_a_message_shows_who_wrote_when_and_what(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await home.play(1)
        browser = await home.joined(CRISIS)
        key = home.exercise.board.inboxes.items("crisis")[0].key
        page = await body(browser, f"/player/item/{key}")
        assert "Mme Lenoir, infirmière" in page
        assert "lundi 09:01" in page
        assert "Informatique" in page
        assert "rappel à 09:31" in page
        assert "Alpha pièce" in page


async def test_a_call_shows_who_called_and_who_took_it_only(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await home.play(4)
        await perform_calls(home, by="dir")
        page = await body(await home.joined(CRISIS), "/player?show=call")
        assert "Appel de Mme Lenoir, infirmière à 09:04, pris par Direction" in page


async def test_what_was_not_read_comes_first(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        first = await write_to(home, "crisis", "Premier")
        second = await write_to(home, "crisis", "Second")
        browser = await home.joined(CRISIS)
        await act(browser, "/player/acknowledge", {"key": second})
        page = await body(browser, "/player")
        assert page.index(first) < page.index(second)
        assert "1 message à lire" in page


async def test_tabs_count_what_each_channel_brought(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await home.play(6)
        await perform_calls(home)
        page = await body(await home.joined(CRISIS), "/player")
        tabs = re.findall(r'>([\w ]+) <span class="number">(\d+)<', page)
        assert tabs == [
            ("Tout", "4"), ("Courriels", "1"), ("SMS", "1"), ("Appels", "1"),
            ("Documents", "0"), ("Médias", "1"),
        ]  # fmt: skip


async def test_a_cell_acknowledges_then_says_what_is_dealt_with(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "À lire")
        browser = await home.joined(IT)
        page = await body(browser, f"/player/item/{key}")
        assert "Accuser réception" in page
        assert 'action="/player/deal_with"' not in page
        answer = await act(browser, "/player/acknowledge", {"key": key})
        assert (answer.status, answer.headers["location"]) == (303, f"/player/item/{key}")
        page = await body(browser, f"/player/item/{key}")
        assert "Réception accusée 08:00 (Informatique)" in page
        await act(browser, "/player/deal_with", {"key": key})
        item = home.exercise.board.inboxes.find("crisis", key)
        assert item is not None
        assert (item.status, item.dealt_with_by) == (ItemStatus.DEALT_WITH, "it")


async def test_acknowledging_twice_changes_nothing(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "À lire")
        browser = await home.joined(CRISIS)
        await act(browser, "/player/acknowledge", {"key": key})
        before = home.exercise.board.seq
        assert (await act(browser, "/player/acknowledge", {"key": key})).status == 409
        assert home.exercise.board.seq == before


async def test_nobody_acknowledges_for_another_cell(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "care", "Aux soins")
        answer = await act(await home.joined(CRISIS), "/player/acknowledge", {"key": key})
        assert answer.status == 404
        item = home.exercise.board.inboxes.find("care", key)
        assert item is not None
        assert item.unread


async def test_when_the_mail_is_cut_its_messages_cannot_be_read(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "Confidence", title="Sujet")
        browser = await home.joined(CRISIS)
        await cut(home)
        for path in ("/player", "/player?show=email", f"/player/item/{key}"):
            page = await body(browser, path)
            assert "Confidence" not in page
            assert "Sujet" not in page
        page = await body(browser, "/player?show=email")
        assert "Messagerie : ne fonctionne pas." in page.replace("\u00a0", " ")
        assert "1 message déjà reçu ne peut pas être lu" in page
        answer = await act(browser, "/player/acknowledge", {"key": key})
        assert answer.status == 404


async def test_when_the_mail_works_again_so_do_its_messages(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await write_to(home, "crisis", "Confidence")
        browser = await home.joined(CRISIS)
        await cut(home)
        await cut(home, down=False)
        assert "Confidence" in await body(browser, "/player")


async def test_other_channels_stay_readable_when_one_is_cut(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        await write_to(home, "crisis", "Bravo texto", via="texts")
        await cut(home)
        assert "Bravo texto" in await body(await home.joined(CRISIS), "/player")


async def test_everything_can_be_read_again_after_finex_and_nothing_done(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "Confidence")
        await cut(home)
        await home.ask(GiveFinex())
        browser = await home.joined(CRISIS)
        page = await body(browser, f"/player/item/{key}")
        assert "Confidence" in page
        assert "/player/acknowledge" not in page
        assert "terminé" in page


async def test_a_pause_is_said_and_what_was_received_can_be_acknowledged(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "À lire")
        await home.ask(Pause())
        browser = await home.joined(CRISIS)
        assert "en pause" in await body(browser, "/player")
        assert (await act(browser, "/player/acknowledge", {"key": key})).status == 303


async def test_what_went_back_to_the_call_sheets_is_not_here_any_more(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "Reprise")
        browser = await home.joined(CRISIS)
        await home.ask(CloseOutbox(outbox=Outbox.PORTAL))
        part = await body(browser, f"/player/part/item/{key}")
        assert "Reprise" not in part
        assert "plus ici" in part


async def test_a_text_file_attached_is_shown_and_another_only_named(tmp_path: Path) -> None:
    files = {"pieces/alpha.txt": b"Contenu <b>joint</b>"}
    async with players(tmp_path, ForPlayers(files=files.get)) as home:
        await begin(home)
        await home.play(1)
        key = home.exercise.board.inboxes.items("crisis")[0].key
        page = await body(await home.joined(CRISIS), f"/player/item/{key}")
        assert "Contenu &lt;b&gt;joint&lt;/b&gt;" in page
        assert "alpha.txt" in page
        assert "pieces/" not in page
        assert page.count("Pièce jointe simulée") == 1


async def test_two_cells_have_different_keys_for_one_message(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        mine = await write_to(home, "crisis", "Un")
        theirs = await write_to(home, "care", "Un")
        assert mine != theirs
        assert theirs in await body(await home.joined(CARE), "/player")


async def test_two_devices_of_a_cell_have_each_their_own_forms(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        key = await write_to(home, "crisis", "À lire")
        tokens = [
            form_token(await body(await home.joined(CRISIS), f"/player/part/item/{key}"))
            for _ in range(2)
        ]
        assert tokens[0] != tokens[1]


async def test_a_fragment_is_never_older_than_the_last_event(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser, other = await home.joined(CRISIS), await home.joined(CARE)
        assert "Premier" not in await body(browser, "/player/part/inbox")
        await write_to(home, "crisis", "Premier")
        assert "Premier" in await body(browser, "/player/part/inbox")
        assert "Premier" not in await body(other, "/player/part/inbox")


async def test_the_bulletin_of_a_jump_stays_with_what_was_received(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        assert "ŻŻbulletin" not in await body(browser, "/player")
        await home.ask(MakeJump(jump="j1"))
        page = await body(browser, "/player")
        assert "Bulletin, lundi 14:00" in page
        assert "ŻŻbulletin" in page


async def test_a_bulletin_that_the_director_rewrote_is_the_one_shown(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        await home.ask(MakeJump(jump="j1", bulletin=home.exercise.say("<b>Autre</b> bulletin")))
        page = await body(browser, "/player")
        assert "&lt;b&gt;Autre&lt;/b&gt; bulletin" in page
        assert "ŻŻbulletin" not in page


async def test_why_the_game_was_paused_is_not_for_the_rooms(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        await home.ask(Pause(reason=home.exercise.say("ŻŻreason")))
        page = await body(browser, "/player")
        assert "PAUSE" in page
        assert "ŻŻreason" not in page
        assert "ŻŻreason" not in await body(browser, "/part/banner")
