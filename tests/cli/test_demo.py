"""`cyberex demo`: the script plays the whole scenario, and its comments can be read."""

import asyncio
import json
from itertools import pairwise
from pathlib import Path
from textwrap import wrap

import pytest

from cyberex.cli.demo import panel_of, played
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.script import Script, read_script
from cyberex.facts.commands import AddNote
from cyberex.facts.model import NoteKind
from cyberex.scenario.load import load_scenario
from cyberex.scenario.models import scenario_to_json
from cyberex.views.situation import State
from tests.cli.conftest import ROOT, Cyberex

SCENARIO = ROOT / "scenarios" / "demo-es.yaml"
SCRIPT = ROOT / "kits" / "demo" / "demo-es.jsonl"
LETTERS_A_SECOND = 22


def script() -> Script:
    found, problems = read_script(SCRIPT.read_text("utf-8"), str(SCRIPT))
    assert problems == []
    return found


def comments() -> list[tuple[int | None, str]]:
    return [
        (line.at_ms, str(line.command.text))
        for line in script().lines
        if isinstance(line.command, AddNote) and line.command.kind == NoteKind.REMARK
    ]


def test_the_demonstration_plays_to_finex_with_nothing_refused(cyberex: Cyberex) -> None:
    said = cyberex("demo", "--headless")
    assert (said.code, said.err) == (0, "")
    events = [json.loads(line) for line in said.out.splitlines()]
    names = [event["event"] for event in events]
    assert "exercise.finex_given" in names
    assert names.count("note.added") == len(comments()) + 1
    assert {"contact.logged", "stimulus.call_back", "channel.down", "stimulus.skipped",
            "exercise.paused", "exercise.real_stop_lifted"} <= set(names)  # fmt: skip


def test_the_nudge_that_the_players_made_needless_does_not_leave(cyberex: Cyberex) -> None:
    events = map(json.loads, cyberex("demo", "--headless").out.splitlines())
    delivered = [event["stimulus"] for event in events if event["event"] == "stimulus.delivered"]
    assert delivered == ["s01", "s02", "s04", "v01", "s03", "s06"]


def test_the_journal_of_a_demonstration_is_kept_only_where_asked(
    cyberex: Cyberex, tmp_path: Path
) -> None:
    cyberex("demo", "--headless")
    assert not (tmp_path / "home").exists()
    cyberex("demo", "--headless", "--journal", "kept.cyberex")
    assert cyberex("verify", "kept.cyberex").code == 0


def test_without_a_terminal_it_says_what_to_add(cyberex: Cyberex) -> None:
    said = cyberex("demo")
    assert said.code == 2
    assert "--headless" in said.err


def test_each_comment_stays_long_enough_to_be_read() -> None:
    timed = [(at_ms, text) for at_ms, text in comments() if at_ms is not None]
    hasty = [
        text
        for (at_ms, text), (next_ms, _next) in pairwise(timed)
        if next_ms - at_ms < 1000 * len(text) / LETTERS_A_SECOND
    ]
    assert hasty == []


@pytest.mark.parametrize(("width", "lines"), [(80, 3), (140, 2)])
def test_each_comment_fits_the_place_of_a_caption(width: int, lines: int) -> None:
    room = width - 2
    long = [text for _at, text in comments() if len(wrap(f"▸ {text}", room)) > lines]
    assert long == []


def test_a_comment_shows_the_panel_that_it_begins_with() -> None:
    assert panel_of("2 À faire : S01 est dû.") == 1
    assert panel_of("Pause (espace) : rien ne part.") is None
    assert panel_of("24 heures plus tard") is None
    shown = {panel_of(text) for _at, text in comments()}
    assert shown == {None, 0, 1, 2, 3}


async def test_comments_are_shown_as_the_script_plays(tmp_path: Path) -> None:
    clocks = VirtualClocks()
    scenario = load_scenario(SCENARIO).scenario
    assert scenario is not None
    exercise = await create_exercise(
        scenario_to_json(scenario), source="demo", seed=1, clocks=clocks,
        journal_path=tmp_path / "demo.cyberex", rehearsal=True,
    )  # fmt: skip
    shown: list[str] = []
    refused: list[str] = []
    playing = asyncio.create_task(played(exercise, script(), shown.append, refused.append))
    await clocks.play(20 + 60)
    await clocks.settle()
    assert exercise.board.situation.state is State.PLAY
    assert shown == [text for at_ms, text in comments() if at_ms and at_ms <= 60_000]
    assert refused == []
    await exercise.close()
    await playing
