"""How long does an event take to every open page, is any lost or doubled, what does a page weigh?

Run `python bench/bench_portal.py`. Counted from the command, its journal on the disk included, to
the last page. A real exercise, a real server on the loopback, clients on plain
sockets: those of the broadcast live in a process of their own, so that only the server is measured.
5,000 clients are tried where `ulimit -n` lets them. Targets: 1,000 clients p99 100 ms and 100 MB;
200 clients cut 3,000 times in 100 events get each exactly once; a first page within 100 kB.
"""

import asyncio
import contextlib
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not

from cyberex.exercise.clocks import SystemClocks
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import GiveDebex, Pause, Resume, StartBriefing
from cyberex.facts.delivery_commands import OpenOutbox
from cyberex.facts.model import AccessKind, Outbox
from cyberex.portal.app import portal_app
from cyberex.portal.audience import Audience
from cyberex.portal.portal import Portal
from cyberex.portal.server import Binding, Server
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json

HERE = "127.0.0.1"
CELLS = 5
CUT_CLIENTS, CUTS, EVENTS = 200, 3_000, 100
MB = 1024 * 1024
STREAMS = 6  # of one access
FRAME = re.compile(rb"id: (\d+)\nevent: changed\ndata: [^\n]*\n\n")

HEAD = """\
cyberex: 1
id: bench
title: Banc
timing: {startex: lundi 12 janvier 2026 09:00, play: 120 min}
channels:
  - {id: phone, title: Téléphone, kind: phone}
  - {id: mail, title: Courriel, kind: email}
actors: [{id: nurse, title: Infirmière, kind: staff, played_by: animator-1}]
cells:
"""
STIMULI = """\
stimuli:
  - {id: s1, at: T+90, from: nurse, to: [c0], via: phone, title: Appel, text: Un mot.}
"""


def scenario(stimuli: str = STIMULI) -> dict[str, Any]:
    cells = "".join(f"  - {{id: c{n}, title: Cellule {n}}}\n" for n in range(CELLS))
    roles = "roles:\n" + "".join(
        f"  - {{id: r{n}, title: Rôle, cell: c{n}}}\n" for n in range(CELLS)
    )
    loaded = scenario_of_text(HEAD + cells + roles + stimuli)
    if loaded.scenario is None:
        raise SystemExit(str(loaded.problems))
    return scenario_to_json(loaded.scenario)


@contextlib.asynccontextmanager
async def served(
    host: str = HERE, stimuli: str = STIMULI
) -> AsyncIterator[tuple[Exercise, Portal, int]]:
    """An exercise in play, its portal and its port; mails leave by the portal."""
    with tempfile.TemporaryDirectory() as folder:
        exercise = await create_exercise(
            scenario(stimuli), source="bench", seed=1, journal_path=Path(folder) / "bench.cyberex"
        )
        playing = asyncio.ensure_future(exercise.run())
        async with serving(exercise, host) as (portal, port):
            await exercise.submit(GiveDebex())
            yield exercise, portal, port
        await exercise.close()
        await playing


@contextlib.asynccontextmanager
async def serving(exercise: Exercise, host: str = HERE) -> AsyncIterator[tuple[Portal, int]]:
    """The portal of an exercise that begins its briefing, every cell's mails going to it."""
    portal = Portal(exercise, clocks=SystemClocks(), report_bug=print)
    server = Server(portal_app(portal), Binding(host, 0), report_bug=print)
    portal.hub.abort = server.abort
    following = asyncio.ensure_future(portal.hub.run())
    await server.start()
    await exercise.submit(StartBriefing())
    for cell in exercise.plan.cells:
        await exercise.submit(OpenOutbox(outbox=Outbox.PORTAL, cell=cell, kinds=("email",)))
    yield portal, server.port
    portal.hub.close()
    await server.stop()
    await following


async def tokens(portal: Portal, streams: int) -> list[str]:
    """As many accesses as so many streams need, spread over the cells."""
    count = -(-streams // STREAMS)
    return [
        await portal.accesses.give(Audience(AccessKind.PLAYER, f"c{n % CELLS}"))
        for n in range(count)
    ]


def asked(port: int, cookie: str, token: str, last: int | None = None, host: str = HERE) -> bytes:
    resumed = f"last-event-id: {last}\r\n" if last is not None else ""
    return (
        f"GET /live HTTP/1.1\r\nhost: {host}:{port}\r\ncookie: {cookie}={token}\r\n{resumed}\r\n"
    ).encode()


# ---------------------------------------------------------------- broadcast


async def broadcast(clients: int, times: int) -> None:
    async with served() as (exercise, portal, port):
        given = await tokens(portal, clients)
        before = memory()
        listeners = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--listen", str(clients),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=256 * MB,
        )  # fmt: skip
        assert listeners.stdin is not None
        assert listeners.stdout is not None
        task = {"host": HERE, "port": port, "cookie": portal.cookie, "tokens": given}
        listeners.stdin.write(json.dumps(task).encode() + b"\n")
        await listeners.stdout.readline()
        while len(portal.hub.streams) < clients:
            await asyncio.sleep(0.05)
        left: dict[int, float] = {}
        for number in range(times):
            command = Resume() if number % 2 else Pause()
            asked_at = time.monotonic()
            recorded = await exercise.submit(command)
            left[recorded[-1].seq] = asked_at
            await asyncio.sleep(0.3 + clients / 10_000)
        used = memory() - before
        listeners.stdin.write(b"\n")
        received = json.loads(await listeners.stdout.readline())
        await listeners.wait()
    late = sorted(1000 * (at - left[seq]) for seq, at in received if seq in left)
    wanted = clients * times
    print(
        f"{clients} pages: {len(late)} of {wanted} events, p50 {late[len(late) // 2]:.0f} ms, "
        f"p99 {late[int(len(late) * 0.99)]:.0f} ms, worst {late[-1]:.0f}; {used / MB:.0f} MB"
    )


