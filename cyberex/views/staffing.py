"""How many animators does a scenario take? Counted before anything is played.

**The formula.** Each stimulus costs its animator the minutes that making it takes, once a cell that
receives it: a call or a visit 3, a message 1 (`lengths` says so until calls are measured). Players
ring back about half as much as they are rung, so half is added. That work is summed over every
quarter of an hour of play. A voice busy more than 70 % of it misses calls and writes nothing
down, so the fullest quarter, divided by ten minutes and a half and rounded up, is how many voices
are needed. What has a condition instead of an hour is spread over the whole play; the reserve
counts for nothing, since it is played instead of something else.

It is the least that can work. A kit may cast more voices, for more characters and rooms.

By mode:

- **console**: as above; the head of animation sits at the console and voices nobody;
- **tabletop**: everybody at one table, so each stimulus is read out once, one minute, whatever
  cells it is for, and half is added for the questions answered in the actor's voice;
- **paper**: no console, so a message is carried like a document (3 minutes), and each minute of
  contact takes a third more to write down on the sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from cyberex.plan.model import MINUTE_MS, Plan, PlannedStimulus
from cyberex.views.lengths import CALL_MS, MESSAGE_MS, is_call

SLICE_MS = 15 * MINUTE_MS
READ_OUT_MS = MINUTE_MS
BUSY = 0.7
"""How much of a quarter of an hour one voice can be on the phone."""


class Mode(StrEnum):
    CONSOLE = "console"
    TABLETOP = "tabletop"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Staffing:
    """`calls_ms`: contacts that the animation makes; `work_ms`: those and what comes back;
    `busiest_ms` of work in the fullest quarter of an hour, which begins at `busiest_at_ms`."""

    mode: Mode
    calls_ms: int
    work_ms: int
    busiest_ms: int
    busiest_at_ms: int
    animators: int


def staffing(plan: Plan, mode: Mode) -> Staffing:
    """Animators beside the head of animation, one at least."""
    play_ms = plan.timing.play_ms
    slices = [0] * max(1, ceil(play_ms / SLICE_MS))
    calls_ms = spread_ms = 0
    for stimulus in plan.chronogram:
        cost_ms = _cost_ms(plan, stimulus, mode)
        calls_ms += cost_ms
        at_ms = stimulus.window.at_ms if stimulus.window else None
        if at_ms is None:
            spread_ms += cost_ms
        else:
            slices[_slice_of(at_ms, len(slices))] += cost_ms
    share_ms = spread_ms / len(slices)
    loads = [_with_calls_in(load + share_ms, mode) for load in slices]
    fullest = max(range(len(loads)), key=loads.__getitem__)
    return Staffing(
        mode,
        calls_ms,
        _with_calls_in(calls_ms, mode),
        loads[fullest],
        fullest * SLICE_MS,
        max(1, ceil(loads[fullest] / (BUSY * SLICE_MS))),
    )


def staffings(plan: Plan) -> Iterator[Staffing]:
    for mode in Mode:
        yield staffing(plan, mode)


def _cost_ms(plan: Plan, stimulus: PlannedStimulus, mode: Mode) -> int:
    cells = max(1, len(stimulus.legs))
    match mode:
        case Mode.TABLETOP:
            return READ_OUT_MS
        case Mode.PAPER:
            return CALL_MS * cells
        case Mode.CONSOLE:
            return (CALL_MS if is_call(plan, stimulus.via) else MESSAGE_MS) * cells


def _with_calls_in(contacts_ms: float, mode: Mode) -> int:
    work_ms = contacts_ms * 3 / 2
    return round(work_ms * 4 / 3) if mode is Mode.PAPER else round(work_ms)


def _slice_of(at_ms: int, count: int) -> int:
    """What leaves before DEBEX counts with the first quarter, past the end with the last."""
    return min(max(0, at_ms // SLICE_MS), count - 1)
