"""Headless play does at once what it is asked, at the same milliseconds at every speed."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from cyberex.errors import UserError
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.headless import play_headless, resume_headless
from cyberex.exercise.lines import line_of
from cyberex.exercise.script import read_script
from cyberex.exercise.verify import verify
from cyberex.facts.events import EVENTS
from tests.exercise.table import SCENARIO, recorded_in, scenario_json

STORY = (
    SCENARIO.replace("channels: [", "channels: [{id: mail, title: Courriel, kind: email},")
    + """\
  - {id: s04, at: T-2, from: nurse, to: [it], via: phone, title: Avant, text: Un essai.}
  - {id: s05, after: s02, delay: 5 à 10 min, from: nurse, to: [it], via: mail, title: Un, text: U.}
jumps:
  - {id: j1, at: T+30, to: lundi 14:00, title: Plus tard, bulletin: Il est 14 h.}
"""
).replace("after: s02, delay: 5 à 10 min", "after: s02 delivered + 5 à 10 min")

Lines = list[dict[str, Any]]
Headless = Callable[..., Awaitable[Lines]]


@pytest.fixture
def headless(tmp_path: Path) -> Headless:
    """Play `STORY` with a script; the lines printed, and those refused under `refused`."""

    async def play(*script: str, name: str = "a", **changes: Any) -> Lines:
        read, problems = read_script("\n".join(script), "script.jsonl")
        assert not problems
        lines: list[str] = []
        changes.setdefault("refuse", lambda line: lines.append(line))
        text = changes.pop("text", STORY)
        await play_headless(
            scenario_json(text),
            source="story.yaml",
            seed=7,
            journal_path=tmp_path / f"{name}.cyberex",
            write=changes.pop("write", lines.append),
            script=read,
            **changes,
        )
        return [json.loads(line) for line in lines]

    return play


def when(lines: Lines, event: str, stimulus: str = "") -> list[int]:
    return [
        line["sim_ms"]
        for line in lines
        if line.get("event") == event and stimulus in ("", line.get("stimulus"))
    ]


def game(lines: Lines) -> list[str]:
    """The game events as text, without what differs from one evening to the next."""
    left_out = ("seq", "wall_at", "created_wall", "exercise")
    return [
        json.dumps({key: value for key, value in line.items() if key not in left_out})
        for line in lines
        if line["event"] in EVENTS and EVENTS[line["event"]].game
    ]


async def test_it_starts_at_the_first_stimulus_and_ends_at_the_planned_end(
    headless: Headless,
) -> None:
    lines = await headless()
    started = next(line for line in lines if line["event"] == "exercise.started")
    assert started["from_ms"] == -120_000
    assert len(when(lines, "stimulus.delivered", "s04")) == 1
    assert when(lines, "exercise.debex_given") == [0]
    assert when(lines, "exercise.finex_given") == [3_600_000]
    assert lines[-1]["event"] == "exercise.finex_given"


async def test_without_anything_before_it_starts_at_zero(headless: Headless) -> None:
    lines = await headless(text=SCENARIO)
    assert when(lines, "stimulus.due") == [300_000, 600_000, 1_200_000]
    assert not [line for line in lines if -600_000 < line["sim_ms"] < 0]


async def test_calls_are_said_done_the_moment_they_are_due(headless: Headless) -> None:
    lines = await headless()
    assert when(lines, "stimulus.delivered", "s01") == [300_000]


async def test_a_jump_is_made_the_moment_it_is_due(headless: Headless) -> None:
    lines = await headless()
    assert when(lines, "jump.prepared") == when(lines, "jump.made") == [1_800_000]


async def test_a_script_acts_at_the_very_instant_it_names(headless: Headless) -> None:
    lines = await headless(
        '{"at": "T+7", "command": "stimulus.fire", "stimulus": "s03"}',
        '{"at": "T+0:08:30", "command": "note.add", "text": "Cellule armée"}',
    )
    assert when(lines, "stimulus.delivered", "s03") == [420_000]
    assert when(lines, "note.added") == [510_000]


async def test_a_script_acts_after_what_is_due_at_the_same_instant(headless: Headless) -> None:
    lines = await headless('{"at": "T+10", "command": "stimulus.skip", "stimulus": "s02"}')
    assert when(lines, "stimulus.delivered", "s02") == [600_000]
    assert [line["refused"] for line in lines if "refused" in line]


async def test_a_pause_ends_after_the_wall_time_that_the_script_waits(headless: Headless) -> None:
    lines = await headless(
        '{"at": "T+12", "command": "exercise.pause"}',
        '{"wait": "90 min", "command": "exercise.resume"}',
    )
    paused, resumed = (
        next(line for line in lines if line["event"] == name)
        for name in ("exercise.paused", "exercise.resumed")
    )
    assert (paused["sim_ms"], resumed["sim_ms"]) == (720_000, 720_000)
    assert paused["wall_at"][:13] != resumed["wall_at"][:13]
    assert when(lines, "stimulus.delivered", "s03") == [1_200_000]


async def test_a_call_that_the_script_ends_is_left_to_it(headless: Headless) -> None:
    lines = await headless(
        '{"at": "T+0:05:30", "command": "stimulus.end_call", "stimulus": "s01", "outcome": "busy"}'
    )
    assert when(lines, "stimulus.call_failed", "s01") == [330_000]
    assert when(lines, "stimulus.delivered", "s01") == [450_000]


async def test_an_extension_at_the_last_moment_moves_the_end(headless: Headless) -> None:
    lines = await headless('{"at": "T+60", "command": "exercise.extend", "by": "10 min"}')
    assert when(lines, "exercise.finex_given") == [4_200_000]


async def test_the_script_may_end_the_exercise_and_speak_after_it(headless: Headless) -> None:
    lines = await headless(
        '{"at": "T+6", "command": "exercise.finex"}',
        '{"wait": "5 min", "command": "debrief.add", "kind": "positive", "speaker": "player",'
        ' "text": "Alerte rapide"}',
    )
    assert when(lines, "exercise.finex_given") == [360_000]
    assert lines[-1]["event"] == "debrief.noted"


async def test_a_line_that_never_comes_is_told(headless: Headless) -> None:
    lines = await headless('{"at": "T+61", "command": "exercise.pause"}')
    assert [line for line in lines if "refused" in line] == [
        {"line": 1, "command": "exercise.pause", "refused": "exercise-over"}
    ]


async def test_a_refused_line_is_told_and_play_goes_on(headless: Headless) -> None:
    lines = await headless('{"at": "T+1", "command": "stimulus.skip", "stimulus": "nowhere"}')
    refused = next(line for line in lines if "refused" in line)
    assert (refused["line"], refused["command"]) == (1, "stimulus.skip")
    assert when(lines, "exercise.finex_given") == [3_600_000]


async def test_standing_still_for_ever_is_told_and_keeps_the_journal(
    headless: Headless, tmp_path: Path
) -> None:
    with pytest.raises(UserError):
        await headless('{"at": "T+12", "command": "exercise.pause"}')
    recorded = recorded_in(tmp_path / "a.cyberex")
    assert recorded[-1].event.name == "exercise.paused"


async def test_lines_that_cannot_come_in_pause_are_no_way_out(headless: Headless) -> None:
    with pytest.raises(UserError):
        await headless(
            '{"at": "T+12", "command": "exercise.pause"}',
            '{"at": "T+13", "command": "exercise.resume"}',
        )


SCRIPT = (
    '{"at": "T+3", "command": "note.add", "text": "Première remontée"}',
    '{"at": "T+12", "command": "exercise.pause"}',
    '{"wait": "10 s", "command": "exercise.resume"}',
    '{"at": "T+14", "command": "stimulus.shift", "stimulus": "s03", "by": "4 min"}',
)


async def test_the_same_script_gives_the_same_game(headless: Headless) -> None:
    assert game(await headless(*SCRIPT)) == game(await headless(*SCRIPT, name="b"))


@pytest.mark.parametrize("speed", [1.0, 7.3, 3_600.0])
async def test_the_game_is_the_same_at_every_speed(headless: Headless, speed: float) -> None:
    fastest = await headless(*SCRIPT)
    paced = await headless(*SCRIPT, name="b", speed=speed, clocks=VirtualClocks(jumping=True))
    assert game(paced) == game(fastest)


async def test_the_game_is_the_same_on_real_clocks(headless: Headless) -> None:
    quick = [line.replace('"10 s"', '"0 s"') for line in SCRIPT]
    paced = await headless(*quick, name="b", speed=20_000.0)
    assert game(paced) == game(await headless(*SCRIPT))


async def test_pauses_change_no_game_event(headless: Headless) -> None:
    paused = game(await headless(*SCRIPT))
    straight = game(await headless(SCRIPT[0], SCRIPT[3], name="b"))
    # Only the numbers of the script's lines tell them apart.
    assert [line.replace("script-4-", "script-2-") for line in paused] == straight


async def test_a_machine_that_sleeps_does_not_stop_it(headless: Headless) -> None:
    class Sleepy(VirtualClocks):
        def move(self, seconds: float, **_: float | None) -> None:
            slept_s = 600.0 if self.monotonic_s() == 1_010.0 else 0.0
            super().move(seconds, boot_s=seconds + slept_s, wall_s=seconds + slept_s)

    lines = await headless(clocks=Sleepy(jumping=True), speed=1.0)
    assert len(when(lines, "exercise.interrupted")) == 1
    assert game(lines) == game(await headless(name="b"))


async def test_what_is_printed_is_what_is_recorded(headless: Headless, tmp_path: Path) -> None:
    lines = await headless(*SCRIPT)
    recorded = recorded_in(tmp_path / "a.cyberex")
    assert [line["seq"] for line in lines] == [item.seq for item in recorded]
    assert list(lines[3])[:6] == ["seq", "sim_ms", "wall_at", "event", "version", "cause"]


async def test_a_headless_journal_verifies(headless: Headless, tmp_path: Path) -> None:
    await headless(*SCRIPT)
    assert verify(tmp_path / "a.cyberex").ok


async def test_nobody_reading_any_more_ends_it(headless: Headless) -> None:
    def refuse_to_read(_line: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await headless(write=refuse_to_read)


async def test_a_headless_exercise_that_stood_still_goes_on_with_another_script(
    headless: Headless, tmp_path: Path
) -> None:
    with pytest.raises(UserError):
        await headless('{"at": "T+12", "command": "exercise.pause"}')
    lines = await resumed(tmp_path, '{"command": "exercise.resume"}')
    assert when(lines, "stimulus.delivered", "s03") == [1_200_000]
    assert lines[-1]["event"] == "exercise.finex_given"
    assert verify(tmp_path / "a.cyberex").ok


async def resumed(folder: Path, *script: str) -> Lines:
    read, problems = read_script("\n".join(script), "script.jsonl")
    assert not problems
    lines: list[str] = []
    await resume_headless(
        folder / "a.cyberex", write=lines.append, refuse=lines.append, script=read
    )
    return [json.loads(line) for line in lines]


async def test_a_headless_exercise_cut_anywhere_ends_as_if_it_had_not_been(
    headless: Headless, tmp_path: Path
) -> None:
    whole = game(await headless(*SCRIPT, name="whole"))
    before: list[str] = []

    def read_twelve(line: str) -> None:
        before.append(line)
        if len(before) == 12:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await headless(*SCRIPT, write=read_twelve)
    lines = await resumed(tmp_path, *SCRIPT)
    assert not [line for line in lines if "refused" in line]
    recorded = [json.loads(line_of(item)) for item in recorded_in(tmp_path / "a.cyberex")]
    assert game(recorded) == whole


async def test_a_finished_exercise_resumed_headless_has_nothing_to_do(
    headless: Headless, tmp_path: Path
) -> None:
    await headless()
    assert await resumed(tmp_path) == []
