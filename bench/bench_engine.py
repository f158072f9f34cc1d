"""How many events a second does the engine play in virtual time, and does it grow straight?

Run `python bench/bench_engine.py`. Every call is said done as soon as it is given; stimuli have
conditions, expectations and followers, as scenarios have. Targets: 30,000 events/s; ten times the
stimuli take at most twelve times as long. Python's search for cycles is told apart: it walks
through all that lives, the more often the more there is.
"""

import gc
import json
import sys
import time
import tracemalloc
from dataclasses import replace
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not

from cyberex.engine.engine import Engine
from cyberex.facts.commands import EndCall, GiveDebex, GiveFinex
from cyberex.facts.model import Batch, CallOutcome, Command, Request
from cyberex.facts.stimulus_events import StimulusToPerform
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import After, Conditions, Fact, FactKind, Plan, PlannedStimulus, Window
from cyberex.problems import has_errors
from cyberex.scenario.load import scenario_of_text

MINUTE_MS = 60_000
REPEATS = 5
SIZES = (1_000, 10_000)
SMALL = {
    "cyberex": 1,
    "id": "bench",
    "title": "Bench",
    "timing": {"startex": "lundi 12 janvier 2026 09:00", "play": "24 h"},
    "cells": [{"id": "crisis", "title": "Crise"}, {"id": "care", "title": "Soins"}],
    "roles": [{"id": "it", "title": "Informatique", "cell": "crisis"}],
    "actors": [{"id": "ward", "title": "Urgences", "kind": "staff", "played_by": "a1"}],
    "assets": [{"id": "network", "title": "Réseau"}],
    "channels": [{"id": "phone", "title": "Téléphone", "needs": ["network"]}],
    "stimuli": [
        {
            "id": "s0",
            "at": "T+1",
            "from": "ward",
            "to": ["it"],
            "via": "phone",
            "title": "Appel",
            "text": "Exercice.",
            "expect": [{"id": "e0", "text": "Note", "within": "10 min"}],
        }
    ],
}


def plan_of(size: int) -> Plan:
    """`size` stimuli over a day: one in four follows the one before, one in four waits for a
    delivery, one in two has a deadline."""
    loaded = scenario_of_text(json.dumps(SMALL))
    assert loaded.scenario is not None
    plan = plan_scenario(loaded.scenario, loaded.source, datetime(2026, 1, 12, 9)).plan
    assert plan is not None, has_errors(loaded.problems)
    stimuli = {f"s{number}": _stimulus(plan.stimuli["s0"], number, size) for number in range(size)}
    expectations = {
        expectation.id: (stimulus, expectation)
        for stimulus in stimuli.values()
        for expectation in stimulus.expectations
    }
    return replace(plan, stimuli=stimuli, expectations=expectations)


def _stimulus(model: PlannedStimulus, number: int, size: int) -> PlannedStimulus:
    before = Fact(FactKind.STIMULUS, f"s{number - 1}", "delivered")
    at_ms = 22 * 60 * MINUTE_MS * number // size
    follows, waits = number % 4 == 3, number % 4 == 2
    return replace(
        model,
        id=f"s{number}",
        index=number,
        window=Window(after=After(before, 1_000, 60_000)) if follows else Window(at_ms=at_ms),
        conditions=Conditions(when=(before,)) if waits else Conditions(),
        expectations=tuple(
            replace(item, id=f"e{number}") for item in model.expectations if number % 2
        ),
    )


class Player:
    """Asks and counts."""

    def __init__(self, plan: Plan) -> None:
        self.engine = Engine(plan, 1)
        self.events = 0
        self._asked = 0

    def ask(self, command: Command) -> None:
        self._asked += 1
        self._see(self.engine.apply(Request(str(self._asked), "director", "bench", command)))

    def play(self, until_ms: int) -> None:
        self.ask(GiveDebex())
        while (instant := self.engine.next_ms()) is not None and instant <= until_ms:
            for batch in self.engine.run_until(instant):
                self._see(batch)
        self.ask(GiveFinex())

    def _see(self, batch: Batch) -> None:
        self.events += len(batch.events)
        for event in batch.events:
            if isinstance(event, StimulusToPerform):
                done = EndCall(stimulus=event.occurrence, cell=event.cell, outcome=CallOutcome.DONE)
                self.ask(done)


def measured(plan: Plan) -> tuple[float, int]:
    """Processor seconds and events of one whole exercise, its engine made included."""
    start = time.process_time()
    player = Player(plan)
    player.play(plan.timing.play_ms)
    return time.process_time() - start, player.events


def peak_mb(plan: Plan) -> float:
    tracemalloc.start()
    Player(plan).play(plan.timing.play_ms)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1_000_000


def median_s(plan: Plan, label: str) -> float:
    """Print one result; the median of its runs."""
    runs = sorted(measured(plan) for _ in range(REPEATS))
    median, events = runs[len(runs) // 2]
    print(
        f"{label}: {events} events in {median:.3f} s (median of {REPEATS}, worst {runs[-1][0]:.3f}"
        f" s), {events / median:,.0f} events/s"
    )
    return median


def main() -> None:
    plans = {size: plan_of(size) for size in SIZES}
    small, big = SIZES
    for label, switch in (("", gc.enable), (", no cycle collection", gc.disable)):
        switch()
        found = [median_s(plan, f"{size:>6} stimuli{label}") for size, plan in plans.items()]
        print(f"ratio {big} to {small}{label}: {found[1] / found[0]:.1f} (at most 12)")
    for size, plan in plans.items():
        print(f"{size:>6} stimuli: {peak_mb(plan):.1f} MB at most")


if __name__ == "__main__":
    main()
