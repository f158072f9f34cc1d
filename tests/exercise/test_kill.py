"""An exercise killed at any instant loses nothing it acknowledged, and goes on where it stood."""

import multiprocessing
import random
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import resume_exercise
from cyberex.exercise.verify import verify
from cyberex.facts.commands import AnswerGap, Resume
from cyberex.facts.model import GapAnswer
from tests.exercise.conftest import NINE, Seat
from tests.exercise.headless_process import play_until_killed
from tests.exercise.table import SCENARIO, recorded_in, scenario_json

# Only a forked child starts fast enough to be killed fifty times.
if sys.platform == "win32":
    CONTEXT = multiprocessing.get_context("spawn")
    KILLS = 5
else:
    CONTEXT = multiprocessing.get_context("forkserver")
    CONTEXT.set_forkserver_preload(["tests.exercise.headless_process"])
    KILLS = 50
STIMULI = 55

STORY = (
    SCENARIO.partition("stimuli:")[0]
    + "stimuli:\n"
    + "".join(
        f"  - {{id: s{number:02d}, at: T+{number}, from: nurse, to: [it], via: phone,"
        f" title: Appel {number}, text: Un mot.}}\n"
        for number in range(1, STIMULI + 1)
    )
)


@pytest.fixture(scope="module")
def scenario() -> dict[str, Any]:
    return scenario_json(STORY)


def killed_after(lines: int, scenario: dict[str, Any], path: Path) -> int:
    """Play until `lines` were said, kill; the last seq that was said."""
    hears, says = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=play_until_killed, args=(scenario, str(path), says))
    child.start()
    says.close()
    promised = 0
    try:
        for _line in range(lines):
            promised = hears.recv()
        child.kill()
        while True:
            promised = hears.recv()
    except (EOFError, OSError):
        return promised
    finally:
        child.kill()
        child.join()
        child.close()
        hears.close()


@pytest.mark.slow
async def test_fifty_kills_lose_nothing_acknowledged(
    tmp_path: Path, scenario: dict[str, Any]
) -> None:
    drawn = random.Random(50)
    stopped_short = 0
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.cyberex"
        promised = killed_after(drawn.randint(1, 3 * STIMULI), scenario, path)
        assert len(recorded_in(path)) >= promised > 0
        assert verify(path).ok
        exercise = await resume_exercise(path, clocks=VirtualClocks(NINE + timedelta(days=1)))
        running = exercise.board.situation.gap_ms is not None
        await exercise.close()
        stopped_short += running
        assert verify(path).ok
    assert stopped_short > KILLS / 2


async def test_after_a_kill_play_goes_on_with_nothing_lost_or_played_twice(
    tmp_path: Path, scenario: dict[str, Any], seat_again: Seat
) -> None:
    path = tmp_path / "exercice.cyberex"
    killed_after(2 * STIMULI, scenario, path)
    table = await seat_again(clocks=VirtualClocks(NINE + timedelta(days=1)))
    await table.ask(AnswerGap(answer=GapAnswer.PAUSE))
    await table.ask(Resume())
    await table.play(60)
    assert table.when("stimulus.due") == [minute * 60_000 for minute in range(1, STIMULI + 1)]
    assert verify(path).ok
