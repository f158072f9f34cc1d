"""What an observer sees of their cell, and each act of theirs down to the journal."""

from pathlib import Path

import pytest

from cyberex.facts.animation_events import ItemTicked, StateReported
from cyberex.facts.commands import ComposeStimulus, EndCall, SettleDecision
from cyberex.facts.model import AccessKind, CallOutcome, CellState, Tick
from cyberex.facts.stimulus_events import ExpectationTicked
from cyberex.facts.world_events import NoteAdded
from cyberex.portal.audience import Audience
from cyberex.portal.for_observers import Criterion
from tests.portal.animation import (
    CARE,
    CRISIS,
    EVERY_CELL,
    HOSTILE,
    MARK,
    ONE,
    WALL,
    animation,
    happened,
    read,
    sent,
)
from tests.portal.house import PLAYER, Browser, House

PAGES = ("/observer", "/observer/received", "/observer/notes", "/observer/sheet")
PARTS = ("/observer/part/states", "/observer/part/expected", "/observer/part/received",
         "/observer/part/notes", "/observer/part/sheet")  # fmt: skip
CRITERIA = (
    Criterion("o1", "Mobilisation", "Chacun sait son rôle."),
    Criterion("o2", "Soins", "Les soins sont priorisés.", cells=("care",)),
)


async def both_calls_made(home: House) -> None:
    """One reached each cell."""
    for stimulus, cell in (("s01#1", "crisis"), ("s02#1", "care")):
        await home.ask(EndCall(stimulus=stimulus, outcome=CallOutcome.DONE, cell=cell))


async def acted(browser: Browser, action: str, **form: str) -> int:
    return (await sent(browser, "/observer/notes", action, **form)).status


