"""An exercise at the console: a small scenario that holds everything, a screen, keys to press."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from cyberex.console.acting import ActingScreen
from cyberex.console.app import ConsoleApp
from cyberex.console.services import ConsoleServices, MailDesk, PortalDesk, no_paper
from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.ledger import Ledger
from cyberex.exercise.opening import create_exercise, resume_exercise
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import GiveDebex
from cyberex.facts.model import Command
from cyberex.facts.people import Person
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json

NINE = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
NARROW, WIDE = (80, 24), (140, 40)
QUIET_TURNS = 4
NAMED = {"question_mark": "?", "slash": "/", "plus": "+", "minus": "-", "colon": ":"}

SCENARIO = """\
cyberex: 1
id: console
title: Pour la console
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins}
roles:
  - {id: it, title: Informatique, cell: crisis}
  - {id: dir, title: Direction, cell: crisis}
  - {id: ward, title: Cadre, cell: care}
actors:
  - id: nurse
    title: Mme Lenoir, infirmière
    kind: staff
    played_by: animator-1
    when_contacted: {reply_after: 1 min, text: Je vous rappelle.}
  - {id: press, title: "M. Da Costa, Le Courrier", kind: media, played_by: animator-2}
assets:
  - {id: network, title: Réseau}
  - {id: pabx, title: Autocom, needs: [network]}
channels:
  - {id: phone, title: Téléphone, kind: phone, needs: [pabx], fallback: mobile}
  - {id: mobile, title: Mobile, kind: phone}
milestones: [{id: declared, title: Incident déclaré}]
keys: [{id: leak, title: La presse sait}]
decisions:
  - id: isolation
    title: Isoler le réseau
    outcomes:
      - {id: cut, title: Coupé, effects: {network: down}}
      - {id: kept, title: Gardé ouvert}
jumps:
  - {id: a01, at: T+50, to: lundi 14:00, title: Saut, bulletin: Il est 14 h., variants: [
      {when: [isolation=kept], bulletin: Tout est chiffré.}]}
stimuli:
  - id: s01
    at: T+5
    from: nurse
    to: [it]
    via: phone
    importance: essential
    thread: technical
    title: Postes figés [bold]ici[/bold]
    text: |
      Exercice. Six postes sont figés.
    if_stuck: Dites depuis quand.
    expect: [{id: s01-facts, text: Relève les faits, within: 5 min}]
  - id: s02
    at: T+10
    from: press
    to: [dir]
    via: mobile
    thread: decision
    title: Confirmez-vous ?
    text: Exercice. Je publie.
    expect: [{id: s02-cut, text: Décide de couper, within: 5 min, settles: isolation}]
  - {id: s03, at: T+20, from: nurse, to: [ward], via: phone, title: Lits, text: Combien de lits ?}
  - {id: s04, at: T+30, from: nurse, to: [ward], via: phone, title: Suite, text: Encore.}
reserve:
  - {id: rumour, from: press, to: [dir], via: mobile, title: Une rumeur, text: Exercice.}
