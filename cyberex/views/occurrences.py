"""The state of one playing of a stimulus while events are folded, and the rule of its status.

Mutable, and the chronogram's own: others read its rows.
"""

from dataclasses import dataclass, field, replace

from cyberex.facts.model import PlannedBy, SkipReason, TextRef
from cyberex.facts.stimulus_events import StimulusComposed, StimulusEdited
from cyberex.plan.model import Importance, Nature, Plan, PlannedStimulus
from cyberex.views.receivers import legs_of
from cyberex.views.rows import REACHED, LegRow, Status

NO_TEXT = TextRef("")
TRAVELLING = frozenset({"visit", "document"})
"""Kinds of channel for which an animator walks to the cell."""

_REACHED_RANK = {Status.DELIVERED: 0, Status.ACKNOWLEDGED: 1, Status.DEALT_WITH: 2}
_ASIDE = frozenset({Status.REFUSED, Status.SKIPPED})
_OPEN_FIRST = (Status.TO_PERFORM, Status.BLOCKED, Status.UNSENT, Status.LEAVING)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one cell gets: `title` and `text` are what the director typed, "" where the plan's
    stand; `roles` () is the whole cell."""

    sender: str
    roles: tuple[str, ...]
    title: TextRef
    text: TextRef


@dataclass(slots=True)
class LegState:
    cell: str
    roles: tuple[str, ...] = ()
    channel: str = ""
    status: Status = Status.PLANNED
    instead_of: str = ""
    ask: bool = False
    delivered_ms: int | None = None
    made_ms: int | None = None
    back_ms: int | None = None
    answered_by: str = ""


@dataclass(slots=True)
class OccurrenceState:
    """`override` is a status that its legs do not tell (held, skipped...); None: they do."""

    stimulus: str
    occurrence: str
    number: int
    index: int
    planned: PlannedStimulus | None
    sender: str = ""
    to: tuple[str, ...] = ()
    via: str = ""
    why: PlannedBy | None = None
    composed: StimulusComposed | None = None
    due_ms: int | None = None
    original_ms: int | None = None
    until_ms: int | None = None
    came_ms: int | None = None
    override: Status | None = None
    reason: SkipReason | None = None
    proposed: bool = False
    title: TextRef = NO_TEXT
    text: TextRef = NO_TEXT
    edits: list[tuple[str, StimulusEdited]] = field(default_factory=list)
    legs: dict[str, LegState] = field(default_factory=dict)

    @property
    def ad_hoc(self) -> bool:
        """No stimulus of the plan: made up on the spot."""
        return self.planned is None

    @property
    def importance(self) -> Importance:
        return self.planned.importance if self.planned else Importance.NORMAL

    @property
    def nature(self) -> Nature:
        return self.planned.nature if self.planned else Nature.NORMAL

    @property
    def conditional(self) -> bool:
        return bool(self.planned and self.planned.conditions)

    @property
    def addressed_to(self) -> tuple[str, ...]:
        """Whom it is for, after what the director typed."""
        return next((edit.to for _, edit in reversed(self.edits) if edit.to), self.to)

    @property
    def channel(self) -> str:
        """The channel asked for, after what the director typed."""
        return next((edit.via for _, edit in reversed(self.edits) if edit.via), self.via)

    def stops_at(self, gate_ms: int) -> bool:
        """Whether a gate closed at `gate_ms` keeps it back: only hours of the author's own do."""
        window = self.planned.window if self.planned else None
        if window is None or window.at_ms is None or self.why is not None:
            return False
        waits = self.status() in (Status.PLANNED, Status.HELD)
        return waits and self.due_ms is not None and self.due_ms >= gate_ms

    def status(self) -> Status:
        """What its legs have together; WAITING for a condition depends on the hour, not here."""
        if self.override is not None:
            return self.override
        if self.came_ms is None and not any(leg.status in REACHED for leg in self.legs.values()):
            started = [leg.status for leg in self.legs.values() if leg.status in _OPEN_FIRST]
            if not started:
                return Status.WAITING if self.due_ms is None else Status.PLANNED
        return _together([leg.status for leg in self.legs.values()])

    def delivered_ms(self) -> int | None:
        """When the last of its cells was reached; None while one is not."""
        if self.status() not in REACHED:
            return None
        return max(leg.delivered_ms or 0 for leg in self.legs.values() if leg.status in REACHED)

    def leg(self, cell: str) -> LegState:
        """The leg of this cell, made if an event names a cell that was not foreseen."""
        return self.legs.setdefault(cell, LegState(cell, channel=self.channel))

    def letter(self, cell: str) -> Letter:
        """What this cell gets if it leaves now."""
        leg = self.legs.get(cell)
        return Letter(self.sender, leg.roles if leg else (), self.title, self.text)

    def come_due(self, cells: tuple[str, ...], sim_ms: int) -> None:
        """Its time came, for these cells only: others were taken out by an edit."""
        self.came_ms = sim_ms
        self.override, self.reason, self.proposed = None, None, False
        if cells:
            self.legs = {cell: self.leg(cell) for cell in cells}
        self._reset_legs(Status.DUE)

    def hold(self, *, proposed: bool) -> None:
        """Kept back, even when it was already with an animator."""
        self.override, self.reason, self.proposed = Status.HELD, None, proposed
        self.came_ms = None
        self._reset_legs(Status.PLANNED)

    def close(self, status: Status, reason: SkipReason | None = None) -> None:
        """It ends without being delivered, at least not everywhere."""
        self.override, self.reason = status, reason
        for leg in self.legs.values():
            if leg.status not in REACHED and leg.status is not Status.REFUSED:
                leg.status, leg.back_ms = status, None

    def reopen(self, due_ms: int | None) -> None:
        """A skip was undone: as if its time had not come."""
        self.override, self.reason, self.came_ms, self.due_ms = None, None, None, due_ms
        self._reset_legs(Status.PLANNED)

    def edit(self, plan: Plan, cause: str, edit: StimulusEdited) -> None:
        """Texts, receivers or channel typed by the director; "" and () keep what is there."""
        self.edits.append((cause, edit))
        self._apply_edits(plan, readdress=bool(edit.to or edit.via))

    def forget_edit(self, plan: Plan, cause: str) -> None:
        """The request `cause` was undone: its texts are gone, and whom it was for by what
        channel unless that already served."""
        if not any(of == cause for of, _ in self.edits):
            return
        served = self.came_ms is not None
        kept = []
        for of, edit in self.edits:
            if of != cause:
                kept.append((of, edit))
            elif served:
                kept.append((of, replace(edit, title=NO_TEXT, text=NO_TEXT)))
        self.edits = kept
        self._apply_edits(plan, readdress=not served)

    def address(self, plan: Plan) -> None:
        """Make its legs: cells already reached stay, the others start again."""
        edited = any(edit.to for _, edit in self.edits)
        authors = self.planned.legs if self.planned and not edited else None
        wanted = legs_of(plan, self.addressed_to) if authors is None else authors
        kept = {cell: leg for cell, leg in self.legs.items() if leg.status in REACHED}
        status = Status.PLANNED if self.came_ms is None else Status.DUE
        fresh = {
            leg.cell: LegState(leg.cell, leg.roles, self.channel, status)
            for leg in wanted
            if leg.cell not in kept
        }
        self.legs = {**fresh, **kept}

    def leg_rows(self, plan: Plan) -> tuple[LegRow, ...]:
        return tuple(self._leg_row(plan, leg) for leg in self.legs.values())

    def _apply_edits(self, plan: Plan, *, readdress: bool) -> None:
        edits = [edit for _, edit in reversed(self.edits)]
        first_title = self.composed.title if self.composed else NO_TEXT
        first_text = self.composed.text if self.composed else NO_TEXT
        self.title = next((edit.title for edit in edits if edit.title), first_title)
        self.text = next((edit.text for edit in edits if edit.text), first_text)
        if readdress:
            self.address(plan)

    def _reset_legs(self, status: Status) -> None:
        for leg in self.legs.values():
            if leg.status not in REACHED:
                leg.status, leg.back_ms, leg.ask = status, None, False

    def _leg_row(self, plan: Plan, leg: LegState) -> LegRow:
        channel = plan.channels.get(leg.channel)
        cell = plan.cells.get(leg.cell)
        leave_ms = None
        if (
            channel is not None
            and channel.kind in TRAVELLING
            and cell is not None
            and cell.travel_ms
            and self.due_ms is not None
            and leg.status not in REACHED
        ):
            leave_ms = self.due_ms - cell.travel_ms
        return LegRow(
            leg.cell,
            leg.roles,
            leg.channel,
            leg.status,
            leg.instead_of,
            leg.ask,
            leg.delivered_ms,
            leg.back_ms,
            leave_ms,
            leg.answered_by,
            leg.made_ms,
        )


def occurrence_of(
    plan: Plan, planned: PlannedStimulus, occurrence: str, number: int
) -> OccurrenceState:
    """A playing of a stimulus of the plan, with the plan's hour only if it is the first."""
    state = OccurrenceState(
        planned.id,
        occurrence,
        number,
        planned.index,
        planned,
        sender=planned.sender,
        to=planned.to,
        via=planned.via,
    )
    if planned.window is None:
        state.why = PlannedBy.RESERVE  # Recorded from paper it is never announced as planned.
    elif number == 1:
        state.due_ms = state.original_ms = planned.window.at_ms
        state.until_ms = planned.window.until_ms
    state.address(plan)
    return state


def _together(statuses: list[Status]) -> Status:
    """The status of the whole: what all have; else what there is to do; refused ones aside."""
    counted = [status for status in statuses if status not in _ASIDE]
    if not counted:
        return Status.REFUSED if Status.REFUSED in statuses else Status.DUE
    if all(status in REACHED for status in counted):
        return min(counted, key=lambda status: _REACHED_RANK[status])
    for status in _OPEN_FIRST:
        if status in counted:
            return status
    return Status.DUE
