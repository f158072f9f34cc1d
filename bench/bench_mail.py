#!/usr/bin/env python3
"""How long 500 messages take to a mail server on this machine, text, HTML and one file each.

The server is a process of its own, as in life; the target is 5 seconds.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not

from cyberex.delivery.allowed import Addressee, AllowList
from cyberex.delivery.messages import Letter, Origin, simulated_attachment, stimulus_message
from cyberex.delivery.sending import AT_ONCE
from cyberex.delivery.settings import Secret, Security, Server
from cyberex.delivery.smtp import SmtpTransport
from cyberex.delivery.transport import Sent
from cyberex.facts.people import Person

MESSAGES = 500
TARGET_S = 5.0
MAILBOX = "exercice@chu.example"

SERVER = """
import asyncio
from aiosmtpd.smtp import SMTP

class Taking:
    async def handle_DATA(self, server, session, envelope):
        return "250 taken"

async def main():
    loop = asyncio.get_running_loop()
    made = lambda: SMTP(Taking(), hostname="localhost", loop=loop)
    server = await loop.create_server(made, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


@contextmanager
def mail_server() -> Iterator[int]:
    """Its port."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


async def send_all(port: int, allowed: AllowList, to: Sequence[Addressee], at_once: int) -> float:
    """Seconds for all of them, written and sent as an exercise does."""
    server = Server("127.0.0.1", port, Security.NONE, "", Secret(""))
    transport = SmtpTransport(server, MAILBOX, allowed)
    origin = Origin(MAILBOX, "bench", "CH de Valmont")
    slots = asyncio.Semaphore(at_once)
    files = (simulated_attachment("Trois pages de fichiers"),)

    async def send(number: int) -> None:
        async with slots:
            letter = Letter(
                f"s{number}#1", "crisis", "CERT Santé", "Alerte", "Texte.\n\n" * 100, attached=files
            )
            message = stimulus_message(letter, origin, to, datetime.now(UTC))
            assert await transport.send(message, to) == Sent()

    began = perf_counter()
    await asyncio.gather(*(send(number) for number in range(MESSAGES)))
    took = perf_counter() - began
    await transport.close()
    return took


def main() -> None:
    allowed = AllowList(Person(id=f"p{n}", email=f"p{n}@chu.example") for n in range(3))
    to = allowed.all_of(["p0", "p1", "p2"])
    with mail_server() as port:
        for at_once in (1, AT_ONCE):
            took = asyncio.run(send_all(port, allowed, to, at_once))
            print(
                f"{MESSAGES} messages to 3 people, {at_once} at once: {took:.2f} s, "
                f"{MESSAGES / took:.0f} a second (target {TARGET_S:.0f} s)"
            )


if __name__ == "__main__":
    main()
