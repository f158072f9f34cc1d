"""How soon does the console paint, answer a key with a long log, and does it hold up the game?

Runs the real console on Textual's headless driver, with a journal on disk. Run it with
`python bench/bench_console.py [folder of the journal]`; it takes about three minutes.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not

from cyberex.exercise.clocks import SystemClocks
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import AddNote, GiveDebex
from cyberex.facts.stimulus_events import StimulusDue
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json

LOG_LINES = 10_000
KEYS = 100
STIMULI, SPEED = 200, 2.0
PAINTS = 5
SIZE = (140, 40)
HOUR_LATER = 3_600

HEAD = """\
cyberex: 1
id: bench
title: Banc
timing: {startex: lundi 12 janvier 2026 09:00, play: 120 min}
cells: [{id: crisis, title: Cellule de crise}]
roles: [{id: it, title: Informatique, cell: crisis}]
actors: [{id: nurse, title: Infirmière, kind: staff, played_by: animator-1}]
channels: [{id: phone, title: Téléphone, kind: phone}]
stimuli:
"""


def scenario(stimuli: int, first_s: int = 1) -> dict[str, Any]:
    """One call a second from `first_s` on."""
    hours = [divmod(second, 60) for second in range(first_s, first_s + stimuli)]
    lines = [
        f"  - {{id: s{number:04d}, at: 'T+{minutes // 60}:{minutes % 60:02d}:{seconds:02d}',"
        f" from: nurse, to: [it], via: phone, title: Appel {number}, text: Un mot.}}\n"
        for number, (minutes, seconds) in enumerate(hours)
    ]
    loaded = scenario_of_text(HEAD + "".join(lines))
    if loaded.scenario is None:
        raise SystemExit(str(loaded.problems))
    return scenario_to_json(loaded.scenario)


class Bench:
    """A console without a terminal, and when it last painted."""

    def __init__(self, exercise: Exercise) -> None:
        from cyberex.console.app import ConsoleApp
        from cyberex.console.services import ConsoleServices

        services = ConsoleServices(write_report=lambda _: [], report_dir=Path("retex"))
        self.clocks = SystemClocks()
        self.exercise = exercise
        self.app = ConsoleApp(exercise, services)
        self.painted = asyncio.Event()
        display = self.app._display

        def displayed(*given: Any) -> None:
            display(*given)
            self.painted.set()

        self.app._display = displayed  # type: ignore[method-assign,assignment]

    def hit(self, key: str) -> None:
        from textual import events

        event = events.Key(key, key if len(key) == 1 else None)
        event.set_sender(self.app)
        driver = self.app._driver
        assert driver is not None
        driver.send_message(event)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Until it holds and has been painted since."""
        while not holds():
            await asyncio.sleep(0.0005)
        self.painted.clear()
        await self.painted.wait()

    async def took_ms(self, key: str, holds: Callable[[], bool]) -> float:
        began_s = self.clocks.monotonic_s()
        self.hit(key)
        await self.until(holds)
        return (self.clocks.monotonic_s() - began_s) * 1_000


@asynccontextmanager
async def console(exercise: Exercise) -> AsyncIterator[Bench]:
    driver = asyncio.create_task(exercise.run())
    bench = Bench(exercise)
    try:
        async with bench.app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            yield bench
    finally:
        await exercise.close()
        await driver


async def created(folder: Path, name: str, document: dict[str, Any], speed: float) -> Exercise:
    return await create_exercise(
        document, source="bench", seed=1, journal_path=folder / name, speed=speed
    )


async def keys(folder: Path) -> dict[str, list[float]]:
    """Wall milliseconds from a key to the paint that shows what it did."""
    exercise = await created(folder, "keys.cyberex", scenario(50, HOUR_LATER), 1.0)
    await exercise.submit(GiveDebex())
    for number in range(LOG_LINES):
        await exercise.submit(AddNote(text=exercise.say(f"Une note prise pendant le jeu {number}")))
    found: dict[str, list[float]] = {"move": [], "hold": []}
    async with console(exercise) as bench:
        from cyberex.console.panels.log import LogPanel

        log = bench.app.main.query_one(LogPanel)
        bench.hit("4")
        await asyncio.sleep(0.5)
        for _turn in range(KEYS):
            wanted = log.cursor - 1
            found["move"].append(await bench.took_ms("up", partial(_is_at, log, wanted)))
        bench.hit("1")
        await asyncio.sleep(0.5)
        for _turn in range(KEYS):
            seq = exercise.board.seq
            found["hold"].append(await bench.took_ms("h", partial(_is_past, exercise, seq)))
    return found


def _is_at(log: Any, wanted: int) -> bool:
    return bool(log.cursor == wanted)


def _is_past(exercise: Exercise, seq: int) -> bool:
    return exercise.board.seq > seq


async def lateness(folder: Path) -> list[float]:
    """Wall milliseconds by which each stimulus was late, the console being painted all along."""
    exercise = await created(folder, "late.cyberex", scenario(STIMULI), SPEED)
    await exercise.submit(GiveDebex())
    late_ms: list[float] = []

    async def listen() -> None:
        async for transaction in exercise.feed():
            for recorded in transaction:
                if isinstance(recorded.event, StimulusDue):
                    late_ms.append((exercise.sim_ms() - recorded.sim_ms) / SPEED)

    async with console(exercise):
        listening = asyncio.create_task(listen())
        while len(late_ms) < STIMULI:
            await asyncio.sleep(0.5)
        listening.cancel()
    return late_ms


def first_paint_ms(folder: Path) -> list[float]:
    """Wall milliseconds of a whole process, from its start to a painted console.

    Modules are compiled beforehand, as they are once installed: the first run is left out.
    """
    clocks, found = SystemClocks(), []
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for number in range(PAINTS + 1):
        began_s = clocks.monotonic_s()
        command = [sys.executable, __file__, "--paint", str(folder / f"paint{number}.cyberex")]
        subprocess.run(command, check=True, capture_output=True, env=environ)
        found.append((clocks.monotonic_s() - began_s) * 1_000)
    return found[1:]


async def paint(journal: Path) -> None:
    """One console, left as soon as it is painted."""
    exercise = await created(journal.parent, journal.name, scenario(50, HOUR_LATER), 1.0)
    bench = Bench(exercise)
    running = asyncio.create_task(bench.app.run_async(headless=True, size=SIZE))
    await bench.painted.wait()
    bench.app.exit()
    await running
    await exercise.close()


def line(label: str, durations_ms: Sequence[float], at_most_ms: float) -> None:
    ordered = sorted(durations_ms)
    p50, p99 = (ordered[int(len(ordered) * part)] for part in (0.50, 0.99))
    print(
        f"{label:<44} p50 {p50:7.1f} ms   p99 {p99:7.1f} ms   max {ordered[-1]:7.1f} ms"
        f"   wished {at_most_ms:.0f} ms"
    )


def main() -> None:
    if sys.argv[1:2] == ["--paint"]:
        asyncio.run(paint(Path(sys.argv[2])))
        return
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as name:
        folder = Path(name)
        line("whole process to first paint", first_paint_ms(folder), 1_500)
        found = asyncio.run(keys(folder))
        line(f"key to paint, {LOG_LINES} lines: move", found["move"], 150)
        line(f"key to paint, {LOG_LINES} lines: hold, durable", found["hold"], 150)
        line(f"{STIMULI} stimuli at {SPEED:g} a second", asyncio.run(lateness(folder)), 50)


if __name__ == "__main__":
    main()
