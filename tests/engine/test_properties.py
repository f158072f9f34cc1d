"""Whatever the scenario and whatever is asked: pace changes nothing, replay gives the same, and
the engine answers with events or a refusal, never anything else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cyberex.engine.engine import Engine, Refused
from cyberex.facts import commands as ask
from cyberex.facts.animation_commands import (
    AnswerContact,
    AssignVoice,
    CatchUp,
    DetailContact,
    MarkAbsent,
    PlanBreak,
    RecordStimulus,
)
from cyberex.facts.delivery_events import DeliveryAttempted, StimulusLeaving
from cyberex.facts.model import (
    CLOCK,
    Batch,
    CallOutcome,
    Command,
    Event,
    GapAnswer,
    Request,
    ShiftScope,
    Tick,
)
from cyberex.facts.stimulus_events import StimulusDelivered, StimulusDue, StimulusToPerform
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.scenario.load import scenario_of_text
from tests.engine.outgoing import OUTGOING
from tests.engine.table import LETTER, MIN, NINE, house, said

MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)

FACTS = ["declared", "mails down", "pabx up", "key slow", "isolation=kept", "isolation=cut"]
NAMES = [*(f"s{number}" for number in range(6)), "s0#1", "s1#2", "spare", "x01", "nobody"]


@st.composite
def stimuli(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """A stimulus that may follow those before it."""
    before = [f"s{index} {state}" for index in range(number) for state in ("delivered", "skipped")]
    facts = st.sampled_from([*FACTS, *before])
    item: dict[str, Any] = {"id": f"s{number}"}
    if draw(st.integers(0, 3)):
        at = draw(st.integers(0, 25))
        item["at"] = f"T+{at}"
        if draw(st.booleans()):
            item["until"] = f"T+{at + draw(st.integers(0, 8))}"
    else:
        item["after"] = draw(facts) + draw(st.sampled_from(["", " + 3 min", " + 1 à 6 min"]))
    for key in ("when", "unless"):
        if not draw(st.integers(0, 2)):
            item[key] = [draw(facts)]
    item |= draw(
        st.fixed_dictionaries(
            {
                "to": st.sampled_from([["it"], ["nurse"], ["all"]]),
                "via": st.sampled_from(["phone", "email"]),
                "if_down": st.sampled_from(["fallback", "wait", "skip", "ask"]),
            },
            optional={
                "otherwise": st.sampled_from(["skip", "reserve", "play: spare"]),
                "thread": st.sampled_from(["care", "technical"]),
                "effects": st.sampled_from([{"network": "down"}, {"network": "up"}]),
            },
        )
    )
    if draw(st.booleans()):
        expectation = {"id": f"e{number}", "text": "Note", "within": "4 min"}
        item["expect"] = [expectation | draw(st.sampled_from(AIMS))]
    return item


AIMS: list[dict[str, str]] = [{}, {"reaches": "declared"}, {"settles": "isolation"}]
JUMPS = [
    [],
    [{"id": "noon", "at": "T+9", "to": "12:00"}],
    [{"id": "noon", "at": "T+9", "to": "12:00"}, {"id": "night", "at": "T+12", "to": "20:00"}],
]
INSISTS = {"play": "spare", "after": "s0 delivered", "every": "4 min", "at_most": 3}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    document = house()
    document["timing"]["play"] = "30 min"
    document["stimuli"] = [LETTER | draw(stimuli(number)) for number in range(6)]
    document["jumps"] = draw(st.sampled_from(JUMPS))
    document["assets"][0]["state"] = draw(st.sampled_from(["up", "down"]))
    document["actors"][0]["when_contacted"] = {"reply_after": "2 à 5 min", "play": "spare"}
    document["actors"][1]["comes_back"] = INSISTS
    loaded = scenario_of_text(json.dumps(document))
    assert loaded.scenario is not None
    planned = plan_scenario(loaded.scenario, loaded.source, NINE)
    assume(planned.plan is not None)
    assert planned.plan is not None
    return planned.plan


STIMULUS = st.sampled_from(NAMES)
CELL = st.sampled_from(["", "crisis", "care"])
MINUTES = st.integers(-10, 40).map(lambda minutes: minutes * MIN)
TICKS = st.sampled_from(list(Tick))
OUTCOME = st.sampled_from(["", "cut", "kept"])
DEADLINES = st.dictionaries(st.sampled_from(["s0#1/e0", "s1#1/e1"]), TICKS, max_size=2)

COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(ask.EndCall, stimulus=STIMULUS, cell=CELL, outcome=st.sampled_from(CallOutcome)),
    st.builds(ask.StartCall, stimulus=STIMULUS, cell=CELL),
    st.builds(ask.ChooseChannel, stimulus=STIMULUS, cell=CELL, channel=st.just("mobile")),
    st.builds(ask.Acknowledge, stimulus=STIMULUS, cell=CELL),
    st.builds(ask.DealWith, stimulus=STIMULUS, cell=CELL),
    st.builds(
        ask.TickExpectation,
        expectation=st.sampled_from(["e0", "e1", "e2", "s0#1/e0"]),
        result=TICKS,
        outcome=OUTCOME,
    ),
    st.builds(ask.ReachMilestone, milestone=st.just("declared")),
    st.builds(ask.SettleDecision, decision=st.just("isolation"), outcome=OUTCOME),
    st.builds(ask.PressKey, key=st.just("slow")),
    st.builds(ask.SetAsset, asset=st.sampled_from(["network", "mails"]), down=st.booleans()),
    st.builds(ask.LogContact, actor=st.sampled_from(["ward", ""]), channel=st.just("phone")),
    st.builds(ask.FireStimulus, stimulus=STIMULUS),
    st.builds(ask.HoldStimulus, stimulus=STIMULUS),
    st.builds(ask.ReleaseStimulus, stimulus=STIMULUS),
    st.builds(ask.SkipStimulus, stimulus=STIMULUS),
    st.builds(ask.InjectReserve, stimulus=STIMULUS),
    st.builds(
        ask.ShiftStimulus,
        stimulus=st.sampled_from([*NAMES, "noon", "night"]),
        by_ms=MINUTES,
        scope=st.sampled_from(ShiftScope),
        space_ms=st.sampled_from([0, MIN]),
    ),
    st.builds(
        ask.EditStimulus,
        stimulus=STIMULUS,
        title=st.sampled_from([said(""), said("t")]),
        to=st.sampled_from([(), ("nurse",), ("all",)]),
        via=st.sampled_from(["", "mobile", "email"]),
    ),
    st.just(
        ask.ComposeStimulus(
            sender="press", to=("it",), via="email", title=said("t"), text=said("x")
        )
    ),
    st.builds(
        ask.MakeJump,
        jump=st.sampled_from(["noon", "night"]),
        drop=st.lists(STIMULUS, max_size=2).map(tuple),
        deadlines=DEADLINES,
    ),
    st.builds(ask.Advance, to_ms=MINUTES),
    st.builds(ask.Extend, by_ms=MINUTES),
    st.just(ask.Pause()),
    st.just(ask.Resume()),
    st.just(ask.CallRealStop()),
    st.just(ask.LiftRealStop()),
    st.just(ask.ReportGap(gap_ms=3 * MIN)),
    st.builds(ask.AnswerGap, answer=st.sampled_from(GapAnswer)),
    st.builds(ask.Undo, undoes=st.integers(0, 30).map(lambda number: f"r{number}"),
              with_effects=st.booleans()),
    st.just(ask.AddNote(text=said("t"))),
    st.builds(
        AnswerContact, contact=st.integers(0, 30).map(lambda number: f"r{number}")
    ),
    st.builds(
        DetailContact,
        contact=st.integers(0, 30).map(lambda number: f"r{number}"),
        cell=CELL,
        milestone=st.sampled_from(["", "declared"]),
        promise_ms=st.none() | MINUTES,
    ),
    st.builds(AssignVoice, voice=st.just("animator-9"), actor=st.sampled_from(["", "press"]),
              stimulus=st.sampled_from(["", "s1"])),
    st.builds(MarkAbsent, role=st.sampled_from(["it", "nurse"]), absent=st.booleans()),
    st.builds(CatchUp, drop=st.lists(STIMULUS, max_size=2).map(tuple),
              hours=st.dictionaries(STIMULUS, MINUTES, max_size=2)),
    st.builds(PlanBreak, at_ms=MINUTES, length_ms=st.just(5 * MIN)),
    st.builds(RecordStimulus, stimulus=STIMULUS, made_ms=st.none() | MINUTES),
)  # fmt: skip


@dataclass(frozen=True)
class PerformAll:
    """Every call that waits is said done."""


@dataclass(frozen=True)
class GoOn:
    """Whatever stopped the clock is settled, and play goes on."""


Step = tuple[int, Command | PerformAll | GoOn]
BEGINNINGS: list[list[Step]] = [
    [(0, ask.GiveDebex())],
    [(0, ask.StartBriefing()), (4 * MIN, ask.GiveDebex())],
]
STEPS = st.tuples(
    st.sampled_from(BEGINNINGS),
    st.lists(
        st.tuples(
            st.sampled_from([0, MIN, 2 * MIN, 4 * MIN, 47_003]),
            st.one_of(
                COMMANDS, COMMANDS, COMMANDS, OUTGOING, st.just(PerformAll()), st.just(GoOn())
            ),
        ),
        max_size=30,
    ),
).map(lambda parts: [*parts[0], *parts[1]])
GOING_ON: list[Command] = [ask.LiftRealStop(), ask.AnswerGap(answer=GapAnswer.PLAYED), ask.Resume()]


LEAVES = (StimulusDue, StimulusLeaving, DeliveryAttempted)
"""What must not happen while the exercise stands."""


class Player:
    """Plays steps on an engine; `cuts` are how far it goes at a time, each followed by a pause."""

    def __init__(self, plan: Plan, cuts: Iterable[int] = ()) -> None:
        self.engine = Engine(plan, 3)
        self.batches: list[Batch] = []
        self._cuts = list(cuts)
        self._asked = 0
        self._paused = 0
        self._waiting: dict[tuple[str, str], None] = {}

    def play(self, steps: Iterable[Step]) -> None:
        for delta_ms, step in steps:
            self._go(self.engine.now_ms + delta_ms)
            if isinstance(step, Command):
                self.ask(step)
                continue
            calls = [
                ask.EndCall(stimulus=stimulus, cell=cell, outcome=CallOutcome.DONE)
                for stimulus, cell in self._waiting
            ]
            for command in calls if isinstance(step, PerformAll) else GOING_ON:
                self.ask(command)

    def ask(self, command: Command) -> None:
        request = Request(f"r{self._asked}", "director", "test", command)
        self._asked += 1
        self.apply(request)

    def apply(self, request: Request) -> None:
        before_ms, stood = self.engine.now_ms, self._stands()
        try:
            batch = self.engine.apply(request)
        except Refused:
            assert self.engine.now_ms == before_ms
            return
        assert batch.events
        recorded = isinstance(request.command, RecordStimulus)  # it had left, away from here
        if stood and self._stands() and not recorded:
            assert not [event for event in batch.events if isinstance(event, LEAVES)]
        self._keep([batch])

    def _stands(self) -> bool:
        life = self.engine._game.life
        return life.paused or life.real_stop

    def _go(self, target_ms: int) -> None:
        while self._cuts and self.engine.running and self.engine.now_ms < target_ms:
            cut_ms = min(self.engine.now_ms + self._cuts.pop(), target_ms)
            self._keep(self.engine.run_until(cut_ms))
            if self.engine.running:
                self._pause_a_while(target_ms)
        self._keep(self.engine.run_until(target_ms))

    def _pause_a_while(self, until_ms: int) -> None:
        for command in (ask.Pause(), ask.Resume()):
            self._paused += 1
            self.apply(Request(f"p{self._paused}", "director", "test", command))
            if isinstance(command, ask.Pause):
                assert self.engine.run_until(until_ms) == []

    def _keep(self, batches: Iterable[Batch]) -> None:
        for batch in batches:
            if self.batches:
                assert batch.sim_ms >= self.batches[-1].sim_ms
            assert batch.sim_ms <= self.engine.now_ms
            self.batches.append(batch)
            for event in batch.events:
                self._note(event)

    def _note(self, event: Event) -> None:
        if isinstance(event, StimulusToPerform):
            self._waiting[event.occurrence, event.cell] = None
        elif isinstance(event, StimulusDelivered):
            self._waiting.pop((event.occurrence, event.cell), None)


def played(plan: Plan, steps: Iterable[Step], cuts: Iterable[int] = ()) -> Player:
    player = Player(plan, cuts)
    player.play(steps)
    player.play([(40 * MIN, GoOn()), (40 * MIN, PerformAll()), (60 * MIN, ask.GiveFinex())])
    return player


def game_events(player: Player) -> list[tuple[int, str, Event]]:
    return [
        (batch.sim_ms, batch.cause, event)
        for batch in player.batches
        for event in batch.events
        if event.game
    ]


@MANY
@given(plans(), STEPS, st.lists(st.sampled_from([1, 59_999, MIN, 3 * MIN]), max_size=40))
def test_pace_and_pauses_change_no_event_of_the_game(
    plan: Plan, steps: list[Step], cuts: list[int]
) -> None:
    assert game_events(played(plan, steps, cuts)) == game_events(played(plan, steps))


@MANY
@given(plans(), STEPS)
def test_what_was_accepted_played_again_gives_the_same_batches(
    plan: Plan, steps: list[Step]
) -> None:
    """So a refused command changed nothing: the second engine never hears of those."""
    first = played(plan, steps)
    again = Player(plan)
    for batch in first.batches:
        if batch.request is not None:
            again._keep(again.engine.run_until(batch.sim_ms))
            again._keep([again.engine.apply(batch.request)])
    assert again.batches == first.batches


@MANY
@given(plans(), STEPS)
def test_nothing_is_left_half_way_at_the_end(plan: Plan, steps: list[Step]) -> None:
    """After FINEX each occurrence is over, and time brings nothing more."""
    engine = played(plan, steps).engine
    assert engine.next_ms() is None
    assert engine.run_until(10**9) == []
    over = {"delivered", "refused", "skipped", "expired", "reserved"}
    statuses = {item.status.value for item in engine._game.occurrences.values()}
    if engine.phase.value == "debrief":
        assert statuses <= over


@MANY
@given(plans(), STEPS)
def test_every_delivery_was_due_and_given_to_somebody_before(plan: Plan, steps: list[Step]) -> None:
    due: set[str] = set()
    given_to: set[tuple[str, str]] = set()
    by_itself: set[tuple[str, str]] = set()
    for batch in played(plan, steps).batches:
        command = batch.request.command if batch.request is not None else None
        made_away = isinstance(command, RecordStimulus)
        for event in batch.events:
            if isinstance(event, StimulusDue):
                due.add(event.occurrence)
            elif isinstance(event, StimulusToPerform | StimulusLeaving):
                assert event.occurrence in due
                given_to.add((event.occurrence, event.cell))
                if isinstance(event, StimulusLeaving):
                    by_itself.add((event.occurrence, event.cell))
            elif isinstance(event, StimulusDelivered) and not made_away:
                assert (event.occurrence, event.cell) in given_to
                assert batch.cause != CLOCK or (event.occurrence, event.cell) in by_itself
