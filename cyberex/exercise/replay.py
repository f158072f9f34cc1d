"""Does the engine, given again what was asked of it, do again what was recorded?

Pure: recorded events in, the first difference out. What the engine never says (the first event,
erasures) is passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cyberex.engine.engine import Engine, Refused
from cyberex.facts.codec import event_to_json
from cyberex.facts.exercise_events import ContactsErased, ExerciseCreated, TextErased
from cyberex.facts.model import Batch, Event, Recorded

NOT_ENGINE = (ExerciseCreated, TextErased, ContactsErased)

Said = tuple[int, str, Event]
"""What must be the same: exercise time, cause, the event itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that did not happen again. "" where one side has nothing more."""

    seq: int
    recorded: str
    replayed: str


def replay(engine: Engine, recorded: Sequence[Recorded]) -> Difference | None:
    """Play `recorded` again; `engine` is left at its end. None if nothing differs."""
    played = [item for item in recorded if not isinstance(item.event, NOT_ENGINE)]
    last_seq = played[-1].seq if played else 0
    for found, said in zip_longest(played, _again(engine, played)):
        expected = None if found is None else (found.sim_ms, found.cause, found.event)
        if expected != said:
            seq = last_seq + 1 if found is None else found.seq
            return Difference(seq, _shown(expected), _shown(said))
    return None


def _again(engine: Engine, played: Iterable[Recorded]) -> Iterator[Said]:
    last_ms: int | None = None
    for item in played:
        if item.request is None:
            last_ms = item.sim_ms
            continue
        yield from _said(engine.run_until(item.sim_ms))
        last_ms = None
        try:
            batch = engine.apply(item.request)
        except Refused:
            return  # the journal holds something where the engine says nothing: a difference
        yield from _said([batch])
    if last_ms is not None:
        yield from _said(engine.run_until(last_ms))


def _said(batches: Iterable[Batch]) -> Iterator[Said]:
    for batch in batches:
        for event in batch.events:
            yield batch.sim_ms, batch.cause, event


def _shown(said: Said | None) -> str:
    if said is None:
        return ""
    sim_ms, cause, event = said
    return f"{event.name} {event_to_json(event)} at {sim_ms} ms ({cause})"


def transactions(recorded: Iterable[Recorded]) -> Iterator[tuple[Recorded, ...]]:
    """The events grouped as they were recorded: one command, or one instant of the engine."""
    group: list[Recorded] = []
    for item in recorded:
        if group and not _together(group[-1], item):
            yield tuple(group)
            group = []
        group.append(item)
    if group:
        yield tuple(group)


def _together(before: Recorded, item: Recorded) -> bool:
    same = (before.cause, before.sim_ms) == (item.cause, item.sim_ms)
    return same and item.request is None and not isinstance(item.event, NOT_ENGINE)
