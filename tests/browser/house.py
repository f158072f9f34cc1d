"""A game in its own process and the browsers that look at it, as tests hold them."""

import asyncio
import multiprocessing
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from cyberex.facts.model import Event
from cyberex.journal.reader import JournalReader
from tests.browser.game_process import serve

# Only a forked child starts fast enough to have one a test.
if sys.platform == "win32":
    CONTEXT = multiprocessing.get_context("spawn")
else:
    CONTEXT = multiprocessing.get_context("forkserver")
    CONTEXT.set_forkserver_preload(["tests.browser.game_process"])
PATIENCE_S, LEAVING_S = 10.0, 30.0
HERE = "127.0.0.1"
USUAL = {
    "player": {"cell": "crisis"},
    "observer": {"cell": "crisis"},
    "animator": {"voice": "animator-1"},
}
"""Who comes in, unless a test says otherwise."""
PHONE = {"width": 360, "height": 740}
CUT = (
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "network error",
    "Failed to fetch",
)
"""What a browser says by itself of a server that is gone."""


class Game:
    """The exercise in play, at T+0, and what is done there by the animation."""

    def __init__(self, journal: Path) -> None:
        self.journal = journal
        self.address = ""
        self._port = _free_port()
        self._process: BaseProcess | None = None
        self._orders: Connection[Any, Any] | None = None

    async def start(self) -> None:
        """Also after `kill`: it goes on from its journal, on the same port."""
        self._orders, theirs = CONTEXT.Pipe()
        given = (str(self.journal), self._port, theirs)
        self._process = CONTEXT.Process(target=serve, args=given)
        self._process.start()
        theirs.close()
        self.address, problem = await self._answer()
        assert not problem

    def kill(self) -> None:
        """At once, without a word (SIGKILL)."""
        if self._process is not None and self._orders is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._orders.close()
        self._process = self._orders = None

    async def stop(self) -> None:
        """As when the console is left. Nothing may have gone wrong in it."""
        if self._process is None or self._orders is None:
            return
        self._orders.close()
        await asyncio.to_thread(self._process.join, LEAVING_S)
        assert self._process.exitcode == 0, f"it ended with {self._process.exitcode}: see above"

    async def ask(self, do: str, **order: Any) -> Any:
        assert self._orders is not None
        self._orders.send((do, order))
        answer, failed = await self._answer()
        assert not failed, (do, order, failed)
        return answer

    async def submit(self, command: str, **fields: Any) -> None:
        await self.ask("submit", command=command, **fields)

    async def play(self, minutes: float) -> None:
        await self.ask("play", minutes=minutes)

    async def write(
        self, title: str, text: str, *, sender: str = "nurse", via: str = "mail"
    ) -> None:
        """A message to the crisis cell that nobody had planned."""
        await self.submit(
            "stimulus.compose", sender=sender, to=["crisis"], via=via, title=title, text=text
        )

    def recorded(self, name: str) -> list[Event]:
        """What the journal holds of that name."""
        with JournalReader(self.journal) as reader:
            return [item.event for item in reader.events() if item.event.name == name]

    def origins(self, name: str) -> list[tuple[str, str]]:
        """By whom and from where each event of that name came."""
        with JournalReader(self.journal) as reader:
            transactions = list(reader.events())
        return [
            (item.request.by, item.request.origin)
            for item in transactions
            if item.event.name == name and item.request is not None
        ]

    async def _answer(self) -> Any:
        assert self._orders is not None
        return await asyncio.to_thread(self._orders.recv)


@asynccontextmanager
async def a_game(folder: Path) -> AsyncIterator[Game]:
    game = Game(folder / "exercice.cyberex")
    await game.start()
    try:
        yield game
    finally:
        try:
            await game.stop()
        finally:
            game.kill()


@dataclass
class Room:
    """Where devices are: each has cookies of its own. What a browser complains of, or asks of
    another machine than this one, is kept in `complaints`."""

    browser: Browser
    game: Game
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    async def device(self, **changes: Any) -> Page:
        """A phone of 360 by 740 that has not come in."""
        given = {"viewport": PHONE, "locale": "fr-FR", "base_url": self.game.address, **changes}
        context = await self.browser.new_context(**given)
        context.set_default_timeout(PATIENCE_S * 1000)
        self._contexts.append(context)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._watch)
        context.on("requestfailed", self._failed)
        return await context.new_page()

    async def joined(self, kind: str = "player", page: Page | None = None, **audience: str) -> Page:
        """A phone on the home page of that audience. It came in some time ago."""
        page = page or await self.device()
        audience = {**USUAL.get(kind, {}), **audience}
        name, value = await self.game.ask("cookie", kind=kind, **audience)
        await page.context.add_cookies([{"name": name, "value": value, "url": self.game.address}])
        await page.goto(f"/{kind}")
        return page

    async def following(
        self, kind: str = "player", page: Page | None = None, **audience: str
    ) -> Page:
        """As `joined`, once its page follows the game."""
        page = await self.joined(kind, page, **audience)
        count = len(self._contexts)
        await self.game.ask("followed", count=count)
        return page

    def expect(self, *words: str) -> None:
        """Complaints with one of these in them are what the test is about."""
        self.expected.extend(words)

    def wrong(self) -> list[str]:
        """Complaints that no test expects."""
        return [said for said in self.complaints if not any(word in said for word in self.expected)]

    async def leave(self) -> None:
        for context in self._contexts:
            await context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location.get("url", "")
            self.complaints.append(f"{message.type}: {message.text} ({where})")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.game.address, "data:", "about:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left drops what it was waiting for, its live events first.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}: {request.failure}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        return int(listener.getsockname()[1])
