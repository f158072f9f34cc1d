"""Exercises really played by the engine, as a journal would give them back to a document."""

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from cyberex.documents.game import PastGame, past_game
from cyberex.engine.engine import Engine
from cyberex.facts import commands as ask
from cyberex.facts.commands import EndCall, MakeJump
from cyberex.facts.exercise_events import ExerciseCreated, JumpPrepared
from cyberex.facts.model import (
    Batch,
    CallOutcome,
    Command,
    DebriefKind,
    Event,
    Mark,
    NoteKind,
    Recorded,
    Request,
    Speaker,
    TextRef,
    Tick,
)
from cyberex.facts.people import Person
from cyberex.facts.stimulus_events import StimulusToPerform
from cyberex.facts.world_events import NoteAdded
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.scenario.load import load_scenario
from cyberex.scenario.models import scenario_to_json

MIN = 60_000
PARIS = timezone(timedelta(hours=1))
NINE = datetime(2027, 3, 8, 9, 30, tzinfo=PARIS)
SCENARIOS = Path(__file__).parents[2] / "scenarios"


def created_of(scenario: dict[str, object], *, rehearsal: bool = False) -> ExerciseCreated:
    return ExerciseCreated(
        exercise="EX-1", scenario=scenario, source="s.yaml", seed=1, program="0.1.0", rules=1,
        created_wall=NINE.isoformat(), rehearsal=rehearsal,
    )  # fmt: skip


class Table:
    """Plays a plan and keeps what is recorded; calls are made as soon as they are due."""

    def __init__(self, plan: Plan, created: ExerciseCreated, *, performing: bool = True) -> None:
        self.plan, self.created, self.performing = plan, created, performing
        self.engine = Engine(plan, 1)
        self.records = [Recorded(1, self.engine.now_ms, self.wall(), "r0", created)]
        self.said: dict[str, str] = {}
        self.stood = timedelta()
        self.asked = 0

    def wall(self) -> str:
        stood = getattr(self, "stood", timedelta())
        moment = NINE + timedelta(milliseconds=self.engine.now_ms) + stood
        return moment.astimezone(UTC).isoformat()

    def say(self, text: str) -> TextRef:
        ref = TextRef(f"t{len(self.said)}")
        self.said[ref] = text
        return ref

    def ask(self, command: Command, *, by: str = "director") -> list[Event]:
        self.asked += 1
        events = self._keep(self.engine.apply(Request(f"r{self.asked}", by, "test", command)))
        self._obey(events)
        return events

    def until(self, sim_ms: int) -> None:
        """Up to `sim_ms`, making calls and jumps as they come."""
        while self.engine.now_ms < sim_ms and self.engine.running:
            step_ms = min(self.engine.next_ms() or sim_ms, sim_ms)
            for batch in self.engine.run_until(max(step_ms, self.engine.now_ms)):
                self._obey(self._keep(batch))
            if step_ms == self.engine.now_ms == self.engine.next_ms():
                break

    def wait(self, minutes: float) -> None:
        """Time passes in the room alone."""
        self.stood += timedelta(minutes=minutes)

    def game(self, people: tuple[Person, ...] = (), *, chain_head: str = "") -> PastGame:
        return past_game(
            self.plan, self.created, self.records, lambda ref: self.said.get(ref, "[erased]"),
            people, PARIS, chain_head=chain_head,
        )  # fmt: skip

    def _obey(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, StimulusToPerform) and self.performing:
                done = EndCall(stimulus=event.occurrence, cell=event.cell, outcome=CallOutcome.DONE)
                self.ask(done, by="animator-1")
            elif isinstance(event, JumpPrepared):
                self.ask(MakeJump(jump=event.jump))

    def _keep(self, batch: Batch) -> list[Event]:
        for place, event in enumerate(batch.events):
            request = batch.request if place == 0 else None
            seq = len(self.records) + 1
            self.records.append(
                Recorded(seq, batch.sim_ms, self.wall(), batch.cause, event, request)
            )
        return list(batch.events)


@cache
def beginner() -> PastGame:
    """The beginner exercise of a hospital, from DEBEX to the debrief, with what a real one has:
    a pause, a real stop, a skip, a shift, reactions, decisions, notes, a basket."""
    loaded = load_scenario(SCENARIOS / "beginner-es.yaml")
    assert loaded.scenario is not None
    plan = plan_scenario(loaded.scenario, loaded.source, NINE).plan
    assert plan is not None
    table = Table(plan, created_of(dict(scenario_to_json(loaded.scenario))))
    table.ask(ask.StartBriefing())
    table.until(0)
    table.ask(ask.GiveDebex())
    _play(table)
    _debrief(table)
    return table.game(PEOPLE, chain_head="ab" * 32)


