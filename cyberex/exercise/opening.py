"""Begin an exercise, or go on with one from its journal alone.

A journal reopens where it was last known to stand: paused with a question if time had been passing,
else in the state (paused, real stop, debrief) it was left in.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from cyberex import __version__
from cyberex.engine.engine import Engine
from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks, SystemClocks
from cyberex.exercise.ledger import Ledger
from cyberex.exercise.play import BEAT_S, Play, utc_text
from cyberex.exercise.replay import replay, transactions
from cyberex.exercise.running import Exercise
from cyberex.facts.commands import ReportGap
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import RULES, Json, Recorded, Request
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.journal.faults import corrupted
from cyberex.plan.build import plan_from_json
from cyberex.plan.model import Plan

MILLISECOND = timedelta(milliseconds=1)


async def create_exercise(
    scenario: Json,
    *,
    source: str,
    seed: int,
    journal_path: Path,
    people: Sequence[Person] = (),
    rehearsal: bool = False,
    clocks: Clocks | None = None,
    speed: float = 1.0,
    beat_s: float = BEAT_S,
    ledger: Ledger | None = None,
) -> Exercise:
    """A new exercise, ready to start. `scenario` is the resolved scenario, as canonical JSON.

    A `speed` other than 1 unlocks speeds, like `rehearsal`. UserError if the journal exists or
    cannot be made.
    """
    clocks = clocks or SystemClocks()
    room = clocks.room()
    plan = plan_from_json(dict(scenario), room)
    engine = Engine(plan, seed)
    created = ExerciseCreated(
        exercise=f"{plan.id}-{room:%Y%m%d-%H%M%S}",
        scenario=scenario,
        source=source,
        seed=seed,
        program=__version__,
        rules=RULES,
        created_wall=room.isoformat(timespec="milliseconds"),
        rehearsal=rehearsal,
    )
    ledger = ledger or Ledger(Path(journal_path))
    await ledger.create(created, utc_text(clocks.wall()), engine.now_ms, people)
    past = transactions(await ledger.events())
    play = Play(plan, created, engine, ledger, clocks, past=past, speed=speed, beat_s=beat_s)
    return Exercise(play, free_speed=speed != 1.0)


async def resume_exercise(
    journal_path: Path,
    *,
    clocks: Clocks | None = None,
    speed: float = 1.0,
    beat_s: float = BEAT_S,
    ledger: Ledger | None = None,
) -> Exercise:
    """The exercise that a journal holds, at the later of its clock row and its last event.

    If exercise time was passing, the time since then is recorded as an interruption, which pauses
    and asks. A speed set while it was played goes before `speed`. UserError if the journal cannot
    be written or was played by other rules.
    """
    clocks = clocks or SystemClocks()
    ledger = ledger or Ledger(Path(journal_path))
    await ledger.open()
    try:
        return await _resumed(ledger, clocks, speed, beat_s)
    except BaseException:
        await ledger.close()
        raise


async def _resumed(ledger: Ledger, clocks: Clocks, speed: float, beat_s: float) -> Exercise:
    recorded = await ledger.events()
    created = created_from(recorded)
    if created.rules != RULES:
        raise UserError(
            _(
                "this exercise was played by rules {theirs}, this version plays by rules {ours}."
            ).format(theirs=created.rules, ours=RULES),
            _("Resume it with cyberex {version}; reading it always works.").format(
                version=created.program
            ),
        )
    plan, engine = plan_and_engine(created, ledger.path)
    difference = replay(engine, recorded)
    if difference is not None:
        raise UserError(
            _("this exercise cannot go on: event {seq} is not what would be played again.").format(
                seq=difference.seq
            ),
            _("Run 'cyberex verify' on the journal; reading it always works."),
        )
    sim_ms, clock_wall_at = await ledger.clock()
    past = transactions(recorded)
    play = Play(plan, created, engine, ledger, clocks, past=past, speed=speed, beat_s=beat_s)
    if engine.running:
        since = max(datetime.fromisoformat(at) for at in (clock_wall_at, recorded[-1].wall_at))
        await _report(play, max(sim_ms, engine.now_ms), since)
    return Exercise(play, free_speed=speed != 1.0, resumed_seq=recorded[-1].seq)


async def _report(play: Play, sim_ms: int, since: datetime) -> None:
    # A wall clock set back since then must not make the gap negative.
    gap = max(0, (play.clocks.wall() - since) // MILLISECOND)
    async with play.turn:
        await play.stand_at(sim_ms)
        await play.perform(Request(uuid4().hex, "cyberex", "driver", ReportGap(gap_ms=gap)))


def created_from(recorded: Sequence[Recorded]) -> ExerciseCreated:
    """The first event. UserError if this is not the journal of an exercise."""
    if recorded and isinstance(recorded[0].event, ExerciseCreated):
        return recorded[0].event
    raise UserError(_("this journal does not begin with the creation of an exercise."))


def plan_and_engine(created: ExerciseCreated, path: Path) -> tuple[Plan, Engine]:
    """The exercise of the journal at `path` before anything was played, as `plan_of`."""
    plan = plan_of(created, path)
    return plan, Engine(plan, created.seed)


def plan_of(created: ExerciseCreated, path: Path) -> Plan:
    """What the journal at `path` was to play. JournalError if it can no longer be understood."""
    try:
        return plan_from_json(dict(created.scenario), datetime.fromisoformat(created.created_wall))
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise corrupted(path, created.name) from error