def memory() -> float:
    """Resident bytes of this process now, where it can be known."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    return float(pages * resource.getpagesize())


async def listen(clients: int) -> None:
    """The other process: open every page, note when each event comes."""
    task: dict[str, Any] = json.loads(sys.stdin.readline())
    received: list[tuple[int, float]] = []

    class Page(asyncio.Protocol):
        def __init__(self, token: str) -> None:
            self.token = token

        def connection_made(self, transport: Any) -> None:
            request = asked(task["port"], task["cookie"], self.token, host=task["host"])
            transport.write(request)

        def data_received(self, data: bytes) -> None:
            at = time.monotonic()
            received.extend((int(seq), at) for seq in re.findall(rb"id: (\d+)", data))

    loop = asyncio.get_running_loop()
    for number in range(clients):
        token = task["tokens"][number // STREAMS]
        await loop.create_connection(lambda token=token: Page(token), task["host"], task["port"])  # type: ignore[misc]
    print("open", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    print(json.dumps(received), flush=True)


# ---------------------------------------------------------------- cuts


async def cut_at_random() -> None:
    async with served() as (exercise, portal, port):
        given = await tokens(portal, CUT_CLIENTS * STREAMS)
        start = exercise.board.seq
        draw = random.Random(7)
        last, cuts = start + EVENTS, 0
        open_now: dict[int, asyncio.StreamWriter] = {}

        async def follow(number: int) -> list[int]:
            seen = [start]
            while seen[-1] < last:
                reader, writer = await asyncio.open_connection(HERE, port)
                writer.write(asked(port, portal.cookie, given[number], last=seen[-1]))
                open_now[number] = writer
                text = b""
                with contextlib.suppress(ConnectionError):
                    while seen[-1] < last and (data := await reader.read(65_536)):
                        text += data
                        seen.extend(int(seq) for seq in FRAME.findall(text))
                        text = text[text.rfind(b"\n\n") + 2 :] if b"\n\n" in text else text
                writer.close()
            return seen[1:]

        following = [asyncio.ensure_future(follow(number)) for number in range(CUT_CLIENTS)]
        for number in range(EVENTS):
            await exercise.submit(Resume() if number % 2 else Pause())
            for _ in range(CUTS // EVENTS):
                victim = draw.choice(sorted(open_now)) if open_now else 0
                writer = open_now.pop(victim, None)
                if writer is not None:
                    writer.transport.abort()
                    cuts += 1
                await asyncio.sleep(0.001)
        histories = await asyncio.wait_for(asyncio.gather(*following), 60)
    wanted = list(range(start + 1, last + 1))
    right = sum(history == wanted for history in histories)
    print(
        f"{CUT_CLIENTS} pages cut {cuts} times in {EVENTS} events: {right} got each exactly once, "
        "in order"
    )


# ---------------------------------------------------------------- weight


async def weight() -> None:
    async with served() as (_, portal, port):
        token = await portal.accesses.give(Audience(AccessKind.PLAYER, "c0"))

        async def size(path: str) -> tuple[int, str]:
            reader, writer = await asyncio.open_connection(HERE, port)
            line = f"cookie: {portal.cookie}={token}\r\nconnection: close\r\naccept-encoding: gzip"
            writer.write(f"GET {path} HTTP/1.1\r\nhost: {HERE}:{port}\r\n{line}\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
            return len(answer), answer.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")

        page, text = await size("/player")
        files = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
        total = page + sum([(await size(path))[0] for path in files])
    print(
        f"first page: {total / 1000:.0f} kB with {len(files)} files ({page / 1000:.1f} kB itself)"
    )


def main() -> None:
    if "--listen" in sys.argv:
        asyncio.run(listen(int(sys.argv[-1])))
        return
    asyncio.run(weight())
    asyncio.run(cut_at_random())
    asyncio.run(broadcast(1_000, 20))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft > 5_500:
        asyncio.run(broadcast(5_000, 8))
    else:
        print(f"5,000 pages: not tried, ulimit -n is {soft}")


if __name__ == "__main__":
    main()
