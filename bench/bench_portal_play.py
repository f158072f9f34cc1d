"""Does the game stay on time with 200 players on their pages and the console open?

Run `python bench/bench_portal_play.py [how many stimuli]`. Two messages a second, each to one cell;
the players live in a process of their own and do as browsers do: they follow, and fetch the two
fragments of the inbox again 80 ms after an event. Target: p99 50 ms late. 200 stimuli take 100 s.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not
sys.path.insert(0, str(Path(__file__).parent))

import bench_console as console_bench
import bench_portal as portal_bench

from cyberex.exercise.running import Exercise
from cyberex.facts.commands import GiveDebex
from cyberex.facts.model import AccessKind
from cyberex.facts.stimulus_events import StimulusDue
from cyberex.portal.audience import Audience

PLAYERS, STIMULI, SPEED = 200, 60, 2.0
"""Authors write whole seconds: one stimulus a second, twice as fast."""
FRAGMENTS = ("/player/part/news", "/player/part/inbox?show=all&key=")
PAGE_WAITS_S = 0.08
LAST_S = 1.0


def stimuli(count: int) -> str:
    """One mail a second, to each cell in turn."""
    text = "EXERCICE. " + "Plusieurs postes du service affichent le même message. " * 12
    lines = [
        f"  - {{id: s{n:04d}, at: 'T+0:{n // 60:02d}:{n % 60:02d}', from: nurse,"
        f" to: [c{n % portal_bench.CELLS}], via: mail, title: Message {n}, text: {text}}}\n"
        for n in range(1, count + 1)
    ]
    return "stimuli:\n" + "".join(lines)


async def measure(folder: Path, count: int) -> None:
    document = portal_bench.scenario(stimuli(count))
    exercise = await console_bench.created(folder, "play.cyberex", document, SPEED)
    late_ms: list[float] = []
    due_at: dict[int, float] = {}
    async with console_bench.console(exercise), portal_bench.serving(exercise) as (portal, port):
        tokens = [
            await portal.accesses.give(Audience(AccessKind.PLAYER, f"c{n % portal_bench.CELLS}"))
            for n in range(PLAYERS)
        ]
        players = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--players",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=64 * portal_bench.MB,
        )  # fmt: skip
        assert players.stdin is not None
        assert players.stdout is not None
        task = {"port": port, "cookie": portal.cookie, "tokens": tokens}
        players.stdin.write(json.dumps(task).encode() + b"\n")
        while len(portal.hub.streams) < PLAYERS:
            await asyncio.sleep(0.05)
        await exercise.submit(GiveDebex())
        await _played(exercise, count, late_ms, due_at)
        await asyncio.sleep(LAST_S)
        players.stdin.write(b"\n")
        seen: list[tuple[int, float, float]] = json.loads(await players.stdout.readline())
        await players.wait()
    name = f"{count} stimuli at {SPEED:g} a second, {PLAYERS} players, console open"
    print(shown(f"{name}: late", late_ms))
    told = [(due_at[seq], told, shown) for seq, told, shown in seen if seq in due_at]
    print(shown("their pages were told after", [1000 * (at - due) for due, at, _ in told]))
    print(shown("and showed it after", [1000 * (at - due) for due, _, at in told]))


async def _played(
    exercise: Exercise, count: int, late_ms: list[float], due_at: dict[int, float]
) -> None:
    """Until `count` stimuli were due: how late each was, and when it should have been, by seq."""
    async for transaction in exercise.feed():
        for recorded in transaction:
            if isinstance(recorded.event, StimulusDue):
                late_ms.append((exercise.sim_ms() - recorded.sim_ms) / SPEED)
                due_at[transaction[-1].seq] = time.monotonic() - late_ms[-1] / 1000
        if len(late_ms) >= count:
            return


def shown(name: str, values_ms: Sequence[float]) -> str:
    ordered = sorted(values_ms)
    p50, p99 = (ordered[int(len(ordered) * part)] for part in (0.50, 0.99))
    return (
        f"{name:<68} n {len(ordered):>5}   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms"
        f"   max {ordered[-1]:6.1f} ms"
    )


# ---------------------------------------------------------------- the other process: the players


class Player:
    """A page: it follows the game on one connection and fetches its fragments on another."""

    def __init__(self, task: dict[str, Any], token: str) -> None:
        self._port, self._cookie, self._token = task["port"], task["cookie"], token
        self.seen: list[tuple[int, float, float]] = []

    async def follow(self) -> None:
        reader, writer = await asyncio.open_connection(portal_bench.HERE, self._port)
        self._fetching = await asyncio.open_connection(portal_bench.HERE, self._port)
        writer.write(portal_bench.asked(self._port, self._cookie, self._token))
        while line := await reader.readline():
            if line.startswith(b"id: "):
                told = time.monotonic()
                await asyncio.sleep(PAGE_WAITS_S)
                for path in FRAGMENTS:
                    await self._fetch(path)
                self.seen.append((int(line[4:]), told, time.monotonic()))

    async def _fetch(self, path: str) -> None:
        reader, writer = self._fetching
        writer.write(
            f"GET {path} HTTP/1.1\r\nhost: {portal_bench.HERE}:{self._port}\r\n"
            f"cookie: {self._cookie}={self._token}\r\nhx-request: true\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200"), head
        length = next(line for line in head.split("\r\n") if line.startswith("content-length"))
        await reader.readexactly(int(length.partition(":")[2]))


async def be_players() -> None:
    """Until a second line is read; what every page saw is said then."""
    loop = asyncio.get_running_loop()
    task = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    players = [Player(task, token) for token in task["tokens"]]
    following = [asyncio.ensure_future(player.follow()) for player in players]
    await loop.run_in_executor(None, sys.stdin.readline)
    print(json.dumps([item for player in players for item in player.seen]), flush=True)
    for page in following:
        page.cancel()
    await asyncio.gather(*following, return_exceptions=True)


def main() -> None:
    if "--players" in sys.argv:
        asyncio.run(be_players())
        return
    count = int(sys.argv[1]) if sys.argv[1:] else STIMULI
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), count))


if __name__ == "__main__":
    main()
