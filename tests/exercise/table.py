"""An exercise on clocks that the test moves, and what was recorded of it."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cyberex.exercise.clocks import VirtualClocks
from cyberex.exercise.ledger import Ledger, Texts
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import GiveDebex, StartBriefing
from cyberex.facts.model import Batch, Command, Event, Recorded
from cyberex.facts.stimulus_events import StimulusEvent
from cyberex.journal.faults import disk_full
from cyberex.journal.reader import JournalReader
from cyberex.journal.store import Journal
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json

MINUTE_S = 60.0

SCENARIO = """\
cyberex: 1
id: small
title: Petit
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
cells: [{id: crisis, title: Cellule}]
roles: [{id: it, title: Informatique, cell: crisis}]
actors: [{id: nurse, title: Infirmière, kind: staff, played_by: animator-1}]
channels: [{id: phone, title: Téléphone, kind: phone}]
stimuli:
  - {id: s01, at: T+5, from: nurse, to: [it], via: phone, title: Postes figés, text: Six postes.,
     expect: [{id: s01-facts, text: Relève les faits, within: 5 min}]}
  - {id: s02, at: T+10, from: nurse, to: [it], via: phone, title: Rappel, text: Un mot.}
  - {id: s03, at: T+20, from: nurse, to: [it], via: phone, title: Suite, text: Encore.}
"""


def scenario_json(text: str = SCENARIO) -> dict[str, Any]:
    loaded = scenario_of_text(text)
    assert loaded.scenario is not None, loaded.problems
    return scenario_to_json(loaded.scenario)


@dataclass
class Table:
    """The exercise, its clocks, and short ways to ask about both."""

    exercise: Exercise
    clocks: VirtualClocks

    async def play(self, minutes: float) -> None:
        """Let wall time pass as in life, every wake at its own instant."""
        await self.clocks.play(minutes * MINUTE_S)
        await self.clocks.settle()

    async def sleep(self, minutes: float) -> None:
        """The machine sleeps: monotonic time stands, boot time and wall go on; then it wakes."""
        self.clocks.move(0.0, boot_s=minutes * MINUTE_S, wall_s=minutes * MINUTE_S)
        await self.play(1.5 / MINUTE_S)

    async def ask(self, command: Command, **who: str) -> tuple[Recorded, ...]:
        return await self.exercise.submit(command, **who)

    async def to_play(self) -> None:
        """Briefing and DEBEX: play begins at 0, now."""
        await self.ask(StartBriefing())
        await self.ask(GiveDebex())

    def recorded(self) -> list[Recorded]:
        return recorded_in(self.exercise.journal_path)

    def when(self, name: str, stimulus: str = "") -> list[int]:
        """The exercise instants of the events of that name, of that stimulus if given."""
        return [
            item.sim_ms
            for item in self.recorded()
            if item.event.name == name and stimulus in ("", _stimulus_of(item.event))
        ]


def _stimulus_of(event: Event) -> str:
    return event.stimulus if isinstance(event, StimulusEvent) else ""


def recorded_in(path: Path) -> list[Recorded]:
    with JournalReader(path) as reader:
        return list(reader.events())


class FaultyJournal:
    """A real journal on a disk that may be slow, full, or lie."""

    def __init__(self, journal: Journal, disk: "Disk") -> None:
        self.journal = journal
        self.disk = disk

    def append(self, batch: Batch, wall_at: str, texts: Texts) -> list[Recorded]:
        self.disk.busy.set()
        self.disk.ready.wait(timeout=10)
        if self.disk.full:
            raise disk_full(self.journal.path)
        recorded = self.journal.append(batch, wall_at, texts)
        if self.disk.mute:
            raise disk_full(self.journal.path)
        return recorded

    def set_clock(self, sim_ms: int, wall_at: str) -> None:
        self.journal.set_clock(sim_ms, wall_at)

    def close(self) -> None:
        self.journal.close()


class Disk:
    """Opens journals that share its fate: `full` writes nothing, `mute` writes and says it did
    not, and while `ready` is cleared every append waits; `busy` is set once one has begun."""

    def __init__(self) -> None:
        self.full = self.mute = False
        self.ready = threading.Event()
        self.ready.set()
        self.busy = threading.Event()

    def open(self, path: Path) -> FaultyJournal:
        journal = Journal.open(path)
        if self.full:
            journal.close()
            raise disk_full(path)
        return FaultyJournal(journal, self)

    def ledger(self, path: Path) -> Ledger:
        return Ledger(path, self.open)