async def test_an_observer_reads_what_reached_their_cell(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        page = await read(await home.joined(CRISIS), "/observer/received")
        assert "Six postes sont figés." in page
        assert "ambulances" not in page


@pytest.mark.parametrize("path", [*PAGES, *PARTS])
async def test_an_observer_sees_nothing_planned_nor_of_another_cell(
    tmp_path: Path, path: str
) -> None:
    async with animation(tmp_path) as home:
        home.portal.criteria = CRITERIA
        await both_calls_made(home)
        page = await read(await home.joined(CRISIS), path)
        for secret in (MARK, "ambulances", "Répond au SAMU", "Parlez vite", "Demandez combien",
                       "priorisés"):  # fmt: skip
            assert secret not in page, secret


async def test_an_address_or_a_form_shows_no_other_cell(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        browser = await home.joined(CRISIS)
        assert "ambulances" not in await read(browser, "/observer/received?cell=care")
        assert await acted(browser, "/observer/note", text="x", kind="fact", cell="care") == 303
        (note,) = happened(home, NoteAdded)
        assert isinstance(note, NoteAdded)
        assert note.cell == "crisis"


async def test_an_observer_of_every_cell_chooses_one(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        browser = await home.joined(EVERY_CELL)
        assert "ambulances" not in await read(browser, "/observer/received?cell=crisis")
        assert "ambulances" in await read(browser, "/observer/received?cell=care")
        await acted(browser, "/observer/state", state="waiting", cell="care")
        (said,) = happened(home, StateReported)
        assert isinstance(said, StateReported)
        assert said.cell == "care"


async def test_nothing_is_expected_before_it_reached_the_cell(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(CRISIS)
        assert "Relève les faits" not in await read(browser, "/observer")
        await both_calls_made(home)
        assert "Relève les faits" in await read(browser, "/observer")


async def test_a_reaction_seen_some_minutes_ago_keeps_its_hour(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        await home.play(4)
        browser = await home.joined(CRISIS)
        form = {"key": "s01#1/facts", "result": "seen", "ago": "3"}
        assert await acted(browser, "/observer/tick", **form) == 303
        (ticked,) = happened(home, ExpectationTicked)
        assert isinstance(ticked, ExpectationTicked)
        assert (ticked.result, ticked.observer) == (Tick.SEEN, "crisis")
        assert ticked.observed_ms == home.exercise.sim_ms() - 3 * 60_000


async def test_a_reaction_is_never_seen_before_it_was_asked_for(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        await home.play(1)
        form = {"key": "s01#1/facts", "result": "seen", "ago": "90"}
        await acted(await home.joined(CRISIS), "/observer/tick", **form)
        row = home.exercise.board.expectations.row("s01#1/facts")
        assert row is not None
        assert row.observed_ms == row.opened_ms


async def test_nobody_ticks_for_another_cell(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        form = {"key": "s02#1/says", "result": "seen"}
        assert await acted(await home.joined(CRISIS), "/observer/tick", **form) == 404
        assert not happened(home, ExpectationTicked)


async def test_what_was_decided_is_the_directions_to_say(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        browser = await home.joined(CRISIS)
        form = {"key": "s01#1/cuts", "result": "seen"}
        assert await acted(browser, "/observer/tick", **form) == 422
        await home.ask(SettleDecision(decision="cut", outcome="no1"))
        assert await acted(browser, "/observer/tick", **form) == 303


@pytest.mark.parametrize("state", ["overwhelmed", "at_pace", "waiting"])
async def test_a_tap_says_how_the_cell_is(tmp_path: Path, state: str) -> None:
    async with animation(tmp_path) as home:
        assert await acted(await home.joined(CRISIS), "/observer/state", state=state) == 303
        (said,) = happened(home, StateReported)
        assert isinstance(said, StateReported)
        assert (said.cell, said.state) == ("crisis", CellState(state))


async def test_a_cell_has_finished_what_it_got_last(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(CRISIS)
        assert await acted(browser, "/observer/state", state="finished") == 409
        await both_calls_made(home)
        assert await acted(browser, "/observer/state", state="finished") == 303
        (said,) = happened(home, StateReported)
        assert isinstance(said, StateReported)
        assert said.stimulus == "s01#1"


async def test_a_fact_is_noted_of_the_cell_with_its_hour(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(CRISIS)
        form = {"text": "On se tait.", "kind": "fact", "ago": "2"}
        assert await acted(browser, "/observer/note", **form) == 303
        (note,) = happened(home, NoteAdded)
        assert isinstance(note, NoteAdded)
        assert (note.cell, note.about_wall) == ("crisis", "2026-01-12T08:00:00.000Z")
        assert "On se tait." in await read(browser, "/observer/notes")


async def test_a_criterion_of_the_sheet_is_ticked_and_taken_back(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        home.portal.criteria = CRITERIA
        browser = await home.joined(CRISIS)
        assert "Chacun sait son rôle." in await read(browser, "/observer/sheet")
        await acted(browser, "/observer/criterion", criterion="o1", done="yes")
        assert home.exercise.board.checklists.is_done("observe/crisis/o1")
        await acted(browser, "/observer/criterion", criterion="o1", done="")
        assert not home.exercise.board.checklists.is_done("observe/crisis/o1")


async def test_a_criterion_of_another_cell_cannot_be_ticked(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        home.portal.criteria = CRITERIA
        form = {"criterion": "o2", "done": "yes"}
        assert await acted(await home.joined(CRISIS), "/observer/criterion", **form) == 404
        assert await acted(await home.joined(CARE), "/observer/criterion", **form) == 303
        (ticked,) = happened(home, ItemTicked)
        assert isinstance(ticked, ItemTicked)
        assert ticked.item == "observe/care/o2"


async def test_every_page_says_that_observers_keep_silent(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(CRISIS)
        for path in PAGES:
            assert "Vous ne parlez à aucun joueur" in await read(browser, path)


@pytest.mark.parametrize("path", [*PAGES, *PARTS])
async def test_only_observers_open_their_pages(tmp_path: Path, path: str) -> None:
    async with animation(tmp_path) as home:
        for audience in (PLAYER, ONE, WALL):
            assert (await (await home.joined(audience)).get(path)).status == 404


async def test_hostile_texts_are_text(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        said = home.exercise.say(HOSTILE)
        await home.ask(
            ComposeStimulus(sender="nurse", to=("crisis",), via="phone", title=said, text=said)
        )
        sheet = home.exercise.board.calls.sheets[-1]
        await home.ask(
            EndCall(stimulus=sheet.occurrence, outcome=CallOutcome.DONE, cell=sheet.cell)
        )
        browser = await home.joined(CRISIS)
        await acted(browser, "/observer/note", text=HOSTILE, kind="fact")
        for path in PAGES:
            page = await read(browser, path)
            assert "<script>alert" not in page
            assert "<img" not in page
            assert "\u202e" not in page


async def test_an_observer_hears_of_their_cell_alone(tmp_path: Path) -> None:
    """Ticks of the other cell do not even stir the page."""
    async with animation(tmp_path) as home:
        await both_calls_made(home)
        crisis, care = await home.joined(CRISIS), await home.joined(CARE)
        async with crisis.live() as heard:
            await acted(care, "/observer/tick", key="s02#1/says", result="seen")
            await acted(crisis, "/observer/tick", key="s01#1/facts", result="seen")
            event = await heard.next()
            while event.get("event") != "changed":
                event = await heard.next()
            assert event["data"] == "expectations"
            assert int(event["id"]) == home.exercise.board.seq


async def test_an_access_of_another_kind_cannot_report(tmp_path: Path) -> None:
    async with animation(tmp_path) as home:
        browser = await home.joined(Audience(AccessKind.PLAYER, "crisis"))
        assert (await browser.post("/observer/state", {"state": "waiting"})).status == 404
        assert not happened(home, StateReported)
