"""An exercise begun at the console: what was asked on the command line is in its journal."""

from datetime import timedelta
from pathlib import Path

from cyberex.cli.loading import Ready, make_ready
from cyberex.cli.seating import begun
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import resume_exercise
from cyberex.scenario.kits import Found
from tests.exercise.conftest import NINE


def ready_in(folder: Path) -> Ready:
    scenario = folder / "tiny.yaml"
    scenario.write_text(
        """\
cyberex: 1
id: tiny
title: Un appel
timing: {startex: now, play: 10 min}
cells: [{id: crisis, title: Crise}]
roles: [{id: it, title: Informatique, cell: crisis}]
actors: [{id: nurse, title: Infirmière, kind: staff}]
channels: [{id: phone, title: Téléphone, kind: phone}]
stimuli: [{id: s1, at: T+1, from: nurse, to: [it], via: phone, title: Allô, text: Exercice.}]
""",
        "utf-8",
    )
    return make_ready(Found("tiny", scenario))


async def test_a_rehearsal_at_another_speed_goes_on_at_that_speed(tmp_path: Path) -> None:
    path = tmp_path / "r.cyberex"
    exercise = await begun(
        ready_in(tmp_path), path, seed=1, rehearsal=True, speed=4, clocks=VirtualClocks(NINE)
    )
    await exercise.close()
    exercise = await resume_exercise(path, clocks=VirtualClocks(NINE))
    try:
        situation = exercise.board.situation
        assert situation.speed == 4
        assert situation.room_time(240_000, 0, NINE) - NINE == timedelta(minutes=1)
    finally:
        await exercise.close()


async def test_an_exercise_at_the_pace_of_the_room_says_nothing_of_its_speed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.cyberex"
    exercise = await begun(
        ready_in(tmp_path), path, seed=1, rehearsal=False, speed=1, clocks=VirtualClocks(NINE)
    )
    names = [line.event.name for line in exercise.board.log.lines]
    await exercise.close()
    assert "exercise.speed_set" not in names
