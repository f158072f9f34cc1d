"""An exercise with mail, on clocks that the test moves, and ways out that it commands."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from cyberex.delivery.allowed import Addressee, AllowList
from cyberex.delivery.service import MailService
from cyberex.delivery.settings import MailSettings, Secret, Security, Server
from cyberex.delivery.transport import Outcome, Sent
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import FireStimulus, GiveDebex, StartBriefing
from cyberex.facts.delivery_commands import ConfirmMail, StartContactTest
from cyberex.facts.model import Command, Event, Recorded
from cyberex.facts.people import Person

E = TypeVar("E", bound=Event)

SCENARIO = """\
cyberex: 1
id: small
title: Petit
variables: {structure: CH de Valmont}
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins}
  - {id: alone, title: Seuls}
  - {id: site, title: Site}
  - {id: desk, title: Guichet}
roles:
  - {id: it, title: Informatique, cell: crisis}
  - {id: dir, title: Direction, cell: crisis}
  - {id: nurse, title: Cadre, cell: care}
  - {id: night, title: Nuit, cell: alone}
  - {id: guard, title: Gardien, cell: site}
  - {id: tech, title: Technique, cell: site}
  - {id: clerk, title: Accueil, cell: desk}
actors: [{id: cert, title: CERT Santé, kind: authority, played_by: animator-1}]
assets: [{id: mailing, title: Messagerie}]
channels:
  - {id: mail, title: Courriel, kind: email, needs: [mailing], fallback: phone}
  - {id: phone, title: Téléphone, kind: phone}
stimuli:
  - {id: s01, at: T+50, from: cert, to: [crisis], via: mail, title: Alerte,
     text: "EXERCICE EXERCICE EXERCICE. Point à ${+30 min}.", attachments: [{title: Relevé}]}
  - {id: s02, at: T+51, from: cert, to: [it, care], via: mail, title: Deux, text: EXERCICE. Deux.}
  - {id: s03, at: T+52, from: cert, to: [alone], via: mail, title: Trois, text: EXERCICE. Trois.}
  - {id: s05, at: T+54, from: cert, to: [guard], via: mail, title: Cinq, text: EXERCICE. Cinq.}
  - {id: s06, at: T+55, from: cert, to: [tech], via: mail, title: Six, text: EXERCICE. Six.}
  - {id: s07, at: T+56, from: cert, to: [clerk], via: mail, title: Sept, text: EXERCICE. Sept.}
  - {id: s04, at: T+53, from: cert, to: [it], via: phone, title: Appel, text: Un appel.}
"""

PEOPLE = (
    Person(id="p-it", role="it", cell="crisis", email="it@chu.example", stand_in="p-two"),
    Person(id="p-dir", role="dir", cell="crisis", email="dir@chu.example"),
    Person(id="p-nurse", role="nurse", cell="care", email="nurse@chu.example"),
    Person(id="p-night", role="night", cell="alone", email=""),
    Person(id="p-guard", role="guard", cell="site"),
    Person(id="p-tech", role="tech", cell="site", email="tech@chu.example"),
    Person(id="p-desk", role="desk", cell="desk", email="guichet@chu.example"),
    Person(id="p-two", role="it2", cell="", task="observer", email="two@chu.example"),
    Person(id="p-anim", task="animator", voice="animator-1", email="anim@chu.example"),
)
ALLOWED = AllowList(PEOPLE)
OPEN = 4
"""Outboxes of those who have an address: three cells, and one role alone."""
STEP_S = 2.0
"""Less than what an exercise takes for a sleep of the machine."""
SMTP = Server("smtp.chu.example", 587, Security.STARTTLS, "e", Secret("hunter2"))


def settings_in(folder: Path, **changes: Server | str | None) -> MailSettings:
    given = {
        "smtp": SMTP,
        "mailbox": "exercice@chu.example",
        "alias": "",
        "dry_run": folder / "courriels",
        **changes,
    }
    return MailSettings(**given)  # type: ignore[arg-type]


@dataclass
class Script:
    """A way out that answers what the test wrote, in order, then takes everything.

    While `gate` is cleared a message stays with the server; `begun` counts those it was given.
    """

    answers: list[Outcome | BaseException] = field(default_factory=list)
    sent: list[tuple[EmailMessage, tuple[str, ...]]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: int = 0
    closed: bool = False

    def __post_init__(self) -> None:
        self.gate.set()

    async def send(self, message: EmailMessage, to: Sequence[Addressee]) -> Outcome:
        ALLOWED.check(message, to)
        self.begun += 1
        await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else Sent()
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Sent):
            self.sent.append((message, tuple(addressee.person for addressee in to)))
        return answer

    async def close(self) -> None:
        self.closed = True


@dataclass
class Letters:
    """The exercise's mailbox: what is in `came` is read at the next look."""

    came: list[bytes] = field(default_factory=list)

    def new(self) -> list[bytes]:
        found, self.came = self.came, []
        return found


@dataclass
class Table:
    exercise: Exercise
    clocks: VirtualClocks
    folder: Path
    way: Script
    letters: Letters
    service: MailService
    running: "asyncio.Task[None] | None" = None

    async def ask(self, command: Command, by: str = "director") -> tuple[Recorded, ...]:
        return await self.exercise.submit(command, by=by)

    async def to_play(self) -> None:
        await self.ask(StartBriefing())
        await self.ask(GiveDebex())

    async def confirmed(self, *people: str) -> None:
        """Contact test, confirmation, and mail open wherever somebody has an address."""
        await self.ask(StartContactTest(people=people or ("p-anim",)))
        await self.ask(ConfirmMail())
        await self.until(lambda: len(self.exercise.board.outboxes.open) == OPEN)
        await self.until(lambda: len(self.way.sent) == 2 * (len(people) or 1))
        self.way.sent.clear()
        self.way.begun = 0

    async def fire(self, stimulus: str) -> None:
        await self.ask(FireStimulus(stimulus=stimulus))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let everybody work until it does; the test fails after ten seconds."""
        async with asyncio.timeout(10):
            while not holds():
                await asyncio.sleep(0.001)

    async def idle(self) -> None:
        """Let everybody work until nothing more is recorded; a busy disk takes its time."""
        quiet, seq = 0, 0
        while quiet < 40:
            await asyncio.sleep(0.001)
            now = self.exercise.board.seq
            quiet, seq = (quiet + 1, seq) if now == seq else (0, now)

    async def pass_s(self, seconds: float) -> None:
        """Wall time passes, as in life."""
        await self.idle()
        end_s = self.clocks.monotonic_s() + seconds
        while (left_s := end_s - self.clocks.monotonic_s()) > 0:
            await self.clocks.play(min(left_s, STEP_S))
            for _ in range(10):  # all who were woken, not the first of them alone
                await asyncio.sleep(0)
        await self.idle()

    def events(self, kind: type[E]) -> list[E]:
        found = [item.event for part in self.exercise.history() for item in part]
        return [event for event in found if isinstance(event, kind)]
