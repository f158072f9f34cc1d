"""What an animator sees of the animation room, and each act of theirs down to the journal."""

from pathlib import Path

import pytest

from cyberex.facts.commands import CallRealStop, ComposeStimulus, LogContact, SetAsset
from cyberex.facts.delivery_events import CallClaimed, ClaimReleased
from cyberex.facts.model import AccessKind, CallOutcome, Tick
from cyberex.facts.stimulus_events import (
    CallFailed,
    CallStarted,
    ExpectationTicked,
    StimulusComposed,
    StimulusDelivered,
)
from cyberex.facts.world_events import ContactLogged, NoteAdded
from cyberex.portal.audience import Audience
from tests.portal.animation import HOSTILE, ONE, TWO, animation, happened, read, sent
from tests.portal.house import PLAYER, Browser, House, form_token

SHEET = {"stimulus": "s01#1", "cell": "crisis"}
PAGES = ("/animator", "/animator/expected", "/animator/coming", "/animator/calls-in",
         "/animator/note")  # fmt: skip


async def acted(browser: Browser, action: str, **form: str) -> int:
    return (await sent(browser, "/animator/note", action, **form)).status


# What is read


async def test_a_sheet_says_who_one_is_whom_to_reach_and_what_to_say(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        page = await read(await home.joined(ONE), "/animator")
        for said in (
            "Mme Lenoir, infirmière",
            "Vous êtes débordée.",
            "01 99 00 50 02",
            "M. Diop",
            "Six postes sont figés.",
            "Demandez combien.",
            "Parlez vite.",
            "Relève les faits",
        ):
            assert said in page, said


async def test_only_their_own_sheets_are_shown_until_they_ask_for_all(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        assert "Trois ambulances" not in await read(browser, "/animator")
        assert "Trois ambulances" in await read(browser, "/animator?all=1")


async def test_a_number_whose_line_is_down_is_crossed_out(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await home.ask(SetAsset(asset="pabx", down=True))
        await home.play(0.1)
        page = await read(await home.joined(ONE), "/animator")
        assert "<s>01 99 00 50 02</s>" in page
        assert 'href="tel:0639985002"' in page


async def test_an_animator_sees_what_comes_for_their_actors_only(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        page = await read(await home.joined(ONE), "/animator/coming")
        assert "ŻŻtitle" in page
        assert "ŻŻvisit" not in page


async def test_a_visit_is_to_be_prepared_then_set_out_with(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(TWO)
        await home.play(34.5)
        page = await read(browser, "/animator")
        assert "ŻŻvisit" in page
        assert "Bâtiment B" in page
        left = {"stimulus": "s05#1", "cell": "care"}
        assert await acted(browser, "/animator/left", **left) == 303
        assert home.exercise.board.checklists.is_done("left/s05#1/care")


async def test_every_page_says_what_waits(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await wrote(home, actor="")
        browser = await home.joined(ONE)
        for path in (*PAGES, "/animator/part/news"):
            page = await read(browser, path)
            assert "1 à jouer" in page
            assert "1 à répondre" in page


# Calls


async def test_a_call_taken_says_by_whom_to_the_others(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        one, two = await home.joined(ONE), await home.joined(TWO)
        assert await acted(one, "/animator/claim", **SHEET) == 303
        (claimed,) = happened(home, CallClaimed)
        assert isinstance(claimed, CallClaimed)
        assert claimed.voice == "animator-1"
        page = await read(two, "/animator?all=1")
        assert "M. Leroy s&#39;en occupe." in page


@pytest.mark.parametrize("action", ["claim", "unclaim", "start", "end"])
async def test_nobody_touches_a_call_that_another_has_taken(tmp_path: Path, action: str) -> None:
    async with animation(tmp_path) as home:
        one, two = await home.joined(ONE), await home.joined(TWO)
        await acted(one, "/animator/claim", **SHEET)
        before = home.exercise.board.seq
        assert await acted(two, f"/animator/{action}", **SHEET, outcome="done") == 409
        assert home.exercise.board.seq == before


async def test_whoever_gives_a_call_back_leaves_it_to_all(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        one = await home.joined(ONE)
        await acted(one, "/animator/claim", **SHEET)
        await acted(one, "/animator/unclaim", **SHEET)
        assert len(happened(home, ClaimReleased)) == 1


async def test_whoever_dials_has_taken_the_call(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        assert await acted(await home.joined(ONE), "/animator/start", **SHEET) == 303
        assert len(happened(home, CallStarted)) == 1
        sheet = home.exercise.board.calls.sheet("s01#1", "crisis")
        assert sheet is not None
        assert sheet.claimed_by == "animator-1"


async def test_a_call_done_says_who_answered(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        await acted(browser, "/animator/end", **SHEET, outcome="done", who="it")
        (delivered,) = happened(home, StimulusDelivered)
        assert isinstance(delivered, StimulusDelivered)
        assert delivered.answered_by == "it"


@pytest.mark.parametrize("outcome", ["no_answer", "busy", "refused"])
async def test_a_call_that_fails_says_how(tmp_path: Path, outcome: str) -> None:
    async with animation(tmp_path) as home:
        await acted(await home.joined(ONE), "/animator/end", **SHEET, outcome=outcome)
        (failed,) = happened(home, CallFailed)
        assert isinstance(failed, CallFailed)
        assert failed.outcome is CallOutcome(outcome)


async def test_a_call_that_comes_back_says_when(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        await acted(browser, "/animator/end", **SHEET, outcome="busy")
        assert "à refaire à" in await read(browser, "/animator")


@pytest.mark.parametrize(
    "form",
    [
        {"stimulus": "s03#1", "cell": "crisis", "outcome": "done"},
        {"stimulus": "s01#1", "cell": "care", "outcome": "done"},
        {"stimulus": "s01#1", "cell": "crisis", "outcome": "never"},
        {"stimulus": "s01#1", "cell": "crisis", "outcome": "done", "who": "nobody"},
    ],
)
async def test_what_is_not_there_cannot_be_ended(tmp_path: Path, form: dict[str, str]) -> None:
    async with animation(tmp_path) as home:
        before = home.exercise.board.seq
        browser = await home.joined(ONE)
        assert await acted(browser, "/animator/end", **form) == 404
        assert home.exercise.board.seq == before + 1  # the access itself


# Expected reactions


async def test_a_reaction_is_ticked_by_the_animator_who_hears_of_it(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        await acted(browser, "/animator/end", **SHEET, outcome="done", who="it")
        assert "Relève les faits" in await read(browser, "/animator/expected")
        key = {"key": "s01#1/facts", "result": "partly"}
        assert await acted(browser, "/animator/tick", **key) == 303
        (ticked,) = happened(home, ExpectationTicked)
        assert isinstance(ticked, ExpectationTicked)
        assert (ticked.result, ticked.observer) == (Tick.PARTLY, "animator-1")


async def test_a_reaction_that_settles_a_decision_waits_for_the_direction(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        await acted(browser, "/animator/end", **SHEET, outcome="done", who="it")
        assert "Cela tranche «\u00a0Couper internet\u00a0»" in await read(
            browser, "/animator/expected"
        )
        key = {"key": "s01#1/cuts", "result": "seen"}
        assert await acted(browser, "/animator/tick", **key) == 422
        assert not home.exercise.board.world.decisions


# Calls in and messages


async def wrote(home: House, actor: str = "nurse", text: str = "Venez.") -> str:
    """A message of the crisis cell; its name."""
    said = home.exercise.say(text)
    command = LogContact(actor=actor, cell="crisis", channel="mail", text=said)
    await home.ask(command, origin="portal", by="crisis")
    return home.exercise.board.contacts.all[-1].contact


async def test_a_call_in_is_recorded_and_rung_back(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        form = {"actor": "samu", "cell": "care", "text": "Ils appellent.", "promise": "10"}
        assert await acted(browser, "/animator/calls-in", **form) == 303
        (logged,) = happened(home, ContactLogged)
        assert isinstance(logged, ContactLogged)
        assert home.exercise.text(logged.text) == "Ils appellent."
        (task,) = home.exercise.board.calls.replies(home.exercise.sim_ms())
        assert (task.promise, task.voice) == (True, "animator-1")


async def test_a_call_in_recorded_by_an_animator_is_not_the_players_own(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await acted(await home.joined(ONE), "/animator/calls-in", actor="samu", cell="care")
        assert not home.exercise.board.contacts.all[-1].written


async def test_a_call_in_by_a_dead_line_says_what_to_answer(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await home.ask(SetAsset(asset="pabx", down=True))
        browser = await home.joined(ONE)
        await acted(browser, "/animator/calls-in", actor="samu", line="phone", promise="5")
        page = await read(browser, "/animator/calls-in")
        assert "Ce numéro ne répond pas" in page
        assert home.exercise.board.contacts.all[-1].refused


async def test_a_bad_promise_records_nothing(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        form = {"actor": "samu", "promise": "soon"}
        assert await acted(await home.joined(ONE), "/animator/calls-in", **form) == 422
        assert not home.exercise.board.contacts.all


async def test_an_answer_given_is_owed_no_more(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        contact = await wrote(home)
        browser = await home.joined(ONE)
        assert await acted(browser, "/animator/answered", contact=contact) == 303
        assert home.exercise.board.contacts.all[-1].answered_ms is not None


async def test_the_prepared_answer_is_in_the_form_that_answers_in_writing(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        contact = await wrote(home)
        page = await read(await home.joined(ONE), f"/animator/reply/{contact}")
        assert "EXERCICE. Je viens.</textarea>" in page
        assert "Venez." in page


async def test_an_answer_in_writing_leaves_as_the_actor(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        contact = await wrote(home)
        form = {"via": "texts", "title": "Réponse", "text": "J'arrive."}
        browser = await home.joined(ONE)
        assert await acted(browser, f"/animator/reply/{contact}", **form) == 303
        (composed,) = happened(home, StimulusComposed)
        assert isinstance(composed, StimulusComposed)
        assert (composed.sender, composed.to, composed.via) == ("nurse", ("crisis",), "texts")
        assert home.exercise.text(composed.text) == "J'arrive."


async def test_an_answer_sent_opens_what_is_to_be_done(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        contact = await wrote(home)
        browser = await home.joined(ONE)
        token = form_token((await browser.get("/animator/note")).body)
        form = {"form_token": token, "via": "texts", "title": "Réponse", "text": "J'arrive."}
        answer = await browser.post(f"/animator/reply/{contact}", form, hx_request="true")
        assert answer.headers["hx-redirect"] == "/animator"
        assert "Répondu par écrit" in await read(browser, "/animator")


async def test_nothing_is_written_by_a_channel_that_is_down(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        contact = await wrote(home)
        await home.ask(SetAsset(asset="server", down=True))
        browser = await home.joined(ONE)
        assert 'value="mail"' not in await read(browser, f"/animator/reply/{contact}")
        form = {"via": "mail", "title": "Réponse", "text": "J'arrive."}
        assert await acted(browser, f"/animator/reply/{contact}", **form) == 422
        assert not happened(home, StimulusComposed)


async def test_whoever_answers_for_nobody_says_as_whom(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        contact = await wrote(home, actor="")
        browser = await home.joined(ONE)
        form = {"via": "texts", "title": "Réponse", "text": "Oui.", "sender": "samu"}
        assert await acted(browser, f"/animator/reply/{contact}", **form) == 303
        (composed,) = happened(home, StimulusComposed)
        assert isinstance(composed, StimulusComposed)
        assert composed.sender == "samu"


async def test_a_note_goes_to_the_log_with_its_hour(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        form = {"text": "Entendu.", "kind": "fact", "cell": "care", "ago": "5"}
        assert await acted(browser, "/animator/note", **form) == 303
        (note,) = happened(home, NoteAdded)
        assert isinstance(note, NoteAdded)
        assert (note.cell, note.about_wall) == ("care", "2026-01-12T07:57:00.000Z")
        assert "Entendu." in await read(browser, "/animator/note")


# Who may see it, and what cannot harm it


@pytest.mark.parametrize("path", [*PAGES, "/animator/part/to-do", "/animator/part/coming"])
async def test_no_player_observer_or_wall_opens_a_page_of_the_animation(
    tmp_path: Path, path: str
) -> None:
    async with animation(tmp_path) as home:
        for audience in (
            PLAYER,
            Audience(AccessKind.OBSERVER, "crisis"),
            Audience(AccessKind.WALL),
        ):
            assert (await (await home.joined(audience)).get(path)).status == 404


async def test_no_player_acts_for_the_animation(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(PLAYER)
        assert (await browser.post("/animator/end", {**SHEET, "outcome": "done"})).status == 404
        assert not happened(home, StimulusDelivered)


async def test_a_real_stop_covers_every_page(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(ONE)
        await home.ask(CallRealStop())
        for path in PAGES:
            assert 'class="stop"' in await read(browser, path)
        assert await acted(browser, "/animator/end", **SHEET, outcome="done") == 409


async def test_what_players_wrote_is_text_wherever_it_is_read(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        contact = await wrote(home, actor="", text=HOSTILE)
        said = home.exercise.say(HOSTILE)
        command = ComposeStimulus(
            sender="nurse", to=("crisis",), via="phone", title=said, text=said
        )
        await home.ask(command)
        browser = await home.joined(ONE)
        await acted(browser, "/animator/note", text=HOSTILE, kind="fact")
        for path in (*PAGES, f"/animator/reply/{contact}", "/animator/part/to-do"):
            page = await read(browser, path)
            assert "<script>alert" not in page
            assert "<img" not in page
            assert "\u202e" not in page


async def test_an_access_without_voice_sees_all_and_takes_no_call(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(Audience(AccessKind.ANIMATOR))
        assert "Trois ambulances" in await read(browser, "/animator")
        assert await acted(browser, "/animator/claim", **SHEET) == 409
