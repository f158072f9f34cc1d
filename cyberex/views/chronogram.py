"""What was, is and will be played, in order: one row an occurrence, one row a jump."""

from collections.abc import Iterator
from math import inf

from cyberex.facts.delivery_events import (
    DeliveryFailed,
    DeliveryResent,
    DeliveryUncertain,
    StimulusLeaving,
)
from cyberex.facts.exercise_events import CommandUndone
from cyberex.facts.model import CallOutcome, Recorded, SkipReason
from cyberex.facts.stimulus_events import (
    CallBack,
    CallFailed,
    DeliveryWithdrawn,
    StimulusAcknowledged,
    StimulusBlocked,
    StimulusComposed,
    StimulusDealtWith,
    StimulusDelivered,
    StimulusDue,
    StimulusEdited,
    StimulusEvent,
    StimulusExpired,
    StimulusHeld,
    StimulusPlanned,
    StimulusQueued,
    StimulusReleased,
    StimulusReserved,
    StimulusRestored,
    StimulusShifted,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.plan.model import Plan
from cyberex.views.causes import causes_of
from cyberex.views.fold import Fold
from cyberex.views.jumps import Jumps, JumpState
from cyberex.views.occurrences import LegState, Letter, OccurrenceState, occurrence_of
from cyberex.views.rows import (
    REACHED,
    ChronogramRow,
    JumpRow,
    JumpStatus,
    Row,
    Status,
)


class Chronogram(Fold):
    """`rows` are cached until an event changes them or until a condition's hour comes."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._causes = causes_of(plan)
        self._states: dict[str, OccurrenceState] = {}
        self._latest: dict[str, str] = {}
        self._jumps = Jumps(plan)
        self._undoing = ""
        for stimulus in plan.chronogram:
            self._add(occurrence_of(plan, stimulus, f"{stimulus.id}#1", 1))
        self._rows: tuple[Row, ...] = ()
        self._by_occurrence: dict[str, ChronogramRow] = {}
        self._rows_version = -1
        self._rows_from_ms, self._rows_until_ms = 0, 0.0
        self._register()

    def _register(self) -> None:
        self.on(StimulusComposed, self._composed)
        self.on(StimulusPlanned, self._planned)
        self.on(StimulusDue, self._due)
        self.on(StimulusToPerform, self._to_perform)
        self.on(StimulusBlocked, self._blocked)
        self.on(StimulusLeaving, self._leaving)
        self.on(DeliveryFailed, self._unsent)
        self.on(DeliveryUncertain, self._unsent)
        self.on(DeliveryResent, self._resent)
        self.on(CallFailed, self._call_failed)
        self.on(CallBack, self._call_back)
        self.on(StimulusDelivered, self._delivered)
        self.on(DeliveryWithdrawn, self._delivery_withdrawn)
        self.on(StimulusAcknowledged, self._acknowledged)
        self.on(StimulusDealtWith, self._dealt_with)
        self.on(StimulusHeld, self._held)
        self.on(StimulusReleased, self._released)
        self.on(StimulusQueued, self._queued)
        self.on(StimulusSkipped, self._skipped)
        self.on(StimulusReserved, self._reserved)
        self.on(StimulusRestored, self._restored)
        self.on(StimulusExpired, self._expired)
        self.on(StimulusShifted, self._shifted)
        self.on(StimulusEdited, self._edited)
        self.on(CommandUndone, self._undone)
        self._jumps.listen(self)

    # What can be asked

    def rows(self, sim_ms: int) -> tuple[Row, ...]:
        """Every row as it stands at `sim_ms`: by hour, then file order; without hour, after
        their cause; those nobody can place, last."""
        fresh = self._rows_version == self.version
        if not fresh or not self._rows_from_ms <= sim_ms < self._rows_until_ms:
            self._build(sim_ms)
        return self._rows

    def occurrences(self, sim_ms: int) -> Iterator[ChronogramRow]:
        """The rows that are stimuli, in order."""
        return (row for row in self.rows(sim_ms) if isinstance(row, ChronogramRow))

    def occurrence(self, occurrence: str, sim_ms: int) -> ChronogramRow | None:
        self.rows(sim_ms)
        return self._by_occurrence.get(occurrence)

    def latest(self, stimulus: str) -> str | None:
        """The latest occurrence of a stimulus, None if it has none (reserve not injected)."""
        return self._latest.get(stimulus)

    def letter(self, occurrence: str, cell: str) -> Letter | None:
        """What this cell gets of it as things stand; unlike a row, it costs next to nothing."""
        state = self._states.get(occurrence)
        return None if state is None else state.letter(cell)

    def next_due(self, sim_ms: int) -> Row | None:
        """The next occurrence or jump to come at `sim_ms` or later by its own hour."""
        return next((row for row in self.rows(sim_ms) if _is_to_come(row, sim_ms)), None)

    # Building rows

    def _build(self, sim_ms: int) -> None:
        projected = self._projections()
        gates = self._jumps.prepared
        rows: list[Row] = list(self._jumps.rows())
        flips = []
        self._by_occurrence = {}
        for state in self._states.values():
            row = self._row(state, sim_ms, projected.get(state.occurrence), gates)
            self._by_occurrence[row.occurrence] = row
            rows.append(row)
            if row.conditional and row.due_ms is not None and sim_ms < row.due_ms:
                flips.append(row.due_ms)
        rows.sort(key=_order)
        self._rows = tuple(rows)
        self._rows_version = self.version
        self._rows_from_ms, self._rows_until_ms = sim_ms, min(flips, default=inf)

    def _projections(self) -> dict[str, int]:
        """Occurrence -> when it was, is or may be due, following causes; loops end nowhere."""
        found: dict[str, int] = {}
        for state in self._states.values():
            hour = self._projection(state, set())
            if hour is not None:
                found[state.occurrence] = hour
        return found

    def _projection(self, state: OccurrenceState, seen: set[str]) -> int | None:
        if state.due_ms is not None:
            return state.due_ms
        cause = self._causes.get(state.stimulus)
        if cause is None or cause[0] in seen:
            return None
        before = self._states.get(self._latest.get(cause[0], ""))
        if before is None:
            return None
        reached_ms = before.delivered_ms()
        if reached_ms is None:
            reached_ms = self._projection(before, seen | {state.stimulus})
        return None if reached_ms is None else reached_ms + cause[1]

    def _row(
        self,
        state: OccurrenceState,
        sim_ms: int,
        projected_ms: int | None,
        gates: tuple[JumpState, ...],
    ) -> ChronogramRow:
        status = state.status()
        gate = next((jump.id for jump in gates if state.stops_at(jump.due_ms)), "")
        if (
            status is Status.PLANNED
            and state.conditional
            and not gate
            and state.due_ms is not None
            and state.due_ms <= sim_ms
        ):
            status = Status.WAITING
        return ChronogramRow(
            stimulus=state.stimulus,
            occurrence=state.occurrence,
            number=state.number,
            index=state.index,
            sender=state.sender,
            to=state.addressed_to,
            via=state.channel,
            importance=state.importance,
            nature=state.nature,
            status=status,
            legs=state.leg_rows(self._plan),
            due_ms=state.due_ms,
            original_ms=state.original_ms,
            until_ms=state.until_ms,
            projected_ms=projected_ms,
            came_ms=state.came_ms,
            delivered_ms=state.delivered_ms(),
            conditional=state.conditional,
            ad_hoc=state.ad_hoc,
            why=state.why,
            reason=state.reason,
            gate=gate,
            withdrawn=state.reason is SkipReason.UNDO,
            proposed=state.proposed,
            title=state.title,
            text=state.text,
        )

    # Finding and adding

    def _add(self, state: OccurrenceState) -> OccurrenceState:
        self._states[state.occurrence] = state
        self._latest[state.stimulus] = state.occurrence
        return state

    def _state(self, event: StimulusEvent) -> OccurrenceState:
        """The occurrence, made on the spot if nothing announced it (a cut or newer journal)."""
        state = self._states.get(event.occurrence)
        if state is not None:
            return state
        number = _number(event.occurrence)
        planned = self._plan.stimuli.get(event.stimulus)
        if planned is not None:
            return self._add(occurrence_of(self._plan, planned, event.occurrence, number))
        index = len(self._plan.stimuli) + len(self._plan.jumps) + len(self._states)
        state = OccurrenceState(event.stimulus, event.occurrence, number, index, None)
        return self._add(state)

    def _leg(self, event: StimulusEvent, cell: str) -> LegState:
        return self._state(event).leg(cell)

    # What happened to occurrences

    def _composed(self, _: Recorded, event: StimulusComposed) -> None:
        state = self._state(event)
        state.composed = event
        state.sender, state.to, state.via = event.sender, event.to, event.via
        state.title, state.text = event.title, event.text
        state.address(self._plan)

    def _planned(self, _: Recorded, event: StimulusPlanned) -> None:
        state = self._state(event)
        state.due_ms = event.due_ms
        state.why = event.why or state.why
        if state.original_ms is None:
            state.original_ms = event.due_ms

    def _due(self, _: Recorded, event: StimulusDue) -> None:
        state = self._state(event)
        state.come_due(event.cells, self.now_ms)
        # Fired before its hour, it stands in the chronogram where it left.
        state.due_ms = self.now_ms if state.due_ms is None else min(state.due_ms, self.now_ms)

    def _to_perform(self, _: Recorded, event: StimulusToPerform) -> None:
        self._on_its_way(event, Status.TO_PERFORM)

    def _leaving(self, _: Recorded, event: StimulusLeaving) -> None:
        self._on_its_way(event, Status.LEAVING)

    def _on_its_way(self, event: StimulusToPerform | StimulusLeaving, status: Status) -> None:
        self._state(event).override = None
        leg = self._leg(event, event.cell)
        leg.status, leg.back_ms, leg.ask = status, None, False
        leg.roles = event.roles or leg.roles
        leg.channel, leg.instead_of = event.channel, event.instead_of

    def _unsent(self, _: Recorded, event: DeliveryFailed | DeliveryUncertain) -> None:
        leg = self._leg(event, event.cell)
        again = isinstance(event, DeliveryFailed) and event.again
        if leg.status is Status.LEAVING and not again:
            leg.status = Status.UNSENT

    def _resent(self, _: Recorded, event: DeliveryResent) -> None:
        leg = self._leg(event, event.cell)
        if leg.status is Status.UNSENT:
            leg.status = Status.LEAVING

    def _blocked(self, _: Recorded, event: StimulusBlocked) -> None:
        self._state(event).override = None
        leg = self._leg(event, event.cell)
        leg.status, leg.ask, leg.channel = Status.BLOCKED, event.ask, event.channel
        leg.roles = event.roles or leg.roles

    def _call_failed(self, _: Recorded, event: CallFailed) -> None:
        leg = self._leg(event, event.cell)
        leg.back_ms = event.back_ms
        over = event.back_ms is None or event.outcome is CallOutcome.REFUSED
        leg.status = Status.REFUSED if over else Status.TO_PERFORM

    def _call_back(self, _: Recorded, event: CallBack) -> None:
        leg = self._leg(event, event.cell)
        leg.status, leg.back_ms = Status.TO_PERFORM, None

    def _delivered(self, _: Recorded, event: StimulusDelivered) -> None:
        state = self._state(event)
        leg = state.leg(event.cell)
        leg.status, leg.back_ms, leg.ask = Status.DELIVERED, None, False
        leg.channel, leg.answered_by = event.channel or leg.channel, event.answered_by
        leg.delivered_ms = self.now_ms
        leg.made_ms = self.now_ms if event.made_ms is None else event.made_ms
        if state.due_ms is None:
            state.due_ms = self.now_ms
        if all(other.status in REACHED for other in state.legs.values()):
            state.override, state.reason = None, None

    def _delivery_withdrawn(self, _: Recorded, event: DeliveryWithdrawn) -> None:
        leg = self._leg(event, event.cell)
        leg.status, leg.answered_by = Status.TO_PERFORM, ""
        leg.delivered_ms = leg.made_ms = None

    def _acknowledged(self, _: Recorded, event: StimulusAcknowledged) -> None:
        leg = self._leg(event, event.cell)
        if leg.status is not Status.DEALT_WITH:
            leg.status = Status.ACKNOWLEDGED

    def _dealt_with(self, _: Recorded, event: StimulusDealtWith) -> None:
        self._leg(event, event.cell).status = Status.DEALT_WITH

    def _held(self, _: Recorded, event: StimulusHeld) -> None:
        self._state(event).hold(proposed=event.proposed)

    def _released(self, _: Recorded, event: StimulusReleased) -> None:
        state = self._state(event)
        state.override, state.proposed = None, False

    def _queued(self, _: Recorded, event: StimulusQueued) -> None:
        self._state(event).override = Status.QUEUED

    def _skipped(self, _: Recorded, event: StimulusSkipped) -> None:
        self._state(event).close(Status.SKIPPED, event.reason)

    def _reserved(self, _: Recorded, event: StimulusReserved) -> None:
        self._state(event).close(Status.RESERVED)

    def _expired(self, _: Recorded, event: StimulusExpired) -> None:
        self._state(event).close(Status.EXPIRED)

    def _restored(self, _: Recorded, event: StimulusRestored) -> None:
        self._state(event).reopen(event.due_ms)

    def _shifted(self, _: Recorded, event: StimulusShifted) -> None:
        state = self._state(event)
        if state.until_ms is not None:
            state.until_ms += event.due_ms - event.from_ms
        state.due_ms = event.due_ms

    def _edited(self, recorded: Recorded, event: StimulusEdited) -> None:
        # What an undo says here is told better by forgetting the edit that it withdrew.
        if recorded.cause != self._undoing:
            self._state(event).edit(self._plan, recorded.cause, event)

    def _undone(self, recorded: Recorded, event: CommandUndone) -> None:
        self._undoing = recorded.cause
        for state in self._states.values():
            state.forget_edit(self._plan, event.undoes)


def _order(row: Row) -> tuple[float, bool, int, int]:
    """By hour; what has an hour before what is only guessed to follow; then as in the file."""
    if isinstance(row, JumpRow):
        return (row.due_ms, False, row.index, 0)
    if row.due_ms is not None:
        return (row.due_ms, False, row.index, row.number)
    hour = inf if row.projected_ms is None else row.projected_ms
    return (hour, True, row.index, row.number)


def _is_to_come(row: Row, sim_ms: int) -> bool:
    if row.due_ms is None or row.due_ms < sim_ms:
        return False
    if isinstance(row, JumpRow):
        return row.status is JumpStatus.PLANNED
    return row.status is Status.PLANNED


def _number(occurrence: str) -> int:
    """2 for `s01#2`; 1 where nothing says it."""
    digits = occurrence.rpartition("#")[2]
    return int(digits) if digits.isdecimal() else 1
