"""Whatever is asked of the engine, accepted or refused, its record plays the same again."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.engine.engine import Engine, Refused
from cyberex.exercise.replay import replay
from cyberex.facts import commands as ask
from cyberex.facts.model import Batch, Command, GapAnswer, Recorded, Request, ShiftScope, Tick
from cyberex.facts.model import CallOutcome as Outcome
from cyberex.plan.build import plan_from_json
from cyberex.plan.model import Plan
from cyberex.scenario.load import load_scenario
from cyberex.scenario.models import scenario_to_json

SKETCH = Path(__file__).parents[1] / "scenario" / "data" / "sketch.yaml"


def sketch_plan() -> Plan:
    loaded = load_scenario(SKETCH)
    assert loaded.scenario is not None
    return plan_from_json(scenario_to_json(loaded.scenario), datetime(2026, 1, 12, 9, tzinfo=UTC))


PLAN = sketch_plan()

Draw = Callable[[random.Random], Command]


def _stimulus(rng: random.Random) -> str:
    return rng.choice(list(PLAN.stimuli))


def _by_ms(rng: random.Random) -> int:
    return rng.randrange(-1_800_000, 1_800_000, 1_000)


ASKED: tuple[Draw, ...] = (
    lambda _: ask.GiveDebex(),
    lambda _: ask.Pause(),
    lambda _: ask.CallRealStop(),
    lambda rng: ask.ReportGap(gap_ms=rng.randrange(5_000, 900_000)),
    lambda rng: ask.Advance(to_ms=min(rng.randrange(-600_000, 5_400_000, 1_000) for _ in "1234")),
    lambda rng: ask.Extend(by_ms=_by_ms(rng)),
    lambda rng: ask.FireStimulus(stimulus=_stimulus(rng)),
    lambda rng: ask.HoldStimulus(stimulus=_stimulus(rng)),
    lambda rng: ask.ReleaseStimulus(stimulus=_stimulus(rng)),
    lambda rng: ask.SkipStimulus(stimulus=_stimulus(rng)),
    lambda rng: ask.ShiftStimulus(
        stimulus=_stimulus(rng),
        by_ms=_by_ms(rng),
        scope=rng.choice(list(ShiftScope)),
        space_ms=rng.choice([0, 60_000]),
    ),
    lambda rng: ask.InjectReserve(stimulus=_stimulus(rng)),
    lambda rng: ask.StartCall(stimulus=_stimulus(rng)),
    lambda rng: ask.EndCall(stimulus=_stimulus(rng), outcome=rng.choice(list(Outcome))),
    lambda rng: ask.EndCall(stimulus=_stimulus(rng), outcome=Outcome.DONE),
    lambda rng: ask.TickExpectation(
        expectation=rng.choice(list(PLAN.expectations)), result=rng.choice(list(Tick))
    ),
    lambda rng: ask.ReachMilestone(milestone=rng.choice(list(PLAN.milestones))),
    lambda rng: ask.SettleDecision(
        decision=(name := rng.choice(list(PLAN.decisions))),
        outcome=rng.choice(list(PLAN.decisions[name].outcomes)),
    ),
    lambda rng: ask.SetAsset(asset=rng.choice(list(PLAN.assets)), down=rng.random() < 0.5),
    lambda rng: ask.MakeJump(jump=rng.choice(list(PLAN.jumps))),
    lambda rng: ask.LogContact(actor=rng.choice(list(PLAN.actors))),
    lambda rng: ask.Undo(undoes=f"r{rng.randrange(120)}", with_effects=rng.random() < 0.5),
)


WAYS_OUT: tuple[Draw, ...] = (
    lambda _: ask.LiftRealStop(),
    lambda rng: ask.AnswerGap(answer=rng.choice(list(GapAnswer))),
    lambda _: ask.Resume(),
    lambda _: ask.GiveDebex(),
)
"""Tried often, or most of the time nothing could happen."""


class Record:
    """What a journal would hold."""

    def __init__(self) -> None:
        self.events: list[Recorded] = []

    def add(self, batch: Batch) -> None:
        for index, event in enumerate(batch.events):
            request = batch.request if index == 0 else None
            seq = len(self.events) + 1
            self.events.append(Recorded(seq, batch.sim_ms, "", batch.cause, event, request))


def played_at_random(seed: int) -> list[Recorded]:
    """An hour and a half in which somebody presses every key."""
    rng, engine, record = random.Random(seed), Engine(PLAN, seed), Record()
    record.add(engine.apply(Request("start", "director", "test", ask.StartBriefing())))
    for number in range(120):
        for batch in engine.run_until(engine.now_ms + rng.choice([0, 1, 7_321, 120_000])):
            record.add(batch)
        command = rng.choice(ASKED if engine.running else WAYS_OUT + ASKED[:9])(rng)
        try:
            record.add(engine.apply(Request(f"r{number}", "director", "test", command)))
        except Refused:
            continue
    return record.events


@given(st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_whatever_was_asked_plays_the_same_again(seed: int) -> None:
    recorded = played_at_random(seed)
    assert replay(Engine(PLAN, seed), recorded) is None
