"""A portal that answers on a real socket, a small exercise behind it, and browsers of ten lines."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.opening import create_exercise
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import GiveDebex, StartBriefing
from cyberex.facts.delivery_commands import WriteCellLine
from cyberex.facts.model import AccessKind, CellLineKind, Command, Recorded
from cyberex.portal.app import portal_app
from cyberex.portal.audience import Audience, Topic
from cyberex.portal.page import Asked, acts, shows
from cyberex.portal.portal import Portal
from cyberex.portal.server import Binding, Server
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json

NINE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
HERE = "127.0.0.1"
PLAYER = Audience(AccessKind.PLAYER, "crisis")
OTHER = Audience(AccessKind.PLAYER, "care")

SCENARIO = """\
cyberex: 1
id: portal
title: Pour le portail
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins}
roles:
  - {id: it, title: Informatique, cell: crisis}
  - {id: dir, title: Direction, cell: crisis}
  - {id: ward, title: Cadre, cell: care}
actors:
  - {id: nurse, title: "Mme Lenoir, infirmière", kind: staff, played_by: animator-1}
  - {id: press, title: "M. Da Costa, Le Courrier", kind: media, played_by: animator-2}
channels:
  - {id: phone, title: Téléphone, kind: phone}
  - {id: mail, title: Courriel, kind: email}
  - {id: tv, title: Télévision, kind: media}
stimuli:
  - {id: s01, at: T+5, from: nurse, to: [it], via: mail, title: Postes figés,
     text: "EXERCICE. Six postes sont figés.",
     expect: [{id: s01-facts, text: Relève les faits, within: 5 min}]}
  - {id: s02, at: T+10, from: press, to: [ward], via: mail, title: Une question,
     text: "EXERCICE. Confirmez-vous ?"}
  - {id: s03, at: T+20, from: nurse, to: [dir], via: phone, title: Suite, text: "EXERCICE. Encore."}
"""


@dataclass
class Answer:
    """What came back: the headers by lower name, several of one name joined by newlines."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass
class Browser:
    """Sends one request a connection, keeps cookies, and behaves as ours do unless told not to."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = ""

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.ask("GET", path, headers=headers)

    async def post(self, path: str, form: Mapping[str, str], **headers: str) -> Answer:
        sent = {
            "content-type": "application/x-www-form-urlencoded",
            "origin": f"http://{self.host or f'{HERE}:{self.port}'}",
            **headers,
        }
        return await self.ask("POST", path, urlencode(form).encode(), sent)

    async def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}
    ) -> Answer:
        reader, writer = await asyncio.open_connection(HERE, self.port)
        writer.write(self.request(method, path, body, headers))
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        answer = self._answer(head, await reader.read())
        await _closed(writer)
        return answer

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}
    ) -> bytes:
        sent = {"host": self.host or f"{HERE}:{self.port}", "connection": "close"}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method != "GET":
            sent["content-length"] = str(len(body))
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body

    def _answer(self, head: str, body: bytes) -> Answer:
        first, *lines = head.strip().split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            headers[name.lower()] = "\n".join(filter(None, (headers.get(name.lower()), value)))
        for cookie in headers.get("set-cookie", "").split("\n"):
            name, _, rest = cookie.partition("=")
            if name:
                self.cookies[name] = rest.split(";")[0]
        return Answer(int(first.split()[1]), headers, body.decode())

    @asynccontextmanager
    async def live(self, **headers: str) -> AsyncIterator["Live"]:
        """The stream of `/live`."""
        path = headers.pop("path", "/live")
        reader, writer = await asyncio.open_connection(HERE, self.port)
        writer.write(self.request("GET", path, headers={**headers, "connection": "keep-alive"}))
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        try:
            yield Live(int(head.split()[1]), reader)
        finally:
            await _closed(writer)


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


@dataclass
class Live:
    """Events as they come."""

    status: int
    reader: asyncio.StreamReader

    async def next(self) -> dict[str, str]:
        """The next event; {} once the stream has ended."""
        event: dict[str, str] = {}
        while True:
            line = await self._line()
            if line is None:
                return {}
            if not line and event:
                return event
            name, _, value = line.partition(":")
            if name in ("id", "event", "data"):
                event[name] = value.strip()

    async def _line(self) -> str | None:
        """A line of the body, chunk sizes left out."""
        raw = await asyncio.wait_for(self.reader.readline(), 5)
        line = raw.decode().rstrip("\r\n")
        if not raw or (raw == b"0\r\n"):
            return None
        return await self._line() if raw.endswith(b"\r\n") else line


@dataclass
class House:
    """The exercise, its portal and its server. `sleepers`: who waits on the clocks when all is
    quiet."""

    exercise: Exercise
    clocks: VirtualClocks
    portal: Portal
    server: Server
    bugs: list[BaseException]
    sleepers: int = 2

    @property
    def port(self) -> int:
        return self.server.port

    def browser(self) -> Browser:
        return Browser(self.port)

    async def joined(self, audience: Audience = PLAYER) -> Browser:
        """A browser that came in as one of `audience`."""
        browser = self.browser()
        code = self.portal.accesses.codes.code(audience).text
        answer = await browser.post("/join", {"code": code})
        assert answer.status == 303, answer
        return browser

    async def written(self, browser: Browser, text: str = "Noté", **form: str) -> Answer:
        """What the act of the plain pages answers to a good form, changed by `form`."""
        token = form_token((await browser.get("/player/form")).body)
        return await browser.post("/player/write", {"form_token": token, "text": text, **form})

    def lines(self, cell: str = "crisis") -> list[str]:
        """What the cell's log holds."""
        board = self.exercise.board
        return [self.exercise.text(line.text) for line in board.cell_logs.lines(cell)]

    async def to_play(self) -> None:
        await self.ask(StartBriefing())
        await self.ask(GiveDebex())

    async def ask(self, command: Command, **who: str) -> tuple[Recorded, ...]:
        return await self.exercise.submit(command, **who)

    async def play(self, minutes: float) -> None:
        """Let time pass second by second: the exercise and the portal both wake in between."""
        for _ in range(round(minutes * 60)):
            await self._settle()
            self.clocks.move(1.0)
            self.clocks.wake()
        await self._settle()

    async def _settle(self) -> None:
        while sum(sleeper.asleep for sleeper in self.clocks._sleepers) < self.sleepers:
            await asyncio.sleep(0)


