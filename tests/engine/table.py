"""A scenario in a few lines, an engine that plays it, and what it said as readable lines."""

import dataclasses
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
import yaml

from cyberex.engine.engine import Engine, Refused
from cyberex.facts import commands as ask
from cyberex.facts.model import CLOCK, Batch, CallOutcome, Command, Event, Request, TextRef
from cyberex.facts.stimulus_events import StimulusToPerform
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.problems import has_errors
from cyberex.scenario.load import scenario_of_text

MIN = 60_000
NINE = datetime(2026, 1, 12, 9, 0)

HOUSE = """\
cyberex: 1
id: small
title: Petit
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 15 min, play: 60 min, debrief: 10 min}
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins}
roles:
  - {id: dir, title: Direction, cell: crisis}
  - {id: it, title: Informatique, cell: crisis}
  - {id: nurse, title: Cadre de santé, cell: care}
actors:
  - {id: ward, title: Urgences, kind: staff, played_by: animator-1}
  - {id: press, title: Le Courrier, kind: media, played_by: animator-2}
assets:
  - {id: network, title: Réseau}
  - {id: pabx, title: Téléphonie, needs: [network]}
  - {id: mails, title: Messagerie, needs: [network]}
channels:
  - {id: phone, title: Téléphone, kind: phone, needs: [pabx], fallback: mobile}
  - {id: mobile, title: Mobile, kind: phone}
  - {id: email, title: Courriel, kind: email, needs: [mails]}
milestones:
  - {id: declared, title: Incident déclaré}
keys:
  - {id: slow, title: Rythme lent}
decisions:
  - id: isolation
    title: Isoler
    outcomes:
      - {id: cut, title: Coupé, effects: {network: down}}
      - {id: kept, title: Gardé, play: spare}
reserve:
  - {id: spare, title: En réserve}
"""
LETTER = {"from": "ward", "to": ["it"], "via": "phone", "title": "Appel", "text": "Exercice."}
UNSAID = {"stimulus", "roles", "cells", "about_wall"}


def house() -> dict[str, Any]:
    """The house as plain values, to be changed at will."""
    document: dict[str, Any] = yaml.safe_load(HOUSE)
    document["reserve"] = [LETTER | item for item in document["reserve"]]
    return document


def plan_of(snippet: str) -> Plan:
    """The house with the sections of `snippet` in place of its own; stimuli need only what they
    are about. The plan must have no error."""
    document = house() | yaml.safe_load(snippet)
    for part in ("stimuli", "reserve"):
        document[part] = [LETTER | item for item in document.get(part, [])]
    text = json.dumps(document, ensure_ascii=False, indent=1)
    loaded = scenario_of_text(text)
    assert loaded.scenario is not None, loaded.problems
    assert not has_errors(loaded.problems), loaded.problems
    planned = plan_scenario(loaded.scenario, loaded.source, NINE)
    assert planned.plan is not None, planned.problems
    return planned.plan


def clock(sim_ms: int) -> str:
    """`T+5`, `T+5:30`, `T-10`."""
    minutes, rest = divmod(abs(sim_ms), MIN)
    sign = "-" if sim_ms < 0 else "+"
    return f"T{sign}{minutes}" + (f":{rest / 1000:04.1f}" if rest else "")


def line(sim_ms: int, event: Event) -> str:
    """`T+5 stimulus.due s1#1`: the instant, the name, then what the event names."""
    words = [clock(sim_ms), event.name.removeprefix("stimulus.")]
    for field in dataclasses.fields(event):
        value = getattr(event, field.name)
        if field.name in UNSAID or value is None or value is False or value in ("", (), {}):
            continue
        words.append(_said(field.name, value))
    return " ".join(words)


def _said(name: str, value: Any) -> str:
    if name.endswith("_ms"):
        return f"{name.removesuffix('_ms')}={clock(value)}"
    if name in ("occurrence", "cell", "channel", "expectation"):
        return str(value)
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"{name}={value}"


class Table:
    """One exercise. `calls` True: whoever is given a call says it done at once."""

    def __init__(self, snippet: str, *, calls: bool, seed: int = 1, debex: bool = True) -> None:
        self.engine = Engine(plan_of(snippet), seed)
        self.batches: list[Batch] = []
        self.lines: list[str] = []
        self._calls = calls
        self._asked = 0
        if debex:
            self.ask(ask.GiveDebex())
            self.lines.clear()

    def until(self, minutes: float, *names: str) -> list[str]:
        """What was said on the way to that minute, of those names (all if none)."""
        start, target = len(self.lines), round(minutes * MIN)
        while (instant := self.engine.next_ms()) is not None and instant <= target:
            before = self.engine.now_ms
            self._keep(self.engine.run_until(instant))
            if self.engine.now_ms == before == instant:
                break
        self._keep(self.engine.run_until(target))
        return only(self.lines[start:], names)

    def ask(self, command: Command, *names: str, name: str = "") -> list[str]:
        """What the command brought about; `name` is the request's id, for undo."""
        self._asked += 1
        request = Request(name or f"r{self._asked}", "director", "test", command)
        start = len(self.lines)
        self._keep([self.engine.apply(request), *self.engine.run_until(self.engine.now_ms)])
        return only(self.lines[start:], names)

    def at(self, minutes: float, command: Command, *names: str, name: str = "") -> list[str]:
        """Play until that minute, then ask."""
        self.until(minutes)
        return self.ask(command, *names, name=name)

    def undo(self, name: str, *, with_effects: bool = False) -> list[str]:
        return self.ask(ask.Undo(undoes=name, with_effects=with_effects))[1:]

    def refusal(self, command: Command) -> str:
        """The code with which it is refused."""
        with pytest.raises(Refused) as refused:
            self.ask(command)
        return refused.value.code

    def done(self, stimulus: str, cell: str = "") -> list[str]:
        """The call was made and somebody answered."""
        return self.ask(ask.EndCall(stimulus=stimulus, cell=cell, outcome=CallOutcome.DONE))

    def _keep(self, batches: Iterable[Batch]) -> None:
        for batch in batches:
            self.batches.append(batch)
            at_ms = batch.sim_ms if batch.cause == CLOCK else self.engine.now_ms
            self.lines.extend(line(at_ms, event) for event in batch.events)
            if self._calls:
                self._perform(batch.events)

    def _perform(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, StimulusToPerform) and self.engine.running:
                self.done(event.occurrence, event.cell)


def only(lines: Iterable[str], names: tuple[str, ...]) -> list[str]:
    return [text for text in lines if not names or text.split()[1] in names]


def said(text: str) -> TextRef:
    return TextRef(text)


__all__ = ["LETTER", "MIN", "NINE", "Table", "clock", "house", "line", "plan_of", "said"]
