"""What every module of the engine shares: the plan, the agenda, the records, what was emitted.

Holds no rule of the game beyond "is this fact true" and "who waits for it to change".
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from cyberex.engine.agenda import IN_FILE_ORDER, Agenda
from cyberex.engine.draws import draw_ms
from cyberex.engine.state import (
    ContactState,
    JumpState,
    LegState,
    Life,
    Occurrence,
    OpenExpectation,
    Outboxes,
    Refused,
    UndoPlan,
    UndoStep,
    World,
)
from cyberex.facts.model import Event
from cyberex.plan.graph import CHANNEL
from cyberex.plan.model import Conditions, Fact, FactKind, Leg, Plan, PlannedStimulus


class Game:
    """The state of one exercise while it is played."""

    def __init__(self, plan: Plan, seed: int, start_ms: int) -> None:
        self.plan = plan
        self.seed = seed
        self.agenda = Agenda(start_ms)
        _ = plan.dependencies.graph  # made before the clock runs
        self.life = Life(end_ms=plan.timing.play_ms)
        self.world = World()
        self.stimuli: dict[str, PlannedStimulus] = dict(plan.stimuli)
        self.occurrences: dict[str, Occurrence] = {}
        self.playings: dict[str, list[Occurrence]] = {}
        self.followers: dict[str, list[Occurrence]] = {}
        self.expectations: dict[str, OpenExpectation] = {}
        self.latest_expectation: dict[str, OpenExpectation] = {}
        self.jumps = {jump.id: JumpState(jump, jump.at_ms) for jump in plan.jumps.values()}
        self.startex = plan.timing.startex
        self.fiction_offset_ms = 0
        self.contacts: dict[str, ContactState] = {}
        self.voices: dict[str, str] = {}
        """Voices assigned during the exercise, by actor or by occurrence."""
        self.absent: set[str] = set()
        self.asleep = False
        """Playing what a sleeping machine missed: nothing may leave by itself."""
        self.outboxes = Outboxes()
        self.queue: list[Occurrence] = []
        self.emitted: list[Event] = []
        self._undo = UndoPlan()
        self._draws: dict[str, int] = {}
        self._watchers: dict[Fact, dict[str, Callable[[], None]]] = {}

    @property
    def now_ms(self) -> int:
        return self.agenda.now_ms

    @property
    def gate(self) -> JumpState | None:
        """The jump that is prepared and not made."""
        return next((jump for jump in self.jumps.values() if jump.prepared and not jump.made), None)

    def emit(self, event: Event) -> None:
        self.emitted.append(event)

    def on_undo(self, step: UndoStep, possible: Callable[[], bool] | None = None) -> None:
        """What withdraws the thing just done, if the command under way is undone later.

        When `possible` no longer says so, the whole command cannot be undone.
        """
        self._undo.steps.append(step)
        if possible is not None:
            self._undo.possible.append(possible)

    def take_undo(self) -> UndoPlan:
        """What was said by `on_undo` since the last time; then nothing."""
        taken, self._undo = self._undo, UndoPlan()
        return taken

    def draw_ms(self, owner: str, low_ms: int, high_ms: int) -> int:
        """The owner's next random delay."""
        number = self._draws.get(owner, 0)
        self._draws[owner] = number + 1
        return draw_ms(self.seed, owner, number, low_ms, high_ms)

    # Facts

    def holds(self, fact: Fact) -> bool:
        world = self.world
        match fact.kind:
            case FactKind.MILESTONE:
                return fact.subject in world.milestones
            case FactKind.OUTCOME:
                return world.settled.get(fact.subject) == fact.detail
            case FactKind.ASSET:
                return (fact.subject in world.down) == (fact.detail == "down")
            case FactKind.STIMULUS:
                return bool(world.stimuli.get((fact.subject, fact.detail)))
            case FactKind.KEY:
                return fact.subject in world.keys

    def all_hold(self, conditions: Conditions) -> bool:
        return all(self.holds(fact) for fact in conditions.when) and not any(
            self.holds(fact) for fact in conditions.unless
        )

    def watch(self, owner: str, facts: Iterable[Fact], action: Callable[[], None]) -> None:
        """Call `action` whenever one of `facts` changes, until `unwatch`."""
        for fact in facts:
            self._watchers.setdefault(fact, {})[owner] = action

    def unwatch(self, owner: str, facts: Iterable[Fact]) -> None:
        for fact in facts:
            watching = self._watchers.get(fact)
            if watching is not None:
                watching.pop(owner, None)
                if not watching:
                    del self._watchers[fact]

    def changed(self, *facts: Fact) -> None:
        """Tell who watches. They act through the agenda, so that the order at one instant holds."""
        for fact in facts:
            for action in tuple(self._watchers.get(fact, {}).values()):
                action()

    # Occurrences

    def channel_is_down(self, channel: str) -> bool:
        return CHANNEL + channel in self.world.down

    def new_occurrence(self, stimulus: PlannedStimulus, due_ms: int | None) -> Occurrence:
        """The next playing of `stimulus`: `ID#1`, then `ID#2`."""
        playings = self.playings.setdefault(stimulus.id, [])
        window = stimulus.window
        occurrence = Occurrence(
            id=f"{stimulus.id}#{len(playings) + 1}",
            stimulus=stimulus,
            due_ms=due_ms,
            until_ms=None if window is None else window.until_ms,
            legs=legs_of(stimulus.legs),
            via=stimulus.via,
            to=stimulus.to,
        )
        playings.append(occurrence)
        self.occurrences[occurrence.id] = occurrence
        return occurrence

    def voice_of(self, occurrence: Occurrence) -> str:
        """Who voices it now: assigned to it alone, to its actor, or proposed by the scenario."""
        sender = occurrence.stimulus.sender
        actor = self.plan.actors.get(sender)
        proposed = actor.played_by if actor else ""
        return self.voices.get(occurrence.id) or self.voices.get(sender) or proposed or sender

    def find(self, name: str) -> Occurrence:
        """The occurrence `s01#2`, or the latest of stimulus `s01`. Refused if there is none."""
        if name in self.occurrences:
            return self.occurrences[name]
        if self.playings.get(name):
            return self.playings[name][-1]
        raise Refused("unknown-stimulus", {"stimulus": name})

    def check_role(self, role: str, cell: str) -> None:
        """Refused unless `role` is "" or one of `cell`."""
        known = self.plan.roles.get(role)
        if role and (known is None or known.cell != cell):
            raise Refused("unknown-role", {"role": role})

    def add_stimulus(self, stimulus: PlannedStimulus) -> PlannedStimulus:
        """A stimulus made up on the spot, last in file order."""
        added = replace(stimulus, index=len(self.stimuli) + len(self.plan.jumps))
        self.stimuli[added.id] = added
        return added


def legs_of(legs: Iterable[Leg]) -> dict[str, LegState]:
    return {leg.cell: LegState(leg.cell, leg.roles) for leg in legs}


def rank_of(occurrence: Occurrence) -> int:
    return IN_FILE_ORDER + occurrence.rank