def plain_pages(portal: Portal) -> list[Route]:
    """The least that a player needs: a page, an act, a page that fails."""

    async def home(asked: Asked) -> Response:
        return asked.page("message.html", title="Accueil", sentences=[])

    async def form(asked: Asked) -> Response:
        return HTMLResponse(f'name="form_token" value="{asked.visitor.form_token}"')

    async def write(asked: Asked) -> Response:
        line = WriteCellLine(
            cell=asked.visitor.cell, kind=CellLineKind.FACT, text=asked.say(asked.field("text"))
        )
        await asked.submit(line)
        return asked.done("/player", "Noté.", Topic.LOG)

    async def fail(_: Asked) -> Response:
        raise RuntimeError("ours")

    return [
        shows(portal, "/player", home, AccessKind.PLAYER),
        shows(portal, "/player/form", form, AccessKind.PLAYER),
        shows(portal, "/player/fail", fail, AccessKind.PLAYER),
        acts(portal, "/player/write", write, AccessKind.PLAYER),
        shows(portal, "/observer", home, AccessKind.OBSERVER),
    ]


def form_token(page: str) -> str:
    """As the page's forms bear it."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', page)
    assert found, page
    return found[1]


@asynccontextmanager
async def house(tmp_path: Path, scenario: str = SCENARIO, **given: Any) -> AsyncIterator[House]:
    """All of it, closed at the end whatever happens."""
    loaded = scenario_of_text(scenario)
    assert loaded.scenario is not None, loaded.problems
    clocks = VirtualClocks(NINE)
    exercise = await create_exercise(
        scenario_to_json(loaded.scenario),
        source="portal.yaml",
        seed=7,
        journal_path=tmp_path / "exercice.cyberex",
        clocks=clocks,
    )
    bugs: list[BaseException] = []
    portal = Portal(exercise, clocks=clocks, report_bug=bugs.append)
    given.setdefault("pages", [plain_pages])
    server = Server(portal_app(portal, **given), Binding(HERE, 0), report_bug=bugs.append)
    portal.hub.abort = server.abort
    driving = asyncio.ensure_future(exercise.run())
    following = asyncio.ensure_future(portal.hub.run())
    await server.start()
    try:
        yield House(exercise, clocks, portal, server, bugs)
    finally:
        portal.hub.close()
        await server.stop()
        await exercise.close()
        await asyncio.gather(driving, following)