PEOPLE = (
    Person(id="p01", function="Directrice", cell="crisis", role="dir", name="Mme Claire Vasseur"),
    Person(id="p02", function="RSSI", cell="crisis", role="it", name="M. Karim Benali"),
    Person(id="a01", function="Qualiticienne", task="animator", voice="animator-1", name="Mme Roy"),
    Person(id="o01", function="Cadre de pôle", task="observer", name="Mme Petit"),
)


def _play(table: Table) -> None:
    plan = table.plan
    timed = [item for item in plan.chronogram if item.window and item.window.at_ms is not None]
    table.until(12 * MIN)
    note = ask.AddNote(
        text=table.say("Circuit papier activé aux admissions"), kind=NoteKind.DECISION,
        cell="crisis",
    )  # fmt: skip
    (added,) = (item for item in table.ask(note) if isinstance(item, NoteAdded))
    assert added.note
    table.ask(ask.MarkLine(line=len(table.records), mark=Mark.PLUS))
    _tick(table, Tick.SEEN, Tick.PARTLY, Tick.SEEN)
    table.ask(ask.Pause(reason=table.say("un joueur appelé au téléphone")))
    table.wait(7)
    table.ask(ask.Resume())
    table.until(25 * MIN)
    later = next(item for item in timed if item.window and (item.window.at_ms or 0) > 30 * MIN)
    table.ask(ask.SkipStimulus(stimulus=later.id))
    table.ask(ask.ShiftStimulus(stimulus=timed[-3].id, by_ms=4 * MIN))
    _tick(table, Tick.SEEN, Tick.NOT_SEEN)
    table.until(33 * MIN)
    table.ask(ask.CallRealStop(reason=table.say("vraie alarme incendie, bâtiment B")))
    table.wait(3)
    table.ask(ask.TickCallDown(who="crisis"))
    table.ask(ask.LiftRealStop())
    table.wait(2)
    table.ask(ask.Resume())
    table.until(40 * MIN)
    table.ask(
        ask.ComposeStimulus(
            sender=next(iter(plan.actors)), to=("all",), via=next(iter(plan.channels)),
            title=table.say("Le maire veut venir"), text=table.say("EXERCICE. J'arrive."),
        )
    )  # fmt: skip
    about = datetime(2027, 3, 8, 10, 5, tzinfo=PARIS).astimezone(UTC).isoformat()
    table.ask(
        ask.AddNote(
            text=table.say("Personne n'avait le numéro du prestataire"), kind=NoteKind.FACT,
            cell="crisis", about_wall=about,
        )
    )  # fmt: skip
    table.ask(ask.MarkLine(line=len(table.records), mark=Mark.MINUS))
    for decision in list(plan.decisions.values())[:1]:
        if decision.id not in table.game().board.world.decisions:
            table.ask(
                ask.SettleDecision(decision=decision.id, outcome=next(iter(decision.outcomes)))
            )
    table.until(plan.timing.play_ms + 2 * MIN)


def _tick(table: Table, *results: Tick) -> None:
    for row, result in zip(table.game().board.expectations.open, results, strict=False):
        _, planned = table.plan.expectations[row.expectation]
        outcome = ""
        if planned.settles:
            outcome = next(iter(table.plan.decisions[planned.settles].outcomes))
        table.ask(
            ask.TickExpectation(
                expectation=row.expectation, stimulus=row.occurrence, result=result,
                outcome=outcome,
            )
        )  # fmt: skip


def _debrief(table: Table) -> None:
    table.ask(ask.GiveFinex())
    table.wait(5)
    said = (
        (DebriefKind.IMPROVEMENT, Speaker.OBSERVER, "Deux personnes ont appelé le SAMU"),
        (DebriefKind.POSITIVE, Speaker.PLAYER, "L'isolement a été décidé en six minutes"),
        (DebriefKind.IMPROVEMENT, Speaker.PLAYER, "L'annuaire papier était périmé\nPage 2 absente"),
        (DebriefKind.ACTION, Speaker.PLAYER, "Réimprimer l'annuaire chaque trimestre"),
        (DebriefKind.ACTION, Speaker.DIRECTOR, "Tester la téléphonie de secours"),
    )
    objective = next(iter(table.plan.objectives), "")
    for kind, speaker, text in said:
        table.ask(
            ask.AddDebriefNote(
                kind=kind, speaker=speaker, text=table.say(text), objective=objective,
                cell=next(iter(table.plan.cells)),
                stimulus=next(iter(table.plan.stimuli)) if speaker is Speaker.PLAYER else "",
            )
        )  # fmt: skip
    table.ask(ask.Close())
