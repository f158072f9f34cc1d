"""How busy is each animator, and who has two calls to make at once?"""

from collections.abc import Iterator
from dataclasses import dataclass

from cyberex.plan.model import MINUTE_MS, Plan
from cyberex.views.calls import Calls
from cyberex.views.casting import Casting
from cyberex.views.chronogram import Chronogram
from cyberex.views.lengths import Lengths, is_call
from cyberex.views.outboxes import Outboxes
from cyberex.views.ring_backs import RingBacks
from cyberex.views.rows import ChronogramRow, Status

AHEAD_MS = 15 * MINUTE_MS
"""How far ahead an animator's load looks."""

SOON_MS = 2 * MINUTE_MS
"""Calls of one voice due within this long are due together."""


@dataclass(frozen=True, slots=True)
class VoiceLoad:
    """One animator, "" for what nobody voices.

    `waiting`: calls to be made now and not begun, the first asked for `oldest_ms` ago; `begun`: on
    the phone; `owed`: replies and call-backs due; `coming`: calls due in the next 15 minutes;
    `busy_ms`: how long all of these take.
    """

    voice: str
    actors: tuple[str, ...]
    waiting: int
    oldest_ms: int | None
    begun: int
    owed: int
    coming: int
    busy_ms: int


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call to make at `due_ms` or since: of an occurrence, or owed to a contact."""

    voice: str
    due_ms: int
    occurrence: str = ""
    contact: str = ""
    cell: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Collision:
    """`calls` of one voice that are due together, the first due first."""

    voice: str
    calls: tuple[DueCall, ...]


@dataclass(frozen=True, slots=True)
class Workload:
    """What the animators have on their hands. Reads other views, remembers nothing."""

    plan: Plan
    calls: Calls
    ring_backs: RingBacks
    chronogram: Chronogram
    casting: Casting
    lengths: Lengths
    outboxes: Outboxes

    def voices(self, sim_ms: int) -> tuple[VoiceLoad, ...]:
        """Every voice of the casting, then "" if something is left to nobody."""
        due = list(self.due_calls(sim_ms, AHEAD_MS))
        spoken = self.casting.voices
        others = dict.fromkeys(call.voice for call in due if call.voice not in spoken)
        return tuple(self._load(voice, due, sim_ms) for voice in (*spoken, *others))

    def collisions(self, sim_ms: int) -> tuple[Collision, ...]:
        """Voices with two different things to say now or within two minutes. One stimulus for
        several cells is none, as whoever it is given to has all of its calls to make, unless it is
        brought there: nobody is in two rooms at once."""
        by_voice: dict[str, list[DueCall]] = {}
        for call in self.due_calls(sim_ms, SOON_MS):
            if call.voice and is_call(self.plan, call.channel):
                by_voice.setdefault(call.voice, []).append(call)
        found = [
            Collision(voice, tuple(sorted(calls, key=lambda call: call.due_ms)))
            for voice, calls in by_voice.items()
            if len({(call.occurrence, call.contact, self._room(call)) for call in calls}) > 1
        ]
        return tuple(sorted(found, key=lambda collision: collision.calls[0].due_ms))

    def _room(self, call: DueCall) -> str:
        """Where one must be for it, "" if anywhere."""
        channel = self.plan.channels.get(call.channel)
        carried = channel is not None and channel.kind in ("visit", "document")
        return call.cell if carried else ""

    def due_calls(self, sim_ms: int, ahead_ms: int) -> Iterator[DueCall]:
        """All that is to be made now or within `ahead_ms`: sheets, what is owed, the chronogram."""
        until_ms = sim_ms + ahead_ms
        for sheet in self.calls.sheets:
            due_ms = sheet.since_ms if sheet.back_ms is None else sheet.back_ms
            if not sheet.blocked and due_ms <= until_ms:
                yield DueCall(sheet.voice, due_ms, sheet.occurrence, "", sheet.cell, sheet.channel)
        for task in self.ring_backs.all(sim_ms):
            if not task.plays and task.due_ms <= until_ms:
                yield DueCall(task.voice, task.due_ms, "", task.contact, task.cell, task.channel)
        for row in self.chronogram.occurrences(sim_ms):
            if row.status is not Status.PLANNED or row.due_ms is None or row.gate:
                continue
            if row.due_ms <= until_ms:
                yield from self._legs(row, row.due_ms)

    def _legs(self, row: ChronogramRow, due_ms: int) -> Iterator[DueCall]:
        voice = self.casting.voice_of(row.sender, row.occurrence)
        for leg in row.legs:
            if self.outboxes.takes(leg, row.via) is not None:
                continue
            channel = leg.channel or row.via
            yield DueCall(voice, due_ms, row.occurrence, "", leg.cell, channel)

    def _load(self, voice: str, due: list[DueCall], sim_ms: int) -> VoiceLoad:
        mine = [call for call in due if call.voice == voice]
        sheets = [sheet for sheet in self.calls.waiting if sheet.voice == voice]
        waiting = [sheet for sheet in sheets if sheet.started_ms is None]
        first_ms = min((sheet.since_ms for sheet in waiting), default=None)
        owed = [task for task in self.ring_backs.due(sim_ms) if task.voice == voice]
        return VoiceLoad(
            voice,
            self.casting.actors_of(voice),
            len(waiting),
            None if first_ms is None else max(0, sim_ms - first_ms),
            len(sheets) - len(waiting),
            len(owed),
            sum(call.due_ms > sim_ms for call in mine),
            sum(self.lengths.of(call.channel) for call in mine),
        )
