"""Do 30 pages behind a bad Wi-Fi, one packet in ten lost each way, get every event within 5 s?

Run `sudo python bench/bench_portal_loss.py`. The pages live in a network namespace of their own,
behind two tunnels between which this program loses packets: no kernel module is needed. Elsewhere
than on Linux as root, it says that it was not tried.
"""

import asyncio
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not
sys.path.insert(0, str(Path(__file__).parent))

import bench_portal as portal_bench

from cyberex.facts.commands import Pause, Resume

PAGES, EVENTS, EVERY_S = 30, 40, 0.5
LOST = 0.10
WITHIN_S = 5.0
OURS, THEIRS, SPACE = "198.18.0.1", "198.18.0.2", "cyberex-bench"
TUNSETIFF, TUN, NO_HEADER = 0x400454CA, 0x0001, 0x1000


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def tunnel(name: str) -> int:
    """A network card whose packets this program reads and writes."""
    from fcntl import ioctl

    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), TUN | NO_HEADER))
    return device


@contextmanager
def lossy_network() -> Iterator[None]:
    """`OURS` here and `THEIRS` in the namespace, with packets lost in between."""
    here, there = tunnel("cxbench0"), tunnel("cxbench1")
    over = threading.Event()
    run("ip", "netns", "add", SPACE)
    try:
        run("ip", "link", "set", "cxbench1", "netns", SPACE)
        run("ip", "addr", "add", OURS, "peer", THEIRS, "dev", "cxbench0")
        run("ip", "link", "set", "cxbench0", "up")
        inside = ("ip", "-n", SPACE)
        run(*inside, "addr", "add", THEIRS, "peer", OURS, "dev", "cxbench1")
        run(*inside, "link", "set", "cxbench1", "up")
        threading.Thread(target=relay, args=(here, there, over), daemon=True).start()
        yield
    finally:
        over.set()
        run("ip", "netns", "del", SPACE)
        for device in (here, there):
            os.close(device)


def relay(here: int, there: int, over: threading.Event) -> None:
    draw = random.Random(7)
    while not over.is_set():
        for device in select([here, there], [], [], 0.2)[0]:
            try:
                packet = os.read(device, 65_536)
                if draw.random() >= LOST:
                    os.write(there if device == here else here, packet)
            except OSError:
                continue  # a card that is just going


async def follow() -> None:
    async with portal_bench.served(OURS) as (exercise, portal, port):
        given = await portal_bench.tokens(portal, PAGES)
        listeners = await asyncio.create_subprocess_exec(
            "ip", "netns", "exec", SPACE,
            sys.executable, portal_bench.__file__, "--listen", str(PAGES),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=64 * portal_bench.MB,
        )  # fmt: skip
        assert listeners.stdin is not None
        assert listeners.stdout is not None
        task = {"host": OURS, "port": port, "cookie": portal.cookie, "tokens": given}
        listeners.stdin.write(json.dumps(task).encode() + b"\n")
        await listeners.stdout.readline()
        while len(portal.hub.streams) < PAGES:
            await asyncio.sleep(0.05)
        left = {}
        for number in range(EVENTS):
            asked_at = time.monotonic()
            recorded = await exercise.submit(Resume() if number % 2 else Pause())
            left[recorded[-1].seq] = asked_at
            await asyncio.sleep(EVERY_S)
        await asyncio.sleep(WITHIN_S)
        listeners.stdin.write(b"\n")
        received = json.loads(await listeners.stdout.readline())
        await listeners.wait()
    late = sorted(at - left[seq] for seq, at in received if seq in left)
    print(
        f"{PAGES} pages, {LOST:.0%} of packets lost each way: {len(late)} of {PAGES * EVENTS} "
        f"events, p50 {late[len(late) // 2]:.2f} s, worst {late[-1]:.2f} s, "
        f"{sum(item > WITHIN_S for item in late)} after {WITHIN_S:.0f} s"
    )


def main() -> None:
    able = sys.platform == "linux" and os.geteuid() == 0 and Path("/dev/net/tun").exists()
    if not able or shutil.which("ip") is None:
        print("pages behind packet loss: not tried, it takes root on Linux and ip")
        return
    try:
        with lossy_network():
            asyncio.run(follow())
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"pages behind packet loss: not tried, {error}")


if __name__ == "__main__":
    main()