"""

PEOPLE = (
    Person(id="p1", role="it", cell="crisis", name="M. Forestier", phone="0199001203",
           mobile="0639981203", function="DSI", stand_in="p2"),
    Person(id="p2", role="it", cell="crisis", name="Mme Marchand", mobile="0639981207"),
    Person(id="o1", task="observer", name="Mme Obs", mobile="0639980000"),
)  # fmt: skip


@dataclass
class Seat:
    """The exercise, its clocks, its screen."""

    exercise: Exercise
    clocks: VirtualClocks
    app: ConsoleApp
    pilot: Pilot[None]
    reports: list[Path] = field(default_factory=list)

    @property
    def board(self) -> Any:
        return self.exercise.board

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Each key, and what it starts, the disk included."""
        for key in keys:
            self.hit(key)
            await self.settled()

    def hit(self, key: str) -> None:
        """The key alone; `Pilot.press` waits for an idle processor, which takes twenty times as
        long as what the key starts."""
        char = " " if key == "space" else key if len(key) == 1 else None
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, NAMED.get(key, char))
        event.set_sender(self.app)
        self.send(event)

    def send(self, event: events.Event) -> None:
        """As the terminal does."""
        driver = self.app._driver
        assert driver is not None
        driver.send_message(event)

    async def type(self, text: str) -> None:
        await self.press(*("space" if char == " " else char for char in text))

    async def settled(self) -> None:
        """Until nothing asked is under way; a dialog that waits for a person counts as settled."""
        quiet = 0
        while quiet < QUIET_TURNS:
            await self.pilot._wait_for_screen()
            quiet += 1
            if self.app.desk.asking:
                quiet = 0
                await asyncio.sleep(0.001)
        await self.painted()

    async def painted(self) -> None:
        """Until what is shown is what is known."""
        self.app.main.redraw()
        if isinstance(self.screen, ActingScreen):
            self.screen.redraw()
        for _turn in range(2):
            await self.pilot._wait_for_screen()
            for screen in self.app.screen_stack:
                screen._on_timer_update()

    async def play(self, minutes: float) -> None:
        """Let time pass, in the exercise as in the room."""
        await self.clocks.play(minutes * 60)
        await self.clocks.settle()
        await self.settled()

    async def ask(self, command: Command) -> None:
        await self.exercise.submit(command)
        await self.settled()

    def text(self) -> str:
        """What the whole screen shows."""
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def message(self) -> str:
        return str(self.app.main.message.render())

    def events(self, name: str) -> list[Any]:
        return [line.event for line in self.board.log.lines if line.event.name == name]

    def state(self) -> str:
        return str(self.board.situation.state.value)

    def status(self, occurrence: str) -> str:
        row = self.board.chronogram.occurrence(occurrence, self.exercise.sim_ms())
        return str(row.status.value) if row else ""


def scenario_json(text: str = SCENARIO) -> dict[str, Any]:
    loaded = scenario_of_text(text)
    assert loaded.scenario is not None, loaded.problems
    return scenario_to_json(loaded.scenario)


@asynccontextmanager
async def seated(
    folder: Path,
    *,
    size: tuple[int, int] = NARROW,
    text: str = SCENARIO,
    debex: bool = True,
    resumed: bool = False,
    ledger: Callable[[Path], Ledger] = Ledger,
    people: Sequence[Person] = PEOPLE,
    clocks: VirtualClocks | None = None,
    paper: Callable[[], Path] | None = None,
    tabletop: bool = False,
    rehearsal: bool = False,
    portal: PortalDesk | None = None,
    mail: MailDesk | None = None,
    source: str = "console.yaml",
    code_word: str = "",
    stop_words: str = "",
) -> AsyncIterator[Seat]:
    """Somebody at the console, in play at T+0 unless `debex` is False."""
    clocks = clocks or VirtualClocks(NINE)
    path = folder / "exercice.cyberex"
    if resumed:
        exercise = await resume_exercise(path, clocks=clocks, ledger=ledger(path))
    else:
        exercise = await create_exercise(
            scenario_json(text), source=source, seed=7, journal_path=path,
            people=people, clocks=clocks, ledger=ledger(path), rehearsal=rehearsal,
        )  # fmt: skip
    reports: list[Path] = []

    def write_report(to: Path) -> list[Path]:
        reports.append(to)
        return [to / "retex.md"]

    services = ConsoleServices(
        write_report=write_report, report_dir=folder / "retex", people=lambda: people,
        clocks=clocks, rest_on_paper=paper or no_paper, tabletop=tabletop, portal=portal, mail=mail,
        code_word=code_word, stop_words=stop_words,
    )  # fmt: skip
    driver = asyncio.create_task(exercise.run())
    try:
        if debex and not resumed:
            await exercise.submit(GiveDebex())
        app = ConsoleApp(exercise, services)
        async with app.run_test(size=size) as pilot:
            seat = Seat(exercise, clocks, app, pilot, reports)
            await seat.settled()
            yield seat
    finally:
        await exercise.close()
        await driver


Body = Callable[[Seat], Awaitable[None]]


def at_console(**changes: Any) -> Callable[[Body], Callable[[Path], Awaitable[None]]]:
    """Run a test sitting at a console; any argument of `seated` may be changed.

    Not a fixture: the screen's context variables must be those of the test itself.
    """

    def decorate(body: Body) -> Callable[[Path], Awaitable[None]]:
        async def test(tmp_path: Path) -> None:
            async with seated(tmp_path, **changes) as seat:
                await body(seat)

        test.__name__ = body.__name__
        test.__doc__ = body.__doc__
        return test

    return decorate
