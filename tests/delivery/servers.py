"""A real mail server on this machine, that answers what a test tells it to."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class Post:
    """What the server took, and what it answers.

    `says` gives its answer to an address or to "DATA"; `stalled`: it never answers a text; `cuts`:
    it hangs up once the text is there. `at_once` is the most it was given together.
    """

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.says: dict[str, str] = {}
        self.stalled = False
        self.cuts = False
        self.connections = 0
        self.port = 0
        self.at_once = 0
        self._now = 0

    async def handle_RCPT(  # noqa: N802 - its name in aiosmtpd
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.says:
            return self.says[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 ok"

    async def handle_DATA(  # noqa: N802 - its name in aiosmtpd
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        self._now += 1
        self.at_once = max(self.at_once, self._now)
        try:
            if self.stalled:
                await asyncio.Event().wait()
            if self.cuts:
                self.taken.append(envelope)
                _cut(server)
                return "250 nobody hears this"
            await asyncio.sleep(0)
        finally:
            self._now -= 1
        answer = self.says.get("DATA", "250 taken")
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer


class Counting(SMTP):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.connections += 1
        super().connection_made(transport)


def _cut(session: SMTP) -> None:
    if isinstance(session.transport, asyncio.Transport):
        session.transport.abort()


@asynccontextmanager
async def listening(
    post: Post, *, tls: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[Post]:
    """The server, in this loop, on a free port; `tls`: encrypted from the first byte."""
    loop = asyncio.get_running_loop()
    sessions: list[SMTP] = []

    def session() -> SMTP:
        made = Counting(post, hostname="localhost", loop=loop, **options)
        sessions.append(made)
        return made

    server = await loop.create_server(session, "127.0.0.1", 0, ssl=tls)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()
        for made in sessions:
            _cut(made)
        await server.wait_closed()
        tasks = [made._handler_coroutine for made in sessions if made._handler_coroutine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
