"""The log ("main courante"): a line an event worth reading, in the order in which they came.

A line keeps its event whole: its name is the code of a sentence, its fields the parameters, its
texts references. Whoever renders makes the sentence.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from cyberex.facts.model import CLOCK, Event, Mark, NoteKind, Recorded
from cyberex.facts.stimulus_events import DeliveryWithdrawn, StimulusDelivered, StimulusShifted
from cyberex.facts.world_events import LineMarked, NoteAdded
from cyberex.views.log_lines import (
    CATEGORIES,
    Category,
    LogLine,
    is_note,
    is_worth_reading,
    name_of,
    name_withdrawn,
    text_of,
    undoes,
)


class Log:
    """`lines` only grows; a line is replaced in place when it is marked or withdrawn, which
    `version` tells."""

    def __init__(self) -> None:
        self.version = 0
        self.lines: list[LogLine] = []
        self._place: dict[int, int] = {}
        self._by_cause: dict[str, list[int]] = {}
        self._shifts: dict[tuple[str, int], int] = {}
        self._named: dict[str, int] = {}
        self._commands: dict[str, str] = {}
        self._askers: dict[str, str] = {}

    # What can be asked

    def line(self, seq: int) -> LogLine | None:
        """The line of this seq; None if that event makes no line."""
        place = self._place.get(seq)
        return None if place is None else self.lines[place]

    def search(
        self,
        *,
        cell: str | None = None,
        category: Category | None = None,
        kind: NoteKind | None = None,
        stimulus: str | None = None,
        marked: bool = False,
        withdrawn: bool = True,
        where: Callable[[LogLine], bool] | None = None,
    ) -> Iterator[LogLine]:
        """Lines in order that match all that is given; `where` is asked last (texts).

        `kind` keeps notes only; `withdrawn` False leaves out what was struck out.
        """
        for line in self.lines:
            if cell is not None and line.cell != cell:
                continue
            if category is not None and line.category is not category:
                continue
            if kind is not None and not is_note(line.event, kind):
                continue
            if stimulus is not None and line.stimulus != stimulus:
                continue
            if (marked and line.mark is Mark.NONE) or (line.withdrawn and not withdrawn):
                continue
            if where is None or where(line):
                yield line

    @property
    def marked(self) -> tuple[LogLine, ...]:
        """The debrief basket: marked lines that were not withdrawn."""
        return tuple(self.search(marked=True, withdrawn=False))

    # What happened

    def apply(self, recorded: Recorded) -> None:
        event = recorded.event
        if recorded.request is not None:
            self._commands[recorded.cause] = recorded.request.command.name
            self._askers[recorded.cause] = recorded.request.by
        self._withdraw(event)
        if isinstance(event, LineMarked):
            self._change(event.line, mark=event.mark)
            return
        category = CATEGORIES.get(event.name)
        if category is None or not is_worth_reading(event):
            return
        if isinstance(event, StimulusShifted):
            self._shift(recorded, category)
        else:
            self._append(recorded, category)

    def _append(self, recorded: Recorded, category: Category) -> None:
        event = recorded.event
        line = LogLine(
            seq=recorded.seq,
            sim_ms=recorded.sim_ms,
            wall_at=recorded.wall_at,
            about_wall=event.about_wall if isinstance(event, NoteAdded) else "",
            category=category,
            cell=getattr(event, "cell", ""),
            stimulus=getattr(event, "stimulus", ""),
            event=event,
            text=text_of(event),
            by=self._askers.get(recorded.cause, ""),
            undone=self._commands.get(undoes(event), ""),
        )
        self.version += 1
        self._place[line.seq] = len(self.lines)
        self.lines.append(line)
        if recorded.cause != CLOCK:
            self._by_cause.setdefault(recorded.cause, []).append(line.seq)
        name = _name(event)
        if name:
            self._named[name] = line.seq

    def _shift(self, recorded: Recorded, category: Category) -> None:
        """One line a command, with how many it moved: a shift moves all that follows."""
        key = (recorded.cause, recorded.sim_ms)
        line = self.line(self._shifts.get(key, -1))
        if line is None:
            self._shifts[key] = recorded.seq
            self._append(recorded, category)
        else:
            self._change(line.seq, count=line.count + 1)

    def _withdraw(self, event: Event) -> None:
        name = name_withdrawn(event)
        if isinstance(event, DeliveryWithdrawn):
            name = _delivery(event)
        if name:
            self._change(self._named.get(name), withdrawn=True)
            return
        for seq in self._by_cause.get(undoes(event), ()):
            line = self.line(seq)
            # What was delivered was delivered: only its own event withdraws it.
            if line is not None and not isinstance(line.event, StimulusDelivered):
                self._change(seq, withdrawn=True)

    def _change(self, seq: int | None, **changes: object) -> None:
        place = None if seq is None else self._place.get(seq)
        if place is not None:
            self.lines[place] = replace(self.lines[place], **changes)  # type: ignore[arg-type]
            self.version += 1


def _name(event: Event) -> str:
    return _delivery(event) if isinstance(event, StimulusDelivered) else name_of(event)


def _delivery(event: StimulusDelivered | DeliveryWithdrawn) -> str:
    return f"delivery:{event.occurrence}/{event.cell}"
