"""How late does a stimulus leave, and how long does an injection take, in real time?

Plays 1,000 stimuli at 50 a second without a screen, with the real engine and a journal on disk,
while somebody injects. Run it with `python bench/bench_lateness.py [folder of the journal]`.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not

from cyberex.exercise.clocks import SystemClocks
from cyberex.exercise.director import HeadlessDirector
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.running import Exercise
from cyberex.exercise.script import Script
from cyberex.facts.commands import AddNote
from cyberex.facts.stimulus_events import StimulusDelivered, StimulusDue
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json

STIMULI = 1_000
SPEED = 50.0
"""Authors write whole seconds: one stimulus a second, fifty times faster."""
INJECT_EVERY_S = 0.05

HEAD = """\
cyberex: 1
id: bench
title: Banc
timing: {startex: lundi 12 janvier 2026 09:00, play: 17 min}
cells: [{id: crisis, title: Cellule}]
roles: [{id: it, title: Informatique, cell: crisis}]
actors: [{id: nurse, title: Infirmière, kind: staff, played_by: animator-1}]
channels: [{id: phone, title: Téléphone, kind: phone}]
stimuli:
"""


def scenario() -> dict[str, Any]:
    """One call a second."""
    lines = [
        f"  - {{id: s{n:04d}, at: 'T+0:{n // 60:02d}:{n % 60:02d}', from: nurse, to: [it],"
        f" via: phone, title: Appel, text: Un mot.}}\n"
        for n in range(1, STIMULI + 1)
    ]
    loaded = scenario_of_text(HEAD + "".join(lines))
    if loaded.scenario is None:
        raise SystemExit(str(loaded.problems))
    return scenario_to_json(loaded.scenario)


async def measure(folder: Path) -> dict[str, list[float]]:
    """Wall milliseconds of each kind of delay."""
    exercise = await create_exercise(
        scenario(), source="bench", seed=1, journal_path=folder / "bench.cyberex", speed=SPEED
    )
    exercise.attend(HeadlessDirector(exercise.plan, Script(), 1, exercise.say, print))
    found: dict[str, list[float]] = {"due": [], "delivered": [], "injection": []}
    listening = asyncio.create_task(_listen(exercise, found))
    injecting = asyncio.create_task(_inject(exercise, found["injection"]))
    await exercise.run()
    injecting.cancel()
    await asyncio.gather(injecting, return_exceptions=True)
    await exercise.close()
    await listening
    return found


async def _listen(exercise: Exercise, found: dict[str, list[float]]) -> None:
    async for transaction in exercise.feed():
        for recorded in transaction:
            late_ms = (exercise.sim_ms() - recorded.sim_ms) / SPEED
            if isinstance(recorded.event, StimulusDue):
                found["due"].append(late_ms)
            elif isinstance(recorded.event, StimulusDelivered):
                found["delivered"].append(late_ms)


async def _inject(exercise: Exercise, took_ms: list[float]) -> None:
    clocks = SystemClocks()
    while True:
        await asyncio.sleep(INJECT_EVERY_S)
        began_s = clocks.monotonic_s()
        await exercise.submit(AddNote(text=exercise.say("Une note prise pendant le jeu")))
        took_ms.append((clocks.monotonic_s() - began_s) * 1_000)


def shown(name: str, values_ms: Sequence[float]) -> str:
    """One line of figures."""
    ordered = sorted(values_ms)
    p50, p99 = (ordered[int(len(ordered) * part)] for part in (0.5, 0.99))
    return (
        f"{name:<28} n {len(ordered):>5}   p50 {p50:7.2f} ms   p99 {p99:7.2f} ms"
        f"   max {ordered[-1]:7.2f} ms"
    )


def main() -> None:
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as folder:
        found = asyncio.run(measure(Path(folder)))
    print(shown("due -> seen by a client", found["due"]))
    print(shown("due -> said done and seen", found["delivered"]))
    print(shown("injection -> in the journal", found["injection"]))


if __name__ == "__main__":
    main()
